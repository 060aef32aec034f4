//! Amounts, frequencies, periods and shares, with their bounds.

use std::cmp::Ordering;

/// What a number counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Unit {
    /// Money, by its currency; yuan in fen and 万元 are converted.
    Money(String),
    /// A share of a hundred.
    Share,
    /// So many times.
    Times,
    /// A stretch of time.
    Time(Period),
    /// So many times another standard.
    Multiple,
    /// Persons.
    People,
    /// Anything else, by its word.
    Other(String),
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// So many months.
    Months(u32),
    /// So many minutes.
    Minutes(u32),
    /// A working day.
    WorkingDay,
}

/// How a number bounds what is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Just so much.
    Exact,
    /// No less than that.
    Floor,
    /// No more than that.
    Cap,
    /// About that.
    About,
}

/// A number, or a range, with what it counts, and for which period and whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number, or the least of a range.
    pub low: f64,
    /// The number, or the most of a range.
    pub high: f64,
    /// What it counts.
    pub unit: Unit,
    /// In which period.
    pub every: Option<(f64, Period)>,
    /// For each of what: household, night. Sorted; for each person is not said.
    pub each: Vec<String>,
    /// How it bounds.
    pub bound: Bound,
}

impl Quantity {
    /// Tells whether it is nothing at all.
    pub fn is_zero(&self) -> bool {
        self.low == 0.0 && self.high == 0.0
    }

    /// Returns how much this gives compared with `other`, greater being more.
    ///
    /// What is certain is compared: the least of a range, nothing of what is only capped. `None` if they count
    /// different things, if it depends on how long a month is, or if one is more here and the other there.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        if self.is_zero() || other.is_zero() {
            let same = self.is_family_of(other) || (self.is_zero() && other.is_zero());
            return same.then(|| order(self.low, other.low));
        }
        if !self.counts_as(other) {
            return None;
        }
        let least = match (self.bound, other.bound) {
            (Bound::About, Bound::Exact | Bound::Floor) => return None,
            // At most 3000 is no promise of 3000; it is one of no more.
            (Bound::Cap, Bound::Exact | Bound::Floor | Bound::About) => {
                let most = self.span(self.high, other).zip(other.span(other.low, self));
                let ((_, most), (least, _)) = most?;
                return Some(if order(most, least) == Ordering::Less {
                    Ordering::Less
                } else {
                    return None;
                });
            }
            (_, Bound::Cap) => compare(self.span(self.high, other)?, other.span(other.high, self)?)?,
            _ => compare(self.span(self.low, other)?, other.span(other.low, self)?)?,
        };
        let most = match (self.bound, other.bound) {
            (Bound::Floor, _) | (_, Bound::Cap) => least,
            // Exactly the floor is as good as the floor.
            (Bound::Exact | Bound::About, Bound::Floor) => least,
            _ => compare(self.span(self.high, other)?, other.span(other.high, self)?)?,
        };
        match (least, most) {
            (Ordering::Equal, Ordering::Greater) | (Ordering::Greater, Ordering::Equal) => {
                Some(Ordering::Greater)
            }
            (Ordering::Equal, Ordering::Less) | (Ordering::Less, Ordering::Equal) => Some(Ordering::Less),
            (a, b) if a == b => Some(a),
            // A wider range, or a narrower one: both are said.
            _ => None,
        }
    }

    /// Returns how long this takes compared with `other`, for what is better the less it is: the most counts.
    pub fn compare_most(&self, other: &Self) -> Option<Ordering> {
        if self.is_zero() || other.is_zero() {
            return Some(order(self.high, other.high));
        }
        self.counts_as(other)
            .then(|| compare(self.span(self.high, other)?, other.span(other.high, self)?))
            .flatten()
    }

    /// Tells whether both count the same thing, for the same.
    pub fn counts_as(&self, other: &Self) -> bool {
        self.is_family_of(other) && self.each == other.each
    }

    fn is_family_of(&self, other: &Self) -> bool {
        match (&self.unit, &other.unit) {
            (Unit::Time(_), Unit::Time(_)) => true,
            // Nothing is nothing in every currency.
            (Unit::Money(_), Unit::Money(_)) if self.is_zero() || other.is_zero() => true,
            (own, other) => own == other,
        }
    }

    /// Returns the least and the most `number` can be, in units in which `other` is measured as well.
    fn span(&self, number: f64, other: &Self) -> Option<(f64, f64)> {
        let (low, high) = match (&self.unit, &other.unit) {
            (Unit::Time(own), Unit::Time(other)) => length(*own, *other),
            _ => (1.0, 1.0),
        };
        let (low, high) = (number * low, number * high);
        match (self.every, other.every) {
            (None, None) => Some((low, high)),
            (Some((count, own)), Some((_, other))) => {
                let (short, long) = length(own, other);
                Some((low / (long * count), high / (short * count)))
            }
            _ => None,
        }
    }
}

impl Period {
    /// Returns the word for it in Chinese, and how many of that it is.
    fn word(self) -> (u32, &'static str) {
        match self {
            Self::Months(months) if months % 12 == 0 => (months / 12, "年"),
            Self::Months(6) => (1, "学期"),
            Self::Months(3) => (1, "季度"),
            Self::Months(months) => (months, "月"),
            Self::Minutes(minutes) if minutes % (7 * 24 * 60) == 0 => (minutes / (7 * 24 * 60), "周"),
            Self::Minutes(minutes) if minutes % (24 * 60) == 0 => (minutes / (24 * 60), "天"),
            Self::Minutes(minutes) if minutes % 60 == 0 => (minutes / 60, "小时"),
            Self::Minutes(minutes) => (minutes, "分钟"),
            Self::WorkingDay => (1, "个工作日"),
        }
    }
}

impl std::fmt::Display for Quantity {
    /// Writes it as lists do: `不低于1500元/月`, `2次/年`, `10个工作日`, `80%`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.bound {
            Bound::Exact => "",
            Bound::Floor => "不低于",
            Bound::Cap => "不超过",
            Bound::About => "约",
        })?;
        if self.low == self.high {
            write!(f, "{}", self.low)?;
        } else {
            write!(f, "{}-{}", self.low, self.high)?;
        }
        match &self.unit {
            Unit::Money(currency) if currency == "cny" => f.write_str("元")?,
            Unit::Money(currency) => write!(f, " {}", currency.to_uppercase())?,
            Unit::Share => f.write_str("%")?,
            Unit::Times => f.write_str("次")?,
            Unit::Multiple => f.write_str("倍")?,
            Unit::People => f.write_str("人")?,
            Unit::Other(word) => f.write_str(word)?,
            Unit::Time(Period::Months(1)) => f.write_str("个月")?,
            Unit::Time(period) => f.write_str(period.word().1)?,
        }
        if let Some((count, period)) = self.every {
            let (number, word) = period.word();
            let count = count * f64::from(number);
            if count == 1.0 { write!(f, "/{word}")? } else { write!(f, "/{count}{word}")? }
        }
        self.each.iter().try_for_each(|each| write!(f, "/{each}"))
    }
}

fn compare((low, high): (f64, f64), (other_low, other_high): (f64, f64)) -> Option<Ordering> {
    match (order(low, other_low), order(high, other_high)) {
        (Ordering::Equal, Ordering::Equal) => Some(Ordering::Equal),
        _ if order(low, other_high) == Ordering::Greater => Some(Ordering::Greater),
        _ if order(high, other_low) == Ordering::Less => Some(Ordering::Less),
        _ => None,
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
