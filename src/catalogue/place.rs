//! A place: a province, prefecture or county; a folder with `place.yaml`.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use super::edition::List;
use super::guide::Guide;
use super::place_part::Form;
use super::statistic::Statistic;
use super::vocabulary::NamedBody;
use crate::lang::Localized;
pub use crate::schema::tables::{Contact, Orders, PlaceFile, PlaceKind, Rule, Tier};
use crate::schema::tables::{DangerFile, Duty, ReportingRule};
use crate::schema::{Declared, Fields};

/// The path of a place: its folders from the province on, `fujian/xiamen`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlacePath(String);

impl PlacePath {
    /// Returns the place at `path`, relative to the catalogue.
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Tells whether this is a folder somewhere inside `above`.
    pub fn is_below(&self, above: &Self) -> bool {
        self.0.strip_prefix(above.as_str()).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Returns the path of the folder above, which may not be a place.
    pub fn above(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(above, _)| Self(above.to_owned()))
    }
}

impl fmt::Display for PlacePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A place. What its `place.yaml` says can be asked of it directly.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its path.
    pub path: PlacePath,
    /// What `place.yaml` says.
    pub file: PlaceFile,
    /// For each function the one that stands for its body here: functions that one body carries out share it.
    pub bodies: BTreeMap<String, String>,
    /// Bodies that have other names here than elsewhere at the tier, because of what kind of place it is, by function.
    pub(super) of_kind: BTreeMap<String, NamedBody>,
    /// Lists by id.
    pub lists: BTreeMap<String, List>,
    /// Offices.
    pub contacts: Vec<Contact>,
    /// Guides by name.
    pub guides: Vec<Guide>,
    /// What has to be done by when.
    pub duties: Vec<Duty>,
    /// Who must report danger.
    pub reporting: Vec<ReportingRule>,
    /// What its documents say of danger.
    pub danger: Option<DangerFile>,
    /// Blank forms by id.
    pub forms: BTreeMap<String, Form>,
    /// Figures about persons.
    pub statistics: Vec<Statistic>,
}

impl Deref for Place {
    type Target = PlaceFile;

    fn deref(&self) -> &PlaceFile {
        &self.file
    }
}

impl Place {
    /// Returns the place of a fitted `place.yaml`. `None` if it lacks what nothing can do without.
    pub(super) fn decode(path: PlacePath, fields: Fields<'_>) -> Option<Self> {
        Some(Self {
            path,
            file: PlaceFile::decode(fields)?,
            bodies: BTreeMap::new(),
            of_kind: BTreeMap::new(),
            lists: BTreeMap::new(),
            contacts: Vec::new(),
            guides: Vec::new(),
            duties: Vec::new(),
            reporting: Vec::new(),
            danger: None,
            forms: BTreeMap::new(),
            statistics: Vec::new(),
        })
    }

    /// Returns the name for titles and buttons.
    pub fn short(&self) -> &Localized {
        self.short_name.as_ref().unwrap_or(&self.name)
    }
}
