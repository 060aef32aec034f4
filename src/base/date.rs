//! Calendar dates, without a clock.

use std::fmt;

/// A day of the calendar, written `2025-01-09`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADate {
    /// Not of the form `YYYY-MM-DD`.
    Form,
    /// Of the right form, but the calendar has no such day (2025-02-30).
    NoSuchDay,
}

impl Date {
    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`NotADate`] tells a wrong form from a day that does not exist.
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        let mut parts = text.split('-');
        let (Some(y), Some(m), Some(d), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotADate::Form);
        };
        if !(digits(y, 4) && digits(m, 2) && digits(d, 2)) {
            return Err(NotADate::Form);
        }
        let number = |part: &str| part.parse::<i16>().map_err(|_| NotADate::Form);
        let narrow = |value: i16| i8::try_from(value).map_err(|_| NotADate::NoSuchDay);
        jiff::civil::Date::new(number(y)?, narrow(number(m)?)?, narrow(number(d)?)?)
            .map(Date)
            .map_err(|_| NotADate::NoSuchDay)
    }

    /// Returns year, month and day.
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl Date {
    /// Returns the day `months` calendar months later; from a day that month lacks, its last.
    pub fn plus_months(self, months: u32) -> Self {
        self.plus(jiff::Span::new().try_months(months))
    }

    /// Returns the day `days` calendar days later.
    pub fn plus_days(self, days: u32) -> Self {
        self.plus(jiff::Span::new().try_days(days))
    }

    /// Returns the day before, or this one where the calendar begins.
    pub fn day_before(self) -> Self {
        Self(self.0.yesterday().unwrap_or(self.0))
    }

    /// Returns the later day, or this one where the calendar ends (the year 9999).
    fn plus(self, span: Result<jiff::Span, jiff::Error>) -> Self {
        Self(span.and_then(|span| self.0.checked_add(span)).unwrap_or(self.0))
    }

    /// Returns how many days `other` is later; negative if it is earlier.
    pub fn days_until(self, other: Self) -> i32 {
        self.0.until(other.0).map_or(0, |span| span.get_days())
    }
}

impl Date {
    /// Returns the day `day` of a month; its last one, if it has fewer days. Months count from 1.
    pub fn in_month(year: i16, month: i8, day: i8) -> Self {
        let first = jiff::civil::Date::new(year, month.clamp(1, 12), 1).unwrap_or(jiff::civil::Date::MAX);
        let day = day.clamp(1, first.days_in_month());
        Self(first.with().day(day).build().unwrap_or(first))
    }
}

/// A day of every year, written `11-10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    /// The month, from 1.
    pub month: i8,
    /// The day, from 1.
    pub day: i8,
}

impl MonthDay {
    /// Reads `MM-DD`. The 29th of February is a day of every year: the last of that month.
    ///
    /// # Errors
    /// [`NotADate`] tells a wrong form from a day that no year has.
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        // A year that has the 29th of February.
        let (_, month, day) = Date::parse(&format!("2024-{text}"))?.parts();
        Ok(Self { month, day })
    }

    /// Returns the day in this year.
    pub fn in_year(self, year: i16) -> Date {
        Date::in_month(year, self.month, self.day)
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(date: jiff::civil::Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_end_where_the_calendar_says() {
        let day = |text: &str| Date::parse(text).expect("a date");
        assert_eq!(day("2024-02-29").plus_months(24), day("2026-02-28"));
        assert_eq!(day("2025-08-31").plus_months(6), day("2026-02-28"));
        assert_eq!(day("2025-12-25").plus_days(10), day("2026-01-04"));
        assert_eq!(day("2025-01-01").days_until(day("2026-01-01")), 365);
        assert_eq!(day("2025-01-02").days_until(day("2025-01-01")), -1);
    }

    #[test]
    fn a_day_of_every_year_is_one_in_each() {
        let last = MonthDay::parse("02-29").expect("some years have it");
        assert_eq!(last.in_year(2028).to_string(), "2028-02-29");
        assert_eq!(last.in_year(2027).to_string(), "2027-02-28");
        assert_eq!(MonthDay::parse("11-10").map(|day| day.to_string()), Ok("11-10".to_owned()));
        assert_eq!(MonthDay::parse("02-30"), Err(NotADate::NoSuchDay));
        assert_eq!(MonthDay::parse("00-10"), Err(NotADate::NoSuchDay));
        assert_eq!(MonthDay::parse("11月10日"), Err(NotADate::Form));
        assert_eq!(MonthDay::parse("2025-11-10"), Err(NotADate::Form));
        assert_eq!(Date::in_month(2027, 4, 31).to_string(), "2027-04-30");
    }

    #[test]
    fn reads_real_days_and_tells_why_not() {
        assert_eq!(Date::parse("2024-02-29").map(|d| d.to_string()), Ok("2024-02-29".to_owned()));
        assert_eq!(Date::parse("2025-02-29"), Err(NotADate::NoSuchDay));
        assert_eq!(Date::parse("2025-13-01"), Err(NotADate::NoSuchDay));
        assert_eq!(Date::parse("2025-1-9"), Err(NotADate::Form));
        assert_eq!(Date::parse("2025年1月9日"), Err(NotADate::Form));
    }
}
