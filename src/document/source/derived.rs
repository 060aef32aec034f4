//! What later stages worked out from one file, for the next time somebody asks and the file says the same.
//!
//! A preview, a form and an editor read the catalogue after every save, and all files but one are as they were. A command
//! that runs once keeps nothing.

use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The answers about one text, by their type: what else each was worked out from, and the answer.
type Answers = BTreeMap<TypeId, (String, Arc<dyn Any + Send + Sync>)>;

/// What was worked out from a text, if it is kept at all.
#[derive(Clone, Default)]
pub(super) struct Derived(Option<Arc<Kept>>);

struct Kept {
    serial: u64,
    answers: Mutex<Answers>,
}

impl Derived {
    /// Returns one that keeps, and holds nothing yet.
    pub fn keeping() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let serial = NEXT.fetch_add(1, Ordering::Relaxed);
        Self(Some(Arc::new(Kept { serial, answers: Mutex::default() })))
    }

    /// Returns one for another text, that keeps if this one does.
    pub fn anew(&self) -> Self {
        self.0.as_ref().map_or_else(Self::default, |_| Self::keeping())
    }

    /// Returns a number that no other text has or had in this run of the program. `None` if nothing is kept.
    pub fn serial(&self) -> Option<u64> {
        self.0.as_ref().map(|kept| kept.serial)
    }

    /// Returns what `make` works out from the text and from what `beside` stands for; the same as last time, if that is
    /// known and `beside` is the same.
    pub fn get<T: Clone + Send + Sync + 'static>(&self, beside: &str, make: impl FnOnce() -> T) -> T {
        let Some(kept) = &self.0 else { return make() };
        let answers = || kept.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let known = answers()
            .get(&TypeId::of::<T>())
            .filter(|(from, _)| from == beside)
            .map(|(_, made)| made.clone());
        if let Some(made) = known.and_then(|made| made.downcast::<T>().ok()) {
            return T::clone(&made);
        }
        // Whoever asks meanwhile works it out as well: nobody waits.
        let made = make();
        answers().insert(TypeId::of::<T>(), (beside.to_owned(), Arc::new(made.clone())));
        made
    }
}

impl fmt::Debug for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Derived").field(&self.serial()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_for_the_same_text_and_what_stands_beside() {
        let once = Derived::default();
        assert_eq!((once.get("", || 1), once.get("", || 2)), (1, 2));
        let kept = Derived::keeping();
        assert_eq!((kept.get("", || 1), kept.get("", || 2), kept.get("other", || 3)), (1, 1, 3));
        assert_eq!(kept.get("other", || "of another type"), "of another type");
        let other = kept.clone();
        assert_eq!((other.get("other", || 4), other.get("", || 5), kept.get("", || 6)), (3, 5, 5));
        assert_eq!(kept.anew().get("other", || 7), 7);
        assert_ne!(kept.serial(), kept.anew().serial());
    }
}
