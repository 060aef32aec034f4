//! The front desk: the one office a family goes to first, and the one number it calls.

use serde::Serialize;

use super::common::{DisplayText, responsible};
use super::contact::{self, CallLine};
use super::{View, common};
use crate::catalogue::{EditionRef, Hotline, Service};

/// Where a family goes first.
#[derive(Clone, Debug, Serialize)]
pub struct FrontDesk {
    /// Whose desk it is.
    pub name: Option<DisplayText>,
    /// Its address.
    pub address: Option<DisplayText>,
    /// Its opening hours.
    pub hours: Option<DisplayText>,
    /// The one number to call.
    pub call: Option<CallLine>,
}

/// Bodies that answer for a service and that nobody asks at a counter.
const NO_COUNTER: [&str; 3] = ["courts", "procuratorate", "cyberspace"];

/// Returns where a family goes first for a service: where the service says so, or else the department that leads it, or
/// the first of those responsible that has a counter.
pub(super) fn front_desk(view: &View<'_>, shown: EditionRef<'_>, service: &Service) -> FrontDesk {
    let id = department(shown, service);
    let office = id.and_then(|id| contact::offices(view, shown, id).into_iter().next());
    let department = id.and_then(|id| responsible(view, shown, id)).map(|known| known.name);
    let apply = service.apply.as_ref();
    let place = view.say_some(apply.and_then(|apply| apply.place.as_ref()));
    let own = apply.and_then(|apply| apply.phone.as_ref()).map(|phone| phone.value.clone());
    let number = own.or_else(|| office.as_ref().and_then(|office| office.phone.clone()));
    let known = |number: &str| hotlines(view).find(|line| line.number.value == number);
    let call = match number {
        Some(number) => Some(known(&number).map_or_else(
            || CallLine { number: number.clone(), name: None, purpose: None },
            |hotline| contact::line(view, hotline),
        )),
        None => line_of(view, id).or_else(|| contact::general_line(view)),
    };
    FrontDesk {
        name: office.as_ref().map(|office| office.name.clone()).or(department),
        address: place.or_else(|| office.as_ref().and_then(|office| office.address.clone())),
        hours: office.and_then(|office| office.hours),
        call,
    }
}

/// Returns the line for a child in danger: that of the police.
pub(super) fn danger_line(view: &View<'_>) -> Option<CallLine> {
    let police = hotlines(view).find(|line| serves(line, DANGER))?;
    Some(contact::line(view, police))
}

/// The department whose line is for danger, not for questions.
const DANGER: &str = "public-security";

/// Returns the department that leads a service, by a provision that names one, or else the first with a counter.
fn department<'a>(shown: EditionRef<'a>, service: &'a Service) -> Option<&'a str> {
    let leads = service.body.provisions.iter().filter_map(|provision| provision.lead.as_ref());
    let leads = leads.map(|lead| shown.edition.body_of(shown.place, &lead.department.value));
    let mut bodies = leads.chain(common::bodies(shown, &service.body));
    bodies.find(|id| !NO_COUNTER.contains(id))
}

/// Returns the line that answers questions for a department.
fn line_of(view: &View<'_>, department: Option<&str>) -> Option<CallLine> {
    let department = department.filter(|id| *id != DANGER)?;
    hotlines(view).find(|line| serves(line, department)).map(|line| contact::line(view, line))
}

fn serves(line: &Hotline, department: &str) -> bool {
    line.departments.iter().any(|id| id.value == department)
}

fn hotlines<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Hotline> + use<'a> {
    view.catalogue().vocabulary.hotlines.iter()
}
