//! The loop behind the server: a thread builds, this one hears what happens and is never kept from ending.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::respond::Responder;
use super::shown::Shown;
use super::watch::Watch;
use super::{Event, Later, Preview};
use crate::diagnostic::Error;

/// A batch of changes is complete when nothing happened for this long …
const QUIET: Duration = Duration::from_millis(10);
/// … or when it is this old: an editor that keeps writing must not keep us from building.
const LONGEST_BATCH: Duration = Duration::from_millis(100);
/// How long the browser has the machine for itself after a build was shown.
const BREATH: Duration = Duration::from_millis(400);

/// What the loop wakes up for.
pub(super) enum Signal {
    /// Something was saved.
    Changed,
    /// This folder is not there any more.
    Gone(std::path::PathBuf),
    /// It is there again.
    Back,
    /// The system does not tell of changes.
    Silent,
    /// A build ended; what it gave, and how long it took.
    Built(Result<Preview, Error>, Duration),
    /// What a build left for later is done, or abandoned; what is to be shown instead.
    Finished(Result<Option<Preview>, Error>, Duration, Later),
    /// The thread that builds ended by a fault of ours.
    Died,
    /// We were told to stop.
    Stop,
    /// The listening socket broke.
    Broken(io::Error),
}

/// What the thread that builds is asked for.
enum Job {
    Build,
    Finish(Later),
}

/// A run of the server.
pub(super) struct Run<'l> {
    watch: Arc<Watch>,
    jobs: Sender<Job>,
    builder: Option<JoinHandle<()>>,
    signals: Receiver<Signal>,
    log: &'l dyn Fn(Event),
    is_busy: bool,
    /// When the first and the last change came that no build has seen.
    changed: Option<(Instant, Instant)>,
    /// What the last build left to do, and when the browser has had its time.
    later: Option<(Later, Instant)>,
    /// What tells the work that was left for later, and is going on, that it is not wanted any more.
    finishing: Option<Arc<AtomicBool>>,
    /// What was left of the site that is shown and abandoned, for when nothing takes its place.
    unfinished: Option<Later>,
    /// Whether what a build left for later was ever tried.
    has_finished: bool,
}

/// Why the loop ends.
enum End {
    Stopped,
    Broken(io::Error),
}

impl<'l> Run<'l> {
    /// Starts the thread that builds, and the first build.
    pub fn start(
        build: impl FnMut() -> Result<Preview, Error> + Send + 'static,
        watch: Arc<Watch>,
        (sender, signals): (Sender<Signal>, Receiver<Signal>),
        log: &'l dyn Fn(Event),
    ) -> Self {
        let (jobs, asked) = channel();
        watch.note();
        let noted = Arc::clone(&watch);
        let builder = thread::spawn(move || work(build, &asked, &noted, &sender));
        let mut run = Self {
            watch,
            jobs,
            builder: Some(builder),
            signals,
            log,
            is_busy: false,
            changed: None,
            later: None,
            finishing: None,
            unfinished: None,
            has_finished: false,
        };
        run.ask(Job::Build);
        run
    }

    /// Waits for the first build. `None` if we were told to stop meanwhile.
    ///
    /// # Errors
    /// That of the build.
    pub fn first(&mut self) -> Result<Option<Shown>, Error> {
        loop {
            match self.signals.recv() {
                Ok(Signal::Built(built, took)) => {
                    self.is_busy = false;
                    let mut preview = built?;
                    (self.log)(event(&preview, took));
                    // Ready to be done at once: nobody waits for a page yet.
                    self.later = preview.later.take().map(|later| (later, Instant::now()));
                    return Ok(Some(Shown::after(preview, None)));
                }
                Ok(Signal::Stop) | Err(_) => return Ok(None),
                Ok(other) => drop(self.hear(other, None)),
            }
        }
    }

    /// Builds after each batch of changes, until stopped. What a build leaves for later waits until the browser has
    /// shown the page; where something is saved before that, the next build does it. `ready` is called once what the
    /// first build left is done.
    ///
    /// # Errors
    /// That of the network.
    pub fn follow(&mut self, desk: &Responder, ready: &dyn Fn()) -> io::Result<()> {
        let mut ready = Some(ready);
        loop {
            self.go_on();
            let is_done = self.has_finished || !self.is_busy && self.later.is_none();
            if let Some(ready) = ready.take_if(|_| is_done) {
                ready();
            }
            let signal = match self.patience() {
                Some(patience) => self.signals.recv_timeout(patience),
                None => self.signals.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match signal {
                Ok(signal) => match self.hear(signal, Some(desk)) {
                    None => {}
                    Some(End::Stopped) => return Ok(()),
                    Some(End::Broken(cause)) => return Err(cause),
                },
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    /// Leaves the thread that builds to itself; what it has built meanwhile is taken apart behind our back.
    pub fn leave(self) {
        let Self { signals, later, unfinished, .. } = self;
        // Without a thread it is taken apart here.
        let _ = thread::Builder::new().spawn(move || drop((signals, later, unfinished)));
    }

    /// Gives the thread that builds its next job, if it is free and one is due.
    fn go_on(&mut self) {
        let now = Instant::now();
        if self.is_busy {
            return;
        }
        if self.changed.is_some_and(|changed| due(changed) <= now) {
            self.changed = None;
            // Of a folder that is gone the watch will tell; when it is back, too.
            if self.watch.is_there() {
                self.unfinished =
                    self.later.take().map(|(later, _)| later).or_else(|| self.unfinished.take());
                self.ask(Job::Build);
            } else {
                self.take_up();
            }
        } else if self.changed.is_none()
            && let Some((later, _)) = self.later.take_if(|(_, due)| *due <= now)
        {
            self.finishing = Some(Arc::clone(&later.abandoned));
            self.ask(Job::Finish(later));
        }
    }

    fn ask(&mut self, job: Job) {
        self.is_busy = true;
        // If the thread is gone, it has said so.
        let _ = self.jobs.send(job);
    }

    /// Returns how long nothing is due. `None` for as long as nothing happens.
    fn patience(&self) -> Option<Duration> {
        if self.is_busy {
            return None;
        }
        let due = self.changed.map(due).or(self.later.as_ref().map(|(_, due)| *due))?;
        Some(due.saturating_duration_since(Instant::now()))
    }

    /// Takes in what happened; returns whether and why that is the end.
    fn hear(&mut self, signal: Signal, desk: Option<&Responder>) -> Option<End> {
        let log = self.log;
        match signal {
            Signal::Changed => self.has_changed(),
            Signal::Gone(path) => log(Event::Gone { path }),
            Signal::Back => {
                log(Event::Back);
                self.has_changed();
            }
            Signal::Silent => log(Event::Silent),
            Signal::Built(built, took) => {
                self.is_busy = false;
                self.show(built.map(Some), took, desk);
            }
            Signal::Finished(done, took, later) => {
                self.is_busy = false;
                self.finishing = None;
                self.has_finished = true;
                self.unfinished = later.abandoned.swap(false, Ordering::Relaxed).then_some(later);
                self.show(done, took, desk);
            }
            Signal::Died => self.fail(),
            Signal::Stop => return Some(End::Stopped),
            Signal::Broken(cause) => return Some(End::Broken(cause)),
        }
        None
    }

    fn has_changed(&mut self) {
        // Who saved waits for the page, and not for pages that nobody asked for.
        if let Some(abandoned) = &self.finishing {
            abandoned.store(true, Ordering::Relaxed);
        }
        let now = Instant::now();
        self.changed = Some((self.changed.map_or(now, |(first, _)| first), now));
    }

    /// Shows what was built, if anything, and says how that went.
    fn show(&mut self, built: Result<Option<Preview>, Error>, took: Duration, desk: Option<&Responder>) {
        match (built, desk) {
            (Ok(Some(mut preview)), Some(desk)) => {
                self.later = preview.later.take().map(|later| (later, Instant::now() + BREATH));
                if preview.refused {
                    self.take_up();
                } else {
                    self.unfinished = None;
                }
                let event = event(&preview, took);
                desk.show(preview);
                (self.log)(event);
            }
            (Ok(_), _) => {}
            (Err(error), _) => {
                self.take_up();
                (self.log)(Event::Failed { error });
            }
        }
    }

    /// Goes on with what was left of the site that stays: no other takes its place.
    fn take_up(&mut self) {
        if let Some(later) = self.unfinished.take() {
            self.later = Some((later, Instant::now() + BREATH));
        }
    }

    /// Goes on with the fault that ended the thread that builds.
    fn fail(&mut self) {
        if let Some(Err(fault)) = self.builder.take().map(JoinHandle::join) {
            std::panic::resume_unwind(fault);
        }
    }
}

/// Returns when a batch of changes is complete.
fn due((first, last): (Instant, Instant)) -> Instant {
    (last + QUIET).min(first + LONGEST_BATCH)
}

/// Does what it is asked for, one after the other.
fn work(
    mut build: impl FnMut() -> Result<Preview, Error>,
    jobs: &Receiver<Job>,
    watch: &Watch,
    signals: &Sender<Signal>,
) {
    let _fault = Fault(signals);
    for job in jobs {
        let start = Instant::now();
        let signal = match job {
            Job::Build => {
                watch.note();
                let built = build();
                Signal::Built(built, start.elapsed())
            }
            Job::Finish(mut later) => {
                let done = (later.work)();
                Signal::Finished(done, start.elapsed(), later)
            }
        };
        // Nobody waits for it any more when the server has stopped.
        if signals.send(signal).is_err() {
            return;
        }
    }
}

/// Says so if the thread ends by a fault.
struct Fault<'s>(&'s Sender<Signal>);

impl Drop for Fault<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send(Signal::Died);
        }
    }
}

/// Returns what is said of a build.
fn event(preview: &Preview, took: Duration) -> Event {
    let warnings = preview.warnings;
    if preview.refused {
        Event::Refused { errors: preview.errors, warnings, took }
    } else {
        Event::Rebuilt { pages: preview.pages, warnings, took }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_ends_when_it_is_quiet_or_old() {
        let first = Instant::now();
        assert_eq!(due((first, first)), first + QUIET);
        assert_eq!(due((first, first + QUIET)), first + QUIET * 2);
        assert_eq!(due((first, first + LONGEST_BATCH)), first + LONGEST_BATCH);
    }
}
