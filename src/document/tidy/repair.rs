//! The certain repairs of findings, made in one text.

use crate::diagnostic::{Edit, Fix};
use crate::span::FileId;
use crate::syntax::Edits;

/// A text with repairs made in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The text.
    pub text: String,
    /// Which of the repairs were made, by their number.
    pub made: Vec<usize>,
}

/// Makes repairs in the text of one file. Of two that stand over one another the first is made; the other may
/// still be needed in another round.
pub fn repaired(text: &str, file: FileId, fixes: &[&Fix]) -> Repaired {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut made = Vec::new();
    for (number, fix) in fixes.iter().enumerate() {
        let edits = &fix.edits;
        let fits = |edit: &Edit| {
            edit.at.file == file && stands(text, edit) && !taken.iter().any(|other| clash(other, edit))
        };
        if edits.iter().all(fits) {
            taken.extend(edits);
            made.push(number);
        }
    }
    let windows = text.contains("\r\n");
    let mut edits = Edits::new(text);
    for edit in taken {
        let new = edit.replacement.replace("\r\n", "\n");
        edits.replace(edit.at, if windows { new.replace('\n', "\r\n") } else { new });
    }
    Repaired { text: edits.done(), made }
}

/// Tells whether an edit is about a stretch of whole characters of this text, and changes it.
fn stands(text: &str, edit: &Edit) -> bool {
    text.get(edit.at.start as usize..edit.at.end as usize).is_some_and(|old| old != edit.replacement)
}

/// Tells whether two edits stand over one another, or at one place.
fn clash(a: &Edit, b: &Edit) -> bool {
    let (a, b) = (a.at, b.at);
    (a.start < b.end && b.start < a.end) || (a.start == b.start && (a.start == a.end || b.start == b.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let edit = |(start, end, new): &(usize, usize, &str)| Edit {
            at: Span::new(FileId(0), *start, *end),
            replacement: (*new).to_owned(),
        };
        Fix { edits: edits.iter().map(edit).collect() }
    }

    #[test]
    fn the_first_of_two_repairs_of_one_place_is_made_and_line_ends_stay() {
        let text = "a：1\r\nb 2\r\n";
        let fixes =
            [fix(&[(1, 4, ": ")]), fix(&[(0, 4, "x: ")]), fix(&[(8, 9, ":\n  ")]), fix(&[(99, 100, "")])];
        let done = repaired(text, FileId(0), &fixes.iter().collect::<Vec<_>>());
        assert_eq!(done.text, "a: 1\r\nb:\r\n  2\r\n".to_owned());
        assert_eq!(done.made, [0, 2]);
    }

    #[test]
    fn a_repair_is_made_as_a_whole_or_not_at_all() {
        let fixes = [fix(&[(0, 1, "x")]), fix(&[(0, 1, "y"), (2, 3, "z")])];
        assert_eq!(repaired("abc", FileId(0), &fixes.iter().collect::<Vec<_>>()).text, "xbc");
    }
}
