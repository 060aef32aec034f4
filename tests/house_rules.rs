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
    let whole = found.filter(|(at, _)| !source.code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
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
        complaints.extend(unwrapped.map(|(at, _)| format!("{}:{}: .unwrap()", source.path, line_of(&source.code, at))));
    }
    assert_none(&complaints, "say with `expect` which invariant holds; print in `cli` through `terminal`");
}

#[test]
fn containers_are_ordered() {
    let complaints: Vec<String> =
        sources().iter().flat_map(|source| words_in(source, &["HashMap", "HashSet"])).collect();
    assert_none(&complaints, "use `BTreeMap` and `BTreeSet`: the same input gives the same bytes");
}

#[test]
fn disk_environment_and_clock_stay_at_the_edges() {
    const EDGES: Exceptions = &[
        ("src/source/", "reads the input files"),
        ("src/output/", "writes the site"),
        ("src/serve/", "watches and answers"),
        ("src/cli/", "knows arguments, environment and time"),
        ("src/main.rs", "hands the arguments over"),
    ];
    let mut complaints = Vec::new();
    for source in sources().iter().filter(|source| !excepted(source, EDGES)) {
        let touched = uses(&source.code, "std").into_iter().filter(|(_, name)| matches!(*name, "fs" | "env" | "net" | "process"));
        complaints.extend(touched.map(|(line, name)| format!("{}:{line}: std::{name}", source.path)));
        complaints.extend(words_in(source, &["SystemTime", "Instant"]));
    }
    assert_none(&complaints, "a stage takes values and returns values; pass in what it needs");
}

#[test]
fn markup_lives_in_themes() {
    const EXCEPTIONS: Exceptions = &[];
    let mut complaints = Vec::new();
    for source in sources().iter().filter(|source| !excepted(source, EXCEPTIONS)) {
        let tags = source.texts.iter().filter(|(_, text)| has_tag(text));
        complaints.extend(tags.map(|(line, text)| format!("{}:{line}: {text}", source.path)));
    }
    assert_none(&complaints, "put it in a template under `themes/`");
}

/// Tells whether a text holds the beginning or end of an element, or a declaration.
fn has_tag(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('/');
        rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '!') && rest.contains('>')
    })
}

#[test]
fn a_file_answers_one_question() {
    let long = sources().into_iter().filter(|source| source.lines > 500);
    let complaints: Vec<String> = long.map(|source| format!("{}: {} lines", source.path, source.lines)).collect();
    assert_none(&complaints, "split it: a file has at most 500 lines");
}
