//! What changed between editions, and what is due when.
//!
//! ```text
//! two editions ─ pairs ─ axes, words ─▶ Diff: every change ─ brief ─▶ Brief: one change once, the gravest first
//! ```

mod axes;
mod basis;
mod brief;
mod diff;
mod due;
mod duties;
mod kind;
mod pairs;
mod positions;
mod said;
mod words;

pub use basis::{Basis, Deadline, bases, rule_words};
pub use brief::{Brief, BriefEntry};
pub use diff::{Change, Diff, Item, diff};
pub use due::{Clock, Filing, ListStatus, Renewal, Standing, cycle_rule, filing_rule, status};
pub use duties::{DutyBody, DutyStatus, NextDue, duties, next_due};
pub use kind::ChangeKind;
pub use words::{Op, TextChange, changed, parts};
