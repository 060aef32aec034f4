//! Baselines that split, merge, move and rename provisions: nothing of a list is missing by mistake.

use qingdan::analysis::Analysis;
use qingdan::compare::Verdict;
use qingdan::coverage::{Coverage, cover};
use qingdan::date::Date;
use qingdan::diagnostic::Findings;
use serde_yaml::Value;

use super::awkward::{BASELINE, LIST, service};
use super::lists::{Content, map, prefecture};

const NEWER: &str = "fujian/short/2027";
const NEWEST: &str = "fujian/short/2029";

/// Editions of a baseline by address, and a list that is measured against the one at `against`.
fn content(editions: &[(&str, Vec<Value>)], against: &str, own: &[(&str, &str)]) -> Content {
    let mut content = Content::shipped();
    for (address, services) in editions {
        let mut baseline = prefecture("", services.clone());
        map(&mut baseline).remove("measured_against");
        map(&mut baseline).insert("status".into(), "issued".into());
        content.put(address, &baseline);
    }
    content.put(LIST, &prefecture(against, vec![service("own", 1, own)]));
    content
}

/// Returns by address of the provisions of `baseline` what answers them.
fn answers(content: &Content, baseline: &str) -> Vec<(String, Vec<String>)> {
    let catalogue = content.read();
    let issue = catalogue.edition(LIST).expect("the list");
    let coverage: Coverage<'_> = cover(&catalogue, issue, Some(baseline)).expect("the baseline");
    let provisions = coverage.services.iter().flat_map(|service| &service.provisions);
    let answers = provisions.map(|known| {
        let by: Vec<String> = known.covered_by.iter().map(|offer| offer.provision.id.value.clone()).collect();
        assert_eq!(by.is_empty(), known.verdict == Verdict::Missing);
        (known.baseline.address(), by)
    });
    answers.collect()
}

fn expected(answers: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
    let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    answers.iter().map(|(address, by)| ((*address).to_owned(), owned(by))).collect()
}

#[test]
fn both_parts_of_a_split_are_answered_by_what_answered_the_whole() {
    let old = vec![service("care", 1, &[("one", "")])];
    let parts = [("first", "was: one"), ("second", "was: one"), ("new", "")];
    let new = vec![service("care", 1, &parts)];
    let editions = [(BASELINE, old), (NEWER, new)];
    // Measured against the old edition, and against the new one by the old id.
    for against in [BASELINE, NEWER] {
        let content = content(&editions, against, &[("a", "covers: [care/one]")]);
        let found = answers(&content, NEWER);
        assert_eq!(found, expected(&[("care/first", &["a"]), ("care/second", &["a"]), ("care/new", &[])]));
    }
}

#[test]
fn a_part_that_keeps_the_id_is_answered_as_well_as_the_other() {
    let old = vec![service("care", 1, &[("one", "")])];
    let new = vec![service("care", 1, &[("one", ""), ("second", "was: one")])];
    let editions = [(BASELINE, old), (NEWER, new)];
    let before = content(&editions, BASELINE, &[("a", "covers: [care/one]")]);
    assert_eq!(answers(&before, NEWER), expected(&[("care/one", &["a"]), ("care/second", &["a"])]));
    // One that was written for the new edition says what it means.
    let after = content(&editions, NEWER, &[("a", "covers: [care/one]")]);
    assert_eq!(answers(&after, NEWER), expected(&[("care/one", &["a"]), ("care/second", &[])]));
}

#[test]
fn what_was_merged_is_answered_by_all_that_answered_its_parts() {
    let old = vec![service("care", 1, &[("one", ""), ("two", "")])];
    let new = vec![service("care", 1, &[("both", "was: [one, two]")])];
    let own = [("a", "covers: [care/one]"), ("b", "covers: [care/two]")];
    for against in [BASELINE, NEWER] {
        let content = content(&[(BASELINE, old.clone()), (NEWER, new.clone())], against, &own);
        let found = answers(&content, NEWER);
        let [(address, mut by)]: [_; 1] = found.try_into().expect("one provision");
        by.sort();
        assert_eq!((address.as_str(), by), ("care/both", vec!["a".to_owned(), "b".to_owned()]));
    }
}

#[test]
fn what_moved_to_another_service_is_still_answered_under_either_name_of_it() {
    let old = || vec![service("care", 1, &[("one", "")]), service("more", 2, &[("two", "")])];
    let mut renamed = service("help", 2, &[("two", ""), ("moved", "was: care/one")]);
    map(&mut renamed).insert("was".into(), "more".into());
    let new = vec![service("care", 1, &[("other", "")]), renamed];
    let own = [("a", "covers: [care/one]"), ("b", "covers: [more/two]")];
    for against in [BASELINE, NEWER] {
        let content = content(&[(BASELINE, old()), (NEWER, new.clone())], against, &own);
        let found = answers(&content, NEWER);
        assert_eq!(found, expected(&[("care/other", &[]), ("help/two", &["b"]), ("help/moved", &["a"])]));
    }
}

#[test]
fn over_several_editions_each_change_is_followed_and_back_again() {
    let one = vec![service("care", 1, &[("one", "")])];
    let two = vec![service("care", 1, &[("first", "was: one"), ("second", "was: one")])];
    let three = vec![service("care", 1, &[("again", "was: [first, second]")])];
    let editions = [(BASELINE, one), (NEWER, two), (NEWEST, three)];
    for (against, covers) in [(BASELINE, "one"), (NEWER, "first"), (NEWEST, "one")] {
        let own = format!("covers: [care/{covers}]");
        let content = content(&editions, against, &[("a", &own)]);
        assert_eq!(answers(&content, NEWEST), expected(&[("care/again", &["a"])]), "{against}");
    }
    let back = content(&editions, NEWEST, &[("a", "covers: [care/again]")]);
    assert_eq!(answers(&back, NEWER), expected(&[("care/first", &["a"]), ("care/second", &["a"])]));
    assert_eq!(answers(&back, BASELINE), expected(&[("care/one", &["a"])]));
}

#[test]
fn an_id_that_changed_hands_answers_only_what_took_its_place() {
    let old = vec![service("care", 1, &[("one", ""), ("two", "")])];
    let new = vec![service("care", 1, &[("one", "was: two"), ("two", "was: one")])];
    let own = [("a", "covers: [care/one]")];
    let content = content(&[(BASELINE, old), (NEWER, new)], BASELINE, &own);
    assert_eq!(answers(&content, NEWER), expected(&[("care/one", &[]), ("care/two", &["a"])]));
}

#[test]
fn former_ids_are_no_mistake_but_told_and_others_are_a_mistake() {
    let old = vec![service("care", 1, &[("one", ""), ("gone", "")])];
    let new = vec![service("care", 1, &[("first", "was: one"), ("second", "was: one")])];
    let own = [("a", "covers: [care/one]"), ("b", "covers: [care/gone]"), ("c", "covers: [care/first]")];
    let content = content(&[(BASELINE, old), (NEWER, new)], NEWER, &own);
    let catalogue = content.read();
    let mut findings = Findings::new();
    let today = Date::parse("2027-06-01").expect("a date");
    qingdan::check::check(&Analysis::new(&catalogue, today), &mut findings);
    let told = |name: &str| -> Vec<String> {
        let own = findings.iter().filter(|finding| finding.code.name == name);
        own.map(|finding| finding.message.en.clone()).collect()
    };
    let outdated = told("outdated-coverage");
    assert_eq!(outdated, ["`care/one` was split in edition 2027 of the baseline: care/first, care/second"]);
    assert_eq!(told("unknown-coverage"), ["there is no baseline provision `care/gone`"]);
}
