//! Words too general to compare: equal words are equal, others are a question.

use super::{Axis, Compare, Judgement};
use crate::compare::{Offer, QuoteMatch, Side, Step, Terms, quote_match};
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "vague", zh: "笼统", en: "vague wording", compare: Compare::Together(compare) };

fn compare(axis: &Axis, above: Offer<'_>, local: &[Offer<'_>], _: &Terms<'_>) -> Vec<Step> {
    let official = above.provision.quote.value.as_str();
    let same = |offer: &Offer<'_>| quote_match(official, &offer.provision.quote.value) == QuoteMatch::Same;
    let vague = above.provision.vague || local.iter().all(|offer| offer.provision.vague);
    if !vague || local.iter().any(same) {
        return Vec::new();
    }
    let quotes: Vec<&str> = local.iter().map(|offer| offer.provision.quote.value.as_str()).collect();
    let judgement = Judgement::open(
        text!(
            "原文笼统，说法又不同，机器比不出高低",
            "the wording is general and differs; a machine cannot tell which gives more"
        ),
        text!(
            "本地的做法是否不低于上级？请人判断，把结论写进⟦reviews⟧",
            "does what is done here give no less? Decide, and record it under ⟦reviews⟧"
        ),
    );
    vec![axis.step(judgement, Side::plain(official), Side::plain(quotes.join("；")))]
}
