//! From the tables of a file to the services of one list, as written: heads found, merges read, pages joined.

use std::collections::BTreeMap;

use super::columns::{Column, Columns, choices};
use super::grid::{Cell, Grid, Within, one_line};
use super::note::{Notes, remark, shown, warning};
use super::refusal;
use super::rows::{RowKind, find_unlabelled, number_in_digits, row_kind};
use crate::catalogue::Vocabulary;
use crate::diagnostic::Message;
use crate::text;

/// One service as the table has it; texts on one line each, but for those whose line breaks divide.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// The table and its first row there, in words.
    pub at: Option<Message>,
    /// The texts by column; departments keep their line breaks.
    pub cells: BTreeMap<Column, String>,
    /// The rows of provisions, for the columns of the workbook to fill in.
    pub provisions: Vec<BTreeMap<Column, String>>,
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
}

/// Tells whether a column is one of a provision in which a person writes.
pub(super) fn is_of_provision(column: Column) -> bool {
    use Column::*;
    match column {
        Provision | Quote | Focus | Plain | Choice(_) | Conditions | Covers | MoreOfProvision => true,
        Area | Number | Title | Audience | Content | Standard | Expenditure | Departments | Lead
        | Support | Remark | Id | Adopts | MoreOfService | Shown => false,
    }
}

/// Reads the list out of the tables of a file.
///
/// # Errors
/// No table has the heads of the list.
pub(super) fn read(grids: &[Grid], words: &Vocabulary, notes: &mut Notes) -> Result<Read, Message> {
    let parts = parts(grids);
    if parts.is_empty() {
        return Err(refusal::no_heads(grids));
    }
    let mut reading = Reading { read: Read::default(), area: None, is_open: false, words, notes };
    for (grid, from, columns) in &parts {
        if reading.read.title.is_none() {
            reading.read.title = title(grid, *from);
        }
        let (before, notes_before) = (reading.read.records.len(), reading.notes.len());
        reading.read.says_adoptions |= columns.at(Column::Adopts).is_some();
        reading.part(grid, *from, columns);
        reading.drop_copy(grid, before, notes_before);
    }
    say_twice(&reading.read.records, reading.notes);
    if reading.read.records.is_empty() {
        let whole = parts[0].0.whole();
        let (zh, en) = (whole.zh, whole.en);
        return Err(text!("{zh}只有表头，没有内容", "{en} has heads and nothing below them"));
    }
    reading.read.rest = info(grids, 0);
    reading.read.made_of = info(grids, 1).filter(|address| !address.is_empty());
    bounded(reading.read)
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

/// Returns the tables that are the list, each with the row its content starts at and its columns: sheets of a workbook,
/// parts of a document.
fn parts(grids: &[Grid]) -> Vec<(&Grid, usize, Columns)> {
    let mut found: Vec<(&Grid, usize, Columns)> = Vec::new();
    for grid in grids {
        let head = (0..grid.rows.len()).find_map(|at| Some((at, Columns::of(&grid.rows[at])?)));
        match head {
            Some((at, columns)) => found.push((grid, at + 1, columns)),
            // A table that a page break has cut goes on without heads.
            None => {
                let before = found.last().filter(|(_, _, columns)| columns.width() == grid.width());
                let is_document = matches!(grid.within, Within::Document(_));
                if let Some((_, _, columns)) = before.filter(|_| is_document) {
                    let columns = columns.clone();
                    found.push((grid, 0, columns));
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

struct Reading<'n> {
    read: Read,
    /// The area that a row of its own or the name of the sheet has named.
    area: Option<String>,
    /// Whether a row may go on with the service above it.
    is_open: bool,
    words: &'n Vocabulary,
    notes: &'n mut Notes,
}

impl Reading<'_> {
    fn part(&mut self, grid: &Grid, from: usize, columns: &Columns) {
        let mut columns = columns.clone();
        if let Some(row) = grid.rows.get(from) {
            columns.refine(row);
        }
        find_unlabelled(grid, from, &mut columns);
        number_in_digits(grid, from, &mut columns);
        self.say_unread(grid, from, &columns);
        if let Within::Sheet(name) = &grid.within {
            self.is_open = false;
            self.area = super::names::area(self.words, name).map(|_| name.clone());
        }
        let mut before: Option<usize> = None;
        for at in from..grid.rows.len() {
            match row_kind(&grid.rows[at], &columns) {
                RowKind::Blank | RowKind::Head => {}
                RowKind::Section(words) => self.area = Some(words),
                RowKind::Remark(words) => {
                    self.remark(grid, at, &words);
                    self.is_open = false;
                }
                RowKind::Content => {
                    self.content(grid, at, before, &columns);
                    before = Some(at);
                }
            }
        }
    }

    /// Drops what was read of a sheet that only repeats those before it.
    fn drop_copy(&mut self, grid: &Grid, before: usize, notes_before: usize) {
        let (old, new) = self.read.records.split_at(before);
        let texts =
            |record: &Record| [Column::Title, Column::Content].map(|column| record.get(column).to_owned());
        let is_there = |record: &Record| old.iter().any(|other| texts(other) == texts(record));
        if old.is_empty()
            || new.is_empty()
            || !new.iter().all(is_there)
            || !matches!(grid.within, Within::Sheet(_))
        {
            return;
        }
        self.read.records.truncate(before);
        self.notes.truncate(notes_before);
        self.notes.push(remark(
            grid.whole(),
            text!(
                "里面的项目前面的工作表都有，没有再读",
                "has only services of the sheets before it, and was not read again"
            ),
            text!("用不着的，删去这张表", "delete the sheet if nobody needs it"),
        ));
    }

    fn say_unread(&mut self, grid: &Grid, from: usize, columns: &Columns) {
        for at in columns.unknown() {
            let heading =
                from.checked_sub(1).and_then(|head| grid.rows.get(head)).and_then(|row| row.get(at));
            let heading = heading.map(|cell| shown(&cell.text)).unwrap_or_default();
            let is_filled = grid.rows[from..].iter().any(|row| !row[at].is_blank() && row[at].of.1 == at);
            if is_filled {
                self.notes.push(warning(
                    grid.cell_at(from.saturating_sub(1), at),
                    text!(
                        "“{heading}”这一列不认识，没有读",
                        "the column “{heading}” is not known and was not read"
                    ),
                    text!("里面要用的文字，补写到 YAML 里", "write what matters of it into the YAML"),
                ));
            }
        }
    }

    fn remark(&mut self, grid: &Grid, at: usize, words: &str) {
        let words = shown(words);
        self.notes.push(remark(
            grid.row_at(at),
            text!("这一行是说明，没有当作服务项目：{words}", "this row is a note and no service: {words}"),
            text!("要用的写进清单的⟦note⟧", "put what matters under ⟦note⟧ of the list"),
        ));
    }

    fn content(&mut self, grid: &Grid, at: usize, before: Option<usize>, columns: &Columns) {
        let row = &grid.rows[at];
        let cell = |column: Column| columns.at(column).map(|place| &row[place]);
        let own = |column: Column| cell(column).filter(|cell| !cell.is_blank());
        // The same merged cell as the row before: one service on several rows.
        let is_merged = |column: Column| {
            before.is_some_and(|before| {
                cell(column).is_some_and(|cell| !cell.is_blank() && cell.of.0 <= before && at != before)
            })
        };
        let goes_on =
            is_merged(Column::Title) || (own(Column::Title).is_none() && own(Column::Number).is_none());
        if goes_on && !self.read.records.is_empty() {
            if self.is_open {
                return self.more(grid, at, columns);
            }
            let words: Vec<String> =
                row.iter().filter(|cell| !cell.is_blank()).map(|cell| one_line(&cell.text)).collect();
            return self.remark(grid, at, &words.join(" "));
        }
        self.is_open = true;
        let mut record = Record { at: Some(grid.row_at(at)), ..Record::default() };
        for column in all() {
            let Some(cell) = own(column) else { continue };
            record.cells.insert(column, written(column, cell));
        }
        self.fill_down(grid, at, columns, &mut record);
        record.provisions.extend(provision(&record.cells));
        self.read.records.push(record);
    }

    /// Takes over from the service above what a table leaves blank where it does not merge.
    fn fill_down(&mut self, grid: &Grid, at: usize, columns: &Columns, record: &mut Record) {
        // What is taken over says nothing where its cells are blank.
        if record.cells.contains_key(&Column::Adopts) {
            return;
        }
        if let (false, Some(area)) = (record.cells.contains_key(&Column::Area), &self.area) {
            record.cells.insert(Column::Area, area.clone());
        }
        for (column, zh, en) in [(Column::Area, "领域", "area"), (Column::Audience, "服务对象", "audience")]
        {
            let Some(place) = columns.at(column).filter(|_| !record.cells.contains_key(&column)) else {
                continue;
            };
            let Some(above) = self.read.records.last().and_then(|above| above.cells.get(&column)).cloned()
            else {
                continue;
            };
            let words = shown(&above);
            self.notes.push(warning(
                grid.cell_at(at, place),
                text!(
                    "{zh}是空的，照上一项填了“{words}”",
                    "the {en} is blank; “{words}” was taken from the service above"
                ),
                text!("不对的改过来", "change it if it is not so"),
            ));
            record.cells.insert(column, above);
        }
    }

    /// Adds a row to the service above: another provision of it, or the rest of a cell that a page break has cut.
    fn more(&mut self, grid: &Grid, at: usize, columns: &Columns) {
        let Some(record) = self.read.records.last_mut() else { return };
        let row = &grid.rows[at];
        let mut own: BTreeMap<Column, String> = BTreeMap::new();
        for column in all() {
            let Some(place) = columns.at(column) else { continue };
            let cell = &row[place];
            if !cell.is_blank() && cell.of.0 == at {
                own.insert(column, written(column, cell));
            }
        }
        if let Some(more) =
            own.get(&Column::Content).filter(|more| record.get(Column::Content) != more.as_str())
        {
            let words = shown(more);
            let content = record.cells.entry(Column::Content).or_default();
            // A cell that is cut goes on in the middle; one of its own ends with a mark.
            content.push_str(more);
            self.notes.push(warning(
                grid.row_at(at),
                text!(
                    "这一行接在上一项的服务内容后面：“{words}”",
                    "this row was added to the content of the service above: “{words}”"
                ),
                text!(
                    "看看接得对不对，缺标点的补上",
                    "see whether they belong together; add a mark if one is missing"
                ),
            ));
        }
        for column in [Column::Standard, Column::Expenditure, Column::Remark, Column::Audience] {
            if let Some(more) = own.get(&column).filter(|more| !record.get(column).contains(more.as_str())) {
                let (words, heading) = (shown(more), column.heading());
                let text = record.cells.entry(column).or_default();
                let is_open = text.chars().next_back().is_some_and(char::is_alphanumeric);
                text.push_str(if is_open { "；" } else { "" });
                text.push_str(more);
                self.notes.push(warning(
                    grid.row_at(at),
                    text!(
                        "这一行的“{heading}”接在上一项的后面：“{words}”",
                        "what this row has under {heading} was added to that of the service above: “{words}”"
                    ),
                    text!("看看接得对不对", "see whether they belong together"),
                ));
            }
        }
        for column in [Column::Departments, Column::Lead, Column::Support] {
            if let Some(more) = own.get(&column).filter(|more| record.get(column) != more.as_str()) {
                let names = record.cells.entry(column).or_default();
                names.push('\n');
                names.push_str(more);
            }
        }
        record.provisions.extend(provision(&own));
    }
}

/// Returns the cells of a row that are of one provision, if there are any.
fn provision(cells: &BTreeMap<Column, String>) -> Option<BTreeMap<Column, String>> {
    let own: BTreeMap<Column, String> = cells
        .iter()
        .filter(|(column, _)| is_of_provision(**column) || **column == Column::Shown)
        .map(|(column, text)| (*column, text.clone()))
        .collect();
    (!own.is_empty()).then_some(own)
}

fn all() -> impl Iterator<Item = Column> {
    use Column::*;
    let official =
        [Area, Number, Title, Audience, Content, Standard, Expenditure, Departments, Lead, Support, Remark];
    let filled_in = [Id, Adopts, Provision, Quote, Focus, Plain, Conditions, Covers];
    let rest = [MoreOfService, MoreOfProvision, Shown];
    let choices = choices().map(|(column, ..)| column);
    official.into_iter().chain(filled_in).chain(choices).chain(rest)
}

/// Returns the text of a cell as its column wants it.
fn written(column: Column, cell: &Cell) -> String {
    match column {
        Column::Departments
        | Column::Lead
        | Column::Support
        | Column::MoreOfService
        | Column::MoreOfProvision
        | Column::Covers => cell.text.trim().to_owned(),
        _ => one_line(&cell.text),
    }
}
