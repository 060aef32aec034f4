//! Reading values out of fitted trees. The kinds were checked before: what is there is right.

use super::field_type::FieldType;
use super::{Field, Table};
use crate::lang::{LangCode, Localized};
use crate::span::{Span, Spanned};
use crate::syntax::{Node, Value};

/// A fitted map with the language its plain texts are in.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    /// The map.
    pub node: &'a Node,
    /// The language of texts that name none.
    pub reference: &'a LangCode,
}

/// Where the values of the fields of a map stand. A list, because a catalogue holds very many of few fields.
#[derive(Clone, Debug)]
pub struct FieldPlaces(Box<[(&'static str, Span)]>);

impl FieldPlaces {
    /// Returns where the value of a field stands, if it is there.
    pub fn get(&self, key: &str) -> Option<Span> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, span)| *span)
    }
}

impl<'a> Fields<'a> {
    /// Returns the fields of `node`.
    pub fn new(node: &'a Node, reference: &'a LangCode) -> Self {
        Self { node, reference }
    }

    /// Returns the place findings about the whole map point to: its first key.
    pub fn anchor(&self) -> Span {
        self.node.entries().first().map_or(self.node.span, |entry| entry.key.span)
    }

    /// Returns where the value of each field of `table` stands that is there.
    pub fn places(&self, table: &'static Table) -> FieldPlaces {
        let of = |field: &'static Field| Some((field.key, self.node.get(field.key)?.span));
        FieldPlaces(table.fields.iter().filter_map(of).collect())
    }

    /// Returns the maps of the list under `key`.
    pub fn maps(&self, key: &str) -> impl Iterator<Item = Fields<'a>> {
        let reference = self.reference;
        self.items(key).iter().map(move |node| Fields::new(node, reference))
    }

    /// Tells whether what is written under `key` was refused, or an item of the list there.
    pub fn is_lost(&self, key: &str) -> bool {
        self.node.get(key).is_some_and(Node::is_lost)
    }

    /// Tells whether the list under `key` is missing, or has other than `used` items: some could not be used, and a
    /// finding said why.
    pub fn is_incomplete(&self, key: &str, used: usize) -> bool {
        let items = self.node.get(key).filter(|list| !list.refused).map(|list| list.items().len());
        items.is_none_or(|items| items != used)
    }

    /// Returns what `decode` makes of each map of a required list, and whether one could not be used or
    /// the list itself is missing; a finding said why.
    pub fn decoded<T>(&self, key: &str, decode: impl FnMut(Fields<'a>) -> Option<T>) -> (Vec<T>, bool) {
        let decoded: Vec<T> = self.maps(key).filter_map(decode).collect();
        let lost = self.is_incomplete(key, decoded.len());
        (decoded, lost)
    }

    fn items(&self, key: &str) -> &'a [Node] {
        self.node.get(key).map_or(&[], Node::items)
    }

    /// Returns what is declared to stand under `key`.
    pub fn get<F: FieldType>(&self, key: &str) -> F::Optional {
        F::optional(self.node.get(key), self.reference)
    }

    /// Returns the names of the map under `key`, with their places.
    pub fn names(&self, key: &str) -> Vec<Spanned<String>> {
        let entries = self.node.get(key).map_or(&[] as &[_], Node::entries);
        entries.iter().map(|entry| entry.key.clone()).collect()
    }
}

/// Reads a text in the languages of the site, or a plain one in the reference.
pub(super) fn localized(node: &Node, reference: &LangCode) -> Option<Localized> {
    match &node.value {
        Value::Text(_) => node.spanned().map(|text| Localized::reference_only(text, reference)),
        Value::Map(entries) => {
            // Most texts are in the reference language: its code is shared, not made anew.
            let code =
                |text: &str| if text == reference.as_str() { reference.clone() } else { LangCode::new(text) };
            let texts = entries
                .iter()
                .filter_map(|entry| Some((code(&entry.key.value), entry.value.spanned()?)))
                .collect();
            Localized::new(node.span, texts, reference)
        }
        Value::Empty | Value::List(_) => None,
    }
}
