//! From a text to its groups of digits.

use std::ops::Range;

/// Digits that stand together.
pub(super) struct Group {
    /// The bytes they are written in.
    pub(super) range: Range<usize>,
    /// The digits, as ASCII.
    pub(super) digits: String,
    /// What stands between the group before and this one.
    pub(super) joint: Joint,
}

/// What stands between two groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// Something that parts numbers.
    None,
    /// Nothing: the digits go on in another writing.
    Turn,
    /// A mark or two that people write inside a number.
    Mark,
    /// A mark that parts numbers as a rule, and stands inside one where somebody hides it.
    Odd,
    /// The end of a line, with a hyphen before it or not, and what a comment or a quotation starts with.
    Line,
}

/// How the digits of a group are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Figures,
    Chinese,
    /// `①`, `¹` and the like, which also stand beside a number without being a part of it.
    Small,
}

/// Returns the groups of digits of a text, in their order.
pub(super) fn groups(text: &str) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    let mut last = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let Some((digit, script)) = digit(c) else { continue };
        let mut group = Group { range: at..at + c.len_utf8(), digits: digit.to_string(), joint: Joint::None };
        while let Some((at, c)) = chars.peek().copied() {
            match self::digit(c) {
                Some((digit, same)) if same == script => {
                    group.digits.push(digit);
                    group.range.end = at + c.len_utf8();
                }
                None if is_unseen(c) => {}
                _ => break,
            }
            chars.next();
        }
        if let Some(before) = found.last() {
            let between = &text[before.range.end..group.range.start];
            group.joint = match last {
                Some(last) if last == script => joint(between),
                Some(Script::Small) | None => Joint::None,
                Some(_) if script != Script::Small && between.chars().all(is_unseen) => Joint::Turn,
                Some(_) => Joint::None,
            };
        }
        last = Some(script);
        found.push(group);
    }
    found
}

/// The zeros of the scripts whose digits may be mixed, from Arabic to the digits of a calculator; nine more digits follow
/// each.
const ZEROS: &[char] = &[
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{a620}',
    '０',
    '\u{1d7ce}',
    '\u{1d7d8}',
    '\u{1d7e2}',
    '\u{1d7ec}',
    '\u{1d7f6}',
    '\u{1fbf0}',
];

/// The digits from 0 that also stand beside numbers.
const SMALL: &[&str] = &["⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾", "🄋➀➁➂➃➄➅➆➇➈", "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"];

/// Returns the value of a digit in any writing people use, and which that is.
fn digit(c: char) -> Option<(char, Script)> {
    match c {
        '0'..='9' => Some((c, Script::Figures)),
        '\0'..='\u{af}' | '\u{3041}'..='\u{4dff}' | '\u{ac00}'..='\u{ff0f}' => None,
        '\u{b0}'..='\u{bf}' | '⁰'..='₉' | '①'..='⓿' | '❶'..='➈' | '🄋' => {
            let value = SMALL.iter().find_map(|digits| digits.chars().position(|known| known == c))?;
            Some((char::from_digit(u32::try_from(value).ok()?, 10)?, Script::Small))
        }
        '〇' | '○' | '一'..='\u{9fff}' => chinese(c).map(|digit| (digit, Script::Chinese)),
        _ => {
            let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= c)].last()?;
            let value = char::from_digit((u32::from(c) - u32::from(*zero)).min(10), 36)?;
            value.is_ascii_digit().then_some((value, Script::Figures))
        }
    }
}

/// Returns the value of a Chinese digit, in either writing.
pub(super) fn chinese(c: char) -> Option<char> {
    Some(match c {
        '〇' | '○' | '零' => '0',
        '一' | '幺' | '壹' => '1',
        '二' | '贰' | '貳' => '2',
        '三' | '叁' | '參' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' | '陸' => '6',
        '七' | '柒' => '7',
        '八' | '捌' => '8',
        '九' | '玖' => '9',
        _ => return None,
    })
}

/// Tells whether a character is the last one of an identity number that ends in ten, or looks like it.
fn is_check_letter(c: char) -> bool {
    matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ' | 'Ⅹ' | 'ⅹ' | 'Х' | 'х' | '×')
}

/// Returns where the letter at the end of an identity number stands at the start of `after`, alone or behind a blank or
/// a hyphen.
pub(super) fn check_letter(after: &str) -> Option<Range<usize>> {
    let mut chars = after.char_indices().filter(|(_, c)| !is_unseen(*c)).peekable();
    for _ in 0..MOST_MARKS {
        chars.next_if(|(_, c)| is_mark(*c));
    }
    let (at, letter) = chars.next()?;
    let alone = !chars.next().is_some_and(|(_, c)| c.is_ascii_alphanumeric());
    (is_check_letter(letter) && alone).then(|| at..at + letter.len_utf8())
}

/// Returns where the letter at the end of an identity number and the two digits behind it stand at the start of `after`,
/// as in the number of a certificate for a disability.
pub(super) fn check_letter_and_two(after: &str) -> Option<(usize, String)> {
    let mut chars = after.char_indices().filter(|(_, c)| !is_unseen(*c)).peekable();
    while chars.next_if(|(_, c)| is_mark(*c)).is_some() {}
    chars.next().filter(|(_, c)| is_check_letter(*c))?;
    let mut two = String::new();
    let mut end = 0;
    while two.len() < 2 {
        while chars.next_if(|(_, c)| is_mark(*c)).is_some() {}
        let (at, c) = chars.next()?;
        two.push(digit(c)?.0);
        end = at + c.len_utf8();
    }
    let more = chars.next().is_some_and(|(_, c)| digit(c).is_some_and(|(_, script)| script != Script::Small));
    (!more).then_some((end, two))
}

/// Tells whether a character can be a part of a number: a digit, or what stands between.
pub(super) fn is_of_number(c: char) -> bool {
    digit(c).is_some() || is_dash(c) || is_blank(c) || is_unseen(c) || is_check_letter(c)
}

/// Returns the bytes of each digit in a part of a text.
pub(super) fn places(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let digits = text[part.clone()].char_indices().filter(|(_, c)| digit(*c).is_some());
    digits.map(|(at, c)| part.start + at..part.start + at + c.len_utf8()).collect()
}

/// Tells whether a character is not seen at all, or only as a stroke over the one before.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20d0}'..='\u{20ff}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{e0000}'..='\u{e0fff}')
}

fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\r' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// Tells whether a character may stand inside a number between two of its digits, and is seen as nothing of its own.
pub(super) fn is_between(c: char) -> bool {
    is_blank(c) || is_dash(c) || is_unseen(c)
}

/// Tells whether a character joins the parts of a number: a hyphen, a dot, a bracket, or marks of Markdown.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '－' | '﹣' | '‐'..='―' | '−' | '_' | '＿' | '*' | '`')
        || matches!(c, '.' | '．' | '·' | '・' | '‧' | '∙' | '⋅' | '…')
        || matches!(c, ')' | '）' | '(' | '（' | '[' | ']')
}

/// Tells whether a mark parts numbers as a rule.
fn is_odd(c: char) -> bool {
    matches!(
        c,
        '/' | '／'
            | ','
            | '，'
            | '、'
            | ':'
            | '：'
            | ';'
            | '；'
            | '。'
            | '•'
            | '|'
            | '｜'
            | '+'
            | '~'
            | '～'
            | '\\'
    )
}

/// Tells whether a character stands between the parts of a number at all.
fn is_mark(c: char) -> bool {
    is_blank(c) || is_dash(c) || is_odd(c)
}

/// Tells whether a mark parts numbers as a rule, but is none of a list: `138/0013/8000`.
pub(super) fn is_stroke(c: char) -> bool {
    is_odd(c) && !matches!(c, ',' | '，' | '、' | ';' | '；' | '。' | '|' | '｜')
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\u{2028}' | '\u{2029}')
}

/// How many bytes stand between the parts of a number at most: the address of a link.
const WIDEST: usize = 200;

fn joint(between: &str) -> Joint {
    if between.len() > WIDEST {
        return Joint::None;
    }
    if let Some((before, after)) = between.split_once(is_line_end) {
        let ends = before.trim_end_matches('\\');
        let starts = after.chars().all(|c| is_blank(c) || is_unseen(c) || matches!(c, '#' | '>'));
        return if starts && within(ends) == Joint::Mark { Joint::Line } else { Joint::None };
    }
    if is_link(between) { Joint::Mark } else { within(between) }
}

/// How many marks of one kind stand between the parts of a number at most.
const MOST_MARKS: usize = 3;

/// Tells what the marks between two groups of one line are.
fn within(between: &str) -> Joint {
    let seen = || between.chars().filter(|c| !is_unseen(*c));
    let marks: Vec<char> = seen().filter(|c| !is_blank(*c)).take(MOST_MARKS + 1).collect();
    let alike = marks.iter().all(|mark| *mark == marks[0]);
    if marks.len() > if alike { MOST_MARKS } else { 2 } || seen().count() > 4 {
        return Joint::None;
    }
    // Two tildes are marks of Markdown.
    if seen().all(|c| is_dash(c) || is_blank(c)) || between == "~~" {
        Joint::Mark
    } else if marks.len() <= 2 && alike && seen().all(|c| is_odd(c) || is_blank(c)) {
        Joint::Odd
    } else {
        Joint::None
    }
}

/// Tells whether it is the end of a link in Markdown, with the address: what is seen of it is nothing.
fn is_link(between: &str) -> bool {
    let inside = |end: char| {
        let address = between.strip_prefix("](").or_else(|| between.strip_prefix("]["));
        address
            .and_then(|address| address.strip_suffix(end))
            .is_some_and(|address| !address.contains([')', ']']))
    };
    inside(')') || inside(']')
}
