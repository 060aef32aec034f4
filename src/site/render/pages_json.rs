//! `pages.json`, which lists every page for tests and other tools, and the pages of the site map.

use serde::Serialize;

use crate::lang::Language;
use crate::route::Route;
use crate::{Listing, Page, SiteMap};

/// One page in `pages.json`.
#[derive(Serialize)]
struct Listed<'a> {
    path: &'a Route,
    kind: &'static str,
    lang: &'a str,
    place: Option<&'a str>,
    list: Option<&'a str>,
    edition: Option<&'a str>,
    service: Option<&'a str>,
}

/// Returns `pages.json`: every page by path, one a line.
pub(super) fn pages_json(map: &SiteMap<'_>) -> Vec<u8> {
    let mut pages: Vec<&Page<'_>> = map.pages.iter().collect();
    pages.sort_by(|a, b| a.route.cmp(&b.route));
    let mut json = b"[".to_vec();
    for (at, page) in pages.into_iter().enumerate() {
        json.extend(if at == 0 { "\n" } else { ",\n" }.bytes());
        serde_json::to_writer(&mut json, &listed(page)).expect("a listed page is plain data");
    }
    json.extend(b"\n]\n");
    json
}

fn listed<'a>(page: &'a Page<'_>) -> Listed<'a> {
    let subject = page.kind.subject();
    Listed {
        path: &page.route,
        kind: page.kind.name(),
        lang: page.lang.code.as_str(),
        place: subject.place().map(|place| place.path.as_str()),
        list: subject.edition().map(|shown| shown.list.id.as_str()),
        edition: subject.edition().map(|shown| shown.edition.id.as_str()),
        service: subject.service().map(|service| service.id.value.as_str()),
    }
}

/// Pages in one file of the site map. Search engines read at most 50,000, each with its twins, and at most 50 MB.
pub(super) const SITE_MAP_PAGES: usize = 10_000;

/// What the templates of the site map get: pages, or the files that it is divided into.
#[derive(Serialize)]
pub(super) struct Mapping<'a> {
    pages: Vec<Mapped<'a>>,
}

/// One page of the site map.
#[derive(Serialize)]
struct Mapped<'a> {
    absolute: String,
    /// The last day that the content names of it.
    changed: Option<String>,
    alternates: Vec<MappedAlternate<'a>>,
}

#[derive(Serialize)]
struct MappedAlternate<'a> {
    tag: &'a str,
    absolute: String,
}

/// Returns the pages search engines are told of: all but redirects, posters and drafts.
pub(super) fn told_pages<'p, 'a>(map: &'p SiteMap<'a>) -> Vec<&'p Page<'a>> {
    let issued = |page: &&Page<'_>| {
        let edition = page.kind.subject().edition().map(|shown| shown.edition.status);
        page.kind.policy().listing == Listing::Told
            && edition.is_none_or(|status| status == crate::catalogue::EditionStatus::Issued)
    };
    map.pages.iter().filter(issued).collect()
}

/// Returns what a site map says of pages.
pub(super) fn site_map<'a>(map: &'a SiteMap<'_>, pages: &[&Page<'_>], base: &str) -> Mapping<'a> {
    let languages = &map.facts.catalogue().site.languages;
    let alternates = |page: &Page<'_>| {
        let address = page.kind.address();
        let alternate = |language: &'a Language| MappedAlternate {
            tag: &language.tag,
            absolute: address.route(language).absolute(base),
        };
        languages.iter().map(alternate).collect()
    };
    let mapped = |page: &&Page<'_>| Mapped {
        absolute: page.route.absolute(base),
        changed: changed(page),
        alternates: alternates(page),
    };
    Mapping { pages: pages.iter().map(mapped).collect() }
}

/// Returns the day a page says for itself: when its service was checked, or else when its list came out.
fn changed(page: &Page<'_>) -> Option<String> {
    let subject = page.kind.subject();
    let out = subject.edition().and_then(|shown| shown.edition.came_out()).map(|(_, day)| day.value);
    let checked = subject.service().and_then(|service| service.checked.as_ref()).map(|by| by.on.value);
    out.max(checked).map(|day| day.to_string())
}

/// Returns what the index of a divided site map says.
pub(super) fn site_map_index<'r>(files: impl Iterator<Item = &'r Route>, base: &str) -> Mapping<'static> {
    let mapped =
        |file: &Route| Mapped { absolute: file.absolute(base), changed: None, alternates: Vec::new() };
    Mapping { pages: files.map(mapped).collect() }
}
