//! The preview under attack: the built program, small messages and large ones, slow visitors, idle ones, garbage, and
//! thousands of saves. None may end it, make it deaf or let it grow.
//!
//! In CI a lean run of some seconds; `ATTACK=full cargo test --release --test preview -- --nocapture` makes the long one
//! (2,000 requests, 1,000 slow visitors, 5,000 saves). Both print answer times and memory.
#![cfg(target_os = "linux")]
#![expect(clippy::print_stdout, reason = "the figures are for whoever asks with --nocapture")]
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "preview/ending.rs"]
mod ending;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// The longest that a page may take while the server is attacked.
const SOON: Duration = Duration::from_secs(1);
/// The most memory that an attack may add, in KiB.
const MOST_GROWTH: u64 = 48 * 1024;
/// Sockets that are open at once here: most systems let a process have 1,024 files.
const AT_ONCE: usize = 500;

/// Returns `full`, or `lean` unless the long run is asked for.
fn counted(full: usize, lean: usize) -> usize {
    if env::var_os("ATTACK").is_some_and(|value| value == "full") { full } else { lean }
}

struct Preview {
    child: Child,
    at: SocketAddr,
    folder: tempfile::TempDir,
}

fn lay(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the base is there") {
        let entry = entry.expect("the base can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            lay(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

fn start(folder: &Path) -> Child {
    // Who runs the tests in the background may ignore Ctrl-C, which programs inherit; it is heard from the first moment on.
    let mut command = if cfg!(target_os = "linux") {
        let mut command = Command::new("env");
        command.args(["--default-signal=INT", env!("CARGO_BIN_EXE_qingdan")]);
        command
    } else {
        Command::new(env!("CARGO_BIN_EXE_qingdan"))
    };
    command
        .args(["serve", "content", "--port", "0", "--lang", "en"])
        .current_dir(folder)
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo built the program")
}

impl Preview {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks/base");
        lay(&base, &folder.path().join("content"));
        Self::at(folder)
    }

    /// Starts a preview of `folder/content` and waits until it can be visited.
    fn at(folder: tempfile::TempDir) -> Self {
        let (child, at) = Self::started(folder.path());
        Self { child, at, folder }
    }

    /// Starts another one in the place of one that has ended.
    fn restart(&mut self) {
        (self.child, self.at) = Self::started(self.folder.path());
    }

    fn started(folder: &Path) -> (Child, SocketAddr) {
        let mut child = start(folder);
        let mut said = BufReader::new(child.stderr.take().expect("it was asked for"));
        let mut line = String::new();
        let at = loop {
            line.clear();
            assert_ne!(said.read_line(&mut line).expect("it speaks"), 0, "the preview ended");
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.split('/').next().and_then(|at| at.parse().ok()).expect("an address");
            }
        };
        // What it says further on must not fill the pipe.
        thread::spawn(move || said.lines().map_while(Result::ok).for_each(drop));
        (child, at)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.at).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        stream.set_write_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        stream
    }

    /// Sends bytes and returns what comes back; nothing if the connection is reset first.
    fn send(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, target: &str) -> String {
        self.send(format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes())
    }

    /// Fetches a page; returns how long that took.
    fn page(&self) -> Duration {
        let start = Instant::now();
        let answer = self.get("/zh/");
        assert!(answer.starts_with("HTTP/1.1 200"), "no page: {answer:.200}");
        start.elapsed()
    }

    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("Linux says so");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    fn threads(&self) -> usize {
        fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("it runs").count()
    }

    /// Attacks, holds what the attack left open, and looks whether pages still come and how much memory was taken.
    fn under<T>(&self, name: &str, attack: impl FnOnce() -> T) {
        let before = self.memory();
        let start = Instant::now();
        let held = attack();
        let took = start.elapsed();
        let mut times: Vec<Duration> = (0..5).map(|_| self.page()).collect();
        times.sort();
        let growth = self.memory().saturating_sub(before);
        println!(
            "{name:<44}{:>8} ms{:>8} µs median{:>8} µs worst{:>7} KiB more{:>5} threads",
            took.as_millis(),
            times[2].as_micros(),
            times[4].as_micros(),
            growth,
            self.threads()
        );
        assert!(times[4] < SOON, "{name}: {times:?}");
        assert!(growth < MOST_GROWTH, "{name}: {growth} KiB more");
        drop(held);
    }
}

/// Tells a preview to end, as Ctrl-C does.
fn interrupt(child: &Child) {
    let order = format!("kill -INT {}", child.id());
    let sent = Command::new("sh").args(["-c", &order]).status().expect("there is a shell");
    assert!(sent.success());
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or_default()
}

#[test]
fn no_visitor_ends_deafens_or_bloats_it() {
    let preview = Preview::new();
    // What the first visits leave behind is no attack.
    for _ in 0..20 {
        preview.page();
    }
    preview.under("bodies of any announced size", || announced(&preview));
    preview.under("slow posts", || {
        let post = b"POST /zh/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n\r\n";
        opened(&preview, counted(400, 100), post)
    });
    preview.under("510 idle connections", || opened(&preview, 510, b""));
    preview.under("half a request each", || opened(&preview, counted(500, 300), b"GET /zh/ HTTP/1.1\r\nHo"));
    preview.under("streams of events", || {
        opened(&preview, counted(500, 300), b"GET /_qingdan/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    });
    preview.under("answers that nobody fetches", || {
        let ask = b"GET /zh/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
        opened(&preview, counted(500, 200), ask)
    });
    preview.under("heads that do not end", || (0..4).for_each(|_| endless(&preview)));
    preview.under("a body that does not end", || flood(&preview));
    preview.under("garbage", || garbage(&preview, counted(3_000, 300)));
    let mut times: Vec<Duration> = Vec::new();
    preview.under("requests, one after the other", || {
        times.extend((0..counted(2_000, 200)).map(|_| preview.page()));
    });
    times.sort();
    println!(
        "{} requests: median {:?}, worst {:?}",
        times.len(),
        times[times.len() / 2],
        times[times.len() - 1]
    );
}

/// Bodies that are announced and never come: the size is not believed.
fn announced(preview: &Preview) {
    for (length, host, expected) in [
        ("99999999999999", "evil", "421"),
        ("99999999999999", "localhost", "405"),
        ("18446744073709551616", "localhost", "405"),
        ("-1", "localhost", "405"),
    ] {
        let head = format!("POST /zh/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n");
        assert_eq!(status(&preview.send(head.as_bytes())), expected, "{length} for {host}");
    }
    let get = "GET /zh/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999\r\n\r\n";
    assert_eq!(status(&preview.send(get.as_bytes())), "200", "a body changes nothing about a page");
    let chunked =
        "GET /zh/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n";
    assert_eq!(status(&preview.send(chunked.as_bytes())), "200");
}

/// Opens so many connections and says the same on each.
fn opened(preview: &Preview, count: usize, say: &[u8]) -> Vec<TcpStream> {
    let open = (0..count).map(|_| {
        let mut stream = preview.connect();
        // It may have had to make way already.
        let _ = stream.write_all(say);
        stream
    });
    open.collect()
}

/// Sends headers until the server has enough.
fn endless(preview: &Preview) {
    let mut stream = preview.connect();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n").expect("it listens");
    let line = format!("X-More: {}\r\n", "x".repeat(1000));
    let sent = (0..64 * 1024).take_while(|_| stream.write_all(line.as_bytes()).is_ok()).count();
    assert!(sent < 8 * 1024, "{sent} kB of headers were taken");
}

/// Sends a body for as long as somebody takes it.
fn flood(preview: &Preview) {
    let mut stream = preview.connect();
    stream
        .write_all(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n")
        .expect("it listens");
    let piece = vec![b'x'; 64 * 1024];
    let sent = (0..1024).take_while(|_| stream.write_all(&piece).is_ok()).count();
    assert!(sent < 512, "{sent} pieces of 64 KiB were taken");
}

fn garbage(preview: &Preview, count: usize) {
    let mut dice = Dice(20_261_129);
    let starts: [&[u8]; 8] = [
        b"",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET ",
        b"GET / HTTP/1.1\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\r\n\r\n\r\n",
        b"GET /_qingdan/%00%ff?key=%zz&for=../../ HTTP/1.1\r\nHost: localhost\r\n",
    ];
    for round in 0..count {
        let mut stream = preview.connect();
        let length = usize::try_from(dice.next() % 3000).expect("it is small");
        let noise: Vec<u8> = (0..length).map(|_| dice.next().to_le_bytes()[0]).collect();
        let _ = stream.write_all(&[starts[round % starts.len()], &noise].concat());
        if round % 2 == 0 {
            let _ = stream.write_all(b"\r\n\r\n");
        }
    }
}

#[test]
fn slow_visitors_keep_nobody_out() {
    let preview = Preview::new();
    preview.page();
    preview.under("slow visitors, a byte at a time", || {
        let request = b"GET /zh/ HTTP/1.1\r\nHost: localhost\r\nX: yyyyyyyyyyyyyyyy";
        let mut left = counted(1_000, 400);
        let mut worst = Duration::ZERO;
        while left > 0 {
            let now = left.min(AT_ONCE);
            left -= now;
            let mut slow = opened(&preview, now, b"");
            for byte in request.chunks(4).take(counted(12, 4)) {
                slow.retain_mut(|stream| stream.write_all(byte).is_ok());
                worst = worst.max(preview.page());
            }
        }
        println!("worst page meanwhile: {worst:?}");
        assert!(worst < SOON, "{worst:?}");
    });
}

#[test]
fn any_number_of_saves_ends_with_the_last_one_shown() {
    let preview = Preview::new();
    let site: PathBuf = preview.folder.path().join("content/site.yaml");
    let text = fs::read_to_string(&site).expect("it is there");
    let saves = counted(5_000, 200);
    preview.under("saves", || {
        for save in 1..=saves {
            let title = format!("zh: 第{save}次保存");
            fs::write(&site, text.replacen("zh: 示范省儿童服务清单", &title, 1)).expect("there is room");
            // A file that is half written just now is a finding; an answer there always is.
            if save % 50 == 0 {
                assert!(preview.get("/zh/").starts_with("HTTP/1.1 "), "no answer at save {save}");
            }
        }
        let start = Instant::now();
        let wanted = format!("第{saves}次保存");
        while !preview.get("/zh/").contains(&wanted) {
            assert!(start.elapsed() < Duration::from_secs(20), "the last save is not shown");
            thread::sleep(Duration::from_millis(20));
        }
        println!("the last of {saves} saves was shown after {:?}", start.elapsed());
    });
}
