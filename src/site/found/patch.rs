//! A repair as a patch that `git apply` and `patch -p1` take, in the folder of the catalogue.

use std::ops::RangeInclusive;

use annotate_snippets::normalize_untrusted_str;
use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use crate::diagnostic::{Edit, Fix};
use crate::personal::shown;
use crate::source::{SourceFile, SourceTree};
use crate::span::FileId;

/// How many lines are shown before and after changed ones.
const CONTEXT: usize = 1;
/// Patches from this many lines on are not shown: they say no more than that everything changes.
const TOO_LONG: usize = 1000;

/// Patches with a line from this many bytes on are not shown: each finding would show all of it again.
const TOO_WIDE: usize = 10_000;

/// A repair of one or more files.
#[derive(Debug, Serialize)]
pub(super) struct Patch {
    lines: Vec<PatchLine>,
    /// Whether it can be applied: nothing in it had to be hidden or replaced.
    exact: bool,
}

#[derive(Debug, Serialize)]
struct PatchLine {
    /// `plus`, `minus`, `same` or `head`.
    kind: &'static str,
    text: String,
}

/// Returns the patch of a repair. `None` if it is too long to be read.
///
/// Line ends are those of the page it is shown on, not of the file; `patch` and `git apply
/// --ignore-whitespace` do not mind.
pub(super) fn patch(fix: &Fix, sources: &SourceTree) -> Option<Patch> {
    let mut files: Vec<(FileId, Vec<&Edit>)> = Vec::new();
    for edit in &fix.edits {
        match files.iter_mut().find(|(file, _)| *file == edit.at.file) {
            Some((_, edits)) => edits.push(edit),
            None => files.push((edit.at.file, vec![edit])),
        }
    }
    if files.iter().any(|(file, edits)| is_too_wide(sources.file(*file), edits)) {
        return None;
    }
    let written: Vec<PatchLine> =
        files.iter().flat_map(|(file, edits)| unified(sources.file(*file), edits)).collect();
    if written.len() > TOO_LONG {
        return None;
    }
    let mut exact = true;
    let lines = written.into_iter().map(|line| {
        let text = visible(&shown(&line.text));
        exact &= text == line.text;
        PatchLine { text, ..line }
    });
    let lines = lines.collect();
    Some(Patch { lines, exact })
}

/// Tells whether a line that the patch would show is too long to be read.
fn is_too_wide(file: &SourceFile, edits: &[&Edit]) -> bool {
    let lines = hunks(file, edits).into_iter().flat_map(|hunk| hunk.lines);
    lines.into_iter().any(|line| file.line(line).len() >= TOO_WIDE)
}

/// Returns text in which every character can be seen; tabs stay, because patches are made of them.
fn visible(text: &str) -> String {
    text.split('\t').map(normalize_untrusted_str).collect::<Vec<_>>().join("\t")
}

/// Returns the patch of one file, line by line.
fn unified(file: &SourceFile, edits: &[&Edit]) -> Vec<PatchLine> {
    // After a name with spaces a tab tells where it ends.
    let end = if file.path.contains(' ') { "\t" } else { "" };
    let head = |text: String| PatchLine { kind: "head", text };
    let mut lines =
        vec![head(format!("--- a/{}{end}", file.path)), head(format!("+++ b/{}{end}", file.path))];
    let mut moved = 0;
    for hunk in hunks(file, edits) {
        let (first, last) = (*hunk.lines.start(), *hunk.lines.end());
        let (start, end) = (file.line_start(first), file.line_start(last + 1));
        let old = &file.text[start..end];
        let new = edited(file, start, end, &hunk.edits);
        let changed = changes(old, &new);
        let count = |kind| changed.iter().filter(|line| line.kind == kind).count();
        let (same, minus, plus) = (count("same"), count("minus"), count("plus"));
        let place = |from: usize, count: usize| {
            if count == 0 { format!("{},0", from - 1) } else { format!("{from},{count}") }
        };
        let there = first.saturating_add_signed(moved);
        lines.push(head(format!("@@ -{} +{} @@", place(first, same + minus), place(there, same + plus))));
        moved += plus.cast_signed() - minus.cast_signed();
        lines.extend(changed);
    }
    lines
}

/// Edits that are near each other, with the lines to show.
struct Hunk<'a> {
    lines: RangeInclusive<usize>,
    edits: Vec<&'a Edit>,
}

fn hunks<'a>(file: &SourceFile, edits: &[&'a Edit]) -> Vec<Hunk<'a>> {
    let mut hunks: Vec<Hunk<'a>> = Vec::new();
    for edit in edits {
        let line = |byte| file.position(byte).line;
        let first = line(edit.at.start).saturating_sub(CONTEXT).max(1);
        let last = (line(edit.at.end) + CONTEXT).min(file.line_count());
        match hunks.last_mut() {
            Some(hunk) if first <= *hunk.lines.end() => {
                hunk.lines = *hunk.lines.start()..=last.max(*hunk.lines.end());
                hunk.edits.push(edit);
            }
            _ => hunks.push(Hunk { lines: first..=last, edits: vec![edit] }),
        }
    }
    hunks
}

/// Returns the text from `start` to `end` after the edits in it.
fn edited(file: &SourceFile, start: usize, end: usize, edits: &[&Edit]) -> String {
    let mut text = String::new();
    let mut done = start;
    for edit in edits {
        let border = |byte: u32| file.text.floor_char_boundary(byte as usize).clamp(done, end);
        text.push_str(&file.text[done..border(edit.at.start)]);
        text.push_str(&edit.replacement);
        done = border(edit.at.end);
    }
    text + &file.text[done..end]
}

fn changes(old: &str, new: &str) -> Vec<PatchLine> {
    let diff = TextDiff::from_lines(old, new);
    let mut lines = Vec::new();
    for change in diff.iter_all_changes() {
        let (sign, kind) = match change.tag() {
            ChangeTag::Equal => (' ', "same"),
            ChangeTag::Delete => ('-', "minus"),
            ChangeTag::Insert => ('+', "plus"),
        };
        let text = change.value().trim_end_matches(['\n', '\r']);
        lines.push(PatchLine { kind, text: format!("{sign}{text}") });
        if change.missing_newline() {
            lines.push(PatchLine { kind: "head", text: "\\ No newline at end of file".to_owned() });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    /// Returns the patch that replaces each first text with the second.
    fn patched(text: &str, changes: &[(&str, &str)]) -> (String, bool) {
        let sources = SourceTree::from_texts([("福建/a b.yaml", text)]);
        let edit = |(old, new): &(&str, &str)| {
            let start = text.find(old).expect("it is there");
            Edit { at: Span::new(FileId(0), start, start + old.len()), replacement: (*new).to_owned() }
        };
        let fix = Fix { edits: changes.iter().map(edit).collect() };
        let patch = patch(&fix, &sources).expect("it is short");
        let text = patch.lines.into_iter().map(|line| line.text + "\n").collect();
        (text, patch.exact)
    }

    const HEAD: &str = "--- a/福建/a b.yaml\t\n+++ b/福建/a b.yaml\t\n";

    #[test]
    fn edits_far_apart_are_hunks_whose_numbers_follow_each_other() {
        let text = "甲：1\n乙: 2\n丙: 3\n丁: 4\n戊：5\n";
        let (patch, exact) = patched(text, &[("：1", ": 1\n  新: 1"), ("：5", ": 5")]);
        let first = "@@ -1,2 +1,3 @@\n-甲：1\n+甲: 1\n+  新: 1\n 乙: 2\n";
        assert_eq!(patch, format!("{HEAD}{first}@@ -4,2 +5,2 @@\n 丁: 4\n-戊：5\n+戊: 5\n"));
        assert!(exact);
    }

    #[test]
    fn edits_near_each_other_share_a_hunk_and_a_last_line_without_end_says_so() {
        let (patch, _) = patched("甲：1\r\n乙：2", &[("：1", ": 1"), ("：2", ": 2")]);
        let end = "\\ No newline at end of file\n";
        assert_eq!(patch, format!("{HEAD}@@ -1,2 +1,2 @@\n-甲：1\n-乙：2\n{end}+甲: 1\n+乙: 2\n{end}"));
    }

    #[test]
    fn what_must_be_hidden_or_cannot_be_seen_makes_a_patch_that_cannot_be_copied() {
        let (patch, exact) = patched("电话：13900001234\n", &[("：", ": ")]);
        assert!(!exact && patch.contains("-电话：139****1234\n"), "{patch}");
        assert!(!patched("甲\u{202e}：1\n", &[("：", ": ")]).1);
        assert!(patched("\t甲: 1\n", &[("\t", "  ")]).1, "tabs are what patches are for");
    }
}
