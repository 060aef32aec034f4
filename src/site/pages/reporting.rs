//! Who must report that somebody is in danger: of what, to whom, how soon, and what they are told.

use serde::Serialize;

use crate::catalogue::{Place, ReportingRule};
use crate::common::{DisplayText, NamedLink};
use crate::kind::{KindOfPage, Policy, page_of_some_places};
use crate::{Address, Facts, Head, View};

page_of_some_places! {
    /// Who must report danger in a place.
    ReportingPage, "reporting", Policy::KEPT
}

/// Tells whether the place has a rule, itself or above.
fn has(facts: &Facts<'_>, place: &Place) -> bool {
    facts.catalogue().upward(place).any(|here| !here.reporting.is_empty())
}

/// What the template gets.
#[derive(Serialize)]
struct ReportingData {
    place: NamedLink,
    /// The rules, those of the nearest place first.
    rules: Vec<ToldRule>,
}

/// One rule.
#[derive(Serialize)]
struct ToldRule {
    who: DisplayText,
    of: Vec<DisplayText>,
    to: DisplayText,
    how_soon: Option<DisplayText>,
    told_back: Option<DisplayText>,
    /// The official text, in its own language.
    text: Option<DisplayText>,
    source: DisplayText,
    /// The place that sets it, where it is another.
    set_by: Option<DisplayText>,
}

fn data<'a>(view: &View<'a>, place: &'a Place) -> (Head, tera::Value) {
    let rules = view.catalogue().upward(place);
    let rules = rules.flat_map(|here| here.reporting.iter().map(move |rule| (here, rule)));
    let data = ReportingData {
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        rules: rules.map(|(here, rule)| told(view, place, here, rule)).collect(),
    };
    (view.head(Some(place)).crumb(DisplayText::none(), None), tera::Value::from_serializable(&data))
}

fn told(view: &View<'_>, place: &Place, here: &Place, rule: &ReportingRule) -> ToldRule {
    ToldRule {
        who: view.say(&rule.who),
        of: rule.of.iter().map(|what| view.say(what)).collect(),
        to: view.say(&rule.to),
        how_soon: view.say_some(rule.how_soon.as_ref()),
        told_back: view.say_some(rule.told_back.as_ref()),
        text: rule.text.as_ref().map(|text| view.official(&text.reference().value)),
        source: view.say(&rule.source),
        set_by: (here.path != place.path).then(|| view.say(here.short())),
    }
}

/// Returns links to the pages of the places that set a rule, by name; of those that bind `place`, if it is asked for.
pub(super) fn links(view: &View<'_>, place: Option<&Place>) -> Vec<NamedLink> {
    let binds = |at: &Place| place.is_none_or(|place| place.path == at.path || place.path.is_below(&at.path));
    let places = view.catalogue().places.values();
    let setting = places.filter(|place| !place.reporting.is_empty() && binds(place));
    let link = |place: &Place| NamedLink {
        name: view.say(place.short()),
        href: view.href(&Address::in_place(&place.path, ReportingPage::NAME)),
    };
    setting.map(link).collect()
}
