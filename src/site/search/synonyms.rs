//! Groups of words that mean the same, held against a text.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Words;
use crate::lang::Language;
use crate::search::tokens::{Run, normal, runs};
use crate::span::Spanned;

/// The groups of a vocabulary in one language.
pub(super) struct Groups {
    /// The words of each group between spaces, as they are shipped.
    words: Vec<String>,
    /// The words, by their first two characters; of one character alone the second is none.
    members: BTreeMap<(char, Option<char>), Vec<Member>>,
    /// Whether some word begins with this character of ASCII: with most no word does.
    ascii: [bool; 128],
}

/// A word in the form of [`plain`], with the group it is of.
type Member = (String, usize);

impl Groups {
    pub(super) fn new(groups: &[Words], lang: &Language) -> Self {
        let groups: Vec<_> = groups.iter().filter_map(|group| group.get(lang.code.as_str())).collect();
        let joined = |words: &Vec<Spanned<String>>| {
            words.iter().map(|word| word.value.as_str()).collect::<Vec<_>>().join(" ")
        };
        let mut members: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut ascii = [false; 128];
        for (at, word) in groups.iter().enumerate().flat_map(|(at, words)| words.iter().map(move |w| (at, w)))
        {
            let member = plain(&word.value);
            let mut characters = member.chars();
            if let Some(first) = characters.next() {
                if let Some(begins) = ascii.get_mut(first as usize) {
                    *begins = true;
                }
                members.entry((first, characters.next())).or_default().push((member, at));
            }
        }
        Self { words: groups.into_iter().map(joined).collect(), members, ascii }
    }

    /// Returns the words of every group of which `text`, made by [`plain`], has one.
    pub(super) fn of<'g>(&'g self, text: &str) -> impl Iterator<Item = &'g str> + use<'g> {
        let mut found = BTreeSet::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let behind = &rest[first.len_utf8()..];
            if self.ascii.get(first as usize) == Some(&false) {
                rest = behind;
                continue;
            }
            let keys = [(first, None), (first, behind.chars().next())];
            for (member, group) in keys.iter().filter_map(|key| self.members.get(key)).flatten() {
                if rest.starts_with(member.as_str()) {
                    found.insert(*group);
                }
            }
            rest = behind;
        }
        found.into_iter().map(|group| self.words[group].as_str())
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
