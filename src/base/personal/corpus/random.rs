//! A row of random numbers that is the same every time.

/// A row of random numbers.
pub(super) struct Random(pub(super) u64);

impl Random {
    /// Returns a number below `below`.
    pub(super) fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    /// Returns one of two answers, the first in so many of a hundred cases.
    pub(super) fn in_hundred(&mut self, cases: u64) -> bool {
        self.next(100) < cases
    }

    /// Returns a number from `from` to `to`.
    pub(super) fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.next(to - from + 1)
    }

    /// Returns some digits.
    pub(super) fn digits(&mut self, count: usize) -> String {
        (0..count).filter_map(|_| char::from_digit(u32::try_from(self.next(10)).ok()?, 10)).collect()
    }

    /// Returns one of `choices`.
    pub(super) fn of<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        let at = usize::try_from(self.next(choices.len() as u64)).unwrap_or(0);
        choices[at]
    }

    /// Returns a day as year, month and day.
    pub(super) fn day(&mut self, from: u64, to: u64) -> (u64, u64, u64) {
        (self.between(from, to), self.between(1, 12), self.between(1, 28))
    }
}
