//! Posters for the wall: one page a list, and on it a sheet for the list and one for each service, in large letters, with a
//! code that leads to its page. One sheet is shown and printed, that of the list or the one that the address names behind `#`;
//! all of them behind `#all`.

use serde::Serialize;

use crate::catalogue::{Amount, EditionRef, Service};
use crate::common::{self, DisplayText};
use crate::contact::{self, CallLine};
use crate::front_desk::{self, FrontDesk};
use crate::kind::{Listing, Policy, page_of_each_list};
use crate::measure;
use crate::qr::PrintedCode;
use crate::{Address, Head, View, short};

page_of_each_list!(
    /// The posters of a list.
    PosterPage,
    "poster",
    Policy { listing: Listing::Untold, ..Policy::PUBLIC }
);

/// Returns the link to the poster of a list, or to that of one of its services.
pub(super) fn link(view: &View<'_>, shown: EditionRef<'_>, service: Option<&Service>) -> String {
    let page = view.href(&Address::in_list(shown, "poster"));
    service.map_or_else(|| page.clone(), |service| format!("{page}#{}", sheet_id(service)))
}

/// Returns the id of the sheet of a service; no other id of the page begins like it.
fn sheet_id(service: &Service) -> String {
    format!("s-{}", service.id.value)
}

/// What the template gets.
#[derive(Serialize)]
struct PosterData {
    place: DisplayText,
    list: DisplayText,
    edition: String,
    status: &'static str,
    services: usize,
    /// One for each service, and last that of the list.
    sheets: Vec<PosterSheet>,
    hotline: Option<CallLine>,
    back_href: String,
}

/// One sheet.
#[derive(Serialize)]
struct PosterSheet {
    /// Its id on the page; none for that of the list.
    id: Option<String>,
    item: Option<Item>,
    /// The code, once the site knows its address.
    code: Option<PrintedCode>,
    /// The page of which it is a poster.
    href: String,
}

/// The service of a poster.
#[derive(Serialize)]
struct Item {
    number: u32,
    name: DisplayText,
    /// Everything one gets, in order.
    gives: Vec<PosterGift>,
    audience: DisplayText,
    desk: Option<FrontDesk>,
}

/// One thing one gets.
#[derive(Serialize)]
struct PosterGift {
    plain: DisplayText,
    amount: Option<Amount>,
}

fn data<'a>(view: &View<'a>, shown: EditionRef<'a>) -> (Head, tera::Value) {
    let (place, edition) = (shown.place, shown.edition);
    let back = Address::place(&place.path);
    let code = |service: Option<&'a Service>| {
        short::address(view.map, shown, service, view.page.lang).and_then(|url| PrintedCode::new(&url))
    };
    let of_service = |service: &'a Service| PosterSheet {
        id: Some(sheet_id(service)),
        item: Some(item(view, shown, service)),
        code: code(Some(service)),
        href: view.href(&Address::in_list(shown, &service.id.value)),
    };
    let of_list = PosterSheet { id: None, item: None, code: code(None), href: view.href(&back) };
    let data = PosterData {
        place: view.say(place.short()),
        list: view.say(&edition.title),
        edition: edition.id.clone(),
        status: common::status_word(Some(shown)),
        services: edition.services.len(),
        sheets: edition.services.iter().map(of_service).chain([of_list]).collect(),
        hotline: contact::general_line(view),
        back_href: view.href(&back),
    };
    let head = view
        .head(Some(place))
        .word("name", view.words(&edition.title))
        .word("list", view.words(&edition.title))
        .word("n", data.services.to_string())
        .crumb(data.list.clone(), None);
    (head, tera::Value::from_serializable(&data))
}

fn item(view: &View<'_>, shown: EditionRef<'_>, service: &Service) -> Item {
    let body = &service.body;
    let gives = body.provisions.iter().map(|provision| PosterGift {
        plain: view.say(&provision.plain),
        amount: measure::headline(provision),
    });
    Item {
        number: service.number.value,
        name: view.say(&body.title),
        gives: gives.collect(),
        audience: view.say(&body.audience.text),
        desk: front_desk::of_service(view, shown, service),
    }
}
