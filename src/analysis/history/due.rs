//! What is due when: the next edition, the filing, the end of a consultation. Calendar arithmetic on the
//! dated rulebook; no clock.

use crate::catalogue::{Catalogue, Edition, EditionRef, EditionStatus, List, Place, Rule};
use crate::coverage::{self, FindCoverage, QueryStatus};
use crate::date::Date;
use crate::span::Spanned;

/// Where an edition stands, which partly follows from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Being written.
    Draft,
    /// Open for comment.
    Consultation,
    /// In force.
    Issued,
    /// Replaced by a later issued one.
    Superseded,
}

/// A date that something is due, seen from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The last day.
    pub due: Date,
    /// Days left; negative once it is overdue.
    pub days_left: i32,
}

/// When the next edition has to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// No rule sets a cycle.
    Unbound,
    /// Nothing was issued yet.
    NothingIssued,
    /// The date the rule counts from is not in the edition.
    NoDate,
    /// By then.
    Due(Clock),
}

/// How it stands with filing an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filing {
    /// No rule asks for it.
    Unbound,
    /// Nothing was issued yet.
    NothingIssued,
    /// The date the rule counts from is not in the edition.
    NoDate,
    /// Not yet done.
    Due(Clock),
    /// Done on that day; late by so many days if that is more than 0.
    Filed {
        /// When.
        on: Date,
        /// Last day.
        due: Date,
        /// Days late; 0 or less in time.
        late: i32,
    },
}

/// A list with its editions and what is due.
#[derive(Clone, Debug)]
pub struct ListStatus<'a> {
    /// Whose.
    pub place: &'a Place,
    /// Which.
    pub list: &'a List,
    /// Every edition with where it stands, oldest first.
    pub editions: Vec<(&'a Edition, Standing)>,
    /// The one in force.
    pub current: Option<&'a Edition>,
    /// The rule that sets its cycle.
    pub rule: Option<&'a Rule>,
    /// The rule by which the current edition is filed, or the first one will be.
    pub filing_rule: Option<&'a Rule>,
    /// When the next edition is due.
    pub renewal: Renewal,
    /// Whether the current edition was filed.
    pub filing: Filing,
    /// A newer issued edition of the baseline than the current edition, or the one in the making, was measured against.
    pub newer_baseline: Option<String>,
    /// What was asked about it, of every edition.
    pub queries: Vec<QueryStatus<'a>>,
}

/// Returns how every list stands on `today`, by place; `cover` finds how an edition stands to its baseline.
pub fn status<'a>(
    catalogue: &'a Catalogue,
    today: Date,
    cover: &FindCoverage<'_, 'a>,
) -> Vec<ListStatus<'a>> {
    let lists =
        catalogue.places.values().flat_map(|place| place.lists.values().map(move |list| (place, list)));
    lists
        .map(|(place, list)| ListStatus {
            queries: coverage::queries(place, list, cover),
            ..of_list(catalogue, place, list, today)
        })
        .collect()
}

fn of_list<'a>(catalogue: &'a Catalogue, place: &'a Place, list: &'a List, today: Date) -> ListStatus<'a> {
    let current = list.current(false);
    let rule = cycle_rule(catalogue, place, today);
    // What was issued before there was a rule had to be filed with nobody.
    let issued = current.and_then(|edition| edition.dates.get("issued")).map_or(today, |date| date.value);
    let filing_rule = filing_rule(catalogue, place, issued);
    let editions = list.editions.iter().map(|edition| (edition, standing(list, edition))).collect();
    ListStatus {
        place,
        list,
        editions,
        current,
        rule,
        renewal: renewal(rule, current, today),
        filing_rule,
        filing: filing(filing_rule, current, today),
        newer_baseline: list.standing().last().and_then(|edition| newer_baseline(catalogue, edition)),
        queries: Vec::new(),
    }
}

fn standing(list: &List, edition: &Edition) -> Standing {
    match edition.status {
        EditionStatus::Draft => Standing::Draft,
        EditionStatus::Consultation => Standing::Consultation,
        EditionStatus::Issued if list.successor(&edition.id).is_some() => Standing::Superseded,
        EditionStatus::Issued => Standing::Issued,
    }
}

/// Returns the rule that sets the cycle of lists of `place` on a day: of the nearest place with one for its tier, the
/// newest. A rule that sets no cycle hides none.
pub fn cycle_rule<'a>(catalogue: &'a Catalogue, place: &Place, on: Date) -> Option<&'a Rule> {
    catalogue.rule_on(place, on, |rule| rule.cycle_months.is_some() && binds(rule, place))
}

/// Returns the rule by which lists of `place` are filed on a day, in the same way.
pub fn filing_rule<'a>(catalogue: &'a Catalogue, place: &Place, on: Date) -> Option<&'a Rule> {
    catalogue.rule_on(place, on, |rule| rule.filing_days.is_some() && binds(rule, place))
}

fn binds(rule: &Rule, place: &Place) -> bool {
    rule.applies_to.is_empty() || rule.applies_to.contains(&place.tier.value)
}

fn counted<'a>(edition: &'a Edition, name: Option<&String>) -> Option<&'a Spanned<Date>> {
    edition.dates.get(name.map_or("issued", String::as_str))
}

fn clock(due: Date, today: Date) -> Clock {
    Clock { due, days_left: today.days_until(due) }
}

fn renewal(rule: Option<&Rule>, current: Option<&Edition>, today: Date) -> Renewal {
    let Some((rule, months)) = rule.and_then(|rule| Some((rule, rule.cycle_months?))) else {
        return Renewal::Unbound;
    };
    let Some(edition) = current else { return Renewal::NothingIssued };
    counted(edition, rule.cycle_counted_from.as_ref())
        .map_or(Renewal::NoDate, |from| Renewal::Due(clock(from.value.plus_months(months), today)))
}

fn filing(rule: Option<&Rule>, current: Option<&Edition>, today: Date) -> Filing {
    let Some((rule, days)) = rule.and_then(|rule| Some((rule, rule.filing_days?))) else {
        return Filing::Unbound;
    };
    let Some(edition) = current else { return Filing::NothingIssued };
    let name = rule.filing_counted_from.as_ref().or(rule.cycle_counted_from.as_ref());
    let Some(from) = counted(edition, name) else { return Filing::NoDate };
    let due = from.value.plus_days(days);
    match edition.dates.get("filed") {
        Some(filed) => Filing::Filed { on: filed.value, due, late: due.days_until(filed.value) },
        None => Filing::Due(clock(due, today)),
    }
}

/// Returns the newest issued edition of the list that `edition` was measured against, if that is another.
fn newer_baseline(catalogue: &Catalogue, edition: &Edition) -> Option<String> {
    let address = &edition.measured_against.as_ref()?.value;
    let written_for = catalogue.edition(address)?;
    let newer = written_for.list.successor(&written_for.edition.id)?;
    let newest = written_for.list.current(false).unwrap_or(newer);
    Some(EditionRef { edition: newest, ..written_for }.address())
}
