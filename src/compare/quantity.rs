//! Amounts, frequencies, periods and shares, as lists write them: `1500 CNY/year`, `2 times/year`, `80 %`.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;

use super::number;

/// What a number counts.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Dimension {
    Money,
    Share,
    Times,
    Time(Period),
    /// Anything else, by its word.
    Other(String),
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Period {
    /// So many months.
    Months(u32),
    /// So many minutes.
    Minutes(u32),
    WorkingDay,
}

/// A number with what it counts, and for which period and whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    number: f64,
    dimension: Dimension,
    every: Option<Period>,
    /// For each of what: person, household, night. Sorted.
    each: Vec<String>,
}

/// Words for money, each with its worth in yuan.
const MONEY: &[(&str, f64)] =
    &[("cny", 1.0), ("rmb", 1.0), ("yuan", 1.0), ("元", 1.0), ("¥", 1.0), ("万元", 10_000.0), ("角", 0.1)];

/// Words for periods. The English ones stand in the singular.
const PERIODS: &[(&str, Period)] = &[
    ("year", Period::Months(12)),
    ("school year", Period::Months(12)),
    ("年", Period::Months(12)),
    ("学年", Period::Months(12)),
    ("周年", Period::Months(12)),
    ("semester", Period::Months(6)),
    ("term", Period::Months(6)),
    ("学期", Period::Months(6)),
    ("half-year", Period::Months(6)),
    ("半年", Period::Months(6)),
    ("quarter", Period::Months(3)),
    ("季度", Period::Months(3)),
    ("month", Period::Months(1)),
    ("月", Period::Months(1)),
    ("week", Period::Minutes(7 * 24 * 60)),
    ("周", Period::Minutes(7 * 24 * 60)),
    ("星期", Period::Minutes(7 * 24 * 60)),
    ("day", Period::Minutes(24 * 60)),
    ("天", Period::Minutes(24 * 60)),
    ("日", Period::Minutes(24 * 60)),
    ("自然日", Period::Minutes(24 * 60)),
    ("hour", Period::Minutes(60)),
    ("小时", Period::Minutes(60)),
    ("minute", Period::Minutes(1)),
    ("分钟", Period::Minutes(1)),
    ("working day", Period::WorkingDay),
    ("working-day", Period::WorkingDay),
    ("workday", Period::WorkingDay),
    ("工作日", Period::WorkingDay),
];

/// Words for persons and the like that mean the same.
const EACH: &[(&str, &str)] = &[
    ("人", "person"),
    ("生", "student"),
    ("户", "household"),
    ("家庭", "household"),
    ("家", "household"),
    ("孩子", "child"),
    ("晚", "night"),
    ("次", "time"),
];

impl Quantity {
    /// Reads `1500 CNY/year`, `每年1500元`, `2 times/year`, `once every 3 months`, `12 years`, `十二年`, `80%`,
    /// `10 working days`, `10个工作日内`. `None` if it is nothing of the kind.
    pub fn parse(text: &str) -> Option<Self> {
        let mut text: String = text.nfkc().collect::<String>().trim().to_lowercase();
        for (word, digit) in [
            ("once", "1 times"),
            ("twice", "2 times"),
            (" per ", "/"),
            (" a ", "/"),
            (" an ", "/"),
            (" each ", "/"),
            (" every ", "/"),
            ("·", "/"),
        ] {
            text = text.replace(word, digit);
        }
        let (mut every, mut each, mut per) = (None, Vec::new(), 1.0);
        let mut rest = text.as_str();
        // 每人每年1500元 says first what it is counted by.
        while let Some(after) = rest.strip_prefix('每') {
            let (count, after) = number::number(after).unwrap_or((1.0, after));
            let after = after.strip_prefix('个').unwrap_or(after);
            let word = leading_counter(after)?;
            per *= count;
            counted_by(word, count, &mut every, &mut each)?;
            rest = after[word.len()..].trim_start();
        }
        let within = rest.strip_prefix("within ");
        let (number, after) = number::share(rest).or_else(|| number::number(within.unwrap_or(rest)))?;
        let mut parts = after.split('/');
        let (factor, dimension) = dimension(parts.next()?.trim())?;
        for part in parts {
            let (count, word) = number::number(part).unwrap_or((1.0, part.trim()));
            per *= count;
            counted_by(word, count, &mut every, &mut each)?;
        }
        each.sort();
        let is_time = matches!(dimension, Dimension::Time(_));
        let number = number * factor / per;
        (number.is_finite() && (is_time || within.is_none())).then_some(Self {
            number,
            dimension,
            every,
            each,
        })
    }

    /// Tells whether it is nothing at all.
    pub fn is_zero(&self) -> bool {
        self.number == 0.0
    }

    /// Returns how this compares with `other`. `None` if they count different things, or if it depends on
    /// how long a month is.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        if self.is_zero() || other.is_zero() {
            let same = self.is_family_of(other) || self.is_zero() && other.is_zero();
            return same.then(|| order(self.number, other.number));
        }
        if !self.is_family_of(other) || self.each != other.each {
            return None;
        }
        let (own_low, own_high) = self.span(other)?;
        let (low, high) = other.span(self)?;
        match (order(own_low, low), order(own_high, high)) {
            (Ordering::Equal, Ordering::Equal) => Some(Ordering::Equal),
            _ if order(own_low, high) == Ordering::Greater => Some(Ordering::Greater),
            _ if order(own_high, low) == Ordering::Less => Some(Ordering::Less),
            _ => None,
        }
    }

    fn is_family_of(&self, other: &Self) -> bool {
        match (&self.dimension, &other.dimension) {
            (Dimension::Time(_), Dimension::Time(_)) => true,
            (own, other) => own == other,
        }
    }

    /// Returns the least and the most this can be, in units in which `other` is measured as well.
    fn span(&self, other: &Self) -> Option<(f64, f64)> {
        let (low, high) = match (&self.dimension, &other.dimension) {
            (Dimension::Time(own), Dimension::Time(other)) => length(*own, *other),
            _ => (1.0, 1.0),
        };
        let (low, high) = (self.number * low, self.number * high);
        match (self.every, other.every) {
            (None, None) => Some((low, high)),
            (Some(own), Some(other)) => {
                let (short, long) = length(own, other);
                Some((low / long, high / short))
            }
            _ => None,
        }
    }
}

/// Returns how long a period is at least and at most, in a unit that `other` can be given in as well.
fn length(period: Period, other: Period) -> (f64, f64) {
    const DAY: f64 = 24.0 * 60.0;
    match (period, other) {
        (Period::Months(months), Period::Months(_)) => (f64::from(months), f64::from(months)),
        (Period::WorkingDay, Period::WorkingDay) => (1.0, 1.0),
        (Period::Months(12), _) => (365.0 * DAY, 366.0 * DAY),
        (Period::Months(months), _) => (f64::from(months) * 28.0 * DAY, f64::from(months) * 31.0 * DAY),
        (Period::Minutes(minutes), _) => (f64::from(minutes), f64::from(minutes)),
        // Weekends and holidays may lie between.
        (Period::WorkingDay, _) => (DAY, 3.0 * DAY),
    }
}

/// Compares numbers that were converted, so that a rounding error makes no difference.
fn order(a: f64, b: f64) -> Ordering {
    if (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0) { Ordering::Equal } else { a.total_cmp(&b) }
}

fn dimension(word: &str) -> Option<(f64, Dimension)> {
    let money = MONEY.iter().find(|(known, _)| *known == word);
    if let Some((_, worth)) = money {
        return Some((*worth, Dimension::Money));
    }
    if let Some(period) = period(word) {
        return Some((1.0, Dimension::Time(period)));
    }
    Some(match word {
        "" | "time" | "times" | "次" => (1.0, Dimension::Times),
        "%" | "percent" | "per cent" => (1.0, Dimension::Share),
        // A word of its own; a range or a second number is none.
        word if word.chars().count() <= 24 && !word.contains(|c: char| c.is_ascii_digit()) => {
            (1.0, Dimension::Other(singular(word).to_owned()))
        }
        _ => return None,
    })
}

/// Returns the period that a word names: 年, 个月, 工作日内, months.
fn period(word: &str) -> Option<Period> {
    let word = word.strip_suffix("以内").or_else(|| word.strip_suffix('内')).unwrap_or(word);
    let word = singular(word.strip_prefix('个').unwrap_or(word));
    PERIODS.iter().find(|(known, _)| *known == word).map(|(_, period)| *period)
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|word| word.is_ascii() && word.len() > 2).unwrap_or(word)
}

/// Takes in what stands after `/` or `每`: so many periods, or for each of what.
fn counted_by(word: &str, count: f64, every: &mut Option<Period>, each: &mut Vec<String>) -> Option<()> {
    match period(word) {
        Some(period) => every.replace(period).is_none().then_some(()),
        None if word.is_empty() || count != 1.0 => None,
        None => {
            let word = singular(word);
            let known = EACH.iter().find(|(known, _)| *known == word).map_or(word, |(_, name)| name);
            each.push(known.to_owned());
            Some(())
        }
    }
}

/// Returns the longest counter that a text starts with, such as 年 or 学期.
fn leading_counter(text: &str) -> Option<&str> {
    let words = PERIODS.iter().map(|(word, _)| *word).chain(EACH.iter().map(|(word, _)| *word));
    words.filter(|word| text.starts_with(word)).max_by_key(|word| word.len()).map(|word| &text[..word.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(a: &str, b: &str) -> Option<Ordering> {
        let read = |text: &str| Quantity::parse(text).unwrap_or_else(|| panic!("{text} can be read"));
        read(a).compare(&read(b))
    }

    #[test]
    fn units_are_converted() {
        for (a, b, expected) in [
            ("1500 CNY/year", "125 CNY/month", Some(Ordering::Equal)),
            ("每年1500元", "1500 CNY/year", Some(Ordering::Equal)),
            ("每人每月100元", "1000 CNY/person/year", Some(Ordering::Greater)),
            ("0.2 万元/年", "1500 yuan/year", Some(Ordering::Greater)),
            ("750元/学期", "1500元/年", Some(Ordering::Equal)),
            ("once a year", "2 times/year", Some(Ordering::Less)),
            ("每年两次", "每季度一次", Some(Ordering::Less)),
            ("12 years", "9 年", Some(Ordering::Greater)),
            ("80 %", "75%", Some(Ordering::Greater)),
            ("10 working days", "10 days", None),
            ("10 working days", "5 days", Some(Ordering::Greater)),
            ("1 month", "30 days", None),
            ("1 month", "40 days", Some(Ordering::Less)),
            ("4 times/month", "1 time/week", None),
            ("5 times/month", "1 time/week", Some(Ordering::Greater)),
            ("1500 CNY", "1500 CNY/year", None),
            ("1500 CNY/person", "1500 CNY/household", None),
            ("20元/次", "20 CNY/time", Some(Ordering::Equal)),
            ("每次30元", "20 CNY/time", Some(Ordering::Greater)),
            ("0 CNY", "0 CNY/year", Some(Ordering::Equal)),
            ("40 pupils/class", "45 pupils/class", Some(Ordering::Less)),
            ("十二年", "12 years", Some(Ordering::Equal)),
            ("半年", "6个月", Some(Ordering::Equal)),
            ("一千五百元/年", "1500 CNY/year", Some(Ordering::Equal)),
            ("一万零五百元", "10500 CNY", Some(Ordering::Equal)),
            ("1500元/人·年", "每人每年1500元", Some(Ordering::Equal)),
            ("每三个月一次", "1 time/quarter", Some(Ordering::Equal)),
            ("once every 3 months", "每季度一次", Some(Ordering::Equal)),
            ("每两个月一次", "每月一次", Some(Ordering::Less)),
            ("3000 CNY/2 years", "1500 CNY/year", Some(Ordering::Equal)),
            ("每半年一次", "2 times/year", Some(Ordering::Equal)),
            ("10个工作日内", "within 10 working days", Some(Ordering::Equal)),
            ("15个工作日", "10 working days", Some(Ordering::Greater)),
            ("百分之八十", "80%", Some(Ordering::Equal)),
        ] {
            assert_eq!(compare(a, b), expected, "{a} and {b}");
            assert_eq!(compare(b, a), expected.map(Ordering::reverse), "{b} and {a}");
        }
    }

    #[test]
    fn what_is_no_quantity_is_none() {
        for text in [
            "",
            "free",
            "按规定",
            "年",
            "/year",
            "1500 CNY/",
            "每",
            "1500/year/month",
            "二零二五年",
            "约1500元",
            "within 1500 CNY",
            "1500 CNY/0 years",
            "每三人一次",
            "1000-2000 CNY",
        ] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }
}
