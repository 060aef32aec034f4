//! Reads the official words of a clause into facts, each with the characters it was read from.
//!
//! In: a text, and the word lists it is read by ([`wording`]: those built in from `words/`, what a catalogue and a
//! province add). Out: a [`read::Reading`] of facts ([`fact`]), or, of two readings, where the local one promises less
//! ([`against`]). It knows nothing of catalogues, so that it is compiled once and optimised also while the rest is
//! worked on.
//!
//! To teach it a word, add the word to the section of `words/zh*.yaml` or `words/en.yaml` that it belongs to; a new
//! section is a field of `WordingFile` and a `Role` in `wording.rs`. Judged cases are in `tests/verdicts/`.

pub mod against;
mod align;
pub mod fact;
pub mod figure;
pub mod frequency;
pub mod library;
pub mod likeness;
pub mod number;
pub mod quantity;
pub mod read;
pub mod stated;
pub mod text;
mod token;
pub mod wording;

use fact::What;
use read::Reading;
use token::Kind;
use wording::{Role, Wording};

/// Reads a text that is an age and nothing else: from which month on, up to which, and whether that one is left out.
pub fn age(text: &str) -> Option<(Option<u32>, Option<u32>, bool)> {
    let reading = Reading::new(text, &Wording::usual());
    const BOUNDS: [Role; 4] = [Role::Below, Role::Reached, Role::Floor, Role::Cap];
    let only = reading.tokens.iter().all(|token| {
        matches!(token.kind, Kind::Age { .. } | Kind::Mark(_)) || BOUNDS.iter().any(|role| token.has(*role))
    });
    match reading.facts.as_slice() {
        [fact] if only => match fact.what {
            What::Age(ages) => Some((ages.from, ages.to, ages.below)),
            _ => None,
        },
        _ => None,
    }
}
