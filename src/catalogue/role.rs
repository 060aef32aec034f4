//! What a file of a catalogue is, by its path.
//!
//! ```text
//! site.yaml   vocabulary/*.yaml   <place>/place.yaml   <place>/contacts.yaml
//! <place>/duties.yaml   <place>/danger.yaml   <place>/statistics.yaml   <place>/forms/<name>.yaml
//! <place>/<list>/<edition>.yaml   [<place>/]guides/<name>.<lang>.md   translations.lock
//! ```

use super::place_part::PartKind;
use super::{Catalogue, EDITIONS_FILE, Naming, PlacePath, TRANSLATIONS_FILE};
use crate::schema::{Shape, tables};
use crate::source::meant_name;

/// What a file is, by its path.
pub(super) enum FileRole<'p> {
    Site,
    Vocabulary(&'p str, &'static Shape),
    Place(&'p str),
    Contacts(&'p str),
    Part(&'p str, PartKind<'p>),
    Edition { place: &'p str, list: &'p str, id: &'p str },
    Guide { place: Option<&'p str>, name: &'p str, lang: &'p str },
    Translations,
    Editions,
    Theme,
    Stray,
}

pub(super) fn role(path: &str) -> FileRole<'_> {
    // A file that lacks only its right name stands for what it was meant to be; it was reported and refused.
    let path = meant_name(path).unwrap_or(path);
    let parts: Vec<&str> = path.split('/').collect();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = parts[parts.len() - 1];
    match (parts.as_slice(), name.rsplit_once('.')) {
        (["site.yaml"], _) => FileRole::Site,
        ([TRANSLATIONS_FILE], _) => FileRole::Translations,
        ([EDITIONS_FILE], _) => FileRole::Editions,
        (["theme" | "themes", ..], _) => FileRole::Theme,
        (["vocabulary", file], _) => vocabulary_file(file),
        ([.., "guides", _], Some((stem, "md"))) => guide(folder, stem),
        ([_, .., "place.yaml" | "place.yml"], _) => FileRole::Place(folder),
        ([_, .., "contacts.yaml" | "contacts.yml"], _) => FileRole::Contacts(folder),
        ([_, .., "duties.yaml" | "duties.yml"], _) => FileRole::Part(folder, PartKind::Duties),
        ([_, .., "danger.yaml" | "danger.yml"], _) => FileRole::Part(folder, PartKind::Danger),
        ([_, .., "statistics.yaml" | "statistics.yml"], _) => FileRole::Part(folder, PartKind::Statistics),
        ([_, .., "forms", _], Some((id, "yaml" | "yml"))) => {
            FileRole::Part(folder.trim_end_matches("/forms"), PartKind::Form(id))
        }
        ([_, .., _, _], Some((id, "yaml" | "yml"))) => match folder.rsplit_once('/') {
            Some((place, list)) => FileRole::Edition { place, list, id },
            None => FileRole::Stray,
        },
        _ => FileRole::Stray,
    }
}

fn vocabulary_file(file: &str) -> FileRole<'_> {
    let stem =
        file.rsplit_once('.').filter(|(_, ending)| matches!(*ending, "yaml" | "yml")).map(|(stem, _)| stem);
    let document = |stem: &str| {
        let document = format!("vocabulary/{stem}.yaml");
        tables::DOCUMENTS.iter().find(|(name, _)| *name == document).map(|(_, shape)| *shape)
    };
    match stem.and_then(|stem| Some((stem, document(stem)?))) {
        Some((stem, shape)) => FileRole::Vocabulary(stem, shape),
        None => FileRole::Stray,
    }
}

fn guide<'p>(folder: &'p str, stem: &'p str) -> FileRole<'p> {
    let place = folder
        .strip_suffix("guides")
        .map(|place| place.trim_end_matches('/'))
        .filter(|place| !place.is_empty());
    match stem.rsplit_once('.') {
        Some((name, lang)) => FileRole::Guide { place, name, lang },
        None => FileRole::Stray,
    }
}

/// What a YAML file of a catalogue is: what it may hold, and the place it belongs to.
pub struct FileKind {
    /// What it may hold.
    pub shape: &'static Shape,
    /// The path of its place, if it belongs to one.
    pub place: Option<PlacePath>,
    /// Its address, if it is an edition.
    pub edition: Option<String>,
}

impl FileKind {
    /// Returns the names that words of the file go by, judged by what is known of the places.
    pub fn naming<'a>(&self, catalogue: &'a Catalogue) -> Naming<'a> {
        // The keys of a place are read before the place is known.
        let place = self.place.as_ref().filter(|_| !std::ptr::eq(self.shape, &raw const tables::PLACE));
        let frozen = self.edition.as_ref().and_then(|address| catalogue.frozen.get(address));
        let issued = frozen.and_then(|frozen| frozen.stated.as_ref()).map(|stated| &stated.names);
        Naming::new(&catalogue.vocabulary, &catalogue.places, place).as_issued(issued)
    }
}

/// Returns what the file at `path` is. `None` if it is no YAML that people write.
pub fn file_kind(path: &str) -> Option<FileKind> {
    let (shape, place, edition) = match role(path) {
        FileRole::Site => (&tables::SITE, None, None),
        FileRole::Vocabulary(_, shape) => (shape, None, None),
        FileRole::Place(place) => (&tables::PLACE, Some(place), None),
        FileRole::Contacts(place) => (&tables::CONTACTS, Some(place), None),
        FileRole::Part(place, kind) => (kind.shape(), Some(place), None),
        FileRole::Edition { place, list, id } => {
            (&tables::EDITION, Some(place), Some(format!("{place}/{list}/{id}")))
        }
        FileRole::Guide { .. }
        | FileRole::Translations
        | FileRole::Editions
        | FileRole::Theme
        | FileRole::Stray => return None,
    };
    Some(FileKind { shape, place: place.map(PlacePath::new), edition })
}
