//! How much, how often, for how long, how soon. The rulebook says of which more is better.

use std::cmp::Ordering;

use super::{Axis, Compare, fee};
use crate::compare::{Offer, Quantity, Side, Step, Terms, Verdict};
use crate::diagnostic::Message;
use crate::schema::tables::MEASURES;
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "measure", zh: "标准", en: "measure", compare: Compare::Each(compare) };

fn compare(axis: &Axis, above: Offer<'_>, local: Offer<'_>, terms: &Terms<'_>) -> Vec<Step> {
    let (baseline, here) = (&above.provision.measures, &local.provision.measures);
    let stated = baseline.iter().filter(|(name, _)| *name != fee::MEASURE).filter_map(|(name, value)| {
        let own = here.get(name).map(|own| own.value.as_str());
        step(axis, name, &value.value, own, terms)
    });
    let ends = here.iter().filter(|(name, _)| !baseline.contains_key(*name));
    let ends = ends.filter(|(name, _)| terms.order.lists("ends-what-is-open", name)).map(|(name, own)| {
        let (label, value) = (label(name), &own.value);
        let (zh, en) = (label.zh, label.en);
        Step {
            axis: axis.name,
            part: Some(name.clone()),
            verdict: Verdict::NeedsReview,
            baseline: Side::silent(),
            local: Side::plain(value.clone()),
            reason: text!(
                "上级没有限定{zh}，本地限定为 {value}",
                "the baseline sets no {en}; this list sets {value}"
            ),
            remedy: text!(
                "到期以后怎么办？请人判断是否低于上级，把结论写进⟦reviews⟧",
                "what happens after that? Decide whether it is lower, and record it under ⟦reviews⟧"
            ),
        }
    });
    stated.chain(ends).collect()
}

fn step(axis: &Axis, name: &str, baseline: &str, own: Option<&str>, terms: &Terms<'_>) -> Option<Step> {
    let Message { zh, en } = label(name);
    let (verdict, reason, remedy) = match own.map(|own| (own, better(name, baseline, own, terms))) {
        Some((_, Some(Ordering::Equal))) => return None,
        Some((own, Some(Ordering::Greater))) => (
            Verdict::Exceeded,
            text!(
                "{zh}：上级是 {baseline}，本地是 {own}，更高",
                "{en}: {baseline} in the baseline, {own} here, which is better"
            ),
            text!("不用改", "nothing to mend"),
        ),
        Some((own, Some(Ordering::Less))) => (
            Verdict::Weaker,
            text!(
                "{zh}：上级是 {baseline}，本地只有 {own}",
                "{en}: {baseline} in the baseline, only {own} here"
            ),
            text!("改到不低于 {baseline}", "make it no worse than {baseline}"),
        ),
        Some((own, None)) => (
            Verdict::NeedsReview,
            text!(
                "{zh}：上级是 {baseline}，本地是 {own}，不能换算或不知哪个更高",
                "{en}: {baseline} in the baseline, {own} here, which cannot be converted or ordered"
            ),
            text!(
                "用同样的单位写，或请人判断后把结论写进⟦reviews⟧",
                "write it in the same unit, or decide and record it under ⟦reviews⟧"
            ),
        ),
        None => (
            Verdict::NeedsReview,
            text!(
                "上级写明{zh} {baseline}，本地没有写",
                "the baseline states the {en}, {baseline}; this list does not"
            ),
            text!(
                "本地的{zh}是多少？写上 ⟦measures:⟧ {{⟦measures/{name}⟧: …}}",
                "what is the {en} here? Write ⟦measures:⟧ {{⟦measures/{name}⟧: …}}"
            ),
        ),
    };
    Some(Step {
        axis: axis.name,
        part: Some(name.to_owned()),
        verdict,
        baseline: Side::plain(baseline),
        local: own.map_or_else(Side::silent, Side::plain),
        reason,
        remedy,
    })
}

/// Returns how `own` stands to `baseline`, greater being better. `None` if that cannot be told.
fn better(name: &str, baseline: &str, own: &str, terms: &Terms<'_>) -> Option<Ordering> {
    if baseline.trim() == own.trim() {
        return Some(Ordering::Equal);
    }
    let more = Quantity::parse(own)?.compare(&Quantity::parse(baseline)?)?;
    if more == Ordering::Equal || terms.order.lists("more-is-better", name) {
        Some(more)
    } else if terms.order.lists("less-is-better", name) {
        Some(more.reverse())
    } else {
        None
    }
}

fn label(name: &str) -> Message {
    let usual = MEASURES.iter().find(|usual| usual.value == name);
    Message { zh: usual.map_or(name, |usual| usual.zh).to_owned(), en: name.replace('-', " ") }
}
