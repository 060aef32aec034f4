//! Which list a table becomes, and what it is measured against.

use crate::catalogue::{Catalogue, Edition, Place, PlacePath};

/// The list that a table becomes.
#[derive(Clone, Copy, Debug)]
pub struct Goal<'a> {
    /// Whose list it is.
    pub place: &'a Place,
    /// Which list of the place, if the address says so.
    pub list: Option<&'a str>,
    /// Which edition of it, if the address says so.
    pub edition: Option<&'a str>,
    /// Which edition it is going to be, from 1.
    pub ordinal: u32,
}

impl<'a> Goal<'a> {
    /// Reads an address: place, place/list or place/list/edition. `None` if there is no such place.
    pub fn of(catalogue: &'a Catalogue, address: &'a str) -> Option<Self> {
        let address = address.trim_matches('/');
        let ends = address.match_indices('/').map(|(at, _)| at).chain([address.len()]);
        let known = |end: usize| {
            catalogue.places.get(&PlacePath::new(address[..end].to_owned())).map(|place| (place, end))
        };
        let (place, end) = ends.collect::<Vec<_>>().into_iter().rev().find_map(known)?;
        let mut rest = address[end..].split('/').filter(|part| !part.is_empty());
        let (list, edition) = (rest.next(), rest.next());
        let is_edition = rest.next().is_none();
        let editions = list.and_then(|id| place.lists.get(id)).map_or(&[][..], |list| &list.editions);
        let before = editions.iter().filter(|known| edition.is_none_or(|id| known.id.as_str() < id));
        let ordinal = before.filter_map(|known| known.ordinal).max().map_or(1, |last| last + 1);
        Some(Self { place, list, edition: edition.filter(|_| is_edition), ordinal })
    }

    /// Returns the edition that stands of the same list of the nearest place above; where no list is named or none is
    /// called so, that of the nearest place above that has one list only.
    pub fn baseline(&self, catalogue: &'a Catalogue) -> Option<(&'a Edition, String)> {
        let above: Vec<&'a Place> =
            std::iter::successors(catalogue.parent(&self.place.path), |place| catalogue.parent(&place.path))
                .collect();
        let same = self.list.and_then(|id| above.iter().find_map(|place| standing(place, id)));
        same.or_else(|| above.iter().find_map(|place| only_list(place)))
    }

    /// Returns what a table without a place is measured against: the one list of the one province there is.
    pub fn only_baseline(catalogue: &'a Catalogue) -> Option<(&'a Edition, String)> {
        match catalogue.children(None).as_slice() {
            [only] => only_list(only),
            _ => None,
        }
    }
}

fn only_list(place: &Place) -> Option<(&Edition, String)> {
    match place.lists.keys().collect::<Vec<_>>().as_slice() {
        [id] => standing(place, id),
        _ => None,
    }
}

/// Returns the edition of a list that stands, or else its draft, with its address.
fn standing<'a>(place: &'a Place, id: &str) -> Option<(&'a Edition, String)> {
    let list = place.lists.get(id)?;
    let edition = list.current(false).or_else(|| list.current(true))?;
    Some((edition, format!("{}/{id}/{}", place.path, edition.id)))
}
