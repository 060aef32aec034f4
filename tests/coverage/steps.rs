//! The tables of steps: every way to change a provision, with the verdict `design.md` sets on it.
//!
//! A step changes one provision of a service that is spelled out; [`run`] reads the lists and compares.

use std::collections::BTreeMap;

use qingdan::compare::Verdict;
use serde_yaml::{Mapping, Value};

use super::lists::{
    Content, Outcome, PLAIN, RICH, adopted, covered, id, items, list, map, met, outcomes, prefecture,
    spelled_out, word, written_out,
};

/// Changes a service, given which of its provisions.
type Apply = Box<dyn Fn(&mut Value, usize)>;

/// One change to one provision.
pub struct Step {
    /// The axis it changes.
    pub axis: &'static str,
    /// What is changed, for the message of a test that fails.
    pub change: String,
    /// What it makes of the provision.
    pub expected: Verdict,
    /// Whether a graver verdict, and whatever is said of it, is right as well.
    pub at_least: bool,
    /// Makes it.
    pub apply: Apply,
}

impl Step {
    /// Returns a step that changes the provision alone.
    pub fn new(
        axis: &'static str,
        change: impl Into<String>,
        expected: Verdict,
        apply: impl Fn(&mut Mapping) + 'static,
    ) -> Self {
        Self::in_service(axis, change, expected, move |service, at| {
            apply(map(&mut list(service, "provisions")[at]));
        })
    }

    /// Returns a step that changes the service around the provision as well.
    pub fn in_service(
        axis: &'static str,
        change: impl Into<String>,
        expected: Verdict,
        apply: impl Fn(&mut Value, usize) + 'static,
    ) -> Self {
        Self { axis, change: change.into(), expected, at_least: false, apply: Box::new(apply) }
    }

    /// Returns a step that sets a key to a text; to nothing, without one.
    pub fn set(axis: &'static str, key: &'static str, value: Option<&str>, expected: Verdict) -> Self {
        let text = value.map(str::to_owned);
        Self::new(axis, format!("{key} → {}", value.unwrap_or("unsaid")), expected, move |provision| {
            match &text {
                Some(text) => drop(provision.insert(key.into(), text.as_str().into())),
                None => drop(provision.remove(key)),
            }
        })
    }

    /// Tells whether an outcome of the changed provision is right though another is expected.
    fn allows(&self, is_own: bool, found: &Outcome) -> bool {
        let gravest = found.1.iter().map(|(_, verdict)| *verdict).max();
        is_own && self.at_least && gravest >= Some(self.expected)
    }

    /// What is said of the changed provision, given whether another branch of an alternative is there to
    /// rest on: `design.md` section 4, “alternatives need one branch”.
    fn outcome(&self, rests: bool) -> Outcome {
        let own = match self.expected {
            Verdict::Met => return met(),
            Verdict::Missing => Vec::new(),
            other => vec![(self.axis, other)],
        };
        if rests && self.expected > Verdict::Met {
            let resting = std::iter::once(("alternatives", Verdict::Met));
            (Verdict::Met, resting.chain(own).collect())
        } else {
            (self.expected, own)
        }
    }
}

/// How many lists are read together.
const AT_ONCE: usize = 150;

/// One list with one step, ready to be read.
struct Trial {
    address: String,
    step: Step,
    rests: bool,
    is_third: bool,
    tree: Value,
}

/// Of so many steps all are tried; of more every third, another one of each provision than of the one before, unless all are
/// asked for (`QINGDAN_TEST_ALL=1`, two minutes more).
const ALL_OF: usize = 200;

/// Tries the steps that `steps` gives for each of the 67 provisions, spelled out, of `baseline`.
///
/// Each step is one list: the changed service written out, the others adopted; in every eighth list they are
/// written out too. Returns how many steps there are.
pub fn run(baseline: &str, steps: impl Fn(&Mapping) -> Vec<Step>) -> usize {
    let content = Content::shipped();
    let above = content.tree(baseline);
    let services = items(&above, "services");
    let mut trials = Vec::new();
    let mut provisions = 0;
    for (number, service) in services.iter().enumerate() {
        let spelled = spelled_out(&written_out(service));
        for (at, provision) in items(&spelled, "provisions").iter().enumerate() {
            let provision = provision.as_mapping().expect("a provision is a map");
            provisions += 1;
            for (which, step) in steps(provision).into_iter().enumerate() {
                let mut changed = spelled.clone();
                (step.apply)(&mut changed, at);
                let others = if trials.len() % 8 == 0 { written_out } else { adopted };
                let mut entries: Vec<Value> = services.iter().map(others).collect();
                entries[number] = changed;
                trials.push(Trial {
                    address: format!("{}/{}", id(service), word(provision, "id").expect("an id")),
                    rests: provision.contains_key("either_of"),
                    tree: prefecture(baseline, entries),
                    is_third: (provisions + which) % 3 == 0,
                    step,
                });
            }
        }
    }
    let there_are = trials.len();
    if there_are > ALL_OF && std::env::var_os("QINGDAN_TEST_ALL").is_none() {
        trials.retain(|trial| trial.is_third);
    }
    let wrong: Vec<String> = trials.chunks(AT_ONCE).flat_map(|some| wrong(&content, some)).collect();
    assert!(wrong.is_empty(), "{} of {} steps:\n{}", wrong.len(), trials.len(), wrong.join("\n"));
    there_are
}

/// Reads these lists together and says what came out otherwise than expected.
fn wrong(content: &Content, trials: &[Trial]) -> Vec<String> {
    let mut content = content.clone();
    let name = |at: usize| format!("fujian/xiamen/list-{at}/2025");
    for (at, trial) in trials.iter().enumerate() {
        content.put(&name(at), &trial.tree);
    }
    let catalogue = content.read();
    let said = |(at, trial): (usize, &Trial)| {
        let Trial { address, step, rests, .. } = trial;
        let found = outcomes(&covered(&catalogue, &name(at)));
        let expected = |known: &String| if known == address { step.outcome(*rests) } else { met() };
        assert_eq!(found.len(), 67, "every provision has a verdict");
        let differing: BTreeMap<&String, (&Outcome, Outcome)> = found
            .iter()
            .map(|(known, outcome)| (known, (outcome, expected(known))))
            .filter(|(known, (found, expected))| *found != expected && !step.allows(*known == address, found))
            .collect();
        let lines = differing.into_iter().map(|(known, (found, expected))| {
            let (axis, change) = (step.axis, &step.change);
            format!("{address}, {axis}, {change}: {known} is {found:?}, expected {expected:?}")
        });
        lines.collect::<Vec<_>>()
    };
    trials.iter().enumerate().flat_map(said).collect()
}

/// Tries steps against the list of the province as it is; there must be so many at least.
pub fn run_plain(at_least: usize, steps: impl Fn(&Mapping) -> Vec<Step>) {
    let there_are = run(PLAIN, steps);
    assert!(there_are >= at_least, "there are only {there_are} steps");
}

/// Tries steps against the list with ages and measures; there must be so many at least.
pub fn run_rich(at_least: usize, steps: impl Fn(&Mapping) -> Vec<Step>) {
    let there_are = run(RICH, steps);
    assert!(there_are >= at_least, "there are only {there_are} steps");
}
