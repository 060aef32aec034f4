//! The lines a finding is about, cut at the borders of what is marked.

use std::collections::BTreeSet;
use std::ops::Range;

use annotate_snippets::normalize_untrusted_str;
use serde::Serialize;

use super::Telling;
use crate::common::DisplayText;
use crate::diagnostic::Finding;
use crate::personal::{masked, shown_name};
use crate::source::{SourceFile, SourceTree};
use crate::span::Span;
use crate::visible::visible;

/// How many lines of a long mark are shown.
const MOST_LINES: usize = 5;
/// How many characters are shown beside a mark in a long line.
const BESIDE: usize = 60;
/// How many characters of a mark, or of a line without one, are shown.
const LONGEST: usize = 240;
/// How many bytes before and after the starts of marks are looked at: more than the characters shown can have, so
/// that no number is cut where it is shown.
const NEAR: usize = 4 * (LONGEST + 40);

/// Lines of one file.
#[derive(Debug, Serialize)]
pub(super) struct Excerpt {
    /// The file, if it is another one than the finding's.
    path: Option<String>,
    /// Where the first mark is, in another file.
    line: usize,
    open: Option<String>,
    lines: Vec<ExcerptLine>,
    labels: Vec<ExcerptLabel>,
}

/// What is to be said of a second place.
#[derive(Debug, Serialize)]
struct ExcerptLabel {
    message: DisplayText,
    line: usize,
}

#[derive(Debug, Serialize)]
struct ExcerptLine {
    number: usize,
    /// Whether lines were left out before it.
    gap: bool,
    pieces: Vec<ExcerptPiece>,
}

/// A stretch of a line.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct ExcerptPiece {
    text: String,
    mark: Option<&'static str>,
}

/// What is to be marked.
struct ExcerptMark {
    at: Span,
    kind: &'static str,
}

/// The place itself.
const AT: &str = "at";
/// A second place.
const ALSO: &str = "also";

/// Returns the lines of the finding and of its labels, one excerpt a file, the finding's own first.
pub(super) fn excerpts(finding: &Finding, sources: &SourceTree, telling: &Telling<'_>) -> Vec<Excerpt> {
    let own = finding.at.file;
    let mut files = vec![own];
    for label in &finding.labels {
        if !files.contains(&label.at.file) {
            files.push(label.at.file);
        }
    }
    let excerpt = |file| {
        let first = Some(ExcerptMark { at: finding.at, kind: AT }).filter(|mark| mark.at.file == file);
        let labels = || finding.labels.iter().filter(move |label| label.at.file == file);
        let marks: Vec<ExcerptMark> =
            first.into_iter().chain(labels().map(|label| ExcerptMark { at: label.at, kind: ALSO })).collect();
        let said = labels().map(|label| ExcerptLabel {
            message: telling.say(&label.message),
            line: sources.file(file).position(label.at.start).line,
        });
        let said: Vec<ExcerptLabel> = said.collect();
        let source = sources.file(file);
        Excerpt {
            path: (file != own).then(|| shown_name(&source.path)),
            line: source.position(marks[0].at.start).line,
            open: (file != own).then(|| telling.open(source, marks[0].at.start)).flatten(),
            lines: lines(source, &marks),
            labels: said,
        }
    };
    files
        .into_iter()
        .map(excerpt)
        .filter(|one| !one.lines.is_empty() || one.path.is_some() || !one.labels.is_empty())
        .collect()
}

/// Returns the marked lines with one before and after.
fn lines(file: &SourceFile, marks: &[ExcerptMark]) -> Vec<ExcerptLine> {
    let mut marked = BTreeSet::new();
    for mark in marks.iter().filter(|mark| mark.at != Span::whole(mark.at.file)) {
        let first = file.position(mark.at.start).line;
        let last = file.position(mark.at.end.max(mark.at.start)).line;
        // A mark that ends with its line ends at the start of the next one.
        let ends_before = last > first && file.line_start(last) >= mark.at.end as usize;
        marked.extend((first..=last - usize::from(ends_before)).take(MOST_LINES));
    }
    let around = marked.iter().flat_map(|line| line.saturating_sub(1).max(1)..=line + 1);
    let is_shown = |line: &usize| {
        *line <= file.line_count() && (marked.contains(line) || !file.line(*line).trim().is_empty())
    };
    let shown: BTreeSet<usize> = around.filter(is_shown).collect();
    let mut before = None;
    let mut lines = Vec::new();
    for number in shown {
        let skipped = before.map_or(number..number, |before| before + 1..number);
        let gap = skipped.into_iter().any(|line| !file.line(line).trim().is_empty());
        lines.push(ExcerptLine { number, gap, pieces: pieces(file, number, marks) });
        before = Some(number);
    }
    lines
}

/// Cuts a line at the borders of its marks.
fn pieces(file: &SourceFile, number: usize, marks: &[ExcerptMark]) -> Vec<ExcerptPiece> {
    let (start, text) = near_marks(file, number, marks);
    // Masking keeps every byte in its place.
    let shown = masked(text);
    let inside = |mark: &ExcerptMark| -> Option<(Range<usize>, &'static str)> {
        let first = (mark.at.start as usize).max(start).min(start + text.len());
        let last = (mark.at.end.max(mark.at.start) as usize).min(start + text.len());
        let touches = mark.at.start as usize <= start + text.len() + 1 && last >= first;
        let is_here = file.position(mark.at.start).line <= number
            && (last > first || file.position(mark.at.start).line == number);
        let border = |byte: usize| shown.floor_char_boundary(byte - start);
        (touches && is_here && mark.at != Span::whole(mark.at.file))
            .then(|| (border(first)..border(last.max(first)), mark.kind))
    };
    let marks: Vec<(Range<usize>, &'static str)> = marks.iter().filter_map(inside).collect();
    let mut borders: BTreeSet<usize> = BTreeSet::from([0, shown.len()]);
    borders.extend(marks.iter().flat_map(|(range, _)| [range.start, range.end]));
    let borders: Vec<usize> = borders.into_iter().collect();
    let kind_of = |from: usize, to: usize| {
        let covers = |kind| {
            marks.iter().any(|(range, of)| *of == kind && range.start <= from && to <= range.end && from < to)
        };
        [AT, ALSO].into_iter().find(|kind| covers(*kind))
    };
    let mut pieces = Vec::new();
    for (at, border) in borders.iter().copied().enumerate() {
        let points = marks.iter().filter(|(range, _)| range.is_empty() && range.start == border);
        pieces
            .extend(points.take(1).map(|(_, kind)| ExcerptPiece { text: String::new(), mark: Some(*kind) }));
        let Some(next) = borders.get(at + 1).copied() else { break };
        let mark = kind_of(border, next);
        let text = &shown[border..next];
        let text = match mark {
            Some(_) => beginning(text, LONGEST),
            None => near(text, border > 0, next < shown.len()),
        };
        pieces.push(ExcerptPiece { text: normalize_untrusted_str(&visible(&text)), mark });
    }
    pieces.retain(|piece| !piece.text.is_empty() || piece.mark.is_some());
    pieces
}

/// Returns the part of a line in which its marks start, and where it starts in the file; all of it, unless it is
/// very long. Of a line without marks, the beginning.
fn near_marks<'a>(file: &'a SourceFile, number: usize, marks: &[ExcerptMark]) -> (usize, &'a str) {
    let (start, text) = (file.line_start(number), file.line(number));
    let inside = marks.iter().map(|mark| (mark.at.start as usize).clamp(start, start + text.len()) - start);
    let (first, last) = (inside.clone().min().unwrap_or(0), inside.max().unwrap_or(0));
    let from = text.floor_char_boundary(first.saturating_sub(NEAR));
    let to = text.ceil_char_boundary((last + NEAR).min(text.len()));
    (start + from, &text[from..to])
}

/// Returns the part of an unmarked stretch that is near a mark before or after it.
fn near(text: &str, after_mark: bool, before_mark: bool) -> String {
    let length = text.chars().count();
    let first = if after_mark { BESIDE } else { 0 };
    let last = if before_mark { BESIDE } else { 0 };
    if first + last == 0 {
        return beginning(text, LONGEST);
    }
    if length <= first + last + 1 {
        return text.to_owned();
    }
    let head: String = text.chars().take(first).collect();
    let tail: String = text.chars().skip(length - last).collect();
    format!("{head}…{tail}")
}

fn beginning(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;

    /// Returns the shown lines, `[` and `]` round the place, `(` and `)` round second ones.
    fn shown(text: &str, marks: &[(usize, usize, &'static str)]) -> Vec<String> {
        let file = SourceFile::new("a.yaml".into(), text.into());
        let mark = |(start, end, kind): &(usize, usize, &'static str)| ExcerptMark {
            at: Span::new(FileId(0), *start, *end),
            kind,
        };
        let marks: Vec<ExcerptMark> = marks.iter().map(mark).collect();
        let piece = |piece: &ExcerptPiece| match piece.mark {
            Some(AT) => format!("[{}]", piece.text),
            Some(_) => format!("({})", piece.text),
            None => piece.text.clone(),
        };
        let line = |line: ExcerptLine| {
            let gap = if line.gap { "… " } else { "" };
            format!("{gap}{} {}", line.number, line.pieces.iter().map(piece).collect::<String>())
        };
        lines(&file, &marks).into_iter().map(line).collect()
    }

    #[test]
    fn the_exact_characters_are_marked_with_a_line_before_and_after() {
        let text = "id: 甲\r\n领域：病有所医\r\n状态: 草稿\r\n丁: 1\r\n";
        let colon = text.find('：').expect("there is one");
        assert_eq!(
            shown(text, &[(colon, colon + 3, AT)]),
            ["1 id: 甲", "2 领域[：]病有所医", "3 状态: 草稿"]
        );
    }

    #[test]
    fn second_places_of_the_same_file_stand_below_a_gap() {
        let text = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\na: 7\n";
        let second = text.rfind("a:").expect("it is there");
        assert_eq!(
            shown(text, &[(second, second + 1, AT), (0, 1, ALSO)]),
            ["1 (a): 1", "2 b: 2", "… 6 f: 6", "7 [a]: 7"]
        );
    }

    #[test]
    fn a_place_without_width_and_a_line_end_can_be_seen() {
        assert_eq!(shown("甲: 1", &[(6, 6, AT)]), ["1 甲: 1[]"]);
        assert_eq!(shown("甲: 1\n乙: 2\n", &[(6, 7, AT)]), ["1 甲: 1[]", "2 乙: 2"]);
        assert_eq!(shown("甲: 1\n", &[(7, 7, AT)]), ["1 甲: 1", "2 []"]);
    }

    #[test]
    fn of_a_long_mark_the_first_lines_and_of_a_long_line_what_is_near() {
        let text = "甲\n".repeat(9);
        assert_eq!(
            shown(&text, &[(0, text.len(), AT)]),
            ["1 [甲]", "2 [甲]", "3 [甲]", "4 [甲]", "5 [甲]", "6 [甲]"]
        );
        let text = format!("{}目标{}", "甲".repeat(300), "乙".repeat(300));
        let line = format!("1 …{}[目标]{}…", "甲".repeat(60), "乙".repeat(60));
        assert_eq!(shown(&text, &[(900, 906, AT)]), [line]);
    }

    #[test]
    fn what_would_turn_the_text_round_or_be_unseen_is_replaced() {
        assert_eq!(shown("\t甲\u{202e}\u{1b}", &[(0, 1, AT)]), ["1 [    ]甲<U+202E><U+001B>"]);
    }

    #[test]
    fn every_stretch_of_an_awkward_file_can_be_shown() {
        let text = "\t甲: |\r\n\u{3000}乙\u{0}\n\n \r丙\n\n丁";
        for start in 0..text.len() + 2 {
            for end in 0..text.len() + 2 {
                let lines = shown(text, &[(start, end, AT), (end, start, ALSO)]);
                assert!(
                    (start, end) == (0, 0)
                        || lines.iter().any(|line| line.contains('[') || line.contains('(')),
                    "{start} {end} {lines:?}"
                );
            }
        }
    }
}
