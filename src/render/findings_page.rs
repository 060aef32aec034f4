//! The findings as a page of the theme, for the preview server.

use serde::Serialize;

use super::{LanguageData, Theme, site_value};
use crate::catalogue::Site;
use crate::diagnostic::{Finding, Findings, Level, Message, UiLang};
use crate::lang::Language;
use crate::route::Route;
use crate::source::{SourceFile, SourceTree};

/// What the template gets as `data`.
#[derive(Serialize)]
struct Data<'a> {
    errors: usize,
    warnings: usize,
    refused: bool,
    back_href: Option<String>,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    findings: Vec<One<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    code: &'static str,
    name: &'static str,
    level: Level,
    message: &'a str,
    help: Option<&'a str>,
    source: Option<&'a str>,
    line: usize,
    column: usize,
    lines: Vec<Line<'a>>,
    labels: Vec<Label<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    number: usize,
    text: &'a str,
    marked: bool,
}

#[derive(Serialize)]
struct Label<'a> {
    path: &'a str,
    line: usize,
    message: &'a str,
}

/// Renders the findings as a page in `language`. `None` if the theme cannot.
pub fn findings_page(
    theme: &Theme,
    site: &Site,
    language: &Language,
    findings: &Findings,
    sources: &SourceTree,
) -> Option<Vec<u8>> {
    let ui = if language.code.as_str() == "zh" { UiLang::Zh } else { UiLang::En };
    let data = Data {
        errors: findings.count(Level::Error),
        warnings: findings.count(Level::Warning),
        refused: findings.refuse(),
        back_href: None,
        files: by_file(findings, sources, ui),
    };
    let route = Route::new("_qingdan/findings.html");
    let title =
        crate::site::Said { text: site.title.for_reader(&language.code).1.to_owned(), lang: None, dir: None };
    let page = serde_json::json!({
        "kind": "findings",
        "title": theme.fill(&language.code, "title-findings", &|_| None),
        "description": null,
        "canonical": null,
        "alternates": [],
        "crumbs": [],
        "nav": [],
        "draft": null,
        "robots": "noindex",
    });
    let mut context = tera::Context::new();
    context.insert("lang", &LanguageData::new(language));
    context.insert_value("site", site_value(site, title, theme, true, true));
    context.insert("root", &route.to_root());
    context.insert("page", &page);
    context.insert("data", &data);
    theme.tera().render("findings.html", &context).ok().map(String::into_bytes)
}

fn by_file<'a>(findings: &'a Findings, sources: &'a SourceTree, ui: UiLang) -> Vec<File<'a>> {
    let mut files: Vec<File<'a>> = Vec::new();
    for finding in findings.iter() {
        let path = sources.of(finding.at).path.as_str();
        let one = one(finding, sources, ui);
        match files.last_mut() {
            Some(file) if file.path == path => file.findings.push(one),
            _ => files.push(File { path, findings: vec![one] }),
        }
    }
    files
}

fn one<'a>(finding: &'a Finding, sources: &'a SourceTree, ui: UiLang) -> One<'a> {
    let file = sources.of(finding.at);
    let start = file.position(finding.at.start);
    let say = |message: &'a Option<Message>| message.as_ref().map(|message| message.get(ui));
    One {
        code: finding.code.id,
        name: finding.code.name,
        level: finding.level,
        message: finding.message.get(ui),
        help: say(&finding.help),
        source: say(&finding.source),
        line: start.line,
        column: start.column,
        lines: snippet(file, start.line),
        labels: finding
            .labels
            .iter()
            .map(|label| Label {
                path: &sources.of(label.at).path,
                line: sources.of(label.at).position(label.at.start).line,
                message: label.message.get(ui),
            })
            .collect(),
    }
}

/// Returns the line and one before and after.
fn snippet(file: &SourceFile, marked: usize) -> Vec<Line<'_>> {
    let last = (marked + 1).min(file.line_count());
    let line = |number| Line { number, text: file.line(number), marked: number == marked };
    (marked.saturating_sub(1).max(1)..=last)
        .map(line)
        .filter(|line| line.marked || !line.text.is_empty())
        .collect()
}
