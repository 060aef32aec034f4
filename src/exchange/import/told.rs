//! What a person told about a table before it is read: what its columns are, which rows stay out, what clauses answer.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Column;
use super::headings::{plain, usual};
use crate::catalogue::ColumnMeaning;
use crate::schema::Choices as _;

/// What a person told about one table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What columns are, by their headings. The next table with such a heading is read alike.
    pub headings: BTreeMap<String, ColumnMeaning>,
    /// The same of columns without a heading, by their place from 0.
    pub places: BTreeMap<usize, ColumnMeaning>,
    /// What was decided of services, by the rows they stand in.
    pub rows: BTreeMap<RowId, Decision>,
}

/// Where a service stands: the table and its first row there, both from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowId {
    /// The table.
    pub table: usize,
    /// The row.
    pub row: usize,
}

/// What was decided of one service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Whether it stays out of the list.
    pub is_left_out: bool,
    /// Whether a person looked it over, so that no comment has to ask for it.
    pub is_checked: bool,
    /// What its clauses answer, by their words; none for an addition.
    pub covers: BTreeMap<String, BTreeSet<String>>,
}

impl Told {
    /// Returns what a column is by a word for it: one of those to choose from, or any heading that is usual for it.
    pub fn meaning(word: &str) -> Option<ColumnMeaning> {
        let word = word.trim();
        let is_it = |meaning: &&ColumnMeaning| {
            let choice = meaning.choice();
            choice.value == word || choice.zh == word || choice.also.contains(&word)
        };
        let named = ColumnMeaning::ALL.iter().find(is_it).copied();
        let by_heading = || {
            let (column, _) = usual(&plain(word))?;
            ColumnMeaning::ALL.iter().find(|meaning| Column::from(**meaning) == column).copied()
        };
        named.or_else(by_heading)
    }

    /// Returns the words that say what a column is, in Chinese and in English.
    pub fn words() -> (String, String) {
        words_to_choose_from()
    }

    /// Takes in that a column is something: by its heading, or by its number, from 1.
    pub fn tell(&mut self, column: &str, means: ColumnMeaning) {
        match column.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1)) {
            Some(at) => drop(self.places.insert(at, means)),
            None => drop(self.headings.insert(column.trim().to_owned(), means)),
        }
    }

    /// Returns what was decided of the service in a row.
    pub(super) fn decision(&self, row: RowId) -> Option<&Decision> {
        self.rows.get(&row)
    }
}

/// Returns what a column may hold by its texts; a note keeps everything.
pub(super) fn guessed_meaning(texts: &[&str]) -> ColumnMeaning {
    let is_phone = |text: &&&str| {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        digits >= 5
            && text.chars().all(|c| {
                c.is_ascii_digit()
                    || matches!(c, '-' | '－' | '—' | '、' | ' ' | '/' | '(' | ')' | '（' | '）')
            })
    };
    let is_address = |text: &&&str| text.trim().starts_with("http");
    let most = |count: usize| count * 2 > texts.len();
    if most(texts.iter().filter(is_phone).count()) {
        ColumnMeaning::Phone
    } else if most(texts.iter().filter(is_address).count()) {
        ColumnMeaning::Online
    } else {
        ColumnMeaning::Note
    }
}

/// Returns the words that say what a column is, in Chinese and in English.
pub(super) fn words_to_choose_from() -> (String, String) {
    let all = ColumnMeaning::ALL.iter().map(|meaning| meaning.choice());
    let (zh, en): (Vec<&str>, Vec<&str>) = all.map(|choice| (choice.zh, choice.value)).unzip();
    (zh.join("、"), en.join(", "))
}
