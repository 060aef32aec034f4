//! Lists, their editions and services: what the files say, and what follows from it.
//!
//! The fields of an edition are declared in [`crate::schema::tables`]; here stands what no file says.

use std::ops::Deref;
use std::sync::Arc;

use super::snapshot::IssuedNames;
use super::unreviewed::Guesses;
use super::vocabulary::Words;
use crate::date::Date;
use crate::lang::Localized;
pub use crate::schema::tables::{
    Access, AdoptingService, Apply, Audience, Body, Checked, Compiled, Consultation, Correction, Dates,
    Decision, Document, EditionFile, EditionStatus, Kind, Lead, Provision, Query, QueryState, Review,
    ReviewedTexts, ServiceEntry, ServiceItem, Strength,
};
use crate::schema::{Declared, Fields, KeyLanguage};
use crate::span::{Span, Spanned};

/// What one place publishes for one group.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// Id: the name of its folder.
    pub id: String,
    /// Editions by id, oldest first.
    pub editions: Vec<Edition>,
}

/// Fields that belong to one edition; the next does not take them over.
pub const OF_ONE_EDITION: &[&str] =
    &["document", "dates", "consultation", "reviews", "queries", "notice", "frozen", "corrections"];
/// The same, of a service or provision.
pub const OF_ONE_SERVICE: &[&str] = &["was", "checked"];

/// One dated issue of a list; one file. What the file says can be asked of it directly.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Id: the name of its file.
    pub id: String,
    /// What its file says. Its services are taken from here once what they take over is found.
    pub file: EditionFile,
    /// The names it used when it was issued, if it is frozen.
    pub names: Option<Arc<IssuedNames>>,
    /// Services in the order written, each id once.
    pub services: Vec<Service>,
    /// In which language its file writes keys.
    pub keys: KeyLanguage,
    /// What was guessed in it and nobody has looked at yet.
    pub guesses: Guesses,
    /// Whether a service could not be used; a finding said why. What others miss here may be that one.
    pub lost: bool,
}

impl Deref for Edition {
    type Target = EditionFile;

    fn deref(&self) -> &EditionFile {
        &self.file
    }
}

impl Edition {
    /// The dates that say when an edition came out, the best first.
    const CAME_OUT: [&str; 5] = ["issued", "printed", "signed", "posted", "effective"];

    /// Reads one fitted edition file, with what its text says besides: keys in the language `keys`, `guesses`. `None` if it lacks a title. Its services wait
    /// as entries.
    pub(super) fn decode(
        id: &str,
        (keys, guesses): (KeyLanguage, Guesses),
        fields: Fields<'_>,
    ) -> Option<Self> {
        let file = EditionFile::decode(fields)?;
        let (id, lost) = (id.to_owned(), file.services_lost);
        Some(Self { id, file, names: None, services: Vec::new(), keys, guesses, lost })
    }

    /// Returns when it came out, with the name of the date, as far as it says.
    pub fn came_out(&self) -> Option<(&'static str, &Spanned<Date>)> {
        Self::CAME_OUT.iter().find_map(|name| Some((*name, self.dates.get(name)?)))
    }
}

/// One numbered row of a list.
#[derive(Clone, Debug)]
pub struct Service {
    /// Id, stable for ever.
    pub id: Spanned<String>,
    /// Number in the list.
    pub number: Spanned<u32>,
    /// What it offers; an adopted service shares it with the baseline.
    pub body: Arc<Body>,
    /// Set if the body was taken over.
    pub adopted: Option<Adoption>,
    /// How to get it here.
    pub apply: Option<Apply>,
    /// Former id.
    pub was: Option<Spanned<String>>,
    /// The official cell as printed here, of an adopted service; it ought to be the baseline's.
    pub printed: Option<Localized>,
    /// The official standard here, where this list says so of an adopted service.
    pub standard: Option<Localized>,
    /// Who pays for it here, the same.
    pub expenditure: Option<Localized>,
    /// Whether it was inherited rather than written here.
    pub inherited: bool,
    /// Words to find an adopted service by, besides those of its body.
    pub keywords: Words,
    /// The department families go to first here, where this list says so of an adopted service.
    pub front_desk: Option<Spanned<String>>,
    /// A local note.
    pub note: Option<Localized>,
    /// Who verified it.
    pub checked: Option<Checked>,
    /// Place of its first key.
    pub span: Span,
}

impl Service {
    /// Returns the service that a list writes in full.
    pub(super) fn own(body: Body) -> Self {
        Self {
            id: body.id.clone(),
            number: body.number.clone(),
            adopted: None,
            apply: body.apply.clone(),
            was: body.was.clone(),
            printed: None,
            standard: None,
            expenditure: None,
            inherited: false,
            keywords: Words::new(),
            front_desk: None,
            note: None,
            checked: body.checked.clone(),
            span: body.span,
            body: Arc::new(body),
        }
    }

    /// Returns the service that a list takes over: `body` and its number stand in the edition at `above`.
    pub(super) fn adopting(entry: AdoptingService, above: &str, body: Arc<Body>, number: u32) -> Self {
        Self {
            id: entry.id.unwrap_or_else(|| entry.adopts.clone()),
            number: entry.number.unwrap_or_else(|| Spanned::new(number, entry.adopts.span)),
            body,
            adopted: Some(Adoption { edition: above.to_owned(), service: entry.adopts }),
            apply: entry.apply,
            was: entry.was,
            printed: entry.printed,
            standard: entry.standard,
            expenditure: entry.expenditure,
            inherited: false,
            keywords: entry.keywords,
            front_desk: entry.front_desk,
            note: entry.note,
            checked: entry.checked,
            span: entry.span,
        }
    }
}

impl Service {
    /// Returns the official standard: how much is given, and how.
    pub fn standard(&self) -> Option<&Localized> {
        self.standard.as_ref().or(self.body.standard.as_ref())
    }

    /// Returns the official words on who pays for it.
    pub fn expenditure(&self) -> Option<&Localized> {
        self.expenditure.as_ref().or(self.body.expenditure.as_ref())
    }
}

/// Where an adopted body comes from.
#[derive(Clone, Debug)]
pub struct Adoption {
    /// The edition, as `place/list/edition`.
    pub edition: String,
    /// The service there.
    pub service: Spanned<String>,
}
