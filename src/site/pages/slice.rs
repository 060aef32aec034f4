//! The services of one area, one age or one department.

use serde::Serialize;

use crate::ages;
use crate::catalogue::{AgeBand, Catalogue, Certainty, Counterpart, EditionRef, Service};
use crate::common::{self, Band, DisplayText, NamedLink, ServiceLine};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::lang::Localized;
use crate::{Address, Facts, Head, View};

/// The services of one area.
#[derive(Clone, Copy, Debug)]
pub struct AreaPage<'a> {
    shown: EditionRef<'a>,
    id: &'a str,
    name: &'a Localized,
}

/// The services for one band of age.
#[derive(Clone, Copy, Debug)]
pub struct AgePage<'a> {
    shown: EditionRef<'a>,
    band: &'a AgeBand,
}

/// The services of one department.
#[derive(Clone, Copy, Debug)]
pub struct DepartmentPage<'a> {
    shown: EditionRef<'a>,
    /// The function that stands for the body.
    id: &'a str,
    body: Counterpart<'a>,
}

impl<'a> KindOfPage<'a> for AreaPage<'a> {
    const NAME: &'static str = "area";
    const POLICY: Policy = Policy::KEPT;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let pages = |shown: EditionRef<'a>| {
            let areas = facts.catalogue().areas_of(shown.edition).into_iter();
            areas.map(move |(id, name)| Self { shown, id, name })
        };
        facts.lists().flat_map(pages).filter(|page| of_area(page.shown, page.id).next().is_some()).collect()
    }

    fn address(&self) -> Address {
        Address::in_list(self.shown, &format!("{}/{}", Self::NAME, self.id))
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Edition(self.shown)
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        finish(view, self.shown, Self::NAME, self.slice(view))
    }
}

impl<'a> KindOfPage<'a> for AgePage<'a> {
    const NAME: &'static str = "age";
    const POLICY: Policy = Policy::KEPT;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let pages = |shown: EditionRef<'a>| {
            ages::bands(facts.catalogue(), shown).into_iter().map(move |band| Self { shown, band })
        };
        facts.lists().flat_map(pages).collect()
    }

    fn address(&self) -> Address {
        Address::in_list(self.shown, &format!("{}/{}", Self::NAME, self.band.id.value))
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Edition(self.shown)
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        finish(view, self.shown, Self::NAME, self.slice(view))
    }
}

impl<'a> KindOfPage<'a> for DepartmentPage<'a> {
    const NAME: &'static str = "department";
    const POLICY: Policy = Policy::PUBLIC;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let pages = |shown: EditionRef<'a>| departments(facts.catalogue(), shown).into_iter();
        let says_more = |(page, services): (Self, Vec<_>)| page.says_more(&services).then_some(page);
        facts.lists().flat_map(pages).filter_map(says_more).collect()
    }

    fn address(&self) -> Address {
        Address::in_list(self.shown, &format!("{}/{}", Self::NAME, self.id))
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Edition(self.shown)
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        finish(view, self.shown, Self::NAME, self.slice(view))
    }
}

fn of_area<'a>(shown: EditionRef<'a>, id: &str) -> impl Iterator<Item = &'a Service> {
    shown.edition.services.iter().filter(move |service| service.body.area.value == id)
}

/// Returns the departments that are responsible for a service of a list, whether they have a page or not, with these
/// services. Most of the vocabulary has nothing to do with a list.
fn departments<'a>(
    catalogue: &'a Catalogue,
    shown: EditionRef<'a>,
) -> Vec<(DepartmentPage<'a>, Vec<&'a Service>)> {
    let mut by = common::by_department(shown);
    let page = |id: &'a str| {
        let services = by.remove(id)?;
        let body = catalogue.counterpart_of(shown.place, shown.edition, id)?;
        Some((DepartmentPage { shown, id, body }, services))
    };
    catalogue.departments_of(shown.edition).into_iter().filter_map(page).collect()
}

/// What the templates get.
#[derive(Serialize)]
struct SliceData {
    place: NamedLink,
    list: SliceList,
    heading: DisplayText,
    what: &'static str,
    rows: Vec<ServiceLine>,
    others: Vec<OtherSlice>,
    note: Option<DisplayText>,
    band: Option<Band>,
    department: Option<DepartmentBody>,
}

#[derive(Serialize)]
struct SliceList {
    title: DisplayText,
}

/// Another page of the same kind.
#[derive(Serialize)]
struct OtherSlice {
    name: DisplayText,
    label: Option<String>,
    href: String,
    services: usize,
    current: bool,
}

/// The department a page is about.
#[derive(Serialize)]
struct DepartmentBody {
    name: DisplayText,
    full_name: Option<DisplayText>,
    status: Certainty,
    note: Option<DisplayText>,
}

/// What differs between the three kinds.
struct Slice {
    heading: DisplayText,
    rows: Vec<ServiceLine>,
    others: Vec<OtherSlice>,
    band: Option<Band>,
    department: Option<DepartmentBody>,
}

fn finish<'a>(
    view: &View<'a>,
    shown: EditionRef<'a>,
    what: &'static str,
    slice: Slice,
) -> (Head, tera::Value) {
    let place = shown.place;
    let head = view
        .head(Some(place))
        .word("n", slice.rows.len().to_string())
        .word("name", slice.heading.text.clone())
        .word("label", slice.band.as_ref().map(|band| band.label.clone()).unwrap_or_default())
        .word("list", view.words(&shown.edition.title))
        .crumb(slice.heading.clone(), None);
    let data = SliceData {
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        list: SliceList { title: view.say(&shown.edition.title) },
        heading: slice.heading,
        what,
        rows: slice.rows,
        others: slice.others,
        note: None,
        band: slice.band,
        department: slice.department,
    };
    (head, tera::Value::from_serializable(&data))
}

impl AreaPage<'_> {
    fn slice(&self, view: &View<'_>) -> Slice {
        let shown = self.shown;
        let others = view.catalogue().areas_of(shown.edition).into_iter().map(|(area, name)| OtherSlice {
            name: view.say(name),
            label: None,
            href: view.href(&Address::in_list(shown, &format!("area/{area}"))),
            services: of_area(shown, area).count(),
            current: area == self.id,
        });
        Slice {
            heading: view.say(self.name),
            rows: of_area(shown, self.id).map(|service| common::row(view, shown, service)).collect(),
            others: others.filter(|other| other.services > 0).collect(),
            band: None,
            department: None,
        }
    }
}

impl AgePage<'_> {
    fn slice(&self, view: &View<'_>) -> Slice {
        let (shown, band) = (self.shown, self.band);
        let bands = common::bands(view, shown, Some(&band.id.value));
        let is_fitting = |service: &&Service| ages::is_for(view.catalogue(), &service.body, band.age);
        let fitting = shown.edition.services.iter().filter(is_fitting);
        let mut rows: Vec<ServiceLine> = fitting.map(|service| common::row(view, shown, service)).collect();
        rows.sort_by_key(|row| row.age.is_none());
        let others = bands.iter().map(|band| OtherSlice {
            name: band.name.clone(),
            label: Some(band.label.clone()),
            href: band.href.clone(),
            services: band.services,
            current: band.current,
        });
        Slice {
            heading: view.say(&band.name),
            rows,
            others: others.collect(),
            band: bands.iter().find(|band| band.current).cloned(),
            department: None,
        }
    }
}

impl DepartmentPage<'_> {
    /// Tells whether the page says more than that of the one service which the department answers for.
    fn says_more(&self, services: &[&Service]) -> bool {
        self.body.note.is_some() || services.len() > 1
    }

    fn slice(&self, view: &View<'_>) -> Slice {
        let (shown, body) = (self.shown, self.body);
        let departments = departments(view.catalogue(), shown);
        let own = departments.iter().find(|(other, _)| other.id == self.id).map(|(_, own)| own);
        let rows = own.into_iter().flatten().map(|service| common::row(view, shown, service)).collect();
        let others = departments.iter().map(|(other, services)| OtherSlice {
            name: view.say(other.body.name),
            label: None,
            href: common::department_link(view, shown, other.id).unwrap_or_default(),
            services: services.len(),
            current: other.id == self.id,
        });
        Slice {
            heading: view.say(body.name),
            rows,
            others: others.collect(),
            band: None,
            department: Some(DepartmentBody {
                name: view.say(body.name),
                full_name: view.say_some(body.full_name),
                status: body.certainty,
                note: view.say_some(body.note),
            }),
        }
    }
}
