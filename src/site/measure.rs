//! Amounts, frequencies and periods as pages show them, from measures such as `1500 CNY/year`.
//!
//! The words come from the strings of the theme. What is written with other words is not shown: the plain
//! sentence says it anyway.

use crate::catalogue::{Amount, Provision};

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

/// Returns what a provision says that it costs.
pub(super) fn fee(provision: &Provision) -> Option<Amount> {
    free(provision).or_else(|| Amount::read("fee", &provision.measures.get("fee")?.value))
}

fn free(provision: &Provision) -> Option<Amount> {
    let fee = Amount::read("free", &provision.measures.get("fee")?.value)?;
    (fee.n.parse::<f64>() == Ok(0.0)).then_some(fee)
}
