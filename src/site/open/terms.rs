//! What of ours goes where: each property of the documents of the API, with what each standard calls it (`terms.txt`).
//!
//! The handbook shows this table; `tests/standards.rs` holds it against the description of the API (no property is
//! forgotten), against the files (what they use is what stands here) and against what the files say (the same words).

use std::fmt::Write as _;

use crate::diagnostic::{Message, UiLang};
use crate::text;

/// The standards that the table has a column for, as they are called.
pub const STANDARDS: [&str; 5] = ["schema.org", "CPSV-AP 3.2", "DCAT-AP", "HSDS 3.1", "Data Package, CSVW"];

/// What the standards say for one property.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The property, behind the type that has it: `Service.title`.
    pub ours: &'static str,
    /// What it is.
    pub about: Message,
    /// What each standard says for it, in the order of [`STANDARDS`]; nothing where it has no word.
    pub theirs: Vec<Vec<&'static str>>,
}

/// The properties of a thing.
#[derive(Clone, Debug)]
pub struct MappedThing {
    /// What it is called.
    pub name: Message,
    /// Its properties.
    pub mappings: Vec<Mapping>,
}

/// Returns the table.
pub fn things() -> Vec<MappedThing> {
    let mut things: Vec<MappedThing> = Vec::new();
    for line in include_str!("terms.txt").lines().filter(|line| !line.starts_with("# ") && !line.is_empty()) {
        let cells: Vec<&'static str> = line.trim_start_matches("## ").split(" | ").collect();
        match (cells.as_slice(), things.last_mut()) {
            ([zh, en], _) => things.push(MappedThing { name: text!("{zh}", "{en}"), mappings: Vec::new() }),
            ([ours, zh, en, theirs @ ..], Some(thing)) if theirs.len() == STANDARDS.len() => {
                let words = |cell: &&'static str| cell.split(' ').filter(|word| *word != "-").collect();
                let theirs = theirs.iter().map(words).collect();
                thing.mappings.push(Mapping { ours, about: text!("{zh}", "{en}"), theirs });
            }
            _ => unreachable!("terms.txt has a line that is no row: {line}"),
        }
    }
    things
}

/// Returns the table as Markdown, with what each standard cannot say, for the handbook.
pub fn chapter(lang: UiLang) -> String {
    let (field, called, nothing) = match lang {
        UiLang::Zh => ("字段", "各种标准叫它什么", "说不了的"),
        UiLang::En => ("field", "what the standards call it", "What each cannot say"),
    };
    let things = things();
    let mut page = String::new();
    for thing in &things {
        let _ = writeln!(page, "**{}**\n\n| {field} | {called} |\n|---|---|", thing.name.get(lang));
        for mapping in &thing.mappings {
            let name = mapping.ours.split('.').next_back().unwrap_or(mapping.ours);
            let _ = writeln!(page, "| {} `{name}` | {} |", mapping.about.get(lang), called_by(mapping));
        }
        page.push('\n');
    }
    let _ = writeln!(page, "**{nothing}**\n");
    for (column, name) in STANDARDS.iter().enumerate() {
        let unsaid =
            things.iter().flat_map(|thing| &thing.mappings).filter(|it| it.theirs[column].is_empty());
        let unsaid: Vec<&str> = unsaid.map(|mapping| mapping.about.get(lang)).collect();
        let (colon, comma) = if lang == UiLang::Zh { ("：", "、") } else { (": ", "; ") };
        let _ = writeln!(page, "- **{name}**{colon}{}", unsaid.join(comma));
    }
    page
}

/// Returns what the standards that have a word for a property call it.
fn called_by(mapping: &Mapping) -> String {
    let all = STANDARDS.iter().zip(&mapping.theirs).filter(|(_, theirs)| !theirs.is_empty());
    let all = all.map(|(name, theirs)| {
        let words: Vec<String> = theirs.iter().map(|word| format!("`{word}`")).collect();
        format!("{name} {}", words.join(" "))
    });
    let all: Vec<String> = all.collect();
    if all.is_empty() { "—".to_owned() } else { all.join(" · ") }
}
