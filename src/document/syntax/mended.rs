//! A copy of a file that is mended step by step, and knows where each of its bytes comes from.

use std::ops::Range;

use crate::span::{FileId, Span};

/// A change to the copy: the bytes to replace, and what to put there.
pub(super) type Change = (Range<usize>, String);

/// The copy.
pub(super) struct Mended {
    file: FileId,
    text: String,
    /// For each byte of the copy the stretch of the file it stands for.
    origin: Vec<(u32, u32)>,
}

impl Mended {
    pub(super) fn new(file: FileId, source: &str) -> Self {
        let end = u32::try_from(source.len()).unwrap_or(u32::MAX);
        Self { file, text: source.to_owned(), origin: (0..end).map(|at| (at, at + 1)).collect() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Makes changes that do not overlap; of two that do, the one that starts first.
    pub(super) fn change(&mut self, mut changes: Vec<Change>) {
        if changes.is_empty() {
            return;
        }
        changes.sort_by_key(|(range, _)| (range.start, range.end));
        let mut text = String::with_capacity(self.text.len() + 16);
        let mut origin = Vec::with_capacity(self.origin.len() + 16);
        let mut at = 0;
        for (range, new) in changes {
            if range.start < at {
                continue;
            }
            text.push_str(&self.text[at..range.start]);
            origin.extend_from_slice(&self.origin[at..range.start]);
            let stands_for = self.origin_of(&range);
            text.push_str(&new);
            origin.extend(std::iter::repeat_n(stands_for, new.len()));
            at = range.end;
        }
        text.push_str(&self.text[at..]);
        origin.extend_from_slice(&self.origin[at..]);
        (self.text, self.origin) = (text, origin);
    }

    /// Returns where a stretch of the copy stands in the file.
    pub(super) fn back(&self, range: &Range<usize>) -> Span {
        let (start, end) = self.origin_of(range);
        Span { file: self.file, start, end }
    }

    /// Returns where a span of the copy stands in the file.
    pub(super) fn back_span(&self, span: Span) -> Span {
        self.back(&(span.start as usize..span.end as usize))
    }

    fn origin_of(&self, range: &Range<usize>) -> (u32, u32) {
        let after_last = self.origin.last().map_or(0, |(_, end)| *end);
        let start = self.origin.get(range.start).map_or(after_last, |(start, _)| *start);
        match range.end.checked_sub(1).and_then(|last| self.origin.get(last)) {
            Some((_, end)) if range.end > range.start => (start, (*end).max(start)),
            _ => (start, start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_the_copy_lead_back_to_the_file() {
        let mut copy = Mended::new(FileId(0), "area：x y");
        copy.change(vec![(4..7, ": ".to_owned()), (7..7, "'".to_owned()), (10..10, "'".to_owned())]);
        assert_eq!(copy.text(), "area: 'x y'");
        let back = |range: Range<usize>| (copy.back(&range).start, copy.back(&range).end);
        assert_eq!(back(0..4), (0, 4));
        assert_eq!(back(4..6), (4, 7));
        assert_eq!(back(6..11), (7, 10));
        assert_eq!(back(11..11), (10, 10));
        copy.change(vec![(4..6, " =".to_owned())]);
        assert_eq!(back_of(&copy, 4..6), (4, 7));
    }

    fn back_of(copy: &Mended, range: Range<usize>) -> (u32, u32) {
        (copy.back(&range).start, copy.back(&range).end)
    }
}
