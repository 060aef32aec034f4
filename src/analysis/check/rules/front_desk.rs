//! Whom families go to first: offices of `contacts.yaml` that name services.

use std::collections::BTreeSet;

use crate::analysis::Analysis;
use crate::catalogue::{Catalogue, Place};
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings};
use crate::schema::nearest;
use crate::span::Spanned;
use crate::text;

codes! {
    /// An office is said to be the first for a service that no list of the place has.
    UNKNOWN_SERVICE = "QD3023", "unknown-service", Warning, adjustable, "0.1.0",
        "首问窗口写了没有的服务项目", "An office is the first for a service that no list here has";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[offices];

fn offices(analysis: &Analysis<'_>, findings: &mut Findings) {
    for place in analysis.catalogue.places.values() {
        let named = place.contacts.iter().flat_map(|contact| &contact.front_desk_for);
        let known = services(analysis.catalogue, place);
        for word in named.filter(|word| !known.contains(word.value.as_str())) {
            findings.push(unknown(word, &known));
        }
    }
}

/// Returns the ids of all services of a place and of those below it, which its offices may be the first for.
fn services<'a>(catalogue: &'a Catalogue, place: &Place) -> BTreeSet<&'a str> {
    let here = |other: &Place| other.path == place.path || other.path.is_below(&place.path);
    let editions = catalogue.editions().filter(|shown| here(shown.place));
    editions.flat_map(|shown| &shown.edition.services).map(|service| service.id.value.as_str()).collect()
}

fn unknown(word: &Spanned<String>, known: &BTreeSet<&str>) -> Finding {
    let name = &word.value;
    let message = text!("本地区的清单里没有服务项目“{name}”", "no list of this place has a service `{name}`");
    Finding::new(&UNKNOWN_SERVICE, word.span, message).help(match nearest(name, known.iter().copied()) {
        Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
        None => text!("写清单里服务项目的编号（id）", "write the id of a service of the list"),
    })
}
