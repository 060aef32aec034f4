//! What can my child get? The questions, what each provision needs, and a table for where no script runs.

use serde::Serialize;

use crate::catalogue::{Access, EditionRef, Place, Service, Strength};
use crate::common::{self, AgeOnScale, Band, DisplayText, NamedLink};
use crate::finder::{self, Label, Table};
use crate::front_desk;
use crate::kind::{KindOfPage, Policy, Subject};
use crate::{Address, Facts, Head, View};

/// The page that finds what a child can get in a place.
#[derive(Clone, Copy, Debug)]
pub struct CheckPage<'a> {
    place: &'a Place,
    /// The first of its lists.
    shown: EditionRef<'a>,
}

impl<'a> KindOfPage<'a> for CheckPage<'a> {
    const NAME: &'static str = "check";
    const POLICY: Policy = Policy::ESSENTIAL;

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
    questions: Vec<CheckQuestion>,
    services: Vec<CheckBlock>,
    /// What provisions need, in order of their numbers in `table`.
    needs: Vec<CheckNeed>,
    /// The table for the script: numbers only.
    table: String,
    bands: Vec<Band>,
    situations: Vec<SituationLine>,
    /// The services that ask for nothing but the population.
    open: Vec<NamedLink>,
}

#[derive(Serialize)]
struct CheckQuestion {
    ask: DisplayText,
    help: Option<DisplayText>,
    several: bool,
    /// Whether the answers are ages, which are short.
    ages: bool,
    answers: Vec<CheckAnswer>,
}

#[derive(Serialize)]
struct CheckAnswer {
    /// Its number among all answers.
    n: usize,
    name: DisplayText,
    /// What shows once it is chosen.
    note: Option<DisplayText>,
}

/// A service with its provisions.
#[derive(Serialize)]
struct CheckBlock {
    title: DisplayText,
    href: String,
    /// The list it stands in, where the place shows several.
    list: Option<DisplayText>,
    /// Whom to ask.
    desk: Option<front_desk::DeskName>,
    provisions: Vec<CheckItem>,
}

#[derive(Serialize)]
struct CheckItem {
    plain: DisplayText,
    /// The string that says where or how, if that is worth saying.
    note: Option<String>,
}

#[derive(Serialize)]
struct CheckNeed {
    age: Option<AgeOnScale>,
    names: Vec<DisplayText>,
}

/// A situation and the services that have to do with it.
#[derive(Serialize)]
struct SituationLine {
    name: DisplayText,
    services: Vec<NamedLink>,
}

/// The services of all lists that a place shows, with their provisions in one table.
struct Shelf<'a> {
    services: Vec<(EditionRef<'a>, &'a Service)>,
    table: &'a Table<'a>,
}

impl<'a> Shelf<'a> {
    fn new(view: &View<'a>, place: &'a Place) -> Self {
        let facts = view.facts();
        let of = |shown: EditionRef<'a>| shown.edition.services.iter().map(move |service| (shown, service));
        let table = facts.analysis.eligibility(place, facts.drafts);
        Self { services: facts.shown(place).flat_map(of).collect(), table }
    }

    /// Returns the numbers of the services of which `test` holds for a provision.
    fn services_where(&self, test: impl Fn(&finder::Row<'a>) -> bool) -> Vec<usize> {
        let has = |service: &Service| {
            let mut rows = self.table.rows().iter().filter(|row| std::ptr::eq(row.offer.service, service));
            rows.any(&test)
        };
        self.services.iter().enumerate().filter(|(_, (_, service))| has(service)).map(|(at, _)| at).collect()
    }

    /// Returns for each answer the services it has to do with.
    fn related(&self) -> Vec<Vec<usize>> {
        let answers = 0..self.table.answers().len();
        answers.map(|answer| self.services_where(|row| self.table.is_about(answer, row))).collect()
    }

    fn links(&self, view: &View<'_>, services: &[usize]) -> Vec<NamedLink> {
        let link = |at: &usize| {
            let (shown, service) = self.services[*at];
            NamedLink {
                name: view.say(&service.body.title),
                href: view.href(&Address::in_list(shown, &service.id.value)),
            }
        };
        services.iter().map(link).collect()
    }
}

fn data<'a>(view: &View<'a>, page: CheckPage<'a>) -> (Head, tera::Value) {
    let place = page.place;
    let shelf = Shelf::new(view, place);
    let related = shelf.related();
    let several = view.facts().shown(place).nth(1).is_some();
    let data = CheckData {
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        questions: questions(view, shelf.table),
        services: shelf
            .services
            .iter()
            .map(|(shown, service)| block(view, *shown, service, several))
            .collect(),
        needs: shelf.table.needs().iter().map(|need| words(view, &need.label)).collect(),
        table: table(shelf.table, &related),
        bands: common::bands(view, page.shown, None),
        situations: situations(view, &shelf, &related),
        open: shelf.links(view, &shelf.services_where(|row| shelf.table.is_for_all(row))),
    };
    // The page has no name in the content; the theme has one.
    let head = view.head(Some(place)).crumb(DisplayText { text: String::new(), lang: None, dir: None }, None);
    (head, tera::Value::from_serializable(&data))
}

fn questions(view: &View<'_>, table: &Table<'_>) -> Vec<CheckQuestion> {
    let one = |(at, question): (usize, &crate::catalogue::Question)| {
        let answers = table.answers().iter().enumerate().filter(|(_, (of, _))| *of == at);
        CheckQuestion {
            ask: view.say(&question.ask),
            help: view.say_some(question.help.as_ref()),
            several: question.several,
            ages: question.answers.iter().all(|answer| answer.time.is_some()),
            answers: answers
                .map(|(n, (_, answer))| CheckAnswer {
                    n,
                    name: view.say(&answer.name),
                    note: view.say_some(answer.note.as_ref()),
                })
                .collect(),
        }
    };
    table.questions().iter().enumerate().map(one).collect()
}

fn block(view: &View<'_>, shown: EditionRef<'_>, service: &Service, several: bool) -> CheckBlock {
    let body = &service.body;
    CheckBlock {
        title: view.say(&body.title),
        href: view.href(&Address::in_list(shown, &service.id.value)),
        list: several.then(|| view.say(&shown.edition.title)),
        desk: front_desk::name_of(view, shown, service),
        provisions: body
            .provisions
            .iter()
            .map(|provision| CheckItem {
                plain: view.say(&provision.plain),
                note: note(provision.strength, provision.access),
            })
            .collect(),
    }
}

/// Returns the string that says where or how a provision is had, where it is not simply given here.
fn note(strength: Strength, access: Access) -> Option<String> {
    match (strength, access) {
        (Strength::Assist, Access::HukouPlace) => Some("assist-hukou-place".to_owned()),
        (_, Access::Residence) => None,
        (_, access) => Some(format!("access-{}", access.as_str())),
    }
}

fn words(view: &View<'_>, label: &Label<'_>) -> CheckNeed {
    match label {
        Label::Age(age) => CheckNeed { age: Some(common::on_scale(*age, false)), names: Vec::new() },
        Label::Names(names) => {
            CheckNeed { age: None, names: names.iter().map(|name| view.say(name)).collect() }
        }
        Label::Place => CheckNeed { age: None, names: Vec::new() },
    }
}

/// Returns the table for the script; as `r` the answers that the lines of the table by situation are about.
fn table(table: &Table<'_>, related: &[Vec<usize>]) -> String {
    let mut wire = table.wire();
    let told = related.iter().enumerate().filter(|(_, services)| !services.is_empty()).map(|(at, _)| at);
    wire["r"] = serde_json::json!(told.collect::<Vec<usize>>());
    wire.to_string()
}

fn situations(view: &View<'_>, shelf: &Shelf<'_>, related: &[Vec<usize>]) -> Vec<SituationLine> {
    let answers = shelf.table.answers().iter().zip(related);
    let told = answers.filter(|(_, services)| !services.is_empty());
    told.map(|((_, answer), services)| SituationLine {
        name: view.say(&answer.name),
        services: shelf.links(view, services),
    })
    .collect()
}
