//! The stream of events that tells open pages which build is current.
//!
//! Each event is the name of the build that is shown, sent when the stream opens and after each build.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::reply::head;

/// The address of the stream.
pub(super) const EVENTS: &str = "/_qingdan/events";
/// The type of a stream of events.
const STREAM: &str = "text/event-stream";
/// Streams that may be open at once; each is a thread. One more ends the one that is open longest: its page, if there
/// still is one, asks again.
const MOST_STREAMS: usize = 128;
/// How often a quiet stream says something, so that we notice when its page is gone.
pub(super) const HEARTBEAT: Duration = Duration::from_secs(15);

/// Knows which build is current, and wakes the streams when that changes.
#[derive(Debug)]
pub(super) struct Bell {
    state: Mutex<State>,
    rung: Condvar,
    /// Tells builds of this server from those of one that ran before it.
    session: u128,
    heartbeat: Duration,
}

#[derive(Debug, Default)]
struct State {
    build: u64,
    /// The numbers of the streams that are open, the oldest first.
    streams: BTreeSet<u64>,
    /// The number of the next stream.
    next: u64,
    stopped: bool,
}

/// Why a stream woke up.
enum News {
    Build(u64),
    Nothing,
    Stopped,
}

impl Bell {
    /// Returns a bell whose streams say something every `heartbeat`.
    pub fn new(heartbeat: Duration) -> Self {
        let session = SystemTime::UNIX_EPOCH.elapsed().map_or(0, |age| age.as_nanos());
        Self { state: Mutex::default(), rung: Condvar::new(), session, heartbeat }
    }

    /// Tells all streams that another build is shown.
    pub fn ring(&self) {
        self.state().build += 1;
        self.rung.notify_all();
    }

    /// Ends all streams.
    pub fn stop(&self) {
        self.state().stopped = true;
        self.rung.notify_all();
    }

    /// Tells whether [`Bell::stop`] was called.
    pub fn is_stopped(&self) -> bool {
        self.state().stopped
    }

    /// Returns the name of the current build, for `Server-Timing`: so a page knows which it is from.
    pub fn build(&self) -> String {
        self.name(self.state().build)
    }

    /// Opens a stream on a thread of its own.
    ///
    /// `chunked` is for HTTP/1.1, where a stream can end without its connection.
    pub fn open(self: &Arc<Self>, to: impl Write + Send + 'static, chunked: bool) {
        let id = {
            let mut state = self.state();
            if state.stopped {
                return;
            }
            if state.streams.len() >= MOST_STREAMS {
                state.streams.pop_first();
                self.rung.notify_all();
            }
            state.next += 1;
            let id = state.next;
            state.streams.insert(id);
            id
        };
        let seat = Seat { bell: self.clone(), id };
        // An error means that the page is gone, or the system out of threads; then the page asks again.
        let _ = thread::Builder::new().spawn(move || seat.bell.stream(seat.id, to, chunked));
    }

    fn stream(&self, id: u64, mut to: impl Write, chunked: bool) -> io::Result<()> {
        let coding = chunked.then(|| ("Transfer-Encoding", "chunked".to_owned()));
        let head = head(200, STREAM, &coding);
        to.write_all(head.as_bytes())?;
        let mut seen = None;
        loop {
            let event = match self.wait(id, seen) {
                News::Build(build) => {
                    seen = Some(build);
                    format!("retry: 500\ndata: {}\n\n", self.name(build))
                }
                News::Nothing => ": still here\n\n".to_owned(),
                News::Stopped => break,
            };
            let event = if chunked { format!("{:x}\r\n{event}\r\n", event.len()) } else { event };
            to.write_all(event.as_bytes())?;
            to.flush()?;
        }
        if chunked {
            to.write_all(b"0\r\n\r\n")?;
        }
        to.flush()
    }

    /// Waits until the current build is not `seen`, the stream is to end, or a heartbeat is due.
    fn wait(&self, id: u64, seen: Option<u64>) -> News {
        let due = Instant::now() + self.heartbeat;
        let mut state = self.state();
        loop {
            if state.stopped || !state.streams.contains(&id) {
                return News::Stopped;
            }
            if seen != Some(state.build) {
                return News::Build(state.build);
            }
            let left = due.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return News::Nothing;
            }
            (state, _) = self.rung.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn name(&self, build: u64) -> String {
        format!("{:x}-{build}", self.session)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream that counts.
struct Seat {
    bell: Arc<Bell>,
    id: u64,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.bell.state().streams.remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};

    use super::*;

    /// Sends what is written, piece by piece.
    struct Pieces(Sender<String>);

    impl Write for Pieces {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let text = String::from_utf8_lossy(bytes).into_owned();
            self.0.send(text).map_err(io::Error::other).map(|()| bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_stream_names_each_build_breathes_and_ends() {
        let bell = Arc::new(Bell::new(Duration::from_millis(30)));
        let (sender, receiver) = channel();
        let next = || receiver.recv_timeout(Duration::from_secs(5)).expect("the stream goes on");
        bell.open(Pieces(sender), false);
        assert!(next().contains("text/event-stream"));
        assert!(next().ends_with("-0\n\n"));
        bell.ring();
        assert!(next().ends_with("-1\n\n"));
        assert_eq!(next(), ": still here\n\n");
        bell.stop();
        while let Ok(last) = receiver.recv_timeout(Duration::from_secs(5)) {
            assert_eq!(last, ": still here\n\n");
        }
    }

    #[test]
    fn one_stream_too_many_ends_the_one_that_is_open_longest() {
        let bell = Arc::new(Bell::new(Duration::from_secs(60)));
        let mut ends = Vec::new();
        for _ in 0..=MOST_STREAMS {
            let (sender, receiver) = channel();
            bell.open(Pieces(sender), true);
            for _ in 0..2 {
                receiver.recv_timeout(Duration::from_secs(5)).expect("head and first event");
            }
            ends.push(receiver);
        }
        let last =
            |receiver: &std::sync::mpsc::Receiver<String>| receiver.recv_timeout(Duration::from_secs(5));
        assert_eq!(last(&ends[0]).as_deref(), Ok("0\r\n\r\n"));
        bell.ring();
        assert!(ends[1..].iter().all(|stream| last(stream).is_ok_and(|event| event.contains("-1\n"))));
    }
}
