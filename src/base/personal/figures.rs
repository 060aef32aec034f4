//! Rows of figures that have as many digits as a number of a person: amounts, days, years, ages, codes of places.

use super::Candidate;

impl Candidate<'_> {
    /// Tells whether its parts are rather figures that stand beside each other than a number with blanks or hyphens.
    pub(super) fn are_figures(&self) -> bool {
        let parts = self.parts();
        parts.len() > 1
            && (is_day(&parts)
                || are_years(&parts)
                || self.are_round(&parts)
                || are_codes(&parts)
                || rise(&parts)
                || parts.len() > 2 && self.is_in_row())
    }

    /// Tells whether its last part may be a year.
    pub(super) fn last_is_year(&self) -> bool {
        self.parts().last().is_some_and(|last| is_year(last))
    }

    /// Returns the digits of each part.
    fn parts(&self) -> Vec<&str> {
        let mut rest = self.digits.as_str();
        let mut parts = Vec::with_capacity(self.lengths.len());
        for length in &self.lengths {
            let (part, after) = rest.split_at((*length).min(rest.len()));
            parts.push(part);
            rest = after;
        }
        parts
    }

    /// Tells whether all but the first, which may be the number of a row, are round as amounts are; of two, both, with a
    /// dash between.
    fn are_round(&self, parts: &[&str]) -> bool {
        let amount = |part: &&str| (3..=6).contains(&part.len()) && part.ends_with("00");
        let small = |part: &&str| part.len() == 2 && part.ends_with('0');
        let rest = &parts[1..];
        let all = rest.iter().all(|part| amount(part) || small(part)) && rest.iter().any(amount);
        all && (parts.len() > 2 || amount(&parts[0]) && !self.written().contains([' ', '\u{3000}']))
    }

    /// Tells whether nothing but blanks part it, and more figures stand in the same row.
    fn is_in_row(&self) -> bool {
        if !self.written().chars().all(|c| c.is_alphanumeric() || c.is_whitespace()) {
            return false;
        }
        let digit = |c: char| c.is_ascii_digit();
        let after = self.after();
        let next = after.trim_start_matches([' ', '\t']);
        let last = self.before().trim_end_matches([' ', '\t']);
        let apart = |rest: &str, all: &str| rest.len() < all.len();
        apart(next, after) && next.starts_with(digit) || apart(last, self.before()) && last.ends_with(digit)
    }
}

fn value(part: &str) -> u32 {
    part.parse().unwrap_or(u32::MAX)
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && (1900..2100).contains(&value(part))
}

/// Tells whether they start with a day: 1985-03-12 and something.
fn is_day(parts: &[&str]) -> bool {
    let [year, month, day, ..] = parts else { return false };
    let short = month.len() <= 2 && day.len() <= 2;
    is_year(year) && short && (1..=12).contains(&value(month)) && (1..=31).contains(&value(day))
}

/// Tells whether they start with two years: 1998-2025 and something.
fn are_years(parts: &[&str]) -> bool {
    matches!(parts, [from, to, _, ..] if is_year(from) && is_year(to))
}

/// Tells whether they are codes of places in one province, or post codes of a neighbourhood.
fn are_codes(parts: &[&str]) -> bool {
    parts.iter().all(|part| part.len() == 6 && part[..2] == parts[0][..2])
}

/// Tells whether each is more than the one before, as ages in a row.
fn rise(parts: &[&str]) -> bool {
    parts.len() > 4 && parts.windows(2).all(|pair| value(pair[0]) < value(pair[1]))
}
