//! The server: a port, what stops it, and the loop that answers while another builds.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs, UdpSocket};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use super::hosts::bare;
use super::key::Key;
use super::respond::Responder;
use super::run::{Run, Signal};
use super::watch::Watch;
use super::{Event, Options, Preview};
use crate::diagnostic::Error;

/// Ports to try after the one asked for.
const MORE_PORTS: u16 = 20;
/// How long answers that are on their way may take when we stop.
const PATIENCE: Duration = Duration::from_millis(250);
/// How long to try to reach ourselves, so that the thread that waits for visitors sees that we stop.
const AWAKE: Duration = Duration::from_millis(100);
/// How long to wait when the system has no connection for us, and how often in a row before we give up.
const RECOVERY: Duration = Duration::from_millis(100);
const MOST_FAILURES: usize = 100;

/// A server that has its port and does not answer yet.
pub struct Server {
    options: Options,
    listener: TcpListener,
    at: SocketAddr,
    /// Where other computers can visit.
    key: Option<Key>,
    signals: (Sender<Signal>, Receiver<Signal>),
}

/// Stops a server, from any thread.
#[derive(Clone, Debug)]
pub struct Stopper(Sender<Signal>);

impl Stopper {
    /// Tells the server to stop: it ends within a second, whatever a build is doing.
    pub fn stop(&self) {
        // It may have stopped already.
        let _ = self.0.send(Signal::Stop);
    }
}

impl Server {
    /// Takes the port asked for, or one of the next 20.
    ///
    /// # Errors
    /// [`Error::Port`] if the host is not known or all of them are taken.
    pub fn bind(options: Options) -> Result<Self, Error> {
        let failed = |cause| Error::Port { address: format!("{}:{}", options.host, options.port), cause };
        let listener = listen(bare(&options.host), options.port).map_err(failed)?;
        let at = listener.local_addr().map_err(failed)?;
        let is_local = at.ip().to_canonical().is_loopback();
        let key = (!is_local).then(|| Key::new(at.port())).transpose()?;
        Ok(Self { options, listener, at, key, signals: channel() })
    }

    /// Tells whether only this computer can visit.
    pub fn is_local(&self) -> bool {
        self.key.is_none()
    }

    /// Returns the address to visit, with the key if there is one.
    pub fn url(&self) -> String {
        let host = bare(&self.options.host);
        let host = match host.parse() {
            Ok(IpAddr::V6(number)) if number.is_unspecified() => "[::1]".to_owned(),
            Ok(IpAddr::V6(number)) => format!("[{number}]"),
            Ok(IpAddr::V4(number)) if number.is_unspecified() => "127.0.0.1".to_owned(),
            Ok(IpAddr::V4(_)) | Err(_) => host.to_owned(),
        };
        self.url_at(&host)
    }

    /// Returns the address for other computers, with the key. `None` if they cannot visit.
    pub fn url_for_others(&self) -> Option<String> {
        self.key.as_ref()?;
        let ip = self.at.ip();
        if !ip.is_unspecified() {
            return Some(self.url());
        }
        // Nothing is sent: the system only says which of its addresses it would send from.
        let out = UdpSocket::bind(SocketAddr::new(ip, 0)).and_then(|socket| {
            socket.connect(if ip.is_ipv4() { "192.0.2.1:9" } else { "[2001:db8::1]:9" })?;
            socket.local_addr()
        });
        let host = out.ok().map(|at| at.ip()).filter(|ip| !ip.is_unspecified() && !ip.is_loopback())?;
        Some(self.url_at(&if host.is_ipv6() { format!("[{host}]") } else { host.to_string() }))
    }

    fn url_at(&self, host: &str) -> String {
        let query = self.key.as_ref().map(Key::query).unwrap_or_default();
        format!("http://{host}:{}/{query}", self.at.port())
    }

    /// Returns the port it has.
    pub fn port(&self) -> u16 {
        self.at.port()
    }

    /// Returns what stops this server.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.signals.0.clone())
    }

    /// Builds, answers, and builds again after each change, until stopped; see [`super::serve`]. A build that is going
    /// on when it is stopped is left to itself.
    ///
    /// # Errors
    /// [`Error::Port`] if the network fails, [`Error::Read`] if the folders are not there, and the error of the first
    /// build.
    pub fn run(
        self,
        build: impl FnMut() -> Result<Preview, Error> + Send + 'static,
        log: &dyn Fn(Event),
    ) -> Result<(), Error> {
        let (url, others) = (self.url(), self.url_for_others());
        let Self { options, listener, at, key, signals: (sender, receiver) } = self;
        if options.port != 0 && options.port != at.port() {
            log(Event::PortBusy { wanted: options.port, got: at.port() });
        }
        let watch = Arc::new(Watch::start(&options.watch, sender.clone())?);
        let mut run = Run::start(build, watch, (sender.clone(), receiver), log);
        let Some(shown) = run.first()? else {
            run.leave();
            log(Event::Stopped);
            return Ok(());
        };
        let is_open = key.is_some();
        let desk = Arc::new(Responder::new(&options, key, shown));
        let (accepting, signals) = (Arc::clone(&desk), sender);
        thread::spawn(move || accept(&listener, &accepting, &signals));
        let ready = || {
            if is_open {
                log(Event::OnNetwork { url: others.clone() });
            }
            log(Event::Ready { url: url.clone() });
        };
        let result =
            run.follow(&desk, &ready).map_err(|cause| Error::Port { address: at.to_string(), cause });
        run.leave();
        desk.close(PATIENCE);
        wake(at);
        log(Event::Stopped);
        // Freeing a large site takes a while, and the program ends now.
        std::mem::forget(desk);
        result
    }
}

/// Binds `port`, or one of those after it if it is taken.
fn listen(host: &str, port: u16) -> io::Result<TcpListener> {
    let last = if port == 0 { 0 } else { port.saturating_add(MORE_PORTS) };
    let mut refused = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for port in port..=last {
        let addresses: Vec<SocketAddr> = (host, port).to_socket_addrs()?.collect();
        match TcpListener::bind(addresses.as_slice()) {
            // Windows says "denied" for ports that it or another program holds.
            Err(cause)
                if matches!(cause.kind(), io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied) =>
            {
                refused = cause;
            }
            done => return done,
        }
    }
    Err(refused)
}

/// Gives each visitor a thread, until the desk is closed.
fn accept(listener: &TcpListener, desk: &Arc<Responder>, signals: &Sender<Signal>) {
    let mut failures = 0;
    loop {
        let socket = match listener.accept() {
            Ok((socket, _)) => socket,
            // A visitor who left at once, or no file left for another: both pass.
            Err(_) if failures < MOST_FAILURES && !desk.is_closed() => {
                failures += 1;
                thread::sleep(RECOVERY);
                continue;
            }
            Err(cause) => {
                let _ = signals.send(Signal::Broken(cause));
                return;
            }
        };
        failures = 0;
        let Some(visitor) = desk.admit(socket) else { return };
        let desk = Arc::clone(desk);
        // Without a thread the connection ends, as it does for those who ask when all is full.
        let _ = thread::Builder::new().spawn(move || desk.attend(visitor));
    }
}

/// Connects to ourselves once, so that the thread that waits for visitors sees that we stop.
fn wake(mut at: SocketAddr) {
    if at.ip().is_unspecified() {
        at.set_ip(match at.ip() {
            IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        });
    }
    // If it fails, the thread ends with the program.
    let _ = TcpStream::connect_timeout(&at, AWAKE);
}
