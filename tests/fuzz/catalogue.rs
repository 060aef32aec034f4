//! Bytes as any file of a catalogue: what is found has its place, repairs apply, every report can be written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use proptest::prelude::{Strategy, any};
use qingdan::date::Date;
use qingdan::diagnostic::{Finding, Level, UiLang};
use qingdan::pipeline::{self, Outcome, Request};
use qingdan::report::{self, Report};
use qingdan::source::SourceTree;
use qingdan::span::Span;

use super::mutate::{self, Step, mutated};
use super::{Bytes, Tally, case, here};

/// The files that are changed, with the seeds that belong there.
const SLOTS: &[&str] = &[
    "shifan/jiashi/care/2025.yaml",
    "shifan/care/2025.yaml",
    "shifan/jiashi/place.yaml",
    "shifan/place.yaml",
    "shifan/jiashi/contacts.yaml",
    "site.yaml",
    "vocabulary/departments.yaml",
    "vocabulary/areas.yaml",
    "vocabulary/audiences.yaml",
    "vocabulary/conditions.yaml",
    "vocabulary/hotlines.yaml",
    "vocabulary/situations.yaml",
    "vocabulary/synonyms.yaml",
    "vocabulary/terms.yaml",
    "vocabulary/ages.yaml",
    "shifan/guides/asking.zh.md",
    "editions.lock",
    "translations.lock",
];

/// A mobile number of nobody, which no report may show.
const NUMBER: &str = "13800138000";

/// One input.
#[derive(Clone, Debug)]
pub struct Input {
    slot: usize,
    seed: usize,
    other: usize,
    steps: Vec<Step>,
}

/// The base, the seeds and a folder to lay them in.
pub struct Fuzz {
    base: BTreeMap<String, Bytes>,
    seeds: Vec<(usize, Bytes)>,
    folder: Mutex<tempfile::TempDir>,
}

impl Fuzz {
    pub fn new() -> Self {
        let (mut base, mut all) = (BTreeMap::new(), BTreeMap::new());
        collect(&here("tests/checks/base"), "", &mut base);
        collect(&here("content"), "", &mut all);
        let mut seeds: Vec<(usize, Bytes)> = Vec::new();
        let mut add =
            |path: &str, bytes: &Bytes| seeds.extend(slot_of(path).map(|slot| (slot, bytes.clone())));
        // Often those that belong together, so that there is more to be found than names nobody knows.
        (0..20).for_each(|_| base.iter().for_each(|(path, bytes)| add(path, bytes)));
        all.iter().for_each(|(path, bytes)| add(path, bytes));
        let mut slips = BTreeMap::new();
        collect(&here("tests/slips/base"), "", &mut slips);
        collect(&here("content/vocabulary"), "vocabulary/", &mut slips);
        for case in case::all(&slips) {
            case.files.iter().for_each(|(path, bytes)| add(path, bytes));
        }
        let folder = tempfile::tempdir().expect("a folder for the catalogue");
        base.iter().for_each(|(path, bytes)| write(folder.path(), path, bytes));
        Self { base, seeds, folder: Mutex::new(folder) }
    }

    pub fn inputs(&self) -> impl Strategy<Value = Input> + use<> {
        let seeds = self.seeds.len();
        let slots: Vec<usize> = self.seeds.iter().map(|(slot, _)| *slot).collect();
        (any::<u16>(), 0..seeds, 0..seeds, mutate::steps()).prop_map(move |(slot, seed, other, steps)| {
            // Most go where they belong.
            let slot = if slot % 8 == 0 { usize::from(slot / 8) % SLOTS.len() } else { slots[seed] };
            Input { slot, seed, other, steps }
        })
    }

    /// Returns what once failed: `NAME.SLOT.bin`, with where it goes.
    pub fn found(&self) -> Vec<(String, String, Bytes)> {
        let mut files = BTreeMap::new();
        collect(&here("tests/fuzz/found"), "", &mut files);
        let mut found = Vec::new();
        for (name, bytes) in files {
            let slot = name.split('.').nth(1).unwrap_or_else(|| panic!("{name} names no slot"));
            let path = SLOTS.iter().find(|path| path.contains(&slot.replace('~', "/")));
            found.push((
                name.clone(),
                (*path.unwrap_or_else(|| panic!("{name}: no such slot"))).to_owned(),
                bytes,
            ));
        }
        found
    }

    /// Returns the bytes of an input.
    pub fn bytes(&self, input: &Input) -> Bytes {
        mutated(&self.seeds[input.seed].1, &self.seeds[input.other].1, &input.steps)
    }

    /// Runs `fix` over the catalogue: it ends, and what it wrote has no errors in how it is written that were
    /// not there before.
    pub fn fix(&self, input: &Input, tally: &mut Tally) -> Result<(), String> {
        let (path, bytes) = (SLOTS[input.slot], self.bytes(input));
        let folder = self.folder.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        write(folder.path(), path, &bytes);
        let before = prepare(folder.path());
        let verdict = if before.findings.iter().any(|finding| finding.fix.is_some()) {
            tally.see("repaired");
            fixed(folder.path(), &before, path)
        } else {
            tally.see("nothing to repair");
            Ok(())
        };
        write_base(&self.base, folder.path(), path);
        verdict.map_err(|why| keep(&why, path, &bytes))
    }

    pub fn run(&self, input: &Input, tally: &mut Tally) -> Result<(), String> {
        let bytes = self.bytes(input);
        let path = SLOTS[input.slot];
        self.check(path, &bytes, tally).map_err(|why| keep(&why, path, &bytes))
    }

    /// Runs the catalogue with these bytes in one file and holds what is found against what must be true.
    pub fn check(&self, path: &str, bytes: &[u8], tally: &mut Tally) -> Result<(), String> {
        let folder = self.folder.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        write(folder.path(), path, bytes);
        let outcome = prepare(folder.path());
        let verdict = verdict(&outcome, tally);
        write_base(&self.base, folder.path(), path);
        verdict
    }
}

fn verdict(outcome: &Outcome, tally: &mut Tally) -> Result<(), String> {
    tally.see(if outcome.findings.refuse() { "refused" } else { "passed" });
    for finding in outcome.findings.iter() {
        places(&outcome.sources, finding)?;
    }
    reports(outcome)
}

/// Keeps an input on which a target fails, and says where.
fn keep(why: &str, path: &str, bytes: &[u8]) -> String {
    let kept = std::env::temp_dir().join("qingdan-fuzz-last.bin");
    let kept =
        fs::write(&kept, bytes).map_or_else(|error| error.to_string(), |()| kept.display().to_string());
    format!("{why}\n{path}, {} bytes, kept in {kept}", bytes.len())
}

/// Puts the file of the base back.
fn write_base(base: &BTreeMap<String, Bytes>, folder: &Path, path: &str) {
    match base.get(path) {
        Some(bytes) => write(folder, path, bytes),
        None => fs::remove_file(folder.join(path)).expect("it was written"),
    }
}

fn prepare(folder: &Path) -> Outcome {
    let request = Request::whole(Date::parse("2026-03-01").expect("a date"));
    pipeline::prepare(folder, &request, &|_| {}).expect("the disk works")
}

/// Returns the slot a file of any catalogue belongs in.
fn slot_of(path: &str) -> Option<usize> {
    let name = path.rsplit('/').next()?;
    let wanted = match name {
        "place.yaml" => "shifan/jiashi/place.yaml",
        "contacts.yaml" => "shifan/jiashi/contacts.yaml",
        _ if name.ends_with(".md") => "shifan/guides/asking.zh.md",
        _ if path.contains("vocabulary/") || name == "site.yaml" || name.ends_with(".lock") => path,
        _ if path.matches('/').count() >= 3 => "shifan/jiashi/care/2025.yaml",
        _ => "shifan/care/2025.yaml",
    };
    SLOTS.iter().position(|slot| *slot == wanted)
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Bytes>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.expect("the folder can be read");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read(entry.path()).expect("the file can be read"));
        }
    }
}

fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("files lie in a folder")).expect("a folder can be made");
    fs::write(path, bytes).expect("a file can be written");
}

/// Every place lies inside its file, between characters; the edits of a repair are in order.
fn places(sources: &SourceTree, finding: &Finding) -> Result<(), String> {
    let inside = |span: Span| {
        let text = &sources.of(span).text;
        let (start, end) = (span.start as usize, span.end as usize);
        start <= end && text.is_char_boundary(start) && text.is_char_boundary(end)
    };
    let labels = finding.labels.iter().map(|label| label.at);
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.at);
    if let Some(span) = std::iter::once(finding.at).chain(labels).chain(edits).find(|span| !inside(*span)) {
        return Err(format!("{span:?} is no place in the file: {finding:?}"));
    }
    let Some(fix) = &finding.fix else { return Ok(()) };
    let one_file = fix.edits.iter().all(|edit| edit.at.file == fix.edits[0].at.file);
    let in_order = fix.edits.windows(2).all(|pair| pair[0].at.end <= pair[1].at.start);
    if one_file && in_order { Ok(()) } else { Err(format!("the edits do not fit together: {finding:?}")) }
}

/// Every report can be written, and shows no number of a person.
fn reports(outcome: &Outcome) -> Result<(), String> {
    for format in report::FORMATS {
        let report =
            Report { findings: &outcome.findings, sources: &outcome.sources, lang: UiLang::Zh, color: false };
        let mut out = Vec::new();
        (format.write)(&report, &mut out).map_err(|error| format!("{}: {error}", format.name))?;
        let out = String::from_utf8(out).map_err(|_| format!("{} is not UTF-8", format.name))?;
        if shows_number(&out) {
            return Err(format!("{} shows a number of a person", format.name));
        }
    }
    Ok(())
}

/// Tells whether the number stands in a text by itself.
pub fn shows_number(text: &str) -> bool {
    text.match_indices(NUMBER).any(|(at, _)| {
        let near = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        !near(text[..at].chars().next_back()) && !near(text[at + NUMBER.len()..].chars().next())
    })
}

/// Runs the program in a folder and holds what it wrote against what was found before.
fn fixed(folder: &Path, before: &Outcome, path: &str) -> Result<(), String> {
    let run = Command::new(env!("CARGO_BIN_EXE_qingdan"))
        .args(["fix", "--lang", "en", "--today", "2026-03-01"])
        .arg(folder)
        .output()
        .map_err(|error| error.to_string())?;
    if run.status.code().is_none_or(|code| code > 1) {
        return Err(format!("ended with {:?}:\n{}", run.status, String::from_utf8_lossy(&run.stderr)));
    }
    let after = prepare(folder);
    let _ = fs::remove_file(folder.join(format!("{path}.原件")));
    let new: Vec<&str> =
        written_wrong(&after, path).difference(&written_wrong(before, path)).copied().collect();
    if new.is_empty() { Ok(()) } else { Err(format!("what is repaired has new errors: {new:?}")) }
}

/// Returns the kinds of errors in how a file is written.
fn written_wrong(outcome: &Outcome, path: &str) -> BTreeSet<&'static str> {
    let errors = outcome.findings.iter().filter(|finding| finding.level == Level::Error);
    let own = errors.filter(|finding| outcome.sources.of(finding.at).path == path);
    own.map(|finding| finding.code.id).filter(|id| id.starts_with("QD1") || id.starts_with("QD2")).collect()
}
