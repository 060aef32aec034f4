//! Which local provisions answer which provision of the baseline.

use std::collections::{BTreeMap, BTreeSet};

use super::Issue;
use crate::catalogue::Catalogue;
use crate::compare::Offer;

/// The answers, by address (`service/provision`) in the baseline.
pub(super) struct Answers<'a>(BTreeMap<String, Vec<Offer<'a>>>);

impl<'a> Answers<'a> {
    /// Finds what `local` answers in `baseline`. Where it was written for another edition of the same list,
    /// addresses follow renamed services and provisions.
    pub fn of(catalogue: &'a Catalogue, local: Issue<'a>, baseline: Issue<'a>) -> Self {
        let moved = renamings(baseline);
        let written_for = local.edition.measured_against.as_ref().map(|address| address.value.as_str());
        let target = baseline.address();
        let mut answers: BTreeMap<String, Vec<Offer<'a>>> = BTreeMap::new();
        for offer in local.offers() {
            for address in addresses(catalogue, offer, written_for) {
                // A list that adopts from the tier between answers what that tier's own list answers.
                for address in through_tiers(catalogue, written_for, &target, address, offer) {
                    let address = moved.get(&address).cloned().unwrap_or(address);
                    let known = answers.entry(address).or_default();
                    // Whatever it names twice, or by a former and the present address, it answers once.
                    if !known.last().is_some_and(|last| is_same(last, &offer)) {
                        known.push(offer);
                    }
                }
            }
        }
        let known: BTreeSet<String> = baseline.offers().map(|offer| offer.address()).collect();
        answers.retain(|address, _| known.contains(address));
        Self(answers)
    }

    /// Returns what answers the provision at `address`.
    pub fn to(&self, address: &str) -> Vec<Offer<'a>> {
        self.0.get(address).cloned().unwrap_or_default()
    }

    /// Tells whether `offer` answers anything.
    pub fn has(&self, offer: &Offer<'a>) -> bool {
        self.0.values().flatten().any(|known| is_same(known, offer))
    }
}

/// Tells whether both are the same provision of the same service, not only an equal one.
fn is_same(a: &Offer<'_>, b: &Offer<'_>) -> bool {
    std::ptr::eq(a.provision, b.provision) && std::ptr::eq(a.service, b.service)
}

/// Returns what a provision says it answers: an adopted one its original, another what it names. One that
/// is taken over from a list beside, as a county inherits its prefecture's, answers what it answers there.
fn addresses(catalogue: &Catalogue, offer: Offer<'_>, written_for: Option<&str>) -> Vec<String> {
    let named = || offer.provision.covers.iter().map(|address| address.value.clone()).collect();
    let Some(from) = &offer.service.adopted else { return named() };
    if written_for.is_none_or(|address| same_list(address, &from.edition)) {
        return vec![format!("{}/{}", from.service.value, offer.provision.id.value)];
    }
    let there = Issue::at(catalogue, &from.edition).and_then(|issue| {
        let address = format!("{}/{}", from.service.value, offer.provision.id.value);
        let (service, provision) = super::provision_at(issue, &address)?;
        Some(Offer { place: issue.place, service, provision })
    });
    there.map_or_else(named, |there| addresses(catalogue, there, written_for))
}

fn same_list(a: &str, b: &str) -> bool {
    let list = |address: &str| address.rsplit_once('/').map(|(list, _)| list.to_owned());
    list(a) == list(b)
}

/// Returns where each renamed or moved provision of `baseline` stands now, by its former address.
fn renamings(baseline: Issue<'_>) -> BTreeMap<String, String> {
    let mut moved = BTreeMap::new();
    for offer in baseline.offers() {
        moved.extend(names(offer).into_iter().map(|name| (name, offer.address())));
    }
    // An id that is in use again is no former one.
    moved.extend(baseline.offers().map(|offer| (offer.address(), offer.address())));
    moved
}

/// Returns the address of a provision and every one it may have had.
pub(super) fn names(offer: Offer<'_>) -> Vec<String> {
    let services = [Some(&offer.service.id), offer.service.was.as_ref()];
    let provisions = [Some(&offer.provision.id), offer.provision.was.as_ref()];
    let provisions = provisions.into_iter().flatten();
    provisions
        .flat_map(|provision| {
            let services = services.into_iter().flatten();
            services.map(|service| format!("{}/{}", service.value, provision.value))
        })
        .collect()
}

/// Returns the addresses in the edition `target` that `address`, in the edition `written_for`, answers in
/// turn; one provision of the tier between may answer several.
fn through_tiers(
    catalogue: &Catalogue,
    written_for: Option<&str>,
    target: &str,
    address: String,
    offer: Offer<'_>,
) -> Vec<String> {
    let between = written_for.filter(|between| !same_list(between, target));
    let found = between.and_then(|between| {
        let issue = Issue::at(catalogue, between)?;
        let (service, provision) = super::provision_at(issue, &address)?;
        let above = Offer { place: offer.place, service, provision };
        let measured_against = issue.edition.measured_against.as_ref();
        Some(addresses(catalogue, above, measured_against.map(|address| address.value.as_str())))
    });
    found.filter(|found| !found.is_empty()).unwrap_or_else(|| vec![address])
}
