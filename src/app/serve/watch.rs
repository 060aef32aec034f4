//! Notices that the content was saved.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{EventKind, MetadataKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::diagnostic::Error;

/// A batch of changes is complete when nothing happened for this long …
const QUIET: Duration = Duration::from_millis(10);
/// … or when it is this old: an editor that keeps writing must not keep us from building.
const LONGEST_BATCH: Duration = Duration::from_millis(100);

/// What the main loop wakes up for.
#[derive(Debug)]
pub(super) enum Signal {
    /// Something was saved.
    Changed,
    /// We were told to stop.
    Stop,
    /// The listening socket broke.
    Broken(io::Error),
}

/// Sends [`Signal::Changed`] whenever something in `paths` changes, until it is dropped.
///
/// # Errors
/// [`Error::Read`] if a path cannot be watched.
pub(super) fn watch(paths: &[PathBuf], signals: Sender<Signal>) -> Result<RecommendedWatcher, Error> {
    // Events carry the real path on some systems, whatever was asked for.
    let roots = paths.iter().map(|path| path.canonicalize().map_err(Error::reading(path)));
    let roots = roots.collect::<Result<Vec<_>, _>>()?;
    let known = roots.clone();
    let notice = move |event: notify::Result<notify::Event>| {
        // An error may mean that we missed something.
        if event.map_or(true, |event| is_relevant(&event, &known)) {
            // Nobody listens any more when the server has just stopped.
            let _ = signals.send(Signal::Changed);
        }
    };
    let cannot = |path: &Path, cause| Error::Read { path: path.to_owned(), cause: io::Error::other(cause) };
    let first = roots.first().map_or(Path::new("."), PathBuf::as_path);
    let mut watcher = notify::recommended_watcher(notice).map_err(|cause| cannot(first, cause))?;
    for root in &roots {
        watcher.watch(root, RecursiveMode::Recursive).map_err(|cause| cannot(root, cause))?;
    }
    Ok(watcher)
}

/// What ended a wait.
#[derive(Debug)]
pub(super) enum Wake {
    /// This came.
    Signal(Signal),
    /// The time was up.
    Nothing,
    /// Nobody can send anything any more.
    Closed,
}

/// Waits for the next signal, for at most `patience`; changes are gathered until it is quiet.
pub(super) fn next(signals: &Receiver<Signal>, patience: Option<Duration>) -> Wake {
    let first = match patience {
        Some(patience) => signals.recv_timeout(patience),
        None => signals.recv().map_err(|_| RecvTimeoutError::Disconnected),
    };
    let mut signal = match first {
        Ok(signal) => signal,
        Err(RecvTimeoutError::Timeout) => return Wake::Nothing,
        Err(RecvTimeoutError::Disconnected) => return Wake::Closed,
    };
    let first = Instant::now();
    while matches!(signal, Signal::Changed) && first.elapsed() < LONGEST_BATCH {
        match signals.recv_timeout(QUIET) {
            Ok(another) => signal = another,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    Wake::Signal(signal)
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
fn is_temporary(path: &Path, roots: &[PathBuf]) -> bool {
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

    #[test]
    fn a_batch_ends_when_it_is_quiet_and_a_stop_goes_first() {
        let (sender, receiver) = std::sync::mpsc::channel();
        for _ in 0..5 {
            sender.send(Signal::Changed).expect("the receiver is there");
        }
        assert!(matches!(next(&receiver, None), Wake::Signal(Signal::Changed)));
        assert!(matches!(next(&receiver, Some(QUIET)), Wake::Nothing));
        assert!(receiver.try_recv().is_err(), "one batch");
        sender.send(Signal::Changed).expect("the receiver is there");
        sender.send(Signal::Stop).expect("the receiver is there");
        assert!(matches!(next(&receiver, None), Wake::Signal(Signal::Stop)));
    }
}
