//! Where the words of a provision and its fields disagree: 2000元 in the words, 1500 in the field; 可以 under `must`.

use std::cmp::Ordering;
use std::ops::Range;

use qingdan_reading::fact::{Ages, What};
use qingdan_reading::read::Reading;
use qingdan_reading::stated::Stated;

use super::reading::{CLAUSE, ages_of, ages_words, kind};
use super::{Offer, Side, Step, Terms, Verdict};
use crate::catalogue::{Access, Strength};
use crate::diagnostic::Message;
use crate::span::Span;
use crate::text;

/// Words and a field that disagree.
#[derive(Clone, Debug)]
pub struct Contradiction {
    /// The axis on which they do.
    pub axis: &'static str,
    /// The part of it, such as the name of a measure.
    pub part: Option<String>,
    /// Whether it is one of numbers, of a denial or of an end: then it is an error.
    pub grave: bool,
    /// The words, as written.
    pub words: String,
    /// Their bytes in the text of the quote.
    pub range: Range<usize>,
    /// What the field says.
    pub declared: Message,
    /// Where the field stands.
    pub at: Option<Span>,
    /// The fact that the words state.
    fact: What,
}

/// Returns where the words of a provision and its fields disagree.
pub fn contradictions(offer: Offer<'_>, reading: &Reading, terms: &Terms<'_>) -> Vec<Contradiction> {
    let mut found = Vec::new();
    denials(offer, reading, &mut found);
    degrees(offer, reading, &mut found);
    ages(offer, reading, &mut found);
    measures(offer, reading, terms, &mut found);
    access(offer, reading, &mut found);
    found
}

/// Returns the facts of the clause itself with their bytes in it.
fn facts(reading: &Reading) -> impl Iterator<Item = (&What, Range<usize>, Range<usize>)> {
    let clause = reading.part(CLAUSE);
    let own = reading.facts.iter().filter(move |fact| clause.contains(&fact.range.start));
    own.map(|fact| (&fact.what, fact.range.clone(), reading.place(fact.range.clone()).1))
}

/// A provision says that something is given; words that say that it is not, or no longer, contradict it.
fn denials(offer: Offer<'_>, reading: &Reading, found: &mut Vec<Contradiction>) {
    for (what, range, bytes) in facts(reading) {
        let axis = match what {
            What::Denied(true) => "negation",
            What::Ends => "ending",
            _ => continue,
        };
        found.push(Contradiction {
            axis,
            part: None,
            grave: true,
            words: reading.phrase(range),
            range: bytes,
            declared: text!("列为一条权益", "it is listed as an entitlement"),
            at: offer.provision.places.get("covers"),
            fact: what.clone(),
        });
    }
}

fn degrees(offer: Offer<'_>, reading: &Reading, found: &mut Vec<Contradiction>) {
    let declared = offer.provision.strength;
    for (what, range, bytes) in facts(reading) {
        let What::Degree(name) = what else { continue };
        let agrees = match name.as_str() {
            // 每次可借10本 says what one gets; 可以 leaves it to the office.
            "permit" => declared != Strength::Must || !reading.phrase(range.clone()).contains("可以"),
            "where-conditions-allow" => declared == Strength::WhereConditionsAllow,
            // 帮助 and 指导 are what many services are.
            "assist" | "attend" => true,
            _ => declared != Strength::Must,
        };
        if !agrees {
            found.push(Contradiction {
                axis: "strength",
                part: None,
                grave: false,
                words: reading.phrase(range),
                range: bytes,
                declared: declared.words(),
                at: offer.provision.places.get("strength"),
                fact: what.clone(),
            });
        }
    }
}

fn ages(offer: Offer<'_>, reading: &Reading, found: &mut Vec<Contradiction>) {
    let own = reading.ages(CLAUSE);
    let Some(declared) = offer.provision.age.map(ages_of) else { return };
    let [(range, said), ..] = own.as_slice() else { return };
    let all: Vec<Ages> = own.iter().map(|(_, ages)| *ages).collect();
    // Words that include more than the field leave nobody out.
    if !Ages::cover(&all, declared) {
        found.push(Contradiction {
            axis: "age",
            part: None,
            grave: true,
            words: reading.words(range.clone()),
            range: reading.place(range.clone()).1,
            declared: ages_words(declared),
            at: offer.provision.places.get("age"),
            fact: What::Age(*said),
        });
    }
}

fn measures(offer: Offer<'_>, reading: &Reading, terms: &Terms<'_>, found: &mut Vec<Contradiction>) {
    for (name, value) in &offer.provision.measures {
        let Some(kind) = kind(name) else { continue };
        let Some(declared) = Stated::read(&value.value, terms.readings.wording()) else { continue };
        let clause = reading.part(CLAUSE);
        let said: Vec<_> =
            reading.measures(kind).filter(|(range, _)| clause.contains(&range.start)).collect();
        let agrees = said.iter().any(|(_, measure)| {
            let own = Stated::from(measure.quantity.clone());
            own.compare(&declared) == Some(Ordering::Equal) || own.is_the_same_but_for_whom(&declared)
        });
        // Of several figures it is unknown which is meant.
        if let ([(range, measure)], false) = (said.as_slice(), agrees) {
            found.push(Contradiction {
                axis: "measure",
                part: Some(name.clone()),
                grave: true,
                words: reading.words((*range).clone()),
                range: reading.place((*range).clone()).1,
                declared: Message { zh: value.value.clone(), en: value.value.clone() },
                at: Some(value.span),
                fact: What::Measure((*measure).clone()),
            });
        }
    }
}

fn access(offer: Offer<'_>, reading: &Reading, found: &mut Vec<Contradiction>) {
    if offer.provision.access != Access::Residence {
        return;
    }
    for (what, range, bytes) in facts(reading) {
        if matches!(what, What::Place(name) if name == "hukou-place") {
            found.push(Contradiction {
                axis: "access",
                part: None,
                grave: false,
                words: reading.phrase(range),
                range: bytes,
                declared: Access::Residence.words(),
                at: offer.provision.places.get("access"),
                fact: what.clone(),
            });
        }
    }
}

/// Returns what contradictions make of a comparison: a question where the words give less than the field, or where
/// that cannot be told. All but numbers is compared by the words themselves.
pub(super) fn steps(offer: Offer<'_>, terms: &Terms<'_>) -> Vec<Step> {
    let reading = terms.readings.of(offer);
    let gives_less = |found: &Contradiction| {
        let (What::Measure(measure), Some(name)) = (&found.fact, &found.part) else {
            return matches!(found.fact, What::Age(_));
        };
        let declared = offer
            .provision
            .measures
            .get(name)
            .and_then(|value| Stated::read(&value.value, terms.readings.wording()));
        let said = Stated::from(measure.quantity.clone());
        let order = declared.and_then(|declared| {
            if terms.order.lists("less-is-better", name) {
                declared.compare_most(&said)
            } else {
                said.compare(&declared)
            }
        });
        order != Some(Ordering::Greater)
    };
    contradictions(offer, &reading, terms).into_iter().filter(gives_less).map(step).collect()
}

fn step(found: Contradiction) -> Step {
    let Contradiction { axis, part, words, declared, at, .. } = found;
    let (zh, en) = (&declared.zh, &declared.en);
    Step {
        axis,
        part,
        verdict: Verdict::NeedsReview,
        baseline: Side::silent(),
        reason: text!(
            "本地原文是“{words}”，填的却是“{zh}”",
            "the words here are “{words}”, while the field says “{en}”"
        ),
        remedy: text!("照原文改填写的内容，或者改原文", "mend the field after the words, or the words"),
        local: Side::plain(words),
        at,
    }
}
