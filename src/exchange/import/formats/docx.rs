//! `.docx` by its XML: tables with their merges, as the text stands once all changes are accepted.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::docx_notes::Met;
use super::numbering::Numbering;
use crate::diagnostic::Message;
use crate::import::archive::Archive;
use crate::import::columns::Columns;
use crate::import::grid::{Cell, Grid, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, Within};
use crate::import::headings::Headings;
use crate::import::note::Notes;
use crate::import::refusal;
use crate::import::xml::{attribute, entity, number};

/// Tells whether packed bytes are a document.
pub(super) fn fits(bytes: &[u8]) -> bool {
    Archive::open(bytes).is_ok_and(|archive| archive.has("word/document.xml"))
}

/// Reads every table.
pub(super) fn read(bytes: &[u8], notes: &mut Notes) -> Result<Vec<Grid>, Message> {
    let mut archive = Archive::open(bytes)?;
    let document = archive.part("word/document.xml")?.ok_or_else(refusal::damaged)?;
    let numbering = archive.part("word/numbering.xml")?.unwrap_or_default();
    let styles = archive.part("word/styles.xml")?.unwrap_or_default();
    let xml = String::from_utf8_lossy(&document);
    let numbering = Numbering::read(&String::from_utf8_lossy(&numbering), &String::from_utf8_lossy(&styles));
    let mut pages = Pages { numbering, ..Pages::default() };
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader.read_event().map_err(|_| refusal::damaged())? {
            Event::Start(e) => pages.open(&e, false)?,
            Event::Empty(e) => {
                pages.open(&e, true)?;
                pages.close(e.local_name().as_ref());
            }
            Event::End(e) => pages.close(e.local_name().as_ref()),
            Event::Text(text) => pages.words(&text.xml10_content())?,
            Event::CData(text) => pages.words(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                if let Some(c) = entity(&reference) {
                    pages.words(c.encode_utf8(&mut [0; 4]))?;
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    notes.extend(pages.met.notes());
    Ok(pages.grids)
}

/// Elements whose content is not part of the text.
const LEFT_OUT: &[&str] = &[
    // Old texts and old properties of tracked changes.
    "del",
    "moveFrom",
    "rPrChange",
    "pPrChange",
    "tcPrChange",
    "trPrChange",
    "tblPrChange",
    "sectPrChange",
    "tblGridChange",
    "numberingChange",
    // A second form of the same for old programs; codes of fields; reading aids above characters.
    "Fallback",
    "instrText",
    "rt",
];

/// One row on its way: where its next cell starts, and its cells with the columns they span.
#[derive(Clone, Debug, Default)]
struct Row {
    cells: Vec<(usize, OpenCell)>,
    next: usize,
    is_deleted: bool,
}

#[derive(Clone, Debug, Default)]
struct OpenCell {
    text: String,
    span: usize,
    continues: bool,
    is_deleted: bool,
}

/// A table on its way.
#[derive(Clone, Debug, Default)]
struct OpenTable {
    rows: Vec<Row>,
    row: Option<Row>,
    cell: Option<OpenCell>,
    /// Whether a list lies inside one of its cells, so that it only lays out the page.
    holds_list: bool,
}

/// Tables inside each other; no page has more.
const MOST_NESTED: usize = 20;

/// The document as far as it was read.
#[derive(Default)]
struct Pages {
    numbering: Numbering,
    grids: Vec<Grid>,
    met: Met,
    /// The tables that are open inside each other, the innermost last.
    tables: Vec<OpenTable>,
    /// Elements open inside one whose content is left out, that one included.
    left_out: usize,
    /// What was open around each text box that is open.
    around: Vec<Around>,
    /// The paragraph outside of tables, and those before it since the last table.
    paragraph: String,
    before: Vec<String>,
    is_text: bool,
    in_cell_properties: bool,
    in_row_properties: bool,
    in_paragraph_properties: bool,
    run: Run,
    /// The list and level of the paragraph.
    list: (String, usize),
    /// Its style.
    style: String,
    /// Whether the mark at the end of the paragraph is deleted, so that the next goes on with it.
    joins_next: bool,
    text_size: usize,
}

/// What is open around a text box: its text stands by itself.
#[derive(Debug, Default)]
struct Around {
    tables: Vec<OpenTable>,
    paragraph: String,
    run: Run,
    list: (String, usize),
    style: String,
    /// Tables that were read before the box.
    grids: usize,
}

/// How the open run looks.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    hidden: bool,
    struck: bool,
}

impl Pages {
    fn open(&mut self, e: &BytesStart<'_>, is_empty: bool) -> Result<(), Message> {
        let name = e.local_name();
        let name = name.as_ref();
        if self.left_out > 0 {
            self.left_out += 1;
            return Ok(());
        }
        if LEFT_OUT.contains(&name) {
            self.mark_deleted(name);
            if !(is_empty && name == "del") {
                self.met.changes += usize::from(matches!(name, "del" | "moveFrom"));
            }
            self.left_out = 1;
            return Ok(());
        }
        if name == "txbxContent" {
            return self.open_box();
        }
        self.met.changes += usize::from(matches!(name, "ins" | "moveTo") && !is_empty);
        match name {
            "tbl" if self.tables.len() == MOST_NESTED => return Err(refusal::swollen()),
            "tbl" => self.tables.push(OpenTable::default()),
            "tr" => {
                let table = self.tables.last_mut();
                table.into_iter().for_each(|table| table.row = Some(Row::default()));
            }
            "tc" => {
                let (table, cell) = (self.tables.last_mut(), OpenCell { span: 1, ..OpenCell::default() });
                table.into_iter().for_each(|table| table.cell = Some(cell.clone()));
            }
            "tcPr" => self.in_cell_properties = !self.tables.is_empty(),
            "trPr" => self.in_row_properties = !self.tables.is_empty(),
            "pPr" => self.in_paragraph_properties = true,
            "p" => {
                (self.list, self.joins_next, self.run) = ((String::new(), 0), false, Run::default());
                self.style.clear();
            }
            "r" => self.run = Run::default(),
            "t" => self.is_text = true,
            _ => return self.property(name, e),
        }
        Ok(())
    }

    /// Begins a text box. A list may stand in it, so that it is read as if nothing were around it.
    fn open_box(&mut self) -> Result<(), Message> {
        if self.around.len() == MOST_NESTED {
            return Err(refusal::swollen());
        }
        self.around.push(Around {
            tables: std::mem::take(&mut self.tables),
            paragraph: std::mem::take(&mut self.paragraph),
            run: std::mem::take(&mut self.run),
            list: std::mem::take(&mut self.list),
            style: std::mem::take(&mut self.style),
            grids: self.grids.len(),
        });
        Ok(())
    }

    /// Ends a text box. What stands in one without a table is no part of the list.
    fn close_box(&mut self) {
        let Some(around) = self.around.pop() else { return };
        self.met.boxes += usize::from(self.grids.len() == around.grids);
        (self.tables, self.paragraph, self.run) = (around.tables, around.paragraph, around.run);
        (self.list, self.style) = (around.list, around.style);
        self.is_text = false;
    }

    /// Takes in the elements that say how something is or stand for characters.
    fn property(&mut self, name: &str, e: &BytesStart<'_>) -> Result<(), Message> {
        let value = || attribute(e, "val").unwrap_or_default();
        let is_on = || !matches!(value().as_str(), "0" | "false" | "off" | "none");
        match name {
            "gridBefore" if self.in_row_properties => {
                if let Some(row) = self.tables.last_mut().and_then(|table| table.row.as_mut()) {
                    row.next = number(e, "val").unwrap_or(0).min(MOST_COLUMNS);
                }
            }
            "gridSpan" | "vMerge" | "cellDel" if self.in_cell_properties => {
                let Some(cell) = self.cell() else { return Ok(()) };
                match name {
                    "gridSpan" => cell.span = number(e, "val").unwrap_or(1).clamp(1, MOST_COLUMNS),
                    "vMerge" => cell.continues = value() != "restart",
                    _ => cell.is_deleted = true,
                }
            }
            "ilvl" if self.in_paragraph_properties => self.list.1 = number(e, "val").unwrap_or(0),
            "numId" if self.in_paragraph_properties => self.list.0 = value(),
            "pStyle" if self.in_paragraph_properties => self.style = value(),
            "vanish" if !self.in_paragraph_properties => self.run.hidden = is_on(),
            "strike" | "dstrike" if !self.in_paragraph_properties => self.run.struck = is_on(),
            "br" | "cr" if !self.in_paragraph_properties => return self.put("\n"),
            "tab" if !self.in_paragraph_properties => return self.put(" "),
            "noBreakHyphen" => return self.put("-"),
            "footnoteReference" | "endnoteReference" => self.met.footnotes += 1,
            _ => {}
        }
        Ok(())
    }

    /// Notes what a deletion without content deletes: a row, a mark at the end of a paragraph.
    fn mark_deleted(&mut self, name: &str) {
        if name != "del" {
            return;
        }
        if self.in_row_properties {
            let row = self.tables.last_mut().and_then(|table| table.row.as_mut());
            row.into_iter().for_each(|row| row.is_deleted = true);
            self.met.changes += 1;
        } else if self.in_paragraph_properties {
            self.joins_next = true;
            self.met.changes += 1;
        }
    }

    /// Returns the cell that is open.
    fn cell(&mut self) -> Option<&mut OpenCell> {
        self.tables.last_mut()?.cell.as_mut()
    }

    fn close(&mut self, name: &str) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        match name {
            "t" => self.is_text = false,
            "txbxContent" => self.close_box(),
            "tcPr" => self.in_cell_properties = false,
            "trPr" => self.in_row_properties = false,
            "pPr" => self.close_paragraph_properties(),
            "p" => self.close_paragraph(),
            "tc" => self.close_cell(),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.extend(table.row.take().filter(|row| !row.is_deleted));
                }
            }
            "tbl" => {
                let table = self.tables.pop();
                table.into_iter().for_each(|table| self.close_table(table));
            }
            _ => {}
        }
    }

    fn close_paragraph_properties(&mut self) {
        self.in_paragraph_properties = false;
        let before = self.numbering.next(&self.list.0, self.list.1, &self.style);
        if !before.is_empty() {
            self.met.numbered += usize::from(!self.tables.is_empty());
            // The budget for text is far larger than a number.
            let _ = self.put(&before);
        }
    }

    fn close_paragraph(&mut self) {
        if self.joins_next {
            return;
        }
        if let Some(cell) = self.cell() {
            cell.text.push('\n');
        } else if self.tables.is_empty() {
            let paragraph = std::mem::take(&mut self.paragraph);
            if !paragraph.trim().is_empty() {
                self.before.push(paragraph);
            }
        }
    }

    fn close_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let cell = table.cell.take().filter(|cell| !cell.is_deleted);
        if let (Some(row), Some(cell)) = (&mut table.row, cell) {
            let at = row.next;
            row.next = (at + cell.span).min(MOST_COLUMNS);
            row.cells.push((at, cell));
        }
    }

    fn words(&mut self, text: &str) -> Result<(), Message> {
        if self.is_text && self.left_out == 0 { self.put(text) } else { Ok(()) }
    }

    fn put(&mut self, text: &str) -> Result<(), Message> {
        if self.run.hidden {
            self.met.hidden += 1;
            return Ok(());
        }
        // What is struck out holds no longer, but says so only to the eye.
        if self.run.struck && !self.tables.is_empty() {
            if !text.trim().is_empty() {
                self.met.struck.push(text.to_owned());
            }
            return Ok(());
        }
        self.text_size += text.len();
        if self.text_size > MOST_TEXT {
            return Err(refusal::swollen());
        }
        match self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            Some(cell) => cell.text.push_str(text),
            None => self.paragraph.push_str(text),
        }
        Ok(())
    }

    /// Takes in a table that is read to its end. One inside a cell is a list by itself, or else text of that cell.
    fn close_table(&mut self, table: OpenTable) {
        let rows = laid(table.rows);
        let is_list = || rows.iter().any(|row| Columns::of(row, &Headings::default()).is_some());
        let is_nested = !self.tables.is_empty();
        if rows.is_empty() || (table.holds_list || is_nested) && !is_list() {
            return self.add_to_cell(&rows);
        }
        let mut before = std::mem::take(&mut self.before);
        for outer in &mut self.tables {
            outer.holds_list = true;
            let row =
                outer.rows.iter().chain(&outer.row).flat_map(|row| row.cells.iter().map(|(_, cell)| cell));
            let texts = row.chain(&outer.cell).flat_map(|cell| cell.text.lines());
            before.extend(texts.filter(|line| !line.trim().is_empty()).map(str::to_owned));
        }
        let within = Within::Document(self.grids.len() + 1);
        self.grids.push(Grid { within, numbers: (1..=rows.len()).collect(), rows, before });
    }

    /// Adds the texts of a table inside a cell to that cell.
    fn add_to_cell(&mut self, rows: &[Vec<Cell>]) {
        self.met.nested += usize::from(self.tables.len() == 1 && !rows.is_empty());
        let Some(cell) = self.cell() else { return };
        for (at, row) in rows.iter().enumerate() {
            let own = row.iter().enumerate().filter(|(column, own)| own.of == (at, *column));
            own.for_each(|(_, own)| cell.text.extend([own.text.as_ref(), "\n"]));
        }
    }
}

/// Lays the rows of a table out on its grid.
fn laid(rows: Vec<Row>) -> Vec<Vec<Cell>> {
    let width = rows.iter().map(|row| row.next).max().unwrap_or(0);
    let mut laid: Vec<Vec<Cell>> = Vec::new();
    for row in rows.into_iter().take(if width == 0 { 0 } else { MOST_ROWS }) {
        let at = laid.len();
        let mut line: Vec<Cell> =
            (0..width).map(|column| Cell { of: (at, column), ..Cell::default() }).collect();
        for (from, open) in row.cells {
            let above = laid.last().and_then(|above| above.get(from)).filter(|_| open.continues).cloned();
            let own = || Cell { text: open.text.trim_matches(['\n', ' ']).into(), of: (at, from) };
            let cell = above.unwrap_or_else(own);
            line.iter_mut().skip(from).take(open.span).for_each(|place| *place = cell.clone());
        }
        laid.push(line);
    }
    laid
}
