//! A text by lines, and changes to it.

use std::ops::Range;

/// Where the lines of a text are; numbers of lines start at 0.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let mut starts: Vec<usize> = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        if starts.last() == Some(&text.len()) && starts.len() > 1 {
            starts.pop();
        }
        Self { text, starts }
    }

    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// Returns the line that a byte stands in.
    pub(super) fn of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).max(1) - 1
    }

    /// Returns the first byte of a line; after the last one, the end of the text.
    pub(super) fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// Returns the byte after the last one of a line, without its line end.
    pub(super) fn end(&self, line: usize) -> usize {
        let whole = &self.text[self.start(line)..self.start(line + 1)];
        self.start(line) + whole.trim_end_matches(['\n', '\r']).len()
    }

    fn line(&self, line: usize) -> &'t str {
        &self.text[self.start(line)..self.end(line)]
    }

    /// Returns how many spaces and tabs a line starts with.
    pub(super) fn blanks(&self, line: usize) -> usize {
        let line = self.line(line);
        line.len() - line.trim_start_matches([' ', '\t']).len()
    }

    pub(super) fn is_empty(&self, line: usize) -> bool {
        self.line(line).trim_matches([' ', '\t']).is_empty()
    }

    pub(super) fn is_comment(&self, line: usize) -> bool {
        self.line(line).trim_start_matches([' ', '\t']).starts_with('#')
    }

    pub(super) fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }
}

/// Changes to a text; of two over one another the first in the text is made.
pub struct Patch<'t> {
    text: &'t str,
    changes: Vec<(Range<usize>, String)>,
}

impl<'t> Patch<'t> {
    /// Changes nothing yet.
    pub fn new(text: &'t str) -> Self {
        Self { text, changes: Vec::new() }
    }

    /// Puts `new` in the place of the bytes `range`.
    pub fn put(&mut self, range: Range<usize>, new: &str) {
        if range.start <= range.end && self.text.get(range.clone()).is_some_and(|old| old != new) {
            self.changes.push((range, new.to_owned()));
        }
    }

    /// Returns the text with the changes made.
    pub fn done(mut self) -> String {
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut out, mut at) = (String::with_capacity(self.text.len()), 0);
        for (range, new) in &self.changes {
            if range.start >= at {
                out.push_str(&self.text[at..range.start]);
                out.push_str(new);
                at = range.end;
            }
        }
        out + &self.text[at..]
    }
}
