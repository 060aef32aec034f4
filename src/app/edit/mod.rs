//! Forms for everything that people write, in the preview.
//!
//! ```text
//! file ─yaml─▶ Node ─Form─▶ fields ─template─▶ page
//! what is sent ─posted─▶ Node, changed ─tidy::rewritten─▶ text ─journal─▶ file
//! ```
//!
//! A form is made from the declaration of its fields (`form`), so that a new field has one by itself. What is sent changes the
//! tree of the file, and only what differs is written: comments, order and layout stay. A file that was changed elsewhere
//! meanwhile is taken as it is now; only where the same field was changed, somebody is asked. Of issued editions what is sealed
//! is closed, and the rest is corrected with a date (`correct`).
//! What stands beside a form (`beside`) is worked out from the catalogue as it would be.

mod areas;
mod beside;
mod changes;
mod columns;
mod control;
mod correct;
mod deed;
mod facts;
mod figures;
mod form;
mod guide;
mod ids;
mod import;
mod import_page;
mod journal;
mod page;
mod posted;
mod round;
mod subject;
mod take;
mod titles;
mod translate;
mod tree;
mod tried;
mod untranslated;
mod whole;
mod words;

pub use areas::{AREAS_FILE, with_areas};
pub use beside::Side;
pub use changes::{ChangedFile, ChangesPage, Commit, Forgetful, Memory, Repository};
pub use columns::{COLUMNS_FILE, remembered};
pub use control::{Control, FormField};
pub use correct::Correcting;
pub use import::{IMPORT, ImportAnswer};
pub use import_page::{ImportPage, ImportStart};
pub use page::{EditPage, History, StartPage};
pub use posted::Pairs;
pub use round::{RoundLack, RoundPage, RoundStep};
pub use translate::{TranslationText, TranslationsIndex, TranslationsPage};

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::catalogue::{EDITIONS_FILE, TRANSLATIONS_FILE};
use crate::date::Date;
use crate::diagnostic::{Error, UiLang};
use crate::pipeline::{self, Outcome, Request};
use crate::source::SourceTree;
use qingdan_storage as storage;

/// The step of a path to what is not in its list yet.
const NEW: &str = "+";
/// How long a page waits for the preview to begin a build of what was just saved.
const HEAD_START: Duration = Duration::from_millis(25);

/// Makes the forms of one catalogue, and takes what they send.
pub struct Editor {
    root: PathBuf,
    /// What only pages of ours know, so that no other page can send us anything.
    token: String,
    today: Box<dyn Fn() -> Date + Send + Sync>,
    latest: Mutex<Option<Arc<Outcome>>>,
    /// The files of what was noted last.
    read: Mutex<Option<Arc<SourceTree>>>,
    /// Held while the catalogue is read.
    reading: Mutex<()>,
    /// Whether builds follow what is saved.
    is_followed: AtomicBool,
    /// What remembers the catalogue besides the journal.
    memory: Box<dyn Memory>,
    /// Tables that were sent and are not written yet.
    imports: Mutex<import::Drafts>,
}

/// What a form gets back.
#[derive(Debug)]
pub enum Answer {
    /// It is done; the page to go to, from where the forms start.
    Go(String),
    /// The form again, with what keeps it from being taken.
    Again(Box<EditPage>),
    /// The form as it would be, with what would be said of it; nothing is written.
    Tried(Box<EditPage>),
    /// The translations again, with what keeps them from being taken.
    Translations(Box<TranslationsPage>),
    /// It cannot be taken.
    Refused(Error),
}

impl Editor {
    /// Returns the editor of the catalogue at `root`.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn new(root: &Path, today: impl Fn() -> Date + Send + Sync + 'static) -> Result<Self, Error> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(|cause| Error::Read {
            path: root.to_owned(),
            cause: std::io::Error::other(cause.to_string()),
        })?;
        let token = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self {
            root: root.to_owned(),
            token,
            today: Box::new(today),
            latest: Mutex::default(),
            read: Mutex::default(),
            reading: Mutex::default(),
            is_followed: AtomicBool::new(false),
            memory: Box::new(Forgetful),
            imports: Mutex::default(),
        })
    }

    /// Lets `memory` say what the catalogue said before.
    #[must_use]
    pub fn with_memory(self, memory: impl Memory + 'static) -> Self {
        Self { memory: Box::new(memory), ..self }
    }

    /// Takes note of what a build gave.
    pub fn saw(&self, outcome: Arc<Outcome>) {
        *self.read.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&outcome.sources));
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
    }

    /// Forgets what was known: files came or went.
    pub fn forget(&self) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Returns the files as they were read last, also where what follows from them was forgotten.
    pub fn read_before(&self) -> Option<Arc<SourceTree>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn latest(&self) -> Option<Arc<Outcome>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns what only pages of ours know.
    pub fn token(&self) -> &str {
        &self.token
    }

    fn request(&self) -> Request {
        Request { preview: true, search: false, ..Request::whole((self.today)()) }
    }

    /// Returns what is known of the catalogue, with the file at `path`, and what is recorded of editions and translations, as
    /// they are on the disk now.
    ///
    /// # Errors
    /// The disk.
    fn known(&self, path: &str) -> Result<Arc<Outcome>, Error> {
        if let Some(latest) = self.latest_as_known(path)? {
            return Ok(latest);
        }
        if self.is_followed.load(Ordering::Relaxed) {
            // The preview has noticed the save by then, and reads for the pages as well.
            thread::sleep(HEAD_START);
        }
        let _one = self.alone();
        if let Some(latest) = self.latest_as_known(path)? {
            return Ok(latest);
        }
        let before = self.read_before();
        let outcome = Arc::new(pipeline::prepare_after(&self.root, before.as_deref(), &self.request())?);
        self.saw(Arc::clone(&outcome));
        Ok(outcome)
    }

    /// Returns what is known, if it is what the files say. `None` if not.
    fn latest_as_known(&self, path: &str) -> Result<Option<Arc<Outcome>>, Error> {
        let Some(latest) = self.latest() else { return Ok(None) };
        let paths = [path, EDITIONS_FILE, TRANSLATIONS_FILE];
        let is_known =
            paths.into_iter().try_fold(true, |is, path| Ok(is && self.is_as_known(&latest, path)?))?;
        Ok(is_known.then_some(latest))
    }

    /// Keeps others from reading the catalogue until it is dropped: two at once take as long as one after the other, and who
    /// waits finds it read.
    pub fn alone(&self) -> MutexGuard<'_, ()> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note that builds follow what is saved.
    pub fn is_followed(&self) {
        self.is_followed.store(true, Ordering::Relaxed);
    }

    /// Tells whether the file at `path` says what is known of it.
    fn is_as_known(&self, latest: &Outcome, path: &str) -> Result<bool, Error> {
        let bytes = storage::bytes_of(&self.native(path))?;
        let said = bytes.as_deref().map(String::from_utf8_lossy);
        let said = said.as_deref().map(|text| text.strip_prefix('\u{FEFF}').unwrap_or(text));
        let known = latest.sources.find(path).map(|id| latest.sources.file(id));
        Ok(match (known, said) {
            (None, said) => said.is_none(),
            // Of a file in which numbers of persons stand only stars are known.
            (Some(file), said) => file.withheld || Some(file.text.as_str()) == said,
        })
    }

    fn native(&self, path: &str) -> PathBuf {
        path.split('/').fold(self.root.clone(), |folder, part| folder.join(part))
    }

    /// Returns what can be taken back and made again, in the language of the page.
    fn history(&self, lang: UiLang) -> History {
        journal::Journal::of(&self.root).map(|(journal, _)| journal.history(lang)).unwrap_or_default()
    }
}
