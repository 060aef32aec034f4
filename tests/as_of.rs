//! Points in time: what held on a day, what was decided and not yet in force, where provisions went.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::path::Path;

use files::Tree;
use serde_json::Value;

/// Writes the demonstration, lets `change` prepare it, and exports its data with these arguments.
fn exported(change: impl Fn(&Path), arguments: &[&str]) -> (tempfile::TempDir, Tree) {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let ran = program::qingdan(temp.path(), &["init", "--demo", "demo"], &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    change(&temp.path().join("demo"));
    let command = ["export", "data", "demo", "--out", "out", "--today", "2027-06-10"];
    let ran = program::qingdan(temp.path(), &[&command, arguments].concat(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let tree = files::tree(&temp.path().join("out"));
    (temp, tree)
}

fn json(tree: &Tree, path: &str) -> Value {
    let bytes = tree.get(path).unwrap_or_else(|| panic!("{path} is not among {:?}", tree.keys()));
    serde_json::from_slice(bytes).expect("data is JSON")
}

/// Returns the stretches of a list: from, until, edition.
fn stretches(timeline: &Value) -> Vec<(&str, Option<&str>, &str)> {
    let stretches = timeline["stretches"].as_array().expect("there are stretches").iter();
    stretches
        .map(|it| {
            let edition = it["edition"].as_str().expect("an edition");
            (it["from"].as_str().expect("a day"), it.get("until").and_then(Value::as_str), edition)
        })
        .collect()
}

const PROVINCE: &str = "api/v1/as-of/shifan/migrant-children.json";

#[test]
fn an_edition_holds_until_the_next_one_does() {
    let (_temp, tree) = exported(|_| (), &[]);
    let province = json(&tree, PROVINCE);
    assert_eq!(
        stretches(&province),
        [
            ("2025-03-01", Some("2027-03-01"), "shifan/migrant-children/2025"),
            ("2027-03-01", None, "shifan/migrant-children/2027"),
        ]
    );
    assert_eq!(province["decided"], Value::Array(Vec::new()));
    for stretch in province["stretches"].as_array().expect("stretches") {
        let document = stretch["document"].as_str().expect("a link");
        let edition = json(&tree, &files::followed(PROVINCE, document));
        assert_eq!(edition["id"], stretch["edition"]);
    }
    // A draft or a consultation never holds.
    let consulted = json(&tree, "api/v1/as-of/shifan.yishi/migrant-children.json");
    assert_eq!(stretches(&consulted), [("2025-06-02", None, "shifan/yishi/migrant-children/2025")]);
}

#[test]
fn what_is_decided_holds_from_the_day_it_takes_effect() {
    let later = |demo: &Path| {
        let file = demo.join("shifan/migrant-children/2027.yaml");
        let text = std::fs::read_to_string(&file).expect("it is there");
        let dated = text.replace("  issued: 2027-03-01\n", "  issued: 2027-03-01\n  effective: 2027-07-01\n");
        assert_ne!(text, dated);
        std::fs::write(&file, dated).expect("it can be written");
    };
    let (_temp, tree) = exported(later, &[]);
    let province = json(&tree, PROVINCE);
    assert_eq!(
        stretches(&province),
        [
            ("2025-03-01", Some("2027-07-01"), "shifan/migrant-children/2025"),
            ("2027-07-01", None, "shifan/migrant-children/2027"),
        ]
    );
    let decided = &province["decided"][0];
    assert_eq!((&decided["on"], &decided["from"]), (&Value::from("2027-03-01"), &Value::from("2027-07-01")));
    assert_eq!(province["stretches"][0]["next_decided"], "2027-03-01");
    let days = json(&tree, "api/v1/as-of.json");
    let of = |day: &str| {
        days["days"].as_array().expect("days").iter().find(|it| it["day"] == day).cloned().expect("the day")
    };
    assert_eq!(of("2027-03-01")["decided"][0], "shifan/migrant-children/2027");
    assert_eq!(of("2027-07-01")["in_force"][0], "shifan/migrant-children/2027");
}

#[test]
fn provisions_that_moved_are_followed() {
    let (_temp, tree) = exported(|_| (), &[]);
    let province = json(&tree, PROVINCE);
    let moves = province["moves"].as_array().expect("moves");
    let renamed: Vec<&Value> = moves
        .iter()
        .filter(|it| it["was"].as_str().is_some_and(|was| was.starts_with("health-examination/")))
        .collect();
    assert!(!renamed.is_empty(), "{moves:#?}");
    for it in renamed {
        let now = it["now"][0].as_str().expect("it went somewhere");
        assert!(now.starts_with("child-health/"), "{it}");
        assert_eq!(it["edition"], "shifan/migrant-children/2027");
    }
    // What kept its address is not told.
    assert!(moves.iter().all(|it| it["now"] != serde_json::json!([it["was"]])));
}

#[test]
fn what_changed_between_two_editions_is_what_the_later_one_changed() {
    let (_temp, tree) = exported(|_| (), &[]);
    let mut between = json(&tree, "api/v1/between/shifan/migrant-children/2025/2027.json");
    let mut changed = json(&tree, "api/v1/changes/shifan/migrant-children/2027.json");
    between["self"].take();
    changed["self"].take();
    assert_eq!(between, changed);
    assert!(!between["changes"].as_array().expect("changes").is_empty());
}

#[test]
fn data_of_a_day_has_what_held_then_and_says_so_in_every_address() {
    let (_temp, tree) = exported(|_| (), &["--on", "2026-03-01", "--base-url", "https://example.org"]);
    assert!(tree.keys().all(|path| !path.starts_with("api/v1/")), "{:?}", tree.keys());
    let index = json(&tree, "api/v1@2026-03-01/index.json");
    assert_eq!(index["as_of"], "2026-03-01");
    assert_eq!(index["documents"]["lists"], "https://example.org/api/v1@2026-03-01/lists.json");
    let lists = json(&tree, "api/v1@2026-03-01/lists.json");
    let standing: Vec<(&str, &str)> = lists["lists"]
        .as_array()
        .expect("lists")
        .iter()
        .map(|it| (it["id"].as_str().expect("an id"), it["edition"].as_str().expect("an edition")))
        .collect();
    // The county's list came in 2027.
    assert_eq!(
        standing,
        [
            ("shifan/migrant-children", "2025"),
            ("shifan/bingshi/migrant-children", "2025"),
            ("shifan/jiashi/migrant-children", "2025"),
            ("shifan/yishi/migrant-children", "2025"),
        ]
    );
    let (_temp, early) = exported(|_| (), &["--on", "2025-04-01"]);
    let lists = json(&early, "api/v1@2025-04-01/lists.json");
    assert_eq!(lists["lists"].as_array().expect("lists").len(), 1);
}

#[test]
fn a_day_names_the_edition_on_the_command_line() {
    let (temp, _) = exported(|_| (), &[]);
    let diff = |words: &[&str]| {
        program::qingdan(temp.path(), &[&["diff", "demo", "--format", "json"], words].concat(), &[])
    };
    let by_day = diff(&["shifan/migrant-children@2026-03-01", "shifan/migrant-children@2027-03-01"]);
    let by_name = diff(&["shifan/migrant-children/2025", "shifan/migrant-children/2027"]);
    assert_eq!((by_day.code, &by_day.stdout), (0, &by_name.stdout), "{}", by_day.stderr);
    let early = diff(&["shifan/migrant-children@2024-12-31", "shifan/migrant-children@2027-03-01"]);
    assert!(early.code == 2 && early.stderr.contains("2024-12-31"), "{}", early.stderr);
    let none = diff(&["shifan/migrant-children@soon"]);
    assert!(none.code == 2 && none.stderr.contains("is not a date"), "{}", none.stderr);
}
