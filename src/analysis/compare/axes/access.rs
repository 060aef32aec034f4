//! Where it is given or decided: where the child lives, or where it is registered.

use std::cmp::Ordering;

use super::{Axis, Compare};
use crate::catalogue::Access;
use crate::compare::{Offer, Side, Step, Terms, Verdict};
use crate::diagnostic::Message;
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "access", zh: "办理地", en: "access", compare: Compare::Each(compare) };

fn compare(axis: &Axis, above: Offer<'_>, local: Offer<'_>, terms: &Terms<'_>) -> Vec<Step> {
    let (a, b) = (above.provision.access, local.provision.access);
    let (baseline, here) = (words(a), words(b));
    let (zh, en, own_zh, own_en) = (&baseline.zh, &baseline.en, &here.zh, &here.en);
    let (verdict, reason, remedy) = match terms.order.compare(axis.name, b.as_str(), a.as_str()) {
        Some(Ordering::Equal) => return Vec::new(),
        Some(Ordering::Greater) => (
            Verdict::Exceeded,
            text!(
                "上级是{zh}，本地是{own_zh}，更方便",
                "the baseline says {en}; here it is {own_en}, which is nearer"
            ),
            text!("不用改", "nothing to mend"),
        ),
        Some(Ordering::Less) => (
            Verdict::Weaker,
            text!("上级是{zh}，本地却是{own_zh}", "the baseline says {en}; here it is {own_en}"),
            text!("改为{zh}（⟦access: {a}⟧）", "make it {en} (⟦access: {a}⟧)", a = a.as_str()),
        ),
        // A baseline that leaves it open is met by the best there is.
        None if a == Access::Unstated && b == Access::Residence => return Vec::new(),
        None => (
            Verdict::NeedsReview,
            text!(
                "上级是{zh}，本地是{own_zh}，不能比较",
                "the baseline says {en} and this list {own_en}: they cannot be compared"
            ),
            text!(
                "写明在哪里办（⟦access⟧），或请人判断后把结论写进⟦reviews⟧",
                "state where it is given (⟦access⟧), or decide and record it under ⟦reviews⟧"
            ),
        ),
    };
    let side = |value: Access, words: Message| Side { value: value.as_str().to_owned(), words };
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

pub(super) fn words(access: Access) -> Message {
    match access {
        Access::Residence => text!("在居住地办", "in the place of residence"),
        Access::Either => text!("居住地、户籍地都能办", "in either place"),
        Access::HukouPlace => text!("回户籍地办", "in the place of household registration"),
        Access::Unstated => text!("没有写明在哪里办", "without naming a place"),
    }
}
