//! What pages are made from.

use super::Overview;
use crate::analysis::Analysis;
use crate::catalogue::{Catalogue, Edition, EditionRef, EditionStatus, List, Place};
use crate::date::Date;
use crate::diagnostic::Findings;
use crate::history::Diff;
use crate::source::SourceTree;

/// What is known, and what was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// What is known of the catalogue.
    pub analysis: &'a Analysis<'a>,
    /// Whether drafts and consultations are shown.
    pub drafts: bool,
    /// Whether the site can be searched.
    pub search: bool,
    /// The day that the data is of, where that is not today: only what held then is in the catalogue.
    pub on: Option<Date>,
    /// What the pages for staff are made from, if they are made.
    pub staff: Option<Staff<'a>>,
}

/// What the pages for staff are made from besides.
#[derive(Clone, Copy, Debug)]
pub struct Staff<'a> {
    /// How all lists stand to their baselines.
    pub overview: &'a Overview<'a>,
    /// What checking found, in order.
    pub findings: &'a Findings,
    /// The files the findings point to.
    pub sources: &'a SourceTree,
}

impl<'a> Facts<'a> {
    /// Returns the content.
    pub fn catalogue(&self) -> &'a Catalogue {
        self.analysis.catalogue
    }

    /// Returns the lists `place` shows, by id.
    pub fn shown<'p>(&self, place: &'p Place) -> impl Iterator<Item = EditionRef<'p>> + use<'p> {
        place.shown(self.drafts)
    }

    /// Returns the lists that hold in `place`: its own, then those of places above that none of these stands for.
    pub fn offered(&self, place: &'a Place) -> Vec<EditionRef<'a>> {
        self.catalogue().offered(place, self.drafts)
    }

    /// Returns the lists that are searched in `place`, in parts with the place they are of: first what an office
    /// published as a list, of the place itself; then what else holds there.
    pub fn search_parts(&self, place: &'a Place) -> Vec<(&'a Place, Vec<EditionRef<'a>>)> {
        let offered = self.offered(place);
        let is_own = |shown: &EditionRef<'a>| shown.place.path == place.path;
        let has_tables = offered.iter().any(|shown| is_own(shown) && shown.edition.compiled.is_none());
        let is_first =
            |shown: &EditionRef<'a>| is_own(shown) && (shown.edition.compiled.is_none() || !has_tables);
        let (first, further): (Vec<_>, Vec<_>) = offered.into_iter().partition(is_first);
        let mut parts = vec![(place, first)];
        for shown in further {
            match parts[1..].iter_mut().find(|(of, _)| of.path == shown.place.path) {
                Some((_, lists)) => lists.push(shown),
                None => parts.push((shown.place, vec![shown])),
            }
        }
        parts
    }

    /// Returns the lists that all places show, by place and id.
    pub fn lists(&self) -> impl Iterator<Item = EditionRef<'a>> + use<'a> {
        let facts = *self;
        facts.catalogue().places.values().flat_map(move |place| facts.shown(place))
    }

    /// Returns the places that show a list, each with the first.
    pub fn places(&self) -> impl Iterator<Item = (&'a Place, EditionRef<'a>)> + use<'a> {
        let facts = *self;
        facts.catalogue().places.values().filter_map(move |place| Some((place, facts.shown(place).next()?)))
    }

    /// Returns how a shown edition differs from the one shown before it. `None` if it is the first.
    pub fn changes(&self, shown: EditionRef<'a>) -> Option<&'a Diff<'a>> {
        self.analysis.changes(shown, self.drafts)
    }

    /// Tells whether more than one edition of a list is shown.
    pub fn has_history(&self, shown: EditionRef<'a>) -> bool {
        self.shown_editions(shown.place, shown.list).nth(1).is_some()
    }

    /// Returns the baselines with the lists held against them; none where there are no pages for staff.
    pub fn baselines(&self) -> &'a [super::overview::BaselineOverview<'a>] {
        self.staff.map_or(&[], |staff| &staff.overview.baselines)
    }

    /// Returns the place whose lists are searched on pages about `place`: itself, or the nearest above that
    /// shows any. On pages about no place it is the only province with a list that an office published as one, or else the
    /// only one with any.
    pub fn searched(&self, place: Option<&Place>) -> Option<&'a Place> {
        let shows = |place: &&Place| self.shown(place).next().is_some();
        match place {
            Some(place) if shows(&place) => self.catalogue().places.get(&place.path),
            Some(place) => self.searched(Some(self.catalogue().parent(&place.path)?)),
            None => {
                let has_table =
                    |place: &&Place| self.shown(place).any(|shown| shown.edition.compiled.is_none());
                let only = |test: &dyn Fn(&&Place) -> bool| {
                    let mut found = self.catalogue().children(None).into_iter().filter(test);
                    found.next().filter(|_| found.next().is_none())
                };
                only(&has_table).or_else(|| only(&shows))
            }
        }
    }

    /// Returns the editions of a list that are shown, oldest first, superseded ones too.
    pub fn shown_editions(
        &self,
        place: &'a Place,
        list: &'a List,
    ) -> impl Iterator<Item = EditionRef<'a>> + use<'a> {
        let drafts = self.drafts;
        let visible = move |edition: &&Edition| drafts || edition.status == EditionStatus::Issued;
        list.editions.iter().filter(visible).map(move |edition| EditionRef { place, list, edition })
    }
}
