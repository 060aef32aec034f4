//! Somebody is in danger: what it is, whom to call now, whom else to tell, what happens then, who must report.
//!
//! One small page a language for everywhere, and one for each place whose documents say something of it; phones keep those
//! of a place and above. A line on top of every other page leads to the nearest.

use serde::Serialize;

use crate::catalogue::{Catalogue, Danger, DangerFile, Place, SourcedLine};
use crate::common::{DisplayText, NamedLink};
use crate::contact::{self, CallLine, CallableText};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::sourced::{ToldLine, told_lines};
use crate::{Address, Facts, Head, View};

/// The page for when somebody is in danger: in a place whose documents speak of it, or anywhere.
#[derive(Clone, Copy, Debug)]
pub struct DangerPage<'a>(Option<&'a Place>);

impl<'a> KindOfPage<'a> for DangerPage<'a> {
    const NAME: &'static str = "danger";
    const POLICY: Policy = Policy { shared: true, searches: false, ..Policy::ESSENTIAL };

    /// Lists the pages, if the vocabulary says what to do.
    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let catalogue = facts.catalogue();
        if catalogue.vocabulary.dangers.all.is_empty() {
            return Vec::new();
        }
        std::iter::once(Self(None)).chain(speaking(catalogue).map(|place| Self(Some(place)))).collect()
    }

    fn address(&self) -> Address {
        address(self.0)
    }

    fn subject(&self) -> Subject<'a> {
        self.0.map_or(Subject::Site, |place| Subject::Place(place, None))
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, self.0)
    }
}

/// Returns the places whose documents speak of danger.
fn speaking<'a>(catalogue: &'a Catalogue) -> impl Iterator<Item = &'a Place> + use<'a> {
    catalogue.places.values().filter(|place| place.danger.is_some())
}

fn address(place: Option<&Place>) -> Address {
    place.map_or_else(Address::danger, |place| Address::in_place(&place.path, DangerPage::NAME))
}

/// What the template gets.
#[derive(Serialize)]
struct DangerData {
    dangers: Vec<ToldDanger>,
    tell: Vec<ToldLine>,
    then: Vec<ToldLine>,
    report: Vec<ToldLine>,
    /// The pages for places whose documents speak of it, on the page for everywhere.
    places: Vec<NamedLink>,
    /// The pages of the places that say who must report.
    reporting: Vec<NamedLink>,
    /// The numbers of the page, each with where it is known from.
    lines: Vec<CallLine>,
}

/// One situation.
#[derive(Serialize)]
struct ToldDanger {
    id: String,
    name: DisplayText,
    calls: Vec<CallLine>,
    note: Option<CallableText>,
    /// Where it is known from: the documents of the place and of those above, the nearest first, and what is known anyway.
    sources: Vec<ToldSource>,
}

/// A document that speaks of a situation.
#[derive(Serialize)]
struct ToldSource {
    text: DisplayText,
    /// The day it was looked at, where the source is general knowledge.
    looked_at: Option<String>,
}

/// How a page leads whoever is in danger to the number and to the page that says what to do.
#[derive(Serialize)]
pub(crate) struct DangerLine {
    /// The page.
    href: String,
    /// The number that stands on every page.
    number: Option<String>,
}

/// Returns the line for the page of `view`; none on the page itself, and where the vocabulary says nothing.
pub(crate) fn line(view: &View<'_>) -> Option<DangerLine> {
    let catalogue = view.catalogue();
    let first = catalogue.vocabulary.dangers.all.first()?;
    let here = view.page.kind.subject().place();
    let nearest = here.and_then(|place| catalogue.upward(place).find(|place| place.danger.is_some()));
    let route = view.route(&address(nearest));
    (route != view.page.route).then(|| DangerLine {
        href: view.link(&route),
        number: first.call.first().map(|number| number.value.clone()),
    })
}

fn data<'a>(view: &View<'a>, place: Option<&'a Place>) -> (Head, tera::Value) {
    let catalogue = view.catalogue();
    let dangers = &catalogue.vocabulary.dangers;
    let is_called = |line: &CallLine| {
        dangers.all.iter().any(|danger| danger.call.iter().any(|number| number.value == line.number))
    };
    let upward = place.into_iter().flat_map(|place| catalogue.upward(place));
    let files: Vec<&DangerFile> = upward.filter_map(|place| place.danger.as_ref()).collect();
    // What the documents of a place say; where they are silent, what holds everywhere.
    let lines = |of: &dyn Fn(&DangerFile) -> &Vec<SourcedLine>, everywhere: &[SourcedLine]| {
        let own: Vec<ToldLine> = files.iter().flat_map(|file| told_lines(view, of(file))).collect();
        if own.is_empty() { told_lines(view, everywhere) } else { own }
    };
    let link =
        |place: &Place| NamedLink { name: view.say(place.short()), href: view.href(&address(Some(place))) };
    let data = DangerData {
        dangers: dangers.all.iter().map(|danger| told(view, danger, &files)).collect(),
        tell: lines(&|file| &file.tell, &dangers.tell),
        then: lines(&|file| &file.then, &dangers.then),
        report: lines(&|file| &file.report, &dangers.report),
        places: if place.is_none() { speaking(catalogue).map(link).collect() } else { Vec::new() },
        lines: contact::all_lines(view).into_iter().filter(is_called).collect(),
        reporting: super::reporting::links(view, place),
    };
    // The page has no name in the content; the theme has one, to which the place is added.
    let head = view.head(place).crumb(DisplayText::none(), None);
    let head = match place {
        Some(place) => {
            let site = format!("{} - {}", view.words(place.short()), view.words(&catalogue.site.title));
            head.word("site", site)
        }
        None => head,
    };
    (head, tera::Value::from_serializable(&data))
}

fn told(view: &View<'_>, danger: &Danger, files: &[&DangerFile]) -> ToldDanger {
    let here = files.iter().flat_map(|file| &file.sources);
    let here = here.filter(|told| told.danger.value == danger.id.value);
    let here = here.map(|told| ToldSource { text: view.say(&told.source), looked_at: None });
    let anyway = ToldSource {
        text: view.say(&danger.source),
        looked_at: danger.looked_at.as_ref().map(|day| day.value.to_string()),
    };
    ToldDanger {
        id: danger.id.value.clone(),
        name: view.say(&danger.name),
        calls: danger.call.iter().filter_map(|number| contact::known_line(view, &number.value)).collect(),
        note: danger.note.as_ref().map(|note| contact::callable(view, note)),
        sources: here.chain([anyway]).collect(),
    }
}
