//! A chapter: Markdown, and blocks between three back ticks that the theme shows in their own way.
//!
//! ```text
//! ```file PATH            a whole file, which the reader writes
//! ```wrong                how not to write a few fields of a service
//! ```right                how to write them
//! ```before PATH          what the file says now …
//! ```after PATH           … and what the reader writes instead
//! ```console              lines that start with `> ` are typed, the others are answers; `…` leaves lines out
//! ```figure NAME          a picture of `pictures/`; the first line says what it shows, the rest stands below
//! ```standards            the table of what goes where in the standards of others
//! ```
//!
//! What is written and typed is carried out by `tests/handbook.rs`.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::diagnostic::UiLang;
use crate::open::terms;
use crate::route::Route;
use crate::syntax::markdown;

#[derive(rust_embed::RustEmbed)]
#[folder = "handbook/"]
#[include = "*.md"]
struct ChapterTexts;

#[derive(rust_embed::RustEmbed)]
#[folder = "handbook/pictures/"]
struct Pictures;

/// Where the table of standards goes.
const STANDARDS: &str = "```standards\n```\n";

/// A chapter in one language.
#[derive(Debug)]
pub struct Chapter {
    name: String,
    /// What it is called.
    pub title: String,
    /// Its first paragraph.
    pub lead: String,
    /// What follows the title, as written.
    text: String,
}

/// A piece of a chapter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ChapterPart {
    /// Paragraphs, as HTML.
    Prose {
        /// Made from Markdown.
        html: String,
    },
    /// A heading.
    Section {
        /// Its name in links.
        id: String,
        /// What it says.
        title: String,
    },
    /// A whole file.
    File {
        /// Where it lies.
        path: String,
        /// What it holds.
        text: String,
    },
    /// How not to write it.
    Wrong {
        /// The lines.
        text: String,
    },
    /// How to write it.
    Right {
        /// The lines.
        text: String,
    },
    /// What a file says now.
    Before {
        /// The file.
        path: String,
        /// The lines.
        text: String,
    },
    /// What it is to say instead.
    After {
        /// The file.
        path: String,
        /// The lines.
        text: String,
    },
    /// What is typed, and what the program answers.
    Console {
        /// ChapterLine by line.
        lines: Vec<ChapterLine>,
    },
    /// A picture.
    Figure {
        /// Its address from a page.
        src: String,
        /// What it shows.
        alt: String,
        /// What stands below.
        caption: String,
        /// As it is shown, in pixels.
        width: u32,
        /// As it is shown, in pixels.
        height: u32,
    },
}

/// A line of a console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChapterLine {
    /// Whether a person types it.
    pub typed: bool,
    /// What it says.
    pub text: String,
}

/// Returns the names of the chapters, in order.
pub fn names() -> Vec<String> {
    let names: BTreeSet<String> =
        ChapterTexts::iter().filter_map(|file| Some(file.split_once('.')?.0.to_owned())).collect();
    names
        .into_iter()
        .map(|name| name.split_once('-').map_or(name.clone(), |(_, name)| name.to_owned()))
        .collect()
}

/// Returns the pictures as files.
pub(super) fn pictures() -> impl Iterator<Item = (Route, Vec<u8>)> {
    Pictures::iter().filter_map(|name| {
        let bytes = Pictures::get(&name)?.data.into_owned();
        Some((Route::new(format!("pictures/{name}")), bytes))
    })
}

impl Chapter {
    /// Returns a chapter by its place in the order; an empty one if it is not written in this language.
    pub fn at(at: usize, lang: UiLang) -> Self {
        let (name, code) = (&names()[at], super::lang_code(lang));
        let end = format!("-{name}.{code}.md");
        let file =
            ChapterTexts::iter().find(|file| file.ends_with(&end)).and_then(|file| ChapterTexts::get(&file));
        let text =
            file.map(|file| String::from_utf8_lossy(&file.data).replace("\r\n", "\n")).unwrap_or_default();
        let (title, text) = text.split_once('\n').unwrap_or_default();
        // Made from what the exports are held against, so that it cannot say anything else.
        let text = text.replace(STANDARDS, &terms::chapter(lang));
        let text = text.trim_start();
        let (lead, text) = text.split_once("\n\n").unwrap_or((text, ""));
        let lead = lead.lines().collect();
        Self {
            name: name.clone(),
            title: title.trim_start_matches("# ").to_owned(),
            lead,
            text: text.to_owned(),
        }
    }

    /// Returns what is in the chapter, in order; `resolve` gives the links to other pages.
    pub fn parts(&self, resolve: &dyn Fn(&str) -> Option<String>) -> Vec<ChapterPart> {
        let (mut parts, mut prose) = (Vec::new(), String::new());
        let mut lines = self.text.lines();
        let mut sections = 0;
        let flush = |prose: &mut String, parts: &mut Vec<ChapterPart>| {
            let html = markdown::html(prose, resolve);
            if !html.trim().is_empty() {
                parts.push(ChapterPart::Prose { html });
            }
            prose.clear();
        };
        while let Some(line) = lines.next() {
            if let Some(title) = line.strip_prefix("## ") {
                flush(&mut prose, &mut parts);
                sections += 1;
                parts.push(ChapterPart::Section {
                    id: format!("{}-{sections}", self.name),
                    title: title.to_owned(),
                });
                continue;
            }
            let Some(head) = line.strip_prefix("```") else {
                prose.push_str(line);
                prose.push('\n');
                continue;
            };
            flush(&mut prose, &mut parts);
            let text: String =
                lines.by_ref().take_while(|line| *line != "```").map(|line| line.to_owned() + "\n").collect();
            parts.extend(block(head, text));
        }
        flush(&mut prose, &mut parts);
        parts
    }
}

/// Returns the part that a block is. `None` if there is no such kind.
fn block(head: &str, text: String) -> Option<ChapterPart> {
    let (kind, argument) = head.split_once(' ').unwrap_or((head, ""));
    let path = (!argument.is_empty()).then(|| argument.to_owned());
    match kind {
        "file" => Some(ChapterPart::File { path: path?, text }),
        "wrong" => Some(ChapterPart::Wrong { text }),
        "right" => Some(ChapterPart::Right { text }),
        "before" => Some(ChapterPart::Before { path: path?, text }),
        "after" => Some(ChapterPart::After { path: path?, text }),
        "console" => Some(ChapterPart::Console { lines: text.lines().map(line).collect() }),
        "figure" => figure(&path?, &text),
        _ => None,
    }
}

fn line(text: &str) -> ChapterLine {
    match text.strip_prefix("> ") {
        Some(typed) => ChapterLine { typed: true, text: typed.to_owned() },
        None => ChapterLine { typed: false, text: text.to_owned() },
    }
}

/// Pictures have one and a half points of the screen for each of the page.
fn figure(name: &str, text: &str) -> Option<ChapterPart> {
    let bytes = Pictures::get(name)?.data;
    let (width, height) = size(&bytes)?;
    let (alt, caption) = text.split_once('\n').unwrap_or((text, ""));
    Some(ChapterPart::Figure {
        src: format!("../pictures/{name}"),
        alt: alt.to_owned(),
        caption: caption.trim().to_owned(),
        width: width * 2 / 3,
        height: height * 2 / 3,
    })
}

/// Returns width and height of a WebP picture without losses or with, in pixels.
///
/// Source: RFC 9649, sections 2.5 and 2.6; RFC 6386, section 9.1.
fn size(webp: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from(u16::from_le_bytes([*webp.get(at)?, *webp.get(at + 1)?])));
    match webp.get(12..16)? {
        b"VP8 " => Some((number(26)? & 0x3fff, number(28)? & 0x3fff)),
        b"VP8X" => Some((number(24)? + 1, number(27)? + 1)),
        _ => None,
    }
}
