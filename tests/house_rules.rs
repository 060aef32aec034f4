//! The house rules that a machine can hold. Where one must be broken, its list of exceptions says why.

#[path = "support/code.rs"]
mod code;
#[path = "support/files.rs"]
mod files;

use code::{Source, line_of, sources, uses};

/// Files that may break a rule, each with the reason.
type Exceptions = &'static [(&'static str, &'static str)];

fn assert_none(complaints: &[String], rule: &str) {
    assert!(complaints.is_empty(), "\n{}\n{rule}", complaints.join("\n"));
}

/// Returns `path:line: word` for each of `words` in the code of `source`.
fn words_in(source: &Source, words: &[&str]) -> Vec<String> {
    let found = words.iter().flat_map(|word| source.code.match_indices(word).map(move |(at, _)| (at, word)));
    let whole =
        found.filter(|(at, _)| !source.code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
    whole.map(|(at, word)| format!("{}:{}: {word}", source.path, line_of(&source.code, at))).collect()
}

fn excepted(source: &Source, exceptions: Exceptions) -> bool {
    exceptions.iter().any(|(path, _)| source.path.starts_with(path))
}

#[test]
fn nothing_is_unwrapped_printed_or_left_to_do() {
    const WORDS: &[&str] = &["todo!", "unimplemented!", "dbg!", "println!", "print!", "eprintln!", "eprint!"];
    let sources = sources();
    let mut complaints: Vec<String> = sources.iter().flat_map(|source| words_in(source, WORDS)).collect();
    for source in &sources {
        let unwrapped = source.code.match_indices(".unwrap()");
        complaints.extend(
            unwrapped.map(|(at, _)| format!("{}:{}: .unwrap()", source.path, line_of(&source.code, at))),
        );
    }
    assert_none(&complaints, "say with `expect` which invariant holds; print in `cli` through `terminal`");
}

#[test]
fn containers_are_ordered() {
    // Walking one is refused by the lint `iter_over_hash_type`.
    const LOOKED_UP: Exceptions = &[
        ("src/reading/wording", "words are looked up at every character"),
        ("src/reading/likeness.rs", "as are pairs of characters"),
        ("src/reading/library.rs", "readings are looked up by their texts"),
    ];
    let sources = sources();
    let complaints: Vec<String> = sources
        .iter()
        .filter(|source| !excepted(source, LOOKED_UP))
        .flat_map(|source| words_in(source, &["HashMap", "HashSet"]))
        .collect();
    assert_none(&complaints, "use `BTreeMap` and `BTreeSet`: the same input gives the same bytes");
}

#[test]
fn disk_environment_and_clock_stay_at_the_edges() {
    const EDGES: Exceptions = &[
        ("src/document/source/", "reads the input files"),
        ("src/storage/", "writes files"),
        ("src/app/output/", "writes the site"),
        ("src/app/serve/", "watches and answers"),
        ("src/cli/", "knows arguments, environment and time"),
        ("src/main.rs", "hands the arguments over"),
    ];
    let mut complaints = Vec::new();
    for source in sources().iter().filter(|source| !excepted(source, EDGES)) {
        let touched = uses(&source.code, "std")
            .into_iter()
            .filter(|(_, name)| matches!(*name, "fs" | "env" | "net" | "process"));
        complaints.extend(touched.map(|(line, name)| format!("{}:{line}: std::{name}", source.path)));
        complaints.extend(words_in(source, &["SystemTime", "Instant"]));
    }
    assert_none(&complaints, "a stage takes values and returns values; pass in what it needs");
}

#[test]
fn checks_and_pages_ask_the_analysis() {
    const WORDS: &[&str] = &[
        "coverage::cover",
        "coverage::queries",
        "hold_against",
        "history::diff",
        "history::status",
        "Table::new",
    ];
    const ASKING: &[&str] = &["src/analysis/check/", "src/site/", "src/app/pipeline.rs"];
    let complaints: Vec<String> = sources()
        .iter()
        .filter(|source| ASKING.iter().any(|path| source.path.starts_with(path)))
        .flat_map(|source| words_in(source, WORDS))
        .collect();
    assert_none(&complaints, "ask `Analysis`, which works it out once a run");
}

#[test]
fn markup_lives_in_themes() {
    let mut complaints = Vec::new();
    for source in sources() {
        let tags = source.texts.iter().filter(|(_, text)| has_tag(text));
        complaints.extend(tags.map(|(line, text)| format!("{}:{line}: {text}", source.path)));
    }
    assert_none(&complaints, "put it in a template under `themes/`");
}

/// Tells whether a text holds the beginning or end of an element, or a declaration. `<list>` in the
/// name of a file is neither.
fn has_tag(text: &str) -> bool {
    const ELEMENTS: &[&str] = &[
        "!doctype",
        "!--",
        "a",
        "abbr",
        "article",
        "b",
        "bdi",
        "blockquote",
        "body",
        "br",
        "button",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "head",
        "header",
        "hr",
        "html",
        "i",
        "img",
        "input",
        "label",
        "li",
        "link",
        "main",
        "meta",
        "nav",
        "ol",
        "option",
        "p",
        "path",
        "pre",
        "script",
        "section",
        "select",
        "small",
        "span",
        "strong",
        "style",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "ul",
    ];
    text.match_indices('<').any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('/');
        let name =
            rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
        ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
    })
}

#[test]
fn comments_texts_and_tests_are_no_code() {
    let text = "//! dbg!(1)\nfn f<'a>(c: char) -> &'a str { if c == '\"' { todo!() } \"println!\" }\n\
                #[cfg(test)]\nmod tests { fn g() { dbg!({ 2 }); } }\nconst R: &str = r#\"a \" <p> b\"#;\n";
    let source = code::source("x.rs", text);
    assert_eq!(words_in(&source, &["dbg!", "println!", "todo!"]), ["src/x.rs:2: todo!"]);
    let texts: Vec<_> = source.texts.iter().map(|(line, text)| (*line, text.as_str())).collect();
    assert_eq!(texts, [(2, "println!"), (5, "a \" <p> b")]);
    assert!(
        has_tag(texts[1].1) && has_tag("</li>") && !has_tag("<list>/<edition>.yaml") && !has_tag("a < b > c")
    );
    let used = code::uses("use crate::{date::{Date, Day}, lang};\ncrate::text!(\"\");\nmycrate::x;", "crate");
    assert_eq!(used, [(1, "date"), (1, "lang"), (2, "text")]);
}

#[test]
fn a_file_answers_one_question() {
    let long = sources().into_iter().filter(|source| source.lines > 500);
    let complaints: Vec<String> =
        long.map(|source| format!("{}: {} lines", source.path, source.lines)).collect();
    assert_none(&complaints, "split it: a file has at most 500 lines");
}
