//! The words themselves: the official ones, nearly those, or the list's own.

use similar::{Algorithm, ChangeTag, DiffOp, DiffTag, TextDiff};

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
    let (lost, added) = changes(&a, &b);
    let differing = lost + added;
    // Words put before or after the official ones are the list's own; inside them one or two are a slip.
    let around = a.len() >= 2 && b.first() == a.first() && b.last() == a.last();
    let slip = lost > 0 || (around && added <= 2);
    // One character exchanged is two changes.
    if slip && differing <= 2 && differing * 2 <= a.len() + b.len() {
        QuoteMatch::Near
    } else {
        QuoteMatch::Own
    }
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
    let ops = similar::capture_diff_slices(Algorithm::Myers, a, b);
    let changed = ops.iter().filter(|op| op.tag() != DiffTag::Equal);
    changed.fold((0, 0), |(lost, added), op| (lost + op.old_range().len(), added + op.new_range().len()))
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
    let ops = similar::capture_diff_slices(Algorithm::Myers, &whole(&cell), &whole(&printed));
    // What was put in belongs to the words it touches; what was taken out, to those it was part of.
    let touches = |op: &DiffOp| {
        let old = op.old_range();
        match op.tag() {
            DiffTag::Insert | DiffTag::Replace => old.start <= quote.end && quote.start <= old.end,
            DiffTag::Delete | DiffTag::Equal => old.start < quote.end && quote.start < old.end,
        }
    };
    let touching: Vec<&DiffOp> = ops.iter().filter(|op| touches(op)).collect();
    if touching.iter().all(|op| op.tag() == DiffTag::Equal) {
        return None;
    }
    let bounds = touching.iter().map(|op| match op.tag() {
        DiffTag::Equal => {
            let (old, new) = (op.old_range(), op.new_range());
            let skipped = quote.start.saturating_sub(old.start);
            new.start + skipped..new.end - old.end.saturating_sub(quote.end)
        }
        _ => op.new_range(),
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
    let mut shown = String::new();
    let mut open = ChangeTag::Equal;
    for change in TextDiff::from_chars(old, new).iter_all_changes() {
        if change.tag() != open {
            shown.push_str(closing(open));
            shown.push_str(match change.tag() {
                ChangeTag::Equal => "",
                ChangeTag::Delete => "[-",
                ChangeTag::Insert => "{+",
            });
            open = change.tag();
        }
        shown.push_str(change.value());
    }
    shown.push_str(closing(open));
    shown
}

fn closing(tag: ChangeTag) -> &'static str {
    match tag {
        ChangeTag::Equal => "",
        ChangeTag::Delete => "-]",
        ChangeTag::Insert => "+}",
    }
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
