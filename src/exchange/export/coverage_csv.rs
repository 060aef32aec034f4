//! `coverage --format csv`: a row a provision, with a byte order mark so that WPS and Excel read Chinese.
//!
//! Where clauses were paired by likeness, two columns more say of which provisions, and what each is like.

use super::Context;
use super::sheet::csv;
use super::table::{paired, some_are_paired};
use crate::compare::Offer;
use crate::coverage::Coverage;

const HEADS: [&str; 15] = [
    "place",
    "list",
    "edition",
    "measured_against",
    "number",
    "service",
    "provision",
    "verdict",
    "axis",
    "baseline",
    "local",
    "reason",
    "covered_by",
    "baseline_at",
    "local_at",
];

pub(super) fn write(lists: &[&Coverage<'_>], context: &Context<'_>) -> Vec<u8> {
    let says_paired = some_are_paired(lists);
    let more = ["proposed", "alike"].into_iter().filter(|_| says_paired);
    let mut rows: Vec<Vec<String>> = vec![HEADS.into_iter().chain(more).map(str::to_owned).collect()];
    for coverage in lists {
        for service in &coverage.services {
            for known in &service.provisions {
                let step = known.steps.first();
                let at = |offer: &Offer<'_>| context.place(offer.at());
                let mut row = vec![
                    coverage.local.place.path.to_string(),
                    coverage.local.list.id.clone(),
                    coverage.local.edition.id.clone(),
                    coverage.baseline.address(),
                    service.service.number.value.to_string(),
                    service.service.id.value.clone(),
                    known.baseline.provision.id.value.clone(),
                    known.verdict.as_str().to_owned(),
                    step.map(|step| step.axis.to_owned()).unwrap_or_default(),
                    step.map(|step| context.say(&step.baseline.words).to_owned()).unwrap_or_default(),
                    step.map(|step| context.say(&step.local.words).to_owned()).unwrap_or_default(),
                    step.map(|step| context.say(&step.reason).to_owned()).unwrap_or_default(),
                    known.covered_by.iter().map(Offer::address).collect::<Vec<_>>().join(" "),
                    context.place(known.baseline.at()),
                    known.covered_by.iter().map(at).collect::<Vec<_>>().join(" "),
                ];
                if says_paired {
                    row.extend([known.is_proposed().to_string(), paired(known, context)]);
                }
                rows.push(row);
            }
        }
    }
    csv(&rows)
}
