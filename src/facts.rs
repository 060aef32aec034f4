//! Row 9. The read-only bundle that checks, pages and exports receive.

use crate::catalogue::{Catalogue, Edition, List, Place};
use crate::date::Date;

/// What is known: the catalogue, and what was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The content.
    pub catalogue: &'a Catalogue,
    /// Whether drafts and consultations are shown.
    pub drafts: bool,
    /// The day it is.
    pub today: Date,
}

/// A list as it is shown: with its current edition.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// Whose list.
    pub place: &'a Place,
    /// Which list.
    pub list: &'a List,
    /// The edition shown.
    pub edition: &'a Edition,
}

impl<'a> Facts<'a> {
    /// Returns the lists `place` shows, by id.
    pub fn shown(&self, place: &'a Place) -> impl Iterator<Item = Shown<'a>> {
        let drafts = self.drafts;
        place
            .lists
            .values()
            .filter_map(move |list| list.current(drafts).map(|edition| Shown { place, list, edition }))
    }

    /// Returns every edition there is, by place, list and id.
    pub fn editions(&self) -> impl Iterator<Item = Shown<'a>> {
        self.catalogue.places.values().flat_map(|place| {
            place
                .lists
                .values()
                .flat_map(move |list| list.editions.iter().map(move |edition| Shown { place, list, edition }))
        })
    }
}
