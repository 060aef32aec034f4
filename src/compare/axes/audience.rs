//! For whom: populations contain each other, categories are alternatives and so are school stages,
//! qualifiers must all hold.

use std::collections::BTreeSet;

use super::{Axis, Compare};
use crate::compare::offer::listed;
use crate::compare::{Offer, Side, Step, Terms, Verdict};
use crate::diagnostic::Message;
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "audience", zh: "对象", en: "audience", compare: Compare::Together(compare) };

/// How one local audience stands to the baseline's, categories aside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Equal,
    Wider,
    Narrower,
    Unclear,
}

fn compare(axis: &Axis, above: Offer<'_>, local: &[Offer<'_>], terms: &Terms<'_>) -> Vec<Step> {
    let words = &terms.catalogue.vocabulary;
    let reaches: Vec<Reach> = local.iter().map(|offer| reach(above, *offer, terms)).collect();
    let lost: Vec<Vec<&str>> = above
        .kinds_of_children(words)
        .into_iter()
        .filter(|children| !local.iter().any(|offer| covers(above, *offer, children, terms)))
        .collect();
    let (baseline, here) = (side(&[above], terms), side(local, terms));
    let (zh, en, own_zh, own_en) = (&baseline.words.zh, &baseline.words.en, &here.words.zh, &here.words.en);
    let (verdict, reason, remedy) = if lost.is_empty() {
        let mut named = local.iter().flat_map(|offer| offer.kinds_of_children(words));
        let names_more = named.any(|children| !above.names(&children, words));
        if !names_more && !reaches.contains(&Reach::Wider) {
            return Vec::new();
        }
        (
            Verdict::Exceeded,
            text!(
                "上级的对象是{zh}，本地是{own_zh}，范围更大",
                "the baseline is for {en}; this list is for {own_en}, which is wider"
            ),
            text!("不用改", "nothing to mend"),
        )
    } else if reaches.iter().all(|reach| matches!(reach, Reach::Equal | Reach::Wider | Reach::Narrower)) {
        let Message { zh: lost_zh, en: lost_en } = names_of(&lost, terms);
        let reason = if lost_zh.is_empty() || reaches.contains(&Reach::Narrower) {
            text!(
                "上级的对象是{zh}，本地只有{own_zh}",
                "the baseline is for {en}; this list is for {own_en} only"
            )
        } else {
            text!("上级的对象里有{lost_zh}，本地没有", "the baseline is for {lost_en} too; this list is not")
        };
        (Verdict::Weaker, reason, text!("把对象扩大到{zh}", "widen it to {en}"))
    } else {
        (
            Verdict::NeedsReview,
            text!(
                "上级的对象是{zh}，本地是{own_zh}，谁包含谁看不出来",
                "the baseline is for {en}, this list for {own_en}; which contains which cannot be told"
            ),
            text!(
                "写明对象（⟦population⟧、⟦categories⟧），或在 vocabulary/audiences.yaml 里写明包含关系；也可以请人判断，把结论写进⟦reviews⟧",
                "state the audience (⟦population⟧, ⟦categories⟧), or say in vocabulary/audiences.yaml which contains which; or decide and record it under ⟦reviews⟧"
            ),
        )
    };
    vec![Step { axis: axis.name, part: None, verdict, baseline, local: here, reason, remedy }]
}

/// Tells whether `local` is for everybody of the baseline who is of this kind.
pub(super) fn covers(above: Offer<'_>, local: Offer<'_>, children: &[&str], terms: &Terms<'_>) -> bool {
    let reach = reach(above, local, terms);
    matches!(reach, Reach::Equal | Reach::Wider) && local.names(children, &terms.catalogue.vocabulary)
}

/// Names kinds of children: 孤儿、学前教育阶段的残疾儿童 as 孤儿、学前教育 + 残疾儿童.
fn names_of(kinds: &[Vec<&str>], terms: &Terms<'_>) -> Message {
    let joined = |children: &Vec<&str>| {
        let (zh, en): (Vec<String>, Vec<String>) =
            children.iter().map(|id| terms.audience(id)).map(|name| (name.zh, name.en)).unzip();
        Message { zh: zh.join(" + "), en: en.join(" + ") }
    };
    listed(kinds.iter().map(joined))
}

fn reach(above: Offer<'_>, local: Offer<'_>, terms: &Terms<'_>) -> Reach {
    let words = &terms.catalogue.vocabulary;
    let populations = match (above.population(), local.population()) {
        (Some(a), Some(b)) if a == b => Reach::Equal,
        (None, None) => Reach::Equal,
        (Some(a), Some(b)) if words.is_within(a, b) => Reach::Wider,
        (Some(a), Some(b)) if words.is_within(b, a) => Reach::Narrower,
        _ => Reach::Unclear,
    };
    let (a, b) = (above.qualifiers(words), local.qualifiers(words));
    // A qualifier that another one contains is asked for already.
    let all_in = |ids: &BTreeSet<&str>, known: &BTreeSet<&str>| {
        ids.iter().all(|id| known.iter().any(|narrower| words.is_within(narrower, id)))
    };
    // So is one that everybody of the population fulfils.
    let asked: BTreeSet<&str> = a.iter().copied().chain(above.population()).collect();
    let (added, dropped) = (!all_in(&b, &asked), !all_in(&a, &b));
    match populations {
        _ if added && populations != Reach::Unclear => Reach::Narrower,
        Reach::Equal if dropped => Reach::Wider,
        other => other,
    }
}

fn side(offers: &[Offer<'_>], terms: &Terms<'_>) -> Side {
    let words = &terms.catalogue.vocabulary;
    let ids = |offer: &Offer<'_>| {
        let categories =
            offer.qualifiers(words).into_iter().chain(offer.alternatives(words).into_iter().flatten());
        offer.population().into_iter().chain(categories).map(str::to_owned).collect::<Vec<_>>()
    };
    let ids: BTreeSet<Vec<String>> = offers.iter().map(ids).collect();
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    if ids.is_empty() {
        return Side { value: String::new(), words: text!("没有写明的对象", "nobody it names") };
    }
    Side { value: ids.join(", "), words: listed(ids.iter().map(|id| terms.audience(id))) }
}
