//! From the tables of a file to the services of one list, as written: heads found, merges read, pages joined.

mod numbers;
mod reading;
mod several;

use std::collections::BTreeMap;

use super::columns::{Column, Columns};
use super::grid::{Grid, Within, one_line};
use super::headings::Headings;
use super::note::{Notes, warning};
use super::refusal;
use super::told::{RowId, Told};
use crate::catalogue::Vocabulary;
use crate::diagnostic::Message;
use crate::text;
use reading::Reading;

/// One service as the table has it; texts on one line each, but for those whose line breaks divide.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// The table and its first row there, in words.
    pub at: Option<Message>,
    /// The texts by column; departments keep their line breaks.
    pub cells: BTreeMap<Column, String>,
    /// The rows of provisions, for the columns of the workbook to fill in.
    pub provisions: Vec<BTreeMap<Column, String>>,
    /// The same place for programs.
    pub id: RowId,
    /// All its rows in the table.
    pub rows: Vec<usize>,
}

impl Record {
    /// Returns the text of a column, empty if there is none.
    pub fn get(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", String::as_str)
    }
}

/// What was read of all tables.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    /// The services in their order.
    pub records: Vec<Record>,
    /// The title over the table.
    pub title: Option<String>,
    /// What the edition says besides its services, as YAML, from the workbook to fill in.
    pub rest: Option<String>,
    /// The address of the edition that the workbook was made of.
    pub made_of: Option<String>,
    /// Whether the table says of each service if it is taken over from the baseline.
    pub says_adoptions: bool,
    /// The tables that are the list, with what their columns are.
    pub tables: Vec<ReadTable>,
}

/// A table that is part of the list.
#[derive(Clone, Debug)]
pub(super) struct ReadTable {
    /// Which table of the file.
    pub table: usize,
    /// Its first row below the headings.
    pub from: usize,
    /// Which of its columns is which.
    pub columns: Columns,
}

/// Tells whether a column is one of a provision in which a person writes.
pub(super) fn is_of_provision(column: Column) -> bool {
    use Column::*;
    match column {
        Provision | Quote | Focus | Plain | Choice(_) | Conditions | Covers | MoreOfProvision => true,
        Area | Number | Title | Audience | Content | Standard | Expenditure | Departments | Lead
        | Support | Remark | Id | Adopts | MoreOfService | Shown | Age | Where | Bring | Steps | Fee
        | Time | Phone | Online | Basis | LeftOut => false,
    }
}

/// Reads the list out of the tables of a file, with what a person told of them.
///
/// # Errors
/// No table has the heads of the list.
pub(super) fn read(
    grids: &[Grid],
    words: &Vocabulary,
    told: &Told,
    notes: &mut Notes,
) -> Result<Read, Message> {
    let headings = Headings::new(words, told);
    let parts = parts(grids, &headings);
    if parts.is_empty() {
        return Err(refusal::no_heads(grids, &headings));
    }
    let whole = parts.first().map(|part| grids[part.table].whole());
    let mut reading = Reading::new(words, &headings, notes);
    for mut part in parts {
        let grid = &grids[part.table];
        if reading.read.title.is_none() {
            reading.read.title = title(grid, part.from);
        }
        let (before, notes_before) = (reading.read.records.len(), reading.notes.len());
        reading.read.says_adoptions |= part.columns.at(Column::Adopts).is_some();
        reading.part(grid, &mut part);
        reading.drop_copy(grid, before, notes_before);
        reading.read.tables.push(part);
    }
    let mut read = reading.read;
    numbers::in_titles(&mut read.records);
    numbers::count_on(&mut read.records, notes);
    say_twice(&read.records, notes);
    if let (true, Some(Message { zh, en })) = (read.records.is_empty(), whole) {
        return Err(text!("{zh}只有表头，没有内容", "{en} has heads and nothing below them"));
    }
    read.rest = info(grids, 0);
    read.made_of = info(grids, 1).filter(|address| !address.is_empty());
    bounded(read)
}

/// Services of a list; more are none.
const MOST_SERVICES: usize = 500;
/// Marks that divide the content of one cell, and those of all cells.
const MOST_MARKS: (usize, usize) = (200, 3000);
/// Marks that divide the departments of one cell.
const MOST_DEPARTMENTS: usize = 60;

/// Refuses what no list has and what would take long to compare.
fn bounded(read: Read) -> Result<Read, Message> {
    let count = read.records.len();
    if count > MOST_SERVICES {
        return Err(text!(
            "有 {count} 个服务项目，不像一份清单，没有读",
            "there are {count} services; that is no list, and it was not read"
        ));
    }
    let mut all = 0;
    for record in &read.records {
        let marks = |column: Column, marks: &[char]| record.get(column).matches(marks).count();
        let clauses = marks(Column::Content, &['，', ',', '；', ';', '。', '、']);
        let named = [Column::Departments, Column::Lead, Column::Support]
            .map(|column| marks(column, super::names::BETWEEN));
        all += clauses;
        if clauses > MOST_MARKS.0 || all > MOST_MARKS.1 || named.iter().any(|count| *count > MOST_DEPARTMENTS)
        {
            let Message { zh, en } = record.at.clone().unwrap_or_else(super::note::whole_file);
            return Err(text!(
                "{zh}的文字太多，不像清单里的一项，没有读。看看是不是几项连在了一格里",
                "the texts of {en} are far too long for one service, and nothing was read; see whether several stand in one cell"
            ));
        }
    }
    Ok(read)
}

/// Returns what the workbook to fill in keeps of the edition in a row of a sheet of its own.
fn info(grids: &[Grid], row: usize) -> Option<String> {
    let is_it = |grid: &&Grid| matches!(&grid.within, Within::Sheet(name) if name == super::INFO_SHEET);
    let row = grids.iter().find(is_it)?.rows.get(row)?;
    row.get(1).map(|cell| cell.text.trim().to_owned())
}

/// Returns the tables that are the list: sheets of a workbook, parts of a document.
fn parts(grids: &[Grid], headings: &Headings) -> Vec<ReadTable> {
    let mut found: Vec<ReadTable> = Vec::new();
    for (table, grid) in grids.iter().enumerate() {
        let head = (0..grid.rows.len()).find_map(|at| Some((at, Columns::of(&grid.rows[at], headings)?)));
        match head {
            Some((at, columns)) => found.push(ReadTable { table, from: at + 1, columns }),
            // A table that a page break has cut goes on without heads.
            None => {
                let before = found.last().filter(|part| part.columns.width() == grid.width());
                let is_document = matches!(grid.within, Within::Document(_));
                if let Some(part) = before.filter(|_| is_document) {
                    let columns = part.columns.clone();
                    found.push(ReadTable { table, from: 0, columns });
                }
            }
        }
    }
    found
}

/// Says which services stand twice.
fn say_twice(records: &[Record], notes: &mut Notes) {
    let mut seen: BTreeMap<&str, &Record> = BTreeMap::new();
    for record in records.iter().filter(|record| !record.get(Column::Title).is_empty()) {
        let title = record.get(Column::Title);
        let Some(first) = seen.get(title) else {
            seen.insert(title, record);
            continue;
        };
        let (Some(at), Some(before)) = (&record.at, &first.at) else { continue };
        let (zh, en) = (&before.zh, &before.en);
        notes.push(warning(
            at.clone(),
            text!("和{zh}是同名的项目，两项都读了", "names the same service as {en}; both were read"),
            text!(
                "重复的删去一项；旧的一张表，先删去或隐藏再导入",
                "delete one if it is a repetition; delete or hide a sheet of an older list and import again"
            ),
        ));
    }
}

/// Returns the title over a table: the last line above it that speaks of a list, or else the last.
fn title(grid: &Grid, head: usize) -> Option<String> {
    let above = grid.rows[..head.saturating_sub(1)]
        .iter()
        .filter_map(|row| row.iter().find(|cell| !cell.is_blank()).map(|cell| one_line(&cell.text)));
    let lines: Vec<String> = grid.before.iter().map(|line| one_line(line)).chain(above).collect();
    let with_list = lines.iter().rev().find(|line| line.contains("清单") && line.chars().count() < 80);
    with_list.or(lines.last()).cloned()
}
