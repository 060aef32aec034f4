//! Who publishes a page, and of which day it is: told at the foot of every page, and to machines.
//!
//! Only what the content states is said: without a publisher the page says that nobody is named.

use serde::Serialize;

use crate::View;
use crate::catalogue::{Checked, EditionStatus, Place, Publisher};
use crate::common::DisplayText;
use crate::pages::{Dated, best_date};

/// What stands at the foot of a page.
#[derive(Serialize)]
pub struct Imprint {
    publisher: Option<NamedPublisher>,
    /// The number of the document that issues the list the page is about.
    document: Option<DisplayText>,
    /// When that list came out.
    dated: Option<Dated>,
    checked: Option<CheckedOn>,
    icp: Option<String>,
    police_record: Option<String>,
    site_code: Option<String>,
}

/// Who publishes a page.
#[derive(Serialize)]
struct NamedPublisher {
    name: DisplayText,
    office: Option<DisplayText>,
    phone: Option<String>,
    email: Option<String>,
    address: Option<DisplayText>,
}

/// Who verified what a page says, and when.
#[derive(Serialize)]
struct CheckedOn {
    by: String,
    on: String,
}

/// Returns what stands at the foot of the page of `view`.
pub(super) fn imprint(view: &View<'_>) -> Imprint {
    let site = &view.catalogue().site;
    let edition = view.page.kind.subject().edition().map(|shown| shown.edition);
    let document = edition.and_then(|edition| edition.document.as_ref()?.number.as_deref());
    Imprint {
        publisher: publisher(view).map(|publisher| named(view, publisher)),
        document: document.map(|number| view.official(number)),
        dated: edition.and_then(best_date),
        checked: checked(view)
            .map(|checked| CheckedOn { by: checked.by.clone(), on: checked.on.value.to_string() }),
        icp: site.icp.clone(),
        police_record: site.police_record.clone(),
        site_code: site.site_code.clone(),
    }
}

/// Returns who publishes a page: the nearest place at or above its own that says so, or else the site.
pub(super) fn publisher<'a>(view: &View<'a>) -> Option<&'a Publisher> {
    let of_places = near(view, |place| place.publisher.as_ref());
    of_places.or(view.catalogue().site.publisher.as_ref())
}

/// Returns who verified what a page says: its service, or else the nearest place at or above its own.
pub(super) fn checked<'a>(view: &View<'a>) -> Option<&'a Checked> {
    let service = view.page.kind.subject().service();
    let of_service = service.and_then(|service| service.checked.as_ref());
    of_service.or_else(|| near(view, |place| place.checked.as_ref()))
}

/// Tells whether a page is about a list that is no official publication. Pages for staff are not told apart.
pub(super) fn unissued(view: &View<'_>) -> Option<EditionStatus> {
    let kind = view.page.kind;
    let status = kind.subject().edition()?.edition.status;
    (status != EditionStatus::Issued && !kind.policy().is_for_staff()).then_some(status)
}

/// Returns what the nearest place at or above that of the page says.
fn near<'a, T>(view: &View<'a>, say: impl Fn(&'a Place) -> Option<&'a T>) -> Option<&'a T> {
    let mut at = view.page.kind.subject().place();
    while let Some(place) = at {
        if let Some(said) = say(place) {
            return Some(said);
        }
        at = view.catalogue().parent(&place.path);
    }
    None
}

fn named(view: &View<'_>, publisher: &Publisher) -> NamedPublisher {
    NamedPublisher {
        name: view.say(&publisher.name),
        office: view.say_some(publisher.office.as_ref()),
        phone: publisher.phone.clone(),
        email: publisher.email.clone(),
        address: view.say_some(publisher.address.as_ref()),
    }
}
