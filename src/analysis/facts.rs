//! The read-only bundle that checks, pages and exports receive.

use crate::catalogue::{Catalogue, Edition, EditionRef, EditionStatus, List, Place};
use crate::date::Date;
use crate::diagnostic::Findings;
use crate::source::SourceTree;

/// What is known: the catalogue, and what was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The content.
    pub catalogue: &'a Catalogue,
    /// Whether drafts and consultations are shown.
    pub drafts: bool,
    /// The day it is.
    pub today: Date,
    /// Whether the pages for staff are made.
    pub staff: bool,
    /// Whether the site can be searched.
    pub search: bool,
    /// What was found in which files, once checking is done; only pages for staff show it.
    pub found: Option<Found<'a>>,
}

/// What was found in which files.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The findings, in order.
    pub findings: &'a Findings,
    /// The files they point to.
    pub sources: &'a SourceTree,
}

impl<'a> Facts<'a> {
    /// Returns the lists `place` shows, by id.
    pub fn shown(&self, place: &'a Place) -> impl Iterator<Item = EditionRef<'a>> {
        let drafts = self.drafts;
        place
            .lists
            .values()
            .filter_map(move |list| list.current(drafts).map(|edition| EditionRef { place, list, edition }))
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
    pub fn shown_editions(&self, place: &'a Place, list: &'a List) -> impl Iterator<Item = EditionRef<'a>> {
        let drafts = self.drafts;
        let visible = move |edition: &&Edition| drafts || edition.status == EditionStatus::Issued;
        list.editions.iter().filter(visible).map(move |edition| EditionRef { place, list, edition })
    }
}
