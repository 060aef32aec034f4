//! Reads the folder. The only place that touches input files on disk.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{LARGEST_FILE, LARGEST_LOCK, SourceFile};
use crate::diagnostic::{Code, Error, Finding, Findings, Message};
use crate::span::{FileId, Span};
use crate::text;

/// The kinds of finding this stage reports.
pub mod codes {
    crate::codes! {
        /// A file over 1 MiB.
        FILE_TOO_LARGE = "QD1001", "file-too-large", Error, fixed, "0.1.0",
            "文件超过 1 MiB", "A file is larger than 1 MiB";
        /// A file that is not UTF-8.
        NOT_UTF8 = "QD1002", "not-utf8", Error, fixed, "0.1.0",
            "文件不是 UTF-8 编码", "A file is not encoded as UTF-8";
        /// A symbolic link.
        LINKED_FILE = "QD1003", "linked-file", Error, fixed, "0.1.0",
            "符号链接不会被读取", "Symbolic links are not read";
    }
}

/// What came of reading one file.
enum Outcome {
    Builtin(SourceFile),
    Text(String),
    Binary(Vec<u8>),
    Unusable(&'static Code, Message, Message),
}

/// Reads every input file below `root` and adds those `builtin`, sorted by path.
pub(super) fn read_all(
    root: &Path,
    builtin: Vec<SourceFile>,
    findings: &mut Findings,
) -> Result<Vec<SourceFile>, Error> {
    let mut paths = Vec::new();
    collect(root, "", false, &mut paths)?;
    paths.sort();
    let mut outcomes: Vec<(String, Outcome)> = paths
        .into_par_iter()
        .map(|(path, linked)| {
            let on_disk = root.join(native(&path));
            let outcome = if linked { linked_file() } else { read_one(&on_disk, is_content(&path))? };
            Ok((path, outcome))
        })
        .collect::<Result<_, Error>>()?;
    outcomes.extend(builtin.into_iter().map(|file| (file.path.clone(), Outcome::Builtin(file))));
    outcomes.sort_by(|a, b| a.0.cmp(&b.0));
    let files = (0u32..).map(FileId).zip(outcomes);
    Ok(files.map(|(id, (path, outcome))| settle(id, path, outcome, findings)).collect())
}

/// Turns what came of reading into a file of the tree.
fn settle(id: FileId, path: String, outcome: Outcome, findings: &mut Findings) -> SourceFile {
    match outcome {
        Outcome::Text(text) => SourceFile::new(path, text),
        Outcome::Builtin(file) => file,
        Outcome::Binary(bytes) => SourceFile::binary(path, bytes),
        Outcome::Unusable(code, message, help) => {
            findings.push(Finding::new(code, Span::whole(id), message).help(help));
            SourceFile::refused(path)
        }
    }
}

/// Lists the input files below `folder`; each with whether it is a link.
fn collect(root: &Path, folder: &str, in_theme: bool, paths: &mut Vec<(String, bool)>) -> Result<(), Error> {
    let on_disk = root.join(native(folder));
    for entry in fs::read_dir(&on_disk).map_err(Error::reading(&on_disk))? {
        let entry = entry.map_err(Error::reading(&on_disk))?;
        let kind = entry.file_type().map_err(Error::reading(&entry.path()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_litter(&name) {
            continue;
        }
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        if kind.is_dir() {
            collect(root, &path, in_theme || path == "theme", paths)?;
        } else if in_theme || is_content(&name) || (kind.is_symlink() && entry.path().is_dir()) {
            paths.push((path, kind.is_symlink()));
        }
    }
    Ok(())
}

/// Tells whether a system or an office program left a file of this name.
fn is_litter(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || ["Thumbs.db", "desktop.ini"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Tells whether a file of this name belongs to a catalogue.
fn is_content(name: &str) -> bool {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["yaml", "yml", "md", "lock"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn native(path: &str) -> PathBuf {
    path.split('/').collect()
}

fn linked_file() -> Outcome {
    Outcome::Unusable(
        &codes::LINKED_FILE,
        text!("这是一个符号链接，没有读取", "this is a symbolic link and was not read"),
        text!("请放入文件本身", "put the file itself here"),
    )
}

fn read_one(path: &Path, must_be_text: bool) -> Result<Outcome, Error> {
    let size = fs::metadata(path).map_err(Error::reading(path))?.len();
    let largest =
        if path.extension().is_some_and(|ending| ending == "lock") { LARGEST_LOCK } else { LARGEST_FILE };
    if size > largest {
        let (kib, most) = (size / 1024, largest / 1024);
        return Ok(Outcome::Unusable(
            &codes::FILE_TOO_LARGE,
            text!(
                "文件有 {kib} KiB，超过 {most} KiB，没有读取",
                "the file has {kib} KiB, more than {most} KiB, and was not read"
            ),
            text!(
                "清单只放文字；请把图片和附件移出，或把文件拆开",
                "lists hold text only: move pictures and attachments out, or split the file"
            ),
        ));
    }
    let bytes = fs::read(path).map_err(Error::reading(path))?;
    Ok(decode(bytes, must_be_text))
}

fn decode(bytes: Vec<u8>, must_be_text: bool) -> Outcome {
    String::from_utf8(bytes).map_or_else(
        |error| {
            if !must_be_text {
                return Outcome::Binary(error.into_bytes());
            }
            let valid = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
            Outcome::Unusable(
                &codes::NOT_UTF8,
                text!(
                    "第 {line} 行起不是 UTF-8 编码，文件没有读取",
                    "from line {line} on this is not UTF-8, and the file was not read"
                ),
                text!(
                    "用记事本打开，“另存为”时编码选 UTF-8",
                    "open it in Notepad and save it with the encoding UTF-8"
                ),
            )
        },
        Outcome::Text,
    )
}
