//! A diff as people read it: one change once, the gravest first.
//!
//! What a clause says in words and in fields is one entry, and so is what all clauses of a service have in common. A
//! split, a merge or a move is told as that.

use std::collections::BTreeMap;

use super::words::TextChange;
use super::{Change, ChangeKind, Diff, Item};
use crate::catalogue::Service;

/// The entries of a diff.
#[derive(Clone, Debug)]
pub struct Brief<'d, 'a> {
    /// The gravest first; within one kind in the order of the new edition.
    pub entries: Vec<BriefEntry<'d, 'a>>,
}

/// What happened to one provision, to several that hang together, or to a service itself.
#[derive(Clone, Debug)]
pub struct BriefEntry<'d, 'a> {
    /// The gravest of what happened.
    pub kind: ChangeKind,
    /// Its service: as it is, or as it was if it is gone.
    pub service: &'a Service,
    /// Whether the service as a whole is new or gone.
    pub whole: bool,
    /// How many provisions it counts for; none if it is about the service itself.
    pub count: usize,
    /// The provisions as they were; of a service itself that service.
    pub old: Vec<Item<'a>>,
    /// The provisions as they are.
    pub new: Vec<Item<'a>>,
    /// What happened, the gravest first.
    pub changes: Vec<&'d Change<'a>>,
    /// The texts that changed, those of other languages too.
    pub texts: Vec<&'d TextChange>,
}

/// Axes on which the audience column of a service speaks for all its provisions.
const OF_SERVICES: &[&str] = &["age", "audience", "condition"];

impl<'d, 'a> Brief<'d, 'a> {
    /// Puts the changes of a diff together.
    pub fn of(diff: &'d Diff<'a>) -> Self {
        let mut entries: Vec<BriefEntry<'d, 'a>> = Vec::new();
        for change in &diff.changes {
            match entries.last_mut().filter(|last| is_one(last.changes[0], change)) {
                Some(last) => last.add(change),
                None => entries.push(BriefEntry::of(change)),
            }
        }
        entries.iter_mut().for_each(BriefEntry::keep_what_is_meant);
        let mut services: BTreeMap<*const Service, Vec<BriefEntry<'d, 'a>>> = BTreeMap::new();
        let mut order: Vec<*const Service> = Vec::new();
        for entry in entries {
            let key = std::ptr::from_ref(entry.service);
            services.entry(key).or_insert_with(|| {
                order.push(key);
                Vec::new()
            });
            services.entry(key).or_default().push(entry);
        }
        let told = order.into_iter().flat_map(|key| services.remove(&key)).flat_map(of_service);
        let mut entries: Vec<BriefEntry<'d, 'a>> = told.collect();
        for entry in &mut entries {
            entry.changes.sort_by_key(|change| change.kind.gravity());
        }
        entries.sort_by_key(|entry| entry.kind.gravity());
        Self { entries }
    }

    /// Returns how many provisions each kind counts, the gravest first; kinds without any are left out.
    pub fn provisions(&self) -> Vec<(ChangeKind, usize)> {
        counted(|kind| self.of_kind(kind).map(|entry| entry.count).sum())
    }

    /// Returns how many services changed in themselves, the gravest first.
    pub fn services(&self) -> Vec<(ChangeKind, usize)> {
        counted(|kind| self.of_kind(kind).filter(|entry| entry.count == 0).count())
    }

    /// Returns how much of each kind there is, provisions and services together.
    pub fn totals(&self) -> Vec<(ChangeKind, usize)> {
        counted(|kind| self.of_kind(kind).map(|entry| entry.count.max(1)).sum())
    }

    /// Returns the entries of a kind, in order.
    pub fn of_kind(&self, kind: ChangeKind) -> impl Iterator<Item = &BriefEntry<'d, 'a>> {
        self.entries.iter().filter(move |entry| entry.kind == kind)
    }
}

fn counted(count: impl Fn(ChangeKind) -> usize) -> Vec<(ChangeKind, usize)> {
    let all = ChangeKind::GRAVEST_FIRST.into_iter().map(|kind| (kind, count(kind)));
    all.filter(|(_, count)| *count > 0).collect()
}

/// Tells whether two changes are about the same thing.
fn is_one(a: &Change<'_>, b: &Change<'_>) -> bool {
    let same = |a: &Option<Item<'_>>, b: &Option<Item<'_>>| match (a, b) {
        (Some(a), Some(b)) => std::ptr::eq(a.service, b.service) && is_same(a, b),
        (None, None) => true,
        _ => false,
    };
    same(&a.old, &b.old) && same(&a.new, &b.new)
}

fn is_same(a: &Item<'_>, b: &Item<'_>) -> bool {
    match (a.provision, b.provision) {
        (Some(a), Some(b)) => std::ptr::eq(a, b),
        (None, None) => true,
        _ => false,
    }
}

/// Puts together what happened to one service and its provisions.
fn of_service<'d, 'a>(entries: Vec<BriefEntry<'d, 'a>>) -> Vec<BriefEntry<'d, 'a>> {
    let (mut own, mut provisions): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.count == 0);
    let comes_or_goes =
        |entry: &BriefEntry<'_, '_>| matches!(entry.kind, ChangeKind::Added | ChangeKind::Removed);
    if own.iter().any(comes_or_goes) && provisions.iter().any(comes_or_goes) {
        // A service that is new or gone is told by its provisions.
        own.retain(|entry| !comes_or_goes(entry));
        provisions.iter_mut().filter(|entry| comes_or_goes(entry)).for_each(|entry| entry.whole = true);
    }
    let mut shared = share(&mut provisions);
    for entry in &mut own {
        let explained = provisions.iter().any(|entry| {
            comes_or_goes(entry)
                || entry.texts.iter().any(|text| text.field == "quote")
                || entry.is_structural()
        });
        entry.texts.retain(|text| text.field != "content" || !explained);
        // Words of the audience column and the field that says the same are one change.
        let speaks = |entry: &BriefEntry<'_, '_>| {
            entry.changes.iter().any(|change| change.axis.is_some_and(|axis| OF_SERVICES.contains(&axis)))
        };
        let only = match provisions.as_mut_slice() {
            [one] if entry.service.body.provisions.len() == 1 => Some(one),
            _ => None,
        };
        if let Some(place) = shared.first_mut().or(only).filter(|entry| speaks(entry)) {
            let audience = |text: &&'d TextChange| text.field == "audience";
            place.texts.extend(entry.texts.iter().copied().filter(audience));
            entry.texts.retain(|text| text.field != "audience");
        }
        entry.drop_what_is_empty();
    }
    let all = own.into_iter().chain(shared).chain(provisions);
    all.filter(|entry| !entry.changes.is_empty()).collect()
}

/// Takes out what all provisions of a service have in common, as entries of their own.
fn share<'d, 'a>(provisions: &mut [BriefEntry<'d, 'a>]) -> Vec<BriefEntry<'d, 'a>> {
    let Some(service) = provisions.first().map(|entry| entry.service) else { return Vec::new() };
    let added = provisions.iter().filter(|entry| entry.kind == ChangeKind::Added).count();
    let all = service.body.provisions.len() - added;
    let common = |one: &Change<'_>, other: &Change<'_>| {
        let value = |side: &Option<crate::compare::Side>| side.as_ref().map(|side| side.value.clone());
        (one.kind, one.axis, &one.part) == (other.kind, other.axis, &other.part)
            && value(&one.from) == value(&other.from)
            && value(&one.to) == value(&other.to)
    };
    let candidates: Vec<&'d Change<'a>> = provisions[0]
        .changes
        .iter()
        .copied()
        .filter(|change| change.axis.is_some_and(|axis| OF_SERVICES.contains(&axis)))
        .collect();
    let mut shared = Vec::new();
    for change in candidates {
        let having =
            |entry: &&mut BriefEntry<'d, 'a>| entry.changes.iter().any(|other| common(change, other));
        let mut members: Vec<&mut BriefEntry<'d, 'a>> = provisions.iter_mut().filter(having).collect();
        if all < 2 || members.len() != all || members.iter().any(|entry| entry.is_structural()) {
            continue;
        }
        let mut entry = BriefEntry::of(change);
        entry.count = all;
        (entry.old, entry.new) = (Vec::new(), Vec::new());
        for member in &mut members {
            entry.old.extend(&member.old);
            entry.new.extend(&member.new);
            member.changes.retain(|other| !common(change, other));
            member.drop_what_is_empty();
        }
        shared.push(entry);
    }
    shared
}

impl<'d, 'a> BriefEntry<'d, 'a> {
    fn of(change: &'d Change<'a>) -> Self {
        let item = change.item();
        Self {
            kind: change.kind,
            service: item.service,
            whole: false,
            count: usize::from(item.provision.is_some()),
            old: change.olds().copied().collect(),
            new: change.news().copied().collect(),
            changes: vec![change],
            texts: change.texts.iter().collect(),
        }
    }

    fn add(&mut self, change: &'d Change<'a>) {
        self.changes.push(change);
        self.texts.extend(&change.texts);
        self.judge();
    }

    fn judge(&mut self) {
        if let Some(gravest) = self.changes.iter().map(|change| change.kind).min_by_key(|kind| kind.gravity())
        {
            self.kind = gravest;
        }
    }

    /// Tells whether it was split or merged.
    pub fn is_structural(&self) -> bool {
        self.old.len() + self.new.len() > 2
    }

    /// Leaves out a change of words that another provision of the same clause means.
    fn keep_what_is_meant(&mut self) {
        let focus = |item: &Item<'_>| {
            item.provision.and_then(|provision| provision.focus.as_ref()).map(|focus| focus.value.clone())
        };
        if let ([old], [new]) = (self.old.as_slice(), self.new.as_slice())
            && focus(old).is_some()
            && focus(old) == focus(new)
        {
            self.texts.retain(|text| text.field != "quote");
        }
        self.drop_what_is_empty();
    }

    /// Drops a change of words of which no text is left.
    fn drop_what_is_empty(&mut self) {
        let texts = !self.texts.is_empty();
        self.changes.retain(|change| change.kind != ChangeKind::Reworded || texts);
        self.judge();
    }

    /// Returns what else is to be said, the gravest first: on which axes, from where to where, which departments. That a
    /// clause is new, gone or in other words its words show.
    pub fn reasons(&self) -> impl Iterator<Item = &'d Change<'a>> {
        let says_itself = |kind| {
            matches!(kind, ChangeKind::Added | ChangeKind::Removed | ChangeKind::Reworded)
                || (kind == ChangeKind::Renamed && self.changes.len() > 1)
        };
        self.changes.iter().copied().filter(move |change| !says_itself(change.kind))
    }

    /// Returns the text of a field in a language that changed.
    pub fn text(&self, field: &str, lang: &str) -> Option<&'d TextChange> {
        self.texts.iter().copied().find(|text| text.field == field && text.lang == lang)
    }
}
