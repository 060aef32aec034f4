//! What can my child get: the decisions, held by vectors that the page's script is held to as well.
//!
//! `tests/finder/vectors.json` is written by hand: a case is a family, with what is decided of some
//! provisions (`yes`, `perhaps REASON`, `no REASON`, with `+n` for n more open needs). Whole families are judged in
//! `tests/families`. `tests/finder/table.json` is the table the script gets; to accept a new one, run with
//! `QINGDAN_BLESS=1` and review the difference like code.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use qingdan::catalogue::{self, Catalogue};
use qingdan::compare::offers;
use qingdan::diagnostic::Findings;
use qingdan::finder::{Chosen, Decision, Outcome, Reason, Table};
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

/// Answers that hold only together with another one: where a family begins that looks for the best.
const BEGIN: [&str; 4] = ["other-province", "settled", "has-certificate", "hospital-birth"];

/// Returns the best that a family gets of each provision: from every age on it changes one answer after the other for a
/// better one.
fn best(table: &Table<'_>) -> Vec<Decision> {
    let ages: Vec<usize> = of_question(table, 0);
    let begin: Vec<usize> = BEGIN.iter().filter_map(|id| table.answer(id)).collect();
    let mut best: Vec<Option<Decision>> = vec![None; table.rows().len()];
    for age in ages {
        for (row, best) in best.iter_mut().enumerate() {
            if best.is_some_and(|known| known.outcome == Outcome::Yes) {
                continue;
            }
            let mut picked: Vec<usize> = begin.iter().copied().chain([age]).collect();
            for question in 1..table.questions().len() {
                picked = better(table, row, &picked, question);
            }
            let found = decided(table, &picked)[row];
            if best.is_none_or(|known| rank(found) > rank(known)) {
                *best = Some(found);
            }
        }
    }
    best.into_iter().flatten().collect()
}

/// Returns how good a decision is; answers that contradict each other are no good.
fn rank(found: Decision) -> (Outcome, bool, std::cmp::Reverse<usize>) {
    (found.outcome, found.reason != Some(Reason::Contradiction), std::cmp::Reverse(found.more))
}

fn of_question(table: &Table<'_>, question: usize) -> Vec<usize> {
    (0..table.answers().len()).filter(|at| table.answers()[*at].0 == question).collect()
}

/// Returns the answers with that of a question changed for the one that is best for a provision.
fn better(table: &Table<'_>, row: usize, picked: &[usize], question: usize) -> Vec<usize> {
    let keeps = |at: &&usize| table.questions()[question].several || table.answers()[**at].0 != question;
    let others: Vec<usize> = picked.iter().filter(keeps).copied().collect();
    let with = |at: usize| others.iter().copied().chain([at]).collect::<Vec<usize>>();
    let choices = of_question(table, question).into_iter().map(with);
    let rank = |picked: &Vec<usize>| rank(decided(table, picked)[row]);
    let mut best = (rank(&picked.to_vec()), picked.to_vec());
    for choice in choices {
        let rank = rank(&choice);
        if rank > best.0 {
            best = (rank, choice);
        }
    }
    best.1
}

fn decided(table: &Table<'_>, picked: &[usize]) -> Vec<Decision> {
    let mut chosen = Chosen::none(table);
    picked.iter().for_each(|answer| chosen.pick(*answer));
    table.decide(&chosen)
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
        let confirmed = ["if:unspecified-criteria", "if:local-criteria", "if:need", "place", "ask:"];
        let by_office = ["who:temporary-assistance-eligible"];
        let known =
            confirmed.iter().chain(&by_office).any(|key| found.starts_with(&format!("perhaps {key}")));
        assert!(known, "{address}: {found}: a family should be able to say so");
    }
    // Of these the list itself says no more: conditions it does not print, or that an office judges.
    assert_eq!(open.len(), 24, "{open:#?}");
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
        let mut provisions = BTreeSet::new();
        for service in editions.flat_map(|edition| &edition.services) {
            services.insert(service.id.value.as_str());
            let address = |id: &str| format!("{}/{id}", service.id.value);
            provisions.extend(service.body.provisions.iter().map(|provision| address(&provision.id.value)));
            printed.insert(service.body.audience.text.reference().value.as_str());
            let texts =
                service.body.provisions.iter().filter_map(|provision| provision.condition_text.as_ref());
            printed.extend(texts.map(|text| text.reference().value.as_str()));
        }
        for answer in catalogue.vocabulary.situations.iter().flat_map(|question| &question.answers) {
            let lost = answer.see.iter().find(|id| !services.contains(id.value.as_str()));
            assert!(lost.is_none(), "{folder}: {}: no list has the service {lost:?}", answer.id.value);
            let lost = answer.open.iter().find(|address| !provisions.contains(&address.value));
            assert!(lost.is_none(), "{folder}: {}: no list has the provision {lost:?}", answer.id.value);
            let guides = catalogue.places.values().flat_map(|place| &place.guides);
            let lost =
                answer.guide.as_ref().filter(|name| !guides.clone().any(|guide| guide.name == name.value));
            assert!(lost.is_none(), "{folder}: {}: there is no guide {lost:?}", answer.id.value);
            let lost = answer.printed.iter().find(|text| !printed.contains(text.value.as_str()));
            assert!(lost.is_none(), "{folder}: {}: no list prints {lost:?}", answer.id.value);
        }
    }
}
