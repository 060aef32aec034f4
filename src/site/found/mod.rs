//! What was found, as data for a page: by file, each finding with the lines it is about, second places and
//! the repair as a patch.
//!
//! [`Telling`] says for whom; the template `found.html` shows it. To show more of a finding, add a field to
//! [`FoundEntry`] and fill it in [`entry`]. Every word, line and name goes through [`shown`].

mod excerpt;
mod patch;

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::common::DisplayText;
use crate::diagnostic::{Finding, Findings, Level, Message};
use crate::lang::LangCode;
use crate::personal::{masked, shown, shown_name};
use crate::source::{SourceFile, SourceTree};
use crate::span::{FileId, Span};
use excerpt::Excerpt;
use patch::Patch;

/// How many findings of one file are shown at once; the others are folded.
const SHOWN: usize = 20;

/// For whom findings are told.
pub struct Telling<'a> {
    /// The language of the page.
    pub lang: &'a LangCode,
    /// Returns the link that opens a file in the reader's editor, at a line and a column in UTF-16 units.
    pub open: &'a dyn Fn(&SourceFile, usize, usize) -> Option<String>,
    /// Returns the form of the part of a file that a finding is about.
    pub form: &'a dyn Fn(&Finding) -> Option<String>,
}

impl Telling<'_> {
    fn say(&self, message: &Message) -> DisplayText {
        let said = DisplayText::of_tool(message, self.lang);
        DisplayText { text: shown(&said.text), ..said }
    }

    fn open(&self, file: &SourceFile, byte: u32) -> Option<String> {
        let place = file.position(byte);
        let before = file.line(place.line).chars().take(place.column - 1);
        let link = (self.open)(file, place.line, before.map(char::len_utf16).sum::<usize>() + 1)?;
        // A name that has to be masked cannot be linked to either.
        (shown_name(&file.path) == file.path).then_some(link)
    }
}

/// All findings, in the order of files and places.
#[derive(Debug, Serialize)]
pub struct FoundFindings {
    /// How many refuse the site.
    pub errors: usize,
    /// How many do not.
    pub warnings: usize,
    files: Vec<File>,
}

/// One file with its findings.
#[derive(Debug, Serialize)]
struct File {
    /// Its number on the page, from 1.
    number: usize,
    path: String,
    errors: usize,
    warnings: usize,
    shown: Vec<FoundEntry>,
    folded: Vec<FoundEntry>,
}

/// One finding.
#[derive(Debug, Serialize)]
struct FoundEntry {
    /// The same for the same finding after a change elsewhere, so that a reader keeps the place.
    key: String,
    code: &'static str,
    name: &'static str,
    level: Level,
    message: DisplayText,
    help: Option<DisplayText>,
    source: Option<DisplayText>,
    /// Where it is; none for a file as a whole.
    at: Option<crate::source::Position>,
    open: Option<String>,
    /// The form of the part of the file that it is about.
    form: Option<String>,
    /// Names it to what makes its repair, if that is certain.
    mend: Option<String>,
    excerpts: Vec<Excerpt>,
    patch: Option<Patch>,
}

/// Returns the findings as a page shows them.
pub fn found(findings: &Findings, sources: &SourceTree, telling: &Telling<'_>) -> FoundFindings {
    found_part(findings, 0..usize::MAX, sources, telling)
}

/// Returns some of the findings, by their order, as one page of several shows them; it counts all.
pub fn found_part(
    findings: &Findings,
    part: std::ops::Range<usize>,
    sources: &SourceTree,
    telling: &Telling<'_>,
) -> FoundFindings {
    let mut files: Vec<(FileId, File)> = Vec::new();
    let mut keys = BTreeMap::new();
    for finding in findings.iter().skip(part.start).take(part.len()) {
        let entry = entry(finding, sources, telling, &mut keys);
        if files.last().is_none_or(|(id, _)| *id != finding.at.file) {
            let path = shown_name(&sources.of(finding.at).path);
            files.push((finding.at.file, File::new(files.len() + 1, path)));
        }
        let (_, file) = files.last_mut().expect("one was added if there was none");
        file.add(entry);
    }
    FoundFindings {
        errors: findings.count(Level::Error),
        warnings: findings.count(Level::Warning),
        files: files.into_iter().map(|(_, file)| file).collect(),
    }
}

impl File {
    fn new(number: usize, path: String) -> Self {
        Self { number, path, errors: 0, warnings: 0, shown: Vec::new(), folded: Vec::new() }
    }

    fn add(&mut self, entry: FoundEntry) {
        match entry.level {
            Level::Error => self.errors += 1,
            Level::Warning | Level::Off => self.warnings += 1,
        }
        if self.shown.len() < SHOWN { self.shown.push(entry) } else { self.folded.push(entry) }
    }
}

fn entry(
    finding: &Finding,
    sources: &SourceTree,
    telling: &Telling<'_>,
    keys: &mut BTreeMap<String, usize>,
) -> FoundEntry {
    let file = sources.of(finding.at);
    let is_whole = finding.at == Span::whole(finding.at.file);
    // A name that has to be masked cannot be sent along either.
    let can_name = shown_name(&file.path) == file.path;
    FoundEntry {
        key: key(finding, &masked(&format!("{}\n{}", file.path, finding.message.zh)), keys),
        code: finding.code.id,
        name: finding.code.name,
        level: finding.level,
        message: telling.say(&finding.message),
        help: finding.help.as_ref().map(|help| telling.say(help)),
        source: finding.source.as_ref().map(|source| telling.say(source)),
        at: (!is_whole).then(|| file.position(finding.at.start)),
        open: telling.open(file, finding.at.start),
        form: (telling.form)(finding).filter(|_| can_name),
        mend: finding
            .fix
            .as_ref()
            .filter(|_| can_name)
            .map(|_| format!("{}@{}@{}", finding.code.id, finding.at.start, file.path)),
        excerpts: excerpt::excerpts(finding, sources, telling),
        patch: finding.fix.as_ref().and_then(|fix| patch::patch(fix, sources)),
    }
}

/// Returns a name for a finding: from what it says and of which file, with a number if it says so again.
fn key(finding: &Finding, said: &str, keys: &mut BTreeMap<String, usize>) -> String {
    let digest = Sha256::digest(format!("{}\n{said}", finding.code.id));
    let name: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let times = keys.entry(name.clone()).or_default();
    *times += 1;
    if *times == 1 { name } else { format!("{name}-{times}") }
}

#[cfg(test)]
mod tests;
