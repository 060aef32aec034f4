//! Findings as an editor shows them, and their repairs as edits.

use std::path::Path;

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Range, TextEdit,
};
use serde_json::json;

use super::documents::Documents;
use super::position::Units;
use super::uri;
use crate::diagnostic::{Edit, Finding, Fix, Level, Message, UiLang};
use crate::personal::{masked, shown};
use crate::pipeline::Outcome;
use crate::source::SourceTree;
use crate::span::Span;
use crate::text;

/// A finding in a file that the editor knows by its address.
pub(super) struct Found {
    pub(super) address: String,
    pub(super) diagnostic: Diagnostic,
    pub(super) repair: Option<Repair>,
}

/// A certain repair of one file.
pub(super) struct Repair {
    pub(super) title: String,
    pub(super) address: String,
    pub(super) edits: Vec<TextEdit>,
}

/// What is needed to show findings.
pub(super) struct Reader<'a> {
    pub(super) root: &'a Path,
    pub(super) documents: &'a Documents,
    pub(super) units: Units,
    pub(super) lang: UiLang,
}

impl Reader<'_> {
    /// Returns every finding of an outcome, in its order.
    pub(super) fn found(&self, outcome: &Outcome) -> Vec<Found> {
        let one = |finding: &Finding| Found {
            address: self.address(&outcome.sources.of(finding.at).path),
            diagnostic: self.diagnostic(finding, &outcome.sources),
            repair: finding.fix.as_ref().and_then(|fix| self.repair(finding, fix, &outcome.sources)),
        };
        outcome.findings.iter().map(one).collect()
    }

    fn diagnostic(&self, finding: &Finding, sources: &SourceTree) -> Diagnostic {
        let related = finding.labels.iter().filter_map(|label| {
            let uri = self.address(&sources.of(label.at).path).parse().ok()?;
            let location = Location { uri, range: self.range(sources, label.at) };
            Some(DiagnosticRelatedInformation { location, message: self.say(&label.message) })
        });
        let related: Vec<_> = related.collect();
        Diagnostic {
            range: self.range(sources, finding.at),
            severity: Some(match finding.level {
                Level::Error => DiagnosticSeverity::ERROR,
                Level::Warning => DiagnosticSeverity::WARNING,
                Level::Off => DiagnosticSeverity::HINT,
            }),
            code: Some(NumberOrString::String(finding.code.id.to_owned())),
            source: Some("qingdan".to_owned()),
            message: self.whole_message(finding),
            related_information: (!related.is_empty()).then_some(related),
            data: Some(json!({"code": finding.code.id, "name": finding.code.name})),
            ..Diagnostic::default()
        }
    }

    /// What is wrong, what to do, and why it is a duty, one a line.
    fn whole_message(&self, finding: &Finding) -> String {
        let line = |said: &Message, zh: &str, en: &str| match self.lang {
            UiLang::Zh => format!("\n{zh}：{}", self.say(said)),
            UiLang::En => format!("\n{en}: {}", self.say(said)),
        };
        let help = finding.help.as_ref().map(|help| line(help, "建议", "help")).unwrap_or_default();
        let source = finding.source.as_ref().map(|source| line(source, "依据", "source")).unwrap_or_default();
        format!("{}{help}{source}", self.say(&finding.message))
    }

    /// Returns the repair; `None` if it would put in a number that must not be shown.
    fn repair(&self, finding: &Finding, fix: &Fix, sources: &SourceTree) -> Option<Repair> {
        let first = fix.edits.first()?;
        let edit = |edit: &Edit| {
            let is_fit = masked(&edit.replacement) == edit.replacement;
            is_fit
                .then(|| TextEdit { range: self.range(sources, edit.at), new_text: edit.replacement.clone() })
        };
        let title = finding.help.as_ref().map(|help| self.say(help));
        Some(Repair {
            title: title.unwrap_or_else(|| self.say(&text!("可以这样改", "mend it"))),
            address: self.address(&sources.of(first.at).path),
            edits: fix.edits.iter().map(edit).collect::<Option<_>>()?,
        })
    }

    fn range(&self, sources: &SourceTree, span: Span) -> Range {
        let text = &sources.of(span).text;
        let place = |byte: u32| self.units.position(text, byte as usize);
        Range { start: place(span.start), end: place(span.end.max(span.start)) }
    }

    /// Returns the address of a file: as the client writes it, if it is open there.
    fn address(&self, path: &str) -> String {
        let open = self.documents.at(self.root, path).map(|(address, _)| address.to_owned());
        open.unwrap_or_else(|| {
            uri::of(&path.split('/').fold(self.root.to_owned(), |folder, part| folder.join(part)))
        })
    }

    fn say(&self, message: &Message) -> String {
        shown(message.get(self.lang))
    }
}
