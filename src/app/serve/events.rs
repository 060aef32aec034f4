//! The stream of events that tells open pages which build is current.
//!
//! Each event is the name of the build that is shown, sent when the stream opens and after each build.

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::reply::head;

/// The address of the stream.
pub(super) const EVENTS: &str = "/_qingdan/events";
/// The type of a stream of events.
const STREAM: &str = "text/event-stream";
/// Streams that may be open at once; each is a thread.
const MOST_STREAMS: usize = 64;
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
    streams: usize,
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

    /// Opens a stream on a thread of its own. Returns `to` if there are too many.
    ///
    /// `chunked` is for HTTP/1.1, where a stream can end without its connection.
    pub fn open<W: Write + Send + 'static>(self: &Arc<Self>, to: W, chunked: bool) -> Result<(), W> {
        {
            let mut state = self.state();
            if state.streams >= MOST_STREAMS || state.stopped {
                return Err(to);
            }
            state.streams += 1;
        }
        let seat = Seat(self.clone());
        // An error means that the page is gone, or the system out of threads; then the page asks again.
        let _ = thread::Builder::new().spawn(move || seat.0.stream(to, chunked));
        Ok(())
    }

    fn stream(&self, mut to: impl Write, chunked: bool) -> io::Result<()> {
        let coding = chunked.then(|| ("Transfer-Encoding", "chunked".to_owned()));
        let head = head(200, STREAM, &coding);
        to.write_all(head.as_bytes())?;
        let mut seen = None;
        loop {
            let event = match self.wait(seen) {
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

    /// Waits until the current build is not `seen`, we stop, or a heartbeat is due.
    fn wait(&self, seen: Option<u64>) -> News {
        let due = Instant::now() + self.heartbeat;
        let mut state = self.state();
        loop {
            if state.stopped {
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
struct Seat(Arc<Bell>);

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.state().streams -= 1;
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
        assert!(bell.open(Pieces(sender), false).is_ok());
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
    fn there_is_room_for_64_streams_and_again_when_pages_are_gone() {
        let bell = Arc::new(Bell::new(Duration::from_millis(5)));
        let (sender, receiver) = channel();
        for _ in 0..64 {
            assert!(bell.open(Pieces(sender.clone()), true).is_ok());
        }
        assert!(bell.open(Pieces(sender.clone()), true).is_err());
        drop(receiver);
        let patience = Instant::now() + Duration::from_secs(5);
        while bell.open(Pieces(sender.clone()), true).is_err() {
            assert!(Instant::now() < patience, "streams without a page end");
            thread::sleep(Duration::from_millis(5));
        }
    }
}
