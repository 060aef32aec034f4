//! Text that needs quotation marks: it begins with a sign of YAML, or has a colon and a space in it.

use super::{Hit, Recovery};
use crate::syntax::codes;
use crate::syntax::fold::is_wide;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page, is_blank, is_block_mark};
use crate::text;

pub(super) const SIGN: Recovery = Recovery { code: &codes::TEXT_NEEDS_QUOTES, always: false, find: signs };
pub(super) const COLON: Recovery = Recovery { code: &codes::TEXT_NEEDS_QUOTES, always: false, find: colons };

pub(super) const TWO: Recovery = Recovery { code: &codes::MISSING_MARK, always: false, find: two_in_a_line };

/// Finds a second field in the line of the first.
fn two_in_a_line(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let hits = valued(page).filter_map(|(number, line)| {
        let value = page.at(&line.value);
        let colon = colon_in(value)?;
        let gap = value[..colon].rfind(is_blank)?;
        let start = gap + value[gap..].chars().next().map_or(1, char::len_utf8);
        let name = &value[start..colon];
        if !page.words.contains(name) || value.starts_with(['"', '\'', '[', '{']) || line.key.is_none() {
            return None;
        }
        if has_beside(page, number, line, name) {
            return None;
        }
        let at = line.value.start + start..line.value.start + colon;
        let before = line.value.start + value[..gap].trim_end_matches(is_blank).len();
        Some(
            Hit::new(
                at.clone(),
                text!(
                    "一行里写了两个字段：“{name}”前面没有换行",
                    "there are two fields in one line: `{name}` needs a line of its own"
                ),
                text!(
                    "让“{name}”另起一行，与上一个字段左对齐",
                    "start a new line before `{name}`, in the same column as the field before it"
                ),
            )
            .change(before..at.start, format!("\n{}", " ".repeat(line.column())))
            .certain(),
        )
    });
    hits.collect()
}

/// Tells whether a field stands beside one of the fields that a line belongs to: then the same word in the text of
/// that line is no field.
fn has_beside(page: &Page<'_>, number: usize, line: &Line, name: &str) -> bool {
    let inside = |other: &&Line| other.indent() > 0 || other.column() >= line.column();
    let before = page.lines[..number].iter().rev().take(NEIGHBOURS).take_while(inside);
    let after = page.lines[number + 1..].iter().take(NEIGHBOURS).take_while(inside);
    let beside = |lines: &mut dyn Iterator<Item = &Line>| {
        let mut column = line.column();
        for other in lines.filter(|other| other.kind == Kind::Field) {
            if other.column() <= column && page.name(other).is_some_and(|other| other == name) {
                return true;
            }
            if !other.dashes.is_empty() && other.column() <= column {
                return false;
            }
            column = column.min(other.column());
        }
        false
    };
    beside(&mut before.into_iter()) || beside(&mut after.into_iter())
}

/// How many lines away a field of the same item is looked for.
const NEIGHBOURS: usize = 12;

/// Returns where a text has a colon that a blank or nothing follows.
fn colon_in(value: &str) -> Option<usize> {
    let ends = |at: usize| value[at + 1..].chars().next().is_none_or(is_blank);
    value.char_indices().find(|(at, c)| *c == ':' && ends(*at)).map(|(at, _)| at)
}

/// Returns the fields and items with a value.
fn valued<'p>(page: &'p Page<'_>) -> impl Iterator<Item = (usize, &'p Line)> {
    page.fields()
        .filter(|(_, line)| (line.key.is_some() || !line.dashes.is_empty()) && !line.value.is_empty())
}

fn signs(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let hits = valued(page).filter_map(|(number, line)| {
        let value = page.at(&line.value);
        let sign = value.chars().next()?;
        let rest = &value[sign.len_utf8()..];
        let is_text = match sign {
            '*' => {
                rest.chars().next().is_none_or(|c| c == '*')
                    || rest.contains(is_blank)
                    || rest.contains(is_wide)
            }
            '&' | '!' => rest.chars().next().is_none_or(|c| is_wide(c) || is_blank(c)),
            '%' | '@' | '`' => true,
            '[' => rest.find(']').is_some_and(|end| goes_on(&rest[end + 1..])),
            '{' => rest.find('}').is_some_and(|end| goes_on(&rest[end + 1..])),
            '|' | '>' => !is_block_mark(value),
            '-' | '?' => rest.starts_with(is_blank) && line.key.is_some(),
            ',' | ']' | '}' => true,
            _ => false,
        };
        is_text.then(|| {
            let at = line.value.start..line.value.start + sign.len_utf8();
            let gap = rest.len() - rest.trim_start_matches(is_blank).len();
            if sign == '|' && gap > 0 {
                return Hit::new(
                    at.clone(),
                    text!(
                        "“{sign}”后面同一行不能写文字：它的意思是文字从下一行写起",
                        "no text can follow `{sign}` in its line: it says that the text starts in the next one"
                    ),
                    text!("删去“{sign}”", "delete the `{sign}`"),
                )
                .change(at.start..at.end + gap, "")
                .certain();
            }
            let hit = Hit::new(
                at,
                text!("文字不能以“{sign}”开头", "a text cannot begin with `{sign}`"),
                text!("给整段文字加引号", "put the whole text in quotes"),
            );
            quote(page, number, line, hit)
        })
    });
    hits.collect()
}

/// Tells whether text follows a closing bracket.
fn goes_on(rest: &str) -> bool {
    rest.trim_matches(is_blank).chars().next().is_some_and(|c| !matches!(c, ']' | '}' | ',' | '#'))
}

fn colons(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let hits = valued(page).filter_map(|(number, line)| {
        let value = page.at(&line.value);
        if value.starts_with(['"', '\'', '[', '{', '|', '>', '*', '&', '!', '%', '@', '`']) {
            return None;
        }
        let at = line.value.start + colon_in(value)?;
        let hit = Hit::new(
            at..at + 1,
            text!(
                "文字里有英文冒号加空格，会被当成字段",
                "the text has a colon and a space, which make it a field"
            ),
            text!("给整段文字加引号，或改成中文冒号“：”", "put the whole text in quotes"),
        );
        Some(quote(page, number, line, hit))
    });
    hits.collect()
}

/// Puts the whole value in quotation marks.
fn quote(page: &Page<'_>, number: usize, line: &Line, hit: Hit) -> Hit {
    let end = page.value_end(number);
    let value = &page.text[line.value.start..end];
    let mark = if value.contains(['"', '\\']) { "'" } else { "\"" };
    let mut hit = hit.change(line.value.start..line.value.start, mark).change(end..end, mark);
    if mark == "'" {
        let inner = value.match_indices('\'').map(|(at, _)| line.value.start + at);
        hit.changes.extend(inner.map(|at| (at..at + 1, "''".to_owned())));
        // A mark at the very start would be changed twice.
        hit.changes.retain(|(range, new)| !(range.start == line.value.start && new == "''"));
    }
    hit.certain()
}
