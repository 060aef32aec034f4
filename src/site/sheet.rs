//! A blank form as a table of cells, and as lines to read.
//!
//! A row of the table is as wide as 24 narrow columns. Its fields share what room there is; a label that spans rows keeps
//! its room at the left of the rows below.

use serde::Serialize;

use crate::View;
use crate::catalogue::{BoxPlace, Form, FormCell, FormSection};
use crate::common::DisplayText;
use crate::lang::Localized;

/// How many narrow columns a row is wide.
const WIDTH: usize = 24;
/// How many the names of parts take at the left.
const TITLE: usize = 2;
/// The most lines of room in a field.
const MOST_LINES: u32 = 8;

/// A text as it is printed, with what it means for a reader of another language.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PrintedText {
    /// As it is printed.
    official: DisplayText,
    /// In the language of the page, where that is another.
    said: Option<DisplayText>,
}

/// A part of a form.
#[derive(Debug, Serialize)]
pub(crate) struct SheetSection {
    title: Option<PrintedText>,
    rows: Vec<Vec<SheetCell>>,
    lines: Vec<SheetLine>,
}

/// A cell of the table.
#[derive(Debug, Serialize)]
struct SheetCell {
    /// `label` or `field`.
    kind: &'static str,
    columns: usize,
    rows: usize,
    text: Option<PrintedText>,
    options: Vec<PrintedText>,
    /// Whether boxes stand before their words.
    before: bool,
    /// How many lines of room there are.
    room: u32,
}

/// What is asked, in one line.
#[derive(Debug, Serialize)]
struct SheetLine {
    /// What names several lines.
    over: Option<DisplayText>,
    label: Option<DisplayText>,
    options: Vec<DisplayText>,
    format: Option<DisplayText>,
}

impl SheetLine {
    /// Tells whether two lines ask the same in the same words.
    fn is_same(&self, other: &Self) -> bool {
        let words = |line: &Self| {
            let all = line.over.iter().chain(&line.label).chain(&line.options).chain(&line.format);
            all.map(|text| text.text.clone()).collect::<Vec<_>>()
        };
        words(self) == words(other)
    }
}

/// Returns how many narrow columns the table has; `beside` if the names of parts stand at the left.
pub(crate) fn columns(beside: bool) -> usize {
    if beside { WIDTH + TITLE } else { WIDTH }
}

/// Returns a text as it is printed.
pub(crate) fn printed(view: &View<'_>, text: &Localized) -> PrintedText {
    let official = view.official(&text.reference().value);
    let own = text.get(&view.page.lang.code).filter(|_| official.lang.is_some());
    let said = own.map(|own| view.said(&view.page.lang.code, &own.value));
    PrintedText { official, said: said.filter(|said| said.text != text.reference().value) }
}

/// Returns the parts of a form.
pub(crate) fn sections(view: &View<'_>, form: &Form, beside: bool) -> Vec<SheetSection> {
    let section = |section: &FormSection| {
        let has_title = beside && section.title.is_some();
        SheetSection {
            title: section.title.as_ref().map(|title| printed(view, title)),
            rows: rows(view, form, section, columns(beside) - if has_title { TITLE } else { 0 }),
            lines: lines(view, section),
        }
    };
    form.sections.iter().map(section).collect()
}

fn rows(view: &View<'_>, form: &Form, section: &FormSection, width: usize) -> Vec<Vec<SheetCell>> {
    let spans = laid_out(&section.rows, width);
    let before = |cell: &FormCell| cell.boxes.or(form.boxes) == Some(BoxPlace::Before);
    let row = |(cells, spans): (&Vec<FormCell>, Vec<CellSpan>)| {
        let mut row = Vec::new();
        for (cell, span) in cells.iter().zip(spans) {
            if let Some(label) = &cell.label {
                row.push(SheetCell {
                    kind: "label",
                    columns: span.label,
                    rows: span.rows,
                    text: Some(printed(view, label)),
                    options: Vec::new(),
                    before: false,
                    room: 0,
                });
            }
            if span.field > 0 {
                row.push(SheetCell {
                    kind: "field",
                    columns: span.field,
                    rows: 1,
                    text: cell.format.as_ref().map(|format| printed(view, format)),
                    options: cell.options.iter().map(|option| printed(view, option)).collect(),
                    before: before(cell),
                    room: cell.lines.unwrap_or(1).clamp(1, MOST_LINES),
                });
            }
        }
        row
    };
    section.rows.iter().zip(spans).map(row).collect()
}

/// How much room a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CellSpan {
    /// Columns of its label; 0 if it has none.
    label: usize,
    /// Columns of the room to write; 0 if there is none.
    field: usize,
    /// Rows of its label.
    rows: usize,
}

/// Shares the room of each row among its fields.
fn laid_out(rows: &[Vec<FormCell>], width: usize) -> Vec<Vec<CellSpan>> {
    // Labels from above at the left of a row: columns, and how many rows they still take.
    let mut kept: Vec<(usize, usize)> = Vec::new();
    let mut all = Vec::with_capacity(rows.len());
    for (at, cells) in rows.iter().enumerate() {
        let taken: usize = kept.iter().map(|(columns, _)| columns).sum();
        let left = rows.len() - at;
        let row = one_row(cells, width.saturating_sub(taken), taken == 0, left);
        kept.iter_mut().for_each(|(_, more)| *more -= 1);
        kept.retain(|(_, more)| *more > 0);
        kept.extend(row.iter().filter(|span| span.rows > 1).map(|span| (span.label, span.rows - 1)));
        all.push(row);
    }
    all
}

fn one_row(cells: &[FormCell], width: usize, is_whole: bool, rows_left: usize) -> Vec<CellSpan> {
    let headings = cells.iter().filter(|cell| cell.heading).count();
    let fields = cells.len() - headings;
    let heading = if fields == 0 { width / headings.max(1) } else { label_of(width / (fields + 1)) };
    let room = width.saturating_sub(heading * headings);
    let (each, rest) = (room / fields.max(1), room % fields.max(1));
    let mut spans = Vec::with_capacity(cells.len());
    // Only what stands at the left edge can go on below: what follows in the row would be in its way.
    let mut at_edge = is_whole;
    for (at, cell) in cells.iter().enumerate() {
        let is_last = at + 1 == cells.len();
        let columns = each + if is_last && !cell.heading { rest } else { 0 };
        let label = match (&cell.label, cell.heading) {
            (None, _) => 0,
            (Some(_), true) => heading,
            (Some(_), false) => label_of(each).min(columns.saturating_sub(1)),
        };
        let wanted = usize::try_from(cell.rows.unwrap_or(1)).unwrap_or(1).clamp(1, rows_left);
        let rows = if at_edge && label > 0 { wanted } else { 1 };
        at_edge &= cell.heading && rows > 1;
        spans.push(CellSpan { label, field: if cell.heading { 0 } else { columns - label }, rows });
    }
    spans
}

/// Returns how much of a field its label takes.
fn label_of(columns: usize) -> usize {
    match columns {
        25.. => 6,
        10.. => 4,
        6.. => 3,
        _ => 2,
    }
}

/// Returns what a part asks, to be read.
fn lines(view: &View<'_>, section: &FormSection) -> Vec<SheetLine> {
    let mut lines: Vec<SheetLine> = Vec::new();
    // What names the rows beside it, and for how many rows it still does.
    let mut over: Option<(DisplayText, usize)> = None;
    for row in &section.rows {
        for cell in row {
            let label = view.say_some(cell.label.as_ref());
            if cell.heading {
                let rows = usize::try_from(cell.rows.unwrap_or(1)).unwrap_or(1);
                over = label.map(|label| (label, rows));
                continue;
            }
            let options: Vec<DisplayText> = cell.options.iter().map(|option| view.say(option)).collect();
            match (lines.last_mut(), label) {
                (Some(last), None) => last.options.extend(options),
                (_, label) => {
                    let over = over.as_ref().map(|(name, _)| name.clone());
                    let line =
                        SheetLine { over, label, options, format: view.say_some(cell.format.as_ref()) };
                    // The same is asked of father and mother side by side.
                    if lines.iter().all(|known| !known.is_same(&line)) {
                        lines.push(line);
                    }
                }
            }
        }
        over = over.and_then(|(name, rows)| Some((name, rows.checked_sub(1)?))).filter(|(_, rows)| *rows > 0);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::LangCode;
    use crate::schema::Declared;
    use crate::schema::Fields;
    use crate::span::FileId;
    use crate::syntax::yaml;

    /// Reads rows as a form has them, and returns the columns and rows of each label and field.
    fn spans(text: &str, width: usize) -> Vec<Vec<(usize, usize, usize)>> {
        let node = yaml::parse(FileId(0), text, &mut crate::diagnostic::Findings::new()).expect("it is YAML");
        let reference = LangCode::new("zh");
        let section = FormSection::decode(Fields::new(&node, &reference)).expect("it has rows");
        let laid = laid_out(&section.rows, width);
        laid.iter().map(|row| row.iter().map(|span| (span.label, span.field, span.rows)).collect()).collect()
    }

    #[test]
    fn every_row_is_as_wide_as_the_table() {
        let text = "rows:\n- [{label: 姓名}, {label: 性别}]\n- [{label: 户籍地址}]\n\
                    - [{label: 监护情况, rows: 2, options: [较好]}]\n- [{options: [无人监护]}]\n\
                    - [{label: 公共卫生, heading: true, rows: 2}, {label: 健康管理, options: [未接受]}]\n\
                    - [{label: 中医药, options: [未接受]}]\n- [{label: 甲}, {label: 乙}, {label: 丙}]\n";
        assert_eq!(
            spans(text, 24),
            [
                vec![(4, 8, 1), (4, 8, 1)],
                vec![(4, 20, 1)],
                vec![(4, 20, 2)],
                vec![(0, 20, 1)],
                vec![(4, 0, 2), (4, 16, 1)],
                vec![(4, 16, 1)],
                vec![(3, 5, 1), (3, 5, 1), (3, 5, 1)],
            ]
        );
    }

    #[test]
    fn a_label_in_the_middle_of_a_row_keeps_to_it_and_none_goes_on_below_the_last() {
        let text = "rows:\n- [{label: 甲}, {label: 乙, rows: 3}]\n- [{label: 丙, rows: 5}]\n";
        assert_eq!(spans(text, 24), [vec![(4, 8, 1), (4, 8, 1)], vec![(4, 20, 1)]]);
    }
}
