//! The answers chosen so far.

use super::Table;

/// Which answers are chosen, and of which questions it was said that nothing else is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// By answer.
    picked: Vec<bool>,
    /// By question.
    closed: Vec<bool>,
    /// The question of each answer.
    questions: Vec<usize>,
    /// By question, whether one answer rules out the others.
    single: Vec<bool>,
}

impl Chosen {
    /// Returns no answers to the questions of `table`.
    pub fn none(table: &Table<'_>) -> Self {
        let answers = table.answers();
        Self {
            picked: vec![false; answers.len()],
            closed: vec![false; table.questions().len()],
            questions: answers.iter().map(|(question, _)| *question).collect(),
            single: table.questions().iter().map(|question| !question.several).collect(),
        }
    }

    /// Returns the answers with these ids; `QUESTION/none` says that nothing else is so. `None` if there is
    /// no such answer.
    pub fn of<'i>(table: &Table<'_>, ids: impl IntoIterator<Item = &'i str>) -> Option<Self> {
        let mut chosen = Self::none(table);
        for id in ids {
            match id.strip_suffix("/none") {
                Some(id) => {
                    let question = table.questions().iter().position(|question| question.id.value == id)?;
                    chosen.close(question);
                }
                None => chosen.pick(table.answer(id)?),
            }
        }
        Some(chosen)
    }

    /// Chooses an answer; where only one can be, it takes the place of the other.
    pub fn pick(&mut self, answer: usize) {
        let question = self.questions[answer];
        if self.single[question] {
            self.drop_answers(question);
        }
        self.picked[answer] = true;
    }

    /// Says that nothing else of a question is so.
    pub fn close(&mut self, question: usize) {
        self.closed[question] = true;
    }

    fn drop_answers(&mut self, question: usize) {
        for (picked, of) in self.picked.iter_mut().zip(&self.questions) {
            *picked &= *of != question;
        }
    }

    /// Tells whether an answer is chosen.
    pub(super) fn has(&self, answer: usize) -> bool {
        self.picked[answer]
    }

    /// Tells whether an answer was passed over.
    pub(super) fn passed_over(&self, answer: usize) -> bool {
        let question = self.questions[answer];
        let others =
            || self.picked.iter().zip(&self.questions).any(|(picked, of)| *picked && *of == question);
        !self.has(answer) && (self.closed[question] || (self.single[question] && others()))
    }
}
