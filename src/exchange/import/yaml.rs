//! Writing YAML: one tree with comments.

use crate::diagnostic::{Findings, Message};
use crate::lang::Localized;
use crate::schema::{Declared, KeyLanguage, name_keys};
use crate::span::FileId;
use crate::syntax::{self, Node, Value as Written, scalar};

/// A value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Text or a number, as the reader is to get it.
    Text(String),
    /// A list.
    List(Vec<Item>),
    /// A map.
    Map(Map),
}

/// An item of a list, with the comments above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Comments, one a line.
    pub comments: Vec<Message>,
    /// The item.
    pub value: Value,
}

impl Item {
    /// Takes out every comment.
    pub fn drop_comments(&mut self) {
        self.comments.clear();
        self.value.drop_comments();
    }
}

impl From<Value> for Item {
    fn from(value: Value) -> Self {
        Self { comments: Vec::new(), value }
    }
}

/// A map in the order it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Map(pub Vec<Entry>);

/// A key, its value, and the comments above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Comments, one a line.
    pub comments: Vec<Message>,
    /// The key, in English.
    pub key: String,
    /// The value.
    pub value: Value,
}

impl Map {
    /// Adds an entry, or puts its value in the place of the one there.
    pub fn set(&mut self, key: &str, value: Value) {
        match self.0.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => entry.value = value,
            None => self.0.push(Entry { comments: Vec::new(), key: key.to_owned(), value }),
        }
    }

    /// Adds text under a key, unless it is empty.
    pub fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.set(key, Value::Text(text.to_owned()));
        }
    }

    /// Adds text in the reference language under a key, unless it is empty.
    pub fn zh(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            let mut languages = Map::default();
            if let Some(Value::Map(there)) = self.get(key) {
                languages = there.clone();
            }
            languages.set("zh", Value::Text(text.to_owned()));
            languages.0.sort_by_key(|entry| entry.key != "zh");
            self.set(key, Value::Map(languages));
        }
    }

    /// Adds a text in all its languages under a key, the reference language first.
    pub fn localized(&mut self, key: &str, text: &Localized) {
        let mut languages = Map::default();
        languages.text("zh", &text.reference().value);
        text.iter().for_each(|(lang, text)| languages.text(lang.as_str(), &text.value));
        self.set(key, Value::Map(languages));
    }

    /// Adds a list of texts under a key, unless it is empty.
    pub fn texts<T: AsRef<str>>(&mut self, key: &str, texts: impl IntoIterator<Item = T>) {
        let items: Vec<Item> =
            texts.into_iter().map(|text| Value::Text(text.as_ref().to_owned()).into()).collect();
        if !items.is_empty() {
            self.set(key, Value::List(items));
        }
    }

    /// Adds a comment above a key that is there.
    pub fn comment(&mut self, key: &str, comment: Message) {
        if let Some(entry) = self.0.iter_mut().find(|entry| entry.key == key) {
            entry.comments.push(comment);
        }
    }

    /// Returns its texts and lists of texts, each with the keys that lead there.
    pub fn leaves(&self) -> Vec<(Vec<String>, Vec<String>)> {
        let under = |entry: &Entry| -> Vec<(Vec<String>, Vec<String>)> {
            let own = vec![entry.key.clone()];
            match &entry.value {
                Value::Text(text) => vec![(own, vec![text.clone()])],
                Value::List(items) => {
                    vec![(own, items.iter().map(|item| item.value.text().to_owned()).collect())]
                }
                Value::Map(inner) => {
                    let deeper = inner.leaves().into_iter();
                    deeper.map(|(path, values)| ([own.clone(), path].concat(), values)).collect()
                }
            }
        };
        self.0.iter().flat_map(under).collect()
    }

    /// Takes the value under a key out.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        let at = self.0.iter().position(|entry| entry.key == key)?;
        Some(self.0.remove(at).value)
    }

    /// Returns the text in the reference language under a key.
    pub fn zh_of(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Value::Map(languages) => languages.get("zh").map(Value::text),
            Value::Text(text) => Some(text),
            Value::List(_) => None,
        }
    }

    /// Takes the text in the reference language under a key out; what stays there in others stays.
    pub fn take_zh(&mut self, key: &str) -> String {
        let Some(Value::Map(languages)) = self.get_mut(key) else { return self.take_text(key) };
        let text = languages.take_text("zh");
        if languages.0.is_empty() {
            self.take(key);
        }
        text
    }

    /// Takes the text under a key out.
    pub fn take_text(&mut self, key: &str) -> String {
        if matches!(self.get(key), Some(Value::Text(_))) {
            return self.take(key).map(|value| value.text().to_owned()).unwrap_or_default();
        }
        String::new()
    }

    /// Takes the texts of the list under a key out.
    pub fn take_texts(&mut self, key: &str) -> Vec<String> {
        match self.take(key) {
            Some(Value::List(items)) => items.iter().map(|item| item.value.text().to_owned()).collect(),
            Some(Value::Text(_) | Value::Map(_)) | None => Vec::new(),
        }
    }

    /// Returns the texts of the list under a key.
    pub fn list(&self, key: &str) -> Vec<String> {
        match self.get(key) {
            Some(Value::List(items)) => items.iter().map(|item| item.value.text().to_owned()).collect(),
            Some(Value::Text(_) | Value::Map(_)) | None => Vec::new(),
        }
    }

    /// Returns the value under a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.0.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
    }

    /// Puts the keys in the order in which a map declares them.
    pub fn in_order_of<T: Declared>(&mut self) {
        self.0.sort_by_key(|entry| T::TABLE.fields.iter().position(|field| field.key == entry.key));
    }

    /// Returns the value under a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }
}

impl Value {
    fn drop_comments(&mut self) {
        match self {
            Self::Text(_) => {}
            Self::List(items) => items.iter_mut().for_each(Item::drop_comments),
            Self::Map(map) => {
                for entry in &mut map.0 {
                    entry.comments.clear();
                    entry.value.drop_comments();
                }
            }
        }
    }

    /// Returns a tree that was read.
    pub fn of(node: &Node) -> Self {
        match &node.value {
            Written::Empty => Self::Text(String::new()),
            Written::Text(text) => Self::Text(text.clone()),
            Written::List(items) => Self::List(items.iter().map(|item| Self::of(item).into()).collect()),
            Written::Map(entries) => {
                let entry = |entry: &crate::syntax::Entry| Entry {
                    comments: Vec::new(),
                    key: entry.key.value.clone(),
                    value: Self::of(&entry.value),
                };
                Self::Map(Map(entries.iter().map(entry).collect()))
            }
        }
    }

    /// Returns the text, empty if this is none.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::List(_) | Self::Map(_) => "",
        }
    }
}

/// Writes an edition with English keys, and with comments that name keys in the language given.
pub(super) fn write(edition: &Map, keys: KeyLanguage) -> String {
    let mut out = String::new();
    map(&mut out, edition, keys, 0);
    out
}

/// Writes lines of comment, for the head of a file.
pub(super) fn comment_lines(lines: &[Message], keys: KeyLanguage) -> String {
    let mut out = String::new();
    comments(&mut out, lines, keys, 0);
    out
}

/// Writes a map by itself, with English keys.
pub(super) fn fragment(value: &Map) -> String {
    let mut out = String::new();
    map(&mut out, value, KeyLanguage::English, 0);
    out
}

/// Reads what [`fragment`] wrote and a person may have changed. `None` if it cannot be read or is no map.
pub(super) fn read_fragment(text: &str) -> Option<Map> {
    let mut findings = Findings::new();
    let node = syntax::yaml::parse(FileId(0), text, &mut findings)?;
    match Value::of(&node) {
        Value::Map(map) if findings.is_empty() => Some(map),
        Value::Map(_) | Value::List(_) | Value::Text(_) => None,
    }
}

fn map(out: &mut String, map: &Map, keys: KeyLanguage, depth: usize) {
    for (at, entry) in map.0.iter().enumerate() {
        comments(out, &entry.comments, keys, depth);
        // The first line of an item stands behind its dash already.
        if at > 0 || !entry.comments.is_empty() || out.ends_with('\n') || out.is_empty() {
            out.push_str(&" ".repeat(depth));
        }
        out.push_str(&scalar(&entry.key));
        out.push(':');
        value(out, &entry.value, keys, depth + 2);
    }
}

fn value(out: &mut String, written: &Value, keys: KeyLanguage, depth: usize) {
    match written {
        Value::Text(text) => {
            out.push(' ');
            out.push_str(&scalar(text));
            out.push('\n');
        }
        Value::List(items) if items.is_empty() => out.push_str(" []\n"),
        Value::Map(entries) if entries.0.is_empty() => out.push_str(" {}\n"),
        Value::List(items) => {
            out.push('\n');
            items.iter().for_each(|each| item(out, each, keys, depth));
        }
        Value::Map(entries) => {
            out.push('\n');
            map(out, entries, keys, depth);
        }
    }
}

fn item(out: &mut String, item: &Item, keys: KeyLanguage, depth: usize) {
    comments(out, &item.comments, keys, depth);
    out.push_str(&" ".repeat(depth));
    out.push('-');
    match &item.value {
        Value::Map(entries) if !entries.0.is_empty() && entries.0[0].comments.is_empty() => {
            out.push(' ');
            map(out, entries, keys, depth + 2);
        }
        other => value(out, other, keys, depth + 2),
    }
}

/// Writes comments, each in both languages on one line.
fn comments(out: &mut String, comments: &[Message], keys: KeyLanguage, depth: usize) {
    for comment in comments {
        let Message { zh, en } = name_keys(comment, keys);
        let line: String = format!("{zh} {en}")
            .chars()
            .map(|c| if is_plain_space(c) || c.is_control() { ' ' } else { c })
            .collect();
        out.push_str(&format!("{}# {}\n", " ".repeat(depth), line.trim()));
    }
}

fn is_plain_space(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}')
}
