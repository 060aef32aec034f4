//! An edition with the list and place it belongs to, which it does not name itself.

use super::{Catalogue, Edition, List, Place, PlacePath};
use crate::span::Spanned;

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

impl<'a> EditionRef<'a> {
    /// Returns the group of people it is for: by default that of the name of its folder.
    pub fn group(self) -> &'a str {
        self.edition.group.as_ref().map_or(self.list.id.as_str(), |id| id.value.as_str())
    }

    /// Returns its address, `place/list/edition`.
    pub fn address(&self) -> String {
        format!("{}/{}", self.list_address(), self.edition.id)
    }

    /// Returns the address of its list, `place/list`.
    pub fn list_address(&self) -> String {
        format!("{}/{}", self.place.path, self.list.id)
    }

    /// Tells whether this list takes the place of one of a place above.
    fn stands_for(&self, above: EditionRef<'_>) -> bool {
        let list = above.list_address();
        let names = |address: &Spanned<String>| {
            address.value.strip_prefix(&list).is_some_and(|rest| rest.starts_with('/'))
        };
        let named = [&self.edition.measured_against, &self.edition.inherits];
        self.list.id == above.list.id || named.into_iter().flatten().any(names)
    }
}

impl Place {
    /// Returns the lists it shows, by id, those compiled from prose last: each by its newest issued edition, or with
    /// `drafts` by its newest.
    pub fn shown(&self, drafts: bool) -> impl Iterator<Item = EditionRef<'_>> {
        let of_kind = move |compiled: bool| {
            let lists = self.lists.values().filter_map(move |list| {
                Some(EditionRef { place: self, list, edition: list.current(drafts)? })
            });
            lists.filter(move |shown| shown.edition.compiled.is_some() == compiled)
        };
        of_kind(false).chain(of_kind(true))
    }
}

impl Catalogue {
    /// Returns the lists that hold in `place`: those it shows itself, by id, then those of the places above that none of
    /// these stands for, the nearest place first. A list stands for one above that has its id, or that it is measured
    /// against or inherits from.
    pub fn offered<'a>(&'a self, place: &'a Place, drafts: bool) -> Vec<EditionRef<'a>> {
        let mut lists: Vec<EditionRef<'a>> = place.shown(drafts).collect();
        let mut at = place;
        while let Some(above) = self.parent(&at.path) {
            let further = above.shown(drafts).filter(|list| !lists.iter().any(|own| own.stands_for(*list)));
            let further: Vec<_> = further.collect();
            lists.extend(further);
            at = above;
        }
        lists
    }

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
