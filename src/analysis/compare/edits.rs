//! What two texts have in common, in a time that does not grow with the square of their length.
//!
//! Short texts are compared unit by unit, which gives the fewest changes. Of long ones first their stretches are compared
//! (up to a mark, or to a place that the text itself decides), then what differs in between. What is still too long there
//! counts as exchanged: a change of that size is read anew by people, too.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffTag};

/// The largest product of two lengths that is compared unit by unit: Myers' algorithm takes that many steps at worst.
const MOST_STEPS: usize = 1 << 20;
/// The same for stretches, of which comparing one is one step, too.
const MOST_STRETCHES: usize = 1 << 24;
/// How many steps the places between stretches may take, all together.
const MOST_BETWEEN: usize = 1 << 23;
/// A stretch that no mark ends is about so many units long.
const STRETCH: u32 = 61;

/// What a text is compared by.
pub trait Unit: Copy + Ord + Hash {
    /// Returns its last character.
    fn last(self) -> char;
}

impl Unit for char {
    fn last(self) -> char {
        self
    }
}

impl Unit for &str {
    fn last(self) -> char {
        self.chars().next_back().unwrap_or_default()
    }
}

/// A stretch of one text and what stands for it in the other; one of them may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// In the first text.
    pub old: Range<usize>,
    /// In the second.
    pub new: Range<usize>,
    /// Whether both are the same.
    pub is_equal: bool,
}

/// Returns how one text becomes the other, as stretches in order that make up both.
pub fn edits<T: Unit>(a: &[T], b: &[T]) -> Vec<Edit> {
    if steps(a, b) <= MOST_STEPS {
        return shortest(a, b, 0, 0);
    }
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a[head..], &b[head..]);
    let tail = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (old, new) = (head..a.len() - tail, head..b.len() - tail);
    let mut found = vec![Edit { old: 0..head, new: 0..head, is_equal: true }];
    found.extend(middle(&a[old.clone()], &b[new.clone()], head));
    found.push(Edit { old: old.end..a.len(), new: new.end..b.len(), is_equal: true });
    found.retain(|edit| !edit.old.is_empty() || !edit.new.is_empty());
    found
}

/// Returns how many steps comparing two texts unit by unit takes at worst.
fn steps<T>(a: &[T], b: &[T]) -> usize {
    a.len().saturating_mul(b.len())
}

/// Compares unit by unit; the texts begin at these places of longer ones.
fn shortest<T: Unit>(a: &[T], b: &[T], old: usize, new: usize) -> Vec<Edit> {
    let ops = similar::capture_diff_slices(Algorithm::Myers, a, b);
    let moved = |range: Range<usize>, by: usize| range.start + by..range.end + by;
    let edit = |op: &similar::DiffOp| Edit {
        old: moved(op.old_range(), old),
        new: moved(op.new_range(), new),
        is_equal: op.tag() == DiffTag::Equal,
    };
    ops.iter().map(edit).collect()
}

/// Compares what stands between a common beginning, so many units long, and a common end.
fn middle<'t, T: Unit>(a: &'t [T], b: &'t [T], at: usize) -> Vec<Edit> {
    if steps(a, b) <= MOST_STEPS {
        return shortest(a, b, at, at);
    }
    let (first, second) = (stretches(a), stretches(b));
    if steps(&first, &second) > MOST_STRETCHES {
        return vec![Edit { old: at..at + a.len(), new: at..at + b.len(), is_equal: false }];
    }
    let mut numbers: BTreeMap<&'t [T], usize> = BTreeMap::new();
    let mut numbered = |text: &'t [T], parts: &[Range<usize>]| -> Vec<usize> {
        let mut number = |part: &Range<usize>| {
            let next = numbers.len();
            *numbers.entry(&text[part.clone()]).or_insert(next)
        };
        parts.iter().map(&mut number).collect()
    };
    let (one, other) = (numbered(a, &first), numbered(b, &second));
    let units = |parts: &[Range<usize>], of: Range<usize>, end: usize| {
        let start = parts.get(of.start).map_or(end, |part| part.start);
        start..parts.get(of.end).map_or(end, |part| part.start)
    };
    let mut left = MOST_BETWEEN;
    let mut found = Vec::new();
    for op in similar::capture_diff_slices(Algorithm::Myers, &one, &other) {
        let old = units(&first, op.old_range(), a.len());
        let new = units(&second, op.new_range(), b.len());
        let (x, y) = (&a[old.clone()], &b[new.clone()]);
        let takes = steps(x, y);
        if op.tag() == DiffTag::Replace && takes <= MOST_STEPS.min(left) {
            left -= takes;
            found.extend(shortest(x, y, at + old.start, at + new.start));
        } else {
            let is_equal = op.tag() == DiffTag::Equal;
            let moved = |range: Range<usize>| at + range.start..at + range.end;
            found.push(Edit { old: moved(old), new: moved(new), is_equal });
        }
    }
    found
}

/// Parts a text behind marks, and where its own characters say so: at the same places in a text that is nearly the same.
fn stretches<T: Unit>(text: &[T]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut before) = (0, '\0');
    for (at, unit) in text.iter().enumerate() {
        let last = unit.last();
        let mark = "。；，、：！？.;,:!?\n".contains(last);
        let chosen = u32::from(before).wrapping_mul(31).wrapping_add(u32::from(last)) % STRETCH == 0;
        if mark || chosen {
            parts.push(start..at + 1);
            start = at + 1;
        }
        before = last;
    }
    if start < text.len() {
        parts.push(start..text.len());
    }
    parts
}

/// Returns the fewest characters that are lost and added, where these are at most `most` together.
pub fn few_changes<T: Eq>(a: &[T], b: &[T], most: usize) -> Option<(usize, usize)> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len() <= most).then_some((a.len(), b.len()));
    }
    let fewer = most.checked_sub(1)?;
    let lost = few_changes(&a[1..], b, fewer).map(|(lost, added)| (lost + 1, added));
    let added = few_changes(a, &b[1..], fewer).map(|(lost, added)| (lost, added + 1));
    lost.into_iter().chain(added).min_by_key(|(lost, added)| lost + added)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Puts the second text together from the first and what is new, and holds every stretch against both.
    fn applied(a: &str, b: &str) -> (usize, usize) {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let (mut old, mut new, mut changed) = (0, 0, (0, 0));
        for edit in edits(&a, &b) {
            assert_eq!((edit.old.start, edit.new.start), (old, new), "stretches follow each other");
            (old, new) = (edit.old.end, edit.new.end);
            if edit.is_equal {
                assert_eq!(a[edit.old], b[edit.new]);
            } else {
                changed = (changed.0 + edit.old.len(), changed.1 + edit.new.len());
            }
        }
        assert_eq!((old, new), (a.len(), b.len()));
        changed
    }

    /// Returns a text of so many characters that repeats nothing soon.
    fn long(characters: usize, seed: u32) -> String {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from_u32(0x4e00 + (state >> 16) % 2000).expect("a Chinese character")
        };
        (0..characters).map(|_| next()).collect()
    }

    #[test]
    fn short_texts_have_the_fewest_changes() {
        assert_eq!(applied("免费教育", "免收教育"), (1, 1));
        assert_eq!(applied("", "甲"), (0, 1));
        assert_eq!(applied("甲乙丙", "甲乙丙"), (0, 0));
    }

    #[test]
    fn two_changes_far_apart_in_a_long_text_are_two_changes() {
        let text = long(60_000, 1);
        let chars: Vec<char> = text.chars().collect();
        let changed: String =
            chars.iter().enumerate().map(|(at, c)| if at == 9 || at == 59_990 { '甲' } else { *c }).collect();
        assert_eq!(applied(&text, &changed), (2, 2));
        let inserted = format!("甲{}乙丙{}丁", &text[..30_000], &text[30_000..]);
        assert_eq!(applied(&text, &inserted), (0, 4));
    }

    #[test]
    fn long_texts_of_any_kind_come_out_whole() {
        let other = long(60_000, 2);
        for (a, b) in [
            (long(60_000, 1), other.clone()),
            (long(60_000, 1), String::new()),
            ("甲".repeat(60_000), "乙".repeat(60_000)),
            ("甲乙".repeat(30_000), "乙甲".repeat(30_000)),
            ("甲，".repeat(30_000), "乙，甲，".repeat(15_000)),
            (other.clone(), other.chars().rev().collect()),
        ] {
            applied(&a, &b);
        }
    }

    #[test]
    fn few_changes_are_counted_and_many_are_not() {
        let few =
            |a: &str, b: &str| few_changes(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), 2);
        assert_eq!(few("免费教育", "免费教育"), Some((0, 0)));
        assert_eq!(few("免费教育", "免收教育"), Some((1, 1)));
        assert_eq!(few("免费教育", "全部免费教育"), Some((0, 2)));
        assert_eq!(few("免费的教育。", "免费教育"), Some((2, 0)));
        assert_eq!(few("免费教育", "全部免费的教育"), None);
    }
}
