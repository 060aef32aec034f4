#![doc = include_str!("ARCHITECTURE.md")]

pub use qingdan_analysis::{analysis, check, compare, coverage, finder, history, pairing, suppression};
pub use qingdan_app::{begin, correction, edit, lacking, link, lsp, output, pipeline, repair, serve};
pub use qingdan_base::{codes, date, diagnostic, lang, personal, route, span, text, visible};
pub use qingdan_catalogue as catalogue;
pub use qingdan_document::{schema, source, syntax, tidy};
pub use qingdan_exchange::{export, import};
pub use qingdan_report::{self as report, editor};
pub use qingdan_site::{self as site, api, demo, handbook, render, search};
pub use qingdan_storage as storage;

pub mod cli;
