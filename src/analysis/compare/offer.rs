//! A provision with the service and place it belongs to, and what holds for it from there.

use std::collections::{BTreeMap, BTreeSet};

use super::order::Order;
use super::reading::Readings;
use crate::catalogue::{Catalogue, EditionRef, Place, PlacePath, Provision, Service, Vocabulary, WhoKind};
use crate::diagnostic::Message;
use crate::lang::{LangCode, Localized};
use crate::schema::{Age, KeyLanguage};
use crate::span::Span;

/// A provision as a place offers it.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// Whose list it is in.
    pub place: &'a Place,
    /// Its service.
    pub service: &'a Service,
    /// The provision.
    pub provision: &'a Provision,
}

/// Returns the provisions of an edition in the order of the file.
pub fn offers<'a>(edition: EditionRef<'a>) -> impl Iterator<Item = Offer<'a>> + use<'a> {
    let EditionRef { place, edition, .. } = edition;
    edition.services.iter().flat_map(move |service| {
        service.body.provisions.iter().map(move |provision| Offer { place, service, provision })
    })
}

/// What comparisons need besides the two provisions.
#[derive(Clone, Debug)]
pub struct Terms<'a> {
    /// The catalogue, for names, audiences and counterparts.
    pub catalogue: &'a Catalogue,
    /// What counts as higher.
    pub order: Order,
    /// In which language the local file writes keys; what is said of it names them alike.
    pub keys: KeyLanguage,
    /// What was read of the provisions.
    pub readings: Readings,
    /// Where the local provisions stand of which a field was guessed and nobody has looked at it yet.
    pub guessed: BTreeSet<Span>,
    /// The names that places go by in their texts, and those of their bodies, the longest first, each with what
    /// stands for it in any place.
    names: BTreeMap<PlacePath, Vec<(String, String)>>,
}

impl<'a> Offer<'a> {
    /// Returns where it stands in the file of its own list: an adopted one at the line that adopts it.
    pub fn at(&self) -> Span {
        if self.service.adopted.is_some() { self.service.span } else { self.provision.id.span }
    }

    /// Returns its address in its edition, `service/provision`.
    pub fn address(&self) -> String {
        format!("{}/{}", self.service.id.value, self.provision.id.value)
    }

    /// Returns the id of its population.
    pub fn population(&self) -> Option<&'a str> {
        let own = self.provision.population.as_ref().or(self.service.body.audience.population.as_ref());
        own.map(|id| id.value.as_str())
    }

    /// Returns the ids of its categories, in the order written.
    pub fn categories(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let own = &self.provision.categories;
        let ids = if own.is_empty() { &self.service.body.audience.categories } else { own };
        ids.iter().map(|id| id.value.as_str())
    }

    /// Returns the ids of its school stages and those of its other categories: of each set one is enough,
    /// and an empty one asks for nothing.
    pub fn alternatives(&self, words: &Vocabulary) -> [BTreeSet<&'a str>; 2] {
        let is_stage = |id: &str| kind(words, id) == Some(WhoKind::Stage);
        let (stages, others) =
            self.categories().filter(|id| !is_qualifier(words, id)).partition(|id| is_stage(id));
        [stages, others]
    }

    /// Returns every kind of child it names: a stage with a category, or the one that it has.
    pub fn kinds_of_children(&self, words: &Vocabulary) -> Vec<Vec<&'a str>> {
        self.alternatives(words).iter().filter(|set| !set.is_empty()).fold(vec![Vec::new()], |kinds, set| {
            let with = |kind: &Vec<&'a str>, id: &&'a str| kind.iter().copied().chain([*id]).collect();
            kinds.iter().flat_map(|kind| set.iter().map(move |id| with(kind, id))).collect()
        })
    }

    /// Tells whether children of this kind are among those it names.
    pub fn names(&self, children: &[&str], words: &Vocabulary) -> bool {
        let is_in = |set: &BTreeSet<&str>| {
            set.is_empty() || children.iter().any(|id| set.iter().any(|known| words.is_within(id, known)))
        };
        self.alternatives(words).iter().all(is_in)
    }

    /// Returns the ids of what must be so as well.
    pub fn qualifiers(&self, words: &Vocabulary) -> BTreeSet<&'a str> {
        self.categories().filter(|id| is_qualifier(words, id)).collect()
    }

    /// Returns the age it states.
    pub fn age(&self) -> Option<Age> {
        self.provision.age.or(self.service.body.audience.age)
    }

    /// Returns the ids of its conditions, with those of the service's audience.
    pub fn conditions(&self) -> BTreeSet<&'a str> {
        let gate = &self.service.body.audience.conditions;
        self.provision.conditions.iter().chain(gate).map(|id| id.value.as_str()).collect()
    }

    /// Returns the ids of the responsible functions.
    pub fn departments(&self) -> BTreeSet<&'a str> {
        let own = &self.provision.departments;
        let ids = if own.is_empty() { &self.service.body.departments } else { own };
        ids.iter().map(|id| id.value.as_str()).collect()
    }
}

fn is_qualifier(words: &Vocabulary, id: &str) -> bool {
    kind(words, id) == Some(WhoKind::Qualifier)
}

fn kind(words: &Vocabulary, id: &str) -> Option<WhoKind> {
    words.audience(id).map(|who| who.kind)
}

/// Stands for the name of any place.
const PLACE: &str = "地";

/// Returns the names that a place goes by, and those of its bodies.
fn names(catalogue: &Catalogue, place: &Place) -> Vec<(String, String)> {
    let mut names: Vec<(String, String)> = Vec::new();
    let mut here = Some(place);
    while let Some(place) = here {
        for name in std::iter::once(&place.name).chain(&place.short_name) {
            names.push((name.reference().value.clone(), PLACE.to_owned()));
        }
        here = catalogue.parent(&place.path);
    }
    for department in &catalogue.vocabulary.departments {
        let id = &department.id.value;
        if let Some(body) = catalogue.counterpart(place, id) {
            names.push((body.name.reference().value.clone(), format!("⟨{id}⟩")));
        }
    }
    names.retain(|(name, _)| name.chars().count() > 1);
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
}

impl<'a> Terms<'a> {
    /// Returns what comparisons of lists of these places need.
    pub fn new(
        catalogue: &'a Catalogue,
        order: Order,
        keys: KeyLanguage,
        readings: Readings,
        places: [&Place; 2],
    ) -> Self {
        let names = places.into_iter().map(|place| (place.path.clone(), names(catalogue, place))).collect();
        Self { catalogue, order, keys, readings, guessed: BTreeSet::new(), names }
    }
}

impl Terms<'_> {
    /// Returns a text of a place with what holds of any place instead of its names.
    pub fn without_names(&self, place: &Place, mut text: String) -> String {
        for (name, instead) in self.names.get(&place.path).into_iter().flatten() {
            if text.contains(name) {
                text = text.replace(name, instead);
            }
        }
        text
    }

    /// Tells whether a word is the name of a place, or of one above it, or most of it: 厦门.
    pub fn is_of_name(&self, place: &Place, word: &str) -> bool {
        let places =
            self.names.get(&place.path).into_iter().flatten().filter(|(_, instead)| instead == PLACE);
        word.chars().count() > 1 && places.into_iter().any(|(name, _)| name.starts_with(word))
    }

    /// Returns the name of an audience.
    pub fn audience(&self, id: &str) -> Message {
        self.catalogue.vocabulary.audience(id).map_or_else(|| bare(id), |who| spoken(&who.name))
    }

    /// Returns the name of a condition.
    pub fn condition(&self, id: &str) -> Message {
        self.catalogue.vocabulary.condition(id).map_or_else(|| bare(id), |known| spoken(&known.name))
    }

    /// Returns the name of who carries out a function in `place`.
    pub fn department(&self, place: &Place, id: &str) -> Message {
        self.catalogue.counterpart(place, id).map_or_else(|| bare(id), |body| spoken(body.name))
    }
}

/// Returns a text in the tool's two languages, the reference where one is missing.
pub fn spoken(text: &Localized) -> Message {
    let get = |code| text.get(&LangCode::new(code)).unwrap_or_else(|| text.reference()).value.clone();
    Message { zh: get("zh"), en: get("en") }
}

/// Returns an id that nobody has named, as it is.
fn bare(id: &str) -> Message {
    Message { zh: id.to_owned(), en: id.to_owned() }
}

/// Joins names into a list.
pub fn listed(names: impl IntoIterator<Item = Message>) -> Message {
    let (zh, en): (Vec<String>, Vec<String>) = names.into_iter().map(|name| (name.zh, name.en)).unzip();
    Message { zh: zh.join("、"), en: en.join(", ") }
}
