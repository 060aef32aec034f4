//! Reading values out of fitted trees. The kinds were checked before: what is there is right.

use std::collections::BTreeMap;

use crate::date::Date;
use crate::lang::{LangCode, Localized};
use crate::schema::{Age, Choices};
use crate::span::{Span, Spanned};
use crate::syntax::{Node, Value};

/// A fitted map with the language its plain texts are in.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub node: &'a Node,
    pub reference: &'a LangCode,
}

impl<'a> Fields<'a> {
    pub(super) fn new(node: &'a Node, reference: &'a LangCode) -> Self {
        Self { node, reference }
    }

    /// The place findings about the whole map point to: its first key.
    pub(super) fn anchor(&self) -> Span {
        self.node.entries().first().map_or(self.node.span, |entry| entry.key.span)
    }

    /// Returns where the value of each key stands.
    pub(super) fn places(&self) -> BTreeMap<String, Span> {
        self.node.entries().iter().map(|entry| (entry.key.value.clone(), entry.value.span)).collect()
    }

    pub(super) fn map(&self, key: &str) -> Option<Fields<'a>> {
        self.node.get(key).filter(|node| !node.refused).map(|node| Fields::new(node, self.reference))
    }

    pub(super) fn maps(&self, key: &str) -> impl Iterator<Item = Fields<'a>> {
        let reference = self.reference;
        self.items(key).iter().map(move |node| Fields::new(node, reference))
    }

    /// Tells whether what is written under `key` was refused, or an item of the list there.
    pub(super) fn lost(&self, key: &str) -> bool {
        self.node.get(key).is_some_and(Node::is_lost)
    }

    /// Returns what `decode` makes of each map of a required list, and whether one could not be used or
    /// the list itself is missing; a finding said why.
    pub(super) fn decoded<T>(
        &self,
        key: &str,
        decode: impl FnMut(Fields<'a>) -> Option<T>,
    ) -> (Vec<T>, bool) {
        let decoded: Vec<T> = self.maps(key).filter_map(decode).collect();
        let items = self.node.get(key).filter(|list| !list.refused).map(|list| list.items().len());
        let lost = items.is_none_or(|items| items != decoded.len());
        (decoded, lost)
    }

    fn items(&self, key: &str) -> &'a [Node] {
        self.node.get(key).map_or(&[], Node::items)
    }

    pub(super) fn text(&self, key: &str) -> Option<Spanned<String>> {
        self.node.get(key).and_then(Node::spanned)
    }

    pub(super) fn string(&self, key: &str) -> Option<String> {
        self.text(key).map(|text| text.value)
    }

    pub(super) fn texts(&self, key: &str) -> Vec<Spanned<String>> {
        self.items(key).iter().filter_map(Node::spanned).collect()
    }

    /// Returns the texts of a field that has one, or a list of them.
    pub(super) fn several(&self, key: &str) -> Vec<Spanned<String>> {
        self.text(key).map_or_else(|| self.texts(key), |one| vec![one])
    }

    pub(super) fn number(&self, key: &str) -> Option<Spanned<u32>> {
        let text = self.text(key)?;
        text.value.parse().ok().map(|number| Spanned::new(number, text.span))
    }

    pub(super) fn truth(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::text) == Some("true")
    }

    /// Returns the word of an enumeration.
    pub(super) fn choice<T: Choices>(&self, key: &str) -> Option<T> {
        T::named(self.node.get(key).and_then(Node::text)?)
    }

    pub(super) fn date(&self, key: &str) -> Option<Spanned<Date>> {
        let text = self.text(key)?;
        Date::parse(&text.value).ok().map(|date| Spanned::new(date, text.span))
    }

    pub(super) fn age(&self, key: &str) -> Option<Spanned<Age>> {
        let text = self.text(key)?;
        Age::parse(&text.value).map(|age| Spanned::new(age, text.span))
    }

    pub(super) fn localized(&self, key: &str) -> Option<Localized> {
        self.node.get(key).and_then(|node| localized(node, self.reference))
    }

    pub(super) fn all_localized(&self, key: &str) -> Vec<Localized> {
        self.items(key).iter().filter_map(|node| localized(node, self.reference)).collect()
    }

    pub(super) fn named(&self, key: &str) -> impl Iterator<Item = (&'a Spanned<String>, Fields<'a>)> {
        let reference = self.reference;
        let entries = self.node.get(key).map_or(&[] as &[_], Node::entries);
        entries.iter().map(move |entry| (&entry.key, Fields::new(&entry.value, reference)))
    }

    pub(super) fn named_lists(&self, key: &str) -> BTreeMap<String, Vec<Spanned<String>>> {
        self.node.get(key).map(named_lists).unwrap_or_default()
    }

    /// Returns each item of a list of maps of lists: groups of words by language.
    pub(super) fn all_named_lists(&self, key: &str) -> Vec<BTreeMap<String, Vec<Spanned<String>>>> {
        self.items(key).iter().map(named_lists).collect()
    }

    /// Returns each item of a list of lists.
    pub(super) fn all_lists(&self, key: &str) -> Vec<Vec<Spanned<String>>> {
        let texts = |node: &'a Node| node.items().iter().filter_map(Node::spanned).collect();
        self.items(key).iter().map(texts).collect()
    }

    pub(super) fn named_texts(&self, key: &str) -> BTreeMap<String, Spanned<String>> {
        let entries = self.node.get(key).map_or(&[] as &[_], Node::entries);
        entries.iter().filter_map(|entry| Some((entry.key.value.clone(), entry.value.spanned()?))).collect()
    }
}

fn named_lists(node: &Node) -> BTreeMap<String, Vec<Spanned<String>>> {
    let texts = |node: &Node| node.items().iter().filter_map(Node::spanned).collect();
    node.entries().iter().map(|entry| (entry.key.value.clone(), texts(&entry.value))).collect()
}

fn localized(node: &Node, reference: &LangCode) -> Option<Localized> {
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
