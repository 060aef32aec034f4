//! Choose a place.

use serde::Serialize;

use crate::catalogue::Place;
use crate::common::{self, DisplayText, NamedLink};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::{Address, Facts, Head, View, imprint};

/// The first page of a language.
#[derive(Clone, Copy, Debug)]
pub struct PlacesPage;

impl<'a> KindOfPage<'a> for PlacesPage {
    const NAME: &'static str = "places";
    const POLICY: Policy = Policy { shared: true, ..Policy::ESSENTIAL };

    fn list(_: &Facts<'a>) -> Vec<Self> {
        vec![Self]
    }

    fn address(&self) -> Address {
        Address::home()
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Site
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view)
    }
}

/// What the template gets.
#[derive(Serialize)]
struct PlacesData {
    /// What the site is, in a sentence.
    about: DisplayText,
    /// Who publishes it, if somebody is named.
    publisher: Option<DisplayText>,
    provinces: Vec<PlaceEntry>,
    guides: Vec<super::guide::GuideLink>,
}

/// One place to choose, with those below it.
#[derive(Serialize)]
pub(super) struct PlaceEntry {
    #[serde(flatten)]
    named: NamedLink,
    code: String,
    /// Status of its list, `none` if it shows none.
    status: &'static str,
    services: usize,
    places: Vec<PlaceEntry>,
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let catalogue = view.catalogue();
    // What a place offers comes before what has nothing to show yet.
    let has_list = |place: &Place| {
        let near = |other: &&Place| other.path == place.path || other.path.is_below(&place.path);
        catalogue.places.values().filter(near).any(|place| view.facts().shown(place).next().is_some())
    };
    let mut provinces = catalogue.children(None);
    provinces.sort_by_key(|place| !has_list(place));
    let provinces: Vec<_> = provinces.into_iter().map(|place| entry(view, place, true)).collect();
    let data = PlacesData {
        about: view.say(&catalogue.site.description),
        publisher: imprint::publisher(view).map(|publisher| view.say(&publisher.name)),
        provinces,
        guides: super::guide::links(view, None, &catalogue.guides),
    };
    let head = view
        .head(None)
        .word("about", view.words(&catalogue.site.description))
        .word("places", catalogue.places.len().to_string());
    (head, tera::Value::from_serializable(&data))
}

/// Returns the entry of one place, with the places below it if `deep`.
pub(super) fn entry(view: &View<'_>, place: &Place, deep: bool) -> PlaceEntry {
    let shown = view.facts().shown(place).next();
    let below = |place: &Place| {
        view.catalogue()
            .children(Some(&place.path))
            .into_iter()
            .map(|place| entry(view, place, false))
            .collect()
    };
    PlaceEntry {
        named: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        code: place.code.value.clone(),
        status: common::status_word(shown),
        services: shown.map_or(0, |shown| shown.edition.services.len()),
        places: if deep { below(place) } else { Vec::new() },
    }
}
