//! Who is counted: the definitions of groups that hold in a place and above it, document by document, side by side.

use serde::Serialize;

use super::about::{Dated, dated};
use crate::catalogue::{DefinedGroup, InForce, Place};
use crate::common::{DisplayText, NamedLink};
use crate::kind::{Policy, page_of_some_places};
use crate::touch::OfficialWords;
use crate::{Address, Facts, Head, View};

page_of_some_places! {
    /// The definitions of a place and those above it.
    DefinitionsPage, "definitions", Policy::KEPT
}

/// Tells whether the place has definitions, itself or above it.
fn has(facts: &Facts<'_>, place: &Place) -> bool {
    facts.catalogue().has_definitions(place, facts.analysis.today)
}

/// Returns the link to the definitions that hold in a place, if there are any.
pub(super) fn link(view: &View<'_>, place: &Place) -> Option<String> {
    view.href_if_there(&Address::in_place(&place.path, "definitions"))
}

/// What the template gets.
#[derive(Serialize)]
struct DefinitionsData {
    place: NamedLink,
    groups: Vec<GroupDefinitions>,
    /// Whether the page has definitions of several places.
    several: bool,
}

#[derive(Serialize)]
struct GroupDefinitions {
    id: String,
    name: DisplayText,
    /// First that by which services go here, then by nearness and purpose.
    all: Vec<DefinitionLine>,
    /// What at least one of them says: `months`, `age`, `across`, `exceptions`, `counts`, `where`.
    columns: Vec<&'static str>,
}

/// One definition, with what can be compared in fields of its own.
#[derive(Serialize)]
pub(super) struct DefinitionLine {
    purpose: &'static str,
    /// Whether it is the one by which services go here.
    used: bool,
    /// Whether it holds here for its purpose.
    holds: bool,
    place: DisplayText,
    plain: DisplayText,
    words: OfficialWords,
    document: Option<DisplayText>,
    paragraph: Option<DisplayText>,
    from: Dated,
    until: Option<Dated>,
    months: Option<u32>,
    under_age: Option<u32>,
    across: Option<&'static str>,
    registered: Option<&'static str>,
    exceptions: Vec<DisplayText>,
    counts: Vec<DisplayText>,
    /// Where it is carried out.
    at: Option<DisplayText>,
}

fn data<'a>(view: &View<'a>, place: &'a Place) -> (Head, tera::Value) {
    let today = view.facts().analysis.today;
    let known = view.catalogue().definitions(place, today);
    let first = known.first().map(|known| &known.said.place.path);
    let data = DefinitionsData {
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        several: known.iter().any(|other| Some(&other.said.place.path) != first),
        groups: groups(view, place, &known),
    };
    // The page has no name in the content; the theme has one.
    let crumb = DisplayText { text: String::new(), lang: None, dir: None };
    (view.head(Some(place)).crumb(crumb, None), tera::Value::from_serializable(&data))
}

fn groups(view: &View<'_>, place: &Place, known: &[DefinedGroup<'_>]) -> Vec<GroupDefinitions> {
    let mut groups: Vec<GroupDefinitions> = Vec::new();
    for defined in known {
        let line = line(view, place, defined);
        match groups.iter_mut().find(|group| group.id == defined.group) {
            Some(group) => group.all.push(line),
            None => groups.push(GroupDefinitions {
                id: defined.group.to_owned(),
                name: name(view, place, defined.group),
                all: vec![line],
                columns: Vec::new(),
            }),
        }
    }
    for group in &mut groups {
        group.all.sort_by_key(|line| !line.used);
        group.columns = columns(&group.all);
    }
    groups
}

/// Returns the fields that at least one of these fills, in the order of columns.
fn columns(lines: &[DefinitionLine]) -> Vec<&'static str> {
    let any = |says: fn(&DefinitionLine) -> bool| lines.iter().any(says);
    let columns = [
        ("months", any(|line| line.months.is_some())),
        ("age", any(|line| line.under_age.is_some())),
        ("across", any(|line| line.across.is_some() || line.registered.is_some())),
        ("exceptions", any(|line| !line.exceptions.is_empty())),
        ("counts", any(|line| !line.counts.is_empty())),
        ("where", any(|line| line.at.is_some())),
    ];
    columns.into_iter().filter(|(_, said)| *said).map(|(name, _)| name).collect()
}

/// Returns what a group is called here; its id where nobody says so.
pub(super) fn name(view: &View<'_>, place: &Place, group: &str) -> DisplayText {
    let name = view.catalogue().group_name(place, group);
    name.map_or_else(|| view.official(group), |name| view.say(name))
}

fn line(view: &View<'_>, place: &Place, defined: &DefinedGroup<'_>) -> DefinitionLine {
    let DefinedGroup { group, said, holds } = *defined;
    let InForce { place: owner, rule, what } = said;
    let today = view.facts().analysis.today;
    let of_services = view.catalogue().definition_of_services(place, group, today);
    DefinitionLine {
        purpose: what.purpose.as_str(),
        used: of_services.is_some_and(|used| std::ptr::eq(used.what, what)),
        holds,
        place: view.say(owner.short()),
        plain: view.say(&what.plain),
        words: OfficialWords::of(view, &what.text),
        document: view.say_some(rule.source.as_ref()),
        paragraph: view.say_some(what.paragraph.as_ref()),
        from: dated("from", rule.from.value),
        until: what.until.as_ref().map(|until| dated("until", until.value)),
        months: what.months,
        under_age: what.under_age,
        across: what.across.map(|across| across.as_str()),
        registered: what.registered.map(|registered| registered.as_str()),
        exceptions: what.exceptions.iter().map(|text| view.say(text)).collect(),
        counts: what.counts.iter().map(|text| view.say(text)).collect(),
        at: view.say_some(what.place.as_ref()),
    }
}
