//! Faults of a disk, for tests: the call number N fails, or the program is dead from there on.
//!
//! Builds without debug assertions have nothing of this. A plan holds for one folder, so that tests beside each other,
//! and the threads of one build, do not disturb each other.

use std::io;
use std::path::Path;

/// What happens at a call that changes the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing; the calls are only counted.
    None,
    /// From here on nothing reaches the disk any more, as after a kill; a write has got half way.
    Kill,
    /// This call fails with an error number of the system; a write has got half way.
    Once(i32),
    /// This call and all after it that need room or the right to write fail.
    Always(i32),
}

/// Passes a call that changes the disk at `path`, or fails it.
///
/// # Errors
/// The fault that was planned for this call.
#[cfg(not(debug_assertions))]
#[inline]
pub(crate) fn pass(_: &'static str, _: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(debug_assertions)]
pub use planned::with;

#[cfg(debug_assertions)]
pub(crate) use planned::pass;

#[cfg(debug_assertions)]
mod planned {
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

    use super::{Fault, Path, io};

    /// The plans in force. A global, since the calls come from all threads of a build; tests only ever add to it.
    static PLANS: Mutex<Vec<Arc<Plan>>> = Mutex::new(Vec::new());
    static IN_FORCE: AtomicUsize = AtomicUsize::new(0);

    #[derive(Debug)]
    struct Plan {
        below: PathBuf,
        at: usize,
        fault: Fault,
        seen: AtomicUsize,
    }

    fn plans() -> MutexGuard<'static, Vec<Arc<Plan>>> {
        PLANS.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `run` while the call number `at`, from 0, that changes something below `below` meets `fault`; returns what
    /// came of it and how many calls there were.
    pub fn with<T>(below: &Path, at: usize, fault: Fault, run: impl FnOnce() -> T) -> (T, usize) {
        let plan = Arc::new(Plan { below: below.to_owned(), at, fault, seen: AtomicUsize::new(0) });
        plans().push(Arc::clone(&plan));
        IN_FORCE.fetch_add(1, Ordering::SeqCst);
        let came = run();
        IN_FORCE.fetch_sub(1, Ordering::SeqCst);
        plans().retain(|other| !Arc::ptr_eq(other, &plan));
        (came, plan.seen.load(Ordering::SeqCst))
    }

    /// Passes a call, or fails it; see [`Fault`].
    pub(crate) fn pass(_call: &'static str, path: &Path) -> io::Result<()> {
        if IN_FORCE.load(Ordering::SeqCst) == 0 {
            return Ok(());
        }
        let plan = plans().iter().find(|plan| path.starts_with(&plan.below)).cloned();
        let Some(plan) = plan else { return Ok(()) };
        let number = plan.seen.fetch_add(1, Ordering::SeqCst);
        match plan.fault {
            Fault::Kill if number >= plan.at => Err(io::Error::other("killed")),
            Fault::Once(code) if number == plan.at => Err(io::Error::from_raw_os_error(code)),
            Fault::Always(code) if number >= plan.at => Err(io::Error::from_raw_os_error(code)),
            Fault::None | Fault::Kill | Fault::Once(_) | Fault::Always(_) => Ok(()),
        }
    }
}
