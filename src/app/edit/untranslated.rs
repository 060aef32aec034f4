//! Texts whose translation is missing or outdated, and former texts by their fingerprints.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Catalogue, Record, fingerprint};
use crate::diagnostic::Findings;
use crate::lang::Localized;
use crate::span::{FileId, Span};
use crate::syntax::yaml;

/// A text of a file that lacks an up-to-date translation into a language.
pub(super) struct Open {
    /// The address of the text.
    pub address: String,
    /// The code of the language.
    pub code: String,
    /// The text, and where it stands.
    pub reference: String,
    /// See `reference`.
    pub at: Span,
    /// The translation, if there is one.
    pub translation: Option<String>,
    /// The fingerprint of the text that was translated; none where nothing is.
    pub from: Option<String>,
}

/// Returns the texts whose translation is missing or outdated, where `is_asked` of the place of the text.
pub(super) fn open_texts(catalogue: &Catalogue, is_asked: impl Fn(Span) -> bool) -> Vec<Open> {
    let mut all = Vec::new();
    catalogue.each_text(&mut |address: &dyn Fn() -> String, text: &Localized| {
        let reference = text.reference();
        if !is_asked(reference.span) {
            return;
        }
        for language in catalogue.site.languages.iter().skip(1) {
            let code = language.code.as_str();
            let translation = text.get(&language.code);
            let from = match translation {
                None => None,
                Some(translation) => {
                    let record = catalogue.translations.get(&address(), code);
                    let is_stale = |record: &&Record| {
                        record.from != fingerprint(&reference.value)
                            && record.text == fingerprint(&translation.value)
                    };
                    let Some(record) = record.filter(is_stale) else { continue };
                    Some(record.from.clone())
                }
            };
            all.push(Open {
                address: address(),
                code: code.to_owned(),
                reference: reference.value.clone(),
                at: reference.span,
                translation: translation.map(|translation| translation.value.clone()),
                from,
            });
        }
    });
    all
}

/// Notes the texts of a file whose fingerprints are wanted.
pub(super) fn note_texts(text: &str, wanted: &BTreeSet<&str>, found: &mut BTreeMap<String, String>) {
    let Some(root) = yaml::parse(FileId(0), text, &mut Findings::new()) else { return };
    let mut todo = vec![&root];
    while let Some(node) = todo.pop() {
        if let Some(text) = node.text() {
            let print = fingerprint(text);
            if wanted.contains(print.as_str()) {
                found.entry(print).or_insert_with(|| text.to_owned());
            }
        }
        todo.extend(node.items());
        todo.extend(node.entries().iter().map(|entry| &entry.value));
    }
}
