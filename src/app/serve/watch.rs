//! Notices that the content was saved.
//!
//! The system tells of changes, mostly. Network drives and containers often tell nothing, and a folder that is deleted and
//! made again is not the one that was watched: so the files are also looked at every second, and what is built is held
//! against what there is.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{EventKind, MetadataKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::run::Signal;
use super::survey::{Survey, identity};
use crate::diagnostic::Error;

/// How often the files are looked at.
const PERIOD: Duration = Duration::from_secs(1);
/// Looking takes at most one part in so many of the time: a slow drive is not kept busy by it.
const SHARE: u32 = 8;
/// How long the system may take to tell of a change that we see already.
const GRACE: Duration = Duration::from_millis(300);

/// What the last build was made from.
#[derive(Debug, Default)]
struct Built {
    survey: Survey,
    /// How many changes the system had told of.
    heard: u64,
}

/// Watches until it is dropped.
pub(super) struct Watch {
    shared: Arc<Shared>,
    /// Nothing is ever sent: the watching thread holds the other end, and ends when this one is gone.
    _alive: Sender<()>,
}

struct Shared {
    /// As the system names them: events carry the real path on some systems, whatever was asked for.
    roots: Vec<PathBuf>,
    signals: Sender<Signal>,
    heard: AtomicU64,
    built: Mutex<Built>,
}

impl Watch {
    /// Sends [`Signal::Changed`] whenever something in `paths` changes, and says when they are gone, back, or silent.
    ///
    /// A path need not be there yet.
    ///
    /// # Errors
    /// [`Error::Read`] if the system does not say where a path leads.
    pub fn start(paths: &[PathBuf], signals: Sender<Signal>) -> Result<Self, Error> {
        let real = |path: &PathBuf| match path.canonicalize() {
            Err(cause) if cause.kind() == ErrorKind::NotFound => std::path::absolute(path),
            found => found,
        };
        let roots = paths.iter().map(|path| real(path).map_err(Error::reading(path)));
        let roots = roots.collect::<Result<Vec<_>, _>>()?;
        let shared = Arc::new(Shared { roots, signals, heard: AtomicU64::new(0), built: Mutex::default() });
        // The system is asked before the first build: what is saved during it must not be missed.
        let listening = shared.listen();
        let (alive, ended) = channel();
        // What is there is noted here: a thread may start so late that the folder is gone, and nobody would be told.
        let rounds = Rounds::new(Arc::clone(&shared), listening);
        thread::spawn(move || rounds.walk(&ended));
        Ok(Self { shared, _alive: alive })
    }

    /// Notes that a build begins from what there is now.
    pub fn note(&self) {
        let heard = self.shared.heard.load(Ordering::SeqCst);
        *self.shared.built() = Built { survey: Survey::of(&self.shared.roots), heard };
    }

    /// Tells whether everything that is watched is there.
    pub fn is_there(&self) -> bool {
        self.shared.gone().is_none()
    }
}

impl Shared {
    fn built(&self) -> MutexGuard<'_, Built> {
        self.built.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the first path that is not there.
    fn gone(&self) -> Option<&PathBuf> {
        self.roots.iter().find(|root| !root.exists())
    }

    /// Nobody listens any more when the server has just stopped.
    fn send(&self, signal: Signal) {
        let _ = self.signals.send(signal);
    }

    /// Asks the system to tell of changes. `None` if it cannot: then looking has to do.
    fn listen(self: &Arc<Self>) -> Option<RecommendedWatcher> {
        let shared = Arc::clone(self);
        let notice = move |event: notify::Result<notify::Event>| {
            // An error may mean that we missed something.
            if event.map_or(true, |event| is_relevant(&event, &shared.roots)) {
                shared.heard.fetch_add(1, Ordering::SeqCst);
                shared.send(Signal::Changed);
            }
        };
        let mut watcher = notify::recommended_watcher(notice).ok()?;
        self.roots.iter().try_for_each(|root| watcher.watch(root, RecursiveMode::Recursive)).ok()?;
        Some(watcher)
    }
}

/// The rounds on which the files are looked at.
struct Rounds {
    shared: Arc<Shared>,
    /// Kept so that the system goes on telling.
    listening: Option<RecommendedWatcher>,
    identities: Vec<Option<(u64, u64)>>,
    is_gone: bool,
    has_said_silent: bool,
}

impl Rounds {
    fn new(shared: Arc<Shared>, listening: Option<RecommendedWatcher>) -> Self {
        let identities = shared.roots.iter().map(|root| identity(root)).collect();
        let is_gone = shared.gone().is_some();
        Self { shared, listening, identities, is_gone, has_said_silent: false }
    }

    fn walk(mut self, ended: &Receiver<()>) {
        if self.listening.is_none() && !self.is_gone {
            self.say_silent();
        }
        let mut pause = PERIOD;
        while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(pause) {
            let start = Instant::now();
            self.look();
            pause = PERIOD.max(start.elapsed().saturating_mul(SHARE).min(PERIOD * 10));
        }
    }

    fn look(&mut self) {
        if let Some(path) = self.shared.gone() {
            if !std::mem::replace(&mut self.is_gone, true) {
                self.shared.send(Signal::Gone(path.clone()));
            }
            return;
        }
        let identities = self.shared.roots.iter().map(|root| identity(root)).collect();
        if self.is_gone || self.identities != identities {
            self.identities = identities;
            self.listening = self.shared.listen();
            // What changed between was told to nobody, which says nothing of the drive.
            self.shared.heard.fetch_add(1, Ordering::SeqCst);
            if std::mem::take(&mut self.is_gone) {
                self.shared.send(Signal::Back);
            }
        }
        if self.differs() {
            thread::sleep(GRACE);
            if self.differs() {
                self.tell();
            }
        }
    }

    /// Tells whether the files are others than those of the last build.
    fn differs(&self) -> bool {
        let now = Survey::of(&self.shared.roots);
        self.shared.built().survey != now
    }

    /// Tells of a change that was seen. Where the system told of it too, nothing comes of that: a build is waiting.
    fn tell(&mut self) {
        let heard = self.shared.heard.load(Ordering::SeqCst);
        if self.shared.built().heard == heard {
            self.say_silent();
        }
        self.shared.send(Signal::Changed);
    }

    fn say_silent(&mut self) {
        if !std::mem::replace(&mut self.has_said_silent, true) {
            self.shared.send(Signal::Silent);
        }
    }
}

fn is_relevant(event: &notify::Event, roots: &[PathBuf]) -> bool {
    match event.kind {
        EventKind::Access(_) => false,
        EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => false,
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => {
            event.need_rescan()
                || event.paths.is_empty()
                || event.paths.iter().any(|path| !is_temporary(path, roots))
        }
    }
}

/// Tells whether `path` is, or is inside, something that editors and other tools put beside the content.
pub(super) fn is_temporary(path: &Path, roots: &[PathBuf]) -> bool {
    let inside = roots.iter().find_map(|root| path.strip_prefix(root).ok());
    let inside = inside.or_else(|| path.file_name().map(Path::new)).unwrap_or(path);
    inside.components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        let starts = name.starts_with('.') || name.starts_with("~$");
        starts || [".swp", ".tmp", "~"].iter().any(|end| name.ends_with(end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_editors_do_not_count() {
        let roots = [PathBuf::from("/home/.x/content")];
        let counts = |name: &str| !is_temporary(&roots[0].join(name), &roots);
        for name in ["", "site.yaml", "fujian/2025.yaml", "福建/a.md"] {
            assert!(counts(name), "{name}");
        }
        for name in [".site.yaml.swp", "a.yaml~", "~$list.xlsx", "x.tmp", ".git/index", "zh/.#a.yaml"] {
            assert!(!counts(name), "{name}");
        }
    }

    /// Watches a folder with what the system offers as `listening`; returns what it says after a save.
    fn told(listening: Option<RecommendedWatcher>) -> (Vec<&'static str>, Duration) {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("site.yaml"), "1").expect("a file");
        let (signals, heard) = channel();
        let shared = Arc::new(Shared {
            roots: vec![folder.path().to_owned()],
            signals,
            heard: AtomicU64::new(0),
            built: Mutex::default(),
        });
        let (alive, ended) = channel();
        let watch = Watch { shared: Arc::clone(&shared), _alive: alive };
        watch.note();
        let walking = thread::spawn(move || Rounds::new(shared, listening).walk(&ended));
        thread::sleep(GRACE);
        std::fs::write(folder.path().join("site.yaml"), "22").expect("a file");
        let start = Instant::now();
        let mut said = Vec::new();
        while !said.contains(&"changed") {
            said.push(match heard.recv_timeout(Duration::from_secs(5)).expect("the save is noticed") {
                Signal::Changed => "changed",
                Signal::Silent => "silent",
                _ => "something else",
            });
        }
        let took = start.elapsed();
        drop(watch);
        walking.join().expect("no panic");
        (said, took)
    }

    #[test]
    fn a_drive_that_says_nothing_is_looked_at_and_that_is_said_once() {
        let deaf = notify::recommended_watcher(|_| {}).expect("the system has a watcher");
        for listening in [Some(deaf), None] {
            let (said, took) = told(listening);
            assert_eq!(said, ["silent", "changed"]);
            assert!(took < Duration::from_secs(2), "took {took:?}");
        }
    }
}
