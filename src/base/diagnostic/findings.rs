//! One finding and the collector that stages add to.

use std::collections::{BTreeMap, BTreeSet};

use super::{Code, Level, Message};
use crate::span::{FileId, Span};
use crate::text;

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

    /// Returns in which file it is, and of which kind.
    fn kind(&self) -> (FileId, &'static str) {
        (self.at.file, self.code.id)
    }

    fn shorten(&mut self) {
        let labels = self.labels.iter_mut().map(|label| &mut label.message);
        let own = [&mut self.message].into_iter().chain(&mut self.help).chain(&mut self.source);
        own.chain(labels).for_each(Message::shorten);
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

/// The most findings of one kind that are kept of one file; of those beyond, [`Findings::settle`] says how
/// many there are. Nobody reads so many, and a hostile mebibyte can hold half a million.
pub const MOST_OF_A_KIND: usize = 1000;

/// Everything the stages noticed.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    kept: Vec<Finding>,
    /// How many of each kind each file has, also those that were not kept.
    counts: BTreeMap<(FileId, &'static str), usize>,
    /// Places whose text nobody behind can read.
    withheld: BTreeSet<Span>,
}

/// The most bytes that stand around a number and belong to the same value: quotes, a plus sign.
const AROUND: u32 = 2;

impl Findings {
    /// Returns an empty collector.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one finding; not what is said of nothing but a text that was withheld. What it says is cut where it quotes
    /// without end.
    pub fn push(&mut self, mut finding: Finding) {
        if self.is_withheld(finding.at) {
            return;
        }
        let count = self.counts.entry(finding.kind()).or_default();
        *count += 1;
        if *count <= MOST_OF_A_KIND {
            finding.shorten();
            self.kept.push(finding);
        }
    }

    /// Adds a finding whose text is taken out of the file: that it is there is all that is said of it.
    pub fn withhold(&mut self, finding: Finding) {
        let at = finding.at;
        self.push(finding);
        self.withheld.insert(at);
    }

    fn is_withheld(&self, at: Span) -> bool {
        let until = Span { file: at.file, start: at.start.saturating_add(AROUND), end: u32::MAX };
        let last = self.withheld.range(..=until).next_back();
        last.is_some_and(|last| {
            last.file == at.file
                && last.start.abs_diff(at.start) <= AROUND
                && last.end.abs_diff(at.end) <= AROUND
        })
    }

    /// Counts one finding of a kind of which `file` has as many as are kept; `false` if it has fewer, and the
    /// finding is to be added.
    pub fn counted(&mut self, code: &'static Code, file: FileId) -> bool {
        let count = self.counts.entry((file, code.id)).or_default();
        let full = *count >= MOST_OF_A_KIND;
        *count += usize::from(full);
        full
    }

    /// Adds all of `other`, after what is here.
    pub fn append(&mut self, other: Findings) {
        other.kept.into_iter().for_each(|finding| self.push(finding));
        for (kind, count) in other.counts {
            *self.counts.entry(kind).or_default() += count.saturating_sub(MOST_OF_A_KIND);
        }
    }

    /// Changes every message by what `change` makes of it, in the file the finding is about.
    pub fn reword(&mut self, mut change: impl FnMut(FileId, &mut Message)) {
        for finding in &mut self.kept {
            let file = finding.at.file;
            let labels = finding.labels.iter_mut().map(|label| &mut label.message);
            let own = [&mut finding.message].into_iter().chain(finding.help.iter_mut());
            own.chain(labels).for_each(|message| change(file, message));
        }
    }

    /// Puts the findings in the order of files and places, drops repetitions and those that
    /// `levels` (code or name to level) turns off.
    pub fn settle(&mut self, levels: &BTreeMap<String, Level>) {
        for finding in &mut self.kept {
            let wanted = levels.get(finding.code.id).or_else(|| levels.get(finding.code.name));
            if let (true, Some(level)) = (finding.code.adjustable, wanted) {
                finding.level = *level;
            }
        }
        self.kept.retain(|finding| finding.level != Level::Off);
        self.kept.sort_by(|a, b| {
            (a.at, a.level, a.code.id, &a.message).cmp(&(b.at, b.level, b.code.id, &b.message))
        });
        self.kept.dedup_by(|a, b| a.at == b.at && a.code == b.code && a.message == b.message);
        self.tell_the_rest();
    }

    /// Says after the last of each kind how many of it were not kept.
    fn tell_the_rest(&mut self) {
        let crowded = self.counts.iter_mut().filter(|(_, count)| **count > MOST_OF_A_KIND);
        for (kind, count) in crowded {
            let rest = *count - MOST_OF_A_KIND;
            *count = MOST_OF_A_KIND;
            let Some(last) = self.kept.iter().rposition(|finding| finding.kind() == *kind) else { continue };
            let Finding { code, level, at, .. } = self.kept[last];
            let message = text!(
                "这个文件里同样的问题还有 {rest} 处，没有逐一列出",
                "this file has {rest} more like this, which are not listed"
            );
            self.kept.insert(last + 1, Finding { level, ..Finding::new(code, at, message) });
        }
    }

    /// Tells whether a finding refuses the build.
    pub fn refuse(&self) -> bool {
        self.kept.iter().any(|finding| finding.level == Level::Error)
    }

    /// Tells whether there is an error in `file` so far.
    pub fn has_error_in(&self, file: FileId) -> bool {
        self.kept.iter().any(|finding| finding.level == Level::Error && finding.at.file == file)
    }

    /// Returns those that refuse the build.
    #[must_use]
    pub fn errors(&self) -> Self {
        let kept = self.kept.iter().filter(|finding| finding.level == Level::Error).cloned().collect();
        Self { kept, counts: self.counts.clone(), withheld: self.withheld.clone() }
    }

    /// Returns those in files that `wanted` names.
    pub fn of_files(&self, wanted: impl Fn(FileId) -> bool) -> Self {
        let kept = self.kept.iter().filter(|finding| wanted(finding.at.file)).cloned().collect();
        Self { kept, counts: self.counts.clone(), withheld: self.withheld.clone() }
    }

    /// Returns how many findings have this level.
    pub fn count(&self, level: Level) -> usize {
        self.kept.iter().filter(|finding| finding.level == level).count()
    }

    /// Returns the findings in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.kept.iter()
    }

    /// Returns how many findings there are.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}
