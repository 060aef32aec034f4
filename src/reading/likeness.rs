//! Which of many texts is most like another, by what they are about: words that mean the same count as one, and what is
//! rare among them says more than what all have.

use std::collections::BTreeMap;

use crate::text::Text;
use crate::token::tokens;
use crate::wording::{Role, Wording};

/// What a text is about: its words, each with how often it has them. In one order, so that sums are the same every time.
type Features = BTreeMap<Feature, f64>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Feature {
    /// A group of words that mean the same.
    Group(u16),
    /// Two characters side by side, of words that no list knows.
    Pair(char, char),
}

/// Texts ready to be ranked by their likeness to another.
#[derive(Clone, Debug)]
pub struct Ranking {
    /// What each text is about in all.
    lengths: Vec<f64>,
    /// Which texts have a feature, and what it counts in each. Most texts share nothing with another, and are not looked at.
    having: BTreeMap<Feature, Having>,
}

/// The texts that have a feature.
#[derive(Clone, Debug, Default)]
struct Having {
    /// What it weighs: what is rare says more.
    weight: f64,
    /// Each text by its place, with how often it has it.
    texts: Vec<(usize, f64)>,
}

impl Ranking {
    /// Takes in texts, in the order they are ranked by.
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t str>, wording: &Wording) -> Self {
        let texts: Vec<Features> = texts.into_iter().map(|text| features(text, wording)).collect();
        let mut ranking = Self { lengths: vec![0.0; texts.len()], having: BTreeMap::new() };
        for (at, text) in texts.iter().enumerate() {
            for (feature, number) in text {
                ranking.having.entry(*feature).or_default().texts.push((at, *number));
            }
        }
        let count = texts.len();
        ranking.having.values_mut().for_each(|having| having.weight = weight(having.texts.len(), count));
        ranking.lengths = texts.iter().map(|text| ranking.length(text)).collect();
        ranking
    }

    /// Returns for each text, in order, from 0 to 1 how alike it is.
    pub fn like(&self, text: &str, wording: &Wording) -> Vec<f64> {
        let wanted = features(text, wording);
        let own = self.length(&wanted);
        let shared = self.sums(&wanted, |wanted, known| wanted * known);
        let like = |(shared, length): (f64, &f64)| {
            if own * length == 0.0 { 0.0 } else { (shared / (own * length)).min(1.0) }
        };
        shared.into_iter().zip(&self.lengths).map(like).collect()
    }

    /// Returns for each text, in order, from 0 to 1 how much of what it is about `text` has as well.
    pub fn within(&self, text: &str, wording: &Wording) -> Vec<f64> {
        let shared = self.sums(&features(text, wording), |_, known| known * known);
        let within = |(shared, length): (f64, &f64)| {
            if *length == 0.0 { 0.0 } else { (shared.sqrt() / length).min(1.0) }
        };
        shared.into_iter().zip(&self.lengths).map(within).collect()
    }

    /// Returns for each text what the features it shares with another add up to, by how often the other and it have them.
    fn sums(&self, wanted: &Features, worth: impl Fn(f64, f64) -> f64) -> Vec<f64> {
        let mut sums = vec![0.0; self.lengths.len()];
        for (feature, number) in wanted {
            let Some(having) = self.having.get(feature) else { continue };
            for (at, known) in &having.texts {
                sums[*at] += worth(*number, *known) * having.weight * having.weight;
            }
        }
        sums
    }

    fn length(&self, text: &Features) -> f64 {
        let weight = |feature| {
            self.having.get(feature).map_or_else(|| weight(0, self.lengths.len()), |having| having.weight)
        };
        text.iter().map(|(feature, number)| (number * weight(feature)).powi(2)).sum::<f64>().sqrt()
    }
}

/// Returns what a feature weighs that so many of so many texts have.
fn weight(having: usize, texts: usize) -> f64 {
    let number = |count: usize| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    ((number(texts) + 1.0) / (number(having) + 0.5)).ln().max(0.1)
}

/// Characters of a text that are looked at.
const MOST: usize = 600;

fn features(text: &str, wording: &Wording) -> Features {
    let text: String = text.chars().take(MOST).collect();
    let text = Text::new(&text);
    let mut features = Features::new();
    for token in tokens(&text, wording) {
        let known = token.group(Role::Same).or(token.group(Role::Promise)).or(token.group(Role::Person));
        if let Some(group) = known {
            *features.entry(Feature::Group(group)).or_default() += 1.0;
        }
        if token.is_light() && known.is_none() {
            continue;
        }
        // Words that no list joins may still share characters.
        let part = if known.is_some() { 0.3 } else { 0.7 };
        for pair in text.chars()[token.range.clone()].windows(2) {
            *features.entry(Feature::Pair(pair[0], pair[1])).or_default() += part;
        }
    }
    features
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_mean_the_same_make_texts_alike() {
        let wording = Wording::usual();
        let texts =
            ["免除学杂费", "免费提供教科书", "提供异地就医直接结算服务", "为0-3岁儿童提供中医调养服务"];
        let ranking = Ranking::new(texts, &wording);
        for (text, wanted) in [
            ("课本不收费", 1),
            ("学费、杂费全免", 0),
            ("外地看病可以刷卡结算", 2),
            ("三岁以下孩子的中医保健", 3),
        ] {
            let like = ranking.like(text, &wording);
            let best = (0..like.len()).max_by(|a, b| like[*a].total_cmp(&like[*b]));
            assert_eq!(best, Some(wanted), "{text}: {like:?}");
        }
    }
}
