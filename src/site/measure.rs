//! Amounts, frequencies and periods as pages show them, from measures such as `1500 CNY/year`.
//!
//! The words come from the strings of the theme. What is written with other words is not shown: the plain
//! sentence says it anyway.

use crate::catalogue::{Amount, Kind, Provision};

/// The measures that can be the headline of a provision, the one that matters most first.
const HEADLINES: [&str; 5] = ["amount", "share", "duration", "frequency", "time-limit"];

/// Returns what is to be said first of a provision: how much, how often, for how long, or that it is free.
pub(super) fn headline(provision: &Provision) -> Option<Amount> {
    let of = |name: &'static str| Amount::read(name, &provision.measures.get(name)?.value);
    let (first, rest) = HEADLINES.split_at(2);
    first
        .iter()
        .find_map(|name| of(name))
        .or_else(|| free(provision))
        .or_else(|| rest.iter().find_map(|name| of(name)))
}

/// Words by which a clause waives a fee altogether, and those by which it only lowers one. What is declared in
/// `measures` comes first.
const WAIVES: [&str; 6] = ["免除", "免收", "免交", "免缴", "全免", "waive"];
const LOWERS: [&str; 5] = ["减", "部分", "half", "part", "reduc"];
/// Words by which a thing is given for nothing.
const GIVES_FREE: [&str; 2] = ["免费", "free of charge"];

/// Whether the official words waive the fee they name, all of it.
pub(super) fn is_waived(provision: &Provision) -> bool {
    provision.kind == Kind::FeeExemption
        && (said(provision, &WAIVES) || said(provision, &GIVES_FREE))
        && !said(provision, &LOWERS)
}

/// Whether the official words give a thing, and for nothing.
pub(super) fn is_given_free(provision: &Provision) -> bool {
    matches!(provision.kind, Kind::InKind | Kind::Place) && said(provision, &GIVES_FREE)
}

fn said(provision: &Provision, words: &[&str]) -> bool {
    let clause = provision.focus.as_ref().unwrap_or(&provision.quote).value.to_lowercase();
    words.iter().any(|word| clause.contains(word))
}

/// Returns what a provision says that it costs.
pub(super) fn fee(provision: &Provision) -> Option<Amount> {
    free(provision).or_else(|| Amount::read("fee", &provision.measures.get("fee")?.value))
}

fn free(provision: &Provision) -> Option<Amount> {
    let fee = Amount::read("free", &provision.measures.get("fee")?.value)?;
    (fee.n.parse::<f64>() == Ok(0.0)).then_some(fee)
}
