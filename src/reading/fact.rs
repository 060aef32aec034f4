//! What a clause says: facts, each with the characters it was read from.

use std::ops::Range;

use crate::quantity::Quantity;

/// Something a clause says.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The characters of the text it was read from.
    pub range: Range<usize>,
    /// What it says.
    pub what: What,
}

/// What a fact says.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// What follows is not given: 不提供, 未纳入; whether that is sure from the word itself.
    Denied(bool),
    /// It ends, is suspended, or becomes less: 停止, 暂停, 下调.
    Ends,
    /// It begins later: 2027年起实施, 待条件成熟后.
    Later,
    /// It is less than binding; `permit`, `encourage`, `strive` and the like.
    Degree(String),
    /// It is given to so many, or as long as there is something: `quota`, `first-come`, `budget` and the like.
    Limit(String),
    /// Somebody or something is left out: 除外.
    Excepted,
    /// Only some get it: 仅限.
    Restricted,
    /// Some of the persons only are named: 母亲, 毕业生.
    Narrower,
    /// Who gets it has to fulfil something; the id of the condition, with its measure.
    Condition(String, Option<Quantity>),
    /// Something has to be shown or reached that is no condition by name: 凭, 须, 方可.
    Requirement,
    /// A condition, a cost or a limit is expressly not there: 无需居住证.
    Lifted,
    /// The family pays: `charged` or `reduced`, with its amount.
    Cost(String, Option<Quantity>),
    /// Where it is given: `hukou-place`, `either`, `elsewhere`.
    Place(String),
    /// Another text decides: 按省级标准执行.
    Reference,
    /// Other items are meant: their numbers; none where it only points.
    Pointing(Vec<u32>),
    /// A school stage, by its id.
    Stage(String),
    /// One of several is enough: 或.
    Either,
    /// It speaks of children who usually have these ages: 幼儿园.
    Usual(Ages),
    /// Ages.
    Age(Ages),
    /// An amount, a frequency, a period.
    Measure(Measure),
    /// Something less takes the place of what is promised: 兼职.
    Substitute,
}

/// A range of ages in months; open where nothing is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ages {
    /// From this age on.
    pub from: Option<u32>,
    /// Up to this age.
    pub to: Option<u32>,
    /// Whether the upper age itself is certainly left out: 未满.
    pub below: bool,
}

/// A number that says how much is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// What it measures.
    pub kind: MeasureKind,
    /// The number.
    pub quantity: Quantity,
    /// The word it belongs to, in the list of words or as written.
    pub label: Option<String>,
    /// Whether it says how much the family has to bear: less is better.
    pub burdens: bool,
}

/// What a number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeasureKind {
    /// Money given.
    Amount,
    /// How often.
    Frequency,
    /// For how long.
    Duration,
    /// How soon.
    TimeLimit,
    /// A share.
    Share,
    /// So many times another standard.
    Multiple,
    /// How many people do it.
    Staff,
    /// How many of something else.
    Count,
}

impl MeasureKind {
    /// Returns the name that lists give such a measure.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Frequency => "frequency",
            Self::Duration => "duration",
            Self::TimeLimit => "time-limit",
            Self::Share => "share",
            Self::Multiple => "multiple",
            Self::Staff => "staff",
            Self::Count => "count",
        }
    }
}
