//! A Data Package (Frictionless): every edition as CSV tables, with `datapackage.json` and, for the W3C's CSV on the Web,
//! `csv-metadata.json`. Both describe the same [`tables`], of which each column is declared once.

mod csvw;
mod datapackage;
mod lists;
mod services;
mod tables;

use crate::api::index::TextLanguage;
use crate::api::{DataFile, Documents, Texts};
use crate::route::Route;

/// Returns the files: `package/datapackage.json`, `package/csv-metadata.json`, `package/{table}.csv`.
pub(super) fn files(documents: &Documents) -> Vec<DataFile> {
    let tables = tables::all(documents);
    let at = |name: &str, bytes: Vec<u8>| (Route::new(format!("package/{name}")), bytes);
    let described = [
        at("datapackage.json", json(&datapackage::describe(documents, &tables))),
        at("csv-metadata.json", json(&csvw::describe(documents, &tables))),
    ];
    described.into_iter().chain(tables.iter().map(|table| at(&table.path(), table.csv(documents)))).collect()
}

fn json(document: &serde_json::Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(document).expect("plain data is JSON");
    bytes.push(b'\n');
    bytes
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A text: one column a language.
    Text,
    /// A word or code.
    Word,
    /// Several of them, a blank between two.
    Words,
    /// A whole number.
    Number,
    /// Yes or no.
    Truth,
    /// A day.
    Day,
    /// An address.
    Link,
}

/// What stands in a cell.
#[derive(Clone, Debug)]
enum Cell {
    /// A text in its languages.
    Texts(Texts),
    /// Anything that is in no language.
    Plain(String),
    /// Nothing.
    Empty,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
struct Column {
    name: &'static str,
    form: Form,
    /// What it says, in Chinese and in English.
    about: (&'static str, &'static str),
}

/// Stands for the table itself, as a Data Package has it.
const ITSELF: &str = "";

/// Which columns name a row of another table.
#[derive(Clone, Copy, Debug)]
struct Reference {
    columns: &'static [&'static str],
    table: &'static str,
    named: &'static [&'static str],
}

/// A table with its rows.
#[derive(Debug)]
struct Table {
    name: &'static str,
    about: (&'static str, &'static str),
    /// The columns that name a row.
    key: &'static [&'static str],
    references: &'static [Reference],
    columns: Vec<Column>,
    /// The cells, in the order of the columns.
    rows: Vec<Vec<Cell>>,
}

/// A column as it stands in the file.
struct FileColumn<'d> {
    column: Column,
    /// The language it is in, if it is a text.
    language: Option<&'d TextLanguage>,
}

impl FileColumn<'_> {
    fn name(&self) -> String {
        match self.language {
            Some(language) => format!("{}_{}", self.column.name, language.code),
            None => self.column.name.to_owned(),
        }
    }

    /// Tells whether a row is named by it, so that it is never empty.
    fn is_key(&self, table: &Table) -> bool {
        table.key.contains(&self.column.name)
    }
}

impl Table {
    fn path(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// Returns the columns of the file with where they stand in a row.
    fn file_columns<'d>(&self, documents: &'d Documents) -> Vec<(usize, FileColumn<'d>)> {
        let columns = self.columns.iter().enumerate();
        let columns = columns.flat_map(|(at, column)| {
            let languages: Vec<Option<&TextLanguage>> = match column.form {
                Form::Text => documents.index.languages.iter().map(Some).collect(),
                Form::Word | Form::Words | Form::Number | Form::Truth | Form::Day | Form::Link => vec![None],
            };
            languages.into_iter().map(move |language| (at, FileColumn { column: *column, language }))
        });
        columns.collect()
    }

    fn csv(&self, documents: &Documents) -> Vec<u8> {
        let columns = self.file_columns(documents);
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let mut write = |record: Vec<String>| writer.write_record(record).expect("memory takes every byte");
        write(columns.iter().map(|(_, column)| column.name()).collect());
        for row in &self.rows {
            write(columns.iter().map(|(at, column)| said(&row[*at], column)).collect());
        }
        writer.into_inner().expect("memory takes every byte")
    }
}

fn said(cell: &Cell, column: &FileColumn<'_>) -> String {
    match (cell, column.language) {
        (Cell::Texts(texts), Some(language)) => {
            let own = texts.iter().find(|(code, _)| *code == language.code);
            own.map_or_else(String::new, |(_, text)| text.to_owned())
        }
        (Cell::Texts(_) | Cell::Empty, _) => String::new(),
        (Cell::Plain(word), _) => word.clone(),
    }
}
