//! The checks of what the content says.
//!
//! A check is a code and a pure function in the file of its subject, and a page: `rules/<subject>.rs` and
//! `rules/<code-name>.md`. A new subject is one more word in `rules/mod.rs`. The pages of all codes, also of
//! those that reading reports, lie in `rules/`; their examples are run as tests.

mod pages;
mod rules;

pub use pages::{CODES, page};
pub use rules::CHECKS;

use crate::analysis::Analysis;
use crate::diagnostic::Findings;

/// One check: looks at everything and reports.
pub type Check = fn(&Analysis<'_>, &mut Findings);

/// Runs every check, in the order of [`CHECKS`].
pub fn check(analysis: &Analysis<'_>, findings: &mut Findings) {
    CHECKS.iter().copied().flatten().for_each(|check| check(analysis, findings));
}
