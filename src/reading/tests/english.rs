//! Pairs of clauses in English, judged by a person before the words were written: nothing that gives less may count
//! as met, and most of what gives the same does.

use qingdan_reading::against::{Clause, Respect, Stand, differences};
use qingdan_reading::fact::What;
use qingdan_reading::read::Reading;
use qingdan_reading::wording::Wording;

/// The baseline, a list that gives less, and why.
const LESS: &[(&str, &str, &str)] = &[
    (
        "Free school meals are provided to every child",
        "Free school meals may be provided to every child",
        "degree",
    ),
    (
        "Schools provide counselling to pupils",
        "Schools are encouraged to provide counselling to pupils",
        "degree",
    ),
    ("Free textbooks are provided", "Free textbooks are provided where conditions allow", "degree"),
    (
        "Home visits are made once a month",
        "Home visits are made once a month where resources allow",
        "degree",
    ),
    (
        "Home visits are made once a month",
        "Home visits are made once a month, subject to availability",
        "degree",
    ),
    ("Legal aid is provided free of charge", "Legal aid is in principle provided free of charge", "degree"),
    ("Legal aid is provided free of charge", "Legal aid will be gradually provided free of charge", "degree"),
    (
        "Children receive a free health check",
        "Children should as far as possible receive a free health check",
        "degree",
    ),
    ("Day care is provided for children", "Day care is provided for children on a pilot basis", "degree"),
    (
        "Day care is provided for children",
        "Day care is provided for children at the discretion of the council",
        "degree",
    ),
    (
        "Kindergarten places are provided nearby",
        "Kindergarten places are provided nearby, first come, first served",
        "quota",
    ),
    ("Kindergarten places are provided", "Kindergarten places are provided while places last", "quota"),
    ("Kindergarten places are provided", "Kindergarten places are provided within the annual quota", "quota"),
    ("A rent subsidy is paid", "A rent subsidy is paid within the limits of the budget", "quota"),
    ("A rent subsidy is paid", "A rent subsidy is paid until funds run out", "quota"),
    ("Summer camps are organised for children", "Summer camps are organised for up to 30 children", "quota"),
    (
        "Summer camps are organised for children",
        "Summer camps are organised for children chosen by lottery",
        "quota",
    ),
    ("All pupils receive free meals", "All pupils receive free meals, excluding boarders", "exception"),
    ("All pupils receive free meals", "All pupils receive free meals except on Fridays", "exception"),
    ("All pupils receive free meals", "Only pupils of primary school receive free meals", "restriction"),
    ("Vaccinations are free for children", "Vaccinations are free for some children", "restriction"),
    ("Vaccinations are free for children", "Vaccinations are no longer free for children", "ending"),
    ("Home visits are made", "Home visits are suspended", "ending"),
    ("Home visits are made", "Home visits are not made for the time being", "denial"),
    ("Home visits are made", "Home visits will be made from next year", "later"),
    (
        "Free psychological counselling is provided",
        "Psychological counselling is provided at half price",
        "fee",
    ),
    (
        "Free psychological counselling is provided",
        "Psychological counselling is provided at own cost",
        "fee",
    ),
    (
        "Free psychological counselling is provided",
        "Psychological counselling is provided for a small fee",
        "fee",
    ),
    (
        "Free psychological counselling is provided",
        "Psychological counselling is provided at a discount",
        "fee",
    ),
    ("An allowance of 500 yuan per month is paid", "An allowance of 300 yuan per month is paid", "amount"),
    ("An allowance of £72.65 a week is paid", "An allowance of £68 a week is paid", "amount"),
    ("A grant of $1,500 a year is paid", "A grant of $500 to $1,000 a year is paid", "amount"),
    ("A grant of 300 euros a year is paid", "A grant of €250 a year is paid", "amount"),
    (
        "An allowance of at least 500 yuan per month is paid",
        "An allowance of up to 500 yuan per month is paid",
        "cap",
    ),
    ("A health check is given twice a year", "A health check is given once a year", "frequency"),
    (
        "Applications are processed within 5 working days",
        "Applications are processed within 10 working days",
        "time",
    ),
    (
        "Children enter school near home",
        "Children with a residence permit enter school near home",
        "condition",
    ),
    (
        "Children enter school near home",
        "Children with local household registration enter school near home",
        "condition",
    ),
    (
        "Children enter school near home",
        "Children whose parents have paid social insurance for 12 months enter school near home",
        "condition",
    ),
    (
        "Children enter school near home",
        "Children enter school near home if their parents own a home",
        "condition",
    ),
    (
        "Children enter school near home",
        "Children resident for at least 6 months enter school near home",
        "condition",
    ),
    ("A subsidy is paid to families", "A subsidy is paid to low-income families", "condition"),
    ("A subsidy is paid to families", "A subsidy is paid to families in hardship", "condition"),
    ("Free meals for children aged 3 to 6", "Free meals for children aged 4 to 6", "age"),
    ("Free vaccination for children under 6", "Free vaccination for children under 3", "age"),
    ("A nurse visits newborns within 7 days", "A nurse visits newborns within 14 days", "time"),
    (
        "Each child has a family doctor",
        "Each child whose family has registered has a family doctor",
        "condition",
    ),
    (
        "Applications are accepted at the place of residence",
        "Applications are accepted at the place of household registration",
        "place",
    ),
    ("School fees are waived for orphans", "School fees are partly waived for orphans", "fee"),
    (
        "A place in a public kindergarten is guaranteed",
        "The council helps with finding a place in a public kindergarten",
        "degree",
    ),
];

/// The baseline, and a list that gives the same or more.
const FINE: &[(&str, &str)] = &[
    ("Free school meals are provided to every child", "Every child is given school meals free of charge"),
    ("Free school meals are provided to every child", "School meals are provided at no cost to all children"),
    ("Legal aid is provided free of charge", "Free legal assistance is offered"),
    ("Home visits are made once a month", "Home visits are made twice a month"),
    ("An allowance of 500 yuan per month is paid", "An allowance of 600 yuan per month is paid"),
    ("A grant of £300 a year is paid", "A grant of 300 pounds a year is paid"),
    ("Applications are processed within 10 working days", "Applications are processed within 5 working days"),
    (
        "Children with a residence permit enter school near home",
        "Children enter school near home, no residence permit required",
    ),
    (
        "Children enter school near home",
        "Children enter school near home regardless of household registration",
    ),
    ("Vaccinations are free for children", "Vaccinations are free for children, without a residence permit"),
    ("A rent subsidy is paid", "A rent allowance is paid"),
    ("A rent subsidy may be paid", "A rent subsidy must be paid"),
    ("Kindergarten places are provided nearby", "Kindergarten places are provided close to home"),
    ("Home visits are made at least once a year", "Home visits are made no less than once a year"),
    ("Counselling is provided to pupils", "Counseling services are provided to all pupils"),
    ("Free textbooks are provided", "Free textbooks shall be provided"),
    ("Free textbooks are provided", "Textbooks are provided free of charge to every pupil"),
    ("A health check is given twice a year", "A health check is given 2 times a year"),
    (
        "Schools organise after-school care on working days",
        "Schools organise after-school care on every working day",
    ),
];

fn worst(above: &str, here: &str) -> Option<Stand> {
    let words = Wording::usual();
    let (a, b) = (Reading::new(above, &words), Reading::new(here, &words));
    let ages = |reading: &Reading| reading.ages(0).into_iter().map(|(_, ages)| ages).collect::<Vec<_>>();
    let age = qingdan_reading::against::ages(&ages(&a), &ages(&b), None);
    let found = differences(Clause::whole(&a), Clause::whole(&b), &words);
    found.iter().map(|found| found.stand).chain(age).filter(|stand| *stand != Stand::Higher).max()
}

/// Returns what a reason of [`LESS`] may be called by.
fn respects(reason: &str) -> &'static [Respect] {
    match reason {
        "degree" => &[Respect::Degree],
        "quota" => &[Respect::Quota, Respect::Measure],
        "exception" | "restriction" => &[Respect::Exception, Respect::Audience],
        "ending" | "later" => &[Respect::Ending, Respect::Negation],
        "denial" => &[Respect::Negation, Respect::Ending],
        "fee" => &[Respect::Fee],
        "amount" | "cap" | "frequency" | "time" => &[Respect::Measure],
        "condition" => &[Respect::Condition],
        "age" => &[],
        "place" => &[Respect::Place],
        other => panic!("no such reason: {other}"),
    }
}

#[test]
fn what_is_less_is_named() {
    let words = Wording::usual();
    let mut unnamed = Vec::new();
    for (above, here, reason) in LESS.iter().filter(|(_, _, reason)| *reason != "age") {
        let (a, b) = (Reading::new(above, &words), Reading::new(here, &words));
        let found: Vec<Respect> = differences(Clause::whole(&a), Clause::whole(&b), &words)
            .iter()
            .map(|found| found.respect)
            .collect();
        if !found.iter().any(|respect| respects(reason).contains(respect)) {
            unnamed.push((above, here, reason, found));
        }
    }
    assert!(unnamed.len() <= 2, "{} of {}: {unnamed:#?}", unnamed.len(), LESS.len());
}

#[test]
fn what_gives_less_is_never_met() {
    let met: Vec<_> = LESS.iter().filter(|(above, here, _)| worst(above, here).is_none()).collect();
    assert!(met.is_empty(), "{} of {}: {met:#?}", met.len(), LESS.len());
}

#[test]
fn most_of_what_gives_the_same_is_met_and_none_of_it_lower() {
    let stands: Vec<_> = FINE.iter().map(|(above, here)| (worst(above, here), above, here)).collect();
    let lower: Vec<_> = stands.iter().filter(|(worst, ..)| *worst == Some(Stand::Lower)).collect();
    let asked: Vec<_> = stands.iter().filter(|(worst, ..)| *worst == Some(Stand::Unclear)).collect();
    assert!(lower.is_empty(), "{lower:#?}");
    assert!(asked.len() <= 2, "{} of {}: {asked:#?}", asked.len(), FINE.len());
}

#[test]
fn words_are_quoted_whole() {
    let reading = Reading::new("A considerable grant of £300 a year is paid to everybody", &Wording::usual());
    let amount = reading.facts.iter().find(|fact| matches!(fact.what, What::Measure(_)));
    let amount = amount.expect("the amount is read");
    assert_eq!(reading.phrase(amount.range.clone()), "grant of £300 a year is paid");
}
