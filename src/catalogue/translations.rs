//! What is recorded about translations, so that one made from a text that has since changed is noticed.
//!
//! `translations.lock` is written by `qingdan translated` and read by people only when they wonder. For
//! each text it holds the fingerprint of the reference text and of the translation as they were. If the
//! reference has changed and the translation has not, the translation is outdated.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::diagnostic::Findings;
use crate::lang::Localized;
use crate::span::{FileId, Spanned};
use crate::syntax::{Node, yaml};

/// The file at the root of the catalogue.
pub const TRANSLATIONS_FILE: &str = "translations.lock";

/// What was recorded for one text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Fingerprint of the reference text.
    pub from: String,
    /// Fingerprint of the translation.
    pub text: String,
}

impl Record {
    /// Returns the record of a translation as it stands.
    pub fn of(text: &Localized, translation: &Spanned<String>) -> Self {
        Self { from: fingerprint(&text.reference().value), text: fingerprint(&translation.value) }
    }
}

/// Records by address of the text, then by language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translations(BTreeMap<String, BTreeMap<String, Record>>);

impl Translations {
    /// Reads the lock file. A file that is not YAML, after a merge for example, is reported; a record that
    /// is not of the form is left out: at worst a translation is not watched until the file is written anew.
    pub fn parse(file: FileId, text: &str, findings: &mut Findings) -> Self {
        let mut translations = Self::default();
        let node = yaml::parse(file, text, findings);
        for address in node.iter().flat_map(Node::entries) {
            for lang in address.value.entries() {
                let part = |key: &str| lang.value.get(key).and_then(Node::text).map(str::to_owned);
                if let (Some(from), Some(text)) = (part("from"), part("text")) {
                    translations.insert(&address.key.value, &lang.key.value, Record { from, text });
                }
            }
        }
        translations
    }

    /// Returns the lock file: YAML, in the order of addresses.
    pub fn to_text(&self) -> String {
        let head = "# 由 qingdan translated 写出，请勿手改。Written by `qingdan translated`; do not edit.\n";
        let body = serde_yaml::to_string(&self.0).expect("maps of strings are YAML");
        format!("{head}{body}")
    }

    /// Returns what was recorded for the text at `address` in `lang`.
    pub fn get(&self, address: &str, lang: &str) -> Option<&Record> {
        self.0.get(address)?.get(lang)
    }

    /// Records a translation.
    pub fn insert(&mut self, address: &str, lang: &str, record: Record) {
        self.0.entry(address.to_owned()).or_default().insert(lang.to_owned(), record);
    }

    /// Returns how many translations are recorded.
    pub fn len(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }

    /// Tells whether nothing is recorded.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Returns the fingerprint of a text: the first 12 hexadecimal digits of its SHA-256.
pub fn fingerprint(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_reads_back_what_was_written() {
        let mut translations = Translations::default();
        let record = Record { from: fingerprint("甲"), text: fingerprint("A") };
        translations.insert("fujian/x/2025:a/title", "en", record);
        let mut findings = Findings::new();
        assert_eq!(Translations::parse(FileId(0), &translations.to_text(), &mut findings), translations);
        assert!(findings.is_empty());
        Translations::parse(FileId(0), "<<<<<<< ours\na: {}\n=======\n", &mut findings);
        assert_eq!(findings.len(), 1);
        assert_eq!(fingerprint("").len(), 12);
    }
}
