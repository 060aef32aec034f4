//! Watching, telling the pages, ports, stopping.

use std::fs;
use std::io::{BufRead, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{Site, build, next_build, report, watched};
use crate::diagnostic::Error;
use crate::serve::{Event, Later, Options, Preview, Server};

#[test]
fn a_build_that_cannot_run_leaves_what_was_shown() {
    let site = Site::start("1");
    fs::remove_file(site.folder.path().join("content/page.txt")).expect("the file is there");
    site.wait_for(|event| matches!(event, Event::Failed { error: Error::Read { .. } }));
    assert_eq!(site.get("/").body, "page: 1");
    site.save("2");
    site.wait_for(|event| matches!(event, Event::Rebuilt { .. }));
    assert_eq!(site.get("/").body, "page: 2");
    site.stop();
}

#[test]
fn tells_open_pages_soon_after_a_save() {
    let site = Site::start("0");
    let (mut stream, mut build) = site.events();
    assert!(site.get("/").header("Server-Timing").is_some_and(|timing| timing.contains(&build)));
    let (mut after_save, mut after_build) = (Vec::new(), Vec::new());
    for round in 1..=20 {
        let start = Instant::now();
        site.save(&round.to_string());
        let news = next_build(&mut stream).expect("the stream goes on");
        after_save.push(start.elapsed());
        assert_ne!(news, build);
        assert_eq!(site.get("/").body, format!("page: {round}"));
        build = news;
        // What one save sets off may be more than one batch.
        thread::sleep(Duration::from_millis(60));
        while site.events.try_recv().is_ok() {}
    }
    for round in 100..120 {
        site.save(&round.to_string());
        site.wait_for(|event| matches!(event, Event::Rebuilt { .. }));
        let start = Instant::now();
        next_build(&mut stream).expect("the stream goes on");
        after_build.push(start.elapsed());
        thread::sleep(Duration::from_millis(60));
    }
    report("from a save to the event, with an instant build", after_save.clone());
    report("from the end of the build to the event", after_build.clone());
    after_save.sort();
    after_build.sort();
    assert!(after_save[10] < Duration::from_millis(60), "{after_save:?}");
    assert!(after_build[10] < Duration::from_millis(20), "{after_build:?}");
    site.stop();
}

#[test]
fn files_of_editors_start_no_build() {
    let site = Site::start("1");
    for name in [".page.txt.swp", "page.txt~", "~$page.txt", "page.tmp"] {
        fs::write(site.folder.path().join("content").join(name), "x").expect("a file");
    }
    fs::read(site.folder.path().join("content/page.txt")).expect("the file is there");
    assert!(site.events.recv_timeout(Duration::from_millis(300)).is_err());
    fs::write(site.folder.path().join("content/.new"), "2").expect("a file");
    let to = site.folder.path().join("content/page.txt");
    fs::rename(site.folder.path().join("content/.new"), to).expect("saved as editors do");
    site.wait_for(|event| matches!(event, Event::Rebuilt { .. }));
    assert_eq!(site.get("/").body, "page: 2");
    site.stop();
}

#[test]
fn pages_come_without_delay() {
    let site = Site::start(&"x".repeat(20_000));
    let mut times = Vec::new();
    for _ in 0..100 {
        let start = Instant::now();
        assert_eq!(site.get("/zh/").body.len(), 20_006);
        times.push(start.elapsed());
    }
    report("a page of 20 kB", times.clone());
    times.sort();
    assert!(times[50] < Duration::from_millis(20), "{times:?}");
    site.stop();
}

#[test]
fn slow_visitors_do_not_hold_up_others() {
    let site = Site::start(&"x".repeat(30_000_000));
    let slow: Vec<TcpStream> = (0..3)
        .map(|_| {
            let mut stream = site.connect();
            write!(stream, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("the server reads");
            stream
        })
        .collect();
    thread::sleep(Duration::from_millis(50));
    assert_eq!(site.get("/a.css").status, 200);
    site.stop();
    drop(slow);
}

#[test]
fn takes_another_port_if_the_one_asked_for_is_busy() {
    let busy = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let wanted = busy.local_addr().expect("an address").port();
    let server = Server::bind(Options { port: wanted, ..Options::default() }).expect("one of the next 20");
    let got = server.port();
    assert!(got > wanted && got - wanted <= 20);
    assert_eq!(server.url(), format!("http://127.0.0.1:{got}/"));
    server.stopper().stop();
    let seen = Mutex::new(Vec::new());
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("page.txt"), "1").expect("a file");
    let log = |event| seen.lock().expect("no panic").push(event);
    let content = folder.path().to_owned();
    server.run(move || build(&content), &log).expect("stopped before it began");
    let seen = seen.into_inner().expect("no panic");
    assert!(matches!(seen[0], Event::PortBusy { wanted: w, got: g } if (w, g) == (wanted, got)), "{seen:?}");
    assert!(matches!(seen.last(), Some(Event::Stopped)));
}

#[test]
fn says_so_if_it_cannot_listen() {
    for host in ["no-such-host.invalid", "192.0.2.1"] {
        let options = Options { host: host.to_owned(), ..Options::default() };
        assert!(matches!(Server::bind(options), Err(Error::Port { .. })), "{host}");
    }
    let url = |host: &str| {
        let options = Options { host: host.to_owned(), port: 0, ..Options::default() };
        Server::bind(options).map(|server| server.url()).unwrap_or_default()
    };
    assert!(url("0.0.0.0").starts_with("http://127.0.0.1:"));
    assert!(url("localhost").starts_with("http://localhost:"));
}

#[test]
fn stopping_ends_streams_and_waits_for_nobody() {
    let site = Site::start("1");
    let (mut stream, _) = site.events();
    let idle = site.connect();
    site.stop();
    let mut rest = String::new();
    while !rest.ends_with("0\r\n\r\n") {
        assert_ne!(stream.read_line(&mut rest).expect("the stream ends properly"), 0);
    }
    drop(idle);
}

#[test]
fn who_saves_does_not_wait_for_what_was_left_for_later() {
    let folder = TempDir::new().expect("a temporary folder");
    let (content, server) = watched(&folder, "1");
    let stopper = server.stopper();
    let (sender, events) = channel();
    let (began, going) = channel();
    let source = content.clone();
    let left = move || {
        let (abandoned, began) = (Arc::<AtomicBool>::default(), began.clone());
        let noticed = Arc::clone(&abandoned);
        let work = Box::new(move || {
            began.send(()).expect("the test listens");
            // Nobody saves after the last build: then it ends by itself.
            let patience = Instant::now() + Duration::from_secs(8);
            while !noticed.load(Ordering::Relaxed) && Instant::now() < patience {
                thread::sleep(Duration::from_millis(5));
            }
            Ok(None)
        });
        let preview = build(&source).expect("a page");
        let later = Some(Later { work, abandoned }).filter(|_| !preview.refused);
        Preview { later, ..preview }
    };
    let thread = thread::spawn(move || {
        server.run(move || Ok(left()), &|event| sender.send(event).expect("the test listens"))
    });
    let rebuilt = || {
        let event = || events.recv_timeout(Duration::from_secs(5)).expect("the event comes");
        while !matches!(event(), Event::Rebuilt { .. }) {}
    };
    rebuilt();
    going.recv_timeout(Duration::from_secs(5)).expect("the rest is made");
    fs::write(content.join("page.txt"), "2").expect("the file can be saved");
    // Long before the rest would be made.
    rebuilt();
    // Where nothing takes its place, the rest of what is shown is made after all.
    going.recv_timeout(Duration::from_secs(5)).expect("the rest is made");
    fs::write(content.join("page.txt"), "broken").expect("the file can be saved");
    let event = || events.recv_timeout(Duration::from_secs(5)).expect("the event comes");
    while !matches!(event(), Event::Refused { .. }) {}
    going.recv_timeout(Duration::from_secs(5)).expect("the rest of the last good site is made");
    stopper.stop();
    thread.join().expect("no panic").expect("it stopped");
}
