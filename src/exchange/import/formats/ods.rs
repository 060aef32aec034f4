//! `.ods` by its XML: calamine gives no merges of it, and lays out whatever numbers of repeated cells a file names.

use std::collections::BTreeSet;

use calamine::Dimensions;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::sheet_xml::Aside;
use super::xlsx::{Bent, Cells, Left, MOST_SHEETS, Raw, grid_of, hidden_sheet};
use crate::diagnostic::Message;
use crate::import::archive::Archive;
use crate::import::grid::{Grid, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, letters};
use crate::import::note::Notes;
use crate::import::refusal;
use crate::import::xml::{attribute, entity, number};

/// Tells whether packed bytes are a workbook of this kind.
pub(super) fn fits(bytes: &[u8]) -> bool {
    Archive::open(bytes).is_ok_and(|mut archive| {
        let kind = archive.part("mimetype").ok().flatten().unwrap_or_default();
        kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet")
    })
}

/// Reads every sheet that holds something.
pub(super) fn read(bytes: &[u8], notes: &mut Notes) -> Result<Vec<Grid>, Message> {
    let mut archive = Archive::open(bytes)?;
    let content = archive.part("content.xml")?.ok_or_else(refusal::damaged)?;
    let xml = String::from_utf8_lossy(&content);
    let mut book = Book::default();
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader.read_event().map_err(|_| refusal::damaged())? {
            Event::Start(e) => book.open(&e)?,
            Event::Empty(e) => {
                book.open(&e)?;
                book.close(e.local_name().as_ref())?;
            }
            Event::End(e) => book.close(e.local_name().as_ref())?,
            Event::Text(text) => book.put(&text.xml10_content())?,
            Event::CData(text) => book.put(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                if let Some(c) = entity(&reference) {
                    book.put(c.encode_utf8(&mut [0; 4]))?;
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let (mut grids, mut left) = (Vec::new(), Left::default());
    for sheet in book.sheets.into_iter().take(MOST_SHEETS) {
        if sheet.is_hidden {
            notes.extend(hidden_sheet(&sheet.name));
            continue;
        }
        grids.extend(grid_of(&sheet.name, sheet.cells, (&sheet.merges, &sheet.aside), &mut left, notes)?);
    }
    Ok(grids)
}

/// Elements whose text is no part of a cell: remarks, shapes, and reading aids above characters.
const LEFT_OUT: &[&str] = &["annotation", "frame", "custom-shape", "shapes", "ruby-text", "tracked-changes"];

/// One sheet.
#[derive(Default)]
struct OdsSheet {
    name: String,
    is_hidden: bool,
    cells: Cells,
    merges: Vec<Dimensions>,
    aside: Aside,
}

/// A cell on its way.
#[derive(Debug, Default)]
struct OpenCell {
    text: String,
    /// What of it is struck out.
    struck: String,
    paragraphs: usize,
    columns: usize,
    is_struck: bool,
    is_date: bool,
}

/// The workbook as far as it was read.
#[derive(Default)]
struct Book {
    sheets: Vec<OdsSheet>,
    /// Styles that strike text out, and those of sheets that are hidden.
    struck: BTreeSet<String>,
    hidden: BTreeSet<String>,
    style: String,
    at: (usize, usize),
    /// How often the open row stands there.
    rows: usize,
    cell: Option<OpenCell>,
    in_text: usize,
    /// Open spans, and whether each is struck out.
    spans: Vec<bool>,
    left_out: usize,
    text_size: usize,
}

impl Book {
    fn open(&mut self, e: &BytesStart<'_>) -> Result<(), Message> {
        let name = e.local_name();
        let name = name.as_ref();
        if self.left_out > 0 || LEFT_OUT.contains(&name) {
            self.left_out += 1;
            return Ok(());
        }
        let style = |key: &str| attribute(e, key).unwrap_or_default();
        match name {
            "style" => self.style = style("name"),
            "text-properties" if !matches!(style("text-line-through-style").as_str(), "" | "none") => {
                self.struck.insert(self.style.clone());
            }
            "table-properties" if style("display") == "false" => {
                self.hidden.insert(self.style.clone());
            }
            "table" => {
                self.at = (0, 0);
                let is_hidden = self.hidden.contains(&style("style-name"));
                self.sheets.push(OdsSheet { name: style("name"), is_hidden, ..OdsSheet::default() });
            }
            "table-row" => {
                (self.at.1, self.rows) = (0, number(e, "number-rows-repeated").unwrap_or(1).max(1));
                let is_seen = matches!(style("visibility").as_str(), "" | "visible");
                if let Some(sheet) = self.sheets.last_mut().filter(|_| !is_seen && self.at.0 < MOST_ROWS) {
                    sheet.aside.hidden_rows.insert(self.at.0);
                }
            }
            "table-cell" | "covered-table-cell" => self.open_cell(e),
            "p" if self.cell.is_some() => {
                self.in_text += 1;
                self.begin_line()?;
            }
            "span" | "a" if self.cell.is_some() => {
                self.spans.push(self.struck.contains(&style("style-name")));
            }
            "line-break" => return self.put("\n"),
            "tab" => return self.put(" "),
            "s" => return self.put(&" ".repeat(number(e, "c").unwrap_or(1).min(100))),
            _ => {}
        }
        Ok(())
    }

    fn open_cell(&mut self, e: &BytesStart<'_>) {
        let style = attribute(e, "style-name").unwrap_or_default();
        self.cell = Some(OpenCell {
            columns: number(e, "number-columns-repeated").unwrap_or(1).max(1),
            is_struck: self.struck.contains(&style),
            is_date: attribute(e, "value-type").as_deref() == Some("date"),
            ..OpenCell::default()
        });
        let spanned = |key: &str| number(e, key).unwrap_or(1).clamp(1, MOST_ROWS);
        let (rows, columns) = (spanned("number-rows-spanned"), spanned("number-columns-spanned"));
        let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        if let Some(sheet) = self.sheets.last_mut().filter(|_| rows * columns > 1 && self.at.0 < MOST_ROWS) {
            let end = (self.at.0 + rows - 1, self.at.1 + columns - 1);
            let (start, end) = ((index(self.at.0), index(self.at.1)), (index(end.0), index(end.1)));
            sheet.merges.push(Dimensions { start, end });
        }
    }

    /// A further paragraph of a cell is a line of its own.
    fn begin_line(&mut self) -> Result<(), Message> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        cell.paragraphs += 1;
        if cell.paragraphs > 1 { self.put("\n") } else { Ok(()) }
    }

    fn put(&mut self, text: &str) -> Result<(), Message> {
        let Some(cell) = self.cell.as_mut().filter(|_| self.in_text > 0 && self.left_out == 0) else {
            return Ok(());
        };
        self.text_size += text.len();
        if self.text_size > MOST_TEXT {
            return Err(refusal::swollen());
        }
        let is_struck = cell.is_struck || self.spans.contains(&true);
        if is_struck { &mut cell.struck } else { &mut cell.text }.push_str(text);
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Message> {
        if self.left_out > 0 {
            self.left_out -= 1;
            return Ok(());
        }
        match name {
            "p" => self.in_text = self.in_text.saturating_sub(1),
            "span" | "a" => drop(self.spans.pop()),
            "table-cell" | "covered-table-cell" => return self.close_cell(),
            "table-row" => self.at.0 = self.at.0.saturating_add(self.rows),
            _ => {}
        }
        Ok(())
    }

    /// Puts a cell down as often as it is repeated, within the bounds of a table.
    fn close_cell(&mut self) -> Result<(), Message> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let (row, column) = self.at;
        self.at.1 = column.saturating_add(cell.columns);
        let Some(sheet) = self.sheets.last_mut() else { return Ok(()) };
        if cell.text.trim().is_empty() && cell.struck.trim().is_empty() {
            return Ok(());
        }
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            sheet.cells.1.get_or_insert((row, column));
            return Ok(());
        }
        let bent = if cell.is_struck { Some(Bent::StruckOut) } else { cell.is_date.then_some(Bent::Date) };
        let whole = if cell.is_struck { &cell.struck } else { &cell.text };
        let rows = row..row.saturating_add(self.rows).min(MOST_ROWS);
        let columns = column..column.saturating_add(cell.columns).min(MOST_COLUMNS);
        // A cell that is repeated counts each time.
        self.text_size += (rows.len() * columns.len()).saturating_mul(cell.text.len() + cell.struck.len());
        if self.text_size > MOST_TEXT {
            return Err(refusal::swollen());
        }
        for at in rows.flat_map(|row| columns.clone().map(move |column| (row, column))) {
            sheet.cells.0.insert(at, Raw { text: whole.as_str().into(), bent: bent.clone() });
            if !cell.is_struck && !cell.struck.trim().is_empty() {
                let parts = (cell.text.clone(), cell.struck.clone());
                sheet.aside.struck.insert(format!("{}{}", letters(at.1), at.0 + 1), parts);
            }
        }
        Ok(())
    }
}
