//! Bold and italics beside Chinese, and the `**` that stays visible all the same.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::span::{FileId, Span};
use crate::syntax::fold::{is_wide, is_wide_punctuation};

/// A character Markdown takes for ordinary text; it never appears in real text.
pub(super) const SHIM: char = '\u{FDD0}';

/// Text with an invisible character between `*` and punctuation that Chinese stands behind.
///
/// CommonMark sees `**注意：**须` and `**50%**以上` as unpaired, because punctuation stands inside and a
/// letter outside. The shim goes when pulldown-cmark releases its CJK-friendly emphasis (0.14).
pub(super) struct Shimmed<'a> {
    pub(super) text: Cow<'a, str>,
    /// Byte positions of the shims, in the shimmed text.
    shims: Vec<usize>,
}

impl<'a> Shimmed<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        if !source.contains('*') {
            return Self { text: Cow::Borrowed(source), shims: Vec::new() };
        }
        let mut text = String::with_capacity(source.len() + 16);
        let mut shims = Vec::new();
        let mut previous = '\n';
        for (at, c) in source.char_indices() {
            if needs_shim(source, at, previous, c) {
                shims.push(text.len());
                text.push(SHIM);
            }
            text.push(c);
            previous = c;
        }
        Self { text: Cow::Owned(text), shims }
    }

    /// Returns what the parser finds, with ranges in the shimmed text.
    ///
    /// Tables are the only extension; footnotes, task lists and `~~` stay as they are written.
    pub(super) fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        Parser::new_ext(&self.text, Options::ENABLE_TABLES).into_offset_iter()
    }

    /// Returns the range up to the end of its first line.
    pub(super) fn first_line(&self, range: Range<usize>) -> Range<usize> {
        let end = self.text[range.clone()].find('\n').map_or(range.end, |end| range.start + end);
        range.start..end
    }

    /// Returns the place in the file of a range of the shimmed text.
    pub(super) fn span(&self, file: FileId, range: Range<usize>) -> Span {
        let back = |byte: usize| byte - SHIM.len_utf8() * self.shims.partition_point(|shim| *shim < byte);
        Span::new(file, back(range.start), back(range.end))
    }
}

/// Tells whether a shim belongs between `previous` and `c`, which stands at byte `at`: one is `*`, the
/// other punctuation, and what stands beyond the run of `*` makes that no end of a word for CommonMark.
fn needs_shim(source: &str, at: usize, previous: char, c: char) -> bool {
    let (mark, beyond) = match (previous, c) {
        ('*', '*') => return false,
        ('*', mark) => (mark, source[..at].chars().rev().find(|c| *c != '*')),
        (mark, '*') => (mark, source[at..].chars().find(|c| *c != '*')),
        _ => return false,
    };
    let chinese = |c: char| is_wide(c) || is_wide_punctuation(c);
    beyond.is_some_and(|beyond| {
        is_wide_punctuation(mark) && !beyond.is_whitespace() || is_narrow_mark(mark) && chinese(beyond)
    })
}

/// Tells whether a character is punctuation or a sign of narrow scripts. A backslash says that the next
/// `*` is only a `*`, and `_` is emphasis itself.
fn is_narrow_mark(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !matches!(c, '\\' | '_' | '*')
}

/// Looks for `**` that stays visible, once a paragraph: what opens and what should close go together.
#[derive(Default)]
pub(super) struct Stars {
    in_code: bool,
    reported: bool,
    /// Where a text ended with a `*`.
    after_star: Option<usize>,
}

impl Stars {
    /// Takes one event with its range; returns the range of a `**` to report.
    pub(super) fn take(&mut self, event: &Event<'_>, range: Range<usize>) -> Option<Range<usize>> {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell) => {
                self.reported = false;
            }
            Event::Text(text) if !self.in_code => {
                let joined = self.after_star == Some(range.start) && text.starts_with('*');
                let found =
                    if joined { Some(range.start - 1) } else { text.find("**").map(|at| range.start + at) };
                self.after_star = text.ends_with('*').then_some(range.end);
                if !self.reported {
                    self.reported = found.is_some();
                    return found.map(|at| at..at + 2);
                }
            }
            _ => {}
        }
        None
    }
}
