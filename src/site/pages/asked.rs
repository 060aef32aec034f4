//! What families are asked when they are registered, by which office, what for, and what keeps it private.

use serde::Serialize;

use crate::catalogue::{Form, FormCell, Place};
use crate::common::{DisplayText, NamedLink};
use crate::front_desk::{self, DeskName};
use crate::kind::{Policy, page_of_some_places};
use crate::{Address, Facts, Head, View};

page_of_some_places! {
    /// What families are asked in a place.
    AskedPage, "asked", Policy::KEPT
}

/// Tells whether the place has forms, itself or above.
fn has(facts: &Facts<'_>, place: &Place) -> bool {
    facts.catalogue().upward(place).any(|here| !here.forms.is_empty())
}

/// What the template gets.
#[derive(Serialize)]
struct AskedData {
    place: NamedLink,
    forms: Vec<AskedForm>,
    /// What is said of privacy, each text once.
    privacy: Vec<PrivacyText>,
}

/// One form.
#[derive(Serialize)]
struct AskedForm {
    id: String,
    title: DisplayText,
    source: DisplayText,
    href: String,
    /// What the data is for.
    why: Option<DisplayText>,
    offices: Vec<AskingOffice>,
}

/// An office with what it asks; none for what whoever registers asks.
#[derive(Serialize)]
struct AskingOffice {
    #[serde(skip)]
    id: Option<String>,
    name: Option<DeskName>,
    lines: Vec<AskedLine>,
}

/// What is asked of one part of the form for one reason.
#[derive(Serialize)]
struct AskedLine {
    #[serde(skip)]
    section: usize,
    part: Option<DisplayText>,
    labels: Vec<DisplayText>,
    why: Option<DisplayText>,
}

#[derive(Serialize)]
struct PrivacyText {
    text: DisplayText,
    source: DisplayText,
    paragraph: Option<DisplayText>,
}

/// Returns the forms of a place: its own, and those of the places above it that it has none in the place of.
pub(super) fn forms<'a>(view: &View<'a>, place: &Place) -> Vec<(&'a Place, &'a Form)> {
    let mut forms: Vec<(&Place, &Form)> = Vec::new();
    for here in view.catalogue().upward(place) {
        for form in here.forms.values() {
            if forms.iter().all(|(_, known)| known.id != form.id) {
                forms.push((here, form));
            }
        }
    }
    forms
}

fn data<'a>(view: &View<'a>, place: &'a Place) -> (Head, tera::Value) {
    let forms = forms(view, place);
    let mut privacy: Vec<PrivacyText> = Vec::new();
    for (_, form) in &forms {
        let Some(said) = &form.privacy else { continue };
        let text = view.say(&said.text);
        if privacy.iter().all(|known| known.text.text != text.text) {
            let (source, paragraph) = (view.say(&form.source), view.say_some(said.paragraph.as_ref()));
            privacy.push(PrivacyText { text, source, paragraph });
        }
    }
    let data = AskedData {
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        forms: forms.iter().map(|(here, form)| asked(view, place, here, form)).collect(),
        privacy,
    };
    (view.head(Some(place)).crumb(DisplayText::none(), None), tera::Value::from_serializable(&data))
}

fn asked(view: &View<'_>, place: &Place, here: &Place, form: &Form) -> AskedForm {
    let mut offices: Vec<AskingOffice> = Vec::new();
    for (at, section) in form.sections.iter().enumerate() {
        for cell in section.rows.iter().flatten().filter(|cell| !cell.heading) {
            let part = view.say_some(section.title.as_ref());
            add(view, place, &mut offices, (at, part), cell);
        }
    }
    AskedForm {
        id: form.id.clone(),
        title: view.say(&form.title),
        source: view.say(&form.source),
        href: view.href(&super::form::address(here, form)),
        why: view.say_some(form.why.as_ref()),
        offices,
    }
}

/// Adds a field to what its office asks; fields of one part that are asked for the same reason stand together.
fn add(
    view: &View<'_>,
    place: &Place,
    offices: &mut Vec<AskingOffice>,
    (section, part): (usize, Option<DisplayText>),
    cell: &FormCell,
) {
    let Some(label) = &cell.label else { return };
    let id = cell.office.as_ref().map(|id| id.value.clone());
    let at = offices.iter().position(|known| known.id == id).unwrap_or_else(|| {
        let name = id.as_ref().and_then(|id| front_desk::at_home(view, place, id));
        offices.push(AskingOffice { id, name, lines: Vec::new() });
        offices.len() - 1
    });
    let why = view.say_some(cell.why.as_ref());
    let lines = &mut offices[at].lines;
    let reason = |why: &Option<DisplayText>| why.as_ref().map(|why| why.text.clone());
    let label = view.say(label);
    match lines.iter_mut().find(|line| line.section == section && reason(&line.why) == reason(&why)) {
        Some(line) if line.labels.iter().any(|known| known.text == label.text) => {}
        Some(line) => line.labels.push(label),
        None => lines.push(AskedLine { section, part, labels: vec![label], why }),
    }
}
