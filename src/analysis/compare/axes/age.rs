//! At which age: intervals, in months; several provisions may cover one interval together.
//!
//! Lists do not say whether 3岁 in 0-3岁 is included. Both readings are tried, the same for all ages in one
//! unit, so that 0-2 and 3-6 cover 0-6, and 0-36 months as well as 0-35 months cover 0-3.

use qingdan_reading::fact::Ages;

use super::{Axis, Compare, Judgement, audience};
use crate::compare::reading::{ages_of, ages_value, ages_words};
use crate::compare::{Offer, Side, Step, Terms};
use crate::diagnostic::Message;
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "age", zh: "年龄", en: "age", compare: Compare::Together(compare) };

/// The ages of the local provisions that are open to one kind of child; `None` for one that states no age.
type OpenAges = Vec<Option<Vec<Ages>>>;

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
    let cells = above.kinds_of_children(&terms.catalogue.vocabulary);
    let cells: Vec<OpenAges> = cells.iter().map(|children| open_to(above, &own, children, terms)).collect();
    let here = side(own.iter().flat_map(|(_, ages)| ages.iter().copied()));
    let baseline = side(stated.iter().copied());
    let asked = AskedAges { above, stated: &stated, wanted: &wanted };
    let judgement = asked.judge(local, &cells, &here.words);
    judgement.map(|judgement| axis.step(judgement, baseline, here)).into_iter().collect()
}

/// Returns the ages of those who are open to one kind of child.
fn open_to(
    above: Offer<'_>,
    own: &[(Offer<'_>, Vec<Ages>)],
    children: &[&str],
    terms: &Terms<'_>,
) -> OpenAges {
    let said = |ages: &Vec<Ages>| (!ages.is_empty()).then(|| ages.clone());
    let open: OpenAges = own
        .iter()
        .filter(|(offer, _)| audience::covers(above, *offer, children, terms))
        .map(|(_, ages)| said(ages))
        .collect();
    // If nobody is open to it, the axis of the audience says so.
    if open.is_empty() { own.iter().map(|(_, ages)| said(ages)).collect() } else { open }
}

/// What the baseline asks for.
struct AskedAges<'a> {
    above: Offer<'a>,
    /// The ages it states.
    stated: &'a [Ages],
    /// The ages it is for, stated or not.
    wanted: &'a [Ages],
}

impl AskedAges<'_> {
    /// Returns the ages that count. A list that states no age has none only where the baseline has none.
    fn usable(&self, open: &OpenAges) -> Vec<Ages> {
        let silent = || if self.stated.is_empty() { self.wanted.to_vec() } else { Vec::new() };
        open.iter().flat_map(|ages| ages.clone().unwrap_or_else(silent)).collect()
    }

    fn is_covered(&self, open: &OpenAges) -> bool {
        self.wanted.iter().all(|wanted| Ages::cover(&self.usable(open), *wanted))
    }

    fn is_exceeded(&self, open: &OpenAges) -> bool {
        !self.stated.is_empty() && self.usable(open).iter().any(|own| !Ages::cover(self.wanted, *own))
    }

    /// Says what the local ages of each kind of child mean. `None` if they are as good.
    fn judge(&self, local: &[Offer<'_>], cells: &[OpenAges], own: &Message) -> Option<Judgement> {
        let words = crate::compare::listed(self.wanted.iter().map(|ages| ages_words(*ages)));
        let (zh, en, own_zh, own_en) = (&words.zh, &words.en, &own.zh, &own.en);
        let is_silent = |open: &OpenAges| open.contains(&None) && !self.stated.is_empty();
        if cells.iter().all(|open| self.is_covered(open)) {
            let reason = text!(
                "上级是{zh}，本地是{own_zh}，范围更大",
                "the baseline is for {en}; this list is for {own_en}, which is wider"
            );
            return cells.iter().all(|open| self.is_exceeded(open)).then(|| Judgement::higher(reason));
        }
        Some(if cells.iter().all(|open| self.is_covered(open) || is_silent(open)) {
            let value = self.wanted.first().map(|ages| ages_value(*ages)).unwrap_or_default();
            Judgement::open(
                text!("上级写明{zh}，本地没有写年龄", "the baseline is for {en}; this list states no age"),
                text!(
                    "{zh}的人都有吗？是的话写上 ⟦age: {value}⟧",
                    "do all who are {en} get it? If so, write ⟦age: {value}⟧"
                ),
            )
        } else if self.stated.is_empty() && local.iter().all(|offer| offer.age().is_none()) {
            // A baseline without an age is for all ages; whether the words mean to narrow that is a question.
            Judgement::open(
                text!(
                    "上级没有写年龄，本地只有{own_zh}",
                    "the baseline states no age; this list is for {own_en} only"
                ),
                text!(
                    "这个年龄以外的人有没有？没有的，去掉年龄；有的，请人判断后把结论写进⟦reviews⟧",
                    "do people of other ages get it? If not, drop the age; if so, decide and record it under ⟦reviews⟧"
                ),
            )
        } else {
            let reason = text!(
                "上级是{zh}，本地只有{own_zh}",
                "the baseline is for {en}; this list only for {own_en}"
            );
            let remedy = text!(
                "把年龄扩大到{zh}，或补上缺的年龄段",
                "widen it to {en}, or add a provision for the ages left out"
            );
            // 满8个月、满18个月时各一次: moments, not ranges.
            let moments = self.above.provision.age.is_none() && self.stated.len() > 1;
            if moments { Judgement::open(reason, remedy) } else { Judgement::lower(reason, remedy) }
        })
    }
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
