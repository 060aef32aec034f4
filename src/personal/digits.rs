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
    /// `①`, `¹` and the like, which also stand beside a number without being a part of it.
    Small,
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

/// The zeros of the scripts whose digits may be mixed: ASCII, full-width, Arabic, Persian, Devanagari, Tibetan,
/// Mongolian.
const ZEROS: &[char] = &['0', '０', '\u{660}', '\u{6f0}', '\u{966}', '\u{f20}', '\u{1810}'];

/// The digits from 0 that are written by other characters than figures.
const WRITTEN: &[(Script, &str)] = &[
    (Script::Chinese, "〇一二三四五六七八九"),
    (Script::Chinese, "零幺"),
    (Script::Chinese, "零壹贰叁肆伍陆柒捌玖"),
    (Script::Small, "⓪①②③④⑤⑥⑦⑧⑨"),
    (Script::Small, "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    (Script::Small, "₀₁₂₃₄₅₆₇₈₉"),
];

/// Returns the value of a digit in any writing people use, and which that is.
fn digit(c: char) -> Option<(char, Script)> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some((c, Script::Figures));
    }
    let figure = |zero: &char| char::from_digit(u32::from(c).checked_sub(u32::from(*zero))?, 10);
    if let Some(digit) = ZEROS.iter().find_map(figure) {
        return Some((digit, Script::Figures));
    }
    if ('\u{1d7ce}'..='\u{1d7ff}').contains(&c) {
        return char::from_digit((u32::from(c) - 0x1d7ce) % 10, 10).map(|digit| (digit, Script::Figures));
    }
    WRITTEN.iter().find_map(|(script, digits)| {
        let value = digits.chars().position(|known| known == c)?;
        Some((char::from_digit(u32::try_from(value).ok()?, 10)?, *script))
    })
}

/// Tells whether a character is the last one of an identity number that ends in ten.
pub(super) fn is_check_letter(c: char) -> bool {
    matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ')
}

/// Returns how many bytes a blank or hyphen and the letter at the end of an identity number take at the start
/// of `after`, if they stand there.
pub(super) fn check_letter_after(after: &str) -> Option<usize> {
    let mut chars = after.char_indices();
    let (_, mark) = chars.next()?;
    let (at, letter) = chars.next()?;
    let alone = !chars.next().is_some_and(|(_, c)| c.is_ascii_alphanumeric());
    (joint(mark.encode_utf8(&mut [0; 4])) == Joint::Mark && is_check_letter(letter) && alone)
        .then(|| at + letter.len_utf8())
}

/// Tells whether a character is not seen at all.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{ad}' | '\u{feff}')
}

fn joint(between: &str) -> Joint {
    let dash = |c: char| matches!(c, '-' | '－' | '–' | '—' | '‐' | '‑' | '_' | '.' | '．' | '·' | '*');
    let blank =
        |c: char| matches!(c, ' ' | '\t' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{3000}');
    let bracket = |c: char| matches!(c, ')' | '）' | '(' | '（');
    if between.contains('\n') {
        let is_break = between.chars().all(char::is_whitespace) && between.matches('\n').count() == 1;
        return if is_break { Joint::Line } else { Joint::None };
    }
    let seen = || between.chars().filter(|c| !is_unseen(*c));
    let marks = seen().filter(|c| !blank(*c)).count();
    let is_mark = seen().all(|c| dash(c) || blank(c) || bracket(c)) && marks <= 2 && seen().count() <= 4;
    if is_mark || between == "&nbsp;" { Joint::Mark } else { Joint::None }
}
