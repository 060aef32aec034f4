//! Who is connected, within bounds: so many at once, and whoever keeps a place without using it makes way.
//!
//! Each connection has a thread for as long as it is open, which serves one answer. When all places are taken, the newcomer
//! gets that of the visitor who has longest said nothing, or who has long been fetching an answer. Idle, slow and hostile
//! visitors so cost a bounded number of threads and never keep others out.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Visitors at once, without those that listen to events. With the streams these are fewer than the 256 files that
/// some systems let a process open.
const MOST_VISITORS: usize = 64;
/// How long an answer may take to be fetched before its visitor has to make way for others.
const FETCHING: Duration = Duration::from_secs(2);
/// How long a visitor may take nothing of an answer.
const STALLED: Duration = Duration::from_secs(5);
/// How long an answer may take in all: some megabytes over a bad network.
const LONGEST_ANSWER: Duration = Duration::from_secs(120);
/// How often a newcomer looks for a place.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// How much of an answer is written at once.
const PIECE: usize = 64 * 1024;
/// The most of a body that is read after its answer, and how long that may take. A connection that is closed over bytes
/// nobody read is reset, and takes the answer with it.
const UNREAD: usize = 256 * 1024;
const LINGER: Duration = Duration::from_millis(500);

/// The visitors there are.
#[derive(Debug, Default)]
pub(super) struct Connections {
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    places: BTreeMap<u64, Place>,
    /// The number of the next visitor.
    next: u64,
    closed: bool,
}

#[derive(Debug)]
struct Place {
    socket: Arc<TcpStream>,
    doing: Doing,
    since: Instant,
}

/// What a visitor is waited for, or waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    /// The visitor is to say something.
    Asking,
    /// We make the answer.
    Waiting,
    /// The visitor takes the answer.
    Fetching,
}

impl Connections {
    /// Gives a newcomer a place; waits for one while all others wait for us. `None` once closed.
    pub fn admit(self: &Arc<Self>, socket: TcpStream) -> Option<Visitor> {
        let socket = Arc::new(socket);
        let mut state = self.state();
        while !state.closed && state.places.len() >= MOST_VISITORS {
            match state.longest_idle(Instant::now()) {
                Some(idle) => state.dismiss(idle),
                None => {
                    let waited = self.freed.wait_timeout(state, LOOK_AGAIN);
                    (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
        if state.closed {
            return None;
        }
        let id = state.next;
        state.next += 1;
        let place = Place { socket: Arc::clone(&socket), doing: Doing::Asking, since: Instant::now() };
        state.places.insert(id, place);
        Some(Visitor { connections: Arc::clone(self), id, socket })
    }

    /// Admits nobody any more and sends away who has asked nothing; waits until the others have their answers, for at
    /// most `patience`.
    pub fn close(&self, patience: Duration) {
        let until = Instant::now() + patience;
        let mut state = self.state();
        state.closed = true;
        let asking = state.places.iter().filter(|(_, place)| place.doing == Doing::Asking);
        let asking: Vec<u64> = asking.map(|(id, _)| *id).collect();
        asking.into_iter().for_each(|id| state.dismiss(id));
        self.freed.notify_all();
        while !state.places.is_empty() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            (state, _) = self.freed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Returns the visitor who makes way at `now`, if somebody has to.
    fn longest_idle(&self, now: Instant) -> Option<u64> {
        let oldest = |doing: Doing, at_least: Duration| {
            let idle = self.places.iter().filter(|(_, place)| place.doing == doing);
            let idle = idle.filter(|(_, place)| now.saturating_duration_since(place.since) >= at_least);
            idle.min_by_key(|(_, place)| place.since).map(|(id, _)| *id)
        };
        oldest(Doing::Asking, Duration::ZERO).or_else(|| oldest(Doing::Fetching, FETCHING))
    }

    /// Ends a connection; its thread notices as it reads or writes.
    fn dismiss(&mut self, id: u64) {
        if let Some(place) = self.places.remove(&id) {
            // It may have ended by itself.
            let _ = place.socket.shutdown(Shutdown::Both);
        }
    }
}

/// Somebody who is connected. The place is free again once this is dropped.
#[derive(Debug)]
pub(super) struct Visitor {
    connections: Arc<Connections>,
    id: u64,
    socket: Arc<TcpStream>,
}

impl Visitor {
    /// Returns the socket, to read a request from.
    pub fn socket(&self) -> &TcpStream {
        &self.socket
    }

    /// Tells whether the visitor is on this computer.
    pub fn is_here(&self) -> bool {
        let (Ok(peer), Ok(local)) = (self.socket.peer_addr(), self.socket.local_addr()) else { return false };
        let (peer, local) = (peer.ip().to_canonical(), local.ip().to_canonical());
        peer.is_loopback() || peer == local
    }

    /// Notes that the request is there and an answer is being made.
    pub fn has_asked(&self) {
        self.now(Doing::Waiting);
    }

    /// Sends an answer in pieces, within bounds of time.
    ///
    /// # Errors
    /// What the connection said, which usually means that nobody waits for the answer any more.
    pub fn send(&self, head: &str, body: &[u8]) -> io::Result<()> {
        self.now(Doing::Fetching);
        self.socket.set_write_timeout(Some(STALLED))?;
        let until = Instant::now() + LONGEST_ANSWER;
        // The head goes with the beginning of the body: two small pieces would wait for each other on the network.
        let (start, rest) = body.split_at(body.len().min(PIECE));
        let mut to = &*self.socket;
        to.write_all(&[head.as_bytes(), start].concat())?;
        for piece in rest.chunks(PIECE) {
            if Instant::now() > until {
                return Err(ErrorKind::TimedOut.into());
            }
            to.write_all(piece)?;
        }
        to.flush()
    }

    /// Ends the connection after an answer; what was sent and not read is read first, within bounds.
    pub fn part(self, has_unread: bool) {
        self.now(Doing::Asking);
        if self.socket.shutdown(Shutdown::Write).is_err() || !has_unread {
            return;
        }
        let until = Instant::now() + LINGER;
        let (mut read, mut piece) = (0, [0; 4096]);
        while read < UNREAD {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || self.socket.set_read_timeout(Some(left)).is_err() {
                return;
            }
            match (&*self.socket).read(&mut piece) {
                Ok(0) | Err(_) => return,
                Ok(length) => read += length,
            }
        }
    }

    /// Gives the place back and keeps the connection, to be written to.
    pub fn leave(self) -> io::Result<Line> {
        self.socket.set_write_timeout(Some(STALLED))?;
        Ok(Line(Arc::clone(&self.socket)))
    }

    fn now(&self, doing: Doing) {
        if let Some(place) = self.connections.state().places.get_mut(&self.id) {
            (place.doing, place.since) = (doing, Instant::now());
        }
    }
}

impl Drop for Visitor {
    fn drop(&mut self) {
        self.connections.state().places.remove(&self.id);
        self.connections.freed.notify_all();
    }
}

/// A connection that is only written to.
#[derive(Debug)]
pub(super) struct Line(Arc<TcpStream>);

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self.0).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&*self.0).flush()
    }
}
