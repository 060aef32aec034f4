//! Keeps the HTTP library from leaving a visitor in its queue.
//!
//! tiny_http 0.12 gives a new connection to an idle thread if it believes there is one, and counts an idle
//! thread as idle until it has woken (`util/task_pool.rs`). Of a burst of connections, as a browser opens
//! for one page, some then wait in the queue until another connection closes, and browsers keep idle
//! connections open for minutes. Any further connection makes the library start a thread or wake one, which
//! then takes what waits: so we connect to ourselves now and then, send nothing and leave.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::events::Bell;

/// The longest a visitor can be left waiting.
const PERIOD: Duration = Duration::from_millis(40);

/// Starts nudging the server at `at`, until `bell` is stopped.
pub(super) fn nudge(mut at: SocketAddr, bell: Arc<Bell>) {
    if at.ip().is_unspecified() {
        at.set_ip(match at.ip() {
            IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        });
    }
    thread::spawn(move || {
        while !bell.is_stopped() {
            // A nudge that fails is followed by the next.
            let _ = TcpStream::connect_timeout(&at, PERIOD);
            thread::sleep(PERIOD);
        }
    });
}
