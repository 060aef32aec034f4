//! Texts that were read already: the lists of a province share most of their clauses, and each is read once.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::read::Reading;
use crate::wording::Wording;

/// Remembers readings by their texts. A reading follows from its texts and the words alone, so that it makes no
/// difference who asks first, or whether one is remembered.
#[derive(Debug)]
pub struct Library {
    words: Arc<Wording>,
    known: RwLock<HashMap<String, Arc<Reading>>>,
}

/// So many readings are remembered, some hundred megabytes of them; what comes after them is read anew each time.
const MOST: usize = 16 * 1024;

/// Stands between the parts of a text.
const BETWEEN: &str = "\u{1f}";

impl Library {
    /// Returns a library by these words that has read nothing yet.
    pub fn new(words: Arc<Wording>) -> Self {
        Self { words, known: RwLock::default() }
    }

    /// Returns the words it reads by.
    pub fn words(&self) -> &Arc<Wording> {
        &self.words
    }

    /// Reads a clause.
    pub fn read(&self, clause: &str) -> Arc<Reading> {
        self.read_parts(&[clause])
    }

    /// Reads a clause of several parts, which do not run into each other.
    pub fn read_parts(&self, parts: &[&str]) -> Arc<Reading> {
        // A text that has the mark itself could pass for another.
        if parts.iter().any(|part| part.contains(BETWEEN)) {
            return Arc::new(Reading::of(parts, &self.words));
        }
        let name = parts.join(BETWEEN);
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&name) {
            return known.clone();
        }
        let reading = Arc::new(Reading::of(parts, &self.words));
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST { known.entry(name).or_insert(reading).clone() } else { reading }
    }
}

#[cfg(test)]
mod tests {
    use super::{Arc, Library, Wording};

    #[test]
    fn equal_texts_are_read_once_and_parts_count() {
        let library = Library::new(Wording::usual());
        let read = |parts: &[&str]| library.read_parts(parts);
        assert!(Arc::ptr_eq(&read(&["免费体检", "儿童"]), &read(&["免费体检", "儿童"])));
        assert!(!Arc::ptr_eq(&read(&["免费体检", "儿童"]), &read(&["免费", "体检儿童"])));
        let marked = read(&["免费体检\u{1f}儿童"]);
        assert!(!Arc::ptr_eq(&marked, &read(&["免费体检", "儿童"])));
        assert_eq!(marked.facts, read(&["免费体检\u{1f}儿童"]).facts);
    }
}
