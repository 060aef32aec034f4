//! Turns each finding into one line, for editors, searches and narrow terminals.
//!
//! `path:line:column: error[QD1015] message`. The words for the levels stay English, so that a pattern
//! that reads them works for everybody; the message is in the reader's language. Nothing is left out.

use std::io::{self, Write};

use annotate_snippets::normalize_untrusted_str;

use super::place::Place;
use super::{Report, words};
use crate::diagnostic::UiLang;

/// Writes one line a finding.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings.iter() {
        let Place { path, start, .. } = Place::of(report.sources, finding.at);
        let level = words::level(finding.level, UiLang::En);
        let said = report.say_plainly(&finding.message).replace('\n', " ");
        let path = normalize_untrusted_str(path);
        writeln!(out, "{path}:{}:{}: {level}[{}] {said}", start.line, start.column, finding.code.id)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{BAD_COLON, at, tree, written};
    use crate::diagnostic::{Finding, Findings, UiLang};
    use crate::text;

    #[test]
    fn each_finding_is_one_line_with_a_column_in_characters() {
        let sources = tree(&[("a.yaml", "甲: 1\n领域：病有所医\n")]);
        let mut findings = Findings::new();
        let colon = at(&sources, "a.yaml", "：");
        findings.push(Finding::new(&BAD_COLON, colon, text!("这里是\n中文冒号", "a full-width\ncolon")));
        assert_eq!(
            written(super::write, &findings, &sources, UiLang::Zh),
            "a.yaml:2:3: error[QD1015] 这里是 中文冒号\n"
        );
        assert_eq!(
            written(super::write, &findings, &sources, UiLang::En),
            "a.yaml:2:3: error[QD1015] a full-width colon\n"
        );
    }
}
