//! More than two languages: a catalogue changes one string of the theme, and a language that lacks strings borrows them.

#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/small.rs"]
mod small;

use qingdan::date::Date;
use qingdan::output::MemorySite;
use qingdan::pipeline::{self, Request};

const LANGUAGES: &str = "languages:\n\
    \x20 - {code: zh, tag: zh-CN, name: 中文, direction: ltr, status: official}\n";

/// Builds the catalogue with these files; returns the page at `path`.
fn page(more: &[(&str, &str)], path: &str) -> String {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    small::write(temp.path(), more);
    let memory = MemorySite::new();
    let request = Request::whole(Date::parse("2026-06-01").expect("a date"));
    pipeline::run(temp.path(), &request, &memory, &|_| {}).expect("it builds");
    let files = memory.finish();
    let found = files.iter().find(|(route, _)| route.as_str() == path);
    String::from_utf8_lossy(found.unwrap_or_else(|| panic!("no {path}")).1).into_owned()
}

fn site(further: &str) -> String {
    format!("title: {{zh: 示范清单}}\ndescription: {{zh: 虚构的。}}\n{LANGUAGES}{further}")
}

#[test]
fn a_catalogue_changes_one_string_and_needs_no_other() {
    let own = [("theme/strings/zh.yaml", "places-title: 您住在哪儿？\n")];
    let found = small::found(&own, "2026-06-01");
    assert!(
        !small::names(&found).iter().any(|name| name.contains("missing-string")),
        "all others are the theme's"
    );
    let home = page(&own, "zh/index.html");
    assert!(home.contains("您住在哪儿？"));
}

#[test]
fn a_language_without_strings_borrows_them_and_says_so_once() {
    let written = site("  - {code: fa, tag: fa, name: فارسی, direction: rtl}\n");
    let more = [("site.yaml", written.as_str()), ("theme/strings/fa.yaml", "places-title: کجا؟\n")];
    let found = small::found(&more, "2026-06-01");
    let missing = small::names(&found).into_iter().filter(|name| name.ends_with("missing-string")).count();
    assert_eq!(missing, 1, "one warning, however many strings");
    let home = page(&more, "fa/index.html");
    assert!(home.contains("کجا؟"), "its own string");
    assert!(home.contains("dir=\"rtl\""), "the page runs from the right");
    assert!(home.contains("<span lang=\"zh-CN\" dir=\"ltr\">"), "what is borrowed is marked");
    assert!(!home.chars().any(|c| u32::from(c) >= 0xF_0000), "no mark is left");
    let title = home.split("<title>").nth(1).and_then(|rest| rest.split('<').next()).expect("a title");
    assert!(title.contains("示范清单"), "{title}");
}

#[test]
fn korean_has_strings_of_its_own() {
    let written = site("  - {code: ko, tag: ko, name: 조선어, direction: ltr}\n");
    let home = page(&[("site.yaml", written.as_str())], "ko/index.html");
    assert!(home.contains("어디"), "where do you live");
}
