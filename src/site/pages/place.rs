//! A place: its services by area. The page families come back to.

use serde::Serialize;

use super::places::{self, PlaceEntry};
use super::{definitions, guide, visits};
use crate::catalogue::{EditionRef, Place, PlaceKind, Provision, Service, Tier};
use crate::common::{self, Band, DisplayText, NamedLink, ServiceLine};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::more::{MorePage, more_pages};
use crate::{Address, Facts, Head, View};

/// The page of a place.
#[derive(Clone, Copy, Debug)]
pub struct PlacePage<'a> {
    place: &'a Place,
    /// The first of its lists, if it shows any.
    shown: Option<EditionRef<'a>>,
}

impl<'a> KindOfPage<'a> for PlacePage<'a> {
    const NAME: &'static str = "place";
    const POLICY: Policy = Policy::ESSENTIAL;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let page = |place| Self { place, shown: facts.shown(place).next() };
        facts.catalogue().places.values().map(page).collect()
    }

    fn address(&self) -> Address {
        Address::place(&self.place.path)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Place(self.place, self.shown)
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, self.place)
    }
}

/// What the template gets.
#[derive(Serialize)]
struct PlaceData {
    name: DisplayText,
    full_name: DisplayText,
    /// What is to be known of it, said where it has nothing else to show.
    note: Option<DisplayText>,
    tier: Tier,
    parent: Option<NamedLink>,
    lists: Vec<PlaceList>,
    places: Vec<PlaceEntry>,
    guides: Vec<guide::GuideLink>,
    /// What the places below are called together, as the strings `tiers-…` say it.
    below: &'static str,
    /// The page that finds what can be had here.
    check_href: Option<String>,
    /// Who is counted, document by document.
    definitions_href: Option<String>,
    /// Who comes to the door.
    visits_href: Option<String>,
    /// The place whose list applies while this one shows none.
    upper: Option<NamedLink>,
    /// Lists of places above that hold here beside its own.
    further: Vec<FurtherList>,
    more: Vec<MorePage>,
}

/// A list of a place above that holds here, too.
#[derive(Serialize)]
struct FurtherList {
    title: DisplayText,
    place: DisplayText,
    href: String,
    services: usize,
}

#[derive(Serialize)]
struct PlaceList {
    id: String,
    title: DisplayText,
    status: &'static str,
    services: usize,
    provisions: usize,
    about_href: String,
    print_href: String,
    poster_href: String,
    /// What the place adds to the list above.
    added: Vec<AddedService>,
    ages: Vec<Band>,
    areas: Vec<PlaceArea>,
    departments: Vec<PlaceDepartment>,
}

/// A service with what the list above does not have.
#[derive(Serialize)]
struct AddedService {
    title: DisplayText,
    href: String,
    /// What is added to a service that the list above has as well; nothing if all of it is.
    plain: Vec<DisplayText>,
}

#[derive(Serialize)]
struct PlaceArea {
    id: String,
    name: DisplayText,
    href: String,
    services: Vec<ServiceLine>,
}

#[derive(Serialize)]
struct PlaceDepartment {
    id: String,
    name: DisplayText,
    href: String,
    services: usize,
}

fn data<'a>(view: &View<'a>, place: &'a Place) -> (Head, tera::Value) {
    let catalogue = view.catalogue();
    let lists: Vec<PlaceList> = view.facts().shown(place).map(|shown| one_list(view, shown)).collect();
    let below = catalogue.children(Some(&place.path));
    let named = |place: &Place| NamedLink {
        name: view.say(place.short()),
        href: view.href(&Address::place(&place.path)),
    };
    let services: usize = lists.iter().map(|list| list.services).sum();
    let data = PlaceData {
        name: view.say(place.short()),
        full_name: view.say(&place.name),
        note: view.say_some(place.note.as_ref()),
        tier: place.tier.value,
        parent: catalogue.parent(&place.path).map(named),
        below: together(view, &below),
        check_href: check_href(view, place),
        further: further(view, place),
        definitions_href: definitions::link(view, place),
        visits_href: visits::link(view, place),
        upper: if lists.is_empty() { upper(view, place).map(named) } else { None },
        lists,
        places: below.into_iter().map(|below| places::entry(view, below, false)).collect(),
        guides: guide::links(view, Some(place), &place.guides),
        more: more_pages(view, place),
    };
    let head =
        view.head(Some(place)).word("n", services.to_string()).word("full_name", view.words(&place.name));
    (head, tera::Value::from_serializable(&data))
}

/// Returns what places are called together: by their tier, and prefectures that are all cities as cities, unless the site
/// has a word of its own for them.
fn together(view: &View<'_>, places: &[&Place]) -> &'static str {
    let site = &view.catalogue().site;
    let is_city = |place: &&Place| {
        place.tier.value == Tier::Prefecture && matches!(place.kind(site.codes), None | Some(PlaceKind::Zone))
    };
    let Some(first) = places.first() else { return Tier::County.as_str() };
    match places.iter().all(is_city) && !site.tiers.contains_key(&Tier::Prefecture) {
        true => "cities",
        false => first.tier.value.as_str(),
    }
}

/// Returns the lists of places above that hold beside those of `place`; none where it shows no list itself.
fn further<'a>(view: &View<'a>, place: &'a Place) -> Vec<FurtherList> {
    let facts = view.facts();
    let offered = if facts.shown(place).next().is_some() { facts.offered(place) } else { Vec::new() };
    let above = offered.into_iter().filter(|shown| shown.place.path != place.path);
    let one = |shown: EditionRef<'a>| FurtherList {
        title: view.say(&shown.edition.title),
        place: view.say(shown.place.short()),
        href: format!("{}#{}", view.href(&Address::place(&shown.place.path)), shown.list.id),
        services: shown.edition.services.len(),
    };
    above.map(one).collect()
}

fn check_href(view: &View<'_>, place: &Place) -> Option<String> {
    view.href_if_there(&Address::in_place(&place.path, "check"))
}

/// Returns the nearest place above that shows a list.
fn upper<'a>(view: &View<'a>, place: &Place) -> Option<&'a Place> {
    let parent = view.catalogue().parent(&place.path)?;
    if view.facts().shown(parent).next().is_some() { Some(parent) } else { upper(view, parent) }
}

fn one_list<'a>(view: &View<'a>, shown: EditionRef<'a>) -> PlaceList {
    let services = &shown.edition.services;
    PlaceList {
        id: shown.list.id.clone(),
        title: view.say(&shown.edition.title),
        status: common::status_word(Some(shown)),
        services: services.len(),
        provisions: services.iter().map(|service| service.body.provisions.len()).sum(),
        about_href: view.href(&Address::in_list(shown, "about")),
        print_href: view.href(&Address::in_list(shown, "print")),
        poster_href: super::poster::link(view, shown, None),
        added: added(view, shown),
        ages: common::bands(view, shown, None),
        areas: areas(view, shown),
        departments: departments(view, shown),
    }
}

/// Returns the services in which a list gives what the list it is measured against does not have, in its order.
fn added<'a>(view: &View<'a>, shown: EditionRef<'a>) -> Vec<AddedService> {
    let Some(coverage) = view.facts().analysis.coverage(shown) else { return Vec::new() };
    let own = |service: &Service| {
        let of = coverage.additions.iter().filter(|offer| std::ptr::eq(offer.service, service));
        of.map(|offer| offer.provision).collect::<Vec<_>>()
    };
    let with = shown.edition.services.iter().map(|service| (service, own(service)));
    let line = |(service, provisions): (&Service, Vec<&Provision>)| {
        let is_part = provisions.len() < service.body.provisions.len();
        let plain = provisions.iter().filter(|_| is_part).map(|provision| view.say(&provision.plain));
        AddedService {
            title: view.say(&service.body.title),
            href: view.href(&Address::in_list(shown, &service.id.value)),
            plain: plain.collect(),
        }
    };
    with.filter(|(_, provisions)| !provisions.is_empty()).map(line).collect()
}

fn areas(view: &View<'_>, shown: EditionRef<'_>) -> Vec<PlaceArea> {
    let of = |id: &str| {
        let services = shown.edition.services.iter().filter(|service| service.body.area.value == id);
        services.map(|service| common::row(view, shown, service)).collect::<Vec<_>>()
    };
    let areas = view.catalogue().areas_of(shown.edition).into_iter().map(|(id, name)| PlaceArea {
        id: id.to_owned(),
        name: view.say(name),
        href: view.href(&Address::in_list(shown, &format!("area/{id}"))),
        services: of(id),
    });
    areas.filter(|area| !area.services.is_empty()).collect()
}

fn departments(view: &View<'_>, shown: EditionRef<'_>) -> Vec<PlaceDepartment> {
    let by = common::by_department(shown);
    let department = |id: &str| {
        Some(PlaceDepartment {
            id: id.to_owned(),
            services: by.get(id)?.len(),
            name: view.say(view.catalogue().counterpart_of(shown.place, shown.edition, id)?.name),
            href: common::department_link(view, shown, id)?,
        })
    };
    view.catalogue().departments_of(shown.edition).into_iter().filter_map(department).collect()
}
