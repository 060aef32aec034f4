//! Words by which official texts are read: `vocabulary/wording.yaml`, and `wording` of a rulebook.

use std::sync::Arc;

use qingdan_reading::library::Library;
use qingdan_reading::wording::WordingFile;

use super::{Catalogue, Place, Rule};
use crate::date::Date;

pub use crate::schema::tables::{HEDGES, OwnWording};

impl Catalogue {
    /// Returns the words for reading the lists of `place` on the day `on`: those of the nearest place, here or above,
    /// whose rulebook has some, on top of the vocabulary's and the usual ones.
    pub fn library_of(&self, place: &Place, on: Option<Date>) -> &Arc<Library> {
        let rule = self.rule_of(place, on, |rule| rule.words.is_some());
        rule.and_then(|rule| rule.words.as_ref()).unwrap_or(&self.library)
    }

    /// Returns of the nearest place, here or above, with rules that `has` accepts, the one in force on the day `on`:
    /// the newest without a day, and the first where none is in force yet.
    pub fn rule_of(&self, place: &Place, on: Option<Date>, has: impl Fn(&Rule) -> bool) -> Option<&Rule> {
        let mut here = self.places.get(&place.path);
        while let Some(place) = here {
            let rules: Vec<&Rule> = place.rulebook.iter().filter(|rule| has(rule)).collect();
            let in_force = rules.iter().rfind(|rule| on.is_none_or(|on| rule.from.value <= on));
            if let Some(rule) = in_force.or(rules.first()) {
                return Some(rule);
            }
            here = self.parent(&place.path);
        }
        None
    }
}

/// Makes the words of a catalogue and, where it has some, of each rule: once each, however many lists there are.
pub(super) fn make<'p>(
    vocabulary: &[OwnWording],
    places: impl Iterator<Item = &'p mut Place>,
) -> Arc<Library> {
    let shared: Vec<&WordingFile> =
        vocabulary.iter().filter(|own| !own.is_empty()).map(|own| &own.file).collect();
    for rule in places.flat_map(|place| &mut place.file.rulebook).filter(|rule| !rule.wording.is_empty()) {
        let all: Vec<&WordingFile> = shared.iter().copied().chain([&rule.wording.file]).collect();
        rule.words = Some(Library::by(&all));
    }
    Library::by(&shared)
}
