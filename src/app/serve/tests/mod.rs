//! The server as a browser sees it, over real sockets.

mod pages;
mod room;
mod running;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{fs, io};

use tempfile::TempDir;

use super::{Event, Options, Preview, Sent, Server, Stopper};
use crate::diagnostic::{Error, UiLang};
use crate::route::Route;

/// A server that shows the text of `content/page.txt`, is refused if that is `broken`, and fails if it
/// is missing.
struct Site {
    folder: TempDir,
    port: u16,
    events: Receiver<Event>,
    stopper: Stopper,
    thread: JoinHandle<Result<(), Error>>,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().filter_map(|line| line.split_once(": ")).find(|(n, _)| *n == name).map(|(_, v)| v)
    }
}

fn build(content: &Path) -> Result<Preview, Error> {
    let path = content.join("page.txt");
    let text = fs::read_to_string(&path).map_err(Error::reading(&path))?;
    let refused = text == "broken";
    let page = format!("page: {text}");
    let pages =
        ["index.html", "zh/index.html", "zh/福/index.html", "en/a.html"].map(|name| (name, page.as_str()));
    let others = ["a.css", "a.js", "a.svg", "a.json", "a.xml", "a.txt", "a.png", "a.ico", "a.webmanifest"];
    let more = ["a.woff2", "a.ics", "a.csv", "a.xlsx", "CNAME", "a b/c:d/index.html"];
    let others = others.into_iter().chain(more).map(|name| (name, name));
    let files: Vec<(&str, &str)> =
        if refused { vec![("a.css", "")] } else { pages.into_iter().chain(others).collect() };
    let bytes = |text: &str| Arc::from(text.as_bytes());
    let files: BTreeMap<Route, Arc<[u8]>> =
        files.into_iter().map(|(name, text)| (Route::new(name), bytes(text))).collect();
    Ok(Preview {
        pages: files.keys().filter(|route| route.as_str().ends_with(".html")).count(),
        files: Arc::new(files),
        later: None,
        refused,
        own: Arc::new(|name, visit| match name {
            "findings.html" | "explain/QD1015" => {
                let asked = visit.asked.as_deref().unwrap_or_default();
                Some(format!("{name} {} {asked}", visit.languages.join(" ")).into_bytes())
            }
            _ => None,
        }),
        forms: Arc::new(|name, sent, visit| {
            let is_here = visit.is_here;
            match name {
                "edit/a" => Some(Sent::Done(format!("edit/b?{}={is_here}", sent.pairs.len()))),
                "edit/wrong" => Some(Sent::Page(422, b"again".to_vec())),
                _ => None,
            }
        }),
        home: Route::new("zh/index.html"),
        errors: usize::from(refused),
        warnings: 0,
    })
}

/// Returns a folder with a page that says `text`, and a server that watches it.
fn watched(folder: &TempDir, text: &str) -> (PathBuf, Server) {
    let content = folder.path().to_owned();
    fs::write(content.join("page.txt"), text).expect("a file");
    let options = Options { port: 0, watch: vec![content.clone()], ..Options::default() };
    (content, Server::bind(options).expect("a free port"))
}

impl Site {
    fn start(text: &str) -> Self {
        Self::start_at(text, "127.0.0.1").0
    }

    /// Starts a server that listens on `host`; returns also the address that it names.
    fn start_at(text: &str, host: &str) -> (Self, String) {
        let folder = TempDir::new().expect("a temporary folder");
        let content: PathBuf = folder.path().join("content");
        fs::create_dir(&content).expect("a folder");
        fs::write(content.join("page.txt"), text).expect("a file");
        let options = Options {
            host: host.to_owned(),
            port: 0,
            watch: vec![content.clone()],
            lang: UiLang::En,
            ..Options::default()
        };
        let server = Server::bind(options).expect("a free port");
        let (port, stopper, url) = (server.port(), server.stopper(), server.url());
        let (sender, events) = channel();
        let log = Mutex::new(sender);
        let log = move |event| log.lock().expect("no panic").send(event).expect("the test listens");
        let thread = thread::spawn(move || server.run(move || build(&content), &log));
        let site = Self { folder, port, events, stopper, thread };
        site.wait_for(|event| matches!(event, Event::Ready { .. }));
        (site, url)
    }

    fn save(&self, text: &str) {
        fs::write(self.folder.path().join("content/page.txt"), text).expect("the file can be saved");
    }

    fn wait_for(&self, wanted: impl Fn(&Event) -> bool) -> Event {
        loop {
            let event = self.events.recv_timeout(Duration::from_secs(10)).expect("the event comes");
            if wanted(&event) {
                return event;
            }
        }
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).expect("the server listens")
    }

    fn raw(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        stream.write_all(request.as_bytes()).expect("the server reads");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("the server answers and closes");
        let text = String::from_utf8(bytes).expect("answers are text here");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head: head.replace('\r', ""), body: body.to_owned() }
    }

    fn ask(&self, method: &str, target: &str, host: &str) -> Answer {
        self.raw(&format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, "localhost")
    }

    /// Opens the stream of events and reads up to the name of the build that is shown now.
    fn events(&self) -> (BufReader<TcpStream>, String) {
        let mut stream = self.connect();
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        write!(stream, "GET /_qingdan/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("the server reads");
        let mut reader = BufReader::new(stream);
        let build = next_build(&mut reader).expect("the stream starts with the current build");
        (reader, build)
    }

    fn stop(self) {
        let start = Instant::now();
        self.stopper.stop();
        self.thread.join().expect("no panic").expect("no error");
        assert!(start.elapsed() < Duration::from_secs(1), "took {:?} to stop", start.elapsed());
    }
}

fn next_build(stream: &mut impl BufRead) -> io::Result<String> {
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if let Some(build) = line.strip_prefix("data: ") {
            return Ok(build.trim_end().to_owned());
        }
    }
}

#[expect(clippy::print_stderr, reason = "measurements, for whoever runs the tests with --nocapture")]
fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let (middle, worst) = (times[times.len() / 2], times[times.len() - 1]);
    eprintln!("{what}: median {middle:?}, worst {worst:?} of {}", times.len());
}
