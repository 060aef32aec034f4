//! A blank form: on paper as it is printed, on screen as a list of what it asks. It has no field.

use serde::Serialize;

use crate::catalogue::{Form, Place};
use crate::common::{DisplayText, NamedLink};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::sheet::{self, PrintedText, SheetSection};
use crate::span::Span;
use crate::{Address, Facts, Head, View};

/// A blank form of a place.
#[derive(Clone, Copy, Debug)]
pub struct FormPage<'a> {
    place: &'a Place,
    form: &'a Form,
}

impl<'a> KindOfPage<'a> for FormPage<'a> {
    const NAME: &'static str = "form";
    // There is no box to type into on the page of a form.
    const POLICY: Policy = Policy { searches: false, ..Policy::PUBLIC };

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let places = facts.catalogue().places.values();
        places.flat_map(|place| place.forms.values().map(move |form| Self { place, form })).collect()
    }

    fn address(&self) -> Address {
        address(self.place, self.form)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Place(self.place, None)
    }

    fn source(&self) -> Option<Span> {
        Some(self.form.span)
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, *self)
    }
}

/// Returns where the page of a form stands.
pub(super) fn address(place: &Place, form: &Form) -> Address {
    Address::in_place(&place.path, &format!("forms/{}", form.id))
}

/// What the template gets.
#[derive(Serialize)]
struct FormData {
    place: NamedLink,
    title: PrintedText,
    annex: Option<PrintedText>,
    head: Vec<PrintedText>,
    source: DisplayText,
    /// How many columns the table has.
    columns: usize,
    /// Whether the names of the parts stand to the left of their rows; elsewhere they have a row of their own.
    beside: bool,
    sections: Vec<SheetSection>,
    notes: Vec<PrintedText>,
    asked_href: String,
}

fn data<'a>(view: &View<'a>, page: FormPage<'a>) -> (Head, tera::Value) {
    let FormPage { place, form } = page;
    let printed = |text| sheet::printed(view, text);
    // A translation has no room in so narrow a column.
    let is_titled = form.sections.iter().any(|section| section.title.is_some());
    let beside = is_titled && view.page.lang.code == view.catalogue().site.languages.reference().code;
    let data = FormData {
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        title: printed(&form.title),
        annex: form.annex.as_ref().map(printed),
        head: form.head.iter().map(printed).collect(),
        source: view.say(&form.source),
        columns: sheet::columns(beside),
        beside,
        sections: sheet::sections(view, form, beside),
        notes: form.notes.iter().map(printed).collect(),
        asked_href: view.href(&Address::in_place(&place.path, "asked")),
    };
    let title = view.say(&form.title);
    let head = view.head(Some(place)).word("name", title.text.clone()).crumb(title, None);
    (head, tera::Value::from_serializable(&data))
}
