//! What the rulebooks of places say on a day: rules, definitions of groups, grades. Each matter is looked up by itself, so
//! that a rule which is silent about it hides no other.
//!
//! A definition or a table of grades holds from the day of its rule until a later rule of the same place has one for the
//! same group and purpose, or until the day it names. The nearest place, here or above, counts.

use super::{Catalogue, Place, Rule};
use crate::date::Date;
use crate::schema::tables::{Definition, Grading, Purpose};
use crate::span::Spanned;

/// Something that a rulebook says on a day, with whose it is.
#[derive(Debug)]
pub struct InForce<'a, T> {
    /// The place whose rulebook says it.
    pub place: &'a Place,
    /// The rule.
    pub rule: &'a Rule,
    /// What it says.
    pub what: &'a T,
}

impl<T> Clone for InForce<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for InForce<'_, T> {}

/// A definition of a group, seen from a place.
#[derive(Clone, Copy, Debug)]
pub struct DefinedGroup<'a> {
    /// The group.
    pub group: &'a str,
    /// What says so.
    pub said: InForce<'a, Definition>,
    /// Whether it is the one that holds in the place for its purpose: no nearer place has another.
    pub holds: bool,
}

/// A table of grades, with the groups for which it is the one that holds in a place.
#[derive(Clone, Debug)]
pub struct GradedGroups<'a> {
    /// The groups.
    pub groups: Vec<&'a str>,
    /// What says so.
    pub said: InForce<'a, Grading>,
}

/// For whom services are: the definition for this purpose, or else that by which people are registered.
const OF_SERVICES: [Purpose; 2] = [Purpose::Entitlement, Purpose::Monitoring];

impl Catalogue {
    /// Returns `place` and the places above it, the nearest first.
    pub fn upwards(&self, place: &Place) -> impl Iterator<Item = &Place> {
        std::iter::successors(self.places.get(&place.path), |place| self.parent(&place.path))
    }

    /// Returns the newest rule in force on a day that `has` accepts: of the nearest place, here or above, that has one.
    pub fn rule_on(&self, place: &Place, on: Date, has: impl Fn(&Rule) -> bool) -> Option<&Rule> {
        self.upwards(place).find_map(|here| here.rules_on(on).find(|rule| has(rule)))
    }

    /// Returns the definition of a group for a purpose that holds in `place` on a day.
    pub fn definition(
        &self,
        place: &Place,
        group: &str,
        purpose: Purpose,
        on: Date,
    ) -> Option<InForce<'_, Definition>> {
        self.upwards(place).find_map(|here| here.definition_on(group, purpose, on))
    }

    /// Returns the definition of a group by which services go in `place` on a day: for that purpose, or else the one by
    /// which people are registered.
    pub fn definition_of_services(
        &self,
        place: &Place,
        group: &str,
        on: Date,
    ) -> Option<InForce<'_, Definition>> {
        OF_SERVICES.into_iter().find_map(|purpose| self.definition(place, group, purpose, on))
    }

    /// Returns every definition that `place` and those above it have on a day: group by group as they are met, the
    /// nearest place first, in the order of purposes.
    pub fn definitions(&self, place: &Place, on: Date) -> Vec<DefinedGroup<'_>> {
        let mut found: Vec<DefinedGroup<'_>> = Vec::new();
        for here in self.upwards(place) {
            for (group, said) in here.definitions_on(on) {
                let same = |known: &DefinedGroup<'_>| {
                    known.group == group && known.said.what.purpose == said.what.purpose
                };
                let holds = !found.iter().any(same);
                found.push(DefinedGroup { group, said, holds });
            }
        }
        let mut groups: Vec<&str> = Vec::new();
        for known in &found {
            if !groups.contains(&known.group) {
                groups.push(known.group);
            }
        }
        found.sort_by_key(|known| groups.iter().position(|group| *group == known.group));
        found
    }

    /// Tells whether `place` or a place above it defines a group on a day.
    pub fn has_definitions(&self, place: &Place, on: Date) -> bool {
        self.upwards(place).any(|here| !here.definitions_on(on).is_empty())
    }

    /// Returns the tables of grades that hold in `place` on a day, each once, the nearest place first.
    pub fn gradings(&self, place: &Place, on: Date) -> Vec<GradedGroups<'_>> {
        let mut found: Vec<GradedGroups<'_>> = Vec::new();
        for here in self.upwards(place) {
            for (group, said) in here.gradings_on(on) {
                let same = |known: &GradedGroups<'_>| {
                    known.groups.contains(&group) && known.said.what.purpose == said.what.purpose
                };
                if found.iter().any(same) {
                    continue;
                }
                match found.iter_mut().find(|known| std::ptr::eq(known.said.what, said.what)) {
                    Some(known) => known.groups.push(group),
                    None => found.push(GradedGroups { groups: vec![group], said }),
                }
            }
        }
        found
    }

    /// Returns the table of grades by which those of a group who get services are visited in `place` on a day: one for no
    /// purpose of its own, or else that of those who are registered.
    pub fn grading(&self, place: &Place, group: &str, on: Date) -> Option<InForce<'_, Grading>> {
        let purposes = [None].into_iter().chain(OF_SERVICES.map(Some));
        let of = |purpose: Option<Purpose>| {
            self.upwards(place).find_map(|here| {
                let all = here.gradings_on(on).into_iter();
                let mut own = all.filter(|(known, said)| *known == group && said.what.purpose == purpose);
                own.next().map(|(_, said)| said)
            })
        };
        purposes.into_iter().find_map(of)
    }
}

impl Place {
    /// Returns its rules in force on a day, the newest first.
    fn rules_on(&self, on: Date) -> impl Iterator<Item = &Rule> {
        self.rulebook.iter().rev().filter(move |rule| rule.from.value <= on)
    }

    /// Returns what its rules say on a day of each group, the newest rule first. An entry is superseded by that of a
    /// later rule for which `same` holds, though that one has ended by now.
    fn entries_on<'a, T>(
        &'a self,
        on: Date,
        entries: impl Fn(&'a Rule) -> &'a [T],
        groups: impl Fn(&'a T) -> &'a [Spanned<String>],
        until: impl Fn(&T) -> Option<&Spanned<Date>>,
        same: impl Fn(&T, &T) -> bool,
    ) -> Vec<(&'a str, InForce<'a, T>)> {
        let mut newest: Vec<(&str, InForce<'_, T>)> = Vec::new();
        for rule in self.rules_on(on) {
            for what in entries(rule) {
                for group in groups(what).iter().map(|group| group.value.as_str()) {
                    let is_known =
                        |(known, said): &(&str, InForce<'_, T>)| *known == group && same(said.what, what);
                    if !newest.iter().any(is_known) {
                        newest.push((group, InForce { place: self, rule, what }));
                    }
                }
            }
        }
        newest.retain(|(_, said)| until(said.what).is_none_or(|until| on <= until.value));
        newest
    }

    /// Returns its own definitions on a day, by group and purpose.
    pub fn definitions_on(&self, on: Date) -> Vec<(&str, InForce<'_, Definition>)> {
        let mut all = self.entries_on(
            on,
            |rule| rule.definitions.as_slice(),
            |what| what.group.as_slice(),
            |what| what.until.as_ref(),
            |known, what| known.purpose == what.purpose,
        );
        all.sort_by_key(|(_, said)| said.what.purpose);
        all
    }

    /// Returns its own definition of a group for a purpose on a day.
    fn definition_on(&self, group: &str, purpose: Purpose, on: Date) -> Option<InForce<'_, Definition>> {
        let fits =
            |(known, said): &(&str, InForce<'_, Definition>)| *known == group && said.what.purpose == purpose;
        self.definitions_on(on).into_iter().find(fits).map(|(_, said)| said)
    }

    /// Returns its own tables of grades on a day, by group.
    pub fn gradings_on(&self, on: Date) -> Vec<(&str, InForce<'_, Grading>)> {
        self.entries_on(
            on,
            |rule| rule.grades.as_slice(),
            |what| what.group.as_slice(),
            |what| what.until.as_ref(),
            |known, what| known.purpose == what.purpose,
        )
    }
}
