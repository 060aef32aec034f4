//! `qingdan import FILE`: turns the table an office has into an edition to be looked over.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches};

use super::data::{self, Read};
use super::{Command, Exit, switch, terminal, writing};
use crate::catalogue::{self, Catalogue, Edition, Place, PlacePath};
use crate::diagnostic::{Error, UiLang};
use crate::import::{self, Imported, Keys, Note, Target, Weight};
use crate::schema::name_keys;
use crate::storage::{self, Change, Rules, Session};
use crate::text;

/// `qingdan import`.
pub(super) const COMMAND: Command = Command {
    name: "import",
    about: || {
        text!(
            "把官方表格（.xlsx、.docx、.csv）读成 YAML，逐条提议对应上级哪一条，供核对",
            "read the official table (.xlsx, .docx, .csv) as YAML to look over, with proposals of what answers the baseline"
        )
    },
    arguments: |command, lang| {
        let words = text!("要导入的文件", "the file to import");
        let list = text!(
            "是哪个地区的哪份清单，例如 fujian/xiamen/migrant-children/2027",
            "which list it is, such as fujian/xiamen/migrant-children/2027"
        );
        let against = text!(
            "对照的上级清单，例如 fujian/migrant-children/2025；不写则取上一级地区的同一份清单",
            "the baseline, such as fujian/migrant-children/2025; by default the list of the place above"
        );
        let keys = text!("键用英文还是中文", "whether keys are in English or Chinese");
        let force = text!("文件已有也覆盖", "replace the file if it is there");
        let option = |name: &'static str, value: &'static str, help: &crate::diagnostic::Message| {
            Arg::new(name).long(name).value_name(value).help(help.get(lang).to_owned())
        };
        command
            .arg(data::words_argument("words", "FILE", &words, lang))
            .arg(option("list", "PLACE/LIST/EDITION", &list))
            .arg(option("against", "EDITION", &against))
            .arg(data::output_argument(lang))
            .arg(option("keys", "LANG", &keys).default_value("en").value_parser(["zh", "en"]))
            .arg(switch("force", &force, lang))
    },
    run,
};

/// Bytes of a file that are read; one more than any that is imported.
const MOST_READ: u64 = (20 << 20) + 1;

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let output = arguments.get_one::<PathBuf>("output");
    let (read, session) = match output.is_some_and(|path| is_in_catalogue(path, arguments)) {
        true => Read::to_write(arguments, "words", lang).map(|(read, session)| (read, Some(session)))?,
        false => (Read::new(arguments, "words", lang)?, None),
    };
    let [file] = read.words.as_slice() else {
        return Err(Error::Argument {
            reason: text!("写成 qingdan import 文件.xlsx", "write `qingdan import FILE.xlsx`"),
        });
    };
    let Some(content) = read.catalogue() else { return Ok(Exit::Refused) };
    let path = PathBuf::from(file);
    let mut bytes = Vec::new();
    storage::open(&path)?.take(MOST_READ).read_to_end(&mut bytes).map_err(Error::reading(&path))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (place, ordinal, is_edition) = match arguments.get_one::<String>("list") {
        Some(address) => target_list(content, address)?,
        None => (None, 1, false),
    };
    let address = arguments.get_one::<String>("list").map(|address| address.trim_matches('/'));
    let address = address.filter(|_| is_edition);
    let baseline = baseline(content, arguments, place)?;
    let keys = if arguments.get_one::<String>("keys").is_some_and(|keys| keys == "zh") {
        Keys::Chinese
    } else {
        Keys::English
    };
    let baseline = baseline.as_ref().map(|(edition, address)| (*edition, address.as_str()));
    let target = Target { catalogue: content, place, ordinal, address, baseline, keys };
    let imported = import::import(&name, &bytes, &target).map_err(|reason| Error::Argument { reason })?;
    match (output, &session) {
        (Some(path), Some(session)) => {
            into_catalogue(&read, session, (path, address), &imported.yaml, arguments, lang)?;
        }
        (Some(path), None) => {
            let folder = path.parent().unwrap_or(path);
            storage::sys::create_folders(folder).map_err(Error::writing(folder))?;
            let rules =
                Rules { catalogue: Some(&read.root), force: writing::is_forced(arguments), once: true };
            let kept = storage::save(path, imported.yaml.as_bytes(), &rules)?;
            writing::say_kept(kept.as_slice(), lang);
        }
        (None, _) => terminal::data(&imported.yaml),
    }
    say(&imported, keys, lang);
    output.into_iter().for_each(|path| wrote(path, lang));
    Ok(Exit::Clean)
}

/// Returns the place of a list that is going to be, which edition it will be, and whether the address names one.
fn target_list<'a>(content: &'a Catalogue, address: &str) -> Result<(Option<&'a Place>, u32, bool), Error> {
    let address = address.trim_matches('/');
    let parts: Vec<&str> = address.split('/').collect();
    let known =
        |end: usize| content.places.get(&PlacePath::new(parts[..end].join("/"))).map(|place| (place, end));
    let Some((place, end)) = (1..=parts.len()).rev().find_map(known) else {
        let known = content.places.keys().map(PlacePath::as_str);
        return Err(data::no_such(&text!("地区", "place"), address, known));
    };
    let editions =
        parts.get(end).and_then(|list| place.lists.get(*list)).map_or(&[][..], |list| &list.editions);
    let before =
        editions.iter().filter(|edition| parts.get(end + 1).is_none_or(|id| edition.id.as_str() < *id));
    let ordinal = before.filter_map(|edition| edition.ordinal).max().map_or(1, |last| last + 1);
    Ok((Some(place), ordinal, parts.len() == end + 2))
}

/// Returns the baseline asked for; by default the list that stands of the nearest place above, or the one province's.
fn baseline<'a>(
    content: &'a Catalogue,
    arguments: &ArgMatches,
    place: Option<&'a Place>,
) -> Result<Option<(&'a Edition, String)>, Error> {
    if let Some(address) = arguments.get_one::<String>("against") {
        let issue = data::edition(content, address)?;
        return Ok(Some((issue.edition, issue.address())));
    }
    let issue = match place {
        Some(place) => data::above(content, place),
        // Without a place the only province there is sets the baseline.
        None => match content.children(None).as_slice() {
            [only] => {
                let lists: Vec<&String> = only.lists.keys().collect();
                let list = if let [id] = lists.as_slice() { Some(id) } else { None };
                list.and_then(|id| data::list(content, &format!("{}/{id}", only.path)))
            }
            _ => None,
        },
    };
    Ok(issue.map(|issue| (issue.edition, issue.address())))
}

fn is_there(path: &Path) -> Error {
    let shown = path.display();
    Error::Argument {
        reason: text!(
            "{shown} 已经有了，没有覆盖；要覆盖就加 --force",
            "{shown} is there already and was not replaced; add --force to replace it"
        ),
    }
}

/// Tells whether a file lies inside the catalogue that the command reads.
fn is_in_catalogue(path: &Path, arguments: &ArgMatches) -> bool {
    storage::is_inside(path, &data::root(arguments, "words"))
}

/// Writes a list into the catalogue: a new edition, or one that is not issued yet, of which the former text is kept.
fn into_catalogue(
    read: &Read,
    session: &Session,
    (path, asked): (&Path, Option<&str>),
    yaml: &str,
    arguments: &ArgMatches,
    lang: UiLang,
) -> Result<(), Error> {
    let shown = path.display();
    let real = storage::real_path(path);
    let root = read.root.canonicalize().map_err(Error::reading(&read.root))?;
    let inside = real.as_deref().and_then(|real| real.strip_prefix(&root).ok());
    let inside = inside.map(|inside| inside.to_string_lossy().replace('\\', "/")).unwrap_or_default();
    let is_known =
        |place: &PlacePath| read.catalogue().is_some_and(|content| content.places.contains_key(place));
    let kind = catalogue::file_kind(&inside).filter(|kind| kind.place.as_ref().is_some_and(is_known));
    let address =
        kind.and_then(|kind| kind.edition).filter(|address| asked.is_none_or(|asked| asked == address));
    let Some(address) = address else {
        return Err(Error::Argument {
            reason: text!(
                "{shown} 在清单文件夹里面，但不是一份清单的位置，没有写；清单写到“地区/清单/版次.yaml”",
                "{shown} lies inside the catalogue and is no place for a list, so it was not written; lists are `PLACE/LIST/EDITION.yaml`"
            ),
        });
    };
    if read.catalogue().is_some_and(|content| content.frozen.get(&address).is_some()) {
        return Err(Error::Argument {
            reason: text!(
                "{shown} 已经发布并冻结，没有写；导入成新的一版",
                "{shown} is issued and frozen and was not written; import it as a new edition"
            ),
        });
    }
    let on_disk = session.path(&inside);
    let old = storage::bytes_of(&on_disk)?;
    let was_there = old.as_deref().is_some_and(|old| old != yaml.as_bytes());
    if was_there && !writing::is_forced(arguments) {
        return Err(is_there(path));
    }
    session.change(&[Change::of_people(&inside, old, yaml.as_bytes())])?;
    if was_there {
        writing::say_where_kept(&read.root, lang);
    }
    Ok(())
}

fn wrote(path: &Path, lang: UiLang) {
    let shown = path.display();
    terminal::say(text!("写好了 {shown}", "wrote {shown}").get(lang));
}

/// Says what was noticed, and what came of it.
fn say(imported: &Imported, keys: Keys, lang: UiLang) {
    for Note { weight, at, what, help } in &imported.notes {
        let label = match weight {
            Weight::Warning => text!("警告", "warning"),
            Weight::Remark => text!("说明", "note"),
        };
        let advice = text!("建议", "help");
        terminal::say(&format!("{}: {}: {}", label.get(lang), at.get(lang), what.get(lang)));
        terminal::say(&format!("  {}: {}", advice.get(lang), help.get(lang)));
    }
    let Imported { services, adopted, provisions, proposed, .. } = imported;
    let came = text!(
        "读了 {services} 个服务项目：照录上级 {adopted} 项；其余 {provisions} 条中，{proposed} 条提议了⟦covers⟧",
        "{services} services: {adopted} taken over from the baseline; of the {provisions} provisions of the others, {proposed} have a proposed ⟦covers⟧"
    );
    terminal::say(name_keys(&came, keys).get(lang));
}
