//! Small texts with a form of their own.

/// The unit an age range is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeUnit {
    /// Years.
    Years,
    /// Months.
    Months,
}

/// How an age bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeBound {
    /// From one age to another; whether the upper one is included is not stated.
    Range,
    /// From an age on.
    From,
    /// Up to an age, itself not included.
    Below,
    /// Up to an age.
    UpTo,
}

/// An age range as written: `3-6`, `0-36 months`, `16岁以上`, `未满16周岁`, `6个月-3岁`, `80-120`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// Lower bound, in months.
    from: u16,
    /// Upper bound, in months; that of the oldest where none is written.
    to: u16,
    /// The unit it is written in.
    pub unit: AgeUnit,
    /// How it bounds.
    pub bound: AgeBound,
}

impl Age {
    /// The oldest anybody gets, in months.
    const OLDEST_MONTHS: u16 = 120 * 12;

    /// Reads an age or a range of ages; numbers without a unit are years. `None` if it is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let with_unit =
            if text.ends_with(|c: char| c.is_ascii_digit()) { format!("{text}岁") } else { text.to_owned() };
        let wanted = with_unit.replace("years", "岁").replace("months", "个月");
        let written = wanted.split('个').next().is_some_and(|first| first.len() < wanted.len());
        // A range in months is one of ages here, whatever follows.
        let wanted =
            if written && !wanted.contains('岁') { wanted.replace("个月", "月龄") } else { wanted };
        let (from, to, below) = qingdan_reading::age(&wanted)?;
        let in_months = written && !wanted.contains('岁');
        let age = Self::of_months(from, to, below)?;
        Some(Self { unit: if in_months { AgeUnit::Months } else { age.unit }, ..age })
    }

    /// Returns the range between these months; open where there are none. `None` if it is empty or too long.
    pub fn of_months(from: Option<u32>, to: Option<u32>, below: bool) -> Option<Self> {
        let month = |months: u32| u16::try_from(months).ok().filter(|months| *months <= Self::OLDEST_MONTHS);
        let bound = match (from, to) {
            (Some(_), Some(_)) if below => AgeBound::Below,
            (Some(_), Some(_)) => AgeBound::Range,
            (Some(_), None) => AgeBound::From,
            (None, Some(_)) if below => AgeBound::Below,
            (None, Some(_)) => AgeBound::UpTo,
            (None, None) => return None,
        };
        let (from, to) = (month(from.unwrap_or(0))?, month(to.unwrap_or(u32::from(Self::OLDEST_MONTHS)))?);
        let unit = if from % 12 == 0 && to % 12 == 0 { AgeUnit::Years } else { AgeUnit::Months };
        (from < to).then_some(Self { from, to, unit, bound })
    }

    /// Returns both bounds in months.
    pub fn months(self) -> (u16, u16) {
        (self.from, self.to)
    }

    /// Returns a bound in the unit the range is written in, with half years.
    fn number(self, months: u16) -> String {
        match self.unit {
            AgeUnit::Months => months.to_string(),
            AgeUnit::Years if months.is_multiple_of(12) => (months / 12).to_string(),
            AgeUnit::Years => format!("{}", f64::from(months) / 12.0),
        }
    }

    /// Returns the range as shown: `3–6`, `16+`, `<16`.
    pub fn label(self) -> String {
        match self.bound {
            AgeBound::From => format!("{}+", self.number(self.from)),
            AgeBound::Below if self.from == 0 => format!("<{}", self.number(self.to)),
            AgeBound::UpTo if self.from == 0 => format!("≤{}", self.number(self.to)),
            _ => format!("{}–{}", self.number(self.from), self.number(self.to)),
        }
    }
}

impl std::fmt::Display for Age {
    /// Writes the range as files do: `3-6`, `0-36 months`, `16岁以上`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (from, to) = (self.number(self.from), self.number(self.to));
        let unit = if self.unit == AgeUnit::Months { "个月" } else { "岁" };
        match self.bound {
            AgeBound::From => write!(f, "{from}{unit}以上"),
            AgeBound::UpTo => write!(f, "{to}{unit}以下"),
            AgeBound::Below if self.from == 0 => write!(f, "未满{to}{unit}"),
            AgeBound::Below | AgeBound::Range if self.unit == AgeUnit::Months => {
                write!(f, "{from}-{to} months")
            }
            AgeBound::Below | AgeBound::Range => write!(f, "{from}-{to}"),
        }
    }
}

/// Tells whether a text is a stable name: small letters, digits and single hyphens, a letter first.
pub fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase()) && is_address_part(text)
}

/// Tells whether a name can be part of an address and of a path on every system: small letters, digits
/// and single hyphens, and no name that Windows keeps for devices.
pub fn is_address_part(text: &str) -> bool {
    let plain =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.split('-').all(plain) && !is_device(text)
}

/// Tells whether Windows takes a name for a device, whatever its ending.
fn is_device(text: &str) -> bool {
    let port = |prefix| {
        text.strip_prefix(prefix)
            .is_some_and(|rest: &str| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    matches!(text, "con" | "prn" | "aux" | "nul") || port("com") || port("lpt")
}

/// Tells whether a text can be the code of a language of the site, which stands in addresses.
pub(super) fn is_site_language(text: &str) -> bool {
    is_language_code(text) && !text.bytes().any(|b| b.is_ascii_uppercase())
}

/// Tells whether a text has the form of a language code.
pub(super) fn is_language_code(text: &str) -> bool {
    let mut parts = text.split('-');
    parts
        .next()
        .is_some_and(|first| matches!(first.len(), 2 | 3) && first.bytes().all(|b| b.is_ascii_lowercase()))
        && parts.all(|part| matches!(part.len(), 2..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_in_years_and_months() {
        assert_eq!(Age::parse("3-6").map(Age::months), Some((36, 72)));
        assert_eq!(Age::parse("0-36 months").map(Age::months), Some((0, 36)));
        assert_eq!(Age::parse("0-6岁").map(Age::label), Some("0–6".to_owned()));
        for (text, months) in [
            ("0-1.5", (0, 18)),
            ("0-2岁半", (0, 30)),
            ("6个月-3岁", (6, 36)),
            ("0.5-3", (6, 36)),
            ("16岁以上", (192, 1440)),
            ("未满16周岁", (0, 192)),
            ("0-16周岁", (0, 192)),
            ("满6周岁", (72, 1440)),
            ("3～6周岁", (36, 72)),
            ("0-25", (0, 300)),
            ("18-60", (216, 720)),
            ("80-120", (960, 1440)),
        ] {
            let age = Age::parse(text);
            assert_eq!(age.map(Age::months), Some(months), "{text}");
            assert_eq!(age.and_then(|age| Age::parse(&age.to_string())), age, "{text}");
        }
        let wrong = ["6-3", "three", "0-140", "3-6 days", "", "学龄前", "3-6岁的孩子"];
        assert!(wrong.iter().all(|text| Age::parse(text).is_none()));
    }

    #[test]
    fn ids_are_plain() {
        assert!(is_id("preschool-education") && is_id("a1") && is_id("common") && is_id("com10"));
        assert!(is_address_part("2025-1") && !is_address_part("2025:1"));
        assert!(["", "1a", "A", "a--b", "-a", "a_b", "学前", "con", "com1"].iter().all(|text| !is_id(text)));
    }
}
