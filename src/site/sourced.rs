//! Sentences that name where they come from.

use serde::Serialize;

use crate::View;
use crate::catalogue::SourcedLine;
use crate::common::DisplayText;

/// A sentence with its source.
#[derive(Clone, Debug, Serialize)]
pub struct ToldLine {
    text: DisplayText,
    source: DisplayText,
    /// The day it was looked at, where the source is general knowledge.
    looked_at: Option<String>,
}

/// Returns sentences as pages show them.
pub(super) fn told_lines(view: &View<'_>, lines: &[SourcedLine]) -> Vec<ToldLine> {
    let told = |line: &SourcedLine| ToldLine {
        text: view.say(&line.text),
        source: view.say(&line.source),
        looked_at: line.looked_at.as_ref().map(|day| day.value.to_string()),
    };
    lines.iter().map(told).collect()
}
