//! What a hostile or broken file may cost: at most one second and 200 MB for any mebibyte, and what is too
//! large is refused at once with a plain word.
//!
//! The built program is run and watched from outside. The bounds asserted here are looser, for busy machines
//! and builds without optimisation; `cargo test --release --test limits -- --nocapture` prints the figures.
#![expect(clippy::print_stdout, reason = "the figures are for whoever asks with --nocapture")]
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "limits/costly.rs"]
mod costly;
#[path = "limits/hostile.rs"]
mod hostile;
#[path = "bench/process.rs"]
#[allow(dead_code, reason = "the benchmark asks for more")]
mod process;

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::time::Duration;

use costly::Costly;
use hostile::Hostile;
use process::run_to_the_end;

/// The most processor time one file may take.
const MOST_TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 2 });

/// The longest line that may be said of one file, in bytes: a message quotes the ends of a long text, and is cut itself.
const LONGEST_LINE: usize = 8000;

/// The most memory one file may take, in KiB.
const MOST_MEMORY: u64 = if cfg!(debug_assertions) { 400 } else { 200 } * 1024;

/// Lays the small catalogue of `tests/checks/base` into `folder`.
fn lay(from: &Path, folder: &Path) {
    fs::create_dir_all(folder).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the base is there") {
        let entry = entry.expect("the base can be read");
        let to = folder.join(entry.file_name());
        if entry.path().is_dir() {
            lay(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file can be copied");
        }
    }
}

/// Runs `check` over the base with one file more, and returns what is wrong with time, memory and words.
fn measure(hostile: &Hostile) -> Vec<String> {
    let temp = tempfile::tempdir().expect("a folder for the catalogue");
    lay(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks/base"), temp.path());
    let file = temp.path().join(hostile.path);
    fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("a folder can be made");
    fs::write(&file, &hostile.bytes).expect("the file can be written");
    let check = ["check".as_ref(), temp.path().as_os_str(), "--format".as_ref(), "short".as_ref()];
    let arguments: [&OsStr; 6] =
        [check[0], check[1], check[2], check[3], "--today".as_ref(), "2026-03-01".as_ref()];
    let (run, code) = run_to_the_end(&arguments);
    let (time, memory) = (run.processor.unwrap_or(run.wall), run.peak_kib.unwrap_or_default());
    let lines = run.said.lines().filter(|line| line.contains("[QD")).count();
    println!(
        "{:<44}{:>9}{:>8} ms{:>8} ms{:>6} MB{:>7}",
        hostile.name,
        hostile.bytes.len(),
        run.wall.as_millis(),
        time.as_millis(),
        memory / 1024,
        lines
    );
    let mut complaints = Vec::new();
    let mut expect = |holds: bool, complaint: String| {
        if !holds {
            complaints.push(format!("{}: {complaint}", hostile.name));
        }
    };
    expect(code.is_some_and(|code| code <= 1), format!("ended with {code:?}:\n{}", run.said));
    expect(time <= MOST_TIME, format!("took {time:?}"));
    expect(memory <= MOST_MEMORY, format!("took {memory} KiB"));
    expect(run.said.contains(hostile.says), format!("does not say `{}`:\n{:.400}", hostile.says, run.said));
    let longest = run.said.lines().map(str::len).max().unwrap_or_default();
    expect(longest <= LONGEST_LINE, format!("says a line of {longest} bytes"));
    complaints
}

fn measure_all(files: &[Hostile]) {
    println!("{:<44}{:>9}{:>11}{:>11}{:>9}{:>7}", "", "bytes", "wall", "cpu", "peak", "finds");
    let complaints: Vec<String> = files.iter().flat_map(measure).collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// Runs a command over the base with some files more, and returns what is wrong with time, memory and words.
fn measure_costly(costly: &Costly) -> Vec<String> {
    let temp = tempfile::tempdir().expect("a folder for the catalogue");
    let content = temp.path().join("content");
    lay(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks/base"), &content);
    for (path, bytes) in &costly.files {
        let file = content.join(path);
        fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(&file, bytes).expect("the file can be written");
    }
    let public = temp.path().join("public");
    if let Some(kept) = std::env::var_os("KEEP") {
        // For whoever looks into one of them.
        lay(temp.path(), &Path::new(&kept).join(costly.name.replace(['/', ' ', '"', '\\'], "-")));
    }
    let table = content.join(costly::TABLE);
    let words = costly.command.iter().map(|word| match *word {
        "public" => public.as_os_str(),
        "table" => table.as_os_str(),
        word => word.as_ref(),
    });
    let mut arguments: Vec<&OsStr> = words.chain([content.as_os_str()]).collect();
    // What is imported depends on no day.
    if costly.command[0] != "import" {
        arguments.extend(["--today", "2026-03-01"].map(OsStr::new));
    }
    let (run, code) = run_to_the_end(&arguments);
    let (time, memory) = (run.processor.unwrap_or(run.wall), run.peak_kib.unwrap_or_default());
    println!(
        "{:<52}{:>8} ms{:>8} ms{:>6} MB",
        costly.name,
        run.wall.as_millis(),
        time.as_millis(),
        memory / 1024
    );
    let most = if cfg!(debug_assertions) { MOST_TIME } else { Duration::from_millis(costly.most * 2) };
    let mut complaints = Vec::new();
    let mut expect = |holds: bool, complaint: String| {
        if !holds {
            complaints.push(format!("{}: {complaint}", costly.name));
        }
    };
    expect(
        code.is_some_and(|code| costly.code.map_or(code <= 1, |wanted| code == wanted)),
        format!("ended with {code:?}:\n{:.2000}", run.said),
    );
    expect(time <= most, format!("took {time:?}"));
    expect(memory <= MOST_MEMORY, format!("took {memory} KiB"));
    expect(run.said.contains(costly.says), format!("does not say `{}`:\n{:.2000}", costly.says, run.said));
    complaints
}

fn measure_all_costly(runs: &[Costly]) {
    let complaints: Vec<String> = runs.iter().flat_map(measure_costly).collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn long_texts_are_compared_in_a_second() {
    measure_all_costly(&costly::texts());
}

#[test]
fn very_many_provisions_take_two_seconds() {
    measure_all_costly(&costly::provisions());
}

#[test]
fn a_lock_that_no_tool_wrote_is_refused() {
    measure_all_costly(&costly::locks());
}

#[test]
fn a_template_that_comes_to_no_end_is_a_finding() {
    measure_all_costly(&costly::templates());
}

#[test]
fn themes_of_a_mebibyte_are_dealt_with_in_a_second() {
    measure_all_costly(&costly::themes());
}

#[test]
fn tables_with_a_cell_of_a_mebibyte_are_imported_in_two_seconds() {
    measure_all_costly(&costly::tables());
}

#[test]
fn any_mebibyte_is_dealt_with_in_a_second_and_two_hundred_megabytes() {
    measure_all(&hostile::mebibytes());
}

#[test]
fn of_a_long_text_a_message_quotes_the_ends() {
    measure_all(&hostile::long_texts());
}

#[test]
fn what_is_too_large_or_too_deep_is_refused_with_a_plain_word() {
    measure_all(&hostile::refused());
}
