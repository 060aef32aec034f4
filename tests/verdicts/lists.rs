//! Judged lists: every provision of the baseline, in every way a list is written.

use std::collections::BTreeMap;

use qingdan::compare::Verdict;
use qingdan::coverage::{ProvisionCoverage, cover};
use rayon::prelude::*;

use super::at_most;
use super::catalogues::{LIST, Way, catalogue};
use super::counts::{Counts, Measured, Said, is_asked_for};
use super::judged::{self, JudgedList, SETS};

/// The lists of every set.
const LISTS: [&[&str]; 7] = [
    &["a1", "a2", "a3", "d1", "d2"],
    &["b1", "b2", "b3", "c1", "c2", "c3"],
    &["e1", "e2", "f1", "f2"],
    &["g1", "g2"],
    &["h1", "h2"],
    &["i1", "i2"],
    &["j1", "j2"],
];

/// What came of one list that is written in one way, and the lines that `SHOW` asks for.
type Outcome = (Counts, String);

#[test]
fn judged_lists_get_no_worse_verdicts() {
    let lists = SETS.iter().zip(LISTS).flat_map(|(set, names)| names.iter().map(|name| (*set, *name)));
    let jobs: Vec<(&str, &str, Way)> =
        lists.flat_map(|(set, name)| Way::ALL.map(|way| (set, name, way))).collect();
    let outcomes: Vec<Outcome> = jobs.par_iter().map(|(set, name, way)| outcome(set, name, *way)).collect();
    let mut sums: BTreeMap<(&str, usize), Counts> = BTreeMap::new();
    for ((set, _, way), (counts, shown)) in jobs.iter().zip(&outcomes) {
        print!("{shown}");
        sums.entry((*set, *way as usize)).or_default().join(counts);
    }
    let measured =
        sums.into_iter().map(|((set, way), counts)| Measured { set, way: Way::ALL[way].as_str(), counts });
    at_most(super::CEILINGS, &measured.collect::<Vec<_>>());
}

/// Writes a list in one way and holds the verdicts against what was judged.
fn outcome(set: &str, name: &str, way: Way) -> Outcome {
    let list = judged::list(set, &format!("{name}.yaml"));
    let catalogue = catalogue(set, &list, way);
    let issue = catalogue.edition(LIST).expect("the list is there");
    let coverage = cover(&catalogue, issue, None).expect("the baseline is there");
    let (mut counts, mut shown) = (Counts::default(), String::new());
    let provisions: Vec<&ProvisionCoverage<'_>> =
        coverage.services.iter().flat_map(|service| &service.provisions).collect();
    assert_eq!(provisions.len(), list.judgements.len(), "{name}: every provision was judged");
    for provision in provisions {
        let address = provision.baseline.address();
        let judged = list.judgements.get(&address);
        let judged = judged.unwrap_or_else(|| panic!("{name}: {address} was not judged"));
        let said = said(provision.verdict);
        counts.add(judged.is, said);
        if is_asked_for(judged.is, said) {
            shown += &show(&format!("{set}/{name} {}", way.as_str()), &list, provision);
        }
    }
    (counts, shown)
}

/// Returns what a verdict says.
pub fn said(verdict: Verdict) -> Said {
    match verdict {
        Verdict::Exceeded | Verdict::Met => Said::Met,
        Verdict::NeedsReview => Said::Asked,
        Verdict::Misquoted | Verdict::Weaker | Verdict::Missing => Said::Lower,
    }
}

/// Returns both wordings of a provision, what was judged and why the program said what it did.
fn show(of: &str, list: &JudgedList, provision: &ProvisionCoverage<'_>) -> String {
    let address = provision.baseline.address();
    let judged = &list.judgements[&address];
    let clauses = list.services.iter().flat_map(|service| &service.provisions);
    let answers = clauses.filter(|clause| clause.of.contains(&address)).map(|clause| clause.quote.as_str());
    let verdict = provision.verdict.as_str();
    let mut shown =
        format!("[{of}] {address} {verdict}, judged {:?} {} {}\n", judged.is, judged.kind, judged.why);
    shown += &format!("    baseline {}\n", provision.baseline.provision.quote.value);
    answers.for_each(|answer| shown += &format!("    local    {answer}\n"));
    for step in provision.steps.iter().filter(|step| step.verdict > Verdict::Met) {
        shown += &format!("        {} {}: {}\n", step.axis, step.verdict.as_str(), step.reason.zh);
    }
    shown
}
