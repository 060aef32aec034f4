//! The dash before an item of a list: other marks in its place, and no space after it.

use super::flow::is_list;
use super::{Hit, Recovery};
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page, is_blank};
use crate::text;

pub(super) const ODD: Recovery = Recovery { code: &codes::FULL_WIDTH_MARK, always: false, find: odd };
pub(super) const NUMBERED: Recovery =
    Recovery { code: &codes::FULL_WIDTH_MARK, always: false, find: numbered };
pub(super) const UNSPACED: Recovery = Recovery { code: &codes::MISSING_MARK, always: false, find: unspaced };

/// Marks of lists in Word, WPS and Chinese typing.
const BULLETS: &[char] = &[
    '－', '—', '–', '−', '‐', '‑', '─', '•', '·', '●', '○', '■', '◆', '▪', '◦', '・', '∙', '\u{f06c}',
    '\u{f0b7}',
];

fn odd(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let hits = page.fields().filter_map(|(number, line)| {
        let rest = &page.text[line.first..line.end];
        let mark =
            rest.chars().next().filter(|c| BULLETS.contains(c) || (*c == '*' && rest.starts_with("* ")))?;
        let length = rest.chars().take_while(|c| *c == mark).map(char::len_utf8).sum::<usize>();
        let blanks = rest[length..].len() - rest[length..].trim_start_matches(is_blank).len();
        let field = page.key_at(line.first + length + blanks, line.end);
        let opens_item = field.is_some_and(|(key, _)| page.knows(page.at(&key)));
        if !opens_item && !is_item_place(page, number, line) {
            return None;
        }
        let at = line.first..line.first + length;
        Some(
            Hit::new(
                at,
                text!(
                    "列表项前面是“{mark}”，不是半角的“-”",
                    "“{mark}” stands before the item of a list instead of `-`"
                ),
                text!("改成半角的“-”，后面加一个空格", "replace it by `-` and a space"),
            )
            .change(line.first..line.first + length + blanks, "- ")
            .certain(),
        )
    });
    hits.collect()
}

/// Tells whether an item can be meant: the field above is empty, or an item stands above or below.
fn is_item_place(page: &Page<'_>, number: usize, line: &Line) -> bool {
    let is_item =
        |other: &Line| !other.dashes.is_empty() || page.text[other.first..other.end].starts_with(BULLETS);
    let above = page.lines[..number].iter().rev().find(|above| above.kind == Kind::Field);
    let below = page.lines[number + 1..].iter().find(|below| below.first < below.end);
    let opens = above.is_some_and(|above| above.key.is_some() && above.value.is_empty());
    opens
        || above.is_some_and(is_item)
        || below.is_some_and(|below| is_item(below) && below.indent() == line.indent())
}

/// Finds the items of a list that were numbered by hand, `1. 甲`.
fn numbered(page: &Page<'_>, form: &Form) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut in_list = false;
    for (_, line) in page.fields() {
        if let Some(name) = page.name(line) {
            in_list = line.value.is_empty() && is_list(form, &name);
        }
        let Some(length) = number_length(&page.text[line.first..line.end]).filter(|_| in_list) else {
            continue;
        };
        let at = line.first..line.first + length;
        let mark = page.at(&at).trim_end_matches(is_blank).to_owned();
        hits.push(
            Hit::new(
                at.clone(),
                text!(
                    "列表项前面是“{mark}”，不是半角的“-”",
                    "“{mark}” stands before the item of a list instead of `-`"
                ),
                text!("改成半角的“-”，后面加一个空格", "replace it by `-` and a space"),
            )
            .change(at, "- ")
            .certain(),
        );
    }
    hits
}

/// Returns how long the number before an item is, with its mark and the blanks after it.
fn number_length(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix(['.', '、', '．', ')', '）'])?;
    let item = rest.trim_start_matches(is_blank);
    let is_number = item.starts_with(|c: char| c.is_ascii_digit());
    (digits > 0 && digits < 3 && !item.is_empty() && !is_number).then_some(text.len() - item.len())
}

fn unspaced(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    // The column of the item above: what starts there with a dash is the next one, also if it reads like more of its text.
    let mut column = None;
    for (number, line) in page.lines.iter().enumerate() {
        match line.kind {
            Kind::Blank | Kind::Comment => continue,
            Kind::Inside if column != Some(line.indent()) => continue,
            Kind::Inside => {}
            Kind::Field if column == Some(line.indent()) && page.text[line.first..].starts_with('-') => {}
            Kind::Field => column = (!line.dashes.is_empty()).then(|| line.indent()),
        }
        let rest = &page.text[line.first..line.end];
        let Some(after) = rest.strip_prefix('-') else { continue };
        let Some(next) = after.chars().next() else { continue };
        let field = page.key_at(line.first + 1, line.end);
        let opens_item = field.is_some_and(|(key, _)| page.knows(page.at(&key)));
        let is_item = opens_item || column == Some(line.indent()) || is_item_place(page, number, line);
        if is_blank(next) || after.starts_with('-') || !is_item {
            continue;
        }
        column = Some(line.indent());
        hits.push(
            Hit::new(
                line.first..line.first + 1,
                text!("“-”后面没有空格", "there is no space after the `-`"),
                text!("在“-”后面加一个空格", "put a space after the `-`"),
            )
            .change(line.first + 1..line.first + 1, " ")
            .certain(),
        );
    }
    hits
}
