//! One finding and the collector that stages add to.

use std::collections::BTreeMap;

use super::{Code, Level, Message};
use crate::span::{FileId, Span};

/// A second place that a finding speaks of.
#[derive(Clone, Debug)]
pub struct Label {
    /// Where.
    pub at: Span,
    /// What is there.
    pub message: Message,
}

/// One stretch of a file and what has to stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace.
    pub at: Span,
    /// What to put there.
    pub replacement: String,
}

/// A change to one file that certainly mends the finding: edits that are made together, in the order of
/// their places, none over another. Never empty.
#[derive(Clone, Debug)]
pub struct Fix {
    /// The edits.
    pub edits: Vec<Edit>,
}

/// Something wrong or doubtful in the content or the theme.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What kind.
    pub code: &'static Code,
    /// How grave here; starts as the code's own level.
    pub level: Level,
    /// What is wrong, in one phrase.
    pub message: Message,
    /// The narrowest place it can be pinned to.
    pub at: Span,
    /// Other places it speaks of.
    pub labels: Vec<Label>,
    /// What to do, as an order.
    pub help: Option<Message>,
    /// Which document makes it a duty.
    pub source: Option<Message>,
    /// A certain repair.
    pub fix: Option<Fix>,
}

impl Finding {
    /// Starts a finding of kind `code` at `at`.
    pub fn new(code: &'static Code, at: Span, message: Message) -> Self {
        Self { code, level: code.level, message, at, labels: Vec::new(), help: None, source: None, fix: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, at: Span, message: Message) -> Self {
        self.labels.push(Label { at, message });
        self
    }

    /// Adds the document that makes it a duty.
    #[must_use]
    pub fn source(mut self, source: Message) -> Self {
        self.source = Some(source);
        self
    }

    /// Adds a certain repair of one stretch.
    #[must_use]
    pub fn fix(self, at: Span, replacement: impl Into<String>) -> Self {
        self.fix_all(vec![Edit { at, replacement: replacement.into() }])
    }

    /// Adds a certain repair that takes several edits; none, and there is no repair.
    #[must_use]
    pub fn fix_all(mut self, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| edit.at);
        self.fix = (!edits.is_empty()).then_some(Fix { edits });
        self
    }
}

/// Everything the stages noticed.
#[derive(Clone, Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Returns an empty collector.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one finding.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds all of `other`, after what is here.
    pub fn append(&mut self, mut other: Findings) {
        self.0.append(&mut other.0);
    }

    /// Puts the findings in the order of files and places, drops repetitions and those that
    /// `levels` (code or name to level) turns off.
    pub fn settle(&mut self, levels: &BTreeMap<String, Level>) {
        for finding in &mut self.0 {
            let wanted = levels.get(finding.code.id).or_else(|| levels.get(finding.code.name));
            if let (true, Some(level)) = (finding.code.adjustable, wanted) {
                finding.level = *level;
            }
        }
        self.0.retain(|finding| finding.level != Level::Off);
        self.0.sort_by(|a, b| {
            (a.at, a.level, a.code.id, &a.message).cmp(&(b.at, b.level, b.code.id, &b.message))
        });
        self.0.dedup_by(|a, b| a.at == b.at && a.code == b.code && a.message == b.message);
    }

    /// Tells whether a finding refuses the build.
    pub fn refuse(&self) -> bool {
        self.0.iter().any(|finding| finding.level == Level::Error)
    }

    /// Tells whether there is an error in `file` so far.
    pub fn has_error_in(&self, file: FileId) -> bool {
        self.0.iter().any(|finding| finding.level == Level::Error && finding.at.file == file)
    }

    /// Returns those that refuse the build.
    #[must_use]
    pub fn errors(&self) -> Self {
        Self(self.0.iter().filter(|finding| finding.level == Level::Error).cloned().collect())
    }

    /// Returns how many findings have this level.
    pub fn count(&self, level: Level) -> usize {
        self.0.iter().filter(|finding| finding.level == level).count()
    }

    /// Returns the findings in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }

    /// Returns how many findings there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
