//! What each provision of some lists needs, and which answers speak for it.

use std::collections::{BTreeMap, BTreeSet};

use super::fact::Fact;
use super::need::{Circle, GROWN, Label, Need, Test};
use super::outside::Defined;
use crate::catalogue::{Answer, Catalogue, Place, Question, Strength, Vocabulary, WhoKind};
use crate::compare::Offer;
use crate::date::Date;
use crate::lang::Localized;
use crate::schema::Age;
use crate::span::Spanned;

/// What each provision needs.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    words: &'a Vocabulary,
    /// What audiences are called in the place.
    names: BTreeMap<&'a str, &'a Localized>,
    questions: Vec<&'a Question>,
    /// Every answer with the number of its question, in order.
    answers: Vec<(usize, &'a Answer)>,
    /// Who belongs to a group, by the definitions that hold in the place.
    defined: Defined<'a>,
    pub(super) facts: Vec<Fact>,
    known: BTreeMap<String, usize>,
    needs: Vec<Need<'a>>,
    keys: BTreeMap<String, usize>,
    rows: Vec<Row<'a>>,
}

/// A provision with what it needs.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The provision.
    pub offer: Offer<'a>,
    /// Its needs by number, in the order they are looked at.
    pub needs: Vec<usize>,
    /// Whether those who are grown can have it as well: it is for a stage of education, or for their age.
    pub grown: bool,
    /// The need, among the others, that stands for answers with which one has to ask about it whatever else holds.
    pub asked: Option<usize>,
}

impl<'a> Table<'a> {
    /// Makes the table of some provisions, with the questions, names and definitions of the vocabulary.
    pub fn new(words: &'a Vocabulary, offers: impl IntoIterator<Item = Offer<'a>>) -> Self {
        Self::asking(words, words.situations.iter().collect(), offers)
    }

    /// Makes the table of some provisions, with these questions.
    pub fn asking(
        words: &'a Vocabulary,
        questions: Vec<&'a Question>,
        offers: impl IntoIterator<Item = Offer<'a>>,
    ) -> Self {
        Self::with(words, questions, BTreeMap::new(), Defined(Vec::new()), offers)
    }

    /// Makes the table of the provisions of `groups` in a place, with these questions: audiences have the names they have
    /// there, and answers lie outside a group only by the definitions that hold there on the day.
    pub fn local(
        catalogue: &'a Catalogue,
        place: &Place,
        (questions, groups): (Vec<&'a Question>, impl IntoIterator<Item = &'a str>),
        on: Date,
        offers: impl IntoIterator<Item = Offer<'a>>,
    ) -> Self {
        let words = &catalogue.vocabulary;
        let ids = words.audiences.iter().map(|who| who.id.value.as_str());
        let names = ids.filter_map(|id| Some((id, catalogue.audience_name(place, id)?))).collect();
        let named = words.audiences.iter().filter_map(|who| who.group.as_ref());
        let groups: BTreeSet<&str> =
            groups.into_iter().chain(named.map(|group| group.value.as_str())).collect();
        let said = |group| Some((group, catalogue.definition_of_services(place, group, on)?.what));
        Self::with(words, questions, names, Defined(groups.into_iter().filter_map(said).collect()), offers)
    }

    fn with(
        words: &'a Vocabulary,
        questions: Vec<&'a Question>,
        names: BTreeMap<&'a str, &'a Localized>,
        defined: Defined<'a>,
        offers: impl IntoIterator<Item = Offer<'a>>,
    ) -> Self {
        let numbered = questions.clone().into_iter().enumerate();
        let answers: Vec<(usize, &Answer)> =
            numbered.flat_map(|(at, question)| question.answers.iter().map(move |a| (at, a))).collect();
        let mut table = Self {
            words,
            questions,
            names,
            answers,
            defined,
            facts: Vec::new(),
            known: BTreeMap::new(),
            needs: Vec::new(),
            keys: BTreeMap::new(),
            rows: Vec::new(),
        };
        for offer in offers {
            let needs = table.needs_of(offer);
            let grown = is_for_grown(words, offer);
            let asked = table.keys.get(&asked_key(offer)).copied();
            table.rows.push(Row { offer, needs, grown, asked });
        }
        table
    }

    /// Returns the questions.
    pub fn questions(&self) -> &[&'a Question] {
        &self.questions
    }

    /// Returns every answer with the number of its question.
    pub fn answers(&self) -> &[(usize, &'a Answer)] {
        &self.answers
    }

    /// Tells whether what an answer says of the definition of a group, its note among it, counts in the place.
    pub fn counts_as_outside(&self, answer: usize) -> bool {
        self.defined.has_outside(self.answers[answer].1, self.words)
    }

    /// Returns the number of the answer with this id.
    pub fn answer(&self, id: &str) -> Option<usize> {
        self.answers.iter().position(|(_, answer)| answer.id.value == id)
    }

    /// Returns the needs.
    pub fn needs(&self) -> &[Need<'a>] {
        &self.needs
    }

    /// Returns the provisions.
    pub fn rows(&self) -> &[Row<'a>] {
        &self.rows
    }

    /// Returns the provisions of each service, by number, in order.
    pub fn services(&self) -> Vec<Vec<usize>> {
        let mut services: Vec<Vec<usize>> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let same = |last: &Vec<usize>| std::ptr::eq(self.rows[last[0]].offer.service, row.offer.service);
            match services.last_mut().filter(|last| same(last)) {
                Some(last) => last.push(at),
                None => services.push(vec![at]),
            }
        }
        services
    }

    /// Returns the needs, by number, that only say whom a service is for at large: its population, and what holds
    /// whenever a population does (who came along is a migrant child, who lives here a resident).
    pub(super) fn population_needs(&self) -> Vec<usize> {
        let populations = self.needs.iter().filter(|need| need.circle == Circle::Population);
        let at_large: BTreeSet<usize> = populations.flat_map(|need| need.test.facts()).copied().collect();
        let says_no_more = |need: &Need<'_>| {
            let facts = need.test.facts();
            need.circle == Circle::Narrow
                && !facts.is_empty()
                && facts.iter().all(|fact| at_large.contains(fact))
        };
        let needs = self.needs.iter().enumerate();
        needs
            .filter(|(_, need)| need.circle == Circle::Population || says_no_more(need))
            .map(|(at, _)| at)
            .collect()
    }

    /// Tells whether an answer has to do with a provision: it speaks for the narrowest circle of the
    /// provision or for a condition, or the service is to be looked at first. Answers about age or about the
    /// population at large have to do with too many.
    pub fn is_about(&self, answer: usize, row: &Row<'_>) -> bool {
        let (_, said) = self.answers[answer];
        let supports = |need: &Need<'_>| need.test.is_supported_by(answer, &self.facts);
        if said.see.iter().any(|service| service.value == row.offer.service.id.value) {
            return true;
        }
        if said.time.is_some()
            || self.needs.iter().any(|need| need.circle == Circle::Population && supports(need))
        {
            return false;
        }
        let needs = || row.needs.iter().map(|need| &self.needs[*need]);
        let narrow = needs().any(|need| need.circle == Circle::Narrow);
        needs().any(|need| supports(need) && !(narrow && need.circle == Circle::Stage))
    }

    /// Tells whether a provision asks for nothing beyond its population.
    pub fn is_for_all(&self, row: &Row<'_>) -> bool {
        row.needs.iter().all(|need| self.needs[*need].circle == Circle::Population)
    }

    /// Tells whether some answer speaks for an audience.
    pub fn is_asked(words: &Vocabulary, audience: &str) -> bool {
        let questions = words.situations.iter().enumerate();
        let answers: Vec<(usize, &Answer)> =
            questions.flat_map(|(at, question)| question.answers.iter().map(move |a| (at, a))).collect();
        Fact::of_word(audience, &answers, words, &|_| true).is_asked()
    }

    fn needs_of(&mut self, offer: Offer<'a>) -> Vec<usize> {
        let words = self.words;
        let mut needs = Vec::new();
        needs.extend(offer.age().map(|age| self.age(age)));
        needs.extend(offer.population().map(|id| self.any_of(&[id], Circle::Population)));
        let is = |kind: WhoKind| move |id: &&str| words.audience(id).is_some_and(|who| who.kind == kind);
        let named: Vec<&str> = offer.categories().collect();
        let (qualifiers, alternatives): (Vec<&str>, Vec<&str>) =
            named.iter().partition(|id| is(WhoKind::Qualifier)(id));
        let (stages, categories): (Vec<&str>, Vec<&str>) =
            alternatives.iter().partition(|id| is(WhoKind::Stage)(id));
        let implied =
            |stage: &&str| !categories.is_empty() && categories.iter().all(|id| words.is_within(id, stage));
        if !stages.is_empty() && !stages.iter().any(implied) {
            needs.push(self.any_of(&stages, Circle::Stage));
        }
        if !categories.is_empty() {
            needs.push(self.any_of(&categories, Circle::Narrow));
        }
        needs.extend(qualifiers.iter().rev().map(|id| self.any_of(&[id], Circle::Narrow)));
        let audience = &offer.service.body.audience;
        if named.is_empty() {
            needs.extend(self.conditions(&audience.conditions, Some(&audience.text)));
        }
        needs.extend(self.conditions(&offer.provision.conditions, offer.provision.condition_text.as_ref()));
        let asked = Fact::of_provision(&offer.address(), &self.answers);
        if !asked.doubts.is_empty() {
            let key = asked_key(offer);
            let at = self.fact(key.clone(), |_| asked);
            needs.push(self.need(key, Label::Ask, Test::AnyOf(vec![at]), Circle::Other));
        }
        if matches!(offer.provision.strength, Strength::WhereConditionsAllow | Strength::Encourage) {
            needs.push(self.need("place".to_owned(), Label::Place, Test::AnyOf(Vec::new()), Circle::Other));
        }
        needs
    }

    fn age(&mut self, age: Age) -> usize {
        self.need(format!("age:{age}"), Label::Age(age), Test::of_age(age), Circle::Other)
    }

    fn any_of(&mut self, ids: &[&str], circle: Circle) -> usize {
        let own = |id: &&str| self.names.get(id).copied();
        let name = |id| own(id).or_else(|| self.words.audience(id).map(|who| &who.name));
        let names = ids.iter().filter_map(name).collect();
        let test = Test::AnyOf(ids.iter().map(|id| self.word(id)).collect());
        self.need(format!("who:{}", ids.join("|")), Label::Names(names), test, circle)
    }

    /// Returns the needs of conditions that are printed together as `text`. An answer may fulfil what is
    /// printed; what a list leaves open stays open.
    fn conditions(&mut self, ids: &[Spanned<String>], text: Option<&'a Localized>) -> Vec<usize> {
        let words = self.words;
        let known = ids.iter().filter_map(|id| words.condition(&id.value));
        let (stated, unstated): (Vec<_>, Vec<_>) = known.partition(|condition| condition.stated);
        let mut needs = Vec::new();
        let printed = text.map(|text| (text, Fact::printed(&text.reference().value, &self.answers)));
        match (printed, stated.as_slice()) {
            (_, []) => {}
            (Some((text, fact)), _) if fact.is_asked() => {
                let at = self.fact(format!("printed:{}", text.reference().value), |_| fact);
                let key = format!("if:{}", text.reference().value);
                needs.push(self.need(key, Label::Names(vec![text]), Test::AnyOf(vec![at]), Circle::Other));
            }
            (Some((text, _)), [one]) if unstated.is_empty() => {
                let test = Test::AnyOf(vec![self.word(&one.id.value)]);
                let key = format!("if:{}/{}", one.id.value, text.reference().value);
                needs.push(self.need(key, Label::Names(vec![text]), test, Circle::Other));
            }
            _ => needs.extend(
                stated.iter().map(|one| self.condition(&one.id.value, Label::Names(vec![&one.name]))),
            ),
        }
        needs.extend(unstated.iter().map(|one| self.condition(&one.id.value, Label::Unstated(&one.name))));
        needs
    }

    fn condition(&mut self, id: &str, label: Label<'a>) -> usize {
        let test = Test::AnyOf(vec![self.word(id)]);
        self.need(format!("if:{id}"), label, test, Circle::Other)
    }

    fn need(&mut self, key: String, label: Label<'a>, test: Test, circle: Circle) -> usize {
        if let Some(known) = self.keys.get(&key) {
            return *known;
        }
        self.needs.push(Need { key: key.clone(), label, test, circle });
        self.keys.insert(key, self.needs.len() - 1);
        self.needs.len() - 1
    }

    fn word(&mut self, id: &str) -> usize {
        self.fact(id.to_owned(), |table| {
            Fact::of_word(id, &table.answers, table.words, &|answer| {
                table.defined.is_in_doubt(id, table.answers[answer].1, table.words)
            })
        })
    }

    fn fact(&mut self, key: String, make: impl FnOnce(&Self) -> Fact) -> usize {
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let fact = make(self);
        // Many say the same: who moved here is a newcomer, of a family of newcomers, with such parents.
        let same = self.facts.iter().position(|other| *other == fact);
        let at = same.unwrap_or(self.facts.len());
        if same.is_none() {
            self.facts.push(fact);
        }
        self.known.insert(key, at);
        at
    }
}

/// Returns the key of the need that one has to ask about a provision.
fn asked_key(offer: Offer<'_>) -> String {
    format!("ask:{}", offer.address())
}

/// Tells whether a provision is for those who are grown as well: for a stage of education, an age that goes beyond, or a
/// population whose age does.
fn is_for_grown(words: &Vocabulary, offer: Offer<'_>) -> bool {
    let beyond = |age: Age| i32::from(age.months().1) > GROWN;
    let population = || words.audience(offer.population()?);
    let of_population = || population().and_then(|who| who.age.or(who.usual_age));
    offer.alternatives(words).iter().flatten().any(|id| is_of_stage(words, id))
        || offer.age().or_else(of_population).is_some_and(beyond)
}

/// Tells whether an audience is a stage of education or within one.
fn is_of_stage(words: &Vocabulary, id: &str) -> bool {
    let mut stages = words.audiences.iter().filter(|who| who.kind == WhoKind::Stage);
    stages.any(|stage| words.is_within(id, &stage.id.value))
}
