//! For whom: populations contain each other, categories are alternatives and so are school stages,
//! qualifiers must all hold.

use std::collections::BTreeSet;

use super::{Axis, Compare, Judgement};
use crate::catalogue::WhoKind;
use crate::compare::offer::listed;
use crate::compare::reading::named;
use crate::compare::{Offer, Side, Step, Terms};
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
    if !local.is_empty() && local.iter().all(|offer| !offer.states_audience()) {
        return by_words(axis, above, local, terms);
    }
    let words = &terms.catalogue.vocabulary;
    let reaches: Vec<Reach> = local.iter().map(|offer| reach(above, *offer, terms)).collect();
    let lost: Vec<Vec<&str>> = above
        .kinds_of_children(words)
        .into_iter()
        .filter(|children| !local.iter().any(|offer| covers(above, *offer, children, terms)))
        .collect();
    if lost.is_empty() {
        let mut named = local.iter().flat_map(|offer| offer.kinds_of_children(words));
        let names_more = named.any(|children| !above.names(&children, words));
        if let [step] = by_words(axis, above, local, terms).as_slice() {
            return vec![step.clone()];
        }
        if !names_more && !reaches.contains(&Reach::Wider) {
            return Vec::new();
        }
    }
    let (baseline, here) = (side(&[above], terms), side(local, terms));
    let (zh, en, own_zh, own_en) = (&baseline.words.zh, &baseline.words.en, &here.words.zh, &here.words.en);
    let judgement = if lost.is_empty() {
        Judgement::higher(text!(
            "上级的对象是{zh}，本地是{own_zh}，范围更大",
            "the baseline is for {en}; this list is for {own_en}, which is wider"
        ))
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
        Judgement::lower(reason, text!("把对象扩大到{zh}", "widen it to {en}"))
    } else {
        unclear(&baseline.words, &here.words)
    };
    vec![axis.step(judgement, baseline, here)]
}

/// Says that neither audience is known to contain the other.
fn unclear(baseline: &Message, own: &Message) -> Judgement {
    let (zh, en, own_zh, own_en) = (&baseline.zh, &baseline.en, &own.zh, &own.en);
    Judgement::open(
        text!(
            "上级的对象是{zh}，本地是{own_zh}，谁包含谁看不出来",
            "the baseline is for {en}, this list for {own_en}; which contains which cannot be told"
        ),
        text!(
            "写明对象（⟦population⟧、⟦categories⟧），或在 vocabulary/audiences.yaml 里写明包含关系；也可以请人判断，把结论写进⟦reviews⟧",
            "state the audience (⟦population⟧, ⟦categories⟧), or say in vocabulary/audiences.yaml which contains which; or decide and record it under ⟦reviews⟧"
        ),
    )
}

/// Compares audiences that no field states: those the baseline names have to be named, or all children.
fn by_words(axis: &Axis, above: Offer<'_>, local: &[Offer<'_>], terms: &Terms<'_>) -> Vec<Step> {
    let words = &terms.catalogue.vocabulary;
    let readings: Vec<_> = local.iter().map(|offer| terms.readings.of(*offer)).collect();
    let says = |id: &str| {
        let name = words.audience(id).map_or(id, |who| who.name.reference().value.as_str());
        readings.iter().any(|reading| reading.says(name, terms.readings.wording()))
    };
    let [_, others] = above.alternatives(words);
    // Each group the baseline names has to be named here, too, unless this list speaks of children in general.
    let lost: Vec<&str> = others.into_iter().filter(|id| !says(id)).collect();
    let narrower = || {
        let here: BTreeSet<&str> = readings
            .iter()
            .flat_map(|reading| named(terms.catalogue, reading, WhoKind::Category, terms.readings.wording()))
            .filter(|id| !above.categories().any(|known| known == *id))
            .collect();
        !here.is_empty()
    };
    // Where fields say for whom, words that name some of them and not the others say otherwise.
    let stated = local.iter().any(|offer| offer.states_audience());
    let some_named = above.alternatives(words)[1].iter().any(|id| says(id)) || (!stated && narrower());
    let speaks = stated || readings.iter().any(|reading| reading.names_persons());
    let lost: Vec<Vec<&str>> =
        if some_named { lost.into_iter().map(|id| vec![id]).collect() } else { Vec::new() };
    if lost.is_empty() && speaks {
        return Vec::new();
    }
    let (baseline, here) = (side(&[above], terms), side(local, terms));
    let (zh, en) = (&baseline.words.zh, &baseline.words.en);
    let Message { zh: lost_zh, en: lost_en } = names_of(&lost, terms);
    let reason = if lost.is_empty() {
        text!("上级的对象是{zh}，本地没有写给谁", "the baseline is for {en}; this list does not say for whom")
    } else {
        text!(
            "上级的对象里有{lost_zh}，本地没有提到",
            "the baseline is for {lost_en} too, whom this list does not name"
        )
    };
    let remedy =
        text!("写明对象（⟦population⟧、⟦categories⟧）", "state the audience (⟦population⟧, ⟦categories⟧)");
    vec![axis.step(Judgement::open(reason, remedy), baseline, here)]
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
    if !local.states_audience() {
        return Reach::Equal;
    }
    let words = &terms.catalogue.vocabulary;
    let populations = match (above.population(), local.population()) {
        (Some(a), Some(b)) if a == b => Reach::Equal,
        (None, None) => Reach::Equal,
        (Some(a), Some(b)) if words.is_within(a, b) => Reach::Wider,
        (Some(a), Some(b)) if words.is_within(b, a) => Reach::Narrower,
        // What no field states is taken from the words.
        (Some(a), None) if names(local, a, terms) => Reach::Equal,
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

/// Tells whether the words of a provision, or those of its audience, name an audience.
fn names(offer: Offer<'_>, id: &str, terms: &Terms<'_>) -> bool {
    let who = terms.catalogue.vocabulary.audience(id);
    let reading = terms.readings.of(offer);
    who.is_some_and(|who| reading.says(&who.name.reference().value, terms.readings.wording()))
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
