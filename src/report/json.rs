//! Turns findings into the JSON that `check --format json` promises to other tools.
//!
//! Always in both languages and never cut short. Lines and columns count from 1, columns in characters;
//! `end` is the position after the last character. To add a field, add it to a struct here and to the
//! documentation of the command; fields are never renamed or removed.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::place::Place;
use crate::diagnostic::{Edit, Finding, Findings, Fix, Label, Level, Message};
use crate::personal::{masked, shown};
use crate::source::SourceTree;
use crate::visible::visible_json;

#[derive(Serialize)]
struct FindingsDocument<'a> {
    findings: Vec<FindingEntry<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    code: &'static str,
    name: &'static str,
    level: Level,
    message: Message,
    help: Option<Message>,
    #[serde(flatten)]
    place: Place<'a>,
    labels: Vec<LabelEntry<'a>>,
    source: Option<Message>,
    fix: Option<Vec<EditEntry<'a>>>,
}

#[derive(Serialize)]
struct LabelEntry<'a> {
    message: Message,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct EditEntry<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
}

/// Writes one pretty-printed document with a line end.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = report.findings.iter().map(|finding| entry(finding, report.sources)).collect();
    let document = FindingsDocument { findings, summary: summary(report.findings) };
    let document = serde_json::to_string_pretty(&document).map_err(io::Error::from)?;
    writeln!(out, "{}", visible_json(&document))
}

fn entry<'a>(finding: &'a Finding, sources: &'a SourceTree) -> FindingEntry<'a> {
    FindingEntry {
        code: finding.code.id,
        name: finding.code.name,
        level: finding.level,
        message: both(&finding.message),
        help: finding.help.as_ref().map(both),
        place: Place::of(sources, finding.at),
        labels: finding.labels.iter().map(|label| label_entry(label, sources)).collect(),
        source: finding.source.as_ref().map(both),
        fix: finding.fix.as_ref().and_then(|fix| fix_entry(fix, sources)),
    }
}

fn label_entry<'a>(label: &Label, sources: &'a SourceTree) -> LabelEntry<'a> {
    LabelEntry { message: both(&label.message), place: Place::of(sources, label.at) }
}

/// Returns the repair; `None` if it would have to be masked, since a masked repair must not be applied.
fn fix_entry<'a>(fix: &'a Fix, sources: &'a SourceTree) -> Option<Vec<EditEntry<'a>>> {
    fix.edits.iter().map(|edit| edit_entry(edit, sources)).collect()
}

fn edit_entry<'a>(edit: &'a Edit, sources: &'a SourceTree) -> Option<EditEntry<'a>> {
    let replacement = edit.replacement.as_str();
    (masked(replacement) == replacement)
        .then(|| EditEntry { place: Place::of(sources, edit.at), replacement })
}

fn both(message: &Message) -> Message {
    Message { zh: shown(&message.zh), en: shown(&message.en) }
}

fn summary(findings: &Findings) -> Summary {
    Summary { errors: findings.count(Level::Error), warnings: findings.count(Level::Warning) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::fixture::{BAD_COLON, LATE, at, tree, written};
    use crate::diagnostic::{Finding, Findings, UiLang};
    use crate::span::Span;
    use crate::text;

    #[test]
    fn the_shape_is_the_promised_one() {
        let sources = tree(&[("b.yaml", "领域：医\n"), ("a.yaml", "issued: 2025-01-09")]);
        let (colon, date) = (at(&sources, "b.yaml", "："), at(&sources, "a.yaml", "2025-01-09"));
        let mut findings = Findings::new();
        findings.push(
            Finding::new(&BAD_COLON, colon, text!("中文冒号", "full-width colon"))
                .help(text!("改成英文冒号加空格", "use a colon and a space"))
                .source(text!("写法", "the handbook"))
                .label(date, text!("看这里", "see here"))
                .fix(colon, ": "),
        );
        findings.push(Finding::new(&LATE, Span::whole(date.file), text!("晚了", "late")));
        let out = written(super::write, &findings, &sources, UiLang::En);
        assert!(out.ends_with("}\n") && out.contains("\n  \"findings\""), "{out}");
        let value: serde_json::Value = serde_json::from_str(&out).expect("valid JSON");
        let (start, end) = (json!({"line": 1, "column": 3}), json!({"line": 1, "column": 4}));
        let first = json!({
            "code": "QD1015", "name": "full-width-colon", "level": "error",
            "message": {"zh": "中文冒号", "en": "full-width colon"},
            "help": {"zh": "改成英文冒号加空格", "en": "use a colon and a space"},
            "path": "b.yaml", "start": start, "end": end,
            "labels": [{"message": {"zh": "看这里", "en": "see here"}, "path": "a.yaml",
                "start": {"line": 1, "column": 9}, "end": {"line": 1, "column": 19}}],
            "source": {"zh": "写法", "en": "the handbook"},
            "fix": [{"path": "b.yaml", "start": start, "end": end, "replacement": ": "}],
        });
        assert_eq!(value["findings"][0].to_string(), first.to_string());
        let second = &value["findings"][1];
        assert!(second["help"].is_null() && second["source"].is_null() && second["fix"].is_null());
        assert_eq!(second["labels"], json!([]));
        assert_eq!(value["summary"], json!({"errors": 1, "warnings": 1}));
    }
}
