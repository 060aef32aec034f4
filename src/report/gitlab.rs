//! Turns findings into a code quality report of GitLab, which merge requests show.
//!
//! Messages are in the reader's language. GitLab compares the reports of two branches by fingerprint, and shows what is new and
//! what is mended.
//!
//! Source: GitLab Docs, Code Quality, "Code Quality report format".

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::place::{Place, folder_prefix};
use super::sarif::{fingerprint, told};
use crate::diagnostic::{Finding, Level};
use crate::visible::visible_json;

/// A finding as GitLab reads it.
#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: IssueLocation,
}

#[derive(Serialize)]
struct IssueLocation {
    /// From the root of the repository, which must be the working folder.
    path: String,
    lines: IssueLines,
}

#[derive(Serialize)]
struct IssueLines {
    begin: usize,
    end: usize,
}

/// Writes one pretty-printed document with a line end.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let folder = folder_prefix(report.sources.root());
    let mut seen = BTreeMap::new();
    let issues: Vec<Issue> =
        report.findings.iter().map(|finding| issue(report, finding, &folder, &mut seen)).collect();
    let text = serde_json::to_string_pretty(&issues).map_err(io::Error::from)?;
    writeln!(out, "{}", visible_json(&text))
}

fn issue(report: &Report<'_>, finding: &Finding, folder: &str, seen: &mut BTreeMap<String, usize>) -> Issue {
    let Place { path, start, end } = Place::of(report.sources, finding.at);
    Issue {
        description: told(finding, report.lang),
        check_name: format!("{} {}", finding.code.id, finding.code.name),
        fingerprint: fingerprint(report, finding, seen),
        severity: match finding.level {
            Level::Error => "major",
            Level::Warning => "minor",
            Level::Off => "info",
        },
        location: IssueLocation {
            path: format!("{folder}{path}"),
            lines: IssueLines { begin: start.line, end: end.line },
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::fixture::{BAD_COLON, LATE, at, tree, written};
    use crate::diagnostic::{Finding, Findings, UiLang};
    use crate::text;

    #[test]
    fn an_issue_has_what_gitlab_asks_for() {
        let sources = tree(&[("厦门/a.yaml", "甲: 1\n领域：医\n")]);
        let mut findings = Findings::new();
        let colon = at(&sources, "厦门/a.yaml", "：");
        let finding = Finding::new(&BAD_COLON, colon, text!("中文冒号", "a full-width colon"));
        findings.push(finding.help(text!("改掉它", "mend it")));
        findings.push(Finding::new(&LATE, at(&sources, "厦门/a.yaml", "甲"), text!("晚", "late")));
        let said = written(super::write, &findings, &sources, UiLang::En);
        let issues: Value = serde_json::from_str(&said).expect("valid JSON");
        assert_eq!(issues[0]["description"], "a full-width colon\nhelp: mend it");
        assert_eq!(issues[0]["severity"], "major");
        assert_eq!(issues[0]["location"], json!({"path": "厦门/a.yaml", "lines": {"begin": 2, "end": 2}}));
        assert_eq!(issues[1]["severity"], "minor");
        assert_ne!(issues[0]["fingerprint"], issues[1]["fingerprint"]);
        let empty = written(super::write, &Findings::new(), &sources, UiLang::En);
        assert_eq!(empty, "[]\n");
    }
}
