//! `editions.lock`: what issued editions said, so that none is lost or quietly rewritten.
//!
//! `qingdan edition issue` adds an entry for each edition it issues: the digest of its file, a short digest
//! of each line, to find the first that changed, and a seal over this entry and all before it, so that an
//! entry in the middle cannot be changed or taken out unnoticed. Line ends and a byte order mark do not count.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::codes;
use super::frozen_lines::frozen_lines;
use crate::diagnostic::{Finding, Findings};
use crate::source::SourceTree;
use crate::span::{FileId, Span};
use crate::syntax::{Node, yaml};
use crate::text;

/// The file at the root of the catalogue.
pub const EDITIONS_FILE: &str = "editions.lock";

/// Hexadecimal digits kept of the digest of a line.
const LINE_DIGITS: usize = 6;

/// One frozen edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Frozen {
    /// Its address, `place/list/edition`.
    pub edition: String,
    /// The day it was frozen.
    pub frozen: String,
    /// SHA-256 of its text.
    pub sha256: String,
    /// SHA-256 of the seal before and all else that stands here.
    pub seal: String,
    /// The first digits of the SHA-256 of each line, one after the other.
    pub lines: String,
    #[serde(skip)]
    at: Option<Span>,
}

/// Every frozen edition, in the order of freezing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditionsLock {
    entries: Vec<Frozen>,
    /// The seal over all there is.
    head: String,
    /// Whether an entry was not to be trusted.
    broken: bool,
}

impl EditionsLock {
    /// Reads the lock file; what cannot be read, or was changed, is reported.
    pub fn parse(file: FileId, text: &str, findings: &mut Findings) -> Self {
        let mut lock = Self::default();
        let node = yaml::parse(file, text, findings);
        for item in node.iter().flat_map(Node::items) {
            let part = |key: &str| item.get(key).and_then(Node::text).map(str::to_owned);
            let entry = (|| {
                Some(Frozen {
                    edition: part("edition")?,
                    frozen: part("frozen")?,
                    sha256: part("sha256")?,
                    seal: part("seal")?,
                    lines: part("lines")?,
                    at: item.get("edition").map(|node| node.span),
                })
            })();
            match entry {
                Some(entry) if entry.seal == seal(&lock.head, &entry) => {
                    lock.head.clone_from(&entry.seal);
                    lock.entries.push(entry);
                }
                // Nothing more is said of an entry that is not to be trusted.
                entry => {
                    let at = entry.as_ref().and_then(|entry| entry.at).unwrap_or(item.span);
                    findings.push(broken_seal(at));
                    lock.broken = true;
                    lock.head = entry.map(|entry| entry.seal).unwrap_or_default();
                }
            }
        }
        lock
    }

    /// Returns the lock file: YAML, in the order of freezing.
    pub fn to_text(&self) -> String {
        let head =
            "# 由 qingdan edition issue 写出，请勿手改。Written by `qingdan edition issue`; do not edit.\n";
        let body = serde_yaml::to_string(&self.entries).expect("lists of strings are YAML");
        format!("{head}{body}")
    }

    /// Freezes the edition at `address` with this text.
    pub fn freeze(&mut self, address: &str, on: &str, text: &str) {
        let (sha256, lines) = digest(text);
        let (edition, frozen) = (address.to_owned(), on.to_owned());
        let mut entry = Frozen { edition, frozen, sha256, seal: String::new(), lines, at: None };
        entry.seal = seal(&self.head, &entry);
        self.head.clone_from(&entry.seal);
        self.entries.push(entry);
    }

    /// Returns what was frozen of the edition at `address`.
    pub fn get(&self, address: &str) -> Option<&Frozen> {
        self.entries.iter().find(|entry| entry.edition == address)
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

    /// Reports frozen editions whose file is gone or differs, at the first line that does.
    pub(super) fn verify(&self, sources: &SourceTree, findings: &mut Findings) {
        for entry in &self.entries {
            let lock = entry.at.unwrap_or(Span::whole(FileId(0)));
            let file =
                ["yaml", "yml"].iter().find_map(|end| sources.find(&format!("{}.{end}", entry.edition)));
            let Some(file) = file else {
                findings.push(lost(entry, lock));
                continue;
            };
            let source = sources.file(file);
            let (sha256, lines) = digest(&source.text);
            if sha256 != entry.sha256 && !source.refused {
                let differs = first_difference(&entry.lines, &lines);
                let line = frozen_lines(&source.text).nth(differs - 1).map_or(usize::MAX, |(line, _)| line);
                let line = line.min(source.line_count());
                let start = source.line_start(line);
                let at = Span::new(file, start, start + source.line(line).len());
                findings.push(changed(entry, line, at, lock));
            }
        }
    }
}

/// Returns the digest of a text and the short digests of its lines.
fn digest(text: &str) -> (String, String) {
    let (mut whole, mut lines) = (Sha256::new(), String::new());
    for (_, line) in frozen_lines(text) {
        whole.update(line.as_bytes());
        whole.update(b"\n");
        lines.push_str(&hex(Sha256::digest(line.as_bytes()).as_slice())[..LINE_DIGITS]);
    }
    (hex(whole.finalize().as_slice()), lines)
}

fn seal(before: &str, entry: &Frozen) -> String {
    let Frozen { edition, frozen, sha256, lines, .. } = entry;
    hex(Sha256::digest(format!("{before}\n{edition}\n{frozen}\n{sha256}\n{lines}").as_bytes()).as_slice())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the number of the first line, from 1, in which two lists of digests differ.
fn first_difference(old: &str, new: &str) -> usize {
    let chunks = |lines: &str| -> Vec<String> {
        lines.as_bytes().chunks(LINE_DIGITS).map(|line| String::from_utf8_lossy(line).into_owned()).collect()
    };
    let (old, new) = (chunks(old), chunks(new));
    old.iter().zip(&new).position(|(a, b)| a != b).unwrap_or(old.len().min(new.len())) + 1
}

fn changed(entry: &Frozen, line: usize, at: Span, lock: Span) -> Finding {
    let (edition, frozen) = (&entry.edition, &entry.frozen);
    Finding::new(
        &codes::CHANGED_EDITION,
        at,
        text!(
            "{edition} 已在 {frozen} 发布，不能再改；第 {line} 行起与发布时不同",
            "{edition} was issued on {frozen} and may not change; it differs from line {line} on"
        ),
    )
    .label(lock, text!("发布时的样子记在这里", "what it said when it was issued is recorded here"))
    .help(text!(
        "把文件改回发布时的样子；需要更正就用 qingdan edition new 起草新的一版",
        "restore the file as it was; to correct it, start a new edition with `qingdan edition new`"
    ))
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

    #[test]
    fn the_lock_reads_back_and_notices_what_was_changed() {
        let mut lock = EditionsLock::default();
        lock.freeze("a/b/2025", "2025-03-01", "title: 甲\nservices: []\n");
        lock.freeze("a/b/2027", "2027-03-01", "title: 乙\n");
        let mut findings = Findings::new();
        let read = EditionsLock::parse(FileId(0), &lock.to_text(), &mut findings);
        assert!(findings.is_empty() && read.to_text() == lock.to_text());
        for (old, new) in [("2025-03-01", "2025-03-02"), ("b/2025", "b/2026"), ("lines: ", "lines: 00")] {
            let mut findings = Findings::new();
            EditionsLock::parse(FileId(0), &lock.to_text().replacen(old, new, 1), &mut findings);
            assert!(!findings.is_empty(), "{old} → {new} is noticed");
        }
        let mut shorter = lock.clone();
        shorter.entries.remove(0);
        EditionsLock::parse(FileId(0), &shorter.to_text(), &mut findings);
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn the_first_line_that_differs_is_found() {
        let lines = |text: &str| digest(text).1;
        assert_eq!(first_difference(&lines("a\nb\nc"), &lines("a\nx\nc")), 2);
        assert_eq!(first_difference(&lines("a\nb"), &lines("a\nb\nc")), 3);
        assert_eq!(first_difference(&lines("a\nb"), &lines("a")), 2);
        assert_eq!(digest("a\r\nb\r\n"), digest("a\nb"));
    }
}
