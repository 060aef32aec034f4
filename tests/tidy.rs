//! Repairing, tidying and turning keys into Chinese: what files say stays the same.

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use qingdan::diagnostic::Findings;
use qingdan::span::FileId;
use qingdan::syntax::{Node, yaml};
use qingdan::tidy::{Untidy, agrees, tidied};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Returns every YAML text below a folder, with its name.
fn texts(folder: &str) -> Vec<(String, String)> {
    let is_yaml = |name: &String| name.ends_with(".yaml");
    let text = |(name, bytes)| Some((format!("{folder}/{name}"), String::from_utf8(bytes).ok()?));
    files::tree(&here(folder)).into_iter().filter(|(name, _)| is_yaml(name)).filter_map(text).collect()
}

/// Returns the tree of a text in which nothing is wrong.
fn read(text: &str) -> Option<Node> {
    let mut findings = Findings::new();
    yaml::parse(FileId(0), text, &mut findings).filter(|_| findings.is_empty())
}

fn is_same(a: &str, b: &str) -> bool {
    let (Some(x), Some(y)) = (read(a), read(b)) else { return false };
    agrees(&x, &y) && agrees(&y, &x) && yaml::comments(a) == yaml::comments(b)
}

#[test]
fn every_file_that_can_be_read_is_tidied_once_for_all() {
    let folders = [
        "content",
        "src/site/demo",
        "tests/sites",
        "tests/checks/base",
        "tests/slips/base",
        "tests/commands/catalogues",
    ];
    let mut complaints = Vec::new();
    for (name, text) in folders.into_iter().flat_map(texts) {
        match tidied(&text) {
            Ok(tidy) if !is_same(&text, &tidy) => complaints.push(format!("{name}: says something else")),
            Ok(tidy) if tidied(&tidy).as_ref() != Ok(&tidy) => {
                complaints.push(format!("{name}: is tidied again"));
            }
            Ok(_) => {}
            Err(Untidy::Broken) if read(&text).is_none() => {}
            Err(why) => complaints.push(format!("{name}: {why:?}")),
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_content_and_the_demonstration_are_tidy() {
    for (name, text) in ["content", "src/site/demo"].into_iter().flat_map(texts) {
        assert!(tidied(&text).as_ref() == Ok(&text), "{name}: run `qingdan fmt`");
    }
}

#[test]
fn what_is_tidied() {
    let cases = [
        ("a:   1   \nb :   2\n", "a: 1\nb: 2\n"),
        ("a:\n- 1\n-   2\n", "a:\n  - 1\n  - 2\n"),
        (
            "a:\n    # 注\n    - x: 1\n      y: 2\n    # 尾\nb: 3",
            "a:\n  # 注\n  - x: 1\n    y: 2\n  # 尾\nb: 3\n",
        ),
        ("\n\na: 1\n\n\n\nb: 2\n\n\n", "a: 1\n\nb: 2\n"),
        ("a: \"甲\n  乙\"\n", "a: |\n  甲 乙\n"),
        ("a: 甲\n  乙\nb: 1\n", "a: |\n  甲乙\nb: 1\n"),
        ("- 甲\n\n- 乙\n", "- 甲\n\n- 乙\n"),
        (
            "a: |\n      甲\n        乙\nb: {x: 1,\n   y: 2\n  }\n",
            "a: |\n  甲\n    乙\nb: {x: 1,\n  y: 2\n }\n",
        ),
        (
            "services:\n  # 一\n  - id: a\n    provisions: [x]\n  # 二\n  - id: b\n    provisions: [x]\n",
            "services:\n  # 一\n  - id: a\n    provisions: [x]\n\n  # 二\n  - id: b\n    provisions: [x]\n",
        ),
        ("a: 1\r\nb:\r\n    c: 2  \r\n", "a: 1\r\nb:\r\n  c: 2\r\n"),
        ("a: '甲 # 不是注' # 注\n", "a: '甲 # 不是注' # 注\n"),
        (
            "services:\n- id: a\n  departments:\n  - x\n  provisions:\n  - id: p\n- id: b\n  provisions:\n  - id: q\n",
            "services:\n  - id: a\n    departments:\n      - x\n    provisions:\n      - id: p\n\n  - id: b\n    provisions:\n      - id: q\n",
        ),
        ("? a\n: - b\n  - c\n", "? a\n: - b\n  - c\n"),
        ("a: |4\n    甲\n      乙\n", "a: |2\n  甲\n    乙\n"),
    ];
    for (text, expected) in cases {
        assert_eq!(tidied(text).as_deref(), Ok(expected), "{text}");
        assert!(is_same(text, expected), "{text}");
    }
}

/// Returns a text with every level `step` spaces further in instead of two, blanks after colons and at ends.
fn untidy(text: &str, step: usize, blanks: &[u8]) -> String {
    let mut out = String::new();
    for (at, line) in text.lines().enumerate() {
        let blanks = " ".repeat(usize::from(blanks[at % blanks.len()]));
        let rest = line.trim_start_matches(' ');
        let depth = (line.len() - rest.len()) / 2;
        out.push_str(&" ".repeat(depth * step));
        match rest.strip_prefix("- ") {
            Some(item) => out.push_str(&format!("-{}{item}", " ".repeat(step - 1))),
            None => out.push_str(rest),
        }
        // Blanks at the end of a comment or a block of text may mean something.
        if rest.is_empty() || rest.starts_with("- ") || rest.ends_with(':') {
            out.push_str(&blanks);
        }
        out.push('\n');
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// However far in the levels stand and whatever blanks there are, one tidy text comes of it.
    #[test]
    fn layouts_of_one_text_become_one(file in 0usize..1000, step in 2usize..7, blanks in prop::collection::vec(0u8..4, 1..9)) {
        // Rows of forms are lists in lists, whose levels cannot be told by their first blanks alone.
        let all: Vec<_> = texts("content").into_iter().filter(|(name, _)| !name.contains("forms/")).collect();
        let (name, text) = &all[file % all.len()];
        let tidy = tidied(text);
        prop_assert!(tidy.is_ok(), "{name}");
        prop_assert_eq!(tidied(&untidy(text, step, &blanks)), tidy, "{}", name);
    }

    /// Whatever a file is like, tidying it never changes what it says, and tidying it twice is as good as once.
    #[test]
    fn a_broken_file_keeps_what_it_says(file in 0usize..1000, cuts in prop::collection::vec((0usize..100_000, "[-:#'\"|>\\[\\]{} \na甲，：]{0,3}"), 1..4)) {
        let all = texts("tests/checks/base");
        let mut text = all[file % all.len()].1.clone();
        for (at, new) in cuts {
            let at = text.floor_char_boundary(at % (text.len() + 1));
            text.insert_str(at, &new);
        }
        if let Ok(tidy) = tidied(&text) {
            prop_assert!(is_same(&text, &tidy), "{}\n→\n{}", text, tidy);
            prop_assert_eq!(tidied(&tidy), Ok(tidy.clone()), "{}\n→\n{}", text, tidy);
        }
    }
}

/// Builds the site of a catalogue and lays its lists against their baselines.
fn outcome(folder: &Path, name: &str) -> (files::Tree, String) {
    let public = folder.join(format!("{name}-public"));
    let built = program::qingdan(
        folder,
        &["build", name, "--out", &public.to_string_lossy(), "--drafts", "--today", "2026-01-01"],
        &[],
    );
    assert_eq!(built.code, 0, "{}", built.stderr);
    let coverage = program::qingdan(
        folder,
        &["coverage", "--catalogue", name, "--format", "json", "--today", "2026-01-01"],
        &[],
    );
    (files::tree(&public), coverage.stdout)
}

#[test]
fn a_catalogue_in_chinese_words_gives_the_same_site() {
    for catalogue in ["content", "tests/sites/shifan/content"] {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let folder = temp.path();
        files::copy(&here(catalogue), &folder.join("c"));
        let english = outcome(folder, "c");
        for keys in ["zh", "en"] {
            let before = files::tree(&folder.join("c"));
            let ran = program::qingdan(folder, &["fmt", "c", "--keys", keys], &[]);
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            assert!(!ran.stderr.contains("left as it is"), "{}", ran.stderr);
            let after = files::tree(&folder.join("c"));
            assert_ne!(before, after, "{keys} changes something");
            let list = after
                .iter()
                .find(|(name, _)| name.ends_with("migrant-children/2025.yaml"))
                .expect("there is a list");
            let list = String::from_utf8_lossy(list.1);
            assert_eq!(list.contains("责任部门:") || list.contains("照录:"), keys == "zh", "{list}");
            let now = outcome(folder, "c");
            assert!(now.0 == english.0, "{catalogue}: the site of {keys} keys differs");
            assert_eq!(now.1, english.1);
            assert_eq!(program::qingdan(folder, &["fmt", "c", "--check"], &[]).code, 0, "it is tidy now");
        }
    }
}
