//! The tree a YAML file becomes. Every value and every key knows its place.

use crate::span::{Span, Spanned};

/// One value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it is written; for a list or map, from its first to its last value.
    pub span: Span,
    /// What it is.
    pub value: Value,
    /// Whether what is written here was refused: a finding said why, and the value is empty. Whoever
    /// misses something because of it stays silent.
    pub refused: bool,
}

/// A value as YAML knows it, without types beyond text: `010`, `no` and `1.10` stay as written.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Empty,
    /// Text; trimmed unless it is in quotes.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map in the order written, keys unique.
    Map(Vec<Entry>),
}

/// One key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: Spanned<String>,
    /// The value.
    pub value: Node,
}

impl Entry {
    /// Returns the mark of a field that may be in what was lost of its map.
    pub fn refused(key: &str, at: Span) -> Self {
        Self { key: Spanned::new(key.to_owned(), at), value: Node::refused(at) }
    }
}

impl Node {
    /// Returns a value with its place.
    pub fn new(span: Span, value: Value) -> Self {
        Self { span, value, refused: false }
    }

    /// Returns the mark of something that was written at `span` and refused.
    pub fn refused(span: Span) -> Self {
        Self { span, value: Value::Empty, refused: true }
    }

    /// Tells whether this was refused, or an item of this list.
    pub fn is_lost(&self) -> bool {
        self.refused || self.items().iter().any(|item| item.refused)
    }

    /// Returns the value under `key`, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }

    /// Returns the entries of a map; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            Value::Empty | Value::Text(_) | Value::List(_) => &[],
        }
    }

    /// Returns the items of a list; none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Empty | Value::Text(_) | Value::Map(_) => &[],
        }
    }

    /// Returns the text, if this is text.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            Value::Empty | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Tells whether there is nothing here, or text that is only white space.
    pub fn is_blank(&self) -> bool {
        match &self.value {
            Value::Empty => !self.refused,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(_) | Value::Map(_) => false,
        }
    }

    /// Returns the text with its place, if this is text.
    pub fn spanned(&self) -> Option<Spanned<String>> {
        self.text().map(|text| Spanned::new(text.to_owned(), self.span))
    }
}
