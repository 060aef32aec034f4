//! Two editions, or a list and its baseline, provision by provision.
//!
//! The differences of B from A are those of A from B, mirrored: added and removed, stronger and weaker, split
//! and merged change places, and so do old and new.

use std::collections::{BTreeMap, BTreeSet};

use super::ChangeKind;
use super::axes::axis_changes;
use super::pairs::{PairGroup, Pairs};
use super::positions::Positions;
use super::words::{TextChange, changed};
use crate::catalogue::{Catalogue, EditionRef, Orders, Provision, Service};
use crate::compare::{Offer, Order, Readings, Side, Terms, listed, offers, spoken};
use crate::coverage::orders;
use crate::diagnostic::Message;
use crate::lang::Localized;
use crate::span::Span;
use crate::text;

/// A service, or one provision of it.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The service.
    pub service: &'a Service,
    /// The provision, if it is about one.
    pub provision: Option<&'a Provision>,
}

impl Item<'_> {
    /// Returns where it stands.
    pub fn at(&self) -> Span {
        match self.provision {
            Some(provision) if self.service.adopted.is_none() => provision.id.span,
            _ => self.service.span,
        }
    }

    /// Returns its address, `service` or `service/provision`.
    pub fn address(&self) -> String {
        let service = &self.service.id.value;
        self.provision
            .map_or_else(|| service.clone(), |provision| format!("{service}/{}", provision.id.value))
    }
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// What kind.
    pub kind: ChangeKind,
    /// As it was; of several that were merged the first. `None` for what was added.
    pub old: Option<Item<'a>>,
    /// As it is; of several that it was split into the first. `None` for what was removed.
    pub new: Option<Item<'a>>,
    /// The others that it was, if several were merged.
    pub more_old: Vec<Item<'a>>,
    /// The others that it is, if it was split.
    pub more_new: Vec<Item<'a>>,
    /// The axis, of a stronger, weaker or unclear one.
    pub axis: Option<&'static str>,
    /// The part of the axis.
    pub part: Option<String>,
    /// What it said.
    pub from: Option<Side>,
    /// What it says.
    pub to: Option<Side>,
    /// The change in words.
    pub reason: Message,
    /// The texts that changed.
    pub texts: Vec<TextChange>,
}

/// How one edition differs from another.
#[derive(Clone, Debug)]
pub struct Diff<'a> {
    /// The old one.
    pub from: EditionRef<'a>,
    /// The new one.
    pub to: EditionRef<'a>,
    /// Whether both are of one list, where ids stay for ever.
    pub one_list: bool,
    /// Services and provisions in the order of the new one; what was removed comes last.
    pub changes: Vec<Change<'a>>,
}

impl Diff<'_> {
    /// Returns how many changes of each kind there are.
    pub fn summary(&self) -> [(ChangeKind, usize); 13] {
        ChangeKind::ALL.map(|kind| (kind, self.changes.iter().filter(|change| change.kind == kind).count()))
    }
}

/// Returns how `to` differs from `from`.
pub fn diff<'a>(catalogue: &'a Catalogue, from: EditionRef<'a>, to: EditionRef<'a>) -> Diff<'a> {
    let pairs = Pairs::find(catalogue, from, to);
    let one_list = from.place.path == to.place.path && from.list.id == to.list.id;
    let mut readings = Readings::new(catalogue.library_of(upper(from, to).place, None).clone());
    readings.learn(offers(from).chain(offers(to)));
    let comparer = Comparer {
        one_list,
        terms: Terms::new(
            catalogue,
            Order::new(common_orders(catalogue, from, to)),
            to.edition.keys,
            readings,
            [from.place, to.place],
        ),
    };
    let order = Positions::of(&pairs.services);
    let mut changes = Vec::new();
    let homes = Homes::of(&pairs.provisions);
    let paired: BTreeSet<(*const Service, *const Service)> = pairs
        .services
        .iter()
        .filter_map(|(old, new)| Some((place(old.as_ref()?), place(new.as_ref()?))))
        .collect();
    for (at, (old, new)) in pairs.services.iter().enumerate() {
        changes.extend(comparer.service(*old, *new, order.is_moved(at)));
        for group in homes.told_with(*old, *new) {
            changes.extend(comparer.provision(&pairs.provisions[group], &paired));
        }
    }
    Diff { from, to, one_list, changes }
}

/// Returns what tells a service from all others.
fn place(service: &Service) -> *const Service {
    std::ptr::from_ref(service)
}

/// With which services groups of provisions are told, by their places.
#[derive(Default)]
struct Homes {
    /// By the service that has the first of them now, or had it where all are gone.
    own: BTreeMap<*const Service, Vec<usize>>,
    /// By the services that those had which are gone.
    gone: BTreeMap<*const Service, Vec<usize>>,
}

impl Homes {
    fn of(groups: &[PairGroup<'_>]) -> Self {
        let mut homes = Self::default();
        for (at, group) in groups.iter().enumerate() {
            if let Some(first) = group.new.first().or(group.old.first()) {
                homes.own.entry(first.service).or_default().push(at);
            }
            for offer in group.old.iter().filter(|_| group.new.is_empty()) {
                homes.gone.entry(offer.service).or_default().push(at);
            }
        }
        homes
    }

    /// Returns the groups that are told with a service, in order.
    fn told_with(&self, old: Option<&Service>, new: Option<&Service>) -> BTreeSet<usize> {
        let of = |known: &BTreeMap<*const Service, Vec<usize>>, service: Option<&Service>| {
            service.and_then(|service| known.get(&place(service))).cloned().unwrap_or_default()
        };
        let own = of(&self.own, new.or(old));
        let gone = of(&self.gone, old.filter(|_| new.is_some()));
        own.into_iter().chain(gone).collect()
    }
}

/// Returns the orders of whichever place is above the other, so that both directions use the same.
fn common_orders<'a>(catalogue: &'a Catalogue, from: EditionRef<'a>, to: EditionRef<'a>) -> &'a Orders {
    orders(catalogue, upper(from, to), None)
}

/// Returns the edition whose place is above that of the other.
fn upper<'a>(from: EditionRef<'a>, to: EditionRef<'a>) -> EditionRef<'a> {
    let path = |issue: &EditionRef<'_>| (issue.place.path.as_str().len(), issue.place.path.clone());
    if path(&from) <= path(&to) { from } else { to }
}

struct Comparer<'a> {
    /// Whether the editions are of one list, where ids stay for ever.
    one_list: bool,
    terms: Terms<'a>,
}

impl<'a> Comparer<'a> {
    fn service(&self, old: Option<&'a Service>, new: Option<&'a Service>, moved: bool) -> Vec<Change<'a>> {
        let item = |service: &'a Service| Item { service, provision: None };
        let (Some(a), Some(b)) = (old, new) else { return existence(old.map(item), new.map(item)) };
        let change = |kind, reason| Change::of(kind, Some(item(a)), Some(item(b)), reason);
        let mut changes = Vec::new();
        if self.one_list && a.id.value != b.id.value {
            changes.push(renamed(change, &a.id.value, &b.id.value));
        }
        if self.one_list && moved || a.body.area.value != b.body.area.value {
            let (from, to) = (a.number.value, b.number.value);
            let (area, other) = (self.area(&a.body.area.value), self.area(&b.body.area.value));
            let (zh, en, other_zh, other_en) = (area.zh, area.en, other.zh, other.en);
            let reason = text!(
                "由第 {from} 项（{zh}）改为第 {to} 项（{other_zh}）",
                "from number {from} ({en}) to number {to} ({other_en})"
            );
            changes.push(change(ChangeKind::Moved, reason));
        } else if self.one_list && a.number.value != b.number.value {
            let (from, to) = (a.number.value, b.number.value);
            let reason = text!("由第 {from} 项改为第 {to} 项", "from number {from} to number {to}");
            changes.push(change(ChangeKind::Renumbered, reason));
        }
        let texts = [
            ("title", &a.body.title, &b.body.title),
            ("audience", &a.body.audience.text, &b.body.audience.text),
            ("content", &a.body.content, &b.body.content),
        ];
        let more =
            [("standard", a.standard(), b.standard()), ("expenditure", a.expenditure(), b.expenditure())];
        let written = |text: Option<&Localized>| text.map_or("", |text| &text.reference().value).to_owned();
        let more = more
            .into_iter()
            .filter_map(|(field, a, b)| changed(field, self.reference(), &written(a), &written(b)));
        let texts: Vec<TextChange> =
            texts.into_iter().flat_map(|(field, a, b)| texts_of(field, a, b)).chain(more).collect();
        if !texts.is_empty() {
            changes.push(Change {
                texts,
                ..change(ChangeKind::Reworded, text!("原文有改动", "the official text changed"))
            });
        }
        let ids = |service: &Service| service.body.departments.iter().map(|id| id.value.clone()).collect();
        changes.extend(self.departments(change, ids(a), ids(b)));
        changes
    }

    fn provision(
        &self,
        group: &PairGroup<'a>,
        paired: &BTreeSet<(*const Service, *const Service)>,
    ) -> Vec<Change<'a>> {
        match (group.old.as_slice(), group.new.as_slice()) {
            ([a], [b]) => self.one(*a, *b, paired),
            ([], new) => new.iter().flat_map(|offer| existence(None, Some(item(*offer)))).collect(),
            (old, []) => old.iter().flat_map(|offer| existence(Some(item(*offer)), None)).collect(),
            (old, new) => self.several(old, new),
        }
    }

    /// A provision that is one in both.
    fn one(
        &self,
        a: Offer<'a>,
        b: Offer<'a>,
        paired: &BTreeSet<(*const Service, *const Service)>,
    ) -> Vec<Change<'a>> {
        let change = |kind, reason| Change::of(kind, Some(item(a)), Some(item(b)), reason);
        let mut changes = Vec::new();
        if self.one_list && a.provision.id.value != b.provision.id.value {
            changes.push(renamed(change, &a.provision.id.value, &b.provision.id.value));
        }
        if self.one_list && !paired.contains(&(place(a.service), place(b.service))) {
            changes.push(change(ChangeKind::Moved, moved(a.service, b.service)));
        }
        changes.extend(self.axes(change, &[a], &[b]));
        let quote = changed("quote", self.reference(), &a.provision.quote.value, &b.provision.quote.value);
        let texts: Vec<TextChange> =
            quote.into_iter().chain(texts_of("plain", &a.provision.plain, &b.provision.plain)).collect();
        if !texts.is_empty() {
            changes.push(Change {
                texts,
                ..change(ChangeKind::Reworded, text!("说法有改动", "the wording changed"))
            });
        }
        let own = |offer: Offer<'_>| offer.provision.departments.iter().map(|id| id.value.clone()).collect();
        changes.extend(self.departments(change, own(a), own(b)));
        changes
    }

    /// Provisions that were split, merged or both: told as that, with what became higher or lower on the way.
    fn several(&self, old: &[Offer<'a>], new: &[Offer<'a>]) -> Vec<Change<'a>> {
        let change = |kind, reason| Change {
            more_old: old.iter().skip(1).map(|offer| item(*offer)).collect(),
            more_new: new.iter().skip(1).map(|offer| item(*offer)).collect(),
            ..Change::of(kind, Some(item(old[0])), Some(item(new[0])), reason)
        };
        let (before, now) = (old.len(), new.len());
        let (kind, reason) = match (before, now) {
            (1, _) => {
                (ChangeKind::Split, text!("由 1 条拆为 {now} 条", "one provision was split into {now}"))
            }
            (_, 1) => (
                ChangeKind::Merged,
                text!("由 {before} 条合为 1 条", "{before} provisions were merged into one"),
            ),
            _ => (
                ChangeKind::Regrouped,
                text!("由 {before} 条重新拆并为 {now} 条", "{before} provisions were regrouped into {now}"),
            ),
        };
        let quotes = |offers: &[Offer<'_>]| {
            let quotes: Vec<&str> = offers.iter().map(|offer| offer.provision.quote.value.as_str()).collect();
            quotes.join("；")
        };
        let texts = changed("quote", self.reference(), &quotes(old), &quotes(new)).into_iter().collect();
        let mut changes = vec![Change { texts, ..change(kind, reason) }];
        changes.extend(self.axes(change, old, new));
        let own = |offers: &[Offer<'_>]| {
            let ids: std::collections::BTreeSet<String> = offers
                .iter()
                .flat_map(|offer| &offer.provision.departments)
                .map(|id| id.value.clone())
                .collect();
            ids.into_iter().collect()
        };
        changes.extend(self.departments(change, own(old), own(new)));
        changes
    }

    fn axes(
        &self,
        change: impl Fn(ChangeKind, Message) -> Change<'a>,
        old: &[Offer<'a>],
        new: &[Offer<'a>],
    ) -> Vec<Change<'a>> {
        let steps = axis_changes(old, new, &self.terms).into_iter();
        let told = steps.map(|step| Change {
            axis: Some(step.axis),
            part: step.part,
            from: Some(step.from),
            to: Some(step.to),
            ..change(step.kind, step.reason)
        });
        told.collect()
    }

    fn reference(&self) -> &str {
        self.terms.catalogue.site.languages.reference().code.as_str()
    }

    fn area(&self, id: &str) -> Message {
        let area = self.terms.catalogue.vocabulary.area(id);
        area.map_or_else(|| Message { zh: id.to_owned(), en: id.to_owned() }, |area| spoken(&area.name))
    }

    fn departments(
        &self,
        change: impl Fn(ChangeKind, Message) -> Change<'a>,
        mut old: Vec<String>,
        mut new: Vec<String>,
    ) -> Option<Change<'a>> {
        old.sort();
        new.sort();
        if old == new {
            return None;
        }
        let function = |id: &String| {
            let known = self.terms.catalogue.vocabulary.department(id);
            known.map_or_else(|| Message { zh: id.clone(), en: id.clone() }, |known| spoken(&known.name))
        };
        let side = |ids: &[String]| match ids {
            [] => Side { value: String::new(), words: text!("没有另写", "none of its own") },
            ids => Side { value: ids.join(", "), words: listed(ids.iter().map(function)) },
        };
        let (from, to) = (side(&old), side(&new));
        let (zh, en, other_zh, other_en) = (&from.words.zh, &from.words.en, &to.words.zh, &to.words.en);
        let reason =
            text!("责任部门由“{zh}”改为“{other_zh}”", "responsible departments: from {en} to {other_en}");
        Some(Change { from: Some(from), to: Some(to), ..change(ChangeKind::Departments, reason) })
    }
}

fn item(offer: Offer<'_>) -> Item<'_> {
    Item { service: offer.service, provision: Some(offer.provision) }
}

/// Says from which service a provision went to which.
fn moved(from: &Service, to: &Service) -> Message {
    let (a, b) = (spoken(&from.body.title), spoken(&to.body.title));
    let (number, zh, en) = (from.number.value, a.zh, a.en);
    let (other, other_zh, other_en) = (to.number.value, b.zh, b.en);
    text!(
        "由第 {number} 项“{zh}”移到第 {other} 项“{other_zh}”",
        "moved from number {number} ({en}) to number {other} ({other_en})"
    )
}

impl<'a> Change<'a> {
    fn of(kind: ChangeKind, old: Option<Item<'a>>, new: Option<Item<'a>>, reason: Message) -> Self {
        Self {
            kind,
            old,
            new,
            more_old: Vec::new(),
            more_new: Vec::new(),
            axis: None,
            part: None,
            from: None,
            to: None,
            reason,
            texts: Vec::new(),
        }
    }

    /// Returns what it is about: as it is, or as it was if it is gone.
    pub fn item(&self) -> Item<'a> {
        self.new.or(self.old).expect("a change is about something")
    }

    /// Returns all that it was: several if they were merged.
    pub fn olds(&self) -> impl Iterator<Item = &Item<'a>> {
        self.old.iter().chain(&self.more_old)
    }

    /// Returns all that it is: several if it was split.
    pub fn news(&self) -> impl Iterator<Item = &Item<'a>> {
        self.new.iter().chain(&self.more_new)
    }
}

fn existence<'a>(old: Option<Item<'a>>, new: Option<Item<'a>>) -> Vec<Change<'a>> {
    let words = |item: &Item<'_>| match item.provision {
        Some(provision) => spoken(&provision.plain),
        None => spoken(&item.service.body.title),
    };
    let (kind, item) = match (&old, &new) {
        (None, Some(item)) => (ChangeKind::Added, words(item)),
        (Some(item), None) => (ChangeKind::Removed, words(item)),
        _ => return Vec::new(),
    };
    let Message { zh, en } = item;
    let reason = match kind {
        ChangeKind::Added => text!("新增：{zh}", "added: {en}"),
        _ => text!("删去：{zh}", "removed: {en}"),
    };
    vec![Change::of(kind, old, new, reason)]
}

fn renamed<'a>(change: impl Fn(ChangeKind, Message) -> Change<'a>, old: &str, new: &str) -> Change<'a> {
    let reason = text!("只改了内部编号，内容不变", "only its id changed");
    Change { from: Some(Side::plain(old)), to: Some(Side::plain(new)), ..change(ChangeKind::Renamed, reason) }
}

/// Returns the changes of a text in each language both have.
fn texts_of(field: &'static str, old: &Localized, new: &Localized) -> Vec<TextChange> {
    let both = new.iter().filter_map(|(lang, text)| Some((lang, old.get(lang)?, text)));
    both.filter_map(|(lang, a, b)| changed(field, lang.as_str(), &a.value, &b.value)).collect()
}
