//! What counts as higher: chains of words, highest first, from the rulebook.

use std::cmp::Ordering;

use super::axes;
use crate::catalogue::Orders;

/// The order where a rulebook says nothing else, besides that of the axes of words: which measures are better for
/// being more or less, and what conditions outrank others.
const USUAL: &[(&str, &[&str])] = &[
    ("condition", &[]),
    ("more-is-better", &["amount", "frequency", "duration", "share"]),
    ("less-is-better", &["time-limit", "fee"]),
    // Of these, a list that states none grants without end.
    ("ends-what-is-open", &["duration"]),
];

/// Returns the order where a rulebook says nothing else, written as rulebooks write it. Words that share no chain
/// cannot be compared.
pub fn usual_orders() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    axes::usual_orders().chain(USUAL.iter().copied())
}

/// The order on every axis, for one comparison.
#[derive(Clone, Debug)]
pub struct Order(Vec<(String, Vec<Vec<String>>)>);

impl Order {
    /// Returns the usual order, with the axes that `orders` names replaced.
    pub fn new(orders: &Orders) -> Self {
        let chain = |text: &str| text.split('>').map(|word| word.trim().to_owned()).collect();
        let usual = usual_orders().filter(|(axis, _)| !orders.contains_key(*axis)).map(|(axis, chains)| {
            (axis.to_owned(), chains.iter().map(|text| chain(text)).collect::<Vec<Vec<String>>>())
        });
        let own = orders
            .iter()
            .map(|(axis, chains)| (axis.clone(), chains.iter().map(|text| chain(text)).collect()));
        Self(usual.chain(own).collect())
    }

    /// Returns how `a` stands to `b` on `axis`. `None` if no chain has both.
    pub fn compare(&self, axis: &str, a: &str, b: &str) -> Option<Ordering> {
        if a == b {
            return Some(Ordering::Equal);
        }
        self.chains(axis).find_map(|chain| {
            let place = |word: &str| chain.iter().position(|known| known == word);
            // Earlier is higher.
            Some(place(b)?.cmp(&place(a)?))
        })
    }

    /// Tells whether `word` stands alone on `axis`, as names of measures do.
    pub fn lists(&self, axis: &str, word: &str) -> bool {
        self.chains(axis).flatten().any(|known| known == word)
    }

    fn chains(&self, axis: &str) -> impl Iterator<Item = &Vec<String>> {
        self.0.iter().filter(move |(name, _)| name == axis).flat_map(|(_, chains)| chains)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_compare_along_a_chain_only() {
        let order = Order::new(&Orders::new());
        assert_eq!(order.compare("strength", "must", "permit"), Some(Ordering::Greater));
        assert_eq!(order.compare("strength", "where-conditions-allow", "must"), Some(Ordering::Less));
        assert_eq!(order.compare("strength", "assist", "permit"), None);
        assert_eq!(order.compare("access", "unstated", "residence"), None);
        assert_eq!(order.compare("access", "unstated", "unstated"), Some(Ordering::Equal));
    }
}
