//! The page for addresses that are none. A server shows it at any address, so that its links begin at the
//! root of the server (see [`View::link`]).

use serde::Serialize;

use super::places::{self, Entry};
use crate::facts::Facts;
use crate::lang::Language;
use crate::route::Route;
use crate::{Address, Head, Page, PageKind, Spot, View};

/// The page for addresses that are none.
pub const KIND: PageKind = PageKind { name: "not-found", list, data };

fn list<'a>(_: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    spots.push(spot());
}

fn spot<'a>() -> Spot<'a> {
    Spot {
        kind: &KIND,
        address: Address::not_found(),
        place: None,
        shown: None,
        service: None,
        key: None,
        source: None,
    }
}

/// Returns the one at the root of the site, for addresses that name no language.
pub(crate) fn root(lang: &Language) -> Page<'_> {
    Page { spot: spot(), lang, route: Route::new("404.html") }
}

/// What the template gets.
#[derive(Serialize)]
struct Data {
    home_href: String,
    provinces: Vec<Entry>,
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let provinces = view.catalogue().children(None);
    let data = Data {
        home_href: view.href(&Address::home()),
        provinces: provinces.into_iter().map(|place| places::entry(view, place, false)).collect(),
    };
    (view.head(None), tera::Value::from_serializable(&data))
}
