//! One file an axis. To add one, write `axes/<name>.rs` with an [`Axis`] and add a line to [`AXES`].

mod access;
mod age;
mod alternatives;
mod audience;
mod conditions;
mod departments;
mod fee;
mod kind;
mod measures;
mod named;
mod ordered;
mod strength;
mod vague;

use super::{Offer, Side, Step, Terms, Verdict};
use crate::catalogue::Provision;
use crate::diagnostic::Message;
use crate::schema::Choice;
use crate::text;

/// One respect in which a local provision can be higher or lower than the baseline's.
#[derive(Debug)]
pub struct Axis {
    /// Its name in JSON and messages.
    pub name: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// How it compares.
    compare: Compare,
}

/// How an axis compares.
#[derive(Debug)]
enum Compare {
    /// Each local provision for itself, by a word of the order on this axis.
    Words(&'static ordered::Ordered),
    /// Each local provision for itself: all that are needed have to be good enough.
    Each(fn(&Axis, Offer<'_>, Offer<'_>, &Terms<'_>) -> Vec<Step>),
    /// All of them together: what one leaves out another may give.
    Together(fn(&Axis, Offer<'_>, &[Offer<'_>], &Terms<'_>) -> Vec<Step>),
}

/// What a difference on an axis means, why, and what would mend or settle it.
struct Judgement {
    verdict: Verdict,
    reason: Message,
    remedy: Message,
}

impl Judgement {
    /// The list is higher.
    fn higher(reason: Message) -> Self {
        Self { verdict: Verdict::Exceeded, reason, remedy: text!("不用改", "nothing to mend") }
    }

    /// The list is lower.
    fn lower(reason: Message, remedy: Message) -> Self {
        Self { verdict: Verdict::Weaker, reason, remedy }
    }

    /// A person has to compare.
    fn open(reason: Message, remedy: Message) -> Self {
        Self { verdict: Verdict::NeedsReview, reason, remedy }
    }
}

/// Every axis.
pub const AXES: &[Axis] = &[
    strength::AXIS,
    conditions::AXIS,
    audience::AXIS,
    age::AXIS,
    access::AXIS,
    measures::AXIS,
    fee::AXIS,
    named::AXIS,
    alternatives::AXIS,
    departments::AXIS,
    kind::AXIS,
    vague::AXIS,
];

/// The name of what is said of the words themselves; it is no axis: words that differ are no lower.
pub const WORDING: &str = "wording";

/// The name of what is said of a provision that nothing answers: it is lower in scope, whatever the axes.
pub const SCOPE: &str = "scope";

/// Returns the words for an axis, or for what else is said of a provision.
pub fn axis_words(name: &str) -> Message {
    match AXES.iter().find(|axis| axis.name == name) {
        Some(axis) => Message { zh: axis.zh.to_owned(), en: axis.en.to_owned() },
        None if name == SCOPE => text!("覆盖范围", "scope"),
        None if let Some((_, zh, en)) = OF_WORDS.iter().find(|(known, ..)| *known == name) => {
            Message { zh: (*zh).to_owned(), en: (*en).to_owned() }
        }
        None => text!("原文", "wording"),
    }
}

/// The name of the axis of general words.
pub const VAGUE: &str = vague::AXIS.name;

/// The name of the axis of what an edition takes back elsewhere.
pub const TAKEN_BACK: &str = "taken-back";

/// The name of what is said of a pair that nobody has confirmed.
pub const PAIRING: &str = "pairing";

/// Axes on which only words are compared, with what they are called.
const OF_WORDS: &[(&str, &str, &str)] = &[
    ("negation", "否定", "negation"),
    ("ending", "终止", "ending"),
    ("quota", "名额", "quota"),
    ("exception", "例外", "exception"),
    (TAKEN_BACK, "别处收回", "taken back"),
    (PAIRING, "配对", "pairing"),
];

/// Returns the axes on which an order of words decides, each with its usual order.
pub(super) fn usual_orders() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    AXES.iter().filter_map(|axis| Some((axis.name, axis.ordered()?.usual)))
}

/// Returns the words of the axis of this name. `None` if it is not one of words.
pub fn words_on(name: &str) -> Option<&'static [Choice]> {
    AXES.iter().find(|axis| axis.name == name)?.ordered().map(|ordered| ordered.words)
}

/// Returns the word that a provision writes on the axis of this name. `None` if it is not one of words.
pub fn word_on(name: &str, provision: &Provision) -> Option<&'static str> {
    let ordered = AXES.iter().find(|axis| axis.name == name)?.ordered()?;
    Some((ordered.word)(provision).value)
}

/// The name of the axis of departments.
pub const DEPARTMENTS: &str = departments::AXIS.name;

impl Axis {
    /// Returns the step of a difference between two sides.
    fn step(&self, Judgement { verdict, reason, remedy }: Judgement, baseline: Side, local: Side) -> Step {
        Step { axis: self.name, part: None, verdict, baseline, local, reason, remedy, at: None }
    }

    fn ordered(&self) -> Option<&'static ordered::Ordered> {
        match self.compare {
            Compare::Words(ordered) => Some(ordered),
            Compare::Each(_) | Compare::Together(_) => None,
        }
    }

    /// Tells whether what one local provision leaves out another may give.
    pub fn joins(&self) -> bool {
        matches!(self.compare, Compare::Together(_))
    }

    /// Returns where `local`, together, differs from `above` on this axis.
    pub fn steps(&self, above: Offer<'_>, local: &[Offer<'_>], terms: &Terms<'_>) -> Vec<Step> {
        let each = local.iter();
        match self.compare {
            Compare::Together(compare) => compare(self, above, local, terms),
            Compare::Words(words) => {
                let steps = each
                    .filter_map(|offer| words.step(self, (above.provision, offer.provision), &terms.order));
                once_a_part(steps.collect(), local.len())
            }
            Compare::Each(compare) => {
                let steps = each.flat_map(|offer| compare(self, above, *offer, terms));
                once_a_part(steps.collect(), local.len())
            }
        }
    }
}

/// Keeps one step a part of an axis, the gravest: several of the `count` local provisions may differ in the same way,
/// and what only some exceed is not exceeded.
fn once_a_part(mut steps: Vec<Step>, count: usize) -> Vec<Step> {
    let higher: Vec<Option<String>> =
        steps.iter().filter(|step| step.verdict == Verdict::Exceeded).map(|step| step.part.clone()).collect();
    let all_exceed = |part: &Option<String>| higher.iter().filter(|known| *known == part).count() == count;
    steps.retain(|step| step.verdict != Verdict::Exceeded || all_exceed(&step.part));
    steps.sort_by(|a, b| (&a.part, b.verdict).cmp(&(&b.part, a.verdict)));
    steps.dedup_by(|a, b| a.part == b.part);
    steps
}
