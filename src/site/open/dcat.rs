//! DCAT-AP: the catalogue, with a data set a list and the files that the site hands out, as Turtle and as JSON-LD.
//!
//! Only files that `build` writes are told; under which licence they may be used no field of ours says.

use super::cpsv::{location, part};
use super::rdf::{Graph, Said, day, link, word};
use crate::api::index::Publisher;
use crate::api::list::List;
use crate::api::place::Place;
use crate::api::{DataFile, Documents, Link};

/// Where the short codes of languages are described.
const LANGUAGE: &str = "http://id.loc.gov/vocabulary/iso639-1/";

/// Where the types of files are described.
const MEDIA_TYPE: &str = "http://www.iana.org/assignments/media-types/";

/// Returns the files: `dcat`.
pub(super) fn files(documents: &Documents) -> Vec<DataFile> {
    let mut graph = Graph::new(documents);
    if let Some(publisher) = publisher(&mut graph, documents) {
        catalogue(&mut graph, documents, &publisher);
    }
    graph.files("dcat")
}

fn catalogue(graph: &mut Graph<'_>, documents: &Documents, publisher: &str) {
    let index = &documents.index;
    graph.describe(part(&index.link, "catalogue"), "dcat:Catalog", |graph| {
        let mut said = graph.texts("dct:title", &index.title);
        said.extend(graph.texts("dct:description", &index.description));
        said.extend(link("dct:publisher", publisher));
        for language in &index.languages {
            said.extend(link("dct:language", &self::language(graph, &language.tag)));
        }
        for list in &documents.lists {
            let dataset = dataset(graph, documents, list, publisher);
            let more = more(graph, documents, list);
            graph.say(&dataset, more);
            said.extend(link("dcat:dataset", &dataset));
        }
        said.extend(link("dcat:service", &service(graph, documents)));
        said
    });
}

fn language(graph: &mut Graph<'_>, tag: &str) -> String {
    let code = tag.split('-').next().unwrap_or(tag);
    graph.describe(format!("{LANGUAGE}{code}"), "dct:LinguisticSystem", |_| Vec::new())
}

/// Describes who publishes the site, if that is known.
pub(super) fn publisher(graph: &mut Graph<'_>, documents: &Documents) -> Option<String> {
    let known = documents.index.publisher.as_ref()?;
    Some(agent(graph, &part(&documents.index.link, "publisher"), known))
}

fn agent(graph: &mut Graph<'_>, address: &str, known: &Publisher) -> String {
    graph.describe(address.to_owned(), "foaf:Agent", |graph| {
        let mut said = vec![word("dct:identifier", address)];
        // DCAT-AP asks for one of these names, CPSV-AP for the other.
        said.extend(graph.texts("foaf:name", &known.name));
        said.extend(graph.texts("dct:title", &known.name));
        said
    })
}

fn contact(graph: &mut Graph<'_>, address: String, known: &Publisher) -> String {
    graph.describe(address, "vcard:Kind", |graph| {
        let mut said = graph.texts("vcard:fn", known.office.as_ref().unwrap_or(&known.name));
        let scheme = |scheme: &str, said: &str| format!("{scheme}:{}", said.replace(' ', ""));
        let phone = known.phone.iter().flat_map(|phone| link("vcard:hasTelephone", &scheme("tel", phone)));
        let email = known.email.iter().flat_map(|email| link("vcard:hasEmail", &scheme("mailto", email)));
        said.extend(phone.chain(email));
        said
    })
}

/// Returns who publishes the pages of the place of a list: the place, if it says so, or else the site.
fn publisher_of<'d>(documents: &'d Documents, list: &List) -> Option<(Option<&'d Place>, &'d Publisher)> {
    let place = documents.place(&list.in_short.place);
    let own = place.and_then(|place| Some((Some(place), place.publisher.as_ref()?)));
    own.or_else(|| Some((None, documents.index.publisher.as_ref()?)))
}

/// Describes a list as a data set, as far as both standards ask for it.
pub(super) fn dataset(graph: &mut Graph<'_>, documents: &Documents, list: &List, publisher: &str) -> String {
    graph.describe(part(&list.in_short.link, "dataset"), "dcat:Dataset", |graph| {
        let mut said = vec![word("dct:identifier", &list.in_short.id)];
        said.extend(graph.texts("dct:title", &list.in_short.title));
        said.extend(graph.texts("dct:description", &documents.index.description));
        let agent = match publisher_of(documents, list) {
            Some((Some(place), known)) => agent(graph, &part(&place.in_short.link, "publisher"), known),
            Some((None, _)) | None => publisher.to_owned(),
        };
        said.extend(link("dct:publisher", &agent));
        if let Some(place) = documents.place(&list.in_short.place) {
            said.extend(link("dct:spatial", &location(graph, place)));
        }
        said.extend(list.pages.values().flat_map(|page| link("dcat:landingPage", &document(graph, page))));
        said
    })
}

/// Returns what DCAT-AP says of a data set besides: whom to ask, when it came out, which files hold it.
fn more(graph: &mut Graph<'_>, documents: &Documents, list: &List) -> Vec<Said> {
    let mut said = Vec::new();
    let reachable =
        publisher_of(documents, list).filter(|(_, known)| known.phone.is_some() || known.email.is_some());
    if let Some((_, known)) = reachable {
        let address = part(&list.in_short.link, "contact");
        said.extend(link("dcat:contactPoint", &contact(graph, address, known)));
    }
    said.extend(files_of(graph, documents, list));
    said
}

fn document(graph: &mut Graph<'_>, page: &Link) -> String {
    graph.describe(page.0.clone(), "foaf:Document", |_| Vec::new())
}

/// Says when a list came out last, and which files hold it.
fn files_of(graph: &mut Graph<'_>, documents: &Documents, list: &List) -> Vec<Said> {
    let stands = format!("{}/{}", list.in_short.id, list.in_short.edition);
    let mut said = Vec::new();
    if let Some(edition) = list.editions.iter().find(|edition| edition.id == stands) {
        said.extend(edition.dates.get("issued").map(|on| day("dct:issued", *on)));
        said.extend(link("dcat:distribution", &file(graph, &edition.link, "application/json", None)));
    }
    for (code, feeds) in &list.feeds {
        let tag = documents.index.languages.iter().find(|language| language.code == *code);
        let tag = tag.map(|language| language.tag.as_str());
        for (feed, kind) in [(&feeds.atom, "application/atom+xml"), (&feeds.json, "application/feed+json")] {
            said.extend(link("dcat:distribution", &file(graph, feed, kind, tag)));
        }
    }
    said
}

fn file(graph: &mut Graph<'_>, at: &Link, kind: &str, tag: Option<&str>) -> String {
    graph.describe(part(at, "file"), "dcat:Distribution", |graph| {
        let mut said = Vec::new();
        for property in ["dcat:accessURL", "dcat:downloadURL"] {
            let resource = graph.describe(at.0.clone(), "foaf:Document", |_| Vec::new());
            said.extend(link(property, &resource));
        }
        let kind = graph.describe(format!("{MEDIA_TYPE}{kind}"), "dct:MediaType", |_| Vec::new());
        said.extend(link("dcat:mediaType", &kind));
        if let Some(tag) = tag {
            said.extend(link("dct:language", &language(graph, tag)));
        }
        said
    })
}

/// Describes the API: files that stay where they are.
fn service(graph: &mut Graph<'_>, documents: &Documents) -> String {
    let index = &documents.index;
    graph.describe(part(&index.link, "api"), "dcat:DataService", |graph| {
        let mut said = graph.texts("dct:title", &index.title);
        let document = |graph: &mut Graph<'_>, at: &Link| document(graph, at);
        said.extend(link("dcat:endpointURL", &document(graph, &index.link)));
        said.extend(link("dcat:endpointDescription", &document(graph, &index.documents.openapi)));
        said.extend(
            documents
                .lists
                .iter()
                .flat_map(|list| link("dcat:servesDataset", &part(&list.in_short.link, "dataset"))),
        );
        said
    })
}
