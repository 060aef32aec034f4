//! Turns spans into the few lines of a file that the human format shows around them.
//!
//! The renderer is given a window of the file, never all of it, with personal numbers masked. It cuts
//! what is wider than [`WIDTH`] around the marks; the work here is to give it marks that fit.

use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Level, Origin, Patch, Snippet, normalize_untrusted_str,
};

use super::place::{Place, shown_path};
use super::{Report, words};
use crate::diagnostic::{Edit, Finding, Fix};
use crate::personal::{self, masked};
use crate::source::SourceFile;
use crate::span::Span;
use crate::visible::VisibleText;

/// How wide the shown lines may be, in columns, with the line numbers before them.
pub(super) const WIDTH: usize = 120;
/// How wide a mark may be; a longer one is shown by its beginning.
const MARK_WIDTH: usize = 100;
/// How many lines are shown before and after a marked one.
const CONTEXT: usize = 1;
/// How many lines a window may hold; a mark that is longer is shown by its first line.
const MOST_LINES: usize = 100;
/// How many characters a repair may take away or put in to be shown.
const LONGEST_REPAIR: usize = 400;
/// How many edits of a repair are shown.
const MOST_EDITS: usize = 3;
/// How many characters are shown beside a repair in a line that is too wide.
const BESIDE_REPAIR: usize = 20;

/// One stretch to underline.
struct Mark<'a> {
    file: &'a SourceFile,
    shown: Range<usize>,
    kind: AnnotationKind,
    label: Option<String>,
}

/// Returns the windows that show where a finding is and what its labels point at.
///
/// A finding about a whole file has no lines to show, only its path.
pub(super) fn excerpts(report: &Report<'_>, finding: &Finding) -> Vec<Element<'static>> {
    let mut shown = Vec::new();
    let mut marks = Vec::new();
    if finding.at == Span::whole(finding.at.file) {
        shown.push(origin(report, finding.at));
    } else {
        marks.push(mark(report, finding.at, AnnotationKind::Primary, None));
    }
    for label in &finding.labels {
        marks.push(mark(report, label.at, AnnotationKind::Context, Some(report.say_plainly(&label.message))));
    }
    shown.extend(windows(marks).into_iter().map(|marks| window(&marks).into()));
    shown
}

fn origin(report: &Report<'_>, at: Span) -> Element<'static> {
    let Place { path, start, .. } = Place::of(report.sources, at);
    Origin::path(normalize_untrusted_str(&path)).line(start.line).char_column(start.column).into()
}

fn mark<'a>(report: &Report<'a>, span: Span, kind: AnnotationKind, label: Option<String>) -> Mark<'a> {
    let file = report.sources.of(span);
    Mark { file, shown: narrowed(file, bounds(file, span)), kind, label }
}

/// Returns the bytes of a span in a file, moved to the borders of characters.
fn bounds(file: &SourceFile, span: Span) -> Range<usize> {
    let border = |byte: u32| file.text.floor_char_boundary(byte as usize);
    border(span.start)..border(span.end.max(span.start))
}

/// Returns the part of a stretch that can be underlined: without the line end after it; only its first
/// line if there are too many or too wide ones; no wider than [`MARK_WIDTH`] in one line.
fn narrowed(file: &SourceFile, bytes: Range<usize>) -> Range<usize> {
    let Range { start, end } = bytes;
    let marked = &file.text[start..end];
    if lines(file, &bytes).count() > 1 {
        let marked = marked.trim_end();
        let lines = lines(file, &(start..start + marked.len()));
        let can_be_shown = (2..=MOST_LINES).contains(&lines.clone().count());
        if can_be_shown && fits(file, *lines.start()) && fits(file, *lines.end()) {
            return start..start + marked.len();
        }
    }
    let first = marked.split(['\n', '\r']).next().unwrap_or_default();
    start..start + beginning(first, MARK_WIDTH).len()
}

/// Returns the numbers of the lines that a stretch touches.
fn lines(file: &SourceFile, bytes: &Range<usize>) -> std::ops::RangeInclusive<usize> {
    let line = |byte: usize| file.position(u32::try_from(byte).unwrap_or(u32::MAX)).line;
    line(bytes.start)..=line(bytes.end)
}

fn fits(file: &SourceFile, line: usize) -> bool {
    columns(file.line(line)) <= WIDTH
}

/// Returns how wide a text is in a terminal, at most: what is not ASCII counts as wide.
fn columns(text: &str) -> usize {
    text.chars().map(column_width).sum()
}

fn column_width(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

fn beginning(text: &str, width: usize) -> &str {
    let mut taken = 0;
    let end = text.char_indices().find(|(_, c)| {
        taken += column_width(*c);
        taken > width
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Puts marks of one file into one window, unless they are far apart or in lines that must be cut.
fn windows(marks: Vec<Mark<'_>>) -> Vec<Vec<Mark<'_>>> {
    let mut windows: Vec<Vec<Mark<'_>>> = Vec::new();
    for mark in marks {
        let joined = windows.iter_mut().find(|window| window.iter().all(|other| go_together(other, &mark)));
        match joined {
            Some(window) => window.push(mark),
            None => windows.push(vec![mark]),
        }
    }
    windows
}

fn go_together(a: &Mark<'_>, b: &Mark<'_>) -> bool {
    let touched = |mark: &Mark<'_>| lines(mark.file, &mark.shown);
    let all_fit = |mark: &Mark<'_>| touched(mark).all(|line| fits(mark.file, line));
    let distance = touched(a).start().abs_diff(*touched(b).start());
    a.file.path == b.file.path && distance < MOST_LINES && all_fit(a) && all_fit(b)
}

/// Returns the lines around marks of one file.
fn window(marks: &[Mark<'_>]) -> Snippet<'static, Annotation<'static>> {
    let file = marks[0].file;
    let touched = || marks.iter().map(|mark| lines(file, &mark.shown));
    let first = touched().map(|lines| *lines.start()).min().unwrap_or(1);
    let last = touched().map(|lines| *lines.end()).max().unwrap_or(1);
    let (first, last) = (first.saturating_sub(CONTEXT).max(1), (last + CONTEXT).min(file.line_count()));
    let base = file.line_start(first);
    let mut shown = VisibleText::new(masked(&file.text[base..file.line_start(last + 1)]));
    if last == file.line_count() {
        // The renderer counts a line only once it has ended.
        shown.text.push('\n');
    }
    let place = |byte: usize| shown.place(byte - base);
    let context = touched().flat_map(|lines| beside(file, &lines)).map(|line| {
        let start = file.line_start(line);
        AnnotationKind::Visible.span(place(start)..place(start + file.line(line).len()))
    });
    let underlines = marks.iter().map(|mark| {
        let bytes = place(mark.shown.start)..place(mark.shown.end);
        mark.kind.span(bytes).label(mark.label.clone())
    });
    let (context, underlines) = (context.collect::<Vec<_>>(), underlines.collect::<Vec<_>>());
    let path = normalize_untrusted_str(&shown_path(file));
    Snippet::source(shown.text).path(path).line_start(first).annotations(underlines).annotations(context)
}

/// Returns the lines to show before and after marked ones; blank ones tell nothing, and beside a line that
/// is cut they would be cut at the same columns.
fn beside(file: &SourceFile, marked: &std::ops::RangeInclusive<usize>) -> Vec<usize> {
    let (first, last) = (*marked.start(), *marked.end());
    if !fits(file, first) || !fits(file, last) {
        return Vec::new();
    }
    let before = first.saturating_sub(CONTEXT).max(1)..first;
    let after = last + 1..(last + CONTEXT).min(file.line_count()) + 1;
    before.chain(after).filter(|line| !file.line(*line).trim().is_empty()).collect()
}

/// Returns what shows a repair as lines taken away and put in, with the path first if it is in another
/// file than the finding; of many edits, the first, and how many more there are. `None` if the repair is too
/// long to be read.
pub(super) fn repair(report: &Report<'_>, finding: &Finding, fix: &Fix) -> Option<Vec<Element<'static>>> {
    let mut shown = Vec::new();
    for edit in fix.edits.iter().take(MOST_EDITS) {
        if edit.at.file != finding.at.file && shown.is_empty() {
            shown.push(origin(report, edit.at));
        }
        shown.push(edited(report, edit)?);
    }
    let more = fix.edits.len().saturating_sub(MOST_EDITS);
    if more > 0 {
        let said = report.say_plainly(&words::more_edits(more));
        shown.push(Level::NOTE.no_name().message(said).into());
    }
    Some(shown)
}

/// Returns what shows one edit. `None` if it is too long to be read.
fn edited(report: &Report<'_>, edit: &Edit) -> Option<Element<'static>> {
    let file = report.sources.of(edit.at);
    let bytes = bounds(file, edit.at);
    let taken = &file.text[bytes.clone()];
    if taken.chars().count().max(edit.replacement.chars().count()) > LONGEST_REPAIR {
        return None;
    }
    let (before, after) = around(file, &bytes);
    let source = VisibleText::new(masked(&format!("{before}{taken}{after}\n")));
    let patch = Patch::new(
        source.place(before.len())..source.place(before.len() + taken.len()),
        normalize_untrusted_str(&personal::shown(&edit.replacement)),
    );
    let first = *lines(file, &bytes).start();
    Some(Snippet::source(source.text).line_start(first).patch(patch).into())
}

/// Returns the rest of the lines before and after a stretch, shortened if they are too wide.
fn around(file: &SourceFile, bytes: &Range<usize>) -> (String, String) {
    let lines = lines(file, bytes);
    let before = &file.text[file.line_start(*lines.start())..bytes.start];
    let after = &file.text[bytes.end..file.line_start(lines.end() + 1)];
    let after = after.trim_end_matches(['\n', '\r']);
    if fits(file, *lines.start()) && fits(file, *lines.end()) {
        return (before.to_owned(), after.to_owned());
    }
    let far = |text: &str| text.chars().count().saturating_sub(BESIDE_REPAIR);
    let near: String = before.chars().skip(far(before)).collect();
    let next: String = after.chars().take(BESIDE_REPAIR).collect();
    let cut = |text: &str| if far(text) > 0 { "…" } else { "" };
    (format!("{}{near}", cut(before)), format!("{next}{}", cut(after)))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{BAD_COLON, at, tree, written};
    use super::super::human;
    use crate::diagnostic::{Edit, Finding, Findings, UiLang};
    use crate::source::SourceTree;
    use crate::span::{FileId, Span};
    use crate::text;

    fn shown(sources: &SourceTree, finding: Finding) -> String {
        let mut findings = Findings::new();
        findings.push(finding);
        written(human::write, &findings, sources, UiLang::En)
    }

    fn found(at: Span) -> Finding {
        Finding::new(&BAD_COLON, at, text!("错", "wrong"))
    }

    #[test]
    fn a_window_holds_the_line_and_its_neighbours_with_their_numbers() {
        let text: String = (1..=12).map(|number| format!("第{number}行：{number}\r\n")).collect();
        let sources = tree(&[("a.yaml", &text)]);
        let out = shown(&sources, found(at(&sources, "a.yaml", "：9")));
        assert!(
            out.contains(
                "  --> a.yaml:9:4\n   |\n 8 | 第8行：8\n 9 | 第9行：9\n   |      ^^^\n10 | 第10行：10\n   |\n"
            ),
            "{out}"
        );
    }

    #[test]
    fn the_end_of_a_file_can_be_marked_with_and_without_a_last_line_end() {
        for (text, place) in [("甲: 1", "1:5"), ("甲: 1\n", "2:1"), ("", "1:1"), ("\r\n", "2:1")] {
            let sources = tree(&[("a.yaml", text)]);
            let out = shown(&sources, found(Span::new(FileId(0), text.len(), text.len())));
            assert!(out.contains(&format!("--> a.yaml:{place}\n")), "{text:?}: {out}");
        }
    }

    #[test]
    fn a_finding_about_a_whole_file_shows_no_line() {
        let sources = tree(&[("a.yaml", "甲: 1\n")]);
        let out = shown(&sources, found(Span::whole(FileId(0))));
        assert!(out.contains("--> a.yaml:1:1\n") && !out.contains('甲'), "{out}");
    }

    #[test]
    fn wide_lines_are_cut_around_the_mark_and_the_repair() {
        let text = format!("content: {}目标{}\n", "甲".repeat(300), "乙".repeat(300));
        let sources = tree(&[("a.yaml", &text)]);
        let mark = at(&sources, "a.yaml", "目标");
        let out = shown(&sources, found(mark).fix(mark, "目的"));
        assert!(out.contains("--> a.yaml:1:310\n") && out.contains("甲目标乙") && out.contains("甲目的乙"));
        assert!(out.lines().all(|line| super::columns(line) <= super::WIDTH + 4), "{out}");
    }

    #[test]
    fn two_marks_in_a_wide_line_get_a_window_each() {
        let text = format!("头{}尾\n", "甲".repeat(400));
        let sources = tree(&[("a.yaml", &text)]);
        let label = at(&sources, "a.yaml", "尾");
        let out = shown(&sources, found(at(&sources, "a.yaml", "头")).label(label, text!("尾", "the end")));
        assert!(out.contains("--> a.yaml:1:1\n") && out.contains("::: a.yaml:1:402\n"), "{out}");
    }

    #[test]
    fn a_very_long_mark_is_shown_by_its_beginning() {
        let text = format!("{}\n乙\n", "甲".repeat(9000));
        let sources = tree(&[("a.yaml", &text)]);
        let out = shown(&sources, found(Span::new(FileId(0), 0, text.len())));
        assert!(
            out.contains(&"^".repeat(100)) && !out.contains(&"^".repeat(101)) && out.len() < 1000,
            "{out}"
        );
    }

    #[test]
    fn a_repair_in_another_file_names_it() {
        let sources = tree(&[("a.yaml", "甲: 1\n"), ("b.yaml", "乙\n丙：2\n")]);
        let colon = at(&sources, "b.yaml", "：");
        let out = shown(&sources, found(at(&sources, "a.yaml", "1")).fix(colon, ": "));
        let repair = " --> b.yaml:2:2\n  |\n2 - 丙：2\n2 + 丙: 2\n";
        assert!(out.contains(repair), "{out}");
    }

    #[test]
    fn of_many_edits_the_first_are_shown_and_the_others_counted() {
        let text: String = (1..=31).map(|number| format!("键{number}：值\n")).collect();
        let sources = tree(&[("a.yaml", &text)]);
        let edit = |(at, colon): (usize, &str)| Edit {
            at: Span::new(FileId(0), at, at + colon.len()),
            replacement: ": ".to_owned(),
        };
        let finding =
            found(at(&sources, "a.yaml", "：")).fix_all(text.match_indices('：').map(edit).collect());
        let mut findings = Findings::new();
        findings.push(finding);
        for (lang, more) in [(UiLang::En, "= and 28 more like this\n"), (UiLang::Zh, "= 另有 28 处这样改\n")]
        {
            let out = written(human::write, &findings, &sources, lang);
            assert!(out.contains("3 + 键3: 值") && !out.contains("键4: 值") && out.contains(more), "{out}");
        }
    }

    #[test]
    fn every_stretch_of_an_awkward_file_can_be_shown() {
        let wide = "甲".repeat(70);
        let text = format!("\t甲: |\r\n\u{3000}乙\u{0}\n\n \r{wide}丙\n\n13900001234");
        let sources = tree(&[("a.yaml", &text), ("b.yaml", "x")]);
        let nice = |byte: &usize| !(40..200).contains(byte);
        for start in (0..text.len() + 2).filter(nice) {
            for end in (0..text.len() + 2).filter(nice) {
                let span = Span::new(FileId(0), start, end);
                let finding = found(span).label(Span::new(FileId(0), end, start), text!("甲", "a"));
                let fixed = finding.clone().fix(span, ["", "乙\n  - 丙", "\n"][(start + end) % 3]);
                assert!(shown(&sources, fixed).contains("wrong"));
                assert!(
                    shown(&sources, finding.label(Span::whole(FileId(1)), text!("乙", "b"))).contains(":::")
                );
            }
        }
    }
}
