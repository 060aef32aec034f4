//! What pages are made from.

use super::Overview;
use crate::catalogue::{Catalogue, Edition, EditionRef, EditionStatus, List, Place};
use crate::date::Date;
use crate::diagnostic::Findings;
use crate::source::SourceTree;

/// What is known, and what was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The content.
    pub catalogue: &'a Catalogue,
    /// The day it is.
    pub today: Date,
    /// Whether drafts and consultations are shown.
    pub drafts: bool,
    /// Whether the site can be searched.
    pub search: bool,
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
    /// Returns the lists `place` shows, by id.
    pub fn shown(&self, place: &'a Place) -> impl Iterator<Item = EditionRef<'a>> + use<'a> {
        let drafts = self.drafts;
        place
            .lists
            .values()
            .filter_map(move |list| list.current(drafts).map(|edition| EditionRef { place, list, edition }))
    }

    /// Returns the lists that all places show, by place and id.
    pub fn lists(&self) -> impl Iterator<Item = EditionRef<'a>> + use<'a> {
        let facts = *self;
        facts.catalogue.places.values().flat_map(move |place| facts.shown(place))
    }

    /// Returns the places that show a list, each with the first.
    pub fn places(&self) -> impl Iterator<Item = (&'a Place, EditionRef<'a>)> + use<'a> {
        let facts = *self;
        facts.catalogue.places.values().filter_map(move |place| Some((place, facts.shown(place).next()?)))
    }

    /// Returns the baselines with the lists held against them; none where there are no pages for staff.
    pub fn baselines(&self) -> &'a [super::overview::BaselineOverview<'a>] {
        self.staff.map_or(&[], |staff| &staff.overview.baselines)
    }

    /// Returns the place whose lists are searched on pages about `place`: itself, or the nearest above that
    /// shows any. On pages about no place it is the only province that does.
    pub fn searched(&self, place: Option<&'a Place>) -> Option<&'a Place> {
        let shows = |place: &&Place| self.shown(place).next().is_some();
        match place {
            Some(place) if shows(&place) => Some(place),
            Some(place) => self.searched(Some(self.catalogue.parent(&place.path)?)),
            None => {
                let mut provinces = self.catalogue.children(None).into_iter().filter(shows);
                provinces.next().filter(|_| provinces.next().is_none())
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
