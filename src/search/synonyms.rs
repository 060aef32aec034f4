//! Groups of words that mean the same, held against a text.

use crate::catalogue::Words;
use crate::lang::Language;
use crate::search::index::Weighed;
use crate::search::tokens::{Run, normal, runs, tokens};

/// The groups of a vocabulary, prepared once a shard.
pub(super) struct Groups {
    groups: Vec<Vec<Member>>,
}

/// One word of a group.
pub(super) struct Member {
    /// The word as written.
    pub word: String,
    tokens: Vec<String>,
    plain: String,
}

impl Groups {
    pub(super) fn new(groups: &[Words], lang: &Language) -> Self {
        let member = |word: &str| Member { word: word.to_owned(), tokens: tokens(word), plain: plain(word) };
        let members = |group: &Words| {
            let words = group.get(lang.code.as_str()).into_iter().flatten();
            words.map(|word| member(&word.value)).collect()
        };
        Self { groups: groups.iter().map(members).collect() }
    }

    /// Returns the other words of every group of which `text`, made by [`plain`], has one. `known` has the
    /// tokens of the text: it rules most words out at once.
    pub(super) fn of<'g>(&'g self, text: &str, known: &Weighed) -> Vec<&'g Member> {
        let has = |member: &Member| known.has(&member.tokens) && text.contains(&member.plain);
        let found = self.groups.iter().filter(|group| group.iter().any(has));
        found.flatten().filter(|member| !has(member)).collect()
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
