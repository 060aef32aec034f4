//! The named members of an open list: more may be named, none of the baseline's dropped.

use std::collections::BTreeSet;

use super::{Axis, Compare, Judgement};
use crate::catalogue::OfficialText;
use crate::compare::{Offer, Side, Step, Terms};
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "named", zh: "列举", en: "named members", compare: Compare::Together(compare) };

fn compare(axis: &Axis, above: Offer<'_>, local: &[Offer<'_>], terms: &Terms<'_>) -> Vec<Step> {
    let wanted: Vec<&str> =
        above.provision.named.iter().map(|name| name.reference().value.as_str()).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let fold = |name: &str| OfficialText::new(name).folded().to_vec();
    let names = local.iter().flat_map(|offer| &offer.provision.named);
    let here: Vec<&str> = names.map(|name| name.reference().value.as_str()).collect();
    let own: BTreeSet<Vec<char>> = here.iter().map(|name| fold(name)).collect();
    let known: BTreeSet<Vec<char>> = wanted.iter().map(|name| fold(name)).collect();
    // A list that names none in a field names those that stand in its words.
    let said = |name: &str| {
        let silent = local.iter().filter(|offer| offer.provision.named.is_empty());
        silent.into_iter().any(|offer| {
            offer.provision.quote.value.contains(name)
                || terms.readings.of(*offer).says(name, terms.readings.wording())
        })
    };
    let is_lost = |name: &&str| !own.contains(&fold(name)) && !said(name);
    let lost: Vec<&str> = wanted.iter().copied().filter(is_lost).collect();
    let more: Vec<&str> = here.iter().copied().filter(|name| !known.contains(&fold(name))).collect();
    let (names, more) = (lost.join("、"), more.join("、"));
    let judgement = if !lost.is_empty() {
        Judgement::lower(
            text!("上级点名的“{names}”本地没有", "the baseline names “{names}”; this list does not"),
            text!("在⟦named⟧里补上“{names}”", "add “{names}” under ⟦named⟧"),
        )
    } else if !more.is_empty() {
        Judgement::higher(text!("本地还点名了“{more}”", "this list names “{more}” as well"))
    } else {
        return Vec::new();
    };
    let local = if here.is_empty() { Side::silent() } else { Side::plain(here.join("、")) };
    vec![axis.step(judgement, Side::plain(wanted.join("、")), local)]
}
