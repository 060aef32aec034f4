//! Prints where one clause promises less than another, to see why a verdict is what it is.
//!
//! `cargo run -p qingdan-reading --example against 提供午餐 不提供午餐` takes baseline and local wording by turns and prints
//! for each pair in which respect they differ, how the local words stand, and the words that this rests on.
#![allow(clippy::print_stdout, reason = "what it prints is what it is for")]

use qingdan_reading::against::{Clause, differences};
use qingdan_reading::read::Reading;
use qingdan_reading::wording::Wording;

/// Prints every pair among the arguments.
fn main() {
    let words = Wording::usual();
    let clauses: Vec<String> = std::env::args().skip(1).collect();
    for pair in clauses.chunks_exact(2) {
        let [baseline, local] = [0, 1].map(|side| Reading::new(&pair[side], &words));
        println!("{}\n{}", pair[0], pair[1]);
        for found in differences(Clause::whole(&baseline), Clause::whole(&local), &words) {
            let above = found.baseline.map(|range| baseline.words(range)).unwrap_or_default();
            let here = found.local.map(|range| local.words(range)).unwrap_or_default();
            println!("    {:?} {:?} {above} | {here}", found.respect, found.stand);
        }
    }
}
