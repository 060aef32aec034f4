//! Editions: what a list said when it was issued, whole.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::service::Service;
use super::texts::{Day, Link};
use super::{ApiDocument, ApiRoute, Source, Texts, Word};
use crate::Address;
use crate::catalogue::{self, EditionRef, EditionStatus};

/// An edition in short.
#[derive(Serialize, JsonSchema)]
pub(crate) struct EditionInShort {
    /// Its identifier: the place, the list and the edition.
    #[schemars(example = "fujian/migrant-children/2025")]
    pub(crate) id: String,
    #[serde(rename = "self")]
    pub(crate) link: Link,
    /// Which edition it is, from 1.
    pub(crate) ordinal: Option<u32>,
    /// Where it stands in its life; only `issued` is official.
    pub(crate) status: Word<EditionStatus>,
    /// Its full title.
    pub(crate) title: Texts,
    /// Its dates by name: `signed`, `printed`, `issued`, `posted`, `effective`, `filed`.
    pub(crate) dates: BTreeMap<&'static str, Day>,
    /// The document that issues it.
    pub(crate) document: Option<Document>,
    /// What it was made from, if it is no official table.
    pub(crate) compiled: Option<Compiled>,
    /// The edition above that it must not be lower than.
    pub(crate) measured_against: Option<String>,
    /// How it stands to that one.
    pub(crate) verdicts: Option<Link>,
    /// What it changed, where there is an edition before.
    pub(crate) changes: Option<Link>,
}

/// The document that issues an edition.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Document {
    /// Its number.
    pub(crate) number: Option<String>,
    /// Its title.
    pub(crate) title: Option<Texts>,
    /// Its public address.
    pub(crate) url: Option<String>,
    pub(crate) note: Option<Texts>,
}

impl From<&catalogue::Document> for Document {
    fn from(document: &catalogue::Document) -> Self {
        Self {
            number: document.number.clone(),
            title: Texts::some(document.title.as_ref()),
            url: document.url.as_ref().map(|url| url.value.clone()),
            note: Texts::some(document.note.as_ref()),
        }
    }
}

/// What a list was made from that no office published as a list.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Compiled {
    /// The document and its paragraphs.
    pub(crate) from: Texts,
    /// Who made it.
    pub(crate) by: Texts,
    /// When.
    pub(crate) on: Day,
    pub(crate) note: Option<Texts>,
}

impl From<&catalogue::Compiled> for Compiled {
    fn from(compiled: &catalogue::Compiled) -> Self {
        Self {
            from: Texts::from(&compiled.from),
            by: Texts::from(&compiled.by),
            on: Day(compiled.on.value),
            note: Texts::some(compiled.note.as_ref()),
        }
    }
}

impl EditionInShort {
    /// Returns an edition for a document at `from`.
    pub(super) fn of<'a>(source: &Source<'a>, from: &ApiRoute, of: EditionRef<'a>) -> Self {
        let (edition, analysis) = (of.edition, source.map.facts.analysis);
        let link = |to: ApiRoute| Link(source.link(&from.route(), &to.route()));
        Self {
            id: of.address(),
            link: link(ApiRoute::edition(of)),
            ordinal: edition.ordinal,
            status: Word(edition.status),
            title: Texts::from(&edition.title),
            dates: edition.dates.iter().map(|(name, day)| (name, Day(day.value))).collect(),
            document: edition.document.as_ref().map(Document::from),
            compiled: edition.compiled.as_ref().map(Compiled::from),
            measured_against: edition.measured_against.as_ref().map(|address| address.value.clone()),
            verdicts: analysis.coverage(of).map(|_| link(ApiRoute::verdicts(of))),
            changes: source.map.facts.changes(of).map(|_| link(ApiRoute::changes(of))),
        }
    }
}

/// An edition with all its services.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Edition {
    #[serde(flatten)]
    pub(crate) in_short: EditionInShort,
    /// Whose it is.
    pub(crate) place: String,
    /// The list.
    pub(crate) list: String,
    /// The group it is for, by its id in the vocabulary.
    pub(crate) group: String,
    /// A notice for readers.
    pub(crate) notice: Option<Texts>,
    pub(crate) note: Option<Texts>,
    /// What was corrected since it was issued.
    pub(crate) corrections: Vec<Correction>,
    /// The areas of its services, in order, as they were called when it was issued.
    pub(crate) areas: Vec<NamedId>,
    /// Its services, as written.
    pub(crate) services: Vec<Service>,
    /// Its page in each language.
    pub(crate) pages: BTreeMap<String, Link>,
}

/// A dated change to what may change after issue.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Correction {
    pub(crate) on: Day,
    pub(crate) what: Texts,
    pub(crate) by: Option<String>,
}

impl From<&catalogue::Correction> for Correction {
    fn from(correction: &catalogue::Correction) -> Self {
        Self { on: Day(correction.on.value), what: Texts::from(&correction.what), by: correction.by.clone() }
    }
}

/// An id with its name.
#[derive(Serialize, JsonSchema)]
pub(crate) struct NamedId {
    pub(crate) id: String,
    pub(crate) name: Texts,
}

impl ApiDocument for Edition {
    const PATH: &'static str = "editions/{place}/{list}/{edition}.json";
    const ABOUT: &'static str = "An edition with all its services and provisions";

    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)> {
        let facts = &source.map.facts;
        let editions = facts.lists().flat_map(|shown| facts.shown_editions(shown.place, shown.list));
        editions.map(|edition| (ApiRoute::edition(edition), of(source, edition))).collect()
    }
}

fn of<'a>(source: &Source<'a>, of: EditionRef<'a>) -> Edition {
    let (at, edition) = (ApiRoute::edition(of), of.edition);
    let areas = source.map.facts.catalogue().areas_of(edition).into_iter();
    let used = |id: &str| edition.services.iter().any(|service| service.body.area.value == id);
    let areas = areas.filter(|(id, _)| used(id));
    let address = Address::in_list(of, &format!("edition/{}", edition.id));
    Edition {
        in_short: EditionInShort::of(source, &at, of),
        place: of.place.path.to_string(),
        list: of.list_address(),
        group: of.group().to_owned(),
        notice: Texts::some(edition.notice.as_ref()),
        note: Texts::some(edition.note.as_ref()),
        corrections: edition.corrections.iter().map(Correction::from).collect(),
        areas: areas.map(|(id, name)| NamedId { id: id.to_owned(), name: Texts::from(name) }).collect(),
        services: edition.services.iter().map(|service| Service::of(source, &at, of, service)).collect(),
        pages: source.pages(&at, &address),
    }
}
