//! What is given: money, goods, a service, a school place.

use std::cmp::Ordering;

use super::{Axis, Compare};
use crate::catalogue::Kind;
use crate::compare::{Offer, Side, Step, Terms, Verdict};
use crate::diagnostic::Message;
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "kind", zh: "形式", en: "kind", compare: Compare::Each(compare) };

fn compare(axis: &Axis, above: Offer<'_>, local: Offer<'_>, terms: &Terms<'_>) -> Vec<Step> {
    let (a, b) = (above.provision.kind, local.provision.kind);
    let (baseline, here) = (words(a), words(b));
    let (zh, en, own_zh, own_en) = (&baseline.zh, &baseline.en, &here.zh, &here.en);
    let verdict = match terms.order.compare(axis.name, b.as_str(), a.as_str()) {
        Some(Ordering::Equal) => return Vec::new(),
        Some(Ordering::Greater) => Verdict::Exceeded,
        Some(Ordering::Less) => Verdict::Weaker,
        None => Verdict::NeedsReview,
    };
    let reason =
        text!("上级给的是{zh}，本地给的是{own_zh}", "the baseline gives {en}; this list gives {own_en}");
    let remedy = text!(
        "改为{zh}（⟦kind: {a}⟧），或请人判断是否不低于上级，把结论写进⟦reviews⟧",
        "give {en} (⟦kind: {a}⟧), or decide whether it is no less and record it under ⟦reviews⟧",
        a = a.as_str()
    );
    let side = |value: Kind, words: Message| Side { value: value.as_str().to_owned(), words };
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

fn words(kind: Kind) -> Message {
    match kind {
        Kind::Service => text!("服务", "a service"),
        Kind::Cash => text!("资金", "money"),
        Kind::InKind => text!("实物", "goods"),
        Kind::FeeExemption => text!("费用减免", "a fee that is not charged"),
        Kind::Place => text!("学位或场所", "a place"),
        Kind::Assistance => text!("协助", "help"),
        Kind::Information => text!("信息", "information"),
    }
}
