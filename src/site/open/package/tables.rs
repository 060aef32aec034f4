//! The tables: of each column its name, its form and what it says, and beside them what stands in a row.

use super::{Cell, Column, Form, ITSELF, Reference, Table, lists, services};
use crate::api::service::AgeRange;
use crate::api::{Day, Documents, Link, Spelled, Texts, Word};

/// A column with what stands in it for a row made from `R`.
pub(super) type Filled<R> = (Column, fn(&R) -> Cell);

pub(super) const fn column<R>(
    name: &'static str,
    form: Form,
    about: (&'static str, &'static str),
    cell: fn(&R) -> Cell,
) -> Filled<R> {
    (Column { name, form, about }, cell)
}

/// What a table is called, what its rows are, and how it hangs together with others.
pub(super) struct Head {
    pub(super) name: &'static str,
    pub(super) about: (&'static str, &'static str),
    pub(super) key: &'static [&'static str],
    pub(super) references: &'static [Reference],
}

impl Head {
    pub(super) fn filled<R>(self, columns: &[Filled<R>], rows: impl Iterator<Item = R>) -> Table {
        let Self { name, about, key, references } = self;
        let rows = rows.map(|row| columns.iter().map(|(_, cell)| cell(&row)).collect()).collect();
        Table {
            name,
            about,
            key,
            references,
            columns: columns.iter().map(|(column, _)| *column).collect(),
            rows,
        }
    }
}

/// Returns every table, one that is referred to before those that refer to it.
pub(super) fn all(documents: &Documents) -> Vec<Table> {
    vec![
        lists::places(documents),
        lists::offices(documents),
        lists::lists(documents),
        lists::editions(documents),
        lists::verdicts(documents),
        services::services(documents),
        services::bodies(documents),
        services::papers(documents),
        services::steps(documents),
        services::items(documents),
        services::provisions(documents),
        services::measures(documents),
        services::members(documents),
        lists::changes(documents),
    ]
}

pub(super) fn texts(texts: &Texts) -> Cell {
    Cell::Texts(texts.clone())
}

pub(super) fn some_texts(texts: Option<&Texts>) -> Cell {
    texts.map_or(Cell::Empty, self::texts)
}

pub(super) fn plain(word: &(impl ToString + ?Sized)) -> Cell {
    Cell::Plain(word.to_string())
}

pub(super) fn some(word: Option<&(impl ToString + ?Sized)>) -> Cell {
    word.map_or(Cell::Empty, plain)
}

pub(super) fn chosen<T: Spelled>(word: Word<T>) -> Cell {
    plain(word.0.spelling())
}

pub(super) fn words(words: &[String]) -> Cell {
    if words.is_empty() { Cell::Empty } else { plain(&words.join(" ")) }
}

pub(super) fn day(day: Option<&Day>) -> Cell {
    day.map_or(Cell::Empty, |day| plain(&day.0))
}

pub(super) fn link(link: Option<&Link>) -> Cell {
    link.map_or(Cell::Empty, |link| plain(&link.0))
}

pub(super) fn months(age: Option<&AgeRange>, bound: fn(&AgeRange) -> Option<u16>) -> Cell {
    age.and_then(bound).map_or(Cell::Empty, |months| plain(&months))
}

pub(super) const ABOVE: &[Reference] = &[Reference { columns: &["above"], table: ITSELF, named: &["id"] }];
pub(super) const OF_PLACE: &[Reference] =
    &[Reference { columns: &["place"], table: "places", named: &["id"] }];
pub(super) const OF_LIST: &[Reference] = &[Reference { columns: &["list"], table: "lists", named: &["id"] }];
pub(super) const OF_EDITION: &[Reference] =
    &[Reference { columns: &["edition"], table: "editions", named: &["id"] }];
pub(super) const OF_SERVICE: &[Reference] =
    &[Reference { columns: &["edition", "service"], table: "services", named: &["edition", "id"] }];
pub(super) const OF_PROVISION: &[Reference] = &[Reference {
    columns: &["edition", "service", "provision"],
    table: "provisions",
    named: &["edition", "service", "id"],
}];
