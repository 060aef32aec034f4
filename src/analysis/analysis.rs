//! What follows from the catalogue: coverage, changes, what is due, what families need. Checks, pages and exports
//! are functions of it.
//!
//! Each answer is worked out when it is first asked for, and once. To add one, add a cell for it, and a method that fills
//! the cell from the catalogue and the answers of earlier rows; what it takes long to work out belongs here, what only one
//! page says of it belongs to the page.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::catalogue::{Catalogue, Edition, EditionRef, EditionStatus, List, Place, PlacePath};
use crate::compare::offers;
use crate::coverage::{self, Coverage, QueryStatus};
use crate::date::Date;
use crate::finder::Table;
use crate::history::{self, Diff, DutyStatus, ListStatus};

/// What is known of a catalogue on a day.
pub struct Analysis<'a> {
    /// The content.
    pub catalogue: &'a Catalogue,
    /// The day it is.
    pub today: Date,
    editions: BTreeMap<EditionKey<'a>, EditionCells<'a>>,
    /// By place, and whether drafts count.
    eligibility: BTreeMap<(&'a PlacePath, bool), OnceLock<Table<'a>>>,
    status: OnceLock<Vec<ListStatus<'a>>>,
    duties: OnceLock<Vec<DutyStatus<'a>>>,
}

/// Place, list and edition.
type EditionKey<'a> = (&'a PlacePath, &'a str, &'a str);

/// Returns the edition before one: the last that was issued, or with `drafts` the last of all. `None` if it is the first.
fn before(edition: EditionRef<'_>, drafts: bool) -> Option<EditionRef<'_>> {
    let at = edition.list.editions.iter().position(|known| known.id == edition.edition.id)?;
    let earlier = &edition.list.editions[..at];
    let is_issued = |edition: &&Edition| edition.status == EditionStatus::Issued;
    let before = if drafts { earlier.last() } else { earlier.iter().rfind(is_issued) }?;
    Some(EditionRef { edition: before, ..edition })
}

/// What follows for one edition, each once it was asked for.
#[derive(Default)]
struct EditionCells<'a> {
    coverage: OnceLock<Option<Coverage<'a>>>,
    coverage_now: OnceLock<Option<Coverage<'a>>>,
    since_issued: OnceLock<Diff<'a>>,
    since_draft: OnceLock<Diff<'a>>,
}

impl<'a> Analysis<'a> {
    /// Prepares the answers; nothing is worked out yet.
    pub fn new(catalogue: &'a Catalogue, today: Date) -> Self {
        let editions = catalogue.editions().map(|edition| (key(edition), EditionCells::default()));
        let places = catalogue.places.keys().flat_map(|path| [(path, false), (path, true)]);
        Self {
            catalogue,
            today,
            editions: editions.collect(),
            eligibility: places.map(|place| (place, OnceLock::new())).collect(),
            status: OnceLock::new(),
            duties: OnceLock::new(),
        }
    }

    /// Returns how an edition stands to the baseline it names. `None` if it names none that there is.
    pub fn coverage(&self, edition: EditionRef<'a>) -> Option<&Coverage<'a>> {
        let covered = || coverage::cover(self.catalogue, edition, None);
        self.editions.get(&key(edition))?.coverage.get_or_init(covered).as_ref()
    }

    /// Returns how an edition stands to the edition of its baseline that replaced the one it names. `None` if that was
    /// not replaced.
    pub fn coverage_now(&self, edition: EditionRef<'a>) -> Option<&Coverage<'a>> {
        let held = || {
            let named = self.catalogue.edition(&edition.edition.measured_against.as_ref()?.value)?;
            named.list.successor(&named.edition.id)?;
            let in_force = EditionRef { edition: named.list.current(false)?, ..named };
            Some(coverage::hold_against(self.catalogue, edition, in_force))
        };
        self.editions.get(&key(edition))?.coverage_now.get_or_init(held).as_ref()
    }

    /// Returns how each list stands that is measured against another, by its editions that stand now or are being
    /// prepared, in the order of places.
    pub fn coverages(&self) -> Vec<&Coverage<'a>> {
        let standing = coverage::current_editions(self.catalogue, &[]);
        standing.into_par_iter().filter_map(|edition| self.coverage(edition)).collect()
    }

    /// Returns how an edition differs from the one before it: the last that was issued, or with `drafts` the last of
    /// all. `None` if it is the first.
    pub fn changes(&self, edition: EditionRef<'a>, drafts: bool) -> Option<&Diff<'a>> {
        let cells = self.editions.get(&key(edition))?;
        let from = before(edition, drafts)?;
        let is_issued = from.edition.status == EditionStatus::Issued;
        let cell = if is_issued { &cells.since_issued } else { &cells.since_draft };
        Some(cell.get_or_init(|| history::diff(self.catalogue, from, edition)))
    }

    /// Returns how an edition differs from another. Worked out anew at each call, unless they follow each other.
    pub fn between(&self, from: EditionRef<'a>, to: EditionRef<'a>) -> Cow<'_, Diff<'a>> {
        let follows = |drafts: &bool| before(to, *drafts).is_some_and(|before| key(before) == key(from));
        let known = [true, false].into_iter().find(follows).and_then(|drafts| self.changes(to, drafts));
        known.map_or_else(|| Cow::Owned(history::diff(self.catalogue, from, to)), Cow::Borrowed)
    }

    /// Returns how every list stands today, and what is due, by place.
    pub fn status(&self) -> &[ListStatus<'a>] {
        let covered = |edition| self.coverage(edition);
        self.status.get_or_init(|| history::status(self.catalogue, self.today, &covered))
    }

    /// Returns what has to be done by when, by the place that sets it, as written.
    pub fn duties(&self) -> &[DutyStatus<'a>] {
        self.duties.get_or_init(|| history::duties(self.catalogue, self.today))
    }

    /// Returns the queries about all editions of a list, oldest edition first, as written.
    pub fn queries(&self, place: &'a Place, list: &'a List) -> Vec<QueryStatus<'a>> {
        coverage::queries(place, list, &|edition| self.coverage(edition))
    }

    /// Returns what each provision needs of the lists that hold in `place`, by list, service and provision.
    pub fn eligibility(&self, place: &'a Place, drafts: bool) -> &Table<'a> {
        let cell = self.eligibility.get(&(&place.path, drafts)).expect("the place is one of the catalogue");
        cell.get_or_init(|| {
            let lists = self.catalogue.offered(place, drafts);
            let questions = self.catalogue.questions_for(place, lists.iter().copied());
            let groups = lists.iter().copied().map(EditionRef::group);
            let offers = lists.iter().copied().flat_map(offers);
            Table::local(self.catalogue, place, (questions, groups), self.today, offers)
        })
    }
}

fn key<'a>(edition: EditionRef<'a>) -> EditionKey<'a> {
    (&edition.place.path, &edition.list.id, &edition.edition.id)
}

impl std::fmt::Debug for Analysis<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Analysis").field("today", &self.today).finish_non_exhaustive()
    }
}
