//! Judged pairs of clauses, read and compared by themselves.

use std::ops::Range;

use qingdan_reading::against::{Clause, Difference, Stand, ages, differences};
use qingdan_reading::fact::Ages;
use qingdan_reading::read::Reading;
use qingdan_reading::wording::Wording;
use rayon::prelude::*;

use super::at_most;
use super::counts::{Counts, Measured, Said, is_asked_for};
use super::judged::{Judgement, text};

/// The files, and the set each belongs to.
const FILES: [(&str, &str); 23] = [
    ("dev", "pairs1"),
    ("held", "pairs2"),
    ("test", "pairs3"),
    ("test", "mutations"),
    ("fresh", "pairs4"),
    ("fresh", "pairs5"),
    ("fresh", "pairs6"),
    ("fresh", "pairs7"),
    ("fresh", "pairs8"),
    ("fresh", "pairs9"),
    ("fresh", "pairs10"),
    ("fresh", "pairs11"),
    ("fresh", "pairs12"),
    ("fresh", "pairs13"),
    ("fresh", "pairs14"),
    ("fresh", "pairs15"),
    ("fresh", "pairs16"),
    ("fresh", "pairs17"),
    ("fresh", "pairs18"),
    ("fresh", "pairs19"),
    ("fresh", "pairs20"),
    ("fresh", "pairs21"),
    ("fresh", "pairs22"),
];

/// A pair as it is written down.
struct Pair<'a> {
    baseline: &'a str,
    local: &'a str,
    is: Judgement,
    kind: &'a str,
    why: &'a str,
}

#[test]
fn judged_pairs_get_no_worse_verdicts() {
    let words = Wording::usual();
    let measured = FILES.map(|(set, file)| {
        let text = text(set, &format!("{file}.tsv"));
        let pairs: Vec<Pair<'_>> = text.lines().skip(1).map(|line| pair(file, line)).collect();
        let outcomes: Vec<(Said, String)> = pairs.par_iter().map(|pair| outcome(pair, &words)).collect();
        let mut counts = Counts::default();
        for (pair, (said, shown)) in pairs.iter().zip(&outcomes) {
            counts.add(pair.is, *said);
            print!("{shown}");
        }
        Measured { set: file, way: "pairs", counts }
    });
    at_most(super::CEILINGS, &measured);
}

/// Reads a line.
fn pair<'a>(file: &str, line: &'a str) -> Pair<'a> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [baseline, local, is, kind, why] = cells[..] else { panic!("{file}: not five cells: {line}") };
    let is = Judgement::parse(is).unwrap_or_else(|| panic!("{file}: no judgement: {is}"));
    Pair { baseline, local, is, kind, why }
}

/// Compares both clauses; returns the worst that is said and the lines that `SHOW` asks for.
fn outcome(pair: &Pair<'_>, words: &Wording) -> (Said, String) {
    let (above, here) = (Reading::new(pair.baseline, words), Reading::new(pair.local, words));
    let found = differences(Clause::whole(&above), Clause::whole(&here), words);
    let age = age(&above, &here);
    let said = match found.iter().map(|difference| difference.stand).chain(age).max() {
        None | Some(Stand::Higher) => Said::Met,
        Some(Stand::Unclear) => Said::Asked,
        Some(Stand::Lower) => Said::Lower,
    };
    let shown = if is_asked_for(pair.is, said) {
        show(pair, said, [&above, &here], &found, age)
    } else {
        String::new()
    };
    (said, shown)
}

/// Compares the ages that two clauses name. Local words that name persons and no age leave nobody out.
fn age(above: &Reading, here: &Reading) -> Option<Stand> {
    let named = |reading: &Reading| reading.ages(0).into_iter().map(|(_, ages)| ages).collect::<Vec<_>>();
    let (wanted, given) = (named(above), named(here));
    if given.is_empty() && here.names_persons() {
        return None;
    }
    let all = Ages { from: None, to: None, below: false };
    ages(&wanted, &given, if above.is_for_grown_ups() { Some(all) } else { above.usual_ages() })
}

/// Returns both clauses, what was judged and where the program sees them differ.
fn show(
    pair: &Pair<'_>,
    said: Said,
    [above, here]: [&Reading; 2],
    found: &[Difference],
    age: Option<Stand>,
) -> String {
    let Pair { baseline, local, is, kind, why } = pair;
    let mut shown =
        format!("{said:?}, judged {is:?} {kind} {why}\n    baseline {baseline}\n    local    {local}\n");
    let words = |reading: &Reading, range: &Option<Range<usize>>| {
        range.clone().map_or_else(String::new, |range| reading.words(range))
    };
    for difference in found.iter().filter(|difference| difference.stand > Stand::Higher) {
        let Difference { respect, part, stand, baseline, local } = difference;
        let part = part.as_deref().unwrap_or_default();
        let (baseline, local) = (words(above, baseline), words(here, local));
        shown += &format!("        {respect:?} {part} {stand:?}: {baseline} | {local}\n");
    }
    if let Some(age) = age.filter(|age| *age > Stand::Higher) {
        shown += &format!("        Age {age:?}\n");
    }
    shown
}
