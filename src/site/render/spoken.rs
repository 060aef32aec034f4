//! What a voice says, ready to be looked up: the function `t` of templates is called some hundred times a page.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::strings::{StringPhrase, Values};
use super::voice::{Voice, Words};

/// The voices that were asked for, each under its number: a language and the groups of a page.
#[derive(Debug, Default)]
pub(super) struct Voices(RwLock<Vec<KnownVoice>>);

/// A language and groups, with what is said in them.
type KnownVoice = (String, Vec<String>, Arc<Spoken>);

/// Every string of a voice, by a number made of its name.
#[derive(Debug)]
pub(super) struct Spoken(BTreeMap<u64, (String, SpokenString)>);

/// A string of a voice.
#[derive(Debug)]
pub(super) enum SpokenString {
    /// Always the same.
    Fixed(tera::Value),
    /// To be filled: the phrase, its language, and that language's number if the string is borrowed from it.
    Filled(StringPhrase, String, Option<usize>),
}

impl Voices {
    /// Returns the number of a voice.
    pub(super) fn number(&self, words: &Words, voice: Voice<'_>) -> usize {
        let at = |known: &[KnownVoice]| {
            known.iter().position(|(lang, groups, _)| lang == voice.lang && groups == voice.groups)
        };
        let known = at(&self.0.read().unwrap_or_else(PoisonError::into_inner));
        known.unwrap_or_else(|| {
            let spoken = Arc::new(Spoken::new(words, voice));
            let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
            at(&known).unwrap_or_else(|| {
                known.push((voice.lang.to_owned(), voice.groups.to_vec(), spoken));
                known.len() - 1
            })
        })
    }

    /// Returns what the voice of this number says.
    pub(super) fn get(&self, number: usize) -> Option<Arc<Spoken>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.get(number).map(|(_, _, spoken)| Arc::clone(spoken))
    }
}

impl Spoken {
    fn new(words: &Words, voice: Voice<'_>) -> Self {
        let mut spoken = BTreeMap::new();
        for key in words.all_keys() {
            let Some((phrase, lang)) = words.phrase(voice, key) else { continue };
            let lender = words.lender(voice, lang);
            let string = || {
                if phrase.is_fixed() {
                    let text = words.filled(phrase, lang, lender, &|_| None);
                    SpokenString::Fixed(tera::Value::from(text))
                } else {
                    SpokenString::Filled(phrase.clone(), lang.to_owned(), lender)
                }
            };
            // Of two names with one number the second is looked up where it stands.
            spoken.entry(number(key)).or_insert_with(|| (key.to_owned(), string()));
        }
        Self(spoken)
    }

    /// Returns the string `key`; `None` if it has to be looked up otherwise.
    pub(super) fn string(&self, key: &str) -> Option<&SpokenString> {
        self.0.get(&number(key)).filter(|(name, _)| name == key).map(|(_, string)| string)
    }
}

impl SpokenString {
    /// Returns the string, filled with `values`.
    pub(super) fn fill(&self, words: &Words, values: &Values<'_>) -> tera::Value {
        match self {
            Self::Fixed(text) => text.clone(),
            Self::Filled(phrase, lang, lender) => words.filled(phrase, lang, *lender, values).into(),
        }
    }
}

/// Returns a number made of a name (FNV-1a), the same everywhere.
fn number(name: &str) -> u64 {
    let step = |number: u64, byte: u8| (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    name.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}
