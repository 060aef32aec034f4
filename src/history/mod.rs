//! Row 9. What changed between editions, and what is due when.

mod diff;
mod due;
mod pairs;
mod words;

pub use diff::{Change, ChangeKind, Diff, Item, diff};
pub use due::{Clock, Filing, ListStatus, Renewal, Standing, status};
pub use words::{Op, TextChange, changed, parts};
