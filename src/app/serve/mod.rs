//! Watches the catalogue, builds again after each save, and shows the site with live reload.
//!
//! This module knows nothing of catalogues: [`serve`] gets a closure that builds a [`Preview`], and tells
//! what happens as [`Event`]s, which `cli` turns into words. The site is never on disk: [`Server`] answers
//! from the files of the last good build, which may be rendered as they are asked for, so that whoever
//! saved sees the page before the rest of the site is done. What a request gets is decided by pure code (`hosts`, `target`,
//! `key`, `shown`, `reply`); `request` and `connections` hold visitors within bounds of size, time and number, `watch`
//! notices changes, `run` is the loop between them.
//!
//! Where other computers can visit, a key in the address is asked for, and the tool's own pages are for this computer only.
//!
//! What is below `_qingdan/` is ours: `reload.js`, which pages made for preview refer to, `events`, the
//! stream that script listens to, and the tool's own pages, among them `findings.html`. While the last build
//! is refused, each page leads to the findings page (307, with the findings as its body too), and comes back
//! when the mistake is mended; `?last-good` shows the page as it was last.
//!
//! Why lead there and not answer in place: the links of the findings page are relative to its own
//! address, and a redirect is never kept by a service worker as the page.
//!
//! Forms of ours can be sent from this computer only, and from pages of ours only (`forms`).
#![allow(clippy::disallowed_methods, reason = "a server lives on the clock, the disk and the network")]

mod connections;
mod events;
mod forms;
mod hosts;
mod key;
mod multipart;
mod reply;
mod request;
mod respond;
mod run;
mod server;
mod shown;
mod survey;
mod target;
mod watch;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

pub use multipart::{Form, SentFile};
pub use server::{Server, Stopper};

use crate::diagnostic::{Error, UiLang};
use crate::render::Visit;
use crate::route::Route;

/// The script that reloads a page after a build; served as `_qingdan/reload.js`.
pub const RELOAD_SCRIPT: &str = include_str!("reload.js");

/// The port that is asked for unless the person names one.
pub const USUAL_PORT: u16 = 4000;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address or name to listen on.
    pub host: String,
    /// First port to try; 0 for any.
    pub port: u16,
    /// Folders and files whose changes start a build.
    pub watch: Vec<PathBuf>,
    /// Language of the short texts that the server itself answers, such as "not found".
    pub lang: UiLang,
    /// Whether other computers get the tool's own pages, such as the findings, too.
    pub shares_findings: bool,
}

impl Default for Options {
    /// Listens on this computer only.
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: USUAL_PORT,
            watch: Vec::new(),
            lang: UiLang::Zh,
            shares_findings: false,
        }
    }
}

/// The files of a site, which may be made when they are first asked for.
pub trait Files: Send + Sync {
    /// Returns the file at `route`, if there is one.
    fn get(&self, route: &Route) -> Option<Arc<[u8]>>;
}

impl Files for BTreeMap<Route, Arc<[u8]>> {
    fn get(&self, route: &Route) -> Option<Arc<[u8]>> {
        BTreeMap::get(self, route).cloned()
    }
}

/// What a build leaves for later, once its preview is shown.
pub struct Later {
    /// Does it; returns what is to be shown instead.
    pub work: Box<dyn FnMut() -> Result<Option<Preview>, Error> + Send>,
    /// Becomes true when something is saved meanwhile: then the work ends as soon as it can, with nothing, and the next build
    /// begins. If that gives no other site, the work is done again.
    pub abandoned: Arc<AtomicBool>,
}

/// Returns what is at an address below `_qingdan/`, for a visit. `None` if there is nothing.
pub type OwnPages = dyn Fn(&str, &Visit) -> Option<Vec<u8>> + Send + Sync;

/// What a form gets back.
#[derive(Clone, Debug)]
pub enum Sent {
    /// It is done: the address to go to, below `_qingdan/`.
    Done(String),
    /// A page with its status: what keeps it from being done, or what came of it.
    Page(u16, Vec<u8>),
}

/// Takes what a form at an address below `_qingdan/` sends, for a visit. `None` if there is no such
/// form.
pub type OwnForms = dyn Fn(&str, &Form, &Visit) -> Option<Sent> + Send + Sync;

/// What one build gives.
pub struct Preview {
    /// The site; none of a refused build, then the pages of the last good one stay.
    pub files: Arc<dyn Files>,
    /// HTML pages in it.
    pub pages: usize,
    /// What is left to do.
    pub later: Option<Later>,
    /// Whether findings refused the build.
    pub refused: bool,
    /// The tool's own pages.
    pub own: Arc<OwnPages>,
    /// The tool's own forms.
    pub forms: Arc<OwnForms>,
    /// The page to start from.
    pub home: Route,
    /// Findings that refuse the build.
    pub errors: usize,
    /// Findings that do not.
    pub warnings: usize,
}

/// Something that happened while serving.
#[derive(Debug)]
pub enum Event {
    /// The port asked for is taken; another one is used.
    PortBusy {
        /// The port asked for.
        wanted: u16,
        /// The port used instead.
        got: u16,
    },
    /// The site can be visited.
    Ready {
        /// Where, with the key if one is asked for.
        url: String,
    },
    /// Other computers can visit, with the key in the address.
    OnNetwork {
        /// Where, if the system says under which address they reach us.
        url: Option<String>,
    },
    /// A folder that is watched is gone; what was shown stays.
    Gone {
        /// The folder.
        path: PathBuf,
    },
    /// It is there again.
    Back,
    /// The system does not tell of changes here; the files are looked at every second.
    Silent,
    /// A build gave a site, which is now shown.
    Rebuilt {
        /// HTML pages in it.
        pages: usize,
        /// Findings that do not refuse it.
        warnings: usize,
        /// How long the build took.
        took: Duration,
    },
    /// A build was refused; the findings are shown.
    Refused {
        /// Findings that refuse it.
        errors: usize,
        /// Findings that do not.
        warnings: usize,
        /// How long the build took.
        took: Duration,
    },
    /// A build could not run; what was shown stays.
    Failed {
        /// Why.
        error: Error,
    },
    /// The server has stopped, as it was told to.
    Stopped,
}

/// How long after Ctrl-C the process ends at the latest, whatever its threads wait for: a reader of what we say who has
/// stopped reading, a large site that is taken apart. The system needs the rest of the second to take the memory back.
const LONGEST_END: Duration = Duration::from_millis(400);

/// Builds and serves until Ctrl-C (or the system asks the process to end), which ends it within a second, also in the
/// middle of a build.
///
/// `build` runs on a thread of its own, once at the start and after each batch of changes. A second Ctrl-C
/// ends the process at once. Call it once a process: there is one Ctrl-C.
///
/// # Errors
/// [`Error::Port`] if the network fails, [`Error::Read`] if the folders are not there, and the error of the first build;
/// those of later builds are [`Event::Failed`].
pub fn serve(
    server: Server,
    build: impl FnMut() -> Result<Preview, Error> + Send + 'static,
    log: &dyn Fn(Event),
) -> Result<(), Error> {
    let stopper = server.stopper();
    let stopping = AtomicBool::new(false);
    // Without a handler Ctrl-C ends the process, which loses nothing: we write no files.
    let _ = ctrlc::set_handler(move || {
        if stopping.swap(true, Ordering::Relaxed) {
            #[expect(
                clippy::disallowed_methods,
                reason = "asked for twice, and the preview writes no files"
            )]
            std::process::exit(130);
        }
        stopper.stop();
        // Without a thread the ways that end by themselves have to do.
        let _ = thread::Builder::new().spawn(|| {
            thread::sleep(LONGEST_END);
            #[expect(clippy::disallowed_methods, reason = "as above")]
            std::process::exit(0);
        });
    });
    server.run(build, log)
}
