//! Addresses that lead on: the root to the reference language, the folder of a list to its place, a service
//! that has another id now, or is gone, to where it is now, a short address to what it stands for.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalogue::EditionRef;
use crate::common::Said;
use crate::facts::Facts;
use crate::lang::{Direction, Language};
use crate::route::Route;
use crate::{Address, Head, Page, PageKind, Spot, View};

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
        for shown in facts.shown(place) {
            spots.extend(former(facts, shown).into_keys().map(|id| Spot {
                kind: &KIND,
                address: Address::in_list(shown, id),
                place: Some(place),
                shown: Some(shown),
                service: None,
                key: Some(id),
                source: Some(shown.edition.span),
            }));
        }
    }
}

/// Returns where services of earlier editions are now that the list does not have under their old id: the
/// service that took their place, or else the edition that had them last.
fn former<'a>(facts: &Facts<'a>, shown: EditionRef<'a>) -> BTreeMap<&'a str, Address> {
    let current = |id: &str| shown.edition.services.iter().any(|service| service.id.value == id);
    // By every id there ever was: the id it has now, and the edition that had it last.
    let mut known: BTreeMap<&str, (&str, EditionRef<'a>)> = BTreeMap::new();
    for edition in facts.shown_editions(shown.place, shown.list) {
        for service in &edition.edition.services {
            if let Some(was) = &service.was {
                known
                    .values_mut()
                    .filter(|(id, _)| *id == was.value)
                    .for_each(|known| known.0 = &service.id.value);
            }
            known.insert(&service.id.value, (&service.id.value, edition));
        }
    }
    known.retain(|id, _| !current(id));
    let target = |(id, last): (&str, EditionRef<'a>)| {
        if current(id) {
            Address::in_list(shown, id)
        } else {
            Address::in_list(last, &format!("edition/{}", last.edition.id))
        }
    };
    known.into_iter().map(|(id, now)| (id, target(now))).collect()
}

/// Returns the page at the root of the site.
pub(crate) fn root(lang: &Language) -> Page<'_> {
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
    let service = view.page.spot.service.map(|service| service.id.value.as_str());
    let target = match (place, view.page.spot.shown, view.page.spot.key) {
        (_, Some(shown), _) if service.is_some() => Address::in_list(shown, service.unwrap_or_default()),
        (Some(_), Some(shown), Some(id)) => {
            former(view.facts(), shown).remove(id).unwrap_or_else(Address::home)
        }
        (Some(place), ..) => Address::place(&place.path),
        (None, ..) => Address::home(),
    };
    let title = view.page.spot.shown.map_or(&view.catalogue().site.title, |shown| &shown.edition.title);
    let choice = |language: &Language| Choice {
        tag: language.tag.clone(),
        name: language.name.clone(),
        dir: language.direction,
        href: view.link(&target.route(language)),
    };
    let languages = view.catalogue().site.languages.iter().filter(|_| place.is_none());
    let data =
        Data { href: view.href(&target), title: view.say(title), languages: languages.map(choice).collect() };
    let head =
        view.head(place).word("list", view.words(title)).word("key", view.page.spot.key.unwrap_or_default());
    (head, tera::Value::from_serializable(&data))
}
