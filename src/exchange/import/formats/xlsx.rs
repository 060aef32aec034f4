//! `.xlsx` by calamine, and what other workbooks share with it: cells as they are shown, merges filled, what Excel has bent pointed out.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Style, Xlsx};

use super::read_by_library;
use super::sheet_xml::{Aside, asides, text_boxes};
use crate::diagnostic::Message;
use crate::import::archive::Archive;
use crate::import::grid::{Cell, Grid, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, Within, letters};
use crate::import::note::{Notes, remark, shown, warning, whole_file};
use crate::import::{LISTS_SHEET, refusal};
use crate::text;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Sheets that are looked at.
pub(super) const MOST_SHEETS: usize = 60;

/// Tells whether packed bytes are a workbook.
pub(super) fn fits(bytes: &[u8]) -> bool {
    Archive::open(bytes).is_ok_and(|archive| archive.has("xl/workbook.xml"))
}

/// Reads every sheet that holds something.
pub(super) fn read(bytes: &[u8], notes: &mut Notes) -> Result<Vec<Grid>, Message> {
    let mut archive = Archive::open(bytes)?;
    archive.check(".xml")?;
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| refusal::damaged())?;
    let asides = Archive::open(bytes).map(|mut archive| asides(&mut archive)).unwrap_or_default();
    let sheets: Vec<Sheet> = book.sheets_metadata().to_vec();
    let mut grids = Vec::new();
    let mut left = Left::default();
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).take(MOST_SHEETS) {
        if sheet.visible != SheetVisible::Visible {
            notes.extend(hidden_sheet(&sheet.name));
            continue;
        }
        let aside = asides.get(&sheet.name).cloned().unwrap_or_default();
        grids.extend(read_sheet(&mut book, &sheet.name, &aside, &mut left, notes)?);
    }
    notes.extend(Archive::open(bytes).ok().and_then(|mut archive| boxes_note(&mut archive)));
    Ok(grids)
}

/// What may still be read out of one workbook.
pub(super) struct Left {
    /// Bytes of text.
    pub text: usize,
    /// Cells, empty ones and those of merges included.
    pub cells: usize,
}

impl Default for Left {
    fn default() -> Self {
        Self { text: MOST_TEXT, cells: MOST_CELLS }
    }
}

/// Cells of all sheets.
pub(super) const MOST_CELLS: usize = 1_000_000;

/// Says that a sheet was not read because nobody sees it. The lists to choose from of our own workbook are no news.
pub(super) fn hidden_sheet(name: &str) -> Option<crate::import::Note> {
    let grid = Grid {
        within: Within::Sheet(name.to_owned()),
        numbers: Vec::new(),
        rows: Vec::new(),
        before: Vec::new(),
    };
    let help = text!("要导入它，先在 Excel 里取消隐藏", "to import it, unhide it in Excel first");
    let what = text!("隐藏的工作表，没有读", "a hidden sheet was not read");
    (name != LISTS_SHEET).then(|| remark(grid.whole(), what, help))
}

/// Says that text boxes were not read.
fn boxes_note(archive: &mut Archive<'_>) -> Option<crate::import::Note> {
    let count = text_boxes(archive);
    let help = text!("清单的文字在文本框里的，先移到格子里", "move text of the list out of them into cells");
    let what = text!("有 {count} 个文本框，里面的文字没有读", "{count} text boxes were not read");
    (count > 0).then(|| warning(whole_file(), what, help))
}

/// A cell as its file has it.
pub(super) struct Raw {
    pub text: Arc<str>,
    pub bent: Option<Bent>,
}

/// What Excel has made of a text.
#[derive(Clone, Debug)]
pub(super) enum Bent {
    /// A date.
    Date,
    /// Digits lost in `1.2E+17`.
    Digits,
    /// The number of a day.
    Serial,
    /// An error such as `#REF!`.
    Error,
    /// Text that is struck out.
    StruckOut,
}

fn read_sheet(
    book: &mut Book<'_>,
    name: &str,
    aside: &Aside,
    left: &mut Left,
    notes: &mut Notes,
) -> Result<Option<Grid>, Message> {
    // A row with a number that is too long ends calamine in a panic.
    let found = read_by_library(|| cells(book, name, &mut left.text))??;
    let merges = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    grid_of(name, found, (&merges, aside), left, notes)
}

/// Lays the cells of a sheet out, and says what is to be said of them. `None` if it is empty.
pub(super) fn grid_of(
    name: &str,
    (mut cells, far): Cells,
    (merges, aside): (&[Dimensions], &Aside),
    left: &mut Left,
    notes: &mut Notes,
) -> Result<Option<Grid>, Message> {
    let struck = leave_out_struck(&mut cells, aside);
    let Some(last) = cells.keys().map(|(row, _)| *row).max() else { return Ok(None) };
    let width = cells.keys().map(|(_, column)| *column).max().map_or(0, |last| last + 1);
    left.cells = left.cells.checked_sub((last + 1) * width).ok_or_else(refusal::swollen)?;
    let mut rows: Vec<Vec<Cell>> = (0..=last)
        .map(|row| (0..width).map(|column| cell(&cells, (row, column), (row, column))).collect())
        .collect();
    for merge in merges {
        fill(&mut rows, merge, &mut left.cells)?;
    }
    let (within, numbers) = (Within::Sheet(name.to_owned()), (1..=last + 1).collect());
    let grid = Grid { within, numbers, rows, before: Vec::new() };
    notes.extend(struck.iter().map(|(at, text)| struck_note(&grid, *at, text)));
    for (at, raw) in &cells {
        notes.extend(raw.bent.as_ref().and_then(|bent| bent_note(&grid, *at, &raw.text, bent)));
    }
    notes.extend(hidden_notes(&grid, aside));
    notes.extend(far.map(|(row, column)| far_note(&grid, row, column)));
    Ok(Some(grid))
}

/// Leaves out what is struck out: it holds no longer, but says so only to the eye. Returns it with its places.
fn leave_out_struck(
    cells: &mut BTreeMap<(usize, usize), Raw>,
    aside: &Aside,
) -> Vec<((usize, usize), Arc<str>)> {
    let mut struck = Vec::new();
    for (at, raw) in cells.iter_mut() {
        if matches!(raw.bent, Some(Bent::StruckOut)) {
            struck.push((*at, std::mem::take(&mut raw.text)));
            raw.bent = None;
        } else if let Some((kept, gone)) = aside.struck.get(&format!("{}{}", letters(at.1), at.0 + 1)) {
            raw.text = kept.as_str().into();
            struck.push((*at, gone.as_str().into()));
        }
    }
    struck
}

fn struck_note(grid: &Grid, at: (usize, usize), text: &str) -> crate::import::Note {
    let words = shown(text);
    warning(
        grid.cell_at(at.0, at.1),
        text!("“{words}”加了删除线，没有读", "“{words}” is struck out and was not read"),
        text!("仍然有效的，先在原表去掉删除线", "take the line off in the table where the text holds"),
    )
}

/// Says that something stands far away from the list.
fn far_note(grid: &Grid, row: usize, column: usize) -> crate::import::Note {
    warning(
        grid.cell_at(row, column),
        text!("离清单太远，没有读", "is too far from the list and was not read"),
        text!(
            "用不着的，在 Excel 里删去这些行和列",
            "delete these rows and columns in Excel if nobody needs them"
        ),
    )
}

/// Cells that may stand too far away to be of the list; a sheet with more is no list.
const MOST_FAR: usize = 100;

/// The cells of a sheet that hold something, by row and column, and the first that stands too far away.
pub(super) type Cells = (BTreeMap<(usize, usize), Raw>, Option<(usize, usize)>);

/// Returns the cells of a sheet that hold something.
fn cells(book: &mut Book<'_>, name: &str, text_left: &mut usize) -> Result<Cells, Message> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|_| refusal::damaged())?;
    let styles: Vec<Style> = reader.styles().to_vec();
    let (mut cells, mut far) = (BTreeMap::new(), Vec::new());
    while let Some(found) = reader.next_cell_with_style_id().map_err(|_| refusal::damaged())? {
        let (cell, style) = found;
        let style = styles.get(style);
        let Some(raw) = raw(cell.get_value(), style) else { continue };
        let (row, column) = cell.get_position();
        let at = (usize::try_from(row).unwrap_or(usize::MAX), usize::try_from(column).unwrap_or(usize::MAX));
        *text_left = text_left.checked_sub(raw.text.len()).ok_or_else(refusal::swollen)?;
        if at.0 < MOST_ROWS && at.1 < MOST_COLUMNS {
            cells.insert(at, raw);
        } else if far.len() < MOST_FAR {
            far.push(at);
        } else {
            return Err(refusal::swollen());
        }
    }
    Ok((cells, far.first().copied()))
}

fn cell(cells: &BTreeMap<(usize, usize), Raw>, at: (usize, usize), of: (usize, usize)) -> Cell {
    Cell { text: cells.get(&at).map(|raw| raw.text.clone()).unwrap_or_default(), of }
}

/// Puts the text of a merge into every cell of it that is on the sheet.
fn fill(rows: &mut [Vec<Cell>], merge: &Dimensions, left: &mut usize) -> Result<(), Message> {
    let index = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let (top, first_column) = (index(merge.start.0), index(merge.start.1));
    let Some(first) = rows.get(top).and_then(|row| row.get(first_column)).cloned() else { return Ok(()) };
    for row in rows.iter_mut().take(index(merge.end.0).saturating_add(1)).skip(top) {
        for cell in row.iter_mut().take(index(merge.end.1).saturating_add(1)).skip(first_column) {
            *left = left.checked_sub(1).ok_or_else(refusal::swollen)?;
            // Merges that lie over each other are a broken file; the first one counts, and each cell is filled once.
            if cell.text.is_empty() {
                *cell = first.clone();
            }
        }
    }
    Ok(())
}

/// Returns what a cell shows. `None` if nothing.
pub(super) fn raw(value: &DataRef<'_>, style: Option<&Style>) -> Option<Raw> {
    let struck = style.and_then(|style| style.font.as_ref()).is_some_and(calamine::Font::has_strikethrough);
    let text = |text: &str| Raw { text: text.into(), bent: None };
    let mut raw = match value {
        DataRef::Empty => return None,
        DataRef::String(value) | DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::Int(number) => number_shown(number.to_string(), None),
        DataRef::Float(number) => float(*number, style),
        DataRef::Bool(truth) => text(if *truth { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(date) => Raw { text: day(date, format_code(style)).into(), bent: Some(Bent::Date) },
        DataRef::Error(error) => Raw { text: error.to_string().into(), bent: Some(Bent::Error) },
    };
    if struck {
        raw.bent = Some(Bent::StruckOut);
    }
    (!raw.text.trim().is_empty()).then_some(raw)
}

/// Numbers beyond this one have lost digits.
const EXACT: f64 = 99_999_999_999.0;

fn float(number: f64, style: Option<&Style>) -> Raw {
    if format_code(style).contains('%') {
        // 0.07 × 100 is 7.000000000000001.
        let percent = (number * 1e10).round() / 1e8;
        return Raw { text: format!("{percent}%").into(), bent: None };
    }
    let bent = (number.abs() > EXACT).then_some(Bent::Digits);
    let shown = if bent.is_some() { format!("{number:.5E}").replace('E', "E+") } else { number.to_string() };
    number_shown(shown, bent)
}

fn number_shown(text: String, bent: Option<Bent>) -> Raw {
    // 43530 is what Excel keeps of 2019-03-06.
    let is_serial =
        text.len() == 5 && text.parse::<u32>().is_ok_and(|number| (36_000..=60_000).contains(&number));
    Raw { text: text.into(), bent: bent.or(is_serial.then_some(Bent::Serial)) }
}

fn format_code(style: Option<&Style>) -> &str {
    style.and_then(|style| style.number_format.as_ref()).map_or("", |format| format.format_code.as_str())
}

/// Returns a day as Chinese Excel shows it; one that was typed as `3-6` has no year.
fn day(date: &ExcelDateTime, format: &str) -> String {
    let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
    match (date.is_duration(), hour, minute) {
        (false, 0, 0) if format.contains(['y', 'Y']) => format!("{year}年{month}月{day}日"),
        (false, 0, 0) => format!("{month}月{day}日"),
        _ => format!("{hour}:{minute:02}"),
    }
}

fn bent_note(grid: &Grid, at: (usize, usize), text: &str, bent: &Bent) -> Option<crate::import::Note> {
    let place = grid.cell_at(at.0, at.1);
    let words = shown(text);
    let (what, help) = match bent {
        Bent::Date => (
            text!(
                "Excel 把这一格变成了日期（{words}），原来写的可能是“3-6”这样的范围",
                "Excel has turned this cell into a date ({words}); it may have been a range such as 3-6"
            ),
            text!(
                "对照原件改回来；在 Excel 里先把格式设为“文本”再填",
                "compare it with the original; in Excel, format the cell as text before typing"
            ),
        ),
        Bent::Digits => (
            text!(
                "Excel 把长数字变短了，后面几位已经丢失",
                "Excel has shortened a long number; its last digits are lost"
            ),
            text!(
                "从原件重新填，先把格式设为“文本”",
                "type it again from the original, with the cell formatted as text"
            ),
        ),
        Bent::Serial => (
            text!(
                "“{words}”可能是 Excel 用数字记的日期",
                "“{words}” may be a date that Excel keeps as a number"
            ),
            text!("对照原件核对", "compare it with the original"),
        ),
        // It was taken out and named already.
        Bent::StruckOut => return None,
        Bent::Error => (
            text!("公式出错，只有“{words}”", "a formula has failed: “{words}”"),
            text!("在 Excel 里改好，或者直接填文字", "mend it in Excel, or type the text"),
        ),
    };
    Some(warning(place, what, help))
}

/// Says what was read although nobody sees it, and that formulas were not worked out again.
fn hidden_notes(grid: &Grid, aside: &Aside) -> Notes {
    let is_filled = |row: usize, column: usize| {
        grid.rows.get(row).and_then(|cells| cells.get(column)).is_some_and(|cell| !cell.is_blank())
    };
    let rows: Vec<String> = aside
        .hidden_rows
        .iter()
        .filter(|row| (0..grid.width()).any(|column| is_filled(**row, column)))
        .map(|row| (row + 1).to_string())
        .collect();
    let columns: Vec<String> = aside
        .hidden_columns
        .iter()
        .filter(|column| (0..grid.rows.len()).any(|row| is_filled(row, **column)))
        .map(|column| crate::import::grid::letters(*column))
        .collect();
    let formulas: Vec<&str> = aside.formulas.iter().map(String::as_str).take(5).collect();
    let mut notes = Notes::new();
    let few = |names: &[String]| names.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
    let help = || text!("不该有的，先在原表删去", "delete in the table what should not be there");
    if !rows.is_empty() {
        let names = few(&rows);
        let what = text!("隐藏的行（{names}）也读了", "hidden rows ({names}) were read as well");
        notes.push(warning(grid.whole(), what, help()));
    }
    if !columns.is_empty() {
        let names = few(&columns);
        let what = text!("隐藏的列（{names}）也读了", "hidden columns ({names}) were read as well");
        notes.push(warning(grid.whole(), what, help()));
    }
    if !formulas.is_empty() {
        let (names, count) = (formulas.join(", "), aside.formulas.len());
        let what = text!(
            "有 {count} 格是公式（{names}），用的是文件里存的结果",
            "{count} cells are formulas ({names}); the results stored in the file were taken"
        );
        notes.push(remark(grid.whole(), what, text!("核对这几格的文字", "check the texts of these cells")));
    }
    notes
}
