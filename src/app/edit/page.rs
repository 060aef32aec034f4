//! What the templates of the forms get: one part of one file, or the start page.

use serde::Serialize;

use super::beside::Beside;
use super::control::{FormField, SaidHere};
use super::correct::Correcting;

/// A form.
#[derive(Debug, Default, Serialize)]
pub struct EditPage {
    /// The way to the root of these pages: `../../`.
    pub up: String,
    /// The query that keeps the language.
    pub query: String,
    /// What the form is about.
    pub title: String,
    /// The parts around it, the widest first: title and address from `up`.
    pub crumbs: Vec<(String, String)>,
    /// The file, by its path.
    pub file: String,
    /// What sends the form has to know.
    pub token: String,
    /// Why the file cannot be changed here, if so.
    pub closed: Option<String>,
    /// What was wrong with what was sent, if anything.
    pub refused: Option<String>,
    /// Whether the file has repairs that are certain.
    pub repairs: usize,
    /// What was found that belongs to no field.
    pub said: Vec<SaidHere>,
    /// The fields that have to be there or say something.
    pub fields: Vec<FormField>,
    /// The others.
    pub more: Vec<FormField>,
    /// The part it is of can lose it, and move it up or down.
    pub is_item: bool,
    /// It is not in the file yet.
    pub is_new: bool,
    /// What is offered for fields that name something.
    pub lists: Vec<(String, Vec<(String, String)>)>,
    /// What stands beside it.
    pub beside: Beside,
    /// Services of the baseline that nothing answers yet.
    pub open: Vec<(String, String)>,
    /// Of an edition, the page of its round, from `up`.
    pub round: Option<String>,
    /// Of an issued edition, what a correction says.
    pub correcting: Option<Correcting>,
    /// What was changed last, and what was taken back last.
    pub history: History,
}

impl EditPage {
    /// Returns all its fields, to be changed.
    pub fn all(&mut self) -> Vec<&mut FormField> {
        self.fields.iter_mut().chain(&mut self.more).collect()
    }
}

/// What can be taken back, and made again.
#[derive(Clone, Debug, Default, Serialize)]
pub struct History {
    /// The last change.
    pub back: Option<String>,
    /// The last that was taken back.
    pub again: Option<String>,
    /// What was changed on which day, the newest first.
    pub days: Vec<(String, Vec<(String, String)>)>,
}

/// The start page.
#[derive(Debug, Serialize)]
pub struct StartPage {
    /// See [`EditPage`].
    pub query: String,
    /// See [`EditPage`].
    pub token: String,
    /// Errors and warnings of the whole catalogue.
    pub errors: usize,
    /// See `errors`.
    pub warnings: usize,
    /// How many of them can be repaired for certain.
    pub repairs: usize,
    /// The places in their order.
    pub places: Vec<StartPlace>,
    /// Files that belong to no place.
    pub files: Vec<StartFile>,
    /// The groups that a list can be for: id and name.
    pub groups: Vec<(String, String)>,
    /// See [`EditPage`].
    pub history: History,
}

/// A place on the start page.
#[derive(Debug, Serialize)]
pub struct StartPlace {
    /// Its name.
    pub name: String,
    /// How many places stand above it.
    pub depth: usize,
    /// Its lists, each edition.
    pub editions: Vec<StartFile>,
    /// Its other files.
    pub files: Vec<StartFile>,
    /// Its path, with which files in it begin.
    pub path: String,
    /// Files that it can have and has not: path and name.
    pub missing: Vec<(String, String)>,
}

/// A file on the start page.
#[derive(Debug, Serialize)]
pub struct StartFile {
    /// What it is.
    pub title: String,
    /// Draft, issued.
    pub state: Option<String>,
    /// Of an edition, the page of its round.
    pub round: Option<String>,
    /// Its form, from the start page.
    pub href: String,
    /// What was found in it.
    pub errors: usize,
    /// See `errors`.
    pub warnings: usize,
}
