//! The page for addresses that are none. A server shows it at any address, so that its links begin at the
//! root of the server (see [`View::link`]).

use serde::Serialize;

use super::places::{self, PlaceEntry};
use crate::kind::{KindOfPage, Listing, Policy, Subject};
use crate::{Address, Facts, Head, View};

/// The page for addresses that are none.
#[derive(Clone, Copy, Debug)]
pub struct NotFoundPage;

impl<'a> KindOfPage<'a> for NotFoundPage {
    const NAME: &'static str = "not-found";
    const POLICY: Policy = Policy { listing: Listing::Hidden, anywhere: true, ..Policy::PUBLIC };

    fn list(_: &Facts<'a>) -> Vec<Self> {
        vec![Self]
    }

    fn address(&self) -> Address {
        Address::not_found()
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Site
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view)
    }
}

/// What the template gets.
#[derive(Serialize)]
struct NotFoundData {
    home_href: String,
    provinces: Vec<PlaceEntry>,
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let provinces = view.catalogue().children(None);
    let data = NotFoundData {
        home_href: view.href(&Address::home()),
        provinces: provinces.into_iter().map(|place| places::entry(view, place, false)).collect(),
    };
    (view.head(None), tera::Value::from_serializable(&data))
}
