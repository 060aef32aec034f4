//! On which axes provisions are higher or lower than what they were, asked from both sides.

use std::collections::{BTreeMap, BTreeSet};

use super::ChangeKind;
use super::said::{Way, label, other_words, reason, spoken_side, step_of_figures};
use crate::compare::{
    AXES, DEPARTMENTS, Offer, QuoteMatch, Side, Step, Terms, VAGUE, Verdict, WORDING, quote_match, weigh,
    word_on,
};
use crate::diagnostic::Message;

/// A change on one axis.
#[derive(Debug)]
pub(super) struct AxisChange {
    pub kind: ChangeKind,
    pub axis: &'static str,
    pub part: Option<String>,
    pub from: Side,
    pub to: Side,
    pub reason: Message,
}

/// What both askings said on one axis.
struct Moves {
    from: Side,
    to: Side,
    /// What each step said: whether it went up, and whether the fields themselves say so.
    raises: Vec<(bool, bool)>,
    /// Whether it was a question forwards, and backwards.
    open: [bool; 2],
}

/// A step with the direction it was asked in.
type AskedAxis = (Step, bool);

/// What moved, by the place of its axis among [`AXES`], the axis and its part.
type MovesByAxis = BTreeMap<(usize, &'static str, Option<String>), Moves>;

/// Returns on which axes `new` are higher or lower than `old`, in the order of [`AXES`]. What the words say is told
/// where no axis tells it.
pub(super) fn axis_changes(old: &[Offer<'_>], new: &[Offer<'_>], terms: &Terms<'_>) -> Vec<AxisChange> {
    let there = old.iter().flat_map(|a| weigh(*a, new, terms).steps).map(|step| (step, true));
    let back = new.iter().flat_map(|b| weigh(*b, old, terms).steps).map(|step| (step, false));
    let words: Vec<&str> = quotes(old).into_iter().chain(quotes(new)).collect();
    let mut found = MovesByAxis::new();
    // Of what was split one part may be lower: no other part makes up for it.
    let several = old.len() + new.len() > 2;
    let single = |above, local| if several { parts(above, local, terms, &words) } else { Vec::new() };
    let (forwards, backwards) = (single(old, new), single(new, old));
    let forwards = forwards.into_iter().map(|step| (step, true));
    let backwards = backwards.into_iter().map(|step| (step, false));
    for (step, forward) in
        there.chain(back).chain(forwards).chain(backwards).filter_map(|asked| counted(asked, old, new))
    {
        let (axis, part, verdict) = (step.axis, step.part, step.verdict);
        let declared = ![&step.baseline, &step.local].into_iter().any(|side| is_phrase(side, &words));
        let (from, to) = if forward { (step.baseline, step.local) } else { (step.local, step.baseline) };
        let kept = several && is_kept(axis, part.as_deref(), (old, &from), (new, &to));
        if kept || stands_in_both(&from, &to, old, new) {
            continue;
        }
        let place = AXES.iter().position(|known| known.name == axis).unwrap_or(AXES.len());
        let moves = found.entry((place, axis, part)).or_insert_with(|| Moves {
            from: from.clone(),
            to: to.clone(),
            raises: Vec::new(),
            open: [false; 2],
        });
        // What is free without saying so counts as free only as the baseline: either may tell.
        moves.from = said(&moves.from, from, &words);
        moves.to = said(&moves.to, to, &words);
        match verdict {
            Verdict::Exceeded => moves.raises.push((forward, declared)),
            Verdict::Weaker => moves.raises.push((!forward, declared)),
            Verdict::NeedsReview => moves.open[usize::from(forward)] = true,
            Verdict::Met | Verdict::Misquoted | Verdict::Missing => {}
        }
    }
    drop_what_is_told(&mut found);
    found.into_iter().map(|((_, axis, part), moves)| change(axis, part, moves, terms)).collect()
}

/// Drops what another axis tells as well.
fn drop_what_is_told(found: &mut MovesByAxis) {
    let has = |axes: &[&str]| found.keys().any(|(_, axis, _)| axes.contains(axis));
    let limited = has(&["fee", "measure", "age", "audience", "condition"]);
    let measured = found.keys().any(|(_, axis, part)| *axis == "measure" && part.is_some());
    let other = found.keys().any(|(_, axis, _)| *axis != WORDING);
    found.retain(|(_, axis, part), _| match *axis {
        WORDING => !other,
        // An exception in words that a field states as well.
        "exception" => !limited,
        "measure" => part.is_some() || !measured,
        _ => true,
    });
}

/// Tells whether a fee is named on one side only, and not in the clause: what `apply` says of it is not issued.
fn is_only_applied_for(step: &Step, old: &[Offer<'_>], new: &[Offer<'_>]) -> bool {
    let declared = |offer: &Offer<'_>| offer.provision.measures.contains_key("fee");
    let silent = step.baseline.value.is_empty() || step.local.value.is_empty();
    silent && quotes(old) == quotes(new) && !old.iter().chain(new).any(declared)
}

/// Returns where single provisions are higher or lower than others by their fields, on axes on which each has to be good
/// enough for itself.
fn parts(above: &[Offer<'_>], local: &[Offer<'_>], terms: &Terms<'_>, words: &[&str]) -> Vec<Step> {
    const EACH: &[&str] = &["strength", "access", "condition", "fee"];
    let pairs = above.iter().flat_map(|a| local.iter().map(move |b| (*a, *b)));
    let steps = pairs.flat_map(|(a, b)| weigh(a, &[b], terms).steps);
    let is_meant = |step: &Step| {
        EACH.contains(&step.axis)
            && matches!(step.verdict, Verdict::Weaker | Verdict::Exceeded)
            && ![&step.baseline, &step.local].into_iter().any(|side| is_phrase(side, words))
    };
    steps.filter(is_meant).collect()
}

/// Returns the quotes of provisions.
fn quotes<'a>(offers: &[Offer<'a>]) -> Vec<&'a str> {
    offers.iter().map(|offer| offer.provision.quote.value.as_str()).collect()
}

/// Tells whether a side is a stretch of the words, not what a field declares.
fn is_phrase(side: &Side, quotes: &[&str]) -> bool {
    !side.value.is_empty() && quotes.iter().any(|quote| quote.contains(&side.value))
}

/// Returns a step that says that something differs, not only how it is put. Words of which one side is general, and
/// that are other words, are a question.
fn counted((step, forward): AskedAxis, old: &[Offer<'_>], new: &[Offer<'_>]) -> Option<AskedAxis> {
    match step.axis {
        DEPARTMENTS => None,
        "fee" if is_only_applied_for(&step, old, new) => None,
        WORDING => (step.verdict == Verdict::NeedsReview && step.baseline.value != step.local.value)
            .then_some((step, forward)),
        VAGUE => {
            let ([a], [b]) = (old, new) else { return None };
            let (quote, other) = (&a.provision.quote.value, &b.provision.quote.value);
            let alike = [quote_match(quote, other), quote_match(other, quote)];
            let step = Step { axis: WORDING, baseline: Side::silent(), local: Side::silent(), ..step };
            (alike == [QuoteMatch::Own; 2]).then_some((step, forward))
        }
        _ => Some((step, forward)),
    }
}

fn change(axis: &'static str, part: Option<String>, moves: Moves, terms: &Terms<'_>) -> AxisChange {
    let Moves { from, to, raises, open } = moves;
    // Where the fields say which is higher, the words are no question.
    let declared: Vec<bool> = raises.iter().filter(|(_, declared)| *declared).map(|(up, _)| *up).collect();
    let all: Vec<bool> = raises.iter().map(|(up, _)| *up).collect();
    let (raises, open) = if declared.is_empty() { (all, open == [true; 2]) } else { (declared, false) };
    let kind = match (raises.contains(&true), raises.contains(&false)) {
        (true, false) if !open => ChangeKind::Stronger,
        (false, true) if !open => ChangeKind::Weaker,
        _ => ChangeKind::Unclear,
    };
    let wording = terms.readings.wording();
    let (from, to) = (spoken_side(axis, from, wording), spoken_side(axis, to, wording));
    let reason = match axis {
        WORDING => other_words(&from, &to),
        "measure" | "fee" => {
            let way = Way::of(part.as_deref().unwrap_or(axis), kind);
            step_of_figures(&label(axis, part.as_deref()), way, &from, &to)
        }
        _ => reason(&label(axis, part.as_deref()), &from, &to),
    };
    AxisChange { kind, axis, part, from, to, reason }
}

/// Returns the side that says more, of two readings of the same: a field before words, words before silence.
fn said(known: &Side, other: Side, words: &[&str]) -> Side {
    if known.value == other.value {
        return known.clone();
    }
    let rank = |side: &Side| (side.value.is_empty(), is_phrase(side, words), side.value.clone());
    if rank(&other) < rank(known) { other } else { known.clone() }
}

/// Tells whether a step is only about words, and all of them stand on both sides.
fn stands_in_both(from: &Side, to: &Side, old: &[Offer<'_>], new: &[Offer<'_>]) -> bool {
    let (before, now) = (quotes(old), quotes(new));
    let stands = |side: &Side| side.value.is_empty() || (is_phrase(side, &before) && is_phrase(side, &now));
    let silent = from.value.is_empty() && to.value.is_empty();
    !silent && stands(from) && stands(to)
}

/// Tells whether what was split or merged says together what it said before: the same fields on this axis, and words
/// that stand on both sides.
fn is_kept(
    axis: &str,
    part: Option<&str>,
    (old, from): (&[Offer<'_>], &Side),
    (new, to): (&[Offer<'_>], &Side),
) -> bool {
    let (before, now) = (quotes(old), quotes(new));
    let both = |side: &Side, own: &[&str], other: &[&str]| !is_phrase(side, own) || is_phrase(side, other);
    both(from, &before, &now) && both(to, &now, &before) && values(axis, part, old) == values(axis, part, new)
}

/// Returns what the fields of several provisions say on an axis.
fn values(axis: &str, part: Option<&str>, offers: &[Offer<'_>]) -> BTreeSet<String> {
    let ids = |ids: &mut dyn Iterator<Item = &str>| ids.map(str::to_owned).collect::<Vec<_>>();
    let of = |offer: &Offer<'_>| -> Vec<String> {
        let provision = offer.provision;
        match axis {
            "condition" => ids(&mut offer.conditions().into_iter()),
            "age" => offer.age().iter().map(ToString::to_string).collect(),
            "audience" => ids(&mut offer.population().into_iter().chain(offer.categories())),
            "named" => ids(&mut provision.named.iter().map(|name| name.reference().value.as_str())),
            "alternatives" => ids(&mut provision.either_of.iter().map(|_| "either")),
            "measure" => ids(&mut part
                .and_then(|part| provision.measures.get(part))
                .iter()
                .map(|value| value.value.as_str())),
            "fee" => ids(&mut provision.measures.get("fee").iter().map(|value| value.value.as_str())),
            _ => word_on(axis, provision).map(str::to_owned).into_iter().collect(),
        }
    };
    offers.iter().flat_map(of).collect()
}
