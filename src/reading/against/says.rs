//! Whether one clause says what a word of the other does.

use super::*;

/// Wording that a standard is named after: what follows up to the next giving word is no promise.
pub(super) const BY: &[&str] = &["按照", "按", "依照", "依据", "根据", "参照", "遵照"];

pub(super) fn word_of(reading: &Reading, token: &Token) -> String {
    reading.text.chars()[token.range.clone()].iter().collect()
}

pub(super) fn word(reading: &Reading, at: usize) -> String {
    reading.text.chars()[reading.tokens[at].range.clone()].iter().collect()
}

/// Tells whether a reading has what a token of another says: a word of the same group, or most of its characters.
pub(crate) fn holds(reading: &Reading, of: &Reading, token: &Token) -> bool {
    if token.about().any(|group| reading.has_group(group)) {
        return true;
    }
    let wanted = &of.text.chars()[token.range.clone()];
    let word: String = wanted.iter().collect();
    // 小学1000元/年 is a subsidy, 占95% a proportion.
    let states = |kinds: &[MeasureKind]| {
        reading
            .facts
            .iter()
            .any(|fact| matches!(&fact.what, What::Measure(measure) if kinds.contains(&measure.kind)))
    };
    if ["补助", "补贴", "资助", "津贴"].iter().any(|end| word.ends_with(end))
        && states(&[MeasureKind::Amount])
    {
        return true;
    }
    if ["比例", "占比"].contains(&word.as_str()) && states(&[MeasureKind::Share]) {
        return true;
    }
    let needed = match &token.kind {
        _ if token.is_other() => wanted.len().div_ceil(2),
        _ if token.has(Role::Same) => (wanted.len() * 3).div_ceil(4),
        _ => wanted.len(),
    };
    reading.covers(wanted) >= needed.max(1)
}

/// Returns the characters of a token; of one that is longer than any word, those it begins with.
fn beginning<'r>(of: &'r Reading, token: &Token) -> &'r [char] {
    let Range { start, end } = token.range;
    &of.text.chars()[start..end.min(start + MOST_WORDS)]
}

/// Tells whether two tokens say the same.
pub(super) fn says_same(a: &Reading, one: &Token, b: &Reading, other: &Token) -> bool {
    if one.about().any(|group| other.about().any(|known| known == group)) {
        return true;
    }
    let (one, other) = (beginning(a, one), beginning(b, other));
    let shared = one.windows(2).filter(|pair| other.windows(2).any(|known| known == *pair)).count();
    shared * 2 >= one.len()
}

/// Tells whether a token stands in quotation marks, as names of programmes do.
pub(super) fn is_quoted(reading: &Reading, at: usize) -> bool {
    let marks = |tokens: &[Token]| tokens.iter().filter(|token| token.is_mark("\"")).count();
    marks(&reading.tokens[..at]) % 2 == 1 && marks(&reading.tokens[at..]) > 0
}

/// Tells whether a word names a place where something is given, not an office.
pub(super) fn is_facility(word: &str) -> bool {
    ["馆", "宫", "之家", "港湾", "书屋", "场所", "活动中心"].iter().any(|end| word.ends_with(end))
}

/// Tells whether a token is a member of an enumeration.
pub(super) fn is_member(reading: &Reading, at: usize) -> bool {
    let joins = |at: Option<usize>| at.is_some_and(|at| is_joint(reading, at));
    joins(Some(at + 1)) || joins(at.checked_sub(1))
}

/// Tells whether a token joins the members of an enumeration.
pub(super) fn is_joint(reading: &Reading, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| {
        ["、", "和", "及", "及其", "以及", "与", "或", "或者"].contains(&word(reading, at).as_str())
            || token.has(Role::Open)
    })
}

/// Tells whether characters that are not known describe persons, so that fewer may be meant.
pub(super) fn narrows(local: &Reading, at: usize) -> bool {
    let next = if at + 1 < local.tokens.len() && word(local, at + 1) == "的" { at + 2 } else { at + 1 };
    local.tokens.get(next).is_some_and(|token| token.has(Role::Person))
}
