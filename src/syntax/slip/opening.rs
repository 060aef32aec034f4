//! Text that needs quotation marks: it begins with a sign of YAML, or has a colon and a space in it.

use super::{Hit, Slip};
use crate::syntax::codes;
use crate::syntax::fold::is_wide;
use crate::syntax::form::Form;
use crate::syntax::page::{Line, Page, is_blank, is_block_mark};
use crate::text;

pub(super) const SIGN: Slip = Slip { code: &codes::TEXT_NEEDS_QUOTES, always: false, find: signs };
pub(super) const COLON: Slip = Slip { code: &codes::TEXT_NEEDS_QUOTES, always: false, find: colons };

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
            '*' => rest.chars().next().is_none_or(|c| is_wide(c) || c == '*') || rest.contains(is_blank),
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
        let at = value
            .char_indices()
            .find(|(at, c)| *c == ':' && value[at + 1..].chars().next().is_none_or(is_blank))?
            .0;
        let at = line.value.start + at;
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
