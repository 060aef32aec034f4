//! How much, how often, for how long, how soon. The rulebook says which measures are better for being more.

use std::cmp::Ordering;

use qingdan_reading::fact::MeasureKind;
use qingdan_reading::frequency::Frequency;
use qingdan_reading::quantity::Bound;
use qingdan_reading::stated::Stated;

use super::{Axis, Compare, Judgement, fee};
use crate::compare::{Offer, Side, Step, Terms};
use crate::diagnostic::Message;
use crate::schema::tables::MEASURES;
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "measure", zh: "标准", en: "measure", compare: Compare::Each(compare) };

fn compare(axis: &Axis, above: Offer<'_>, local: Offer<'_>, terms: &Terms<'_>) -> Vec<Step> {
    let (reading, own) = (terms.readings.of(above), terms.readings.of(local));
    let wording = terms.readings.wording();
    let (baseline, here) = (&above.provision.measures, &local.provision.measures);
    let stated = baseline.keys().filter(|name| *name != fee::MEASURE).filter_map(|name| {
        let (value, baseline) = above.measure(name, &reading, wording)?;
        let here = local.measure(name, &own, wording);
        // Where both say it in words only, and the baseline's field says the same, the words are compared.
        let by_words = here.is_none() || !local.provision.measures.contains_key(name);
        let said =
            baseline.as_ref().and_then(Stated::quantity).is_some_and(|quantity| reading.states(quantity));
        if by_words && said {
            return None;
        }
        let burdens =
            baseline.as_ref().and_then(Stated::quantity).is_some_and(|quantity| reading.burdens(quantity));
        let terms = Comparing { terms, burdens };
        step(axis, name, (&value, baseline), here.as_ref(), terms)
    });
    // A measure that only the baseline's words state is compared here if the list declares it.
    let declared = here.keys().filter(|name| !baseline.contains_key(*name) && *name != fee::MEASURE);
    let declared = declared.filter_map(|name| {
        let Some((value, stated)) = above.measure(name, &reading, wording) else {
            return limit(axis, name, &here[name].value, terms);
        };
        step(
            axis,
            name,
            (&value, stated),
            local.measure(name, &own, wording).as_ref(),
            Comparing { terms, burdens: false },
        )
    });
    stated.chain(declared).collect()
}

/// By what measures are compared: the order of the rulebook, unless the baseline's words say that it is a burden.
#[derive(Clone, Copy)]
struct Comparing<'t, 'a> {
    terms: &'t Terms<'a>,
    burdens: bool,
}

/// Asks about a measure that ends or limits what the baseline leaves open.
fn limit(axis: &Axis, name: &str, value: &str, terms: &Terms<'_>) -> Option<Step> {
    let stated = Stated::read(value, terms.readings.wording());
    let caps =
        stated.as_ref().and_then(Stated::quantity).is_some_and(|quantity| quantity.bound == Bound::Cap);
    if !caps && !terms.order.lists("ends-what-is-open", name) {
        return None;
    }
    let label = label(name);
    let (zh, en) = (label.zh, label.en);
    let judgement = Judgement::open(
        text!("上级没有限定{zh}，本地限定为 {value}", "the baseline sets no {en}; this list sets {value}"),
        text!(
            "超出以后怎么办？请人判断是否低于上级，把结论写进⟦reviews⟧",
            "what happens beyond that? Decide whether it is lower, and record it under ⟦reviews⟧"
        ),
    );
    Some(Step { part: Some(name.to_owned()), ..axis.step(judgement, Side::silent(), Side::plain(value)) })
}

fn step(
    axis: &Axis,
    name: &str,
    (baseline, above): (&str, Option<Stated>),
    own: Option<&(String, Option<Stated>)>,
    comparing: Comparing<'_, '_>,
) -> Option<Step> {
    let Message { zh, en } = label(name);
    let better = |value: &str, own: &Option<Stated>| {
        if value.trim() == baseline.trim() {
            return Some(Ordering::Equal);
        }
        let stated = own.as_ref().zip(above.as_ref());
        oftener(name, baseline, value, comparing)
            .or_else(|| stated.and_then(|(own, above)| better(name, above, own, comparing)))
    };
    let judgement = match own.map(|(value, own)| (value, better(value, own))) {
        Some((_, Some(Ordering::Equal))) => return None,
        Some((own, Some(Ordering::Greater))) => Judgement::higher(text!(
            "{zh}：上级是 {baseline}，本地是 {own}，更高",
            "{en}: {baseline} in the baseline, {own} here, which is better"
        )),
        Some((own, Some(Ordering::Less))) => Judgement::lower(
            text!(
                "{zh}：上级是 {baseline}，本地只有 {own}",
                "{en}: {baseline} in the baseline, only {own} here"
            ),
            text!("改到不低于 {baseline}", "make it no worse than {baseline}"),
        ),
        Some((own, None)) => Judgement::open(
            text!(
                "{zh}：上级是 {baseline}，本地是 {own}，不能换算或不知哪个更高",
                "{en}: {baseline} in the baseline, {own} here, which cannot be converted or ordered"
            ),
            text!(
                "用同样的单位写，或请人判断后把结论写进⟦reviews⟧",
                "write it in the same unit, or decide and record it under ⟦reviews⟧"
            ),
        ),
        None => Judgement::open(
            text!(
                "上级写明{zh} {baseline}，本地没有写",
                "the baseline states the {en}, {baseline}; this list does not"
            ),
            text!(
                "本地的{zh}是多少？写上 ⟦measures:⟧ {{⟦measures/{name}⟧: …}}",
                "what is the {en} here? Write ⟦measures:⟧ {{⟦measures/{name}⟧: …}}"
            ),
        ),
    };
    let local = own.map_or_else(Side::silent, |(value, _)| Side::plain(value));
    Some(Step { part: Some(name.to_owned()), ..axis.step(judgement, Side::plain(baseline), local) })
}

/// Returns how `own` stands to `baseline`, greater being better. `None` if that cannot be told.
fn better(name: &str, baseline: &Stated, own: &Stated, comparing: Comparing<'_, '_>) -> Option<Ordering> {
    let Comparing { terms, burdens } = comparing;
    if burdens || terms.order.lists("less-is-better", name) {
        return own.compare_most(baseline).map(Ordering::reverse);
    }
    let more = own.compare(baseline)?;
    (more == Ordering::Equal || terms.order.lists("more-is-better", name)).then_some(more)
}

/// Returns how a frequency stands to the baseline's where one of them is no number of times: at once, oftener.
fn oftener(name: &str, baseline: &str, own: &str, comparing: Comparing<'_, '_>) -> Option<Ordering> {
    if name != MeasureKind::Frequency.as_str() {
        return None;
    }
    let Comparing { terms, burdens } = comparing;
    let read = |text| Frequency::read(text, terms.readings.wording());
    let order = match (read(own)?, read(baseline)?) {
        (Frequency::Every(_), Frequency::Every(_)) => return None,
        (own, above) => own.compare(&above)?,
    };
    if burdens || terms.order.lists("less-is-better", name) {
        return Some(order.reverse());
    }
    (order == Ordering::Equal || terms.order.lists("more-is-better", name)).then_some(order)
}

fn label(name: &str) -> Message {
    let usual = MEASURES.iter().find(|usual| usual.value == name);
    Message { zh: usual.map_or(name, |usual| usual.zh).to_owned(), en: name.replace('-', " ") }
}
