//! A table as a file holds it: rows of texts with their places, merges filled.

use std::sync::Arc;

use crate::diagnostic::Message;
use crate::text;
use crate::visible::is_unseen;

/// The most rows a table may have.
pub(super) const MOST_ROWS: usize = 5000;
/// The most columns.
pub(super) const MOST_COLUMNS: usize = 100;
/// The most characters in one cell: as many as a cell of Excel holds.
pub(super) const MOST_IN_A_CELL: usize = 32_767;
/// The most characters in all its cells.
pub(super) const MOST_TEXT: usize = 4 << 20;

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// What it shows; line breaks and all.
    pub text: Arc<str>,
    /// The row and column whose text this is: its own, or that of the merge it is part of.
    pub of: (usize, usize),
}

impl Cell {
    /// Tells whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// What kind of thing a table is part of, for telling its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// A sheet of a workbook.
    Sheet(String),
    /// The nth table of a document.
    Document(usize),
    /// A file of lines.
    Lines,
}

/// A table. Rows are equally long.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// Where it is.
    pub within: Within,
    /// The number people know each row by, from 1.
    pub numbers: Vec<usize>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// The paragraphs that stand before it, in a document.
    pub before: Vec<String>,
}

impl Grid {
    /// Takes out the characters that nobody sees and no list may hold; tells whether there were any.
    pub fn drop_unseen(&mut self) -> bool {
        let seen = |text: &str| text.chars().filter(|c| !is_unseen(*c)).collect::<String>();
        let mut dropped = false;
        for cell in self.rows.iter_mut().flatten().filter(|cell| cell.text.contains(is_unseen)) {
            cell.text = seen(&cell.text).into();
            dropped = true;
        }
        for text in self.before.iter_mut().filter(|text| text.contains(is_unseen)) {
            *text = seen(text);
            dropped = true;
        }
        dropped
    }

    /// Says that a cell holds more than any cell of a list does, if one does: its row and column.
    pub fn too_long_a_cell(&self) -> Option<Message> {
        let is_long = |cell: &Cell| cell.text.chars().nth(MOST_IN_A_CELL).is_some();
        let rows = self.rows.iter().enumerate();
        let (row, column) =
            rows.filter_map(|(row, cells)| Some((row, cells.iter().position(is_long)?))).next()?;
        let Message { zh, en } = self.cell_at(row, column);
        Some(text!(
            "{zh}超过 {MOST_IN_A_CELL} 个字，不像清单的一格，没有读。看看是不是整篇文字粘进了一格",
            "{en} has more than {MOST_IN_A_CELL} characters, which no cell of a list has, and was not read; has a whole text been pasted into it?"
        ))
    }

    /// Returns the words for the table as a whole.
    pub fn whole(&self) -> Message {
        match &self.within {
            Within::Sheet(name) => {
                let name = super::note::shown(name);
                text!("工作表“{name}”", "sheet “{name}”")
            }
            Within::Document(number) => text!("第 {number} 张表", "table {number}"),
            Within::Lines => text!("表格", "the table"),
        }
    }

    /// Returns the words for a row.
    pub fn row_at(&self, row: usize) -> Message {
        let number = self.numbers.get(row).copied().unwrap_or(row + 1);
        let Message { zh, en } = self.whole();
        match &self.within {
            Within::Lines => text!("第 {number} 行", "line {number}"),
            Within::Sheet(_) | Within::Document(_) => text!("{zh}第 {number} 行", "{en}, row {number}"),
        }
    }

    /// Returns the words for a cell.
    pub fn cell_at(&self, row: usize, column: usize) -> Message {
        let number = self.numbers.get(row).copied().unwrap_or(row + 1);
        match &self.within {
            Within::Sheet(_) => {
                let Message { zh, en } = self.whole();
                let letters = letters(column);
                text!("{zh} {letters}{number}", "{en}, {letters}{number}")
            }
            Within::Document(_) | Within::Lines => {
                let (Message { zh, en }, column) = (self.row_at(row), column + 1);
                text!("{zh}第 {column} 格", "{en}, cell {column}")
            }
        }
    }

    /// Returns the number of columns.
    pub fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }
}

/// Returns the letters of a column: A, B … Z, AA.
pub(super) fn letters(column: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    match column / 26 {
        0 => letter(column).to_string(),
        more => letters(more - 1) + &letter(column).to_string(),
    }
}

/// Joins the lines of a cell as a Chinese reader expects, and drops the spaces around each.
pub(super) fn one_line(text: &str) -> String {
    let soft = |c: char| matches!(c, '\n' | '\r' | '\u{B}' | '\u{2028}' | '\u{2029}' | '\u{85}');
    crate::syntax::fold_lines(text.split(soft).filter(|line| !line.trim().is_empty()))
}
