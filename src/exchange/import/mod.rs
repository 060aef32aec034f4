//! From the table an office has (a workbook, a document, a CSV file) to an edition in YAML, to be looked over.
//!
//! ```text
//! bytes ─formats─▶ Grid ─table─▶ Record ─propose, names─▶ yaml::Map ─yaml─▶ text
//! ```
//!
//! A kind of file is one file in `formats/` and one line in its registry; a heading is a word in `columns.rs`. Texts of
//! cells are kept to the letter. No message shows more of a cell than `note::shown` lets through, and nothing at all is
//! shown of a file in which a number of a person stands.

mod archive;
mod clauses;
mod columns;
mod filled;
mod formats;
mod from_words;
mod goal;
mod grid;
mod headings;
mod list;
mod names;
mod note;
mod persons;
mod propose;
mod provisions;
mod refusal;
mod rows;
mod table;
mod told;
mod understood;
mod workbook;
mod xml;
mod yaml;

pub use crate::schema::KeyLanguage as Keys;
pub use goal::Goal;
pub use note::{Note, Weight};
pub use propose::PROPOSED;
pub use told::{Decision, RowId, Told};
pub use understood::{Candidate, Clause, ShownCell, ShownColumn, ShownRow, ShownTable, Understood};
pub use workbook::{Sheet, workbook};

use std::sync::Arc;

use grid::Grid;
use qingdan_reading::wording::Wording;

use crate::catalogue::{Catalogue, Edition, Place, Provision, Service, Vocabulary};
use crate::diagnostic::Message;

/// The sheet of the workbook to fill in that holds what can be chosen from.
const LISTS_SHEET: &str = "选项";

/// The sheet of the workbook to fill in that holds what the edition says besides its services.
const INFO_SHEET: &str = "清单信息";

/// What a table is imported into.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The words and places.
    pub catalogue: &'a Catalogue,
    /// Whose list it is, if that is known.
    pub place: Option<&'a Place>,
    /// Which edition it is going to be, from 1.
    pub ordinal: u32,
    /// Its address, if that is known: place/list/edition.
    pub address: Option<&'a str>,
    /// The baseline with its address, if there is one.
    pub baseline: Option<(&'a Edition, &'a str)>,
    /// The language of the keys.
    pub keys: Keys,
}

impl<'a> Target<'a> {
    /// Returns the words that the list is read by: those it will be compared by.
    fn wording(&self) -> &'a Arc<Wording> {
        let above = self.baseline.and_then(|(_, address)| self.catalogue.edition(address));
        let place = above.map(|above| above.place).or(self.place);
        place.map_or(&self.catalogue.library, |place| self.catalogue.library_of(place, None)).words()
    }
}

/// Tells whether two headings are the same: spaces and what stands in brackets do not count.
pub fn is_same_heading(one: &str, other: &str) -> bool {
    headings::plain(one) == headings::plain(other)
}

/// Returns what the words of a clause say of its fields, each with its path and its values, for a person to confirm. Held
/// against the provision that it answers, only what differs and what it says alike is taken.
pub fn said_by(
    clause: &str,
    baseline: Option<(&Service, &Provision)>,
    (words, wording): (&Vocabulary, &Wording),
) -> Vec<(Vec<String>, Vec<String>)> {
    let mut map = yaml::Map::default();
    from_words::fill(&mut map, clause, from_words::Answering { meant: clause, baseline }, (words, wording));
    map.take("plain");
    map.leaves()
}

/// What came of an import.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The edition.
    pub yaml: String,
    /// What was noticed.
    pub notes: Vec<Note>,
    /// How many services were read, and how many of them are taken over from the baseline.
    pub services: usize,
    /// Services taken over unchanged.
    pub adopted: usize,
    /// How many provisions stand in the others, and of how many an answer to the baseline is proposed.
    pub provisions: usize,
    /// Provisions with a proposal.
    pub proposed: usize,
    /// What was understood, service by service, those that stay out as well.
    pub understood: Vec<Understood>,
    /// Areas that the table names and the vocabulary does not know.
    pub new_areas: Vec<String>,
}

/// A file that was read: its tables, in which nobody's number stands.
#[derive(Clone, Debug)]
pub struct OfficeFile {
    name: String,
    grids: Vec<Grid>,
    notes: Vec<Note>,
}

impl OfficeFile {
    /// Reads the tables of a file called `name`.
    ///
    /// # Errors
    /// Why the file cannot be read, or that a number of a person stands in it, and what to do.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Message> {
        let mut notes = Vec::new();
        let mut grids = formats::tables(name, bytes, &mut notes)?;
        if grids.iter_mut().filter_map(|grid| grid.drop_unseen().then_some(())).count() > 0 {
            notes.push(note::unseen_dropped());
        }
        if let Some(long) = grids.iter().find_map(Grid::too_long_a_cell) {
            return Err(long);
        }
        persons::refuse(name, &grids, &mut notes)?;
        Ok(Self { name: name.to_owned(), grids, notes })
    }

    /// Returns its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads the list in it, with what a person told about it.
    ///
    /// # Errors
    /// No table is a list, or a number of a person comes out of joined cells, and what to do.
    pub fn import(&self, target: &Target<'_>, told: &Told) -> Result<Imported, Message> {
        let mut notes = self.notes.clone();
        let read = table::read(&self.grids, &target.catalogue.vocabulary, told, &mut notes)?;
        persons::refuse_joined(&read)?;
        let imported = list::write(&self.name, &read, target, told, notes);
        persons::refuse_edition(&imported.yaml)?;
        Ok(imported)
    }

    /// Returns its tables as they look, and what is known of their columns.
    pub fn tables(&self, words: &Vocabulary, told: &Told) -> Vec<ShownTable> {
        let read = table::read(&self.grids, words, told, &mut Vec::new()).ok();
        understood::shown(&self.grids, read.as_ref())
    }
}

/// Reads the list in a file called `name`, with what a person told about it.
///
/// # Errors
/// Why the file cannot be read, or that a number of a person stands in it, and what to do.
pub fn import(name: &str, bytes: &[u8], target: &Target<'_>, told: &Told) -> Result<Imported, Message> {
    OfficeFile::read(name, bytes)?.import(target, told)
}
