//! Amounts, frequencies and periods as pages show them, from measures such as `1500 CNY/year`.
//!
//! The words come from the strings of the theme. What is written with other words is not shown: the plain
//! sentence says it anyway.

use serde::Serialize;

use crate::catalogue::Provision;

/// An amount as a template gets it: the string `measure-<name>` round `unit-<unit>` and each `per-<per>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// What it measures: `amount`, `share`, `duration`, `frequency`, `time-limit`, `fee`, or `free`.
    pub name: &'static str,
    /// The figure, as written.
    pub n: String,
    /// What it counts.
    pub unit: &'static str,
    /// By what it is counted: a year, a person, a meal.
    pub per: Vec<&'static str>,
}

/// The measures that can be the headline of a provision, the one that matters most first.
const HEADLINES: [&str; 5] = ["amount", "share", "duration", "frequency", "time-limit"];

/// Words for what is counted.
const UNITS: &[(&str, &str)] = &[
    ("cny", "cny"),
    ("rmb", "cny"),
    ("yuan", "cny"),
    ("元", "cny"),
    ("%", "percent"),
    ("percent", "percent"),
    ("time", "time"),
    ("次", "time"),
    ("year", "year"),
    ("年", "year"),
    ("month", "month"),
    ("个月", "month"),
    ("week", "week"),
    ("周", "week"),
    ("day", "day"),
    ("天", "day"),
    ("日", "day"),
    ("working day", "working-day"),
    ("个工作日", "working-day"),
    ("工作日", "working-day"),
    ("hour", "hour"),
    ("小时", "hour"),
];

/// Words for that by which it is counted.
const PER: &[(&str, &str)] = &[
    ("year", "year"),
    ("年", "year"),
    ("school year", "school-year"),
    ("学年", "school-year"),
    ("half-year", "half-year"),
    ("半年", "half-year"),
    ("semester", "semester"),
    ("term", "semester"),
    ("学期", "semester"),
    ("quarter", "quarter"),
    ("季度", "quarter"),
    ("month", "month"),
    ("月", "month"),
    ("week", "week"),
    ("周", "week"),
    ("day", "day"),
    ("天", "day"),
    ("日", "day"),
    ("person", "person"),
    ("人", "person"),
    ("child", "child"),
    ("student", "student"),
    ("生", "student"),
    ("household", "household"),
    ("户", "household"),
    ("night", "night"),
    ("晚", "night"),
    ("meal", "meal"),
    ("餐", "meal"),
    ("time", "time"),
    ("次", "time"),
];

/// Returns what is to be said first of a provision: how much, how often, for how long, or that it is free.
pub(super) fn headline(provision: &Provision) -> Option<Amount> {
    let of = |name: &'static str| read(name, &provision.measures.get(name)?.value);
    let (first, rest) = HEADLINES.split_at(2);
    first
        .iter()
        .find_map(|name| of(name))
        .or_else(|| free(provision))
        .or_else(|| rest.iter().find_map(|name| of(name)))
}

/// Returns what a provision says that it costs.
pub(super) fn fee(provision: &Provision) -> Option<Amount> {
    free(provision).or_else(|| read("fee", &provision.measures.get("fee")?.value))
}

fn free(provision: &Provision) -> Option<Amount> {
    let fee = read("free", &provision.measures.get("fee")?.value)?;
    (fee.n.parse::<f64>() == Ok(0.0)).then_some(fee)
}

/// Reads `1500 CNY/year` or `每年1500元`. `None` if it has other words.
fn read(name: &'static str, text: &str) -> Option<Amount> {
    let text = text.trim().to_lowercase();
    let (mut rest, mut per) = (text.as_str(), Vec::new());
    while let Some(after) = rest.strip_prefix('每') {
        let (word, known) =
            PER.iter().filter(|(word, _)| after.starts_with(word)).max_by_key(|(word, _)| word.len())?;
        per.push(*known);
        rest = after[word.len()..].trim_start();
    }
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let (n, words) = rest.split_at(end);
    n.parse::<f64>().ok()?;
    let mut words = words.split('/').map(|word| singular(word.trim()));
    let unit = known(UNITS, words.next()?)?;
    for word in words {
        per.push(known(PER, word)?);
    }
    Some(Amount { name, n: n.to_owned(), unit, per })
}

fn known(words: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    words.iter().find(|(known, _)| *known == word).map(|(_, name)| *name)
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|word| word.len() > 2).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<(String, &'static str, Vec<&'static str>)> {
        read("amount", text).map(|amount| (amount.n, amount.unit, amount.per))
    }

    #[test]
    fn measures_are_read_as_lists_write_them() {
        assert_eq!(said("1500 CNY/year"), Some(("1500".into(), "cny", vec!["year"])));
        assert_eq!(said("每人每学期12.5元"), Some(("12.5".into(), "cny", vec!["person", "semester"])));
        assert_eq!(said("7 working days"), Some(("7".into(), "working-day", vec![])));
        assert_eq!(said("80%"), Some(("80".into(), "percent", vec![])));
    }

    #[test]
    fn other_words_are_not_guessed_at() {
        assert_eq!(said("3 CNY/visitor"), None);
        assert_eq!(said("2 boxes"), None);
        assert_eq!(said("once a year"), None);
    }
}
