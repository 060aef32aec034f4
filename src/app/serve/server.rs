//! The server: one loop that builds, four threads that answer.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use tiny_http::{Method, Request};

use super::events::{Bell, EVENTS, HEARTBEAT};
use super::hosts::{Hosts, bare};
use super::nudge::nudge;
use super::reply::Reply;
use super::shown::Shown;
use super::watch::{Signal, Wake, next, watch};
use super::{Event, Later, Options, Preview};
use crate::diagnostic::{Error, UiLang};
use crate::text;

/// Threads that answer, so that a slow visitor does not hold up the others.
const THREADS: usize = 4;
/// Ports to try after the one asked for.
const MORE_PORTS: u16 = 20;
/// How long the browser has the machine for itself after a build was shown.
const BREATH: Duration = Duration::from_millis(400);
/// How long answers that are on their way may take when we stop.
const PATIENCE: Duration = Duration::from_millis(500);

/// A server that has its port and does not answer yet.
pub struct Server {
    options: Options,
    http: tiny_http::Server,
    at: SocketAddr,
    signals: (Sender<Signal>, Receiver<Signal>),
}

/// Stops a server, from any thread.
#[derive(Clone, Debug)]
pub struct Stopper(Sender<Signal>);

impl Stopper {
    /// Tells the server to stop: it ends within a second, or after the build that is going on.
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
        let http = tiny_http::Server::from_listener(listener, None)
            .map_err(|cause| failed(io::Error::other(cause.to_string())))?;
        Ok(Self { options, http, at, signals: channel() })
    }

    /// Returns the address to visit.
    pub fn url(&self) -> String {
        let host = bare(&self.options.host);
        let host = match host.parse() {
            Ok(IpAddr::V6(number)) if number.is_unspecified() => "[::1]".to_owned(),
            Ok(IpAddr::V6(number)) => format!("[{number}]"),
            Ok(IpAddr::V4(number)) if number.is_unspecified() => "127.0.0.1".to_owned(),
            Ok(IpAddr::V4(_)) | Err(_) => host.to_owned(),
        };
        format!("http://{host}:{}/", self.at.port())
    }

    /// Returns the port it has.
    pub fn port(&self) -> u16 {
        self.at.port()
    }

    /// Returns what stops this server.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.signals.0.clone())
    }

    /// Builds, answers, and builds again after each change, until stopped; see [`super::serve`].
    ///
    /// # Errors
    /// [`Error::Port`] if the network fails, [`Error::Read`] if the folders cannot be watched, and the
    /// error of the first build.
    pub fn run(
        self,
        mut build: impl FnMut() -> Result<Preview, Error>,
        log: &dyn Fn(Event),
    ) -> Result<(), Error> {
        let url = self.url();
        let Self { options, http, at, signals: (sender, receiver) } = self;
        if options.port != 0 && options.port != at.port() {
            log(Event::PortBusy { wanted: options.port, got: at.port() });
        }
        // Watching starts first: what is saved during the build must not be missed.
        let watching = watch(&options.watch, sender.clone());
        let (mut preview, event) = timed(&mut build)?;
        log(event);
        let later = preview.later.take();
        let shown = Shown::after(preview, None);
        let _watching = watching?;
        let desk = Arc::new(Responder::new(&options, http, shown));
        let ended = desk.open(&sender);
        nudge(at, Arc::clone(&desk.bell));
        desk.finish(later, log);
        log(Event::Ready { url });
        let result = follow(&desk, &receiver, &mut build, log)
            .map_err(|cause| Error::Port { address: at.to_string(), cause });
        desk.close();
        // Nothing is ever sent: the threads hold the other end, and it closes with the last of them.
        let _ = ended.recv_timeout(PATIENCE);
        log(Event::Stopped);
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

/// Builds; returns also how that went, to be logged once it is shown.
fn timed(build: &mut impl FnMut() -> Result<Preview, Error>) -> Result<(Preview, Event), Error> {
    let start = Instant::now();
    let preview = build()?;
    let event = event(&preview, start.elapsed());
    Ok((preview, event))
}

/// Returns what is said of a build.
fn event(preview: &Preview, took: Duration) -> Event {
    let warnings = preview.warnings;
    if preview.refused {
        Event::Refused { errors: preview.errors, warnings, took }
    } else {
        Event::Rebuilt { pages: preview.pages, warnings, took }
    }
}

/// Builds after each batch of changes, until stopped. What a build leaves for later waits until the browser
/// has shown the page; where something is saved before that, the next build does it.
fn follow(
    desk: &Responder,
    signals: &Receiver<Signal>,
    build: &mut impl FnMut() -> Result<Preview, Error>,
    log: &dyn Fn(Event),
) -> io::Result<()> {
    let mut later: Option<Later> = None;
    loop {
        match next(signals, later.is_some().then_some(BREATH)) {
            Wake::Signal(Signal::Changed) => match timed(build) {
                Ok((mut preview, event)) => {
                    later = preview.later.take();
                    desk.show(preview);
                    log(event);
                }
                Err(error) => log(Event::Failed { error }),
            },
            Wake::Signal(Signal::Broken(cause)) => return Err(cause),
            Wake::Signal(Signal::Stop) | Wake::Closed => return Ok(()),
            Wake::Nothing => desk.finish(later.take(), log),
        }
    }
}

/// What the answering threads share.
struct Responder {
    http: tiny_http::Server,
    hosts: Hosts,
    lang: UiLang,
    shown: RwLock<Arc<Shown>>,
    bell: Arc<Bell>,
}

impl Responder {
    fn new(options: &Options, http: tiny_http::Server, shown: Shown) -> Self {
        let shown = RwLock::new(Arc::new(shown));
        let (hosts, lang) = (Hosts::new(&options.host), options.lang);
        Self { http, hosts, lang, shown, bell: Arc::new(Bell::new(HEARTBEAT)) }
    }

    /// Starts the answering threads. What is returned closes when all have ended.
    fn open(self: &Arc<Self>, signals: &Sender<Signal>) -> Receiver<()> {
        let (alive, ended) = channel();
        for _ in 0..THREADS {
            let (desk, signals, alive) = (self.clone(), signals.clone(), alive.clone());
            thread::spawn(move || {
                desk.answer_all(&signals);
                drop((desk, alive));
            });
        }
        ended
    }

    fn answer_all(&self, signals: &Sender<Signal>) {
        while !self.bell.is_stopped() {
            match self.http.recv() {
                Ok(request) => self.answer(request),
                Err(_) if self.bell.is_stopped() => return,
                // The library does not accept connections after the first that failed.
                Err(cause) => {
                    let _ = signals.send(Signal::Broken(cause));
                    return;
                }
            }
        }
    }

    fn close(&self) {
        self.bell.stop();
        for _ in 0..THREADS {
            self.http.unblock();
        }
    }

    /// Does what a build left for later, and shows what came of it.
    fn finish(&self, later: Option<Later>, log: &dyn Fn(Event)) {
        let Some(later) = later else { return };
        let start = Instant::now();
        match later() {
            Ok(None) => {}
            Ok(Some(preview)) => {
                let event = event(&preview, start.elapsed());
                self.show(preview);
                log(event);
            }
            Err(error) => log(Event::Failed { error }),
        }
    }

    /// Shows what a build gave and tells the open pages.
    fn show(&self, preview: Preview) {
        let shown = Arc::new(Shown::after(preview, Some(&self.shown())));
        let before = {
            let mut place = self.shown.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *place, shown)
        };
        self.bell.ring();
        // Freeing a large site takes a while; the pages know by now.
        drop(before);
    }

    fn shown(&self) -> Arc<Shown> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn answer(&self, request: Request) {
        let chunked = *request.http_version() >= (1, 1);
        let head_only = *request.method() == Method::Head;
        let reply = self.reply(&request);
        let mut to = request.into_writer();
        let reply = match reply {
            Some(reply) => reply,
            None => match self.bell.open(to, chunked) {
                Ok(()) => return,
                Err(back) => {
                    to = back;
                    let full = text!("打开的页面太多", "too many pages are open");
                    Reply::text(503, self.lang, &full).header("Retry-After", "1")
                }
            },
        };
        // Visitors may leave before they get their answer.
        let _ = reply.write(&mut to, head_only);
    }

    /// Returns the answer to `request`; `None` for the stream of events.
    fn reply(&self, request: &Request) -> Option<Reply> {
        if let Some(refusal) = self.refusal(request) {
            return Some(refusal);
        }
        if request.url().split('?').next() == Some(EVENTS) && *request.method() == Method::Get {
            return None;
        }
        // Named before the page is looked up: a page that is newer than it says reloads once too often,
        // one that is older would never.
        let build = self.bell.build();
        let accepted = request.headers().iter().find(|header| header.field.equiv("Accept-Language"));
        let accepted = accepted.map_or("", |header| header.value.as_str());
        let reply = self.shown().reply(request.url(), accepted, self.lang);
        Some(reply.header("Server-Timing", format!("build;desc=\"{build}\"")))
    }

    /// Returns why this request gets nothing; the host is looked at before anything else.
    fn refusal(&self, request: &Request) -> Option<Reply> {
        let mut hosts = request.headers().iter().filter(|header| header.field.equiv("Host"));
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            let reason = text!("请求里必须有一个 Host", "a request needs one Host");
            return Some(Reply::text(400, self.lang, &reason));
        };
        if !self.hosts.contain(host.value.as_str()) {
            let reason = text!("这个名称不属于本服务", "this name is not ours");
            return Some(Reply::text(421, self.lang, &reason));
        }
        if !matches!(request.method(), Method::Get | Method::Head) {
            let reason = text!("这里只能读取", "things can only be read here");
            return Some(Reply::text(405, self.lang, &reason).header("Allow", "GET, HEAD"));
        }
        None
    }
}
