//! What can my child get? Three questions, one a screen; then services, the likeliest first; then one sheet for paper.
//! Where no script runs, a table of situations leads to the services.

mod places;
mod services;

use serde::Serialize;

use crate::catalogue::{Answer, EditionRef, Place, Question};
use crate::common::{self, AgeOnScale, Band, DisplayText, NamedLink};
use crate::finder::{Label, Table};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::{Address, Facts, Head, View};
use places::CheckPlace;
use services::{CheckBlock, Shelf};

/// The page that finds what a child can get in a place.
#[derive(Clone, Copy, Debug)]
pub struct CheckPage<'a> {
    place: &'a Place,
    /// The first of its lists.
    shown: EditionRef<'a>,
}

impl<'a> KindOfPage<'a> for CheckPage<'a> {
    const NAME: &'static str = "check";
    // One box on the page, and that asks where the child lives: words typed into another would be lost.
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
    questions: Vec<CheckQuestion>,
    services: Vec<CheckBlock>,
    /// What provisions need, in order of their numbers in `table`.
    needs: Vec<CheckNeed>,
    /// The table for the script: numbers only.
    table: String,
    /// Whom the list is for, in the words of its document.
    definition: Option<DisplayText>,
    /// Who comes to see a child and how often.
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
}

#[derive(Serialize)]
struct CheckNeed {
    /// `age`, `names`, `place`, `ask` or `unstated`.
    kind: &'static str,
    age: Option<AgeOnScale>,
    names: Vec<DisplayText>,
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
    let data = CheckData {
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        lists: view.facts().offered(place).into_iter().map(|shown| one_list(view, shown)).collect(),
        places: places::places(view, place),
        questions: questions(view, place, shelf.table),
        services: shelf.blocks(view),
        needs: shelf.table.needs().iter().map(|need| words(view, &need.label)).collect(),
        table: shelf.table.wire().to_string(),
        definition: definition(view, page.shown),
        visits: visits(view, place),
        danger: super::danger_line(view),
        bands: common::bands(view, page.shown, None),
        situations: situations(view, &shelf),
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
    let one = |question: &Question| CheckQuestion {
        id: question.id.value.clone(),
        ask: view.say(&question.ask),
        help: view.say_some(question.help.as_ref()),
        several: question.several,
        ages: question.answers.iter().all(|answer| answer.time.is_some()),
        answers: question
            .answers
            .iter()
            .map(|answer| CheckAnswer {
                id: answer.id.value.clone(),
                name: view.say(&answer.name),
                picture: answer.picture.clone(),
                note: view.say_some(answer.note.as_ref()),
                guide: answer.guide.as_ref().and_then(|name| super::guide::named(view, place, &name.value)),
            })
            .collect(),
    };
    table.questions().iter().map(one).collect()
}

fn words(view: &View<'_>, label: &Label<'_>) -> CheckNeed {
    let named = |kind, names: &[&crate::lang::Localized]| CheckNeed {
        kind,
        age: None,
        names: names.iter().map(|name| view.say(name)).collect(),
    };
    match label {
        Label::Age(age) => {
            CheckNeed { kind: "age", age: Some(common::on_scale(*age, false)), names: Vec::new() }
        }
        Label::Names(names) => named("names", names),
        Label::Unstated(name) => named("unstated", &[name]),
        Label::Place => named("place", &[]),
        Label::Ask => named("ask", &[]),
    }
}

/// Returns whom a list is for as its vocabulary says it: the definition of the population that most of its services name.
fn definition(view: &View<'_>, shown: EditionRef<'_>) -> Option<DisplayText> {
    let population =
        shown.edition.services.iter().find_map(|service| service.body.audience.population.as_ref())?;
    let who = view.catalogue().vocabulary.audience(&population.value)?;
    view.say_some(who.definition.as_ref())
}

/// Returns who comes to see a child, by the newest rule of the place or the nearest above that says so.
fn visits(view: &View<'_>, place: &Place) -> Option<DisplayText> {
    let own = place.rulebook.iter().rev().find_map(|rule| rule.visits.as_ref());
    match own {
        Some(text) => Some(view.say(text)),
        None => visits(view, view.catalogue().parent(&place.path)?),
    }
}

fn situations(view: &View<'_>, shelf: &Shelf<'_>) -> Vec<SituationLine> {
    // Follow-up answers that send nowhere of their own repeat what the matter says.
    let tells =
        |question: usize, answer: &Answer| !shelf.table.questions()[question].more || !answer.see.is_empty();
    let answers = shelf.table.answers().iter().enumerate();
    let answers = answers.filter(|(_, (of, answer))| answer.time.is_none() && tells(*of, answer));
    let lines = answers.map(|(at, (_, answer))| SituationLine {
        name: view.say(&answer.name),
        picture: answer.picture.clone(),
        services: shelf.links(view, &shelf.related(at)),
    });
    lines.filter(|line| !line.services.is_empty()).collect()
}
