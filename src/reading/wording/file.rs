//! One file of words: what it may say, and how words are added to it.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The file of words: a section a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WordingFile {
    pub(super) same: Vec<Vec<String>>,
    pub(super) promises: Vec<Vec<String>>,
    pub(super) giving: Vec<String>,
    pub(super) plain: Vec<String>,
    pub(super) kinds: BTreeMap<String, Vec<String>>,
    pub(super) persons: BTreeMap<String, Vec<String>>,
    pub(super) narrower: Vec<String>,
    pub(super) describing: Vec<String>,
    pub(super) bodies: Vec<String>,
    pub(super) denying: Vec<String>,
    pub(super) ending: Vec<String>,
    pub(super) later: Vec<String>,
    pub(super) degrees: BTreeMap<String, Vec<String>>,
    pub(super) limits: BTreeMap<String, Vec<String>>,
    pub(super) exceptions: Vec<String>,
    pub(super) restrictions: Vec<String>,
    pub(super) conditions: BTreeMap<String, Vec<String>>,
    pub(super) requirements: Vec<String>,
    pub(super) harmless_papers: Vec<String>,
    pub(super) lifting: Vec<String>,
    pub(super) burdens: Vec<String>,
    pub(super) costs: BTreeMap<String, Vec<String>>,
    pub(super) places: BTreeMap<String, Vec<String>>,
    pub(super) references: Vec<String>,
    pub(super) pointing: Vec<String>,
    pub(super) stages: BTreeMap<String, Vec<String>>,
    pub(super) below: Vec<String>,
    pub(super) reached: Vec<String>,
    pub(super) floors: Vec<String>,
    pub(super) caps: Vec<String>,
    pub(super) about: Vec<String>,
    pub(super) improving: Vec<String>,
    pub(super) either: Vec<String>,
    pub(super) usual_ages: BTreeMap<String, Vec<String>>,
    pub(super) open: Vec<String>,
    pub(super) together: Vec<Together>,
    pub(super) substitutes: Vec<String>,
    /// Words of other files that are not to be read.
    pub(super) without: Vec<String>,
}

impl WordingFile {
    /// Adds words to a section that has no groups. `false` if there is no such section.
    pub fn add(&mut self, section: &str, words: impl IntoIterator<Item = String>) -> bool {
        let list = match section {
            "promises" => {
                self.promises.extend(words.into_iter().map(|word| vec![word]));
                return true;
            }
            "giving" => &mut self.giving,
            "plain" => &mut self.plain,
            "narrower" => &mut self.narrower,
            "describing" => &mut self.describing,
            "bodies" => &mut self.bodies,
            "denying" => &mut self.denying,
            "ending" => &mut self.ending,
            "later" => &mut self.later,
            "exceptions" => &mut self.exceptions,
            "restrictions" => &mut self.restrictions,
            "requirements" => &mut self.requirements,
            "harmless_papers" => &mut self.harmless_papers,
            "lifting" => &mut self.lifting,
            "references" => &mut self.references,
            "substitutes" => &mut self.substitutes,
            "without" => &mut self.without,
            _ => return false,
        };
        list.extend(words);
        true
    }

    /// Adds words to a group of a section that has named groups. `false` if there is no such section.
    pub fn add_to_group(
        &mut self,
        section: &str,
        group: &str,
        words: impl IntoIterator<Item = String>,
    ) -> bool {
        let groups = match section {
            "kinds" => &mut self.kinds,
            "degrees" => &mut self.degrees,
            "limits" => &mut self.limits,
            "conditions" => &mut self.conditions,
            "costs" => &mut self.costs,
            "places" => &mut self.places,
            _ => return false,
        };
        groups.entry(group.to_owned()).or_default().extend(words);
        true
    }

    /// Returns the words that take something away, or ask for something.
    pub(super) fn weighing(&self) -> impl Iterator<Item = &String> {
        let groups = [&self.degrees, &self.limits, &self.conditions, &self.costs, &self.places];
        let lists = [
            &self.narrower,
            &self.denying,
            &self.ending,
            &self.later,
            &self.exceptions,
            &self.restrictions,
            &self.requirements,
            &self.references,
            &self.substitutes,
        ];
        let in_groups = groups.into_iter().flat_map(|groups| groups.values().flatten());
        in_groups.chain(lists.into_iter().flatten())
    }

    /// Adds words that mean the same.
    pub fn add_same(&mut self, words: Vec<String>) {
        self.same.push(words);
    }
}

/// Words that say together what one does: that one, and a cell of words for each part.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Together(pub(super) String, pub(super) Vec<String>, pub(super) Vec<String>);
