//! Which services and provisions of one edition are which of the other.

use std::collections::{BTreeMap, BTreeSet};

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
        let mut free = Places::of(new.iter().map(|service| service.id.value.as_str()));
        for old in &from.edition.services {
            let now = lineage.services(&old.id.value);
            match free.take_first(now.iter().map(String::as_str)) {
                Some(at) => services[at].0 = Some(old),
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
        let mut partners: BTreeMap<*const Service, &'a Service> = BTreeMap::new();
        for group in &provisions {
            if let Some(above) = group.old.first() {
                group.new.iter().for_each(|offer| _ = partners.entry(offer.service).or_insert(above.service));
            }
        }
        let mut paired: BTreeSet<*const Service> = BTreeSet::new();
        let mut services: Vec<(Option<&'a Service>, Option<&'a Service>)> = Vec::new();
        for service in &local.edition.services {
            let above = partners.get(&std::ptr::from_ref(service)).copied();
            services.push((above.filter(|above| paired.insert(*above)), Some(service)));
        }
        let rest = baseline
            .edition
            .services
            .iter()
            .filter(|service| !paired.contains(&std::ptr::from_ref(*service)));
        services.extend(rest.map(|service| (Some(service), None)));
        Self { services, provisions }
    }
}

fn measures(local: EditionRef<'_>, baseline: EditionRef<'_>) -> bool {
    local.edition.measured_against.as_ref().is_some_and(|address| {
        let list = address.value.rsplit_once('/').map_or("", |(list, _)| list);
        list == baseline.list_address()
    })
}

/// Pairs services that have the same id, then those of which one side says that it was called so.
fn pair<'a>(old: &[&'a Service], new: &[&'a Service]) -> Vec<(Option<&'a Service>, Option<&'a Service>)> {
    let mut by_id = Places::of(old.iter().map(|service| service.id.value.as_str()));
    let same: Vec<Option<usize>> =
        new.iter().map(|service| by_id.take_first([service.id.value.as_str()])).collect();
    let mut taken: BTreeSet<usize> = same.iter().flatten().copied().collect();
    fn was(service: &Service) -> &str {
        service.was.as_ref().map_or("", |was| was.value.as_str())
    }
    let called = Places::of(old.iter().map(|service| was(service)));
    let named = Places::of(old.iter().map(|service| service.id.value.as_str()));
    let mut pairs = Vec::new();
    for (service, same) in new.iter().zip(same) {
        let at = same.or_else(|| {
            let former = called.all(&service.id.value).chain(named.all(was(service)));
            former.filter(|at| !taken.contains(at)).min()
        });
        taken.extend(at);
        pairs.push((at.map(|at| old[at]), Some(*service)));
    }
    let rest = old.iter().enumerate().filter(|(at, _)| !taken.contains(at));
    pairs.extend(rest.map(|(_, known)| (Some(*known), None)));
    pairs
}

/// Where what has a name stands, the first place first.
struct Places<'a>(BTreeMap<&'a str, BTreeSet<usize>>);

impl<'a> Places<'a> {
    fn of(names: impl Iterator<Item = &'a str>) -> Self {
        let mut places: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (at, name) in names.enumerate().filter(|(_, name)| !name.is_empty()) {
            places.entry(name).or_default().insert(at);
        }
        Self(places)
    }

    /// Returns every place of a name.
    fn all(&self, name: &str) -> impl Iterator<Item = usize> + use<'_, 'a> {
        self.0.get(name).into_iter().flatten().copied()
    }

    /// Takes the first place that has one of these names.
    fn take_first<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> Option<usize> {
        let first = |name: &'n str| Some((*self.0.get(name)?.first()?, name));
        let (at, name) = names.into_iter().filter_map(first).min()?;
        self.0.get_mut(name)?.remove(&at);
        Some(at)
    }
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
        let (one, other) = (first_of(&mut first, new.len() + a), first_of(&mut first, *b));
        first[one.max(other)] = one.min(other);
    }
    let mut groups: BTreeMap<usize, PairGroup<'a>> = BTreeMap::new();
    for at in 0..first.len() {
        let group = groups.entry(first_of(&mut first, at)).or_default();
        match at.checked_sub(new.len()) {
            None => group.new.push(new[at]),
            Some(at) => group.old.push(old[at]),
        }
    }
    let mut groups: Vec<PairGroup<'a>> = groups.into_values().collect();
    join_moved(&mut groups);
    groups
}

/// Returns the first of those that hang together with the one at a place, and shortens the way to it.
fn first_of(first: &mut [usize], mut at: usize) -> usize {
    while first[at] != at {
        first[at] = first[first[at]];
        at = first[at];
    }
    at
}

/// Joins a provision that is gone here and new there under the same id and of the same kind.
fn join_moved(groups: &mut Vec<PairGroup<'_>>) {
    let same = |a: &Provision, b: &Provision| a.id.value == b.id.value && a.kind == b.kind;
    let gone: Vec<usize> = (0..groups.len()).filter(|at| groups[*at].new.is_empty()).collect();
    let mut added: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate().filter(|(_, group)| group.old.is_empty()) {
        if let Some(first) = group.new.first() {
            added.entry(first.provision.id.value.as_str()).or_default().push(at);
        }
    }
    for at in gone {
        let [old] = groups[at].old.as_slice() else { continue };
        let old = *old;
        let Some(places) = added.get_mut(old.provision.id.value.as_str()) else { continue };
        let is_same = |at: &usize| groups[*at].new.iter().all(|new| same(old.provision, new.provision));
        if let Some(place) = places.iter().position(is_same) {
            groups[places.remove(place)].old.push(old);
            groups[at].old.clear();
        }
    }
    groups.retain(|group| !group.old.is_empty() || !group.new.is_empty());
}
