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
mod grid;
mod list;
mod names;
mod note;
mod persons;
mod propose;
mod provisions;
mod refusal;
mod rows;
mod table;
mod workbook;
mod xml;
mod yaml;

pub use crate::schema::KeyLanguage as Keys;
pub use note::{Note, Weight};
pub use propose::PROPOSED;
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
}

/// Reads the list in a file called `name`.
///
/// # Errors
/// Why the file cannot be read, or that a number of a person stands in it, and what to do.
pub fn import(name: &str, bytes: &[u8], target: &Target<'_>) -> Result<Imported, Message> {
    let mut notes = Vec::new();
    let mut grids = formats::tables(name, bytes, &mut notes)?;
    if grids.iter_mut().filter_map(|grid| grid.drop_unseen().then_some(())).count() > 0 {
        notes.push(note::unseen_dropped());
    }
    if let Some(long) = grids.iter().find_map(Grid::too_long_a_cell) {
        return Err(long);
    }
    persons::refuse(name, &grids, &mut notes)?;
    let read = table::read(&grids, &target.catalogue.vocabulary, &mut notes)?;
    persons::refuse_joined(&read)?;
    let imported = list::write(name, &read, target, notes);
    persons::refuse_edition(&imported.yaml)?;
    Ok(imported)
}
