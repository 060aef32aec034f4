//! CSV and XLSX as offices open them.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};

use crate::compare::Verdict;

/// Writes rows as CSV. A cell that a spreadsheet would take for a formula gets a leading apostrophe.
pub(super) fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    for row in rows {
        let safe = row.iter().map(|cell| {
            if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell.clone() }
        });
        writer.write_record(safe).expect("memory can be written");
    }
    writer.into_inner().expect("memory can be written")
}

/// The looks of cells.
pub(super) struct SheetLooks {
    pub head: Format,
    pub text: Format,
    pub title: Format,
}

impl SheetLooks {
    pub fn new() -> Self {
        let text = Format::new()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x00B8_B8B8));
        let head = text
            .clone()
            .set_bold()
            .set_background_color(Color::RGB(0x00E8_ECEA))
            .set_align(FormatAlign::Center);
        let title = Format::new().set_bold().set_font_size(14);
        Self { head, text, title }
    }

    /// Returns the look of a verdict: its colour goes with its sign, never alone.
    pub fn verdict(&self, verdict: Verdict) -> Format {
        let (ground, ink) = match verdict {
            Verdict::Exceeded => (0x00D9_EAD3, 0x001B_4332),
            Verdict::Met => (0x00FF_FFFF, 0x0033_3333),
            Verdict::NeedsReview => (0x00FF_F2CC, 0x005C_4300),
            Verdict::Misquoted => (0x00E4_DFEC, 0x0040_2A5C),
            Verdict::Weaker => (0x00FC_D5B4, 0x007A_2E00),
            Verdict::Missing => (0x00F4_B6B6, 0x0080_0000),
        };
        let look = self
            .text
            .clone()
            .set_background_color(Color::RGB(ground))
            .set_font_color(Color::RGB(ink))
            .set_align(FormatAlign::Center);
        if verdict.is_lower() { look.set_bold() } else { look }
    }
}

/// Returns an empty workbook whose bytes depend on nothing but its content.
pub(super) fn workbook(title: &str) -> Workbook {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2000, 1, 1).expect("a real day");
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&day));
    book
}

/// Returns the bytes of a workbook.
pub(super) fn bytes(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().expect("memory can be written")
}

/// Writes a table from `row` on: heads, then rows; freezes the heads and sets the widths.
pub(super) fn fill(
    sheet: &mut Worksheet,
    looks: &SheetLooks,
    heads: &[String],
    widths: &[f64],
    rows: &[Vec<String>],
) {
    for (at, head) in heads.iter().enumerate() {
        put(sheet, 0, at, head, &looks.head);
        let width = widths.get(at).copied().unwrap_or(14.0);
        sheet.set_column_width(column(at), width).expect("few columns");
    }
    for (line, row) in rows.iter().enumerate() {
        for (at, cell) in row.iter().enumerate() {
            put(sheet, line + 1, at, cell, &looks.text);
        }
    }
    sheet.set_freeze_panes(1, 0).expect("the first row is there");
    if !rows.is_empty() {
        let last = column(heads.len().saturating_sub(1));
        sheet.autofilter(0, 0, line(rows.len()), last).expect("the table is there");
    }
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_repeat_rows(0, 0)
        .expect("the first row is there");
}

/// Writes one cell.
pub(super) fn put(sheet: &mut Worksheet, row: usize, at: usize, text: &str, look: &Format) {
    // Longer than a cell can hold is longer than anybody reads there.
    let text: String = text.chars().take(32_000).collect();
    sheet.write_string_with_format(line(row), column(at), text, look).expect("the cell is on the sheet");
}

pub(super) fn line(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

pub(super) fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
