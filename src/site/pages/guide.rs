//! A guide: help in Markdown.

use serde::Serialize;

use crate::catalogue::{Guide, Place};
use crate::common::{DisplayText, NamedLink};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::lang::Direction;
use crate::span::Span;
use crate::syntax::markdown;
use crate::{Address, Facts, Head, PageKind, View};

/// A guide, of a place or of the site.
#[derive(Clone, Copy, Debug)]
pub struct GuidePage<'a> {
    place: Option<&'a Place>,
    guide: &'a Guide,
}

impl<'a> KindOfPage<'a> for GuidePage<'a> {
    const NAME: &'static str = "guide";
    const POLICY: Policy = Policy { shared: true, ..Policy::KEPT };

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let of_site = facts.catalogue().guides.iter().map(|guide| Self { place: None, guide });
        let of_places = facts
            .catalogue()
            .places
            .values()
            .flat_map(|place| place.guides.iter().map(move |guide| Self { place: Some(place), guide }));
        of_site.chain(of_places).collect()
    }

    fn address(&self) -> Address {
        Address::guide(self.place.map(|place| &place.path), &self.guide.name)
    }

    fn subject(&self) -> Subject<'a> {
        self.place.map_or(Subject::Site, |place| Subject::Place(place, None))
    }

    fn source(&self) -> Option<Span> {
        self.guide.texts.values().next().map(|text| Span::whole(text.file))
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, *self)
    }
}

/// What the template gets.
#[derive(Serialize)]
struct GuideData {
    place: Option<NamedLink>,
    title: DisplayText,
    /// Safe HTML.
    html: String,
    lang: Option<String>,
    dir: Option<Direction>,
    others: Vec<GuideLink>,
}

/// A link to a guide.
#[derive(Serialize)]
pub(super) struct GuideLink {
    title: DisplayText,
    href: String,
    current: bool,
}

/// Returns links to `guides`, which belong to `place` or to the site.
pub(super) fn links(view: &View<'_>, place: Option<&Place>, guides: &[Guide]) -> Vec<GuideLink> {
    let current = match view.page.kind {
        PageKind::Guide(page) => Some(&page.guide.name),
        _ => None,
    };
    let link = |guide: &Guide| GuideLink {
        title: title(view, guide),
        href: view.href(&Address::guide(place.map(|place| &place.path), &guide.name)),
        current: current == Some(&guide.name),
    };
    guides.iter().map(link).collect()
}

/// Returns the guide called `name` of a place, or of the nearest place above that has it.
pub(super) fn named(view: &View<'_>, place: &Place, name: &str) -> Option<NamedLink> {
    match place.guides.iter().find(|guide| guide.name == name) {
        Some(guide) => Some(NamedLink {
            name: title(view, guide),
            href: view.href(&Address::guide(Some(&place.path), name)),
        }),
        None => named(view, view.catalogue().parent(&place.path)?, name),
    }
}

fn title(view: &View<'_>, guide: &Guide) -> DisplayText {
    let reference = &view.catalogue().site.languages.reference().code;
    let (lang, text) = guide.for_reader(&view.page.lang.code, reference);
    view.said(lang, &text.outline.title)
}

fn data<'a>(view: &View<'a>, page: GuidePage<'a>) -> (Head, tera::Value) {
    let GuidePage { place, guide } = page;
    let guides = place.map_or(view.catalogue().guides.as_slice(), |place| &place.guides);
    let reference = &view.catalogue().site.languages.reference().code;
    let (_, text) = guide.for_reader(&view.page.lang.code, reference);
    let title = title(view, guide);
    let resolve = |address: &str| {
        let route = view.map.resolve(&Address::written(address)?, view.page.lang)?;
        let heading =
            address.split_once('#').map(|(_, heading)| markdown::fragment(heading)).unwrap_or_default();
        Some(view.link(&route) + &heading)
    };
    let hotlines = view.catalogue().vocabulary.hotlines.iter();
    let numbers: Vec<&str> = hotlines.map(|line| line.number.value.as_str()).collect();
    let data = GuideData {
        place: place.map(|place| NamedLink {
            name: view.say(place.short()),
            href: view.href(&Address::place(&place.path)),
        }),
        html: markdown::html_with_numbers(&text.source, &resolve, &numbers),
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
