//! The whole list as the official table, for paper.

use serde::Serialize;

use super::about;
use crate::catalogue::{EditionRef, Service};
use crate::common::{self, DisplayText};
use crate::kind::{Policy, page_of_each_list};
use crate::{Address, Head, View};

page_of_each_list! {
    /// The official table of a list.
    PrintPage, "print", Policy::PUBLIC
}

/// What the template gets.
#[derive(Serialize)]
struct PrintData {
    place: DisplayText,
    title: DisplayText,
    edition: String,
    status: &'static str,
    areas: Vec<PrintArea>,
    /// Whether some service has an official standard, and says who pays for it: then the table has these columns.
    standards: bool,
    expenditures: bool,
    document: Option<about::IssuingDocument>,
    /// What it was made from, if it is no official table.
    compiled: Option<about::CompiledFrom>,
    notes: Vec<PrintNote>,
    poster_href: String,
    back_href: String,
}

#[derive(Serialize)]
struct PrintArea {
    name: DisplayText,
    rows: Vec<PrintRow>,
}

/// One row of the table.
#[derive(Serialize)]
struct PrintRow {
    number: u32,
    title: DisplayText,
    audience: DisplayText,
    /// How many rows the audience cell spans; 0 if it is part of the cell above.
    audience_rows: usize,
    content: DisplayText,
    paragraph: Option<DisplayText>,
    standard: Option<DisplayText>,
    expenditure: Option<DisplayText>,
    departments: Vec<DisplayText>,
    departments_note: Option<DisplayText>,
}

#[derive(Serialize)]
struct PrintNote {
    label: String,
    note: DisplayText,
}

fn data<'a>(view: &View<'a>, shown: EditionRef<'a>) -> (Head, tera::Value) {
    let place = shown.place;
    let edition = shown.edition;
    let noted = edition.services.iter().filter_map(|service| {
        let note = service.note.as_ref().or(service.body.note.as_ref())?;
        Some(PrintNote { label: service.number.value.to_string(), note: view.say(note) })
    });
    let data = PrintData {
        place: view.say(edition.place_name(place)),
        title: view.say(&edition.title),
        edition: edition.id.clone(),
        status: common::status_word(Some(shown)),
        areas: areas(view, shown),
        standards: edition.services.iter().any(|service| service.standard().is_some()),
        expenditures: edition.services.iter().any(|service| service.expenditure().is_some()),
        document: edition.document.as_ref().map(|document| about::document(view, document)),
        compiled: about::compiled(view, edition),
        notes: noted.collect(),
        poster_href: super::poster::link(view, shown, None),
        back_href: view.href(&Address::place(&place.path)),
    };
    let head = view
        .head(Some(place))
        .word("list", view.words(&edition.title))
        .word("n", edition.services.len().to_string())
        .crumb(view.say(&edition.title), None);
    (head, tera::Value::from_serializable(&data))
}

fn areas(view: &View<'_>, shown: EditionRef<'_>) -> Vec<PrintArea> {
    let areas = view.catalogue().areas_of(shown.edition).into_iter().map(|(id, name)| {
        let services = shown.edition.services.iter().filter(|service| service.body.area.value == id);
        PrintArea { name: view.say(name), rows: rows(view, shown, &services.collect::<Vec<_>>()) }
    });
    areas.filter(|area| !area.rows.is_empty()).collect()
}

fn rows(view: &View<'_>, shown: EditionRef<'_>, services: &[&Service]) -> Vec<PrintRow> {
    let words = |service: &Service| service.body.audience.text.reference().value.clone();
    let span = |at: usize| {
        let same = |other: &&&Service| words(other) == words(services[at]);
        if at > 0 && words(services[at - 1]) == words(services[at]) {
            0
        } else {
            services[at..].iter().take_while(same).count()
        }
    };
    let row = |(at, service): (usize, &&Service)| PrintRow {
        number: service.number.value,
        title: view.say(&service.body.title),
        audience: view.say(&service.body.audience.text),
        audience_rows: span(at),
        content: view.say(&service.body.content),
        paragraph: view.say_some(service.body.paragraph.as_ref()),
        standard: view.say_some(service.standard()),
        expenditure: view.say_some(service.expenditure()),
        departments: common::departments(view, shown, &service.body).into_iter().map(|d| d.name).collect(),
        departments_note: view.say_some(service.body.departments_note.as_ref()),
    };
    services.iter().enumerate().map(row).collect()
}
