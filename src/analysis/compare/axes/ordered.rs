//! Axes on which each side writes one word of a field, and an order says which word is higher.
//!
//! An axis of this kind is a declaration: the field, the usual order, and what to say of a difference.

use std::cmp::Ordering;

use super::Axis;
use crate::catalogue::Provision;
use crate::compare::{Offer, Side, Step, Terms, Verdict};
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
    /// Returns where the word of `local` differs from that of `above`.
    pub(super) fn step(
        &self,
        axis: &Axis,
        above: Offer<'_>,
        local: Offer<'_>,
        terms: &Terms<'_>,
    ) -> Option<Step> {
        let (baseline, own) = ((self.word)(above.provision), (self.word)(local.provision));
        let (verdict, says) = match terms.order.compare(axis.name, own.value, baseline.value) {
            Some(Ordering::Equal) => return None,
            Some(Ordering::Greater) => (Verdict::Exceeded, self.higher),
            Some(Ordering::Less) => (Verdict::Weaker, self.lower),
            None if self.equal.contains(&(baseline.value, own.value)) => return None,
            None => (Verdict::NeedsReview, self.unordered),
        };
        let ((zh, en), (own_zh, own_en)) = (baseline.says, own.says);
        let (reason, remedy) = says(&Pair { value: baseline.value, zh, en, own_zh, own_en });
        let side = |choice: &Choice| Side { value: choice.value.to_owned(), words: choice.words() };
        Some(Step {
            axis: axis.name,
            part: None,
            verdict,
            baseline: side(baseline),
            local: side(own),
            reason,
            remedy,
            at: None,
        })
    }
}
