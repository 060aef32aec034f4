//! Is a list lower than its baseline? The comparison held against the list of Fujian itself.
//!
//! The 67 provisions, taken over or written out, meet themselves; each of them, changed a step in every
//! way that can be written, gets the verdict that `design.md` names, and no other provision changes.

#[path = "coverage/awkward.rs"]
mod awkward;
#[path = "coverage/axes.rs"]
mod axes;
#[path = "coverage/deadlines.rs"]
mod deadlines;
#[path = "coverage/differences.rs"]
mod differences;
#[path = "support/files.rs"]
mod files;
#[path = "coverage/lineage.rs"]
mod lineage;
#[path = "coverage/lists.rs"]
mod lists;
#[path = "coverage/properties.rs"]
mod properties;
#[path = "coverage/quantities.rs"]
mod quantities;
#[path = "coverage/reviews.rs"]
mod reviews;
#[path = "coverage/steps.rs"]
mod steps;
#[path = "coverage/whole.rs"]
mod whole;
#[path = "coverage/wording.rs"]
mod wording;
