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

/// The first and the last of the usual Chinese characters.
const USUAL: (u32, u32) = (0x4e00, 0x9fff);

/// What each usual Chinese character is folded to, in their order.
static FOLDED: LazyLock<Vec<char>> =
    LazyLock::new(|| (USUAL.0..=USUAL.1).filter_map(char::from_u32).map(searched).collect());

/// Returns the simplified character for a traditional one, any other as it is.
pub(super) fn fold(character: char) -> char {
    let at = u32::from(character).checked_sub(USUAL.0).and_then(|at| usize::try_from(at).ok());
    at.and_then(|at| FOLDED.get(at)).copied().unwrap_or_else(|| searched(character))
}

fn searched(character: char) -> char {
    match PAIRS.binary_search_by_key(&character, |(traditional, _)| *traditional) {
        Ok(at) => PAIRS[at].1,
        Err(_) => character,
    }
}

/// Returns the pairs of a traditional character and the simplified one that `wanted` takes, which is given the
/// simplified one first.
pub(super) fn pairs(wanted: impl Fn(char, char) -> bool) -> Vec<(char, char)> {
    PAIRS.iter().copied().filter(|(traditional, simplified)| wanted(*simplified, *traditional)).collect()
}
