//! From a text to its groups of digits.

use std::ops::Range;

/// Digits that stand together.
pub(super) struct Group {
    /// The bytes they are written in.
    pub(super) range: Range<usize>,
    /// The digits, as ASCII; an `X` at the end of an identity number is one of them.
    pub(super) digits: String,
    /// What stands between the group before and this one.
    pub(super) joint: Joint,
}

/// What stands between two groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// Something that parts numbers.
    None,
    /// A mark or two that people write inside a number.
    Mark,
    /// The end of a line.
    Line,
}

/// How the digits of a group are written; a number is written in one way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Figures,
    Chinese,
}

/// Returns the groups of digits of a text, in their order.
pub(super) fn groups(text: &str) -> Vec<Group> {
    let mut found: Vec<(Group, Script)> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let Some((digit, script)) = digit(c) else { continue };
        let mut group = Group { range: at..at + c.len_utf8(), digits: digit.to_string(), joint: Joint::None };
        while let Some((at, c)) = chars.peek().copied() {
            match self::digit(c) {
                Some((digit, same)) if same == script => group.digits.push(digit),
                _ if is_unseen(c) => {
                    chars.next();
                    continue;
                }
                _ if is_check_letter(c) && group.digits.len() < 18 => group.digits.push('X'),
                _ => break,
            }
            group.range.end = at + c.len_utf8();
            chars.next();
            if group.digits.ends_with('X') {
                break;
            }
        }
        if let Some((before, same)) = found.last().filter(|(_, same)| *same == script) {
            debug_assert!(*same == script, "the scripts are the same");
            group.joint = joint(&text[before.range.end..group.range.start]);
        }
        found.push((group, script));
    }
    found.into_iter().map(|(group, _)| group).collect()
}

/// Returns the value of a digit in any writing people use, and which that is.
fn digit(c: char) -> Option<(char, Script)> {
    let figure = |zero: char| {
        char::from_digit(u32::from(c) - u32::from(zero), 10).map(|digit| (digit, Script::Figures))
    };
    match c {
        '0'..='9' => figure('0'),
        '０'..='９' => figure('０'),
        '\u{0660}'..='\u{0669}' => figure('\u{0660}'),
        '\u{06f0}'..='\u{06f9}' => figure('\u{06f0}'),
        '\u{1d7ce}'..='\u{1d7ff}' => {
            char::from_digit((u32::from(c) - 0x1d7ce) % 10, 10).map(|digit| (digit, Script::Figures))
        }
        _ => "〇一二三四五六七八九"
            .chars()
            .position(|known| known == c)
            .or_else(|| (c == '零').then_some(0))
            .or_else(|| (c == '幺').then_some(1))
            .and_then(|value| char::from_digit(u32::try_from(value).unwrap_or(0), 10))
            .map(|digit| (digit, Script::Chinese)),
    }
}

/// Tells whether a character is the last one of an identity number that ends in ten.
pub(super) fn is_check_letter(c: char) -> bool {
    matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ')
}

/// Tells whether a character is not seen at all.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{ad}' | '\u{feff}')
}

fn joint(between: &str) -> Joint {
    let mark = |c: char| {
        matches!(
            c,
            ' ' | '\t'
                | '\u{a0}'
                | '\u{3000}'
                | '-'
                | '－'
                | '–'
                | '—'
                | '‐'
                | '‑'
                | '.'
                | '．'
                | '·'
                | ')'
                | '）'
                | '('
                | '（'
        ) || is_unseen(c)
    };
    if between.contains('\n') {
        let blank = between.chars().all(char::is_whitespace) && between.matches('\n').count() == 1;
        return if blank { Joint::Line } else { Joint::None };
    }
    if between.chars().count() <= 2 && between.chars().all(mark) { Joint::Mark } else { Joint::None }
}
