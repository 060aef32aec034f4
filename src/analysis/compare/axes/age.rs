//! At which age: intervals, in months; several provisions may cover one interval together.
//!
//! Lists do not say whether 3岁 in 0-3岁 is included. Both readings are tried, the same for all ages in one
//! unit, so that 0-2 and 3-6 cover 0-6, and 0-36 months as well as 0-35 months cover 0-3.

use qingdan_reading::fact::Ages;

use super::{Axis, Compare, audience};
use crate::compare::reading::{ages_of, ages_value, ages_words};
use crate::compare::{Offer, Side, Step, Terms, Verdict};
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "age", zh: "年龄", en: "age", compare: Compare::Together(compare) };

fn compare(axis: &Axis, above: Offer<'_>, local: &[Offer<'_>], terms: &Terms<'_>) -> Vec<Step> {
    let reading = terms.readings.of(above);
    let stated = above.ages(&reading);
    let wanted = match stated.as_slice() {
        // What parents are promised is for parents of any age.
        [] if reading.is_for_grown_ups() => vec![Ages { from: None, to: None, below: false }],
        [] => vec![reading.usual_ages().or_else(|| by_definition(above, terms)).unwrap_or(CHILDHOOD)],
        stated => stated.to_vec(),
    };
    let own: Vec<(Offer<'_>, Vec<Ages>)> =
        local.iter().map(|offer| (*offer, offer.ages(&terms.readings.of(*offer)))).collect();
    if own.iter().all(|(_, ages)| *ages == stated) {
        return Vec::new();
    }
    // Parents of all children are all parents.
    let of_all = |(_, ages): &(Offer<'_>, Vec<Ages>)| Ages::cover(ages, CHILDHOOD);
    if stated.is_empty() && reading.is_for_grown_ups() && own.iter().all(of_all) {
        return Vec::new();
    }
    // For each kind of child the ages of those who are open to it count.
    let ages_for = |children: &Vec<&str>| -> Vec<Option<Vec<Ages>>> {
        let said = |ages: &Vec<Ages>| (!ages.is_empty()).then(|| ages.clone());
        let open: Vec<Option<Vec<Ages>>> = own
            .iter()
            .filter(|(offer, _)| audience::covers(above, *offer, children, terms))
            .map(|(_, ages)| said(ages))
            .collect();
        // Nobody is open to it: that is said of the audience.
        if open.is_empty() { own.iter().map(|(_, ages)| said(ages)).collect() } else { open }
    };
    let cells = above.kinds_of_children(&terms.catalogue.vocabulary);
    let cells: Vec<Vec<Option<Vec<Ages>>>> = cells.iter().map(ages_for).collect();
    // A list that states no age has none only where the baseline has none.
    let usable = |ages: &Vec<Option<Vec<Ages>>>| -> Vec<Ages> {
        let silent = || if stated.is_empty() { wanted.clone() } else { Vec::new() };
        ages.iter().flat_map(|ages| ages.clone().unwrap_or_else(silent)).collect()
    };
    let is_silent = |ages: &Vec<Option<Vec<Ages>>>| ages.contains(&None) && !stated.is_empty();
    let covered =
        |ages: &Vec<Option<Vec<Ages>>>| wanted.iter().all(|wanted| Ages::cover(&usable(ages), *wanted));
    let beyond = |ages: &Vec<Option<Vec<Ages>>>| {
        !stated.is_empty() && usable(ages).iter().any(|own| !Ages::cover(&wanted, *own))
    };
    let here = side(own.iter().flat_map(|(_, ages)| ages.iter().copied()));
    let baseline = side(stated.iter().copied());
    let words = crate::compare::listed(wanted.iter().map(|ages| ages_words(*ages)));
    let (zh, en) = (words.zh, words.en);
    let (own_zh, own_en) = (&here.words.zh, &here.words.en);
    let (verdict, reason, remedy) = if cells.iter().all(&covered) {
        if !cells.iter().all(beyond) {
            return Vec::new();
        }
        (
            Verdict::Exceeded,
            text!(
                "上级是{zh}，本地是{own_zh}，范围更大",
                "the baseline is for {en}; this list is for {own_en}, which is wider"
            ),
            text!("不用改", "nothing to mend"),
        )
    } else if cells.iter().all(|ages| covered(ages) || is_silent(ages)) {
        let value = wanted.first().map(|ages| ages_value(*ages)).unwrap_or_default();
        (
            Verdict::NeedsReview,
            text!("上级写明{zh}，本地没有写年龄", "the baseline is for {en}; this list states no age"),
            text!(
                "{zh}的孩子都有吗？是的话写上 ⟦age: {value}⟧",
                "do all children of {en} get it? If so, write ⟦age: {value}⟧"
            ),
        )
    } else if stated.is_empty() && local.iter().all(|offer| offer.age().is_none()) {
        // What the baseline leaves open is open for all; how far words mean to end that is a question.
        (
            Verdict::NeedsReview,
            text!(
                "上级没有写年龄，本地只有{own_zh}",
                "the baseline states no age; this list is for {own_en} only"
            ),
            text!(
                "这个年龄以外的孩子有没有？没有的，去掉年龄；有的，请人判断后把结论写进⟦reviews⟧",
                "do children of other ages get it? If not, drop the age; if so, decide and record it under ⟦reviews⟧"
            ),
        )
    } else {
        // 满8个月、满18个月时各一次: moments, not ranges.
        let moments = above.provision.age.is_none() && stated.len() > 1;
        (
            if moments { Verdict::NeedsReview } else { Verdict::Weaker },
            text!("上级是{zh}，本地只有{own_zh}", "the baseline is for {en}; this list only for {own_en}"),
            text!(
                "把年龄扩大到{zh}，或补上缺的年龄段",
                "widen it to {en}, or add a provision for the ages left out"
            ),
        )
    };
    vec![Step { axis: axis.name, part: None, verdict, baseline, local: here, reason, remedy, at: None }]
}

/// What a list without an age is for, if its audience has none by definition either.
const CHILDHOOD: Ages = Ages { from: Some(0), to: Some(18 * 12), below: false };

fn by_definition(offer: Offer<'_>, terms: &Terms<'_>) -> Option<Ages> {
    offer.population().and_then(|id| terms.catalogue.vocabulary.audience(id)?.age).map(ages_of)
}

fn side(ages: impl Iterator<Item = Ages>) -> Side {
    let ages: Vec<Ages> = ages.collect();
    if ages.is_empty() {
        return Side::silent();
    }
    let value = ages.iter().map(|ages| ages_value(*ages)).collect::<Vec<_>>().join(", ");
    Side { value, words: crate::compare::listed(ages.into_iter().map(ages_words)) }
}
