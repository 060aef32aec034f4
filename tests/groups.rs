//! Lists of other kinds, from data alone: older people, disabled people of all ages, a county that writes English only.
//!
//! The catalogues lie in `tests/groups`; each is built as it is and read like a visitor would. What holds for children,
//! for household registration or for one province must stand in the data of those who have them, and nowhere else.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::path::{Path, PathBuf};

/// What no page of these catalogues may say.
const ELSEWHERE: &[&str] = &["孩子", "儿童", "child", "户口", "hukou", "Fujian", "福建", "GB/T"];

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Builds the catalogue `tests/groups/<name>` with `more` files in a folder of its own; returns what was said, and the site.
fn built(name: &str, more: &[(&str, &str)]) -> (program::Ran, files::Tree) {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let content = temp.path().join("content");
    files::copy(&here("tests/groups").join(name), &content);
    let more: Vec<(String, Vec<u8>)> =
        more.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    files::write(&content, more.iter().map(|(path, bytes)| (path, bytes)));
    let ran = program::qingdan(temp.path(), &["build", "--today", "2026-11-29"], &[]);
    (ran, files::tree(&temp.path().join("public")))
}

fn site(name: &str) -> files::Tree {
    let (ran, site) = built(name, &[]);
    assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
    assert!(!ran.stderr.contains("error["), "{name}: {}", ran.stderr);
    site
}

fn text<'s>(site: &'s files::Tree, path: &str) -> &'s str {
    let bytes = site.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes).expect("pages are UTF-8")
}

/// Returns the pages and the files that stand for them elsewhere: feeds, manifests, the later parts of pages, what is
/// searched. Scripts and styles of the theme know languages, and are no pages.
fn pages(site: &files::Tree) -> impl Iterator<Item = (&str, &str)> {
    let told = |name: &&String| {
        let ending = name.rsplit('.').next().unwrap_or_default();
        // What describes the data says what fields may hold on any site.
        let is_theme =
            name.starts_with("assets/") || name.ends_with("sw.js") || name.ends_with("openapi.json");
        ["html", "xml", "atom", "webmanifest", "json", "txt", "js"].contains(&ending) && !is_theme
    };
    site.keys().filter(told).map(|name| (name.as_str(), text(site, name)))
}

fn expect_nothing_from_elsewhere(name: &str, site: &files::Tree) {
    let mut complaints = Vec::new();
    for (page, text) in pages(site) {
        let found = ELSEWHERE.iter().filter_map(|word| Some((word, text.find(word)?)));
        complaints.extend(found.map(|(word, at)| {
            let around: String = text[at..].chars().take(40).collect();
            format!("{name}/{page}: {word}: {around}")
        }));
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn a_list_for_older_people_needs_no_code() {
    let site = site("elderly");
    expect_nothing_from_elsewhere("elderly", &site);
    let place = text(&site, "zh/yunshan/index.html");
    assert!(place.contains("老人在") && place.contains("给六十岁以上、住在这里的老人"));
    assert!(text(&site, "en/yunshan/index.html").contains("3 services for older people in "));
    assert!(text(&site, "en/yunshan/older-people/poster.html").contains("3 services for older people in "));
    // The line of ages goes from 60 to 120, and the allowance is its latter half.
    let service = text(&site, "zh/yunshan/older-people/old-age-allowance.html");
    assert!(service.contains("<rect x=\"40.0\" width=\"20.0\""), "{service}");
    assert!(service.contains("<span>60</span><span>70</span><span>80</span><span>90</span><span>120</span>"));
    // Whoever is 85 is asked two questions, not three, and is no “grown-up” who would have to ask.
    let parts = text(&site, "zh/yunshan/check.parts.js");
    assert!(parts.contains("data-q=\\\"years\\\"") && parts.contains("data-q=\\\"home\\\""));
    assert!(!parts.contains("data-q=\\\"unasked\\\""), "a group asks its own questions");
    assert!(text(&site, "zh/yunshan/check.html").contains("href=\"#/years\""));
    assert!(text(&site, "zh/yunshan/index.html").contains("guides/first-steps.html\">帮助"));
}

#[test]
fn a_list_for_disabled_people_of_all_ages_needs_no_code() {
    let site = site("disability");
    expect_nothing_from_elsewhere("disability", &site);
    // The list says which group it is for; its folder is called something else.
    assert!(text(&site, "zh/qingxi/index.html").contains("给住在这里的残疾人，不分年纪"));
    let service = text(&site, "zh/qingxi/for-all/school.html");
    assert!(service.contains("<span>0</span><span>18</span><span>60</span><span>120</span>"));
    for band in ["0-18", "18-60", "60-120"] {
        assert!(site.contains_key(&format!("zh/qingxi/for-all/age/{band}.html")), "{band}");
    }
}

#[test]
fn a_county_can_write_english_only() {
    let site = site("county");
    expect_nothing_from_elsewhere("county", &site);
    let is_chinese =
        |c: &char| matches!(*c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    for (page, text) in pages(&site) {
        let found = text.char_indices().find(|(_, c)| is_chinese(c));
        let around = found.map(|(at, _)| text[at..].chars().take(30).collect::<String>());
        assert_eq!(around, None, "{page}");
    }
    let place = text(&site, "en/northshire/index.html");
    assert!(place.contains("Boroughs here") && place.contains("For people who look after somebody at home"));
    let grant = text(&site, "en/northshire/carers/carer-grant.html");
    assert!(grant.contains("£300 a year"), "an amount in pounds is shown");
    assert!(grant.contains("A grant of £300 a year is paid"), "words of an alphabet stay apart");
    assert!(grant.contains("\"value\":\"E10000014\"") && !grant.contains("propertyID"));
    // Short addresses on paper take the code as it is.
    assert!(site.contains_key("E10000014/2/index.html"));
}

#[test]
fn pounds_are_compared_with_pounds() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    files::copy(&here("tests/groups/county"), &temp.path().join("content"));
    let ran = program::qingdan(temp.path(), &["coverage", "--format", "json", "--today", "2026-11-29"], &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let coverage: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    let services = coverage["lists"][0]["services"].as_array().expect("services of Eastham");
    let verdicts: Vec<_> = services.iter().map(|one| (one["id"].as_str(), one["verdict"].as_str())).collect();
    // £350 is more than £300, however the two are written.
    assert_eq!(verdicts, [(Some("respite"), Some("met")), (Some("carer-grant"), Some("exceeded"))]);
}

/// Two groups in one site: each list speaks to its own, what both see is said in words that both share.
const OTHERS: &[(&str, &str)] = &[
    (
        "vocabulary/groups.yaml",
        "groups:\n\
         \x20 - id: carers\n    name: Carers\n    words:\n\
         \x20     place-lead: {en: For carers}\n      places-title: {en: Where do you care?}\n\
         \x20     check-go: {en: 'What is there for us?'}\n\
         \x20 - id: veterans\n    name: Veterans\n    like: carers\n    words:\n\
         \x20     place-lead: {en: For veterans}\n      check-go: {en: What do veterans get?}\n",
    ),
    ("northshire/veterans/2026.yaml", include_str!("groups/county/northshire/carers/2025.yaml")),
];

#[test]
fn words_are_those_of_the_group_or_of_all_that_say_the_same() {
    let (ran, site) = built("county", OTHERS);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    // Both say the same for the choice of a place: one has it from the other.
    assert!(text(&site, "en/index.html").contains("Where do you care?"));
    // A place with lists for both takes the neutral words where the two differ.
    let both = text(&site, "en/northshire/index.html");
    assert!(
        both.contains("What you can get, who can have it and whom to ask.") && !both.contains("For carers")
    );
    assert!(both.contains("What can we get?"));
    // One with a list for one group takes that group's.
    let one = text(&site, "en/northshire/eastham/index.html");
    assert!(one.contains("For carers") && one.contains("What is there for us?"));
}

#[test]
fn words_that_fit_no_string_are_refused() {
    let groups =
        |words: &str| format!("groups:\n  - id: carers\n    name: Carers\n    words:\n      {words}\n");
    for (words, code) in [
        ("place-leads: {en: For carers}", "QD6005"),
        ("check-heading: {en: 'What can carers get in {place}?'}", "QD6006"),
    ] {
        let (ran, _) = built("county", &[("vocabulary/groups.yaml", &groups(words))]);
        assert!(ran.code == 1 && ran.stderr.contains(code), "{words}: {}", ran.stderr);
    }
    let circle = "groups:\n  - {id: carers, name: Carers, like: veterans}\n  - {id: veterans, name: Veterans, like: carers}\n";
    let (ran, _) = built("county", &[("vocabulary/groups.yaml", circle)]);
    assert!(ran.code == 1 && ran.stderr.contains("QD3051"), "{}", ran.stderr);
}

/// Words of the theme that name a group or a place. A unit counts per child where a list does; the ways to write an age in
/// a question are words of a language.
#[test]
fn the_theme_names_no_group_and_no_place() {
    const LANGUAGE: &[&str] = &["per-child:", "search.js"];
    let mut complaints = Vec::new();
    for folder in ["strings", "templates", "assets"] {
        let theme = here("themes/default").join(folder);
        for (name, bytes) in files::tree(&theme) {
            let Ok(text) = String::from_utf8(bytes) else { continue };
            for line in text.lines() {
                let words = line.split(|c: char| !c.is_alphanumeric());
                let named = words.filter(|word| {
                    ["child", "children", "kid", "kids", "hukou"].contains(&word.to_lowercase().as_str())
                });
                let is_code = name.ends_with(".js") || name.contains(".css");
                let in_english = folder == "strings" && named.count() > 0;
                let in_chinese = ["孩子", "儿童", "户口", "福建", "Fujian", "Xiamen", "厦门", "泉州"];
                let found = in_chinese.iter().any(|word| line.contains(word)) || (in_english && !is_code);
                if found && !LANGUAGE.iter().any(|known| line.starts_with(known) || name == *known) {
                    let is_key = line.contains("hukou-place:") && !line.contains(": hukou");
                    if !is_key {
                        complaints.push(format!("{folder}/{name}: {line}"));
                    }
                }
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}
