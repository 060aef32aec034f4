//! How often something is done: `1 month`, 每三个月, `at least monthly`, at once, oftener than usual.

use std::cmp::Ordering;

use crate::number::number;
use crate::quantity::{Bound, Period, Quantity, Unit};
use crate::stated::Stated;
use crate::wording::Wording;

/// The time from one visit to the next, as a field states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// None: as soon as there is a reason.
    AtOnce,
    /// So many months.
    Months(u32),
    /// So many weeks.
    Weeks(u32),
    /// So many days.
    Days(u32),
}

/// Words for an interval of none.
const AT_ONCE: &[&str] = &["at-once", "atonce", "immediately", "立即", "即时", "马上"];

/// Words before the number and behind the unit, which say nothing by themselves.
const BEFORE: &[&str] = &["once", "every", "each", "per", "每隔", "每"];
const BEHIND: &[&str] = &["一次", "1次", "once"];

/// Words for a stretch of time.
const UNITS: &[(&str, Interval)] = &[
    ("半年", Interval::Months(6)),
    ("half-year", Interval::Months(6)),
    ("halfyear", Interval::Months(6)),
    ("half-yearly", Interval::Months(6)),
    ("季度", Interval::Months(3)),
    ("季", Interval::Months(3)),
    ("quarter", Interval::Months(3)),
    ("quarters", Interval::Months(3)),
    ("quarterly", Interval::Months(3)),
    ("个月", Interval::Months(1)),
    ("月", Interval::Months(1)),
    ("month", Interval::Months(1)),
    ("months", Interval::Months(1)),
    ("monthly", Interval::Months(1)),
    ("年", Interval::Months(12)),
    ("year", Interval::Months(12)),
    ("years", Interval::Months(12)),
    ("yearly", Interval::Months(12)),
    ("annually", Interval::Months(12)),
    ("个星期", Interval::Weeks(1)),
    ("星期", Interval::Weeks(1)),
    ("周", Interval::Weeks(1)),
    ("week", Interval::Weeks(1)),
    ("weeks", Interval::Weeks(1)),
    ("weekly", Interval::Weeks(1)),
    ("天", Interval::Days(1)),
    ("日", Interval::Days(1)),
    ("day", Interval::Days(1)),
    ("days", Interval::Days(1)),
    ("daily", Interval::Days(1)),
];

/// No interval is longer, in its unit: what is more is a slip.
const MOST: u32 = 400;

impl Interval {
    /// Reads `1 month`, `3个月`, `每季度`, `at-once`. `None` if it is no interval.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
        if AT_ONCE.contains(&folded.as_str()) {
            return Some(Self::AtOnce);
        }
        let mut rest = folded.as_str();
        while let Some(after) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = after;
        }
        if let Some(before) = BEHIND.iter().find_map(|word| rest.strip_suffix(word)) {
            rest = before;
        }
        let unit = |word: &str| UNITS.iter().find(|(known, _)| *known == word).map(|(_, unit)| *unit);
        if let Some(one) = unit(rest) {
            return Some(one);
        }
        let chars: Vec<char> = rest.chars().collect();
        let (count, end) = number(&chars, 0)?;
        let count = (1..=MOST).find(|known| f64::from(*known) == count)?;
        let word: String = chars[end..].iter().collect();
        unit(&word)?.times(count)
    }

    fn times(self, count: u32) -> Option<Self> {
        let most = |n: u32| n.checked_mul(count).filter(|n| *n <= MOST);
        Some(match self {
            Self::AtOnce => self,
            Self::Months(n) => Self::Months(most(n)?),
            Self::Weeks(n) => Self::Weeks(most(n)?),
            Self::Days(n) => Self::Days(most(n)?),
        })
    }

    /// Returns once in each such interval; `None` if there is no interval.
    fn once(self, bound: Bound) -> Option<Quantity> {
        let (count, period) = match self {
            Self::AtOnce => return None,
            Self::Months(n) => (n, Period::Months(1)),
            Self::Weeks(n) => (n, Period::Minutes(7 * 24 * 60)),
            Self::Days(n) => (n, Period::Minutes(24 * 60)),
        };
        Some(Quantity {
            low: 1.0,
            high: 1.0,
            unit: Unit::Times,
            every: Some((f64::from(count), period)),
            each: Vec::new(),
            bound,
        })
    }
}

/// How often something is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Frequency {
    /// As soon as there is a reason, which is more than any number of times.
    AtOnce,
    /// Oftener than that, if it is said than what; no number says how often.
    Oftener(Option<Quantity>),
    /// So many times in a stretch of time.
    Every(Quantity),
}

impl Frequency {
    /// Returns what a field for an interval says, with the one that says “at least”. Without an interval “at least” is
    /// oftener than usual. `None` if neither is there.
    pub fn of(interval: Option<Interval>, at_least: bool) -> Option<Self> {
        let bound = if at_least { Bound::Floor } else { Bound::Exact };
        match interval {
            Some(interval) => Some(interval.once(bound).map_or(Self::AtOnce, Self::Every)),
            None => at_least.then_some(Self::Oftener(None)),
        }
    }

    /// Reads what a list states: `at least monthly`, `每三个月`, `oftener than once a month`, `立即`. `None` if it says
    /// nothing of how often.
    pub fn read(text: &str, words: &Wording) -> Option<Self> {
        let lower = text.trim().to_lowercase();
        let folded: String = lower.chars().filter(|c| !c.is_whitespace()).collect();
        if AT_ONCE.contains(&folded.as_str()) {
            return Some(Self::AtOnce);
        }
        let every = |text: &str| Stated::read(text, words).and_then(|stated| stated.quantity().cloned());
        for (before, after) in
            [("oftener than ", ""), ("more often than ", ""), ("比", "更勤"), ("比", "更多")]
        {
            let than = lower.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            if let Some(than) = than.filter(|than| !than.is_empty()) {
                return every(than).map(|than| Self::Oftener(Some(than)));
            }
        }
        const OFTENER: &[&str] =
            &["oftener", "moreoften", "更勤", "加密", "增加频次", "加大频次", "加大走访频次", "增加走访频次"];
        if OFTENER.contains(&folded.as_str()) {
            return Some(Self::Oftener(None));
        }
        every(text).map(Self::Every)
    }

    /// Returns the same, where “oftener” alone means oftener than `usual`.
    #[must_use]
    pub fn than_usual(self, usual: &Self) -> Self {
        match (self, usual) {
            (Self::Oftener(None), Self::Every(usual)) => Self::Oftener(Some(usual.clone())),
            (own, _) => own,
        }
    }

    /// Returns how this compares with `other`, greater being more often. `None` if that cannot be told.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::AtOnce, Self::AtOnce) => Some(Ordering::Equal),
            (Self::AtOnce, _) => Some(Ordering::Greater),
            (_, Self::AtOnce) => Some(Ordering::Less),
            (Self::Every(own), Self::Every(other)) => own.compare(other),
            (Self::Oftener(own), Self::Oftener(other)) => (own == other).then_some(Ordering::Equal),
            (Self::Oftener(than), Self::Every(other)) => {
                let than = than.as_ref()?.compare(other)?;
                (than != Ordering::Less).then_some(Ordering::Greater)
            }
            (Self::Every(_), Self::Oftener(_)) => other.compare(self).map(Ordering::reverse),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_read_as_fields_state_them() {
        for (text, interval) in [
            ("1 month", Some(Interval::Months(1))),
            ("3 months", Some(Interval::Months(3))),
            ("每三个月", Some(Interval::Months(3))),
            ("3个月", Some(Interval::Months(3))),
            ("每月一次", Some(Interval::Months(1))),
            ("每季度", Some(Interval::Months(3))),
            ("quarter", Some(Interval::Months(3))),
            ("半年", Some(Interval::Months(6))),
            ("once every 2 weeks", Some(Interval::Weeks(2))),
            ("10天", Some(Interval::Days(10))),
            ("1 year", Some(Interval::Months(12))),
            ("monthly", Some(Interval::Months(1))),
            ("at-once", Some(Interval::AtOnce)),
            ("At once", Some(Interval::AtOnce)),
            ("立即", Some(Interval::AtOnce)),
            ("often", None),
            ("month 1", None),
            ("0 months", None),
            ("经常", None),
            ("", None),
        ] {
            assert_eq!(Interval::parse(text), interval, "{text}");
        }
    }

    #[test]
    fn the_oftener_is_the_greater_and_at_once_is_the_greatest() {
        let words = Wording::usual();
        let read = |text: &str| Frequency::read(text, &words).unwrap_or_else(|| panic!("{text} can be read"));
        for (a, b, expected) in [
            ("at least monthly", "每三个月", Some(Ordering::Greater)),
            ("每月至少一次", "at least monthly", Some(Ordering::Equal)),
            ("every 3 months", "quarterly", Some(Ordering::Equal)),
            ("每三个月", "1 time/quarter", Some(Ordering::Equal)),
            ("weekly", "每月一次", Some(Ordering::Greater)),
            ("at once", "daily", Some(Ordering::Greater)),
            ("立即", "at once", Some(Ordering::Equal)),
            ("oftener than once a month", "每月一次", Some(Ordering::Greater)),
            ("比每月一次更勤", "每三个月", Some(Ordering::Greater)),
            ("oftener than once a month", "weekly", None),
            ("oftener", "monthly", None),
            ("oftener", "at once", Some(Ordering::Less)),
        ] {
            assert_eq!(read(a).compare(&read(b)), expected, "{a} and {b}");
            assert_eq!(read(b).compare(&read(a)), expected.map(Ordering::reverse), "{b} and {a}");
        }
        assert_eq!(Frequency::read("按规定", &words), None);
    }

    #[test]
    fn oftener_than_usual_is_oftener_than_what_is_usual() {
        let monthly = Frequency::of(Some(Interval::Months(1)), true).expect("it says how often");
        let oftener = Frequency::of(None, true).expect("it says oftener");
        assert_eq!(oftener.compare(&monthly), None);
        assert_eq!(oftener.than_usual(&monthly).compare(&monthly), Some(Ordering::Greater));
        assert_eq!(Frequency::of(None, false), None);
    }
}
