//! Which service and provision of one edition is which of the other.

use crate::catalogue::{Catalogue, Provision, Service};
use crate::compare::Offer;
use crate::coverage::{Issue, hold_against};

/// What belongs together in two editions, in the order of the second, then what only the first has.
pub(super) struct Pairs<'a> {
    pub services: Vec<(Option<&'a Service>, Option<&'a Service>)>,
    pub provisions: Vec<(Option<Offer<'a>>, Option<Offer<'a>>)>,
}

impl<'a> Pairs<'a> {
    pub fn find(catalogue: &'a Catalogue, from: Issue<'a>, to: Issue<'a>) -> Self {
        if from.place.path == to.place.path && from.list.id == to.list.id {
            Self::by_id(from, to)
        } else if measures(from, to) {
            let mirrored = Self::by_answers(catalogue, to, from);
            Self {
                services: mirrored.services.into_iter().map(|(a, b)| (b, a)).collect(),
                provisions: mirrored.provisions.into_iter().map(|(a, b)| (b, a)).collect(),
            }
        } else if measures(to, from) {
            Self::by_answers(catalogue, from, to)
        } else {
            Self::by_id(from, to)
        }
    }

    /// Two editions of one list: ids stay, or one of the two says what the other was called.
    fn by_id(from: Issue<'a>, to: Issue<'a>) -> Self {
        let old: Vec<&Service> = from.edition.services.iter().collect();
        let new: Vec<&Service> = to.edition.services.iter().collect();
        let id = |service: &&Service| service.id.value.clone();
        let was = |service: &&Service| service.was.as_ref().map(|was| was.value.clone());
        let services = pair(&old, &new, id, was);
        let home = |offer: &Offer<'_>, others: &[(Option<&'a Service>, Option<&'a Service>)]| {
            // A service has one name for both editions: that of the new one.
            let same =
                |known: &Option<&Service>| known.is_some_and(|known| std::ptr::eq(known, offer.service));
            let pair = others.iter().find(|(a, b)| same(a) || same(b));
            pair.and_then(|(a, b)| b.or(*a)).map(|service| service.id.value.clone()).unwrap_or_default()
        };
        let old: Vec<Offer<'a>> = from.offers().collect();
        let new: Vec<Offer<'a>> = to.offers().collect();
        let id = |offer: &Offer<'a>| format!("{}/{}", home(offer, &services), offer.provision.id.value);
        let was = |offer: &Offer<'a>| {
            let was = offer.provision.was.as_ref()?;
            Some(format!("{}/{}", home(offer, &services), was.value))
        };
        let mut provisions = pair(&old, &new, id, was);
        join_moved(&mut provisions);
        Self { services, provisions }
    }

    /// A list and its baseline: what answers what.
    fn by_answers(catalogue: &'a Catalogue, baseline: Issue<'a>, local: Issue<'a>) -> Self {
        let coverage = hold_against(catalogue, local, baseline);
        let mut provisions: Vec<(Option<Offer<'a>>, Option<Offer<'a>>)> = Vec::new();
        for known in coverage.services.iter().flat_map(|service| &service.provisions) {
            match known.covered_by.first() {
                Some(first) => provisions.push((Some(known.baseline), Some(*first))),
                None => provisions.push((Some(known.baseline), None)),
            }
        }
        provisions.extend(coverage.additions.iter().map(|offer| (None, Some(*offer))));
        let partner = |service: &Service| {
            let of =
                |offer: &Option<Offer<'a>>| offer.is_some_and(|offer| std::ptr::eq(offer.service, service));
            provisions.iter().find(|(_, b)| of(b)).and_then(|(a, _)| a.map(|offer| offer.service))
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

fn measures(local: Issue<'_>, baseline: Issue<'_>) -> bool {
    local.edition.measured_against.as_ref().is_some_and(|address| {
        let list = address.value.rsplit_once('/').map_or("", |(list, _)| list);
        list == format!("{}/{}", baseline.place.path, baseline.list.id)
    })
}

/// Pairs what has the same id, then what one side says the other was called.
fn pair<T: Copy>(
    old: &[T],
    new: &[T],
    id: impl Fn(&T) -> String,
    was: impl Fn(&T) -> Option<String>,
) -> Vec<(Option<T>, Option<T>)> {
    let mut free: Vec<Option<T>> = old.iter().copied().map(Some).collect();
    let mut take = |wanted: &dyn Fn(&T) -> bool| {
        free.iter_mut().find(|known| known.as_ref().is_some_and(wanted)).and_then(Option::take)
    };
    let same: Vec<Option<T>> = new.iter().map(|item| take(&|known| id(known) == id(item))).collect();
    let mut pairs = Vec::new();
    for (item, known) in new.iter().zip(same) {
        let known = known.or_else(|| {
            take(&|known| {
                was(item).is_some_and(|was| was == id(known)) || was(known).is_some_and(|was| was == id(item))
            })
        });
        pairs.push((known, Some(*item)));
    }
    pairs.extend(free.into_iter().flatten().map(|known| (Some(known), None)));
    pairs
}

/// Pairs a provision that was removed here and added there under the same id and words.
fn join_moved(pairs: &mut Vec<(Option<Offer<'_>>, Option<Offer<'_>>)>) {
    let same = |a: &Provision, b: &Provision| a.id.value == b.id.value && a.kind == b.kind;
    let removed: Vec<usize> = (0..pairs.len()).filter(|at| pairs[*at].1.is_none()).collect();
    let mut gone = Vec::new();
    for at in removed {
        let Some(old) = pairs[at].0 else { continue };
        let added = pairs
            .iter_mut()
            .find(|(a, b)| a.is_none() && b.is_some_and(|new| same(old.provision, new.provision)));
        if let Some(added) = added {
            added.0 = Some(old);
            gone.push(at);
        }
    }
    let mut at = 0;
    pairs.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}
