//! What the words of a vocabulary are to the search in one language, worked out once for all shards.

use std::collections::BTreeSet;

use super::synonyms::Groups;
use super::tokens::{Run, normal, runs};
use crate::catalogue::Vocabulary;
use crate::lang::Language;
use crate::span::Spanned;

/// The words of a vocabulary in one language.
pub struct LanguageWords<'a> {
    /// The language.
    pub(super) lang: &'a Language,
    /// Words that mean the same.
    pub(super) groups: Groups,
    /// Words of a question that do not count.
    pub(super) ignored: BTreeSet<String>,
    /// Bands of age, from and up to, in months, each with the words between `,` that tell it.
    pub(super) bands: Vec<(u16, u16, String)>,
    /// What people say, with the words that it is read as.
    pub(super) spoken: String,
}

impl<'a> LanguageWords<'a> {
    pub(super) fn new(vocabulary: &Vocabulary, lang: &'a Language) -> Self {
        let code = lang.code.as_str();
        let ignored = vocabulary.ignored.get(code).into_iter().flatten();
        Self {
            lang,
            groups: Groups::new(&vocabulary.synonyms, lang),
            ignored: ignored.map(|word| normal(&word.value)).collect(),
            bands: bands(vocabulary, code),
            spoken: spoken(vocabulary, code),
        }
    }
}

fn bands(vocabulary: &Vocabulary, code: &str) -> Vec<(u16, u16, String)> {
    let words = vocabulary.ages.iter().filter_map(|band| Some((band.age.months(), band.keywords.get(code)?)));
    let run = |run: Run| match run {
        Run::Word(word) => word,
        Run::Grams(characters) => characters.into_iter().collect(),
    };
    let joined = |words: &Vec<Spanned<String>>| -> String {
        let runs = words.iter().flat_map(|word| runs(&normal(&word.value)));
        runs.map(run).collect::<Vec<_>>().join(",")
    };
    words.map(|((from, to), words)| (from, to, joined(words))).collect()
}

fn spoken(vocabulary: &Vocabulary, code: &str) -> String {
    let groups = vocabulary.spoken.iter().filter_map(|group| group.get(code));
    let words = |group: &Vec<Spanned<String>>| {
        group.iter().map(|word| normal(&word.value)).collect::<Vec<_>>().join(",")
    };
    groups.map(words).collect::<Vec<_>>().join("|")
}
