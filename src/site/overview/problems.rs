//! What is not met, every problem once with the lists that have it: what the province asks about is often the same
//! in many places.

use std::collections::BTreeMap;

use super::HeldList;
use crate::compare::{Offer, Verdict};
use crate::coverage::{self, ProvisionCoverage};
use crate::diagnostic::Message;

/// What is not met, or exceeded, in the same way and with the same words in one list or several.
#[derive(Debug)]
pub struct Problem<'a> {
    /// The provision of the baseline.
    pub baseline: Offer<'a>,
    /// The verdict.
    pub verdict: Verdict,
    /// On which axes, the gravest first; none if nothing answers.
    pub axes: Vec<&'static str>,
    /// Why, a reason an axis.
    pub reasons: Vec<Message>,
    /// What would mend or settle it; nothing where the baseline is exceeded.
    pub remedy: Option<Message>,
    /// Which lists have it, by their order.
    pub lists: Vec<usize>,
}

/// What makes two problems one, in the order in which they are shown.
type Same = (u32, String, usize, std::cmp::Reverse<Verdict>, Vec<(&'static str, String)>, String);

/// Returns the problems of `lists`, in the order of the baseline, the gravest first.
pub(super) fn problems<'a>(lists: &[HeldList<'a>]) -> Vec<Problem<'a>> {
    let mut all: BTreeMap<Same, Problem<'a>> = BTreeMap::new();
    for (at, held) in lists.iter().enumerate() {
        for service in &held.coverage.services {
            let open = service.provisions.iter().enumerate();
            for (order, known) in open.filter(|(_, known)| known.verdict != Verdict::Met) {
                let problem = problem(known);
                let reasons = problem.axes.iter().copied();
                let reasons = reasons.zip(problem.reasons.iter().map(|reason| reason.zh.clone()));
                let remedy = problem.remedy.as_ref().map(|remedy| remedy.zh.clone()).unwrap_or_default();
                let (number, id) = (service.service.number.value, service.service.id.value.clone());
                let same = (number, id, order, std::cmp::Reverse(known.verdict), reasons.collect(), remedy);
                all.entry(same).or_insert(problem).lists.push(at);
            }
        }
    }
    all.into_values().collect()
}

fn problem<'a>(known: &ProvisionCoverage<'a>) -> Problem<'a> {
    let exceeded = known.verdict == Verdict::Exceeded;
    let steps: Vec<_> =
        known.steps.iter().filter(|step| (step.verdict == Verdict::Exceeded) == exceeded).collect();
    let mut reasons: Vec<Message> = steps.iter().map(|step| step.reason.clone()).collect();
    if reasons.is_empty() && known.verdict == Verdict::Missing {
        reasons.push(coverage::nothing_answers());
    }
    let remedy = match steps.first() {
        Some(step) => Some(step.remedy.clone()),
        None => (known.verdict == Verdict::Missing).then(|| known.missing_help()),
    };
    Problem {
        baseline: known.baseline,
        verdict: known.verdict,
        axes: steps.iter().map(|step| step.axis).collect(),
        reasons,
        remedy: remedy.filter(|_| !exceeded),
        lists: Vec::new(),
    }
}

impl Problem<'_> {
    /// Tells whether the provision is not met.
    pub fn is_gap(&self) -> bool {
        self.verdict > Verdict::Met
    }
}
