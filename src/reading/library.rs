//! Texts that were read already: the lists of a province share most of their clauses, and each is read once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::read::Reading;
use crate::wording::{Wording, WordingFile};

/// Remembers readings by their texts. A reading follows from its texts and the words alone, so that it makes no
/// difference who asks first, or whether one is remembered.
#[derive(Debug)]
pub struct Library {
    words: Arc<Wording>,
    known: RwLock<Known>,
}

/// Readings by their texts: those of late, and those before them.
#[derive(Debug, Default)]
struct Known {
    late: HashMap<String, Arc<Reading>>,
    before: HashMap<String, Arc<Reading>>,
}

/// So many readings of late are remembered, and as many before them: some ten megabytes, and several times what two lists that are
/// compared say. A program that reads the same lists again and again remembers what those of a province say, see
/// [`remember_a_province`].
static MOST: AtomicUsize = AtomicUsize::new(3 * 1024);
/// What a province says in a hundred lists, some 80 MB.
const PROVINCE: usize = 24 * 1024;

/// The libraries of late, by the files of words put over the usual ones, the last first. A global, since a catalogue is read
/// anew at each save, and its words and most of its clauses stay.
static LIBRARIES: Mutex<Vec<(Vec<WordingFile>, Arc<Library>)>> = Mutex::new(Vec::new());
/// How many of them are remembered.
const MOST_LIBRARIES: usize = 8;
/// How many of them keep what they have read, where each remembers a province.
const MOST_PROVINCES: usize = 3;

/// Remembers more of what is read, for as long as the program runs: a preview compares all lists at each save, and all but one
/// say what they said.
pub fn remember_a_province() {
    MOST.store(PROVINCE, Ordering::Relaxed);
}

/// Stands between the parts of a text.
const BETWEEN: &str = "\u{1f}";

impl Library {
    /// Returns a library by these words that has read nothing yet.
    pub fn new(words: Arc<Wording>) -> Self {
        Self { words, known: RwLock::default() }
    }

    /// Returns the library of the usual words with those of `files` on top of them, in their order: the same one for the same
    /// words, with what it has read.
    pub fn by(files: &[&WordingFile]) -> Arc<Self> {
        let mut known = LIBRARIES.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.iter().position(|(own, _)| own.iter().eq(files.iter().copied()));
        let entry = match found {
            Some(at) => known.remove(at),
            None => {
                let words = if files.is_empty() {
                    Wording::usual()
                } else {
                    Arc::new(Wording::new(files.iter().copied()))
                };
                (files.iter().map(|file| (*file).clone()).collect(), Arc::new(Self::new(words)))
            }
        };
        let library = entry.1.clone();
        known.insert(0, entry);
        known.truncate(MOST_LIBRARIES);
        // Words that are being written make a library at every pause; few of them may remember a province.
        if MOST.load(Ordering::Relaxed) == PROVINCE {
            known.iter().skip(MOST_PROVINCES).for_each(|(_, library)| library.forget());
        }
        library
    }

    fn forget(&self) {
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Known::default();
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
        let found = |known: &Known| known.late.get(&name).or_else(|| known.before.get(&name)).cloned();
        if let Some(reading) = found(&self.known.read().unwrap_or_else(PoisonError::into_inner)) {
            return reading;
        }
        let reading = Arc::new(Reading::of(parts, &self.words));
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.late.len() >= MOST.load(Ordering::Relaxed) {
            known.before = std::mem::take(&mut known.late);
        }
        known.late.entry(name).or_insert(reading).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::{Arc, Library, Wording};

    #[test]
    fn a_catalogue_that_is_read_again_finds_what_was_read() {
        let file = Wording::file("plain: [摘樱桃]").expect("it is a file of words");
        let first = Library::by(&[&file]);
        let reading = first.read("提供午餐");
        assert!(Arc::ptr_eq(&first, &Library::by(&[&file])));
        assert!(Arc::ptr_eq(&reading, &Library::by(&[&file]).read("提供午餐")));
        assert!(!Arc::ptr_eq(&first, &Library::by(&[])), "other words read otherwise");
    }

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
