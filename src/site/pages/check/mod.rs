//! What can we get? Some questions, one a screen; then services, the likeliest first; then one sheet for paper.
//! Where no script runs, a table of situations leads to the services.

mod places;
mod services;

use serde::Serialize;

use crate::ages::{self, AgeOnScale};
use crate::catalogue::{Answer, EditionRef, Grade, Grading, Place, Question};
use crate::common::{self, Band, DisplayText, NamedLink};
use crate::finder::{Label, Table};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::touch::{self, TouchWords};
use crate::{Address, Facts, Head, View};
use places::CheckPlace;
use services::{CheckBlock, Shelf};

/// The page that finds what can be had in a place.
#[derive(Clone, Copy, Debug)]
pub struct CheckPage<'a> {
    place: &'a Place,
    /// The first of its lists.
    shown: EditionRef<'a>,
}

impl<'a> KindOfPage<'a> for CheckPage<'a> {
    const NAME: &'static str = "check";
    // One box on the page, and that asks where one lives: words typed into another would be lost.
    const POLICY: Policy = Policy { searches: false, ..Policy::ESSENTIAL };

    /// Lists one page for every place that shows a list, if the vocabulary has questions.
    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let asked = facts.places().filter(|_| !facts.catalogue().vocabulary.situations.is_empty());
        asked.map(|(place, shown)| Self { place, shown }).collect()
    }

    fn address(&self) -> Address {
        Address::in_place(&self.place.path, Self::NAME)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Place(self.place, Some(self.shown))
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, *self)
    }
}

/// What the template gets.
#[derive(Serialize)]
struct CheckData {
    place: NamedLink,
    lists: Vec<CheckList>,
    places: Vec<CheckPlace>,
    /// What the place at the top is, as the strings `tier-…` call it.
    top: &'static str,
    /// The screen after the place: the first question, or the result.
    first: String,
    questions: Vec<CheckQuestion>,
    services: Vec<CheckBlock>,
    /// How many of them stand in lists that the place itself published.
    own: usize,
    /// What provisions need, in order of their numbers in `table`.
    needs: Vec<CheckNeed>,
    /// The table for the script: numbers only.
    table: String,
    /// Whom the list is for, in the words of the document that holds here, and that document.
    definition: Option<CheckDefinition>,
    /// Who comes to the door and how often, by grades.
    grades: Vec<GradeTouches>,
    /// The same in one sentence, where there are no grades.
    visits: Option<DisplayText>,
    danger: Option<super::DangerLine>,
    bands: Vec<Band>,
    situations: Vec<SituationLine>,
    /// The services that ask for nothing but the population.
    open: Vec<NamedLink>,
}

/// A list whose services are looked through.
#[derive(Serialize)]
struct CheckList {
    title: DisplayText,
    status: &'static str,
}

#[derive(Serialize)]
struct CheckQuestion {
    id: String,
    ask: DisplayText,
    help: Option<DisplayText>,
    several: bool,
    /// Whether the answers are ages, which are short.
    ages: bool,
    answers: Vec<CheckAnswer>,
}

#[derive(Serialize)]
struct CheckAnswer {
    id: String,
    name: DisplayText,
    picture: Option<String>,
    /// What is said of it beside the result.
    note: Option<DisplayText>,
    /// What to read first with it.
    guide: Option<NamedLink>,
    /// Whether the guide is about children for whom no list here is meant.
    other: bool,
}

#[derive(Serialize)]
struct CheckNeed {
    /// `age`, `names`, `place`, `ask` or `unstated`.
    kind: &'static str,
    age: Option<AgeOnScale>,
    names: Vec<DisplayText>,
}

#[derive(Serialize)]
struct CheckDefinition {
    text: DisplayText,
    document: Option<DisplayText>,
}

#[derive(Serialize)]
struct GradeTouches {
    name: DisplayText,
    touches: Vec<TouchWords>,
}

/// A situation and the services that have to do with it.
#[derive(Serialize)]
struct SituationLine {
    name: DisplayText,
    picture: Option<String>,
    services: Vec<NamedLink>,
}

fn data<'a>(view: &View<'a>, page: CheckPage<'a>) -> (Head, tera::Value) {
    let place = page.place;
    let shelf = Shelf::new(view, place);
    let grades = grades(view, place);
    let first = shelf.table.questions().first();
    let data = CheckData {
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        lists: view.facts().offered(place).into_iter().map(|shown| one_list(view, shown)).collect(),
        places: places::places(view, place),
        top: common::tier_word(view, places::top(view, place)),
        first: first.map_or_else(|| "result".to_owned(), |question| question.id.value.clone()),
        questions: questions(view, place, shelf.table),
        services: shelf.blocks(view),
        own: shelf.own,
        needs: shelf.table.needs().iter().map(|need| words(view, &need.label)).collect(),
        table: shelf.table.wire().to_string(),
        definition: definition(view, page.shown),
        visits: if grades.is_empty() { visits(view, place) } else { None },
        grades,
        danger: super::danger_line(view),
        bands: common::bands(view, page.shown, None),
        situations: situations(view, place, &shelf),
        open: shelf.links(view, &shelf.services_where(|row| shelf.table.is_for_all(row))),
    };
    // The page has no name in the content; the theme has one.
    let head = view.head(Some(place)).crumb(DisplayText { text: String::new(), lang: None, dir: None }, None);
    (head, tera::Value::from_serializable(&data))
}

fn one_list(view: &View<'_>, shown: EditionRef<'_>) -> CheckList {
    CheckList { title: view.say(&shown.edition.title), status: common::status_word(Some(shown)) }
}

fn questions(view: &View<'_>, place: &Place, table: &Table<'_>) -> Vec<CheckQuestion> {
    let catalogue = view.catalogue();
    let words = &catalogue.vocabulary;
    let meant = |answer: &Answer, population: &str| {
        answer.means.iter().chain(&answer.may).any(|word| words.is_within(&word.value, population))
    };
    let is_meant = |answer: &Answer| {
        table.rows().iter().any(|row| row.offer.population().is_some_and(|id| meant(answer, id)))
    };
    let answers = table.answers().iter().enumerate();
    let answer = |question: &Question, at: usize, answer: &Answer| {
        let local = catalogue.local_answer(place, question, answer);
        CheckAnswer {
            id: answer.id.value.clone(),
            name: view.say(local.name),
            picture: answer.picture.clone(),
            note: view.say_some(local.note.filter(|_| table.counts_as_outside(at))),
            guide: answer.guide.as_ref().and_then(|name| super::guide::named(view, place, &name.value)),
            other: answer.guide.is_some() && !is_meant(answer),
        }
    };
    let one = |(number, question): (usize, &&Question)| {
        let local = catalogue.local_question(place, question);
        CheckQuestion {
            id: question.id.value.clone(),
            ask: view.say(local.ask),
            help: view.say_some(local.help),
            several: question.several,
            ages: question.answers.iter().all(|answer| answer.time.is_some()),
            answers: answers
                .clone()
                .filter(|(_, (of, _))| *of == number)
                .map(|(at, (_, own))| answer(question, at, own))
                .collect(),
        }
    };
    table.questions().iter().enumerate().map(one).collect()
}

fn words(view: &View<'_>, label: &Label<'_>) -> CheckNeed {
    let named = |kind, names: &[&crate::lang::Localized]| CheckNeed {
        kind,
        age: None,
        names: names.iter().map(|name| view.say(name)).collect(),
    };
    match label {
        Label::Age(age) => {
            // Only its words are shown, not where it stands.
            CheckNeed { kind: "age", age: Some(ages::on_line(*age, false, &[])), names: Vec::new() }
        }
        Label::Names(names) => named("names", names),
        Label::Unstated(name) => named("unstated", &[name]),
        Label::Place => named("place", &[]),
        Label::Ask => named("ask", &[]),
    }
}

/// Returns whom a list is for: by the definition of its group that holds here, or else as the population that most of its
/// services name is defined.
fn definition(view: &View<'_>, shown: EditionRef<'_>) -> Option<CheckDefinition> {
    let (catalogue, today) = (view.catalogue(), view.facts().analysis.today);
    if let Some(said) = catalogue.definition_of_services(shown.place, shown.group(), today) {
        let document = view.say_some(said.rule.source.as_ref());
        return Some(CheckDefinition { text: view.say(&said.what.text), document });
    }
    let population =
        shown.edition.services.iter().find_map(|service| service.body.audience.population.as_ref())?;
    let text = catalogue.audience_definition(shown.place, &population.value, today)?;
    Some(CheckDefinition { text: view.say(text), document: None })
}

/// Returns who comes by the grades of the lists that a place shows, the mildest grade first: most are in that one.
fn grades(view: &View<'_>, place: &Place) -> Vec<GradeTouches> {
    let today = view.facts().analysis.today;
    let mut gradings: Vec<&Grading> = Vec::new();
    for shown in view.facts().shown(place) {
        let said = view.catalogue().grading(place, shown.group(), today);
        let own = said.map(|said| said.what);
        gradings.extend(own.filter(|own| !gradings.iter().any(|known| std::ptr::eq(*known, *own))));
    }
    let levels = gradings.into_iter().flat_map(|grading| grading.levels.iter().rev());
    let grade = |level: &Grade| GradeTouches {
        name: view.say(&level.name),
        touches: level.visits.iter().map(|visit| touch::words(view, visit)).collect(),
    };
    levels.filter(|level| !level.visits.is_empty()).map(grade).collect()
}

/// Returns who comes to the door, by the newest rule in force of the place or the nearest above that says so.
fn visits(view: &View<'_>, place: &Place) -> Option<DisplayText> {
    let today = view.facts().analysis.today;
    let rule = view.catalogue().rule_on(place, today, |rule| rule.visits.is_some())?;
    view.say_some(rule.visits.as_ref())
}

fn situations(view: &View<'_>, place: &Place, shelf: &Shelf<'_>) -> Vec<SituationLine> {
    // Follow-up answers that send nowhere of their own repeat what the matter says.
    let tells =
        |question: usize, answer: &Answer| !shelf.table.questions()[question].more || !answer.see.is_empty();
    let answers = shelf.table.answers().iter().enumerate();
    let answers = answers.filter(|(_, (of, answer))| answer.time.is_none() && tells(*of, answer));
    let name = |question: usize, answer: &Answer| {
        let question = shelf.table.questions()[question];
        view.say(view.catalogue().local_answer(place, question, answer).name)
    };
    let lines = answers.map(|(at, (of, answer))| SituationLine {
        name: name(*of, answer),
        picture: answer.picture.clone(),
        services: shelf.links(view, &shelf.related(at)),
    });
    lines.filter(|line| !line.services.is_empty()).collect()
}
