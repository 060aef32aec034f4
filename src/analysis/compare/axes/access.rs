//! Where it is given or decided: where the child lives, or where it is registered.

use super::ordered::{Ordered, Pair};
use super::{Axis, Compare};
use crate::catalogue::Access;
use crate::schema::Choices;
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "access", zh: "办理地", en: "access", compare: Compare::Words(&ORDERED) };

const ORDERED: Ordered = Ordered {
    word: |provision| provision.access.choice(),
    words: Access::CHOICES,
    usual: &["residence > either > hukou-place"],
    // A baseline that leaves it open is met by the best there is.
    equal: &[("unstated", "residence")],
    higher: |Pair { zh, en, own_zh, own_en, .. }| {
        let reason = text!(
            "上级是{zh}，本地是{own_zh}，更方便",
            "the baseline says {en}; here it is {own_en}, which is nearer"
        );
        (reason, text!("不用改", "nothing to mend"))
    },
    lower: |Pair { zh, en, own_zh, own_en, value }| {
        let reason = text!("上级是{zh}，本地却是{own_zh}", "the baseline says {en}; here it is {own_en}");
        (reason, text!("改为{zh}（⟦access: {value}⟧）", "make it {en} (⟦access: {value}⟧)"))
    },
    unordered: |Pair { zh, en, own_zh, own_en, .. }| {
        let reason = text!(
            "上级是{zh}，本地是{own_zh}，不能比较",
            "the baseline says {en} and this list {own_en}: they cannot be compared"
        );
        let remedy = text!(
            "写明在哪里办（⟦access⟧），或请人判断后把结论写进⟦reviews⟧",
            "state where it is given (⟦access⟧), or decide and record it under ⟦reviews⟧"
        );
        (reason, remedy)
    },
};
