//! Turns findings into text for a person at a terminal, in the manner of compilers.
//!
//! Each finding: what is wrong, the lines it is about, what to do, why it is a duty, and the command
//! that explains more; a certain repair is shown as a change. Long reports are cut and say so.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use annotate_snippets as snippets;
use annotate_snippets::{Element, Group, Renderer};

use super::excerpt::{self, WIDTH, excerpts};
use super::{Report, words};
use crate::diagnostic::{Finding, Findings, Level};

/// How many findings of one file are shown.
const MOST_IN_FILE: usize = 20;
/// How many warnings of one kind are shown of one file.
const MOST_ALIKE: usize = 5;
/// How many findings are shown in all.
const MOST: usize = 200;

/// Writes each finding with an empty line after it, then how many were left out.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if report.color { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let chosen = chosen(report.findings);
    let mut rest = BTreeMap::from([(Level::Error, 0), (Level::Warning, 0)]);
    let mut ordered: Vec<(usize, &Finding)> = report.findings.iter().enumerate().collect();
    // What has to be mended stands where a terminal comes to rest.
    ordered.sort_by_key(|(_, finding)| Reverse(finding.level));
    for (index, finding) in ordered {
        if chosen.contains(&index) {
            writeln!(out, "{}\n", renderer.render(&groups(report, finding)))?;
        } else {
            *rest.entry(finding.level).or_default() += 1;
        }
    }
    if chosen.len() < report.findings.len() {
        let counts = words::counts(rest[&Level::Error], rest[&Level::Warning], report.lang);
        writeln!(out, "{}\n", words::left_out(&counts).get(report.lang))?;
    }
    Ok(())
}

/// Returns which findings are shown; if not all can be, errors go before warnings. Of equal warnings in one file the
/// first few stand for all.
fn chosen(findings: &Findings) -> BTreeSet<usize> {
    let mut by_level: Vec<(usize, &Finding)> = findings.iter().enumerate().collect();
    by_level.sort_by_key(|(_, finding)| finding.level);
    let (mut in_file, mut alike) = (BTreeMap::new(), BTreeMap::new());
    let mut chosen = BTreeSet::new();
    for (index, finding) in by_level {
        let count: &mut usize = in_file.entry(finding.at.file).or_default();
        let same: &mut usize = alike.entry((finding.at.file, finding.code.id)).or_default();
        *same += 1;
        if finding.level != Level::Error && *same > MOST_ALIKE {
            continue;
        }
        if *count < MOST_IN_FILE && chosen.len() < MOST {
            *count += 1;
            chosen.insert(index);
        }
    }
    chosen
}

/// Returns one finding as the renderer wants it: what is wrong, then the repair if it can be shown.
fn groups(report: &Report<'_>, finding: &Finding) -> Vec<Group<'static>> {
    let title = level(report, finding.level)
        .primary_title(report.say_plainly(&finding.message))
        .id(finding.code.id)
        .elements(excerpts(report, finding));
    let repair = finding.fix.as_ref().and_then(|fix| excerpt::repair(report, finding, fix));
    let help = snippets::Level::HELP.with_name(words::help(report.lang));
    match repair {
        Some(repair) => {
            let to_do = report.say_plainly(finding.help.as_ref().unwrap_or(&words::repair()));
            let repair = help.secondary_title(to_do).elements(repair).elements(reasons(report, finding));
            vec![title, repair]
        }
        None => {
            let to_do = finding.help.as_ref().map(|to_do| help.message(report.say_plainly(to_do)));
            vec![title.elements(to_do).elements(reasons(report, finding))]
        }
    }
}

/// Returns the last lines: the document that makes it a duty, and where to read on.
fn reasons(report: &Report<'_>, finding: &Finding) -> Vec<Element<'static>> {
    let note = snippets::Level::NOTE;
    let source = finding.source.as_ref().map(|source| {
        note.clone().with_name(words::source(report.lang)).message(report.say_plainly(source)).into()
    });
    let explain = note.no_name().message(report.say_plainly(&words::explain(finding.code.id)));
    source.into_iter().chain([explain.into()]).collect()
}

fn level(report: &Report<'_>, level: Level) -> snippets::Level<'static> {
    let shown = match level {
        Level::Error => snippets::Level::ERROR,
        Level::Warning => snippets::Level::WARNING,
        Level::Off => snippets::Level::NOTE,
    };
    shown.with_name(words::level(level, report.lang))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{BAD_COLON, LATE, at, tree, written};
    use super::*;
    use crate::diagnostic::UiLang;
    use crate::source::SourceTree;
    use crate::span::{FileId, Span};
    use crate::text;

    fn example() -> (Findings, SourceTree) {
        let sources = tree(&[
            ("fujian/2025.yaml", "services:\n  - id: a\n    strength: must\n"),
            ("xingfu/2025.yaml", "id: a\narea：early\nstrength: permit\n"),
        ]);
        let colon = at(&sources, "xingfu/2025.yaml", "：");
        let said = text!("“area”后面是中文冒号", "`area` is followed by a full-width colon");
        let to_do = text!("改成英文冒号加空格", "use a half-width colon and a space");
        let mut findings = Findings::new();
        findings.push(Finding::new(&BAD_COLON, colon, said).help(to_do).fix(colon, ": "));
        let said = text!("“a”比基础清单弱", "`a` promises less than the baseline");
        let baseline = text!("基础清单是“应当”", "the baseline says must");
        findings.push(
            Finding::new(&LATE, at(&sources, "xingfu/2025.yaml", "permit"), said)
                .label(at(&sources, "fujian/2025.yaml", "must"), baseline)
                .help(text!("改为 must", "say must"))
                .source(text!("2025 年方案", "the plan of 2025")),
        );
        (findings, sources)
    }

    #[test]
    fn chinese_readers_read_chinese() {
        let (findings, sources) = example();
        let expected = "\
警告[QD5001]: “a”比基础清单弱
 --> xingfu/2025.yaml:3:11
  |
2 | area：early
3 | strength: permit
  |           ^^^^^^
  |
 ::: fujian/2025.yaml:3:15
  |
2 |   - id: a
3 |     strength: must
  |               ---- 基础清单是“应当”
  |
  = 建议: 改为 must
  = 依据: 2025 年方案
  = 详细说明：qingdan explain QD5001

错误[QD1015]: “area”后面是中文冒号
 --> xingfu/2025.yaml:2:5
  |
1 | id: a
2 | area：early
  |     ^^
3 | strength: permit
  |
建议: 改成英文冒号加空格
  |
2 - area：early
2 + area: early
  |
  = 详细说明：qingdan explain QD1015

";
        assert_eq!(written(super::write, &findings, &sources, UiLang::Zh), expected);
    }

    #[test]
    fn english_readers_read_english() {
        let (findings, sources) = example();
        let out = written(super::write, &findings, &sources, UiLang::En);
        for said in [
            "error[QD1015]: `area` is followed by a full-width colon\n",
            "\nhelp: use a half-width colon and a space\n",
            "warning[QD5001]: ",
            " ---- the baseline says must\n",
            "  = help: say must\n  = source: the plan of 2025\n  = more about this: qingdan explain QD5001\n",
        ] {
            assert!(out.contains(said), "{said}\n{out}");
        }
    }

    #[test]
    fn colours_only_when_asked_for() {
        let (findings, sources) = example();
        for color in [false, true] {
            let mut out = Vec::new();
            let report = Report { findings: &findings, sources: &sources, lang: UiLang::Zh, color };
            write(&report, &mut out).expect("memory can be written");
            assert_eq!(out.contains(&b'\x1b'), color);
        }
    }

    #[test]
    fn control_characters_in_messages_do_not_reach_the_terminal() {
        let sources = tree(&[("a\u{1b}.yaml", "甲: 1\u{1b}")]);
        let bad = text!("\u{1b}[31m", "\u{1b}[31m");
        let mut findings = Findings::new();
        let place = at(&sources, "a\u{1b}.yaml", "1");
        let finding = Finding::new(&LATE, place, bad.clone()).help(bad.clone()).fix(place, "\u{1b}");
        findings.push(finding.clone().source(bad.clone()).label(Span::whole(FileId(0)), bad));
        findings.push(Finding { at: Span::whole(FileId(0)), fix: None, ..finding });
        assert!(!written(super::write, &findings, &sources, UiLang::Zh).contains('\u{1b}'));
    }

    #[test]
    fn of_many_equal_warnings_a_few_are_shown_errors_all_and_the_report_says_so() {
        let paths: Vec<String> = (10..22).map(|number| format!("{number}.yaml")).collect();
        let texts: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "甲: 1\n")).collect();
        let sources = tree(&texts);
        let mut findings = Findings::new();
        for (file, _) in sources.iter() {
            for number in 0..25 {
                let code = if number == 24 { &BAD_COLON } else { &LATE };
                findings.push(Finding::new(
                    code,
                    Span::new(file, 0, 3),
                    text!("第 {number} 个", "no. {number}"),
                ));
            }
        }
        let out = written(super::write, &findings, &sources, UiLang::En);
        assert_eq!(out.lines().filter(|line| line.starts_with("error[")).count(), 12);
        assert_eq!(out.lines().filter(|line| line.starts_with("warning[")).count(), 60);
        assert_eq!(out.matches("--> 10.yaml:").count(), 6);
        assert!(out.ends_with("\n228 warnings not shown; --format short lists everything\n\n"), "{out}");
    }
}
