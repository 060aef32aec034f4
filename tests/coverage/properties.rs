//! What holds whatever the lists say, tried on lists that are made up.

use proptest::collection::btree_set;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use qingdan::compare::Verdict;
use serde_yaml::Value;

use super::lists::{Content, covered, list, map, outcomes, prefecture, set_words, yaml};

const BASELINE: &str = "fujian/made-up/2025";

/// The shipped words without those that play no part, so that each case is read quickly.
fn content() -> Content {
    let mut content = Content::shipped();
    content.0.retain(|path, _| {
        !path.starts_with("fujian/migrant-children")
            && !path.starts_with("fujian/rich")
            && !matches!(path.as_str(), "vocabulary/terms.yaml" | "vocabulary/hotlines.yaml")
    });
    let departments = DEPARTMENTS.map(|id| format!("{{id: {id}, name: {{zh: {id}}}, counterparts: {{prefecture: {{name: {{zh: {id} 局}}, status: printed}}}}}}")).join(", ");
    content.put("vocabulary/departments", &yaml(&format!("departments: [{departments}]")));
    content
}

const DEPARTMENTS: [&str; 3] = ["civil-affairs", "education", "housing"];
const CONDITIONS: [&str; 4] = ["unspecified-criteria", "need", "on-a-list", "local-criteria"];
const CATEGORIES: [&str; 4] =
    ["orphan", "child-with-hiv", "child-with-disability", "student-with-disability"];
const QUALIFIERS: [&str; 2] = ["resident", "housing-difficulty"];
const POPULATIONS: [&str; 4] = ["wide-migrant-child", "migrant-child", "narrow-migrant-child", "newborn"];
const STRENGTHS: [&str; 4] = ["must", "permit", "where-conditions-allow", "assist"];
const ACCESS: [&str; 3] = ["residence", "either", "hukou-place"];
const NAMED: [&str; 3] = ["甲处", "乙处", "丙处"];

/// What a provision says, each axis by how far down it is.
#[derive(Clone, Debug)]
struct Says {
    strength: usize,
    access: usize,
    population: usize,
    categories: Vec<&'static str>,
    qualifiers: Vec<&'static str>,
    conditions: Vec<&'static str>,
    age: Option<(u32, u32)>,
    amount: Option<u32>,
    days: Option<u32>,
    fee: Option<u32>,
    named: Vec<&'static str>,
    departments: Vec<&'static str>,
}

/// The axes that can be lowered by one step.
const LOWERED: usize = 12;

impl Says {
    /// Lowers one axis by one step. `None` if it is as low as can be, or says nothing that could be lower.
    fn lowered(&self, axis: usize) -> Option<Self> {
        let mut lower = self.clone();
        let add = |words: &mut Vec<&'static str>, all: &[&'static str]| {
            let new = all.iter().copied().find(|word| !words.contains(word));
            new.map(|new| words.push(new))
        };
        let next = |place: &mut usize, last: usize| (*place < last).then(|| *place += 1);
        match axis {
            // After `where-conditions-allow` nothing is lower; `assist` is beside it.
            0 => next(&mut lower.strength, 2),
            1 => (lower.strength == 0).then(|| lower.strength = 3),
            2 => next(&mut lower.access, 2),
            3 => next(&mut lower.population, 2),
            4 if lower.categories.len() == 1 => None,
            // One category of many fewer; the first restriction where there was none.
            4 => lower.categories.pop().map(drop).or_else(|| add(&mut lower.categories, &CATEGORIES)),
            5 => add(&mut lower.qualifiers, &QUALIFIERS),
            6 => add(&mut lower.conditions, &CONDITIONS),
            7 => lower.age.as_mut().filter(|(from, to)| to - from > 1).map(|(_, to)| *to -= 1),
            8 => lower.age.as_mut().filter(|(from, to)| to - from > 1).map(|(from, _)| *from += 1),
            9 => lower.amount.as_mut().filter(|amount| **amount > 0).map(|amount| *amount -= 1),
            10 => lower.days.as_mut().or(lower.fee.as_mut()).map(|less_is_better| *less_is_better += 1),
            _ if lower.named.is_empty() => {
                lower.departments.pop().filter(|_| !lower.departments.is_empty()).map(drop)
            }
            _ => lower.named.pop().map(drop),
        }?;
        Some(lower)
    }

    fn provision(&self, id: &str, covers: &[String]) -> Value {
        let mut tree = yaml("{quote: 提供一项服务给孩子和家庭, plain: {zh: 有服务}, kind: service}");
        let provision = map(&mut tree);
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        provision.insert("id".into(), id.into());
        provision.insert("strength".into(), STRENGTHS[self.strength].into());
        provision.insert("access".into(), ACCESS[self.access].into());
        provision.insert("population".into(), POPULATIONS[self.population].into());
        set_words(provision, "categories", &own(&[&self.categories[..], &self.qualifiers[..]].concat()));
        set_words(provision, "conditions", &own(&self.conditions));
        set_words(provision, "named", &own(&self.named));
        set_words(provision, "departments", &own(&self.departments));
        set_words(provision, "covers", covers);
        if let Some((from, to)) = self.age {
            provision.insert("age".into(), format!("{from}-{to}").into());
        }
        let measures = [
            ("amount", self.amount.map(|amount| format!("{amount} CNY/year"))),
            ("time-limit", self.days.map(|days| format!("{days} days"))),
            ("fee", self.fee.map(|fee| format!("{fee} CNY/time"))),
        ];
        let measures = measures.into_iter().filter_map(|(name, value)| Some((name.into(), value?.into())));
        provision.insert("measures".into(), Value::Mapping(measures.collect()));
        tree
    }
}

fn some_of(words: &'static [&'static str], least: usize) -> impl Strategy<Value = Vec<&'static str>> {
    btree_set(prop::sample::select(words), least..=words.len()).prop_map(|words| words.into_iter().collect())
}

prop_compose! {
    fn says()(
        (strength, access, population) in (0..STRENGTHS.len(), 0..ACCESS.len(), 0..POPULATIONS.len()),
        (categories, qualifiers) in (some_of(&CATEGORIES, 0), some_of(&QUALIFIERS, 0)),
        (conditions, named) in (some_of(&CONDITIONS, 0), some_of(&NAMED, 0)),
        departments in some_of(&DEPARTMENTS, 1),
        age in proptest::option::of((0u32..6, 1u32..6).prop_map(|(from, length)| (from, from + length))),
        (amount, days, fee) in (
            proptest::option::of(0u32..4),
            proptest::option::of(1u32..4),
            proptest::option::of(0u32..4),
        ),
    ) -> Says {
        Says {
            strength, access, population, categories, qualifiers, conditions, age, amount, days, fee, named,
            departments,
        }
    }
}

/// A baseline and a list that says about the same, so that not everything differs.
fn pair() -> impl Strategy<Value = (Says, Says)> {
    (says(), says(), prop::bits::u16::ANY).prop_map(|(above, other, taken)| {
        let mut own = above.clone();
        let takes = |bit: u16| taken >> bit & 1 == 1 && taken >> (bit + 8) & 1 == 1;
        if takes(0) {
            own.strength = other.strength;
        }
        if takes(1) {
            own.access = other.access;
        }
        if takes(2) {
            own.population = other.population;
        }
        if takes(3) {
            (own.categories, own.qualifiers) = (other.categories, other.qualifiers);
        }
        if takes(4) {
            own.conditions = other.conditions;
        }
        if takes(5) {
            own.age = other.age;
        }
        if takes(6) {
            (own.amount, own.days, own.fee) = (other.amount, other.days, other.fee);
        }
        if takes(7) {
            (own.named, own.departments) = (other.named, other.departments);
        }
        (above, own)
    })
}

fn service(id: &str, number: usize, provisions: Vec<Value>) -> Value {
    let mut service = yaml(
        "{area: education, title: {zh: 服务}, audience: {text: {zh: 孩子}}, content: {zh: 提供一项服务给孩子和家庭}, \
         departments: [civil-affairs]}",
    );
    map(&mut service).insert("id".into(), id.into());
    map(&mut service).insert("number".into(), Value::Number(number.into()));
    map(&mut service).insert("provisions".into(), Value::Sequence(provisions));
    service
}

/// Returns the baseline whose only provision says this.
fn baseline_of(above: &Says) -> Value {
    let mut tree = prefecture("", vec![service("service", 1, vec![above.provision("provision", &[])])]);
    map(&mut tree).remove("measured_against");
    tree
}

/// Returns the list whose provisions say this and all answer the only one of the baseline.
fn answering(own: &[Says]) -> Value {
    let covers = ["service/provision".to_owned()];
    let provisions =
        own.iter().enumerate().map(|(at, says)| says.provision(&format!("own-{at}"), &covers)).collect();
    prefecture(BASELINE, vec![service("own", 1, provisions)])
}

/// Returns the verdict on the baseline's only provision, for each list.
fn verdicts(above: &Says, lists: &[Value]) -> Vec<Verdict> {
    let mut content = content();
    content.put(BASELINE, &baseline_of(above));
    let name = |at: usize| format!("fujian/xiamen/list-{at}/2025");
    for (at, tree) in lists.iter().enumerate() {
        content.put(&name(at), tree);
    }
    let catalogue = content.read();
    let verdict = |at: usize| covered(&catalogue, &name(at)).services[0].provisions[0].verdict;
    (0..lists.len()).map(verdict).collect()
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(67),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn a_list_is_met_by_itself(says in prop::collection::vec(says(), 1..5)) {
        let mut content = content();
        let name = |at: usize| format!("provision-{at}");
        let provisions = |covers: bool| says.iter().enumerate().map(|(at, says)| {
            says.provision(&name(at), &[format!("service/{}", name(at))][usize::from(!covers)..])
        }).collect::<Vec<_>>();
        let mut above = prefecture("", vec![service("service", 1, provisions(false))]);
        map(&mut above).remove("measured_against");
        content.put(BASELINE, &above);
        let own = prefecture(BASELINE, vec![service("service", 1, provisions(true))]);
        content.put("fujian/xiamen/list/2025", &own);
        let catalogue = content.read();
        for (address, outcome) in outcomes(&covered(&catalogue, "fujian/xiamen/list/2025")) {
            prop_assert_eq!(outcome, super::lists::met(), "{}", address);
        }
    }

    #[test]
    fn lowering_one_axis_never_raises_a_verdict((above, own) in pair()) {
        let lower: Vec<(usize, Says)> =
            (0..LOWERED).filter_map(|axis| Some((axis, own.lowered(axis)?))).collect();
        let lists: Vec<Value> = std::iter::once(&own)
            .chain(lower.iter().map(|(_, lower)| lower))
            .map(|own| answering(std::slice::from_ref(own)))
            .collect();
        let found = verdicts(&above, &lists);
        for ((_, lower), verdict) in lower.iter().zip(&found[1..]) {
            prop_assert!(*verdict >= found[0], "{:?} became {:?} in {:?}", found[0], verdict, lower);
        }
    }

    #[test]
    fn an_answer_more_never_makes_it_worse(
        (above, own) in pair(),
        others in prop::collection::vec(pair(), 1..4),
        elsewhere in any::<bool>(),
    ) {
        let all: Vec<Says> = std::iter::once(own).chain(others.into_iter().map(|(_, own)| own)).collect();
        let lists = (1..=all.len()).map(|count| {
            let mut tree = answering(&all[..count]);
            if elsewhere {
                let provisions = list(&mut list(&mut tree, "services")[0], "provisions").split_off(1);
                if !provisions.is_empty() {
                    list(&mut tree, "services").push(service("other", 2, provisions));
                }
            }
            tree
        }).collect::<Vec<_>>();
        let found = verdicts(&above, &lists);
        // A harsher clause beside a good one is a question.
        let no_worse = |pair: &[Verdict]| pair[1] <= pair[0] || pair[1] == Verdict::NeedsReview;
        prop_assert!(found.windows(2).all(no_worse), "{:?}", found);
    }

    #[test]
    fn the_order_of_answers_makes_no_difference(
        above in says(),
        own in prop::collection::vec(pair(), 1..5),
        turn in 0usize..5,
    ) {
        let own: Vec<Says> = own.into_iter().map(|(_, own)| own).collect();
        let mut turned = own.clone();
        turned.rotate_left(turn % own.len());
        let reversed: Vec<Says> = own.iter().rev().cloned().collect();
        let found = verdicts(&above, &[answering(&own), answering(&turned), answering(&reversed)]);
        prop_assert!(found.iter().all(|verdict| *verdict == found[0]), "{:?}", found);
    }

    #[test]
    fn ages_cut_anywhere_meet_the_whole(
        above in says(),
        from in 0u32..4,
        pieces in prop::collection::vec((1u32..5, any::<bool>()), 2..5),
        months in any::<bool>(),
        back in any::<bool>(),
    ) {
        // Each piece begins where the one before ends, or one later: 0-3 and 3-6, 0-2 and 3-6.
        let (mut start, mut ages) = (from, Vec::new());
        for (length, later) in pieces {
            ages.push((start, start + length));
            start += length + u32::from(later);
        }
        let to = ages[ages.len() - 1].1;
        let unit = if months { " months" } else { "" };
        let written = |(from, to): (u32, u32)| Value::from(format!("{from}-{to}{unit}"));
        prop_assume!(months || to <= 18);
        let mut baseline = baseline_of(&above);
        let provision = &mut list(&mut list(&mut baseline, "services")[0], "provisions")[0];
        map(provision).insert("age".into(), written((from, to)));
        let cut = |left_out: Option<usize>| {
            let mut tree = answering(&vec![above.clone(); ages.len()]);
            let provisions = list(&mut list(&mut tree, "services")[0], "provisions");
            for (provision, age) in provisions.iter_mut().zip(&ages) {
                map(provision).insert("age".into(), written(*age));
            }
            left_out.into_iter().for_each(|at| drop(provisions.remove(at)));
            if back {
                provisions.reverse();
            }
            tree
        };
        let mut content = content();
        content.put(BASELINE, &baseline);
        content.put("fujian/xiamen/whole/2025", &cut(None));
        for at in 0..ages.len() {
            content.put(&format!("fujian/xiamen/without-{at}/2025"), &cut(Some(at)));
        }
        let catalogue = content.read();
        let verdict = |list: &str| {
            covered(&catalogue, &format!("fujian/xiamen/{list}/2025")).services[0].provisions[0].verdict
        };
        prop_assert_eq!(verdict("whole"), Verdict::Met);
        for (at, (first, last)) in ages.iter().enumerate() {
            // A piece of one year can hide between its neighbours, whose ends may or may not be included.
            if last - first > 1 || at == 0 && ages[1].0 > *first + 1 {
                prop_assert_eq!(verdict(&format!("without-{at}")), Verdict::Weaker, "{:?}", ages);
            }
        }
    }
}
