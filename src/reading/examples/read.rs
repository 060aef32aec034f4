//! Prints what is read of a clause, to see why a comparison says what it does.
//!
//! `cargo run -p qingdan-reading --example read 每人每月500元 不提供午餐` prints for each clause its words with what
//! they do in it, then every fact with the characters it was read from.
#![allow(clippy::print_stdout, reason = "what it prints is what it is for")]

use qingdan_reading::read::Reading;
use qingdan_reading::wording::Wording;

/// Prints every clause among the arguments.
fn main() {
    let words = Wording::usual();
    for clause in std::env::args().skip(1) {
        let reading = Reading::new(&clause, &words);
        println!("{clause}\n  {}", reading.shown(&words));
        for fact in &reading.facts {
            println!("    {} {:?}", reading.words(fact.range.clone()), fact.what);
        }
    }
}
