//! Ages and school stages.

use super::*;

impl Against<'_> {
    /// Compares school stages: one that the baseline does not name may be one of several.
    pub(super) fn stages(&mut self) {
        let (above, here) = (self.baseline, self.local);
        let above: Vec<_> =
            stages(above.reading).into_iter().filter(|(range, _)| !above.is_title(range.start)).collect();
        let here: Vec<_> =
            stages(here.reading).into_iter().filter(|(range, _)| !here.is_title(range.start)).collect();
        let has =
            |stages: &[(Range<usize>, String)], name: &str| stages.iter().any(|(_, known)| known == name);
        let parts = ["primary", "junior-secondary"];
        let whole = parts.iter().all(|part| has(&here, part)) && has(&above, "compulsory-education-stage");
        // Where all that the baseline names are named, others are more.
        let all = !above.is_empty() && above.iter().all(|(_, name)| has(&here, name));
        for (range, name) in here.iter().filter(|_| !all) {
            if !(has(&above, name) || whole && parts.contains(&name.as_str())) {
                let above = above.first().map(|(range, _)| range);
                self.push((Respect::Audience, Some(name)), Stand::Unclear, above, Some(range));
            }
        }
    }
}

pub(super) fn stages(reading: &Reading) -> Vec<(Range<usize>, String)> {
    let facts = reading.facts.iter();
    facts
        .filter_map(|fact| match &fact.what {
            What::Stage(name) => Some((fact.range.clone(), name.clone())),
            _ => None,
        })
        .collect()
}

/// Returns how local ages stand to those of a baseline, where they differ; `usual` are those that it speaks of
/// without stating any.
pub fn ages(baseline: &[Ages], local: &[Ages], usual: Option<Ages>) -> Option<Stand> {
    match (baseline, local) {
        ([], []) => None,
        ([], here) => {
            let wanted = usual.unwrap_or(Ages { from: None, to: Some(16 * 12), below: true });
            (!Ages::cover(here, wanted)).then_some(Stand::Unclear)
        }
        (_, []) => Some(Stand::Unclear),
        (above, here) => {
            if !above.iter().all(|wanted| Ages::cover(here, *wanted)) {
                return Some(Stand::Lower);
            }
            here.iter().any(|ages| !Ages::cover(above, *ages)).then_some(Stand::Higher)
        }
    }
}

impl Reading {
    /// Returns the ages of which it speaks without stating any: 幼儿园.
    pub fn usual_ages(&self) -> Option<Ages> {
        let usual: Vec<(&Range<usize>, Ages)> = self
            .facts
            .iter()
            .filter_map(|fact| match &fact.what {
                What::Usual(ages) => Some((&fact.range, *ages)),
                _ => None,
            })
            .collect();
        let [(range, ages), rest @ ..] = usual.as_slice() else { return None };
        // 在学校、幼儿园、青少年宫: one place of several is for no age of its own.
        let at = self.tokens.iter().position(|token| token.range.start == range.start);
        (!rest.is_empty() || at.is_none_or(|at| !is_member(self, at))).then_some(*ages)
    }

    /// Tells whether its clause is for parents or other grown-ups.
    pub fn is_for_grown_ups(&self) -> bool {
        let mut persons =
            self.tokens.iter().enumerate().filter(|(_, token)| token.has(Role::Person)).peekable();
        let parents = ["父母", "家长", "监护人", "抚养人", "照护人", "看护人"];
        persons.any(|(_, token)| {
            let word = word_of(self, token);
            parents.iter().any(|parents| word.contains(parents))
        })
    }

    /// Tells whether it names persons.
    pub fn names_persons(&self) -> bool {
        self.tokens.iter().any(|token| token.has(Role::Person))
    }
}

impl Ages {
    /// Tells whether `ages` together leave nothing of `wanted` out.
    ///
    /// Lists do not say whether the upper age is included: of each way to read it, the same for all, one is enough.
    pub fn cover(ages: &[Self], wanted: Self) -> bool {
        [(0, 0), (12, 0), (12, 1), (0, 1)].into_iter().any(|(years, months)| {
            let end = |ages: Self| match ages.to {
                None => u32::MAX,
                Some(to) if ages.below => to,
                // 8至12个月 is of months, though 12 of them are a year.
                Some(to) if to % 12 == 0 && ages.from.is_none_or(|from| from % 12 == 0) => to + years,
                Some(to) => to + months,
            };
            let (mut reached, until) = (wanted.from.unwrap_or(0), end(wanted));
            let mut ages: Vec<(u32, u32)> =
                ages.iter().map(|ages| (ages.from.unwrap_or(0), end(*ages))).collect();
            ages.sort_unstable();
            for (from, to) in ages {
                if from <= reached {
                    reached = reached.max(to);
                }
            }
            reached >= until
        })
    }
}
