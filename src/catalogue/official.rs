//! The official text and the quotes from it.

use std::ops::Range;

/// A text in which half-width and full-width punctuation and white space do not differ.
///
/// Ranges count its characters other than white space.
#[derive(Clone, Debug)]
pub struct OfficialText {
    chars: Vec<char>,
    folded: Vec<char>,
}

impl OfficialText {
    /// Returns the text ready to be searched.
    pub fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let folded = chars.iter().map(|c| fold(*c)).collect();
        Self { chars, folded }
    }

    /// Returns every place where `quote` stands. `None` if it does not, or is empty.
    pub fn find(&self, quote: &str) -> Option<Vec<Range<usize>>> {
        let wanted = Self::new(quote).folded;
        if wanted.is_empty() || wanted.len() > self.folded.len() {
            return None;
        }
        let places: Vec<Range<usize>> = self
            .folded
            .windows(wanted.len())
            .enumerate()
            .filter(|(_, window)| window[0] == wanted[0] && *window == wanted.as_slice())
            .map(|(at, _)| at..at + wanted.len())
            .collect();
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

    /// Returns the characters of a stretch, as written.
    pub fn words(&self, range: Range<usize>) -> String {
        self.chars[range].iter().collect()
    }

    /// Returns the stretches that no range covers and that hold more than punctuation.
    pub fn bare(&self, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
        let covered = |at: usize| ranges.iter().any(|range| range.contains(&at));
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
}
