//! `coverage --format csv`: a row a provision, with a byte order mark so that WPS and Excel read Chinese.

use super::Context;
use super::sheet::csv;
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
    let mut rows: Vec<Vec<String>> = vec![HEADS.map(str::to_owned).to_vec()];
    for coverage in lists {
        for service in &coverage.services {
            for known in &service.provisions {
                let step = known.steps.first();
                let at = |offer: &Offer<'_>| context.place(offer.at());
                rows.push(vec![
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
                ]);
            }
        }
    }
    csv(&rows)
}
