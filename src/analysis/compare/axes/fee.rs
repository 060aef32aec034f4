//! What it costs the family: less is better, and what is free stays free.

use std::cmp::Ordering;

use qingdan_reading::stated::Stated;
use qingdan_reading::wording::Wording;

use super::{Axis, Compare, Judgement};
use crate::catalogue::Kind;
use crate::compare::offer::spoken;
use crate::compare::{Offer, Side, Step, Terms};
use crate::text;

pub(super) const AXIS: Axis = Axis { name: "fee", zh: "收费", en: "fee", compare: Compare::Each(compare) };

/// The measure that states a fee.
pub(super) const MEASURE: &str = "fee";

/// Words that say by themselves that nothing is charged.
const FREE: &[&str] = &["无", "free", "none"];
/// Words that say so in a sentence …
const SAID: &[&str] = &[
    "免费",
    "全免",
    "不收",
    "免收",
    "不要钱",
    "不许收钱",
    "不垫",
    "一分钱不",
    "一分不",
    "不用交",
    "不用掏",
    "不用出",
    "不用先垫",
    "不涉及收费",
    "无任何费用",
    "负担为零",
    "由财政",
    "财政保障",
    "主办方出",
    "我们付",
    "中心承担",
    "单位承担",
    "民政补齐",
    "free of charge",
    "is free",
    "no fee",
    "no charge",
    "nothing is charged",
];
/// … unless it goes on.
const BUT: &[&str] = &[
    "分担",
    "一半",
    "补助",
    "家庭",
    "其余",
    "照收",
    "按规定",
    "按标准",
    "的免费",
    "户籍免费",
    "户籍人口免费",
    "试点",
    "家长承担",
    "个人承担",
    "价收",
    "价格收",
    "不免费",
    "部分",
    "除",
    "另",
    "但",
    "自费",
    "自付",
    "自理",
    "自己",
    "只",
    "仅",
    "先交",
    "押金",
    "超",
    "以外",
    "第二",
    "回起",
    "往后",
    "以后",
    "次起",
    "not free",
    "except",
    "part",
    "other than",
];

/// Words of taking money that say that none is taken.
const NOT: &[&str] = &["不收取", "不再收取", "不得收取", "未收取", "不另收取"];

fn compare(axis: &Axis, above: Offer<'_>, local: Offer<'_>, terms: &Terms<'_>) -> Vec<Step> {
    let waived = above.provision.kind == Kind::FeeExemption;
    let explicit = stated(above);
    // An adopted service costs what the baseline says unless the place says something else.
    let silent_is_same = local.service.adopted.is_some() || explicit.is_none();
    let baseline = explicit.or_else(|| {
        waived.then(|| Side { value: "0 CNY".to_owned(), words: text!("免收费用", "no fee") })
    });
    let own = said(local, terms);
    let judgement = match (&baseline, &own) {
        (None, None) => None,
        (Some(_), None) if silent_is_same => None,
        (Some(base), None) => unsaid(base, above, terms),
        (None, Some(own)) => unasked(own, terms.readings.wording()),
        (Some(base), Some(own)) => both(base, own, terms.readings.wording()),
    };
    let side = |side: Option<Side>| side.unwrap_or_else(Side::silent);
    judgement.map(|judgement| axis.step(judgement, side(baseline), side(own))).into_iter().collect()
}

/// Says that the list does not name the fee that the baseline names, unless its words are to say so: what the clause
/// itself says it costs is compared by the words.
fn unsaid(base: &Side, above: Offer<'_>, terms: &Terms<'_>) -> Option<Judgement> {
    let fee = Stated::read(&base.value, terms.readings.wording());
    if fee.as_ref().and_then(Stated::quantity).is_some_and(|fee| terms.readings.of(above).states(fee)) {
        return None;
    }
    let (zh, en) = (&base.words.zh, &base.words.en);
    Some(Judgement::open(
        text!(
            "上级写明收费为{zh}，本地没有写",
            "the baseline states what it costs, {en}; this list does not"
        ),
        text!("本地收费吗？写上⟦fee⟧", "does it cost anything here? State ⟦fee⟧"),
    ))
}

/// Says that the list names a fee where the baseline names none.
fn unasked(own: &Side, wording: &Wording) -> Option<Judgement> {
    if quantity(&own.value, wording).is_some_and(|fee| fee.is_zero()) {
        return None;
    }
    let (zh, en) = (&own.words.zh, &own.words.en);
    Some(Judgement::open(
        text!("上级没有提到收费，本地写“{zh}”", "the baseline names no fee; this list says “{en}”"),
        text!(
            "上级允许收费吗？请人判断，把结论写进⟦reviews⟧",
            "does the baseline allow a fee? Decide, and record it under ⟦reviews⟧"
        ),
    ))
}

/// Compares the fees that both name.
fn both(base: &Side, own: &Side, wording: &Wording) -> Option<Judgement> {
    let (zh, en, own_zh, own_en) = (&base.words.zh, &base.words.en, &own.words.zh, &own.words.en);
    Some(match order(&base.value, &own.value, wording) {
        Some(Ordering::Equal) => return None,
        Some(Ordering::Less) => Judgement::higher(text!(
            "上级收费是{zh}，本地是{own_zh}，更少",
            "the baseline charges {en}; this list {own_en}, which is less"
        )),
        Some(Ordering::Greater) => Judgement::lower(
            text!("上级收费是{zh}，本地却是{own_zh}", "the baseline charges {en}; this list {own_en}"),
            text!("收费不要高于{zh}", "charge no more than {en}"),
        ),
        None => Judgement::open(
            text!(
                "上级的收费是{zh}，本地是{own_zh}，不能比较",
                "the fee is {en} in the baseline and {own_en} here, which cannot be compared"
            ),
            text!("写成金额（例如 20元/次）或“免费”", "write an amount (such as 20 CNY/time) or “free”"),
        ),
    })
}

/// Returns the fee a provision or its service states, else that its words say that there is none.
fn said(offer: Offer<'_>, terms: &Terms<'_>) -> Option<Side> {
    let free = || terms.readings.of(offer).says("免费", terms.readings.wording());
    stated(offer)
        .or_else(|| free().then(|| Side { value: "0 CNY".to_owned(), words: text!("免费", "free") }))
}

/// Returns the fee a provision or its service states.
fn stated(offer: Offer<'_>) -> Option<Side> {
    if let Some(fee) = offer.provision.measures.get(MEASURE) {
        return Some(Side::plain(fee.value.clone()));
    }
    let fee = offer.service.apply.as_ref()?.fee.as_ref()?;
    Some(Side { value: fee.reference().value.clone(), words: spoken(fee) })
}

/// Reads a fee: an amount, or words that say that there is none.
fn quantity(text: &str, wording: &Wording) -> Option<Stated> {
    let word = text.trim().trim_end_matches(['。', '.']).to_lowercase();
    let says = |words: &[&str]| words.iter().any(|known| word.contains(known));
    let rest = NOT.iter().fold(word.clone(), |rest, not| rest.replace(not, ""));
    let plain = !says(BUT) && !rest.contains("收取") && !word.contains(|c: char| c.is_ascii_digit());
    let free = FREE.contains(&word.as_str()) || (says(SAID) && plain);
    Stated::read(if free { "0 CNY" } else { &word }, wording)
}

fn order(baseline: &str, own: &str, wording: &Wording) -> Option<Ordering> {
    if baseline.trim() == own.trim() {
        return Some(Ordering::Equal);
    }
    quantity(own, wording)?.compare_most(&quantity(baseline, wording)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_free_is_nothing_and_what_is_partly_free_is_not() {
        for text in [
            "免费",
            "一分不收",
            "不涉及收费",
            "费用由财政承担",
            "不收取任何费用",
            "办理不收费",
            "Applying is free of charge.",
            "0 CNY",
            "no fee",
        ] {
            assert!(quantity(text, &Wording::usual()).is_some_and(|fee| fee.is_zero()), "{text}");
        }
        let charged = [
            "20元/次",
            "免费（材料费20元）",
            "部分免费",
            "除材料费外免费",
            "按规定收取",
            "按标准收费，有异议可以投诉",
            "费用由财政和家庭分担",
            "由财政补助一半",
            "挂号不收钱，检查照收",
            "本市户籍免费，外来的按成本价收取",
        ];
        for text in charged {
            assert!(!quantity(text, &Wording::usual()).is_some_and(|fee| fee.is_zero()), "{text}");
        }
    }
}
