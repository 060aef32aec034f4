//! Provisions of which `qingdan import` guessed a field that nobody has looked at yet: a guess declares nothing.

use std::collections::BTreeSet;

use crate::catalogue::EditionRef;
use crate::span::Span;

/// Returns where those provisions stand. What was guessed of a service holds for all it provides.
pub(super) fn guessed(local: EditionRef<'_>) -> BTreeSet<Span> {
    let edition = local.edition;
    let own: Vec<_> = edition.services.iter().filter(|service| service.adopted.is_none()).collect();
    let mut found = BTreeSet::new();
    for (at, service) in own.iter().enumerate() {
        let starts = |span: Span| span.start as usize;
        let end = own.get(at + 1).map_or(usize::MAX, |next| starts(next.span));
        let ids: Vec<Span> = service.body.provisions.iter().map(|provision| provision.id.span).collect();
        let first = ids.first().map_or(end, |id| starts(*id));
        let is_all = edition.guesses.any_in(starts(service.span)..first);
        for (nth, id) in ids.iter().enumerate() {
            let next = ids.get(nth + 1).map_or(end, |next| starts(*next));
            if is_all || edition.guesses.any_in(starts(*id)..next) {
                found.insert(*id);
            }
        }
    }
    found
}
