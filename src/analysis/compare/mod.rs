//! Is what a list promises at least as good as what its baseline promises?
//!
//! [`weigh`] holds one baseline provision against the local provisions that answer it, together, axis by
//! axis. An axis is one file in `axes/` and one line in [`AXES`]; what counts as higher on it comes from
//! the rulebook ([`Order`]). Nothing is met by silence: what a machine cannot compare is a question.

mod axes;
mod contradiction;
mod edits;
mod offer;
mod order;
mod reading;
mod wording;
mod words;

pub use axes::{
    AXES, Axis, DEPARTMENTS, PAIRING, SCOPE, TAKEN_BACK, VAGUE, WORDING, axis_words, word_on, words_on,
};
pub use contradiction::{Contradiction, contradictions};
pub use edits::{Edit, Unit, edits};
pub use offer::{Offer, Terms, listed, offers, spoken};
pub use order::{Order, usual_orders};
pub use reading::{CLAUSE, Readings};
pub use wording::{QuoteMatch, quote_match, similarity};

use crate::diagnostic::Message;
use crate::schema::name_keys;
use crate::span::Span;
use crate::text;

/// What a comparison says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// At least equal everywhere, and higher somewhere.
    Exceeded,
    /// Equal.
    Met,
    /// A person has to compare.
    NeedsReview,
    /// Claims to be the official words and differs from them.
    Misquoted,
    /// Lower on an axis.
    Weaker,
    /// Nothing answers it.
    Missing,
}

impl Verdict {
    /// Every verdict, the best first.
    pub const ALL: [Self; 6] =
        [Self::Exceeded, Self::Met, Self::NeedsReview, Self::Misquoted, Self::Weaker, Self::Missing];

    /// Returns the word files and JSON use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exceeded => "exceeded",
            Self::Met => "met",
            Self::NeedsReview => "needs-review",
            Self::Misquoted => "misquoted",
            Self::Weaker => "weaker",
            Self::Missing => "missing",
        }
    }

    /// Returns the word people read.
    pub fn words(self) -> Message {
        match self {
            Self::Exceeded => text!("高于", "exceeded"),
            Self::Met => text!("符合", "met"),
            Self::NeedsReview => text!("待认定", "needs review"),
            Self::Misquoted => text!("引文有误", "misquoted"),
            Self::Weaker => text!("低于", "weaker"),
            Self::Missing => text!("缺少", "missing"),
        }
    }

    /// Returns the sign that says the same without colour.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Exceeded => "↑",
            Self::Met => "√",
            Self::NeedsReview => "?",
            Self::Misquoted => "≠",
            Self::Weaker => "↓",
            Self::Missing => "×",
        }
    }

    /// Tells whether the list is lower than the baseline here.
    pub fn is_lower(self) -> bool {
        matches!(self, Self::Misquoted | Self::Weaker | Self::Missing)
    }

    /// Returns the verdict on something whose parts have these verdicts: the worst, and higher only if
    /// no part is lower than equal.
    pub fn of_parts(parts: impl IntoIterator<Item = Self>) -> Self {
        let (mut worst, mut exceeded) = (Self::Met, false);
        for part in parts {
            worst = worst.max(part);
            exceeded |= part == Self::Exceeded;
        }
        if worst == Self::Met && exceeded { Self::Exceeded } else { worst }
    }
}

/// What one side of a comparison says: the words of the file and those for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// As files write it.
    pub value: String,
    /// For people.
    pub words: Message,
}

impl Side {
    /// Returns a side that reads the same in every language.
    pub fn plain(value: impl Into<String>) -> Self {
        let value = value.into();
        Self { words: Message { zh: value.clone(), en: value.clone() }, value }
    }

    /// Returns the side that says nothing.
    pub fn silent() -> Self {
        Self { value: String::new(), words: text!("没有写", "not stated") }
    }
}

/// Where two sides differ, and what it means.
#[derive(Clone, Debug)]
pub struct Step {
    /// The axis.
    pub axis: &'static str,
    /// The part of the axis, such as the name of a measure.
    pub part: Option<String>,
    /// What it says: never [`Verdict::Met`] or [`Verdict::Missing`].
    pub verdict: Verdict,
    /// The baseline.
    pub baseline: Side,
    /// The local list.
    pub local: Side,
    /// Why, in words.
    pub reason: Message,
    /// What would mend or settle it.
    pub remedy: Message,
    /// Where the words stand, if that is neither of the two provisions.
    pub at: Option<Span>,
}

impl Step {
    /// Tells whether it says that the words of a provision and a field of it disagree: it points at the field.
    pub fn contradicts(&self) -> bool {
        self.at.is_some() && self.axis != TAKEN_BACK
    }
}

/// What came of a comparison.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The verdict.
    pub verdict: Verdict,
    /// Where the sides differ, the gravest first.
    pub steps: Vec<Step>,
    /// Which of the local provisions it rests on, by their place in what was given.
    pub rests_on: Vec<usize>,
    /// Whether their words are those of the baseline.
    pub same_words: bool,
}

/// Up to this many local provisions, every selection is tried; beyond that, only all those that are good enough each
/// for itself.
const MOST_JOINED: usize = 5;
/// No more than these are held together at all: no office spreads one provision over as many.
const MOST_TOGETHER: usize = 20;

/// Holds one baseline provision against the local provisions that answer it.
///
/// The verdict is the best that any selection of them gives together: an answer more never makes it worse.
pub fn weigh(above: Offer<'_>, local: &[Offer<'_>], terms: &Terms<'_>) -> Weighed {
    weigh_each(above, local, terms).0
}

/// Does the same, and returns also what each local provision gives for itself.
pub fn weigh_each(above: Offer<'_>, local: &[Offer<'_>], terms: &Terms<'_>) -> (Weighed, Vec<Weighed>) {
    let weighed = |chosen: Vec<usize>| {
        let offers: Vec<Offer<'_>> = chosen.iter().map(|at| local[*at]).collect();
        together(above, &offers, terms, chosen)
    };
    let lower = |weighed: &Weighed| weighed.steps.iter().filter(|step| step.verdict > Verdict::Met).count();
    let rank = |known: &Weighed| (known.verdict, lower(known), known.rests_on.len(), known.rests_on.clone());
    let singles: Vec<Weighed> = (0..local.len()).map(|at| weighed(vec![at])).collect();
    let Some(single) = singles.iter().min_by_key(|known| rank(known)).cloned() else {
        let missing =
            Weighed { verdict: Verdict::Missing, steps: Vec::new(), rests_on: Vec::new(), same_words: false };
        return (missing, singles);
    };
    // No selection ranks before one that is higher and leaves nothing open.
    if single.verdict == Verdict::Exceeded && lower(&single) == 0 {
        return (single, singles);
    }
    // A worse answer can never improve a selection.
    let worst = single.verdict.max(Verdict::Met);
    let joinable: Vec<(usize, Option<Verdict>)> = match local {
        [_] => Vec::new(),
        _ => local.iter().enumerate().map(|(at, offer)| (at, alone(above, *offer, terms))).collect(),
    };
    let joinable: Vec<(usize, Option<Verdict>)> =
        joinable.into_iter().filter(|(_, alone)| *alone <= Some(worst)).take(MOST_TOGETHER).collect();
    let first = &joinable[..joinable.len().min(MOST_JOINED)];
    let some = (1u32..1 << first.len()).filter(|chosen| chosen.count_ones() > 1).map(|chosen| {
        let is_in = |place: &usize| chosen >> place & 1 == 1;
        (0..first.len()).filter(is_in).map(|place| first[place].0).collect::<Vec<usize>>()
    });
    let levels = [Verdict::Met, Verdict::NeedsReview, Verdict::Missing];
    let levels = levels.into_iter().filter(|_| joinable.len() > MOST_JOINED);
    let all = levels.map(|level| {
        joinable.iter().filter(|(_, alone)| *alone <= Some(level)).map(|(at, _)| *at).collect::<Vec<usize>>()
    });
    let mut all: Vec<Vec<usize>> = all.collect();
    all.dedup();
    let joined = some.chain(all).filter(|chosen| chosen.len() > 1).map(weighed);
    (joined.chain([single]).min_by_key(rank).expect("there is the single one"), singles)
}

/// Returns what another answer says against those that a verdict rests on, read together with them: 其中……为……三类. What it says
/// by itself is no whole answer, and only where it stands in its own words does it count.
pub fn said_besides(
    above: Offer<'_>,
    local: &[Offer<'_>],
    best: &Weighed,
    other: usize,
    terms: &Terms<'_>,
) -> Option<Step> {
    let mut chosen = best.rests_on.clone();
    chosen.push(other);
    let offers: Vec<Offer<'_>> = chosen.iter().map(|at| local[*at]).collect();
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let own = bare(&local[other].provision.quote.value);
    let is_known =
        |step: &Step| best.steps.iter().any(|known| (known.axis, &known.local) == (step.axis, &step.local));
    let joined = together(above, &offers, terms, chosen);
    let is_said = |step: &Step| !step.local.value.is_empty() && own.contains(&bare(&step.local.value));
    joined.steps.into_iter().find(|step| step.verdict > Verdict::Met && is_said(step) && !is_known(step))
}

/// Returns the gravest verdict on one local provision, on axes where no other can make up for it.
fn alone(above: Offer<'_>, local: Offer<'_>, terms: &Terms<'_>) -> Option<Verdict> {
    let each = AXES.iter().filter(|axis| !axis.joins());
    each.flat_map(|axis| axis.steps(above, &[local], terms)).map(|step| step.verdict).max()
}

fn together(above: Offer<'_>, local: &[Offer<'_>], terms: &Terms<'_>, rests_on: Vec<usize>) -> Weighed {
    let mut steps: Vec<Step> = AXES.iter().flat_map(|axis| axis.steps(above, local, terms)).collect();
    if local.iter().any(|offer| terms.guessed.contains(&offer.provision.id.span)) {
        steps.iter_mut().for_each(ask_about_a_guess);
    }
    let adopted = local.iter().all(|offer| offer.service.adopted.is_some());
    let said = words::said(above, local, terms);
    if said.same || (!said.open && !said.bare) {
        // The same words, and general ones that hold all that is promised, are no question.
        steps.retain(|step| step.axis != VAGUE);
    }
    let contradicted: Vec<Step> = if adopted {
        Vec::new()
    } else {
        local.iter().flat_map(|offer| contradiction::steps(*offer, terms)).collect()
    };
    keep_what_words_say(&mut steps, &said, &contradicted);
    let same_words = said.same;
    steps.extend(contradicted);
    // Words that were adopted from an earlier edition differ for a reason.
    if !adopted || same_words {
        steps.extend(said.steps);
    }
    steps.extend(wording::printed(above, local));
    for step in &mut steps {
        step.reason = name_keys(&step.reason, terms.keys);
        step.remedy = name_keys(&step.remedy, terms.keys);
    }
    // A near copy of the official words comes first, as a slip; the questions it leaves open follow.
    steps.sort_by_key(|step| std::cmp::Reverse(step.verdict));
    let mut seen = std::collections::BTreeSet::new();
    steps.retain(|step| {
        step.axis == WORDING || seen.insert((step.axis, step.part.clone(), step.local.value.clone()))
    });
    let verdict = match steps.first().map(|step| step.verdict) {
        None => Verdict::Met,
        Some(_) => Verdict::of_parts(steps.iter().map(|step| step.verdict)),
    };
    Weighed { verdict, steps, rests_on, same_words }
}

/// Axes on which a field that was guessed is as good as the words: figures and names stand in them as they are.
const LITERAL: [&str; 2] = ["age", "named"];

/// Makes a question of what is lower only by a field that was guessed: nobody has declared it.
fn ask_about_a_guess(step: &mut Step) {
    if step.verdict == Verdict::Weaker && !LITERAL.contains(&step.axis) {
        step.verdict = Verdict::NeedsReview;
        let Message { zh, en } = &step.reason;
        step.reason = text!(
            "{zh}。本地这一条还有“请核对”没有人看过",
            "{en}; what was guessed of this provision has not been looked at yet"
        );
    }
}

/// Drops steps up that only a field states: what the words leave unsaid, or deny, is not higher.
fn keep_what_words_say(steps: &mut Vec<Step>, said: &words::WordComparison, contradicted: &[Step]) {
    let spoken =
        |axis: &str| said.steps.iter().any(|step| step.axis == axis && step.verdict == Verdict::Exceeded);
    // More names are in the words; and 不分户籍 says both that fewer conditions hold and that it is for more.
    let may_be_silent =
        |axis: &str| axis == "named" || (said.lifts && matches!(axis, "audience" | "condition"));
    let denied = |axis: &str| contradicted.iter().any(|step| step.axis == axis);
    steps.retain(|step| {
        step.verdict != Verdict::Exceeded
            || (!said.same && !denied(step.axis) && (spoken(step.axis) || may_be_silent(step.axis)))
    });
}
