//! Lists: all of them in short, and each with its editions.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::edition::EditionInShort;
use super::texts::Link;
use super::verdict::Counts;
use super::{ApiDocument, ApiRoute, Source, Texts, Word};
use crate::Address;
use crate::catalogue::{EditionRef, EditionStatus};

/// A list in short, by the edition that stands.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ListInShort {
    /// Its identifier: the place and the name of the list.
    #[schemars(example = "fujian/xiamen/migrant-children")]
    pub(crate) id: String,
    #[serde(rename = "self")]
    pub(crate) link: Link,
    /// Whose it is.
    pub(crate) place: String,
    /// The group it is for, by its id in the vocabulary.
    pub(crate) group: String,
    /// Its full title.
    pub(crate) title: Texts,
    /// The id of the edition that stands.
    pub(crate) edition: String,
    /// Where that edition stands in its life; only `issued` is official.
    pub(crate) status: Word<EditionStatus>,
    /// How many services it has.
    pub(crate) services: usize,
    /// How many provisions.
    pub(crate) provisions: usize,
}

impl ListInShort {
    /// Returns a list for a document at `from`.
    pub(super) fn of(source: &Source<'_>, from: &ApiRoute, shown: EditionRef<'_>) -> Self {
        let services = &shown.edition.services;
        Self {
            id: shown.list_address(),
            link: Link(source.link(&from.route(), &ApiRoute::list(shown).route())),
            place: shown.place.path.to_string(),
            group: shown.group().to_owned(),
            title: Texts::from(&shown.edition.title),
            edition: shown.edition.id.clone(),
            status: Word(shown.edition.status),
            services: services.len(),
            provisions: services.iter().map(|service| service.body.provisions.len()).sum(),
        }
    }
}

/// All lists that places show.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Lists {
    #[serde(rename = "self")]
    pub(crate) link: Link,
    pub(crate) lists: Vec<ListInShort>,
}

impl ApiDocument for Lists {
    const PATH: &'static str = "lists.json";
    const ABOUT: &'static str = "All lists that places show, by place";

    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)> {
        let at = ApiRoute::lists();
        let lists = source.map.facts.lists().map(|shown| ListInShort::of(source, &at, shown)).collect();
        vec![(at.clone(), Self { link: Link(source.link(&at.route(), &at.route())), lists })]
    }
}

/// A list with its editions.
#[derive(Serialize, JsonSchema)]
pub(crate) struct List {
    #[serde(flatten)]
    pub(crate) in_short: ListInShort,
    /// Its editions that are shown, oldest first.
    pub(crate) editions: Vec<EditionInShort>,
    /// How many provisions of the list above are met here, and how many are not.
    pub(crate) verdicts: Option<Counts>,
    /// Which edition held on which day.
    pub(crate) timeline: Link,
    /// Its page in each language.
    pub(crate) pages: BTreeMap<String, Link>,
    /// Its news in each language.
    pub(crate) feeds: BTreeMap<String, Feeds>,
}

/// The news of a list in one language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Feeds {
    /// As Atom.
    pub(crate) atom: Link,
    /// As JSON Feed.
    pub(crate) json: Link,
}

impl ApiDocument for List {
    const PATH: &'static str = "lists/{place}/{list}.json";
    const ABOUT: &'static str = "A list with its editions and its news";

    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)> {
        source.map.facts.lists().map(|shown| (ApiRoute::list(shown), of(source, shown))).collect()
    }
}

fn of(source: &Source<'_>, shown: EditionRef<'_>) -> List {
    let (at, facts) = (ApiRoute::list(shown), &source.map.facts);
    let own =
        facts.catalogue().edition(&shown.address()).expect("a list that is shown is one of the catalogue");
    let editions = facts.shown_editions(own.place, own.list);
    let feeds = facts.catalogue().site.languages.iter().map(|language| {
        let [atom, json] =
            crate::feed::routes(shown, language).map(|route| Link(source.link(&at.route(), &route)));
        (language.code.as_str().to_owned(), Feeds { atom, json })
    });
    List {
        in_short: ListInShort::of(source, &at, shown),
        editions: editions.map(|edition| EditionInShort::of(source, &at, edition)).collect(),
        verdicts: facts.analysis.coverage(own).map(Counts::of_list),
        timeline: Link(source.link(&at.route(), &ApiRoute::as_of(shown).route())),
        pages: source.pages(&at, &Address::list(shown)),
        feeds: feeds.collect(),
    }
}
