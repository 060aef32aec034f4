//! Changes to files that people wrote, worked out as stretches of bytes; comments and order stay.
//!
//! [`repaired`] makes the certain repairs of findings, [`tidied`] tidies the layout of a text, [`rewritten`] makes it say
//! what a changed tree says; `catalogue::in_language` turns its keys and words into Chinese or English. The first are held to the meaning: [`agrees`] compares trees, and a text
//! whose tree would change is left as it was.

mod layout;
mod lines;
mod meaning;
mod repair;
mod rewrite;

pub use layout::{Untidy, tidied};
pub use meaning::agrees;
pub use repair::{Repaired, repaired};
pub use rewrite::{rewritten, says_same};
