//! The search: tokens as in the browser, and a shipped form that holds the same index as elasticlunr-rs built.
//!
//! `tests/browser/search.test.mjs` runs the same vectors in JavaScript, loads the index with the stock
//! elasticlunr.js and asks real pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use qingdan::date::Date;
use qingdan::output::MemorySite;
use qingdan::pipeline::{self, Request};
use qingdan::search;
use serde_json::Value;

/// Tokens with their items and weights.
type Index = BTreeMap<String, BTreeMap<usize, f64>>;

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// The site of `content/`, with the indexes as JSON beside the shards.
static SITE: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let memory = MemorySite::new();
    let today = Date::parse("2025-06-01").expect("it is a day");
    let request = Request { oracle: true, ..Request::whole(today) };
    let outcome = pipeline::run(&content(), &request, &memory, &|_| {}).expect("the content can be read");
    assert!(outcome.pages > 0, "the content builds");
    memory.finish().into_iter().map(|(route, bytes)| (route.to_string(), bytes.to_vec())).collect()
});

/// Returns the file of a folder whose name begins and ends so.
fn file(folder: &str, begins: &str, ends: &str) -> &'static [u8] {
    let wanted = |path: &&String| {
        let name = path.strip_prefix(folder).unwrap_or_default();
        name.starts_with(begins) && name.ends_with(ends)
    };
    let path = SITE.keys().find(wanted).unwrap_or_else(|| panic!("{folder} has no {begins}…{ends}"));
    &SITE[path]
}

/// Returns the address that the first page of a place has in an attribute of its form, the last of several.
fn named(folder: &str, attribute: &str) -> String {
    let page = std::str::from_utf8(&SITE[&format!("{folder}index.html")]).expect("a page is UTF-8");
    let value = page.split(&format!(" {attribute}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.and_then(|all| all.split(' ').next_back()).expect("the form names it").to_owned()
}

/// Returns the data of a file of the shard of a place that is asked for first, `data-shard` or `data-more`.
fn shard(folder: &str, attribute: &str) -> Value {
    let script = std::str::from_utf8(&SITE[&format!("{folder}{}", named(folder, attribute))]);
    let script = script.expect("a shard is UTF-8");
    let json = script.strip_prefix("qingdanSearch(").and_then(|rest| rest.trim_end().strip_suffix(");"));
    serde_json::from_str(json.expect("a shard is one call")).expect("its argument is JSON")
}

/// Builds the index as `search.js` and `search-more.js` do from the two files of a shard.
fn rebuilt(data: &Value, more: &Value) -> Index {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let at = |value: &Value| usize::try_from(value.as_u64().expect("a place in a list")).expect("small");
    let ignored: Vec<String> = text(&data["ignored"]).split('|').flat_map(search::tokens).collect();
    let ignored: Vec<&String> = ignored.iter().filter(|word| word.is_ascii()).collect();
    let mut index = Index::new();
    let column = |n: usize| data["items"][n].as_array().expect("a column");
    for n in 0..column(0).len() {
        let item = |at: usize| &column(at)[n];
        let mut add = |text: &str, weight: f64| {
            for token in search::tokens(text).into_iter().filter(|token| !ignored.contains(&token)) {
                let known = index.entry(token).or_default().entry(n + 1).or_insert(weight);
                *known = known.max(weight);
            }
        };
        add(&text(item(5)), 6.0);
        for keys in item(7).as_array().expect("everyday words") {
            for phrase in text(keys).split(',') {
                let whole = match &search::runs(&search::normal(phrase))[..] {
                    [search::Run::Word(_)] => true,
                    [search::Run::Grams(characters)] => characters.len() < 3,
                    _ => false,
                };
                add(phrase, if whole { 5.0 } else { 3.0 });
            }
        }
        add(&text(&data["areas"][at(item(3))][1]), 1.5);
        for provision in item(6).as_array().expect("provisions") {
            add(&text(provision), 1.0);
        }
        add(&text(&more["rest"][n]), 1.0);
        for department in item(4).as_array().expect("departments") {
            add(&text(&data["departments"][at(department)]), 1.0);
        }
    }
    index
}

/// Reads the trie of elasticlunr.js.
fn read(node: &Value, token: &mut String, index: &mut Index) {
    for (key, child) in node.as_object().expect("a node is an object") {
        match key.as_str() {
            "df" => {}
            "docs" => {
                let docs = child.as_object().expect("docs are an object");
                let count = node["df"].as_u64().and_then(|df| usize::try_from(df).ok());
                assert_eq!(count, Some(docs.len()), "df of {token}");
                for (id, posting) in docs {
                    let weight = posting["tf"].as_f64().expect("a weight");
                    let id = id.parse().expect("ids are numbers");
                    index.entry(token.clone()).or_default().insert(id, weight);
                }
            }
            letter => {
                token.push_str(letter);
                read(child, token, index);
                token.pop();
            }
        }
    }
}

#[test]
fn tokens_are_those_of_the_golden_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/tokens.json");
    let vectors: Value =
        serde_json::from_str(&fs::read_to_string(path).expect("there is a golden file")).expect("it is JSON");
    let vectors = vectors.as_array().expect("it is a list");
    assert!(vectors.len() > 20);
    for vector in vectors {
        let text = vector["text"].as_str().expect("a text");
        let expected: Vec<&str> =
            vector["tokens"].as_array().expect("tokens").iter().flat_map(Value::as_str).collect();
        assert_eq!(search::tokens(text), expected, "tokens of {text}");
    }
}

#[test]
fn what_is_shipped_holds_the_index_that_was_built() {
    for folder in ["zh/fujian/", "en/fujian/", "zh/fujian/xiamen/", "en/fujian/xiamen/"] {
        let json: Value = serde_json::from_slice(file(folder, "elasticlunr", ".json")).expect("it is JSON");
        let mut built = Index::new();
        read(&json["index"]["text"]["root"], &mut String::new(), &mut built);
        let shipped = rebuilt(&shard(folder, "data-shard"), &shard(folder, "data-more"));
        for (token, postings) in &built {
            assert_eq!(shipped.get(token), Some(postings), "{folder}: {token}");
        }
        assert_eq!(shipped.len(), built.len(), "{folder}: no token is shipped that was not built");
    }
}

#[test]
fn the_index_is_as_elasticlunr_js_loads_it() {
    let json: Value = serde_json::from_slice(file("zh/fujian/", "elasticlunr", ".json")).expect("it is JSON");
    assert_eq!(json["version"], "0.9.5");
    assert_eq!(json["fields"], serde_json::json!(["text"]));
    assert_eq!(json["ref"], "id");
    assert_eq!(json["pipeline"], serde_json::json!([]), "steps it does not know would make it throw");
    assert_eq!(json["documentStore"]["save"], false);
    assert_eq!(json["documentStore"]["length"], 20);
}

#[test]
fn a_page_names_the_shard_that_is_there_and_search_can_be_left_out() {
    let page = String::from_utf8_lossy(&SITE["zh/fujian/xiamen/index.html"]).into_owned();
    let name = page.split("data-shard=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a form");
    assert!(SITE.contains_key(&format!("zh/fujian/xiamen/{name}")), "{name}");
    let memory = MemorySite::new();
    let today = Date::parse("2025-06-01").expect("it is a day");
    let request = Request { search: false, ..Request::whole(today) };
    pipeline::run(&content(), &request, &memory, &|_| {}).expect("the content can be read");
    let files = memory.finish();
    let about = files.iter().filter(|(route, _)| {
        let name = route.as_str();
        name.contains("/search.") && !name.starts_with("assets/")
    });
    assert_eq!(about.count(), 0);
    let form = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("role=\"search\"");
    assert!(!files.iter().any(|(_, bytes)| form(bytes)));
}
