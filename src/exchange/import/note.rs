//! What a person has to know or do about an imported table.

use crate::diagnostic::Message;
use crate::personal::masked;
use crate::text;

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The text itself may be wrong, or something was not read.
    Warning,
    /// Good to know.
    Remark,
}

/// One thing that was noticed: where, what, and what to do. No cell is ever shown in it but through `shown`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How much it matters.
    pub weight: Weight,
    /// The cell, row or table.
    pub at: Message,
    /// What is so.
    pub what: Message,
    /// What to do about it, as an order.
    pub help: Message,
    /// Whether it says that a column is not known.
    pub is_of_column: bool,
}

/// Everything that was noticed, in the order it was.
pub(super) type Notes = Vec<Note>;

/// Returns a note of something that may be wrong.
pub(super) fn warning(at: Message, what: Message, help: Message) -> Note {
    Note { weight: Weight::Warning, at, what, help, is_of_column: false }
}

/// Returns a note of something good to know.
pub(super) fn remark(at: Message, what: Message, help: Message) -> Note {
    Note { weight: Weight::Remark, at, what, help, is_of_column: false }
}

/// The characters of a cell that a message shows at most.
const MOST_SHOWN: usize = 30;
/// The characters of it that are looked at: a number that begins among those shown ends long before.
const MOST_READ: usize = 1_000;

/// Returns the text of a cell as a message may show it: its beginning, on one line, long numbers masked.
pub(super) fn shown(text: &str) -> String {
    let start = text.trim().chars().take(MOST_READ);
    let line: String = start.map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c }).collect();
    let masked = masked(line.trim());
    let mut start: String = masked.chars().take(MOST_SHOWN).collect();
    if masked.chars().count() > MOST_SHOWN {
        start.push('…');
    }
    start
}

/// Says that characters were taken out that nobody sees.
pub(super) fn unseen_dropped() -> Note {
    warning(
        whole_file(),
        text!("表格里有看不见的控制字符，已经去掉", "control characters that nobody sees were taken out"),
        text!("对照原表看一遍文字有没有少", "compare the texts with the table"),
    )
}

/// Returns the words for a whole file.
pub(super) fn whole_file() -> Message {
    text!("整个文件", "the whole file")
}
