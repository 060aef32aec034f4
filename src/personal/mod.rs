//! Row 1. Finds numbers that belong to a person in a text, and masks them.
//!
//! Identity numbers, mobile numbers and bank cards have no place in a list. [`find`] says where they stand;
//! [`hidden`] puts stars over what was found, [`masked`] over every long number, found or not. Both keep every
//! byte in its place, so that spans into the text stay true.
//!
//! A number is a row of digits in any writing, alone or in groups with a blank, a hyphen or a dot between. To
//! add a kind of number, add a test to `kinds.rs`.

mod digits;
mod kinds;
mod mask;

use std::ops::Range;

pub use mask::{hidden, masked};

use crate::date::Date;
use digits::{Group, Joint, groups};

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A resident identity number, of 18 or of 15 digits.
    Identity,
    /// A mobile number.
    Mobile,
    /// The number of a bank card.
    Card,
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
}

/// Some groups of digits that follow each other, as a whole, and where they stand.
struct Candidate<'t> {
    text: &'t str,
    range: Range<usize>,
    digits: String,
    /// How many digits each group has.
    lengths: Vec<usize>,
    /// Whether the groups stand in several lines.
    broken: bool,
    today: Date,
}

impl Number {
    /// Returns the number as it may be shown.
    pub fn shown(&self) -> String {
        mask::stars(&self.digits, std::iter::once(0..self.digits.len()))
    }
}

/// Tells what a candidate is, and whether that is certain.
type Test = fn(&Candidate<'_>) -> Option<(Kind, bool)>;

/// Every kind of number, the surest first.
const KINDS: &[Test] = &[kinds::identity, kinds::card, kinds::short_identity, kinds::mobile];

/// The most digits a number has: a mobile number with 0086, a card.
const LONGEST: usize = 19;

/// The fewest digits a number has: those of a mobile number.
const SHORTEST: usize = 11;

/// Returns every number of a person in `text`, in their order; none stands over another. Nobody is born after
/// `today`.
pub fn find(text: &str, today: Date) -> Vec<Number> {
    let groups = groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        match longest_at(text, &groups, at, today) {
            Some((number, taken)) => {
                found.push(number);
                at += taken;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the longest number that starts with a group, and how many groups it takes.
fn longest_at(text: &str, groups: &[Group], first: usize, today: Date) -> Option<(Number, usize)> {
    let mut candidates = Vec::new();
    let mut digits = String::new();
    let mut broken = false;
    for (at, group) in groups.iter().enumerate().skip(first) {
        match group.joint {
            _ if at == first => {}
            Joint::None => break,
            Joint::Line if broken => break,
            Joint::Line => broken = true,
            Joint::Mark => {}
        }
        digits.push_str(&group.digits);
        let mut end = group.range.end;
        if digits.len() == 17
            && let Some(letter) = digits::check_letter_after(&text[end..])
        {
            digits.push('X');
            end += letter;
        }
        if digits.len() > LONGEST {
            break;
        }
        if digits.len() >= SHORTEST {
            let lengths = groups[first..=at].iter().map(|group| group.digits.len()).collect();
            let range = groups[first].range.start..end;
            candidates.push(Candidate { text, range, digits: digits.clone(), lengths, broken, today });
        }
    }
    candidates.into_iter().rev().find_map(|candidate| {
        let (kind, certain) = KINDS.iter().find_map(|test| test(&candidate))?;
        if !candidate.stands_alone() {
            return None;
        }
        let taken = candidate.lengths.len();
        let Candidate { range, digits, .. } = candidate;
        Some((Number { kind, range, digits, certain }, taken))
    })
}

/// Puts stars over `numbers`, which were found in `text`.
pub fn withheld(text: &str, numbers: &[Number]) -> String {
    mask::stars(text, numbers.iter().map(|number| number.range.clone()))
}

#[cfg(test)]
mod tests;
