//! The official text and the quotes from it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::syntax::is_wide;

/// A text in which half-width and full-width punctuation and white space do not differ.
///
/// Ranges count its characters other than white space.
#[derive(Clone, Debug)]
pub struct OfficialText {
    chars: Vec<char>,
    folded: Vec<char>,
    /// The characters before which words of an alphabet are set apart.
    gaps: BTreeSet<usize>,
    /// Where each character stands, of a long text in which very many quotes may be looked for.
    places: BTreeMap<char, Vec<usize>>,
}

/// From how many characters on it is worth to know where each stands.
const LONG: usize = 1000;

impl OfficialText {
    /// Returns the text ready to be searched.
    pub fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let folded: Vec<char> = chars.iter().map(|c| fold(*c)).collect();
        let mut places: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        if folded.len() >= LONG {
            folded.iter().enumerate().for_each(|(at, c)| places.entry(*c).or_default().push(at));
        }
        let mut gaps = BTreeSet::new();
        let (mut at, mut is_apart) = (0, false);
        for c in text.chars() {
            if c.is_whitespace() {
                is_apart = true;
                continue;
            }
            // Chinese is written without gaps; one beside it is a slip, or the end of a line in the file.
            if is_apart && at > 0 && !is_set_solid(c) && !is_set_solid(chars[at - 1]) {
                gaps.insert(at);
            }
            (at, is_apart) = (at + 1, false);
        }
        Self { chars, folded, gaps, places }
    }

    /// Returns every place where `quote` stands. `None` if it does not, or is empty.
    pub fn find(&self, quote: &str) -> Option<Vec<Range<usize>>> {
        let wanted: Vec<char> = quote.chars().filter(|c| !c.is_whitespace()).map(fold).collect();
        let first = wanted.first()?;
        let stands = |at: &usize| self.folded[*at..].starts_with(&wanted);
        let range = |at: usize| at..at + wanted.len();
        let places: Vec<Range<usize>> = if self.folded.len() < LONG {
            (0..self.folded.len()).filter(stands).map(range).collect()
        } else {
            self.places.get(first)?.iter().copied().filter(stands).map(range).collect()
        };
        (!places.is_empty()).then_some(places)
    }

    /// Returns its characters, with half-width marks for full-width ones.
    pub fn folded(&self) -> &[char] {
        &self.folded
    }

    /// Returns how many characters it has.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Tells whether it has none.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Returns the characters of a stretch, as written, with the gap before it.
    pub fn words(&self, range: Range<usize>) -> String {
        let mut words = String::new();
        for at in range {
            if self.gaps.contains(&at) {
                words.push(' ');
            }
            words.push(self.chars[at]);
        }
        words
    }

    /// Returns the stretches that no range covers and that hold more than punctuation.
    pub fn bare(&self, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut is_covered = vec![false; self.chars.len()];
        ranges.iter().for_each(|range| is_covered[range.clone()].fill(true));
        let covered = |at: usize| is_covered[at];
        let mut bare: Vec<Range<usize>> = Vec::new();
        for at in (0..self.chars.len()).filter(|at| !covered(*at) && self.chars[*at].is_alphanumeric()) {
            match bare.last_mut() {
                Some(last) if (last.end..at).all(|between| !covered(between)) => last.end = at + 1,
                _ => bare.push(at..at + 1),
            }
        }
        bare
    }
}

/// Tells whether a character is of a script that is written without gaps; Korean has them.
fn is_set_solid(c: char) -> bool {
    is_wide(c) && !matches!(u32::from(c), 0x1100..=0x115F | 0xAC00..=0xD7A3)
}

/// Returns the half-width twin of a full-width or small punctuation mark, letter or digit.
fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '。' | '｡' | '﹒' => '.',
        '、' | '､' | '﹐' | '﹑' => ',',
        '﹔' => ';',
        '﹕' => ':',
        '﹖' => '?',
        '﹗' => '!',
        '﹙' => '(',
        '﹚' => ')',
        '﹪' => '%',
        '﹣' => '-',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::OfficialText;

    #[test]
    fn punctuation_width_does_not_matter_but_words_do() {
        let text = OfficialText::new("免除学杂费,免费提供教科书；其他");
        assert!(text.find("免除学杂费，免费提供教科书").is_some());
        assert!(text.find("免除学杂费﹐免费提供教科书﹔其他").is_some());
        assert!(text.find("免除学费").is_none());
        let covered: Vec<_> = text.find("免费提供教科书").into_iter().flatten().collect();
        let bare = text.bare(&covered);
        assert_eq!(bare.len(), 2);
        assert_eq!(text.words(bare[1].clone()), "其他");
    }

    #[test]
    fn a_long_text_has_the_same_quotes_as_a_short_one() {
        let clause = "免除学杂费,免费提供教科书；";
        let long = OfficialText::new(&clause.repeat(100));
        assert!(long.len() > super::LONG);
        let places = long.find("免费提供教科书;").unwrap_or_default();
        assert_eq!((places.len(), places[99].clone()), (100, long.len() - 8..long.len()));
        assert_eq!((long.find("教科书免费"), long.find(" ")), (None, None));
        assert_eq!(long.bare(&places).len(), 100);
    }

    #[test]
    fn words_of_an_alphabet_stay_apart() {
        let text = OfficialText::new("A grant of £300\n a year is paid");
        assert_eq!(text.words(0..text.len()), "A grant of £300 a year is paid");
        assert_eq!(text.words(1..6), " grant");
        let text = OfficialText::new("下发后 10 日内\n  报送");
        assert_eq!(text.words(0..text.len()), "下发后10日内报送");
    }
}
