//! The YAML test suite, and files that people wrote: what the tree says of them is what YAML says.
//!
//! `tests/yaml/suite.txt` holds every case of <https://github.com/yaml/yaml-test-suite> (its licence lies beside it): the
//! text of the case behind `|`, then `!` if it is no YAML, or its events behind `=`. A file of a catalogue uses a part of
//! YAML; what stands outside of that part is refused by name, and nothing that is YAML is called a mistake of writing.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use granit_parser::{Event, Parser, ScalarStyle};
use qingdan::date::Date;
use qingdan::diagnostic::Findings;
use qingdan::pipeline::{self, Request};
use qingdan::span::FileId;
use qingdan::syntax::tree::Tree;
use qingdan::syntax::{Node, Value, yaml};
use qingdan::tidy::tidied;
use rayon::prelude::*;

/// What the part of YAML that catalogues use leaves out.
const REFUSED: &[&str] = &[
    "yaml-anchor",
    "yaml-tag",
    "second-document",
    "complex-key",
    "deep-nesting",
    "duplicate-key",
    "hidden-character",
];

/// What is said of a file that is written wrongly.
const SLIPS: &[&str] = &[
    "broken-yaml",
    "full-width-mark",
    "missing-mark",
    "missing-dash",
    "odd-blank",
    "wrong-indentation",
    "unclosed-mark",
    "quotes-inside",
    "text-needs-quotes",
    "swallowed-text",
    "merge-conflict",
    "incomplete-file",
    "look-alike-character",
    "garbled-text",
    "several-in-one",
];

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// One case of the suite.
struct Case {
    name: String,
    text: String,
    /// What it says; `None` if it is no YAML.
    events: Option<Vec<String>>,
}

fn suite() -> Vec<Case> {
    let all = fs::read_to_string(here("tests/yaml/suite.txt")).expect("the suite is there");
    let cases = all.split("## ").skip(1).map(|case| {
        let (name, rest) = case.split_once('\n').expect("a case has lines");
        let lines = |mark: &'static str| rest.lines().filter_map(move |line| line.strip_prefix(mark));
        let text: String = lines("|").map(|line| format!("{line}\n")).collect();
        let events = lines("= ").map(str::to_owned).collect();
        let is_yaml = !rest.lines().any(|line| line == "!");
        Case { name: name.to_owned(), text: unmarked(&text), events: is_yaml.then_some(events) }
    });
    cases.collect()
}

/// Puts characters that nobody sees in the place of the marks that the suite writes for them.
fn unmarked(text: &str) -> String {
    let text = text.replace("∎\n", "").replace(['—', '↵'], "").replace('␣', " ");
    text.replace('»', "\t").replace('←', "\r").replace('⇔', "\u{feff}")
}

/// What a value is: the same for the same value, however it is written.
fn told(node: &Node) -> String {
    match &node.value {
        Value::Empty => "~".to_owned(),
        Value::Text(text) => format!("{:?}", squeezed(text)),
        Value::List(items) => format!("[{}]", items.iter().map(told).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let told = |entry: &qingdan::syntax::Entry| {
                format!("{:?}: {}", squeezed(&entry.key.value), told(&entry.value))
            };
            format!("{{{}}}", entries.iter().map(told).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Returns a text without what a reader of lists does not see: blanks at its ends, and how lines are joined.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tells what the events of a case say, as [`told`] does; `None` if catalogues do without something of it.
fn told_by(events: &[String]) -> Option<String> {
    let mut events = events.iter().map(String::as_str).filter(|event| !event.starts_with("-DOC")).peekable();
    let documents = events.clone().filter(|event| event.starts_with("+DOC")).count();
    if documents != 1 || events.clone().any(|event| !is_plain(event)) {
        return if documents == 0 { Some("~".to_owned()) } else { None };
    }
    events.next();
    value(&mut events)
}

/// Tells whether an event has no anchor, no tag, and is no alias.
fn is_plain(event: &str) -> bool {
    let has = |mark: &str| {
        let rest = event.split_once(' ').map_or("", |(_, rest)| rest);
        rest.trim_start_matches("[] ").trim_start_matches("{} ").starts_with(mark)
    };
    !event.starts_with("=ALI") && !has("&") && !has("<")
}

fn value<'e>(events: &mut impl Iterator<Item = &'e str>) -> Option<String> {
    let event = events.next()?;
    let mut told = String::new();
    match event.get(..4)? {
        "=VAL" => return Some(scalar(event.get(5..)?)),
        "+SEQ" => {
            let mut items = Vec::new();
            while let Some(item) = value(events) {
                items.push(item);
            }
            write!(told, "[{}]", items.join(", ")).ok()?;
        }
        "+MAP" => {
            let mut entries = Vec::new();
            while let Some(key) = value(events) {
                // A name is a text, also one that looks like nothing.
                let key = if key == "~" || key.starts_with(['[', '{']) { "?".to_owned() } else { key };
                entries.push(format!("{key}: {}", value(events)?));
            }
            write!(told, "{{{}}}", entries.join(", ")).ok()?;
        }
        _ => return None,
    }
    (!told.contains("?: ")).then_some(told)
}

/// Returns a text of an event: its style, then the text with `\n` and the like.
fn scalar(event: &str) -> String {
    let event = unmarked(event);
    let (style, text) = event.split_at(1);
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some('b') => '\u{8}',
                Some('0') => '\0',
                other => other.unwrap_or('\\'),
            },
            c => c,
        });
    }
    let is_nothing = plain.is_empty() || (style == ":" && matches!(&*plain, "~" | "null"));
    let is_block = matches!(style, "|" | ">") && plain.trim().is_empty();
    if is_nothing || is_block { "~".to_owned() } else { format!("{:?}", squeezed(&plain)) }
}

/// Returns what a text says, or the kinds of finding for which it is refused.
fn read(text: &str) -> Result<String, BTreeSet<&'static str>> {
    let mut findings = Findings::new();
    let node = yaml::parse(FileId(0), text, &mut findings);
    match findings.is_empty() {
        true => Ok(node.map_or("~".to_owned(), |node| told(&node))),
        false => Err(findings.iter().map(|finding| finding.code.name).collect()),
    }
}

fn is_lossless(text: &str) -> bool {
    let tree = Tree::read(text);
    let written: String = tree.leaves().map(|leaf| &text[leaf.range()]).collect();
    written == text
}

#[test]
fn every_case_of_the_suite_gives_its_values_or_is_refused_by_name() {
    let mut complaints = String::new();
    for Case { name, text, events } in suite() {
        let read = read(&text);
        let complaint = match (&events, &read) {
            _ if !is_lossless(&text) => Some("a byte of it is lost".to_owned()),
            (None, Ok(told)) => Some(format!("is no YAML, but is read: {told}")),
            (None, Err(_)) => None,
            (Some(events), Ok(told)) => {
                let wanted = told_by(events);
                (wanted.as_ref() != Some(told)).then(|| format!("says {told}, not {wanted:?}"))
            }
            (Some(_), Err(codes)) => {
                let other: Vec<_> = codes.iter().filter(|code| !REFUSED.contains(code)).collect();
                (!other.is_empty()).then(|| format!("is YAML, but called {other:?}"))
            }
        };
        if let Some(complaint) = complaint {
            let _ = write!(complaints, "\n{name}: {complaint}\n{text}");
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

/// Returns the kinds of finding for a text that is put in the place of a list.
fn checked(text: &str) -> BTreeSet<&'static str> {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    files::copy(&here("tests/checks/base"), temp.path());
    let path = "shifan/jiashi/care/2025.yaml";
    fs::write(temp.path().join(path), text).expect("the file can be written");
    let request = Request::whole(Date::parse("2026-03-01").expect("a date"));
    let outcome = pipeline::prepare(temp.path(), &request, &|_| {}).expect("the disk works");
    let own = outcome.findings.iter().filter(|finding| outcome.sources.of(finding.at).path == path);
    own.map(|finding| finding.code.name).collect()
}

#[test]
fn nothing_that_is_yaml_is_called_a_mistake_of_writing() {
    let valid: Vec<Case> = suite().into_iter().filter(|case| case.events.is_some()).collect();
    let called = |case: &Case| {
        let codes = checked(&case.text);
        let slips: Vec<_> = codes.iter().filter(|code| SLIPS.contains(code)).copied().collect();
        (!slips.is_empty()).then(|| format!("\n{}: {slips:?}\n{}", case.name, case.text))
    };
    let complaints: Vec<String> = valid.par_iter().filter_map(called).collect();
    assert!(complaints.is_empty(), "{}: {}", complaints.len(), complaints.concat());
}

#[test]
fn what_is_no_yaml_is_refused_in_a_list_too() {
    let broken: Vec<Case> = suite().into_iter().filter(|case| case.events.is_none()).collect();
    let silent: Vec<&str> = broken
        .par_iter()
        .filter(|case| checked(&case.text).is_empty())
        .map(|case| case.name.as_str())
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

/// Returns what another parser of YAML reads, as [`told`] tells it; `None` if it refuses the text, or if catalogues do
/// without something of it.
fn oracle(text: &str) -> Option<String> {
    let mut open: Vec<(bool, Vec<String>)> = Vec::new();
    let (mut root, mut documents) = (None, 0);
    for event in Parser::new_from_str(text) {
        let event = event.ok()?.0;
        if event.tag().is_some() || event.anchor_id().is_some() {
            return None;
        }
        let done = match event {
            Event::DocumentStart(..) => {
                documents += 1;
                None
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => return None,
            Event::Scalar(text, style, ..) => {
                let is_plain =
                    style == ScalarStyle::Plain && matches!(&*text, "~" | "null" | "Null" | "NULL");
                let is_block =
                    matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) && text.trim().is_empty();
                let is_nothing = text.is_empty() || is_plain || is_block;
                Some(if is_nothing { "~".to_owned() } else { format!("{:?}", squeezed(&text)) })
            }
            Event::SequenceStart(..) => {
                open.push((true, Vec::new()));
                None
            }
            Event::MappingStart(..) => {
                open.push((false, Vec::new()));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (is_list, items) = open.pop()?;
                Some(if is_list {
                    format!("[{}]", items.join(", "))
                } else {
                    let entries: Vec<String> = items.chunks(2).map(|pair| pair.join(": ")).collect();
                    format!("{{{}}}", entries.join(", "))
                })
            }
            _ => None,
        };
        match (done, open.last_mut()) {
            (Some(done), Some((_, items))) => items.push(done),
            (Some(done), None) => root = Some(done),
            (None, _) => {}
        }
    }
    (documents < 2).then(|| root.unwrap_or_else(|| "~".to_owned()))
}

#[test]
fn files_that_people_wrote_are_read_as_another_parser_reads_them() {
    let mut complaints = String::new();
    for folder in [
        "content",
        "src/site/demo",
        "tests/sites",
        "tests/checks/base",
        "tests/slips/base",
        "tests/commands/catalogues",
        "tests/verdicts",
    ] {
        for (name, bytes) in files::tree(&here(folder)) {
            let Some(text) = String::from_utf8(bytes).ok().filter(|_| name.ends_with(".yaml")) else {
                continue;
            };
            let squeeze = |told: String| told.replace(' ', "");
            let (ours, theirs) = (read(&text).map(squeeze), oracle(&text).map(squeeze));
            if !is_lossless(&text) || ours.as_ref().ok() != theirs.as_ref() && theirs.is_some() {
                let _ = write!(complaints, "\n{folder}/{name}: {ours:?}, not {theirs:?}");
            }
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

/// Texts of a mebibyte that are as bad to read as they can be, by what they repeat.
fn hostile() -> Vec<(String, String)> {
    let list = fs::read_to_string(here("content/fujian/migrant-children/2025.yaml")).expect("it is there");
    let repeated = [
        "- ",
        "[",
        "{",
        "[a, ",
        "\"",
        "- \"a\n",
        "a: \"b\n",
        "a: ",
        "a: 1\n",
        "  x\n",
        "a: |\n  x\n",
        ":",
        " #",
        " ",
        "\n",
        "\t",
        "'",
        "a\n",
        "&a ",
        "*a ",
        "? ",
        "a: b\n# c\n",
        "- - - - a\n",
        "a: b\n   c\n",
        "\r",
        "a: [\n b,\n",
        "x: {a: [b\n",
        "---\n",
        "%\n",
        "- - a\n  b: c\n",
        "清：单，",
        "\\",
        "a: > b\n c\n",
        "\t- a\n",
        "- [a: b, \"c\": d]\n",
    ];
    let mut texts: Vec<(String, String)> =
        repeated.iter().map(|part| (format!("{part:?}"), part.repeat(MEBIBYTE / part.len()))).collect();
    for (open, part) in [
        ("[", "*a, "),
        ("[", "a: b,\n"),
        ("[", "a, "),
        ("{", "a: b, "),
        ("\"", "\\x "),
        ("x: [", "\"a\n"),
        ("a: b\n", "  c\n"),
        ("'", "''"),
        ("a: ", "b \n  "),
    ] {
        texts.push((
            format!("{open:?} and {part:?}"),
            format!("{open}{}", part.repeat(MEBIBYTE / part.len())),
        ));
    }
    let stairs: String = (0..1400).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    texts.extend([("stairs".to_owned(), stairs), ("the list of Fujian".to_owned(), list)]);
    texts
}

const MEBIBYTE: usize = 1024 * 1024;

/// Far more than it takes on a machine with nothing else to do: some 100 ms without optimisation ten times that.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });

#[test]
#[expect(clippy::print_stdout, reason = "the figures are for whoever asks with --nocapture")]
fn a_mebibyte_of_anything_is_read_in_proportion_to_its_length() {
    let mut slow = Vec::new();
    for (name, text) in hostile() {
        let started = Instant::now();
        let mistakes = Tree::read(&text).mistakes.len();
        let took = started.elapsed();
        println!("{name:<24}{:>9} bytes{:>8} ms{mistakes:>9} mistakes", text.len(), took.as_millis());
        if took > PATIENCE {
            slow.push(format!("{name}: {took:?}"));
        }
        assert!(is_lossless(&text), "{name}");
    }
    assert!(slow.is_empty(), "{slow:?}");
}

#[test]
fn what_can_be_read_can_be_tidied() {
    let mut complaints = String::new();
    for Case { name, text, .. } in suite() {
        let Ok(before) = read(&text) else { continue };
        match tidied(&text) {
            Err(why) => drop(write!(complaints, "\n{name}: {why:?}\n{text}")),
            Ok(tidy) if read(&tidy).as_ref() != Ok(&before) => {
                let _ = write!(complaints, "\n{name}: says something else\n{text}\n{tidy}");
            }
            Ok(tidy) if tidied(&tidy).as_ref() != Ok(&tidy) => {
                let _ = write!(complaints, "\n{name}: is tidied again\n{tidy}");
            }
            Ok(_) => {}
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}
