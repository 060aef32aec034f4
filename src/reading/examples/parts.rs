//! Shows what differs between two clauses in four parts.
#![allow(missing_docs, clippy::print_stdout)]
use qingdan_reading::{
    against::{Clause, differences},
    read::Reading,
    wording::Wording,
};
fn main() {
    let w = Wording::usual();
    let a: Vec<String> = std::env::args().skip(1).collect();
    let p = |s: &str| s.split('|').map(str::to_owned).collect::<Vec<_>>();
    let (x, y) = (p(&a[0]), p(&a[1]));
    let x: Vec<&str> = x.iter().map(String::as_str).collect();
    let y: Vec<&str> = y.iter().map(String::as_str).collect();
    let (x, y) = (Reading::of(&x, &w), Reading::of(&y, &w));
    for d in differences(
        Clause { reading: &x, parts: &[1], others: &[] },
        Clause { reading: &y, parts: &[1], others: &[] },
        &w,
    ) {
        println!(
            "{d:?} {:?} {:?}",
            d.baseline.clone().map(|r| x.words(r)),
            d.local.clone().map(|r| y.words(r))
        );
    }
}
