//! Which edition of a list held on a day, and which was decided but not yet in force.
//!
//! An edition holds from the day it takes effect, else from the day it came out, until the next that holds. Only issued
//! editions do; one without any date cannot be placed.

use super::{Catalogue, Edition, EditionStatus, List};
use crate::date::Date;

/// A stretch of days in which the same edition of a list held.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// The first day.
    pub from: Date,
    /// The first day after it. `None` if nothing that is decided ends it.
    pub until: Option<Date>,
    /// The edition.
    pub edition: &'a Edition,
}

impl Edition {
    /// Returns the day from which it holds: that of its effect, else the one on which it came out. `None` if it is not
    /// issued, or says neither.
    pub fn holds_from(&self) -> Option<Date> {
        let day = || Some(self.dates.get("effective").or(self.came_out().map(|(_, day)| day))?.value);
        (self.status == EditionStatus::Issued).then(day).flatten()
    }

    /// Returns the day on which it was decided. `None` if it is not issued, or says no day.
    pub fn decided_on(&self) -> Option<Date> {
        let came_out = self.came_out().filter(|_| self.status == EditionStatus::Issued);
        came_out.map(|(_, day)| day.value)
    }
}

impl List {
    /// Returns the stretches of days in which its editions held, oldest first.
    pub fn standings(&self) -> Vec<Standing<'_>> {
        let mut dated: Vec<(Date, &Edition)> =
            self.editions.iter().filter_map(|edition| Some((edition.holds_from()?, edition))).collect();
        // Of two from the same day the later in the list holds.
        dated.sort_by_key(|(from, _)| *from);
        let next = |at: usize| dated.get(at + 1).map(|(from, _)| *from);
        let all = dated.iter().enumerate().map(|(at, (from, edition))| Standing {
            from: *from,
            until: next(at),
            edition,
        });
        all.filter(|standing| standing.until != Some(standing.from)).collect()
    }

    /// Returns the edition that held on `day`.
    pub fn held_on(&self, day: Date) -> Option<&Edition> {
        let held = self.standings().into_iter().rfind(|standing| standing.from <= day);
        held.map(|standing| standing.edition)
    }

    /// Returns the editions that were decided by `day` and not yet in force, oldest first.
    pub fn decided_by(&self, day: Date) -> Vec<&Edition> {
        let is_decided = |edition: &&Edition| {
            edition.decided_on().is_some_and(|on| on <= day)
                && edition.holds_from().is_some_and(|from| from > day)
        };
        self.editions.iter().filter(is_decided).collect()
    }
}

impl Catalogue {
    /// Leaves of every list only the editions that held on `day` or before, and no list that had none.
    pub fn keep_what_held(&mut self, day: Date) {
        for place in self.places.values_mut() {
            for list in place.lists.values_mut() {
                list.editions.retain(|edition| edition.holds_from().is_some_and(|from| from <= day));
                // The edition that held last is the one that stands, whatever the order of the files.
                list.editions.sort_by_key(Edition::holds_from);
            }
            place.lists.retain(|_, list| !list.editions.is_empty());
        }
    }
}
