//! A site that stands in memory and renders what it is asked for.
//!
//! It lives on a thread of its own, so that what follows from the catalogue is worked out once for all its pages, however
//! many requests ask for them.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use crate::diagnostic::{Error, Finding};
use crate::output::Sink;
use crate::pipeline::{self, Outcome, ReadySite, Request};
use crate::route::Route;
use crate::source::SourceTree;

/// A site that answers until it is dropped.
pub(super) struct LiveSite {
    questions: Sender<Question>,
}

/// Where a whole site goes.
pub(super) type SiteSink = Arc<dyn Sink + Send + Sync>;

/// What is asked, and where the answer goes.
enum Question {
    File(Route, Sender<Option<Vec<u8>>>),
    Whole(SiteSink, Sender<Result<Vec<Finding>, Error>>),
}

impl Question {
    /// Answers; whoever asked may have gone meanwhile.
    fn answer(self, site: &ReadySite<'_, '_>) {
        match self {
            Self::File(route, answer) => drop(answer.send(site.file(&route))),
            Self::Whole(sink, answer) => drop(answer.send(site.write(&*sink, &|_| {}))),
        }
    }
}

impl LiveSite {
    /// Reads and checks a catalogue after `before`, and starts its site. Returns what came of it; no site if a finding refuses it.
    ///
    /// # Errors
    /// Those of [`pipeline::live`].
    pub fn start(
        root: PathBuf,
        before: Option<Arc<SourceTree>>,
        request: Request,
    ) -> Result<(Arc<Outcome>, Option<Self>), Error> {
        let (questions, asked) = channel::<Question>();
        let (tell, told) = channel();
        let mut asked = Some(asked);
        let site = thread::spawn(move || {
            let outcome = pipeline::live(&root, before, &request, |site, outcome| {
                let Some(asked) = asked.take() else { return };
                // Nobody waits any more where the server has stopped.
                let _ = tell.send((Arc::new(outcome), true));
                // A file that somebody waits for does not wait for the whole.
                thread::scope(|scope| {
                    for question in asked {
                        scope.spawn(move || question.answer(site));
                    }
                });
            })?;
            let _ = tell.send((Arc::new(outcome), false));
            Ok(())
        });
        if let Ok((outcome, is_there)) = told.recv() {
            return Ok((outcome, is_there.then_some(Self { questions })));
        }
        match site.join() {
            Ok(Err(error)) => Err(error),
            Ok(Ok(())) => unreachable!("it told what came of it"),
            Err(fault) => std::panic::resume_unwind(fault),
        }
    }

    /// Renders one file. `None` if there is none at `route`, or the theme fails on it.
    pub fn file(&self, route: &Route) -> Option<Vec<u8>> {
        let (answer, answered) = channel();
        self.questions.send(Question::File(route.clone(), answer)).ok()?;
        answered.recv().ok()?
    }

    /// Renders the whole site to `sink`; returns what failed in the theme.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn write(&self, sink: SiteSink) -> Result<Vec<Finding>, Error> {
        let (answer, answered) = channel();
        let asked = self.questions.send(Question::Whole(sink, answer));
        asked.ok().and_then(|()| answered.recv().ok()).expect("a site answers until it is dropped")
    }
}
