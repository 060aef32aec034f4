//! What goes to and comes from other programs: tables, workbooks, letters, calendars, filing packs.
//!
//! In, for [`export`]: the catalogue and what was analysed; out: bytes of a file. In, for [`import`]: the tables that
//! offices have (XLSX, XLS, ODS, CSV, DOCX); out: YAML that proposes what answers the baseline, and what could not be read.
//!
//! To add an export, write `export/<name>.rs` and a line in the registry of its command; a kind of file to import,
//! `import/formats/<name>.rs`; a heading of a column, one word in `import/headings.rs`.

use qingdan_analysis::{compare, coverage, history, pairing};
use qingdan_base::{date, diagnostic, lang, personal, span, text, visible};
use qingdan_catalogue as catalogue;
use qingdan_document::{schema, source, syntax};

pub mod export;
pub mod import;
