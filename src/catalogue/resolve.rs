//! What follows from the catalogue: places above, current editions, counterparts.

use std::collections::BTreeMap;

use super::{
    Catalogue, Certainty, Edition, EditionStatus, IssuedDepartment, List, NamedBody, Naming, Place,
    PlaceKind, PlacePath, Tier, Vocabulary,
};
use crate::lang::Localized;

/// Who carries out a function in a place.
#[derive(Clone, Copy, Debug)]
pub struct Counterpart<'a> {
    /// Its name; the function's name while nobody has confirmed one.
    pub name: &'a Localized,
    /// Full name.
    pub full_name: Option<&'a Localized>,
    /// How sure it is.
    pub certainty: Certainty,
    /// Note.
    pub note: Option<&'a Localized>,
}

impl Catalogue {
    /// Returns the names that words go by in `place`, or in the files that belong to none.
    pub fn naming(&self, place: Option<&Place>) -> Naming<'_> {
        Naming::new(&self.vocabulary, &self.places, place.map(|place| &place.path))
    }

    /// Returns the nearest place above `path`.
    pub fn parent(&self, path: &PlacePath) -> Option<&Place> {
        let above = path.above()?;
        self.places.get(&above).or_else(|| self.parent(&above))
    }

    /// Returns a place and those above it, the nearest first.
    pub fn upward<'a>(&'a self, place: &Place) -> impl Iterator<Item = &'a Place> {
        std::iter::successors(self.places.get(&place.path), |here| self.parent(&here.path))
    }

    /// Returns the places whose nearest place above is `path`, in the official order: that of their codes,
    /// and after them zones with prefecture rank but the code of a county. The provinces for `None`.
    pub fn children<'a>(&'a self, path: Option<&PlacePath>) -> Vec<&'a Place> {
        let is_child = |place: &&Place| {
            // Most places are elsewhere; only for those inside it is worth looking which place is nearest.
            path.is_none_or(|above| place.path.is_below(above))
                && self.parent(&place.path).map(|parent| &parent.path) == path
        };
        let mut children: Vec<&Place> = self.places.values().filter(is_child).collect();
        let is_zone = |place: &Place| {
            place.tier.value == Tier::Prefecture && place.kind(self.site.codes) == Some(PlaceKind::Zone)
        };
        children.sort_by_key(|place| (is_zone(place), &place.code.value));
        children
    }

    /// Returns the areas that pages of an edition name, in their order: as they were when it was issued, if it is
    /// frozen.
    pub fn areas_of<'a>(&'a self, edition: &'a Edition) -> Vec<(&'a str, &'a Localized)> {
        match &edition.names {
            Some(names) => names.areas.iter().map(|(id, name)| (id.as_str(), name)).collect(),
            None => self.vocabulary.areas.iter().map(|area| (area.id.value.as_str(), &area.name)).collect(),
        }
    }

    /// Returns the name of an area on pages of an edition.
    pub fn area_of<'a>(&'a self, edition: &'a Edition, id: &str) -> Option<&'a Localized> {
        self.areas_of(edition).into_iter().find(|(known, _)| *known == id).map(|(_, name)| name)
    }

    /// Returns the name of a condition on pages of an edition, and whether lists that set it say what they ask for.
    pub fn condition_of<'a>(&'a self, edition: &'a Edition, id: &str) -> Option<(&'a Localized, bool)> {
        let issued = edition.names.iter().flat_map(|names| &names.conditions).find(|(known, ..)| known == id);
        let issued = issued.map(|(_, name, stated)| (name, *stated));
        issued.or_else(|| self.vocabulary.condition(id).map(|known| (&known.name, known.stated)))
    }

    /// Returns the functions that pages of an edition name, in their order.
    pub fn departments_of<'a>(&'a self, edition: &'a Edition) -> Vec<&'a str> {
        match &edition.names {
            Some(names) => names.departments.iter().map(|known| known.id.as_str()).collect(),
            None => self.vocabulary.departments.iter().map(|known| known.id.value.as_str()).collect(),
        }
    }

    /// Returns who carries out a function in `place` on pages of `edition`: as it was when it was issued, if it is frozen.
    pub fn counterpart_of<'a>(
        &'a self,
        place: &'a Place,
        edition: &'a Edition,
        department: &str,
    ) -> Option<Counterpart<'a>> {
        let Some(known) = edition.issued_department(department) else {
            return self.counterpart(place, department);
        };
        Some(Counterpart {
            name: &known.name,
            full_name: known.full_name.as_ref(),
            certainty: known.certainty,
            note: known.note.as_ref(),
        })
    }

    /// Returns who carries out the function `department` in `place`: the local name, or else the usual
    /// one at its tier. `None` if the vocabulary has no such function.
    pub fn counterpart<'a>(&'a self, place: &'a Place, department: &str) -> Option<Counterpart<'a>> {
        let function = self.vocabulary.department(department)?;
        let local = place.departments.get(department).map(|(_, body)| body);
        let body: Option<&NamedBody> = local.or_else(|| self.vocabulary.usual_body(place, department));
        let full_name = body.and_then(|body| body.full_name.as_ref());
        Some(Counterpart {
            name: body.and_then(|body| body.name.as_ref()).unwrap_or(&function.name),
            full_name: full_name.filter(|name| local.is_some() || is_of(place, name)),
            certainty: body.map_or(Certainty::ToBeConfirmed, |body| body.certainty),
            note: body.and_then(|body| body.note.as_ref()),
        })
    }
}

/// Tells whether a full name of the vocabulary can be that of a body of `place`: those of provinces begin with the name of one.
fn is_of(place: &Place, full_name: &Localized) -> bool {
    let (own, name) = (&place.short().reference().value, &full_name.reference().value);
    let is_chinese = name.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    place.tier.value != Tier::Province || !is_chinese || name.contains(own.as_str())
}

impl Vocabulary {
    /// Returns for each function the first one that the same body carries out in `place`, by name.
    ///
    /// In prefectures the health commission is also the bureau of disease control: a family sees one
    /// office, and one page for it. Functions nobody has confirmed a body for stand for themselves.
    pub(super) fn bodies(&self, place: &Place) -> BTreeMap<String, String> {
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        let mut bodies = BTreeMap::new();
        for function in &self.departments {
            let id = function.id.value.as_str();
            let local = place.departments.get(id).map(|(_, body)| body);
            let body = local.or_else(|| self.usual_body(place, id));
            let named = body.and_then(|body| body.name.as_ref()).map(|name| name.reference().value.as_str());
            let stands_for = named.map_or(id, |name| first.entry(name).or_insert(id));
            bodies.insert(id.to_owned(), stands_for.to_owned());
        }
        bodies
    }
}

impl Edition {
    /// Returns a department as it was when this edition was issued, if it is frozen and names it.
    fn issued_department(&self, id: &str) -> Option<&IssuedDepartment> {
        self.names.as_ref()?.departments.iter().find(|known| known.id == id)
    }

    /// Returns the function that stands for the body that carries out `department` in `place`, on pages of this edition.
    pub fn body_of<'a>(&'a self, place: &'a Place, department: &'a str) -> &'a str {
        self.issued_department(department)
            .map_or_else(|| place.body_of(department), |known| known.body.as_str())
    }

    /// Returns the name of its place on pages of this edition.
    pub fn place_name<'a>(&'a self, place: &'a Place) -> &'a Localized {
        self.names.as_ref().map_or(&place.name, |names| &names.place)
    }
}

impl Place {
    /// Returns the function that stands for the body that carries out `department` here.
    pub fn body_of<'a>(&'a self, department: &'a str) -> &'a str {
        self.bodies.get(department).map_or(department, String::as_str)
    }
}

impl List {
    /// Puts the editions in their order: by the day they came out, of one day by their ordinal, else by their ids. An
    /// edition that does not say stands where its id puts it.
    pub(super) fn sort(&mut self) {
        self.editions.sort_by(|a, b| a.id.cmp(&b.id));
        let (mut day, mut ordinal) = (None, None);
        let mut keyed: Vec<_> = std::mem::take(&mut self.editions)
            .into_iter()
            .map(|edition| {
                day = edition.came_out().map(|(_, date)| date.value).or(day);
                ordinal = edition.ordinal.or(ordinal);
                ((day, ordinal), edition)
            })
            .collect();
        keyed.sort_by_key(|(key, _)| *key);
        self.editions = keyed.into_iter().map(|(_, edition)| edition).collect();
    }

    /// Returns the editions that are not superseded: the newest issued one, and those being prepared
    /// since, oldest first.
    pub fn standing(&self) -> impl Iterator<Item = &Edition> {
        let from = self.editions.iter().rposition(|edition| edition.status == EditionStatus::Issued);
        self.editions.iter().skip(from.unwrap_or(0))
    }

    /// Returns the issued edition that replaced the one called `id`, if there is one.
    pub fn successor(&self, id: &str) -> Option<&Edition> {
        let at = self.editions.iter().position(|edition| edition.id == id)?;
        let issued = |edition: &&Edition| edition.status == EditionStatus::Issued;
        issued(&&self.editions[at]).then(|| self.editions[at + 1..].iter().find(issued)).flatten()
    }

    /// Returns the edition before the one called `id`: the last issued one, or else the last of all.
    pub fn predecessor(&self, id: &str) -> Option<&Edition> {
        let at = self.editions.iter().position(|edition| edition.id == id)?;
        let before = &self.editions[..at];
        before.iter().rev().find(|edition| edition.status == EditionStatus::Issued).or_else(|| before.last())
    }

    /// Returns the edition that is shown: the newest issued one, or with `drafts` the newest of all.
    pub fn current(&self, drafts: bool) -> Option<&Edition> {
        self.editions.iter().rev().find(|edition| drafts || edition.status == EditionStatus::Issued)
    }
}
