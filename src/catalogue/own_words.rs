//! What words mean in a place: its own names and definitions, the definitions of its rulebook, or what the vocabulary says;
//! and how questions are asked there.
//!
//! Of a place and those above it the nearest that says something counts; where one says it both ways, what it says of the
//! word itself. A word that stands for a group which some place defines means nothing where no place at or above does: what
//! the vocabulary says of it is another place's definition.

use std::collections::BTreeSet;

use super::{Answer, Catalogue, InForce, OwnQuestion, Place, PlacePath, Question, Term, Who};
use crate::date::Date;
use crate::lang::Localized;
use crate::schema::tables::Definition;

/// An entry of the glossary as a place has it.
#[derive(Clone, Copy, Debug)]
pub struct LocalTerm<'a> {
    /// The term.
    pub term: &'a Localized,
    /// What it means.
    pub definition: &'a Localized,
    /// Where it comes from.
    pub source: Option<&'a Localized>,
    /// The paragraph there.
    pub paragraph: Option<&'a Localized>,
    /// Note.
    pub note: Option<&'a Localized>,
}

/// A question of the check as a place asks it.
#[derive(Clone, Copy, Debug)]
pub struct LocalQuestion<'a> {
    /// The question.
    pub ask: &'a Localized,
    /// The sentence beneath it.
    pub help: Option<&'a Localized>,
}

/// The words of an answer as a place has them.
#[derive(Clone, Copy, Debug)]
pub struct LocalAnswer<'a> {
    /// The answer.
    pub name: &'a Localized,
    /// What is said once it is chosen.
    pub note: Option<&'a Localized>,
}

impl Catalogue {
    /// Returns how a question is asked in `place`.
    pub fn local_question<'a>(&'a self, place: &Place, question: &'a Question) -> LocalQuestion<'a> {
        let own = || self.own_questions(place, question);
        LocalQuestion {
            ask: own().find_map(|own| own.ask.as_ref()).unwrap_or(&question.ask),
            help: own().find_map(|own| own.help.as_ref()).or(question.help.as_ref()),
        }
    }

    /// Returns what an answer to a question says in `place`.
    pub fn local_answer<'a>(
        &'a self,
        place: &Place,
        question: &'a Question,
        answer: &'a Answer,
    ) -> LocalAnswer<'a> {
        let of_answer = |own: &'a OwnQuestion| Some(&own.answers.get(&answer.id.value)?.1);
        let own = || self.own_questions(place, question).filter_map(of_answer);
        LocalAnswer {
            name: own().find_map(|own| own.name.as_ref()).unwrap_or(&answer.name),
            note: own().find_map(|own| own.note.as_ref()).or(answer.note.as_ref()),
        }
    }

    /// Tells whether `place`, or one above it, leaves a question out.
    pub fn is_left_out(&self, place: &Place, question: &Question) -> bool {
        self.own_questions(place, question).any(|own| own.left_out)
    }

    /// Returns what `place` and those above it say of a question, the nearest first.
    fn own_questions<'a>(
        &'a self,
        place: &Place,
        question: &'a Question,
    ) -> impl Iterator<Item = &'a OwnQuestion> {
        self.upwards(place).filter_map(move |here| Some(&here.situations.get(&question.id.value)?.1))
    }

    /// Returns the glossary of `place` on a day: the vocabulary's in its order, then entries that only places have.
    pub fn glossary<'a>(&'a self, place: &Place, on: Date) -> Vec<LocalTerm<'a>> {
        let known = self.vocabulary.terms.iter().filter_map(|term| self.local_term(place, term, on));
        let mut glossary: Vec<LocalTerm<'a>> = known.collect();
        let mut added: Vec<&str> = Vec::new();
        for here in self.upwards(place) {
            for (id, (_, own)) in &here.terms {
                let is_known = self.vocabulary.terms.iter().any(|term| term.id.value == *id);
                let (Some(term), Some(definition)) = (&own.term, &own.definition) else { continue };
                if is_known || added.contains(&id.as_str()) {
                    continue;
                }
                added.push(id);
                let (source, note) = (own.source.as_ref(), own.note.as_ref());
                glossary.push(LocalTerm { term, definition, source, paragraph: None, note });
            }
        }
        glossary
    }

    fn local_term<'a>(&'a self, place: &Place, term: &'a Term, on: Date) -> Option<LocalTerm<'a>> {
        let id = &term.id.value;
        let own = || self.upwards(place).filter_map(move |here| Some((here, &here.terms.get(id)?.1)));
        let name = own().find_map(|(_, own)| own.term.as_ref()).unwrap_or(&term.term);
        let written = own().find_map(|(here, own)| Some((here, own, own.definition.as_ref()?)));
        let defined = term.group.as_ref().and_then(|group| match term.purpose {
            Some(purpose) => self.definition(place, &group.value, purpose, on),
            None => self.definition_of_services(place, &group.value, on),
        });
        match (written, defined) {
            (Some((here, own, definition)), defined) if is_nearest(here, defined) => {
                let (source, note) = (own.source.as_ref(), own.note.as_ref());
                Some(LocalTerm { term: name, definition, source, paragraph: None, note })
            }
            (_, Some(said)) => Some(LocalTerm {
                term: name,
                definition: &said.what.text,
                source: said.rule.source.as_ref(),
                paragraph: said.what.paragraph.as_ref(),
                note: None,
            }),
            _ if self.is_of_other_places(term.group.as_ref().map(|group| group.value.as_str())) => None,
            _ => Some(LocalTerm {
                term: name,
                definition: &term.definition,
                source: term.source.as_ref(),
                paragraph: None,
                note: term.note.as_ref(),
            }),
        }
    }

    /// Returns the name of an audience in `place`.
    pub fn audience_name<'a>(&'a self, place: &Place, id: &str) -> Option<&'a Localized> {
        let known = self.vocabulary.audience(id)?;
        let own = self.upwards(place).find_map(|here| here.audiences.get(id)?.1.name.as_ref());
        Some(own.unwrap_or(&known.name))
    }

    /// Returns the definition of an audience in `place` on a day.
    pub fn audience_definition<'a>(&'a self, place: &Place, id: &str, on: Date) -> Option<&'a Localized> {
        let known = self.vocabulary.audience(id)?;
        let own =
            self.upwards(place).find_map(|here| Some((here, here.audiences.get(id)?.1.definition.as_ref()?)));
        let group = known.group.as_ref().map(|group| group.value.as_str());
        let defined = group.and_then(|group| self.definition_of_services(place, group, on));
        match (own, defined) {
            (Some((here, definition)), defined) if is_nearest(here, defined) => Some(definition),
            (_, Some(said)) => Some(&said.what.text),
            _ if self.is_of_other_places(group) => None,
            _ => known.definition.as_ref(),
        }
    }

    /// Returns what a group is called in `place`: as the audience that it is, by its name in the vocabulary, or else as a list for it.
    pub fn group_name<'a>(&'a self, place: &Place, group: &str) -> Option<&'a Localized> {
        let is_it = |who: &&Who| who.group.as_ref().is_some_and(|known| known.value == group);
        if let Some(who) = self.vocabulary.audiences.iter().find(is_it) {
            return self.audience_name(place, &who.id.value);
        }
        if let Some(known) = self.vocabulary.group(group) {
            return Some(&known.name);
        }
        let list = self.upwards(place).find_map(|here| here.lists.get(group));
        list.and_then(|list| list.editions.last()).map(|edition| &edition.title)
    }

    /// Returns the groups there are: those of lists, those that audiences are, and those of the vocabulary.
    pub fn groups(&self) -> BTreeSet<&str> {
        let lists = self.places.values().flat_map(|place| place.lists.keys());
        let audiences = self.vocabulary.audiences.iter().filter_map(|who| who.group.as_ref());
        let named = self.vocabulary.groups.iter().map(|group| group.id.value.as_str());
        lists.map(String::as_str).chain(audiences.map(|group| group.value.as_str())).chain(named).collect()
    }

    /// Tells whether some place defines a group, so that what the vocabulary says of it is that place's.
    fn is_of_other_places(&self, group: Option<&str>) -> bool {
        group.is_some_and(|group| self.defined.contains(group))
    }
}

/// Tells whether a place is at least as near as the one whose rulebook defines something.
fn is_nearest(here: &Place, defined: Option<InForce<'_, Definition>>) -> bool {
    let depth = |path: &PlacePath| path.as_str().split('/').count();
    defined.is_none_or(|said| depth(&here.path) >= depth(&said.place.path))
}
