//! Groups of words that mean the same, held against a text.

use crate::catalogue::Words;
use crate::lang::Language;
use crate::search::tokens::{Run, normal, runs};
use crate::span::Spanned;

/// The groups of a vocabulary in one language, prepared once a shard.
pub(super) struct Groups(Vec<Group>);

/// One group of words.
struct Group {
    /// The words between spaces, as they are shipped.
    words: String,
    /// Each word in the form of [`plain`].
    members: Vec<String>,
}

impl Groups {
    pub(super) fn new(groups: &[Words], lang: &Language) -> Self {
        let words = groups.iter().filter_map(|group| group.get(lang.code.as_str()));
        let group = |words: &Vec<Spanned<String>>| Group {
            words: words.iter().map(|word| word.value.as_str()).collect::<Vec<_>>().join(" "),
            members: words.iter().map(|word| plain(&word.value)).collect(),
        };
        Self(words.map(group).collect())
    }

    /// Returns the words of every group of which `text`, made by [`plain`], has one.
    pub(super) fn of<'g>(&'g self, text: &str) -> impl Iterator<Item = &'g str> {
        let has = |group: &&Group| group.members.iter().any(|member| text.contains(member));
        self.0.iter().filter(has).map(|group| group.words.as_str())
    }
}

/// Returns a text in which whole words and runs of characters can be looked for: words between spaces.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::new();
    for run in runs(&normal(text)) {
        match run {
            Run::Word(word) => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
                plain.push_str(&word);
                plain.push(' ');
            }
            Run::Grams(characters) => plain.extend(characters),
        }
    }
    plain
}
