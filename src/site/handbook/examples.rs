//! How a field is written right: taken from the demonstration, which passes every check, and, for what does not
//! occur there, from `examples/`.

use std::collections::BTreeMap;

use crate::demo::Demo;
use crate::diagnostic::{Findings, UiLang};
use crate::schema::tables::DOCUMENTS;
use crate::schema::{Field, NamedBy, Shape, Table};
use crate::span::{FileId, Span};
use crate::syntax::{Node, yaml};

/// Examples with more lines than this are left out; the fields inside have their own.
const LONGEST: usize = 7;

#[derive(rust_embed::RustEmbed)]
#[folder = "handbook/examples/"]
struct Others;

/// The first example of each field of a document.
pub(super) struct Examples(BTreeMap<(usize, &'static str), String>);

impl Examples {
    /// Returns the example of a field of a table.
    pub fn get(&self, table: &'static Table, field: &'static Field) -> Option<String> {
        self.0.get(&(address(table), field.key)).cloned()
    }
}

/// Returns examples for the fields of a document, with the keys that a reader of the language writes.
pub(super) fn examples(at: usize, lang: UiLang) -> Examples {
    let (path, shape) = DOCUMENTS[at];
    let mut examples = Examples(BTreeMap::new());
    let names = names();
    for text in texts(path) {
        let Some(node) = yaml::parse(FileId(0), &text, &mut Findings::new()) else { continue };
        let mut walk = ExampleWalk { found: Vec::new(), words: Vec::new(), names: &names };
        walk.value(&node, shape);
        for (table, field, span) in &walk.found {
            let place = (address(table), field.key);
            if !examples.0.contains_key(&place)
                && let Some(example) = written(&text, *span, &walk.words, lang)
            {
                examples.0.insert(place, example);
            }
        }
    }
    examples
}

fn address(table: &'static Table) -> usize {
    std::ptr::from_ref(table) as usize
}

/// Returns the files of one kind, the demonstration's newest first.
fn texts(path: &str) -> Vec<String> {
    let is_one = |file: &str| match path {
        "<list>/<edition>.yaml" => {
            file.ends_with(".yaml") && file.rsplit('/').next().is_some_and(|name| name.starts_with("20"))
        }
        "forms/<name>.yaml" => file.split('/').any(|part| part == "forms"),
        "place.yaml" | "contacts.yaml" | "duties.yaml" | "statistics.yaml" => {
            file.rsplit('/').next() == Some(path)
        }
        _ => file == path,
    };
    let mut names: Vec<_> = Demo::iter().filter(|file| is_one(file)).collect();
    names.sort_by_key(|name| (std::cmp::Reverse(name.rsplit('/').next().map(str::to_owned)), name.clone()));
    let demo = names.into_iter().filter_map(|name| Demo::get(&name));
    let mut others: Vec<_> = Others::iter().filter(|name| is_one(name)).collect();
    others.sort();
    let others = others.into_iter().filter_map(|name| Others::get(&name));
    demo.chain(others).map(|file| String::from_utf8_lossy(&file.data).replace("\r\n", "\n")).collect()
}

/// Returns the Chinese names of the words of the demonstration's vocabulary, by id.
fn names() -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for file in Demo::iter().filter(|file| file.starts_with("vocabulary/")) {
        let text =
            Demo::get(&file).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
        let Some(node) = yaml::parse(FileId(0), &text, &mut Findings::new()) else { continue };
        for word in node.entries().iter().flat_map(|entry| entry.value.items()) {
            let name = word.get("name").and_then(|name| name.get("zh")).and_then(Node::text);
            let id = word.get("id").and_then(Node::text);
            names.extend(id.zip(name).map(|(id, name)| (id.to_owned(), name.to_owned())));
        }
    }
    names
}

/// Looks for fields, and for words that have a Chinese form.
struct ExampleWalk<'a> {
    found: Vec<(&'static Table, &'static Field, Span)>,
    words: Vec<(Span, String)>,
    /// The Chinese names of the words of the vocabulary, by id.
    names: &'a BTreeMap<String, String>,
}

impl ExampleWalk<'_> {
    fn value(&mut self, node: &Node, shape: &'static Shape) {
        match shape {
            Shape::Map(table) => self.map(node, table),
            Shape::MapBy { .. } => shape.table(node).into_iter().for_each(|table| self.map(node, table)),
            Shape::TextOr(table) => self.map(node, table),
            Shape::Word(_) => {
                let name = node.text().and_then(|id| self.names.get(id));
                self.words.extend(name.map(|name| (node.span, name.clone())));
            }
            Shape::Several(item) if node.text().is_some() => self.value(node, item),
            Shape::List(item) | Shape::Several(item) => {
                node.items().iter().for_each(|node| self.value(node, item));
            }
            Shape::Named { by, value: item } => {
                for entry in node.entries() {
                    if let NamedBy::Usual(names) = by {
                        let usual = names.iter().find(|usual| usual.value == entry.key.value);
                        self.words.extend(usual.map(|usual| (entry.key.span, usual.zh.to_owned())));
                    }
                    self.value(&entry.value, item);
                }
            }
            Shape::Choice(choices) => {
                let choice = choices.iter().find(|choice| Some(choice.value) == node.text());
                self.words.extend(choice.map(|choice| (node.span, choice.zh.to_owned())));
            }
            Shape::Text
            | Shape::Ref(_)
            | Shape::PlaceCode
            | Shape::Localized
            | Shape::Id
            | Shape::Language
            | Shape::Date
            | Shape::MonthDay
            | Shape::Integer
            | Shape::Truth
            | Shape::Age => {}
        }
    }

    fn map(&mut self, node: &Node, table: &'static Table) {
        for entry in node.entries() {
            let Some(field) = table.field(&entry.key.value) else { continue };
            let span = Span { end: entry.value.span.end.max(entry.key.span.end), ..entry.key.span };
            self.found.push((table, field, span));
            self.words.push((entry.key.span, field.zh.to_owned()));
            self.value(&entry.value, &field.shape);
        }
    }
}

/// Returns what is written at `span`, from the margin. `None` if it is long.
fn written(text: &str, span: Span, words: &[(Span, String)], lang: UiLang) -> Option<String> {
    let (start, end) = (span.start as usize, span.end as usize);
    let indent = start - text[..start].rfind('\n').map_or(0, |at| at + 1);
    if text[start..end].lines().count() > LONGEST {
        return None;
    }
    let (mut written, mut done) = (String::new(), start);
    let mut words: Vec<_> =
        words.iter().filter(|(word, _)| word.start >= span.start && word.end <= span.end).collect();
    words.sort_by_key(|(word, _)| word.start);
    for (word, zh) in words.into_iter().filter(|_| lang == UiLang::Zh) {
        written.push_str(&text[done..word.start as usize]);
        written.push_str(zh);
        done = word.end as usize;
    }
    written.push_str(&text[done..end]);
    let line = |line: &str| {
        line.get(indent..).filter(|_| line[..indent].trim().is_empty()).unwrap_or(line).to_owned()
    };
    let lines: Vec<String> = written
        .lines()
        .enumerate()
        .map(|(at, text)| if at == 0 || text.len() < indent { text.to_owned() } else { line(text) })
        .collect();
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::tables::DOCUMENTS;

    #[test]
    fn every_field_that_holds_no_fields_has_an_example_in_both_languages() {
        let mut missing = Vec::new();
        for (at, (path, shape)) in DOCUMENTS.iter().enumerate() {
            let mut tables = Vec::new();
            shape.collect_tables(&mut tables);
            for lang in [UiLang::Zh, UiLang::En] {
                let examples = examples(at, lang);
                for (table, field) in
                    tables.iter().flat_map(|table| table.fields.iter().map(move |field| (*table, field)))
                {
                    let holds_fields = !field.shape.tables().is_empty();
                    if !holds_fields && examples.get(table, field).is_none() {
                        missing.push(format!("{path}: {} of {}", field.key, table.en));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }
}
