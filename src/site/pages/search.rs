//! Search without script: every service of a place by area, with the words families search for.
//!
//! With script the form on this page searches like the one on every other.

use serde::Serialize;

use crate::catalogue::{EditionRef, Place, Service};
use crate::common::{self, DisplayText, NamedLink};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::{Address, Facts, Head, View};

/// The page of the search.
#[derive(Clone, Copy, Debug)]
pub struct SearchPage<'a> {
    place: &'a Place,
    /// The first of its lists.
    shown: EditionRef<'a>,
}

impl<'a> KindOfPage<'a> for SearchPage<'a> {
    const NAME: &'static str = "search";
    const POLICY: Policy = Policy::ESSENTIAL;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let searched = facts.places().filter(|_| facts.search);
        searched.map(|(place, shown)| Self { place, shown }).collect()
    }

    fn address(&self) -> Address {
        Address::in_place(&self.place.path, Self::NAME)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Place(self.place, Some(self.shown))
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, self.place)
    }
}

/// What the template gets.
#[derive(Serialize)]
struct SearchData {
    place: NamedLink,
    areas: Vec<SearchArea>,
}

#[derive(Serialize)]
struct SearchArea {
    name: DisplayText,
    services: Vec<FoundService>,
}

/// A service with the words it is found by.
#[derive(Serialize)]
struct FoundService {
    number: u32,
    label: String,
    title: DisplayText,
    href: String,
    words: Vec<String>,
}

fn data<'a>(view: &View<'a>, place: &'a Place) -> (Head, tera::Value) {
    // What else holds there stands on the pages of the places above, so that this one stays small.
    let shown: Vec<EditionRef<'_>> =
        view.facts().search_parts(place).into_iter().next().map(|(_, first)| first).unwrap_or_default();
    let mut names: Vec<(&str, &crate::lang::Localized)> = Vec::new();
    for (id, name) in shown.iter().flat_map(|shown| view.catalogue().areas_of(shown.edition)) {
        if names.iter().all(|(known, _)| *known != id) {
            names.push((id, name));
        }
    }
    let areas = names.into_iter().map(|(id, name)| SearchArea {
        name: view.say(name),
        services: shown.iter().flat_map(|shown| found(view, *shown, id)).collect(),
    });
    let data = SearchData {
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        areas: areas.filter(|area| !area.services.is_empty()).collect(),
    };
    let title = view.page.lang;
    let head = view.head(Some(place)).word("lang", title.name.clone());
    (head, tera::Value::from_serializable(&data))
}

/// Returns the services of an area.
fn found(view: &View<'_>, shown: EditionRef<'_>, area: &str) -> Vec<FoundService> {
    let of_area = |service: &&Service| service.body.area.value == area;
    let services = shown.edition.services.iter().filter(of_area);
    services
        .map(|service| FoundService {
            number: service.number.value,
            label: common::label(service.number.value),
            title: view.say(&service.body.title),
            href: view.href(&Address::in_list(shown, &service.id.value)),
            words: words(view, service),
        })
        .collect()
}

/// Returns the everyday words for a service in the language of the page.
fn words(view: &View<'_>, service: &Service) -> Vec<String> {
    let code = view.page.lang.code.as_str();
    let own = service.keywords.get(code).into_iter().flatten();
    service.body.every_keyword(code).chain(own).map(|word| word.value.clone()).collect()
}
