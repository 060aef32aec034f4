//! What is recorded about translations, so that one made from a text that has since changed is noticed.
//!
//! `translations.lock` is written by `qingdan translated` and read by people only when they wonder. For
//! each text it holds the fingerprint of the reference text and of the translation as they were. If the
//! reference has changed and the translation has not, the translation is outdated.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// The file at the root of the catalogue.
pub const TRANSLATIONS_FILE: &str = "translations.lock";

/// What was recorded for one text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Fingerprint of the reference text.
    pub from: String,
    /// Fingerprint of the translation.
    pub text: String,
}

/// Records by address of the text and language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translations(BTreeMap<(String, String), Record>);

impl Translations {
    /// Reads the lock file. Lines that are not of its form are skipped: at worst a translation is not
    /// watched until the file is written anew.
    pub fn parse(text: &str) -> Self {
        let record = |line: &str| {
            let mut words = line.split_whitespace();
            let (address, lang, from, text) = (words.next()?, words.next()?, words.next()?, words.next()?);
            Some(((address.to_owned(), lang.to_owned()), Record { from: from.to_owned(), text: text.to_owned() }))
        };
        Self(text.lines().filter(|line| !line.starts_with('#')).filter_map(record).collect())
    }

    /// Returns the lock file.
    pub fn to_text(&self) -> String {
        let mut out = String::from(
            "# 由 qingdan translated 写出，请勿手改。Written by `qingdan translated`; do not edit.\n\
             # 地址 语言 原文指纹 译文指纹 / address language reference translation\n",
        );
        for ((address, lang), record) in &self.0 {
            out.push_str(&format!("{address} {lang} {} {}\n", record.from, record.text));
        }
        out
    }

    /// Returns what was recorded for the text at `address` in `lang`.
    pub fn get(&self, address: &str, lang: &str) -> Option<&Record> {
        self.0.get(&(address.to_owned(), lang.to_owned()))
    }

    /// Records a translation.
    pub fn insert(&mut self, address: &str, lang: &str, record: Record) {
        self.0.insert((address.to_owned(), lang.to_owned()), record);
    }

    /// Returns how many translations are recorded.
    pub fn len(&self) -> usize {
        self.0.len()
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
