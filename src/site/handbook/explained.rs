//! The page of a kind of finding, from `check/rules/*.md`, which say everything twice: here one language of it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalogue::in_language;
use crate::catalogue::{Naming, Vocabulary, file_kind};
use crate::check;
use crate::diagnostic::{Code, Findings, Level, UiLang};
use crate::schema::{KeyLanguage, Shape, Table};
use crate::span::FileId;
use crate::syntax::{Node, markdown, yaml};

/// A kind of finding in one language.
#[derive(Debug, Serialize)]
pub struct Explained {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whether it keeps a site from being built.
    pub level: Level,
    /// Whether `site.yaml` may say otherwise.
    pub adjustable: bool,
    /// What it is, in a few words.
    pub says: &'static str,
    /// What follows: what it is, why it matters, how to write it and how not to.
    pub sections: Vec<ExplainedSection>,
}

/// What is below a heading.
#[derive(Debug, Serialize)]
pub struct ExplainedSection {
    /// The heading.
    pub title: String,
    /// Paragraphs and examples.
    pub bits: Vec<Bit>,
}

/// A piece of a section.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Bit {
    /// A paragraph, as HTML.
    Prose {
        /// Made from Markdown.
        html: String,
    },
    /// Lines of a file.
    Lines {
        /// Whether they are right; none for an answer of the program.
        right: Option<bool>,
        /// The file.
        path: Option<String>,
        /// The lines.
        text: String,
    },
}

/// Returns the page of a kind of finding. `None` if it has none.
pub fn explained(code: &'static Code, lang: UiLang) -> Option<Explained> {
    let (_, page) = check::page(code.id)?;
    let page = page.replace("\r\n", "\n");
    let sections = page.split("\n## ").skip(1).map(|text| section(text, lang)).collect();
    Some(Explained {
        code: code.id,
        name: code.name,
        level: code.level,
        adjustable: code.adjustable,
        says: super::says(code, lang),
        sections,
    })
}

fn section(text: &str, lang: UiLang) -> ExplainedSection {
    let (head, body) = text.split_once('\n').unwrap_or((text, ""));
    let (zh, en) = head.split_once(' ').unwrap_or((head, head));
    let (mut bits, mut paragraph) = (Vec::new(), String::new());
    let mut lines = body.lines();
    let flush = |paragraph: &mut String, bits: &mut Vec<Bit>| {
        let (zh, en) = halves(paragraph.trim());
        let said = match lang {
            UiLang::Zh => zh,
            UiLang::En => en,
        };
        if !said.is_empty() {
            bits.push(Bit::Prose { html: markdown::html(said, &|_| None) });
        }
        paragraph.clear();
    };
    while let Some(line) = lines.next() {
        if let Some(head) = line.strip_prefix("```") {
            flush(&mut paragraph, &mut bits);
            let text =
                lines.by_ref().take_while(|line| *line != "```").map(|line| line.to_owned() + "\n").collect();
            let word =
                |start: &str| head.split(' ').find_map(|word| word.strip_prefix(start)).map(str::to_owned);
            let right = word("fires").map(|_| false).or(word("silent").map(|_| true));
            let (path, part) = (word("file="), word("part=").unwrap_or_default());
            let text: String = text;
            let in_chinese = path.as_ref().filter(|_| lang == UiLang::Zh);
            let text = in_chinese.and_then(|path| chinese_keys(path, &part, &text)).unwrap_or(text);
            bits.push(Bit::Lines { right, path, text });
        } else if line.is_empty() {
            flush(&mut paragraph, &mut bits);
        } else {
            paragraph.push_str(line);
            paragraph.push('\n');
        }
    }
    flush(&mut paragraph, &mut bits);
    let title = match lang {
        UiLang::Zh => zh,
        UiLang::En => en,
    };
    ExplainedSection { title: title.to_owned(), bits }
}

/// Returns lines of a file with Chinese keys. `None` if they cannot be read.
fn chinese_keys(path: &str, part: &str, text: &str) -> Option<String> {
    let kind = file_kind(path)?;
    let node = yaml::parse(FileId(0), text, &mut Findings::new())?;
    let shape = Shape::Map(table(kind.shape, part, &node)?);
    let (words, places) = (Vocabulary::default(), BTreeMap::new());
    let naming = Naming::new(&words, &places, None);
    Some(in_language(text, &node, &shape, &naming, KeyLanguage::Chinese))
}

/// Returns the table of a document that lines of it are about: of those that know most of their keys the document's
/// own, unless they are said to be of a service, then the largest.
fn table(document: &'static Shape, part: &str, node: &Node) -> Option<&'static Table> {
    let mut tables = Vec::new();
    document.collect_tables(&mut tables);
    let of_service = part.starts_with("service-");
    let known =
        |table: &Table| node.entries().iter().filter(|entry| table.field(&entry.key.value).is_some()).count();
    let ranked = tables.iter().enumerate().map(|(at, table)| {
        let is_own = at == 0 && !of_service;
        ((known(table), is_own, table.fields.len()), *table)
    });
    ranked.filter(|((known, ..), _)| *known > 0).max_by_key(|(rank, _)| *rank).map(|(_, table)| table)
}

/// Returns what a paragraph says in Chinese and in English; one of them may be empty.
///
/// Pages write a paragraph a language, or, where it is short, Chinese and then English on one line: English
/// begins with a capital after a Chinese character.
fn halves(paragraph: &str) -> (&str, &str) {
    let is_start = |at: usize| {
        let (before, after) = paragraph.split_at(at);
        let ends_chinese = before.trim_end().ends_with(|c: char| is_chinese(c) || c == '`' || c == ')');
        let begins = after.trim_start().starts_with(|c: char| c.is_ascii_uppercase() || c == '`');
        ends_chinese && begins && (han(before) >= 2 || before.ends_with('。')) && is_english(after)
    };
    match paragraph.char_indices().map(|(at, _)| at).find(|at| is_start(*at)) {
        Some(at) => (paragraph[..at].trim_end(), paragraph[at..].trim_start()),
        None => match paragraph.chars().find(|c| c.is_alphabetic()) {
            Some(first) if !is_han(first) && is_english(paragraph) => ("", paragraph),
            _ => (paragraph, ""),
        },
    }
}

fn is_english(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1).count();
    words > 0 && han(text) <= words && !text.replace("`。`", "").contains('。')
}

fn han(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c)).count()
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

fn is_chinese(c: char) -> bool {
    is_han(c) || "，。、；：？！（）《》“”‘’〔〕…—·「」".contains(c)
}

#[cfg(test)]
mod tests {
    use super::{chinese_keys, halves};

    #[test]
    fn examples_have_chinese_keys_where_they_can_be_read() {
        let edition = "shifan/jiashi/care/2025.yaml";
        for (part, written, said) in [
            ("number", "number: 1 # ←\n", Some("序号: 1 # ←\n")),
            ("title", "title: {zh: 甲}\n", Some("标题: {中文: 甲}\n")),
            ("service-title", "title: 甲\n", Some("服务项目: 甲\n")),
            ("provisions", "provisions:\n  - kind: cash\n", Some("条款:\n  - 形式: 资金\n")),
            ("more", "nmbr: 1\n", None),
        ] {
            assert_eq!(chinese_keys(edition, part, written).as_deref(), said, "{written}");
        }
    }

    #[test]
    fn a_paragraph_is_one_language_or_chinese_and_then_english() {
        for (paragraph, zh, en) in [
            ("用文字写清楚。Say it in words.", "用文字写清楚。", "Say it in words."),
            ("本工具的约定 A convention of this tool.", "本工具的约定", "A convention of this tool."),
            ("git merge。The marks are those of git.", "git merge。", "The marks are those of git."),
            ("加上 place.yaml。", "加上 place.yaml。", ""),
            ("The word 市民政局 is a name.", "", "The word 市民政局 is a name."),
            ("写成 1500 CNY/year 这样。", "写成 1500 CNY/year 这样。", ""),
        ] {
            assert_eq!(halves(paragraph), (zh, en));
        }
    }
}
