//! `qingdan query PLACE/LIST`: the letter that asks about what is doubtful, and the record that it was sent.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches};

use super::asked::Asked;
use super::data::{self, Read};
use super::writing::{say_kept, text_change};
use super::{Command, Exit, switch, terminal};
use crate::analysis::Analysis;
use crate::catalogue::{Catalogue, EditionRef};
use crate::coverage::{self, Coverage, ProvisionCoverage, QueryStatus};
use crate::date::Date;
use crate::diagnostic::{Error, Message, UiLang};
use crate::export::{self, Context};
use crate::schema::name_keys;
use crate::storage::{self, Rules, Session};
use crate::text;

/// `qingdan query`.
pub(super) const COMMAND: Command = Command {
    name: "query",
    about: || {
        text!(
            "写询问函：一份清单里低于上级、缺少、引文有误、待认定的条款，两边的原文和要核实的问题（.docx）",
            "the letter that asks a place about what is weaker, missing, misquoted or in doubt in its list (.docx)"
        )
    },
    arguments,
    run,
};

fn arguments(command: clap::Command, lang: UiLang) -> clap::Command {
    let words = text!(
        "清单，例如 fujian/xiamen/migrant-children",
        "the list, such as fujian/xiamen/migrant-children"
    );
    let about = text!(
        "只问这些上级条款，例如 health/check-up；不写则问全部",
        "ask about these provisions of the baseline only, such as health/check-up"
    );
    let due = text!("请在哪一天以前答复，例如 2027-07-10", "the day by which to answer, such as 2027-07-10");
    let record = text!(
        "在清单文件的“询问”里记下今天发函；函上写今天的日期",
        "write into the file of the list that it is sent today, and date the letter"
    );
    let output = text!(
        "写到这个文件，不写则为 query-地区-清单-版次.docx",
        "the file to write to, by default query-PLACE-LIST-EDITION.docx"
    );
    let force = text!("文件已有也覆盖", "replace the letter if the file is there");
    let option = |name: &'static str, value: &'static str, help: &Message| {
        Arg::new(name).long(name).value_name(value).help(help.get(lang).to_owned())
    };
    command
        .arg(data::words_argument("words", "LIST", &words, lang))
        .arg(option("about", "PROVISION", &about).action(ArgAction::Append))
        .arg(option("due", "DATE", &due))
        .arg(switch("record", &record, lang))
        .arg(data::today_argument(lang))
        .arg(data::output_argument(lang).help(output.get(lang).to_owned()))
        .arg(switch("force", &force, lang))
}

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let (read, session) = match arguments.get_flag("record") {
        true => Read::to_write(arguments, "words", lang).map(|(read, session)| (read, Some(session)))?,
        false => (Read::new(arguments, "words", lang)?, None),
    };
    let [named] = read.words.as_slice() else {
        return Err(Error::Argument {
            reason: text!("写成 qingdan query 地区/清单", "write `qingdan query PLACE/LIST`"),
        });
    };
    let Some(content) = read.catalogue() else { return Ok(Exit::Refused) };
    let issue = data::edition(content, named)?;
    let coverage = comparable(content, issue)?;
    let about = chosen(&coverage, arguments)?;
    if about.is_empty() {
        let address = issue.address();
        let none = text!(
            "{address} 每一条都符合或者高于上级清单，没有要问的，没有写询问函",
            "every provision of {address} is met or exceeded: there is nothing to ask, and no letter was written"
        );
        terminal::say(none.get(lang));
        others(issue, named).iter().for_each(|hint| terminal::say(hint.get(lang)));
        return Ok(Exit::Clean);
    }
    let today = data::today(arguments)?;
    let before = Analysis::new(content, today).queries(issue.place, issue.list);
    let is_sent = arguments.get_flag("record");
    let due = due(arguments, today)?;
    let letter = export::Query {
        catalogue: content,
        coverage: &coverage,
        about,
        before,
        asked: is_sent.then_some(today),
        due,
    };
    let record = if is_sent { Some(recorded(&read, issue, &letter, today)?) } else { None };
    write(&letter, arguments, &read, issue, lang)?;
    others(issue, named).iter().for_each(|hint| terminal::say(hint.get(lang)));
    if let (Some(record), Some(session)) = (record, &session) {
        record.write(&read, session, issue, lang)?;
    }
    Ok(Exit::Clean)
}

/// Says which edition a letter is about where only the list was named and another edition stands, too.
fn others(issue: EditionRef<'_>, named: &str) -> Option<Message> {
    if named.trim_matches('/') == issue.address() {
        return None;
    }
    let other = issue.list.standing().filter(|edition| edition.id != issue.edition.id).last()?;
    let (asked, address) = (&issue.edition.id, EditionRef { edition: other, ..issue }.address());
    Some(text!(
        "这里看的是 {asked} 版；要问准备中的那一版，写 qingdan query {address}",
        "this is about edition {asked}; to ask about the one in the making: qingdan query {address}"
    ))
}

/// Returns how a list stands to its baseline, where both could be read.
fn comparable<'a>(content: &'a Catalogue, issue: EditionRef<'a>) -> Result<Coverage<'a>, Error> {
    let address = issue.address();
    let coverage = coverage::cover(content, issue, None).ok_or_else(|| Error::Argument {
        reason: text!(
            "{address} 没有对照的上级清单，没有可问的",
            "{address} is measured against no baseline, so there is nothing to ask"
        ),
    })?;
    if issue.edition.lost || coverage.baseline.edition.lost {
        return Err(Error::Argument {
            reason: text!(
                "{address} 或者对照的清单里有读不出的内容，缺少的可能正是它；先运行 qingdan check 改好",
                "some of {address} or of its baseline cannot be read, and that may be what is missing; mend it first, see `qingdan check`"
            ),
        });
    }
    Ok(coverage)
}

/// Returns the doubtful provisions, or those of them that are asked for.
fn chosen<'c>(
    coverage: &'c Coverage<'c>,
    arguments: &ArgMatches,
) -> Result<Vec<&'c ProvisionCoverage<'c>>, Error> {
    let doubtful: Vec<&ProvisionCoverage<'_>> = coverage.gaps().collect();
    let Some(wanted) = arguments.get_many::<String>("about") else { return Ok(doubtful) };
    let wanted: Vec<&String> = wanted.collect();
    let known: Vec<String> = doubtful.iter().map(|known| known.baseline.address()).collect();
    if let Some(unknown) = wanted.iter().find(|address| !known.contains(address)) {
        let what = text!("要问的条款", "doubtful provision");
        return Err(data::no_such(&what, unknown, known.iter().map(String::as_str)));
    }
    Ok(doubtful.into_iter().filter(|known| wanted.contains(&&known.baseline.address())).collect())
}

/// Returns the day by which to answer, if one was given.
fn due(arguments: &ArgMatches, today: Date) -> Result<Option<Date>, Error> {
    let Some(written) = arguments.get_one::<String>("due") else { return Ok(None) };
    match Date::parse(written) {
        Ok(due) if due >= today => Ok(Some(due)),
        Ok(_) => Err(Error::Argument {
            reason: text!(
                "答复期限 {written} 已经过了，今天是 {today}",
                "the day to answer by, {written}, is over: today is {today}"
            ),
        }),
        Err(_) => Err(Error::Argument {
            reason: text!(
                "“{written}”不是日期，写成 2027-07-10 这样",
                "`{written}` is not a date; write it like 2027-07-10"
            ),
        }),
    }
}

/// Writes the letter to the file asked for, which is a new one, or may be replaced, or is this letter already.
fn write(
    letter: &export::Query<'_>,
    arguments: &ArgMatches,
    read: &Read,
    issue: EditionRef<'_>,
    lang: UiLang,
) -> Result<(), Error> {
    let context = Context { sources: &read.outcome.sources, lang, colour: false };
    let bytes = export::query(letter, &context);
    let usual = || PathBuf::from(format!("query-{}.docx", issue.address().replace('/', "-")));
    let path = arguments.get_one::<PathBuf>("output").cloned().unwrap_or_else(usual);
    let rules = Rules { catalogue: Some(&read.root), force: arguments.get_flag("force"), once: true };
    say_kept(storage::save(&path, &bytes, &rules)?.as_slice(), lang);
    let (shown, count) = (path.display(), letter.about.len());
    let said = text!(
        "{shown}：问 {count} 条。文号、电话等空着的，请补上再印发",
        "{shown}: provisions asked about: {count}. Fill in what is left blank, such as the number of the document, before it goes out"
    );
    terminal::say(said.get(lang));
    Ok(())
}

/// What is written into the file of a list about a letter that is sent.
struct Record {
    /// The new text of the file.
    text: String,
    /// How many provisions are noted.
    count: usize,
}

impl Record {
    fn write(
        &self,
        read: &Read,
        session: &Session,
        issue: EditionRef<'_>,
        lang: UiLang,
    ) -> Result<(), Error> {
        let (count, source) = (self.count, read.outcome.sources.file(issue.edition.span.file));
        let path = &source.path;
        if count == 0 {
            let known = text!(
                "{path} 里这些条款都记着已发函，没有再记",
                "{path} has an open query about each of them already; nothing was added"
            );
            terminal::say(known.get(lang));
            return Ok(());
        }
        session.change(&[text_change(session, path, &source.text, &self.text)?])?;
        let said =
            text!("{path}：记下今天发函，{count} 条", "{path}: noted as sent today, provisions: {count}");
        terminal::say(said.get(lang));
        Ok(())
    }
}

/// Returns the file of a list with a query about what is asked and is in no open query yet.
fn recorded(
    read: &Read,
    issue: EditionRef<'_>,
    letter: &export::Query<'_>,
    on: Date,
) -> Result<Record, Error> {
    let source = read.outcome.sources.file(issue.edition.span.file);
    let addresses = letter.about.iter().map(|known| known.baseline.address());
    let is_asked = |address: &String| {
        let of_this = |status: &&QueryStatus<'_>| std::ptr::eq(status.edition, issue.edition);
        let mut open = letter.before.iter().filter(of_this).filter(|status| status.is_open());
        open.any(|status| status.query.asks(address))
    };
    let addresses: Vec<String> = addresses.filter(|address| !is_asked(address)).collect();
    let count = addresses.len();
    if count == 0 {
        return Ok(Record { text: source.text.clone(), count });
    }
    let by = export::sender(letter.catalogue, letter.coverage).map(|office| office.zh);
    let asked = Asked { about: &addresses, by: by.as_deref(), on, due: letter.due };
    let keys = issue.edition.keys;
    let text = asked.added_to(&source.text, keys).filter(|_| !source.withheld);
    let (path, entry) = (&source.path, asked.entry(keys, 2));
    let text = text.ok_or_else(|| Error::Argument {
        reason: name_keys(
            &text!(
                "{path} 里的⟦queries⟧不是一行一项写的，没有写进去；请自己补上：\n{entry}",
                "the ⟦queries⟧ of {path} are not written an entry a line, so nothing was added; write it yourself:\n{entry}"
            ),
            keys,
        ),
    })?;
    Ok(Record { text, count })
}
