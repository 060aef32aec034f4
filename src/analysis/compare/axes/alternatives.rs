//! Either this or that: what the baseline gives in full must not become a choice.

use super::{Axis, Compare, Judgement};
use crate::catalogue::Provision;
use crate::compare::{Offer, Side, Step, Terms};
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "alternatives", zh: "任一", en: "alternatives", compare: Compare::Each(compare) };

fn compare(axis: &Axis, above: Offer<'_>, local: Offer<'_>, _: &Terms<'_>) -> Vec<Step> {
    let Some(group) = &local.provision.either_of else { return Vec::new() };
    // Two ways to the same baseline provision are no choice between two things.
    let own = answers(local.provision);
    let others = local.service.body.provisions.iter();
    let others: Vec<&Provision> = others
        .filter(|other| other.either_of.as_ref().is_some_and(|name| name.value == group.value))
        .filter(|other| other.id.value != local.provision.id.value)
        .filter(|other| own.is_empty() || answers(other) != own)
        .collect();
    if others.is_empty() || above.provision.either_of.is_some() {
        return Vec::new();
    }
    let names = others.iter().map(|other| other.id.value.as_str()).collect::<Vec<_>>().join(", ");
    let judgement = Judgement::lower(
        text!(
            "上级直接给，本地却要和 {names} 二选一",
            "the baseline gives it; here it is a choice between it and {names}"
        ),
        text!("去掉⟦either_of⟧，两项都给", "drop ⟦either_of⟧ and give both"),
    );
    let baseline = Side { value: String::new(), words: text!("不附选择", "without a choice") };
    let own =
        Side { value: group.value.clone(), words: text!("与 {names} 任选其一", "instead of {names}") };
    vec![axis.step(judgement, baseline, own)]
}

/// Returns what a provision answers, in order.
fn answers(provision: &Provision) -> Vec<&str> {
    let mut covers: Vec<&str> = provision.covers.iter().map(|address| address.value.as_str()).collect();
    covers.sort_unstable();
    covers
}
