//! Alternatives of which one is enough: 实物配租公共租赁住房或者发放租赁补贴.

use std::collections::BTreeMap;

use super::ProvisionCoverage;
use crate::compare::{Side, Step, Verdict};
use crate::text;

/// The axes on which words take a promise away.
const TAKEN: [&str; 2] = ["negation", "ending"];

/// Lets the other branches of alternatives rest on one that is good enough, or that people may find so.
pub(super) fn rest_on(provisions: &mut [ProvisionCoverage<'_>]) {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, provision) in provisions.iter().enumerate() {
        if let Some(group) = &provision.baseline.provision.either_of {
            groups.entry(group.value.clone()).or_default().push(at);
        }
    }
    for branches in groups.into_values().filter(|branches| branches.len() > 1) {
        let best =
            branches.iter().copied().min_by_key(|at| provisions[*at].verdict).expect("a group has branches");
        let verdict = match provisions[best].verdict {
            Verdict::Exceeded | Verdict::Met => Verdict::Met,
            Verdict::NeedsReview => Verdict::NeedsReview,
            Verdict::Misquoted | Verdict::Weaker | Verdict::Missing => continue,
        };
        let other = provisions[best].baseline.address();
        for at in branches.into_iter().filter(|at| *at != best) {
            let branch = &mut provisions[at];
            // A list that says of a branch that it is denied or ended may mean more than that it gives the other one.
            let is_taken = branch.steps.iter().any(|step| TAKEN.contains(&step.axis));
            let verdict = if is_taken { Verdict::NeedsReview } else { verdict };
            if branch.verdict > verdict {
                branch.verdict = verdict;
                branch.steps.insert(0, rests_on(&other, verdict));
            }
        }
    }
}

fn rests_on(other: &str, verdict: Verdict) -> Step {
    Step {
        axis: "alternatives",
        part: None,
        verdict,
        baseline: Side {
            value: String::new(),
            words: text!("两项任给一项即可", "one of the alternatives is enough"),
        },
        local: Side::plain(other),
        reason: text!(
            "与 {other} 任给一项即可，本地选了那一项",
            "it is an alternative to {other}, which this list gives"
        ),
        remedy: text!("不用改", "nothing to mend"),
        at: None,
    }
}
