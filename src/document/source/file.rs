//! One input file and the way from bytes to lines and columns.

use super::Trace;
use super::derived::Derived;
use crate::span::FileId;

/// A line and a column as people count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One input file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path relative to the catalogue, with `/` on every system.
    pub path: String,
    /// Its text, without a byte order mark; line ends as they are. Of one that could not be used, as much as
    /// helps to show where.
    pub text: String,
    /// The bytes of a theme file that is not text, such as a picture.
    pub bytes: Option<Vec<u8>>,
    /// Whether it could not be used; a finding said why, and nothing more is to be said of it.
    pub refused: bool,
    /// Whether numbers of persons stood in it, over which there are stars now: what is here must not be
    /// written back to the file.
    pub withheld: bool,
    /// Whether its name cannot be shown, so that `path` says it in other characters.
    pub nameless: bool,
    /// What a picture or an office file tells of whoever made it.
    pub trace: Option<Trace>,
    line_starts: Vec<u32>,
    derived: Derived,
}

impl SourceFile {
    /// Returns the file `path` with this text; a leading byte order mark is dropped.
    pub fn new(path: String, mut text: String) -> Self {
        if text.starts_with('\u{FEFF}') {
            text.drain(..'\u{FEFF}'.len_utf8());
        }
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0)
            .chain(breaks.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)))
            .collect();
        Self {
            path,
            text,
            bytes: None,
            refused: false,
            withheld: false,
            nameless: false,
            trace: None,
            line_starts,
            derived: Derived::default(),
        }
    }

    /// Returns the file `path` that is not text.
    pub fn binary(path: String, bytes: Vec<u8>) -> Self {
        Self { bytes: Some(bytes), ..Self::new(path, String::new()) }
    }

    /// Returns the file `path` that could not be used, with as much of its text as helps to show where.
    pub fn refused(path: String, shown: String) -> Self {
        Self { refused: true, ..Self::new(path, shown) }
    }

    /// Returns the file with what it tells of whoever made it.
    #[must_use]
    pub fn telling(mut self, trace: Option<Trace>) -> Self {
        self.trace = trace;
        self
    }

    /// Puts `stars` in the place of the text, which they equal but for the digits of persons.
    pub fn withhold(&mut self, stars: String) {
        debug_assert_eq!(stars.len(), self.text.len(), "a star is as long as its digit");
        self.text = stars;
        self.withheld = true;
        self.derived = self.derived.anew();
    }

    /// Returns what `make` works out from this file alone, being `id`, and from what `beside` stands for; it is what was worked
    /// out for a tree that this one follows (see [`super::SourceTree::follow`]), if nothing of that is other now.
    pub fn derive<T>(&self, id: FileId, beside: &str, make: impl FnOnce() -> T) -> T
    where
        T: Clone + Send + Sync + 'static,
    {
        self.derived.get(&format!("{} {beside}", id.0), make)
    }

    /// Returns a number that stands for what this file says, in this run of the program. `None` if nothing is kept.
    pub fn serial(&self) -> Option<u64> {
        self.derived.serial()
    }

    /// Keeps what will be worked out from this file, with what was worked out from `before`, if that says the same.
    pub(super) fn follow(&mut self, before: Option<&Self>) {
        let known = before.filter(|before| self.says_the_same(before) && before.derived.serial().is_some());
        self.derived = known.map_or_else(Derived::keeping, |before| before.derived.clone());
    }

    /// Tells whether another file is like this one in everything that anything is worked out from.
    fn says_the_same(&self, other: &Self) -> bool {
        let told = |file: &Self| (file.refused, file.withheld, file.nameless);
        self.path == other.path
            && told(self) == told(other)
            && self.text == other.text
            && self.bytes == other.bytes
            && self.trace == other.trace
    }

    /// Returns the line and column of a byte; past the end is the end.
    pub fn position(&self, byte: u32) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= byte).max(1);
        let start = self.line_starts[line - 1] as usize;
        let end = self.floor_char(byte as usize);
        let column = self.text.get(start..end.max(start)).map_or(0, |before| before.chars().count()) + 1;
        Position { line, column }
    }

    /// Returns how many lines the file has; an empty file has one.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// Returns the byte where line `line` (from 1) starts; past the last line is the end of the text.
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts.get(line.saturating_sub(1)).map_or(self.text.len(), |start| *start as usize)
    }

    /// Returns line `line` (from 1) without its line end, or nothing past the end.
    pub fn line(&self, line: usize) -> &str {
        let whole = &self.text[self.line_start(line)..self.line_start(line + 1)];
        whole.trim_end_matches(['\n', '\r'])
    }

    fn floor_char(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_survive_crlf() {
        let file = SourceFile::new("a".into(), "\u{FEFF}甲乙\r\n丙：x".into());
        assert_eq!(file.position(3), Position { line: 1, column: 2 });
        let x = u32::try_from(file.text.find('x').expect("the text has an x")).expect("a short text");
        assert_eq!(file.position(x), Position { line: 2, column: 3 });
        assert_eq!(file.line(1), "甲乙");
        assert_eq!(file.position(999), Position { line: 2, column: 4 });
    }
}
