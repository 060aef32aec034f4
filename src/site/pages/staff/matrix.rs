//! The lists measured against one baseline: services by places, the worst place first.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    Gap, Sign, Total, add_about, all_coverage, anchor, gaps, head, list_address, matrix_address, table_href,
    to_date, totals,
};
use crate::compare::Verdict;
use crate::coverage::Coverage;
use crate::facts::Facts;
use crate::site::common::{self, Said};
use crate::site::{Head, PageKind, Spot, View};

/// The matrix of a baseline.
pub const MATRIX: PageKind = PageKind { name: "staff-matrix", list: |facts, spots| list(facts, spots), data };

fn list<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    if !facts.staff {
        return;
    }
    let mut seen = BTreeSet::new();
    for coverage in all_coverage(facts) {
        let baseline = coverage.baseline;
        if seen.insert(format!("{}/{}", baseline.place.path, baseline.list.id)) {
            add_about(spots, &MATRIX, matrix_address(baseline), baseline);
        }
    }
}

/// What the template gets.
#[derive(Serialize)]
struct Data {
    title: Said,
    edition: String,
    today: String,
    csv_href: String,
    xlsx_href: String,
    totals: Vec<Total>,
    places: Vec<Place>,
    rows: Vec<Row>,
    gaps: Vec<Gap>,
    additions: Vec<Addition>,
}

#[derive(Serialize)]
struct Place {
    name: Said,
    edition: String,
    href: String,
    lower: usize,
    provisions: usize,
    /// How many provisions are met or better, out of 48.
    bar: usize,
    /// Whether it is still measured against an edition that was replaced; the cells show the newest.
    outdated: Option<String>,
}

#[derive(Serialize)]
struct Row {
    label: String,
    title: Said,
    provisions: usize,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    sign: Sign,
    /// Provisions of which it says that, if it is not met.
    open: usize,
    href: String,
}

#[derive(Serialize)]
struct Addition {
    place: Said,
    service: Said,
    quote: Said,
    at: String,
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let shown = view.shown();
    let of_list = |coverage: &Coverage<'_>| {
        coverage.baseline.place.path == shown.place.path && coverage.baseline.list.id == shown.list.id
    };
    let lists = all_coverage(view.facts()).into_iter().filter(of_list);
    // All are held against the edition in force, whichever they were written for.
    let mut lists: Vec<(Option<String>, Coverage<'_>)> =
        lists.map(|coverage| to_date(view.catalogue(), coverage)).collect();
    let in_force = lists.first().map_or(shown.edition, |(_, coverage)| coverage.baseline.edition);
    lists.sort_by_key(|(_, coverage)| {
        let open = |lower: bool| coverage.gaps().filter(|known| known.verdict.is_lower() == lower).count();
        std::cmp::Reverse((open(true), open(false)))
    });
    let all: Vec<&Coverage<'_>> = lists.iter().map(|(_, coverage)| coverage).collect();
    let data = Data {
        title: view.say(&in_force.title),
        edition: in_force.id.clone(),
        today: view.facts().today.to_string(),
        csv_href: table_href(view, "coverage.csv"),
        xlsx_href: table_href(view, "coverage.xlsx"),
        totals: totals(&all),
        places: lists.iter().map(|(old, coverage)| place(view, coverage, old.clone())).collect(),
        rows: rows(view, &all),
        gaps: all.iter().flat_map(|coverage| gaps(view, coverage)).collect(),
        additions: all.iter().flat_map(|coverage| additions(view, coverage)).collect(),
    };
    let head = head(view).word("list", view.words(&in_force.title)).crumb(view.say(&in_force.title), None);
    (head, tera::Value::from_serializable(&data))
}

fn place(view: &View<'_>, coverage: &Coverage<'_>, outdated: Option<String>) -> Place {
    let provisions: usize = coverage.services.iter().map(|service| service.provisions.len()).sum();
    let open = coverage.gaps().count();
    Place {
        name: view.say(coverage.local.place.short()),
        edition: coverage.local.edition.id.clone(),
        href: view.href(&list_address(coverage.local)),
        lower: coverage.gaps().filter(|known| known.verdict.is_lower()).count(),
        provisions,
        bar: ((provisions - open) * 48).checked_div(provisions).unwrap_or(0),
        outdated,
    }
}

fn rows(view: &View<'_>, lists: &[&Coverage<'_>]) -> Vec<Row> {
    let Some(first) = lists.first() else { return Vec::new() };
    let row = |(at, known): (usize, &crate::coverage::ServiceCoverage<'_>)| Row {
        label: common::label(known.service.number.value),
        title: view.say(&known.service.body.title),
        provisions: known.provisions.len(),
        cells: lists
            .iter()
            .filter_map(|coverage| {
                let cell = coverage.services.get(at)?;
                let is_such = |verdict: Verdict| verdict == cell.verdict && verdict > Verdict::Met;
                let open = cell.provisions.iter().filter(|provision| is_such(provision.verdict)).count();
                let href = format!(
                    "{}#{}",
                    view.href(&list_address(coverage.local)),
                    anchor(&cell.service.id.value)
                );
                Some(Cell { sign: Sign::of(cell.verdict), open, href })
            })
            .collect(),
    };
    first.services.iter().enumerate().map(row).collect()
}

fn additions(view: &View<'_>, coverage: &Coverage<'_>) -> Vec<Addition> {
    let addition = |offer: &crate::compare::Offer<'_>| Addition {
        place: view.say(coverage.local.place.short()),
        service: view.say(&offer.service.body.title),
        quote: view.official(&offer.provision.quote.value),
        at: view.place_of(offer.at()),
    };
    coverage.additions.iter().map(addition).collect()
}
