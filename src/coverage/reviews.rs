//! Which review settles which provision.

use super::answers::names;
use super::{Issue, provision_at};
use crate::catalogue::Review;
use crate::compare::{Likeness, Offer, Terms, Verdict, likeness, weigh};

/// Tells whether a review of `local` is one of the provision `above` as `baseline` has it.
pub(super) fn is_of(
    review: &Review,
    above: Offer<'_>,
    local: Issue<'_>,
    baseline: Issue<'_>,
    terms: &Terms<'_>,
) -> bool {
    let names_it = names(above).contains(&review.of.value);
    names_it
        && !is_too_old(review, baseline)
        && (is_written_for(local, baseline) || is_kept(review, above, local, terms))
}

/// Tells whether a review was made before there was anything to hold against.
pub fn is_too_old(review: &Review, baseline: Issue<'_>) -> bool {
    let dates = ["signed", "printed", "issued", "posted", "effective"];
    let known = dates.iter().filter_map(|name| baseline.edition.dates.get(name));
    known.map(|date| date.value).min().is_some_and(|first| review.on.value < first)
}

fn is_written_for(local: Issue<'_>, baseline: Issue<'_>) -> bool {
    local.edition.measured_against.as_ref().is_none_or(|address| address.value == baseline.address())
}

/// Tells whether the baseline that a review was made for has the same provision as the one it is held
/// against now.
fn is_kept(review: &Review, above: Offer<'_>, local: Issue<'_>, terms: &Terms<'_>) -> bool {
    let written_for = local.edition.measured_against.as_ref().map_or("", |address| &address.value);
    let Some(before) = Issue::at(terms.catalogue, written_for) else { return false };
    let Some((service, provision)) = provision_at(before, &review.of.value) else { return false };
    let before = Offer { place: before.place, service, provision };
    likeness(&provision.quote.value, &above.provision.quote.value) == Likeness::Same
        && weigh(before, &[above], terms).verdict == Verdict::Met
        && weigh(above, &[before], terms).verdict == Verdict::Met
}
