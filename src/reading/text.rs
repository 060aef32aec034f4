//! A text in which the width of marks and white space do not differ, with the bytes its characters stand at.

use std::ops::Range;

/// A text ready to be read: folded characters, each with its place in the original.
///
/// Positions count its characters; white space has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    chars: Vec<char>,
    /// The byte each character starts at, and the end of the original.
    at: Vec<u32>,
}

impl Text {
    /// Folds `text`: half-width marks for full-width ones, small letters for capitals, no white space between Han.
    pub fn new(text: &str) -> Self {
        let mut folded =
            Self { chars: Vec::with_capacity(text.len() / 2), at: Vec::with_capacity(text.len() / 2 + 1) };
        let end = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let mut blank = None;
        for (byte, c) in text.char_indices() {
            if c.is_whitespace() {
                blank.get_or_insert(byte);
                continue;
            }
            let c = fold(c);
            // A blank divides English words; between Han it is nothing.
            if let Some(blank) = blank.take()
                && folded.chars.last().is_some_and(char::is_ascii_alphanumeric)
                && c.is_ascii_alphanumeric()
            {
                folded.chars.push(' ');
                folded.at.push(end(blank));
            }
            folded.chars.push(c);
            folded.at.push(end(byte));
        }
        folded.at.push(end(text.len()));
        folded
    }

    /// Returns its characters.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Returns the first character that stands at this byte of the original or after it.
    pub fn at(&self, byte: usize) -> usize {
        let chars = self.at.get(..self.chars.len()).unwrap_or(&[]);
        chars.partition_point(|known| (*known as usize) < byte)
    }

    /// Returns how many characters it has.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Tells whether it has none.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Returns the bytes of the original that these characters stand at, without white space after them.
    pub fn bytes(&self, range: Range<usize>, original: &str) -> Range<usize> {
        let place = |at: usize| self.at.get(at).or(self.at.last()).map_or(0, |byte| *byte as usize);
        let (start, mut end) = (place(range.start), place(range.end).min(original.len()));
        end = start + original.get(start..end).map_or(0, |words| words.trim_end().len());
        start..end
    }
}

/// Returns the half-width twin of a full-width or small mark, letter or digit; a small letter for a capital.
pub fn fold(c: char) -> char {
    let c = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '。' | '｡' | '﹒' => '.',
        '､' | '﹑' => '、',
        '﹐' => ',',
        '﹔' => ';',
        '﹕' => ':',
        '﹖' => '?',
        '﹗' => '!',
        '﹙' | '〔' | '【' => '(',
        '﹚' | '〕' | '】' => ')',
        '﹪' => '%',
        '﹣' | '—' | '–' | '―' | '−' | '~' | '〜' | '‐' | '‑' => '-',
        '“' | '”' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' => '\'',
        '○' | '〇' => '零',
        other => other,
    };
    let c = if c == '~' { '-' } else { c };
    c.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn characters_know_their_bytes() {
        let original = "每人 每月 1,500元；Free Meals";
        let text = Text::new(original);
        assert_eq!(text.chars().iter().collect::<String>(), "每人每月1,500元;free meals");
        assert_eq!(&original[text.bytes(0..4, original)], "每人 每月");
        assert_eq!(&original[text.bytes(11..15, original)], "Free");
        assert_eq!(&original[text.bytes(16..21, original)], "Meals");
    }
}
