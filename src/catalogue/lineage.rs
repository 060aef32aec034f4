//! What became of services and provisions from one edition of a list to another: `was` says so.
//!
//! Two provisions that were the same one are a split, one that was several is a merge, `was: service/provision`
//! a move. Over several editions each says what it was in the one before it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edition, List, Provision, Service};

/// Where the provisions of one edition stand in another of the same list, by address (`service/provision`).
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    /// From edition to edition.
    steps: Vec<LineageStep>,
}

/// Where things stand in the next edition. What is gone leads nowhere; what never was is not there.
#[derive(Clone, Debug, Default)]
struct LineageStep {
    services: AddressMap,
    provisions: AddressMap,
}

/// By id or address, where it leads.
type AddressMap = BTreeMap<String, BTreeSet<String>>;

impl Lineage {
    /// Follows from the edition `from` of a list to its edition `to`, which may be the earlier one.
    pub fn between(list: &List, from: &Edition, to: &Edition) -> Self {
        let at = |edition: &Edition| list.editions.iter().position(|known| known.id == edition.id);
        match (at(from), at(to)) {
            (Some(a), Some(b)) if a < b => {
                Self { steps: ascent(list, from, to).into_iter().map(|(step, _)| step).collect() }
            }
            (Some(a), Some(b)) if a > b => {
                let steps = ascent(list, to, from).into_iter().rev();
                Self { steps: steps.map(|(step, now)| step.mirrored(now)).collect() }
            }
            _ => Self::within(to),
        }
    }

    /// Follows from one edition to another that stands beside it, in another list: what has the same id, or
    /// was called so.
    pub fn beside(from: &Edition, to: &Edition) -> Self {
        Self { steps: vec![LineageStep::of(Some(from), to)] }
    }

    /// Follows from former addresses to those of `edition` that were said to have been these, whether or not
    /// the edition before is at hand.
    pub fn within(edition: &Edition) -> Self {
        Self { steps: vec![LineageStep::of(None, edition)] }
    }

    /// Returns the addresses of what the provision at `address` has become, in order. What was not in the
    /// edition it starts from is taken to be called so everywhere.
    pub fn provisions(&self, address: &str) -> BTreeSet<String> {
        self.follow(address, |step| &step.provisions)
    }

    /// Returns the ids of what the service called `id` has become, in order.
    pub fn services(&self, id: &str) -> BTreeSet<String> {
        self.follow(id, |step| &step.services)
    }

    fn follow(&self, from: &str, ways: impl Fn(&LineageStep) -> &AddressMap) -> BTreeSet<String> {
        let mut here = BTreeSet::from([from.to_owned()]);
        for step in &self.steps {
            let next = |address: String| match ways(step).get(&address) {
                Some(known) => known.clone(),
                None => BTreeSet::from([address]),
            };
            here = here.into_iter().flat_map(next).collect();
        }
        here
    }
}

impl List {
    /// Returns the addresses in `edition` of what is at `address` in it, or was in an edition before it: in the
    /// newest one that had it. Empty if no provision ever was.
    pub fn now(&self, edition: &Edition, address: &str) -> BTreeSet<String> {
        let own = addresses(edition);
        let known =
            |found: BTreeSet<String>| -> BTreeSet<String> { found.intersection(&own).cloned().collect() };
        if own.contains(address) {
            return BTreeSet::from([address.to_owned()]);
        }
        let claimed = known(Lineage::within(edition).provisions(address));
        if !claimed.is_empty() {
            return claimed;
        }
        let before = self.editions.iter().take_while(|earlier| earlier.id != edition.id);
        let had = before.filter(|earlier| addresses(earlier).contains(address)).last();
        let now = had.map(|earlier| known(Lineage::between(self, earlier, edition).provisions(address)));
        now.unwrap_or_default()
    }
}

fn addresses(edition: &Edition) -> BTreeSet<String> {
    provisions(edition).map(|(service, provision)| address(&service.id.value, &provision.id.value)).collect()
}

fn provisions(edition: &Edition) -> impl Iterator<Item = (&Service, &Provision)> {
    edition.services.iter().flat_map(|service| service.body.provisions.iter().map(move |it| (service, it)))
}

fn address(service: &str, provision: &str) -> String {
    format!("{service}/{provision}")
}

/// Returns the steps from one edition to a later one: each says what it was in its predecessor.
fn ascent<'a>(list: &'a List, from: &Edition, to: &'a Edition) -> Vec<(LineageStep, &'a Edition)> {
    let at = |edition: &Edition| list.editions.iter().position(|known| known.id == edition.id);
    let (start, mut here, mut steps) = (at(from), to, Vec::new());
    loop {
        match list.predecessor(&here.id).filter(|before| at(before) > start) {
            Some(before) => {
                steps.push((LineageStep::of(Some(before), here), here));
                here = before;
            }
            None => {
                steps.push((LineageStep::of(Some(from), here), here));
                steps.reverse();
                return steps;
            }
        }
    }
}

impl LineageStep {
    /// Reads where what `before` has stands in `now`. Without `before` every former name is taken for one.
    fn of(before: Option<&Edition>, now: &Edition) -> Self {
        let mut step = Self::default();
        let had = |id: &str| before.is_none_or(|before| before.services.iter().any(|s| s.id.value == id));
        // By its id now, what a service may have been called.
        let mut former: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for service in &now.services {
            let id = service.id.value.as_str();
            let was = service.was.as_ref().map(|was| was.value.as_str());
            let names = match before {
                None => [Some(id), was].into_iter().flatten().collect(),
                Some(_) if had(id) => vec![id],
                Some(_) => was.filter(|was| had(was)).into_iter().collect::<Vec<_>>(),
            };
            for name in &names {
                lead(&mut step.services, name, id);
            }
            former.insert(id, names);
        }
        step.provisions = provision_ways(before, now, &former);
        if let Some(before) = before {
            // What leads nowhere is gone.
            for service in &before.services {
                step.services.entry(service.id.value.clone()).or_default();
            }
            for address in addresses(before) {
                step.provisions.entry(address).or_default();
            }
        }
        step
    }

    /// Returns the way back from `now`.
    fn mirrored(self, now: &Edition) -> Self {
        let back = |ways: AddressMap, known: BTreeSet<String>| {
            let mut mirrored: AddressMap = known.into_iter().map(|new| (new, BTreeSet::new())).collect();
            for (from, all) in &ways {
                all.iter().for_each(|to| lead(&mut mirrored, to, from));
            }
            mirrored
        };
        let services = now.services.iter().map(|service| service.id.value.clone()).collect();
        Self { services: back(self.services, services), provisions: back(self.provisions, addresses(now)) }
    }
}

fn provision_ways(before: Option<&Edition>, now: &Edition, former: &BTreeMap<&str, Vec<&str>>) -> AddressMap {
    let had = before.map(addresses);
    let had = |address: &String| had.as_ref().is_none_or(|had| had.contains(address));
    let mut ways = AddressMap::new();
    for (service, provision) in provisions(now) {
        let here = address(&service.id.value, &provision.id.value);
        for was in &provision.was {
            for claimed in claims(service, &was.value, former).into_iter().filter(|claimed| had(claimed)) {
                lead(&mut ways, &claimed, &here);
            }
        }
    }
    let claimed: BTreeSet<String> = ways.keys().cloned().collect();
    for (service, provision) in provisions(now) {
        let here = address(&service.id.value, &provision.id.value);
        for name in former.get(service.id.value.as_str()).into_iter().flatten() {
            let same = address(name, &provision.id.value);
            // An id that another provision has taken over from, and that was something else, is in use again.
            let is_new = !provision.was.is_empty() && claimed.contains(&same);
            if had(&same) && !is_new {
                lead(&mut ways, &same, &here);
            }
        }
    }
    ways
}

/// Returns the addresses that a provision of `service` says it had.
fn claims(service: &Service, was: &str, former: &BTreeMap<&str, Vec<&str>>) -> Vec<String> {
    let (home, id) = was.split_once('/').unwrap_or((service.id.value.as_str(), was));
    let names = former.get(home).into_iter().flatten().copied();
    // The service may be named as it is now or as it was.
    let written = was.contains('/').then_some(home);
    let all: BTreeSet<&str> = names.chain(written).collect();
    all.into_iter().map(|name| address(name, id)).collect()
}

fn lead(ways: &mut AddressMap, from: &str, to: &str) {
    ways.entry(from.to_owned()).or_default().insert(to.to_owned());
}
