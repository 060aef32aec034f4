//! Keys, languages, choices and words of the vocabulary from English into Chinese and back.
//!
//! A word is changed only where the other language has exactly one for it in the place of the file, and where the
//! new one can be written without quotation marks; ids, addresses and texts stay.

use crate::Naming;
use crate::schema::{Choice, KeyLanguage, NamedBy, Shape, VocabularyKind, language_code, language_name};
use crate::span::{Span, Spanned};
use crate::syntax::{Edits, Node, Value};

/// Returns a text, whose tree this is, with its keys and words in `language`.
pub fn in_language(
    text: &str,
    node: &Node,
    shape: &Shape,
    naming: &Naming<'_>,
    language: KeyLanguage,
) -> String {
    let mut words = Words { edits: Edits::new(text), naming, language };
    words.value(node, shape);
    words.edits.done()
}

struct Words<'t, 'n, 'a> {
    edits: Edits<'t>,
    naming: &'n Naming<'a>,
    language: KeyLanguage,
}

impl Words<'_, '_, '_> {
    fn value(&mut self, node: &Node, shape: &Shape) {
        match (shape, &node.value) {
            (Shape::List(item) | Shape::Several(item), Value::List(items)) => {
                items.iter().for_each(|each| self.value(each, item));
            }
            (Shape::Localized, Value::Map(entries)) => {
                entries.iter().for_each(|entry| self.tongue(&entry.key));
            }
            (Shape::Named { by, value }, Value::Map(entries)) => {
                for entry in entries {
                    match by {
                        NamedBy::Itself => {}
                        NamedBy::Usual(names) => self.choice(entry.key.span, &entry.key.value, names),
                        NamedBy::Language => self.tongue(&entry.key),
                        NamedBy::Word(register) => self.word(entry.key.span, &entry.key.value, *register),
                    }
                    self.value(&entry.value, value);
                }
            }
            (Shape::Choice(choices), Value::Text(text)) => self.choice(node.span, text, choices),
            (Shape::Word(register), Value::Text(text)) => self.word(node.span, text, *register),
            (Shape::Map(_) | Shape::MapBy { .. } | Shape::TextOr(_), Value::Map(entries)) => {
                let Some(table) = shape.table(node) else { return };
                for entry in entries {
                    let Some(field) = table.field(&entry.key.value) else { continue };
                    self.write(entry.key.span, self.language.key(field));
                    self.value(&entry.value, &field.shape);
                }
            }
            _ => {}
        }
    }

    /// Of several forms of one word in a language, the one that stands there stays.
    fn choice(&mut self, at: Span, text: &str, choices: &'static [Choice]) {
        let meant = |choice: &&Choice| choice.value == text || choice.zh == text;
        if let Some(choice) = choices.iter().find(meant)
            && self.language.choice(choice) != text
        {
            self.write(at, self.language.choice(choice));
        }
    }

    fn tongue(&mut self, key: &Spanned<String>) {
        let Some(code) = language_code(&key.value) else { return };
        let written = match self.language {
            KeyLanguage::English => Some(code),
            KeyLanguage::Chinese => language_name(code),
        };
        if let Some(written) = written {
            self.write(key.span, written);
        }
    }

    fn word(&mut self, at: Span, text: &str, register: VocabularyKind) {
        let ids = self.naming.ids(register, text);
        let [id] = ids.as_slice() else { return };
        let written = match self.language {
            KeyLanguage::English => Some(*id),
            KeyLanguage::Chinese => self.naming.name(register, id).filter(|name| is_bare(name)),
        };
        if let Some(written) = written {
            self.write(at, written);
        }
    }

    fn write(&mut self, at: Span, word: &str) {
        self.edits.put(at.start as usize..at.end as usize, word);
    }
}

/// Tells whether a name can be written anywhere without quotation marks.
fn is_bare(name: &str) -> bool {
    !name.contains(|c: char| c.is_ascii_punctuation() || c.is_whitespace() || c.is_control())
}
