//! `qingdan edition issue`: says what an edition still lacks, or issues and freezes it.

use clap::ArgMatches;

use super::data::{self, Read};
use super::edition::broken;
use super::writing::{lock_change, text_change};
use super::{Exit, terminal};
use crate::catalogue::{Catalogue, EDITIONS_FILE, Edition, EditionRef, EditionStatus, EditionsLock, Frozen};
use crate::coverage;
use crate::date::Date;
use crate::diagnostic::{Error, Findings, Message, UiLang};
use crate::lacking;
use crate::schema::{KeyLanguage, name_keys};
use crate::source::SourceFile;
use crate::span::FileId;
use crate::storage::Session;
use crate::syntax::{Edits, yaml};
use crate::text;

/// Issues and freezes the edition at `address`, if nothing is lacking; says what is, if something is.
///
/// # Errors
/// There is no such edition, or it is frozen; the disk.
pub(super) fn issue(
    read: &Read,
    session: &Session,
    address: &str,
    arguments: &ArgMatches,
    lang: UiLang,
) -> Result<Exit, Error> {
    let Some(content) = read.catalogue() else { return Ok(Exit::Refused) };
    let edition = data::edition(content, address)?;
    let address = edition.address();
    let earlier = content.frozen.get(&address);
    if let Some(Frozen { frozen, stated: Some(_), .. }) = earlier {
        return Err(Error::Argument {
            reason: text!(
                "{address} 已在 {frozen} 发布并冻结",
                "{address} was issued and frozen on {frozen}"
            ),
        });
    }
    if read.outcome.findings.refuse() {
        let refused = text!("先改好上面的错误，再发布", "mend the mistakes above, then issue it");
        terminal::say(refused.get(lang));
        return Ok(Exit::Refused);
    }
    if let Some(earlier) = earlier {
        return renew(read, session, content, earlier, lang);
    }
    let today = data::today(arguments)?;
    let lower = lower(content, edition);
    let source = read.outcome.sources.file(edition.edition.span.file);
    let missing = lacking::lacking(edition.edition);
    let mut open: Vec<Message> = missing.iter().map(|lacking| lacking.sentence(edition.edition)).collect();
    open.extend(guessed(edition.edition, source));
    let early = lacking::too_early(content, edition, today);
    open.extend(early.iter().map(|message| name_keys(message, edition.edition.keys)));
    if !arguments.get_flag("yes") {
        open.extend(lower.as_ref().map(|Message { zh, en }| {
            text!("{zh}。确实要这样发布，加上 --yes", "{en}. To issue it all the same, add --yes")
        }));
    }
    if !open.is_empty() {
        refuse(&address, &open, lang);
        return Ok(Exit::Refused);
    }
    freeze(read, session, edition, today, lang)?;
    lower.iter().for_each(|lower| terminal::say(lower.get(lang)));
    Ok(Exit::Clean)
}

/// Says why an edition is not frozen.
fn refuse(address: &str, open: &[Message], lang: UiLang) {
    let head = text!("没有发布 {address}：", "{address} was not issued:");
    terminal::say(head.get(lang));
    for message in open {
        terminal::say(&format!("- {}", message.get(lang)));
    }
}

/// Says how many guesses of the import nobody has looked at, if there are any.
fn guessed(edition: &Edition, source: &SourceFile) -> Option<Message> {
    let Message { zh, en } = lacking::guessed(edition, source)?.message;
    Some(text!("{zh}；先逐处核对，再发布", "{en}; check each before it is issued"))
}

/// Freezes once more, by the rule of today, an edition whose whole file an earlier version of the tool sealed.
fn renew(
    read: &Read,
    session: &Session,
    content: &Catalogue,
    earlier: &Frozen,
    lang: UiLang,
) -> Result<Exit, Error> {
    let mut lock = content.frozen.clone();
    lock.freeze(content, &read.outcome.sources, &earlier.edition, &earlier.frozen);
    session.change(&[lock_change(session, &content.frozen, &lock)?])?;
    let (address, seal) = (&earlier.edition, &lock.head()[..12]);
    let said = text!(
        "{address} 是旧版本的工具冻结的，内容没有变，已按新的规则重新封存（{EDITIONS_FILE}，封印 {seal}…）",
        "{address} was frozen by an earlier version of the tool and has not changed; it is sealed by the new rule now ({EDITIONS_FILE}, seal {seal}…)"
    );
    terminal::say(said.get(lang));
    Ok(Exit::Clean)
}

/// Says how many provisions are lower than the baseline, or missing, if any are.
fn lower(content: &Catalogue, edition: EditionRef<'_>) -> Option<Message> {
    let (lower, missing) = lacking::lower(&coverage::cover(content, edition, None)?);
    let place = &edition.place.path;
    (lower + missing > 0).then(|| {
        text!(
            "和上级清单比，低于 {lower} 条，缺少 {missing} 条，见 qingdan coverage {place}",
            "against the baseline, {lower} provisions are lower and {missing} missing, see `qingdan coverage {place}`"
        )
    })
}

fn freeze(
    read: &Read,
    session: &Session,
    edition: EditionRef<'_>,
    on: Date,
    lang: UiLang,
) -> Result<(), Error> {
    let Some(content) = read.catalogue() else { return Ok(()) };
    let address = edition.address();
    let source = read.outcome.sources.file(edition.edition.span.file);
    let text = issued(source, &edition, on).ok_or_else(|| broken(&source.path))?;
    let mut lock: EditionsLock = content.frozen.clone();
    lock.freeze(content, &read.outcome.sources, &address, &on.to_string());
    session.change(&[
        text_change(session, &source.path, &source.text, &text)?,
        lock_change(session, &content.frozen, &lock)?,
    ])?;
    let seal = &lock.head()[..12];
    terminal::say(
        text!(
            "{address} 已发布并冻结（{EDITIONS_FILE}，封印 {seal}…）",
            "{address} is issued and frozen ({EDITIONS_FILE}, seal {seal}…)"
        )
        .get(lang),
    );
    Ok(())
}

/// Returns the text of an edition with the status issued and the day on which it is frozen.
fn issued(source: &SourceFile, issue: &EditionRef<'_>, on: Date) -> Option<String> {
    let root = yaml::parse(FileId(0), &source.text, &mut Findings::new())?;
    let mut edits = Edits::new(&source.text);
    let is_status = |key: &str| matches!(key, "status" | "状态");
    let status = root.entries().iter().find(|entry| is_status(&entry.key.value))?;
    if issue.edition.status != EditionStatus::Issued {
        edits.replace(status.value.span, choose(issue.edition.keys, "issued", "已发布"));
    }
    // Who takes the record out of the lock file has to take this out as well.
    let key = choose(issue.edition.keys, "frozen", "冻结");
    edits.insert_line_after(status.key.span.start, &format!("{key}: {on}"));
    Some(edits.done())
}

/// Returns the word in the language that a file writes its keys in.
fn choose(keys: KeyLanguage, english: &'static str, chinese: &'static str) -> &'static str {
    match keys {
        KeyLanguage::English => english,
        KeyLanguage::Chinese => chinese,
    }
}
