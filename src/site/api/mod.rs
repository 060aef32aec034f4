//! The lists as open data: JSON files under `api/v1/`, for programs of others.
//!
//! In: what the pages are made from. Out: files beside them, each a document of one kind, and `openapi.json`, which
//! describes every kind by the types that the files are written from. An identifier stays what it is for as long as the
//! thing is the same; a change that could break a program raises [`VERSION`].
//!
//! To add a kind of document, write its type in a file here with an `ApiDocument`, and a line in `DOCUMENTS`.

pub(crate) mod change;
pub(crate) mod edition;
pub(crate) mod index;
pub(crate) mod list;
mod openapi;
pub(crate) mod place;
mod route;
pub(crate) mod service;
mod texts;
pub(crate) mod timeline;
pub(crate) mod verdict;
pub(crate) mod vocabulary;

pub use route::{ApiRoute, of_subject};
pub use texts::{Day, Link, Spelled, Texts, Word};

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::Message;
use crate::route::Route;
use crate::{Address, SiteMap};

/// The version, which is a part of every address.
pub const VERSION: &str = "v1";

/// What documents are made from.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The pages, with what they are made from.
    pub map: &'a SiteMap<'a>,
}

impl Source<'_> {
    /// Returns the link that a document at `from` has to `to`: an address, where the site knows its own, else relative.
    fn link(&self, from: &Route, to: &Route) -> String {
        let to = &self.dated(to);
        let base = self.map.facts.catalogue().site.base_url.as_ref();
        base.map_or_else(|| from.link_to(to), |base| to.absolute(&base.value))
    }

    /// Returns where a file stands: beside those of today, if the data is of another day.
    fn dated(&self, route: &Route) -> Route {
        let own = route.as_str().strip_prefix("api/").and_then(|rest| rest.strip_prefix(VERSION));
        match (self.map.facts.on, own) {
            (Some(day), Some(rest)) => Route::new(format!("api/{VERSION}@{day}{rest}")),
            (Some(_) | None, _) => route.clone(),
        }
    }

    /// Returns the links that a document has to the pages at `address`, by language; of those that there are.
    fn pages(&self, from: &ApiRoute, address: &Address) -> BTreeMap<String, Link> {
        let languages = self.map.facts.catalogue().site.languages.iter();
        let pages = languages.map(|language| (language, address.route(language)));
        let there = pages.filter(|(_, page)| self.map.has(page));
        there
            .map(|(language, page)| {
                (language.code.as_str().to_owned(), Link(self.link(&from.route(), &page)))
            })
            .collect()
    }
}

/// A kind of document.
pub(crate) trait ApiDocument: Serialize + JsonSchema + Sized {
    /// Where they stand, with the parts of the address that differ in braces.
    const PATH: &'static str;
    /// What one says, in a line.
    const ABOUT: &'static str;

    /// Returns every one of them with its address.
    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)>;
}

/// Every document that names a thing: what the files of other standards are made from, so that they say what these say.
pub(crate) struct Documents {
    /// The site.
    pub(crate) index: index::Index,
    /// The words that documents name by their ids.
    pub(crate) words: vocabulary::Words,
    /// The places, a place before those below it.
    pub(crate) places: Vec<place::Place>,
    /// The lists.
    pub(crate) lists: Vec<list::List>,
    /// The editions of all lists.
    pub(crate) editions: Vec<edition::Edition>,
    /// The services of the editions that stand, by list.
    pub(crate) services: Vec<service::ServiceDocument>,
    /// How editions stand to those above.
    pub(crate) verdicts: Vec<verdict::Verdicts>,
    /// What editions changed.
    pub(crate) changes: Vec<change::Changes>,
}

impl Documents {
    /// Makes them for the files of a site.
    pub(crate) fn of<'a>(map: &'a SiteMap<'a>) -> Self {
        let source = Source { map };
        Self {
            index: one(&source),
            words: one(&source),
            places: all(&source),
            lists: all(&source),
            editions: all(&source),
            services: all(&source),
            verdicts: all(&source),
            changes: all(&source),
        }
    }

    /// Returns what the tool says in the languages of the site.
    pub(crate) fn say(&self, message: &Message) -> Texts {
        Texts::of_words(message, |code| self.index.languages.iter().any(|language| language.code == code))
    }

    /// Returns the place of that identifier.
    pub(crate) fn place(&self, id: &str) -> Option<&place::Place> {
        self.places.iter().find(|place| place.in_short.id == id)
    }

    /// Returns the edition of that identifier.
    pub(crate) fn edition(&self, id: &str) -> Option<&edition::Edition> {
        self.editions.iter().find(|edition| edition.in_short.id == id)
    }
}

fn all<D: ApiDocument>(source: &Source<'_>) -> Vec<D> {
    D::all(source).into_iter().map(|(_, document)| document).collect()
}

fn one<D: ApiDocument>(source: &Source<'_>) -> D {
    all(source).into_iter().next().expect("there is one of these documents on every site")
}

/// A file with its address.
pub type DataFile = (Route, Vec<u8>);

/// A kind of document without its type.
struct DocumentKind {
    path: &'static str,
    about: &'static str,
    schema: fn(&mut SchemaGenerator) -> Schema,
    files: fn(&Source<'_>) -> Vec<DataFile>,
}

const fn kind<D: ApiDocument>() -> DocumentKind {
    DocumentKind {
        path: D::PATH,
        about: D::ABOUT,
        schema: SchemaGenerator::subschema_for::<D>,
        files: |source| {
            let file = |(at, document): (ApiRoute, D)| (source.dated(&at.route()), bytes(&document));
            D::all(source).into_iter().map(file).collect()
        },
    }
}

/// Every kind of document, in the order in which they are described.
const DOCUMENTS: &[DocumentKind] = &[
    kind::<index::Index>(),
    kind::<vocabulary::Words>(),
    kind::<place::Places>(),
    kind::<place::Place>(),
    kind::<list::Lists>(),
    kind::<list::List>(),
    kind::<edition::Edition>(),
    kind::<service::ServiceDocument>(),
    kind::<verdict::Verdicts>(),
    kind::<change::Changes>(),
    kind::<timeline::Days>(),
    kind::<timeline::Timeline>(),
    kind::<timeline::ChangesBetween>(),
];

/// Returns every file of the data with its address, one kind of document after the other, each made when it is asked for;
/// none if the site withholds them.
pub fn files_by_kind<'a>(map: &'a SiteMap<'a>) -> impl Iterator<Item = Vec<DataFile>> + use<'a> {
    let kinds = DOCUMENTS.iter().filter(move |_| map.facts.catalogue().site.has_open_data);
    let of_kind = move |kind: &DocumentKind| (kind.files)(&Source { map });
    let description = move || {
        let source = Source { map };
        let bytes = bytes(&openapi::description(&source, DOCUMENTS));
        vec![(source.dated(&ApiRoute::description().route()), bytes)]
    };
    let last = map.facts.catalogue().site.has_open_data.then_some(());
    kinds.map(of_kind).chain(last.into_iter().map(move |()| description()))
}

/// Returns every file of the data with its address; none if the site withholds them.
pub fn files<'a>(map: &'a SiteMap<'a>) -> Vec<DataFile> {
    files_by_kind(map).flatten().collect()
}

/// Returns a document as JSON in one line; what it does not know is left out.
fn bytes(document: &impl Serialize) -> Vec<u8> {
    let value = serde_json::to_value(document).expect("plain data is JSON");
    let mut bytes = serde_json::to_vec(&known(value)).expect("JSON can be written");
    bytes.push(b'\n');
    bytes
}

/// Returns a value without the properties that are null.
fn known(value: Value) -> Value {
    match value {
        Value::Object(properties) => {
            let known = properties.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(known.map(|(name, value)| (name, self::known(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(known).collect()),
        value @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => value,
    }
}
