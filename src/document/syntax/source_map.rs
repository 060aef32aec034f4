//! A copy of a file that is mended step by step, and knows where each of its bytes comes from.

use std::ops::Range;

use super::tree::Change;
use crate::span::{FileId, Span};

/// The copy.
pub(super) struct SourceMap {
    file: FileId,
    text: String,
    /// The pieces it consists of, in order; none is empty.
    pieces: Vec<Piece>,
}

/// A stretch of the copy.
#[derive(Clone, Copy)]
struct Piece {
    /// Its first byte in the copy.
    at: usize,
    /// The stretch of the file that it stands for.
    start: u32,
    end: u32,
    /// Whether it is that stretch, byte for byte.
    is_same: bool,
}

impl SourceMap {
    pub(super) fn new(file: FileId, source: &str) -> Self {
        let end = u32::try_from(source.len()).unwrap_or(u32::MAX);
        let whole = Piece { at: 0, start: 0, end, is_same: true };
        Self { file, text: source.to_owned(), pieces: vec![whole] }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Makes changes that do not overlap; of two that do, the one that starts first.
    pub(super) fn change(&mut self, mut changes: Vec<Change>) {
        changes.sort_by_key(|(range, _)| (range.start, range.end));
        let mut next =
            Self { file: self.file, text: String::with_capacity(self.text.len() + 16), pieces: Vec::new() };
        let mut at = 0;
        for (range, new) in changes {
            if range.start < at {
                continue;
            }
            next.keep(self, at..range.start);
            let (start, end) = self.origin_of(&range);
            next.put(Piece { at: 0, start, end, is_same: false }, &new);
            at = range.end;
        }
        next.keep(self, at..self.text.len());
        *self = next;
    }

    fn put(&mut self, piece: Piece, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece { at: self.text.len(), ..piece });
            self.text.push_str(text);
        }
    }

    /// Takes over a stretch of the copy before the changes.
    fn keep(&mut self, before: &Self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let (number, piece) = before.piece(at);
            let ends = before.pieces.get(number + 1).map_or(before.text.len(), |next| next.at).min(range.end);
            let piece = match piece.is_same {
                true => Piece {
                    start: piece.start + offset(at - piece.at),
                    end: piece.start + offset(ends - piece.at),
                    ..piece
                },
                false => piece,
            };
            self.put(piece, &before.text[at..ends]);
            at = ends;
        }
    }

    /// Returns the piece that the byte `at` stands in, with its number.
    fn piece(&self, at: usize) -> (usize, Piece) {
        let number = self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1);
        (number, self.pieces[number])
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

    /// Returns the stretch of the file that one byte of the copy stands for; behind the last, nothing.
    fn origin(&self, at: usize) -> (u32, u32) {
        if at >= self.text.len() {
            let end = self.pieces.last().map_or(0, |last| last.end);
            return (end, end);
        }
        let (_, piece) = self.piece(at);
        let start = piece.start + offset(at - piece.at);
        if piece.is_same { (start, start + 1) } else { (piece.start, piece.end) }
    }

    fn origin_of(&self, range: &Range<usize>) -> (u32, u32) {
        let (start, _) = self.origin(range.start);
        if range.end <= range.start {
            return (start, start);
        }
        (start, self.origin(range.end - 1).1.max(start))
    }
}

fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_the_copy_lead_back_to_the_file() {
        let mut copy = SourceMap::new(FileId(0), "area：x y");
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

    fn back_of(copy: &SourceMap, range: Range<usize>) -> (u32, u32) {
        (copy.back(&range).start, copy.back(&range).end)
    }
}
