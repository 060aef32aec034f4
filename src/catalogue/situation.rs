//! The questions of the page that finds what a child can get, and what each answer says.

use super::node::Fields;
use crate::lang::Localized;
use crate::schema::Age;
use crate::schema::tables::Choose;
use crate::span::Spanned;

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Id.
    pub id: Spanned<String>,
    /// The question.
    pub ask: Localized,
    /// A sentence beneath it.
    pub help: Option<Localized>,
    /// Whether several answers can be chosen.
    pub several: bool,
    /// The answers.
    pub answers: Vec<Answer>,
}

/// An answer, with the ids of the audiences and conditions it speaks for.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Id, unique among all answers.
    pub id: Spanned<String>,
    /// Its words.
    pub name: Localized,
    /// A sentence that shows once it is chosen.
    pub note: Option<Localized>,
    /// How old the child is.
    pub time: Option<TimeOfLife>,
    /// What holds.
    pub means: Vec<Spanned<String>>,
    /// What may hold.
    pub may: Vec<Spanned<String>>,
    /// What does not hold.
    pub not: Vec<Spanned<String>>,
    /// What has to be confirmed whatever other answers say.
    pub doubts: Vec<Spanned<String>>,
    /// Printed conditions that hold.
    pub printed: Vec<Spanned<String>>,
    /// What holds together with other answers.
    pub together: Vec<Together>,
    /// Services worth looking at first.
    pub see: Vec<Spanned<String>>,
}

/// The age an answer states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOfLife {
    /// Not born yet.
    Unborn,
    /// From the lower bound up to, not including, the upper one.
    Aged(Age),
    /// 18 or older.
    Grown,
}

/// What holds if one of these other answers is chosen as well.
#[derive(Clone, Debug)]
pub struct Together {
    /// The other answers.
    pub with: Vec<Spanned<String>>,
    /// What then holds.
    pub means: Vec<Spanned<String>>,
}

impl Answer {
    /// Returns every audience or condition it names.
    pub fn words(&self) -> impl Iterator<Item = &Spanned<String>> {
        let together = self.together.iter().flat_map(|both| &both.means);
        self.means.iter().chain(&self.may).chain(&self.not).chain(&self.doubts).chain(together)
    }
}

/// Reads one question.
pub(super) fn question(f: Fields<'_>) -> Option<Question> {
    Some(Question {
        id: f.text("id")?,
        ask: f.localized("ask")?,
        help: f.localized("help"),
        several: f.choice::<Choose>("choose")? == Choose::Several,
        answers: f.maps("answers").filter_map(answer).collect(),
    })
}

fn answer(f: Fields<'_>) -> Option<Answer> {
    let time = match f.age("age") {
        Some(age) => Some(TimeOfLife::Aged(age.value)),
        None if f.truth("unborn") => Some(TimeOfLife::Unborn),
        None => f.truth("grown").then_some(TimeOfLife::Grown),
    };
    let both = |f: Fields<'_>| Together { with: f.texts("with"), means: f.texts("means") };
    Some(Answer {
        id: f.text("id")?,
        name: f.localized("name")?,
        note: f.localized("note"),
        time,
        means: f.texts("means"),
        may: f.texts("may"),
        not: f.texts("not"),
        doubts: f.texts("doubts"),
        printed: f.texts("printed"),
        together: f.maps("together").map(both).collect(),
        see: f.texts("see"),
    })
}
