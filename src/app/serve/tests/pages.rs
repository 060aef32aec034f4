//! Which request gets which answer.

use std::path::Path;

use super::{Site, build};
use crate::diagnostic::Error;
use crate::serve::{Event, Options, RELOAD_SCRIPT, Server};

#[test]
fn hands_out_the_site_with_types_and_headers() {
    let site = Site::start("1");
    let types = [
        ("/", "text/html; charset=utf-8"),
        ("/zh/", "text/html; charset=utf-8"),
        ("/zh/%E7%A6%8F/index.html?x=1", "text/html; charset=utf-8"),
        ("/a.css", "text/css; charset=utf-8"),
        ("/a.js", "text/javascript; charset=utf-8"),
        ("/a.svg", "image/svg+xml; charset=utf-8"),
        ("/a.json", "application/json; charset=utf-8"),
        ("/a.xml", "application/xml; charset=utf-8"),
        ("/a.txt", "text/plain; charset=utf-8"),
        ("/a.png", "image/png"),
        ("/a.ico", "image/x-icon"),
        ("/a.webmanifest", "application/manifest+json; charset=utf-8"),
        ("/a.woff2", "font/woff2"),
        ("/a.ics", "text/calendar; charset=utf-8"),
        ("/a.csv", "text/csv; charset=utf-8"),
        ("/a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("/CNAME", "application/octet-stream"),
        ("/_qingdan/reload.js", "text/javascript; charset=utf-8"),
        ("/_qingdan/findings.html", "text/html; charset=utf-8"),
    ];
    for (target, kind) in types {
        let answer = site.get(target);
        assert_eq!((answer.status, answer.header("Content-Type")), (200, Some(kind)), "{target}");
        assert_eq!(answer.header("Cache-Control"), Some("no-store"));
        assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"));
        assert_eq!(answer.header("Referrer-Policy"), Some("same-origin"));
        assert!(answer.header("Content-Security-Policy").is_some_and(|csp| csp.contains("base-uri 'none'")));
    }
    assert_eq!(site.get("/").body, "page: 1");
    assert_eq!(site.get("/_qingdan/reload.js").body, RELOAD_SCRIPT);
    site.stop();
}

#[test]
fn answers_head_and_refuses_to_change_anything() {
    let site = Site::start("1");
    let head = site.ask("HEAD", "/zh/", "localhost");
    assert_eq!((head.status, head.header("Content-Length"), head.body.as_str()), (200, Some("7"), ""));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "BREW"] {
        let answer = site.ask(method, "/", "localhost");
        assert_eq!((answer.status, answer.header("Allow")), (405, Some("GET, HEAD")), "{method}");
    }
    site.stop();
}

#[test]
fn leads_folders_to_their_slash() {
    let site = Site::start("1");
    let answer = site.get("/zh/%E7%A6%8F?q=1");
    assert_eq!((answer.status, answer.header("Location")), (308, Some("./%E7%A6%8F/?q=1")));
    assert_eq!(site.get("/a%20b/c:d").header("Location"), Some("./c:d/"));
    site.stop();
}

#[test]
fn finds_nothing_outside_the_site() {
    let site = Site::start("1");
    let upwards = ["/../content/page.txt", "/zh/../../content/page.txt", "/%2e%2e/content/page.txt"];
    let encoded = ["/zh%2findex.html", "/zh%5cindex.html", "/zh\\index.html", "/%00", "/%ff", "/%"];
    let odd = ["//evil.example", "//evil.example/..", "/content/page.txt", "/page.txt", "/zh/x", "*", "x"];
    for target in upwards.into_iter().chain(encoded).chain(odd) {
        assert_eq!(site.get(target).status, 404, "{target}");
    }
    assert_eq!(site.get("http://localhost/").status, 404);
    assert_eq!(site.get("/").status, 200, "still there");
    site.stop();
}

#[test]
fn answers_only_under_names_of_this_computer() {
    let site = Site::start("1");
    for host in ["localhost", "127.0.0.1:4000", "[::1]", "LOCALHOST:1"] {
        assert_eq!(site.ask("GET", "/", host).status, 200, "{host}");
    }
    for target in ["/", "/_qingdan/events", "/none", "/_qingdan/findings.html"] {
        let answer = site.ask("GET", target, "evil.example");
        assert_eq!((answer.status, answer.body.contains("page")), (421, false), "{target}");
    }
    assert_eq!(site.ask("POST", "/", "evil.example").status, 421, "before anything else");
    assert_eq!(site.raw("GET / HTTP/1.0\r\n\r\n").status, 400);
    let twice = "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(site.raw(twice).status, 400);
    site.stop();
}

#[test]
fn a_refused_build_shows_the_findings_until_it_is_mended() {
    let site = Site::start("1");
    site.save("broken");
    site.wait_for(|event| matches!(event, Event::Refused { errors: 1, .. }));
    let answer = site.get("/en/a.html?q=1");
    let back = "../_qingdan/findings.html?for=en/a.html%3Fq%3D1";
    assert_eq!((answer.status, answer.header("Location")), (307, Some(back)));
    assert_eq!(answer.body, "findings.html en zh en/a.html?q=1", "also for those who do not follow");
    assert_eq!(site.get("/_qingdan/findings.html?for=en/a.html%3Fq%3D1").body, answer.body);
    assert_eq!(
        site.get("/zh/%E7%A6%8F/").header("Location"),
        Some("../../_qingdan/findings.html?for=zh/%25E7%25A6%258F/")
    );
    assert_eq!(site.get("/").header("Location"), Some("_qingdan/findings.html?for="));
    assert_eq!(
        site.get("/_qingdan/findings.html").body,
        "findings.html zh ",
        "the language of the home page"
    );
    assert_eq!(site.get("/no/such/page").status, 307);
    assert_eq!(site.get("/a.css").body, "a.css", "what is not a page stays");
    assert_eq!(site.get("/en/a.html?last-good").body, "page: 1");
    site.save("2");
    site.wait_for(|event| matches!(event, Event::Rebuilt { .. }));
    assert_eq!(site.get("/en/a.html").body, "page: 2");
    site.stop();
}

#[test]
fn a_first_build_may_be_refused_but_must_run() {
    let site = Site::start("broken");
    for target in ["/", "/zh/", "/zh/?last-good", "/x.html"] {
        assert_eq!(site.get(target).status, 307, "{target}");
    }
    assert_eq!(site.get("/_qingdan/findings.html").status, 200);
    assert_eq!((site.get("/a.css").status, site.get("/_qingdan/a.css").status), (404, 404));
    site.stop();
    let server = Server::bind(Options { port: 0, ..Options::default() }).expect("a free port");
    let nowhere = Path::new("/nowhere");
    assert!(matches!(server.run(move || build(nowhere), &|_| {}), Err(Error::Read { .. })));
}

#[test]
fn the_tools_own_pages_are_told_who_asks() {
    let site = Site::start("1");
    let ask = |target: &str| {
        let head = "Host: localhost\r\nAccept-Language: en;q=0.8, zh-TW\r\nConnection: close";
        site.raw(&format!("GET {target} HTTP/1.1\r\n{head}\r\n\r\n"))
    };
    let explained = ask("/_qingdan/explain/QD1015?lang=ko&for=en/a.html");
    assert_eq!(explained.header("Content-Type"), Some("text/html; charset=utf-8"));
    assert_eq!(explained.body, "explain/QD1015 ko en zh-TW en zh en/a.html");
    assert_eq!(ask("/_qingdan/findings.html?for=").body, "findings.html zh-TW en zh ");
    let called = ask(&format!("/_qingdan/findings.html?for=zh/a{}.html", ["138", "0013", "8000"].concat()));
    assert_eq!(called.body, "findings.html zh zh-TW en zh zh/a138****8000.html");
    assert_eq!(ask("/_qingdan/explain/QD0000").status, 404);
    site.stop();
}
