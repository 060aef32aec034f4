//! What people decided where a machine cannot compare.

use qingdan::compare::Verdict::{self, Exceeded, Met, Misquoted, Missing, NeedsReview, Weaker};
use qingdan::coverage::cover;

use super::awkward::{BASELINE, Case, LIST};
use super::lists::{list, map, yaml};

#[test]
fn a_review_settles_what_needs_one_and_nothing_else() {
    let silent = || Case::new(&[("one", "age: 0-6")], &[("a", "covers: [care/one]")]);
    assert_eq!(silent().verdict(), NeedsReview);
    for (decision, verdict) in [("met", Met), ("exceeded", Exceeded), ("weaker", Weaker)] {
        assert_eq!(silent().reviewed("care/one", decision, "2025-06-01").verdict(), verdict);
    }
    // The last one that was written counts.
    let twice =
        silent().reviewed("care/one", "weaker", "2025-06-01").reviewed("care/one", "met", "2025-07-01");
    assert_eq!(twice.verdict(), Met);
    assert_eq!(silent().reviewed("care/another", "met", "2025-06-01").verdict(), NeedsReview);
    for (own, verdict) in [
        ("covers: [care/one]", Met),
        ("covers: [care/one], strength: permit", Weaker),
        ("covers: [care/one], quote: 给孩子提供一甲服务", Misquoted),
        ("strength: must", Missing),
    ] {
        for decision in ["met", "exceeded", "weaker"] {
            let case = Case::new(&[("one", "")], &[("a", own)]).reviewed("care/one", decision, "2025-06-01");
            assert_eq!(case.verdict(), verdict, "{own} reviewed as {decision}");
        }
    }
}

#[test]
fn the_newest_review_counts_wherever_it_stands() {
    let case = Case::new(&[("one", "age: 0-6")], &[("a", "covers: [care/one]")]);
    let case = case.reviewed("care/one", "weaker", "2025-07-01").reviewed("care/one", "met", "2025-06-01");
    assert_eq!(case.verdict(), Weaker);
}

#[test]
fn a_review_made_before_its_baseline_settles_nothing() {
    let silent = || Case::new(&[("one", "measures: {amount: 100 CNY/year}")], &[("a", "covers: [care/one]")]);
    let dated = |on: &str| {
        let mut case = silent().reviewed("care/one", "met", on);
        let mut tree = case.content.tree(BASELINE);
        map(&mut tree).insert("dates".into(), yaml("{signed: 2025-01-09, printed: 2025-01-10}"));
        case.content.put(BASELINE, &tree);
        case.verdict()
    };
    assert_eq!(dated("2025-01-08"), NeedsReview);
    assert_eq!(dated("2025-01-09"), Met);
}

#[test]
fn a_review_holds_against_a_newer_baseline_where_the_provision_is_kept() {
    let case = Case::new(
        &[("one", "measures: {amount: 100 CNY/year}"), ("two", "measures: {amount: 100 CNY/year}")],
        &[("a", "covers: [care/one]"), ("b", "covers: [care/two]")],
    );
    let mut case = case.reviewed("care/one", "met", "2025-06-01").reviewed("care/two", "met", "2025-06-01");
    let newer = BASELINE.replace("2025", "2027");
    let mut tree = case.content.tree(BASELINE);
    let provisions = list(&mut tree["services"][0], "provisions");
    map(&mut provisions[1]).insert("measures".into(), yaml("{amount: 200 CNY/year}"));
    case.content.put(&newer, &tree);
    let catalogue = case.content.read();
    let coverage = cover(&catalogue, catalogue.edition(LIST).expect("the list"), Some(&newer))
        .expect("there is such a baseline");
    let verdicts: Vec<Verdict> = coverage.services[0].provisions.iter().map(|known| known.verdict).collect();
    assert_eq!(verdicts, [Met, NeedsReview], "of the second the review was made when it was less");
}

#[test]
fn a_review_of_other_texts_settles_nothing() {
    let above = [("one", "measures: {amount: 100 CNY/year}")];
    let case = Case::new(&above, &[("a", "covers: [care/one]")]).reviewed("care/one", "met", "2025-06-01");
    assert_eq!(case.verdict(), Met);
    // The words are made worse after the review.
    let mut worse = case.content.clone();
    let mut tree = worse.tree(LIST);
    let provision = &mut list(&mut tree["services"][0], "provisions")[0];
    map(provision).insert("quote".into(), "给孩子提供一项服务（名额有限）".into());
    worse.put(LIST, &tree);
    assert_eq!(Case { content: worse }.verdict(), NeedsReview);
    // The baseline moves after the review.
    let mut moved = case.content;
    let mut tree = moved.tree(BASELINE);
    let provision = &mut list(&mut tree["services"][0], "provisions")[0];
    map(provision).insert("measures".into(), yaml("{amount: 200 CNY/year}"));
    moved.put(BASELINE, &tree);
    assert_eq!(Case { content: moved }.verdict(), NeedsReview);
    // A review that names no texts is bound to none.
    let unbound = Case::new(&above, &[("a", "covers: [care/one]")]);
    assert_eq!(unbound.reviewed_of("care/one", "met", "2025-06-01", "").verdict(), NeedsReview);
}
