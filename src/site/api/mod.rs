//! The lists as open data: JSON files under `api/v1/`, for programs of others.
//!
//! In: what the pages are made from. Out: files beside them, each a document of one kind, and `openapi.json`, which
//! describes every kind by the types that the files are written from. An identifier stays what it is for as long as the
//! thing is the same; a change that could break a program raises [`VERSION`].
//!
//! To add a kind of document, write its type in a file here with an `ApiDocument`, and a line in `DOCUMENTS`.

mod change;
mod edition;
mod index;
mod list;
mod openapi;
mod place;
mod route;
mod service;
mod texts;
mod verdict;
mod vocabulary;

pub use route::{ApiRoute, of_subject};
pub use texts::{Texts, Word};

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;

use crate::route::Route;
use crate::{Address, SiteMap};
use texts::Link;

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
        let base = self.map.facts.catalogue().site.base_url.as_ref();
        base.map_or_else(|| from.link_to(to), |base| to.absolute(&base.value))
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
        files: |source| D::all(source).iter().map(|(at, document)| (at.route(), bytes(document))).collect(),
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
];

/// Returns every file of the data with its address; none if the site withholds them.
pub fn files<'a>(map: &'a SiteMap<'a>) -> Vec<DataFile> {
    if !map.facts.catalogue().site.has_open_data {
        return Vec::new();
    }
    let source = Source { map };
    let mut files: Vec<DataFile> = DOCUMENTS.iter().flat_map(|kind| (kind.files)(&source)).collect();
    files.push((ApiRoute::description().route(), bytes(&openapi::description(&source, DOCUMENTS))));
    files
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
