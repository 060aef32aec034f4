//! Turns the blocks of a Markdown page into catalogues, runs them and compares what was found.
//!
//! A block says in its first line what it is: a role (`fires`, `silent`, `example`, `findings`; none for a
//! plain file) and attributes. `file=PATH` is the file it stands for; with `part=NAME` it stands for the
//! lines between `# part NAME` and `# end` of that file in `base/`. `case=NAME` joins blocks of one role
//! into one catalogue, `delete=PATH` leaves a file of `base/` out. The line that must carry a finding ends
//! in `# ←`; where there are no comments, `line=N` counts lines of the block.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use qingdan::date::Date;
use qingdan::diagnostic::{Finding, Level};
use qingdan::output::Discard;
use qingdan::pipeline::{self, Outcome, Request};
use qingdan::source::Position;

/// Marks the line a finding is expected in.
const MARK: &str = "# ←";

/// The files of a catalogue, by path.
pub type Files = BTreeMap<String, String>;

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A file of a case.
    File,
    /// A file that must be reported.
    Fires,
    /// A file without mistakes.
    Silent,
    /// For readers only.
    Example,
    /// What the case finds, in the short form.
    Findings,
}

/// One fenced block of a page.
#[derive(Clone, Debug)]
pub struct Block {
    /// The line of its first fence, from 1.
    pub line: usize,
    /// The nearest heading of the second level above it.
    pub section: String,
    pub role: Role,
    pub attributes: BTreeMap<String, String>,
    pub text: String,
}

impl Block {
    fn new(line: usize, section: &str, info: &str) -> Self {
        let mut block = Self {
            line,
            section: section.to_owned(),
            role: Role::File,
            attributes: BTreeMap::new(),
            text: String::new(),
        };
        for word in info.split_whitespace().skip(1) {
            match word.split_once('=') {
                Some((key @ ("file" | "part" | "case" | "line" | "delete"), value)) => {
                    block.attributes.insert(key.to_owned(), value.to_owned());
                }
                Some(_) => panic!("line {line}: unknown attribute `{word}`"),
                None => {
                    block.role = match word {
                        "fires" => Role::Fires,
                        "silent" => Role::Silent,
                        "example" => Role::Example,
                        "findings" => Role::Findings,
                        _ => panic!("line {line}: unknown role `{word}`"),
                    }
                }
            }
        }
        block
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.attributes.get(key).map(String::as_str)
    }
}

/// Returns the fenced blocks of a page.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    let mut section = String::new();
    for (number, line) in (1..).zip(page.lines()) {
        match (line.strip_prefix("```"), open) {
            (Some(info), false) => {
                blocks.push(Block::new(number, &section, info));
                open = true;
            }
            (Some(_), true) => open = false,
            (None, true) => {
                let block = blocks.last_mut().expect("an open block was pushed");
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, false) => {
                if let Some(heading) = line.strip_prefix("## ") {
                    section = heading.to_owned();
                }
            }
        }
    }
    assert!(!open, "a block is never closed");
    blocks
}

/// Joins neighbouring blocks of one role and case.
pub fn cases(blocks: Vec<Block>) -> Vec<Vec<Block>> {
    let mut cases: Vec<Vec<Block>> = Vec::new();
    for block in blocks {
        match cases.last_mut() {
            Some(case)
                if case[0].role == block.role
                    && block.get("case").is_some()
                    && case[0].get("case") == block.get("case") =>
            {
                case.push(block);
            }
            _ => cases.push(vec![block]),
        }
    }
    cases
}

/// A catalogue with the lines that must carry a finding.
pub struct Case {
    pub files: Files,
    /// Path and line, as often as a finding is expected there.
    pub expected: Vec<(String, usize)>,
    /// The parts of `base/` the case replaces.
    pub parts: BTreeSet<(String, String)>,
}

impl Case {
    /// Lays the blocks over `base`.
    pub fn new(base: &Files, blocks: &[Block]) -> Self {
        let mut files = base.clone();
        let (mut expected, mut parts) = (Vec::new(), BTreeSet::new());
        for block in blocks {
            for path in block.get("delete").into_iter().flat_map(|paths| paths.split(',')) {
                assert!(files.remove(path).is_some(), "line {}: there is no {path} to delete", block.line);
            }
            let path = block.get("file").unwrap_or_else(|| panic!("line {}: `file=` is missing", block.line));
            let text = match block.get("part") {
                None => block.text.clone(),
                Some(part) => {
                    assert!(
                        block.get("line").is_none(),
                        "line {}: `line=` counts lines of whole files",
                        block.line
                    );
                    parts.insert((path.to_owned(), part.to_owned()));
                    let whole =
                        files.get(path).unwrap_or_else(|| panic!("line {}: no {path} in base", block.line));
                    replace_part(whole, part, &block.text)
                }
            };
            files.insert(path.to_owned(), text);
            let lines = block.get("line").into_iter().flat_map(|lines| lines.split(','));
            expected
                .extend(lines.map(|line| (path.to_owned(), line.parse().expect("`line=` holds numbers"))));
        }
        for (path, text) in &files {
            let marked = (1..).zip(text.lines()).filter(|(_, line)| line.ends_with(MARK));
            expected.extend(marked.map(|(number, _)| (path.clone(), number)));
        }
        expected.sort();
        Self { files, expected, parts }
    }
}

/// Replaces the lines of a part, markers included, by `text`, indented like the marker.
fn replace_part(whole: &str, part: &str, text: &str) -> String {
    let lines: Vec<&str> = whole.lines().collect();
    let opens = |line: &str| line.trim_start().strip_prefix("# part ").map(str::to_owned);
    let start = lines.iter().position(|line| opens(line).as_deref() == Some(part));
    let start = start.unwrap_or_else(|| panic!("base has no part `{part}`"));
    let mut depth = 0;
    let length = lines[start..].iter().position(|line| {
        depth += i32::from(opens(line).is_some()) - i32::from(line.trim() == "# end");
        depth == 0
    });
    let end = start + length.unwrap_or_else(|| panic!("part `{part}` has no end"));
    let indent = &lines[start][..lines[start].len() - lines[start].trim_start().len()];
    let inside =
        text.lines().map(|line| if line.is_empty() { String::new() } else { format!("{indent}{line}") });
    let before = lines[..start].iter().map(|line| (*line).to_owned());
    let after = lines[end + 1..].iter().map(|line| (*line).to_owned());
    before.chain(inside).chain(after).map(|line| line + "\n").collect()
}

/// Returns the parts a file of `base/` has.
pub fn parts_of(text: &str) -> Vec<String> {
    text.lines().filter_map(|line| line.trim_start().strip_prefix("# part ")).map(str::to_owned).collect()
}

/// What a run found.
pub struct Found {
    pub outcome: Outcome,
}

impl Found {
    /// Returns path and line of every finding, sorted.
    pub fn lines(&self) -> Vec<(String, usize)> {
        let place = |at| {
            let file = self.outcome.sources.of(at);
            (file.path.clone(), file.position(at.start).line)
        };
        let mut lines: Vec<_> = self.outcome.findings.iter().map(|finding| place(finding.at)).collect();
        lines.sort();
        lines
    }

    /// Returns the names of the codes found, in order.
    pub fn names(&self) -> Vec<&'static str> {
        self.outcome.findings.iter().map(|finding| finding.code.name).collect()
    }

    /// Returns the findings in the short form: one line each, in Chinese, without what to do.
    pub fn short(&self) -> String {
        let line = |finding: &Finding| {
            let file = self.outcome.sources.of(finding.at);
            let Position { line, column } = file.position(finding.at.start);
            let level = match finding.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Off => "off",
            };
            let (path, code, said) = (&file.path, finding.code.id, &finding.message.zh);
            format!("{path}:{line}:{column}: {level}[{code}] {said}\n")
        };
        self.outcome.findings.iter().map(line).collect()
    }
}

/// Runs the whole program over the catalogue in `root`, as `qingdan check` does.
pub fn run(root: &Path) -> Found {
    let request = Request::whole(Date::parse("2026-03-01").expect("a date"));
    let outcome = pipeline::run(root, &request, &Discard, &|_| {}).expect("the disk works");
    Found { outcome }
}

/// Writes the files to a new folder and runs the program over them.
pub fn run_files(files: &Files) -> Found {
    let folder = on_disk(files);
    run(folder.path())
}

/// Writes the files to a new folder.
pub fn on_disk(files: &Files) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the catalogue");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("files lie in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    folder
}

/// Returns the path of something in the repository.
pub fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Reads a file of the repository.
pub fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns all files below `folder` by path relative to it, sorted.
pub fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let entry = entry.expect("the folder can be read");
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().expect("the file has a kind").is_dir() {
            found.extend(files_below(&entry.path()).into_iter().map(|path| format!("{name}/{path}")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}

/// Returns the catalogue all cases start from.
pub fn base() -> Files {
    let folder = here("tests/checks/base");
    files_below(&folder).into_iter().map(|path| (path.clone(), text(&folder.join(path)))).collect()
}

/// Returns what is wrong with a case, readably; nothing if it is as expected.
pub fn difference(case: &Case, code: Option<&str>, found: &Found) -> Option<String> {
    let names = found.names();
    let of_code = code.is_none_or(|code| names.iter().all(|name| *name == code));
    if of_code && found.lines() == case.expected {
        return None;
    }
    let expected: String = case.expected.iter().map(|(path, line)| format!("    {path}:{line}\n")).collect();
    let short: String = found.short().lines().map(|line| format!("    {line}\n")).collect();
    let nothing = |text: String| if text.is_empty() { "    nothing\n".to_owned() } else { text };
    Some(format!("  expected:\n{}  found:\n{}", nothing(expected), nothing(short)))
}
