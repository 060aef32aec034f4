//! One thing a provision needs.

use super::Chosen;
use super::fact::{Fact, Truth};
use crate::catalogue::{Answer, TimeOfLife};
use crate::lang::Localized;
use crate::schema::{Age, AgeUnit};

/// One thing a provision needs; provisions share it.
#[derive(Clone, Debug)]
pub struct Need<'a> {
    /// What it is called in tests and tables: `age:0-6`, `who:orphan`, `if:financial-hardship`.
    pub key: String,
    /// What people read.
    pub label: Label<'a>,
    pub(super) test: Test,
    pub(super) circle: Circle,
}

/// How narrow the circle of persons is that a need draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Circle {
    /// Who the service is for at large.
    Population,
    /// A stage of education.
    Stage,
    /// A category or a qualifier.
    Narrow,
    /// None: an age, a condition, what a place can do.
    Other,
}

/// What people read of a need.
#[derive(Clone, Debug)]
pub enum Label<'a> {
    /// An age.
    Age(Age),
    /// Names of which one is enough.
    Names(Vec<&'a Localized>),
    /// A condition that the list does not state; its name in the vocabulary.
    Unstated(&'a Localized),
    /// The place must have the means; the theme has the words.
    Place,
    /// One has to ask; the theme has the words.
    Ask,
}

/// How a need is decided.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// In months: from, to, and where those who have reached the upper bound end.
    Age { from: i32, to: i32, edge: i32 },
    /// One of these facts, by number. None of them: nobody can tell.
    AnyOf(Vec<usize>),
}

impl Test {
    /// Returns the test of a printed age. Whether its upper bound is included no list says: those who have
    /// reached it, for a year or a month, are left open.
    pub(super) fn of_age(age: Age) -> Self {
        let (from, to) = age.months();
        let unit = if age.unit == AgeUnit::Years { 12 } else { 1 };
        Self::Age { from: i32::from(from), to: i32::from(to), edge: i32::from(to) + unit }
    }

    /// Returns the facts, by number, of which one is enough; an age has none.
    pub(super) fn facts(&self) -> &[usize] {
        match self {
            Self::AnyOf(any) => any,
            Self::Age { .. } => &[],
        }
    }

    /// Tells whether the need is fulfilled.
    pub(super) fn truth(&self, facts: &[Truth], age: Option<(i32, i32)>) -> Truth {
        match self {
            Self::AnyOf(any) => any.iter().map(|at| facts[*at]).max().unwrap_or(Truth::Open),
            Self::Age { from, to, edge } => match age {
                None => Truth::Open,
                Some((_, end)) if end <= *from => {
                    if *from - end < SOON {
                        Truth::Open
                    } else {
                        Truth::False
                    }
                }
                Some((start, _)) if start >= *edge => Truth::False,
                Some((start, end)) if start.max(0) >= *from && end <= *to => Truth::True,
                Some(_) => Truth::Open,
            },
        }
    }

    /// Tells whether it is open because the upper bound was just reached.
    pub(super) fn is_edge(&self, age: Option<(i32, i32)>) -> bool {
        matches!((self, age), (Self::Age { to, edge, .. }, Some((start, _))) if start >= *to && start < *edge)
    }

    /// Tells whether it is open because the age begins within a year.
    pub(super) fn is_soon(&self, age: Option<(i32, i32)>) -> bool {
        matches!((self, age), (Self::Age { from, .. }, Some((_, end))) if end <= *from)
    }

    /// Tells whether an answer makes it true or leaves it open. Ages are not counted.
    pub(super) fn is_supported_by(&self, answer: usize, facts: &[Fact]) -> bool {
        matches!(self, Self::AnyOf(any) if any.iter().any(|at| facts[*at].is_supported_by(answer)))
    }
}

/// How many months before an age begins one can see to it: a place at kindergarten is asked for at two.
const SOON: i32 = 12;

/// The age, in months, from which one is `grown`, as answers call it.
pub(super) const GROWN: i32 = 18 * 12;
/// The oldest anybody gets, in months.
const OLDEST: i32 = 120 * 12;

/// Returns the age an answer states, in months: from, and up to, not including. Before birth it starts below 0.
pub(super) fn months(answer: &Answer) -> Option<(i32, i32)> {
    answer.time.map(|time| match time {
        TimeOfLife::Unborn => (-1, 1),
        TimeOfLife::Aged(age) => (i32::from(age.months().0), i32::from(age.months().1)),
        TimeOfLife::Grown => (GROWN, OLDEST),
    })
}

/// Returns the age that the chosen answers state.
pub(super) fn chosen_age(answers: &[(usize, &Answer)], chosen: &Chosen) -> Option<(i32, i32)> {
    let picked = answers.iter().enumerate().filter(|(at, _)| chosen.has(*at));
    picked.filter_map(|(_, (_, answer))| months(answer)).next()
}

/// Tells whether a chosen answer says that somebody is grown.
pub(super) fn is_grown(answers: &[(usize, &Answer)], chosen: &Chosen) -> bool {
    let mut picked = answers.iter().enumerate().filter(|(at, _)| chosen.has(*at));
    picked.any(|(_, (_, answer))| answer.time == Some(TimeOfLife::Grown))
}
