//! An edition with the list and place it belongs to, which it does not name itself.

use super::{Catalogue, Edition, List, Place, PlacePath};

/// An edition with the list and place it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct EditionRef<'a> {
    /// Whose.
    pub place: &'a Place,
    /// Of which list.
    pub list: &'a List,
    /// Which.
    pub edition: &'a Edition,
}

impl EditionRef<'_> {
    /// Returns its address, `place/list/edition`.
    pub fn address(&self) -> String {
        format!("{}/{}", self.list_address(), self.edition.id)
    }

    /// Returns the address of its list, `place/list`.
    pub fn list_address(&self) -> String {
        format!("{}/{}", self.place.path, self.list.id)
    }
}

impl Place {
    /// Returns the lists it shows, by id: each by its newest issued edition, or with `drafts` by its newest.
    pub fn shown(&self, drafts: bool) -> impl Iterator<Item = EditionRef<'_>> {
        let list = move |list| (list, List::current(list, drafts));
        let lists = self.lists.values().map(list);
        lists.filter_map(|(list, edition)| Some(EditionRef { place: self, list, edition: edition? }))
    }
}

impl Catalogue {
    /// Returns every edition there is, by place, list and id.
    pub fn editions(&self) -> impl Iterator<Item = EditionRef<'_>> {
        let lists =
            self.places.values().flat_map(|place| place.lists.values().map(move |list| (place, list)));
        lists.flat_map(|(place, list)| {
            list.editions.iter().map(move |edition| EditionRef { place, list, edition })
        })
    }

    /// Returns the edition at `place/list/edition`.
    pub fn edition(&self, address: &str) -> Option<EditionRef<'_>> {
        let (rest, edition) = address.rsplit_once('/')?;
        let (place, list) = rest.rsplit_once('/')?;
        let place = self.places.get(&PlacePath::new(place))?;
        let list = place.lists.get(list)?;
        let edition = list.editions.iter().find(|known| known.id == edition)?;
        Some(EditionRef { place, list, edition })
    }
}
