//! The checks of what the content says.
//!
//! A check is one file in `rules/`: its code and one pure function. To add one, write
//! `rules/<name>.rs` and `rules/<name>.md` and add a line to [`RULES`]. The pages of all codes, also of
//! those that reading reports, lie in `rules/`; their examples are run as tests.

mod pages;
mod rules;

pub use pages::{CODES, page};
pub use rules::RULES;

use crate::analysis::Analysis;
use crate::diagnostic::{Code, Findings};

/// One check.
#[derive(Debug)]
pub struct Check {
    /// What it reports.
    pub code: &'static Code,
    /// Looks at everything and reports.
    pub run: fn(&Analysis<'_>, &mut Findings),
}

/// Runs every check, in the order of [`RULES`].
pub fn check(analysis: &Analysis<'_>, findings: &mut Findings) {
    for rule in RULES {
        (rule.run)(analysis, findings);
    }
}
