//! What has to be done by when, and on whom it falls. Calendar arithmetic on `duties.yaml`; no clock, and no day where
//! the document sets none.

use std::ops::Range;

use super::due::Clock;
use crate::catalogue::{Catalogue, Duty, HowOften, Place, PlacePath, Tier};
use crate::date::Date;

/// When a duty comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextDue {
    /// On this day at the latest.
    Day(Clock),
    /// So often; no day is set.
    Undated(HowOften),
    /// It says nothing of when; a finding says so.
    Unsaid,
    /// Not again: its last day has passed.
    Over(Date),
}

/// Somebody on whom a duty falls.
#[derive(Clone, Copy, Debug)]
pub struct DutyBody<'a> {
    /// The place.
    pub place: &'a Place,
    /// The tier of the departments: that of the place, or one below it that has no place of its own in the catalogue.
    pub tier: Tier,
}

impl DutyBody<'_> {
    /// Tells whether it is the departments of the places below that have to act.
    pub fn is_below(&self) -> bool {
        self.tier != self.place.tier.value
    }
}

/// A duty, on whom it falls and when it comes next.
#[derive(Clone, Debug)]
pub struct DutyStatus<'a> {
    /// The duty.
    pub duty: &'a Duty,
    /// The place whose file says so.
    pub set_by: &'a Place,
    /// On whom it falls, in the order of places.
    pub on: Vec<DutyBody<'a>>,
    /// When it comes next.
    pub next: NextDue,
}

/// Returns every duty on `today`, by the place that sets it, as written.
pub fn duties<'a>(catalogue: &'a Catalogue, today: Date) -> Vec<DutyStatus<'a>> {
    let all = catalogue.places.values().flat_map(|place| place.duties.iter().map(move |duty| (place, duty)));
    all.map(|(set_by, duty)| DutyStatus {
        duty,
        set_by,
        on: bodies(catalogue, set_by, duty),
        next: next_due(duty, today),
    })
    .collect()
}

/// Returns when a duty comes next, seen from `today`; that day itself is in time.
pub fn next_due(duty: &Duty, today: Date) -> NextDue {
    let time = &duty.when;
    let until = duty.until.as_ref().map(|until| until.value);
    if let Some(once) = &time.once {
        return if once.value < today { NextDue::Over(once.value) } else { day(once.value, today) };
    }
    if let Some(until) = until.filter(|until| *until < today) {
        return NextDue::Over(until);
    }
    let start = duty.from.as_ref().map_or(today, |from| from.value.max(today));
    let (year, ..) = start.parts();
    let in_year = |year: i16| -> Vec<Date> {
        let by = time.by.as_ref().map(|by| by.value.in_year(year));
        let months = time.months.iter().filter_map(|month| i8::try_from(month.value).ok());
        let mut days: Vec<Date> =
            by.into_iter().chain(months.map(|month| Date::in_month(year, month, 31))).collect();
        days.sort();
        days
    };
    match (year..year.saturating_add(2)).flat_map(in_year).find(|day| *day >= start) {
        Some(next) if until.is_none_or(|until| next <= until) => day(next, today),
        Some(_) => NextDue::Over(until.unwrap_or(today)),
        None => time.each.as_ref().map_or(NextDue::Unsaid, |each| NextDue::Undated(each.value)),
    }
}

fn day(due: Date, today: Date) -> NextDue {
    NextDue::Day(Clock { due, days_left: today.days_until(due) })
}

/// Returns on whom a duty of `set_by` falls: each place of its tiers there and below. Where the catalogue has no place of a
/// tier, it falls on the lowest places above, for the departments below them.
fn bodies<'a>(catalogue: &'a Catalogue, set_by: &'a Place, duty: &Duty) -> Vec<DutyBody<'a>> {
    if duty.tiers.is_empty() {
        return vec![DutyBody { place: set_by, tier: set_by.tier.value }];
    }
    let below = |place: &Place| catalogue.places.range(inside(&place.path)).map(|(_, place)| place);
    let here = || std::iter::once(set_by).chain(below(set_by));
    let mut on = Vec::new();
    for tier in &duty.tiers {
        let is_lowest =
            |place: &&Place| place.tier.value < *tier && below(place).all(|lower| lower.tier.value > *tier);
        let falls = |place: &&Place| place.tier.value == *tier || is_lowest(place);
        on.extend(here().filter(falls).map(|place| DutyBody { place, tier: *tier }));
    }
    on.sort_by(|a, b| (&a.place.path, a.tier).cmp(&(&b.place.path, b.tier)));
    on
}

/// Returns the paths of what lies in the folder of a place.
fn inside(path: &PlacePath) -> Range<PlacePath> {
    // In the order of paths `0` comes right after `/`.
    PlacePath::new(format!("{path}/"))..PlacePath::new(format!("{path}0"))
}
