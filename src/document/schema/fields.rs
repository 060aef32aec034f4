//! Reading values out of fitted trees. The kinds were checked before: what is there is right.

use std::collections::BTreeMap;

use super::{Age, Choices};
use crate::date::Date;
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

impl<'a> Fields<'a> {
    /// Returns the fields of `node`.
    pub fn new(node: &'a Node, reference: &'a LangCode) -> Self {
        Self { node, reference }
    }

    /// Returns the place findings about the whole map point to: its first key.
    pub fn anchor(&self) -> Span {
        self.node.entries().first().map_or(self.node.span, |entry| entry.key.span)
    }

    /// Returns where the value of each key stands.
    pub fn places(&self) -> BTreeMap<String, Span> {
        self.node.entries().iter().map(|entry| (entry.key.value.clone(), entry.value.span)).collect()
    }

    /// Returns the map under `key`.
    pub fn map(&self, key: &str) -> Option<Fields<'a>> {
        self.node.get(key).filter(|node| !node.refused).map(|node| Fields::new(node, self.reference))
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

    /// Returns the text under `key`.
    pub fn text(&self, key: &str) -> Option<Spanned<String>> {
        self.node.get(key).and_then(Node::spanned)
    }

    /// Returns the text under `key` without its place.
    pub fn string(&self, key: &str) -> Option<String> {
        self.text(key).map(|text| text.value)
    }

    /// Returns the texts of the list under `key`.
    pub fn texts(&self, key: &str) -> Vec<Spanned<String>> {
        self.items(key).iter().filter_map(Node::spanned).collect()
    }

    /// Returns the number under `key`.
    pub fn number(&self, key: &str) -> Option<Spanned<u32>> {
        let text = self.text(key)?;
        text.value.parse().ok().map(|number| Spanned::new(number, text.span))
    }

    /// Tells whether `key` says `true`.
    pub fn truth(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::text) == Some("true")
    }

    /// Returns the word of an enumeration.
    pub fn choice<T: Choices>(&self, key: &str) -> Option<T> {
        T::named(self.node.get(key).and_then(Node::text)?)
    }

    /// Returns the day under `key`.
    pub fn date(&self, key: &str) -> Option<Spanned<Date>> {
        let text = self.text(key)?;
        Date::parse(&text.value).ok().map(|date| Spanned::new(date, text.span))
    }

    /// Returns the ages under `key`.
    pub fn age(&self, key: &str) -> Option<Age> {
        Age::parse(self.node.get(key)?.text()?)
    }

    /// Returns the text in the languages it is in.
    pub fn localized(&self, key: &str) -> Option<Localized> {
        self.node.get(key).and_then(|node| localized(node, self.reference))
    }

    /// Returns the entries of the map under `key`, whose names are its own.
    pub fn named(&self, key: &str) -> impl Iterator<Item = (&'a Spanned<String>, Fields<'a>)> {
        let reference = self.reference;
        let entries = self.node.get(key).map_or(&[] as &[_], Node::entries);
        entries.iter().map(move |entry| (&entry.key, Fields::new(&entry.value, reference)))
    }

    /// Returns lists of texts by name.
    pub fn named_lists(&self, key: &str) -> BTreeMap<String, Vec<Spanned<String>>> {
        self.node.get(key).map(named_lists).unwrap_or_default()
    }

    /// Returns each item of a list of maps of lists: groups of words by language.
    pub fn all_named_lists(&self, key: &str) -> Vec<BTreeMap<String, Vec<Spanned<String>>>> {
        self.items(key).iter().map(named_lists).collect()
    }

    /// Returns each item of a list of lists.
    pub fn all_lists(&self, key: &str) -> Vec<Vec<Spanned<String>>> {
        let texts = |node: &'a Node| node.items().iter().filter_map(Node::spanned).collect();
        self.items(key).iter().map(texts).collect()
    }

    /// Returns texts by name.
    pub fn named_texts(&self, key: &str) -> BTreeMap<String, Spanned<String>> {
        let entries = self.node.get(key).map_or(&[] as &[_], Node::entries);
        entries.iter().filter_map(|entry| Some((entry.key.value.clone(), entry.value.spanned()?))).collect()
    }
}

fn named_lists(node: &Node) -> BTreeMap<String, Vec<Spanned<String>>> {
    let texts = |node: &Node| node.items().iter().filter_map(Node::spanned).collect();
    node.entries().iter().map(|entry| (entry.key.value.clone(), texts(&entry.value))).collect()
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
