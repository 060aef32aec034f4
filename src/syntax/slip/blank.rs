//! Blanks that are no spaces: tabs, full-width and no-break spaces before a line and after a colon.

use super::{Hit, Slip};
use crate::diagnostic::Message;
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page, is_blank};
use crate::text;

pub(super) const INDENT: Slip = Slip { code: &codes::ODD_BLANK, always: false, find: indents };
pub(super) const AFTER_COLON: Slip = Slip { code: &codes::ODD_BLANK, always: false, find: gaps };

fn name(blank: char) -> Message {
    match blank {
        '\t' => text!("Tab", "a tab"),
        '\u{3000}' => text!("全角空格", "a full-width space"),
        '\u{a0}' => text!("不换行空格", "a no-break space"),
        _ => text!("特殊的空格", "a special blank"),
    }
}

/// Finds lines that are indented with something else than spaces, and works out how far in they belong.
fn indents(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut columns: Vec<(usize, bool)> = Vec::new();
    let mut below_odd = 0;
    for (number, line) in page.lines.iter().enumerate() {
        let lead = &page.text[line.start..line.first];
        let Some(odd) = lead.chars().find(|c| *c != ' ').filter(|_| line.kind != Kind::Blank) else {
            if line.kind == Kind::Field {
                below_odd = 0;
                open(&mut columns, line, line.indent());
            }
            continue;
        };
        let (target, sure) = if line.kind == Kind::Field {
            place(page, number, lead, &columns)
        } else {
            (width(lead, 2, 2).max(columns.last().map_or(0, |(column, _)| column + 2)), true)
        };
        let at = line.start + lead.find(odd).unwrap_or(0)..line.first;
        let Message { zh, en } = name(odd);
        let mut hit = Hit::new(
            at,
            text!(
                "行首用了{zh}，这里只能用半角空格",
                "{en} stands at the start of the line, where only spaces can stand"
            ),
            text!("换成 {target} 个半角空格", "replace it with {target} spaces"),
        );
        hit.help = text!(
            "把行首换成半角空格，与同一层的字段左对齐",
            "replace it with spaces, in line with the fields of the same level"
        );
        let mut hit = hit.change(line.start..line.first, " ".repeat(target));
        hit.certain = sure;
        // The lines of one text were indented together.
        hit.silent = line.kind == Kind::Inside && below_odd > 0;
        below_odd += 1;
        hits.push(hit);
        if line.kind == Kind::Field {
            open(&mut columns, line, target);
        }
    }
    hits
}

/// Takes in the columns that a line opens.
fn open(columns: &mut Vec<(usize, bool)>, line: &Line, indent: usize) {
    let inside = line.column() - line.indent() + indent;
    columns.retain(|(column, _)| *column < indent || (*column == indent && line.dashes.is_empty()));
    if !line.dashes.is_empty() {
        columns.retain(|(column, dash)| *column < indent || *dash);
        columns.push((indent, true));
    }
    if line.key.is_some() {
        columns.retain(|(column, dash)| *column < inside || *dash);
        columns.push((inside, false));
        if line.value.is_empty() {
            columns.push((inside + 2, false));
        }
    }
}

/// Works out how many spaces are meant, and whether that is sure.
fn place(page: &Page<'_>, number: usize, lead: &str, columns: &[(usize, bool)]) -> (usize, bool) {
    let line = &page.lines[number];
    let is_item = !line.dashes.is_empty();
    let fits = |wanted: usize| {
        columns
            .iter()
            .any(|(column, dash)| *column == wanted && (*dash == is_item || (is_item && opens(page, number))))
    };
    let below = page.lines[number + 1..].iter().find(|below| below.kind == Kind::Field);
    let even = below.filter(|below| {
        page.text[below.start..below.first].bytes().all(|b| b == b' ')
            && below.dashes.is_empty() != is_item
            && below.indent() > 0
    });
    let widths = [(2, 2), (4, 2), (2, 1), (8, 2), (4, 1)].map(|(tab, wide)| width(lead, tab, wide));
    if let Some(found) = widths.into_iter().find(|wanted| fits(*wanted)) {
        return (found, true);
    }
    if let Some(below) = even.filter(|below| widths.iter().any(|w| w.abs_diff(below.indent()) <= 2)) {
        return (below.indent(), true);
    }
    let nearest = columns
        .iter()
        .filter(|(_, dash)| *dash == is_item)
        .map(|(column, _)| *column)
        .min_by_key(|column| column.abs_diff(widths[0]));
    (nearest.unwrap_or(widths[0]), false)
}

/// Tells whether the field above is empty, so that a list can start here.
fn opens(page: &Page<'_>, number: usize) -> bool {
    let above = page.lines[..number].iter().rev().find(|line| line.kind == Kind::Field);
    above.is_some_and(|above| above.key.is_some() && above.value.is_empty())
}

fn width(lead: &str, tab: usize, wide: usize) -> usize {
    lead.chars()
        .map(|c| match c {
            '\t' => tab,
            '\u{3000}' => wide,
            _ => 1,
        })
        .sum()
}

/// Finds blanks after a colon or a dash that YAML takes for text.
fn gaps(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (_, line) in page.fields() {
        let after_dash = line.dashes.iter().map(|dash| dash + 1);
        let after_colon = line.key.as_ref().map(|_| line.colon.end);
        for start in after_dash.chain(after_colon) {
            let gap = &page.text[start..line.end];
            let gap = &gap[..gap.len() - gap.trim_start_matches(is_blank).len()];
            let Some(odd) = gap.chars().find(|c| !matches!(c, ' ' | '\t')) else { continue };
            let Message { zh, en } = name(odd);
            let end = start + gap.len();
            hits.push(
                Hit::new(
                    start..end,
                    text!("这里是{zh}，要用半角空格", "{en} stands here, where a plain space belongs"),
                    text!("换成一个半角空格", "replace it with one plain space"),
                )
                .change(start..end, if end == line.end { "" } else { " " })
                .certain(),
            );
        }
    }
    hits
}
