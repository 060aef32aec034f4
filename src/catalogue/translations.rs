//! What is recorded about translations, so that one made from a text that has since changed is noticed.
//!
//! `translations.lock` is written by `qingdan translated` and read by people only when they wonder. For
//! each text it holds the fingerprint of the reference text and of the translation as they were. If the
//! reference has changed and the translation has not, the translation is outdated.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The file at the root of the catalogue.
pub const TRANSLATIONS_FILE: &str = "translations.lock";

/// What was recorded for one text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Fingerprint of the reference text.
    pub from: String,
    /// Fingerprint of the translation.
    pub text: String,
}

/// Records by address of the text, then by language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translations(BTreeMap<String, BTreeMap<String, Record>>);

impl Translations {
    /// Reads the lock file. What is not of its form is as if nothing were recorded: at worst a translation
    /// is not watched until the file is written anew.
    pub fn parse(text: &str) -> Self {
        serde_yaml::from_str(text).map(Self).unwrap_or_default()
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
        assert_eq!(Translations::parse(&translations.to_text()), translations);
        assert_eq!(fingerprint("").len(), 12);
    }
}
