//! What follows from a catalogue: verdicts with their evidence, changes, dates due, what a family can get, findings.
//!
//! In: a `Catalogue`. Out: values that pages, reports and exports are functions of. Is one provision at least as good as
//! another ([`compare`], one file an axis)? What answers each provision of a baseline ([`coverage`], and for lists that do not say so [`pairing`])? What can my child
//! get ([`finder`])? What changed between editions and what is due when ([`history`])? Which numbers of persons
//! give somebody away ([`suppression`])? [`analysis`] works each out once
//! and is handed on; [`check`] holds the rules.
//!
//! To add an axis, see `compare/axes/`; a check, `check/rules/`; a kind of change, `history/kind.rs`.

use qingdan_base::{codes, date, diagnostic, lang, span, text};
use qingdan_catalogue as catalogue;
use qingdan_document::{schema, source, syntax};

pub mod analysis;
pub mod check;
pub mod compare;
pub mod coverage;
pub mod finder;
pub mod history;
pub mod pairing;
pub mod suppression;
