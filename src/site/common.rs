//! Parts that several kinds of page share.

use std::collections::BTreeMap;

use super::front_desk::{self, DeskName};
use serde::Serialize;

use super::ages::{self, AgeOnScale};
use super::{Address, View};
use crate::catalogue::{AgeBand, Body, Certainty, EditionRef, EditionStatus, Place, PlaceKind, Service};
use crate::diagnostic::Message;
use crate::lang::{Direction, LangCode};
use crate::span::Spanned;

/// A content text as a template gets it.
#[derive(Clone, Debug, Serialize)]
pub struct DisplayText {
    /// The words.
    pub text: String,
    /// The language they are in, where it is not the page's.
    pub lang: Option<String>,
    /// The direction of that language.
    pub dir: Option<Direction>,
}

impl DisplayText {
    /// Returns nothing, where the theme has a name of its own.
    pub fn none() -> Self {
        Self { text: String::new(), lang: None, dir: None }
    }

    /// Returns what the tool itself says, which speaks Chinese and English, for a page in `lang`.
    pub fn of_tool(message: &Message, lang: &LangCode) -> Self {
        let code = if lang.as_str() == "zh" { "zh" } else { "en" };
        let words = if code == "zh" { &message.zh } else { &message.en };
        let other = lang.as_str() != code;
        Self {
            text: words.clone(),
            lang: other.then(|| code.to_owned()),
            dir: other.then_some(Direction::Ltr),
        }
    }
}

/// One line of a list of services.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceLine {
    /// Id of the service.
    pub id: String,
    /// Number in the list.
    pub number: u32,
    /// Number with two digits.
    pub label: String,
    /// Title.
    pub title: DisplayText,
    /// What families call it.
    pub familiar: Option<DisplayText>,
    /// Link to its page.
    pub href: String,
    /// The first provision in plain words.
    pub plain: Option<DisplayText>,
    /// How many provisions there are besides.
    pub more: usize,
    /// What is given, each kind once, in order.
    pub kinds: Vec<&'static str>,
    /// Who it is for, officially.
    pub audience: DisplayText,
    /// The age it is for.
    pub age: Option<AgeOnScale>,
    /// Whom to go to first.
    pub desk: Option<DeskName>,
}

/// A link to a service beside this one.
#[derive(Clone, Debug, Serialize)]
pub struct Beside {
    /// Number in the list.
    pub number: u32,
    /// Number with two digits.
    pub label: String,
    /// Title.
    pub title: DisplayText,
    /// Link to its page.
    pub href: String,
}

/// A place with its page.
#[derive(Clone, Debug, Serialize)]
pub struct NamedLink {
    /// Name.
    pub name: DisplayText,
    /// Link to its page.
    pub href: String,
}

/// A band of age to choose.
#[derive(Clone, Debug, Serialize)]
pub struct Band {
    /// Id.
    pub id: String,
    /// `3–6`.
    pub label: String,
    /// Name.
    pub name: DisplayText,
    /// Link to its page.
    pub href: String,
    /// How many services.
    pub services: usize,
    /// Whether this is the page one is on.
    pub current: bool,
}

/// Who carries out a function here.
#[derive(Clone, Debug, Serialize)]
pub struct Responsible {
    /// Name.
    pub name: DisplayText,
    /// Link to what it answers for; none on the page of its only service.
    pub href: Option<String>,
    /// How sure the name is.
    pub status: Certainty,
    /// Note.
    pub note: Option<DisplayText>,
}

/// Returns the line of `service` in a list.
pub(super) fn row(view: &View<'_>, shown: EditionRef<'_>, service: &Service) -> ServiceLine {
    let body = &service.body;
    let mut kinds = Vec::new();
    for provision in &body.provisions {
        if !kinds.contains(&provision.kind.as_str()) {
            kinds.push(provision.kind.as_str());
        }
    }
    ServiceLine {
        id: service.id.value.clone(),
        number: service.number.value,
        label: label(service.number.value),
        title: view.say(&body.title),
        familiar: view.say_some(body.familiar.as_ref()),
        href: view.href(&Address::in_list(shown, &service.id.value)),
        plain: body.provisions.first().map(|provision| view.say(&provision.plain)),
        more: body.provisions.len().saturating_sub(1),
        kinds,
        audience: view.say(&body.audience.text),
        age: ages::of_service(view.catalogue(), shown, body),
        desk: front_desk::name_of(view, shown, service),
    }
}

/// Returns the word for the status of a shown list, `none` if there is none. A document that is issued makes no issued
/// list of what was compiled from its prose.
pub(super) fn status_word(shown: Option<EditionRef<'_>>) -> &'static str {
    if shown.is_some_and(|shown| {
        shown.edition.compiled.is_some() && shown.edition.status == EditionStatus::Issued
    }) {
        return "compiled";
    }
    match shown.map(|shown| shown.edition.status) {
        Some(EditionStatus::Draft) => "draft",
        Some(EditionStatus::Consultation) => "consultation",
        Some(EditionStatus::Issued) => "issued",
        None => "none",
    }
}

/// Returns what the strings `tier-…` call a place by: its kind, where that has a word of its own, or its tier.
pub(super) fn tier_word(view: &View<'_>, place: &Place) -> &'static str {
    match place.kind(view.catalogue().site.codes) {
        Some(kind @ (PlaceKind::Municipality | PlaceKind::AutonomousRegion | PlaceKind::Corps)) => {
            kind.as_str()
        }
        _ => place.tier.value.as_str(),
    }
}

/// Returns a number with at least two digits.
pub(super) fn label(number: u32) -> String {
    format!("{number:02}")
}

/// Returns who is responsible for a service in the place of `shown`, each body once.
pub(super) fn departments(view: &View<'_>, shown: EditionRef<'_>, body: &Body) -> Vec<Responsible> {
    bodies(shown, body).into_iter().filter_map(|id| responsible(view, shown, id)).collect()
}

/// Returns the functions that stand for the bodies responsible for a service, each body once.
pub(super) fn bodies<'a>(shown: EditionRef<'a>, body: &'a Body) -> Vec<&'a str> {
    let mut bodies: Vec<&str> = Vec::new();
    for department in &body.departments {
        let id = shown.edition.body_of(shown.place, &department.value);
        if !bodies.contains(&id) {
            bodies.push(id);
        }
    }
    bodies
}

/// Returns who carries out a function in the place of `shown`.
pub(super) fn responsible(view: &View<'_>, shown: EditionRef<'_>, id: &str) -> Option<Responsible> {
    let counterpart = view.catalogue().counterpart_of(shown.place, shown.edition, id)?;
    Some(Responsible {
        name: view.say(counterpart.name),
        href: department_link(view, shown, id),
        status: counterpart.certainty,
        note: view.say_some(counterpart.note),
    })
}

/// Returns the services of a list that one body is responsible for; `id` is the function that stands for it.
fn of_department<'a>(shown: EditionRef<'a>, id: &str) -> impl Iterator<Item = &'a Service> {
    let is_its =
        move |department: &Spanned<String>| shown.edition.body_of(shown.place, &department.value) == id;
    shown.edition.services.iter().filter(move |service| service.body.departments.iter().any(is_its))
}

/// Returns the services of a list that each body is responsible for, by the function that stands for it.
pub(super) fn by_department(shown: EditionRef<'_>) -> BTreeMap<&str, Vec<&Service>> {
    let mut by: BTreeMap<&str, Vec<&Service>> = BTreeMap::new();
    for service in &shown.edition.services {
        bodies(shown, &service.body).into_iter().for_each(|id| by.entry(id).or_default().push(service));
    }
    by
}

/// Returns the link to what a body answers for: its page, or the one service that it would tell of. `None` on the page of
/// that service.
pub(super) fn department_link(view: &View<'_>, shown: EditionRef<'_>, id: &str) -> Option<String> {
    let page = Address::in_list(shown, &format!("department/{id}"));
    view.href_if_there(&page).or_else(|| {
        let own = view.page.kind.subject().service();
        let only = of_department(shown, id).next()?;
        let is_here = own.is_some_and(|own| own.id.value == only.id.value);
        (!is_here).then(|| view.href(&Address::in_list(shown, &only.id.value)))
    })
}

/// Returns the names of who is responsible for a service, each body once, without links.
pub(super) fn body_names(view: &View<'_>, shown: EditionRef<'_>, body: &Body) -> Vec<DisplayText> {
    let known = |id| view.catalogue().counterpart_of(shown.place, shown.edition, id);
    let names = bodies(shown, body).into_iter().filter_map(known);
    names.map(|counterpart| view.say(counterpart.name)).collect()
}

/// Returns the services before and after the one at `at`.
pub(super) fn beside(view: &View<'_>, shown: EditionRef<'_>, service: Option<&Service>) -> Option<Beside> {
    service.map(|service| Beside {
        number: service.number.value,
        label: label(service.number.value),
        title: view.say(&service.body.title),
        href: view.href(&Address::in_list(shown, &service.id.value)),
    })
}

/// Returns the bands of age one can choose from, with how many services of the list each has.
pub(super) fn bands(view: &View<'_>, shown: EditionRef<'_>, current: Option<&str>) -> Vec<Band> {
    let bands = ages::bands(view.catalogue(), shown).into_iter();
    bands.map(|band| age_band(view, shown, band, current == Some(&band.id.value))).collect()
}

fn age_band(view: &View<'_>, shown: EditionRef<'_>, band: &AgeBand, current: bool) -> Band {
    let services = shown.edition.services.iter();
    Band {
        id: band.id.value.clone(),
        label: band.age.label(),
        name: view.say(&band.name),
        href: view.href(&Address::in_list(shown, &format!("age/{}", band.id.value))),
        services: services.filter(|service| ages::is_for(view.catalogue(), &service.body, band.age)).count(),
        current,
    }
}
