//! From the tables of a file to the services of one list, as written: heads found, merges read, pages joined.

use std::collections::BTreeMap;

use super::columns::{Column, Columns};
use super::grid::{Cell, Grid, Within, one_line};
use super::note::{Notes, remark, shown, warning};
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
}

/// Columns whose texts belong to a single provision.
const OF_PROVISIONS: &[Column] = &[
    Column::Provision,
    Column::Quote,
    Column::Focus,
    Column::Plain,
    Column::Kind,
    Column::Strength,
    Column::Access,
    Column::Conditions,
    Column::Covers,
    Column::MoreOfProvision,
];

/// Reads the list out of the tables of a file.
///
/// # Errors
/// No table has the heads of the list.
pub(super) fn read(grids: &[Grid], notes: &mut Notes) -> Result<Read, Message> {
    let parts = parts(grids, notes);
    if parts.is_empty() {
        return Err(no_heads(grids));
    }
    let mut reading = Reading { read: Read::default(), area: None, notes };
    for (grid, from, columns) in &parts {
        if reading.read.title.is_none() {
            reading.read.title = title(grid, *from);
        }
        reading.part(grid, *from, columns);
    }
    if reading.read.records.is_empty() {
        let whole = parts[0].0.whole();
        let (zh, en) = (whole.zh, whole.en);
        return Err(text!("{zh}只有表头，没有内容", "{en} has heads and nothing below them"));
    }
    reading.read.rest = rest(grids);
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

/// Returns what the workbook to fill in keeps of the edition on a sheet of its own.
fn rest(grids: &[Grid]) -> Option<String> {
    let is_it = |grid: &&Grid| matches!(&grid.within, Within::Sheet(name) if name == super::INFO_SHEET);
    let row = grids.iter().find(is_it)?.rows.first()?;
    row.get(1).map(|cell| cell.text.trim().to_owned())
}

fn no_heads(grids: &[Grid]) -> Message {
    let count = grids.len();
    if grids.is_empty() {
        return text!("文件里没有表格", "there is no table in the file");
    }
    text!(
        "看了 {count} 张表，都没有清单的表头。表头要写明“服务项目”“服务内容”，以及“服务对象”或“责任部门”",
        "none of {count} tables has the heads of a list: 服务项目 (service), 服务内容 (content), and 服务对象 (for whom) or 责任部门 (departments)"
    )
}

/// Returns the tables that are the list, each with the row its content starts at and its columns. Of several sheets of a
/// workbook the one with the most rows is it; the tables of a document are parts of one.
fn parts<'g>(grids: &'g [Grid], notes: &mut Notes) -> Vec<(&'g Grid, usize, Columns)> {
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
    if found.iter().any(|(grid, ..)| matches!(grid.within, Within::Sheet(_))) {
        found.sort_by_key(|(grid, ..)| std::cmp::Reverse(grid.rows.len()));
        for (grid, ..) in found.iter().skip(1) {
            let taken = found[0].0.whole();
            let (zh, en) = (taken.zh, taken.en);
            notes.push(warning(
                grid.whole(),
                text!(
                    "也有清单的表头，没有读；读的是{zh}",
                    "also has the heads of a list and was not read; {en} was"
                ),
                text!("要导入它，把别的工作表删去或隐藏", "to import it, delete or hide the other sheets"),
            ));
        }
        found.truncate(1);
    }
    found
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
    /// The area that a row of its own has named.
    area: Option<String>,
    notes: &'n mut Notes,
}

impl Reading<'_> {
    fn part(&mut self, grid: &Grid, from: usize, columns: &Columns) {
        let mut columns = columns.clone();
        if let Some(row) = grid.rows.get(from) {
            columns.refine(row);
        }
        find_unlabelled(grid, from, &mut columns);
        self.say_unread(grid, from, &columns);
        let mut before: Option<usize> = None;
        for at in from..grid.rows.len() {
            match row_kind(&grid.rows[at], &columns) {
                RowKind::Blank | RowKind::Head => {}
                RowKind::Section(words) => self.area = Some(words),
                RowKind::Remark(words) => self.remark(grid, at, &words),
                RowKind::Content => {
                    self.content(grid, at, before, &columns);
                    before = Some(at);
                }
            }
        }
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
            text!("要用的写进清单的 note（说明）", "put what matters under `note` of the list"),
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
            return self.more(grid, at, columns);
        }
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
        .filter(|(column, _)| OF_PROVISIONS.contains(column))
        .map(|(column, text)| (*column, text.clone()))
        .collect();
    (!own.is_empty()).then_some(own)
}

fn all() -> impl Iterator<Item = Column> {
    use Column::*;
    [
        Area,
        Number,
        Title,
        Audience,
        Content,
        Departments,
        Lead,
        Support,
        Remark,
        Id,
        Adopts,
        Provision,
        Quote,
        Focus,
        Plain,
        Kind,
        Strength,
        Access,
        Conditions,
        Covers,
        MoreOfService,
        MoreOfProvision,
    ]
    .into_iter()
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

enum RowKind {
    Blank,
    Head,
    Section(String),
    Remark(String),
    Content,
}

/// How rows of notes start.
const REMARKS: &[&str] =
    &["注：", "注:", "备注：", "备注:", "说明：", "说明:", "附注", "填表说明", "合计", "总计", "注 ："];

fn row_kind(row: &[Cell], columns: &Columns) -> RowKind {
    let filled: Vec<&Cell> = row.iter().filter(|cell| !cell.is_blank()).collect();
    let Some(first) = filled.first() else { return RowKind::Blank };
    if Columns::of(row).is_some() || filled.iter().all(|cell| super::columns::column(&cell.text).is_some()) {
        return RowKind::Head;
    }
    let words = one_line(&first.text);
    let has = |column: Column| columns.at(column).is_some_and(|at| !row[at].is_blank());
    let is_alone = filled.iter().all(|cell| cell.of == first.of);
    if REMARKS.iter().any(|start| words.starts_with(start))
        && (is_alone || !(has(Column::Number) && has(Column::Content)))
    {
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
fn find_unlabelled(grid: &Grid, from: usize, columns: &mut Columns) {
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
