//! Keys in messages, in the words of the file that a message is about.
//!
//! A message marks a key as `⟦covers⟧` and an entry as `⟦strength: must⟧`, and [`name_keys`] names them: “对应” to whom
//! writes Chinese keys, `covers` to whom writes English ones. What follows the colon is a choice of that field, or
//! empty (`⟦measures:⟧ {…}`); a name in the map of a field is `⟦measures/amount⟧`. A key that stands in several tables is that of the list.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Field, KeyLanguage, NamedBy, Shape, Table, tables};
use crate::diagnostic::{Message, UiLang};

const OPENING: char = '⟦';
const CLOSING: char = '⟧';

/// The fields of all documents by their keys; those of the list before others.
static FIELDS: LazyLock<BTreeMap<&'static str, &'static Field>> = LazyLock::new(|| {
    let mut all: Vec<&'static Table> = Vec::new();
    tables::EDITION.collect_tables(&mut all);
    tables::DOCUMENTS.iter().for_each(|(_, shape)| shape.collect_tables(&mut all));
    let mut fields = BTreeMap::new();
    for field in all.iter().flat_map(|table| table.fields) {
        fields.entry(field.key).or_insert(field);
    }
    fields
});

/// Tells whether a key is marked in a message.
pub fn has_keys(message: &Message) -> bool {
    message.zh.contains(OPENING) || message.en.contains(OPENING)
}

/// Returns a message with the marked keys named as a file with keys in that language names them.
pub fn name_keys(message: &Message, keys: KeyLanguage) -> Message {
    Message {
        zh: in_words(&message.zh, |mark| named(mark, keys, UiLang::Zh)),
        en: in_words(&message.en, |mark| named(mark, keys, UiLang::En)),
    }
}

fn in_words(text: &str, named: impl Fn(&str) -> String) -> String {
    let mut parts = text.split(OPENING);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (mark, rest) = part.split_once(CLOSING).unwrap_or((part, ""));
        whole.push_str(&named(mark));
        whole.push_str(rest);
    }
    whole
}

fn named(mark: &str, keys: KeyLanguage, lang: UiLang) -> String {
    if let Some(name) = mark.split_once('/').and_then(|(key, name)| usual(key, name, keys)) {
        return name;
    }
    let (key, value) = mark.split_once(':').map_or((mark, None), |(key, value)| (key, Some(value.trim())));
    let Some(field) = FIELDS.get(key) else { return format!("{OPENING}{mark}{CLOSING}") };
    match (value, keys, lang) {
        (Some(value), ..) => {
            format!("{}: {}", keys.key(field), choice(field, value, keys)).trim_end().to_owned()
        }
        (None, KeyLanguage::English, UiLang::Zh) => format!("“{key}”（{}）", field.zh),
        (None, KeyLanguage::English, UiLang::En) => format!("`{key}`"),
        (None, KeyLanguage::Chinese, UiLang::Zh) => format!("“{}”", field.zh),
        (None, KeyLanguage::Chinese, UiLang::En) => format!("`{}` ({key})", field.zh),
    }
}

/// Returns a name in a map of a field; one that has no Chinese form as it is.
fn usual(key: &str, name: &str, keys: KeyLanguage) -> Option<String> {
    let Shape::Named { by, .. } = &FIELDS.get(key)?.shape else { return None };
    let known = match by {
        NamedBy::Usual(names) => names.iter().find(|usual| usual.value == name),
        NamedBy::Itself | NamedBy::Language | NamedBy::Word(_) => None,
    };
    Some(known.map_or(name, |usual| keys.choice(usual)).to_owned())
}

fn choice<'v>(field: &Field, value: &'v str, keys: KeyLanguage) -> &'v str {
    match &field.shape {
        Shape::Choice(choices) => {
            choices.iter().find(|choice| choice.value == value).map_or(value, |choice| keys.choice(choice))
        }
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn keys_are_named_in_the_words_of_the_file() {
        let message = text!("在⟦covers⟧里写上 ⟦strength: must⟧", "write ⟦strength: must⟧ under ⟦covers⟧");
        let english = name_keys(&message, KeyLanguage::English);
        assert_eq!(english.zh, "在“covers”（对应）里写上 strength: must");
        assert_eq!(english.en, "write strength: must under `covers`");
        let chinese = name_keys(&message, KeyLanguage::Chinese);
        assert_eq!(chinese.zh, "在“对应”里写上 力度: 应当");
        assert_eq!(chinese.en, "write 力度: 应当 under `对应` (covers)");
    }

    #[test]
    fn an_entry_may_go_on_after_the_mark() {
        let message = text!("写上 ⟦measures:⟧ {{⟦measures/amount⟧: …}}", "⟦measures:⟧ {{amount: …}}");
        assert_eq!(name_keys(&message, KeyLanguage::English).zh, "写上 measures: {amount: …}");
        assert_eq!(name_keys(&message, KeyLanguage::Chinese).zh, "写上 标准: {金额: …}");
        assert!(has_keys(&message) && !has_keys(&name_keys(&message, KeyLanguage::English)));
    }
}
