//! Finds numbers that belong to a person in a text, and masks them.
//!
//! Identity numbers, mobile numbers and bank cards have no place in a list. [`find`] says where they stand;
//! [`hidden`] puts stars over what was found, [`masked`] over every long number, found or not. Both keep every
//! byte in its place, so that spans into the text stay true.
//!
//! A number is a row of digits in any writing, alone or in groups with a blank, a hyphen or a dot between, over several
//! lines or spelled by escapes (`view.rs`) or letters (`letters.rs`). To add a kind of number, add a test to `kinds.rs`.
//!
//! [`details`] finds what tells of a person otherwise, such as a name beside a day of birth; that is worth a look only.

mod candidate;
mod details;
mod digits;
mod figures;
mod kinds;
mod letters;
mod mask;
mod names;
mod view;

use std::ops::Range;

pub use details::{Detail, DetailKind, details};
pub use mask::{hidden, hidden_in_name, masked, shown, shown_name};

use crate::date::Date;
use digits::{Group, Joint, groups};
use view::View;

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A resident identity number, of 18 or of 15 digits.
    Identity,
    /// A mobile number.
    Mobile,
    /// The number of a bank card.
    Card,
    /// The number of a pupil: G or L and an identity number.
    Student,
    /// The number of a certificate for a disability: an identity number, a digit for the kind and one for the degree.
    Disability,
}

/// A number of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// What it is.
    pub kind: Kind,
    /// The bytes it is written in, from its first to its last digit.
    pub range: Range<usize>,
    /// Its digits, `X` among them, without what stands between.
    pub digits: String,
    /// Whether it can hardly be anything else. What is not certain is worth a look only.
    pub certain: bool,
    /// The bytes over which there are stars when it is shown.
    hidden: Vec<Range<usize>>,
}

/// Some groups of digits that follow each other, as a whole, and where they stand.
struct Candidate<'t> {
    text: &'t str,
    range: Range<usize>,
    digits: String,
    /// How many digits each group has.
    lengths: Vec<usize>,
    /// How many groups of the text it takes.
    taken: usize,
    /// Whether the groups stand in several lines.
    broken: bool,
    /// Whether something stands between them that parts numbers as a rule.
    odd: bool,
    /// Whether the text is the name of a file.
    in_name: bool,
    today: Date,
}

impl Number {
    /// Returns a number of a part of a text as one of the whole; `start` is where the part starts.
    #[must_use]
    pub fn of_part(mut self, start: usize) -> Self {
        for place in std::iter::once(&mut self.range).chain(&mut self.hidden) {
            *place = place.start + start..place.end + start;
        }
        self
    }

    /// Returns the number as it may be shown.
    pub fn shown(&self) -> String {
        let digits = (0..self.digits.len()).map(|at| at..at + 1).collect();
        mask::stars(&self.digits, mask::middle(digits).into_iter())
    }
}

/// Tells what a candidate is, and whether that is certain.
type Test = fn(&Candidate<'_>) -> Option<(Kind, bool)>;

/// Every kind of number, the surest first.
const KINDS: &[Test] =
    &[kinds::disability, kinds::identity, kinds::card, kinds::short_identity, kinds::mobile];

/// The most digits a number has: that of a certificate for a disability.
const LONGEST: usize = 20;

/// The fewest digits a number has: those of a mobile number.
const SHORTEST: usize = 11;

/// The fewest digits in one writing, where a number goes on in another; one alone is a word.
const SHORTEST_TURN: usize = 2;

/// Returns every number of a person in `text`, in their order, those that escapes spell among them; none stands over
/// another. Nobody is born after `today`.
pub fn find(text: &str, today: Date) -> Vec<Number> {
    let [found] = found(text, [false], today);
    found
}

/// Returns every number of a person in the name of a file or folder, where letters before a number are no part of it.
pub fn find_in_name(name: &str, today: Date) -> Vec<Number> {
    let [found] = found(name, [true], today);
    found
}

/// Returns what [`find`] and [`find_in_name`] do, each as `in_name` says, for one look at the text.
fn found<const N: usize>(text: &str, in_name: [bool; N], today: Date) -> [Vec<Number>; N] {
    let mut views = view::views(text);
    let by_letters = |view: &View| {
        letters::views(&view.text).into_iter().map(|seen| seen.through(view)).collect::<Vec<_>>()
    };
    let by_letters: Vec<View> = views.iter().flat_map(by_letters).collect();
    views.extend(by_letters);
    views.extend(letters::views(text));
    let mut found = in_name.map(|_| Vec::new());
    let mut look = |text: &str, view: Option<&View>| {
        let groups = groups(text);
        for (in_name, found) in in_name.into_iter().zip(&mut found) {
            let numbers = written(&Text { text, groups: &groups, in_name, today });
            found.extend(numbers.into_iter().map(|number| match view {
                Some(view) => {
                    let hidden = number.hidden.iter().map(|place| view.spelled(place)).collect();
                    Number { range: view.spelled(&number.range), hidden, ..number }
                }
                None => number,
            }));
        }
    };
    look(text, None);
    views.iter().for_each(|view| look(&view.text, Some(view)));
    found.map(apart)
}

/// Makes one of numbers that stand over each other, found with escapes and without: what any of them hides stays hidden.
fn apart(mut found: Vec<Number>) -> Vec<Number> {
    found.sort_by_key(|number| (number.range.start, !number.certain));
    let mut apart: Vec<Number> = Vec::with_capacity(found.len());
    for number in found {
        match apart.last_mut().filter(|last| last.range.end > number.range.start) {
            Some(last) if last.certain || !number.certain => {
                if number.certain && last.hidden != number.hidden {
                    last.hidden.extend(number.hidden);
                    last.hidden.sort_by_key(|place| (place.start, place.end));
                }
                last.range.end = last.range.end.max(number.range.end);
            }
            Some(last) => *last = number,
            None => apart.push(number),
        }
    }
    apart
}

/// Returns every number as it is written in a text.
fn written(text: &Text<'_>) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.groups.len() {
        match longest_at(text, at) {
            Some((number, taken)) => {
                found.push(number);
                at += taken;
            }
            None => at += 1,
        }
    }
    found
}

/// A text with its groups of digits.
struct Text<'t> {
    text: &'t str,
    groups: &'t [Group],
    in_name: bool,
    today: Date,
}

/// Returns the longest number that starts with a group, and how many groups it takes.
fn longest_at(text: &Text<'_>, first: usize) -> Option<(Number, usize)> {
    candidates(text, first).into_iter().rev().find_map(|candidate| {
        let (kind, certain) = KINDS.iter().find_map(|test| test(&candidate))?;
        let certain = if candidate.stands_alone() { certain } else { candidate.beside_letters(kind)? };
        let kind = if kind == Kind::Identity && candidate.is_of_pupil() { Kind::Student } else { kind };
        let Candidate { range, digits, taken, .. } = candidate;
        let mut places = digits::places(text.text, range.clone());
        places.extend(digits.ends_with('X').then_some(range.end..range.end));
        Some((Number { kind, range, digits, certain, hidden: mask::middle(places) }, taken))
    })
}

/// Returns what starts with a group and whose digits may be those of a number, the shortest first.
fn candidates<'t>(text: &Text<'t>, first: usize) -> Vec<Candidate<'t>> {
    let Text { text, groups, in_name, today } = *text;
    let mut candidates = Vec::new();
    let (mut digits, mut lengths) = (String::with_capacity(LONGEST), Vec::with_capacity(LONGEST));
    let (mut broken, mut odd) = (false, false);
    for (at, group) in groups.iter().enumerate().skip(first) {
        let length = group.digits.len();
        match (if at == first { Joint::Mark } else { group.joint }, lengths.last_mut()) {
            (Joint::None, _) => break,
            (Joint::Turn, Some(last)) if length.min(*last) >= SHORTEST_TURN => *last += length,
            (Joint::Turn, _) => break,
            (joint, _) => {
                broken |= joint == Joint::Line;
                odd |= joint == Joint::Odd;
                lengths.push(length);
            }
        }
        digits.push_str(&group.digits);
        if digits.len() > LONGEST {
            break;
        }
        if digits.len() < SHORTEST || !kinds::may_be(digits.as_bytes()) {
            continue;
        }
        let range = groups[first].range.start..group.range.end;
        let (lengths, taken) = (lengths.clone(), at + 1 - first);
        let digits = digits.clone();
        let number = Candidate { text, range, digits, lengths, taken, broken, odd, in_name, today };
        let longer = number.longer(groups, first);
        candidates.push(number);
        candidates.extend(longer);
    }
    candidates
}

/// Puts stars over `numbers`, which were found in `text`.
pub fn withheld(text: &str, numbers: &[Number]) -> String {
    mask::stars(text, numbers.iter().flat_map(|number| number.hidden.iter().cloned()))
}

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod detail_tests;
#[cfg(test)]
mod tests;
