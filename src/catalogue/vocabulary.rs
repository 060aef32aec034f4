//! `vocabulary/`: the words lists are written with.

use std::collections::{BTreeMap, BTreeSet};

use super::repeated::Repeated;
use super::wording::OwnWording;
use crate::schema::field_type::WordsByLanguage;
pub use crate::schema::tables::{
    AgeBand, Area, Certainty, ColumnMeaning, Condition, Danger, Department, Group, Hotline, NamedBody,
    Phrase, Question, SourcedLine, TableColumn, Term, Who, WhoKind,
};
use crate::schema::{Declared, Fields};
use crate::span::Spanned;

/// All vocabularies, each in the order of its file.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Groups that lists are for.
    pub groups: Vec<Group>,
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
    /// What to do when a child is in danger.
    pub dangers: Dangers,
    /// Groups of everyday words that mean the same.
    pub synonyms: Vec<Words>,
    /// Words of a question that say nothing about what is looked for.
    pub ignored: Words,
    /// Groups of a word that lists have and what people say for it, which a question is read by.
    pub spoken: Vec<Words>,
    /// Words by which official texts are read.
    pub wording: Vec<OwnWording>,
    /// What columns of tables mean, by their headings.
    pub columns: Vec<TableColumn>,
    /// The files (`areas`, `departments` …) of which something could not be used; a finding said why.
    /// A word that is missing there may be that one.
    pub lost: BTreeSet<String>,
}

/// What to do when a child is in danger: the situations, and what holds for all of them.
#[derive(Clone, Debug, Default)]
pub struct Dangers {
    /// The situations; the first is any danger.
    pub all: Vec<Danger>,
    /// What only looks like danger when somebody searches.
    pub except: Words,
    /// Whom else to tell.
    pub tell: Vec<SourcedLine>,
    /// What happens then.
    pub then: Vec<SourcedLine>,
    /// Who has to report it.
    pub report: Vec<SourcedLine>,
}

/// Words by language code, each in the order written.
pub type Words = BTreeMap<String, Vec<Spanned<String>>>;

impl Vocabulary {
    /// Returns the empty vocabulary of a file that could not be used, such as `areas`.
    pub(super) fn lost(file: &str) -> Self {
        Self { lost: BTreeSet::from([file.to_owned()]), ..Self::default() }
    }

    /// Reads one fitted vocabulary file, which holds a list under `key`.
    pub(super) fn decode(key: &str, fields: Fields<'_>) -> Self {
        let mut words = Self::default();
        let lost = match key {
            "groups" => gather(&mut words.groups, fields.decoded(key, Group::decode)),
            "areas" => gather(&mut words.areas, fields.decoded(key, Area::decode)),
            "departments" => gather(&mut words.departments, fields.decoded(key, Department::decode)),
            "audiences" => gather(&mut words.audiences, fields.decoded(key, Who::decode)),
            "conditions" => gather(&mut words.conditions, fields.decoded(key, Condition::decode)),
            "ages" => gather(&mut words.ages, fields.decoded(key, AgeBand::decode)),
            "situations" => gather(&mut words.situations, fields.decoded(key, Question::decode)),
            "terms" => gather(&mut words.terms, fields.decoded(key, Term::decode)),
            "columns" => gather(&mut words.columns, fields.decoded(key, TableColumn::decode)),
            "dangers" => words.read_dangers(fields),
            "synonyms" => words.read_synonyms(fields),
            "wording" => {
                words.wording.push(OwnWording::decode(fields));
                false
            }
            _ => gather(&mut words.hotlines, fields.decoded(key, Hotline::decode)),
        };
        if lost {
            words.lost.insert(key.to_owned());
        }
        words
    }

    /// Reads `dangers.yaml`; tells whether something of it could not be used.
    fn read_dangers(&mut self, fields: Fields<'_>) -> bool {
        let (all, mut lost) = fields.decoded("dangers", Danger::decode);
        let mut lines = |key: &str| {
            let (lines, some_lost) = fields.decoded(key, SourcedLine::decode);
            lost |= some_lost;
            lines
        };
        let (tell, then, report) = (lines("tell"), lines("then"), lines("report"));
        self.dangers = Dangers { all, except: fields.get::<WordsByLanguage>("except"), tell, then, report };
        lost || fields.is_lost("except")
    }

    /// Reads `synonyms.yaml`; tells whether something of it could not be used.
    fn read_synonyms(&mut self, fields: Fields<'_>) -> bool {
        self.synonyms = fields.get::<Vec<WordsByLanguage>>("synonyms");
        self.ignored = fields.get::<WordsByLanguage>("ignored");
        self.spoken = fields.get::<Vec<WordsByLanguage>>("spoken");
        ["synonyms", "ignored", "spoken"].into_iter().any(|key| fields.is_lost(key))
    }

    /// Takes in the words of another file.
    pub(super) fn absorb(&mut self, mut more: Self) {
        self.groups.append(&mut more.groups);
        self.areas.append(&mut more.areas);
        self.departments.append(&mut more.departments);
        self.audiences.append(&mut more.audiences);
        self.conditions.append(&mut more.conditions);
        self.ages.append(&mut more.ages);
        self.situations.append(&mut more.situations);
        self.terms.append(&mut more.terms);
        self.hotlines.append(&mut more.hotlines);
        self.dangers.all.append(&mut more.dangers.all);
        for (language, mut words) in more.dangers.except {
            self.dangers.except.entry(language).or_default().append(&mut words);
        }
        self.dangers.tell.append(&mut more.dangers.tell);
        self.dangers.then.append(&mut more.dangers.then);
        self.dangers.report.append(&mut more.dangers.report);
        self.synonyms.append(&mut more.synonyms);
        self.ignored.append(&mut more.ignored);
        self.spoken.append(&mut more.spoken);
        self.wording.append(&mut more.wording);
        self.columns.append(&mut more.columns);
        self.lost.append(&mut more.lost);
    }

    /// Keeps the first of the words that pages are made for and that share an id; returns the others.
    pub(super) fn drop_repeated(&mut self) -> Vec<Repeated> {
        let mut repeated = Repeated::drop_from(&mut self.areas, |area| &area.id);
        repeated.extend(Repeated::drop_from(&mut self.groups, |group| &group.id));
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
