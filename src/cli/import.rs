//! `qingdan import FILE`: turns the table an office has into an edition to be looked over.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches};

use super::data::{self, Read};
use super::{Command, Exit, switch, terminal, writing};
use crate::catalogue::{self, PlacePath};
use crate::diagnostic::{Error, UiLang};
use crate::edit::{AREAS_FILE, COLUMNS_FILE, remembered, with_areas};
use crate::import::{self, Goal, Imported, Keys, Note, Target, Told, Weight};
use crate::schema::name_keys;
use crate::storage::{self, Change, Rules, Session};
use crate::text;

/// `qingdan import`.
pub(super) const COMMAND: Command = Command {
    name: "import",
    about: || {
        text!(
            "把官方表格（.xlsx、.xls、.ods、.docx、.csv）读成 YAML，逐条提议对应上级哪一条，供核对",
            "read the official table (.xlsx, .xls, .ods, .docx, .csv) as YAML to look over, with proposals of what answers the baseline"
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
        let column = text!(
            "说明一列是什么，例如 --column 联系方式=电话；没有表头的写第几列，例如 --column 3=备注；按表头记在 vocabulary/columns.yaml 里，下一张表照着读",
            "say what a column is, such as --column 联系方式=phone; one without a heading goes by its number, such as --column 3=note; remembered by its heading in vocabulary/columns.yaml for the next table"
        );
        let keys = text!("键用英文还是中文", "whether keys are in English or Chinese");
        let areas = text!(
            "词表里没有的领域，加进 vocabulary/areas.yaml",
            "add the areas that the vocabulary does not have to vocabulary/areas.yaml"
        );
        let force = text!("文件已有也覆盖", "replace the file if it is there");
        let option = |name: &'static str, value: &'static str, help: &crate::diagnostic::Message| {
            Arg::new(name).long(name).value_name(value).help(help.get(lang).to_owned())
        };
        command
            .arg(data::words_argument("words", "FILE", &words, lang))
            .arg(option("list", "PLACE/LIST/EDITION", &list))
            .arg(option("against", "EDITION", &against))
            .arg(option("column", "HEADING=MEANING", &column).action(ArgAction::Append))
            .arg(data::output_argument(lang))
            .arg(option("keys", "LANG", &keys).default_value("en").value_parser(["zh", "en"]))
            .arg(switch("add-areas", &areas, lang))
            .arg(switch("force", &force, lang))
    },
    run,
};

/// Bytes of a file that are read; one more than any that is imported.
const MOST_READ: u64 = (20 << 20) + 1;

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let output = arguments.get_one::<PathBuf>("output");
    let told = told(arguments)?;
    let adds_areas = arguments.get_flag("add-areas");
    let writes = adds_areas
        || !told.headings.is_empty()
        || output.is_some_and(|path| is_in_catalogue(path, arguments));
    let (read, session) = match writes {
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
    let address = arguments.get_one::<String>("list").map(|address| address.trim_matches('/'));
    let goal = match address {
        Some(address) => Some(Goal::of(content, address).ok_or_else(|| {
            let known = content.places.keys().map(PlacePath::as_str);
            data::no_such(&text!("地区", "place"), address, known)
        })?),
        None => None,
    };
    let address = address.filter(|_| goal.is_some_and(|goal| goal.edition.is_some()));
    let baseline = match arguments.get_one::<String>("against") {
        Some(above) => {
            let issue = data::edition(content, above)?;
            Some((issue.edition, issue.address()))
        }
        None => match goal {
            Some(goal) => goal.baseline(content),
            None => Goal::only_baseline(content),
        },
    };
    let keys = if arguments.get_one::<String>("keys").is_some_and(|keys| keys == "zh") {
        Keys::Chinese
    } else {
        Keys::English
    };
    let baseline = baseline.as_ref().map(|(edition, address)| (*edition, address.as_str()));
    let (place, ordinal) = (goal.map(|goal| goal.place), goal.map_or(1, |goal| goal.ordinal));
    let target = Target { catalogue: content, place, ordinal, address, baseline, keys };
    let imported =
        import::import(&name, &bytes, &target, &told).map_err(|reason| Error::Argument { reason })?;
    let is_inside = output.is_some_and(|path| is_in_catalogue(path, arguments));
    match (output, session.as_ref().filter(|_| is_inside)) {
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
    if let Some(session) = &session {
        remember(session, &told, lang)?;
        if adds_areas {
            add_areas(session, &imported.new_areas, lang)?;
        }
    }
    say(&imported, keys, lang);
    output.into_iter().for_each(|path| wrote(path, lang));
    Ok(Exit::Clean)
}

/// Returns what `--column` tells.
fn told(arguments: &ArgMatches) -> Result<Told, Error> {
    let mut told = Told::default();
    for said in arguments.get_many::<String>("column").into_iter().flatten() {
        let parts = said.rsplit_once(['=', '＝']).filter(|(column, _)| !column.trim().is_empty());
        let meaning = parts.and_then(|(column, word)| Some((column, Told::meaning(word)?)));
        let Some((column, meaning)) = meaning else {
            let (zh, en) = Told::words();
            return Err(Error::Argument {
                reason: text!(
                    "--column {said} 看不懂：写成 表头=是什么，可以是{zh}",
                    "--column {said} is not understood: write HEADING=MEANING, which is one of {en}"
                ),
            });
        };
        told.tell(column, meaning);
    }
    Ok(told)
}

/// Adds areas to the vocabulary.
fn add_areas(session: &Session, names: &[String], lang: UiLang) -> Result<(), Error> {
    let old = storage::bytes_of(&session.path(AREAS_FILE))?;
    let text = old.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let Some(new) = with_areas(&text, names) else { return Ok(()) };
    session.change(&[Change::of_people(AREAS_FILE, old, new.as_bytes())])?;
    let said = text!("新的领域写进了 {AREAS_FILE}", "new areas were written into {AREAS_FILE}");
    terminal::say(said.get(lang));
    Ok(())
}

/// Writes down what columns are, for the next table.
fn remember(session: &Session, told: &Told, lang: UiLang) -> Result<(), Error> {
    let old = storage::bytes_of(&session.path(COLUMNS_FILE))?;
    let text = old.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let Some(new) = remembered(text.as_deref(), &told.headings) else { return Ok(()) };
    session.change(&[Change::of_people(COLUMNS_FILE, old, new.as_bytes())])?;
    let said = text!(
        "这几列是什么，记在 {COLUMNS_FILE} 里了",
        "what these columns are is remembered in {COLUMNS_FILE}"
    );
    terminal::say(said.get(lang));
    Ok(())
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
    for Note { weight, at, what, help, .. } in &imported.notes {
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
