//! Counts how judged pairs come out: `cargo run --example judge FILE`.
#![allow(missing_docs, clippy::print_stdout)]
use qingdan_reading::{
    against::{Clause, Stand, ages, differences},
    read::Reading,
    wording::Wording,
};
fn main() {
    let words = Wording::usual();
    let verbose = std::env::args().nth(2);
    let text = std::fs::read_to_string(std::env::args().nth(1).expect("a file")).expect("a file");
    let mut counts = std::collections::BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (a, b) = (Reading::new(cells[0], &words), Reading::new(cells[1], &words));
        let diffs = differences(Clause::whole(&a), Clause::whole(&b), &words);
        let of = |r: &Reading| r.ages(0).into_iter().map(|(_, ages)| ages).collect::<Vec<_>>();
        let (above, here) = (of(&a), of(&b));
        let age = if here.is_empty() && b.names_persons() {
            None
        } else {
            ages(
                &above,
                &here,
                if a.is_for_grown_ups() {
                    Some(qingdan_reading::fact::Ages { from: None, to: None, below: false })
                } else {
                    a.usual_ages()
                },
            )
        };
        let worst = diffs.iter().map(|d| d.stand).chain(age).max();
        let said = match worst {
            None => "met",
            Some(Stand::Higher) => "met",
            Some(Stand::Unclear) => "ask",
            Some(Stand::Lower) => "lower",
        };
        let fine = matches!(cells[2], "fine" | "better");
        *counts.entry((fine, said)).or_insert(0) += 1;
        let show = match verbose.as_deref() {
            Some("false-met") => !fine && said == "met",
            Some("false-lower") => fine && said == "lower",
            Some("ask") => fine && said == "ask",
            Some("all") => true,
            _ => false,
        };
        if show {
            println!("{} [{}/{}] {}\n      {}  ({})", said, cells[2], cells[3], cells[0], cells[1], cells[4]);
            if let Some(age) = age {
                println!("        age {age:?}");
            }
            for d in &diffs {
                if d.stand == Stand::Higher {
                    continue;
                }
                println!(
                    "        {:?} {:?} {:?} {:?} | {:?}",
                    d.respect,
                    d.part,
                    d.stand,
                    d.baseline.clone().map(|r| a.words(r)),
                    d.local.clone().map(|r| b.words(r))
                );
            }
        }
    }
    let get = |fine, said| counts.get(&(fine, said)).copied().unwrap_or(0);
    let (low, fine) =
        (["met", "ask", "lower"].map(|s| get(false, s)), ["met", "ask", "lower"].map(|s| get(true, s)));
    println!(
        "lower {}: false met {} ask {} lower {} | fine {}: met {} asked {} ({:.1}%) false lower {} ({:.1}%)",
        low.iter().sum::<i32>(),
        low[0],
        low[1],
        low[2],
        fine.iter().sum::<i32>(),
        fine[0],
        fine[1],
        fine[1] as f64 * 100.0 / fine.iter().sum::<i32>() as f64,
        fine[2],
        fine[2] as f64 * 100.0 / fine.iter().sum::<i32>() as f64
    );
}
