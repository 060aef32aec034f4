//! What changed in a list from edition to edition, the newest first.

use serde::Serialize;

use super::about;
use super::as_of::{self, AsOfPage};
use crate::catalogue::{EditionRef, EditionStatus};
use crate::common::{self, DisplayText, NamedLink};
use crate::history::{Brief, BriefEntry, ChangeKind, Item, Op};
use crate::kind::{KindOfPage, Policy, page_of_each_list};
use crate::{Address, Head, View};

page_of_each_list! {
    /// What changed in a list.
    ChangesPage, "changes", Policy::PUBLIC
}

/// What the template gets.
#[derive(Serialize)]
struct ChangesData {
    title: DisplayText,
    place: NamedLink,
    feed_href: String,
    json_feed_href: String,
    /// Which edition held on which day, where there are days to choose from.
    as_of_href: Option<String>,
    /// The newest first; the first edition has no changes.
    editions: Vec<EditionChanges>,
}

#[derive(Serialize)]
struct EditionChanges {
    id: String,
    href: String,
    title: DisplayText,
    status: &'static str,
    superseded: bool,
    document: Option<about::IssuingDocument>,
    date: Option<about::Dated>,
    first: bool,
    counts: Vec<Count>,
    /// The gravest kind of change first.
    groups: Vec<ChangeGroup>,
}

/// What changed in one way, service by service.
#[derive(Serialize)]
struct ChangeGroup {
    kind: ChangeKind,
    n: usize,
    services: Vec<ChangedService>,
}

#[derive(Serialize)]
struct Count {
    kind: ChangeKind,
    n: usize,
}

#[derive(Serialize)]
struct ChangedService {
    label: String,
    title: DisplayText,
    /// Its page, if the list still has it.
    href: Option<String>,
    changes: Vec<ToldChange>,
}

/// A change as a page tells it.
#[derive(Serialize)]
pub(crate) struct ToldChange {
    kind: ChangeKind,
    /// The provision in plain words; none if it is about the service as a whole, or about all its provisions.
    plain: Option<DisplayText>,
    /// What it was split into, or merged from, in plain words.
    others: Vec<DisplayText>,
    reasons: Vec<DisplayText>,
    texts: Vec<ChangedText>,
}

/// A text that changed, in the page's language or else the reference.
#[derive(Serialize)]
struct ChangedText {
    field: &'static str,
    lang: Option<String>,
    parts: Vec<ChangedPart>,
}

#[derive(Serialize)]
struct ChangedPart {
    op: Op,
    text: String,
}

fn data<'a>(view: &View<'a>, shown: EditionRef<'a>) -> (Head, tera::Value) {
    let place = shown.place;
    let mut editions: Vec<EditionRef<'_>> = view.facts().shown_editions(place, shown.list).collect();
    editions.reverse();
    let editions = editions.into_iter().map(|shown| edition(view, shown));
    let data = ChangesData {
        title: view.say(&shown.edition.title),
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        feed_href: "changes.atom".to_owned(),
        json_feed_href: "changes.json".to_owned(),
        as_of_href: as_of::has(view.facts(), shown)
            .then(|| view.href(&Address::in_list(shown, AsOfPage::NAME))),
        editions: editions.collect(),
    };
    let head = view
        .head(Some(place))
        .word("list", view.words(&shown.edition.title))
        .crumb(view.say(&shown.edition.title), None);
    (head, tera::Value::from_serializable(&data))
}

fn edition<'a>(view: &View<'a>, shown: EditionRef<'a>) -> EditionChanges {
    let (edition, diff) = (shown.edition, view.facts().changes(shown));
    let brief = diff.map(Brief::of);
    let counts = brief.as_ref().map(Brief::totals).into_iter().flatten();
    EditionChanges {
        id: edition.id.clone(),
        href: view.href(&Address::in_list(shown, &format!("edition/{}", edition.id))),
        title: view.say(&edition.title),
        status: common::status_word(Some(shown)),
        superseded: shown.list.successor(&edition.id).is_some(),
        document: edition.document.as_ref().map(|document| about::document(view, document)),
        date: about::best_date(edition),
        first: diff.is_none(),
        counts: counts.map(|(kind, n)| Count { kind, n }).collect(),
        groups: brief.as_ref().map(|brief| groups(view, shown, brief)).unwrap_or_default(),
    }
}

/// Returns the changes of an edition, the gravest kind first, each service by service.
fn groups(view: &View<'_>, shown: EditionRef<'_>, brief: &Brief<'_, '_>) -> Vec<ChangeGroup> {
    let group = |(kind, n)| {
        let mut services: Vec<(String, ChangedService)> = Vec::new();
        for entry in brief.of_kind(kind) {
            let (id, told) = (entry.service.id.value.clone(), told(view, entry));
            match services.last_mut().filter(|(last, _)| *last == id) {
                Some((_, known)) => known.changes.push(told),
                None => services.push((id, service(view, shown, entry, told))),
            }
        }
        ChangeGroup { kind, n, services: services.into_iter().map(|(_, service)| service).collect() }
    };
    brief.totals().into_iter().map(group).collect()
}

fn service(
    view: &View<'_>,
    shown: EditionRef<'_>,
    entry: &BriefEntry<'_, '_>,
    told: ToldChange,
) -> ChangedService {
    let service = entry.service;
    ChangedService {
        label: common::label(service.number.value),
        title: view.say(&service.body.title),
        href: view.href_if_there(&Address::in_list(shown, &service.id.value)),
        changes: vec![told],
    }
}

/// Returns a change in the page's words.
pub(crate) fn told(view: &View<'_>, entry: &BriefEntry<'_, '_>) -> ToldChange {
    let page = view.page.lang.code.as_str();
    let reference = view.catalogue().site.languages.reference();
    let readable = |text: &&&crate::history::TextChange| {
        text.lang == page || (entry.text(text.field, page).is_none() && text.lang == reference.code.as_str())
    };
    let texts = entry.texts.iter().filter(readable).map(|text| ChangedText {
        field: text.field,
        lang: (text.lang != page).then(|| reference.tag.clone()),
        parts: text.parts.iter().map(|part| ChangedPart { op: part.op, text: part.text.clone() }).collect(),
    });
    // Of several it is told from which, or into which.
    let sides = if entry.old.len() > 1 { [&entry.new, &entry.old] } else { [&entry.old, &entry.new] };
    let plain = |items: &[Item<'_>]| -> Vec<DisplayText> {
        let provisions = items.iter().filter_map(|item| item.provision);
        provisions.map(|provision| view.say(&provision.plain)).collect()
    };
    let (plain, others) = match (entry.count, entry.is_structural()) {
        (2.., _) => (None, Vec::new()),
        (_, true) => (plain(sides[0]).into_iter().next(), plain(sides[1])),
        (_, false) => (plain(&entry.new).into_iter().chain(plain(&entry.old)).next(), Vec::new()),
    };
    ToldChange {
        kind: entry.kind,
        plain,
        others,
        reasons: entry.reasons().map(|change| view.tell(&change.reason)).collect(),
        texts: texts.collect(),
    }
}

/// Tells whether an edition is issued, for feeds.
pub(crate) fn is_issued(shown: &EditionRef<'_>) -> bool {
    shown.edition.status == EditionStatus::Issued
}
