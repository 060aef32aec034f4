//! A catalogue file as a tree with a place for every value, held against what its kind declares.
//!
//! In: the bytes of a folder ([`source`] reads every input file once and decodes it). Out: trees ([`syntax`]) whose keys
//! and values fit the field table of their document ([`schema`]), and findings for what does not fit.
//!
//! To add a field, add its row in `schema/tables/`; to add a mistake that people make, a case in `tests/slips/cases/`.

use qingdan_base::{codes, date, diagnostic, lang, personal, span, text, visible};

pub mod schema;
pub mod source;
pub mod syntax;
pub mod tidy;
