//! Corrections of an issued edition: what is changed leaves alone what is sealed, is dated, and recorded in `editions.lock`.

use crate::catalogue::{
    self, Catalogue, EDITIONS_FILE, Edition, EditionRef, EditionsLock, Frozen, Statement,
};
use crate::date::Date;
use crate::diagnostic::{Error, Findings, Message};
use crate::personal::hidden;
use crate::schema::KeyLanguage;
use crate::source::SourceTree;
use crate::span::FileId;
use crate::syntax::{Edits, Node, yaml};
use crate::text;
use qingdan_storage::{Change, Session, bytes_of};

/// What is written of a correction.
#[derive(Clone, Debug)]
pub struct CorrectionWords {
    /// The day.
    pub on: Date,
    /// What was corrected, by language code, in the order of the site.
    pub texts: Vec<(String, String)>,
    /// The office that corrects.
    pub by: Option<String>,
}

/// What a correction writes.
#[derive(Clone, Debug)]
pub struct Corrected {
    /// The file of the edition.
    pub text: String,
    /// The record of issued editions.
    pub lock: EditionsLock,
}

/// Says why the edition cannot be corrected, if it cannot.
pub fn uncorrectable(content: &Catalogue, address: &str) -> Option<Message> {
    match content.frozen.get(address) {
        Some(Frozen { stated: Some(_), .. }) => None,
        Some(Frozen { stated: None, .. }) => Some(text!(
            "{address} 是旧版本的工具冻结的，整个文件都封存了；先运行 qingdan edition issue {address} 按新的规则封存",
            "{address} was frozen by an earlier version of the tool, which sealed the whole file; run `qingdan edition issue {address}` first"
        )),
        None => Some(text!(
            "{address} 还没有发布冻结，直接改文件就行，不用写更正",
            "{address} is not issued and frozen: change the file, no correction is needed"
        )),
    }
}

/// Tells whether `text`, which the file of an issued edition is to say, has to be recorded as a correction.
///
/// # Errors
/// It says something else of what is sealed, or cannot be read; why, in words.
pub fn needs_record(
    sources: &SourceTree,
    content: &Catalogue,
    issue: EditionRef<'_>,
    text: &str,
) -> Result<bool, Message> {
    let address = issue.address();
    let now = reread(sources, issue, text, &address)?;
    Ok(content.frozen.uncorrected(&address, &now).is_some())
}

/// Returns the edition as `text` states it.
fn reread(
    sources: &SourceTree,
    issue: EditionRef<'_>,
    text: &str,
    address: &str,
) -> Result<Edition, Message> {
    let mut sources = sources.clone();
    sources.put(issue.edition.span.file, text.to_owned());
    let again = catalogue::read(&sources, &mut Findings::new());
    let now = again.as_ref().and_then(|again| again.edition(address)).map(|again| again.edition.clone());
    let now = now.filter(|now| !now.lost || issue.edition.lost);
    let now = now.ok_or_else(|| {
        text!(
            "改过以后读不出来了，没有存",
            "it could not be read any more after this change, and was not saved"
        )
    })?;
    let (was, is) = (Statement::of(issue.edition).sealed, Statement::of(&now).sealed);
    let differs = was.iter().zip(&is).find(|(was, is)| was.text() != is.text()).map(|(was, _)| was);
    let longer = if was.len() > is.len() { was.last() } else { is.last() };
    match differs.or(longer.filter(|_| was.len() != is.len())) {
        None => Ok(now),
        Some(line) => {
            let key = &line.key;
            Err(text!(
                "“{key}”发布时已经封存，不能更正；要改就起草新的一版",
                "`{key}` was sealed when the edition was issued and cannot be corrected; start a new edition to change it"
            ))
        }
    }
}

/// Returns what is written where the file of an issued edition is to say `text` and `words` are the correction.
///
/// # Errors
/// It may not be corrected so; why, in words.
pub fn corrected(
    sources: &SourceTree,
    content: &Catalogue,
    issue: EditionRef<'_>,
    text: &str,
    words: &CorrectionWords,
) -> Result<Corrected, Message> {
    let address = issue.address();
    if let Some(why) = uncorrectable(content, &address) {
        return Err(why);
    }
    if words.texts.iter().map(|(_, text)| text).chain(&words.by).any(|text| hidden(text) != **text) {
        return Err(text!(
            "更正的说明里有个人的号码，先删去",
            "the correction holds a number of a person; take it out first"
        ));
    }
    let last = content.frozen.last_day(&address).and_then(|day| Date::parse(day).ok());
    let (on, before) = (words.on, last.map(|day| day.to_string()).unwrap_or_default());
    if last.is_some_and(|last| on < last) {
        return Err(text!(
            "今天 {on} 早于这一版上次记录的日子 {before}，更正不能写在它以前",
            "today, {on}, comes before the last record of this edition, {before}: a correction comes after it"
        ));
    }
    let path = &sources.file(issue.edition.span.file).path;
    let text = with_entry(text, issue.edition.keys, words)
        .ok_or_else(|| text!("{path} 不是能读的 YAML", "{path} is not YAML that can be read"))?;
    let now = reread(sources, issue, &text, &address)?;
    if now.corrections.len() != issue.edition.corrections.len() + 1 {
        return Err(text!(
            "{path} 里的更正不是一行一条，写不进去；把它改成每条以“- ”开头的几行，再运行一次",
            "the corrections in {path} are not one a line, so that none can be added; write each on a line of its own that starts with `- `, and run this again"
        ));
    }
    let mut lock = content.frozen.clone();
    lock.correct(&address, &on.to_string(), &now);
    Ok(Corrected { text, lock })
}

/// Returns the text of an edition with one correction more, the newest first.
fn with_entry(text: &str, keys: KeyLanguage, words: &CorrectionWords) -> Option<String> {
    let root = yaml::parse(FileId(0), text, &mut Findings::new())?;
    let entry =
        |names: [&str; 2]| root.entries().iter().find(|entry| names.contains(&entry.key.value.as_str()));
    let [corrections, on, what, by] = match keys {
        KeyLanguage::English => ["corrections", "on", "what", "by"],
        KeyLanguage::Chinese => ["更正", "日期", "内容", "更正单位"],
    };
    let quoted = |text: &str| serde_json::to_string(text).expect("a text is JSON");
    let texts: Vec<String> =
        words.texts.iter().map(|(code, text)| format!("{code}: {}", quoted(text))).collect();
    let by = words.by.as_ref().map(|office| format!(", {by}: {}", quoted(office))).unwrap_or_default();
    let item = format!("- {{{on}: {}, {what}: {{{}}}{by}}}", words.on, texts.join(", "));
    let mut edits = Edits::new(text);
    if let Some(known) = entry(["corrections", "更正"]) {
        let first = known.value.items().first().map(|item: &Node| item.span.start);
        let line = first.map(|at| text[..at as usize].rfind('\n').map_or(0, |end| end + 1));
        let indent: String =
            line.map_or("  ".to_owned(), |start| text[start..].chars().take_while(|c| *c == ' ').collect());
        edits.insert_line_after(known.key.span.start, &format!("{indent}{item}"));
    } else {
        let status = entry(["status", "状态"])?;
        edits.insert_line_after(status.key.span.start, &format!("{corrections}:"));
        edits.insert_line_after(status.key.span.start, &format!("  {item}"));
    }
    Some(edits.done())
}

/// Returns the change of `editions.lock` to `next`, if it still says what `known` says.
///
/// # Errors
/// It was changed since it was read; the disk.
pub fn lock_change(session: &Session, known: &EditionsLock, next: &EditionsLock) -> Result<Change, Error> {
    let path = session.path(EDITIONS_FILE);
    let bytes = bytes_of(&path)?;
    let text = String::from_utf8_lossy(bytes.as_deref().unwrap_or_default()).into_owned();
    let now = EditionsLock::parse(FileId(0), &text, &mut Findings::new());
    if now.head() != known.head() {
        let path = path.display();
        return Err(Error::Argument {
            reason: text!(
                "“{path}”刚才有人改过，没有写；请再运行一次",
                "`{path}` was changed meanwhile and was not written; run this again"
            ),
        });
    }
    Ok(Change::own(EDITIONS_FILE, bytes, next.to_text().as_bytes()))
}
