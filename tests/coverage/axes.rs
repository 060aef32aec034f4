//! Every axis whose values are words: strength, conditions, audience, access, departments and the like.
//!
//! The words of the provisions stay the baseline's here: what only a field says is higher is met, never exceeded.

use qingdan::compare::Verdict::{self, Met, Misquoted, Missing, NeedsReview, Weaker};
use serde_yaml::{Mapping, Value};

use super::lists::{list, map, set_words, word, words, yaml};
use super::steps::{Step, run_plain, run_rich};

/// A table of steps: in the baseline, here, and what that is.
type Table = &'static [(&'static str, &'static str, Verdict)];

/// must > permit > where-conditions-allow; must > assist.
const STRENGTH: Table = &[
    ("must", "permit", Weaker),
    ("must", "where-conditions-allow", Weaker),
    ("must", "assist", Weaker),
    ("permit", "must", Met),
    ("permit", "where-conditions-allow", Weaker),
    ("permit", "assist", NeedsReview),
    ("where-conditions-allow", "must", Met),
    ("where-conditions-allow", "permit", Met),
    ("where-conditions-allow", "assist", NeedsReview),
    ("assist", "must", Met),
    ("assist", "permit", NeedsReview),
    ("assist", "where-conditions-allow", NeedsReview),
];

/// residence > either > hukou-place; where the baseline leaves it open, the best there is meets it.
const ACCESS: Table = &[
    ("residence", "either", Weaker),
    ("residence", "hukou-place", Weaker),
    ("residence", "unstated", NeedsReview),
    ("either", "residence", Met),
    ("either", "hukou-place", Weaker),
    ("either", "unstated", NeedsReview),
    ("hukou-place", "residence", Met),
    ("hukou-place", "either", Met),
    ("hukou-place", "unstated", NeedsReview),
    ("unstated", "residence", Met),
    ("unstated", "either", NeedsReview),
    ("unstated", "hukou-place", NeedsReview),
];

fn from_table(axis: &'static str, table: Table, provision: &Mapping) -> Vec<Step> {
    let own = word(provision, axis).expect("every provision has it");
    let rows = table.iter().filter(|(above, ..)| *above == own);
    rows.map(|(_, here, expected)| Step::set(axis, axis, Some(here), *expected)).collect()
}

#[test]
fn strength_follows_its_chains() {
    run_plain(67 * 3, |provision| from_table("strength", STRENGTH, provision));
}

#[test]
fn access_follows_its_chain() {
    run_plain(67 * 3, |provision| from_table("access", ACCESS, provision));
}

#[test]
fn another_kind_of_thing_is_a_question() {
    const KINDS: [&str; 7] =
        ["service", "cash", "in-kind", "fee-exemption", "place", "assistance", "information"];
    run_plain(67 * 6, |provision| {
        let others = KINDS.iter().filter(|kind| word(provision, "kind") != Some(**kind));
        others.map(|kind| Step::set("kind", "kind", Some(kind), NeedsReview)).collect()
    });
}

/// Returns a step that turns the list of words at `key` into another.
fn words_step(
    axis: &'static str,
    key: &'static str,
    change: impl Into<String>,
    new: Vec<String>,
    expected: Verdict,
) -> Step {
    Step::new(axis, change, expected, move |provision| set_words(provision, key, &new))
}

fn without(words: &[String], dropped: &str) -> Vec<String> {
    words.iter().filter(|word| *word != dropped).cloned().collect()
}

fn with(words: &[String], added: &str) -> Vec<String> {
    words.iter().cloned().chain([added.to_owned()]).collect()
}

#[test]
fn a_condition_more_is_weaker_and_one_fewer_is_met() {
    const STATED: [&str; 5] =
        ["local-criteria", "financial-hardship", "scheme-criteria", "need", "on-a-list"];
    const UNSTATED: &str = "unspecified-criteria";
    let steps = |provision: &Mapping| {
        let own = words(provision, "conditions");
        let has = |id: &str| own.iter().any(|known| known == id);
        let step =
            |change: String, new, expected| words_step("condition", "conditions", change, new, expected);
        let mut steps = Vec::new();
        for new in STATED.into_iter().chain([UNSTATED]).filter(|id| !has(id)) {
            steps.push(step(format!("adds {new}"), with(&own, new), Weaker));
            for old in &own {
                // What an unstated condition asks for nobody knows; one that is stated may be the same.
                let expected = if old == UNSTATED || new == UNSTATED { NeedsReview } else { Weaker };
                steps.push(step(format!("{old} → {new}"), with(&without(&own, old), new), expected));
            }
        }
        for old in &own {
            steps.push(step(format!("drops {old}"), without(&own, old), Met));
        }
        // A condition that is printed counts although no word of the vocabulary is given for it.
        if provision.contains_key("condition_text") || own.is_empty() {
            steps.push(Step::new("condition", "is worded otherwise", NeedsReview, |provision| {
                provision.insert("condition_text".into(), yaml("{zh: 经本市另行审核认可的}"));
            }));
        }
        steps
    };
    run_plain(600, steps);
}

#[test]
fn a_population_within_is_weaker_and_one_around_is_met() {
    run_plain(67 * 3, |provision| {
        let own = word(provision, "population").expect("every provision has a population");
        let set = |value, expected| Step::set("audience", "population", value, expected);
        vec![
            set(Some(&format!("narrow-{own}")), Weaker),
            set(Some(&format!("wide-{own}")), Met),
            set(Some("stranger"), NeedsReview),
        ]
    });
}

/// What must be so as well, of the categories of the list.
const QUALIFIERS: [&str; 7] = [
    "resident",
    "born-in-hospital-in-fujian",
    "age-eligible",
    "confirmed-diagnosis",
    "living-at-home",
    "severe-mental-disorder",
    "housing-difficulty",
];

#[test]
fn a_qualifier_more_is_weaker_and_one_fewer_is_met() {
    let steps = |provision: &Mapping| {
        let own = words(provision, "categories");
        let step = |change, new, expected| words_step("audience", "categories", change, new, expected);
        let mut steps = Vec::new();
        for qualifier in QUALIFIERS {
            if own.iter().any(|known| known == qualifier) {
                let others = without(&own, qualifier);
                let (narrow, wide) = (format!("narrow-{qualifier}"), format!("wide-{qualifier}"));
                steps.push(step(format!("drops {qualifier}"), others.clone(), Met));
                steps.push(step(format!("narrows {qualifier}"), with(&others, &narrow), Weaker));
                steps.push(step(format!("widens {qualifier}"), with(&others, &wide), Met));
                // Who is in the narrower is in the wider anyway.
                steps.push(step(format!("repeats {qualifier}"), with(&own, &wide), Met));
            } else {
                // By the vocabulary, these children live in the area anyway.
                let population = provision.get("population").and_then(Value::as_str);
                let lives_here =
                    population.is_none_or(|id| ["migrant-child", "resident-child"].contains(&id));
                let expected = if qualifier == "resident" && lives_here { Met } else { Weaker };
                steps.push(step(format!("adds {qualifier}"), with(&own, qualifier), expected));
            }
        }
        steps
    };
    run_plain(480, steps);
}

#[test]
fn a_category_fewer_is_weaker_and_one_more_is_met() {
    const STAGES: [&str; 4] =
        ["preschool", "compulsory-education-stage", "senior-secondary-stage", "secondary-vocational-stage"];
    // Who is in the first is in the second anyway.
    const WITHIN: [(&str, &str); 2] = [
        ("senior-secondary-student", "senior-secondary-stage"),
        ("secondary-vocational-student", "secondary-vocational-stage"),
    ];
    let steps = |provision: &Mapping| {
        let own = words(provision, "categories");
        let step =
            |change: String, new, expected| words_step("audience", "categories", change, new, expected);
        // Stages are alternatives to each other, and so are categories; together they have to hold.
        let mut steps = Vec::new();
        for (is_stage, more) in [(true, "preschool"), (true, "senior-secondary-stage"), (false, "orphan")] {
            let set: Vec<&String> = own
                .iter()
                .filter(|id| !QUALIFIERS.contains(&id.as_str()) && STAGES.contains(&id.as_str()) == is_stage)
                .collect();
            if !own.iter().any(|id| id == more) {
                let asked =
                    WITHIN.iter().any(|(inner, outer)| more == *outer && own.iter().any(|id| id == inner));
                let verdict = if set.is_empty() && !asked { Weaker } else { Met };
                steps.push(step(format!("adds {more}"), with(&own, more), verdict));
            }
            for old in &set {
                let others = without(&own, old);
                let dropped = if set.len() == 1 { Met } else { Weaker };
                steps.push(step(format!("drops {old}"), others.clone(), dropped));
                steps.push(step(format!("narrows {old}"), with(&others, &format!("narrow-{old}")), Weaker));
                steps.push(step(format!("widens {old}"), with(&others, &format!("wide-{old}")), Met));
            }
        }
        steps
    };
    run_plain(230, steps);
}

#[test]
fn a_department_fewer_is_weaker_unless_the_same_body_stays() {
    // In prefectures one commission is responsible for both, vocabulary/departments.yaml.
    const ONE_BODY: [&str; 2] = ["health", "disease-control"];
    let steps = |provision: &Mapping| {
        let own = words(provision, "departments");
        let step = |change, new, expected| words_step("departments", "departments", change, new, expected);
        let mut steps = vec![
            step("adds statistics".to_owned(), with(&own, "statistics"), Met),
            step("all → statistics".to_owned(), vec!["statistics".to_owned()], Weaker),
        ];
        for old in &own {
            let others = without(&own, old);
            let stays = |id: &String| ONE_BODY.contains(&id.as_str()) && ONE_BODY.contains(&old.as_str());
            let expected = if others.iter().any(stays) { Met } else { Weaker };
            if !others.is_empty() {
                steps.push(step(format!("drops {old}"), others.clone(), expected));
            }
            steps.push(step(format!("{old} → statistics"), with(&others, "statistics"), expected));
        }
        steps
    };
    run_plain(440, steps);
}

#[test]
fn a_named_member_fewer_is_weaker_and_one_more_is_met() {
    let steps = |provision: &Mapping| {
        let own = words(provision, "named");
        let step = |change, new, expected| words_step("named", "named", change, new, expected);
        let mut steps = vec![
            step("adds 丙处".to_owned(), with(&own, "丙处"), Met),
            step("turns them round".to_owned(), own.iter().rev().cloned().collect(), Met),
        ];
        for old in &own {
            let others = without(&own, old);
            steps.push(step(format!("{old} → 丙处"), with(&others, "丙处"), Weaker));
            steps.push(step(format!("drops {old}"), others, Weaker));
        }
        steps
    };
    run_rich(400, steps);
}

#[test]
fn a_choice_where_the_baseline_gives_both_is_weaker() {
    run_plain(67, |provision| {
        // Where the baseline lets choose, so may the list.
        let expected = if provision.contains_key("either_of") { Met } else { Weaker };
        vec![Step::in_service("alternatives", "a choice with something else", expected, |service, at| {
            let group = "one-of-two";
            let mut other = list(service, "provisions")[at].clone();
            map(&mut other).insert("id".into(), "something-else".into());
            map(&mut other).insert("either_of".into(), group.into());
            map(&mut other).remove("covers");
            let provisions = list(service, "provisions");
            map(&mut provisions[at]).insert("either_of".into(), group.into());
            provisions.push(other);
        })]
    });
}

#[test]
fn what_nothing_covers_is_missing() {
    run_plain(67 * 2, |_| {
        vec![
            Step::in_service("", "left out", Missing, |service, at| {
                drop(list(service, "provisions").remove(at));
            }),
            Step::new("", "covers nothing", Missing, |provision| drop(provision.remove("covers"))),
        ]
    });
}

/// Changes the character at a place of the quote, in the cell as well.
fn slip(change: &str, turn: impl Fn(&mut Vec<char>) + 'static) -> Step {
    Step::in_service("wording", change, Misquoted, move |service, at| {
        let quote = service["provisions"][at]["quote"].as_str().expect("a quote").to_owned();
        let mut chars: Vec<char> = quote.chars().collect();
        turn(&mut chars);
        let changed: String = chars.into_iter().collect();
        let cell = service["content"]["zh"].as_str().expect("a cell").replace(&quote, &changed);
        service["content"]["zh"] = cell.into();
        service["provisions"][at]["quote"] = changed.into();
    })
}

#[test]
fn words_put_before_or_after_are_the_lists_own_and_hedges_a_question() {
    run_plain(67 * 4, |provision| {
        let put = |text: &'static str, at_end: bool| {
            move |quote: &mut Vec<char>| {
                let at = if at_end { quote.len() } else { 0 };
                quote.splice(at..at, text.chars());
            }
        };
        // 提供相关服务 says nothing that other words could be held against.
        let bare = word(provision, "quote") == Some("提供相关服务");
        let own = |change, turn| Step {
            at_least: bare,
            expected: if bare { NeedsReview } else { Met },
            ..slip(change, turn)
        };
        let hedge =
            |axis, change, turn| Step { axis, expected: NeedsReview, at_least: bare, ..slip(change, turn) };
        vec![
            own("words before", put("在全市", false)),
            Step { expected: Met, at_least: false, ..own("a mark after", put("。", true)) },
            hedge("strength", "原则上 before", put("原则上", false)),
            hedge("quota", "名额 after", put("（名额有限）", true)),
        ]
    });
}

/// Changes the characters of a quote.
type Turn = Box<dyn Fn(&mut Vec<char>)>;

#[test]
fn a_character_that_makes_no_word_is_never_met() {
    let steps = |provision: &Mapping| {
        let length = word(provision, "quote").expect("a quote").chars().count();
        let slip =
            |change: &str, turn: Turn| Step { expected: NeedsReview, at_least: true, ..slip(change, turn) };
        let mut steps: Vec<Step> = (0..length)
            .map(|at| slip(&format!("character {at} → 甲"), Box::new(move |quote| quote[at] = '甲')))
            .collect();
        let last = length - 1;
        steps.push(slip("a character put in", Box::new(move |quote| quote.insert(last / 2 + 1, '甲'))));
        steps
    };
    run_plain(67 * 6, steps);
}

#[test]
fn copied_words_with_a_slip_are_misquoted() {
    let steps = |provision: &Mapping| {
        let first = word(provision, "quote").is_some_and(|quote| quote.starts_with("提供家庭医生签约"));
        let turn = |quote: &mut Vec<char>| quote[5] = '甲';
        first.then(|| slip("提供家庭医生 → 提供家庭医甲", turn)).into_iter().collect()
    };
    run_plain(1, steps);
}

#[test]
fn own_words_of_something_else_are_a_question() {
    let own_words = |provision: &mut Mapping| {
        provision.insert("quote".into(), "本市另外用自己的话写下的这一条，与印发的那句毫无雷同".into());
    };
    let steps = move |_: &Mapping| {
        let asked = Step::new("wording", "own words", NeedsReview, own_words);
        vec![
            Step { at_least: true, ..asked },
            Step::new("vague", "the same words, marked as vague", Met, |provision| {
                provision.insert("vague".into(), Value::Bool(true));
            }),
        ]
    };
    run_plain(67 * 2, steps);
}

#[test]
fn what_no_field_states_is_taken_from_the_words() {
    let steps = |provision: &Mapping| {
        let without = |key: &'static str| {
            Step::new("", format!("no {key}"), Met, move |provision| drop(provision.remove(key)))
        };
        let says_children = word(provision, "quote").is_some_and(|quote| quote.contains("流动儿童"));
        let mut steps = Vec::new();
        if says_children && word(provision, "population") == Some("migrant-child") {
            steps.push(without("population"));
        }
        if !words(provision, "named").is_empty() {
            steps.push(without("named"));
        }
        steps
    };
    run_plain(10, steps);
}
