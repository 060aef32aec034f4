//! One service: the card that answers what people ask, each provision, whom to ask here, the official text.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use crate::ages::{self, AgeOnScale};
use crate::card::{Card, card};
use crate::catalogue::{Amount, EditionRef, EditionStatus, OfficialText, Provision, Service};
use crate::common::{self, Beside, DisplayText, NamedLink};
use crate::contact::{self, CallLine, DepartmentDesk};
use crate::front_desk::{self, FrontDesk, GeneralDesk};
use crate::history::Brief;
use crate::kind::{KindOfPage, Policy, Subject};
use crate::linked;
use crate::measure;
use crate::{Address, Facts, Head, View};

/// The page of a service.
#[derive(Clone, Copy, Debug)]
pub struct ServicePage<'a> {
    shown: EditionRef<'a>,
    service: &'a Service,
}

impl<'a> KindOfPage<'a> for ServicePage<'a> {
    const NAME: &'static str = "service";
    const POLICY: Policy = Policy::KEPT;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let pages =
            |shown: EditionRef<'a>| shown.edition.services.iter().map(move |service| Self { shown, service });
        facts.lists().flat_map(pages).collect()
    }

    fn address(&self) -> Address {
        Address::in_list(self.shown, &self.service.id.value)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Service(self.shown, self.service)
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, self.shown, self.service)
    }
}

/// What the template gets.
#[derive(Serialize)]
struct ServiceData {
    number: u32,
    label: String,
    title: DisplayText,
    familiar: Option<DisplayText>,
    area: NamedLink,
    place: NamedLink,
    list: ServiceList,
    provisions: Vec<Entitlement>,
    card: Card,
    desks: Vec<DepartmentDesk>,
    /// Whether some office is published, here or above.
    offices: bool,
    departments_note: Option<DisplayText>,
    steps: Vec<DisplayText>,
    basis: Option<DisplayText>,
    hotline: Option<CallLine>,
    /// Who comes to the door, where the official words speak of them.
    visits_href: Option<String>,
    official: Official,
    adopted: Option<Adopted>,
    /// What changed in it, the newest edition first.
    history: Vec<Past>,
    changes_href: String,
    poster_href: String,
    previous: Option<Beside>,
    next: Option<Beside>,
}

#[derive(Serialize)]
struct ServiceList {
    title: DisplayText,
    about_href: String,
}

/// What changed in one edition.
#[derive(Serialize)]
struct Past {
    edition: String,
    date: Option<super::about::Dated>,
    changes: Vec<super::ToldChange>,
}

/// One provision.
#[derive(Serialize)]
struct Entitlement {
    /// Its number on the page, from 1.
    n: usize,
    id: String,
    plain: DisplayText,
    kind: &'static str,
    amount: Option<Amount>,
    strength: &'static str,
    access: &'static str,
    /// What it asks for, in the printed words; in the vocabulary's where the list does not say what.
    conditions: Vec<DisplayText>,
    age: Option<AgeOnScale>,
    /// Numbers of its alternatives.
    either_of: Vec<usize>,
    named: Vec<DisplayText>,
    quote: DisplayText,
    focus: Option<DisplayText>,
    /// Where in the document it stands, if not where its service does.
    paragraph: Option<DisplayText>,
    note: Option<DisplayText>,
    /// Who has to act, where it is no department.
    bearers: Vec<DisplayText>,
    /// The departments, where they differ from the service's.
    departments: Vec<DisplayText>,
    /// Whom to go to first, where it is not whom the service says.
    desk: Option<FrontDesk>,
}

#[derive(Serialize)]
struct Official {
    content: DisplayText,
    /// Where in the document it stands, if its list says so.
    paragraph: Option<DisplayText>,
    /// What the list was made from, if it is no official table.
    compiled: Option<super::about::CompiledFrom>,
    audience: DisplayText,
    document: Option<super::about::IssuingDocument>,
    edition: DisplayText,
    note: Option<DisplayText>,
    local_note: Option<DisplayText>,
    checked: Option<CheckedBy>,
    segments: Vec<Segment>,
    lang: String,
}

#[derive(Serialize)]
struct CheckedBy {
    by: String,
    on: String,
}

/// A stretch of the official text and the provisions that quote it.
#[derive(Serialize)]
struct Segment {
    text: String,
    n: Vec<usize>,
}

#[derive(Serialize)]
struct Adopted {
    /// The sentence that says so; of a draft it is not said that anybody follows it.
    key: &'static str,
    place: DisplayText,
    href: String,
}

fn data<'a>(view: &View<'a>, shown: EditionRef<'a>, service: &'a Service) -> (Head, tera::Value) {
    let place = shown.place;
    let body = &service.body;
    let services = &shown.edition.services;
    let at = services.iter().position(|other| std::ptr::eq(other, service)).unwrap_or_default();
    let (desks, apply) = (contact::desks(view, shown, body), service.apply.as_ref());
    let data = ServiceData {
        number: service.number.value,
        label: common::label(service.number.value),
        title: view.say(&body.title),
        familiar: view.say_some(body.familiar.as_ref()),
        area: area(view, shown, service),
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        list: ServiceList {
            title: view.say(&shown.edition.title),
            about_href: view.href(&Address::in_list(shown, "about")),
        },
        provisions: entitlements(view, shown, service),
        card: card(view, shown, service, &desks),
        offices: desks.iter().any(|desk| !desk.offices.is_empty()),
        desks,
        departments_note: view.say_some(body.departments_note.as_ref()),
        steps: apply.into_iter().flat_map(|apply| &apply.steps).map(|step| view.say(step)).collect(),
        basis: apply.and_then(|apply| view.say_some(apply.basis.as_ref())),
        hotline: contact::general_line(view),
        visits_href: super::visits::link_from(view, shown, &body.content),
        official: official(view, shown, service),
        adopted: adopted(view, shown, service),
        history: history(view, shown, service),
        changes_href: view.href(&Address::in_list(shown, "changes")),
        poster_href: super::poster::link(view, shown, Some(service)),
        previous: common::beside(view, shown, at.checked_sub(1).and_then(|at| services.get(at))),
        next: common::beside(view, shown, services.get(at + 1)),
    };
    let plain = body.provisions.first().map(|provision| view.words(&provision.plain)).unwrap_or_default();
    let head = view
        .head(Some(place))
        .word("name", data.title.text.clone())
        .word("number", service.number.value.to_string())
        .word("audience", view.words(&body.audience.text))
        .word("plain", plain)
        .word("list", view.words(&shown.edition.title))
        .linked(linked::service(view, shown, service))
        .crumb(data.title.clone(), None);
    (head, tera::Value::from_serializable(&data))
}

/// Returns what changed in a service from edition to edition, under whichever id it had.
fn history<'a>(view: &View<'a>, shown: EditionRef<'a>, service: &'a Service) -> Vec<Past> {
    let mut id = service.id.value.as_str();
    let mut past = Vec::new();
    let mut editions: Vec<EditionRef<'a>> = view.facts().shown_editions(shown.place, shown.list).collect();
    editions.reverse();
    for diff in editions.into_iter().filter_map(|edition| view.facts().changes(edition)) {
        let brief = Brief::of(diff);
        let own = brief.entries.iter().filter(|entry| entry.service.id.value == id);
        let changes: Vec<super::ToldChange> = own.map(|entry| super::told(view, entry)).collect();
        let (edition, date) = (diff.to.edition.id.clone(), super::about::best_date(diff.to.edition));
        if !changes.is_empty() {
            past.push(Past { edition, date, changes });
        }
        let now = diff.to.edition.services.iter().find(|known| known.id.value == id);
        if let Some(was) = now.and_then(|known| known.was.as_ref()) {
            id = &was.value;
        }
    }
    past
}

fn area(view: &View<'_>, shown: EditionRef<'_>, service: &Service) -> NamedLink {
    let id = &service.body.area.value;
    let name = view.catalogue().area_of(shown.edition, id).map(|name| view.say(name));
    NamedLink {
        name: name.unwrap_or_else(|| view.official(id)),
        href: view.href(&Address::in_list(shown, &format!("area/{id}"))),
    }
}

/// Returns what a provision asks for. Words such as 符合条件 that state nothing are not repeated: the
/// vocabulary says that the list does not state them.
fn conditions(view: &View<'_>, shown: EditionRef<'_>, provision: &Provision) -> Vec<DisplayText> {
    let word = |id: &crate::span::Spanned<String>| view.catalogue().condition_of(shown.edition, &id.value);
    let known: Vec<_> = provision.conditions.iter().filter_map(word).collect();
    match &provision.condition_text {
        Some(printed) if known.iter().all(|(_, stated)| *stated) => vec![view.say(printed)],
        _ => known.into_iter().map(|(name, _)| view.say(name)).collect(),
    }
}

fn entitlements(view: &View<'_>, shown: EditionRef<'_>, service: &Service) -> Vec<Entitlement> {
    let general = front_desk::general(view, shown, service);
    let provisions = service.body.provisions.iter().enumerate();
    provisions.map(|(at, provision)| entitlement(view, shown, (service, &general), (at, provision))).collect()
}

fn entitlement(
    view: &View<'_>,
    shown: EditionRef<'_>,
    (service, general): (&Service, &GeneralDesk),
    (at, provision): (usize, &Provision),
) -> Entitlement {
    let alternatives = provision.either_of.iter().flat_map(|name| {
        let all = service.body.provisions.iter().enumerate();
        all.filter(move |(_, other)| other.either_of.as_ref().is_some_and(|n| n.value == name.value))
    });
    let counterpart = |id: &String| {
        view.catalogue().counterpart_of(shown.place, shown.edition, id).map(|body| view.say(body.name))
    };
    let departments = provision.departments.iter().filter_map(|id| counterpart(&id.value));
    Entitlement {
        n: at + 1,
        id: provision.id.value.clone(),
        plain: view.say(&provision.plain),
        kind: provision.kind.as_str(),
        amount: measure::headline(provision),
        strength: provision.strength.as_str(),
        access: provision.access.as_str(),
        conditions: conditions(view, shown, provision),
        age: provision.age.map(|age| ages::on_line_of(view.catalogue(), shown, age)),
        either_of: alternatives.filter(|(n, _)| *n != at).map(|(n, _)| n + 1).collect(),
        named: provision.named.iter().map(|name| view.say(name)).collect(),
        quote: view.official(&provision.quote.value),
        focus: provision.focus.as_ref().map(|focus| view.official(&focus.value)),
        paragraph: view.say_some(provision.paragraph.as_ref()),
        note: view.say_some(provision.note.as_ref()),
        bearers: provision.bearer.iter().map(|name| view.say(name)).collect(),
        departments: departments.collect(),
        desk: front_desk::of_provision(view, shown, (service, general), provision),
    }
}

fn official(view: &View<'_>, shown: EditionRef<'_>, service: &Service) -> Official {
    let body = &service.body;
    // Adopted words come with the document they were printed in.
    let origin = service.adopted.as_ref().and_then(|adoption| view.catalogue().edition(&adoption.edition));
    let edition = origin.map_or(shown.edition, |origin| origin.edition);
    Official {
        content: view.say(&body.content),
        paragraph: view.say_some(body.paragraph.as_ref()),
        compiled: super::about::compiled(view, edition),
        audience: view.official(&body.audience.text.reference().value),
        document: edition.document.as_ref().map(|document| super::about::document(view, document)),
        edition: view.say(&edition.title),
        note: view.say_some(body.note.as_ref()),
        local_note: view.say_some(service.note.as_ref()),
        checked: service
            .checked
            .as_ref()
            .map(|checked| CheckedBy { by: checked.by.clone(), on: checked.on.value.to_string() }),
        segments: segments(&body.content.reference().value, &body.provisions),
        lang: view.catalogue().site.languages.reference().tag.clone(),
    }
}

/// Cuts the official text where quotes begin and end.
fn segments(text: &str, provisions: &[Provision]) -> Vec<Segment> {
    let official = OfficialText::new(text);
    let quoted: Vec<(usize, Range<usize>)> = provisions
        .iter()
        .enumerate()
        .flat_map(|(at, provision)| {
            official
                .find(&provision.quote.value)
                .unwrap_or_default()
                .into_iter()
                .take(1)
                .map(move |range| (at + 1, range))
        })
        .collect();
    let mut cuts: Vec<usize> =
        quoted.iter().flat_map(|(_, range)| [range.start, range.end]).chain([0, official.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut starting: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (n, range) in quoted {
        starting.entry(range.start).or_default().push((n, range.end));
    }
    // Those that quote the present stretch, each with where its quote ends.
    let mut quoting: Vec<(usize, usize)> = Vec::new();
    let segments = cuts.windows(2).map(|cut| {
        quoting.retain(|(_, end)| *end > cut[0]);
        quoting.extend(starting.get(&cut[0]).into_iter().flatten());
        quoting.sort_unstable();
        Segment { text: official.words(cut[0]..cut[1]), n: quoting.iter().map(|(n, _)| *n).collect() }
    });
    segments.collect()
}

fn adopted(view: &View<'_>, by: EditionRef<'_>, service: &Service) -> Option<Adopted> {
    let adoption = service.adopted.as_ref()?;
    let from = view.catalogue().edition(&adoption.edition)?;
    let shown = EditionRef { edition: from.list.current(view.facts().drafts)?, ..from };
    let route = view.route(&Address::in_list(shown, &adoption.service.value));
    let key = if by.edition.status == EditionStatus::Issued { "adopted" } else { "adopted-draft" };
    view.map.has(&route).then(|| Adopted {
        key,
        place: view.say(from.place.short()),
        href: view.link(&route),
    })
}
