//! Whom to ask: the offices of those responsible, and telephone lines.

use serde::Serialize;

use super::common::{DisplayText, NamedLink, Responsible, bodies, responsible};
use super::{Address, View, front_desk};
use crate::catalogue::{Contact, EditionRef, Hotline, Place, Service};
use crate::lang::Localized;

/// Who is responsible, with where to find them.
#[derive(Clone, Debug, Serialize)]
pub struct DepartmentDesk {
    /// Who.
    #[serde(flatten)]
    pub department: Responsible,
    /// Their offices, as far as they are published.
    pub offices: Vec<Office>,
    /// Whether families go there at all.
    pub receives: bool,
}

/// An office families can go to.
#[derive(Clone, Debug, Serialize)]
pub struct Office {
    /// Its name, or that of its department.
    pub name: DisplayText,
    /// Address.
    pub address: Option<DisplayText>,
    /// Telephone.
    pub phone: Option<String>,
    /// Opening hours.
    pub hours: Option<DisplayText>,
    /// Note.
    pub note: Option<DisplayText>,
    /// The place above whose office it is, where this place has published none.
    pub above: Option<NamedLink>,
}

/// A number to call.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CallLine {
    /// The number.
    pub number: String,
    /// Whose it is; nothing for the number of the service itself.
    pub name: Option<DisplayText>,
    /// What it is for.
    pub purpose: Option<DisplayText>,
    /// The document that says so.
    pub source: Option<DisplayText>,
    /// The day it was looked at, where it is general knowledge, or known from a document whose text was not at hand.
    pub looked_at: Option<String>,
}

/// Returns who is responsible for a service here, each with the offices of the nearest place that has any.
pub(super) fn desks(
    view: &View<'_>,
    shown: EditionRef<'_>,
    body: &crate::catalogue::Body,
) -> Vec<DepartmentDesk> {
    let desk = |id: &str| {
        Some(DepartmentDesk {
            department: responsible(view, shown, id)?,
            offices: offices(view, shown, id),
            receives: front_desk::receives(view, id),
        })
    };
    bodies(shown, body).into_iter().filter_map(desk).collect()
}

/// Returns the offices of a department: of `place`, or else of the nearest place above that has any.
pub(super) fn offices(view: &View<'_>, shown: EditionRef<'_>, department: &str) -> Vec<Office> {
    let mut at = Some(shown.place);
    while let Some(here) = at {
        let is_of = |contact: &&Contact| here.body_of(&contact.department.value) == here.body_of(department);
        let found: Vec<Office> = here
            .contacts
            .iter()
            .filter(is_of)
            .filter_map(|contact| office(view, shown, here, contact))
            .collect();
        if !found.is_empty() {
            return found;
        }
        at = view.catalogue().parent(&here.path);
    }
    Vec::new()
}

/// Returns an office of `here` for a page of `shown`.
pub(super) fn office(
    view: &View<'_>,
    shown: EditionRef<'_>,
    here: &Place,
    contact: &Contact,
) -> Option<Office> {
    let elsewhere = here.path != shown.place.path;
    let id = &contact.department.value;
    let department = match elsewhere {
        true => view.catalogue().counterpart(here, id),
        false => view.catalogue().counterpart_of(here, shown.edition, id),
    }?;
    Some(Office {
        name: view.say(contact.name.as_ref().unwrap_or(department.name)),
        address: view.say_some(contact.address.as_ref()),
        phone: contact.phone.clone(),
        hours: view.say_some(contact.hours.as_ref()),
        note: view.say_some(contact.note.as_ref()),
        above: elsewhere.then(|| NamedLink {
            name: view.say(here.short()),
            href: view.href(&Address::place(&here.path)),
        }),
    })
}

/// Returns every number to call about a service, each once: its own, those of offices, the general line,
/// and the lines that are for it.
pub(super) fn lines(
    view: &View<'_>,
    to: &Service,
    own: Option<&str>,
    desks: &[DepartmentDesk],
) -> Vec<CallLine> {
    let hotlines = &view.catalogue().vocabulary.hotlines;
    let known = |number: &str| hotlines.iter().any(|line| line.number.value == number);
    let service = own.map(|number| CallLine { number: number.to_owned(), ..CallLine::default() });
    let open = desks.iter().filter(|desk| desk.receives);
    let offices = open.flat_map(|desk| &desk.offices).filter_map(|office| {
        let (number, name) = (office.phone.clone()?, Some(office.name.clone()));
        Some(CallLine { number, name, ..CallLine::default() })
    });
    let local = service.into_iter().chain(offices).filter(|line| !known(&line.number));
    let fitting = hotlines.iter().filter(|line| fits(line, to, own, desks));
    let mut lines: Vec<CallLine> = Vec::new();
    for line in local.chain(general(view).into_iter().chain(fitting).map(|hotline| line(view, hotline))) {
        if !lines.iter().any(|known| known.number == line.number) {
            lines.push(line);
        }
    }
    lines
}

/// Tells whether a line serves a service, or is the number that the service or an office names.
fn fits(line: &Hotline, to: &Service, own: Option<&str>, desks: &[DepartmentDesk]) -> bool {
    let number = Some(line.number.value.as_str());
    stands_beside(line, to)
        || own == number
        || desks.iter().flat_map(|desk| &desk.offices).any(|office| office.phone.as_deref() == number)
}

/// Tells whether a line stands beside a service: it names the service, the one that this takes over or one that it answers;
/// a line that names no services stands beside those of its departments and areas.
pub(super) fn stands_beside(line: &Hotline, to: &Service) -> bool {
    let body = &to.body;
    if line.services.is_empty() {
        return line.areas.iter().any(|area| area.value == body.area.value)
            || line
                .departments
                .iter()
                .any(|id| body.departments.iter().any(|other| other.value == id.value));
    }
    let taken_over = to.adopted.iter().map(|adoption| adoption.service.value.as_str());
    let covered = body.provisions.iter().flat_map(|provision| &provision.covers);
    let covered = covered.filter_map(|address| address.value.split('/').next());
    let known_as: Vec<&str> =
        std::iter::once(to.id.value.as_str()).chain(taken_over).chain(covered).collect();
    line.services.iter().any(|id| known_as.contains(&id.value.as_str()))
}

/// Returns the line for every question: the first that is for no services in particular.
fn general<'a>(view: &View<'a>) -> Option<&'a Hotline> {
    view.catalogue().vocabulary.hotlines.iter().find(|line| line.is_general())
}

/// Returns the line for every question.
pub(super) fn general_line(view: &View<'_>) -> Option<CallLine> {
    general(view).map(|hotline| line(view, hotline))
}

/// Returns the line with this number.
pub(super) fn known_line(view: &View<'_>, number: &str) -> Option<CallLine> {
    let known = view.catalogue().vocabulary.hotlines.iter().find(|line| line.number.value == number);
    known.map(|hotline| line(view, hotline))
}

/// Returns every line of the vocabulary.
pub(super) fn all_lines(view: &View<'_>) -> Vec<CallLine> {
    view.catalogue().vocabulary.hotlines.iter().map(|hotline| line(view, hotline)).collect()
}

/// Returns a line of the vocabulary as pages show it.
pub(super) fn line(view: &View<'_>, hotline: &Hotline) -> CallLine {
    CallLine {
        number: hotline.number.value.clone(),
        name: Some(view.say(&hotline.name)),
        purpose: Some(view.say(&hotline.purpose)),
        source: view.say_some(hotline.source.as_ref()),
        looked_at: hotline.looked_at.as_ref().map(|day| day.value.to_string()),
    }
}

/// A text in which the numbers to call can be tapped.
#[derive(Clone, Debug, Serialize)]
pub struct CallableText {
    /// The language, where it is not the page's, as of [`DisplayText`].
    #[serde(flatten)]
    text: DisplayText,
    /// The text in pieces.
    pieces: Vec<CallablePiece>,
}

/// A piece of a text.
#[derive(Clone, Debug, Serialize)]
struct CallablePiece {
    text: String,
    /// Whether it is a number to call.
    call: bool,
}

/// Returns a text of the content cut at the hotlines it names.
pub(super) fn callable(view: &View<'_>, text: &Localized) -> CallableText {
    let text = view.say(text);
    let hotlines = &view.catalogue().vocabulary.hotlines;
    let is_call = |piece: &str| hotlines.iter().any(|line| line.number.value == piece);
    let mut pieces: Vec<CallablePiece> = Vec::new();
    let mut rest = text.text.as_str();
    while let Some(first) = rest.chars().next() {
        let digit = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digit).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(end);
        rest = tail;
        let call = digit && is_call(piece);
        match pieces.last_mut().filter(|last| !last.call && !call) {
            Some(last) => last.text.push_str(piece),
            None => pieces.push(CallablePiece { text: piece.to_owned(), call }),
        }
    }
    CallableText { text, pieces }
}
