//! The program without its command line: the stages in order, and what keeps running.
//!
//! In: a folder and the day. [`pipeline`] calls the stages one after the other; [`output`] writes only what changed and
//! swaps the folder in one step, or keeps the site in memory; [`begin`] writes a new catalogue; [`edit`] makes forms of files and takes what they send;
//! [`serve`] watches, rebuilds and answers; [`lsp`] finds and
//! repairs in an editor, as texts are typed.
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests prepare and spoil files"))]

use qingdan_analysis::{analysis, check};
use qingdan_base::{date, diagnostic, lang, personal, route, span, text};
use qingdan_catalogue as catalogue;
use qingdan_document::{schema, source, syntax};
use qingdan_exchange::export;
use qingdan_site::{self as site, api, handbook, render, search};

pub mod begin;
mod closed;
pub mod correction;
pub mod edit;
pub mod lacking;
pub mod link;
pub mod lsp;
pub mod output;
pub mod pipeline;
pub mod repair;
pub mod serve;
