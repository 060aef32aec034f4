//! What can my child get: the decisions, held by vectors that the page's script is held to as well.
//!
//! `tests/finder/vectors.json` is written by hand: a case is a family, with what is decided of some
//! provisions (`yes`, `perhaps REASON`, `no REASON`, with `+n` for n more open needs) and how many provisions
//! are decided how. `tests/finder/table.json` is the table the script gets; to accept a new one, run with
//! `QINGDAN_BLESS=1` and review the difference like code.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use qingdan::catalogue::{self, Catalogue};
use qingdan::compare::offers;
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
    let edition = catalogue.edition(address).expect("there is such an edition");
    Table::new(&catalogue.vocabulary, offers(edition))
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

#[test]
fn the_table_of_the_script_is_the_one_that_is_written_down() {
    let catalogue = read("content");
    let table = table(&catalogue, LIST);
    let keys: Vec<&str> = table.needs().iter().map(|need| need.key.as_str()).collect();
    let answers: Vec<&str> = table.answers().iter().map(|(_, answer)| answer.id.value.as_str()).collect();
    let questions: Vec<&str> = table.questions().iter().map(|question| question.id.value.as_str()).collect();
    let rows: Vec<String> = table.rows().iter().map(|row| row.offer.address()).collect();
    let parts = [
        ("questions", serde_json::json!(questions)),
        ("answers", serde_json::json!(answers)),
        ("needs", serde_json::json!(keys)),
        ("rows", serde_json::json!(rows)),
        ("table", table.wire()),
    ];
    let lines: Vec<String> = parts.iter().map(|(name, part)| format!("\"{name}\": {part}")).collect();
    let now = format!("{{\n{}\n}}\n", lines.join(",\n"));
    let path = here("tests/finder/table.json");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    if now != written && std::env::var_os("QINGDAN_BLESS").is_some() {
        std::fs::write(&path, &now).expect("the table can be written");
    }
    assert!(now == written, "tests/finder/table.json is another table; QINGDAN_BLESS=1 accepts the new one");
}

/// Returns the best that any family gets of each provision that has said all there is to say: every age,
/// household and school with every situation; every two situations with every age and school.
fn best(table: &Table<'_>) -> Vec<Decision> {
    let mut best: Vec<Option<Decision>> = vec![None; table.rows().len()];
    for (family, situations) in families(table) {
        let mut chosen = Chosen::none(table);
        family.iter().chain(&situations).for_each(|answer| chosen.pick(*answer));
        (0..table.questions().len()).for_each(|question| chosen.close(question));
        for (best, found) in best.iter_mut().zip(table.decide(&chosen)) {
            let rank = |known: Decision| (known.outcome, std::cmp::Reverse(known.more));
            if best.is_none_or(|known| rank(found) > rank(known)) {
                *best = Some(found);
            }
        }
    }
    best.into_iter().flatten().collect()
}

fn families(table: &Table<'_>) -> Vec<(Vec<usize>, Vec<usize>)> {
    let questions = table.questions();
    let (mut singles, mut situations) = (vec![(Vec::new(), true)], vec![Vec::new()]);
    for (at, question) in questions.iter().enumerate() {
        let answers = table.answers().iter().enumerate().filter(|(_, (of, _))| *of == at);
        let answers: Vec<usize> = answers.map(|(at, _)| at).collect();
        if question.several {
            situations.extend(answers.iter().map(|answer| vec![*answer]));
            let later = |at: usize| answers[at + 1..].iter().map(move |two| (at, *two));
            situations.extend((0..answers.len()).flat_map(later).map(|(at, two)| vec![answers[at], two]));
        } else {
            let first = question.id.value != "household";
            let longer = |(family, plain): &(Vec<usize>, bool)| {
                let next = |(at, answer): (usize, &usize)| {
                    (family.iter().copied().chain([*answer]).collect(), *plain && (first || at == 0))
                };
                answers.iter().enumerate().map(next).collect::<Vec<(Vec<usize>, bool)>>()
            };
            singles = singles.iter().flat_map(longer).collect();
        }
    }
    let with = |(family, plain): &(Vec<usize>, bool)| {
        let fitting = situations.iter().filter(|set| *plain || set.len() < 2);
        fitting.map(|set| (family.clone(), set.clone())).collect::<Vec<_>>()
    };
    singles.iter().flat_map(with).collect()
}

/// Checks that every provision can be had by a family that answered everything: at once, or with nothing
/// left open but what no list says or an office judges.
fn all_can_be_reached(folder: &str, address: &str) -> BTreeMap<String, String> {
    let catalogue = read(folder);
    let table = table(&catalogue, address);
    let best = best(&table);
    assert_eq!(best.len(), table.rows().len());
    let lost: Vec<String> = table
        .rows()
        .iter()
        .zip(&best)
        .filter(|(_, found)| found.outcome == Outcome::No)
        .map(|(row, found)| format!("{}: {}", row.offer.address(), written(&table, *found)))
        .collect();
    assert!(lost.is_empty(), "{address}: no family can reach\n{}", lost.join("\n"));
    let open = table.rows().iter().zip(&best).filter(|(_, found)| found.outcome == Outcome::Perhaps);
    open.map(|(row, found)| (row.offer.address(), written(&table, *found))).collect()
}

#[test]
fn every_provision_of_fujian_is_reached_by_some_family() {
    let open = all_can_be_reached("content", LIST);
    for (address, found) in &open {
        let confirmed = ["if:unspecified-criteria", "if:local-criteria", "if:on-a-list", "if:need", "place"];
        let by_office = ["who:extreme-difficulty-eligible", "who:temporary-assistance-eligible"];
        let known =
            confirmed.iter().chain(&by_office).any(|key| found.starts_with(&format!("perhaps {key}")));
        assert!(known, "{address}: {found}: a family should be able to say so");
    }
    assert_eq!(open.len(), 27, "{open:#?}");
}

#[test]
fn every_provision_of_the_demonstration_is_reached_by_some_family() {
    for list in [
        "shifan/migrant-children/2027",
        "shifan/jiashi/migrant-children/2027",
        "shifan/jiashi/zixian/migrant-children/2027",
        "shifan/yishi/migrant-children/2027",
    ] {
        all_can_be_reached("src/site/demo", list);
    }
}

#[test]
fn what_answers_point_at_is_in_the_lists() {
    for folder in ["content", "src/site/demo"] {
        let catalogue = read(folder);
        let editions =
            catalogue.places.values().flat_map(|place| place.lists.values()).flat_map(|list| &list.editions);
        let (mut services, mut printed) = (BTreeSet::new(), BTreeSet::new());
        for service in editions.flat_map(|edition| &edition.services) {
            services.insert(service.id.value.as_str());
            printed.insert(service.body.audience.text.reference().value.as_str());
            let texts =
                service.body.provisions.iter().filter_map(|provision| provision.condition_text.as_ref());
            printed.extend(texts.map(|text| text.reference().value.as_str()));
        }
        for answer in catalogue.vocabulary.situations.iter().flat_map(|question| &question.answers) {
            let lost = answer.see.iter().find(|id| !services.contains(id.value.as_str()));
            assert!(lost.is_none(), "{folder}: {}: no list has the service {lost:?}", answer.id.value);
            let lost = answer.printed.iter().find(|text| !printed.contains(text.value.as_str()));
            assert!(lost.is_none(), "{folder}: {}: no list prints {lost:?}", answer.id.value);
        }
    }
}
