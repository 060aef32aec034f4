//! Whole lists: taken over, written out, spelled out, turned round.

use qingdan::compare::Verdict;
use serde_yaml::Value;

use super::lists::{
    Content, PLAIN, RICH, adopted, covered, items, list, met, outcomes, prefecture, spelled_out, words,
    written_out,
};

/// Asserts that a list of all services of `baseline`, each turned into `entry`, meets everything.
fn assert_meets(baseline: &str, entry: impl Fn(&Value) -> Value, way: &str) {
    let mut content = Content::shipped();
    let services = items(&content.tree(baseline), "services").iter().map(entry).collect();
    content.put("fujian/xiamen/care/2025", &prefecture(baseline, services));
    let catalogue = content.read();
    let coverage = covered(&catalogue, "fujian/xiamen/care/2025");
    let outcomes = outcomes(&coverage);
    assert_eq!(outcomes.len(), 67);
    for (address, outcome) in &outcomes {
        assert_eq!(*outcome, met(), "{address} of {baseline}, {way}");
    }
    assert!(coverage.services.iter().all(|service| service.verdict == Verdict::Met), "{way}");
    assert!(coverage.additions.is_empty(), "{way}");
    let counted = coverage.summary();
    assert!(counted.contains(&(Verdict::Met, 67)), "{way}");
    assert_eq!(counted.iter().map(|(_, count)| count).sum::<usize>(), 67, "{way}");
    for known in coverage.services.iter().flat_map(|service| &service.provisions) {
        let by: Vec<String> = known.covered_by.iter().map(|offer| offer.address()).collect();
        assert_eq!(by, [known.baseline.address()], "{way}");
    }
}

#[test]
fn a_list_that_adopts_everything_meets_everything() {
    assert_meets(PLAIN, adopted, "adopted");
    assert_meets(RICH, adopted, "adopted");
}

#[test]
fn a_list_that_writes_everything_out_meets_everything() {
    assert_meets(PLAIN, written_out, "written out");
    assert_meets(RICH, written_out, "written out");
}

#[test]
fn it_makes_no_difference_whether_the_service_or_the_provision_says_it() {
    assert_meets(PLAIN, |service| spelled_out(&written_out(service)), "spelled out");
    assert_meets(RICH, |service| spelled_out(&written_out(service)), "spelled out");
}

#[test]
fn the_width_of_marks_makes_no_difference() {
    let wide = |service: &Value| {
        let mut own = written_out(service);
        for provision in list(&mut own, "provisions") {
            let quote = provision["quote"].as_str().expect("a quote");
            let marks = [(',', '，'), ('-', '－'), ('(', '（'), (')', '）'), ('0', '０'), ('3', '３')];
            let quote = marks.iter().fold(quote.to_owned(), |quote, (half, full)| {
                quote.chars().map(|c| if c == *half { *full } else { c }).collect()
            });
            provision["quote"] = quote.into();
        }
        own
    };
    assert_meets(PLAIN, wide, "with full-width marks");
}

#[test]
fn the_order_of_services_and_provisions_makes_no_difference() {
    let turned = |service: &Value| {
        let mut own = written_out(service);
        list(&mut own, "provisions").reverse();
        own
    };
    let mut content = Content::shipped();
    let mut services: Vec<Value> = items(&content.tree(PLAIN), "services").iter().map(turned).collect();
    services.reverse();
    content.put("fujian/xiamen/care/2025", &prefecture(PLAIN, services));
    let catalogue = content.read();
    assert!(outcomes(&covered(&catalogue, "fujian/xiamen/care/2025")).values().all(|known| *known == met()));
}

#[test]
fn a_list_of_one_service_misses_all_the_others() {
    let mut content = Content::shipped();
    let plain = content.tree(PLAIN);
    for service in items(&plain, "services") {
        let name = format!("fujian/xiamen/{}/2025", super::lists::id(service));
        content.put(&name, &prefecture(PLAIN, vec![written_out(service)]));
    }
    let catalogue = content.read();
    for service in items(&plain, "services") {
        let name = super::lists::id(service);
        let given = items(service, "provisions").len();
        let coverage = covered(&catalogue, &format!("fujian/xiamen/{name}/2025"));
        assert!(coverage.summary().contains(&(Verdict::Met, given)), "{name}");
        assert!(coverage.summary().contains(&(Verdict::Missing, 67 - given)), "{name}");
        assert!(coverage.is_lower(), "{name}");
    }
}

#[test]
fn written_out_services_answer_their_own_provisions() {
    let plain = Content::shipped().tree(PLAIN);
    for service in items(&plain, "services") {
        for provision in items(&written_out(service), "provisions") {
            let covers = words(provision.as_mapping().expect("a map"), "covers");
            assert_eq!(covers, [format!("{}/{}", super::lists::id(service), super::lists::id(provision))]);
        }
    }
}
