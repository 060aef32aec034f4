//! Small texts with a form of their own.

/// The unit an age range is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeUnit {
    /// Years.
    Years,
    /// Months.
    Months,
}

/// An age range as written: `3-6`, `0-36 months`. Whether the upper bound is included is not stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// Lower bound, in `unit`.
    pub from: u16,
    /// Upper bound, in `unit`.
    pub to: u16,
    /// Unit of both.
    pub unit: AgeUnit,
}

impl Age {
    /// The age at which childhood ends, in months; ages above it are refused.
    const OLDEST_MONTHS: u16 = 18 * 12;

    /// Reads `3-6`, `3-6岁`, `0-36 months` or `0-36个月`. `None` if it is none of these.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
        let unit = match text[end..].trim() {
            "" | "years" | "岁" => AgeUnit::Years,
            "months" | "个月" => AgeUnit::Months,
            _ => return None,
        };
        let (from, to) = text[..end].split_once(['-', '–', '—', '~', '～'])?;
        let age = Self { from: from.trim().parse().ok()?, to: to.trim().parse().ok()?, unit };
        (age.from < age.to && age.months().1 <= Self::OLDEST_MONTHS).then_some(age)
    }

    /// Returns both bounds in months.
    pub fn months(self) -> (u16, u16) {
        let factor = match self.unit {
            AgeUnit::Years => 12,
            AgeUnit::Months => 1,
        };
        (self.from.saturating_mul(factor), self.to.saturating_mul(factor))
    }

    /// Returns the range as shown: `3–6`.
    pub fn label(self) -> String {
        format!("{}–{}", self.from, self.to)
    }
}

impl std::fmt::Display for Age {
    /// Writes the range as files do: `3-6`, `0-36 months`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = if self.unit == AgeUnit::Months { " months" } else { "" };
        write!(f, "{}-{}{unit}", self.from, self.to)
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
        assert!(["6-3", "3", "three", "0-40", "3-6 days", ""].iter().all(|text| Age::parse(text).is_none()));
    }

    #[test]
    fn ids_are_plain() {
        assert!(is_id("preschool-education") && is_id("a1") && is_id("common") && is_id("com10"));
        assert!(is_address_part("2025-1") && !is_address_part("2025:1"));
        assert!(["", "1a", "A", "a--b", "-a", "a_b", "学前", "con", "com1"].iter().all(|text| !is_id(text)));
    }
}
