//! Shows what is read of a clause: `cargo run --example read CLAUSE…`.
#![allow(missing_docs, clippy::print_stdout)]
use qingdan_reading::{read::Reading, wording::Wording};
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
