//! A file that breaks off: its last line is half a field.

use super::{Hit, Recovery};
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page};
use crate::syntax::yaml::LOST_MARK;
use crate::text;

pub(super) const BARE: Recovery = Recovery { code: &codes::INCOMPLETE_FILE, always: false, find };

/// Looked for by itself, where much is missing at the end: every field and item around the last line may lack something.
pub(super) const SUDDEN: Recovery = Recovery { code: &codes::INCOMPLETE_FILE, always: false, find: sudden };

fn sudden(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let last = page.lines.iter().rposition(|line| line.kind == Kind::Field);
    let Some(number) = last.filter(|last| page.lines[*last].indent() > 0 && !page.text.ends_with('\n'))
    else {
        return Vec::new();
    };
    vec![broken_off(page, number)]
}

fn find(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let Some(number) = page.lines.iter().rposition(|line| line.kind != Kind::Blank) else {
        return Vec::new();
    };
    let line = &page.lines[number];
    let ends = !page.text.ends_with('\n');
    let is_half = match &line.key {
        _ if line.kind != Kind::Field => false,
        None if line.dashes.is_empty() => is_word(page, line) && is_deep(page, number),
        None => ends && line.value.is_empty(),
        Some(_) => ends && line.value.is_empty(),
    };
    if !is_half || number == 0 {
        return Vec::new();
    }
    vec![broken_off(page, number)]
}

fn broken_off(page: &Page<'_>, number: usize) -> Hit {
    let line = &page.lines[number];
    let hit = Hit::new(
        line.first..line.end,
        text!("文件写到这里就断了，可能不完整", "the file breaks off here and may be incomplete"),
        text!("从原来的文件重新复制一份", "copy the file again from where it came from"),
    );
    hit.change(line.start..page.text.len(), lost_levels(page, number))
}

/// Tells whether a line is one short word, as the beginning of a name is.
fn is_word(page: &Page<'_>, line: &Line) -> bool {
    let word = page.at(&line.value);
    !word.is_empty()
        && word.chars().count() <= 20
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

/// Tells whether a line stands where fields stand, not where the text above would go on.
fn is_deep(page: &Page<'_>, number: usize) -> bool {
    let line = &page.lines[number];
    let mut above = page.lines[..number].iter().rev().filter(|line| line.kind == Kind::Field);
    above.next().is_some_and(|above| above.value.is_empty() || above.column() >= line.indent())
}

/// Returns lines that mark every map and list around line `number` as lacking something, the innermost first.
pub(super) fn lost_levels(page: &Page<'_>, number: usize) -> String {
    let mut column = page.lines[number].column() + 1;
    let mut marks = String::new();
    let mut mark = |place: usize, dash: &str, column: &mut usize| {
        if place < *column {
            *column = place;
            marks.push_str(&format!(
                "{}{dash}{LOST_MARK}{}\n",
                " ".repeat(place),
                if dash.is_empty() { ":" } else { "" }
            ));
        }
    };
    for line in page.lines[..=number].iter().rev().filter(|line| line.kind == Kind::Field) {
        if line.key.is_some() || line.dashes.is_empty() {
            mark(line.column(), "", &mut column);
        }
        for dash in line.dashes.iter().rev() {
            mark(dash - line.start, "- ", &mut column);
        }
        if column == 0 {
            break;
        }
    }
    marks
}
