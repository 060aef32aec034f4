//! Turns findings into what a person, an editor or a service for code review reads.
//!
//! A [`Report`] holds the findings, the texts they point into and the reader's language. Each entry of
//! [`FORMATS`] writes it in one form. To add a format: write `pub(super) fn write(&Report, &mut dyn
//! Write)` in a file of its own and add one entry to [`FORMATS`]; the command line takes its names from
//! there.
//!
//! Numbers that may belong to a person are masked in every format (see [`crate::personal`]), whatever the stage
//! that reported the finding did about them.

use qingdan_analysis::check;
use qingdan_base::{diagnostic, lang, personal, route, span, text, visible};
use qingdan_catalogue as catalogue;
use qingdan_document::{schema, source, syntax};
use qingdan_site::render;

pub mod editor;

mod excerpt;
mod github;
mod gitlab;
mod html;
mod human;
mod json;
mod place;
mod sarif;
mod short;
mod words;

#[cfg(test)]
mod fixture;

use crate::personal::shown;

use std::io::{self, Write};

use crate::diagnostic::{Findings, Level, Message, UiLang};
use crate::source::SourceTree;

/// Findings together with what is needed to show them.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// What to show, in the order to show it in.
    pub findings: &'a Findings,
    /// The files the findings point into.
    pub sources: &'a SourceTree,
    /// The reader's language.
    pub lang: UiLang,
    /// Whether the reader's terminal shows colours. Only the human format has any.
    pub color: bool,
}

impl Report<'_> {
    /// Returns a message in the reader's language, with personal numbers masked.
    fn say(&self, message: &Message) -> String {
        shown(message.get(self.lang))
    }

    /// Returns a message for a terminal: as [`Report::say`], without control characters.
    fn say_plainly(&self, message: &Message) -> String {
        annotate_snippets::normalize_untrusted_str(&self.say(message))
    }
}

/// One form a report can be written in.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// Whether it is data for the standard output; otherwise it goes to the standard error.
    pub to_stdout: bool,
    /// Writes all of a report. Fails only if the writer does.
    pub write: fn(&Report<'_>, &mut dyn Write) -> io::Result<()>,
}

/// The usual format, for people at a terminal.
pub const HUMAN: &Format = &Format { name: "human", to_stdout: false, write: human::write };

/// Every format, the usual one first.
pub const FORMATS: &[Format] = &[
    *HUMAN,
    Format { name: "short", to_stdout: false, write: short::write },
    Format { name: "json", to_stdout: true, write: json::write },
    Format { name: "sarif", to_stdout: true, write: sarif::write },
    Format { name: "github", to_stdout: true, write: github::write },
    Format { name: "gitlab", to_stdout: true, write: gitlab::write },
    Format { name: "html", to_stdout: true, write: html::write },
];

/// Returns the format that `--format` calls `name`.
pub fn format_named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Returns what the summary of a step on GitHub holds beside the annotations of [`FORMATS`]' `github`, as Markdown:
/// the findings that GitHub would drop. `None` if there are none.
pub fn step_summary(report: &Report<'_>) -> Option<String> {
    github::step_summary(report)
}

/// Returns how many errors and warnings there are, in words: "3 errors, 1 warning".
///
/// No format prints it; the command does, after the findings.
pub fn summary(findings: &Findings, lang: UiLang) -> String {
    words::counts(findings.count(Level::Error), findings.count(Level::Warning), lang)
}

#[cfg(test)]
mod tests {
    use super::fixture::{BAD_COLON, LATE, tree};
    use super::*;
    use crate::diagnostic::Finding;
    use crate::span::{FileId, Span};
    use crate::text;

    #[test]
    fn formats_are_found_by_name_and_only_data_goes_to_stdout() {
        let data: Vec<&str> = FORMATS.iter().filter(|f| f.to_stdout).map(|f| f.name).collect();
        assert_eq!(data, ["json", "sarif", "github", "gitlab", "html"]);
        assert!(FORMATS.iter().all(|f| format_named(f.name).is_some_and(|found| found.name == f.name)));
        assert!(format_named("xml").is_none());
    }

    #[test]
    fn summary_counts_in_good_chinese_and_english() {
        let mut findings = Findings::new();
        assert_eq!(summary(&findings, UiLang::Zh), "没有发现问题");
        assert_eq!(summary(&findings, UiLang::En), "no problems found");
        for code in [&BAD_COLON, &BAD_COLON, &BAD_COLON, &LATE] {
            findings.push(Finding::new(code, Span::whole(FileId(0)), text!("甲", "a")));
        }
        assert_eq!(summary(&findings, UiLang::Zh), "3 个错误，1 个警告");
        assert_eq!(summary(&findings, UiLang::En), "3 errors, 1 warning");
    }

    #[test]
    fn every_format_masks_personal_numbers() {
        let sources = tree(&[("13800001234.yaml", "tel: 13900001234\n")]);
        let mut findings = Findings::new();
        let tel = Span::new(FileId(0), 5, 16);
        let said = text!("手机号 13900001234", "a mobile number, 13900001234");
        findings.push(Finding::new(&BAD_COLON, tel, said.clone()).label(tel, said).fix(tel, "138 0000 1234"));
        for format in FORMATS {
            let report = Report { findings: &findings, sources: &sources, lang: UiLang::Zh, color: false };
            let mut out = Vec::new();
            (format.write)(&report, &mut out).expect("memory can be written");
            let out = String::from_utf8_lossy(&out);
            assert!(!out.contains("0000"), "{}: {out}", format.name);
        }
    }
}
