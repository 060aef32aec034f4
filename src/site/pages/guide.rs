//! A guide: help in Markdown.

use serde::Serialize;

use crate::catalogue::{Guide, Place};
use crate::common::{Named, Said};
use crate::facts::Facts;
use crate::lang::Direction;
use crate::span::Span;
use crate::syntax::markdown;
use crate::{Address, Head, PageKind, Spot, View};

/// A guide.
pub const KIND: PageKind = PageKind { name: "guide", list, data };

fn list<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    let of_site = facts.catalogue.guides.iter().map(|guide| (None, guide));
    let of_places = facts
        .catalogue
        .places
        .values()
        .flat_map(|place| place.guides.iter().map(move |guide| (Some(place), guide)));
    spots.extend(of_site.chain(of_places).map(|(place, guide)| Spot {
        kind: &KIND,
        address: Address::guide(place.map(|place| &place.path), &guide.name),
        place,
        shown: None,
        service: None,
        key: Some(&guide.name),
        source: guide.texts.values().next().map(|text| Span::whole(text.file)),
    }));
}

/// What the template gets.
#[derive(Serialize)]
struct Data {
    place: Option<Named>,
    title: Said,
    /// Safe HTML.
    html: String,
    lang: Option<String>,
    dir: Option<Direction>,
    others: Vec<Link>,
}

/// A link to a guide.
#[derive(Serialize)]
pub(super) struct Link {
    title: Said,
    href: String,
    current: bool,
}

/// Returns links to `guides`, which belong to `place` or to the site.
pub(super) fn links(view: &View<'_>, place: Option<&Place>, guides: &[Guide]) -> Vec<Link> {
    let current = view.page.spot.key.filter(|_| view.page.spot.kind.name == KIND.name);
    let link = |guide: &Guide| Link {
        title: title(view, guide),
        href: view.href(&Address::guide(place.map(|place| &place.path), &guide.name)),
        current: current == Some(&guide.name),
    };
    guides.iter().map(link).collect()
}

fn title(view: &View<'_>, guide: &Guide) -> Said {
    let reference = &view.catalogue().site.languages.reference().code;
    let (lang, text) = guide.for_reader(&view.page.lang.code, reference);
    view.said(lang, &text.outline.title)
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let place = view.page.spot.place;
    let guides = place.map_or(view.catalogue().guides.as_slice(), |place| &place.guides);
    let guide = guides.iter().find(|guide| Some(guide.name.as_str()) == view.page.spot.key);
    let guide = guide.expect("guide pages are listed from the guides");
    let reference = &view.catalogue().site.languages.reference().code;
    let (_, text) = guide.for_reader(&view.page.lang.code, reference);
    let title = title(view, guide);
    let resolve = |address: &str| {
        let route = view.map.resolve(&Address::written(address)?, view.page.lang)?;
        let heading =
            address.split_once('#').map(|(_, heading)| markdown::fragment(heading)).unwrap_or_default();
        Some(view.link(&route) + &heading)
    };
    let data = Data {
        place: place.map(|place| Named {
            name: view.say(place.short()),
            href: view.href(&Address::place(&place.path)),
        }),
        html: markdown::html(&text.source, &resolve),
        lang: title.lang.clone(),
        dir: title.dir,
        others: links(view, place, guides),
        title,
    };
    let head = view
        .head(place)
        .word("name", data.title.text.clone())
        .word("summary", text.outline.summary.clone())
        .crumb(data.title.clone(), None);
    (head, tera::Value::from_serializable(&data))
}
