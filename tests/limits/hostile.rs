//! Files that are meant to take long or much.

use qingdan::source::LARGEST_GUIDE;

/// The list that is replaced.
const LIST: &str = "shifan/jiashi/care/2025.yaml";
/// The guide that is replaced.
const GUIDE: &str = "shifan/guides/asking.zh.md";

const MEBIBYTE: usize = 1024 * 1024;

/// One file.
pub struct Hostile {
    pub name: String,
    /// Where it lies in the catalogue.
    pub path: &'static str,
    pub bytes: Vec<u8>,
    /// What must be said of it.
    pub says: &'static str,
}

/// Returns a file as large as one of its kind may be: `head`, then `unit` again and again.
fn filled(path: &'static str, name: &str, head: &str, unit: &str) -> Hostile {
    let most = if path == GUIDE { usize::try_from(LARGEST_GUIDE).expect("it is small") } else { MEBIBYTE };
    let units = (most - head.len()) / unit.len();
    let bytes = format!("{head}{}", unit.repeat(units)).into_bytes();
    Hostile { name: name.to_owned(), path, bytes, says: "" }
}

fn list(name: &str, text: String) -> Hostile {
    assert!(text.len() <= MEBIBYTE, "{name} has {} bytes", text.len());
    Hostile { name: name.to_owned(), path: LIST, bytes: text.into_bytes(), says: "" }
}

/// Returns lists with one very long text.
pub fn long_texts() -> Vec<Hostile> {
    const OFFICIAL: &str = "shifan/care/2025.yaml";
    let long = format!("每年提供一次健康检查，{}", "免费接种疫苗，".repeat(10_000));
    let with = |path, text: &str, old: &str| Hostile {
        name: format!("a long `{old}` in {path}"),
        path,
        bytes: text.replace(old, &old.replace("每年提供一次健康检查", &long)).into_bytes(),
        says: "",
    };
    let local = include_str!("../checks/base/shifan/jiashi/care/2025.yaml");
    let above = include_str!("../checks/base/shifan/care/2025.yaml");
    vec![
        Hostile { says: "QD3031", ..with(LIST, local, "content: {zh: 每年提供一次健康检查") },
        Hostile { says: "QD3030", ..with(LIST, local, "quote: 每年提供一次健康检查") },
        Hostile { says: "QD3031", ..with(OFFICIAL, above, "content: {zh: 每年提供一次健康检查") },
        with(OFFICIAL, above, "每年提供一次健康检查"),
        with(LIST, local, "每年提供一次健康检查"),
    ]
}

/// Returns files of at most one mebibyte, each of its own kind.
pub fn mebibytes() -> Vec<Hostile> {
    let units = [
        "[",
        "{",
        "- ",
        "? ",
        ": ",
        "a：\n",
        "\"",
        "'",
        "|\n",
        "&a ",
        "*a ",
        "\t",
        "\t\n",
        "　",
        "　\n",
        "清",
        "<<<<<<<\n",
        "=======\n",
        ">>>>>>>\n",
        "---\n",
        "#",
        "# \n",
        " ",
        " \n",
        "\n",
        "\r",
        "{a: ",
        "[[",
        "[{",
        "a: [",
        "\"a",
        "“",
        "”",
        "、",
        "a、",
        "- a、b\n",
        "title: ",
        "title：",
        "title\n",
        "id\n",
        "- id\n",
        "- id: a\n",
        "id: a\n",
        "  id: a\n",
        "服务项目：\n",
        "- 服务项目：a\n",
        "zh: \"\n",
        "zh: '\n",
        "zh: [\n",
        "zh: ]\n",
        "zh: }\n",
        "zh: *a\n",
        "zh: %\n",
        "zh: a: b\n",
        "a #b\n",
        "•a\n",
        "－a\n",
        "-a\n",
        "1、a\n",
        "!a ",
        "% ",
        "@",
        "`",
        "```\n",
        "\\",
        "\u{0}",
        "\u{7}",
        "\u{feff}",
        "\u{200b}",
        "\u{fffd}",
        "锟斤拷",
        "\u{e5e5}",
        "⼉",
        "138",
        "13800138000 ",
        "1 ",
        "1-",
        "a,",
        ",",
        "，",
        "2025-01-01\n",
        "a: ~\n",
        "a: |\n  b\n",
        "...\n",
        "a:\n b:\n",
        "<a>",
        "é",
        "\u{300}",
        "a\u{300}",
        "ﷺ",
        "𠮷",
        "👨‍👩‍👧",
    ];
    let mut files: Vec<Hostile> =
        units.iter().map(|unit| filled(LIST, &format!("list of {unit:?}"), "", unit)).collect();
    let head = "title: {zh: 甲, en: a}\nstatus: draft\nservices:\n";
    for unit in [
        "  - adopts: kindergarten\n",
        "  - a\n",
        "  - id: a\n    number: 1\n",
        "  -\n",
        "  - {}\n",
        "  - id: a1\n",
    ] {
        files.push(filled(LIST, &format!("services of {unit:?}"), head, unit));
    }
    let text = "title:\n  zh: ";
    for unit in
        ["清", "清 ", "清\n    ", "清：", "a: ", "'", "a\"", "#", " #", "*", "⼉", "13800138000，", "1 1 "]
    {
        files.push(filled(LIST, &format!("title of {unit:?}"), text, unit));
    }
    for unit in ["清", "\"", "\\u0041", "\n", "清\n"] {
        files.push(filled(LIST, &format!("title in quotation marks of {unit:?}"), "title:\n  zh: \"", unit));
    }
    for unit in ["清\n      ", "area：b\n      "] {
        files.push(filled(LIST, &format!("block of {unit:?}"), "title:\n  zh: |\n      ", unit));
    }
    files.push(list("a staircase of fields", staircase("a:\n")));
    files.push(list("a staircase of dashes", staircase("-\n")));
    files.push(list("a staircase of full-width colons", staircase("title：\n")));
    files.push(list("100 000 fields", (0..100_000).map(|n| format!("k{n}: 1\n")).collect()));
    files.push(list("60 000 misspelt fields", (0..60_000).map(|n| format!("titel{n}: a\n")).collect()));
    files.push(list("30 000 services", numbered(head, 30_000, |n| format!("  - adopts: s{n}\n"))));
    files.push(list(
        "16 000 services of their own",
        numbered(head, 16_000, |n| format!("  - id: s{n}\n    number: {n}\n    area: health\n")),
    ));
    files.push(list(
        "6 000 departments in one text",
        format!("{head}  - id: a\n    departments: {}\n", "市教育局、".repeat(6_000)),
    ));
    files.push(list("40 000 conflicts", "<<<<<<< a\nb: 1\n=======\n".repeat(40_000)));
    for unit in [
        "[",
        "*",
        "**",
        ">",
        "> ",
        "|",
        "| a ",
        "|-",
        "![",
        "[a](",
        "<",
        "<a>",
        "&",
        "`",
        "# ",
        "- ",
        "1. ",
        "_",
        "~",
        "\\",
        "[a]: b\n",
        "a\n\n",
        "清\n",
        "**清",
        "**“清”**",
        "* a\n",
        "<!--",
        "[^1]",
        "http://a ",
        "13800138000\n",
        "\u{fdd0}",
    ] {
        files.push(filled(GUIDE, &format!("guide of {unit:?}"), "# 标题\n\n", unit));
    }
    for (path, unit) in [
        ("site.yaml", "a："),
        ("site.yaml", "checks: "),
        ("shifan/place.yaml", "code：1\n"),
        ("shifan/place.yaml", "["),
        ("shifan/jiashi/contacts.yaml", "- department: a\n"),
        ("vocabulary/areas.yaml", "  - id: a\n"),
        ("vocabulary/departments.yaml", "教育、"),
        ("vocabulary/synonyms.yaml", "- [a, b]\n"),
        ("editions.lock", "["),
        ("editions.lock", "a: b\n"),
        ("translations.lock", "a: b\n"),
        ("shifan/care/2025.yaml", "- id: a\n"),
    ] {
        files.push(filled(path, &format!("{path} of {unit:?}"), "", unit));
    }
    files
}

/// Returns lines that go further and further in, as many as fit.
fn staircase(line: &str) -> String {
    let mut text = String::new();
    for depth in 0.. {
        let step = format!("{}{line}", " ".repeat(depth));
        if text.len() + step.len() > MEBIBYTE {
            break;
        }
        text.push_str(&step);
    }
    text
}

fn numbered(head: &str, count: usize, item: impl Fn(usize) -> String) -> String {
    let items: String = (0..count).map(item).collect();
    format!("{head}{items}")
}

/// Returns files that are refused, with what is said of them.
pub fn refused() -> Vec<Hostile> {
    let refused = |name: &str, bytes: Vec<u8>, says: &'static str| Hostile {
        name: name.to_owned(),
        path: LIST,
        bytes,
        says,
    };
    let service = "  - adopts: kindergarten\n";
    let large = format!("services:\n{}", service.repeat(100 * MEBIBYTE / service.len()));
    let anchor = format!("note: {{zh: &a {}}}\nservices: [{}]\n", "x".repeat(100_000), "*a, ".repeat(20_000));
    vec![
        refused("100 MB of services", large.into_bytes(), "QD1001"),
        refused("100 MB of zeros", vec![0; 100 * MEBIBYTE], "QD1001"),
        Hostile { path: GUIDE, ..refused("1 MiB of > in a guide", vec![b'>'; MEBIBYTE], "QD1001") },
        refused("200 kB of [", vec![b'['; 200_000], "QD10"),
        refused("a billion laughs", laughs().into_bytes(), "QD10"),
        refused("a bomb of merges", merges().into_bytes(), "QD10"),
        refused("100 kB of anchor, 20 000 times", anchor.into_bytes(), "QD10"),
    ]
}

fn laughs() -> String {
    let mut text = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for (before, name) in ('a'..'i').zip('b'..) {
        let again = format!("*{before}, ").repeat(9);
        text.push_str(&format!("{name}: &{name} [{again}]\n"));
    }
    text
}

fn merges() -> String {
    let mut text = "a: &a {k0: v, k1: v, k2: v}\n".to_owned();
    for (before, name) in ('a'..'t').zip('b'..) {
        text.push_str(&format!("{name}: &{name} {{<<: [*{before}, *{before}, *{before}], {name}: v}}\n"));
    }
    text
}
