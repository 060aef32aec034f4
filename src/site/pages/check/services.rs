//! The services of a place, each with what one gets and where one goes first.

use serde::Serialize;

use crate::catalogue::{Access, Amount, EditionRef, Place, Service, Strength};
use crate::common::{DisplayText, NamedLink};
use crate::finder::{self, Table};
use crate::front_desk::{self, FrontDesk};
use crate::sourced::{ToldLine, told_lines};
use crate::{Address, View, measure};

/// A service with its provisions.
#[derive(Serialize)]
pub(super) struct CheckBlock {
    title: DisplayText,
    /// What families call it.
    familiar: Option<DisplayText>,
    href: String,
    /// The number of its list, from 0.
    of: usize,
    /// The list it stands in, where several hold.
    list: Option<DisplayText>,
    desk: Option<FrontDesk>,
    bring: Vec<DisplayText>,
    /// What other documents say about papers; no condition of the list.
    papers: Vec<ToldLine>,
    provisions: Vec<CheckItem>,
}

#[derive(Serialize)]
struct CheckItem {
    plain: DisplayText,
    amount: Option<Amount>,
    /// The string that says where or how, if that is worth saying.
    note: Option<String>,
}

/// The services of all lists that hold in a place, with their provisions in one table.
pub(super) struct Shelf<'a> {
    place: &'a Place,
    services: Vec<(EditionRef<'a>, &'a Service)>,
    /// What the provisions need.
    pub(super) table: &'a Table<'a>,
    several: bool,
    /// The addresses of the lists, in order.
    lists: Vec<String>,
    /// How many of the services stand in lists that the place itself published.
    pub(super) own: usize,
}

impl<'a> Shelf<'a> {
    pub(super) fn new(view: &View<'a>, place: &'a Place) -> Self {
        let facts = view.facts();
        let of = |shown: EditionRef<'a>| shown.edition.services.iter().map(move |service| (shown, service));
        let table = facts.analysis.eligibility(place, facts.drafts);
        let lists = facts.offered(place);
        let several = lists.len() > 1;
        let own = facts
            .search_parts(place)
            .into_iter()
            .next()
            .map_or(0, |(_, first)| first.iter().map(|shown| shown.edition.services.len()).sum());
        Self {
            own,
            lists: lists.iter().map(EditionRef::address).collect(),
            place,
            services: lists.into_iter().flat_map(of).collect(),
            table,
            several,
        }
    }

    /// Returns every service, in order.
    pub(super) fn blocks(&self, view: &View<'_>) -> Vec<CheckBlock> {
        self.services.iter().map(|(shown, service)| self.block(view, *shown, service)).collect()
    }

    /// The desk is the one here, also for a list of a place above.
    fn block(&self, view: &View<'_>, shown: EditionRef<'_>, service: &Service) -> CheckBlock {
        let (body, apply) = (&service.body, service.apply.as_ref());
        CheckBlock {
            title: view.say(&body.title),
            familiar: view.say_some(body.familiar.as_ref()),
            href: view.href(&Address::in_list(shown, &service.id.value)),
            of: self.lists.iter().position(|list| *list == shown.address()).unwrap_or_default(),
            list: self.several.then(|| view.say(&shown.edition.title)),
            desk: front_desk::of_service(view, EditionRef { place: self.place, ..shown }, service),
            bring: apply.into_iter().flat_map(|apply| &apply.bring).map(|text| view.say(text)).collect(),
            papers: told_lines(view, &body.papers),
            provisions: body
                .provisions
                .iter()
                .map(|provision| CheckItem {
                    plain: view.say(&provision.plain),
                    amount: measure::headline(provision),
                    note: note(provision.strength, provision.access),
                })
                .collect(),
        }
    }

    /// Returns the numbers of the services of which `test` holds for a provision.
    pub(super) fn services_where(&self, test: impl Fn(&finder::Row<'a>) -> bool) -> Vec<usize> {
        let has = |service: &Service| {
            let mut rows = self.table.rows().iter().filter(|row| std::ptr::eq(row.offer.service, service));
            rows.any(&test)
        };
        self.services.iter().enumerate().filter(|(_, (_, service))| has(service)).map(|(at, _)| at).collect()
    }

    /// Returns the services an answer sends to, or else those it has to do with.
    pub(super) fn related(&self, answer: usize) -> Vec<usize> {
        let first = self.table.answers()[answer].1.see.iter();
        let named = |id: &str| self.services.iter().position(|(_, service)| service.id.value == id);
        let found: Vec<usize> = first.filter_map(|id| named(&id.value)).collect();
        if found.is_empty() { self.services_where(|row| self.table.is_about(answer, row)) } else { found }
    }

    pub(super) fn links(&self, view: &View<'_>, services: &[usize]) -> Vec<NamedLink> {
        let link = |at: &usize| {
            let (shown, service) = self.services[*at];
            NamedLink {
                name: view.say(&service.body.title),
                href: view.href(&Address::in_list(shown, &service.id.value)),
            }
        };
        services.iter().map(link).collect()
    }
}

/// Returns the string that says where or how a provision is had, where it is not simply given here.
fn note(strength: Strength, access: Access) -> Option<String> {
    match (strength, access) {
        (Strength::Assist, Access::HukouPlace) => Some("assist-hukou-place".to_owned()),
        (_, Access::Residence) => None,
        (_, access) => Some(format!("access-{}", access.as_str())),
    }
}
