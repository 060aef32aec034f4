//! The lists as data for programs: links lead somewhere, and programs that were written for this version still work. That
//! every file is what the description says is held by a judge of JSON Schema: `standards.rs`.
//!
//! `api/v1.json` is what version 1 promised. What is added to it is accepted (`UPDATE_EXPECT=1` writes it); what a program
//! could miss is not.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use files::Tree;
use serde_json::{Map, Value};

/// Where the data stands on a site.
const API: &str = "api/v1/";

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Builds a catalogue with these arguments.
fn built(catalogue: &Path, arguments: &[&str]) -> Tree {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let content = catalogue.to_str().expect("a path of ours is text");
    let out = temp.path().join("out");
    let to = ["--today", "2026-03-01", "--out", out.to_str().expect("a path of ours is text")];
    let ran = program::qingdan(temp.path(), &[arguments, &[content], &to].concat(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    files::tree(&out)
}

/// The site of `content/` with drafts.
fn site() -> &'static Tree {
    static SITE: OnceLock<Tree> = OnceLock::new();
    SITE.get_or_init(|| built(&here("content"), &["build", "--drafts"]))
}

/// The site of the invented province, in which every verdict and change occurs.
fn demo() -> &'static Tree {
    static SITE: OnceLock<Tree> = OnceLock::new();
    SITE.get_or_init(|| {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let ran = program::qingdan(temp.path(), &["init", "--demo", "demo"], &[]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        built(&temp.path().join("demo"), &["build", "--drafts", "--base-url", "https://example.org/lists/"])
    })
}

fn data(site: &Tree) -> impl Iterator<Item = (&str, &Vec<u8>)> {
    site.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(API)?, bytes)))
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("data is JSON")
}

fn description(site: &Tree) -> Value {
    json(&site[&format!("{API}openapi.json")])
}

/// Returns every text below a value that stands under one of these names.
fn under<'v>(value: &'v Value, names: &[&str], found: &mut Vec<&'v str>) {
    match value {
        Value::Object(known) => known.iter().for_each(|(name, value)| {
            match value {
                Value::String(text) if names.contains(&name.as_str()) => found.push(text),
                Value::Object(inner) if names.contains(&name.as_str()) => {
                    found.extend(inner.values().filter_map(Value::as_str));
                }
                _ => {}
            }
            under(value, names, found);
        }),
        Value::Array(values) => values.iter().for_each(|value| under(value, names, found)),
        _ => {}
    }
}

const LINKS: &[&str] = &["self", "pages", "verdicts", "changes", "documents", "timeline", "atom", "json"];

#[test]
fn links_lead_to_files_of_the_site() {
    let (mut links, mut absolute) = (0, 0);
    for (path, bytes) in data(site()) {
        let (document, mut found) = (json(bytes), Vec::new());
        under(&document, LINKS, &mut found);
        for link in found.into_iter().filter(|_| path != "openapi.json") {
            let target = files::followed(&format!("{API}{path}"), link);
            assert!(site().contains_key(&target), "{path} links to {link}, which is not there");
            links += 1;
        }
    }
    for (path, bytes) in data(demo()) {
        let (document, mut found) = (json(bytes), Vec::new());
        under(&document, LINKS, &mut found);
        for link in found.into_iter().filter(|_| path != "openapi.json") {
            let target = link.strip_prefix("https://example.org/lists/").expect("a full address");
            let page = if target.is_empty() || target.ends_with('/') { "index.html" } else { "" };
            assert!(demo().contains_key(&format!("{target}{page}")), "{path} links to {link}");
            absolute += 1;
        }
    }
    assert!(links > 1000 && absolute > 300, "{links} relative links, {absolute} full ones");
}

#[test]
fn pages_lead_to_what_they_say_as_data() {
    const MARK: &str = "<link rel=\"alternate\" type=\"application/json\" href=\"";
    let (mut with, mut services) = (0, 0);
    for (path, bytes) in site().iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = std::str::from_utf8(bytes).expect("a page is UTF-8");
        let Some((_, rest)) = page.split_once(MARK) else {
            assert!(!page.contains("rel=\"canonical\""), "{path} leads to no data");
            continue;
        };
        let target = files::followed(path, rest.split('"').next().expect("an attribute ends"));
        assert!(site().contains_key(&target), "{path} leads to {target}");
        with += 1;
        services += usize::from(target.contains("/services/"));
    }
    assert!(with > 1000 && services > 500, "{with} pages, {services} of services");
}

#[test]
fn every_provision_of_every_list_is_there_in_full() {
    let edition = json(&site()[&format!("{API}editions/fujian/migrant-children/2025.json")]);
    let services = edition["services"].as_array().expect("services");
    let provisions: Vec<&Value> =
        services.iter().flat_map(|service| service["provisions"].as_array().expect("provisions")).collect();
    assert_eq!((services.len(), provisions.len()), (20, 67));
    for service in services {
        let content = service["content"]["zh"].as_str().expect("official words");
        for provision in service["provisions"].as_array().expect("provisions") {
            assert!(content.contains(provision["quote"]["zh"].as_str().expect("a quote")));
            assert!(provision["plain"]["en"].is_string());
        }
    }
    let one =
        json(&site()[&format!("{API}services/fujian.xiamen/migrant-children/preschool-education.json")]);
    assert_eq!(one["status"], "draft");
    assert_eq!(one["adopts"]["edition"], "fujian/migrant-children/2025");
    assert_eq!(one["front_desk"]["department"]["zh"], "教育局");
    assert_eq!(one["provisions"], services[1]["provisions"]);
}

#[test]
fn without_drafts_only_what_is_issued_is_there() {
    let site = built(&here("content"), &["build"]);
    assert!(!site.contains_key(&format!("{API}lists/fujian.xiamen/migrant-children.json")));
    assert!(site.contains_key(&format!("{API}lists/fujian/migrant-children.json")));
    for (path, bytes) in data(&site) {
        assert!(!String::from_utf8_lossy(bytes).contains("\"status\":\"draft\""), "{path} has a draft");
    }
}

#[test]
fn verdicts_and_changes_are_those_of_the_demonstration() {
    let counted = |verdict: &str| {
        let files = data(demo()).filter(|(path, _)| path.starts_with("verdicts/"));
        files.map(|(_, bytes)| json(bytes)["summary"][verdict].as_u64().expect("a count")).sum::<u64>()
    };
    for verdict in ["exceeded", "met", "needs_review", "misquoted", "weaker", "missing"] {
        assert!(counted(verdict) > 0, "{verdict}");
    }
    let changes = data(demo()).filter(|(path, _)| path.starts_with("changes/"));
    let kinds: BTreeSet<String> = changes
        .flat_map(|(_, bytes)| json(bytes)["changes"].as_array().cloned().expect("changes"))
        .map(|change| change["kind"].as_str().expect("a kind").to_owned())
        .collect();
    assert!(kinds.len() >= 5, "{kinds:?}");
}

#[test]
fn the_data_weighs_at_most_a_third_of_the_pages() {
    let size = |test: &dyn Fn(&str) -> bool| -> usize {
        site().iter().filter(|(path, _)| test(path)).map(|(_, bytes)| bytes.len()).sum()
    };
    let (data, pages) = (size(&|path| path.starts_with(API)), size(&|path| path.ends_with(".html")));
    assert!(data * 3 <= pages, "{data} bytes of data, {pages} of pages");
}

#[test]
fn the_data_can_be_had_without_the_pages() {
    let alone = built(&here("content"), &["export", "data", "--drafts"]);
    let data = |tree: &Tree| -> Tree {
        tree.iter()
            .filter(|(path, _)| path.starts_with("api/"))
            .map(|(a, b)| (a.clone(), b.clone()))
            .collect()
    };
    assert_eq!(data(&alone), data(site()));
    assert!(alone.keys().all(|path| !path.ends_with(".html")));
}

#[test]
fn a_site_can_withhold_its_data() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let content = temp.path().join("content");
    files::copy(&here("tests/sites/shifan/content"), &content);
    let settings = content.join("site.yaml");
    let text = std::fs::read_to_string(&settings).expect("the settings are there");
    std::fs::write(&settings, format!("{text}open_data: withheld\n")).expect("they can be written");
    let site = built(&content, &["build", "--drafts"]);
    assert!(site.keys().all(|path| !path.starts_with("api/")));
    let pages = site.iter().filter(|(path, _)| path.ends_with(".html"));
    assert!(
        pages
            .into_iter()
            .all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("application/json\" href"))
    );
    let ran = program::qingdan(temp.path(), &["export", "data", "content"], &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("open_data: withheld"), "{}", ran.stderr);
}

#[test]
fn feeds_as_json_say_what_those_as_atom_say() {
    let feeds: Vec<&String> = demo().keys().filter(|path| path.ends_with("/changes.json")).collect();
    let feeds: Vec<&String> = feeds.into_iter().filter(|path| !path.starts_with("api/")).collect();
    assert!(!feeds.is_empty());
    for path in feeds {
        let feed = json(&demo()[path]);
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["feed_url"], format!("https://example.org/lists/{path}"));
        let atom = String::from_utf8_lossy(&demo()[&path.replace(".json", ".atom")]).replace("&amp;", "&");
        let items = feed["items"].as_array().expect("items");
        assert_eq!(items.len(), atom.matches("<entry>").count(), "{path}");
        for item in items {
            for (name, before, behind) in [
                ("id", "<id>", "</id>"),
                ("title", "<title>", "</title>"),
                ("content_text", "<summary>", "</summary>"),
            ] {
                let said = item[name].as_str().expect("a text");
                assert!(atom.contains(&format!("{before}{said}{behind}")), "{path}: {name} {said}");
            }
        }
    }
}

/// Returns what of the promise is not held any more: properties and addresses that are gone, are no longer always there, or
/// are of another type, and words that are new in a closed list or gone from it.
fn broken(promised: &Value, now: &Value, at: &str, complaints: &mut Vec<String>) {
    match (promised, now) {
        (Value::Object(promised), Value::Object(now)) => {
            for (name, value) in promised.iter().filter(|(name, _)| *name != "description") {
                match now.get(name) {
                    Some(now) => broken(value, now, &format!("{at}/{name}"), complaints),
                    None => complaints.push(format!("{at}/{name} is gone")),
                }
            }
        }
        (Value::Array(promised), Value::Array(now)) if at.ends_with("/required") => {
            let gone = promised.iter().filter(|name| !now.contains(name));
            complaints.extend(gone.map(|name| format!("{at}: {name} is not always there")));
        }
        _ if promised == now => {}
        _ => complaints.push(format!("{at} was {promised}, is {now}")),
    }
}

/// Returns a description without what no program rests on.
fn promise(described: &Value) -> Value {
    let paths = described["paths"].as_object().expect("there are paths");
    let answer =
        |item: &Value| item["get"]["responses"]["200"]["content"]["application/json"]["schema"].clone();
    let paths: Map<String, Value> = paths.iter().map(|(path, item)| (path.clone(), answer(item))).collect();
    let mut promise = serde_json::json!({ "paths": paths, "schemas": described["components"]["schemas"] });
    without_words(&mut promise);
    promise
}

fn without_words(value: &mut Value) {
    match value {
        Value::Object(known) => {
            known.retain(|name, value| {
                !(matches!(name.as_str(), "description" | "title") && value.is_string())
            });
            known.remove("examples");
            known.values_mut().for_each(without_words);
        }
        Value::Array(values) => values.iter_mut().for_each(without_words),
        _ => {}
    }
}

#[test]
fn programs_written_for_version_1_still_work() {
    let file = here("tests/api/v1.json");
    let now = promise(&description(demo()));
    let promised = std::fs::read(&file).map_or_else(|_| Value::Object(Map::new()), |bytes| json(&bytes));
    let mut complaints = Vec::new();
    broken(&promised, &now, "", &mut complaints);
    assert!(
        complaints.is_empty(),
        "raise the version, or keep what was promised:\n{}",
        complaints.join("\n")
    );
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let text = serde_json::to_string_pretty(&now).expect("JSON can be written");
        std::fs::write(&file, text + "\n").expect("the promise can be written");
    }
    let written = std::fs::read(&file).expect("the promise is written");
    assert_eq!(json(&written), now, "UPDATE_EXPECT=1 writes down what was added");
}

#[test]
fn what_breaks_a_program_is_noticed() {
    let promised = promise(&description(demo()));
    let complaints = |change: &dyn Fn(&mut Value)| {
        let (mut now, mut complaints) = (promised.clone(), Vec::new());
        change(&mut now);
        broken(&promised, &now, "", &mut complaints);
        complaints.len()
    };
    let required = promised["schemas"]["Service"]["required"].as_array().expect("names").len();
    assert_eq!(complaints(&|_| {}), 0);
    let service = |now: &mut Value, change: &dyn Fn(&mut Map<String, Value>)| {
        change(now["schemas"]["Service"].as_object_mut().expect("a schema"));
    };
    let properties =
        |known: &mut Map<String, Value>| known["properties"].as_object_mut().expect("properties").clone();
    assert_eq!(complaints(&|now| service(now, &|known| drop(known.remove("properties")))), 1);
    assert_eq!(
        complaints(&|now| service(now, &|known| drop(
            known.insert("required".to_owned(), Value::Array(Vec::new()))
        ))),
        required
    );
    assert_eq!(
        complaints(&|now| service(now, &|known| {
            let mut more = properties(known);
            more.insert("colour".to_owned(), serde_json::json!({ "type": "string" }));
            known.insert("properties".to_owned(), Value::Object(more));
        })),
        0
    );
}
