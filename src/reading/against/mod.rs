//! Do the words of one clause promise as much as those of another? Where not, or where that cannot be told, and why.

mod ages;
mod cases;
mod content;
mod copied;
mod costs;
mod detail;
mod heads;
mod inserted;
mod kinds;
mod known;
mod measures;
mod members;
mod replaced;
mod says;
mod tiers;

use crate::align::{Alignment, align, has_weight};
use crate::fact::{Ages, Fact, Measure, MeasureKind, What};
use crate::quantity::{Bound, Quantity, Unit};
use crate::read::Reading;
use crate::token::{Kind, NumberOf, Token};
use crate::wording::{Role, Wording};
pub use ages::ages;
pub(crate) use says::holds;
use says::{BY, is_facility, is_joint, is_member, is_quoted, narrows, says_same, word, word_of};
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

/// How the local words stand to those of the baseline in one respect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// They promise more.
    Higher,
    /// Whether they promise less cannot be told.
    Unclear,
    /// They promise less.
    Lower,
}

/// In which respect words differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Respect {
    /// What is denied.
    Negation,
    /// What ends, or begins later.
    Ending,
    /// How binding it is.
    Degree,
    /// Quotas, budgets, queues.
    Quota,
    /// Who or what is left out.
    Exception,
    /// What has to be fulfilled.
    Condition,
    /// For whom.
    Audience,
    /// At which age.
    Age,
    /// How much, how often, how soon.
    Measure,
    /// What it costs.
    Fee,
    /// Where.
    Place,
    /// What is promised at all.
    Content,
    /// Wording that cannot be read.
    Unread,
}

impl Respect {
    /// Tells whether words that differ in this respect may take back what is promised elsewhere.
    pub fn takes_back(self) -> bool {
        matches!(
            self,
            Self::Negation | Self::Ending | Self::Quota | Self::Exception | Self::Condition | Self::Fee
        )
    }
}

/// One difference, with the characters it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// In which respect.
    pub respect: Respect,
    /// The part of it: a condition, a kind of measure.
    pub part: Option<String>,
    /// How the local words stand.
    pub stand: Stand,
    /// Characters of the baseline's clause.
    pub baseline: Option<Range<usize>>,
    /// Characters of the local clause.
    pub local: Option<Range<usize>>,
}

/// How far behind the part that promises the title of its service stands, where there is one.
const TITLE: usize = 2;

/// How many words of a clause are held against all of another, and how many differences of one kind are told. No clause
/// that an office writes has as many; with more, two long texts would be compared in the square of their length.
const MOST_WORDS: usize = 300;

/// A clause to be compared.
#[derive(Clone, Copy, Debug)]
pub struct Clause<'a> {
    /// What was read.
    pub reading: &'a Reading,
    /// The parts that promise; the others say for whom and on which condition.
    pub parts: &'a [usize],
    /// Characters of them that other provisions are about.
    pub others: &'a [Range<usize>],
}

impl<'a> Clause<'a> {
    /// Tells whether a character stands in a title, which names a service and sets nothing.
    fn is_title(&self, at: usize) -> bool {
        self.parts.iter().any(|part| self.reading.part(part + TITLE).contains(&at))
    }

    /// Tells whether a character stands in a part that promises.
    fn promises_at(&self, at: usize) -> bool {
        self.parts.iter().any(|part| self.reading.part(*part).contains(&at))
    }

    /// Returns a clause that is all there is.
    pub fn whole(reading: &'a Reading) -> Self {
        Self { reading, parts: &[0], others: &[] }
    }
}

/// Returns where `local` differs from `baseline`, in the order of [`Respect`], of one kind at most so many (`MOST_WORDS`); of ages
/// see [`ages`].
pub fn differences(baseline: Clause<'_>, local: Clause<'_>, words: &Wording) -> Vec<Difference> {
    let (aligned, found) = (Alignment::default(), Vec::new());
    let mut against = Against {
        baseline,
        local,
        words,
        aligned,
        found,
        beside: OnceCell::new(),
        detail: OnceCell::new(),
        copy: OnceCell::new(),
    };
    against.align();
    against.facts();
    against.measures();
    against.stages();
    against.content();
    against.members();
    against.tiers();
    against.unlifted();
    against.places();
    against.fees();
    against.replaced();
    against.copied();
    let mut found = against.found;
    let kind = |difference: &Difference| (difference.respect, std::cmp::Reverse(difference.stand));
    found.sort_by_key(kind);
    found
        .chunk_by(|a, b| kind(a) == kind(b))
        .flat_map(|alike| &alike[..alike.len().min(MOST_WORDS)])
        .cloned()
        .collect()
}

/// Bodies of which there is one everywhere.
const GENERAL: [&str; 12] = [
    "医疗机构",
    "医疗卫生机构",
    "基层医疗卫生机构",
    "助产机构",
    "机构",
    "学校",
    "接种门诊",
    "预防接种门诊",
    "窗口",
    "社区",
    "接种单位",
    "医院",
];

/// Conditions that say which kind of persons, of whom several may be named.
const KINDS: [&str; 3] = ["disability-kind", "illness-kind", "relief-scheme"];

/// Conditions of which more is worse.
const ASKED_FOR_LONG: [&str; 2] = ["residence-time", "social-insurance"];

/// Conditions that make a promise smaller beside any other: they say what somebody has done, not who it is.
const ASKED_AS_WELL: [&str; 9] = [
    "marks",
    "conduct",
    "points",
    "residence-permit",
    "residence-time",
    "social-insurance",
    "local-hukou",
    "housing",
    "employment",
];

/// Returns the key under which facts of two clauses count as the same, the respect, and how a new one stands.
fn key(what: &What) -> Option<(Respect, &str, Stand)> {
    Some(match what {
        What::Denied(sure) => {
            (Respect::Negation, "denied", if *sure { Stand::Lower } else { Stand::Unclear })
        }
        What::Ends => (Respect::Ending, "ends", Stand::Unclear),
        What::Later => (Respect::Ending, "later", Stand::Unclear),
        What::Degree(name) => (Respect::Degree, name, Stand::Unclear),
        What::Limit(name) => {
            (Respect::Quota, name, if name == "first-come" { Stand::Lower } else { Stand::Unclear })
        }
        What::Excepted => (Respect::Exception, "excepted", Stand::Unclear),
        What::Restricted => (Respect::Exception, "restricted", Stand::Unclear),
        What::Condition(name, _) => (Respect::Condition, name, Stand::Unclear),
        What::Requirement => (Respect::Condition, "requirement", Stand::Unclear),
        What::Narrower => (Respect::Audience, "narrower", Stand::Unclear),
        What::Cost(name, _) => (Respect::Fee, name, Stand::Unclear),
        What::Place(name) => (Respect::Place, name, Stand::Unclear),
        What::Either => (Respect::Content, "either", Stand::Unclear),
        What::Substitute => (Respect::Content, "substitute", Stand::Unclear),
        What::Lifted
        | What::Reference
        | What::Pointing(_)
        | What::Stage(_)
        | What::Usual(_)
        | What::Age(_)
        | What::Measure(_) => return None,
    })
}

/// Returns the amount that a condition or a cost states.
fn amount(what: &What) -> Option<&Quantity> {
    match what {
        What::Condition(_, amount) | What::Cost(_, amount) => amount.as_ref(),
        _ => None,
    }
}

struct Against<'a> {
    baseline: Clause<'a>,
    local: Clause<'a>,
    words: &'a Wording,
    /// What was copied.
    aligned: Alignment,
    found: Vec<Difference>,
    /// Of each token of the local clause, whether it stands beside a promise; worked out once, where it is asked.
    beside: OnceCell<Vec<bool>>,
    /// Of each local token, whether it is said beside a whole copy; worked out once, where it is asked.
    detail: OnceCell<Option<Vec<bool>>>,
    /// Whether the local words are a copy, but for what was put in; worked out once, where it is asked.
    copy: OnceCell<bool>,
}

impl Against<'_> {
    fn push(
        &mut self,
        (respect, part): (Respect, Option<&str>),
        stand: Stand,
        baseline: Option<&Range<usize>>,
        local: Option<&Range<usize>>,
    ) {
        let part = part.map(str::to_owned);
        self.found.push(Difference {
            respect,
            part,
            stand,
            baseline: baseline.cloned(),
            local: local.cloned(),
        });
    }

    /// Compares what makes a promise smaller: whatever the local words have more of than the baseline's.
    fn facts(&mut self) {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let (above, here) = (self.baseline, self.local);
        let elsewhere = self.of_others();
        let mut open: BTreeMap<(Respect, &str), Vec<Found<'_>>> = BTreeMap::new();
        for fact in baseline.facts.iter().filter(|fact| !above.is_title(fact.range.start)) {
            if let Some((respect, name, _)) = key(&fact.what) {
                open.entry((respect, name)).or_default().push((&fact.range, &fact.what));
            }
        }
        for fact in local.facts.iter().filter(|fact| !here.is_title(fact.range.start)) {
            let Some((respect, name, stand)) = key(&fact.what) else { continue };
            let known = open.get_mut(&(respect, name)).and_then(|known| self.same_of(known, name, fact));
            if self.is_aside(&fact.range, &fact.what) || self.is_an_alternative(&fact.range, &fact.what) {
                continue;
            }
            let is_theirs = || elsewhere.iter().any(|other| other.contains(&fact.range.start));
            if known.is_none() && self.has_token(&fact.range) && matches!(fact.what, What::Condition(..)) {
                continue;
            }
            if known.is_none()
                && (self.is_of_other_people(&fact.range, &fact.what)
                    || self.says(&fact.range, name)
                    || is_theirs()
                    || self.repeats(&fact.what)
                    || self.is_for_more(&fact.range, &fact.what))
            {
                continue;
            }
            // 有条件的县还可增配心理沙盘: more than was promised.
            if respect == Respect::Degree && self.is_beside(&fact.range) && self.adds(&fact.range) {
                continue;
            }
            let whom = matches!(respect, Respect::Condition | Respect::Audience);
            if whom
                && known.is_none()
                && (self.is_given_on_top(&fact.range) || self.is_of_a_further_group(&fact.range, name))
            {
                continue;
            }
            if fact.what == What::Substitute && self.is_told_beside(&fact.range) {
                continue;
            }
            if fact.what == What::Either && known.is_none() && !self.is_choice_of_promises(&fact.range) {
                continue;
            }
            let waived = || name == "reduced" && baseline.says("免费", self.words);
            // 免除学杂费，由学校直接减免 says how.
            if waived() && self.is_beside(&fact.range) && amount(&fact.what).is_none() {
                continue;
            }
            if fact.what == What::Narrower && known.is_none() && self.is_born(&fact.range) {
                continue;
            }
            let stand = match &known {
                None if waived() => Some(Stand::Lower),
                None => Some(stand),
                Some((_, what)) => match (amount(&fact.what), amount(what)) {
                    (Some(own), Some(other)) => match own
                        .compare_most(other)
                        .map(|order| if name == "at-most" { order.reverse() } else { order })
                    {
                        Some(Ordering::Greater) => Some(Stand::Lower),
                        Some(Ordering::Less) => Some(Stand::Higher),
                        // 居住不少于三十日, 居住时间最长三十日: the same number is no longer the same.
                        Some(Ordering::Equal) if own.bound == Bound::Cap && other.bound != Bound::Cap => {
                            Some(Stand::Unclear)
                        }
                        Some(Ordering::Equal) => None,
                        None => Some(Stand::Unclear),
                    },
                    (None, None) => None,
                    (Some(_), None) | (None, Some(_)) => Some(Stand::Unclear),
                },
            };
            if let Some(stand) = stand {
                self.push((respect, Some(name)), stand, known.map(|(range, _)| range), Some(&fact.range));
            }
        }
        for ((respect, name), facts) in open {
            for (range, what) in facts {
                let stand = match respect {
                    // A denial that is lost may be anything; and so may an amount that one pays at most.
                    Respect::Negation | Respect::Ending => Stand::Unclear,
                    // Nobody gets less where nobody has to have lived there for long.
                    Respect::Condition if ASKED_FOR_LONG.contains(&name) => Stand::Higher,
                    Respect::Condition | Respect::Fee if amount(what).is_some() => Stand::Unclear,
                    // 甲类、乙类残疾儿童: who is left out of an enumeration gets nothing.
                    Respect::Condition if KINDS.contains(&name) && self.is_listed(range) => Stand::Unclear,
                    Respect::Content => continue,
                    Respect::Degree if name == "assist" => continue,
                    _ => Stand::Higher,
                };
                self.push((respect, Some(name)), stand, Some(range), None);
            }
        }
    }
}

/// A fact and where it is read.
type Found<'r> = (&'r Range<usize>, &'r What);
