//! How binding: must, permit, where conditions allow or encouraged; given directly or helped to.

use super::ordered::{Ordered, Pair};
use super::{Axis, Compare};
use crate::catalogue::Strength;
use crate::schema::Choices;
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "strength", zh: "力度", en: "strength", compare: Compare::Words(&ORDERED) };

const ORDERED: Ordered = Ordered {
    word: |provision| provision.strength.choice(),
    words: Strength::CHOICES,
    usual: &["must > permit > where-conditions-allow", "must > permit > encourage", "must > assist"],
    equal: &[],
    higher: |Pair { zh, en, own_zh, own_en, .. }| {
        let reason = text!(
            "上级是“{zh}”，本地是“{own_zh}”，更有力",
            "the baseline says “{en}”; here it is “{own_en}”, which is stronger"
        );
        (reason, text!("不用改", "nothing to mend"))
    },
    lower: |Pair { zh, en, own_zh, own_en, value }| {
        let reason =
            text!("上级是“{zh}”，本地只是“{own_zh}”", "the baseline says “{en}”; here it is only “{own_en}”");
        let remedy =
            text!("把力度提高到“{zh}”（⟦strength: {value}⟧）", "raise it to “{en}” (⟦strength: {value}⟧)");
        (reason, remedy)
    },
    unordered: |Pair { zh, en, own_zh, own_en, .. }| {
        let reason = text!(
            "上级是“{zh}”，本地是“{own_zh}”，两者不能直接比高低",
            "the baseline says “{en}” and this list “{own_en}”, which have no order"
        );
        let remedy = text!(
            "请人判断实际得到的是否不比上级少，把结论写进⟦reviews⟧",
            "decide whether people really get no less, and record it under ⟦reviews⟧"
        );
        (reason, remedy)
    },
};
