//! Errors of the template engine as findings with file and line.

use tera::ErrorKind;

use crate::diagnostic::{Code, Finding};
use crate::source::SourceTree;
use crate::span::{FileId, Span};
use crate::text;

/// Where templates lie: the file of each name.
pub(super) type TemplateFiles = std::collections::BTreeMap<String, FileId>;

/// Turns an error into a finding of kind `code`; `name` is the template that was asked for.
pub(super) fn finding(
    code: &'static Code,
    files: &TemplateFiles,
    name: &str,
    error: &tera::Error,
) -> Finding {
    let fallback = files.get(name).copied().unwrap_or(FileId(0));
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let file = files.get(report.filename()).copied().unwrap_or(fallback);
            let range = &report.span().range;
            let what = report.message().to_owned();
            Finding::new(
                code,
                Span::new(file, range.start, range.end),
                text!("模板出错：{what}", "the template fails: {what}"),
            )
        }
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
    files: &TemplateFiles,
    name: &str,
    error: &tera::Error,
) -> Vec<Finding> {
    let report = error.to_string();
    let mut lines = report.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let Some(what) = line.strip_prefix("error: ") else { continue };
        let Some(at) = lines.next().and_then(|place| located(place, sources, files)) else { continue };
        found.push(Finding::new(code, at, text!("模板出错：{what}", "the template fails: {what}")).help(
            text!(
                "对照默认主题里的同名模板",
                "compare it with the template of the same name in the default theme"
            ),
        ));
    }
    if found.is_empty() { vec![finding(code, files, name, error)] } else { found }
}

/// Reads ` --> template:line:column`.
fn located(place: &str, sources: &SourceTree, files: &TemplateFiles) -> Option<Span> {
    let mut parts = place.trim().strip_prefix("--> ")?.rsplitn(3, ':');
    let (column, line, name) =
        (parts.next()?.parse::<usize>().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    let id = *files.get(name)?;
    let file = sources.file(id);
    let before: usize = file.line(line).chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    let start = file.line_start(line) + before;
    Some(Span::new(id, start, start))
}

/// Returns the text of a template.
pub(super) fn source(sources: &SourceTree, file: FileId) -> &str {
    &sources.file(file).text
}
