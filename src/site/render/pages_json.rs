//! `pages.json`, which lists every page for tests and other tools, and the pages of the site map.

use serde::Serialize;

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

/// What the template of the site map gets.
#[derive(Serialize)]
pub(super) struct Mapping<'a> {
    pages: Vec<Mapped<'a>>,
}

/// One page of the site map.
#[derive(Serialize)]
struct Mapped<'a> {
    absolute: String,
    alternates: Vec<MappedAlternate<'a>>,
}

#[derive(Serialize)]
struct MappedAlternate<'a> {
    tag: &'a str,
    absolute: String,
}

/// Returns the pages search engines are told of: all but redirects, posters and drafts.
pub(super) fn sitemap<'a>(map: &'a SiteMap<'_>, base: &str) -> Mapping<'a> {
    let issued = |page: &&Page<'_>| {
        let edition = page.kind.subject().edition().map(|shown| shown.edition.status);
        page.kind.policy().listing == Listing::Told
            && edition.is_none_or(|status| status == crate::catalogue::EditionStatus::Issued)
    };
    let languages = &map.facts.catalogue().site.languages;
    let pages = map
        .pages
        .iter()
        .filter(issued)
        .map(|page| Mapped {
            absolute: page.route.absolute(base),
            alternates: languages
                .iter()
                .map(|language| MappedAlternate {
                    tag: &language.tag,
                    absolute: page.kind.address().route(language).absolute(base),
                })
                .collect(),
        })
        .collect();
    Mapping { pages }
}
