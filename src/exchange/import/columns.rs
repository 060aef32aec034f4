//! The columns of the official table, found by their headings.
//!
//! To let a column go by another name, add it to its line in `headings.rs`.

use super::grid::Cell;
use super::headings::{HEADINGS, Headings, plain, usual};
use crate::catalogue::{ColumnMeaning, Provision};
use crate::diagnostic::Message;
use crate::schema::{Choice, Declared, Field, Shape};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// The area of life.
    Area,
    /// The number in the list.
    Number,
    /// The service.
    Title,
    /// For whom.
    Audience,
    /// The official text of what is given.
    Content,
    /// How much is given, and how.
    Standard,
    /// Who pays for it.
    Expenditure,
    /// Who is responsible.
    Departments,
    /// Who leads.
    Lead,
    /// Who takes part.
    Support,
    /// How old those are for whom it is.
    Age,
    /// Where to go.
    Where,
    /// What to bring.
    Bring,
    /// How it is done.
    Steps,
    /// What it costs.
    Fee,
    /// When it is done.
    Time,
    /// The office's telephone.
    Phone,
    /// The address to apply online.
    Online,
    /// The basis.
    Basis,
    /// A remark.
    Remark,
    /// The id of the service; the workbook to fill in has the columns from here on.
    Id,
    /// The baseline service taken over.
    Adopts,
    /// The id of a provision.
    Provision,
    /// Its words.
    Quote,
    /// The part of them that is meant.
    Focus,
    /// Its plain sentence.
    Plain,
    /// A choice, by its place among the fields of a provision that are one.
    Choice(usize),
    /// Conditions.
    Conditions,
    /// What it answers.
    Covers,
    /// Everything else a service says, as YAML.
    MoreOfService,
    /// Everything else a provision says, as YAML.
    MoreOfProvision,
    /// For people to read only.
    Shown,
    /// Nothing that the list needs, as somebody said.
    LeftOut,
}

/// The columns that say how a service is to be had here.
pub(super) const OF_APPLYING: [Column; 8] = {
    use Column::*;
    [Where, Bring, Steps, Fee, Time, Phone, Online, Basis]
};

impl From<ColumnMeaning> for Column {
    fn from(meaning: ColumnMeaning) -> Self {
        match meaning {
            ColumnMeaning::Area => Self::Area,
            ColumnMeaning::Number => Self::Number,
            ColumnMeaning::Title => Self::Title,
            ColumnMeaning::Audience => Self::Audience,
            ColumnMeaning::Age => Self::Age,
            ColumnMeaning::Content => Self::Content,
            ColumnMeaning::Standard => Self::Standard,
            ColumnMeaning::Expenditure => Self::Expenditure,
            ColumnMeaning::Departments => Self::Departments,
            ColumnMeaning::Lead => Self::Lead,
            ColumnMeaning::Support => Self::Support,
            ColumnMeaning::Where => Self::Where,
            ColumnMeaning::Bring => Self::Bring,
            ColumnMeaning::Steps => Self::Steps,
            ColumnMeaning::Fee => Self::Fee,
            ColumnMeaning::Time => Self::Time,
            ColumnMeaning::Phone => Self::Phone,
            ColumnMeaning::Online => Self::Online,
            ColumnMeaning::Basis => Self::Basis,
            ColumnMeaning::Note => Self::Remark,
            ColumnMeaning::LeftOut => Self::LeftOut,
        }
    }
}

impl Column {
    /// Returns its usual heading.
    pub fn heading(self) -> &'static str {
        let fixed = HEADINGS.iter().find(|(column, _)| *column == self).map(|(_, names)| names[0]);
        let choice = || choices().find(|(column, ..)| *column == self).map(|(_, field, _)| field.zh);
        fixed.or_else(choice).unwrap_or_default()
    }
}

/// Returns the columns of the choices of a provision, each with its field and its words.
pub(super) fn choices() -> impl Iterator<Item = (Column, &'static Field, &'static [Choice])> {
    let words =
        |field: &'static Field| if let Shape::Choice(words) = field.shape { Some(words) } else { None };
    let fields = Provision::TABLE.fields.iter().filter_map(move |field| Some((field, words(field)?)));
    fields.enumerate().map(|(at, (field, words))| (Column::Choice(at), field, words))
}

/// Returns the columns of the workbook to fill in, in their order, with their widths in characters.
pub(super) fn of_workbook() -> impl Iterator<Item = (Column, f64)> {
    let before = [
        (Column::Area, 10.0),
        (Column::Number, 6.0),
        (Column::Title, 20.0),
        (Column::Audience, 20.0),
        (Column::Content, 50.0),
        (Column::Departments, 20.0),
        (Column::Standard, 30.0),
        (Column::Expenditure, 20.0),
        (Column::Shown, 36.0),
        (Column::Quote, 36.0),
        (Column::Focus, 16.0),
        (Column::Plain, 36.0),
    ];
    let after = [
        (Column::Conditions, 20.0),
        (Column::Covers, 30.0),
        (Column::Adopts, 20.0),
        (Column::Id, 20.0),
        (Column::Provision, 20.0),
        (Column::MoreOfProvision, 24.0),
        (Column::MoreOfService, 24.0),
    ];
    let choices = choices().map(|(column, _, words)| {
        let longest = words.iter().map(|word| word.zh.chars().count()).max().unwrap_or_default();
        (column, if longest > 5 { 14.0 } else { 10.0 })
    });
    before.into_iter().chain(choices).chain(after)
}

/// Returns the columns that a row names, each once.
pub(super) fn understood(row: &[Cell], headings: &Headings) -> Vec<Column> {
    let mut found: Vec<Column> = row.iter().filter_map(|cell| headings.column(&cell.text)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Names what a row of headings lacks to be that of a list.
pub(super) fn missing(understood: &[Column]) -> Message {
    let mut missing = Vec::new();
    let has = |column: Column| understood.contains(&column);
    for (column, en) in [(Column::Title, "服务项目 (service)"), (Column::Content, "服务内容 (content)")]
    {
        // A table whose only words are those of the standard has them for its content.
        let is_there = has(column) || (column == Column::Content && has(Column::Standard));
        if !is_there {
            missing.push((format!("“{}”", column.heading()), en));
        }
    }
    if ![Column::Audience, Column::Departments, Column::Lead].into_iter().any(has) {
        missing.push(("“服务对象”或“责任部门”".to_owned(), "服务对象 (for whom) or 责任部门 (departments)"));
    }
    Message {
        zh: missing.iter().map(|(zh, _)| zh.as_str()).collect::<Vec<_>>().join("和"),
        en: missing.iter().map(|(_, en)| *en).collect::<Vec<_>>().join(" and "),
    }
}

/// Tells whether what several columns say of one thing can be joined.
fn is_joined(column: Column) -> bool {
    use Column::*;
    let official = [Standard, Expenditure, Departments, Lead, Support, Remark, LeftOut];
    official.contains(&column) || OF_APPLYING.contains(&column)
}

/// Which column of the file is which. Of two for one thing that cannot be joined, that with the more usual name counts, or
/// else the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    known: Vec<Option<Column>>,
    /// The headings, as they stand.
    headings: Vec<String>,
}

impl Columns {
    /// Reads a row as headings. `None` if it is none: it names neither service and content nor three of the table. What
    /// somebody said of columns needs no third.
    pub fn of(row: &[Cell], headings: &Headings) -> Option<Self> {
        let ranked: Vec<Option<(Column, usize)>> =
            row.iter().map(|cell| headings.ranked(&cell.text)).collect();
        let counts = |at: usize, (column, rank): (Column, usize)| {
            let others = ranked.iter().enumerate().filter_map(|(place, other)| Some((place, (*other)?)));
            is_joined(column)
                || others
                    .filter(|(_, (other, _))| *other == column)
                    .map(|(place, (_, rank))| (rank, place))
                    .min()
                    == Some((rank, at))
        };
        let mut known: Vec<Option<Column>> = ranked
            .iter()
            .enumerate()
            .map(|(at, found)| found.filter(|found| counts(at, *found)).map(|(column, _)| column))
            .collect();
        // Where no column is headed 服务内容, the standard is what is given.
        if !known.contains(&Some(Column::Content)) {
            let standard = known.iter().position(|known| *known == Some(Column::Standard));
            standard.into_iter().for_each(|at| known[at] = Some(Column::Content));
        }
        let was_told = row.iter().any(|cell| headings.told(&cell.text).is_some());
        let has = |wanted: Column| known.contains(&Some(wanted));
        let is_head = has(Column::Title)
            && has(Column::Content)
            && (was_told || has(Column::Audience) || has(Column::Departments) || has(Column::Lead));
        let mut columns = Self { known, headings: row.iter().map(|cell| cell.text.to_string()).collect() };
        for at in 0..columns.known.len() {
            if let Some(column) = headings.place(at) {
                columns.known[at] = Some(column);
            }
        }
        is_head.then_some(columns)
    }

    /// Takes over what a second row of headings, below the first, says more exactly: 责任部门 over 牵头 and 配合.
    pub fn refine(&mut self, row: &[Cell], headings: &Headings) {
        for ((known, heading), cell) in self.known.iter_mut().zip(&mut self.headings).zip(row) {
            if let Some(found @ (Column::Lead | Column::Support)) = headings.column(&cell.text) {
                *known = Some(found);
                *heading = cell.text.to_string();
            }
        }
    }

    /// Returns which column of the file is `wanted`, the first if there are several.
    pub fn at(&self, wanted: Column) -> Option<usize> {
        self.all(wanted).next()
    }

    /// Returns every column of the file that is `wanted`.
    pub fn all(&self, wanted: Column) -> impl Iterator<Item = usize> + '_ {
        self.known.iter().enumerate().filter(move |(_, known)| **known == Some(wanted)).map(|(at, _)| at)
    }

    /// Returns the columns that nobody knows.
    pub fn unknown(&self) -> impl Iterator<Item = usize> + '_ {
        self.known.iter().enumerate().filter(|(_, known)| known.is_none()).map(|(at, _)| at)
    }

    /// Returns what the file's column `at` is.
    pub fn is(&self, at: usize) -> Option<Column> {
        self.known.get(at).copied().flatten()
    }

    /// Returns the heading of the file's column `at`, as it stands.
    pub fn heading(&self, at: usize) -> &str {
        self.headings.get(at).map_or("", String::as_str)
    }

    /// Returns the words that stand before a text of the file's column `at`: its heading, where that says more than that
    /// it is a remark.
    pub fn label(&self, at: usize) -> Option<&str> {
        let heading = self.heading(at).trim();
        let is_usual = || usual(&plain(heading)).is_some_and(|(column, _)| column == Column::Remark);
        (self.is(at) == Some(Column::Remark) && !heading.is_empty() && !is_usual()).then_some(heading)
    }

    /// Says that the file's column `at` is `column`, unless another one is.
    pub fn set(&mut self, at: usize, column: Column) {
        if self.at(column).is_none() {
            self.known[at] = Some(column);
        }
    }

    /// Says that the file's column `at` is `column` and nothing else; if another one is, it is unknown.
    pub fn change(&mut self, at: usize, column: Column) {
        self.known[at] = None;
        self.set(at, column);
    }

    /// Returns how many columns the file has.
    pub fn width(&self) -> usize {
        self.known.len()
    }
}
