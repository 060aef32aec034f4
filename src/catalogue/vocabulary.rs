//! `vocabulary/`: the words lists are written with.

use std::collections::{BTreeMap, BTreeSet};

use super::node::Fields;
use super::place::Tier;
use super::repeated::Repeated;
use super::situation::{self, Question};
use super::wording::OwnWording;
use crate::lang::Localized;
pub use crate::schema::tables::{Certainty, WhoKind};
use crate::schema::{Age, Choices};
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
    /// The questions of the page that finds what a child can get; none where the file is not there.
    pub situations: Vec<Question>,
    /// Glossary.
    pub terms: Vec<Term>,
    /// Telephone lines of national standing.
    pub hotlines: Vec<Hotline>,
    /// Groups of everyday words that mean the same.
    pub synonyms: Vec<Words>,
    /// Words of a question that say nothing about what is looked for.
    pub ignored: Words,
    /// Words by which official texts are read.
    pub wording: Vec<OwnWording>,
    /// The files (`areas`, `departments` …) of which something could not be used; a finding said why.
    /// A word that is missing there may be that one.
    pub lost: BTreeSet<String>,
}

/// Words by language code, each in the order written.
pub type Words = BTreeMap<String, Vec<Spanned<String>>>;

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
    /// The age its definition sets.
    pub age: Option<Age>,
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
    /// Whether a list that sets it says what it asks for.
    pub stated: bool,
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
    /// Ids of the departments whose services it serves.
    pub departments: Vec<Spanned<String>>,
    /// Ids of the areas whose services it serves.
    pub areas: Vec<Spanned<String>>,
}

impl Hotline {
    /// Tells whether it is for every question.
    pub fn is_general(&self) -> bool {
        self.departments.is_empty() && self.areas.is_empty()
    }
}

impl Vocabulary {
    /// Returns the vocabulary of a file, `areas` for example, of which nothing could be used.
    pub(super) fn lost(file: &str) -> Self {
        Self { lost: BTreeSet::from([file.to_owned()]), ..Self::default() }
    }

    /// Reads one fitted vocabulary file, which holds a list under `key`.
    pub(super) fn decode(key: &str, fields: Fields<'_>) -> Self {
        let mut words = Self::default();
        let lost = match key {
            "areas" => gather(&mut words.areas, fields.decoded(key, area)),
            "departments" => gather(&mut words.departments, fields.decoded(key, department)),
            "audiences" => gather(&mut words.audiences, fields.decoded(key, who)),
            "conditions" => gather(&mut words.conditions, fields.decoded(key, condition)),
            "ages" => gather(&mut words.ages, fields.decoded(key, age_band)),
            "situations" => gather(&mut words.situations, fields.decoded(key, situation::question)),
            "terms" => gather(&mut words.terms, fields.decoded(key, term)),
            "synonyms" => words.read_synonyms(fields),
            "wording" => {
                words.wording.push(OwnWording::decode(fields));
                false
            }
            _ => gather(&mut words.hotlines, fields.decoded(key, hotline)),
        };
        if lost {
            words.lost.insert(key.to_owned());
        }
        words
    }

    /// Reads `synonyms.yaml`; tells whether something of it could not be used.
    fn read_synonyms(&mut self, fields: Fields<'_>) -> bool {
        self.synonyms = fields.all_named_lists("synonyms");
        self.ignored = fields.named_lists("ignored");
        fields.lost("synonyms") || fields.lost("ignored")
    }

    /// Takes in the words of another file.
    pub(super) fn absorb(&mut self, mut more: Self) {
        self.areas.append(&mut more.areas);
        self.departments.append(&mut more.departments);
        self.audiences.append(&mut more.audiences);
        self.conditions.append(&mut more.conditions);
        self.ages.append(&mut more.ages);
        self.situations.append(&mut more.situations);
        self.terms.append(&mut more.terms);
        self.hotlines.append(&mut more.hotlines);
        self.synonyms.append(&mut more.synonyms);
        self.ignored.append(&mut more.ignored);
        self.wording.append(&mut more.wording);
        self.lost.append(&mut more.lost);
    }

    /// Keeps the first of the words that pages are made for and that share an id; returns the others.
    pub(super) fn drop_repeated(&mut self) -> Vec<Repeated> {
        let mut repeated = Repeated::drop_from(&mut self.areas, |area| &area.id);
        repeated.extend(Repeated::drop_from(&mut self.departments, |department| &department.id));
        repeated.extend(Repeated::drop_from(&mut self.ages, |band| &band.id));
        repeated
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

    /// Tells whether everybody in the audience `inner` is certainly in `outer`.
    pub fn is_within(&self, inner: &str, outer: &str) -> bool {
        let mut waiting = vec![inner];
        let mut seen = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if id == outer {
                return true;
            }
            if seen.insert(id) {
                let above = self.audience(id).into_iter().flat_map(|who| &who.within);
                waiting.extend(above.map(|id| id.value.as_str()));
            }
        }
        false
    }

    /// Returns the condition with this id.
    pub fn condition(&self, id: &str) -> Option<&Condition> {
        self.conditions.iter().find(|condition| condition.id.value == id)
    }
}

fn gather<T>(words: &mut Vec<T>, (decoded, lost): (Vec<T>, bool)) -> bool {
    *words = decoded;
    lost
}

fn area(f: Fields<'_>) -> Option<Area> {
    Some(Area { id: f.text("id")?, name: f.localized("name")? })
}

fn condition(f: Fields<'_>) -> Option<Condition> {
    Some(Condition {
        id: f.text("id")?,
        name: f.localized("name")?,
        definition: f.localized("definition"),
        stated: !f.truth("unstated"),
    })
}

fn age_band(f: Fields<'_>) -> Option<AgeBand> {
    Some(AgeBand { id: f.text("id")?, name: f.localized("name")?, age: f.age("age")?.value })
}

fn term(f: Fields<'_>) -> Option<Term> {
    Some(Term {
        id: f.text("id")?,
        term: f.localized("term")?,
        definition: f.localized("definition")?,
        source: f.localized("source"),
        note: f.localized("note"),
    })
}

fn hotline(f: Fields<'_>) -> Option<Hotline> {
    Some(Hotline {
        number: f.text("number")?,
        name: f.localized("name")?,
        purpose: f.localized("purpose")?,
        departments: f.texts("departments"),
        areas: f.texts("areas"),
    })
}

fn department(fields: Fields<'_>) -> Option<Department> {
    let counterparts = fields
        .named("counterparts")
        .filter_map(|(key, body)| Some((Tier::named(&key.value)?, named_body(body)?)))
        .collect();
    Some(Department { id: fields.text("id")?, name: fields.localized("name")?, counterparts })
}

/// Reads one counterpart.
pub(super) fn named_body(fields: Fields<'_>) -> Option<NamedBody> {
    Some(NamedBody {
        name: fields.localized("name"),
        full_name: fields.localized("full_name"),
        certainty: fields.choice("status")?,
        source: fields.localized("source"),
        note: fields.localized("note"),
    })
}

fn who(fields: Fields<'_>) -> Option<Who> {
    Some(Who {
        id: fields.text("id")?,
        name: fields.localized("name")?,
        kind: fields.choice("kind")?,
        within: fields.texts("within"),
        age: fields.age("age").map(|age| age.value),
        usual_age: fields.age("usual_age").map(|age| age.value),
        definition: fields.localized("definition"),
        note: fields.localized("note"),
    })
}
