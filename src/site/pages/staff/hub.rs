//! Where the pages for staff start.

use serde::Serialize;

use super::{Total, add, all_coverage, head, list_address, matrix_address, totals};
use crate::coverage::Coverage;
use crate::facts::Facts;
use crate::site::common::Said;
use crate::site::{Address, Head, PageKind, Spot, View, handbook};

/// The first page for staff.
pub const HUB: PageKind = PageKind { name: "staff", list: |facts, spots| list(facts, spots), data };

fn list<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    add(facts, spots, &HUB, "");
}

/// What the template gets.
#[derive(Serialize)]
struct Data {
    deadlines_href: String,
    translations_href: String,
    findings_href: String,
    handbook_href: String,
    matrices: Vec<Matrix>,
}

#[derive(Serialize)]
struct Matrix {
    title: Said,
    href: String,
    lists: Vec<List>,
}

#[derive(Serialize)]
struct List {
    place: Said,
    edition: String,
    href: String,
    lower: usize,
    totals: Vec<Total>,
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let all = all_coverage(view.facts());
    let mut matrices: Vec<(String, Matrix)> = Vec::new();
    for coverage in &all {
        let key = format!("{}/{}", coverage.baseline.place.path, coverage.baseline.list.id);
        let list = one(view, coverage);
        match matrices.iter_mut().find(|(known, _)| *known == key) {
            Some((_, matrix)) => matrix.lists.push(list),
            None => {
                let title = view.say(&coverage.baseline.edition.title);
                let href = view.href(&matrix_address(coverage.baseline));
                matrices.push((key, Matrix { title, href, lists: vec![list] }));
            }
        }
    }
    matrices.sort_by_key(|(key, _)| (key.matches('/').count(), key.clone()));
    let data = Data {
        deadlines_href: view.href(&Address::staff("deadlines")),
        translations_href: view.href(&Address::staff("translations")),
        findings_href: view.href(&Address::staff("findings")),
        handbook_href: view.link(&handbook(&view.page.lang.code, "index")),
        matrices: matrices.into_iter().map(|(_, matrix)| matrix).collect(),
    };
    (head(view), tera::Value::from_serializable(&data))
}

fn one(view: &View<'_>, coverage: &Coverage<'_>) -> List {
    List {
        place: view.say(coverage.local.place.short()),
        edition: coverage.local.edition.id.clone(),
        href: view.href(&list_address(coverage.local)),
        lower: coverage.gaps().filter(|known| known.verdict.is_lower()).count(),
        totals: totals(&[coverage]),
    }
}
