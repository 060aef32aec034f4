//! Words that a catalogue, or the rulebook of a province, adds for reading official texts.

use qingdan::compare::Verdict::{self, Met, NeedsReview, Weaker};
use serde_yaml::Value;

use super::awkward::{BASELINE, Case, LIST, service};
use super::lists::{covered, list, map, prefecture, yaml};

/// What the baseline promises here, and what the list says instead.
const ABOVE: &str = "quote: 为儿童免费提供一次体检, kind: service";

fn case(own: &str) -> Case {
    Case::new(&[("a", ABOVE)], &[("b", &format!("quote: {own}, covers: [care/a]"))])
}

fn verdict(case: &Case, at: &str) -> (Verdict, Vec<&'static str>) {
    let catalogue = case.content.read();
    let coverage = covered(&catalogue, at);
    let known = &coverage.services[0].provisions[0];
    (known.verdict, known.steps.iter().map(|step| step.axis).collect())
}

/// Puts `words` into the rulebook of the place, as those of a rule from a day on.
fn rule(case: &mut Case, place: &str, from: &str, words: &str) {
    let mut tree = case.content.tree(&format!("{place}/place"));
    if tree.get("rulebook").is_none() {
        map(&mut tree).insert("rulebook".into(), Value::Sequence(Vec::new()));
    }
    list(&mut tree, "rulebook").push(yaml(&format!("{{from: {from}, wording: {words}}}")));
    case.content.put(&format!("{place}/place"), &tree);
}

fn vocabulary(case: &mut Case, words: &str) {
    case.content.put("vocabulary/wording", &yaml(words));
}

#[test]
fn a_word_of_the_vocabulary_changes_a_verdict() {
    let mut known = case("为儿童青免提供一次体检");
    assert_ne!(verdict(&known, LIST).0, Met, "nobody knows 青免");
    vocabulary(&mut known, "{same: [[免费, 青免]]}");
    assert_eq!(verdict(&known, LIST), (Met, Vec::new()));
    let mut known = case("为儿童免费提供一次体检（青禾）");
    vocabulary(&mut known, "{plain: [青禾]}");
    assert_eq!(verdict(&known, LIST).0, Met);
    vocabulary(&mut known, "{degrees: {discretion: [青禾]}}");
    assert_eq!(verdict(&known, LIST), (NeedsReview, vec!["strength"]));
    vocabulary(&mut known, "{limits: {quota: [青禾]}}");
    assert_eq!(verdict(&known, LIST), (NeedsReview, vec!["quota"]));
}

#[test]
fn a_rulebook_changes_the_verdicts_of_its_province_only() {
    let mut known = case("为有青禾的儿童免费提供一次体检");
    let axes = |case: &Case| verdict(case, LIST).1;
    assert!(!axes(&known).contains(&"condition"));
    // Another province has the same lists, and no words of its own.
    let mut elsewhere = known.content.tree("fujian/place");
    map(&mut elsewhere).remove("rulebook");
    map(&mut elsewhere).insert("code".into(), "990000".into());
    known.content.put("other/place", &elsewhere);
    known.content.put("other/city/place", &known.content.tree("fujian/xiamen/place"));
    let above = known.content.tree(BASELINE);
    known.content.put("other/short/2025", &above);
    let own = "quote: 为有青禾的儿童免费提供一次体检, covers: [care/a]";
    known.content.put(
        "other/city/short/2025",
        &prefecture("other/short/2025", vec![service("own", 1, &[("b", own)])]),
    );
    let before = verdict(&known, "other/city/short/2025");
    rule(&mut known, "fujian", "2025-01-01", "{conditions: {residence-permit: [青禾]}}");
    assert!(axes(&known).contains(&"condition"));
    assert_eq!(verdict(&known, "other/city/short/2025"), before);
    // A place cannot talk its own list up.
    rule(&mut known, "fujian/xiamen", "2025-01-01", "{plain: [青禾]}");
    assert!(axes(&known).contains(&"condition"));
}

#[test]
fn words_of_a_rule_hold_from_its_day_on() {
    let mut known = case("为儿童免费提供一次体检（青禾）");
    rule(&mut known, "fujian", "2025-01-01", "{plain: [青禾]}");
    rule(&mut known, "fujian", "2026-01-01", "{limits: {quota: [青禾]}}");
    let issued = |known: &mut Case, day: &str| {
        let mut tree = known.content.tree(LIST);
        map(&mut tree).insert("dates".into(), yaml(&format!("{{issued: {day}}}")));
        known.content.put(LIST, &tree);
        verdict(known, LIST)
    };
    assert_eq!(verdict(&known, LIST), (NeedsReview, vec!["quota"]), "a draft is held to the newest");
    assert_eq!(issued(&mut known, "2025-06-01").0, Met);
    assert_eq!(issued(&mut known, "2026-06-01").0, NeedsReview);
}

#[test]
fn a_built_in_word_can_be_taken_out() {
    let mut known = case("原则上为儿童免费提供一次体检");
    assert_eq!(verdict(&known, LIST), (NeedsReview, vec!["strength"]));
    rule(&mut known, "fujian", "2025-01-01", "{plain: [原则上]}");
    assert_eq!(verdict(&known, LIST).0, Met);
}

#[test]
fn old_hedges_are_words_of_discretion() {
    let mut known = case("为儿童免费提供一次体检（青禾）");
    let mut tree = known.content.tree("fujian/place");
    list(&mut tree, "rulebook").push(yaml("{from: 2025-01-01, orders: {hedges: [青禾]}}"));
    known.content.put("fujian/place", &tree);
    assert_eq!(verdict(&known, LIST), (NeedsReview, vec!["strength"]));
}

#[test]
fn a_catalogue_in_english_reads_english() {
    let cases: [(&str, &str, Verdict); 4] = [
        ("Every child gets a free check-up", "Every child is given a check-up free of charge", Met),
        ("Every child gets a free check-up", "Every child gets a check-up at half price", NeedsReview),
        ("Check-ups are given twice a year", "Check-ups are given once a year", Weaker),
        ("Grants of 500 CNY per month are paid", "Grants of 300 CNY per month are paid", Weaker),
    ];
    for (above, own, expected) in cases {
        let mut case = Case::new(
            &[("a", &format!("quote: {above}"))],
            &[("b", &format!("quote: {own}, covers: [care/a]"))],
        );
        case.content.speak_english();
        let (found, axes) = verdict(&case, LIST);
        let is_at_least = found == expected || (expected == NeedsReview && found == Weaker);
        assert!(is_at_least, "{own}: {found:?} {axes:?}");
    }
}
