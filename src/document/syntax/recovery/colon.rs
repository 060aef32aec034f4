//! The colon after the name of a field: full-width, another mark, without its space, or missing.

use super::{Hit, Recovery};
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, ODD_COLONS, Page, is_blank};
use crate::text;

pub(super) const ODD: Recovery = Recovery { code: &codes::FULL_WIDTH_MARK, always: false, find: odd };
pub(super) const UNSPACED: Recovery = Recovery { code: &codes::MISSING_MARK, always: false, find: unspaced };
pub(super) const MISSING: Recovery = Recovery { code: &codes::MISSING_MARK, always: false, find: missing };

fn odd(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let hits = page.fields().filter_map(|(_, line)| {
        let name = page.at(line.key.as_ref()?);
        let mark = page.at(&line.colon).chars().next().filter(|mark| ODD_COLONS.contains(mark))?;
        let hit = match mark {
            '：' => Hit::new(
                line.colon.clone(),
                text!("“{name}”后面是中文冒号“：”", "a full-width colon “：” stands after `{name}`"),
                text!("改成英文冒号“:”加一个空格", "replace it by a half-width colon and a space"),
            ),
            _ => Hit::new(
                line.colon.clone(),
                text!(
                    "“{name}”后面是“{mark}”，不是冒号",
                    "`{mark}` stands after `{name}` instead of a colon"
                ),
                text!(
                    "把“{mark}”改成英文冒号“:”加一个空格",
                    "replace `{mark}` by a half-width colon and a space"
                ),
            ),
        };
        Some(
            hit.change(
                line.key.as_ref()?.end..gap_end(page, line.colon.end, line.end),
                colon(page, line.colon.end, line.end),
            )
            .certain(),
        )
    });
    hits.collect()
}

/// Returns the end of the blanks after a colon.
fn gap_end(page: &Page<'_>, at: usize, end: usize) -> usize {
    end - page.text[at..end].trim_start_matches(is_blank).len()
}

/// Returns a colon, with a space if something follows.
fn colon(page: &Page<'_>, at: usize, end: usize) -> &'static str {
    if gap_end(page, at, end) == end { ":" } else { ": " }
}

fn unspaced(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let hits = page.fields().filter_map(|(_, line)| {
        let name = page.at(line.key.as_ref()?);
        let next = page.text[line.colon.end..line.end].chars().next()?;
        (!is_blank(next) && page.at(&line.colon) == ":").then(|| {
            Hit::new(
                line.colon.clone(),
                text!("“{name}”的冒号后面没有空格", "there is no space after the colon of `{name}`"),
                text!("在冒号后面加一个空格", "put a space after the colon"),
            )
            .change(line.colon.end..line.colon.end, " ")
            .certain()
        })
    });
    hits.collect()
}

fn missing(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let hits = page.fields().filter_map(|(number, line)| {
        if line.key.is_some() {
            return None;
        }
        let text = page.at(&line.value);
        let name = text.split(is_blank).next().filter(|word| page.words.contains(word))?;
        let rest = text[name.len()..].trim_start_matches(is_blank);
        if rest.is_empty() {
            let below = page.lines[number + 1..].iter().find(|below| below.kind == Kind::Field);
            let opens = below.is_some_and(|below| {
                below.indent() > line.indent()
                    || (below.indent() == line.indent() && !below.dashes.is_empty() && line.dashes.is_empty())
            });
            if !opens {
                return None;
            }
        } else if !has_neighbour(page, number) {
            return None;
        }
        let after = line.value.start + name.len();
        let at = line.value.start..after;
        let gap = after..line.value.end - rest.len();
        Some(
            Hit::new(
                at,
                text!("“{name}”后面缺少冒号", "there is no colon after `{name}`"),
                text!(
                    "在“{name}”后面加英文冒号和一个空格",
                    "put a half-width colon and a space after `{name}`"
                ),
            )
            .change(gap, if rest.is_empty() { ":" } else { ": " })
            .certain(),
        )
    });
    hits.collect()
}

/// Tells whether a field stands in the same column right above or below, so that this line is one as well.
fn has_neighbour(page: &Page<'_>, number: usize) -> bool {
    let line = &page.lines[number];
    let column = line.column();
    let same = |other: &crate::syntax::page::Line| other.key.is_some() && other.column() == column;
    let above = page.lines[..number].iter().rev().filter(|line| line.kind == Kind::Field).take(3);
    let below = page.lines[number + 1..].iter().filter(|line| line.kind == Kind::Field).take(3);
    above.chain(below).any(same)
}
