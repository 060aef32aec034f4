//! Blanks that are no spaces: tabs, full-width and no-break spaces before a line and after a colon.

use super::{Hit, Recovery};
use crate::diagnostic::Message;
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page, is_blank};
use crate::text;

pub(super) const INDENT: Recovery = Recovery { code: &codes::ODD_BLANK, always: false, find: indents };
pub(super) const AFTER_COLON: Recovery = Recovery { code: &codes::ODD_BLANK, always: false, find: gaps };

fn name(blank: char) -> Message {
    match blank {
        '\t' => text!("Tab", "a tab"),
        '\u{3000}' => text!("全角空格", "a full-width space"),
        '\u{a0}' => text!("不换行空格", "a no-break space"),
        _ => text!("特殊的空格", "a special blank"),
    }
}

/// A column in which lines stand, and the name of the last field there.
struct Column {
    at: usize,
    is_item: bool,
    name: String,
    /// Whether the field of that name is empty, so that these are the lines it may be filled with.
    is_below: bool,
}

/// Finds lines that are indented with something else than spaces, and works out how far in they belong.
fn indents(page: &Page<'_>, form: &Form) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut columns: Vec<Column> = Vec::new();
    let mut moved = false;
    let mut last = 0;
    for (number, line) in page.lines.iter().enumerate() {
        let lead = &page.text[line.start..line.first];
        let odd = lead.chars().find(|c| *c != ' ').filter(|_| line.kind != Kind::Blank);
        let Some(odd) = odd else {
            if line.kind == Kind::Field {
                moved = false;
                open(&mut columns, page, line, line.indent());
            }
            continue;
        };
        let (target, sure) = match line.kind {
            Kind::Field => place(page, line, lead, &columns, form),
            Kind::Inside | Kind::Comment | Kind::Blank => {
                (width(lead, 2, 2).max(columns.last().map_or(0, |column| column.at + 2)), true)
            }
        };
        let Message { zh, en } = name(odd);
        let mut hit = Hit::new(
            line.start + lead.find(odd).unwrap_or(0)..line.first,
            text!(
                "行首用了{zh}，这里只能用半角空格",
                "{en} stands at the start of the line, where only spaces can stand"
            ),
            text!(
                "把行首换成半角空格，与同一层的字段左对齐",
                "replace it with spaces, in line with the fields of the same level"
            ),
        )
        .change(line.start..line.first, " ".repeat(target));
        hit.certain = sure;
        // The lines of one text were indented together.
        hit.silent = line.kind == Kind::Inside && moved;
        moved = true;
        match hits.last_mut() {
            // Lines close to each other were indented together.
            Some(above) if number <= last + 2 && !hit.silent => {
                above.changes.append(&mut hit.changes);
                above.certain &= hit.certain;
            }
            _ => hits.push(hit),
        }
        last = number;
        if line.kind == Kind::Field {
            open(&mut columns, page, line, target);
        }
    }
    hits
}

/// Takes in the columns that a line opens.
fn open(columns: &mut Vec<Column>, page: &Page<'_>, line: &Line, indent: usize) {
    let inside = line.column() - line.indent() + indent;
    let name = page.name(line).unwrap_or_default();
    let is_item = !line.dashes.is_empty();
    columns.retain(|column| {
        column.at < indent
            || (column.at == indent && column.is_item == is_item)
            || (column.at == indent && is_item)
    });
    columns.retain(|column| !column.is_below);
    let mut put = |at: usize, is_item: bool, is_below: bool| {
        columns.retain(|column| column.at < at || column.is_item != is_item);
        columns.push(Column { at, is_item, name: name.clone(), is_below });
    };
    if is_item {
        put(indent, true, false);
    }
    if line.key.is_some() {
        put(inside, false, false);
        if line.value.is_empty() {
            columns.push(Column { at: inside + 2, is_item: false, name: name.clone(), is_below: true });
            columns.push(Column { at: inside + 2, is_item: true, name, is_below: true });
        }
    }
}

/// Works out how many spaces are meant, and whether that is sure: a column where the schema has such a field
/// beside or below the one that stands there.
fn place(page: &Page<'_>, line: &Line, lead: &str, columns: &[Column], form: &Form) -> (usize, bool) {
    let is_item = !line.dashes.is_empty();
    let own = page.name(line).unwrap_or_default();
    let fits = |column: &&Column| {
        column.is_item == is_item
            && match column.is_below {
                true => form.joins(&column.name, &own, is_item, true),
                false if own.is_empty() || column.name.is_empty() => own == column.name,
                false => form.joins(&column.name, &own, is_item, false),
            }
    };
    let fitting: Vec<usize> = columns.iter().rev().filter(fits).map(|column| column.at).collect();
    let widths = [(2, 2), (4, 2), (2, 1), (8, 2), (4, 1)].map(|(tab, wide)| width(lead, tab, wide));
    let by_width = widths.into_iter().find(|width| fitting.contains(width));
    match (by_width, fitting.first()) {
        (Some(column), _) => (column, true),
        (None, Some(column)) => (*column, true),
        (None, None) => (widths[0], false),
    }
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
