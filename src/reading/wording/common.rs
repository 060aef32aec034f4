//! Common words that say nothing about how much is promised: found in the lists as they are, which are long, so that
//! nothing is made of them when the program starts but where each beginning stands.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::{NONE, Role, stands_alone};

/// Lists of common Chinese words, one a line, in the order of their bytes. From the dictionary of jieba
/// (MIT, `words/LICENSE-jieba`), without rare ones, names, and those that hold a word of another list. Those of the second
/// are verbs, adverbs and the like, which describe nothing.
pub(super) const COMMON: [(&str, Role); 2] = [
    (include_str!("../words/zh-common.txt"), Role::Common),
    (include_str!("../words/zh-common-verbs.txt"), Role::CommonVerb),
];

/// Where the words of one list stand that begin with two characters, in bytes.
type Beginnings = HashMap<(char, char), Range<usize>>;

/// Returns the longest common word that starts at `at` with the characters `key`: how long it is, and of which list.
pub(super) fn common(chars: &[char], at: usize, key: (char, char)) -> Option<(usize, usize)> {
    static BEGINNINGS: OnceLock<[Beginnings; 2]> = OnceLock::new();
    let beginnings = BEGINNINGS.get_or_init(|| COMMON.map(|(list, _)| beginnings(list)));
    let lists = COMMON.iter().zip(beginnings).enumerate();
    let found = lists.filter_map(|(which, ((list, _), beginnings))| {
        let words = list[beginnings.get(&key)?.clone()].lines();
        let lengths = words.filter_map(|word| length(word, &chars[at..]));
        Some((lengths.filter(|length| stands_alone(chars, at, *length)).max()?, which))
    });
    // A word of both lists is one of the first.
    found.max_by_key(|(length, which)| (*length, std::cmp::Reverse(*which)))
}

/// Returns how long a word is, if these characters begin with it.
fn length(word: &str, chars: &[char]) -> Option<usize> {
    let mut here = chars.iter();
    word.chars().all(|c| here.next() == Some(&c)).then(|| chars.len() - here.len())
}

fn beginnings(list: &str) -> Beginnings {
    let (mut found, mut at) = (Beginnings::new(), 0);
    for line in list.split_inclusive('\n') {
        let mut chars = line.trim_end().chars();
        if let Some(first) = chars.next() {
            let key = (first, chars.next().unwrap_or(NONE));
            found.entry(key).or_insert(at..at).end = at + line.len();
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::COMMON;

    #[test]
    fn words_that_begin_alike_stand_together() {
        for (list, _) in COMMON {
            assert!(list.lines().is_sorted(), "sort the lines by their bytes: LC_ALL=C sort -u");
        }
    }
}
