//! Somebody is in danger: what it is, whom to call now, whom else to tell, what happens then, who must report.
//!
//! One small page a language, that phones keep with every place. A line on top of every other page leads here.

use serde::Serialize;

use crate::catalogue::Danger;
use crate::common::{DisplayText, NamedLink};
use crate::contact::{self, CallLine, CallableText};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::sourced::{ToldLine, told_lines};
use crate::{Address, Facts, Head, View};

/// The page for when somebody is in danger.
#[derive(Clone, Copy, Debug)]
pub struct DangerPage;

impl<'a> KindOfPage<'a> for DangerPage {
    const NAME: &'static str = "danger";
    const POLICY: Policy = Policy { shared: true, searches: false, ..Policy::ESSENTIAL };

    /// Lists the page, if the vocabulary says what to do.
    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let known = !facts.catalogue().vocabulary.dangers.all.is_empty();
        known.then_some(Self).into_iter().collect()
    }

    fn address(&self) -> Address {
        Address::danger()
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
struct DangerData {
    dangers: Vec<ToldDanger>,
    tell: Vec<ToldLine>,
    then: Vec<ToldLine>,
    report: Vec<ToldLine>,
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
    source: DisplayText,
    /// The day it was looked at, where the source is general knowledge.
    looked_at: Option<String>,
}

/// How a page leads whoever is in danger to the number and to this page.
#[derive(Serialize)]
pub(crate) struct DangerLine {
    /// The page.
    href: String,
    /// The number that stands on every page.
    number: Option<String>,
}

/// Returns the line for the page of `view`; none on the page itself, and where the vocabulary says nothing.
pub(crate) fn line(view: &View<'_>) -> Option<DangerLine> {
    let first = view.catalogue().vocabulary.dangers.all.first()?;
    let route = view.route(&Address::danger());
    (route != view.page.route).then(|| DangerLine {
        href: view.link(&route),
        number: first.call.first().map(|number| number.value.clone()),
    })
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let dangers = &view.catalogue().vocabulary.dangers;
    let is_called = |line: &CallLine| {
        dangers.all.iter().any(|danger| danger.call.iter().any(|number| number.value == line.number))
    };
    let data = DangerData {
        dangers: dangers.all.iter().map(|danger| told(view, danger)).collect(),
        tell: told_lines(view, &dangers.tell),
        then: told_lines(view, &dangers.then),
        report: told_lines(view, &dangers.report),
        lines: contact::all_lines(view).into_iter().filter(is_called).collect(),
        reporting: super::reporting::links(view),
    };
    // The page has no name in the content; the theme has one.
    let head = view.head(None).crumb(DisplayText::none(), None);
    (head, tera::Value::from_serializable(&data))
}

fn told(view: &View<'_>, danger: &Danger) -> ToldDanger {
    ToldDanger {
        id: danger.id.value.clone(),
        name: view.say(&danger.name),
        calls: danger.call.iter().filter_map(|number| contact::known_line(view, &number.value)).collect(),
        note: danger.note.as_ref().map(|note| contact::callable(view, note)),
        source: view.say(&danger.source),
        looked_at: danger.looked_at.as_ref().map(|day| day.value.to_string()),
    }
}
