//! Who comes to the door, what for and how often, by grades of gravity.

use serde::Serialize;

use super::about::{Dated, dated};
use super::definitions::name;
use crate::catalogue::{EditionRef, Grade, GradedGroups, Place};
use crate::common::{DisplayText, NamedLink};
use crate::kind::{Policy, page_of_some_places};
use crate::lang::Localized;
use crate::touch::{self, OfficialWords, TouchWords};
use crate::{Address, Facts, Head, View};

page_of_some_places! {
    /// Who comes to the door in a place.
    VisitsPage, "visits", Policy::KEPT
}

/// Tells whether the place has grades, itself or above it.
fn has(facts: &Facts<'_>, place: &Place) -> bool {
    !facts.catalogue().gradings(place, facts.analysis.today).is_empty()
}

/// Returns the link to who comes to the door in a place, if it is known there.
pub(super) fn link(view: &View<'_>, place: &Place) -> Option<String> {
    view.href_if_there(&Address::in_place(&place.path, "visits"))
}

/// Returns the same where a text speaks of somebody who comes.
pub(super) fn link_from(view: &View<'_>, shown: EditionRef<'_>, text: &Localized) -> Option<String> {
    let today = view.facts().analysis.today;
    let grading = view.catalogue().grading(shown.place, shown.group(), today)?;
    let printed = &text.reference().value;
    let is_named = touch::visitors(grading.what).iter().any(|name| printed.contains(name));
    is_named.then(|| link(view, shown.place)).flatten()
}

/// What the template gets.
#[derive(Serialize)]
struct VisitsData {
    place: NamedLink,
    tables: Vec<GradeTable>,
    /// Whether the tables are of several places.
    several: bool,
}

#[derive(Serialize)]
struct GradeTable {
    /// The group it is for, as part of an address.
    id: String,
    groups: Vec<DisplayText>,
    purpose: Option<&'static str>,
    place: DisplayText,
    document: Option<DisplayText>,
    paragraph: Option<DisplayText>,
    from: Dated,
    until: Option<Dated>,
    /// What the visitor comes for.
    why: Option<DisplayText>,
    /// The gravest first, as the document has them.
    levels: Vec<GradeLine>,
}

#[derive(Serialize)]
struct GradeLine {
    id: String,
    name: DisplayText,
    colour: Option<&'static str>,
    plain: Option<DisplayText>,
    words: OfficialWords,
    at_once: bool,
    touches: Vec<TouchWords>,
}

fn data<'a>(view: &View<'a>, place: &'a Place) -> (Head, tera::Value) {
    let known = view.catalogue().gradings(place, view.facts().analysis.today);
    let first = known.first().map(|known| &known.said.place.path);
    let data = VisitsData {
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        several: known.iter().any(|other| Some(&other.said.place.path) != first),
        tables: known.iter().map(|graded| table(view, place, graded)).collect(),
    };
    // The page has no name in the content; the theme has one.
    let crumb = DisplayText { text: String::new(), lang: None, dir: None };
    (view.head(Some(place)).crumb(crumb, None), tera::Value::from_serializable(&data))
}

fn table(view: &View<'_>, place: &Place, graded: &GradedGroups<'_>) -> GradeTable {
    let (rule, what) = (graded.said.rule, graded.said.what);
    let purpose = what.purpose.map(|purpose| purpose.as_str());
    let parts = [graded.groups.first().copied().unwrap_or_default()].into_iter().chain(purpose);
    GradeTable {
        id: parts.collect::<Vec<_>>().join("-"),
        groups: graded.groups.iter().map(|group| name(view, place, group)).collect(),
        purpose,
        place: view.say(graded.said.place.short()),
        document: view.say_some(rule.source.as_ref()),
        paragraph: view.say_some(what.paragraph.as_ref()),
        from: dated("from", rule.from.value),
        until: what.until.as_ref().map(|until| dated("until", until.value)),
        why: view.say_some(what.why.as_ref()),
        levels: what.levels.iter().map(|level| grade(view, level)).collect(),
    }
}

fn grade(view: &View<'_>, level: &Grade) -> GradeLine {
    GradeLine {
        id: level.id.value.clone(),
        name: view.say(&level.name),
        colour: level.colour.map(|colour| colour.as_str()),
        plain: view.say_some(level.plain.as_ref()),
        words: OfficialWords::of(view, &level.means),
        at_once: level.at_once,
        touches: level.visits.iter().map(|visit| touch::words(view, visit)).collect(),
    }
}
