//! Traditional characters, each with the simplified one it is searched as.

use std::sync::LazyLock;

/// Pairs of a character and what it is folded to, in the order of the first.
static PAIRS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let lines = include_str!("fold.txt").lines().filter(|line| !line.starts_with('#'));
    let mut pairs: Vec<(char, char)> = lines.flat_map(str::split_whitespace).flat_map(group).collect();
    pairs.sort_unstable();
    pairs
});

/// Returns the pairs of one group: a simplified character and those folded to it.
fn group(word: &str) -> impl Iterator<Item = (char, char)> {
    let mut characters = word.chars();
    let simplified = characters.next().unwrap_or_default();
    characters.map(move |traditional| (traditional, simplified))
}

/// Returns the simplified character for a traditional one, any other as it is.
pub(super) fn fold(character: char) -> char {
    match PAIRS.binary_search_by_key(&character, |(traditional, _)| *traditional) {
        Ok(at) => PAIRS[at].1,
        Err(_) => character,
    }
}

/// Returns the groups of [`PAIRS`] for simplified characters that `wanted` names, as `fold.txt` writes them.
pub(super) fn groups(wanted: impl Fn(char) -> bool) -> String {
    let lines = include_str!("fold.txt").lines().filter(|line| !line.starts_with('#'));
    let groups = lines.flat_map(str::split_whitespace);
    groups.filter(|group| group.chars().next().is_some_and(&wanted)).collect::<Vec<_>>().join(" ")
}
