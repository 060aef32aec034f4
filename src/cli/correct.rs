//! `qingdan edition correct`: writes a dated correction into an issued edition and records what now stands there.

use clap::ArgMatches;

use super::data::{self, Read};
use super::edition::broken;
use super::writing::{lock_change, text_change};
use super::{Exit, terminal};
use crate::catalogue::{self, Catalogue, EDITIONS_FILE, EditionRef, Frozen, Statement};
use crate::date::Date;
use crate::diagnostic::{Error, Findings, UiLang};
use crate::personal::hidden;
use crate::schema::KeyLanguage;
use crate::source::SourceFile;
use crate::span::FileId;
use crate::storage::Session;
use crate::syntax::{Edits, Node, yaml};
use crate::text;

/// Records a correction of the edition at `address`: what was corrected, in the languages of the site in their order.
///
/// # Errors
/// There is no such edition, or it is not frozen; the disk.
pub(super) fn correct(
    read: &Read,
    session: &Session,
    address: &str,
    what: &[&str],
    arguments: &ArgMatches,
    lang: UiLang,
) -> Result<Exit, Error> {
    let Some(content) = read.catalogue() else { return Ok(Exit::Refused) };
    let issue = data::edition(content, address)?;
    may_be_corrected(content, issue)?;
    let languages: Vec<&str> = content.site.languages.iter().map(|language| language.code.as_str()).collect();
    let by = arguments.get_one::<String>("by").map(String::as_str);
    if what.is_empty() || what.len() > languages.len() || what.iter().any(|text| text.trim().is_empty()) {
        let all = languages.join(" ");
        return Err(Error::Argument {
            reason: text!(
                "写明更正了什么：qingdan edition correct 地区/清单/版次 \"更正了什么\"，各种语言按这个次序写：{all}",
                "say what was corrected: `qingdan edition correct PLACE/LIST/ID \"what\"`, in these languages, in this order: {all}"
            ),
        });
    }
    if what.iter().chain(by.iter()).any(|text| hidden(text) != **text) {
        return Err(Error::Argument {
            reason: text!(
                "更正的说明里有个人的号码，先删去",
                "the correction holds a number of a person; take it out first"
            ),
        });
    }
    if read.outcome.findings.refuse() {
        terminal::say(
            text!("先改好上面的错误，再写更正", "mend the mistakes above, then record the correction")
                .get(lang),
        );
        return Ok(Exit::Refused);
    }
    let texts: Vec<(&str, &str)> = languages.into_iter().zip(what.iter().copied()).collect();
    record(read, session, issue, &Words { on: data::today(arguments)?, texts, by }, lang)
}

/// What is written of a correction.
struct Words<'a> {
    on: Date,
    /// By language code, in the order of the site.
    texts: Vec<(&'a str, &'a str)>,
    by: Option<&'a str>,
}

fn may_be_corrected(content: &Catalogue, issue: EditionRef<'_>) -> Result<(), Error> {
    let address = issue.address();
    let reason = match content.frozen.get(&address) {
        Some(Frozen { stated: Some(_), .. }) => return Ok(()),
        Some(Frozen { stated: None, .. }) => text!(
            "{address} 是旧版本的工具冻结的，整个文件都封存了；先运行 qingdan edition issue {address} 按新的规则封存",
            "{address} was frozen by an earlier version of the tool, which sealed the whole file; run `qingdan edition issue {address}` first"
        ),
        None => text!(
            "{address} 还没有发布冻结，直接改文件就行，不用写更正",
            "{address} is not issued and frozen: change the file, no correction is needed"
        ),
    };
    Err(Error::Argument { reason })
}

fn record(
    read: &Read,
    session: &Session,
    issue: EditionRef<'_>,
    words: &Words<'_>,
    lang: UiLang,
) -> Result<Exit, Error> {
    let Some(content) = read.catalogue() else { return Ok(Exit::Refused) };
    let (address, file) = (issue.address(), issue.edition.span.file);
    let last = content.frozen.last_day(&address).and_then(|day| Date::parse(day).ok());
    let (on, before) = (words.on, last.map(|day| day.to_string()).unwrap_or_default());
    if last.is_some_and(|last| on < last) {
        return Err(Error::Argument {
            reason: text!(
                "今天 {on} 早于这一版上次记录的日子 {before}，更正不能写在它以前",
                "today, {on}, comes before the last record of this edition, {before}: a correction comes after it"
            ),
        });
    }
    let source = read.outcome.sources.file(file);
    let text = corrected(source, issue.edition.keys, words).ok_or_else(|| broken(&source.path))?;
    let mut sources = read.outcome.sources.clone();
    sources.put(file, text.clone());
    let again = catalogue::read(&sources, &mut Findings::new());
    let now = again.as_ref().and_then(|again| again.edition(&address)).map(|again| again.edition);
    let is_right = now.is_some_and(|now| {
        now.corrections.len() == issue.edition.corrections.len() + 1
            && Statement::of(now)
                .sealed
                .iter()
                .map(|line| line.text())
                .eq(Statement::of(issue.edition).sealed.iter().map(|line| line.text()))
    });
    let Some(now) = now.filter(|_| is_right) else {
        let path = &source.path;
        return Err(Error::Argument {
            reason: text!(
                "{path} 里的更正不是一行一条，写不进去；把它改成每条以“- ”开头的几行，再运行一次",
                "the corrections in {path} are not one a line, so that none can be added; write each on a line of its own that starts with `- `, and run this again"
            ),
        });
    };
    let mut lock = content.frozen.clone();
    lock.correct(&address, &on.to_string(), now);
    session.change(&[
        text_change(session, &source.path, &source.text, &text)?,
        lock_change(session, &content.frozen, &lock)?,
    ])?;
    let path = &source.path;
    terminal::say(
        text!(
            "更正写进了 {path}，并记在 {EDITIONS_FILE}；会列在清单的说明页上",
            "the correction is written to {path} and recorded in {EDITIONS_FILE}; the page about the list shows it"
        )
        .get(lang),
    );
    Ok(Exit::Clean)
}

/// Returns the text of an edition with one correction more, the newest first.
fn corrected(source: &SourceFile, keys: KeyLanguage, words: &Words<'_>) -> Option<String> {
    let root = yaml::parse(FileId(0), &source.text, &mut Findings::new())?;
    let entry =
        |names: [&str; 2]| root.entries().iter().find(|entry| names.contains(&entry.key.value.as_str()));
    let [corrections, on, what, by] = match keys {
        KeyLanguage::English => ["corrections", "on", "what", "by"],
        KeyLanguage::Chinese => ["更正", "日期", "内容", "更正单位"],
    };
    let quoted = |text: &str| serde_json::to_string(text).expect("a text is JSON");
    let texts: Vec<String> =
        words.texts.iter().map(|(code, text)| format!("{code}: {}", quoted(text))).collect();
    let by = words.by.map(|office| format!(", {by}: {}", quoted(office))).unwrap_or_default();
    let item = format!("- {{{on}: {}, {what}: {{{}}}{by}}}", words.on, texts.join(", "));
    let mut edits = Edits::new(&source.text);
    if let Some(known) = entry(["corrections", "更正"]) {
        let first = known.value.items().first().map(|item: &Node| item.span.start);
        let line = first.map(|at| source.line(source.position(at).line));
        let indent: String =
            line.map_or("  ".to_owned(), |line| line.chars().take_while(|c| *c == ' ').collect());
        edits.insert_line_after(known.key.span.start, &format!("{indent}{item}"));
    } else {
        let status = entry(["status", "状态"])?;
        edits.insert_line_after(status.key.span.start, &format!("{corrections}:"));
        edits.insert_line_after(status.key.span.start, &format!("  {item}"));
    }
    Some(edits.done())
}
