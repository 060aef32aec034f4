//! What may stand where in a document, as far as the reading of broken files must know it.

use std::collections::{BTreeMap, BTreeSet};

/// The form of one value.
#[derive(Clone, Debug)]
pub enum Form {
    /// One text, number, date.
    Text,
    /// A word that stands for something: an id, a name of a department.
    Word,
    /// Text, or a map of texts by language.
    Texts,
    /// A list of values of one form.
    List(Box<Form>),
    /// A map with these keys, every alias for itself.
    Map(BTreeMap<&'static str, Form>),
    /// A map of the first form if it has one of these keys, of the second if not.
    Either(Vec<&'static str>, Box<Form>, Box<Form>),
    /// A map with names of its own and values of one form.
    Named(Box<Form>),
}

/// Codes of languages that texts are written in.
const LANGUAGES: &[&str] =
    &["zh", "en", "ko", "ja", "bo", "ug", "mn", "kk", "中文", "汉语", "英文", "英语", "韩文", "朝鲜文"];

static TEXT: Form = Form::Text;

impl Form {
    /// Returns the form of the value under `key`. `None` if this is no map, or has no such key.
    pub fn field(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(fields) => fields.get(key),
            Self::Either(_, then, otherwise) => then.field(key).or_else(|| otherwise.field(key)),
            Self::Named(value) => Some(value),
            Self::Texts if LANGUAGES.contains(&key) => Some(&TEXT),
            Self::Texts | Self::Text | Self::Word | Self::List(_) => None,
        }
    }

    /// Returns the form of the items, if this is a list.
    pub fn item(&self) -> Option<&Self> {
        match self {
            Self::List(item) => Some(item),
            Self::Text | Self::Word | Self::Texts | Self::Map(_) | Self::Either(..) | Self::Named(_) => None,
        }
    }

    /// Tells whether this is a map that has `key` among its own.
    pub fn has(&self, key: &str) -> bool {
        !matches!(self, Self::Named(_)) && self.field(key).is_some()
    }

    /// Returns the fields of this map whose items have a field `name`, in the language of that name.
    pub fn lists_of<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'static str> + 'f {
        let fields = match self {
            Self::Map(fields) => Some(fields),
            Self::Text | Self::Word | Self::Texts | Self::List(_) | Self::Either(..) | Self::Named(_) => None,
        };
        let has = move |form: &Self| form.item().is_some_and(|item| item.has(name));
        fields
            .into_iter()
            .flatten()
            .filter(move |(field, form)| has(form) && field.is_ascii() == name.is_ascii())
            .map(|(field, _)| *field)
    }

    /// Tells whether `name` cannot belong to a map that has the keys `seen` already.
    pub fn excludes(&self, seen: &[String], name: &str) -> bool {
        match self {
            Self::Either(keys, then, otherwise) => {
                let is_other = |name: &str| !then.has(name) && otherwise.has(name);
                (seen.iter().any(|seen| keys.contains(&seen.as_str())) && is_other(name))
                    || (keys.contains(&name) && seen.iter().any(|seen| is_other(seen)))
            }
            Self::Text | Self::Word | Self::Texts | Self::List(_) | Self::Map(_) | Self::Named(_) => false,
        }
    }

    /// Returns the names of all fields, here or below, that hold lists of words.
    pub fn word_lists(&self) -> BTreeSet<&'static str> {
        let mut names = BTreeSet::new();
        self.gather_word_lists(&mut names);
        names
    }

    fn gather_word_lists(&self, names: &mut BTreeSet<&'static str>) {
        match self {
            Self::Text | Self::Word | Self::Texts => {}
            Self::List(inner) | Self::Named(inner) => inner.gather_word_lists(names),
            Self::Either(_, then, otherwise) => {
                then.gather_word_lists(names);
                otherwise.gather_word_lists(names);
            }
            Self::Map(fields) => {
                for (name, form) in fields {
                    if form.item().is_some_and(|item| matches!(item, Self::Word)) {
                        names.insert(name);
                    }
                    form.gather_word_lists(names);
                }
            }
        }
    }

    /// Tells whether `name` may stand beside `other`, or `below` it: as an item, or as a field.
    pub fn joins(&self, other: &str, name: &str, as_item: bool, below: bool) -> bool {
        let here = match self.field(other) {
            Some(inner) if below && as_item => {
                inner.item().is_some_and(|item| name.is_empty() || item.has(name))
            }
            Some(inner) if below => inner.has(name) || matches!(inner, Self::Named(_)),
            Some(_) => self.has(name),
            None => false,
        };
        here || match self {
            Self::Text | Self::Word | Self::Texts => false,
            Self::List(inner) | Self::Named(inner) => inner.joins(other, name, as_item, below),
            Self::Either(_, then, otherwise) => {
                [then, otherwise].iter().any(|form| form.joins(other, name, as_item, below))
            }
            Self::Map(fields) => fields.values().any(|form| form.joins(other, name, as_item, below)),
        }
    }

    /// Returns every key of this form and of those inside.
    pub fn words(&self) -> BTreeSet<&'static str> {
        let mut words: BTreeSet<&'static str> = LANGUAGES.iter().copied().collect();
        self.collect(&mut words);
        words
    }

    fn collect(&self, words: &mut BTreeSet<&'static str>) {
        match self {
            Self::Text | Self::Word | Self::Texts => {}
            Self::List(inner) | Self::Named(inner) => inner.collect(words),
            Self::Either(_, then, otherwise) => {
                then.collect(words);
                otherwise.collect(words);
            }
            Self::Map(fields) => fields.iter().for_each(|(key, form)| {
                words.insert(key);
                form.collect(words);
            }),
        }
    }
}
