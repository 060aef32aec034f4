//! `diff --format json`.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{At, Context, json};
use crate::compare::Side;
use crate::coverage::Issue;
use crate::diagnostic::Message;
use crate::history::{Change, ChangeKind, Diff, Item, TextChange};

#[derive(Serialize)]
struct Document<'a> {
    from: Name<'a>,
    to: Name<'a>,
    changes: Vec<Entry<'a>>,
    summary: Map<String, Value>,
}

#[derive(Serialize)]
struct Name<'a> {
    place: &'a str,
    list: &'a str,
    edition: &'a str,
}

#[derive(Serialize)]
struct Entry<'a> {
    kind: ChangeKind,
    /// The service and provision as they are; as they were, if removed.
    service: &'a str,
    provision: Option<&'a str>,
    /// The address it had, where that differs.
    was: Option<String>,
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
    let summary =
        diff.summary().iter().map(|(kind, count)| (kind.as_str().to_owned(), Value::from(*count))).collect();
    json(&Document {
        from: name(&diff.from),
        to: name(&diff.to),
        changes: diff.changes.iter().map(|change| entry(change, context)).collect(),
        summary,
    })
}

fn name<'a>(issue: &Issue<'a>) -> Name<'a> {
    Name { place: issue.place.path.as_str(), list: &issue.list.id, edition: &issue.edition.id }
}

fn entry<'a>(change: &'a Change<'_>, context: &Context<'_>) -> Entry<'a> {
    let item = change.item();
    let was = change.old.as_ref().map(Item::address).filter(|old| *old != item.address());
    let side = |side: &'a Option<Side>| side.as_ref();
    Entry {
        kind: change.kind,
        service: &item.service.id.value,
        provision: item.provision.map(|provision| provision.id.value.as_str()),
        was,
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
