//! Which local provisions answer which provision of the baseline.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Catalogue, EditionRef, Lineage};
use crate::compare::{Offer, offers};
use crate::pairing::Pairs;

/// The answers, by address (`service/provision`) in the baseline.
pub(super) struct Answers<'a> {
    by_address: BTreeMap<String, Vec<Offer<'a>>>,
    /// What answers anything.
    answering: BTreeSet<(usize, usize)>,
}

impl<'a> Answers<'a> {
    /// Finds what `local` answers in `baseline`. Where it was written for another edition of the same list, or
    /// names what a former one had, addresses follow what was renamed, split, merged or moved.
    pub fn of(catalogue: &'a Catalogue, local: EditionRef<'a>, baseline: EditionRef<'a>) -> Self {
        let written_for = local.edition.measured_against.as_ref().map(|address| address.value.as_str());
        let asked = addresses_of(baseline);
        let mut ways = AnswerPaths { catalogue, target: baseline, asked: &asked, known: BTreeMap::new() };
        let mut answers: BTreeMap<String, Vec<Offer<'a>>> = BTreeMap::new();
        for offer in offers(local) {
            for address in addresses(catalogue, offer, written_for) {
                for address in ways.follow(written_for, address, offer) {
                    let known = answers.entry(address).or_default();
                    // Whatever it names twice, or by a former and the present address, it answers once.
                    if !known.last().is_some_and(|last| is_same(last, &offer)) {
                        known.push(offer);
                    }
                }
            }
        }
        answers.retain(|address, _| asked.contains(address));
        Self::new(answers)
    }

    fn new(by_address: BTreeMap<String, Vec<Offer<'a>>>) -> Self {
        let answering = by_address.values().flatten().map(identity).collect();
        Self { by_address, answering }
    }

    /// Takes for an answer what is most like a provision of `baseline`, if it is like enough.
    pub fn alike(pairs: &Pairs<'a>, baseline: EditionRef<'_>) -> Self {
        let first = |address: String| {
            let first = pairs.of(&address).first().filter(|alike| super::proposed::is_proposed(alike))?;
            Some((address, vec![first.offer]))
        };
        Self::new(offers(baseline).filter_map(|offer| first(offer.address())).collect())
    }

    /// Returns what answers the provision at `address`.
    pub fn to(&self, address: &str) -> Vec<Offer<'a>> {
        self.by_address.get(address).cloned().unwrap_or_default()
    }

    /// Tells whether `offer` answers anything.
    pub fn has(&self, offer: &Offer<'a>) -> bool {
        self.answering.contains(&identity(offer))
    }
}

/// Tells whether both are the same provision of the same service, not only an equal one.
fn is_same(a: &Offer<'_>, b: &Offer<'_>) -> bool {
    identity(a) == identity(b)
}

/// Returns what tells the provision of a service from every other, also from equal ones.
fn identity(offer: &Offer<'_>) -> (usize, usize) {
    (std::ptr::from_ref(offer.provision).addr(), std::ptr::from_ref(offer.service).addr())
}

/// Returns the addresses of all provisions of an edition.
fn addresses_of(edition: EditionRef<'_>) -> BTreeSet<String> {
    offers(edition).map(|offer| offer.address()).collect()
}

/// Returns what a provision says it answers: an adopted one its original, another what it names. One that
/// is taken over from a list beside, as a county inherits its prefecture's, answers what it answers there.
fn addresses(catalogue: &Catalogue, offer: Offer<'_>, written_for: Option<&str>) -> Vec<String> {
    let named = || offer.provision.covers.iter().map(|address| address.value.clone()).collect();
    let Some(from) = &offer.service.adopted else { return named() };
    if written_for.is_none_or(|address| same_list(address, &from.edition)) {
        return vec![format!("{}/{}", from.service.value, offer.provision.id.value)];
    }
    let there = catalogue.edition(&from.edition).and_then(|issue| {
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

/// Returns the address of a provision and every one it may have had.
pub(super) fn names(offer: Offer<'_>) -> Vec<String> {
    let services: Vec<&str> = [Some(&offer.service.id), offer.service.was.as_ref()]
        .into_iter()
        .flatten()
        .map(|id| id.value.as_str())
        .collect();
    let provisions = std::iter::once(&offer.provision.id).chain(&offer.provision.was);
    let named = |id: &str| match id.contains('/') {
        true => vec![id.to_owned()],
        false => services.iter().map(|service| format!("{service}/{id}")).collect(),
    };
    provisions.flat_map(|id| named(&id.value)).collect()
}

/// How addresses of other editions lead to the baseline that is measured against.
struct AnswerPaths<'a> {
    catalogue: &'a Catalogue,
    target: EditionRef<'a>,
    /// The addresses of all provisions of the target.
    asked: &'a BTreeSet<String>,
    /// By the edition that addresses are of: how they lead on, and which it has.
    known: BTreeMap<String, (Lineage, BTreeSet<String>)>,
}

impl AnswerPaths<'_> {
    /// Returns the addresses in the target that `address`, in the edition `written_for`, answers. A list that
    /// adopts from the tier between answers what that tier's own list answers; one provision of it may answer
    /// several.
    fn follow(&mut self, written_for: Option<&str>, address: String, offer: Offer<'_>) -> Vec<String> {
        let target = self.target.address();
        let between = written_for.filter(|between| !same_list(between, &target));
        let Some(between) = between else { return self.led(written_for, address) };
        let found = self.catalogue.edition(between).and_then(|issue| {
            let (service, provision) = super::provision_at(issue, &address)?;
            let above = Offer { place: offer.place, service, provision };
            let measured_against = issue.edition.measured_against.as_ref();
            let measured_against = measured_against.map(|address| address.value.as_str());
            Some((addresses(self.catalogue, above, measured_against), measured_against))
        });
        match found.filter(|(found, _)| !found.is_empty()) {
            Some((found, of)) => found.into_iter().flat_map(|address| self.led(of, address)).collect(),
            None => self.led(None, address),
        }
    }

    /// Returns where `address`, of the edition `of` of the target's list, leads in the target.
    fn led(&mut self, of: Option<&str>, address: String) -> Vec<String> {
        let EditionRef { list, edition, .. } = self.target;
        let target = self.target.address();
        let other = of.filter(|of| *of != target && same_list(of, &target));
        if other.is_none() && self.asked.contains(&address) {
            return vec![address];
        }
        let Some((of, from)) = other.and_then(|of| Some((of, self.catalogue.edition(of)?))) else {
            return list.now(edition, &address).into_iter().collect();
        };
        let between = || (Lineage::between(list, from.edition, edition), addresses_of(from));
        let (lineage, there) = self.known.entry(of.to_owned()).or_insert_with(between);
        if !there.contains(&address) {
            return list.now(edition, &address).into_iter().collect();
        }
        lineage.provisions(&address).into_iter().collect()
    }
}
