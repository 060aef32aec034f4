//! Turns findings into annotations of GitHub Actions (workflow commands).
//!
//! GitHub shows 10 errors, 10 warnings and 10 notices a step and drops the rest in silence. So the first
//! ten of each level are sent, and one notice counts what was left out. The others go to the summary of the step
//! ([`step_summary`]), a file whose name the command gets from GitHub.

use std::io::{self, Write};

use super::place::{Place, folder_prefix};
use super::{Report, words};
use crate::diagnostic::{Finding, Level};

/// How many annotations of one level GitHub shows.
const MOST: usize = 10;
/// How many bytes of findings go to the summary of a step: GitHub refuses more than 1 MiB a step.
const MOST_BYTES: usize = 900_000;

/// Writes one command a finding; paths start at the working folder, which must be the repository.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let folder = folder_prefix(report.sources.root());
    for level in [Level::Error, Level::Warning] {
        for finding in report.findings.iter().filter(|finding| finding.level == level).take(MOST) {
            writeln!(out, "{}", command(report, finding, &folder))?;
        }
    }
    let rest = |level: Level| report.findings.count(level).saturating_sub(MOST);
    let (errors, warnings) = (rest(Level::Error), rest(Level::Warning));
    if errors + warnings > 0 {
        let said = words::not_annotated(&words::counts(errors, warnings, report.lang));
        writeln!(out, "::notice title=qingdan::{}", escaped(said.get(report.lang)))?;
    }
    Ok(())
}

/// Returns the findings that have no annotation, as Markdown for the summary of the step. `None` if there are none.
///
/// Source: GitHub Docs, Workflow commands, "Adding a job summary": 1 MiB a step.
pub(super) fn step_summary(report: &Report<'_>) -> Option<String> {
    let of = |level| report.findings.iter().filter(move |finding| finding.level == level).skip(MOST);
    let (errors, warnings) = (of(Level::Error).count(), of(Level::Warning).count());
    if errors + warnings == 0 {
        return None;
    }
    let counts = words::counts(errors, warnings, report.lang);
    let mut text = format!("### {}\n\n", words::others(&counts).get(report.lang));
    let folder = folder_prefix(report.sources.root());
    let mut left = errors + warnings;
    for finding in of(Level::Error).chain(of(Level::Warning)) {
        let item = item(report, finding, &folder);
        if text.len() + item.len() > MOST_BYTES {
            text.push_str(&format!("\n{}\n", words::no_room(left).get(report.lang)));
            break;
        }
        text.push_str(&item);
        left -= 1;
    }
    Some(text)
}

/// Returns one finding as an item of a list.
fn item(report: &Report<'_>, finding: &Finding, folder: &str) -> String {
    let Place { path, start, .. } = Place::of(report.sources, finding.at);
    let at = format!("{folder}{}:{}:{}", path, start.line, start.column);
    let level = words::level(finding.level, report.lang);
    let said = told(report, finding).replace(['\r', '\n'], " ");
    format!("- **{level} {}** {}: {}\n", finding.code.id, as_text(&at), as_text(&said))
}

/// Writes text so that Markdown shows it as it is.
fn as_text(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if r"\`*_[]<>&|~#@".contains(c) {
            shown.push('\\');
        }
        shown.push(c);
    }
    shown
}

fn command(report: &Report<'_>, finding: &Finding, folder: &str) -> String {
    let kind = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Off => "notice",
    };
    let Place { path, start, end } = Place::of(report.sources, finding.at);
    let file = property(&format!("{folder}{path}"));
    let lines = format!("line={},endLine={}", start.line, end.line);
    // GitHub refuses columns of a stretch over several lines.
    let columns = match start.line == end.line {
        true => format!(",col={},endColumn={}", start.column, end.column),
        false => String::new(),
    };
    let title = property(&format!("{} {}", finding.code.id, finding.code.name));
    format!("::{kind} file={file},{lines}{columns},title={title}::{}", escaped(&told(report, finding)))
}

/// Returns the message, and what to do in a second line.
fn told(report: &Report<'_>, finding: &Finding) -> String {
    let mut said = report.say(&finding.message);
    if let Some(help) = &finding.help {
        said.push_str(&format!("\n{}: {}", words::help(report.lang), report.say(help)));
    }
    said
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{BAD_COLON, LATE, at, tree, written};
    use super::*;
    use crate::diagnostic::{Findings, UiLang};
    use crate::span::{FileId, Span};
    use crate::text;

    #[test]
    fn properties_and_messages_are_escaped() {
        let sources = tree(&[("a,b: 100%.yaml", "领域：医\n")]);
        let mut findings = Findings::new();
        let colon = at(&sources, "a,b: 100%.yaml", "：");
        let finding = Finding::new(&BAD_COLON, colon, text!("100%\r\n错: 甲,乙", "100%"));
        findings.push(finding.help(text!("改", "mend it")));
        assert_eq!(
            written(super::write, &findings, &sources, UiLang::Zh),
            "::error file=a%2Cb%3A 100%25.yaml,line=1,endLine=1,col=3,endColumn=4,title=QD1015 full-width-colon\
             ::100%25%0D%0A错: 甲,乙%0A建议: 改\n"
        );
    }

    #[test]
    fn ten_of_each_level_and_the_count_of_the_rest() {
        let sources = tree(&[("a.yaml", "")]);
        let mut findings = Findings::new();
        for number in 0..25 {
            let code = if number % 2 == 0 { &LATE } else { &BAD_COLON };
            let said = text!("第 {number} 个", "number {number}");
            findings.push(Finding::new(code, Span::whole(FileId(0)), said));
        }
        let out = written(super::write, &findings, &sources, UiLang::En);
        assert_eq!(out.lines().filter(|line| line.starts_with("::error ")).count(), 10);
        assert_eq!(out.lines().filter(|line| line.starts_with("::warning ")).count(), 10);
        assert_eq!(
            out.lines().last(),
            Some(
                "::notice title=qingdan::2 errors, 3 warnings not annotated here; see the summary of this step"
            )
        );
        let report = Report { findings: &findings, sources: &sources, lang: UiLang::En, color: false };
        let rest = step_summary(&report).expect("some have no annotation");
        let lines: Vec<&str> = rest.lines().collect();
        assert_eq!(lines[..2], ["### qingdan: 2 errors, 3 warnings more", ""]);
        assert_eq!(lines[2], "- **error QD1015** a.yaml:1:1: number 21");
        assert_eq!(lines.len(), 7);
    }

    #[test]
    fn the_summary_of_a_step_shows_text_as_it_is_and_stays_below_the_limit() {
        let paths: Vec<String> = (0..10).map(|number| format!("[a](b){number}.yaml")).collect();
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "")).collect();
        let sources = tree(&files);
        let mut findings = Findings::new();
        let more = "x".repeat(100);
        let said = text!("`<b>` **甲**|{more}", "`<b>` **a**|{more}");
        for number in 0..10_000 {
            findings.push(Finding::new(&BAD_COLON, Span::whole(FileId(number % 10)), said.clone()));
        }
        let report = Report { findings: &findings, sources: &sources, lang: UiLang::Zh, color: false };
        let rest = step_summary(&report).expect("most have no annotation");
        assert!(rest.contains(r"\[a\](b)0.yaml:1:1: \`\<b\>\` \*\*甲\*\*\|"), "{}", &rest[..200]);
        assert!(rest.len() < 1024 * 1024, "{}", rest.len());
        let shown = rest.lines().filter(|line| line.starts_with("- ")).count();
        assert!(rest.ends_with(&format!("\n还有 {} 个写不下，请运行 qingdan check\n", 9990 - shown)));
        assert_eq!(step_summary(&Report { findings: &Findings::new(), ..report }), None);
    }

    #[test]
    fn the_catalogue_folder_comes_first_and_columns_only_within_a_line() {
        let sources = tree(&[("a.yaml", "甲\n乙\n")]);
        let findings = Findings::new();
        let report = Report { findings: &findings, sources: &sources, lang: UiLang::En, color: false };
        let finding = Finding::new(&BAD_COLON, at(&sources, "a.yaml", "甲\n乙"), text!("错", "wrong"));
        assert_eq!(
            command(&report, &finding, "content/"),
            "::error file=content/a.yaml,line=1,endLine=2,title=QD1015 full-width-colon::wrong"
        );
    }
}
