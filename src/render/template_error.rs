//! Errors of the template engine as findings with file and line.

use tera::ErrorKind;

use crate::diagnostic::{Code, Finding};
use crate::source::SourceTree;
use crate::span::{FileId, Span};
use crate::text;

/// Where templates lie: the file of each name.
pub(super) type Files = std::collections::BTreeMap<String, FileId>;

/// Turns an error into a finding of kind `code`; `name` is the template that was asked for.
pub(super) fn finding(code: &'static Code, files: &Files, name: &str, error: &tera::Error) -> Finding {
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

/// Returns the offset of the template text in its file: byte order marks are gone, so none.
pub(super) fn source(sources: &SourceTree, file: FileId) -> &str {
    &sources.file(file).text
}
