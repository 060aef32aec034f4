//! How binding: must, permit, where conditions allow; given directly or helped to.

use std::cmp::Ordering;

use super::{Axis, Compare};
use crate::catalogue::Strength;
use crate::compare::{Offer, Side, Step, Terms, Verdict};
use crate::diagnostic::Message;
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "strength", zh: "力度", en: "strength", compare: Compare::Each(compare) };

fn compare(axis: &Axis, above: Offer<'_>, local: Offer<'_>, terms: &Terms<'_>) -> Vec<Step> {
    let (a, b) = (above.provision.strength, local.provision.strength);
    let (baseline, here) = (words(a), words(b));
    let (zh, en, own_zh, own_en) = (&baseline.zh, &baseline.en, &here.zh, &here.en);
    let (verdict, reason, remedy) = match terms.order.compare(axis.name, b.as_str(), a.as_str()) {
        Some(Ordering::Equal) => return Vec::new(),
        Some(Ordering::Greater) => (
            Verdict::Exceeded,
            text!(
                "上级是“{zh}”，本地是“{own_zh}”，更有力",
                "the baseline says “{en}”; here it is “{own_en}”, which is stronger"
            ),
            text!("不用改", "nothing to mend"),
        ),
        Some(Ordering::Less) => (
            Verdict::Weaker,
            text!("上级是“{zh}”，本地只是“{own_zh}”", "the baseline says “{en}”; here it is only “{own_en}”"),
            text!(
                "把力度提高到“{zh}”（⟦strength: {a}⟧）",
                "raise it to “{en}” (⟦strength: {a}⟧)",
                a = a.as_str()
            ),
        ),
        None => (
            Verdict::NeedsReview,
            text!(
                "上级是“{zh}”，本地是“{own_zh}”，两者不能直接比高低",
                "the baseline says “{en}” and this list “{own_en}”, which have no order"
            ),
            text!(
                "请人判断孩子实际得到的是否不比上级少，把结论写进⟦reviews⟧",
                "decide whether a child really gets no less, and record it under ⟦reviews⟧"
            ),
        ),
    };
    let side = |value: Strength, words: Message| Side { value: value.as_str().to_owned(), words };
    vec![Step {
        axis: axis.name,
        part: None,
        verdict,
        baseline: side(a, baseline),
        local: side(b, here),
        reason,
        remedy,
        at: None,
    }]
}

pub(super) fn words(strength: Strength) -> Message {
    match strength {
        Strength::Must => text!("应当提供", "must be given"),
        Strength::Permit => text!("允许", "is permitted"),
        Strength::WhereConditionsAllow => text!("有条件的地方提供", "is given where conditions allow"),
        Strength::Assist => text!("协助办理", "help to apply"),
    }
}
