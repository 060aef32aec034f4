//! How far a question has come that was asked about a list: asked, answered, settled.

use crate::Query;
use crate::date::Date;
use crate::diagnostic::Message;
use crate::text;

/// How far a query has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum QueryState {
    /// The letter went out.
    Asked,
    /// There is an answer.
    Answered,
    /// Those who asked closed it.
    Settled,
}

impl QueryState {
    /// Returns the word that files and JSON use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Answered => "answered",
            Self::Settled => "settled",
        }
    }

    /// Returns the word people read.
    pub fn words(self) -> Message {
        match self {
            Self::Asked => text!("未答复", "no answer yet"),
            Self::Answered => text!("已答复，未办结", "answered, not settled"),
            Self::Settled => text!("已办结", "settled"),
        }
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
