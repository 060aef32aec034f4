//! What changed in a list from edition to edition, the newest first.

use serde::Serialize;

use super::about;
use crate::catalogue::EditionStatus;
use crate::facts::{Facts, Shown};
use crate::history::{Change, ChangeKind, Diff, Op};
use crate::site::common::{self, Named, Said};
use crate::site::{Address, Head, PageKind, Spot, View};

/// What changed.
pub const KIND: PageKind = PageKind { name: "changes", list, data };

fn list<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    about::list_once(facts, spots, &KIND);
}

/// What the template gets.
#[derive(Serialize)]
struct Data {
    title: Said,
    place: Named,
    feed_href: String,
    /// The newest first; the first edition has no changes.
    editions: Vec<Edition>,
}

#[derive(Serialize)]
struct Edition {
    id: String,
    href: String,
    title: Said,
    status: &'static str,
    superseded: bool,
    document: Option<about::Document>,
    date: Option<about::Dated>,
    first: bool,
    counts: Vec<Count>,
    services: Vec<Service>,
}

#[derive(Serialize)]
struct Count {
    kind: ChangeKind,
    n: usize,
}

#[derive(Serialize)]
struct Service {
    label: String,
    title: Said,
    /// Its page, if the list still has it.
    href: Option<String>,
    changes: Vec<Told>,
}

/// A change as a page tells it.
#[derive(Serialize)]
pub(in crate::site) struct Told {
    kind: ChangeKind,
    /// The provision in plain words; none if it is about the service as a whole.
    plain: Option<Said>,
    reason: Said,
    texts: Vec<Text>,
}

/// A text that changed, in the page's language or else the reference.
#[derive(Serialize)]
struct Text {
    field: &'static str,
    lang: Option<String>,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    op: Op,
    text: String,
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let (place, shown) = (view.place(), view.shown());
    let mut editions: Vec<Shown<'_>> = view.facts().shown_editions(place, shown.list).collect();
    editions.reverse();
    let history = view.map.history(shown);
    let editions =
        editions.into_iter().enumerate().map(|(at, edition)| self::edition(view, edition, history.get(at)));
    let data = Data {
        title: view.say(&shown.edition.title),
        place: Named { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        feed_href: "changes.atom".to_owned(),
        editions: editions.collect(),
    };
    let head = view
        .head(Some(place))
        .word("list", view.words(&shown.edition.title))
        .crumb(view.say(&shown.edition.title), None);
    (head, tera::Value::from_serializable(&data))
}

fn edition(view: &View<'_>, shown: Shown<'_>, diff: Option<&Diff<'_>>) -> Edition {
    let edition = shown.edition;
    let counts = diff.map(Diff::summary).into_iter().flatten().filter(|(_, count)| *count > 0);
    Edition {
        id: edition.id.clone(),
        href: view.href(&Address::in_list(shown, &format!("edition/{}", edition.id))),
        title: view.say(&edition.title),
        status: common::status_word(Some(shown)),
        superseded: shown.list.successor(&edition.id).is_some(),
        document: edition.document.as_ref().map(|document| about::document(view, document)),
        date: about::best_date(edition),
        first: diff.is_none(),
        counts: counts.map(|(kind, n)| Count { kind, n }).collect(),
        services: diff.map(|diff| services(view, diff)).unwrap_or_default(),
    }
}

/// Returns the changes of an edition, service by service.
fn services(view: &View<'_>, diff: &Diff<'_>) -> Vec<Service> {
    let mut services: Vec<(String, Service)> = Vec::new();
    for change in &diff.changes {
        let Some(told) = told(view, change) else { continue };
        let service = change.item().service;
        let id = service.id.value.clone();
        match services.last_mut().filter(|(last, _)| *last == id) {
            Some((_, known)) => known.changes.push(told),
            None => {
                let route = view.route(&Address::in_list(view.shown(), &id));
                let known = Service {
                    label: common::label(service.number.value),
                    title: view.say(&service.body.title),
                    href: view.map.has(&route).then(|| view.link(&route)),
                    changes: vec![told],
                };
                services.push((id, known));
            }
        }
    }
    services.into_iter().map(|(_, service)| service).collect()
}

/// Returns a change in the page's words. `None` if the reader of this page sees nothing of it.
pub(in crate::site) fn told(view: &View<'_>, change: &Change<'_>) -> Option<Told> {
    let page = view.page.lang.code.as_str();
    let reference = view.catalogue().site.languages.reference();
    let about_service = change.item().provision.is_none();
    // The cell as a whole changes with the provisions quoted from it, which are told one by one.
    let fields = change.texts.iter().filter(|text| !(about_service && text.field == "content"));
    let fields: Vec<_> = fields.collect();
    let readable = |text: &&&crate::history::TextChange| {
        let own = fields.iter().any(|other| other.field == text.field && other.lang == page);
        text.lang == page || (!own && text.lang == reference.code.as_str())
    };
    let texts: Vec<Text> = fields
        .iter()
        .filter(readable)
        .map(|text| Text {
            field: text.field,
            lang: (text.lang != page).then(|| reference.tag.clone()),
            parts: text.parts.iter().map(|part| Part { op: part.op, text: part.text.clone() }).collect(),
        })
        .collect();
    if change.kind == ChangeKind::Reworded && texts.is_empty() {
        return None;
    }
    Some(Told {
        kind: change.kind,
        plain: change.item().provision.map(|provision| view.say(&provision.plain)),
        reason: view.tell(&change.reason),
        texts,
    })
}

/// Tells whether an edition is issued, for feeds.
pub(in crate::site) fn is_issued(shown: &Shown<'_>) -> bool {
    shown.edition.status == EditionStatus::Issued
}
