//! From the rows of a table to services.

use std::collections::BTreeMap;

use super::several::is_no_mark;
use super::{Read, ReadTable, Record, is_of_provision};
use crate::catalogue::Vocabulary;
use crate::import::columns::{Column, Columns, OF_APPLYING, choices};
use crate::import::grid::{Cell, Grid, Within, one_line};
use crate::import::headings::Headings;
use crate::import::names;
use crate::import::note::{Note, Notes, remark, shown, warning};
use crate::import::rows::{RowKind, find_unlabelled, number_in_digits, row_kind};
use crate::import::told::{RowId, guessed_meaning, words_to_choose_from};
use crate::schema::Choices as _;
use crate::text;

/// A list on its way.
pub(super) struct Reading<'n> {
    pub read: Read,
    /// The area that a row of its own or the name of the sheet has named.
    area: Option<String>,
    /// Whether a row may go on with the service above it.
    is_open: bool,
    words: &'n Vocabulary,
    headings: &'n Headings,
    pub notes: &'n mut Notes,
}

impl<'n> Reading<'n> {
    /// Returns a list of which nothing was read yet.
    pub fn new(words: &'n Vocabulary, headings: &'n Headings, notes: &'n mut Notes) -> Self {
        Self { read: Read::default(), area: None, is_open: false, words, headings, notes }
    }
}

impl Reading<'_> {
    /// Reads a table, and finds out what its columns without headings are.
    pub fn part(&mut self, grid: &Grid, part: &mut ReadTable) {
        let (from, columns) = (part.from, &mut part.columns);
        if let Some(row) = grid.rows.get(from) {
            columns.refine(row, self.headings);
        }
        find_unlabelled(grid, from, columns);
        number_in_digits(grid, from, columns, self.headings);
        self.say_unread(grid, from, columns);
        self.say_joined(grid, from, columns);
        if let Within::Sheet(name) = &grid.within {
            self.is_open = false;
            self.area = names::area(self.words, name).map(|_| name.clone());
        }
        let mut before: Option<usize> = None;
        for at in from..grid.rows.len() {
            match row_kind(&grid.rows[at], columns, self.headings) {
                RowKind::Blank | RowKind::Head => {}
                RowKind::Section(words) => self.section(grid, at, words),
                RowKind::Remark(words) => {
                    self.remark(grid, at, &words);
                    self.is_open = false;
                }
                RowKind::Content => {
                    self.content(grid, (part.table, at), before, columns);
                    before = Some(at);
                }
            }
        }
    }

    /// Takes a line over the whole table for the area of what follows; one below an area, as （一） is below 一、, only
    /// divides it.
    fn section(&mut self, grid: &Grid, at: usize, words: String) {
        let is_below = |words: &str| words.starts_with(['（', '(']);
        let divides = self.area.as_ref().is_some_and(|area| !is_below(area) && is_below(&words));
        if !divides {
            self.area = Some(words);
        } else if names::area(self.words, &words).is_none() {
            self.remark(grid, at, &words);
        }
    }

    /// Drops what was read of a sheet that only repeats those before it.
    pub fn drop_copy(&mut self, grid: &Grid, before: usize, notes_before: usize) {
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

    /// Names each column that is not read, and how to say what it is.
    fn say_unread(&mut self, grid: &Grid, from: usize, columns: &Columns) {
        for at in columns.unknown() {
            let own = |row: &Vec<Cell>| !row[at].is_blank() && row[at].of.1 == at;
            let texts: Vec<&str> =
                grid.rows[from..].iter().filter(|row| own(row)).map(|row| row[at].text.as_ref()).collect();
            if texts.is_empty() {
                continue;
            }
            let heading = shown(columns.heading(at));
            let name = if heading.is_empty() { (at + 1).to_string() } else { heading.clone() };
            let guess = guessed_meaning(&texts).choice();
            let (guess_zh, guess_en) = (guess.zh, guess.value);
            let (all_zh, all_en) = words_to_choose_from();
            let note = warning(
                grid.cell_at(from.saturating_sub(1), at),
                text!(
                    "“{heading}”这一列不认识，没有读",
                    "the column “{heading}” is not known and was not read"
                ),
                text!(
                    "说明它是什么，再导入，例如 --column \"{name}={guess_zh}\"；可以是{all_zh}",
                    "say what it is and import again, such as --column \"{name}={guess_en}\"; it can be {all_en}"
                ),
            );
            self.notes.push(Note { is_of_column: true, ..note });
        }
    }

    /// Says which columns stand for the same and are joined.
    fn say_joined(&mut self, grid: &Grid, from: usize, columns: &Columns) {
        for column in [Column::Standard, Column::Expenditure].into_iter().chain(OF_APPLYING) {
            let all: Vec<usize> = columns.all(column).collect();
            let Some((first, more)) = all.split_first() else { continue };
            let first = shown(columns.heading(*first));
            for at in more.iter().filter(|at| shown(columns.heading(**at)) != first) {
                let heading = shown(columns.heading(*at));
                self.notes.push(remark(
                    grid.cell_at(from.saturating_sub(1), *at),
                    text!(
                        "“{heading}”接在“{first}”后面",
                        "what stands under “{heading}” was added to “{first}”"
                    ),
                    text!("看看接得对不对", "see whether they belong together"),
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

    fn content(
        &mut self,
        grid: &Grid,
        (table, at): (usize, usize),
        before: Option<usize>,
        columns: &Columns,
    ) {
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
                return self.more(grid, at, is_merged(Column::Title), columns);
            }
            let words: Vec<String> =
                row.iter().filter(|cell| !cell.is_blank()).map(|cell| one_line(&cell.text)).collect();
            return self.remark(grid, at, &words.join(" "));
        }
        self.is_open = true;
        let mut record = Record {
            at: Some(grid.row_at(at)),
            id: RowId { table, row: at },
            rows: vec![at],
            ..Record::default()
        };
        for column in all() {
            let Some(text) = joined(row, column, columns, None) else { continue };
            record.cells.insert(column, text);
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
}

/// Returns the cells of a row that are of one provision, if there are any.
pub(super) fn provision(cells: &BTreeMap<Column, String>) -> Option<BTreeMap<Column, String>> {
    let own: BTreeMap<Column, String> = cells
        .iter()
        .filter(|(column, _)| is_of_provision(**column) || **column == Column::Shown)
        .map(|(column, text)| (*column, text.clone()))
        .collect();
    (!own.is_empty()).then_some(own)
}

/// Returns every column that says something of a service.
pub(super) fn all() -> impl Iterator<Item = Column> {
    use Column::*;
    let official = [
        Area,
        Number,
        Title,
        Audience,
        Age,
        Content,
        Standard,
        Expenditure,
        Departments,
        Lead,
        Support,
        Remark,
    ];
    let filled_in = [Id, Adopts, Provision, Quote, Focus, Plain, Conditions, Covers];
    let rest = [MoreOfService, MoreOfProvision, Shown];
    let choices = choices().map(|(column, ..)| column);
    official.into_iter().chain(OF_APPLYING).chain(filled_in).chain(choices).chain(rest)
}

/// Returns what a row says under all columns of one kind; of `own_row`, if it is named, only what stands in that row itself.
pub(super) fn joined(
    row: &[Cell],
    column: Column,
    columns: &Columns,
    own_row: Option<usize>,
) -> Option<String> {
    let (mut text, mut seen) = (String::new(), Vec::new());
    for at in columns.all(column) {
        let cell = &row[at];
        let is_own = own_row.is_none_or(|own| cell.of.0 == own);
        if cell.is_blank() || !is_own || seen.contains(&cell.of) {
            continue;
        }
        seen.push(cell.of);
        if !text.is_empty() {
            let is_open = text.chars().next_back().is_some_and(is_no_mark);
            text.push_str(match (has_lines(column), column) {
                (true, _) => "\n",
                (false, Column::Phone) => "、",
                (false, _) if is_open => "；",
                (false, _) => "",
            });
        }
        text.extend(columns.label(at).map(|label| format!("{}：", one_line(label))));
        text.push_str(&written(column, cell));
    }
    (!text.is_empty()).then_some(text)
}

/// Tells whether the line breaks of a column divide.
fn has_lines(column: Column) -> bool {
    use Column::*;
    matches!(column, Departments | Lead | Support | Bring | Steps | MoreOfService | MoreOfProvision | Covers)
}

/// Returns the text of a cell as its column wants it.
fn written(column: Column, cell: &Cell) -> String {
    if has_lines(column) { cell.text.trim().to_owned() } else { one_line(&cell.text) }
}
