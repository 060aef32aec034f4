//! Where the time of a build goes, for whoever makes it faster: `build --timings`.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// When each stage began, in order.
#[derive(Default)]
pub(super) struct Timings(Mutex<Vec<(&'static str, Instant)>>);

impl Timings {
    /// Notes that `stage` begins, and with it ends the one before.
    pub(super) fn begin(&self, stage: &'static str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((stage, Instant::now()));
    }

    /// Ends the last stage; returns a line for each, `timing NAME: N ms`.
    pub(super) fn end(self) -> Vec<String> {
        let began = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let ends = began.iter().skip(1).map(|(_, at)| *at).chain([Instant::now()]);
        let took = began.iter().zip(ends).map(|((stage, start), end)| (stage, end.duration_since(*start)));
        took.map(|(stage, took)| format!("timing {stage}: {} ms", took.as_millis())).collect()
    }
}
