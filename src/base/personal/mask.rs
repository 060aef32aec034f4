//! Stars over digits. Each digit becomes a star of the same size in bytes, so that spans stay true.

use std::ops::Range;

use super::digits::{Joint, groups, places};
use super::{SHORTEST, find_in_name, found};
use crate::date::Date;
use crate::visible::{visible, visible_name};

/// Masks the numbers of persons in a text: `138****1234`. Whoever was born on any day counts as a person, and what
/// would be a number in a name is one, too: what is shown often holds a path.
pub fn hidden(text: &str) -> String {
    let last = Date::parse("9999-12-31").expect("the last day of the calendar is one");
    let found = found(text, [false, true], last);
    let mut places: Vec<Range<usize>> =
        found.into_iter().flatten().flat_map(|number| number.hidden).collect();
    places.sort_by_key(|place| (place.start, place.end));
    stars(text, places.into_iter())
}

/// Masks the numbers of persons in the name of a file or folder, or in a path.
pub fn hidden_in_name(name: &str) -> String {
    let last = Date::parse("9999-12-31").expect("the last day of the calendar is one");
    stars(name, find_in_name(name, last).into_iter().flat_map(|number| number.hidden))
}

/// Masks every number of 11 or more digits, also one written in groups.
///
/// The net below [`hidden`]: whatever a finding quotes or points at, no long number leaves the machine
/// through a log. Numbers that start with 0 stay, unless a person's: they are the area code of an office. One longer
/// than such a number with its extension stays no more.
pub fn masked(text: &str) -> String {
    let text = hidden(text);
    let mut long: Vec<(Range<usize>, usize, bool)> = Vec::new();
    for group in groups(&text) {
        let office = group.digits.starts_with('0');
        match long.last_mut().filter(|_| group.joint == Joint::Mark) {
            Some((range, digits, _)) => {
                range.end = group.range.end;
                *digits += group.digits.len();
            }
            None => long.push((group.range.clone(), group.digits.len(), office)),
        }
    }
    let long = long
        .into_iter()
        .filter(|(_, digits, office)| *digits >= SHORTEST && !(*office && *digits <= LONGEST_OFFICE));
    stars(&text, long.flat_map(|(range, ..)| middle(places(&text, range))))
}

/// Returns a text as it may be shown to people: long numbers under stars, characters that nobody sees as their numbers.
pub fn shown(text: &str) -> String {
    visible(&masked(text)).into_owned()
}

/// Returns the name or path of a file as it may be shown, in one line.
pub fn shown_name(name: &str) -> String {
    visible_name(&masked(name)).into_owned()
}

/// How many digits the number of an office has at most: area code, number, extension.
const LONGEST_OFFICE: usize = 4 + 8 + 4;

/// How many digits stay at the start of a masked number.
const KEPT_BEFORE: usize = 3;

/// Returns how many digits stay at its end: enough to find it again, and no day of birth.
fn kept_after(digits: usize) -> usize {
    if digits <= 13 { 4 } else { 2 }
}

/// Returns those of a number's digits that are hidden; `places` are the bytes of all.
pub(super) fn middle(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.truncate(places.len().saturating_sub(kept_after(places.len())));
    places.drain(..KEPT_BEFORE.min(places.len()));
    places
}

/// Puts stars over each of `places`, which follow each other: a digit, or the escape that spells one.
pub(super) fn stars(text: &str, places: impl Iterator<Item = Range<usize>>) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for place in places.filter(|place| !place.is_empty()) {
        let start = place.start.max(at);
        shown.push_str(&text[at..start]);
        let mut chars = text[start..place.end.max(start)].chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => shown.push(star(c)),
            _ => shown.extend(std::iter::repeat_n('*', place.end.saturating_sub(start))),
        }
        at = place.end.max(at);
    }
    shown.push_str(&text[at..]);
    shown
}

/// Returns a star that is as many bytes long as `c`.
fn star(c: char) -> char {
    match c.len_utf8() {
        1 => '*',
        2 => '×',
        3 => '＊',
        _ => '\u{1f7b6}',
    }
}
