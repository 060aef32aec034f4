//! The page of a kind of finding, from `check/rules/*.md`, which say everything twice: here one language of it.

use serde::Serialize;

use crate::check;
use crate::diagnostic::{Code, Level, UiLang};
use crate::syntax::markdown;

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
    pub sections: Vec<Section>,
}

/// What is below a heading.
#[derive(Debug, Serialize)]
pub struct Section {
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

fn section(text: &str, lang: UiLang) -> Section {
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
            bits.push(Bit::Lines { right, path: word("file="), text });
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
    Section { title: title.to_owned(), bits }
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
    use super::halves;

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
