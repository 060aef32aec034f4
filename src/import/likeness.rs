//! How alike two wordings are, quick enough to hold every clause against every other.

use crate::catalogue::OfficialText;

/// The single characters and pairs of characters of a text, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Grams(Vec<(char, char)>);

/// Characters of a text that are looked at.
const MOST: usize = 400;

impl Grams {
    /// Takes a text apart. Marks and white space say nothing.
    pub fn new(text: &str) -> Self {
        let text = OfficialText::new(text);
        let chars: Vec<char> =
            text.folded().iter().copied().filter(|c| c.is_alphanumeric()).take(MOST).collect();
        let pairs = chars.windows(2).map(|pair| (pair[0], pair[1]));
        let mut grams: Vec<(char, char)> = chars.iter().map(|c| (*c, '\0')).chain(pairs).collect();
        grams.sort_unstable();
        Self(grams)
    }

    /// Returns how many of them both have.
    fn shared(&self, other: &Self) -> usize {
        let (mut a, mut b, mut shared) = (self.0.iter().peekable(), other.0.iter().peekable(), 0);
        while let (Some(one), Some(two)) = (a.peek(), b.peek()) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    a.next();
                    b.next();
                }
            }
        }
        shared
    }

    /// Returns from 0 to 1 how alike two texts are.
    pub fn like(&self, other: &Self) -> f64 {
        ratio(2 * self.shared(other), self.0.len() + other.0.len())
    }

    /// Returns from 0 to 1 how much of this text the other has.
    pub fn within(&self, other: &Self) -> f64 {
        ratio(self.shared(other), self.0.len())
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let float = |number: usize| u32::try_from(number).map_or(f64::from(u32::MAX), f64::from);
    if whole == 0 { 0.0 } else { float(part) / float(whole) }
}
