//! Every axis whose values are numbers: ages, measures, fees.

use qingdan::compare::Verdict::{self, Exceeded, Met, NeedsReview, Weaker};
use serde_yaml::{Mapping, Value};

use super::lists::{MEASURES, map, word};
use super::steps::{Step, run_plain, run_rich};

/// Returns both ends of an age in years.
fn years(text: &str) -> (u32, u32) {
    let (from, to) = text.split_once('-').expect("an age");
    (from.parse().expect("a number"), to.parse().expect("a number"))
}

fn age(value: Option<&str>, expected: Verdict) -> Step {
    Step::set("age", "age", value, expected)
}

#[test]
fn a_narrower_age_is_weaker_and_a_wider_one_is_exceeded() {
    let steps = |provision: &Mapping| {
        let (from, to) = years(word(provision, "age").expect("every provision of the rich list has an age"));
        let (first, last) = (from * 12, to * 12);
        let mut table = vec![
            (format!("{from}-{}", to - 1), Weaker),
            (format!("{}-{to}", from + 1), Weaker),
            (format!("{}-{}", from + 1, to + 1), Weaker),
            (format!("{from}-{}", to + 1), Exceeded),
            ("0-18".to_owned(), Exceeded),
            (format!("{first}-{last} months"), Met),
            (format!("{}-{last} months", first + 1), Weaker),
            (format!("{first}-{} months", last - 1), Met),
            (format!("{first}-{} months", last - 2), Weaker),
            (format!("{first}-{} months", last + 13), Exceeded),
        ];
        if from > 0 {
            table.push((format!("{}-{to}", from - 1), Exceeded));
            table.push((format!("{}-{}", from - 1, to - 1), Weaker));
            table.push((format!("{}-{last} months", first - 1), Exceeded));
        }
        table
            .iter()
            .map(|(here, expected)| age(Some(here), *expected))
            .chain([age(None, NeedsReview)])
            .collect()
    };
    run_rich(67 * 10, steps);
}

#[test]
fn an_age_where_the_baseline_names_none_must_hold_all_children_of_its_population() {
    let steps = |provision: &Mapping| {
        if provision.contains_key("age") {
            return Vec::new();
        }
        // By definition migrant children are under 16; of the others nothing but childhood is known.
        let to = if word(provision, "population") == Some("migrant-child") { 16 } else { 18 };
        let table = [
            ("0-18".to_owned(), Met),
            (format!("0-{to}"), Met),
            (format!("0-{} months", to * 12), Met),
            (format!("0-{}", to - 1), Weaker),
            (format!("1-{to}"), Weaker),
            ("3-6".to_owned(), Weaker),
        ];
        table.iter().map(|(here, expected)| age(Some(here), *expected)).collect()
    };
    run_plain(350, steps);
}

/// Returns a step that sets a measure; to nothing, without a value.
fn measure(axis: &'static str, name: &'static str, here: Option<&'static str>, expected: Verdict) -> Step {
    let change = format!("{name} → {}", here.unwrap_or("unsaid"));
    Step::new(axis, change, expected, move |provision| {
        let measures = provision.entry("measures".into()).or_insert_with(|| Value::Mapping(Mapping::new()));
        match here {
            Some(value) => drop(map(measures).insert(name.into(), value.into())),
            None => drop(map(measures).remove(name)),
        }
    })
}

/// Against [`MEASURES`]: the measure, what is written here, and what that is.
const TABLE: &[(&str, Option<&str>, Verdict)] = &[
    ("amount", Some("999 CNY/year"), Weaker),
    ("amount", Some("80 CNY/month"), Weaker),
    ("amount", Some("每学期499元"), Weaker),
    ("amount", Some("0 CNY/year"), Weaker),
    ("amount", Some("每年1000元"), Met),
    ("amount", Some("1,000 CNY/year"), Met),
    ("amount", Some("0.1万元/年"), Met),
    ("amount", Some("1001 CNY/year"), Exceeded),
    ("amount", Some("100 CNY/month"), Exceeded),
    ("amount", Some("1000 CNY"), NeedsReview),
    ("amount", Some("1000 CNY/household/year"), NeedsReview),
    ("amount", Some("按规定"), NeedsReview),
    ("amount", None, NeedsReview),
    ("frequency", Some("once a year"), Weaker),
    ("frequency", Some("每年1次"), Weaker),
    ("frequency", Some("每年两次"), Met),
    ("frequency", Some("1 time/half-year"), Met),
    ("frequency", Some("3 times/year"), Exceeded),
    ("frequency", Some("每季度一次"), Exceeded),
    ("frequency", Some("常年"), NeedsReview),
    ("frequency", None, NeedsReview),
    ("duration", Some("2 years"), Weaker),
    ("duration", Some("35 months"), Weaker),
    ("duration", Some("36个月"), Met),
    ("duration", Some("4年"), Exceeded),
    ("duration", Some("长期"), NeedsReview),
    ("duration", None, NeedsReview),
    ("share", Some("49%"), Weaker),
    ("share", Some("50 percent"), Met),
    ("share", Some("51%"), Exceeded),
    ("share", Some("一半"), NeedsReview),
    ("share", None, NeedsReview),
    ("time-limit", Some("11 days"), Weaker),
    ("time-limit", Some("2 weeks"), Weaker),
    ("time-limit", Some("10天"), Met),
    ("time-limit", Some("9 days"), Exceeded),
    ("time-limit", Some("1周"), Exceeded),
    // Weekends and holidays may lie between.
    ("time-limit", Some("10个工作日"), NeedsReview),
    ("time-limit", Some("尽快"), NeedsReview),
    ("time-limit", None, NeedsReview),
    ("fee", Some("30 CNY/time"), Weaker),
    ("fee", Some("每次21元"), Weaker),
    ("fee", Some("20元/次"), Met),
    ("fee", Some("10 CNY/time"), Exceeded),
    ("fee", Some("免费"), Exceeded),
    ("fee", Some("free of charge"), Exceeded),
    ("fee", Some("按规定收取"), NeedsReview),
    ("fee", None, NeedsReview),
];

#[test]
fn measures_follow_the_rulebook_and_silence_is_a_question() {
    for (name, ..) in MEASURES {
        assert!(TABLE.iter().any(|(known, ..)| known == name), "{name} is in the table");
    }
    run_rich(67 * 47, |_| {
        let axis = |name: &str| if name == "fee" { "fee" } else { "measure" };
        TABLE.iter().map(|(name, here, expected)| measure(axis(name), name, *here, *expected)).collect()
    });
}

#[test]
fn a_fee_where_the_baseline_names_none_is_a_question_and_weaker_where_it_waives_one() {
    let steps = |provision: &Mapping| {
        let waived = word(provision, "kind") == Some("fee-exemption");
        let charged = if waived { Weaker } else { NeedsReview };
        vec![
            measure("fee", "fee", Some("10 CNY/time"), charged),
            measure("fee", "fee", Some("每学期50元"), charged),
            measure("fee", "fee", Some("按规定收取"), NeedsReview),
            measure("fee", "fee", Some("免费"), Met),
            measure("fee", "fee", Some("0 CNY"), Met),
        ]
    };
    run_plain(67 * 5, steps);
}

#[test]
fn only_a_measure_that_ends_what_is_open_is_a_question_where_the_baseline_names_none() {
    let steps = |provision: &Mapping| {
        let mut steps = vec![
            measure("measure", "amount", Some("1 CNY/year"), Met),
            measure("measure", "frequency", Some("once a year"), Met),
            measure("measure", "time-limit", Some("90 days"), Met),
        ];
        if provision.contains_key("measures") {
            // 12年免费教育, the one measure of the printed list.
            steps.push(measure("measure", "duration", Some("11 years"), Weaker));
            steps.push(measure("measure", "duration", Some("144 months"), Met));
            steps.push(measure("measure", "duration", Some("15年"), Exceeded));
            steps.push(measure("measure", "duration", None, NeedsReview));
        } else {
            steps.push(measure("measure", "duration", Some("1 year"), NeedsReview));
        }
        steps
    };
    run_plain(67 * 4 + 3, steps);
}
