//! Where one lives: the places to tap, each with the names under which people look for it.

use serde::Serialize;

use crate::catalogue::Place;
use crate::common::DisplayText;
use crate::lang::Localized;
use crate::{Address, View};

/// A place to tap.
#[derive(Serialize)]
pub(super) struct CheckPlace {
    name: DisplayText,
    href: String,
    /// Its full name and those of its districts and counties, to be found by; in all languages.
    names: String,
    current: bool,
}

/// Returns the place, those above and below it and beside it, as far as they show a list.
pub(super) fn places<'a>(view: &View<'a>, place: &'a Place) -> Vec<CheckPlace> {
    let top = top(view, place);
    let mut found = Vec::new();
    gather(view, top, place, &mut found);
    found
}

/// Returns the place at the top.
pub(super) fn top<'a>(view: &View<'a>, place: &'a Place) -> &'a Place {
    view.catalogue().parent(&place.path).map_or(place, |parent| top(view, parent))
}

fn gather(view: &View<'_>, place: &Place, current: &Place, found: &mut Vec<CheckPlace>) {
    if view.facts().shown(place).next().is_some() {
        found.push(CheckPlace {
            name: view.say(place.short()),
            href: view.href(&Address::in_place(&place.path, "check")),
            names: names(view, place),
            current: place.path == current.path,
        });
    }
    for below in view.catalogue().children(Some(&place.path)) {
        gather(view, below, current, found);
    }
}

/// Returns the names of a place and of what lies in it, `,` between two and `/` between languages, the page's first.
fn names(view: &View<'_>, place: &Place) -> String {
    let all = [&place.name].into_iter().chain(place.counties.iter().flat_map(|counties| &counties.names));
    let said = |name: &Localized| {
        let own = view.words(name);
        let others = name.iter().map(|(_, text)| text.value.clone()).filter(|text| *text != own);
        std::iter::once(own.clone()).chain(others).collect::<Vec<_>>().join("/")
    };
    all.map(said).collect::<Vec<_>>().join(",")
}
