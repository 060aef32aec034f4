//! `qingdan edition new` and `edition issue`: start the next edition from the last; freeze one.

use clap::{Arg, ArgMatches};

use super::correct::correct;
use super::data::{self, Read};
use super::issue::issue;
use super::{Command, Exit, switch, terminal};
use crate::catalogue::{
    Catalogue, EditionRef, OF_ONE_EDITION, OF_ONE_SERVICE, Record, TRANSLATIONS_FILE, Translations,
};
use crate::diagnostic::{Error, Findings, UiLang};
use crate::personal::hidden;
use crate::schema::{is_address_part, name_keys};
use crate::source::SourceFile;
use crate::span::FileId;
use crate::storage::{Change, Session};
use crate::syntax::{Edits, Node, yaml};
use crate::text;

/// `qingdan edition`.
pub(super) const COMMAND: Command = Command {
    name: "edition",
    about: || {
        text!(
            "new：从现行版次起草下一版（注释保留）；issue：发布并冻结一版；correct：给已发布的一版写一条更正",
            "new: start the next edition from the last, comments kept; issue: issue an edition and freeze it; correct: record a correction of an issued one"
        )
    },
    arguments: |command, lang| {
        let action = text!("new、issue 或 correct", "new, issue or correct");
        let words = text!(
            "new：清单和新版次，例如 fujian/xiamen/migrant-children 2027；issue：版次，例如 fujian/xiamen/migrant-children/2027；correct：版次和更正了什么，各种语言一段",
            "new: the list and the new edition, such as fujian/xiamen/migrant-children 2027; issue: the edition, such as fujian/xiamen/migrant-children/2027; correct: the edition and what was corrected, one text a language"
        );
        let yes = text!(
            "issue：有条款低于上级清单，也发布",
            "issue: even if provisions are lower than the baseline"
        );
        let by =
            text!("correct：更正的单位，不写个人姓名", "correct: the office that corrects, no person's name");
        command
            .arg(
                Arg::new("action")
                    .value_name("ACTION")
                    .required(true)
                    .value_parser(["new", "issue", "correct"])
                    .help(action.get(lang).to_owned()),
            )
            .arg(data::words_argument("words", "EDITION", &words, lang))
            .arg(switch("yes", &yes, lang))
            .arg(Arg::new("by").long("by").value_name("OFFICE").help(by.get(lang).to_owned()))
            .arg(data::today_argument(lang))
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let (read, session) = Read::to_write(arguments, "words", lang)?;
    let plain: Vec<&str> = read.words.iter().map(String::as_str).collect();
    let words: Vec<&str> = plain.iter().map(|word| word.trim_matches('/')).collect();
    match (arguments.get_one::<String>("action").map(String::as_str), words.as_slice()) {
        (Some("new"), [list, id]) => start(&read, &session, list, id, lang),
        (Some("issue"), [address]) => issue(&read, &session, address, arguments, lang),
        (Some("issue"), [list, id]) => issue(&read, &session, &format!("{list}/{id}"), arguments, lang),
        (Some("correct"), [address, ..]) => correct(&read, &session, address, &plain[1..], arguments, lang),
        _ => Err(Error::Argument {
            reason: text!(
                "写成 qingdan edition new 地区/清单 新版次，qingdan edition issue 地区/清单/版次，或 qingdan edition correct 地区/清单/版次 \"更正了什么\"",
                "write `qingdan edition new PLACE/LIST ID`, `qingdan edition issue PLACE/LIST/ID` or `qingdan edition correct PLACE/LIST/ID \"what was corrected\"`"
            ),
        }),
    }
}

fn start(read: &Read, session: &Session, list: &str, id: &str, lang: UiLang) -> Result<Exit, Error> {
    let Some(content) = read.catalogue() else { return Ok(Exit::Refused) };
    let last = data::list(content, list)
        .and_then(|issue| Some(EditionRef { edition: issue.list.editions.last()?, ..issue }));
    let known = || {
        content
            .places
            .values()
            .flat_map(|place| place.lists.keys().map(move |id| format!("{}/{id}", place.path)))
    };
    let last = last.ok_or_else(|| {
        let known: Vec<String> = known().collect();
        data::no_such(&text!("清单", "list"), list, known.iter().map(String::as_str))
    })?;
    if !is_address_part(id) || id <= last.edition.id.as_str() {
        let before = &last.edition.id;
        return Err(Error::Argument {
            reason: text!(
                "新版次的编号要排在 {before} 之后，只用小写字母、数字和连字符，例如 2027",
                "the id of the new edition comes after {before} and has small letters, digits and hyphens only, such as 2027"
            ),
        });
    }
    if hidden(id) != id {
        return Err(Error::Argument {
            reason: text!(
                "新版次的编号里有个人的号码，不能作文件名；编号用年份，例如 2027",
                "the id of the new edition holds a number of a person, which no file can be called by: use the year, such as 2027"
            ),
        });
    }
    let source = read.outcome.sources.file(last.edition.span.file);
    if source.withheld {
        return Ok(Exit::Refused);
    }
    let next = next_edition(source, last.edition.ordinal).ok_or_else(|| broken(&source.path))?;
    let path = format!("{list}/{id}.yaml");
    let (known, recorded) = (&content.translations, remembered(content, last, id));
    let begun = Change::of_people(&path, None, next.as_bytes());
    let count = recorded.len() - known.len();
    let note = (count > 0).then(|| {
        let stood = read.outcome.sources.iter().find(|(_, file)| file.path == TRANSLATIONS_FILE);
        let stood = stood.map(|(_, file)| file.text.clone().into_bytes());
        Change::own(TRANSLATIONS_FILE, stood, recorded.to_text().as_bytes())
    });
    session.change(&[begun].into_iter().chain(note).collect::<Vec<_>>())?;
    let from = &last.edition.id;
    terminal::say(
        text!(
            "写好了 {path}，内容来自 {from} 版，状态是草稿",
            "wrote {path} from edition {from}, as a draft"
        )
        .get(lang),
    );
    if count > 0 {
        let said = text!(
            "记下了 {count} 条译文译自哪段原文（{TRANSLATIONS_FILE}）；以后改了原文，检查会说哪条译文可能过时",
            "translations recorded with the text they were made from: {count} ({TRANSLATIONS_FILE}); when a text changes, the check says which may be outdated"
        );
        terminal::say(said.get(lang));
    }
    let newer = last.edition.measured_against.as_ref().and_then(|address| {
        let above = content.edition(&address.value)?;
        Some(EditionRef { edition: above.list.successor(&above.edition.id)?, ..above }.address())
    });
    if let Some(newer) = newer {
        let hint = text!(
            "上级已有新版：把⟦measured_against⟧改为 {newer}",
            "there is a newer baseline: change ⟦measured_against⟧ to {newer}"
        );
        terminal::say(name_keys(&hint, last.edition.keys).get(lang));
    }
    Ok(Exit::Clean)
}

/// Returns the record of translations with those of the new edition: made from the texts of the edition it is a copy of.
fn remembered(content: &Catalogue, last: EditionRef<'_>, id: &str) -> Translations {
    let known = &content.translations;
    let from = format!("{}:", last.address());
    let to = format!("{}/{id}:", last.list_address());
    let mut recorded = known.clone();
    content.each_text(&mut |address, text| {
        let address = address();
        let Some(field) = address.strip_prefix(&from).filter(|field| is_copied(field)) else { return };
        for language in content.site.languages.iter().skip(1) {
            let Some(translation) = text.get(&language.code) else { continue };
            let now = Record::of(text, translation);
            // One that is outdated already stays so.
            let outdated = known
                .get(&address, language.code.as_str())
                .filter(|record| record.from != now.from && record.text == now.text);
            let record = outdated.cloned().unwrap_or(now);
            recorded.insert(&format!("{to}{field}"), language.code.as_str(), record);
        }
    });
    recorded
}

/// Tells whether the next edition takes over the text of this field of the edition.
fn is_copied(field: &str) -> bool {
    OF_ONE_EDITION.iter().all(|own| field.split('/').next() != Some(own))
}

/// Returns the text of the next edition: the last one as a draft, without what belongs to one edition.
fn next_edition(source: &SourceFile, ordinal: Option<u32>) -> Option<String> {
    let root = yaml::parse(FileId(0), &source.text, &mut Findings::new())?;
    let mut edits = Edits::new(&source.text);
    for entry in root.entries() {
        match entry.key.value.as_str() {
            "status" => edits.replace(entry.value.span, "draft"),
            "状态" => edits.replace(entry.value.span, "草稿"),
            "ordinal" | "版次" => {
                edits.replace(entry.value.span, ordinal.map_or(1, |number| number + 1).to_string());
            }
            key if is_of_one(key, OF_ONE_EDITION) => drop(edits.remove(entry)),
            _ => {}
        }
    }
    let services =
        root.entries().iter().find(|entry| matches!(entry.key.value.as_str(), "services" | "服务项目"));
    for service in services.iter().flat_map(|entry| entry.value.items()) {
        let provisions = service
            .entries()
            .iter()
            .filter(|entry| matches!(entry.key.value.as_str(), "provisions" | "条款"));
        let provisions = provisions.flat_map(|entry| entry.value.items());
        for entry in std::iter::once(service).chain(provisions).flat_map(Node::entries) {
            if is_of_one(&entry.key.value, OF_ONE_SERVICE) {
                edits.remove(entry);
            }
        }
    }
    Some(edits.done())
}

/// Tells whether `key`, or its Chinese alias, is one of `known`.
fn is_of_one(key: &str, known: &[&str]) -> bool {
    const ALIASES: &[(&str, &str)] = &[
        ("文件", "document"),
        ("日期", "dates"),
        ("征求意见", "consultation"),
        ("认定", "reviews"),
        ("询问", "queries"),
        ("提示", "notice"),
        ("冻结", "frozen"),
        ("更正", "corrections"),
        ("原编号", "was"),
        ("核对", "checked"),
    ];
    let key = ALIASES.iter().find(|(zh, _)| *zh == key).map_or(key, |(_, key)| key);
    known.contains(&key)
}

/// Reports that a file is not YAML.
pub(super) fn broken(path: &str) -> Error {
    Error::Argument { reason: text!("{path} 不是能读的 YAML", "{path} is not YAML that can be read") }
}
