//! What the tests of the formats share: two codes, small trees, a writer into memory.

use std::io::{self, Write};

use super::Report;
use crate::diagnostic::{Code, Findings, Level, UiLang};
use crate::source::SourceTree;
use crate::span::Span;

/// An error.
pub(super) static BAD_COLON: Code = Code {
    id: "QD1015",
    name: "full-width-colon",
    level: Level::Error,
    adjustable: false,
    since: "0.1.0",
    zh: "键后面是中文冒号",
    en: "A key is followed by a full-width colon",
};

/// A warning.
pub(super) static LATE: Code = Code {
    id: "QD5001",
    name: "filed-late",
    level: Level::Warning,
    adjustable: true,
    since: "0.1.0",
    zh: "备案晚了",
    en: "An edition was filed late",
};

/// Returns a tree of these files.
pub(super) fn tree(texts: &[(&str, &str)]) -> SourceTree {
    SourceTree::from_texts(texts.iter().copied())
}

/// Returns the first place where `part` is written in the file at `path`.
pub(super) fn at(sources: &SourceTree, path: &str, part: &str) -> Span {
    let file = sources.find(path).expect("the tree has the file");
    let start = sources.file(file).text.find(part).expect("the file has the text");
    Span::new(file, start, start + part.len())
}

/// Returns what a format writes, without colours.
pub(super) fn written(
    write: fn(&Report<'_>, &mut dyn Write) -> io::Result<()>,
    findings: &Findings,
    sources: &SourceTree,
    lang: UiLang,
) -> String {
    let mut out = Vec::new();
    write(&Report { findings, sources, lang, color: false }, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("reports are UTF-8")
}
