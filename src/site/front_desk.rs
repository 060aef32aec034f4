//! Whom a family goes to first: one office, one counter, one number. Kept apart from the departments that answer for a
//! service, some of which receive nobody.
//!
//! What decides, the first that says something: an office of the place that names the service (`front_desk_for`); the
//! department the list names (`front_desk`); the one that leads the provision, or most provisions of the service; the first
//! of the responsible departments that receives families. Departments marked `never_first` are passed over.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::View;
use crate::catalogue::{Body, Contact, EditionRef, Hotline, Place, Provision, Service, Tier};
use crate::common::DisplayText;
use crate::contact::{self, CallLine, Office};

/// Whom to go to first.
#[derive(Clone, Debug, Serialize)]
pub struct FrontDesk {
    /// The department.
    pub name: DeskName,
    /// Its office, if one is published.
    pub office: Option<Office>,
    /// The one number to call.
    pub call: Option<CallLine>,
}

/// A department as it is named where the family goes.
#[derive(Clone, Debug, Serialize)]
pub struct DeskName {
    /// Its name.
    #[serde(flatten)]
    pub text: DisplayText,
    /// Whether it is that of the county the family lives in, where the list is one of a province.
    pub local: bool,
}

/// Returns the name of the department to go to first for a service.
pub(super) fn name_of(view: &View<'_>, shown: EditionRef<'_>, service: &Service) -> Option<DeskName> {
    name(view, shown, &department_of(view, shown, service)?)
}

/// Tells whether families go to a department at all.
pub(super) fn receives(view: &View<'_>, id: &str) -> bool {
    view.catalogue().vocabulary.department(id).is_none_or(|department| !department.never_first)
}

/// Returns whom to go to first for a service.
pub(super) fn of_service(view: &View<'_>, shown: EditionRef<'_>, service: &Service) -> Option<FrontDesk> {
    desk(view, shown, service, &department_of(view, shown, service)?)
}

/// Whom to go to first for a service, which its provisions are held against.
pub(super) struct GeneralDesk {
    /// Whether an office or the list names it for the whole service.
    is_named: bool,
    department: Option<String>,
}

/// Returns whom to go to first for a service, once for all its provisions: it takes a look at each of them.
pub(super) fn general(view: &View<'_>, shown: EditionRef<'_>, service: &Service) -> GeneralDesk {
    GeneralDesk {
        is_named: office_for(view, shown, service).is_some() || service.front_desk.is_some(),
        department: department_of(view, shown, service),
    }
}

/// Returns whom to go to first for a provision, where that differs from its service.
pub(super) fn of_provision(
    view: &View<'_>,
    shown: EditionRef<'_>,
    (service, general): (&Service, &GeneralDesk),
    provision: &Provision,
) -> Option<FrontDesk> {
    let own = own_department(view, &service.body, provision)?;
    let same = |one: &str, other: &str| {
        shown.edition.body_of(shown.place, one) == shown.edition.body_of(shown.place, other)
    };
    if general.is_named || general.department.as_ref().is_some_and(|general| same(general, own)) {
        return None;
    }
    desk(view, shown, service, own)
}

/// Returns the department families go to first for a service.
fn department_of(view: &View<'_>, shown: EditionRef<'_>, service: &Service) -> Option<String> {
    if let Some((_, contact)) = office_for(view, shown, service) {
        return Some(contact.department.value.clone());
    }
    let body = &service.body;
    let stated = service.front_desk.as_ref().or(body.front_desk.as_ref()).map(|id| id.value.as_str());
    let stated = stated.filter(|id| receives(view, id));
    let first = || body.departments.iter().map(|id| id.value.as_str()).find(|id| receives(view, id));
    stated.or_else(|| of_most(view, body)).or_else(first).map(str::to_owned)
}

/// Returns the department that more than half of the provisions name as the first, or as the leading one.
fn of_most<'a>(view: &View<'_>, body: &'a Body) -> Option<&'a str> {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    let stated = body.provisions.iter().filter_map(|provision| stated(view, provision));
    stated.for_each(|id| *named.entry(id).or_default() += 1);
    named.into_iter().find(|(_, count)| 2 * count > body.provisions.len()).map(|(id, _)| id)
}

/// Returns the department that a provision names as the first, or as the leading one.
fn stated<'a>(view: &View<'_>, provision: &'a Provision) -> Option<&'a str> {
    let lead = provision.lead.as_ref().map(|lead| &lead.department);
    let named = provision.front_desk.iter().chain(lead).map(|id| id.value.as_str());
    named.into_iter().find(|id| receives(view, id))
}

/// Returns the department families go to first for a provision; none where it names none itself and the list names one
/// for the whole service.
fn own_department<'a>(view: &View<'_>, body: &'a Body, provision: &'a Provision) -> Option<&'a str> {
    let all = if provision.departments.is_empty() { None } else { Some(&provision.departments) };
    let first = || all?.iter().map(|id| id.value.as_str()).find(|id| receives(view, id));
    let usual = || {
        let departments = body.departments.iter().filter(|_| body.front_desk.is_none());
        departments.map(|id| id.value.as_str()).find(|id| receives(view, id))
    };
    stated(view, provision).or_else(first).or_else(usual)
}

/// Returns the office that the place, or the nearest above, names as the first for a service.
fn office_for<'a>(
    view: &View<'a>,
    shown: EditionRef<'_>,
    service: &Service,
) -> Option<(&'a Place, &'a Contact)> {
    let is_for = |contact: &&Contact| contact.front_desk_for.iter().any(|id| id.value == service.id.value);
    let mut at = view.catalogue().places.get(&shown.place.path);
    while let Some(here) = at {
        if let Some(contact) = here.contacts.iter().find(is_for) {
            return Some((here, contact));
        }
        at = view.catalogue().parent(&here.path);
    }
    None
}

fn desk(view: &View<'_>, shown: EditionRef<'_>, service: &Service, id: &str) -> Option<FrontDesk> {
    let named = office_for(view, shown, service);
    let office = match named {
        Some((here, contact)) => contact::office(view, shown, here, contact),
        None => contact::offices(view, shown, id).into_iter().next(),
    };
    let name = name(view, shown, id)?;
    let own = service.apply.as_ref().and_then(|apply| apply.phone.as_ref()).map(|phone| phone.value.clone());
    let number = own.or_else(|| office.as_ref().and_then(|office| office.phone.clone()));
    let call = match number {
        Some(number) => contact::known_line(view, &number).or(Some(CallLine {
            number,
            name: office.as_ref().map(|office| office.name.clone()),
            ..CallLine::default()
        })),
        None => line_of(view, service, id).or_else(|| contact::general_line(view)),
    };
    Some(FrontDesk { name, office, call })
}

/// Returns the name of a department where families go: the body of the place, and for a province that of the county, to
/// which nobody has to travel.
fn name(view: &View<'_>, shown: EditionRef<'_>, id: &str) -> Option<DeskName> {
    if let Some(text) = of_county(view, shown.place, id) {
        return Some(DeskName { text, local: true });
    }
    let body = view.catalogue().counterpart_of(shown.place, shown.edition, id)?;
    Some(DeskName { text: view.say(body.name), local: false })
}

/// Returns the name of a department as a family of `place` meets it, whatever the lists say: the body of the place, and for a
/// province that of the county.
pub(super) fn at_home(view: &View<'_>, place: &Place, id: &str) -> Option<DeskName> {
    if let Some(text) = of_county(view, place, id) {
        return Some(DeskName { text, local: true });
    }
    Some(DeskName { text: view.say(view.catalogue().counterpart(place, id)?.name), local: false })
}

/// Returns the name of a department in the counties of a province. `None` elsewhere.
fn of_county(view: &View<'_>, place: &Place, id: &str) -> Option<DisplayText> {
    let department =
        view.catalogue().vocabulary.department(id).filter(|_| place.tier.value == Tier::Province)?;
    let of = |tier: &Tier| department.counterparts.get(tier)?.name.as_ref();
    of(&Tier::County).or_else(|| of(&Tier::Prefecture)).map(|name| view.say(name))
}

/// Returns the hotline of a department, if what it is for is the service.
fn line_of(view: &View<'_>, service: &Service, id: &str) -> Option<CallLine> {
    let serves = |line: &&Hotline| {
        line.departments.iter().any(|department| department.value == id)
            && contact::stands_beside(line, service)
    };
    let known = view.catalogue().vocabulary.hotlines.iter().find(serves)?;
    contact::known_line(view, &known.number.value)
}
