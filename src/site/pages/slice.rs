//! The services of one area, one age or one department.

use serde::Serialize;

use crate::catalogue::{Certainty, EditionRef, Service};
use crate::common::{self, Band, Named, Row, Said};
use crate::facts::Facts;
use crate::span::Spanned;
use crate::{Address, Head, PageKind, Spot, View};

/// One area.
pub const AREA: PageKind = PageKind { name: "area", list: list_areas, data: area };
/// One band of age.
pub const AGE: PageKind = PageKind { name: "age", list: list_ages, data: age };
/// One department.
pub const DEPARTMENT: PageKind = PageKind { name: "department", list: list_departments, data: department };

/// Returns the services of a list that one body is responsible for; `id` is the function that stands for it.
pub(super) fn of_department<'a>(shown: EditionRef<'a>, id: &str) -> impl Iterator<Item = &'a Service> {
    let is_its =
        move |department: &Spanned<String>| shown.edition.body_of(shown.place, &department.value) == id;
    shown.edition.services.iter().filter(move |service| service.body.departments.iter().any(is_its))
}

fn of_area<'a>(shown: EditionRef<'a>, id: &str) -> impl Iterator<Item = &'a Service> {
    shown.edition.services.iter().filter(move |service| service.body.area.value == id)
}

fn list_areas<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    let catalogue = facts.catalogue;
    list_slices(facts, spots, &AREA, |shown| {
        catalogue
            .areas_of(shown.edition)
            .into_iter()
            .map(|(id, _)| id)
            .filter(|id| of_area(shown, id).next().is_some())
            .collect()
    });
}

fn list_ages<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    let bands = &facts.catalogue.vocabulary.ages;
    list_slices(facts, spots, &AGE, |_| bands.iter().map(|band| band.id.value.as_str()).collect());
}

fn list_departments<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    let catalogue = facts.catalogue;
    list_slices(facts, spots, &DEPARTMENT, |shown| {
        let ids = catalogue.departments_of(shown.edition).into_iter();
        ids.filter(|id| of_department(shown, id).next().is_some()).collect()
    });
}

/// Adds a page for every list shown and every key of it.
fn list_slices<'a>(
    facts: &Facts<'a>,
    spots: &mut Vec<Spot<'a>>,
    kind: &'static PageKind,
    keys: impl Fn(EditionRef<'a>) -> Vec<&'a str>,
) {
    for place in facts.catalogue.places.values() {
        for shown in facts.shown(place) {
            spots.extend(keys(shown).into_iter().map(|key| Spot {
                kind,
                address: Address::in_list(shown, &format!("{}/{key}", kind.name)),
                place: Some(place),
                shown: Some(shown),
                service: None,
                key: Some(key),
                source: Some(shown.edition.span),
            }));
        }
    }
}

/// What the templates get.
#[derive(Serialize)]
struct Data {
    place: Named,
    list: List,
    heading: Said,
    what: &'static str,
    rows: Vec<Row>,
    others: Vec<Other>,
    note: Option<Said>,
    band: Option<Band>,
    department: Option<Body>,
}

#[derive(Serialize)]
struct List {
    title: Said,
}

/// Another page of the same kind.
#[derive(Serialize)]
struct Other {
    name: Said,
    label: Option<String>,
    href: String,
    services: usize,
    current: bool,
}

/// The department a page is about.
#[derive(Serialize)]
struct Body {
    name: Said,
    full_name: Option<Said>,
    status: Certainty,
    note: Option<Said>,
}

/// What differs between the three kinds.
struct Slice {
    heading: Said,
    rows: Vec<Row>,
    others: Vec<Other>,
    band: Option<Band>,
    department: Option<Body>,
}

fn key<'a>(view: &View<'a>) -> &'a str {
    view.page.spot.key.expect("a slice page has a key")
}

fn finish(view: &View<'_>, slice: Slice) -> (Head, tera::Value) {
    let (place, shown) = (view.place(), view.shown());
    let head = view
        .head(Some(place))
        .word("n", slice.rows.len().to_string())
        .word("name", slice.heading.text.clone())
        .word("label", slice.band.as_ref().map(|band| band.label.clone()).unwrap_or_default())
        .word("list", view.words(&shown.edition.title))
        .crumb(slice.heading.clone(), None);
    let data = Data {
        place: Named { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        list: List { title: view.say(&shown.edition.title) },
        heading: slice.heading,
        what: view.page.spot.kind.name,
        rows: slice.rows,
        others: slice.others,
        note: None,
        band: slice.band,
        department: slice.department,
    };
    (head, tera::Value::from_serializable(&data))
}

fn area(view: &View<'_>) -> (Head, tera::Value) {
    let (shown, id) = (view.shown(), key(view));
    let others = view.catalogue().areas_of(shown.edition).into_iter().map(|(area, name)| Other {
        name: view.say(name),
        label: None,
        href: view.href(&Address::in_list(shown, &format!("area/{area}"))),
        services: of_area(shown, area).count(),
        current: area == id,
    });
    let heading = view.catalogue().area_of(shown.edition, id).map(|name| view.say(name));
    finish(
        view,
        Slice {
            heading: heading.expect("area pages are listed from the vocabulary"),
            rows: of_area(shown, id).map(|service| common::row(view, shown, service)).collect(),
            others: others.filter(|other| other.services > 0).collect(),
            band: None,
            department: None,
        },
    )
}

fn age(view: &View<'_>) -> (Head, tera::Value) {
    let (shown, id) = (view.shown(), key(view));
    let bands = common::bands(view, shown, Some(id));
    let band = view.catalogue().vocabulary.ages.iter().find(|band| band.id.value == id);
    let band = band.expect("age pages are listed from the vocabulary");
    let fitting =
        shown.edition.services.iter().filter(|service| common::is_for_age(view, &service.body, band.age));
    let mut rows: Vec<Row> = fitting.map(|service| common::row(view, shown, service)).collect();
    rows.sort_by_key(|row| row.age.is_none());
    let others = bands.iter().map(|band| Other {
        name: band.name.clone(),
        label: Some(band.label.clone()),
        href: band.href.clone(),
        services: band.services,
        current: band.current,
    });
    finish(
        view,
        Slice {
            heading: view.say(&band.name),
            rows,
            others: others.collect(),
            band: bands.iter().find(|band| band.current).cloned(),
            department: None,
        },
    )
}

fn department(view: &View<'_>) -> (Head, tera::Value) {
    let (shown, id) = (view.shown(), key(view));
    let catalogue = view.catalogue();
    let name = |id: &str| {
        let known = catalogue.counterpart_of(shown.place, shown.edition, id);
        known.expect("department pages are listed from the vocabulary")
    };
    let others = catalogue.departments_of(shown.edition).into_iter().filter_map(|department| {
        let services = of_department(shown, department).count();
        // Most of the vocabulary has nothing to do with this list.
        (services > 0).then(|| Other {
            name: view.say(name(department).name),
            label: None,
            href: view.href(&Address::in_list(shown, &format!("department/{department}"))),
            services,
            current: department == id,
        })
    });
    let body = name(id);
    finish(
        view,
        Slice {
            heading: view.say(body.name),
            rows: of_department(shown, id).map(|service| common::row(view, shown, service)).collect(),
            others: others.collect(),
            band: None,
            department: Some(Body {
                name: view.say(body.name),
                full_name: view.say_some(body.full_name),
                status: body.certainty,
                note: view.say_some(body.note),
            }),
        },
    )
}
