//! Which services and provisions of one edition are which of the other.

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, EditionRef, Lineage, Provision, Service};
use crate::compare::{Offer, offers};
use crate::coverage::hold_against;

/// What belongs together in two editions, in the order of the second, then what only the first has.
pub(super) struct Pairs<'a> {
    pub services: Vec<(Option<&'a Service>, Option<&'a Service>)>,
    pub provisions: Vec<PairGroup<'a>>,
}

/// Provisions that are the same ones in two editions: one on each side, or several where they were split or
/// merged; none on a side where they are new or gone.
#[derive(Clone, Debug, Default)]
pub(super) struct PairGroup<'a> {
    pub old: Vec<Offer<'a>>,
    pub new: Vec<Offer<'a>>,
}

impl<'a> PairGroup<'a> {
    fn of(old: Option<Offer<'a>>, new: Option<Offer<'a>>) -> Self {
        Self { old: old.into_iter().collect(), new: new.into_iter().collect() }
    }

    fn mirrored(self) -> Self {
        Self { old: self.new, new: self.old }
    }
}

impl<'a> Pairs<'a> {
    pub fn find(catalogue: &'a Catalogue, from: EditionRef<'a>, to: EditionRef<'a>) -> Self {
        if from.place.path == to.place.path && from.list.id == to.list.id {
            Self::by_lineage(from, to)
        } else if measures(from, to) {
            let mirrored = Self::by_answers(catalogue, to, from);
            Self {
                services: mirrored.services.into_iter().map(|(a, b)| (b, a)).collect(),
                provisions: mirrored.provisions.into_iter().map(PairGroup::mirrored).collect(),
            }
        } else if measures(to, from) {
            Self::by_answers(catalogue, from, to)
        } else {
            Self::by_id(from, to)
        }
    }

    /// Two editions of one list: ids stay, or the later one says what each was.
    fn by_lineage(from: EditionRef<'a>, to: EditionRef<'a>) -> Self {
        let lineage = Lineage::between(from.list, from.edition, to.edition);
        let new: Vec<&Service> = to.edition.services.iter().collect();
        let mut services: Vec<(Option<&Service>, Option<&Service>)> =
            new.iter().map(|service| (None, Some(*service))).collect();
        for old in &from.edition.services {
            let now = lineage.services(&old.id.value);
            let free = |(a, b): &&mut (Option<&Service>, Option<&Service>)| {
                a.is_none() && b.is_some_and(|new| now.contains(&new.id.value))
            };
            match services.iter_mut().find(free) {
                Some(pair) => pair.0 = Some(old),
                None => services.push((Some(old), None)),
            }
        }
        let links = links(from, to, |address| lineage.provisions(address).into_iter().collect());
        Self { services, provisions: groups(from, to, &links) }
    }

    /// Two lists that stand beside each other: the same ids, or those that either says were once so.
    fn by_id(from: EditionRef<'a>, to: EditionRef<'a>) -> Self {
        let old: Vec<&Service> = from.edition.services.iter().collect();
        let new: Vec<&Service> = to.edition.services.iter().collect();
        let (there, back) =
            (Lineage::beside(from.edition, to.edition), Lineage::beside(to.edition, from.edition));
        let mut all = links(from, to, |address| there.provisions(address).into_iter().collect());
        let mirrored = links(to, from, |address| back.provisions(address).into_iter().collect());
        all.extend(mirrored.into_iter().map(|(new, old)| (old, new)));
        Self { services: pair(&old, &new), provisions: groups(from, to, &all) }
    }

    /// A list and its baseline: what answers what.
    fn by_answers(catalogue: &'a Catalogue, baseline: EditionRef<'a>, local: EditionRef<'a>) -> Self {
        let coverage = hold_against(catalogue, local, baseline);
        let mut provisions: Vec<PairGroup<'a>> = Vec::new();
        for known in coverage.services.iter().flat_map(|service| &service.provisions) {
            provisions.push(PairGroup::of(Some(known.baseline), known.covered_by.first().copied()));
        }
        provisions.extend(coverage.additions.iter().map(|offer| PairGroup::of(None, Some(*offer))));
        let partner = |service: &Service| {
            let group = provisions.iter().find(|group| group.new.iter().any(|offer| is_of(offer, service)));
            group.and_then(|group| group.old.first()).map(|offer| offer.service)
        };
        let mut services: Vec<(Option<&'a Service>, Option<&'a Service>)> = Vec::new();
        for service in &local.edition.services {
            let above = partner(service)
                .filter(|above| !services.iter().any(|(a, _)| a.is_some_and(|a| std::ptr::eq(a, *above))));
            services.push((above, Some(service)));
        }
        for service in &baseline.edition.services {
            if !services.iter().any(|(a, _)| a.is_some_and(|a| std::ptr::eq(a, service))) {
                services.push((Some(service), None));
            }
        }
        Self { services, provisions }
    }
}

/// Tells whether `offer` is one of this very service.
pub(super) fn is_of(offer: &Offer<'_>, service: &Service) -> bool {
    std::ptr::eq(offer.service, service)
}

fn measures(local: EditionRef<'_>, baseline: EditionRef<'_>) -> bool {
    local.edition.measured_against.as_ref().is_some_and(|address| {
        let list = address.value.rsplit_once('/').map_or("", |(list, _)| list);
        list == baseline.list_address()
    })
}

/// Pairs services that have the same id, then those of which one side says that it was called so.
fn pair<'a>(old: &[&'a Service], new: &[&'a Service]) -> Vec<(Option<&'a Service>, Option<&'a Service>)> {
    let mut free: Vec<Option<&Service>> = old.iter().copied().map(Some).collect();
    let mut take = |wanted: &dyn Fn(&Service) -> bool| {
        free.iter_mut().find(|known| known.is_some_and(wanted)).and_then(Option::take)
    };
    let id = |service: &Service| service.id.value.clone();
    let was = |service: &Service, other: &Service| {
        service.was.as_ref().is_some_and(|was| was.value == other.id.value)
    };
    let same: Vec<Option<&Service>> =
        new.iter().map(|service| take(&|known| id(known) == id(service))).collect();
    let mut pairs = Vec::new();
    for (service, known) in new.iter().zip(same) {
        let known = known.or_else(|| take(&|known| was(service, known) || was(known, service)));
        pairs.push((known, Some(*service)));
    }
    pairs.extend(free.into_iter().flatten().map(|known| (Some(known), None)));
    pairs
}

/// Returns which provisions lead to which, by their places in the two editions.
fn links(
    from: EditionRef<'_>,
    to: EditionRef<'_>,
    lead: impl Fn(&str) -> Vec<String>,
) -> Vec<(usize, usize)> {
    let new: BTreeMap<String, usize> =
        offers(to).enumerate().map(|(at, offer)| (offer.address(), at)).collect();
    let old = offers(from).enumerate();
    old.flat_map(|(at, offer)| {
        let now = lead(&offer.address()).into_iter().filter_map(|address| new.get(&address).copied());
        now.map(|new| (at, new)).collect::<Vec<_>>()
    })
    .collect()
}

/// Joins provisions that hang together, in the order of the second edition, then those that are gone.
fn groups<'a>(from: EditionRef<'a>, to: EditionRef<'a>, links: &[(usize, usize)]) -> Vec<PairGroup<'a>> {
    let (old, new): (Vec<Offer<'a>>, Vec<Offer<'a>>) = (offers(from).collect(), offers(to).collect());
    // By place, first the new ones, then the old ones: the first of those it hangs together with.
    let mut first: Vec<usize> = (0..new.len() + old.len()).collect();
    for (a, b) in links {
        let (one, other) = (first[new.len() + a], first[*b]);
        let (low, high) = (one.min(other), one.max(other));
        first.iter_mut().filter(|known| **known == high).for_each(|known| *known = low);
    }
    let mut groups: BTreeMap<usize, PairGroup<'a>> = BTreeMap::new();
    for (at, first) in first.iter().enumerate() {
        let group = groups.entry(*first).or_default();
        match at.checked_sub(new.len()) {
            None => group.new.push(new[at]),
            Some(at) => group.old.push(old[at]),
        }
    }
    let mut groups: Vec<PairGroup<'a>> = groups.into_values().collect();
    join_moved(&mut groups);
    groups
}

/// Joins a provision that is gone here and new there under the same id and of the same kind.
fn join_moved(groups: &mut Vec<PairGroup<'_>>) {
    let same = |a: &Provision, b: &Provision| a.id.value == b.id.value && a.kind == b.kind;
    let gone: Vec<usize> = (0..groups.len()).filter(|at| groups[*at].new.is_empty()).collect();
    for at in gone {
        let [old] = groups[at].old.as_slice() else { continue };
        let old = *old;
        let added = groups.iter_mut().find(|group| {
            group.old.is_empty() && group.new.iter().all(|new| same(old.provision, new.provision))
        });
        if let Some(added) = added {
            added.old.push(old);
            groups[at].old.clear();
        }
    }
    groups.retain(|group| !group.old.is_empty() || !group.new.is_empty());
}
