//! What the rows below the heads of a list are, and what columns without heads hold.

use super::columns::{Column, Columns};
use super::grid::{Cell, Grid, one_line};
use super::headings::Headings;

/// What a row below the heads is.
pub(super) enum RowKind {
    /// Nothing stands in it.
    Blank,
    /// The heads again.
    Head,
    /// The name of an area over the services that follow.
    Section(String),
    /// A note.
    Remark(String),
    /// A service, or more of one.
    Content,
}

/// How rows of notes start.
const REMARKS: &[&str] = &["附注", "填表说明", "合计", "总计"];

/// Words before a colon with which they start as well.
const LABELS: &[&str] = &[
    "注",
    "备注",
    "说明",
    "联系人",
    "联系电话",
    "咨询电话",
    "填报人",
    "填表人",
    "制表人",
    "审核人",
    "填报单位",
    "填报日期",
    "填表日期",
];

/// Tells whether a text starts as rows of notes do.
fn is_remark(words: &str) -> bool {
    let label = words.split_once(['：', ':']).map(|(label, _)| label.trim());
    REMARKS.iter().any(|start| words.starts_with(start)) || label.is_some_and(|label| LABELS.contains(&label))
}

/// Returns what a row is.
pub(super) fn row_kind(row: &[Cell], columns: &Columns, headings: &Headings) -> RowKind {
    let filled: Vec<&Cell> = row.iter().filter(|cell| !cell.is_blank()).collect();
    let Some(first) = filled.first() else { return RowKind::Blank };
    if Columns::of(row, headings).is_some() || filled.iter().all(|cell| headings.column(&cell.text).is_some())
    {
        return RowKind::Head;
    }
    let words = one_line(&first.text);
    let has = |column: Column| columns.at(column).is_some_and(|at| !row[at].is_blank());
    let is_alone = filled.iter().all(|cell| cell.of == first.of);
    if is_remark(&words) && (is_alone || !(has(Column::Number) && has(Column::Content))) {
        return RowKind::Remark(words);
    }
    let across = is_alone && filled.len() > 2;
    // A line over the whole table names an area; a long one is a note.
    match (is_alone && (across || !has(Column::Content)), words.chars().count()) {
        (true, 0..=16) if across || columns.at(Column::Area).is_none_or(|at| row[at].is_blank()) => {
            RowKind::Section(words)
        }
        (true, _) if across => RowKind::Remark(words),
        _ => RowKind::Content,
    }
}

/// Finds the columns without headings that the official table has on its left: the number, and the area.
pub(super) fn find_unlabelled(grid: &Grid, from: usize, columns: &mut Columns) {
    let labelled = [Column::Title, Column::Audience, Column::Content];
    let first = labelled.iter().filter_map(|column| columns.at(*column)).min().unwrap_or(0);
    let texts = |at: usize| {
        let texts: Vec<&str> =
            grid.rows[from..].iter().map(|row| row[at].text.trim()).filter(|text| !text.is_empty()).collect();
        texts
    };
    let candidates: Vec<usize> = columns.unknown().filter(|at| *at < first).collect();
    for at in candidates {
        let texts = texts(at);
        let numbers = texts.iter().filter(|text| number(text).is_some()).count();
        if numbers * 2 > texts.len() {
            columns.set(at, Column::Number);
        } else if !texts.is_empty() {
            columns.set(at, Column::Area);
        }
    }
}

/// Takes a column headed as that of ids for the numbers if they are digits.
pub(super) fn number_in_digits(grid: &Grid, from: usize, columns: &mut Columns, headings: &Headings) {
    let Some(at) = columns.at(Column::Id) else { return };
    let mut texts = grid.rows[from..]
        .iter()
        .map(|row| row[at].text.trim())
        .filter(|text| !text.is_empty() && headings.column(text).is_none())
        .peekable();
    let is_number = |text: &str| text.chars().all(|c| c.is_numeric() || c.is_ascii_punctuation());
    if texts.peek().is_some() && texts.all(is_number) {
        columns.change(at, Column::Number);
    }
}

/// Reads the number of a service: `3`, `3.`, `（3）`, `3、`.
pub(super) fn number(text: &str) -> Option<u32> {
    let digits = text.trim().trim_matches(['(', ')', '（', '）', '.', '．', '、', ' ']);
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    let plain: String = digits
        .chars()
        .map(|c| {
            if ('０'..='９').contains(&c) { char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c) } else { c }
        })
        .collect();
    (plain.len() < 5).then(|| plain.parse().ok()).flatten()
}
