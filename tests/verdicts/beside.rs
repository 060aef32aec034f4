//! What stands beside provisions, how to apply and notes: does it take back what they promise?

use qingdan::coverage::cover;
use rayon::prelude::*;

use super::at_most;
use super::catalogues::{LIST, beside};
use super::counts::{Counts, Measured, Said, is_asked_for};
use super::judged::{Judgement, text};
use super::lists::said;

/// The files.
const FILES: [&str; 4] = ["beside1", "beside2", "beside3", "beside4"];

#[test]
fn what_stands_beside_gets_no_worse_verdicts() {
    let measured = FILES.map(|file| {
        let text = text("fresh", &format!("{file}.tsv"));
        let rows: Vec<&str> = text.lines().skip(1).collect();
        let outcomes: Vec<(Judgement, Said, String)> =
            rows.par_iter().map(|row| outcome(file, row)).collect();
        let mut counts = Counts::default();
        for (is, said, shown) in outcomes {
            counts.add(is, said);
            print!("{shown}");
        }
        Measured { set: file, way: "beside", counts }
    });
    at_most(super::CEILINGS, &measured);
}

/// Holds a list against a baseline that says the same but for one text; returns what was judged, what is said, and the
/// lines that `SHOW` asks for.
fn outcome(file: &str, row: &str) -> (Judgement, Said, String) {
    let cells: Vec<&str> = row.split('\t').collect();
    let [field, text, is, why] = cells[..] else { panic!("{file}: not four cells: {row}") };
    let is = Judgement::parse(is).unwrap_or_else(|| panic!("{file}: no judgement: {is}"));
    let catalogue = beside(field, text);
    let coverage = cover(&catalogue, catalogue.edition(LIST).expect("the list is there"), None);
    let coverage = coverage.expect("the baseline is there");
    let known = &coverage.services[0].provisions[0];
    let said = said(known.verdict);
    let mut shown = String::new();
    if is_asked_for(is, said) {
        shown = format!("{said:?}, judged {is:?} {why}\n    {field} {text}\n");
        for step in &known.steps {
            shown += &format!("        {} {}: {}\n", step.axis, step.verdict.as_str(), step.reason.zh);
        }
    }
    (is, said, shown)
}
