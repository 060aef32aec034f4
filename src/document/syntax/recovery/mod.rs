//! The slips of the keyboard, the clipboard and of other programs, and how a *copy* of the file is mended
//! so that reading goes on.
//!
//! A recovery is one entry of [`RECOVERIES`]: it looks at the page as the entries before it left it, and returns
//! what it found, each with the changes that mend the copy. To add one: a file here with its `const`, one line in
//! [`RECOVERIES`] (before whatever needs it mended), its code in [`super::codes`] and the page of the code.
//! A recovery must say nothing of a file that is right.

mod blank;
mod bullet;
mod character;
mod colon;
mod conflict;
mod cut;
pub(super) mod document;
mod flow;
mod margin;
mod mark;
mod opening;
mod quotation;
mod several;
mod structure;
mod swallowed;
mod width;

use std::collections::BTreeMap;
use std::ops::Range;

use super::form::Form;
use super::page::Page;
use super::recover::Look;
use super::source_map::SourceMap;
use super::tree::Change;
use crate::diagnostic::{Code, Edit, Finding, Level, Message};
use crate::span::FileId;
use crate::text;

/// One kind of slip.
pub(super) struct Recovery {
    pub code: &'static Code,
    /// Whether it is looked for in files that can be read and fit, too: what it finds is lost without a word.
    pub always: bool,
    /// Looks for it.
    pub find: fn(&Page<'_>, &Form) -> Vec<Hit>,
}

/// Where a slip was found; all places are bytes of the page.
pub(super) struct Hit {
    pub at: Range<usize>,
    pub message: Message,
    pub help: Message,
    /// What mends the copy.
    pub changes: Vec<Change>,
    /// Whether the same changes certainly mend the file.
    pub certain: bool,
    /// A second place, and what is there.
    pub label: Option<(Range<usize>, Message)>,
    /// Whether it is a warning only here.
    pub mild: bool,
    /// What follows from a slip that was said already: it mends, and says nothing.
    pub silent: bool,
}

impl Hit {
    pub fn new(at: Range<usize>, message: Message, help: Message) -> Self {
        Self {
            at,
            message,
            help,
            changes: Vec::new(),
            certain: false,
            label: None,
            mild: false,
            silent: false,
        }
    }

    /// Adds a change of the copy.
    pub fn change(mut self, at: Range<usize>, new: impl Into<String>) -> Self {
        self.changes.push((at, new.into()));
        self
    }

    /// Says that the changes are what the file needs.
    pub fn certain(mut self) -> Self {
        self.certain = true;
        self
    }
}

/// Every slip, in the order in which the copy is mended.
const RECOVERIES: &[Recovery] = &[
    character::GARBLED,
    character::UNSEEN,
    character::LOOK_ALIKE,
    conflict::MERGE,
    document::TABLE,
    document::AROUND,
    document::FENCE,
    document::SECOND,
    document::AGAIN,
    mark::COMMENT,
    bullet::ODD,
    bullet::NUMBERED,
    bullet::UNSPACED,
    blank::INDENT,
    blank::AFTER_COLON,
    mark::BLOCK,
    colon::ODD,
    colon::UNSPACED,
    colon::MISSING,
    cut::BARE,
    quotation::UNCLOSED,
    quotation::INSIDE,
    quotation::MIXED,
    flow::BRACKETS,
    flow::MARKS,
    flow::COMMAS,
    opening::SIGN,
    opening::TWO,
    opening::COLON,
    margin::UNEVEN,
    structure::PARENT,
    structure::DASH,
    structure::INDENT,
    width::WHOLE,
    several::FOLDED,
    margin::TEXT,
    several::WORDS,
    mark::COMMA,
    swallowed::TEXT,
];

/// From so many times on, a slip is said once with its number.
const MANY: usize = 4;

/// Longer files are not looked through: 1 MiB of a list has some 25 000 lines.
const MOST_LINES: usize = 40_000;

/// What came of looking for slips.
pub(super) struct Scan {
    pub copy: SourceMap,
    pub findings: Vec<Finding>,
}

/// Tells whether a file has more lines than any that people wrote.
pub(super) fn is_too_long(source: &str) -> bool {
    source.bytes().filter(|byte| *byte == b'\n').count() > MOST_LINES
}

/// Looks for slips, and mends a copy.
pub(super) fn scan(file: FileId, source: &str, form: &Form, look: Look) -> Scan {
    let words = form.words();
    let mut copy = SourceMap::new(file, source);
    let mut findings = Vec::new();
    if is_too_long(source) {
        return Scan { copy, findings };
    }
    let mut page = Page::new(copy.text(), &words);
    let recoveries = if look == Look::ForSuddenEnd { &[cut::SUDDEN][..] } else { RECOVERIES };
    for recovery in recoveries.iter().filter(|recovery| recovery.always || look != Look::ForSilentLoss) {
        let hits = (recovery.find)(&page, form);
        let said = hits.iter().filter(|hit| !hit.silent);
        findings.extend(said.map(|hit| finding(recovery, hit, &copy)));
        let changes: Vec<Change> = hits.into_iter().flat_map(|hit| hit.changes).collect();
        if !changes.is_empty() {
            copy.change(changes);
            page = Page::new(copy.text(), &words);
        }
    }
    Scan { copy, findings: counted(findings) }
}

fn finding(recovery: &Recovery, hit: &Hit, copy: &SourceMap) -> Finding {
    let mut finding =
        Finding::new(recovery.code, copy.back(&hit.at), hit.message.clone()).help(hit.help.clone());
    if let Some((at, message)) = &hit.label {
        finding = finding.label(copy.back(at), message.clone());
    }
    if hit.mild {
        finding.level = Level::Warning;
    }
    let edit = |(at, new): &Change| Edit { at: copy.back(at), replacement: new.clone() };
    if hit.certain { finding.fix_all(hit.changes.iter().map(edit).collect()) } else { finding }
}

/// Makes one finding of those that say to do the same thing, if they are many.
fn counted(findings: Vec<Finding>) -> Vec<Finding> {
    let mut alike: BTreeMap<(&str, Level, Option<Message>), Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        alike.entry((finding.code.id, finding.level, finding.help.clone())).or_default().push(finding);
    }
    let gathered =
        alike.into_values().flat_map(|same| if same.len() < MANY { same } else { vec![together(same)] });
    gathered.collect()
}

fn together(mut same: Vec<Finding>) -> Finding {
    same.sort_by_key(|finding| finding.at);
    let count = same.len();
    let edits = same.iter().map(|finding| finding.fix.as_ref().map(|fix| fix.edits.clone()));
    let edits: Option<Vec<Vec<Edit>>> = edits.collect();
    let mut first = same.swap_remove(0);
    let Message { zh, en } = &first.message;
    first.message = text!("{zh}；全文这样的有 {count} 处", "{en}; this is so in {count} places of the file");
    first.fix_all(edits.unwrap_or_default().concat())
}
