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
mod strength;
mod vague;

use super::{Offer, Step, Terms, Verdict};
use crate::diagnostic::Message;
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
    /// Each local provision for itself: all that are needed have to be good enough.
    Each(fn(&Axis, Offer<'_>, Offer<'_>, &Terms<'_>) -> Vec<Step>),
    /// All of them together: what one leaves out another may give.
    Together(fn(&Axis, Offer<'_>, &[Offer<'_>], &Terms<'_>) -> Vec<Step>),
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

/// Axes on which only words are compared, with what they are called.
const OF_WORDS: &[(&str, &str, &str)] = &[
    ("negation", "否定", "negation"),
    ("ending", "终止", "ending"),
    ("quota", "名额", "quota"),
    ("exception", "例外", "exception"),
    (TAKEN_BACK, "别处收回", "taken back"),
];

/// Returns the words for how binding something is.
pub(super) fn strength_words(strength: crate::catalogue::Strength) -> Message {
    strength::words(strength)
}

/// Returns the words for where something is given.
pub(super) fn access_words(access: crate::catalogue::Access) -> Message {
    access::words(access)
}

/// The name of the axis of departments.
pub const DEPARTMENTS: &str = departments::AXIS.name;

impl Axis {
    /// Tells whether what one local provision leaves out another may give.
    pub fn joins(&self) -> bool {
        matches!(self.compare, Compare::Together(_))
    }

    /// Returns where `local`, together, differs from `above` on this axis.
    pub fn steps(&self, above: Offer<'_>, local: &[Offer<'_>], terms: &Terms<'_>) -> Vec<Step> {
        match self.compare {
            Compare::Together(compare) => compare(self, above, local, terms),
            Compare::Each(compare) => {
                let mut steps: Vec<Step> =
                    local.iter().flat_map(|offer| compare(self, above, *offer, terms)).collect();
                let higher: Vec<Option<String>> = steps
                    .iter()
                    .filter(|step| step.verdict == Verdict::Exceeded)
                    .map(|step| step.part.clone())
                    .collect();
                let all_exceed = |part: &Option<String>| {
                    higher.iter().filter(|known| *known == part).count() == local.len()
                };
                steps.retain(|step| step.verdict != Verdict::Exceeded || all_exceed(&step.part));
                // Several may differ in the same way; and what only some exceed is not exceeded.
                steps.sort_by(|a, b| (&a.part, b.verdict).cmp(&(&b.part, a.verdict)));
                steps.dedup_by(|a, b| a.part == b.part);
                steps
            }
        }
    }
}
