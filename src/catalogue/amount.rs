//! Amounts, frequencies and periods, read from measures such as `1500 CNY/year`.

use serde::Serialize;

use crate::diagnostic::Message;
use crate::text;

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

/// Words for what is counted.
const UNITS: &[(&str, &str)] = &[
    ("cny", "cny"),
    ("rmb", "cny"),
    ("yuan", "cny"),
    ("元", "cny"),
    ("gbp", "gbp"),
    ("pound", "gbp"),
    ("英镑", "gbp"),
    ("usd", "usd"),
    ("dollar", "usd"),
    ("美元", "usd"),
    ("eur", "eur"),
    ("euro", "eur"),
    ("欧元", "eur"),
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

/// Signs that stand before a sum of money.
const SIGNS: &[(&str, &str)] =
    &[("¥", "cny"), ("￥", "cny"), ("£", "gbp"), ("us$", "usd"), ("$", "usd"), ("€", "eur")];

/// Units that are money.
const MONEY: &[&str] = &["cny", "gbp", "usd", "eur"];

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

/// Each unit in Chinese, and in English for one and for more.
const UNIT_WORDS: &[(&str, &str, [&str; 2])] = &[
    ("cny", "元", ["yuan", "yuan"]),
    ("gbp", "英镑", ["pound", "pounds"]),
    ("usd", "美元", ["dollar", "dollars"]),
    ("eur", "欧元", ["euro", "euros"]),
    ("percent", "%", ["%", "%"]),
    ("time", "次", ["time", "times"]),
    ("year", "年", ["year", "years"]),
    ("month", "个月", ["month", "months"]),
    ("week", "周", ["week", "weeks"]),
    ("day", "天", ["day", "days"]),
    ("working-day", "个工作日", ["working day", "working days"]),
    ("hour", "小时", ["hour", "hours"]),
];

/// That by which it is counted, in both.
const PER_WORDS: &[(&str, &str, &str)] = &[
    ("year", "每年", "a year"),
    ("school-year", "每学年", "a school year"),
    ("half-year", "每半年", "every half-year"),
    ("semester", "每学期", "a semester"),
    ("quarter", "每季度", "a quarter"),
    ("month", "每月", "a month"),
    ("week", "每周", "a week"),
    ("day", "每天", "a day"),
    ("person", "每人", "a person"),
    ("child", "每孩", "a child"),
    ("student", "每生", "a pupil"),
    ("household", "每户", "a household"),
    ("night", "每晚", "a night"),
    ("meal", "每餐", "a meal"),
    ("time", "每次", "each time"),
];

impl Amount {
    /// Reads `1500 CNY/year`, `每年1500元` or `£20.50/week`. `None` if it has other words.
    pub fn read(name: &'static str, text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (mut rest, mut per) = (text.as_str(), Vec::new());
        while let Some(after) = rest.strip_prefix('每') {
            let (word, known) =
                PER.iter().filter(|(word, _)| after.starts_with(word)).max_by_key(|(word, _)| word.len())?;
            per.push(*known);
            rest = after[word.len()..].trim_start();
        }
        let signed = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign));
        rest = signed.map_or(rest, |(sign, _)| rest[sign.len()..].trim_start());
        let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(rest.len());
        let (n, words) = rest.split_at(end);
        let n = ungrouped(n)?;
        let mut words = words.split('/').map(|word| singular(word.trim()));
        let unit = match (words.next()?, signed) {
            ("", Some((_, currency))) => currency,
            (word, None) => known(UNITS, word)?,
            (_, Some(_)) => return None,
        };
        for word in words {
            per.push(known(PER, word)?);
        }
        Some(Self { name, n, unit, per })
    }

    /// Returns it in words: 每年1500元, 1500 yuan a year.
    pub fn words(&self) -> Message {
        if MONEY.contains(&self.unit) && self.n.parse::<f64>() == Ok(0.0) {
            return text!("免费", "free");
        }
        let one = self.n == "1";
        let (_, unit_zh, [single, plural]) =
            UNIT_WORDS.iter().find(|(unit, ..)| *unit == self.unit).expect("every unit has its words");
        let n = &self.n;
        let counted = match self.unit {
            "percent" => format!("{n}%"),
            "time" if one => "once".to_owned(),
            _ if one => format!("{n} {single}"),
            _ => format!("{n} {plural}"),
        };
        let per = |key: &&str| PER_WORDS.iter().find(|(known, ..)| known == key);
        let (mut zh, mut en) = (String::new(), counted);
        for (_, before, after) in self.per.iter().filter_map(per) {
            zh += before;
            en += &format!(" {after}");
        }
        Message { zh: format!("{zh}{n}{unit_zh}"), en }
    }
}

/// Returns a number without the commas between its thousands. `None` if it is no number.
fn ungrouped(number: &str) -> Option<String> {
    let whole = number.split('.').next()?;
    let is_grouped = whole.split(',').skip(1).all(|group| group.len() == 3);
    let plain = number.replace(',', "");
    (is_grouped && plain.parse::<f64>().is_ok()).then_some(plain)
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
        Amount::read("amount", text).map(|amount| (amount.n, amount.unit, amount.per))
    }

    #[test]
    fn measures_are_read_as_lists_write_them() {
        assert_eq!(said("1500 CNY/year"), Some(("1500".into(), "cny", vec!["year"])));
        assert_eq!(said("每人每学期12.5元"), Some(("12.5".into(), "cny", vec!["person", "semester"])));
        assert_eq!(said("7 working days"), Some(("7".into(), "working-day", vec![])));
        assert_eq!(said("80%"), Some(("80".into(), "percent", vec![])));
        assert_eq!(said("£1,500/year"), Some(("1500".into(), "gbp", vec!["year"])));
        assert_eq!(said("12.50 GBP/week"), Some(("12.50".into(), "gbp", vec!["week"])));
        assert_eq!(said("$20"), Some(("20".into(), "usd", vec![])));
        assert_eq!(said("30 euros/month"), Some(("30".into(), "eur", vec!["month"])));
    }

    #[test]
    fn other_words_are_not_guessed_at() {
        assert_eq!(said("3 CNY/visitor"), None);
        assert_eq!(said("2 boxes"), None);
        assert_eq!(said("once a year"), None);
        assert_eq!(said("£20 CNY"), None);
        assert_eq!(said("1,50 CNY"), None);
    }

    #[test]
    fn amounts_are_said_in_both_languages() {
        let words = |text| Amount::read("amount", text).map(|amount| (amount.words().zh, amount.words().en));
        let both = |zh: &str, en: &str| Some((zh.to_owned(), en.to_owned()));
        assert_eq!(words("1500 CNY/year"), both("每年1500元", "1500 yuan a year"));
        assert_eq!(words("每人每学期12.5元"), both("每人每学期12.5元", "12.5 yuan a person a semester"));
        assert_eq!(words("1 time/quarter"), both("每季度1次", "once a quarter"));
        assert_eq!(words("12 years"), both("12年", "12 years"));
        assert_eq!(words("0 CNY"), both("免费", "free"));
        assert_eq!(words("£0"), both("免费", "free"));
        assert_eq!(words("£71.70/week"), both("每周71.70英镑", "71.70 pounds a week"));
        assert_eq!(words("1 working day"), both("1个工作日", "1 working day"));
    }
}
