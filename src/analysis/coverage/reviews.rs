//! Which review settles which provision.

use super::answers::names;
use sha2::{Digest, Sha256};

use super::provision_at;
use crate::catalogue::{EditionRef, Provision, Review};
use crate::compare::{Offer, QuoteMatch, Step, TAKEN_BACK, Terms, Verdict, quote_match, weigh, word_on};
use crate::schema::Declared;

/// Tells whether a review of `local` is one of the provision `above` as `baseline` has it.
pub(super) fn is_of(
    review: &Review,
    above: Offer<'_>,
    local: EditionRef<'_>,
    baseline: EditionRef<'_>,
    terms: &Terms<'_>,
) -> bool {
    let names_it = names(above).contains(&review.of.value);
    names_it
        && !is_too_old(review, baseline)
        && (is_written_for(local, baseline) || is_kept(review, above, local, terms))
}

/// Tells whether a review is dated before the baseline came out.
pub fn is_too_old(review: &Review, baseline: EditionRef<'_>) -> bool {
    let dates = ["signed", "printed", "issued", "posted", "effective"];
    let known = dates.iter().filter_map(|name| baseline.edition.dates.get(name));
    known.map(|date| date.value).min().is_some_and(|first| review.on.value < first)
}

fn is_written_for(local: EditionRef<'_>, baseline: EditionRef<'_>) -> bool {
    local.edition.measured_against.as_ref().is_none_or(|address| address.value == baseline.address())
}

/// Tells whether the baseline that a review was made for has the same provision as the one it is held
/// against now.
fn is_kept(review: &Review, above: Offer<'_>, local: EditionRef<'_>, terms: &Terms<'_>) -> bool {
    let written_for = local.edition.measured_against.as_ref().map_or("", |address| &address.value);
    let Some(before) = terms.catalogue.edition(written_for) else { return false };
    let Some((service, provision)) = provision_at(before, &review.of.value) else { return false };
    let before = Offer { place: before.place, service, provision };
    quote_match(&provision.quote.value, &above.provision.quote.value) == QuoteMatch::Same
        && weigh(before, &[above], terms).verdict == Verdict::Met
        && weigh(above, &[before], terms).verdict == Verdict::Met
}

/// Digests of the two texts that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextDigests {
    /// Of the baseline's provision.
    pub baseline: String,
    /// Of the local provisions that answer it, and of what takes them back elsewhere.
    pub local: String,
}

/// Digits of a digest: enough to notice any change, few enough to be copied by hand.
const DIGITS: usize = 12;

/// Returns digests of the texts that a review of `above` is made of.
pub(super) fn texts(above: Offer<'_>, answers: &[Offer<'_>], steps: &[Step]) -> TextDigests {
    let elsewhere = steps.iter().filter(|step| step.axis == TAKEN_BACK).map(|step| step.local.value.clone());
    TextDigests {
        baseline: digest([said(above)].into_iter()),
        local: digest(answers.iter().map(|offer| said(*offer)).chain(elsewhere)),
    }
}

/// Returns what a provision says, in words and in the fields that are compared.
fn said(offer: Offer<'_>) -> String {
    let (provision, body) = (offer.provision, &offer.service.body);
    let ids = |ids: &mut dyn Iterator<Item = &str>| ids.collect::<Vec<_>>().join(" ");
    let words = |text: &str| crate::catalogue::OfficialText::new(text).folded().iter().collect::<String>();
    // Each axis of words that the provision states, in the order of the fields.
    let stated = Provision::TABLE.fields.iter().filter(|field| provision.places.get(field.key).is_some());
    let choices: Vec<&str> = stated.filter_map(|field| word_on(field.key, provision)).collect();
    let fields = [
        words(&provision.quote.value),
        provision.focus.as_ref().map(|focus| words(&focus.value)).unwrap_or_default(),
        words(&body.audience.text.reference().value),
        choices.join("\u{1f}"),
        ids(&mut offer.conditions().into_iter()),
        offer.population().unwrap_or_default().to_owned(),
        ids(&mut offer.categories()),
        offer.age().map(|age| age.to_string()).unwrap_or_default(),
        provision
            .measures
            .iter()
            .map(|(name, value)| format!("{name}={}", value.value))
            .collect::<Vec<_>>()
            .join(" "),
        ids(&mut provision.named.iter().map(|name| name.reference().value.as_str())),
    ];
    fields.join("\u{1f}")
}

fn digest(texts: impl Iterator<Item = String>) -> String {
    let mut sum = Sha256::new();
    for text in texts {
        sum.update(text.as_bytes());
        sum.update([0x1e]);
    }
    let hex: String = sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    hex[..DIGITS].to_owned()
}

/// Tells whether a review was made of these texts.
pub(super) fn is_bound(review: &Review, texts: &TextDigests) -> bool {
    review
        .texts
        .as_ref()
        .is_some_and(|bound| bound.baseline.value == texts.baseline && bound.local.value == texts.local)
}
