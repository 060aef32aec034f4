//! The news of each list: an entry an edition, the newest first. They are written as Atom and as JSON Feed.

use serde::Serialize;

use super::pages::{is_issued, said_date};
use super::{Address, SiteMap};
use crate::catalogue::EditionRef;
use crate::date::Date;
use crate::history::Brief;
use crate::lang::Language;
use crate::route::Route;

/// What the template `atom.xml` gets.
#[derive(Serialize)]
pub struct Feed {
    /// What identifies it for ever.
    pub id: String,
    /// The tag of its language.
    pub tag: String,
    /// The title of the list.
    pub title: String,
    /// The day of its last entry.
    pub updated: Date,
    /// The page that says the same.
    pub page_href: String,
    /// Its entries, the newest first.
    pub entries: Vec<FeedEntry>,
}

/// An edition as an entry.
#[derive(Serialize)]
pub struct FeedEntry {
    /// What identifies it for ever.
    pub id: String,
    /// The id of the edition.
    pub edition: String,
    /// Its title.
    pub title: String,
    /// The day it came out.
    pub updated: Date,
    /// Its page.
    pub href: String,
    /// The number of its document.
    pub number: Option<String>,
    /// How many changes of each kind there are; none for the first edition.
    pub counts: Vec<(&'static str, usize)>,
}

/// The news of a list in one language.
pub struct ListFeed<'a> {
    /// The list.
    pub shown: EditionRef<'a>,
    /// The language.
    pub language: &'a Language,
    /// Where it lies as Atom, and as JSON Feed.
    pub routes: [Route; 2],
    /// What it says.
    pub feed: Feed,
}

/// Returns where the feed of a list lies in a language: as Atom, and as JSON Feed.
pub(crate) fn routes(shown: EditionRef<'_>, language: &Language) -> [Route; 2] {
    let page = Address::in_list(shown, "changes").route(language);
    ["atom", "json"].map(|ending| Route::new(page.as_str().replace(".html", &format!(".{ending}"))))
}

/// Returns the feeds of all lists in all languages.
pub fn feeds<'a>(map: &SiteMap<'a>) -> Vec<ListFeed<'a>> {
    let facts = map.facts;
    let mut feeds = Vec::new();
    for shown in facts.lists() {
        for language in facts.catalogue().site.languages.iter() {
            let page = Address::in_list(shown, "changes").route(language);
            let routes = routes(shown, language);
            let feed = feed(map, shown, language, &routes[0], &page);
            feeds.push(ListFeed { shown, language, routes, feed });
        }
    }
    feeds
}

fn feed<'a>(
    map: &SiteMap<'a>,
    shown: EditionRef<'a>,
    language: &Language,
    route: &Route,
    page: &Route,
) -> Feed {
    let base = map.facts.catalogue().site.base_url.as_ref().map(|url| url.value.as_str());
    let id = |route: &Route| match base {
        Some(base) => route.absolute(base),
        None => format!(
            "urn:qingdan:{}",
            route.as_str().trim_end_matches(".html").trim_end_matches(".atom").replace('/', ":")
        ),
    };
    let link = |target: &Route| base.map_or_else(|| route.link_to(target), |base| target.absolute(base));
    let words = |text: &crate::lang::Localized| text.for_reader(&language.code).1.to_owned();
    let mut editions: Vec<EditionRef<'a>> =
        map.facts.shown_editions(shown.place, shown.list).filter(is_issued).collect();
    editions.reverse();
    let entries = editions.iter().filter_map(|edition| {
        let target = Address::in_list(*edition, &format!("edition/{}", edition.edition.id)).route(language);
        let counts = map.facts.changes(*edition).map(|diff| Brief::of(diff).totals()).into_iter().flatten();
        Some(FeedEntry {
            id: id(&target),
            edition: edition.edition.id.clone(),
            title: words(&edition.edition.title),
            updated: said_date(edition.edition)?,
            href: link(&target),
            number: edition.edition.document.as_ref().and_then(|document| document.number.clone()),
            counts: counts.map(|(kind, count)| (kind.as_str(), count)).collect(),
        })
    });
    let entries: Vec<FeedEntry> = entries.collect();
    Feed {
        id: id(route),
        tag: language.tag.clone(),
        title: words(&shown.edition.title),
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or(map.facts.analysis.today),
        page_href: link(page),
        entries,
    }
}
