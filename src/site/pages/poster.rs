//! A poster for the wall: a list or one service in large letters, with a code that leads to its page.

use serde::Serialize;

use crate::ages::{self, AgeOnScale};
use crate::catalogue::{Amount, EditionRef, Service};
use crate::common::{self, DisplayText};
use crate::contact::{self, CallLine};
use crate::front_desk::{self, FrontDesk};
use crate::kind::{KindOfPage, Listing, Policy, Subject};
use crate::measure;
use crate::qr::PrintedCode;
use crate::{Address, Facts, Head, View, short};

/// A poster of a list, or of one of its services.
#[derive(Clone, Copy, Debug)]
pub struct PosterPage<'a> {
    shown: EditionRef<'a>,
    service: Option<&'a Service>,
}

impl<'a> KindOfPage<'a> for PosterPage<'a> {
    const NAME: &'static str = "poster";
    const POLICY: Policy = Policy { listing: Listing::Untold, ..Policy::PUBLIC };

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let of_lists = facts.lists().map(|shown| Self { shown, service: None });
        let of_services = facts.lists().flat_map(|shown| {
            shown.edition.services.iter().map(move |service| Self { shown, service: Some(service) })
        });
        of_lists.chain(of_services).collect()
    }

    fn address(&self) -> Address {
        address(self.shown, self.service.map(|service| service.id.value.as_str()))
    }

    fn subject(&self) -> Subject<'a> {
        match self.service {
            Some(service) => Subject::Service(self.shown, service),
            None => Subject::Edition(self.shown),
        }
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, *self)
    }
}

/// Returns the address of the poster of a list, or of the service with this id.
pub(super) fn address(shown: EditionRef<'_>, service: Option<&str>) -> Address {
    match service {
        Some(id) => Address::in_list(shown, &format!("poster/{id}")),
        None => Address::in_list(shown, "poster"),
    }
}

/// What the template gets.
#[derive(Serialize)]
struct PosterData {
    place: DisplayText,
    list: DisplayText,
    edition: String,
    status: &'static str,
    services: usize,
    item: Option<Item>,
    hotline: Option<CallLine>,
    /// The code, once the site knows its address.
    code: Option<PrintedCode>,
    back_href: String,
}

/// The service of a poster.
#[derive(Serialize)]
struct Item {
    number: u32,
    name: DisplayText,
    /// Everything one gets, in order.
    gives: Vec<PosterGift>,
    audience: DisplayText,
    age: Option<AgeOnScale>,
    desk: Option<FrontDesk>,
}

/// One thing one gets.
#[derive(Serialize)]
struct PosterGift {
    plain: DisplayText,
    amount: Option<Amount>,
}

fn data<'a>(view: &View<'a>, page: PosterPage<'a>) -> (Head, tera::Value) {
    let PosterPage { shown, service } = page;
    let place = shown.place;
    let edition = shown.edition;
    let back = service
        .map_or_else(|| Address::place(&place.path), |service| Address::in_list(shown, &service.id.value));
    let item = service.map(|service| item(view, shown, service));
    let name = item.as_ref().map_or_else(|| view.words(&edition.title), |item| item.name.text.clone());
    let data = PosterData {
        place: view.say(place.short()),
        list: view.say(&edition.title),
        edition: edition.id.clone(),
        status: common::status_word(Some(shown)),
        services: edition.services.len(),
        item,
        hotline: contact::general_line(view),
        code: short::address(view.map, shown, service, view.page.lang).and_then(|url| PrintedCode::new(&url)),
        back_href: view.href(&back),
    };
    let head = view
        .head(Some(place))
        .word("name", name)
        .word("list", view.words(&edition.title))
        .word("n", data.services.to_string())
        .crumb(data.item.as_ref().map_or_else(|| data.list.clone(), |item| item.name.clone()), None);
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
        age: ages::of_service(view.catalogue(), shown, body),
        desk: front_desk::of_service(view, shown, service),
    }
}
