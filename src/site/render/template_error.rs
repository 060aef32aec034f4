//! Errors of the template engine as findings with file and line.

use tera::ErrorKind;

use super::budget::{TOO_LARGE, TOO_LONG};
use super::fitting::Fitted;
use crate::diagnostic::{Code, Finding};
use crate::source::SourceTree;
use crate::span::{FileId, Span};
use crate::text;

/// Where templates lie: the file of each name.
pub(super) type TemplateFiles = std::collections::BTreeMap<String, FileId>;

/// The templates as the engine reads them, by name.
pub(super) type FittedTemplates = std::collections::BTreeMap<String, Fitted>;

/// Tells whether a template spent too much: then it does so on other pages, too.
pub(super) fn is_spent(error: &tera::Error) -> bool {
    let words = error.to_string();
    words.contains(TOO_LONG) || words.contains(TOO_LARGE)
}

/// Says that a template spent too much.
fn spent(code: &'static Code, at: Span) -> Finding {
    Finding::new(
        code,
        at,
        text!(
            "模板做不完：循环或组件重复得太多，或者变量、页面太大",
            "the template comes to no end: a loop or component repeats too often, or a variable or page is too large"
        ),
    )
    .help(text!(
        "看看是不是循环套着循环，或者变量在循环里越接越长",
        "see whether loops stand in loops, or a variable grows in a loop"
    ))
}

/// Turns an error into a finding of kind `code`; `name` is the template that was asked for.
pub(super) fn finding(
    code: &'static Code,
    files: &TemplateFiles,
    fitted: &FittedTemplates,
    name: &str,
    error: &tera::Error,
) -> Finding {
    let fallback = files.get(name).copied().unwrap_or(FileId(0));
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let file = files.get(report.filename()).copied().unwrap_or(fallback);
            let range = &report.span().range;
            let in_file = |at| fitted.get(report.filename()).map_or(at, |fitted| fitted.in_file(at));
            let at = Span::new(file, in_file(range.start), in_file(range.end));
            if is_spent(error) {
                return spent(code, at);
            }
            let what = report.message().to_owned();
            Finding::new(code, at, text!("模板出错：{what}", "the template fails: {what}"))
        }
        _ if is_spent(error) => return spent(code, Span::whole(fallback)),
        other => {
            let what = other.to_string();
            let what = what.lines().next().unwrap_or_default();
            Finding::new(
                code,
                Span::whole(fallback),
                text!("模板 {name} 出错：{what}", "the template {name} fails: {what}"),
            )
        }
    }
    .help(text!(
        "对照默认主题里的同名模板",
        "compare it with the template of the same name in the default theme"
    ))
}

/// Turns an error about several templates into findings, one a mistake.
///
/// The engine reports unknown filters, tests, functions and components of all templates in one text, as
/// `error: …` and ` --> template:line:column` each; that text is the only place they are told in.
pub(super) fn findings(
    code: &'static Code,
    sources: &SourceTree,
    (files, fitted): (&TemplateFiles, &FittedTemplates),
    name: &str,
    error: &tera::Error,
) -> Vec<Finding> {
    let report = error.to_string();
    let mut lines = report.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let Some(what) = line.strip_prefix("error: ") else { continue };
        let Some(at) = lines.next().and_then(|place| located(place, sources, files, fitted)) else {
            continue;
        };
        found.push(Finding::new(code, at, text!("模板出错：{what}", "the template fails: {what}")).help(
            text!(
                "对照默认主题里的同名模板",
                "compare it with the template of the same name in the default theme"
            ),
        ));
    }
    if found.is_empty() { vec![finding(code, files, fitted, name, error)] } else { found }
}

/// Reads ` --> template:line:column`.
fn located(
    place: &str,
    sources: &SourceTree,
    files: &TemplateFiles,
    fitted: &FittedTemplates,
) -> Option<Span> {
    let mut parts = place.trim().strip_prefix("--> ")?.rsplitn(3, ':');
    let (column, line, name) =
        (parts.next()?.parse::<usize>().ok()?, parts.next()?.parse::<usize>().ok()?, parts.next()?);
    let id = *files.get(name)?;
    let read = fitted.get(name).map_or(sources.file(id).text.as_str(), |fitted| fitted.text.as_str());
    let before: usize = read.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let within: usize = read[before..].chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    let start = fitted.get(name).map_or(before + within, |fitted| fitted.in_file(before + within));
    Some(Span::new(id, start, start))
}

/// Returns the text of a template.
pub(super) fn source(sources: &SourceTree, file: FileId) -> &str {
    &sources.file(file).text
}
