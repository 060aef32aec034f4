//! What the templates of the import screen get.

use std::collections::BTreeMap;

use serde::Serialize;

use super::deed::value;
use super::posted::Pairs;
use super::subject::query;
use super::words::Words;
use crate::catalogue::{Catalogue, ColumnMeaning};
use crate::diagnostic::{Message, UiLang};
use crate::lang::LangCode;
use crate::personal::masked;
use crate::schema::Choices as _;
use qingdan_exchange::import::{Clause, Imported, RowId, ShownRow, ShownTable, Understood, Weight};

/// What is chosen for a service that a person looked over, for one that is still to be, and for one that stays out.
pub(super) const CHECKED: &str = "checked";
pub(super) const OPEN: &str = "open";
pub(super) const LEFT_OUT: &str = "out";

/// Rows of a table that are shown; all of them are read.
const MOST_ROWS: usize = 600;
/// Characters of a provision that an option shows.
const MOST_OF_OPTION: usize = 60;

/// Returns the name of the control that says what a column is.
pub(super) fn column_name(table: usize, at: usize) -> String {
    format!("c{table}-{at}")
}

/// Returns the name of the control of a service.
pub(super) fn row_name(id: RowId) -> String {
    format!("r{}-{}", id.table, id.row)
}

/// Returns the name of the control of a clause.
pub(super) fn clause_name(id: RowId, at: usize) -> String {
    format!("a{}-{}-{at}", id.table, id.row)
}

/// The page on which a table is chosen.
#[derive(Debug, Default, Serialize)]
pub struct ImportStart {
    /// The query that keeps the language.
    pub query: String,
    /// What sends the form has to know.
    pub token: String,
    /// Why the last one was not taken, if so.
    pub refused: Option<String>,
    /// The places: path and name.
    pub places: Vec<Offer>,
    /// The groups that a list can be for.
    pub lists: Vec<Offer>,
    /// The id of the edition.
    pub edition: String,
}

/// Something to choose.
#[derive(Debug, Default, Serialize)]
pub struct Offer {
    /// What is sent.
    pub value: String,
    /// What people read.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl ImportStart {
    pub(super) fn new(catalogue: &Catalogue, token: &str, lang: UiLang) -> Self {
        let offer = |value: &str, label: &str| Offer {
            value: value.to_owned(),
            label: label.to_owned(),
            chosen: false,
        };
        let code = LangCode::new(if lang == UiLang::Zh { "zh" } else { "en" });
        let places = catalogue.places.values();
        let places = places.map(|place| offer(place.path.as_str(), place.name.for_reader(&code).1));
        let mut lists: Vec<(String, String)> = Words::groups(catalogue, lang);
        for id in catalogue.places.values().flat_map(|place| place.lists.keys()) {
            if lists.iter().all(|(known, _)| known != id) {
                lists.push((id.clone(), id.clone()));
            }
        }
        Self {
            query: query(lang),
            token: token.to_owned(),
            places: places.collect(),
            lists: lists.iter().map(|(id, name)| offer(id, name)).collect(),
            ..Self::default()
        }
    }

    /// Keeps what was chosen, for the next try.
    pub(super) fn keep(&mut self, sent: &Pairs) {
        for (offers, name) in [(&mut self.places, "place"), (&mut self.lists, "list")] {
            let chosen = value(sent, name);
            offers.iter_mut().for_each(|offer| offer.chosen = Some(offer.value.as_str()) == chosen);
        }
        self.edition = masked(value(sent, "edition").unwrap_or_default());
    }
}

/// The screen of a table.
#[derive(Debug, Default, Serialize)]
pub struct ImportPage {
    /// See [`ImportStart`].
    pub query: String,
    /// See [`ImportStart`].
    pub token: String,
    /// How often it was changed.
    pub version: usize,
    /// The name of the file.
    pub file: String,
    /// Place, list and edition.
    pub address: String,
    /// Why something was not done, or why the table cannot be read yet.
    pub refused: Option<String>,
    /// The tables of the file that are part of the list.
    pub tables: Vec<TableView>,
    /// The names of the others.
    pub others: Vec<String>,
    /// What was noticed.
    pub notes: Vec<NoteView>,
    /// Areas that the vocabulary does not know.
    pub new_areas: Vec<String>,
    /// Whether there is something to write.
    pub can_write: bool,
    /// Whether there is such an edition.
    pub exists: bool,
    /// Whether it is closed.
    pub is_frozen: bool,
    /// Services that are written, those that a person looked over, those that stay out.
    pub services: usize,
    /// See `services`.
    pub checked: usize,
    /// See `services`.
    pub left_out: usize,
}

/// One table.
#[derive(Debug, Serialize)]
pub struct TableView {
    /// What it is called.
    pub name: String,
    /// Its columns.
    pub columns: Vec<ColumnView>,
    /// Its rows.
    pub rows: Vec<RowView>,
    /// How many rows more there are.
    pub more: usize,
    /// Over how many columns the list of services stands.
    pub width: usize,
}

/// One column.
#[derive(Debug, Serialize)]
pub struct ColumnView {
    /// The name of its control.
    pub name: String,
    /// Its heading, or its number.
    pub heading: String,
    /// What it can be.
    pub offers: Vec<Offer>,
    /// Whether nobody knows it yet.
    pub is_unknown: bool,
    /// Whether it is one of the workbook to fill in, of which nothing can be chosen.
    pub is_fixed: bool,
}

/// One row of the table, and what begins in it.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// The number people know it by.
    pub number: usize,
    /// Its cells: text, rows, columns.
    pub cells: Vec<CellView>,
    /// The service that stands in it.
    pub service: Option<ServiceView>,
    /// Whether a service of a row above goes on in it.
    pub goes_on: bool,
    /// Whether it is that of the headings.
    pub is_head: bool,
}

/// One cell.
#[derive(Debug, Serialize)]
pub struct CellView {
    /// What it shows.
    pub text: String,
    /// Over how many rows.
    pub rows: usize,
    /// Over how many columns.
    pub columns: usize,
    /// The heading of its column, for narrow screens.
    pub heading: String,
}

/// What was understood of a service.
#[derive(Debug, Serialize)]
pub struct ServiceView {
    /// The name of its control.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Over how many rows it stands.
    pub rows: usize,
    /// What can be decided: `checked`, `open`, `out`.
    pub decision: &'static str,
    /// What its cells were read as: heading and text.
    pub cells: Vec<(String, String)>,
    /// The service of the baseline that it takes over.
    pub adopts: Option<String>,
    /// Its clauses.
    pub clauses: Vec<ClauseView>,
}

/// One clause.
#[derive(Debug, Serialize)]
pub struct ClauseView {
    /// The name of its control.
    pub name: String,
    /// Its words.
    pub text: String,
    /// What it can answer.
    pub offers: Vec<Offer>,
    /// Whether it answers something.
    pub is_answered: bool,
    /// Whether that is a guess.
    pub is_guess: bool,
}

/// One thing that was noticed.
#[derive(Debug, Serialize)]
pub struct NoteView {
    /// `warning` or `info`.
    pub level: &'static str,
    /// Where.
    pub at: String,
    /// What.
    pub what: String,
    /// What to do.
    pub help: String,
}

/// Returns the screen, without what the editor knows.
pub(super) fn page(tables: &[ShownTable], imported: &Result<Imported, Message>, lang: UiLang) -> ImportPage {
    let mut page = ImportPage::default();
    let understood = imported.as_ref().map_or(&[][..], |imported| &imported.understood);
    for (at, table) in tables.iter().enumerate() {
        if table.columns.is_empty() {
            page.others.push(masked(table.name.get(lang)));
        } else {
            page.tables.push(table_view((at, table), understood, lang));
        }
    }
    match imported {
        Ok(imported) => {
            page.notes = notes(imported, lang);
            page.new_areas = imported.new_areas.iter().map(|name| masked(name)).collect();
            page.can_write = imported.services > 0;
        }
        Err(why) => page.refused = Some(why.get(lang).to_owned()),
    }
    page.services = understood.iter().filter(|known| !known.is_left_out).count();
    page.checked = understood.iter().filter(|known| known.is_checked).count();
    page.left_out = understood.len() - page.services;
    page
}

fn notes(imported: &Imported, lang: UiLang) -> Vec<NoteView> {
    let say = |message: &Message| masked(message.get(lang));
    let view = |note: &qingdan_exchange::import::Note| NoteView {
        level: if note.weight == Weight::Warning { "warning" } else { "info" },
        at: say(&note.at),
        what: say(&note.what),
        help: say(&note.help),
    };
    // What is said of columns stands at the columns.
    imported.notes.iter().filter(|note| !note.is_of_column).map(view).collect()
}

fn table_view((table, shown): (usize, &ShownTable), understood: &[Understood], lang: UiLang) -> TableView {
    let heading = |at: usize| {
        let heading = shown.columns.get(at).map_or("", |column| column.heading.trim());
        if heading.is_empty() { (at + 1).to_string() } else { masked(heading) }
    };
    let column = |(at, column): (usize, &qingdan_exchange::import::ShownColumn)| {
        let offer = |meaning: &ColumnMeaning| Offer {
            value: meaning.as_str().to_owned(),
            label: meaning.words().get(lang).to_owned(),
            chosen: column.means == Some(*meaning),
        };
        ColumnView {
            name: column_name(table, at),
            heading: heading(at),
            offers: ColumnMeaning::ALL.iter().map(offer).collect(),
            is_unknown: column.means.is_none() && !column.is_fixed,
            is_fixed: column.is_fixed,
        }
    };
    let own: BTreeMap<usize, &Understood> = understood
        .iter()
        .filter(|known| known.id.table == table)
        .map(|known| (known.id.row, known))
        .collect();
    let (mut rows, mut until) = (Vec::new(), 0);
    for (at, row) in shown.rows.iter().enumerate().take(MOST_ROWS) {
        let service = own.get(&at).map(|known| service_view(known, shown, lang));
        let goes_on = service.is_none() && at < until;
        until = own.get(&at).map_or(until, |known| (known.last + 1).min(MOST_ROWS));
        let view = row_view(row, service, goes_on, &heading);
        rows.push(RowView { is_head: Some(at) == shown.head, ..view });
    }
    TableView {
        name: masked(shown.name.get(lang)),
        columns: shown.columns.iter().enumerate().map(column).collect(),
        rows,
        more: shown.rows.len().saturating_sub(MOST_ROWS),
        width: shown.columns.len() + 1,
    }
}

fn row_view(
    row: &ShownRow,
    service: Option<ServiceView>,
    goes_on: bool,
    heading: &dyn Fn(usize) -> String,
) -> RowView {
    let cells = row.cells.iter().map(|cell| CellView {
        text: masked(&cell.text),
        rows: cell.rows,
        columns: cell.columns,
        heading: heading(cell.at),
    });
    RowView { number: row.number, cells: cells.collect(), service, goes_on, is_head: false }
}

fn service_view(known: &Understood, shown: &ShownTable, lang: UiLang) -> ServiceView {
    let decision = match (known.is_left_out, known.is_checked) {
        (true, _) => LEFT_OUT,
        (false, true) => CHECKED,
        (false, false) => OPEN,
    };
    let rows = known.last.min(shown.rows.len().min(MOST_ROWS) - 1) + 1 - known.id.row.min(known.last);
    ServiceView {
        name: row_name(known.id),
        title: masked(&known.title),
        rows,
        decision,
        cells: known.cells.iter().map(|(name, text)| (name.get(lang).to_owned(), masked(text))).collect(),
        adopts: known.adopts.clone(),
        clauses: known
            .clauses
            .iter()
            .enumerate()
            .map(|(at, clause)| clause_view(known.id, at, clause))
            .collect(),
    }
}

fn clause_view(id: RowId, at: usize, clause: &Clause) -> ClauseView {
    let chosen = clause.covers.join(" ");
    let short = |text: &str| {
        let start: String = text.chars().take(MOST_OF_OPTION).collect();
        if text.chars().count() > MOST_OF_OPTION { start + "…" } else { start }
    };
    let mut offers: Vec<Offer> = clause
        .candidates
        .iter()
        .map(|known| Offer {
            value: known.address.clone(),
            label: format!("{}% {}", known.percent, short(&masked(&known.text))),
            chosen: known.address == chosen,
        })
        .collect();
    if !chosen.is_empty() && !offers.iter().any(|offer| offer.chosen) {
        offers.insert(0, Offer { label: chosen.replace(' ', " + "), value: chosen.clone(), chosen: true });
    }
    let focus = clause.focus.iter().map(|focus| format!(" · {focus}")).collect::<String>();
    ClauseView {
        name: clause_name(id, at),
        text: masked(&format!("{}{focus}", clause.quote)),
        offers,
        is_answered: !chosen.is_empty(),
        is_guess: !clause.is_sure && !chosen.is_empty(),
    }
}
