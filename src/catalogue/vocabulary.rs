//! `vocabulary/`: the words lists are written with.

use std::collections::BTreeMap;

use super::node::Fields;
use super::place::Tier;
use crate::lang::Localized;
use crate::schema::Age;
use crate::span::Spanned;

/// All vocabularies, each in the order of its file.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Areas of life.
    pub areas: Vec<Area>,
    /// Functions of government.
    pub departments: Vec<Department>,
    /// Who services are for.
    pub audiences: Vec<Who>,
    /// Kinds of condition.
    pub conditions: Vec<Condition>,
    /// Bands of age to choose from.
    pub ages: Vec<AgeBand>,
    /// Glossary.
    pub terms: Vec<Term>,
    /// Telephone lines of national standing.
    pub hotlines: Vec<Hotline>,
}

/// An area of life that services are grouped by.
#[derive(Clone, Debug)]
pub struct Area {
    /// Id.
    pub id: Spanned<String>,
    /// Name.
    pub name: Localized,
}

/// A function of government; who carries it out depends on tier and place.
#[derive(Clone, Debug)]
pub struct Department {
    /// Id of the function.
    pub id: Spanned<String>,
    /// Name of the function.
    pub name: Localized,
    /// Who carries it out at each tier.
    pub counterparts: BTreeMap<Tier, NamedBody>,
    /// Keys of `counterparts` that are no tier.
    pub unknown_tiers: Vec<Spanned<String>>,
}

/// How sure the name of a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Printed in a source.
    Printed,
    /// Concluded from a printed name.
    Inferred,
    /// Nobody has confirmed it.
    ToBeConfirmed,
}

/// A body that carries out a function at one tier or place.
#[derive(Clone, Debug)]
pub struct NamedBody {
    /// Name as printed; may be missing while unconfirmed.
    pub name: Option<Localized>,
    /// Full name.
    pub full_name: Option<Localized>,
    /// How sure it is.
    pub certainty: Certainty,
    /// Where it is printed.
    pub source: Option<Localized>,
    /// A note.
    pub note: Option<Localized>,
}

/// What kind of audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhoKind {
    /// A population.
    Population,
    /// A category of children.
    Category,
    /// A school stage.
    Stage,
}

/// An audience.
#[derive(Clone, Debug)]
pub struct Who {
    /// Id.
    pub id: Spanned<String>,
    /// Name.
    pub name: Localized,
    /// Kind.
    pub kind: WhoKind,
    /// Ids of the audiences that contain it.
    pub within: Vec<Spanned<String>>,
    /// Usual age, for finding only.
    pub usual_age: Option<Age>,
    /// Definition.
    pub definition: Option<Localized>,
    /// Note.
    pub note: Option<Localized>,
}

/// A kind of condition.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Id.
    pub id: Spanned<String>,
    /// Name.
    pub name: Localized,
    /// What it means.
    pub definition: Option<Localized>,
}

/// A band of age.
#[derive(Clone, Debug)]
pub struct AgeBand {
    /// Id, used in addresses.
    pub id: Spanned<String>,
    /// Name.
    pub name: Localized,
    /// Range.
    pub age: Age,
}

/// A glossary entry.
#[derive(Clone, Debug)]
pub struct Term {
    /// Id.
    pub id: Spanned<String>,
    /// The term.
    pub term: Localized,
    /// What it means.
    pub definition: Localized,
    /// Where it comes from.
    pub source: Option<Localized>,
    /// Note.
    pub note: Option<Localized>,
}

/// A telephone line of national standing.
#[derive(Clone, Debug)]
pub struct Hotline {
    /// Number.
    pub number: Spanned<String>,
    /// Name.
    pub name: Localized,
    /// What it is for.
    pub purpose: Localized,
}

impl Vocabulary {
    /// Takes in one fitted vocabulary file; its key tells which.
    pub(super) fn absorb(&mut self, fields: Fields<'_>) {
        self.areas.extend(fields.maps("areas").filter_map(|f| Some(Area { id: f.text("id")?, name: f.localized("name")? })));
        self.departments.extend(fields.maps("departments").filter_map(department));
        self.audiences.extend(fields.maps("audiences").filter_map(who));
        self.conditions.extend(fields.maps("conditions").filter_map(|f| {
            Some(Condition { id: f.text("id")?, name: f.localized("name")?, definition: f.localized("definition") })
        }));
        self.ages.extend(fields.maps("ages").filter_map(|f| {
            Some(AgeBand { id: f.text("id")?, name: f.localized("name")?, age: f.age("age")?.value })
        }));
        self.terms.extend(fields.maps("terms").filter_map(|f| {
            Some(Term {
                id: f.text("id")?,
                term: f.localized("term")?,
                definition: f.localized("definition")?,
                source: f.localized("source"),
                note: f.localized("note"),
            })
        }));
        self.hotlines.extend(fields.maps("hotlines").filter_map(|f| {
            Some(Hotline { number: f.text("number")?, name: f.localized("name")?, purpose: f.localized("purpose")? })
        }));
    }

    /// Returns the area with this id.
    pub fn area(&self, id: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.id.value == id)
    }

    /// Returns the department with this id.
    pub fn department(&self, id: &str) -> Option<&Department> {
        self.departments.iter().find(|department| department.id.value == id)
    }

    /// Returns the audience with this id.
    pub fn audience(&self, id: &str) -> Option<&Who> {
        self.audiences.iter().find(|who| who.id.value == id)
    }

    /// Returns the condition with this id.
    pub fn condition(&self, id: &str) -> Option<&Condition> {
        self.conditions.iter().find(|condition| condition.id.value == id)
    }
}

fn department(fields: Fields<'_>) -> Option<Department> {
    let mut counterparts = BTreeMap::new();
    let mut unknown_tiers = Vec::new();
    for (key, body) in fields.named("counterparts") {
        match (Tier::named(&key.value), named_body(body)) {
            (Some(tier), Some(body)) => drop(counterparts.insert(tier, body)),
            (None, _) => unknown_tiers.push(key.clone()),
            (Some(_), None) => {}
        }
    }
    Some(Department { id: fields.text("id")?, name: fields.localized("name")?, counterparts, unknown_tiers })
}

/// Reads one counterpart.
pub(super) fn named_body(fields: Fields<'_>) -> Option<NamedBody> {
    let certainty = match fields.string("status")?.as_str() {
        "printed" => Certainty::Printed,
        "inferred" => Certainty::Inferred,
        _ => Certainty::ToBeConfirmed,
    };
    Some(NamedBody {
        name: fields.localized("name"),
        full_name: fields.localized("full_name"),
        certainty,
        source: fields.localized("source"),
        note: fields.localized("note"),
    })
}

fn who(fields: Fields<'_>) -> Option<Who> {
    let kind = match fields.string("kind")?.as_str() {
        "population" => WhoKind::Population,
        "stage" => WhoKind::Stage,
        _ => WhoKind::Category,
    };
    Some(Who {
        id: fields.text("id")?,
        name: fields.localized("name")?,
        kind,
        within: fields.texts("within"),
        usual_age: fields.age("usual_age").map(|age| age.value),
        definition: fields.localized("definition"),
        note: fields.localized("note"),
    })
}
