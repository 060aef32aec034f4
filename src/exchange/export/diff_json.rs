//! `diff --format json`.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{At, Context, json};
use crate::catalogue::EditionRef;
use crate::compare::Side;
use crate::diagnostic::Message;
use crate::history::{Brief, Change, ChangeKind, Diff, Item, TextChange};

#[derive(Serialize)]
struct DiffJson<'a> {
    from: NameJson<'a>,
    to: NameJson<'a>,
    changes: Vec<EntryJson<'a>>,
    summary: Map<String, Value>,
    /// One change once, the gravest first, as the text tells it.
    told: Vec<ToldJson<'a>>,
    /// How many provisions each kind counts in `told`.
    provisions: Map<String, Value>,
    /// How many services changed in themselves in `told`.
    services: Map<String, Value>,
}

/// What happened to one provision, to those it was split into, or to a service itself.
#[derive(Serialize)]
struct ToldJson<'a> {
    kind: ChangeKind,
    service: &'a str,
    number: u32,
    count: usize,
    old: Vec<String>,
    new: Vec<String>,
    kinds: Vec<ChangeKind>,
    reasons: Vec<&'a Message>,
}

#[derive(Serialize)]
struct NameJson<'a> {
    place: &'a str,
    list: &'a str,
    edition: &'a str,
}

#[derive(Serialize)]
struct EntryJson<'a> {
    kind: ChangeKind,
    /// The service and provision as they are; as they were, if removed.
    service: &'a str,
    provision: Option<&'a str>,
    /// The address it had, where that differs.
    was: Option<String>,
    /// The addresses of all that it was and is, where it was split or merged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    olds: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    news: Vec<String>,
    axis: Option<&'a str>,
    part: Option<&'a str>,
    from: Option<&'a str>,
    to: Option<&'a str>,
    from_words: Option<&'a Message>,
    to_words: Option<&'a Message>,
    reason: &'a Message,
    texts: &'a [TextChange],
    from_at: Option<At>,
    to_at: Option<At>,
}

pub(super) fn write(diff: &Diff<'_>, context: &Context<'_>) -> Vec<u8> {
    let brief = Brief::of(diff);
    json(&DiffJson {
        from: name(&diff.from),
        to: name(&diff.to),
        changes: diff.changes.iter().map(|change| entry(change, context)).collect(),
        summary: counts(&diff.summary()),
        told: told(&brief),
        provisions: counts(&brief.provisions()),
        services: counts(&brief.services()),
    })
}

fn counts(counts: &[(ChangeKind, usize)]) -> Map<String, Value> {
    counts.iter().map(|(kind, count)| (kind.as_str().to_owned(), Value::from(*count))).collect()
}

fn told<'d>(brief: &Brief<'d, '_>) -> Vec<ToldJson<'d>> {
    let each = brief.entries.iter().map(|entry| ToldJson {
        kind: entry.kind,
        service: &entry.service.id.value,
        number: entry.service.number.value,
        count: entry.count,
        old: entry.old.iter().map(Item::address).collect(),
        new: entry.new.iter().map(Item::address).collect(),
        kinds: entry.changes.iter().map(|change| change.kind).collect(),
        reasons: entry.reasons().map(|change| &change.reason).collect(),
    });
    each.collect()
}

fn name<'a>(issue: &EditionRef<'a>) -> NameJson<'a> {
    NameJson { place: issue.place.path.as_str(), list: &issue.list.id, edition: &issue.edition.id }
}

fn entry<'a>(change: &'a Change<'_>, context: &Context<'_>) -> EntryJson<'a> {
    let item = change.item();
    let was = change.old.as_ref().map(Item::address).filter(|old| *old != item.address());
    let several = change.more_old.len() + change.more_new.len() > 0;
    let all =
        |items: Vec<&Item<'_>>| items.into_iter().filter(|_| several).map(Item::address).collect::<Vec<_>>();
    let side = |side: &'a Option<Side>| side.as_ref();
    EntryJson {
        kind: change.kind,
        service: &item.service.id.value,
        provision: item.provision.map(|provision| provision.id.value.as_str()),
        was,
        olds: all(change.olds().collect()),
        news: all(change.news().collect()),
        axis: change.axis,
        part: change.part.as_deref(),
        from: side(&change.from).map(|side| side.value.as_str()),
        to: side(&change.to).map(|side| side.value.as_str()),
        from_words: side(&change.from).map(|side| &side.words),
        to_words: side(&change.to).map(|side| &side.words),
        reason: &change.reason,
        texts: &change.texts,
        from_at: change.old.as_ref().map(|item| context.at(item.at())),
        to_at: change.new.as_ref().map(|item| context.at(item.at())),
    }
}
