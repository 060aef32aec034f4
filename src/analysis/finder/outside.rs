//! What an answer says of the definition of a group, by the definitions that hold in a place.

use crate::catalogue::{Answer, Definition, TimeOfLife, Vocabulary};

/// The definitions that hold in a place, each with its group; none where a list is looked at by itself.
#[derive(Clone, Debug)]
pub(super) struct Defined<'a>(pub Vec<(&'a str, &'a Definition)>);

impl Defined<'_> {
    /// Tells whether an answer that doubts an audience does so here: by the definition of the group that the audience is.
    /// One that is no group goes by those that the answer speaks of.
    pub(super) fn is_in_doubt(&self, audience: &str, answer: &Answer, words: &Vocabulary) -> bool {
        let groups = match group_of(audience, words) {
            Some(group) => vec![group],
            None => groups_of(answer, words),
        };
        let own = self.of(&groups);
        own.is_empty() || is_outside(answer, own)
    }

    /// Tells whether an answer lies outside a group that is defined here. One that does not say in what does so wherever
    /// it says that it does, and so do all where nothing is defined.
    pub(super) fn has_outside(&self, answer: &Answer, words: &Vocabulary) -> bool {
        self.0.is_empty() || is_outside(answer, self.of(&groups_of(answer, words)))
    }

    /// Returns the definitions of some groups; all of them if no group is named.
    fn of(&self, groups: &[&str]) -> Vec<&Definition> {
        let is_meant = |group: &str| groups.is_empty() || groups.contains(&group);
        self.0.iter().filter(|(group, _)| is_meant(group)).map(|(_, definition)| *definition).collect()
    }
}

fn group_of<'w>(audience: &str, words: &'w Vocabulary) -> Option<&'w str> {
    words.audience(audience)?.group.as_ref().map(|group| group.value.as_str())
}

/// Returns the groups among the audiences that an answer doubts.
fn groups_of<'w>(answer: &Answer, words: &'w Vocabulary) -> Vec<&'w str> {
    answer.doubts.iter().filter_map(|word| group_of(&word.value, words)).collect()
}

/// Tells whether an answer lies outside one of these definitions.
fn is_outside(answer: &Answer, definitions: Vec<&Definition>) -> bool {
    let Some(outside) = answer.outside else { return true };
    let age = match answer.time {
        Some(TimeOfLife::Aged(age)) => Some(age.months().0),
        Some(TimeOfLife::Unborn | TimeOfLife::Grown) | None => None,
    };
    definitions.into_iter().any(|definition| outside.is_outside(definition, age))
}
