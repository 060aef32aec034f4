use super::*;
use crate::syntax::Value;

fn read(text: &str) -> Node {
    yaml::parse(FileId(0), text, &mut Findings::new()).expect("this is YAML")
}

/// Holds a text, and what it says when it is written anew by its tree, against what is expected.
fn becomes(before: &str, says: &str, after: &str) {
    assert_eq!(rewritten(before, &read(says)).as_deref(), Ok(after), "{before}");
}

#[test]
fn only_what_differs_is_written_and_comments_stay() {
    let before = "# 头\ntitle:\n  zh: 甲   # 名\n  en: \"A\"\nages: [3, 6]\n# 尾\nnote: |\n  一\n  二\n";
    becomes(
        before,
        "title: {zh: 乙, en: 'B: \"c\"'}\nages: [3, 7]\nnote: |\n  一\n  三\n",
        "# 头\ntitle:\n  zh: 乙   # 名\n  en: \"B: \\\"c\\\"\"\nages: [3, 7]\n# 尾\nnote: |\n  一\n  三\n",
    );
}

#[test]
fn fields_come_where_the_tree_has_them_and_go_with_their_lines() {
    let before = "title: 甲\ndates:\n  issued: 2025-01-01  # 发布\n# 说明\nstatus: draft\n";
    becomes(
        before,
        "title: 甲\nordinal: 1\nnotice: {zh: 一, en: One}\nstatus: draft\nnote: '甲: 乙'\n",
        "title: 甲\nordinal: 1\nnotice:\n  zh: 一\n  en: One\n# 说明\nstatus: draft\nnote: '甲: 乙'\n",
    );
    becomes("b: 1\n", "a: 0\nb: 1\n", "a: 0\nb: 1\n");
    becomes("# 只有说明\n", "a: {b: [1]}\n", "# 只有说明\na:\n  b:\n    - 1\n");
}

#[test]
fn items_come_go_and_move_in_the_manner_of_their_list() {
    let before = "services:\n\n  # ── 一 ──\n\n  - id: a\n    t: 甲  # 甲的\n\n  - id: b\n    t: 乙\n\n  - id: c  # 三\n    t: 丙\n";
    becomes(
        before,
        "services:\n  - {id: a, t: 甲}\n  - {id: x, t: 新, l: [1, {k: v, m: p}]}\n  - {id: b, t: 乙乙}\n  - {id: c, t: 丙}\n",
        "services:\n\n  # ── 一 ──\n\n  - id: a\n    t: 甲  # 甲的\n\n  - id: x\n    t: 新\n    l:\n      - 1\n      - k: v\n        m: p\n\n  - id: b\n    t: 乙乙\n\n  - id: c  # 三\n    t: 丙\n",
    );
    becomes(
        before,
        "services:\n  - {id: a, t: 甲}\n  - {id: c, t: 丙}\n",
        "services:\n\n  # ── 一 ──\n\n  - id: a\n    t: 甲  # 甲的\n\n  - id: c  # 三\n    t: 丙\n",
    );
    becomes(
        before,
        "services:\n  - {id: a, t: 甲}\n  - {id: c, t: 丙}\n  - {id: b, t: 乙}\n",
        "services:\n\n  # ── 一 ──\n\n  - id: a\n    t: 甲  # 甲的\n\n  - id: c  # 三\n    t: 丙\n\n  - id: b\n    t: 乙\n",
    );
}

#[test]
fn an_item_keeps_its_comments_when_its_name_changes() {
    becomes(
        "l:\n- id: a # 名\n  b: 1\n- id: c\n",
        "l:\n- {id: x, b: 1}\n- id: c\n",
        "l:\n- id: x # 名\n  b: 1\n- id: c\n",
    );
    becomes("l:\n- id: a\n  b: 1\n", "l:\n- b: 1\n", "l:\n- b: 1\n");
}

#[test]
fn words_between_brackets_change_one_by_one() {
    let before = "k: [甲, 乙,\n  丙, 丁]  # 词\n";
    becomes(before, "k: [甲, 乙2,\n  丙, 丁]\n", "k: [甲, 乙2,\n  丙, 丁]  # 词\n");
    becomes(before, "k: [甲, 乙, 丙, '戊, 己', 丁]\n", "k: [甲, 乙,\n  丙, '戊, 己', 丁]  # 词\n");
    becomes(before, "k: [甲, 丙, 丁]\n", "k: [甲,\n  丙, 丁]  # 词\n");
    becomes(before, "k: [乙, 丙]\n", "k: [乙, 丙]  # 词\n");
}

#[test]
fn line_ends_of_windows_stay() {
    becomes(
        "a: 1\r\nl:\r\n  - 甲\r\n",
        "a: 2\nb: {c: |\n    一\n    二\n  }\nl: [甲, 乙]\n"
            .replace("{c: |\n    一\n    二\n  }", "\n  c: |\n    一\n    二")
            .as_str(),
        "a: 2\r\nb:\r\n  c: |\r\n    一\r\n    二\r\nl:\r\n  - 甲\r\n  - 乙\r\n",
    );
}

#[test]
fn a_value_of_another_kind_is_written_anew() {
    becomes(
        "title: 甲 # 名\nx: 1\n",
        "title: {zh: 甲, en: A}\nx: 1\n",
        "title:\n  zh: 甲\n  en: A # 名\nx: 1\n",
    );
    becomes("a:\nb: 1\n", "a: 乙\nb: 1\n", "a: 乙\nb: 1\n");
    becomes("a:\n  - 1\n  - 2\nb: 1\n", "a: []\nb: 1\n", "a: []\nb: 1\n");
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    assert_eq!(rewritten("a: [1\nb: 2\n", &read("a: 1\n")), Err(Untidy::Broken));
}

/// Returns the tree with one change somewhere: the `at`th text is another, or is gone with its field or item.
fn changed(node: &Node, at: &mut usize, new: Option<&str>) -> Option<Node> {
    let mut node = node.clone();
    match &mut node.value {
        Value::Empty => {}
        Value::Text(text) => {
            let is_it = *at == 0;
            *at = at.wrapping_sub(1);
            if is_it {
                *text = new?.to_owned();
            }
        }
        Value::List(items) => *items = items.iter().filter_map(|item| changed(item, at, new)).collect(),
        Value::Map(entries) => {
            let kept = |entry: &Entry| {
                let value = changed(&entry.value, at, new)?;
                Some(Entry { key: entry.key.clone(), value })
            };
            *entries = entries.iter().filter_map(kept).collect();
        }
    }
    let is_empty = match &node.value {
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Empty | Value::Text(_) => false,
    };
    (!is_empty).then_some(node)
}

fn texts(node: &Node) -> usize {
    match &node.value {
        Value::Empty => 0,
        Value::Text(_) => 1,
        Value::List(items) => items.iter().map(texts).sum(),
        Value::Map(entries) => entries.iter().map(|entry| texts(&entry.value)).sum(),
    }
}

#[test]
fn every_text_of_a_real_list_can_be_changed_or_taken_out() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/fujian/migrant-children/2025.yaml");
    let file = std::fs::read_to_string(path).expect("the list is there");
    // A part of it is as good as the whole, in a tenth of the time.
    let end = file.match_indices("\n  - id: ").nth(2).expect("there are services").0;
    let text = &file[..=end];
    let node = read(text);
    for at in 0..texts(&node) {
        for new in [Some("新的：“文字” # 'x'"), Some("一\n\n二"), None] {
            let wanted = changed(&node, &mut at.clone(), new).expect("there is more than one text");
            let done = rewritten(text, &wanted);
            let done = done.unwrap_or_else(|why| panic!("text {at} as {new:?}: {why:?}"));
            assert_eq!(yaml::comments(&done), yaml::comments(text), "text {at} as {new:?}");
            let (old, now): (Vec<&str>, Vec<&str>) = (text.lines().collect(), done.lines().collect());
            let same = old.iter().zip(&now).take_while(|(a, b)| a == b).count();
            let rest = old.iter().rev().zip(now.iter().rev()).take_while(|(a, b)| a == b).count();
            assert!(same + rest + 12 >= old.len(), "text {at} as {new:?} changed more than its field");
        }
    }
}
