//! The fields of a provision, as far as its words say them; a person looks at them.

use qingdan_reading::against::{Clause, Difference, Respect, Stand, differences};
use qingdan_reading::fact::{Ages, MeasureKind, What};
use qingdan_reading::read::Reading;
use qingdan_reading::wording::Wording;

use super::yaml::{Map, Value};
use crate::catalogue::{Access, Provision, Service, Strength, Vocabulary};

/// What is given, in the order in which words for it count.
const KINDS: [&str; 6] = ["assistance", "fee-exemption", "place", "cash", "in-kind", "information"];

/// What a clause answers, for the words to be read by it.
#[derive(Clone, Copy)]
pub(super) struct Answering<'a> {
    /// The member of an enumeration that is meant, else the clause.
    pub meant: &'a str,
    /// The provision of the baseline, with its service, if there is one.
    pub baseline: Option<(&'a Service, &'a Provision)>,
}

/// Fills in what a clause says. Those words that are meant say what is given, the whole clause the rest.
pub(super) fn fill(
    map: &mut Map,
    clause: &str,
    answering: Answering<'_>,
    (words, wording): (&Vocabulary, &Wording),
) {
    let reading = Reading::new(clause, wording);
    map.zh("plain", clause);
    let other = (answering.meant != clause).then(|| Reading::new(answering.meant, wording));
    let of_meant = other.as_ref().unwrap_or(&reading);
    // What gives the same is not another kind because other words do so.
    let baseline = answering.baseline.map(|(_, provision)| provision);
    let known = baseline.map(|provision| provision.kind.as_str());
    let said = of_meant.kinds(0, wording);
    let kind = known.filter(|known| said.is_empty() || said.contains(known));
    let kind =
        kind.or_else(|| of_meant.kind(0, &KINDS, wording)).or_else(|| reading.kind(0, &KINDS, wording));
    map.text("kind", kind.unwrap_or("service"));
    let differs = answering.baseline.map(|answered| differences_from(answered, &reading, wording));
    let said = Said { reading: &reading, baseline, differs: differs.as_deref(), words, wording };
    map.text("strength", said.strength());
    map.texts("conditions", said.conditions());
    if let [(_, ages)] = reading.ages(0).as_slice() {
        age(*ages).iter().for_each(|age| map.text("age", age));
    }
    map.text("access", said.access());
    said.population().into_iter().for_each(|id| map.text("population", id));
    let mut measures = Map::default();
    let kinds = [
        MeasureKind::Amount,
        MeasureKind::Frequency,
        MeasureKind::Duration,
        MeasureKind::Share,
        MeasureKind::TimeLimit,
    ];
    for kind in kinds {
        let mut found = reading.measures(kind);
        // Of several nobody knows which is meant; and what cannot be held against the baseline's is for people.
        if let (Some((_, measure)), None) = (found.next(), found.next())
            && !said.leaves_open(Respect::Measure, Some(kind.as_str()))
        {
            measures.text(kind.as_str(), &measure.quantity.to_string());
        }
    }
    if !measures.0.is_empty() {
        map.set("measures", Value::Map(measures));
    }
    if reading.is_open() {
        map.text("open_list", "true");
    }
}

/// Returns where a clause differs from the provision that it answers.
fn differences_from(
    (service, provision): (&Service, &Provision),
    reading: &Reading,
    wording: &Wording,
) -> Vec<Difference> {
    let baseline = Reading::new(&provision.quote.value, wording);
    let others = service
        .body
        .provisions
        .iter()
        .filter(|other| other.quote.value == provision.quote.value && other.focus != provision.focus);
    let others: Vec<_> = others.filter_map(|other| baseline.find(0, &other.focus.as_ref()?.value)).collect();
    let above = Clause { others: &others, ..Clause::whole(&baseline) };
    differences(above, Clause::whole(reading), wording)
}

/// What a clause says, by itself or against the provision of the baseline that it answers.
struct Said<'a> {
    reading: &'a Reading,
    baseline: Option<&'a Provision>,
    differs: Option<&'a [Difference]>,
    words: &'a Vocabulary,
    wording: &'a Wording,
}

impl<'a> Said<'a> {
    /// Tells whether it differs from the baseline in a way that people have to look at.
    fn leaves_open(&self, respect: Respect, part: Option<&str>) -> bool {
        let mut found = self.differs.into_iter().flatten();
        found.any(|known| {
            known.respect == respect && known.part.as_deref() == part && known.stand == Stand::Unclear
        })
    }

    /// Returns the names of the facts of one kind that count: all of a clause by itself, else those in which it differs
    /// from the baseline.
    fn named(&self, respect: Respect, of: fn(&What) -> Option<&String>) -> Vec<&'a str> {
        match self.differs {
            None => self.reading.facts.iter().filter_map(|fact| of(&fact.what)).map(String::as_str).collect(),
            Some(differs) => {
                let new = differs.iter().filter(|known| known.respect == respect && known.local.is_some());
                new.filter_map(|known| known.part.as_deref()).collect()
            }
        }
    }

    fn drops(&self, respect: Respect) -> bool {
        let mut found = self.differs.into_iter().flatten();
        found.any(|known| known.respect == respect && known.stand == Stand::Higher && known.local.is_none())
    }

    /// Returns how binding it is.
    fn strength(&self) -> &'static str {
        let degrees =
            self.named(Respect::Degree, |what| if let What::Degree(name) = what { Some(name) } else { None });
        let known =
            self.baseline.filter(|_| !self.drops(Respect::Degree)).map(|provision| provision.strength);
        let mut strength = known.map_or(Strength::Must, |known| known);
        for degree in degrees {
            strength = match degree {
                "where-conditions-allow" => Strength::WhereConditionsAllow,
                // Whether softer words mean less is for people to say, where there is something to hold them against.
                "discretion" | "strive" | "gradual" | "principle" if self.baseline.is_none() => {
                    Strength::WhereConditionsAllow
                }
                "permit" if strength == Strength::Must => Strength::Permit,
                "encourage" | "priority" if strength == Strength::Must && self.baseline.is_none() => {
                    Strength::Permit
                }
                "assist" if strength == Strength::Must => Strength::Assist,
                _ => strength,
            };
        }
        strength.as_str()
    }

    /// Returns where it is given.
    fn access(&self) -> &'static str {
        let places =
            self.named(Respect::Place, |what| if let What::Place(name) = what { Some(name) } else { None });
        let mut places = places.into_iter().filter(|name| ["hukou-place", "either"].contains(name));
        let known = self.baseline.filter(|_| !self.drops(Respect::Place)).map(|provision| provision.access);
        match places.next() {
            Some("either") => "either",
            Some(_) => "hukou-place",
            None => known.unwrap_or(Access::Residence).as_str(),
        }
    }

    /// Returns the ids of the conditions of the vocabulary that it sets, each once. Against a baseline those that are
    /// plain, and those that both set: whether general words ask for more is for people to say.
    fn conditions(&self) -> Vec<&'a str> {
        const PLAIN: [&str; 6] = [
            "local-hukou",
            "residence-permit",
            "residence-time",
            "social-insurance",
            "points",
            "school-record",
        ];
        let new = self.named(Respect::Condition, |what| {
            if let What::Condition(name, _) = what { Some(name) } else { None }
        });
        let mut ids: Vec<&str> = Vec::new();
        for fact in &self.reading.facts {
            let What::Condition(name, _) = &fact.what else { continue };
            let Some(known) = self.words.condition(name) else { continue };
            let both =
                self.baseline.is_none_or(|baseline| baseline.conditions.iter().any(|id| id.value == *name));
            let plain = PLAIN.contains(&name.as_str()) && new.contains(&name.as_str());
            if (both || plain) && !ids.contains(&known.id.value.as_str()) {
                ids.push(&known.id.value);
            }
        }
        ids
    }

    /// Returns for whom it is, where its words name those that the baseline names.
    fn population(&self) -> Option<&'a str> {
        let id = self.baseline?.population.as_ref()?.value.as_str();
        let name = &self.words.audience(id)?.name.reference().value;
        self.reading.names(name, self.wording).then_some(id)
    }
}

/// Returns the ages that a text says, as files write them.
pub(super) fn age_of(text: &str, wording: &Wording) -> Option<String> {
    match Reading::new(text, wording).ages(0).as_slice() {
        [(_, ages)] => age(*ages),
        _ => None,
    }
}

fn age(ages: Ages) -> Option<String> {
    crate::schema::Age::of_months(ages.from, ages.to, ages.below).map(|age| age.to_string())
}

/// Returns the words of an audience that leave people out, if there are some.
pub(super) fn leaves_out(text: &str, wording: &Wording) -> Option<String> {
    let reading = Reading::new(text, wording);
    let out = reading.facts.iter().find(|fact| match &fact.what {
        What::Denied(_) | What::Ends | What::Excepted | What::Restricted | What::Narrower => true,
        What::Condition(name, _) => name == "local-hukou",
        _ => false,
    })?;
    Some(reading.words(out.range.clone()))
}
