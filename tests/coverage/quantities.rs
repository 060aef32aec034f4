//! Every axis whose values are numbers: ages, measures, fees.
//!
//! The words stay the baseline's, so that what only a field says is higher is met, never exceeded; and a field that says
//! something other than the words is a question.

use qingdan::compare::Verdict::{self, Met, NeedsReview, Weaker};
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
fn a_narrower_age_is_weaker_and_a_wider_one_is_met() {
    let steps = |provision: &Mapping| {
        let (from, to) = years(word(provision, "age").expect("every provision of the rich list has an age"));
        let (first, last) = (from * 12, to * 12);
        let mut table = vec![
            (format!("{from}-{}", to - 1), Weaker),
            (format!("{}-{to}", from + 1), Weaker),
            (format!("{}-{}", from + 1, to + 1), Weaker),
            (format!("{from}-{}", to + 1), Met),
            ("0-18".to_owned(), Met),
            (format!("{first}-{last} months"), Met),
            (format!("{}-{last} months", first + 1), Weaker),
            (format!("{first}-{} months", last - 1), Met),
            (format!("{first}-{} months", last - 2), Weaker),
            (format!("{first}-{} months", last + 13), Met),
        ];
        if from > 0 {
            table.push((format!("{}-{to}", from - 1), Met));
            table.push((format!("{}-{}", from - 1, to - 1), Weaker));
            table.push((format!("{}-{last} months", first - 1), Met));
        }
        // What the words say besides is a question where the field says otherwise.
        let spoken = word(provision, "quote").is_some_and(|quote| quote.contains('岁'));
        let step = |(here, expected): &(String, Verdict)| Step {
            at_least: spoken && *expected != Met,
            ..age(Some(here), *expected)
        };
        table.iter().filter(|(_, expected)| !spoken || *expected != Met).map(step).collect()
    };
    run_rich(67 * 10, steps);
}

#[test]
fn an_age_where_the_baseline_names_none_must_hold_all_children_of_its_population() {
    let steps = |provision: &Mapping| {
        // 中考 and 幼儿园 are for an age of their own, which is held against the field.
        let quote = word(provision, "quote").expect("a quote");
        let stages = ["学", "教", "高考", "中考", "幼儿园"];
        let stage = super::lists::words(provision, "categories");
        if provision.contains_key("age")
            || stages.iter().any(|stage| quote.contains(stage))
            || stage
                .iter()
                .any(|id| id.contains("preschool") || id.contains("stage") || id.contains("student"))
        {
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
    run_plain(200, steps);
}

#[test]
fn an_age_against_a_school_stage_must_hold_the_ages_that_are_usual_there() {
    let steps = |provision: &Mapping| {
        let quote = word(provision, "quote").expect("a quote");
        if quote == "免费提供教科书" || quote == "保障流动儿童接受义务教育" {
            vec![
                age(Some("6-15"), Met),
                age(Some("0-18"), Met),
                age(Some("7-15"), Weaker),
                age(Some("6-12"), Weaker),
            ]
        } else {
            Vec::new()
        }
    };
    run_plain(8, steps);
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
    ("amount", Some("1001 CNY/year"), Met),
    ("amount", Some("100 CNY/month"), Met),
    ("amount", Some("1000 CNY"), NeedsReview),
    ("amount", Some("1000 CNY/household/year"), NeedsReview),
    ("amount", Some("按规定"), NeedsReview),
    ("amount", None, NeedsReview),
    ("frequency", Some("once a year"), Weaker),
    ("frequency", Some("每年1次"), Weaker),
    ("frequency", Some("每年两次"), Met),
    ("frequency", Some("1 time/half-year"), Met),
    ("frequency", Some("3 times/year"), Met),
    ("frequency", Some("每季度一次"), Met),
    ("frequency", Some("常年"), NeedsReview),
    ("frequency", None, NeedsReview),
    ("duration", Some("2 years"), Weaker),
    ("duration", Some("35 months"), Weaker),
    ("duration", Some("36个月"), Met),
    ("duration", Some("4年"), Met),
    ("duration", Some("长期"), NeedsReview),
    ("share", Some("49%"), Weaker),
    ("share", Some("50 percent"), Met),
    ("share", Some("51%"), Met),
    ("share", Some("一半"), Met),
    ("share", Some("部分"), NeedsReview),
    ("share", None, NeedsReview),
    ("time-limit", Some("11 days"), Weaker),
    ("time-limit", Some("2 weeks"), Weaker),
    ("time-limit", Some("10天"), Met),
    ("time-limit", Some("9 days"), Met),
    ("time-limit", Some("1周"), Met),
    // Weekends and holidays may lie between.
    ("time-limit", Some("10个工作日"), NeedsReview),
    ("time-limit", Some("尽快"), NeedsReview),
    ("time-limit", None, NeedsReview),
    ("fee", Some("30 CNY/time"), Weaker),
    ("fee", Some("每次21元"), Weaker),
    ("fee", Some("20元/次"), Met),
    ("fee", Some("10 CNY/time"), Met),
    ("fee", Some("免费"), Met),
    ("fee", Some("free of charge"), Met),
    ("fee", Some("按规定收取"), NeedsReview),
];

#[test]
fn measures_follow_the_rulebook_and_silence_is_a_question() {
    for (name, ..) in MEASURES {
        assert!(TABLE.iter().any(|(known, ..)| known == name), "{name} is in the table");
    }
    run_rich(67 * 46, |_| {
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
            // The words say 12年.
            steps.push(measure("measure", "duration", Some("15年"), NeedsReview));
            steps.push(measure("measure", "duration", None, Met));
        } else {
            steps.push(measure("measure", "duration", Some("1 year"), NeedsReview));
        }
        steps
    };
    run_plain(67 * 4 + 3, steps);
}
