//! Lists that say nothing of each other: what their clauses are most like, and how little that proves.
//!
//! The verdict stays a promise. A pair that nobody has confirmed is met only where the words are the same, and lower
//! only where the pair is beyond doubt; else it is a question, with the pair shown.

use super::{Around, Evidence, ProvisionCoverage, assess};
use crate::compare::{Offer, PAIRING, Side, Step, Terms, Verdict, axis_words, similarity, weigh};
use crate::diagnostic::Message;
use crate::pairing::{Alike, percent};
use crate::text;

/// From which likeness on a clause is proposed as an answer.
const PROPOSED: f64 = 0.3;
/// From which likeness on a pair is beyond doubt, if nothing else comes near it.
const CERTAIN: f64 = 0.6;
/// By how much the next one must be less like it.
const AHEAD: f64 = 0.15;

/// Tells whether a clause is like enough to be proposed as an answer.
pub(super) fn is_proposed(alike: &Alike<'_>) -> bool {
    alike.sure >= PROPOSED
}

/// Takes back what a verdict says beyond what an unconfirmed pair can bear.
pub(super) fn doubt<'a>(known: &mut ProvisionCoverage<'a>, alike: &[Alike<'a>], terms: &Terms<'a>) {
    known.alike = alike.to_vec();
    let Some(first) = alike.first() else { return };
    if known.covered_by.is_empty() {
        known.nearest = Some(first.offer);
        return;
    }
    let is_same = first.is_same && first.is_in_like_service && known.evidence == Some(Evidence::SameWords);
    let stays = match known.verdict {
        Verdict::Exceeded | Verdict::Met => is_same,
        Verdict::Weaker => is_lower_for_certain(known, alike, terms),
        Verdict::NeedsReview | Verdict::Misquoted | Verdict::Missing => false,
    };
    if stays {
        return;
    }
    ask(known, first.offer, first.percent());
}

/// Returns the question whether `near`, of which an import guessed that it answers nothing, answers `above`.
pub(super) fn guess<'a>(
    above: Offer<'a>,
    near: Offer<'a>,
    around: &Around<'a, '_>,
    terms: &Terms<'a>,
) -> ProvisionCoverage<'a> {
    let mut known = assess(above, vec![near], around, terms);
    ask(&mut known, near, percent(similarity(&above.provision.quote.value, &near.provision.quote.value)));
    known
}

/// Makes a question of a verdict on a pair that nobody has confirmed, `percent` alike.
fn ask<'a>(known: &mut ProvisionCoverage<'a>, offer: Offer<'a>, percent: u32) {
    for step in &mut known.steps {
        step.verdict = step.verdict.min(Verdict::NeedsReview);
    }
    let question = unconfirmed(known, offer, percent);
    known.steps.insert(0, question);
    known.verdict = Verdict::NeedsReview;
    known.evidence = None;
    known.rested = 0;
}

/// Tells whether the likest clause is meant beyond doubt, and no other that may be meant gives as much.
fn is_lower_for_certain<'a>(known: &ProvisionCoverage<'a>, alike: &[Alike<'a>], terms: &Terms<'a>) -> bool {
    let [first, others @ ..] = alike else { return false };
    let is_ahead = others.first().is_none_or(|next| first.sure - next.sure >= AHEAD);
    let is_lower =
        |alike: &Alike<'a>| weigh(known.baseline, &[alike.offer], terms).steps.iter().any(is_lower_by_itself);
    let is_certain = first.sure >= CERTAIN && (first.is_in_like_service || !first.is_same);
    is_certain && is_ahead && alike.iter().filter(|alike| is_proposed(alike)).all(is_lower)
}

/// Axes on which a clause is lower by itself, whatever else its list has: other clauses may name what this one does not,
/// other provinces have other offices, and who gave conditions and audiences their names in one list did not know the other.
const BY_ITSELF: [&str; 7] = ["strength", "measure", "fee", "negation", "ending", "quota", "exception"];

/// Tells whether a step says that a clause is lower by itself.
fn is_lower_by_itself(step: &Step) -> bool {
    step.verdict == Verdict::Weaker && BY_ITSELF.contains(&step.axis)
}

/// Says that nobody has said that the pair is one.
fn unconfirmed(known: &ProvisionCoverage<'_>, offer: Offer<'_>, percent: u32) -> Step {
    let mut axes: Vec<&str> = Vec::new();
    for step in known.steps.iter().filter(|step| step.verdict > Verdict::Met) {
        if !axes.contains(&step.axis) {
            axes.push(step.axis);
        }
    }
    let axes: Vec<Message> = axes.into_iter().map(axis_words).collect();
    let said = |word: fn(&Message) -> &str| axes.iter().map(word).collect::<Vec<_>>();
    let (zh, en) = (said(|axis| &axis.zh).join("、"), said(|axis| &axis.en).join(", "));
    let more = match axes.is_empty() {
        true => text!("", ""),
        false => text!("；要是对应，这些方面还要比：{zh}", "; if it does, compare: {en}"),
    };
    let Message { zh: more_zh, en: more_en } = more;
    Step {
        axis: PAIRING,
        part: None,
        verdict: Verdict::NeedsReview,
        baseline: Side::plain(&known.baseline.provision.quote.value),
        local: Side::plain(&offer.provision.quote.value),
        reason: text!(
            "没有人说过这一条对应它，是按文字相近配的（相近 {percent}%）{more_zh}",
            "nobody has said that this clause answers it; it was paired by likeness ({percent}%){more_en}"
        ),
        remedy: text!(
            "请人看两边的原文，说的是不是同一件事",
            "have a person read both texts and say whether they mean the same"
        ),
        at: None,
    }
}

/// Says what would help with a provision that nothing in such a list is like.
pub(super) fn missing_help(known: &ProvisionCoverage<'_>) -> Message {
    match &known.nearest {
        Some(near) => {
            let (number, own) = (near.service.number.value, near.address());
            text!(
                "最像的是第 {number} 项的 {own}；请人读原文确认",
                "item {number} ({own}) comes nearest; have a person read the text to be sure"
            )
        }
        None => text!("请人读原文确认", "have a person read the text to be sure"),
    }
}
