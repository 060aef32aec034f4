//! What the place above asked about an edition.

use crate::date::Date;
use crate::schema::choices::choices;
use crate::schema::declare::document;
use crate::schema::field_type::{May, Must, ProvisionRef};
use crate::span::Spanned;

document! {
    /// What the place above asked about provisions of its baseline, and how far that has come.
    pub struct Query ("询问", "a query") {
        about: Must<Vec<ProvisionRef>> = "条款",
            "问到的上级条款，例如 preschool-education/nearby-kindergarten",
            "the baseline provisions it asks about, service/provision";
        asked: Must<Spanned<Date>> = "发函", "发函日期", "the day on which the letter went out";
        due: May<Spanned<Date>> = "答复期限", "请在哪一天以前答复", "the day by which an answer is asked for";
        answered: May<Spanned<Date>> = "答复", "书面答复的日期", "the day of the written answer";
        settled: May<Spanned<Date>> = "办结", "发函单位确认办结的日期", "the day on which those who asked closed it";
        by: May<String> = "发函单位", "发函的单位，不写个人姓名", "the office that asks, no person's name";
        note: May<String> = "说明" | "备注", "说明，只给工作人员看", "a note, for staff only";
    }
}

choices! {
    /// How far a query has come.
    QueryState {
        /// The letter went out.
        Asked = "asked", "未答复", says "未答复", "no answer yet";
        /// There is an answer.
        Answered = "answered", "已答复", says "已答复，未办结", "answered, not settled";
        /// Those who asked closed it.
        Settled = "settled", "已办结";
    }
}

impl Query {
    /// Returns how far it has come.
    pub fn state(&self) -> QueryState {
        match (&self.settled, &self.answered) {
            (Some(_), _) => QueryState::Settled,
            (None, Some(_)) => QueryState::Answered,
            (None, None) => QueryState::Asked,
        }
    }

    /// Tells whether it asks about the provision of the baseline at `address`.
    pub fn asks(&self, address: &str) -> bool {
        self.about.iter().any(|known| known.value == address)
    }

    /// Returns the day of its latest step.
    pub fn since(&self) -> Date {
        self.settled.as_ref().or(self.answered.as_ref()).unwrap_or(&self.asked).value
    }
}
