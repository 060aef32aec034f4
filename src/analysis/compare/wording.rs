//! The words themselves: the official ones, nearly those, or the list's own.

use super::edits::{Edit, edits, few_changes};
use super::{Offer, Side, Step, Verdict, WORDING};
use crate::catalogue::OfficialText;
use crate::text;

/// How local words stand to the official ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteMatch {
    /// The same, up to the width of punctuation and which tier says “our”.
    Same,
    /// So alike that they look like a slip of copying.
    Near,
    /// The list's own.
    Own,
}

/// Returns how `local` stands to `official`.
pub fn quote_match(official: &str, local: &str) -> QuoteMatch {
    if official == local {
        return QuoteMatch::Same;
    }
    let (official, local) = (OfficialText::new(official), OfficialText::new(local));
    let (a, b) = (own_tier(official.folded()), own_tier(local.folded()));
    if a == b {
        return QuoteMatch::Same;
    }
    let Some((lost, added)) = few_changes(&a, &b, 2) else { return QuoteMatch::Own };
    let differing = lost + added;
    // Words put before or after the official ones are the list's own; inside them one or two are a slip.
    let around = a.len() >= 2 && b.first() == a.first() && b.last() == a.last();
    let slip = lost > 0 || (around && added <= 2);
    // One character exchanged is two changes.
    if slip && differing * 2 <= a.len() + b.len() { QuoteMatch::Near } else { QuoteMatch::Own }
}

/// Returns from 0 to 1 how alike two texts are.
pub fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (OfficialText::new(a), OfficialText::new(b));
    let total = a.len() + b.len();
    if total == 0 {
        return 1.0;
    }
    let count = |n: usize| u32::try_from(n).map_or(f64::from(u32::MAX), f64::from);
    let (lost, added) = changes(a.folded(), b.folded());
    1.0 - count(lost + added) / count(total)
}

/// Returns how many characters of `a` are lost in `b`, and how many are added.
fn changes(a: &[char], b: &[char]) -> (usize, usize) {
    let edits = edits(a, b);
    let changed = edits.iter().filter(|edit| !edit.is_equal);
    changed.fold((0, 0), |(lost, added), edit| (lost + edit.old.len(), added + edit.new.len()))
}

/// Lets 我省, 本市 and 全县 be the same: each list speaks of its own place.
fn own_tier(text: &[char]) -> Vec<char> {
    let is_own = |at: usize| at > 0 && matches!(text[at - 1], '我' | '本' | '全');
    let fold =
        |(at, c): (usize, &char)| if is_own(at) && "省市州县区".contains(*c) { '地' } else { *c };
    text.iter().enumerate().map(fold).collect()
}

/// Returns what is wrong with the printed cell of an adopted service, if it is not the official one.
pub(super) fn printed(above: Offer<'_>, local: &[Offer<'_>]) -> Option<Step> {
    let printed = local.iter().find_map(|offer| printed_otherwise(above, *offer))?;
    Some(misquoted(&above.provision.quote.value, &printed))
}

/// Returns the words of a printed cell that stand where the official ones of this provision do, if they differ.
fn printed_otherwise(above: Offer<'_>, offer: Offer<'_>) -> Option<String> {
    let printed = OfficialText::new(&offer.service.printed.as_ref()?.reference().value);
    let cell = OfficialText::new(&above.service.body.content.reference().value);
    let quote = cell.find(&above.provision.quote.value)?.into_iter().next()?;
    let whole = |text: &OfficialText| {
        let marks = text.folded().iter().rev().take_while(|mark| matches!(mark, '.' | ';')).count();
        own_tier(&text.folded()[..text.len() - marks])
    };
    let edits = edits(&whole(&cell), &whole(&printed));
    // What was put in belongs to the words it touches; what was taken out, to those it was part of.
    let touches = |edit: &&Edit| {
        let old = &edit.old;
        if !edit.is_equal && !edit.new.is_empty() {
            old.start <= quote.end && quote.start <= old.end
        } else {
            old.start < quote.end && quote.start < old.end
        }
    };
    let touching: Vec<&Edit> = edits.iter().filter(touches).collect();
    if touching.iter().all(|edit| edit.is_equal) {
        return None;
    }
    let bounds = touching.iter().map(|edit| {
        if !edit.is_equal {
            return edit.new.clone();
        }
        let skipped = quote.start.saturating_sub(edit.old.start);
        edit.new.start + skipped..edit.new.end - edit.old.end.saturating_sub(quote.end)
    });
    let (from, to) =
        bounds.fold((usize::MAX, 0), |(from, to), range| (from.min(range.start), to.max(range.end)));
    Some(printed.words(from..to))
}

pub(super) fn misquoted(official: &str, local: &str) -> Step {
    let difference = marked(official, local);
    Step {
        axis: WORDING,
        part: None,
        verdict: Verdict::Misquoted,
        baseline: Side::plain(official),
        local: Side::plain(local),
        reason: text!(
            "看来是照录上级原文，字句却不同：{difference}",
            "this looks like the official words, and differs from them: {difference}"
        ),
        remedy: text!(
            "照录就一字不改；若是本地自己的规定，请用自己的话写清楚不同在哪里",
            "copy the words exactly; if the list means something of its own, say in its own words what differs"
        ),
        at: None,
    }
}

/// Returns both texts as one, with what was left out as `[-…-]` and what was put in as `{+…+}`.
fn marked(old: &str, new: &str) -> String {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let mut shown = String::new();
    for edit in edits(&old, &new) {
        let (lost, added) = (&old[edit.old.clone()], &new[edit.new.clone()]);
        if edit.is_equal {
            shown.extend(lost);
            continue;
        }
        for (open, words, close) in [("[-", lost, "-]"), ("{+", added, "+}")] {
            if !words.is_empty() {
                shown.push_str(open);
                shown.extend(words);
                shown.push_str(close);
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_own_words_are_not() {
        let official = "为0-3岁儿童提供中医调养服务";
        assert_eq!(quote_match(official, "为０-３岁儿童提供中医调养服务"), QuoteMatch::Same);
        assert_eq!(quote_match(official, "为0-3岁儿童提供中医调理服务"), QuoteMatch::Near);
        assert_eq!(quote_match(official, "三岁以下孩子可以到社区医院做中医保健"), QuoteMatch::Own);
        assert_eq!(quote_match("租房补贴", "提供租房补贴"), QuoteMatch::Own);
        assert_eq!(quote_match(official, "为0-3岁的儿童提供中医调养服务"), QuoteMatch::Near);
        assert_eq!(quote_match(official, "为0-3岁儿童提供中医调养服务。"), QuoteMatch::Own);
        assert_eq!(quote_match("为我省住院分娩出生的新生儿", "为我市住院分娩出生的新生儿"), QuoteMatch::Same);
        assert_eq!(marked("免费教育", "免收教育"), "免[-费-]{+收+}教育");
    }
}
