//! Whether an audience or a condition holds, by the answers that speak for it.

use super::Chosen;
use crate::catalogue::{Answer, Vocabulary};
use crate::span::Spanned;

/// Whether something is so. In order: of alternatives the highest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    /// It is not.
    False,
    /// Nobody can tell yet.
    Open,
    /// It is.
    True,
}

/// An audience or a condition, with the answers that speak for it, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fact {
    /// Each of these makes it true; of two answers both must be chosen.
    pub means: Vec<Vec<usize>>,
    /// Each of these leaves it open.
    pub may: Vec<usize>,
    /// Each of these makes it false.
    pub not: Vec<usize>,
    /// Each of these leaves it open, whatever makes it true.
    pub doubts: Vec<usize>,
    /// Whether it stays open when its answers are passed over: an office judges.
    pub judged: bool,
    /// Whether it holds unless something doubts it.
    pub held: bool,
}

impl Fact {
    /// Gathers what `answers` say of the audience or condition `id`; of those for which `doubts` does not hold, nothing is
    /// in doubt.
    pub(super) fn of_word(
        id: &str,
        answers: &[(usize, &Answer)],
        words: &Vocabulary,
        doubts: &dyn Fn(usize) -> bool,
    ) -> Self {
        let holds = |ids: &[Spanned<String>]| ids.iter().any(|inner| words.is_within(&inner.value, id));
        let which = |test: &dyn Fn(&Answer) -> bool| numbers(answers, test);
        let mut means: Vec<Vec<usize>> =
            which(&|answer| holds(&answer.means)).into_iter().map(|at| vec![at]).collect();
        for (at, (_, answer)) in answers.iter().enumerate() {
            for both in answer.together.iter().filter(|both| holds(&both.means)) {
                let other = |id: &Spanned<String>| answers.iter().position(|(_, a)| a.id.value == id.value);
                means.extend(both.with.iter().filter_map(other).map(|other| vec![at, other]));
            }
        }
        Self {
            means,
            may: which(&|answer| holds(&answer.may)),
            not: which(&|answer| answer.not.iter().any(|outer| words.is_within(id, &outer.value))),
            doubts: which(&|answer| answer.doubts.iter().any(|word| word.value == id))
                .into_iter()
                .filter(|answer| doubts(*answer))
                .collect(),
            judged: false,
            held: false,
        }
    }

    /// Gathers with which `answers` a provision, `SERVICE/PROVISION`, has to be asked about, whatever else holds.
    pub(super) fn of_provision(address: &str, answers: &[(usize, &Answer)]) -> Self {
        let names = |answer: &Answer| answer.open.iter().any(|open| open.value == address);
        Self { doubts: numbers(answers, &names), held: true, ..Self::default() }
    }

    /// Gathers which `answers` fulfil the printed condition `text`.
    pub(super) fn printed(text: &str, answers: &[(usize, &Answer)]) -> Self {
        let says = |answer: &Answer| answer.printed.iter().any(|printed| printed.value == text);
        let means = numbers(answers, &says).into_iter().map(|at| vec![at]).collect();
        Self { means, judged: true, ..Self::default() }
    }

    /// Tells whether an answer makes it true or leaves it open. Of two that belong together the one counts
    /// that says so.
    pub(super) fn is_supported_by(&self, answer: usize) -> bool {
        self.may.contains(&answer) || self.means.iter().any(|both| both.first() == Some(&answer))
    }

    /// Tells whether any answer speaks for it.
    pub(super) fn is_asked(&self) -> bool {
        !(self.means.is_empty() && self.may.is_empty())
    }

    /// Tells whether the chosen age rules it out while another answer says that it holds.
    pub(super) fn is_contradicted(&self, chosen: &Chosen, is_age: &dyn Fn(usize) -> bool) -> bool {
        self.not.iter().any(|at| is_age(*at) && chosen.has(*at))
            && self.means.iter().any(|both| both.iter().all(|at| chosen.has(*at) && !is_age(*at)))
    }

    /// Tells whether it holds.
    pub(super) fn truth(&self, chosen: &Chosen) -> Truth {
        let any = |answers: &[usize]| answers.iter().any(|at| chosen.has(*at));
        if any(&self.not) {
            Truth::False
        } else if any(&self.doubts) {
            Truth::Open
        } else if self.held || self.means.iter().any(|both| both.iter().all(|at| chosen.has(*at))) {
            Truth::True
        } else if any(&self.may) || !self.is_asked() || self.judged {
            Truth::Open
        } else {
            let out = |at: &usize| chosen.passed_over(*at);
            let all_out = self.means.iter().all(|both| both.iter().any(out)) && self.may.iter().all(out);
            if all_out { Truth::False } else { Truth::Open }
        }
    }
}

fn numbers(answers: &[(usize, &Answer)], test: &dyn Fn(&Answer) -> bool) -> Vec<usize> {
    answers.iter().enumerate().filter(|(_, (_, answer))| test(answer)).map(|(at, _)| at).collect()
}
