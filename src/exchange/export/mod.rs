//! What the tool hands out besides pages: tables, JSON, CSV, XLSX, calendars.
//!
//! A form of output is one file here and one line in the registry of its command ([`COVERAGE`], [`DIFF`],
//! [`STATUS`]); it turns typed results into bytes and touches no disk.

mod annex;
mod coverage_csv;
mod coverage_json;
mod coverage_table;
mod coverage_xlsx;
mod diff_json;
mod diff_text;
mod docx;
mod filing;
mod office;
mod pack;
mod query;
mod sheet;
mod status_duties;
mod status_ics;
mod status_json;
mod status_table;
mod table;

pub use annex::{filing_docx, filing_xlsx};
pub use filing::filing;
pub use office::sender;
pub use pack::{Comparison, DIGESTS, Difference, Pack};
pub use query::{Query, query};

use crate::catalogue::Catalogue;
use crate::coverage::Coverage;
use crate::date::Date;
use crate::diagnostic::{Message, UiLang};
use crate::history::{Diff, DutyStatus, ListStatus};
use crate::lang::{LangCode, Localized};
use crate::source::{Position, SourceTree};
use crate::span::Span;

/// What a form of output is made from, besides the result itself.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The files, for places.
    pub sources: &'a SourceTree,
    /// The language of the tool's own words.
    pub lang: UiLang,
    /// Whether the reader is a terminal that shows colour.
    pub colour: bool,
}

/// One form of output; `W` is the function that turns a result into bytes.
#[derive(Debug)]
pub struct Writer<W> {
    /// What `--format` calls it.
    pub name: &'static str,
    /// Turns a result into bytes.
    pub write: W,
}

/// Writes coverage.
pub type WriteCoverage = fn(&[&Coverage<'_>], &Context<'_>) -> Vec<u8>;

/// The forms of `qingdan coverage`; the first is the usual one.
pub const COVERAGE: &[Writer<WriteCoverage>] = &[
    Writer { name: "table", write: coverage_table::write },
    Writer { name: "json", write: coverage_json::write },
    Writer { name: "csv", write: coverage_csv::write },
    Writer { name: "xlsx", write: coverage_xlsx::write },
];

/// Writes a diff.
pub type WriteDiff = fn(&Diff<'_>, &Context<'_>) -> Vec<u8>;

/// The forms of `qingdan diff`.
pub const DIFF: &[Writer<WriteDiff>] =
    &[Writer { name: "text", write: diff_text::write }, Writer { name: "json", write: diff_json::write }];

/// How the lists stand on a day, and what has to be done.
#[derive(Debug)]
pub struct Status<'a> {
    /// The content.
    pub catalogue: &'a Catalogue,
    /// The day.
    pub today: Date,
    /// The lists, by place.
    pub lists: Vec<ListStatus<'a>>,
    /// The duties, by the place that sets them.
    pub duties: Vec<DutyStatus<'a>>,
}

/// Writes a status.
pub type WriteStatus = fn(&Status<'_>, &Context<'_>) -> Vec<u8>;

/// The forms of `qingdan status`.
pub const STATUS: &[Writer<WriteStatus>] = &[
    Writer { name: "table", write: status_table::write },
    Writer { name: "json", write: status_json::write },
    Writer { name: "ics", write: status_ics::write },
];

/// A place in a file, as JSON has it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct At {
    /// Path relative to the catalogue.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
}

impl Context<'_> {
    /// Returns the line a span starts at.
    pub fn at(&self, span: Span) -> At {
        let file = self.sources.file(span.file);
        At { path: file.path.clone(), line: file.position(span.start).line }
    }

    /// Returns where a span starts and ends.
    pub fn stretch(&self, span: Span) -> (String, Position, Position) {
        let file = self.sources.file(span.file);
        (file.path.clone(), file.position(span.start), file.position(span.end))
    }

    /// Returns a place as people write it, `path:line`.
    pub fn place(&self, span: Span) -> String {
        let At { path, line } = self.at(span);
        format!("{path}:{line}")
    }

    /// Returns a message in the tool's language.
    pub fn say<'m>(&self, message: &'m Message) -> &'m str {
        message.get(self.lang)
    }

    /// Returns a text of the content in the tool's language, if it has it.
    pub fn text<'t>(&self, text: &'t Localized) -> &'t str {
        let code = match self.lang {
            UiLang::Zh => "zh",
            UiLang::En => "en",
        };
        text.for_reader(&LangCode::new(code)).1
    }
}

/// Returns a value as JSON, indented, with a line end.
fn json(value: &impl serde::Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("plain data is JSON");
    bytes.push(b'\n');
    bytes
}
