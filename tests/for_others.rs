//! What other people show or say: pieces for their pages, texts, large print, texts to be spoken, mini-programs.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::path::{Path, PathBuf};

use files::Tree;
use serde_json::Value;

const SITE: &str = "https://lists.example.org/demo";

/// Writes the demonstration, lets `change` prepare it, and runs the program on it.
fn made(change: impl Fn(&Path), arguments: &[&str]) -> Tree {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let ran = program::qingdan(temp.path(), &["init", "--demo", "demo"], &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let demo: PathBuf = temp.path().join("demo");
    change(&demo);
    let more = ["demo", "--base-url", SITE, "--drafts", "--today", "2027-06-10", "--out", "out"];
    let ran = program::qingdan(temp.path(), &[arguments, &more].concat(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut tree = files::tree(&temp.path().join("out"));
    tree.retain(|path, _| !path.starts_with('.'));
    tree
}

fn text<'t>(tree: &'t Tree, path: &str) -> &'t str {
    let bytes = tree.get(path).unwrap_or_else(|| panic!("{path} is not among {:?}", tree.keys()));
    std::str::from_utf8(bytes).expect("it is UTF-8")
}

fn changed(file: &Path, old: &str, new: &str) {
    let text = std::fs::read_to_string(file).expect("it is there");
    assert!(text.contains(old), "{} has no {old}", file.display());
    std::fs::write(file, text.replacen(old, new, 1)).expect("it can be written");
}

/// Lets a title of the consultation in Yishi hold what would be markup.
fn with_markup(demo: &Path) {
    let list = demo.join("shifan/yishi/migrant-children/2027.yaml");
    changed(&list, "zh: 儿童健康服务", "zh: 儿童<b onclick=x>健康</b>&服务");
}

#[test]
fn a_text_says_what_a_family_needs() {
    let tree = made(|_| (), &["export", "data", "--as", "text"]);
    let one = text(&tree, "text/en/shifan.jiashi/migrant-children/child-health.txt");
    for said in [
        "Child health\n",
        "\nWho it is for\n",
        "\nWhat you get\n1. ",
        "\nWhat to bring\n",
        "\nWhom to go to first\n",
    ] {
        assert!(one.contains(said), "{said:?} is not in\n{one}");
    }
    let zh = text(&tree, "text/zh/shifan.jiashi/migrant-children/child-health.txt");
    assert!(zh.contains("\n先找谁\n") && zh.contains("\n要带什么\n1. 孩子的预防接种证\n"), "{zh}");
    let whole = text(&tree, "text/zh/shifan.jiashi/migrant-children.txt");
    assert!(whole.contains(zh.trim_end().lines().last().expect("it has lines")));
    let draft = text(&tree, "text/zh/shifan.yishi/migrant-children.txt");
    assert!(draft.contains("征求意见稿，不是正式公布的清单"));
}

#[test]
fn a_voice_meets_no_sign_it_stumbles_over() {
    let tree = made(|_| (), &["export", "data", "--as", "voice"]);
    assert!(tree.len() > 80, "{}", tree.len());
    for (path, bytes) in &tree {
        let said = std::str::from_utf8(bytes).expect("it is UTF-8");
        for line in said.lines() {
            let is_plain = |c: char| {
                c.is_alphanumeric() || matches!(c, ' ' | '，' | '。' | ',' | '.' | '\'' | '’' | '-')
            };
            let stumbles: Vec<char> = line.chars().filter(|c| !is_plain(*c)).collect();
            assert!(stumbles.is_empty(), "{path}: {stumbles:?} in {line}");
            assert!(
                line.ends_with(['。', '.']) && !line.starts_with(['，', '。', ',', '.']),
                "{path}: {line}"
            );
            assert!(
                !line.contains("，，") && !line.contains("。。") && !line.contains("，。"),
                "{path}: {line}"
            );
        }
    }
    let one = text(&tree, "voice/zh/shifan.jiashi/migrant-children/child-health.txt");
    assert!(one.contains("第1，") && one.contains("电话。0 0 0 0，7 6 5 4 3 2 1。"), "{one}");
}

#[test]
fn a_mini_program_finds_everything_where_it_looks() {
    fn no_null(value: &Value, at: &str) {
        match value {
            Value::Null => panic!("{at} is null"),
            Value::Object(known) => {
                known.iter().for_each(|(name, value)| no_null(value, &format!("{at}/{name}")));
            }
            Value::Array(values) => values.iter().for_each(|value| no_null(value, at)),
            _ => {}
        }
    }
    let tree = made(|_| (), &["export", "data", "--as", "mini"]);
    for (path, bytes) in &tree {
        assert!(bytes.len() < 256 * 1024, "{path} has {} bytes", bytes.len());
        no_null(&serde_json::from_slice(bytes).expect("it is JSON"), path);
    }
    let lists: Value = serde_json::from_slice(&tree["mini/zh/lists.json"]).expect("it is JSON");
    for list in lists["lists"].as_array().expect("lists") {
        let file = format!("mini/zh/{}", list["file"].as_str().expect("a file"));
        let list: Value = serde_json::from_slice(&tree[&file]).expect("it is JSON");
        let areas = list["areas"].as_array().expect("areas");
        let services = areas.iter().flat_map(|area| area["services"].as_array().expect("services"));
        for service in services {
            let keys: Vec<&String> = service.as_object().expect("a service").keys().collect();
            assert_eq!(keys, ["id", "number", "title", "familiar", "tel", "parts", "online", "page"]);
            assert!(service["page"].as_str().is_some_and(|page| page.starts_with("https://")));
        }
    }
}

#[test]
fn pieces_have_no_script_and_no_markup_of_the_content() {
    let tree = made(with_markup, &["export", "data", "--as", "embed"]);
    let pages = tree.iter().filter(|(path, _)| path.ends_with(".html"));
    for (path, bytes) in pages {
        let page = std::str::from_utf8(bytes).expect("it is UTF-8");
        for word in ["<script", "<style", "style=", " onclick=x>", "javascript:", "<b "] {
            assert!(!page.contains(word), "{path} has {word}");
        }
        let is_part = path.ends_with(".part.html");
        assert_eq!(page.contains("<html"), !is_part, "{path}");
        assert!(page.contains("class=\"qingdan\""), "{path}");
        assert_eq!(
            page.contains("qingdan-draft"),
            path.contains("shifan.yishi"),
            "{path}: drafts are marked"
        );
    }
    let one = text(&tree, "embed/zh/shifan.yishi/migrant-children/list.html");
    assert!(one.contains("儿童&lt;b onclick=x&gt;健康&lt;/b&gt;&amp;服务"), "{one}");
    assert!(one.contains("<link rel=\"stylesheet\" href=\"../../../embed.css\">"), "{one}");
    let check = text(&tree, "embed/en/shifan.jiashi/migrant-children/check.part.html");
    assert!(check.contains("https://lists.example.org/demo/en/shifan/jiashi/check.html"), "{check}");
    let service = text(&tree, "embed/zh/shifan.jiashi/migrant-children/service/child-health.html");
    assert!(service.contains("href=\"tel:0000-7654321\""), "{service}");
}

#[test]
fn pieces_are_built_only_where_the_site_offers_them() {
    let offered = |demo: &Path| {
        let settings = demo.join("site.yaml");
        let text = std::fs::read_to_string(&settings).expect("it is there");
        std::fs::write(&settings, text + "embeds: offered\n").expect("it can be written");
    };
    let pieces = |tree: &Tree| -> Tree {
        let own = tree.iter().filter(|(path, _)| path.starts_with("embed/"));
        own.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    let site = made(offered, &["build", "--no-search"]);
    let alone = made(|_| (), &["export", "data", "--as", "embed"]);
    assert!(pieces(&alone).len() > 200, "{}", alone.len());
    assert_eq!(pieces(&site), pieces(&alone));
    assert!(pieces(&made(|_| (), &["build", "--no-search"])).is_empty());
}

#[test]
fn who_offers_pieces_without_an_address_is_told_that_none_are_made() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    assert_eq!(program::qingdan(temp.path(), &["init", "--demo", "demo"], &[]).code, 0);
    let settings = temp.path().join("demo/site.yaml");
    let written = std::fs::read_to_string(&settings).expect("it is there");
    std::fs::write(&settings, written + "embeds: offered\n").expect("it can be written");
    let built = |more: &[&str]| {
        let words = [&["build", "demo", "--no-search", "--out", "site"], more].concat();
        program::qingdan(temp.path(), &words, &[]).stderr
    };
    assert!(built(&[]).contains("embeds"), "nothing is left out without a word");
    assert!(!built(&["--base-url", "https://lists.example.org"]).contains("embeds"));
}

#[test]
fn servers_let_pieces_be_framed_and_nothing_else() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let ran = program::qingdan(temp.path(), &["init", "--demo", "demo"], &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let settings = temp.path().join("demo/site.yaml");
    let written = std::fs::read_to_string(&settings).expect("it is there");
    for (more, framed) in [("", false), ("embeds: offered\nbase_url: https://lists.example.org/demo\n", true)]
    {
        std::fs::write(&settings, format!("{written}{more}")).expect("it can be written");
        let ran =
            program::qingdan(temp.path(), &["export", "hosting", "demo", "--out", "hosting", "--force"], &[]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        for name in ["nginx.conf", "Caddyfile"] {
            let text = std::fs::read_to_string(temp.path().join("hosting").join(name)).expect("it is there");
            assert_eq!(text.contains("frame-ancestors *"), framed, "{name}");
            assert!(text.contains("frame-ancestors 'none'"), "{name}");
        }
    }
}

#[test]
fn large_print_has_every_provision() {
    let tree = made(with_markup, &["export", "data", "--as", "large-print,json"]);
    let page = text(&tree, "large-print/en/shifan.jiashi/migrant-children.html");
    let edition: Value =
        serde_json::from_slice(&tree["api/v1/editions/shifan.jiashi/migrant-children/2027.json"])
            .expect("it is JSON");
    let services = edition["services"].as_array().expect("services").iter();
    let provisions = services.flat_map(|service| service["provisions"].as_array().expect("provisions"));
    for provision in provisions {
        let plain = provision["plain"]["en"].as_str().expect("plain words");
        let escaped =
            plain.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&#39;").replace('"', "&quot;");
        assert!(page.contains(&escaped) || page.contains(plain), "{plain}");
    }
    assert!(tree.contains_key("large-print/embed.css"));
    let draft = text(&tree, "large-print/zh/shifan.yishi/migrant-children.html");
    assert!(draft.contains("qingdan-draft") && !draft.contains("<b onclick"), "{draft}");
}
