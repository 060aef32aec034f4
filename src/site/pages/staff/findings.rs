//! What checking found.

use serde::Serialize;

use super::{add, head};
use crate::facts::Facts;
use crate::site::found::{Found, Telling, found};
use crate::site::{Head, PageKind, Spot, View, handbook};

/// Findings.
pub const FINDINGS: PageKind =
    PageKind { name: "staff-findings", list: |facts, spots| list(facts, spots), data };

fn list<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    add(facts, spots, &FINDINGS, "findings");
}

/// What the template gets.
#[derive(Serialize)]
struct Data {
    #[serde(flatten)]
    found: Option<Found>,
    /// The address of the page of a kind of finding, with `{code}` for its code.
    explained: String,
    /// Whether there is a script that copies patches.
    copies: bool,
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let telling = Telling { lang: &view.page.lang.code, open: &|_, _, _| None };
    let all = view.facts().found;
    let found = all.map(|all| found(all.findings, all.sources, &telling));
    let explained = view.link(&handbook(&view.page.lang.code, "{code}"));
    let title = view.tell(&crate::text!("问题", "Findings"));
    (head(view).crumb(title, None), tera::Value::from_serializable(&Data { found, explained, copies: true }))
}
