//! What the words of a provision say, together with its fields: the reading of its clause, with the audience it
//! stands under, and the values that follow where a field says nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use qingdan_reading::fact::{Ages, MeasureKind, What};
use qingdan_reading::library::Library;
use qingdan_reading::read::Reading;
use qingdan_reading::stated::Stated;
use qingdan_reading::wording::Wording;
use rayon::prelude::*;

use super::Offer;
use crate::catalogue::{Catalogue, Provision, WhoKind};
use crate::schema::{Age, AgeBound};

/// How many parts the reading of one provision has.
pub const PARTS: usize = 4;
/// The part of a reading that holds the clause itself.
pub const CLAUSE: usize = 1;
/// The part that holds the audience it stands under.
pub const AUDIENCE: usize = 0;

/// Readings of provisions, made when they are asked for first or before.
#[derive(Clone, Debug)]
pub struct Readings {
    library: Arc<Library>,
    /// By the place of the provision in memory: an adopted one is read once.
    known: BTreeMap<usize, Arc<Reading>>,
}

impl Readings {
    /// Returns readings out of this library, of nothing yet.
    pub fn new(library: Arc<Library>) -> Self {
        Self { library, known: BTreeMap::new() }
    }

    /// Reads every provision of `offers` that is not read yet.
    pub fn learn<'a>(&mut self, offers: impl Iterator<Item = Offer<'a>>) {
        let unknown: Vec<(usize, Offer<'a>)> = offers
            .map(|offer| (key(offer.provision), offer))
            .filter(|(key, _)| !self.known.contains_key(key))
            .collect();
        let library = &self.library;
        let read = unknown.into_par_iter().map(|(key, offer)| (key, read(offer, library)));
        self.known.extend(read.collect::<Vec<_>>());
    }

    /// Returns the reading of a provision.
    pub fn of(&self, offer: Offer<'_>) -> Arc<Reading> {
        let known = self.known.get(&key(offer.provision)).cloned();
        known.unwrap_or_else(|| read(offer, &self.library))
    }

    /// Returns the words it reads by.
    pub fn wording(&self) -> &Wording {
        self.library.words()
    }

    /// Returns the library they come out of.
    pub fn library(&self) -> &Library {
        &self.library
    }
}

fn key(provision: &Provision) -> usize {
    std::ptr::from_ref(provision) as usize
}

/// Reads a provision: its audience, its clause, the printed words of its condition, and its title.
fn read(offer: Offer<'_>, library: &Library) -> Arc<Reading> {
    let body = &offer.service.body;
    let quote = &offer.provision.quote.value;
    let condition = offer.provision.condition_text.as_ref().map(|text| text.reference().value.as_str());
    // What stands in the clause already is not read twice.
    let condition = condition.filter(|condition| !quote.contains(condition)).unwrap_or("");
    library.read_parts(&[
        &body.audience.text.reference().value,
        quote,
        condition,
        &body.title.reference().value,
    ])
}

/// Returns where the other provisions of the same quote have their words, in the characters of the reading.
pub(super) fn others(offer: Offer<'_>, reading: &Reading) -> Vec<Range<usize>> {
    let own = &offer.provision.focus;
    let Some(own) = own else { return Vec::new() };
    let siblings = offer.service.body.provisions.iter().filter(|other| {
        other.quote.value == offer.provision.quote.value && other.id.value != offer.provision.id.value
    });
    let focuses = siblings.filter_map(|other| other.focus.as_ref()).filter(|focus| focus.value != own.value);
    let ranges = focuses.filter_map(|focus| reading.find(CLAUSE, &focus.value));
    // What is meant here as well is not another's.
    let own = reading.find(CLAUSE, &own.value);
    ranges.filter(|range| own.as_ref().is_none_or(|own| !range.contains(&own.start))).collect()
}

/// What an offer says on every axis where fields and words together decide.
impl<'a> Offer<'a> {
    /// Returns the ages it is for: those it states, else those its clause says, else those of its audience.
    pub fn ages(&self, reading: &Reading) -> Vec<Ages> {
        if let Some(age) = self.provision.age {
            return vec![ages_of(age)];
        }
        let own = reading.ages(CLAUSE);
        if !own.is_empty() {
            return own.into_iter().map(|(_, ages)| ages).collect();
        }
        if let Some(age) = self.service.body.audience.age {
            return vec![ages_of(age)];
        }
        reading.ages(AUDIENCE).into_iter().map(|(_, ages)| ages).collect()
    }

    /// Returns the ids of its conditions: those it states, and those of the vocabulary that its words say.
    pub fn all_conditions(&self, reading: &Reading, catalogue: &'a Catalogue) -> BTreeSet<&'a str> {
        let mut ids = self.conditions();
        for fact in &reading.facts {
            if let What::Condition(name, _) = &fact.what {
                ids.extend(catalogue.vocabulary.condition(name).map(|known| known.id.value.as_str()));
            }
        }
        ids
    }

    /// Returns a measure: as stated, else the only one of its kind that its words say.
    pub fn measure(
        &self,
        name: &str,
        reading: &Reading,
        wording: &Wording,
    ) -> Option<(String, Option<Stated>)> {
        if let Some(value) = self.provision.measures.get(name) {
            return Some((value.value.clone(), Stated::read(&value.value, wording)));
        }
        let kind = kind(name)?;
        let mut found =
            reading.measures(kind).filter(|(range, _)| reading.part(CLAUSE).contains(&range.start));
        let (range, measure) = found.next().filter(|_| found.next().is_none())?;
        Some((reading.words(range.clone()), Some(Stated::from(measure.quantity.clone()))))
    }

    /// Tells whether it states for whom it is.
    pub fn states_audience(&self) -> bool {
        let audience = &self.service.body.audience;
        let provision = self.provision;
        provision.population.is_some()
            || audience.population.is_some()
            || !provision.categories.is_empty()
            || !audience.categories.is_empty()
    }
}

/// Returns the kind of measure that a name of a field means.
pub(super) fn kind(name: &str) -> Option<MeasureKind> {
    [
        MeasureKind::Amount,
        MeasureKind::Frequency,
        MeasureKind::Duration,
        MeasureKind::Share,
        MeasureKind::TimeLimit,
    ]
    .into_iter()
    .find(|kind| kind.as_str() == name)
}

/// Returns an age of a field as the reading has them.
pub(super) fn ages_of(age: Age) -> Ages {
    let (from, to) = age.months();
    let below = age.bound == AgeBound::Below;
    let to = (age.bound != AgeBound::From).then_some(u32::from(to));
    Ages { from: Some(u32::from(from)), to, below }
}

/// Returns every audience of the vocabulary of a kind that a reading names.
pub(super) fn named<'a>(
    catalogue: &'a Catalogue,
    reading: &Reading,
    kind: WhoKind,
    wording: &Wording,
) -> BTreeSet<&'a str> {
    let of_kind = catalogue.vocabulary.audiences.iter().filter(|who| who.kind == kind);
    let named = of_kind.filter(|who| reading.says(&who.name.reference().value, wording));
    named.map(|who| who.id.value.as_str()).collect()
}

/// Returns ages as people write them.
pub(super) fn ages_words(ages: Ages) -> crate::diagnostic::Message {
    let years = |months: u32| {
        if months.is_multiple_of(12) {
            (format!("{}岁", months / 12), format!("{}", months / 12))
        } else {
            (format!("{months}个月"), format!("{months} months"))
        }
    };
    match (ages.from.map(years), ages.to.map(years)) {
        (Some((zh, en)), Some((to_zh, to_en))) => crate::text!("{zh}至{to_zh}", "ages {en} to {to_en}"),
        (Some((zh, en)), None) => crate::text!("{zh}以上", "age {en} and over"),
        (None, Some((zh, en))) if ages.below => crate::text!("未满{zh}", "under {en}"),
        (None, Some((zh, en))) => crate::text!("{zh}以下", "up to age {en}"),
        (None, None) => crate::text!("任何年龄", "any age"),
    }
}

/// Returns ages as files write them.
pub(super) fn ages_value(ages: Ages) -> String {
    let whole = ages.from.unwrap_or(0).is_multiple_of(12) && ages.to.is_none_or(|to| to % 12 == 0);
    let number = |months: u32| if whole { months / 12 } else { months };
    let range = match (ages.from, ages.to) {
        (from, Some(to)) => format!("{}-{}", number(from.unwrap_or(0)), number(to)),
        (Some(from), None) => format!("{}+", number(from)),
        (None, None) => String::new(),
    };
    if whole { range } else { format!("{range} months") }
}
