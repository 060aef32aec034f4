//! A server that stands in a room: other computers, folders that come and go, drives that say nothing, an end at any time.

use std::sync::mpsc::channel;
use std::time::{Duration, Instant};
use std::{fs, thread};

use tempfile::TempDir;

use super::{Answer, Site, build, watched};
use crate::diagnostic::UiLang;
use crate::serve::shown::{Guest, Shown};
use crate::serve::{Event, Options, Server};

const HERE: Guest = Guest { is_trusted: true, is_here: true };
const OUTSIDE: Guest = Guest { is_trusted: false, is_here: false };

#[test]
fn stopping_waits_for_no_build() {
    for first in [true, false] {
        let folder = TempDir::new().expect("a temporary folder");
        let (content, server) = watched(&folder, "1");
        let stopper = server.stopper();
        let (begun, beginnings) = channel();
        let path = content.clone();
        // Either the first build is the endless one, or the one after it.
        let mut is_endless = first;
        let building = move || {
            begun.send(()).expect("the test listens");
            if std::mem::replace(&mut is_endless, true) {
                thread::sleep(Duration::from_secs(20));
            }
            build(&path)
        };
        let running = thread::spawn(move || server.run(building, &|_| {}));
        beginnings.recv_timeout(Duration::from_secs(5)).expect("the first build begins");
        if !first {
            fs::write(content.join("page.txt"), "2").expect("a file");
            beginnings.recv_timeout(Duration::from_secs(5)).expect("the second build begins");
        }
        let start = Instant::now();
        stopper.stop();
        running.join().expect("no panic").expect("no error");
        assert!(start.elapsed() < Duration::from_secs(1), "took {:?}", start.elapsed());
    }
}

#[test]
fn a_folder_that_is_deleted_and_made_again_is_followed_again() {
    let site = Site::start("1");
    let content = site.folder.path().join("content");
    let start = Instant::now();
    fs::remove_dir_all(&content).expect("it is there");
    site.wait_for(|event| matches!(event, Event::Gone { .. }));
    assert!(start.elapsed() < Duration::from_secs(2), "said after {:?}", start.elapsed());
    assert_eq!(site.get("/").body, "page: 1", "what was shown stays");
    fs::create_dir(&content).expect("a folder");
    site.save("2");
    let start = Instant::now();
    site.wait_for(|event| matches!(event, Event::Back));
    site.wait_for(|event| matches!(event, Event::Rebuilt { .. }));
    assert!(start.elapsed() < Duration::from_secs(2), "followed after {:?}", start.elapsed());
    assert_eq!(site.get("/").body, "page: 2");
    // And from there on at once, as the system tells of it.
    thread::sleep(Duration::from_millis(200));
    site.save("3");
    site.wait_for(|event| matches!(event, Event::Rebuilt { .. }));
    assert_eq!(site.get("/").body, "page: 3");
    site.stop();
}

#[test]
fn a_folder_put_in_the_place_of_another_is_noticed() {
    let site = Site::start("1");
    let (content, other) = (site.folder.path().join("content"), site.folder.path().join("other"));
    fs::create_dir(&other).expect("a folder");
    fs::write(other.join("page.txt"), "other").expect("a file");
    fs::rename(&content, site.folder.path().join("old")).expect("it is there");
    fs::rename(&other, &content).expect("it is there");
    let start = Instant::now();
    while site.get("/").body != "page: other" {
        assert!(start.elapsed() < Duration::from_secs(2), "not noticed");
        thread::sleep(Duration::from_millis(20));
    }
    site.stop();
}

/// A server that others in the network can reach, and its key.
fn open_site() -> (Site, String) {
    let (site, url) = Site::start_at("1", "0.0.0.0");
    let key = url.split_once("/?key=").expect("the address has a key").1.to_owned();
    (site, key)
}

fn with_cookie(site: &Site, target: &str, cookie: &str) -> Answer {
    site.raw(&format!("GET {target} HTTP/1.1\r\nHost: 192.168.1.5\r\nCookie: {cookie}\r\n\r\n"))
}

#[test]
fn on_the_network_nothing_is_had_without_the_key() {
    let (site, key) = open_site();
    for target in ["/", "/zh/", "/a.css", "/_qingdan/events", "/_qingdan/findings.html", "/?key=", "/?key=0"]
    {
        assert_eq!(site.ask("GET", target, "192.168.1.5").status, 403, "{target}");
    }
    let door = site.ask("GET", &format!("/zh/?q=1&key={key}"), "192.168.1.5");
    assert_eq!((door.status, door.header("Location")), (303, Some("/zh/?q=1")));
    let cookie = door.header("Set-Cookie").expect("a cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite"), "{cookie}");
    let pair = cookie.split(';').next().expect("a pair");
    assert_eq!(with_cookie(&site, "/zh/", pair).body, "page: 1");
    assert_eq!(with_cookie(&site, "/zh/", &format!("a=b; {pair}; c")).status, 200);
    assert_eq!(with_cookie(&site, "/zh/", &pair.replace('=', "=0")).status, 403);
    assert_eq!(with_cookie(&site, "/zh/", &pair[..pair.len() - 1]).status, 403);
    for name in ["evil.example", "192.168.1.5.evil.example"] {
        assert_eq!(site.ask("GET", &format!("/?key={key}"), name).status, 421, "a name could be bound anew");
    }
    let odd = format!("//evil.example/?key={key}");
    assert_eq!(site.ask("GET", &odd, "192.168.1.5").status, 403, "the door leads nowhere else");
    site.stop();
}

#[test]
fn for_this_computer_alone_no_key_is_asked() {
    let site = Site::start("1");
    assert_eq!(site.get("/").header("Set-Cookie"), None);
    let local = |host: &str| {
        let options = Options { host: host.to_owned(), port: 0, ..Options::default() };
        Server::bind(options).map(|server| (server.is_local(), server.url_for_others().is_some()))
    };
    assert_eq!(local("127.0.0.1").ok(), Some((true, false)));
    assert_eq!(local("localhost").ok(), Some((true, false)));
    assert_eq!(local("0.0.0.0").map(|(is_local, _)| is_local).ok(), Some(false));
    site.stop();
}

#[test]
fn other_computers_get_the_site_and_never_the_findings() {
    let folder = TempDir::new().expect("a temporary folder");
    let shown = |text: &str, before: Option<&Shown>| {
        fs::write(folder.path().join("page.txt"), text).expect("a file");
        Shown::after(build(folder.path()).expect("it builds"), before)
    };
    let status = |shown: &Shown, target: &str| shown.reply(target, "", UiLang::En, OUTSIDE).status;
    let good = shown("1", None);
    assert_eq!((status(&good, "/zh/"), status(&good, "/_qingdan/reload.js")), (200, 200));
    for own in ["/_qingdan/findings.html", "/_qingdan/explain/QD1015", "/_qingdan/handbook/zh/"] {
        assert_eq!(status(&good, own), 404, "{own}");
    }
    let refused = shown("broken", Some(&good));
    assert_eq!(status(&refused, "/zh/"), 200, "the last good site");
    assert_eq!(refused.reply("/zh/", "", UiLang::En, HERE).status, 307, "here the findings");
    let never_good = shown("broken", None);
    assert_eq!((status(&never_good, "/zh/"), status(&never_good, "/_qingdan/findings.html")), (503, 404));
}
