//! At which age: intervals, in months inside; several provisions may cover one interval together.
//!
//! Lists do not say whether 3岁 in 0-3岁 is included. Both readings are tried, the same for all ages in one
//! unit, so that 0-2 and 3-6 cover 0-6, and 0-36 months as well as 0-35 months cover 0-3.

use super::{Axis, Compare, audience};
use crate::compare::{Offer, Side, Step, Terms, Verdict};
use crate::schema::{Age, AgeUnit};
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "age", zh: "年龄", en: "age", compare: Compare::Together(compare) };

/// What a list without an age is for, if its audience has none by definition either.
const CHILDHOOD: Age = Age { from: 0, to: 18, unit: AgeUnit::Years };

fn compare(axis: &Axis, above: Offer<'_>, local: &[Offer<'_>], terms: &Terms<'_>) -> Vec<Step> {
    let stated = above.age();
    let wanted = stated.unwrap_or_else(|| by_definition(above, terms));
    if local.iter().all(|offer| offer.age() == stated) {
        return Vec::new();
    }
    // For each kind of child the ages of those who are open to it count.
    let ages_of = |children: &Vec<&str>| -> Vec<Option<Age>> {
        let open: Vec<Option<Age>> = local
            .iter()
            .filter(|offer| audience::covers(above, **offer, children, terms))
            .map(Offer::age)
            .collect();
        // Nobody is open to it: that is said of the audience.
        if open.is_empty() { local.iter().map(Offer::age).collect() } else { open }
    };
    let cells = above.kinds_of_children(&terms.catalogue.vocabulary);
    let cells: Vec<Vec<Option<Age>>> = cells.iter().map(ages_of).collect();
    // A list that states no age has none only where the baseline has none.
    let usable = |ages: &Vec<Option<Age>>| -> Vec<Age> {
        ages.iter().filter_map(|age| age.or(stated.is_none().then_some(wanted))).collect()
    };
    let is_silent = |ages: &Vec<Option<Age>>| ages.contains(&None) && stated.is_some();
    let covered = |ages: &Vec<Option<Age>>| readings().any(|reading| holds(&usable(ages), wanted, reading));
    let beyond = |ages: &Vec<Option<Age>>| {
        stated.is_some()
            && readings().all(|reading| {
                let (from, to) = reading.bounds(wanted);
                usable(ages).iter().map(|age| reading.bounds(*age)).any(|(a, b)| a < from || b > to)
            })
    };
    let here = side(local);
    let baseline =
        stated.map_or_else(Side::silent, |age| Side { value: age.to_string(), words: age_words(age) });
    let own = (&here.words.zh, &here.words.en);
    let (zh, en) = {
        let words = age_words(wanted);
        (words.zh, words.en)
    };
    let (verdict, reason, remedy) = if cells.iter().all(&covered) {
        if !cells.iter().all(beyond) {
            return Vec::new();
        }
        let (own_zh, own_en) = own;
        (
            Verdict::Exceeded,
            text!(
                "上级是{zh}，本地是{own_zh}，范围更大",
                "the baseline is for {en}; this list is for {own_en}, which is wider"
            ),
            text!("不用改", "nothing to mend"),
        )
    } else if cells.iter().all(|ages| covered(ages) || is_silent(ages)) {
        (
            Verdict::NeedsReview,
            text!("上级写明{zh}，本地没有写年龄", "the baseline is for {en}; this list states no age"),
            text!(
                "{zh}的孩子都有吗？是的话写上 ⟦age: {wanted}⟧",
                "do all children of {en} get it? If so, write ⟦age: {wanted}⟧"
            ),
        )
    } else {
        let (own_zh, own_en) = own;
        (
            Verdict::Weaker,
            text!("上级是{zh}，本地只有{own_zh}", "the baseline is for {en}; this list only for {own_en}"),
            text!(
                "把年龄扩大到{zh}，或补上缺的年龄段",
                "widen it to {en}, or add a provision for the ages left out"
            ),
        )
    };
    vec![Step { axis: axis.name, part: None, verdict, baseline, local: here, reason, remedy }]
}

fn by_definition(offer: Offer<'_>, terms: &Terms<'_>) -> Age {
    offer.population().and_then(|id| terms.catalogue.vocabulary.audience(id)?.age).unwrap_or(CHILDHOOD)
}

/// How upper bounds are read: up to that birthday, or through the year or month that they name.
#[derive(Clone, Copy)]
struct Reading {
    through_years: bool,
    through_months: bool,
}

impl Reading {
    /// Returns the bounds in months, the upper one not included.
    fn bounds(self, age: Age) -> (u32, u32) {
        let (from, to) = age.months();
        let more = match age.unit {
            AgeUnit::Years if self.through_years => 12,
            AgeUnit::Months if self.through_months => 1,
            AgeUnit::Years | AgeUnit::Months => 0,
        };
        (u32::from(from), u32::from(to) + more)
    }
}

/// Returns every reading, each the same for all ages in one unit.
fn readings() -> impl Iterator<Item = Reading> {
    let both = [false, true];
    both.into_iter().flat_map(move |through_years| {
        both.into_iter().map(move |through_months| Reading { through_years, through_months })
    })
}

/// Tells whether `ages` together leave nothing of `wanted` out.
fn holds(ages: &[Age], wanted: Age, reading: Reading) -> bool {
    let (mut reached, to) = reading.bounds(wanted);
    let mut ages: Vec<(u32, u32)> = ages.iter().map(|age| reading.bounds(*age)).collect();
    ages.sort_unstable();
    for (from, until) in ages {
        if from <= reached {
            reached = reached.max(until);
        }
    }
    reached >= to
}

fn age_words(age: Age) -> crate::diagnostic::Message {
    let (from, to) = (age.from, age.to);
    match age.unit {
        AgeUnit::Years => text!("{from}至{to}岁", "ages {from} to {to}"),
        AgeUnit::Months => text!("{from}至{to}个月", "{from} to {to} months"),
    }
}

fn side(local: &[Offer<'_>]) -> Side {
    let ages: Vec<Age> = local.iter().filter_map(Offer::age).collect();
    if ages.is_empty() {
        return Side::silent();
    }
    let value = ages.iter().map(Age::to_string).collect::<Vec<_>>().join(", ");
    Side { value, words: crate::compare::offer::listed(ages.into_iter().map(age_words)) }
}
