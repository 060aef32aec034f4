//! Places: all of them in short, and each with its offices and lists.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::index::Publisher;
use super::list::ListInShort;
use super::texts::Link;
use super::{ApiDocument, ApiRoute, Source, Texts, Word};
use crate::Address;
use crate::catalogue::{self, PlaceKind, Tier};

/// A place in short.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PlaceInShort {
    /// Its identifier: its folders from the province on.
    #[schemars(example = "fujian/xiamen")]
    pub(crate) id: String,
    #[serde(rename = "self")]
    pub(crate) link: Link,
    /// Its code; by GB/T 2260 unless the site says otherwise.
    pub(crate) code: String,
    /// Its tier.
    pub(crate) tier: Word<Tier>,
    /// Its full name.
    pub(crate) name: Texts,
    /// Its short name.
    pub(crate) short_name: Texts,
    /// The place above, if there is one.
    pub(crate) above: Option<String>,
    /// The lists it shows, by their identifiers.
    pub(crate) lists: Vec<String>,
}

impl PlaceInShort {
    fn of(source: &Source<'_>, from: &ApiRoute, place: &catalogue::Place) -> Self {
        let facts = &source.map.facts;
        Self {
            id: place.path.to_string(),
            link: Link(source.link(&from.route(), &ApiRoute::place(&place.path).route())),
            code: place.code.value.clone(),
            tier: Word(place.tier.value),
            name: Texts::from(&place.name),
            short_name: Texts::from(place.short()),
            above: facts.catalogue().parent(&place.path).map(|above| above.path.to_string()),
            lists: facts.shown(place).map(|shown| shown.list_address()).collect(),
        }
    }
}

/// All places, a place before those below it.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Places {
    #[serde(rename = "self")]
    pub(crate) link: Link,
    pub(crate) places: Vec<PlaceInShort>,
}

impl ApiDocument for Places {
    const PATH: &'static str = "places.json";
    const ABOUT: &'static str = "All places, a place before those below it";

    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)> {
        let at = ApiRoute::places();
        let places = source.map.facts.catalogue().places.values();
        let places = places.map(|place| PlaceInShort::of(source, &at, place)).collect();
        vec![(at.clone(), Self { link: Link(source.link(&at.route(), &at.route())), places })]
    }
}

/// A place with its offices and lists.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Place {
    #[serde(flatten)]
    pub(crate) in_short: PlaceInShort,
    /// What it is, where its tier alone does not say.
    pub(crate) kind: Option<Word<PlaceKind>>,
    /// What is to be known of the place itself.
    pub(crate) note: Option<Texts>,
    /// Who publishes its pages, where that is not who publishes the site.
    pub(crate) publisher: Option<Publisher>,
    /// The names of its counties.
    pub(crate) counties: Vec<Texts>,
    /// Offices that families can go to.
    pub(crate) offices: Vec<Office>,
    /// The lists that hold here: its own first, then those of places above.
    pub(crate) lists_in_force: Vec<ListInShort>,
    /// The places directly below.
    pub(crate) below: Vec<PlaceInShort>,
    /// Its page in each language.
    pub(crate) pages: BTreeMap<String, Link>,
}

/// An office that families can go to.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Office {
    /// The function it carries out, by its id in the vocabulary.
    pub(crate) department: String,
    /// Its name.
    pub(crate) name: Option<Texts>,
    /// Its address.
    pub(crate) address: Option<Texts>,
    /// Its telephone.
    pub(crate) phone: Option<String>,
    /// Its opening hours.
    pub(crate) hours: Option<Texts>,
    /// The services for which families go here first, by their ids.
    pub(crate) front_desk_for: Vec<String>,
    pub(crate) note: Option<Texts>,
}

impl From<&catalogue::Contact> for Office {
    fn from(contact: &catalogue::Contact) -> Self {
        Self {
            department: contact.department.value.clone(),
            name: Texts::some(contact.name.as_ref()),
            address: Texts::some(contact.address.as_ref()),
            phone: contact.phone.clone(),
            hours: Texts::some(contact.hours.as_ref()),
            front_desk_for: contact.front_desk_for.iter().map(|id| id.value.clone()).collect(),
            note: Texts::some(contact.note.as_ref()),
        }
    }
}

impl ApiDocument for Place {
    const PATH: &'static str = "places/{place}.json";
    const ABOUT: &'static str = "A place with its offices, its lists and the places below";

    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)> {
        let places = source.map.facts.catalogue().places.values();
        places.map(|place| (ApiRoute::place(&place.path), of(source, place))).collect()
    }
}

fn of(source: &Source<'_>, place: &catalogue::Place) -> Place {
    let at = ApiRoute::place(&place.path);
    let facts = &source.map.facts;
    let catalogue = facts.catalogue();
    let place = &catalogue.places[&place.path];
    let lists = facts.offered(place).into_iter().map(|shown| ListInShort::of(source, &at, shown));
    let below = catalogue.children(Some(&place.path)).into_iter();
    Place {
        in_short: PlaceInShort::of(source, &at, place),
        kind: place.kind(catalogue.site.codes).map(Word),
        note: Texts::some(place.note.as_ref()),
        publisher: place.publisher.as_ref().map(Publisher::from),
        counties: place.counties.iter().flat_map(|counties| Texts::all(&counties.names)).collect(),
        offices: place.contacts.iter().map(Office::from).collect(),
        lists_in_force: lists.collect(),
        below: below.map(|place| PlaceInShort::of(source, &at, place)).collect(),
        pages: source.pages(&at, &Address::place(&place.path)),
    }
}
