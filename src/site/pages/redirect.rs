//! Addresses that lead on: the root leads to the reference language, the folder of a list to its place.

use serde::Serialize;

use crate::facts::Facts;
use crate::lang::{Direction, Language};
use crate::route::Route;
use crate::site::common::Said;
use crate::site::{Address, Head, Page, PageKind, Spot, View};

/// A page that leads on without script.
pub const KIND: PageKind = PageKind { name: "redirect", list, data };

fn list<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    for place in facts.catalogue.places.values() {
        spots.extend(facts.shown(place).map(|shown| Spot {
            kind: &KIND,
            address: Address::list(shown),
            place: Some(place),
            shown: Some(shown),
            service: None,
            key: None,
            source: Some(shown.edition.span),
        }));
    }
}

/// Returns the page at the root of the site.
pub(in crate::site) fn root(lang: &Language) -> Page<'_> {
    let spot = Spot {
        kind: &KIND,
        address: Address::home(),
        place: None,
        shown: None,
        service: None,
        key: None,
        source: None,
    };
    Page { spot, lang, route: Route::new("index.html") }
}

/// What the template gets.
#[derive(Serialize)]
struct Data {
    href: String,
    title: Said,
    languages: Vec<Choice>,
}

/// A language to choose at the root.
#[derive(Serialize)]
struct Choice {
    tag: String,
    name: String,
    dir: Direction,
    href: String,
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let place = view.page.spot.place;
    let target = place.map_or_else(Address::home, |place| Address::place(&place.path));
    let title = view.page.spot.shown.map_or(&view.catalogue().site.title, |shown| &shown.edition.title);
    let choice = |language: &Language| Choice {
        tag: language.tag.clone(),
        name: language.name.clone(),
        dir: language.direction,
        href: view.page.route.link_to(&target.route(language)),
    };
    let languages = view.catalogue().site.languages.iter().filter(|_| place.is_none());
    let data =
        Data { href: view.href(&target), title: view.say(title), languages: languages.map(choice).collect() };
    let head = view.head(place).word("list", view.words(title));
    (head, tera::Value::from_serializable(&data))
}
