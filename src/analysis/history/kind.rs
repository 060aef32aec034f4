//! What kinds of change there are.

use crate::diagnostic::Message;
use crate::text;

/// What kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// New.
    Added,
    /// Gone.
    Removed,
    /// Under another id.
    Renamed,
    /// Higher on an axis.
    Stronger,
    /// Lower on an axis.
    Weaker,
    /// Different on an axis, higher or lower cannot be told.
    Unclear,
    /// In other words.
    Reworded,
    /// With other responsible departments.
    Departments,
    /// In another service, area or place of the list.
    Moved,
    /// One that became several.
    Split,
    /// Several that became one.
    Merged,
    /// Several that became several others.
    Regrouped,
    /// A service with another number, because others came or went.
    Renumbered,
}

impl ChangeKind {
    /// Every kind, in the order JSON names them.
    pub const ALL: [Self; 13] = [
        Self::Added,
        Self::Removed,
        Self::Renamed,
        Self::Stronger,
        Self::Weaker,
        Self::Unclear,
        Self::Reworded,
        Self::Departments,
        Self::Moved,
        Self::Split,
        Self::Merged,
        Self::Regrouped,
        Self::Renumbered,
    ];

    /// Every kind, the gravest first, as people read them.
    pub const GRAVEST_FIRST: [Self; 13] = [
        Self::Removed,
        Self::Weaker,
        Self::Unclear,
        Self::Stronger,
        Self::Added,
        Self::Split,
        Self::Merged,
        Self::Regrouped,
        Self::Moved,
        Self::Reworded,
        Self::Departments,
        Self::Renumbered,
        Self::Renamed,
    ];

    /// Returns the word JSON and strings use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Stronger => "stronger",
            Self::Weaker => "weaker",
            Self::Unclear => "unclear",
            Self::Reworded => "reworded",
            Self::Departments => "departments",
            Self::Moved => "moved",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Regrouped => "regrouped",
            Self::Renumbered => "renumbered",
        }
    }

    /// Returns the word people read.
    pub fn words(self) -> Message {
        match self {
            Self::Added => text!("新增", "added"),
            Self::Removed => text!("删去", "removed"),
            Self::Renamed => text!("改了编号", "renamed"),
            Self::Stronger => text!("提高", "higher"),
            Self::Weaker => text!("降低", "lower"),
            Self::Unclear => text!("高低待认定", "needs a look"),
            Self::Reworded => text!("只改说法", "only reworded"),
            Self::Departments => text!("改了责任部门", "departments changed"),
            Self::Moved => text!("移动", "moved"),
            Self::Split => text!("拆分", "split"),
            Self::Merged => text!("合并", "merged"),
            Self::Regrouped => text!("重新拆分合并", "regrouped"),
            Self::Renumbered => text!("序号顺延", "renumbered"),
        }
    }

    /// Returns its place among [`Self::GRAVEST_FIRST`].
    pub fn gravity(self) -> usize {
        Self::GRAVEST_FIRST.iter().position(|kind| *kind == self).expect("every kind has its place")
    }
}
