//! Two editions, or a list and its baseline, provision by provision.
//!
//! The differences of B from A are those of A from B, mirrored: added and removed, stronger and weaker
//! change places, and so do old and new.

use std::collections::BTreeMap;

use super::pairs::Pairs;
use super::words::{TextChange, changed};
use crate::catalogue::{Catalogue, Orders, Provision, Service};
use crate::compare::{
    AXES, DEPARTMENTS, Offer, Order, Readings, Side, Terms, Verdict, WORDING, listed, weigh,
};
use crate::coverage::{Issue, orders};
use crate::diagnostic::Message;
use crate::lang::Localized;
use crate::span::Span;
use crate::text;

/// What kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// New.
    Added,
    /// Gone.
    Removed,
    /// Under another id.
    Renamed,
    /// Higher on an axis.
    Stronger,
    /// Lower on an axis.
    Weaker,
    /// Different on an axis, higher or lower cannot be told.
    Unclear,
    /// In other words.
    Reworded,
    /// With other responsible departments.
    Departments,
    /// In another service, area or place of the list.
    Moved,
}

impl ChangeKind {
    /// Every kind, in the order summaries name them.
    pub const ALL: [Self; 9] = [
        Self::Added,
        Self::Removed,
        Self::Renamed,
        Self::Stronger,
        Self::Weaker,
        Self::Unclear,
        Self::Reworded,
        Self::Departments,
        Self::Moved,
    ];

    /// Returns the word JSON and strings use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Stronger => "stronger",
            Self::Weaker => "weaker",
            Self::Unclear => "unclear",
            Self::Reworded => "reworded",
            Self::Departments => "departments",
            Self::Moved => "moved",
        }
    }

    /// Returns the word people read.
    pub fn words(self) -> Message {
        match self {
            Self::Added => text!("新增", "added"),
            Self::Removed => text!("删去", "removed"),
            Self::Renamed => text!("改了编号", "renamed"),
            Self::Stronger => text!("提高", "stronger"),
            Self::Weaker => text!("降低", "weaker"),
            Self::Unclear => text!("有变化", "changed"),
            Self::Reworded => text!("改了说法", "reworded"),
            Self::Departments => text!("改了责任部门", "departments changed"),
            Self::Moved => text!("换了位置", "moved"),
        }
    }
}

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
    /// As it was. `None` for what was added.
    pub old: Option<Item<'a>>,
    /// As it is. `None` for what was removed.
    pub new: Option<Item<'a>>,
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
    pub from: Issue<'a>,
    /// The new one.
    pub to: Issue<'a>,
    /// Services and provisions in the order of the new one; what was removed comes last.
    pub changes: Vec<Change<'a>>,
}

impl Diff<'_> {
    /// Returns how many changes of each kind there are.
    pub fn summary(&self) -> [(ChangeKind, usize); 9] {
        ChangeKind::ALL.map(|kind| (kind, self.changes.iter().filter(|change| change.kind == kind).count()))
    }
}

/// Returns how `to` differs from `from`.
pub fn diff<'a>(catalogue: &'a Catalogue, from: Issue<'a>, to: Issue<'a>) -> Diff<'a> {
    let pairs = Pairs::find(catalogue, from, to);
    let one_list = from.place.path == to.place.path && from.list.id == to.list.id;
    let mut readings = Readings::new(catalogue.wording.clone());
    readings.learn(from.offers().chain(to.offers()));
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
    for (at, (old, new)) in pairs.services.iter().enumerate() {
        changes.extend(comparer.service(*old, *new, order.is_moved(at)));
        let own = |service: &Service| match (old, new) {
            (_, Some(new)) => std::ptr::eq(service, *new),
            (Some(old), None) => std::ptr::eq(service, *old),
            (None, None) => false,
        };
        for (a, b) in &pairs.provisions {
            let home = b.or(*a).map(|offer| offer.service);
            if home.is_some_and(own) || (b.is_none() && is_of(a, *old) && new.is_some()) {
                changes.extend(comparer.provision(*a, *b, &pairs.services));
            }
        }
    }
    Diff { from, to, changes }
}

fn is_of(offer: &Option<Offer<'_>>, service: Option<&Service>) -> bool {
    matches!((offer, service), (Some(offer), Some(service)) if std::ptr::eq(offer.service, service))
}

/// Returns the orders of whichever place is above the other, so that both directions use the same.
fn common_orders<'a>(catalogue: &'a Catalogue, from: Issue<'a>, to: Issue<'a>) -> &'a Orders {
    let path = |issue: &Issue<'_>| (issue.place.path.as_str().len(), issue.place.path.clone());
    orders(catalogue, if path(&from) <= path(&to) { from } else { to }, None)
}

/// Which services changed their place among those both editions have.
struct Positions(BTreeMap<usize, bool>);

impl Positions {
    fn of(services: &[(Option<&Service>, Option<&Service>)]) -> Self {
        let both: Vec<(usize, u32, u32)> = services
            .iter()
            .enumerate()
            .filter_map(|(at, (old, new))| Some((at, old.as_ref()?.number.value, new.as_ref()?.number.value)))
            .collect();
        let crossed = |a: &(usize, u32, u32), b: &(usize, u32, u32)| {
            (a.1 < b.1 && a.2 > b.2) || (a.1 > b.1 && a.2 < b.2)
        };
        let count = |one: &(usize, u32, u32)| both.iter().filter(|other| crossed(one, other)).count();
        // One that moves crosses many, and each of these only the one: that one has moved.
        let moved = both.iter().map(|one| {
            let own = count(one);
            let most = both.iter().filter(|other| crossed(one, other)).map(count).max().unwrap_or(0);
            (one.0, own > 0 && own >= most)
        });
        Self(moved.collect())
    }

    fn is_moved(&self, at: usize) -> bool {
        self.0.get(&at).copied().unwrap_or(false)
    }
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
        }
        let texts = [
            ("title", &a.body.title, &b.body.title),
            ("audience", &a.body.audience.text, &b.body.audience.text),
            ("content", &a.body.content, &b.body.content),
        ];
        let texts: Vec<TextChange> =
            texts.into_iter().flat_map(|(field, a, b)| texts_of(field, a, b)).collect();
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
        old: Option<Offer<'a>>,
        new: Option<Offer<'a>>,
        services: &[(Option<&'a Service>, Option<&'a Service>)],
    ) -> Vec<Change<'a>> {
        let item = |offer: Offer<'a>| Item { service: offer.service, provision: Some(offer.provision) };
        let (Some(a), Some(b)) = (old, new) else { return existence(old.map(item), new.map(item)) };
        let change = |kind, reason| Change::of(kind, Some(item(a)), Some(item(b)), reason);
        let mut changes = Vec::new();
        if self.one_list && a.provision.id.value != b.provision.id.value {
            changes.push(renamed(change, &a.provision.id.value, &b.provision.id.value));
        }
        let together = services.iter().any(|(x, y)| is_of(&Some(a), *x) && is_of(&Some(b), *y));
        if self.one_list && !together {
            let (from, to) = (&a.service.id.value, &b.service.id.value);
            changes.push(change(
                ChangeKind::Moved,
                text!("由“{from}”移到“{to}”", "moved from `{from}` to `{to}`"),
            ));
        }
        changes.extend(self.axes(a, b).into_iter().map(|step| Change {
            axis: Some(step.axis),
            part: step.part,
            from: Some(step.from),
            to: Some(step.to),
            ..change(step.kind, step.reason)
        }));
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

    fn reference(&self) -> &str {
        self.terms.catalogue.site.languages.reference().code.as_str()
    }

    fn area(&self, id: &str) -> Message {
        let area = self.terms.catalogue.vocabulary.area(id);
        area.map_or_else(
            || Message { zh: id.to_owned(), en: id.to_owned() },
            |area| crate::compare::spoken(&area.name),
        )
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
            known.map_or_else(
                || Message { zh: id.clone(), en: id.clone() },
                |known| crate::compare::spoken(&known.name),
            )
        };
        let side = |ids: &[String]| Side { value: ids.join(", "), words: listed(ids.iter().map(function)) };
        let (from, to) = (side(&old), side(&new));
        let (zh, en, other_zh, other_en) = (&from.words.zh, &from.words.en, &to.words.zh, &to.words.en);
        let reason =
            text!("责任部门由“{zh}”改为“{other_zh}”", "responsible departments: from {en} to {other_en}");
        Some(Change { from: Some(from), to: Some(to), ..change(ChangeKind::Departments, reason) })
    }

    /// Returns on which axes `b` is higher or lower than `a`, asked from both sides.
    fn axes(&self, a: Offer<'a>, b: Offer<'a>) -> Vec<AxisChange> {
        let (there, back) = (weigh(a, &[b], &self.terms), weigh(b, &[a], &self.terms));
        let mut found: BTreeMap<(usize, Option<String>), Moves> = BTreeMap::new();
        let counted = |axis: &str| axis != "vague" && axis != DEPARTMENTS && axis != WORDING;
        for (steps, forward) in [(there.steps, true), (back.steps, false)] {
            for step in steps.into_iter().filter(|step| counted(step.axis)) {
                let axis = AXES.iter().position(|axis| axis.name == step.axis).unwrap_or(AXES.len());
                let (from, to) =
                    if forward { (step.baseline, step.local) } else { (step.local, step.baseline) };
                let entry =
                    found.entry((axis, step.part)).or_insert_with(|| (Vec::new(), from.clone(), to.clone()));
                // What is free without saying so counts as free only as the baseline: either may tell.
                entry.1 = said(&entry.1, from);
                entry.2 = said(&entry.2, to);
                match step.verdict {
                    Verdict::Exceeded => entry.0.push(forward),
                    Verdict::Weaker => entry.0.push(!forward),
                    Verdict::Met | Verdict::NeedsReview | Verdict::Misquoted | Verdict::Missing => {}
                }
            }
        }
        let changes = found.into_iter().filter_map(|((axis, part), (raises, from, to))| {
            let axis = AXES.get(axis)?;
            let kind = match (raises.contains(&true), raises.contains(&false)) {
                (true, false) => ChangeKind::Stronger,
                (false, true) => ChangeKind::Weaker,
                _ => ChangeKind::Unclear,
            };
            let (name_zh, name_en) = (axis.zh, axis.en);
            let (zh, en, other_zh, other_en) = (&from.words.zh, &from.words.en, &to.words.zh, &to.words.en);
            let reason =
                text!("{name_zh}：由“{zh}”改为“{other_zh}”", "{name_en}: from “{en}” to “{other_en}”");
            Some(AxisChange { kind, axis: axis.name, part, from, to, reason })
        });
        changes.collect()
    }
}

/// Returns the side that says something, of two readings of the same.
fn said(known: &Side, other: Side) -> Side {
    if known.value.is_empty() { other } else { known.clone() }
}

/// Whether each asking said up or down, and both sides.
type Moves = (Vec<bool>, Side, Side);

/// A change on one axis.
struct AxisChange {
    kind: ChangeKind,
    axis: &'static str,
    part: Option<String>,
    from: Side,
    to: Side,
    reason: Message,
}

impl<'a> Change<'a> {
    fn of(kind: ChangeKind, old: Option<Item<'a>>, new: Option<Item<'a>>, reason: Message) -> Self {
        Self { kind, old, new, axis: None, part: None, from: None, to: None, reason, texts: Vec::new() }
    }

    /// Returns what it is about: as it is, or as it was if it is gone.
    pub fn item(&self) -> Item<'a> {
        self.new.or(self.old).expect("a change is about something")
    }
}

fn existence<'a>(old: Option<Item<'a>>, new: Option<Item<'a>>) -> Vec<Change<'a>> {
    let words = |item: &Item<'_>| match item.provision {
        Some(provision) => crate::compare::spoken(&provision.plain),
        None => crate::compare::spoken(&item.service.body.title),
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
    let reason = text!("编号由 {old} 改为 {new}", "the id changed from {old} to {new}");
    Change { from: Some(Side::plain(old)), to: Some(Side::plain(new)), ..change(ChangeKind::Renamed, reason) }
}

/// Returns the changes of a text in each language both have.
fn texts_of(field: &'static str, old: &Localized, new: &Localized) -> Vec<TextChange> {
    let both = new.iter().filter_map(|(lang, text)| Some((lang, old.get(lang)?, text)));
    both.filter_map(|(lang, a, b)| changed(field, lang.as_str(), &a.value, &b.value)).collect()
}
