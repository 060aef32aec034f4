//! A great many numbers as people write them, and as many that only look like one, each made anew from a seed.
//!
//! `QINGDAN_SEED=7 cargo test -p qingdan-base corpus -- --nocapture` takes another seed and prints the counts.

mod look_alikes;
mod more;
mod numbers;
mod random;

use std::collections::BTreeMap;

use super::{Number, find, find_in_name};
use crate::date::Date;
use random::Random;

/// How many of each are made.
const COUNT: usize = 20_000;

/// One text of the corpus.
struct Written {
    /// How it is written, or what it is.
    kind: String,
    text: String,
    /// Whether the text is the name of a file.
    is_name: bool,
}

impl Written {
    fn text(kind: impl Into<String>, text: String) -> Self {
        Self { kind: kind.into(), text, is_name: false }
    }

    fn name(kind: impl Into<String>, text: String) -> Self {
        Self { kind: kind.into(), text, is_name: true }
    }

    fn found(&self) -> Vec<Number> {
        let today = Date::parse("2026-11-25").expect("a date");
        if self.is_name { find_in_name(&self.text, today) } else { find(&self.text, today) }
    }

    fn is_refused(&self) -> bool {
        self.found().iter().any(|number| number.certain)
    }
}

fn seed(usual: u64) -> u64 {
    std::env::var("QINGDAN_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(usual)
}

/// Prints how many of each kind were not as they should be, and a few of them.
#[expect(clippy::print_stdout, reason = "the counts are for whoever asks with --nocapture")]
fn tell(title: &str, wrong: &[&Written]) {
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    wrong.iter().for_each(|one| kinds.entry(&one.kind).or_default().push(&one.text));
    println!("{title}: {} of {COUNT}", wrong.len());
    kinds
        .iter()
        .for_each(|(kind, texts)| println!("  {kind}: {}, {:?}", texts.len(), &texts[..texts.len().min(4)]));
}

#[test]
fn of_all_writings_nearly_every_number_is_refused() {
    let mut random = Random(seed(2_026_111));
    let made: Vec<Written> = (0..COUNT).map(|at| numbers::number(at, &mut random)).collect();
    let missed: Vec<&Written> = made.iter().filter(|one| !one.is_refused()).collect();
    tell("missed", &missed);
    assert!(missed.len() * 200 <= COUNT, "{} of {COUNT} missed", missed.len());
}

#[test]
fn of_all_look_alikes_nearly_none_is_refused() {
    let mut random = Random(seed(2_026_112));
    let made: Vec<Written> = (0..COUNT).map(|at| look_alikes::look_alike(at, &mut random)).collect();
    let taken: Vec<&Written> = made.iter().filter(|one| one.is_refused()).collect();
    tell("taken", &taken);
    assert!(taken.len() * 2000 <= COUNT, "{} of {COUNT} taken", taken.len());
}
