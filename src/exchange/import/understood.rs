//! What was understood of a table, for a person to look over beside it.

use super::columns::Column;
use super::grid::Grid;
use super::propose::{Answered, Proposal};
use super::table::{Read, Record};
use super::told::RowId;
use crate::catalogue::ColumnMeaning;
use crate::diagnostic::Message;
use crate::schema::Choices as _;

/// A table as its file shows it.
#[derive(Clone, Debug)]
pub struct ShownTable {
    /// What it is called: the name of a sheet, the number of a table.
    pub name: Message,
    /// Its columns; none of a table that is no part of the list.
    pub columns: Vec<ShownColumn>,
    /// The row of its headings, if one was found.
    pub head: Option<usize>,
    /// Its rows.
    pub rows: Vec<ShownRow>,
}

/// A column of a table, and what it is.
#[derive(Clone, Debug)]
pub struct ShownColumn {
    /// Its heading, as it stands.
    pub heading: String,
    /// What it is, if that can be chosen; none if nobody knows.
    pub means: Option<ColumnMeaning>,
    /// What else it is: a column of the workbook to fill in.
    pub is_fixed: bool,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct ShownRow {
    /// The number people know it by.
    pub number: usize,
    /// Its cells; those that are part of one further up or to the left are left out.
    pub cells: Vec<ShownCell>,
}

/// A cell, over as many rows and columns as it was merged.
#[derive(Clone, Debug)]
pub struct ShownCell {
    /// What it shows.
    pub text: String,
    /// Its column.
    pub at: usize,
    /// Over how many rows it stands.
    pub rows: usize,
    /// Over how many columns.
    pub columns: usize,
}

/// What was understood of one service.
#[derive(Clone, Debug)]
pub struct Understood {
    /// Where it stands.
    pub id: RowId,
    /// Its last row.
    pub last: usize,
    /// Its title.
    pub title: String,
    /// What its cells say, each with the heading it was read by.
    pub cells: Vec<(Message, String)>,
    /// The service of the baseline that it takes over unchanged.
    pub adopts: Option<String>,
    /// Its clauses, unless it takes them over.
    pub clauses: Vec<Clause>,
    /// Whether it stays out of the list.
    pub is_left_out: bool,
    /// Whether a person looked it over.
    pub is_checked: bool,
}

/// One clause of a service and what it may answer.
#[derive(Clone, Debug)]
pub struct Clause {
    /// What it is known by.
    pub key: String,
    /// Its words.
    pub quote: String,
    /// The member of an enumeration that is meant.
    pub focus: Option<String>,
    /// What it answers now.
    pub covers: Vec<String>,
    /// Whether the words are the same, or a person chose.
    pub is_sure: bool,
    /// The provisions of the baseline that it is most like, five at most.
    pub candidates: Vec<Candidate>,
}

/// A provision of the baseline that a clause may answer.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its address in the baseline.
    pub address: String,
    /// Its words.
    pub text: String,
    /// How alike they are, in hundredths.
    pub percent: u32,
}

impl Clause {
    pub(super) fn new(content: &str, proposal: &Proposal<'_>, candidates: Vec<Candidate>) -> Self {
        let quote = content[proposal.clause.clone()].to_owned();
        Self {
            key: key(&quote, proposal.focus.as_deref()),
            quote,
            focus: proposal.focus.clone(),
            covers: proposal.covers.iter().map(Answered::address).collect(),
            is_sure: proposal.covers.iter().all(|answer| answer.is_same) && !proposal.covers.is_empty(),
            candidates,
        }
    }
}

/// Returns what a clause is known by: its words, and the member of its enumeration that is meant.
pub(super) fn key(quote: &str, focus: Option<&str>) -> String {
    focus.map_or_else(|| quote.to_owned(), |focus| format!("{quote}\n{focus}"))
}

impl Understood {
    /// Returns what a row says; what it answers is not known yet.
    pub(super) fn new(record: &Record) -> Self {
        let cells = record.cells.iter().filter(|(column, _)| **column != Column::Title);
        let named = |column: Column| {
            let zh = column.heading();
            let meaning = ColumnMeaning::ALL.iter().find(|meaning| Column::from(**meaning) == column);
            let en = meaning.map_or(zh, |meaning| meaning.choice().value);
            Message { zh: zh.to_owned(), en: en.to_owned() }
        };
        Self {
            id: record.id,
            last: record.rows.iter().copied().max().unwrap_or(record.id.row),
            title: record.get(Column::Title).to_owned(),
            cells: cells.map(|(column, text)| (named(*column), text.clone())).collect(),
            adopts: None,
            clauses: Vec::new(),
            is_left_out: false,
            is_checked: false,
        }
    }
}

/// Returns the tables of a file as they look, and what is known of their columns.
pub(super) fn shown(grids: &[Grid], read: Option<&Read>) -> Vec<ShownTable> {
    let table = |(at, grid): (usize, &Grid)| {
        let part = read.and_then(|read| read.tables.iter().find(|part| part.table == at));
        let is_unread = read.is_none();
        let head = match part {
            Some(part) => part.from.checked_sub(1),
            None => is_unread.then(|| likely_head(grid)).flatten(),
        };
        let column = |place: usize| {
            let known = part.and_then(|part| part.columns.is(place));
            let below = head.and_then(|head| grid.rows.get(head)).and_then(|row| row.get(place));
            let heading = part.map_or_else(
                || below.map(|cell| cell.text.to_string()).unwrap_or_default(),
                |part| part.columns.heading(place).to_owned(),
            );
            let means = known.and_then(|known| {
                ColumnMeaning::ALL.iter().copied().find(|meaning| Column::from(*meaning) == known)
            });
            ShownColumn { heading, means, is_fixed: known.is_some() && means.is_none() }
        };
        let has_columns = part.is_some() || (is_unread && head.is_some());
        ShownTable {
            name: grid.whole(),
            columns: if has_columns { (0..grid.width()).map(column).collect() } else { Vec::new() },
            head,
            rows: (0..grid.rows.len()).map(|row| shown_row(grid, row)).collect(),
        }
    };
    grids.iter().enumerate().map(table).collect()
}

/// Returns the row that headings are likely to stand in: the first with three texts of its own.
fn likely_head(grid: &Grid) -> Option<usize> {
    let texts = |row: &Vec<super::grid::Cell>, at: usize| {
        row.iter().enumerate().filter(|(place, cell)| cell.of == (at, *place) && !cell.is_blank()).count()
    };
    grid.rows.iter().enumerate().position(|(at, row)| texts(row, at) >= 3)
}

fn shown_row(grid: &Grid, row: usize) -> ShownRow {
    let own = grid.rows[row].iter().enumerate().filter(|(column, cell)| cell.of == (row, *column));
    let cell = |(column, cell): (usize, &super::grid::Cell)| {
        let is_same = |row: &Vec<super::grid::Cell>, at: usize| row.get(at).is_some_and(|c| c.of == cell.of);
        let columns = (column..grid.width()).take_while(|at| is_same(&grid.rows[row], *at)).count();
        let rows = grid.rows[row..].iter().take_while(|row| is_same(row, column)).count();
        ShownCell { text: cell.text.to_string(), at: column, rows: rows.max(1), columns: columns.max(1) }
    };
    let number = grid.numbers.get(row).copied().unwrap_or(row + 1);
    ShownRow { number, cells: own.map(cell).collect() }
}
