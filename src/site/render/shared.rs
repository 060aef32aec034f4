//! Parts of the frame that many pages have alike: each is rendered once for all pages that give its template the same.
//!
//! A template of these parts sees `page.kind` and its own field of `page`, besides what every page of a language gets: what
//! else stands on a page cannot change it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

/// How many parts are remembered: the pages of a place are rendered together, and ask for few.
const MOST: usize = 256;

/// What the template of a part gets as `page`, and what tells the part from others.
#[derive(Serialize)]
pub(super) struct PartOfPage<'p, T> {
    /// The kind of the page.
    pub(super) kind: &'static str,
    /// Its field, under the name that it has in a frame.
    #[serde(flatten)]
    pub(super) field: BTreeMap<&'static str, &'p T>,
}

/// What pages have alike: fields of `page`, and the parts rendered from them, as templates get them.
#[derive(Clone)]
pub(super) struct AlikeValues {
    pub(super) fields: Vec<(&'static str, tera::Value)>,
    pub(super) shared: tera::Value,
}

/// What pages had alike that were rendered last, by what they are.
#[derive(Default)]
pub(super) struct AlikePages(Mutex<BTreeMap<String, AlikeValues>>);

impl AlikePages {
    /// Returns what the pages known as `key` have alike, made by `make` if it is not remembered.
    ///
    /// # Errors
    /// What a template does wrong.
    pub(super) fn get(
        &self,
        key: String,
        make: impl FnOnce() -> tera::TeraResult<AlikeValues>,
    ) -> tera::TeraResult<AlikeValues> {
        if let Some(alike) = locked(&self.0).get(&key) {
            return Ok(alike.clone());
        }
        let alike = make()?;
        remember(&mut locked(&self.0), key, alike.clone());
        Ok(alike)
    }
}

/// The parts rendered last.
#[derive(Default)]
pub(super) struct SharedParts(Mutex<BTreeMap<String, tera::Value>>);

impl SharedParts {
    /// Returns the part that is known as `key`, rendered by `make` if it is not remembered.
    ///
    /// # Errors
    /// What the template does wrong.
    pub(super) fn get(
        &self,
        key: String,
        make: impl FnOnce() -> tera::TeraResult<Vec<u8>>,
    ) -> tera::TeraResult<tera::Value> {
        if let Some(part) = locked(&self.0).get(&key) {
            return Ok(part.clone());
        }
        let part = tera::Value::safe_string(&String::from_utf8_lossy(&make()?));
        remember(&mut locked(&self.0), key, part.clone());
        Ok(part)
    }
}

fn remember<T>(known: &mut BTreeMap<String, T>, key: String, value: T) {
    if known.len() >= MOST {
        known.clear();
    }
    known.insert(key, value);
}

fn locked<T>(known: &Mutex<T>) -> MutexGuard<'_, T> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}
