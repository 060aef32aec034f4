//! What checking found.

use serde::Serialize;

use super::{add, head};
use crate::diagnostic::Level;
use crate::facts::Facts;
use crate::site::common::Said;
use crate::site::{Head, PageKind, Spot, View};

/// Findings.
pub const FINDINGS: PageKind =
    PageKind { name: "staff-findings", list: |facts, spots| list(facts, spots), data };

fn list<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    add(facts, spots, &FINDINGS, "findings");
}

/// What the template gets.
#[derive(Serialize)]
struct Data {
    findings: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    code: &'static str,
    level: Level,
    message: Said,
    help: Option<Said>,
    at: String,
    labels: Vec<Label>,
}

#[derive(Serialize)]
struct Label {
    message: Said,
    at: String,
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let findings = view.facts().found.into_iter().flat_map(|found| found.findings.iter());
    let entry = |finding: &crate::diagnostic::Finding| Entry {
        code: finding.code.id,
        level: finding.level,
        message: view.tell(&finding.message),
        help: finding.help.as_ref().map(|help| view.tell(help)),
        at: view.place_of(finding.at),
        labels: finding
            .labels
            .iter()
            .map(|label| Label { message: view.tell(&label.message), at: view.place_of(label.at) })
            .collect(),
    };
    let data = Data { findings: findings.map(entry).collect() };
    let title = view.tell(&crate::text!("问题", "Findings"));
    (head(view).crumb(title, None), tera::Value::from_serializable(&data))
}
