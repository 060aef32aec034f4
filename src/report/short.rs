//! Turns each finding into one line, for narrow or old terminals, searches and editors.
//!
//! `path:line:column: error[QD1015]: message; help: what to do`, in the reader's language. Nothing is drawn and
//! nothing is lined up, so that it reads the same where “ and … are two cells wide, as on consoles of Chinese
//! Windows (code page 936). There are no colours, and nothing is left out.

use std::io::{self, Write};

use annotate_snippets::normalize_untrusted_str;

use super::place::Place;
use super::{Report, words};
use crate::diagnostic::Message;

/// Writes one line a finding.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let line = |message: &Message| report.say_plainly(message).replace('\n', " ");
    for finding in report.findings.iter() {
        let Place { path, start, .. } = Place::of(report.sources, finding.at);
        let path = normalize_untrusted_str(&path);
        let level = words::level(finding.level, report.lang);
        write!(out, "{path}:{}:{}: {level}[{}]: ", start.line, start.column, finding.code.id)?;
        let to_do = finding.help.as_ref().map(|help| words::to_do(&line(help), report.lang));
        writeln!(out, "{}{}", line(&finding.message), to_do.unwrap_or_default())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Report;
    use super::super::fixture::{BAD_COLON, at, tree, written};
    use crate::diagnostic::{Finding, Findings, UiLang};
    use crate::text;

    #[test]
    fn each_finding_is_one_line_with_a_column_in_characters() {
        let sources = tree(&[("a.yaml", "甲: 1\n领域：病有所医\n")]);
        let mut findings = Findings::new();
        let colon = at(&sources, "a.yaml", "：");
        let finding = Finding::new(&BAD_COLON, colon, text!("这里是\n中文冒号", "a full-width\ncolon"));
        findings.push(finding.clone().help(text!("改成\n“: ”", "write\n`: `")));
        findings.push(finding);
        let said = |lang| written(super::write, &findings, &sources, lang);
        assert_eq!(
            said(UiLang::Zh),
            "a.yaml:2:3: 错误[QD1015]: 这里是 中文冒号；建议：改成 “: ”\na.yaml:2:3: 错误[QD1015]: 这里是 中文冒号\n"
        );
        assert_eq!(
            said(UiLang::En),
            "a.yaml:2:3: error[QD1015]: a full-width colon; help: write `: `\na.yaml:2:3: error[QD1015]: a full-width colon\n"
        );
    }

    #[test]
    fn there_are_no_colours_and_nothing_is_drawn() {
        let sources = tree(&[("甲\u{1b}.yaml", "领域：医\n")]);
        let mut findings = Findings::new();
        let colon = at(&sources, "甲\u{1b}.yaml", "：");
        findings
            .push(Finding::new(&BAD_COLON, colon, text!("\u{1b}[31m错", "\u{1b}[31mwrong")).fix(colon, ": "));
        let mut out = Vec::new();
        let report = Report { findings: &findings, sources: &sources, lang: UiLang::Zh, color: true };
        super::write(&report, &mut out).expect("memory can be written");
        let out = String::from_utf8(out).expect("reports are UTF-8");
        assert!(!out.contains('\u{1b}') && out.lines().count() == 1, "{out}");
        assert!(!out.contains(|c| ('\u{2500}'..='\u{257f}').contains(&c)), "{out}");
    }
}
