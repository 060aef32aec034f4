//! `editions.lock`: what issued editions said, so that none is lost or quietly rewritten.
//!
//! `qingdan edition issue` adds an entry for each edition it issues: the digest of what the edition states
//! ([`Statement`]), a short digest of each of its lines, to find the first that changed, the names it uses
//! ([`Snapshot`]), a digest of what may be corrected, and a seal over this entry and all before it, so that an entry in
//! the middle cannot be changed or taken out unnoticed. `qingdan edition correct` adds a short entry with the new digest
//! of what may be corrected.
//!
//! Entries without `version` were written by earlier versions of the tool, which sealed the whole file. They are held by
//! that rule until `qingdan edition issue` is run for the edition once more.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::frozen_lines::frozen_lines;
use super::lock_entry::{Corrected, Frozen, LockEntry, Stated, Written};
use super::snapshot::{IssuedNames, Snapshot, names_in};
use super::statement::{Statement, StatementLine, digest, hex};
use super::{Catalogue, Edition, EditionRef, EditionStatus, codes};
use crate::diagnostic::{Finding, Findings, Message};
use crate::lang::LangCode;
use crate::source::SourceTree;
use crate::span::{FileId, Span};
use crate::syntax::{Node, yaml};
use crate::text;

/// The file at the root of the catalogue.
pub const EDITIONS_FILE: &str = "editions.lock";

/// Hexadecimal digits kept of the digest of a line.
const LINE_DIGITS: usize = 6;
/// Hexadecimal digits kept of the digest of what may be corrected of one service.
const OPEN_DIGITS: usize = 12;
/// Every frozen edition, in the order of freezing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditionsLock {
    entries: Vec<LockEntry>,
    /// The seal over all there is.
    head: String,
    /// Whether an entry was not to be trusted.
    broken: bool,
}

impl EditionsLock {
    /// Reads the lock file; what cannot be read, or was changed, is reported.
    pub fn parse(file: FileId, text: &str, findings: &mut Findings) -> Self {
        Self::read(file, text, false, findings)
    }

    /// Reads an excerpt ([`EditionsLock::excerpt`]): each entry names the seal before it.
    pub fn parse_excerpt(text: &str, findings: &mut Findings) -> Self {
        Self::read(FileId(0), text, true, findings)
    }

    fn read(file: FileId, text: &str, excerpt: bool, findings: &mut Findings) -> Self {
        let mut lock = Self::default();
        let node = yaml::parse(file, text, findings);
        for item in node.iter().flat_map(Node::items) {
            if excerpt {
                lock.head = item.get("before").and_then(Node::text).unwrap_or_default().to_owned();
            }
            match LockEntry::read(item, &lock.head) {
                Some(entry) if entry.seal() == entry.true_seal() && !lock.is_second(&entry) => {
                    lock.head = entry.seal().to_owned();
                    lock.entries.push(entry);
                }
                // Nothing more is said of an entry that is not to be trusted.
                entry => {
                    let at = entry.as_ref().and_then(LockEntry::at).unwrap_or(item.span);
                    findings.push(broken_seal(at));
                    lock.broken = true;
                    lock.head = entry.map(|entry| entry.seal().to_owned()).unwrap_or_default();
                }
            }
        }
        lock
    }

    /// Tells whether an entry freezes an edition once more that is sealed by the rule of today: nobody writes such a one
    /// but to make a changed edition pass.
    fn is_second(&self, entry: &LockEntry) -> bool {
        let is_sealed = |address: &str| self.get(address).is_some_and(|known| known.stated.is_some());
        match entry {
            LockEntry::Frozen(frozen) => is_sealed(&frozen.edition),
            LockEntry::Corrected(_) => false,
        }
    }

    /// Returns the lock file: YAML, in the order of freezing.
    pub fn to_text(&self) -> String {
        let head =
            "# 由 qingdan edition issue 写出，请勿手改。Written by `qingdan edition issue`; do not edit.\n";
        let entries: Vec<Written<'_>> = self.entries.iter().map(|entry| entry.written(false)).collect();
        let body = serde_yaml::to_string(&entries).expect("lists of strings are YAML");
        format!("{head}{body}")
    }

    /// Returns the entries of some editions as YAML, each with the seal before it, so that their seals can be worked out
    /// without the others.
    pub fn excerpt(&self, addresses: &[String]) -> String {
        let wanted =
            self.entries.iter().filter(|entry| addresses.iter().any(|known| known == entry.edition()));
        let entries: Vec<Written<'_>> = wanted.map(|entry| entry.written(true)).collect();
        serde_yaml::to_string(&entries).expect("lists of strings are YAML")
    }

    /// Freezes the edition at `address` as it stands, issued. `false` if there is no such edition.
    pub fn freeze(&mut self, catalogue: &Catalogue, sources: &SourceTree, address: &str, on: &str) -> bool {
        let Some(EditionRef { place, edition, .. }) = catalogue.edition(address) else { return false };
        let mut issued = edition.clone();
        issued.file.status = EditionStatus::Issued;
        let statement = Statement::of(&issued);
        let written = names_in(sources, catalogue, edition.span.file);
        let stated = Stated {
            names: Snapshot::of(catalogue, place, edition, written),
            open: open_digests(&statement),
        };
        self.push(LockEntry::Frozen(Box::new(Frozen {
            edition: address.to_owned(),
            frozen: on.to_owned(),
            sha256: digest(&statement.sealed),
            seal: String::new(),
            lines: line_digests(&statement.sealed),
            stated: Some(stated),
            before: self.head.clone(),
            at: None,
        })));
        true
    }

    /// Records a correction of the edition at `address`, which now stands as `edition`.
    pub fn correct(&mut self, address: &str, on: &str, edition: &Edition) {
        self.push(LockEntry::Corrected(Corrected {
            edition: address.to_owned(),
            corrected: on.to_owned(),
            open: open_digests(&Statement::of(edition)),
            seal: String::new(),
            before: self.head.clone(),
            at: None,
        }));
    }

    fn push(&mut self, mut entry: LockEntry) {
        let seal = entry.true_seal();
        match &mut entry {
            LockEntry::Frozen(frozen) => frozen.seal.clone_from(&seal),
            LockEntry::Corrected(corrected) => corrected.seal.clone_from(&seal),
        }
        self.head = seal;
        self.entries.push(entry);
    }

    /// Returns what was frozen of the edition at `address`: the newest entry, where it was frozen by an earlier version first.
    pub fn get(&self, address: &str) -> Option<&Frozen> {
        self.frozen().rev().find(|frozen| frozen.edition == address)
    }

    /// Returns the last day recorded for the edition at `address`: that of its last correction, or of its freezing.
    pub fn last_day(&self, address: &str) -> Option<&str> {
        self.entries.iter().rev().find(|entry| entry.edition() == address).map(|entry| match entry {
            LockEntry::Frozen(frozen) => frozen.frozen.as_str(),
            LockEntry::Corrected(corrected) => corrected.corrected.as_str(),
        })
    }

    /// Returns the first part of a frozen edition that may be corrected and is not what was recorded last: where it
    /// stands and of which service, `None` for the edition itself.
    pub fn uncorrected(&self, address: &str, edition: &Edition) -> Option<(Span, Option<String>)> {
        let recorded = self.entries.iter().rev().find_map(|entry| match entry {
            LockEntry::Frozen(frozen) if frozen.edition == address => {
                Some(frozen.stated.as_ref().map(|stated| stated.open.as_str()))
            }
            LockEntry::Corrected(known) if known.edition == address => Some(Some(known.open.as_str())),
            LockEntry::Frozen(_) | LockEntry::Corrected(_) => None,
        })??;
        let statement = Statement::of(edition);
        let now = open_digests(&statement);
        (now != recorded).then(|| {
            let at = first_difference(recorded, &now, OPEN_DIGITS).min(statement.open.len());
            let part = &statement.open[at - 1];
            (part.at, part.service.clone())
        })
    }

    /// Returns the names that the edition at `address` used when it was issued.
    pub(super) fn names(&self, address: &str, reference: &LangCode) -> Option<IssuedNames> {
        let frozen = self.get(address)?;
        let at = frozen.at.unwrap_or(Span::whole(FileId(0)));
        IssuedNames::of(&frozen.stated.as_ref()?.names, at, reference)
    }

    /// Tells whether the chain holds this seal for this edition.
    pub fn holds(&self, address: &str, seal: &str) -> bool {
        self.entries.iter().any(|entry| entry.edition() == address && entry.seal() == seal)
    }

    fn frozen(&self) -> impl DoubleEndedIterator<Item = &Frozen> {
        self.entries.iter().filter_map(|entry| match entry {
            LockEntry::Frozen(frozen) => Some(frozen.as_ref()),
            LockEntry::Corrected(_) => None,
        })
    }

    /// Returns the entries that count: the newest of each edition.
    fn newest(&self) -> impl Iterator<Item = &Frozen> {
        let mut seen = BTreeSet::new();
        let mut newest: Vec<&Frozen> =
            self.frozen().rev().filter(|frozen| seen.insert(frozen.edition.as_str())).collect();
        newest.reverse();
        newest.into_iter()
    }

    /// Tells whether nothing is frozen.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Tells whether an entry was not to be trusted, which was reported.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// Returns the seal over all there is.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Reports frozen editions whose file is gone, or differs where the whole file was sealed.
    pub(super) fn verify_files(&self, sources: &SourceTree, findings: &mut Findings) {
        for entry in self.newest() {
            let lock = entry.at.unwrap_or(Span::whole(FileId(0)));
            let file =
                ["yaml", "yml"].iter().find_map(|end| sources.find(&format!("{}.{end}", entry.edition)));
            let Some(file) = file else {
                findings.push(lost(entry, lock));
                continue;
            };
            let source = sources.file(file);
            let (sha256, lines) = file_digest(&source.text);
            if entry.stated.is_none() && sha256 != entry.sha256 && !source.refused {
                let differs = first_difference(&entry.lines, &lines, LINE_DIGITS);
                let line = frozen_lines(&source.text).nth(differs - 1).map_or(usize::MAX, |(line, _)| line);
                let line = line.min(source.line_count());
                let start = source.line_start(line);
                let at = Span::new(file, start, start + source.line(line).len());
                findings.push(changed_edition(entry, line, at, lock));
            }
        }
    }

    /// Reports frozen editions that do not state what they did, at the first thing that differs. What is taken over from
    /// an edition that is reported itself is not reported once more.
    pub(super) fn verify_statements(
        &self,
        catalogue: &Catalogue,
        sources: &SourceTree,
        findings: &mut Findings,
    ) {
        let entries = self.newest().filter(|entry| entry.stated.is_some());
        let known = entries.filter_map(|entry| Some((entry, catalogue.edition(&entry.edition)?.edition)));
        let stated = known.map(|(entry, edition)| (entry, edition, Statement::of(edition).sealed));
        // What could not be used of an edition was reported.
        let changed: Vec<_> = stated
            .filter(|(entry, edition, sealed)| !edition.lost && digest(sealed) != entry.sha256)
            .collect();
        let addresses: BTreeSet<&str> = changed.iter().map(|(entry, ..)| entry.edition.as_str()).collect();
        for (entry, edition, sealed) in &changed {
            let mut above = edition.measured_against.iter().chain(&edition.inherits);
            let is_told = above.any(|above| addresses.contains(above.value.as_str()));
            let Some(differs) = first_told(entry, sealed, is_told) else { continue };
            let line = sources.file(differs.at.file).position(differs.at.start).line;
            let lock = entry.at.unwrap_or(Span::whole(FileId(0)));
            let finding = changed_edition(entry, line, differs.at, lock);
            findings.push(if differs.is_taken_over() { finding.help(taken_over()) } else { finding });
        }
    }
}

/// Returns the first line that is not what was sealed, other than what is taken over if that `is_told` already.
fn first_told<'s>(entry: &Frozen, sealed: &'s [StatementLine], is_told: bool) -> Option<&'s StatementLine> {
    let now = line_digests(sealed);
    if !is_told || now.len() != entry.lines.len() {
        let first = first_difference(&entry.lines, &now, LINE_DIGITS);
        return sealed.get(first - 1).or(sealed.last());
    }
    let pairs = now.as_bytes().chunks(LINE_DIGITS).zip(entry.lines.as_bytes().chunks(LINE_DIGITS));
    let mut differing = sealed.iter().zip(pairs).filter(|(_, (now, then))| now != then).map(|(line, _)| line);
    differing.find(|line| !line.is_taken_over())
}

/// Returns the digest of a file and the short digests of its lines. Line ends do not count.
fn file_digest(text: &str) -> (String, String) {
    let (mut whole, mut lines) = (Sha256::new(), String::new());
    for (_, line) in frozen_lines(text) {
        whole.update(line.as_bytes());
        whole.update(b"\n");
        lines.push_str(&short_digest(line, LINE_DIGITS));
    }
    (hex(whole.finalize().as_slice()), lines)
}

fn short_digest(text: &str, digits: usize) -> String {
    hex(Sha256::digest(text.as_bytes()).as_slice())[..digits].to_owned()
}

fn line_digests(lines: &[StatementLine]) -> String {
    lines.iter().map(|line| short_digest(&line.text(), LINE_DIGITS)).collect()
}

fn open_digests(statement: &Statement) -> String {
    statement.open.iter().map(|part| digest(&part.lines)[..OPEN_DIGITS].to_owned()).collect()
}

/// Returns the number of the first digest, from 1, in which two lists of digests differ.
fn first_difference(old: &str, new: &str, digits: usize) -> usize {
    let (old, new) = (old.as_bytes(), new.as_bytes());
    let (mut a, mut b) = (old.chunks(digits), new.chunks(digits));
    let mut number = 1;
    loop {
        match (a.next(), b.next()) {
            (Some(a), Some(b)) if a == b => number += 1,
            _ => return number,
        }
    }
}

fn changed_edition(entry: &Frozen, line: usize, at: Span, lock: Span) -> Finding {
    let (edition, frozen) = (&entry.edition, &entry.frozen);
    let finding = Finding::new(
        &codes::CHANGED_EDITION,
        at,
        text!(
            "{edition} 已在 {frozen} 发布，不能再改；第 {line} 行起与发布时不同",
            "{edition} was issued on {frozen} and may not change; it differs from line {line} on"
        ),
    )
    .label(lock, text!("发布时的样子记在这里", "what it said when it was issued is recorded here"));
    finding.help(match entry.stated {
        None => text!(
            "把文件改回发布时的样子；需要更正就用 qingdan edition new 起草新的一版",
            "restore the file as it was; to correct it, start a new edition with `qingdan edition new`"
        ),
        Some(_) => text!(
            "改回发布时的样子；原文、对象、部门和参加比较的字段不能再改，要改就用 qingdan edition new 起草新的一版；办法、电话、白话、译文、关键词可以更正（qingdan edition correct）",
            "restore it; official texts, audiences, departments and what is compared may not change, so start a new edition with `qingdan edition new`; how to apply, telephones, plain words, translations and keywords may be corrected (`qingdan edition correct`)"
        ),
    })
}

fn taken_over() -> Message {
    text!(
        "照录的上级原文和发布时不同了：恢复上级的那一版，并用 qingdan edition issue 冻结它；上级要改，就由上级起草新的一版",
        "the words that are taken over are not those of then: restore the edition above, and freeze it with `qingdan edition issue`; if it is to change, it changes in a new edition"
    )
}

fn lost(entry: &Frozen, lock: Span) -> Finding {
    let edition = &entry.edition;
    Finding::new(
        &codes::BROKEN_LOCK,
        lock,
        text!("已发布的 {edition} 不见了", "the issued edition {edition} is gone"),
    )
    .help(text!(
        "从备份或版本库里恢复这个文件；已发布的版次要一直保留",
        "restore the file from a backup or the repository; issued editions are kept for ever"
    ))
}

fn broken_seal(at: Span) -> Finding {
    Finding::new(
        &codes::BROKEN_LOCK,
        at,
        text!("editions.lock 在这一条或它之前被改动过", "editions.lock was changed here or before"),
    )
    .help(text!(
        "从备份或版本库里恢复 editions.lock；它只由 qingdan edition issue 写",
        "restore editions.lock from a backup or the repository; only `qingdan edition issue` writes it"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An entry as earlier versions of the tool wrote it.
    fn freeze_file(lock: &mut EditionsLock, edition: &str, frozen: &str, text: &str) {
        let (sha256, lines) = file_digest(text);
        let (edition, frozen, seal) = (edition.to_owned(), frozen.to_owned(), String::new());
        let before = lock.head.clone();
        let entry = Frozen { edition, frozen, sha256, seal, lines, stated: None, before, at: None };
        lock.push(LockEntry::Frozen(Box::new(entry)));
    }

    fn filled() -> EditionsLock {
        let mut lock = EditionsLock::default();
        freeze_file(&mut lock, "a/b/2025", "2025-03-01", "title: 甲\nservices: []\n");
        freeze_file(&mut lock, "a/b/2027", "2027-03-01", "title: 乙\n");
        lock.push(LockEntry::Corrected(Corrected {
            edition: "a/b/2027".to_owned(),
            corrected: "2027-04-01".to_owned(),
            open: "0123456789ab".to_owned(),
            seal: String::new(),
            before: lock.head.clone(),
            at: None,
        }));
        lock
    }

    #[test]
    fn the_lock_reads_back_and_notices_what_was_changed() {
        let lock = filled();
        let mut findings = Findings::new();
        let read = EditionsLock::parse(FileId(0), &lock.to_text(), &mut findings);
        assert!(findings.is_empty() && read.to_text() == lock.to_text());
        for (old, new) in [
            ("2025-03-01", "2025-03-02"),
            ("b/2025", "b/2026"),
            ("lines: ", "lines: 00"),
            ("2027-04-01", "2027-04-02"),
            ("0123456789ab", "0123456789ac"),
        ] {
            let mut findings = Findings::new();
            EditionsLock::parse(FileId(0), &lock.to_text().replacen(old, new, 1), &mut findings);
            assert!(!findings.is_empty(), "{old} → {new} is noticed");
        }
        let mut shorter = lock;
        shorter.entries.remove(0);
        EditionsLock::parse(FileId(0), &shorter.to_text(), &mut findings);
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn an_entry_that_names_the_seal_before_it_does_not_mend_a_broken_chain() {
        let lock = filled();
        let text = lock.excerpt(&["a/b/2027".to_owned()]);
        let mut findings = Findings::new();
        assert!(!EditionsLock::parse_excerpt(&text, &mut findings).is_empty() && findings.is_empty());
        EditionsLock::parse(FileId(0), &text, &mut findings);
        assert_eq!(findings.len(), 1, "in the lock file itself the seal before is the one before");
    }

    #[test]
    fn the_first_line_that_differs_is_found() {
        let lines = |text: &str| file_digest(text).1;
        assert_eq!(first_difference(&lines("a\nb\nc"), &lines("a\nx\nc"), LINE_DIGITS), 2);
        assert_eq!(first_difference(&lines("a\nb"), &lines("a\nb\nc"), LINE_DIGITS), 3);
        assert_eq!(first_difference(&lines("a\nb"), &lines("a"), LINE_DIGITS), 2);
        assert_eq!(file_digest("a\r\nb\r\n"), file_digest("a\nb"));
    }
}
