//! What a person sees at the terminal, as transcripts in `commands/*.txt`.
//!
//! A transcript starts from a folder with copies of `commands/catalogues/*`. A line that starts with `$`
//! is carried out, and what came of it is written below: `1>` standard output, `2>` standard error, `=`
//! the exit code if it is not 0. Lines that start with `#` explain. Besides `[NAME=VALUE …] qingdan …
//! [| head N]` there are a few words to prepare and look at files, see [`STEPS`]. Times, sizes and the
//! folder are masked.
//!
//! To add one, write the `$` lines to a new file and run `UPDATE_EXPECT=1 cargo test --test commands`.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/expected.rs"]
mod expected;
#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use expected::Expected;
use rayon::prelude::*;

/// A word of transcripts other than `qingdan`: what it does with its arguments in the folder.
type Step = fn(&Path, &[&str]) -> String;

/// The words.
const STEPS: &[(&str, Step)] = &[
    ("append", |folder, words| {
        let (path, line) = words.split_first().expect("append FILE LINE");
        let text = read(&folder.join(path)) + &line.join(" ") + "\n";
        save(&folder.join(path), &text)
    }),
    ("replace", |folder, words| {
        let [path, from, to] = words else { panic!("replace FILE FROM TO") };
        let text = read(&folder.join(path));
        assert!(text.contains(from), "{path} has no `{from}`");
        save(&folder.join(path), &text.replace(from, to))
    }),
    ("remove", |folder, words| {
        let [path] = words else { panic!("remove FILE") };
        fs::remove_file(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        String::new()
    }),
    ("copy", |folder, words| {
        let [from, to] = words else { panic!("copy FOLDER FOLDER") };
        files::copy(&folder.join(from), &folder.join(to));
        String::new()
    }),
    ("compare", |folder, words| {
        let [one, other] = words else { panic!("compare FOLDER FOLDER") };
        let same = files::tree(&folder.join(one)) == files::tree(&folder.join(other));
        format!("{}\n", if same { "the same files" } else { "different files" })
    }),
    ("head", |folder, words| {
        let [count, path] = words else { panic!("head N FILE") };
        first(&read(&folder.join(path)), count)
    }),
    ("list", |folder, words| {
        let [path] = words else { panic!("list FOLDER") };
        let mut names: Vec<String> = fs::read_dir(folder.join(path))
            .map(|entries| {
                entries
                    .filter_map(Result::ok)
                    .map(|entry| entry.file_name().to_string_lossy().into_owned())
                    .collect()
            })
            .unwrap_or_default();
        names.sort();
        names.into_iter().map(|name| name + "\n").collect()
    }),
];

#[test]
fn every_transcript_is_what_happens() {
    let mut expected = Expected::folder("commands");
    let (catalogues, transcripts): (Vec<_>, Vec<_>) =
        files::tree(&commands()).into_iter().partition(|(name, _)| name.starts_with("catalogues/"));
    catalogues.iter().for_each(|(name, _)| expected.note_read(name));
    let played: Vec<(String, String)> = transcripts
        .into_par_iter()
        .map(|(name, bytes)| {
            let written = String::from_utf8(bytes).expect("a transcript is UTF-8").replace("\r\n", "\n");
            (name, play(&written))
        })
        .collect();
    played.iter().for_each(|(name, text)| expected.compare(name, text));
    expected.finish();
}

fn commands() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commands")
}

/// Carries out the `$` lines of a transcript; returns it with what happened this time.
fn play(transcript: &str) -> String {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let folder = temp.path().canonicalize().expect("the folder was just made").join("desk");
    files::copy(&commands().join("catalogues"), &folder);
    let mut played = String::new();
    for line in transcript.lines().filter(|line| !is_answer(line)) {
        played.push_str(line);
        played.push('\n');
        if let Some(step) = line.strip_prefix("$ ") {
            played.push_str(&masked(&carry_out(&folder, step), &folder));
        }
    }
    played
}

fn is_answer(line: &str) -> bool {
    ["1>", "2>", "="].iter().any(|mark| line.starts_with(mark))
}

fn carry_out(folder: &Path, step: &str) -> String {
    let words: Vec<&str> = step.split(' ').collect();
    if let Some((_, step)) = STEPS.iter().find(|(name, _)| *name == words[0]) {
        return marked("1>", &step(folder, &words[1..]));
    }
    let (words, count) = match words.as_slice() {
        [words @ .., "|", "head", count] => (words, Some(*count)),
        words => (words, None),
    };
    let at = words.iter().position(|word| *word == "qingdan").unwrap_or_else(|| panic!("what is `{step}`?"));
    let environment: Vec<(&str, &str)> = words[..at].iter().filter_map(|word| word.split_once('=')).collect();
    let ran = program::qingdan(folder, &words[at + 1..], &environment);
    let stdout = count.map_or(ran.stdout.clone(), |count| first(&ran.stdout, count));
    let code = if ran.code == 0 { String::new() } else { format!("= {}\n", ran.code) };
    marked("1>", &stdout) + &marked("2>", &ran.stderr) + &code
}

fn marked(mark: &str, text: &str) -> String {
    text.lines().map(|line| format!("{mark} {line}").trim_end().to_owned() + "\n").collect()
}

/// Masks the folder, times and sizes: `SOMEWHERE`, `TIME`, `SIZE`.
fn masked(text: &str, folder: &Path) -> String {
    let text = text.replace(&folder.display().to_string(), "SOMEWHERE");
    let line = |line: &str| {
        let mut words: Vec<String> = Vec::new();
        for word in line.split(' ') {
            match words.last_mut().and_then(|number| measured(number, word)) {
                Some(masked) => *words.last_mut().expect("a number came before") = masked,
                None => words.push(word.to_owned()),
            }
        }
        words.join(" ") + "\n"
    };
    text.lines().map(line).collect()
}

/// Masks a number and its unit, `(60.1` and `kB,`, as one word. `None` if they are no measure.
fn measured(number: &str, unit: &str) -> Option<String> {
    let digits = number.trim_start_matches(|c: char| !c.is_ascii_digit());
    let after = unit.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let mask = match &unit[..unit.len() - after.len()] {
        "ms" | "s" => "TIME",
        "B" | "kB" | "MB" => "SIZE",
        _ => return None,
    };
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_number.then(|| format!("{}{mask}{after}", &number[..number.len() - digits.len()]))
}

fn first(text: &str, count: &str) -> String {
    let count = count.parse().expect("head takes a number of lines");
    text.lines().take(count).map(|line| line.to_owned() + "\n").collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

fn save(path: &Path, text: &str) -> String {
    let folder = path.parent().expect("a file lies in a folder");
    fs::create_dir_all(folder).and_then(|()| fs::write(path, text)).expect("the folder can be written");
    String::new()
}
