//! Changes to YAML files that people wrote: comments, order and layout stay as they are.

use std::ops::Range;

use super::Entry;
use super::tree::Change;
use crate::span::Span;

/// Changes to one text, made together.
#[derive(Clone, Debug)]
pub struct Edits<'t> {
    text: &'t str,
    changes: Vec<Change>,
}

impl<'t> Edits<'t> {
    /// Starts to change `text`.
    pub fn new(text: &'t str) -> Self {
        Self { text, changes: Vec::new() }
    }

    /// Puts `new` in the place of a stretch of whole characters, unless it stands there already.
    pub fn put(&mut self, range: Range<usize>, new: impl Into<String>) {
        let new = new.into();
        if range.start <= range.end && self.text.get(range.clone()).is_some_and(|old| old != new) {
            self.changes.push((range, new));
        }
    }

    /// Puts `new` in the place of what stands at `at`.
    pub fn replace(&mut self, at: Span, new: impl Into<String>) {
        self.put(at.start as usize..at.end as usize, new);
    }

    /// Puts a line after the one that holds the byte `at`.
    pub fn insert_line_after(&mut self, at: u32, line: &str) {
        let end = self.line_end(at as usize);
        self.changes.push((end..end, format!("{}{line}", self.line_break())));
    }

    /// Puts `new` before the byte `at`.
    pub fn insert(&mut self, at: u32, new: &str) {
        self.changes.push((at as usize..at as usize, new.to_owned()));
    }

    /// Takes out the lines of an entry. `false` if it shares them with others, as in `{a: 1, b: 2}`; then
    /// nothing is changed.
    pub fn remove(&mut self, entry: &Entry) -> bool {
        let start = self.line_start(entry.key.span.start as usize);
        let last = (entry.value.span.end as usize).max(entry.key.span.end as usize);
        let end = self.line_end(last.saturating_sub(1).max(start));
        let before = &self.text[start..entry.key.span.start as usize];
        let after = self.text[last.min(end)..end].trim_start();
        if !before.trim().is_empty()
            || !(after.is_empty() || after.starts_with('#') || after.starts_with(['}', ']', '"', '\'']))
        {
            return false;
        }
        let mut next = self.text[end..].find('\n').map_or(self.text.len(), |after| end + after + 1);
        // Between two blank lines, one goes as well.
        let blank_before = start == 0 || self.text[..start].trim_end_matches('\r').ends_with("\n\n");
        let line = &self.text[next..self.line_end(next)];
        if blank_before && line.trim().is_empty() && next < self.text.len() {
            next = (self.line_end(next) + self.line_break().len()).min(self.text.len());
        }
        self.changes.push((start..next, String::new()));
        true
    }

    /// Returns the changed text; of two changes over one another the first in the text is made.
    pub fn done(mut self) -> String {
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut out, mut at) = (String::with_capacity(self.text.len()), 0);
        for (range, new) in &self.changes {
            if range.start < at {
                continue;
            }
            out.push_str(&self.text[at..range.start]);
            out.push_str(new);
            at = range.end;
        }
        out.push_str(&self.text[at..]);
        out
    }

    fn line_break(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |before| before + 1)
    }

    /// Returns the byte of the line end after `at`, or the end of the text. `at` may lie inside a character.
    fn line_end(&self, at: usize) -> usize {
        let mut rest = self.text.as_bytes()[at..].iter();
        let end = rest.position(|byte| *byte == b'\n').map_or(self.text.len(), |after| at + after);
        if self.text[..end].ends_with('\r') { end - 1 } else { end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::span::FileId;
    use crate::syntax::yaml;

    #[test]
    fn lines_go_and_come_and_comments_stay() {
        let text = "# 头\ntitle: 甲 # 名\ndates:\n  issued: 2025-01-01\n# 尾\nstatus: issued\n";
        let node = yaml::parse(FileId(0), text, &mut Findings::new()).expect("this is YAML");
        let mut edits = Edits::new(text);
        assert!(edits.remove(&node.entries()[1]));
        edits.replace(node.entries()[2].value.span, "draft");
        edits.insert_line_after(node.entries()[2].key.span.start, "note: 乙");
        assert_eq!(edits.done(), "# 头\ntitle: 甲 # 名\n# 尾\nstatus: draft\nnote: 乙\n");
    }

    #[test]
    fn an_entry_may_end_in_a_character_of_several_bytes() {
        let text = "reviews:\n  - by: 民政厅\nstatus: issued\n";
        let node = yaml::parse(FileId(0), text, &mut Findings::new()).expect("this is YAML");
        let mut edits = Edits::new(text);
        assert!(edits.remove(&node.entries()[0]));
        assert_eq!(edits.done(), "status: issued\n");
    }

    #[test]
    fn what_shares_its_line_stays() {
        let text = "a: {b: 1, c: 2}\n";
        let node = yaml::parse(FileId(0), text, &mut Findings::new()).expect("this is YAML");
        assert!(!Edits::new(text).remove(&node.entries()[0].value.entries()[0]));
    }
}
