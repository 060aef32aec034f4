//! Where the pages for staff start.

use serde::Serialize;

use super::duties::duties_title;
use super::editions::register_title;
use super::{Total, head, list_address, totals};
use crate::common::{DisplayText, NamedLink};
use crate::coverage::Coverage;
use crate::kind::{KindOfPage, Policy, Subject};
use crate::overview::{BaselineOverview, gaps_address, matrix_address};
use crate::{Address, Facts, Head, View, handbook_route};

/// The first page for staff.
#[derive(Clone, Copy, Debug)]
pub struct HubPage;

impl<'a> KindOfPage<'a> for HubPage {
    const NAME: &'static str = "staff";
    const POLICY: Policy = Policy::STAFF_SECTION;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        facts.staff.iter().map(|_| Self).collect()
    }

    fn address(&self) -> Address {
        Address::staff("")
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
struct HubData {
    deadlines_href: String,
    /// The register of issued editions.
    register: NamedLink,
    /// What has to be done by when, if anything has.
    duties: Option<NamedLink>,
    translations_href: String,
    findings_href: String,
    handbook_href: String,
    matrices: Vec<Matrix>,
}

#[derive(Serialize)]
struct Matrix {
    title: DisplayText,
    href: String,
    gaps_href: String,
    gaps: usize,
    /// How many lists there are.
    count: usize,
    totals: Vec<Total>,
    /// Every list, if there are few.
    lists: Vec<HubList>,
}

#[derive(Serialize)]
struct HubList {
    place: DisplayText,
    edition: String,
    href: String,
    lower: usize,
    totals: Vec<Total>,
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let data = HubData {
        deadlines_href: view.href(&Address::staff("deadlines")),
        register: NamedLink {
            name: view.tell(&register_title()),
            href: view.href(&Address::staff("editions")),
        },
        duties: Some(view.route(&Address::staff("duties")))
            .filter(|route| view.map.has(route))
            .map(|route| NamedLink { name: view.tell(&duties_title()), href: view.link(&route) }),
        translations_href: view.href(&Address::staff("translations")),
        findings_href: view.href(&Address::staff("findings")),
        handbook_href: view.link(&handbook_route(&view.page.lang.code, "index")),
        matrices: view.facts().baselines().iter().map(|known| matrix(view, known)).collect(),
    };
    (head(view), tera::Value::from_serializable(&data))
}

/// How many lists of a baseline are named here; more are found through its matrix.
const MOST_LISTS: usize = 40;

fn matrix(view: &View<'_>, known: &BaselineOverview<'_>) -> Matrix {
    let all: Vec<&Coverage<'_>> = known.lists.iter().map(|held| held.coverage).collect();
    let few = all.iter().filter(|_| all.len() <= MOST_LISTS);
    Matrix {
        title: view.say(&known.baseline.edition.title),
        href: view.href(&matrix_address(known.baseline)),
        gaps_href: view.href(&gaps_address(known.baseline)),
        gaps: known.gaps(),
        count: all.len(),
        totals: totals(&all),
        lists: few.map(|coverage| one(view, coverage)).collect(),
    }
}

fn one(view: &View<'_>, coverage: &Coverage<'_>) -> HubList {
    HubList {
        place: view.say(coverage.local.place.short()),
        edition: coverage.local.edition.id.clone(),
        href: view.href(&list_address(coverage.local)),
        lower: coverage.gaps().filter(|known| known.verdict.is_lower()).count(),
        totals: totals(&[coverage]),
    }
}
