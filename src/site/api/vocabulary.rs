//! The words that documents name by their ids.

use schemars::JsonSchema;
use serde::Serialize;

use super::edition::NamedId;
use super::service::AgeRange;
use super::texts::{Day, Link};
use super::{ApiDocument, ApiRoute, Source, Texts, Word};
use crate::catalogue::{self, WhoKind};

/// The words that documents name by their ids.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Words {
    #[serde(rename = "self")]
    pub(crate) link: Link,
    /// Groups that lists are for.
    pub(crate) groups: Vec<NamedId>,
    /// Areas of life that services are grouped by, in order.
    pub(crate) areas: Vec<NamedId>,
    /// Functions of government; who carries one out depends on the place.
    pub(crate) departments: Vec<NamedId>,
    /// Who services are for.
    pub(crate) audiences: Vec<Audience>,
    /// Conditions that provisions set.
    pub(crate) conditions: Vec<Condition>,
    /// Bands of age to choose from.
    pub(crate) ages: Vec<AgeBand>,
    /// Words explained.
    pub(crate) terms: Vec<Term>,
    /// Telephone lines.
    pub(crate) hotlines: Vec<Hotline>,
    /// What to do when a child is in danger; the first is any danger.
    pub(crate) dangers: Vec<Danger>,
}

/// A population, a category of it, a stage of school.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Audience {
    pub(crate) id: String,
    pub(crate) name: Texts,
    pub(crate) kind: Word<WhoKind>,
    /// The audiences that contain it.
    pub(crate) within: Vec<String>,
    /// The age its definition sets.
    pub(crate) age: Option<AgeRange>,
    pub(crate) definition: Option<Texts>,
}

/// A kind of condition.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Condition {
    pub(crate) id: String,
    pub(crate) name: Texts,
    pub(crate) definition: Option<Texts>,
}

/// A band of age.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AgeBand {
    pub(crate) id: String,
    pub(crate) name: Texts,
    pub(crate) age: AgeRange,
}

/// A word explained.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Term {
    pub(crate) id: String,
    pub(crate) term: Texts,
    pub(crate) definition: Texts,
    pub(crate) source: Option<Texts>,
}

/// A telephone line.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Hotline {
    pub(crate) number: String,
    pub(crate) name: Texts,
    /// What it is for.
    pub(crate) purpose: Texts,
    /// The document that says so.
    pub(crate) source: Option<Texts>,
    /// The day it was looked at, where it is general knowledge.
    pub(crate) looked_at: Option<Day>,
}

/// A way in which a child can be in danger.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Danger {
    pub(crate) id: String,
    pub(crate) name: Texts,
    /// Numbers to call, the first to dial first.
    pub(crate) call: Vec<String>,
    pub(crate) note: Option<Texts>,
    pub(crate) source: Texts,
    pub(crate) looked_at: Option<Day>,
}

impl ApiDocument for Words {
    const PATH: &'static str = "vocabulary.json";
    const ABOUT: &'static str =
        "The words that documents name by their ids, hotlines, and what to do in danger";

    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)> {
        let at = ApiRoute::vocabulary();
        let link = Link(source.link(&at.route(), &at.route()));
        vec![(at, of(link, &source.map.facts.catalogue().vocabulary))]
    }
}

fn of(link: Link, words: &catalogue::Vocabulary) -> Words {
    let named = |id: &str, name| NamedId { id: id.to_owned(), name: Texts::from(name) };
    Words {
        link,
        groups: words.groups.iter().map(|known| named(&known.id.value, &known.name)).collect(),
        areas: words.areas.iter().map(|known| named(&known.id.value, &known.name)).collect(),
        departments: words.departments.iter().map(|known| named(&known.id.value, &known.name)).collect(),
        audiences: words.audiences.iter().map(Audience::from).collect(),
        conditions: words.conditions.iter().map(Condition::from).collect(),
        ages: words.ages.iter().map(AgeBand::from).collect(),
        terms: words.terms.iter().map(Term::from).collect(),
        hotlines: words.hotlines.iter().map(Hotline::from).collect(),
        dangers: words.dangers.all.iter().map(Danger::from).collect(),
    }
}

impl From<&catalogue::Who> for Audience {
    fn from(who: &catalogue::Who) -> Self {
        Self {
            id: who.id.value.clone(),
            name: Texts::from(&who.name),
            kind: Word(who.kind),
            within: who.within.iter().map(|id| id.value.clone()).collect(),
            age: who.age.map(AgeRange::from),
            definition: Texts::some(who.definition.as_ref()),
        }
    }
}

impl From<&catalogue::Condition> for Condition {
    fn from(condition: &catalogue::Condition) -> Self {
        Self {
            id: condition.id.value.clone(),
            name: Texts::from(&condition.name),
            definition: Texts::some(condition.definition.as_ref()),
        }
    }
}

impl From<&catalogue::AgeBand> for AgeBand {
    fn from(band: &catalogue::AgeBand) -> Self {
        Self { id: band.id.value.clone(), name: Texts::from(&band.name), age: AgeRange::from(band.age) }
    }
}

impl From<&catalogue::Term> for Term {
    fn from(term: &catalogue::Term) -> Self {
        Self {
            id: term.id.value.clone(),
            term: Texts::from(&term.term),
            definition: Texts::from(&term.definition),
            source: Texts::some(term.source.as_ref()),
        }
    }
}

impl From<&catalogue::Hotline> for Hotline {
    fn from(line: &catalogue::Hotline) -> Self {
        Self {
            number: line.number.value.clone(),
            name: Texts::from(&line.name),
            purpose: Texts::from(&line.purpose),
            source: Texts::some(line.source.as_ref()),
            looked_at: line.looked_at.as_ref().map(|day| Day(day.value)),
        }
    }
}

impl From<&catalogue::Danger> for Danger {
    fn from(danger: &catalogue::Danger) -> Self {
        Self {
            id: danger.id.value.clone(),
            name: Texts::from(&danger.name),
            call: danger.call.iter().map(|number| number.value.clone()).collect(),
            note: Texts::some(danger.note.as_ref()),
            source: Texts::from(&danger.source),
            looked_at: danger.looked_at.as_ref().map(|day| Day(day.value)),
        }
    }
}
