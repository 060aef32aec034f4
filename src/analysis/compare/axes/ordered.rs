//! Axes on which each side writes one word of a field, and an order says which word is higher.
//!
//! An axis of this kind is a declaration: the field, the usual order, and what to say of a difference.

use std::cmp::Ordering;

use super::{Axis, Judgement};
use crate::catalogue::Provision;
use crate::compare::order::Order;
use crate::compare::{Side, Step, Verdict};
use crate::diagnostic::Message;
use crate::schema::Choice;

/// What an axis of words consists of.
#[derive(Debug)]
pub(super) struct Ordered {
    /// Returns the word that a provision writes.
    pub word: fn(&Provision) -> &'static Choice,
    /// Every word there is.
    pub words: &'static [Choice],
    /// The usual order: chains of words, highest first, as rulebooks write them.
    pub usual: &'static [&'static str],
    /// Words of the baseline and of the list that are as good as each other although no chain has both.
    pub equal: &'static [(&'static str, &'static str)],
    /// Says why the list is higher, and that nothing has to be done.
    pub higher: Says,
    /// Says why the list is lower, and what would mend it.
    pub lower: Says,
    /// Says why the two have no order, and what would settle it.
    pub unordered: Says,
}

/// Returns the reason and the remedy.
type Says = fn(&Pair) -> (Message, Message);

/// Both sides in words, for the messages of an axis.
pub(super) struct Pair {
    /// The word of the baseline, as files write it.
    pub value: &'static str,
    /// What the baseline says, in Chinese.
    pub zh: &'static str,
    /// What the baseline says, in English.
    pub en: &'static str,
    /// What the list says, in Chinese.
    pub own_zh: &'static str,
    /// What the list says, in English.
    pub own_en: &'static str,
}

impl Ordered {
    /// Returns where the word of a local provision differs from that of the baseline.
    pub(super) fn step(
        &self,
        axis: &Axis,
        (above, local): (&Provision, &Provision),
        order: &Order,
    ) -> Option<Step> {
        self.difference(axis, ((self.word)(above), (self.word)(local)), order)
    }

    /// Returns where two words differ, that of the baseline first.
    fn difference(&self, axis: &Axis, (baseline, own): (&Choice, &Choice), order: &Order) -> Option<Step> {
        let (verdict, says) = match order.compare(axis.name, own.value, baseline.value) {
            Some(Ordering::Equal) => return None,
            Some(Ordering::Greater) => (Verdict::Exceeded, self.higher),
            Some(Ordering::Less) => (Verdict::Weaker, self.lower),
            None if self.equal.contains(&(baseline.value, own.value)) => return None,
            None => (Verdict::NeedsReview, self.unordered),
        };
        let ((zh, en), (own_zh, own_en)) = (baseline.says, own.says);
        let (reason, remedy) = says(&Pair { value: baseline.value, zh, en, own_zh, own_en });
        let side = |choice: &Choice| Side { value: choice.value.to_owned(), words: choice.words() };
        Some(axis.step(Judgement { verdict, reason, remedy }, side(baseline), side(own)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Compare;
    use super::*;
    use crate::catalogue::Kind;
    use crate::schema::Choices;
    use crate::span::{FileId, Span, Spanned};
    use crate::text;

    /// An axis of words is this: a name, the field, the usual order, and what to say.
    const COMFORT: Axis =
        Axis { name: "comfort", zh: "舒适", en: "comfort", compare: Compare::Words(&ORDERED) };
    const ORDERED: Ordered = Ordered {
        word: |provision| provision.kind.choice(),
        words: Kind::CHOICES,
        usual: &["service > cash", "service > information"],
        equal: &[("place", "service")],
        higher: says,
        lower: says,
        unordered: says,
    };

    fn says(Pair { zh, en, own_zh, own_en, value }: &Pair) -> (Message, Message) {
        (text!("上级是{zh}，本地是{own_zh}", "{en} above, {own_en} here"), text!("{value}", "{value}"))
    }

    #[test]
    fn an_axis_of_words_is_one_declaration() {
        let usual =
            ORDERED.usual.iter().map(|chain| Spanned::new((*chain).to_owned(), Span::whole(FileId(0))));
        let order = Order::new(&BTreeMap::from([("comfort".to_owned(), usual.collect())]));
        let verdict = |above: Kind, local: Kind| {
            let step = ORDERED.difference(&COMFORT, (above.choice(), local.choice()), &order);
            step.map(|step| (step.verdict, step.reason.en))
        };
        let said = |verdict: Verdict, reason: &str| Some((verdict, reason.to_owned()));
        assert_eq!(verdict(Kind::Cash, Kind::Cash), None);
        assert_eq!(verdict(Kind::Place, Kind::Service), None);
        assert_eq!(
            verdict(Kind::Cash, Kind::Service),
            said(Verdict::Exceeded, "money above, a service here")
        );
        assert_eq!(verdict(Kind::Service, Kind::Cash), said(Verdict::Weaker, "a service above, money here"));
        assert_eq!(
            verdict(Kind::Cash, Kind::Information),
            said(Verdict::NeedsReview, "money above, information here")
        );
    }
}
