//! What can my child get: the decisions, held by vectors that the page's script is held to as well.
//!
//! `tests/finder/vectors.json` is written by hand: a case is a family, with what is decided of some
//! provisions (`yes`, `perhaps REASON`, `no REASON`, with `+n` for n more open needs) and how many provisions
//! are decided how. `tests/finder/table.json` is the table the script gets; to accept a new one, run with
//! `QINGDAN_BLESS=1` and review the difference like code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use qingdan::catalogue::{self, Catalogue};
use qingdan::compare::Offer;
use qingdan::diagnostic::Findings;
use qingdan::finder::{Chosen, Decision, Outcome, Table};
use qingdan::render;
use qingdan::source::SourceTree;
use serde::Deserialize;

const LIST: &str = "fujian/migrant-children/2025";

#[derive(Deserialize)]
struct Vectors {
    list: String,
    cases: Vec<Family>,
}

#[derive(Deserialize)]
struct Family {
    name: String,
    answers: Vec<String>,
    totals: [usize; 3],
    expect: BTreeMap<String, String>,
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(folder: &str) -> Catalogue {
    let mut findings = Findings::new();
    let sources =
        SourceTree::read(&here(folder), render::default_theme(), &mut findings).expect("the disk works");
    catalogue::read(&sources, &mut findings).expect("site.yaml is right")
}

fn table<'a>(catalogue: &'a Catalogue, address: &str) -> Table<'a> {
    let (place, _, edition) = catalogue.edition(address).expect("there is such an edition");
    let offers = edition.services.iter().flat_map(|service| {
        service.body.provisions.iter().map(move |provision| Offer { place, service, provision })
    });
    Table::new(&catalogue.vocabulary, offers)
}

/// Writes a decision as the vectors do.
fn written(table: &Table<'_>, decision: Decision) -> String {
    let word = match decision.outcome {
        Outcome::Yes => "yes",
        Outcome::Perhaps => "perhaps",
        Outcome::No => "no",
    };
    let reason = decision.reason.map(|reason| format!(" {}", table.key(reason))).unwrap_or_default();
    let more = if decision.more > 0 { format!(" +{}", decision.more) } else { String::new() };
    format!("{word}{reason}{more}")
}

fn decisions(table: &Table<'_>, answers: &[String]) -> BTreeMap<String, String> {
    let chosen =
        Chosen::of(table, answers.iter().map(String::as_str)).expect("the answers are in the vocabulary");
    let rows = table.rows().iter().map(|row| row.offer.address());
    rows.zip(table.decide(&chosen)).map(|(address, decision)| (address, written(table, decision))).collect()
}

#[test]
fn the_vectors_hold() {
    let vectors: Vectors =
        serde_json::from_str(include_str!("finder/vectors.json")).expect("vectors are JSON");
    assert_eq!(vectors.list, LIST);
    let catalogue = read("content");
    let table = table(&catalogue, LIST);
    let mut complaints = Vec::new();
    for family in &vectors.cases {
        let found = decisions(&table, &family.answers);
        for (address, expected) in &family.expect {
            let got = found.get(address).map_or("no such provision", String::as_str);
            if got != expected {
                complaints.push(format!("{}: {address}: {got}, not {expected}", family.name));
            }
        }
        let count = |word: &str| found.values().filter(|text| text.split(' ').next() == Some(word)).count();
        let totals = [count("yes"), count("perhaps"), count("no")];
        if totals != family.totals {
            complaints
                .push(format!("{}: yes, perhaps, no: {totals:?}, not {:?}", family.name, family.totals));
        }
        if std::env::var("SHOW").is_ok_and(|show| family.name.contains(&show)) {
            complaints.extend(found.iter().map(|(address, text)| format!("    {address}: {text}")));
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}
