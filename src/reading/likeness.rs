//! Which of many texts is most like another, by what they are about: words that mean the same count as one, and what is
//! rare among them says more than what all have.

use std::collections::HashMap;

use crate::text::Text;
use crate::token::tokens;
use crate::wording::{Role, Wording};

/// What a text is about: its words, each with how often it has them.
type Features = HashMap<Feature, f64>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Feature {
    /// A group of words that mean the same.
    Group(u16),
    /// Two characters side by side, of words that no list knows.
    Pair(char, char),
}

/// Texts ready to be ranked by their likeness to another.
#[derive(Clone, Debug)]
pub struct Ranking {
    texts: Vec<(Features, f64)>,
    /// In how many texts each feature is.
    spread: HashMap<Feature, f64>,
}

impl Ranking {
    /// Takes in texts, in the order they are ranked by.
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t str>, wording: &Wording) -> Self {
        let texts: Vec<Features> = texts.into_iter().map(|text| features(text, wording)).collect();
        let mut spread: HashMap<Feature, f64> = HashMap::new();
        for text in &texts {
            text.keys().for_each(|feature| *spread.entry(*feature).or_default() += 1.0);
        }
        let mut ranking = Self { texts: Vec::new(), spread };
        let count = texts.len();
        ranking.texts = texts
            .into_iter()
            .map(|text| {
                let length = ranking.length(&text, count);
                (text, length)
            })
            .collect();
        ranking
    }

    /// Returns for each text, in order, from 0 to 1 how alike it is.
    pub fn like(&self, text: &str, wording: &Wording) -> Vec<f64> {
        let wanted = features(text, wording);
        let own = self.length(&wanted, self.texts.len());
        let like = |(known, length): &(Features, f64)| {
            // The order of a sum matters for its last digits; that of the features of a text is not fixed.
            let mut shared: Vec<f64> = wanted
                .iter()
                .filter_map(|(feature, count)| {
                    let weight = self.weight(*feature, self.texts.len());
                    known.get(feature).map(|known| count * known * weight * weight)
                })
                .collect();
            shared.sort_by(f64::total_cmp);
            let shared: f64 = shared.into_iter().sum();
            if own * length == 0.0 { 0.0 } else { (shared / (own * length)).min(1.0) }
        };
        self.texts.iter().map(like).collect()
    }

    /// Returns for each text, in order, from 0 to 1 how much of what it is about `text` has as well.
    pub fn within(&self, text: &str, wording: &Wording) -> Vec<f64> {
        let has = features(text, wording);
        let within = |(known, length): &(Features, f64)| {
            let mut shared: Vec<f64> = known
                .iter()
                .filter(|(feature, _)| has.contains_key(feature))
                .map(|(feature, count)| (count * self.weight(*feature, self.texts.len())).powi(2))
                .collect();
            shared.sort_by(f64::total_cmp);
            let shared: f64 = shared.into_iter().sum();
            if *length == 0.0 { 0.0 } else { (shared.sqrt() / length).min(1.0) }
        };
        self.texts.iter().map(within).collect()
    }

    fn weight(&self, feature: Feature, count: usize) -> f64 {
        let count = u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
        let spread = self.spread.get(&feature).copied().unwrap_or(0.0);
        ((count + 1.0) / (spread + 0.5)).ln().max(0.1)
    }

    fn length(&self, text: &Features, count: usize) -> f64 {
        let mut parts: Vec<f64> =
            text.iter().map(|(feature, number)| (number * self.weight(*feature, count)).powi(2)).collect();
        parts.sort_by(f64::total_cmp);
        parts.into_iter().sum::<f64>().sqrt()
    }
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
