//! Reads the folder. The only place that touches input files on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Cursor, Read as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::names::{in_small_letters, is_content, is_litter, may_tell, meant_name, shown_name};
use super::sniff::{self, Trouble};
use super::traces::{self, Trace};
use super::{LARGEST_FILE, LARGEST_GUIDE, LARGEST_LOCK, SourceFile, stray};
use crate::diagnostic::{Error, Finding, Findings};
use crate::personal;
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
        /// A list with the ending of another program behind its own.
        MISNAMED_FILE = "QD1004", "misnamed-file", Error, fixed, "0.1.0",
            "文件名的后缀不对", "A file name has the wrong ending";
        /// A file in an encoding that is known, but is not UTF-8.
        WRONG_ENCODING = "QD1005", "wrong-encoding", Error, fixed, "0.1.0",
            "文件存成了别的编码", "A file is saved in another encoding";
        /// A file of Word, Excel, WPS, a browser under the name of a list.
        FOREIGN_FILE = "QD1006", "foreign-file", Error, fixed, "0.1.0",
            "这是别的程序的文件，不是文字", "A file of another program instead of text";
        /// NUL bytes.
        DAMAGED_FILE = "QD1007", "damaged-file", Error, fixed, "0.1.0",
            "文件已经损坏", "A file is damaged";
        /// A file or folder that the system does not let us read.
        UNREADABLE_FILE = "QD1008", "unreadable-file", Error, fixed, "0.2.0",
            "文件或文件夹读不出来", "A file or folder cannot be read";
        /// A pipe, a device, a socket.
        SPECIAL_FILE = "QD1009", "special-file", Warning, adjustable, "0.2.0",
            "这不是文件，是管道、设备或套接字", "A pipe, a device or a socket instead of a file";
        /// A name that is not UTF-8 or holds what nobody sees.
        UNSAFE_NAME = "QD1038", "unsafe-name", Warning, adjustable, "0.2.0",
            "名字里有显示不出来的字符", "A name with characters that cannot be shown";
        /// A number of a person, in a text or a name.
        PERSONAL_NUMBER = "QD1090", "personal-number", Error, fixed, "0.1.0",
            "写进了个人的证件号、手机号或银行卡号", "An identity, mobile or card number of a person";
    }
}

/// What came of reading one file.
enum Outcome {
    Builtin(SourceFile),
    Text(String),
    Binary(Vec<u8>),
    Unusable(Box<Trouble>),
    /// A file that is not read, but tells something of who made it.
    Telling(Trace),
    /// A number of a person stands in the name of the file or of this folder above it.
    Named(String),
}

/// What lies in a folder.
struct Entry {
    /// Its path in the catalogue, every character seen.
    path: String,
    on_disk: PathBuf,
    what: What,
}

/// What an entry is, as far as its folder says.
enum What {
    /// A text of the catalogue or a file of the theme.
    File,
    /// A picture or a file of an office program.
    Attachment,
    /// What is not read at all.
    Stray(Box<Trouble>),
    /// Nothing that is read; its name was looked at.
    Name,
}

/// Reads every input file below `root` and adds those `builtin`, sorted by path. A text in `unsaved` stands in
/// for the file at its path.
pub(super) fn read_all(
    root: &Path,
    builtin: Vec<SourceFile>,
    unsaved: &BTreeMap<String, String>,
    findings: &mut Findings,
) -> Result<Vec<SourceFile>, Error> {
    let mut entries = Vec::new();
    let listed = fs::read_dir(root).map_err(Error::reading(root))?;
    collect(listed, "", false, &mut entries);
    let is_new = |path: &&String| is_content(path) && !path.split('/').any(is_litter);
    entries.extend(unsaved.keys().filter(is_new).map(|path| Entry {
        path: path.clone(),
        on_disk: root.join(native(path)),
        what: What::File,
    }));
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    entries.dedup_by(|a, b| a.path == b.path && a.on_disk == b.on_disk);
    let outcomes = entries.into_par_iter().filter_map(|entry| {
        // From here on nobody sees a number that stands in a name.
        let Entry { path, on_disk, what } = entry;
        let shown = personal::hidden_in_name(&path);
        let outcome = match what {
            _ if shown != path => Outcome::Named(named_by(&path, &shown)),
            What::Name => return None,
            What::Stray(trouble) => Outcome::Unusable(trouble),
            What::Attachment => Outcome::Telling(traces::of_file(&on_disk)?),
            What::File => read_one(&on_disk, unsaved.get(&path), is_content(&path))
                .unwrap_or_else(|cause| Outcome::Unusable(Box::new(stray::unreadable(&cause)))),
        };
        Some((shown, outcome))
    });
    let mut outcomes: Vec<(String, Outcome)> = outcomes.collect();
    outcomes.extend(builtin.into_iter().map(|file| (file.path.clone(), Outcome::Builtin(file))));
    outcomes.sort_by(|a, b| a.0.cmp(&b.0));
    let files = (0u32..).map(FileId).zip(outcomes);
    let mut named = BTreeSet::new();
    Ok(files.map(|(id, (path, outcome))| settle(id, path, outcome, &mut named, findings)).collect())
}

/// Turns what came of reading into a file of the tree; `named` are the names that were reported.
fn settle(
    id: FileId,
    path: String,
    outcome: Outcome,
    named: &mut BTreeSet<String>,
    findings: &mut Findings,
) -> SourceFile {
    match outcome {
        Outcome::Text(text) => SourceFile::new(path, text),
        Outcome::Builtin(file) => file,
        Outcome::Binary(bytes) => {
            let trace = traces::of_picture(&mut Cursor::new(&bytes));
            SourceFile::binary(path, bytes).telling(trace)
        }
        Outcome::Telling(trace) => SourceFile::refused(path, String::new()).telling(Some(trace)),
        Outcome::Unusable(trouble) => {
            let Trouble { code, message, help, shown } = *trouble;
            let (text, at) = shown.unwrap_or_default();
            findings.push(Finding::new(code, Span::new(id, at, at), message).help(help));
            let mut file = SourceFile::refused(path, text);
            file.nameless = *code == codes::UNSAFE_NAME;
            file
        }
        Outcome::Named(name) => {
            if named.insert(name.clone()) {
                findings.push(personal_name(id, &name));
            }
            SourceFile::refused(path, String::new())
        }
    }
}

/// Lists what lies in `folder` and below it. What cannot be listed is an entry of its own: one stray file or folder
/// keeps nobody from reading the others.
fn collect(listed: fs::ReadDir, folder: &str, in_theme: bool, entries: &mut Vec<Entry>) {
    for entry in listed {
        let Ok(entry) = entry else { continue };
        let (name, on_disk) = (entry.file_name(), entry.path());
        let shown = shown_name(&name);
        let path = if folder.is_empty() { shown.clone() } else { format!("{folder}/{shown}") };
        let mut add = |what| entries.push(Entry { path: path.clone(), on_disk: on_disk.clone(), what });
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(cause) => {
                add(What::Stray(Box::new(stray::unreadable(&cause))));
                continue;
            }
        };
        if is_litter(&shown) {
            add(What::Name);
            continue;
        }
        if name.to_str() != Some(shown.as_str()) {
            add(What::Stray(Box::new(stray::unsafe_name(&name, kind.is_dir()))));
            continue;
        }
        if kind.is_dir() {
            match fs::read_dir(&on_disk) {
                Ok(listed) => {
                    add(What::Name);
                    collect(listed, &path, in_theme || path == "theme", entries);
                }
                Err(cause) => add(What::Stray(Box::new(stray::unreadable(&cause)))),
            }
            continue;
        }
        let is_text = in_theme || is_content(&shown) || meant_name(&shown).is_some();
        add(match kind {
            kind if kind.is_symlink() && (is_text || on_disk.is_dir()) => {
                What::Stray(Box::new(linked_file()))
            }
            kind if kind.is_symlink() => What::Name,
            kind if !kind.is_file() => What::Stray(Box::new(stray::special())),
            _ if is_text => What::File,
            _ if may_tell(&shown) => What::Attachment,
            _ => What::Name,
        });
    }
}

fn native(path: &str) -> PathBuf {
    path.split('/').collect()
}

fn linked_file() -> Trouble {
    Trouble::new(
        &codes::LINKED_FILE,
        text!("这是一个符号链接，没有读取", "this is a symbolic link and was not read"),
        text!("请放入文件本身", "put the file itself here"),
    )
}

/// Returns the part of a path that ends with the first name that holds a number; `shown` has stars there.
fn named_by(path: &str, shown: &str) -> String {
    let differs = |(at, part): (usize, &str)| shown[at - part.len()..at] != path[at - part.len()..at];
    let ends = path.split('/').scan(0, |at, part| {
        *at += part.len() + 1;
        Some((*at - 1, part))
    });
    let end = ends.into_iter().find(|end| differs(*end)).map_or(shown.len(), |(end, _)| end);
    shown[..end].to_owned()
}

fn personal_name(id: FileId, name: &str) -> Finding {
    let message =
        text!("文件名或文件夹名“{name}”里有个人的号码", "the name `{name}` holds a number of a person");
    Finding::new(&codes::PERSONAL_NUMBER, Span::whole(id), message).help(text!(
        "改名，去掉号码；已经发给别人或提交到版本库的，要一并清除",
        "rename it without the number; clear it also where it was sent or committed already"
    ))
}

fn misnamed(name: &str, meant: &str) -> Outcome {
    Outcome::Unusable(Box::new(Trouble::new(
        &codes::MISNAMED_FILE,
        text!("文件名是“{name}”，不会当作清单读取", "the file is called `{name}` and is not read as a list"),
        text!(
            "把文件名改成“{meant}”；看不到后缀时，先在资源管理器里勾选“查看 → 文件扩展名”",
            "rename it to `{meant}`; if the ending is hidden, tick View → File name extensions in the Explorer first"
        ),
    )))
}

fn read_one(path: &Path, unsaved: Option<&String>, must_be_text: bool) -> io::Result<Outcome> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if let Some(meant) = in_small_letters(name) {
        return Ok(misnamed(name, &meant));
    }
    if let (Some(meant), false) = (meant_name(name), must_be_text) {
        return Ok(misnamed(name, meant));
    }
    let size = match unsaved {
        Some(text) => text.len() as u64,
        None => fs::metadata(path)?.len(),
    };
    let largest = largest(path);
    if size > largest {
        let start = match unsaved {
            Some(text) => text.bytes().take(LOOKED_AT).collect(),
            None => start_of(path)?,
        };
        let shown = Some((String::from_utf8_lossy(&start).into_owned(), 0));
        return Ok(Outcome::Unusable(Box::new(Trouble { shown, ..too_large(size, largest) })));
    }
    let bytes = match unsaved {
        Some(text) => text.clone().into_bytes(),
        None => fs::read(path)?,
    };
    if must_be_text {
        return Ok(sniff::read(bytes).map_or_else(Outcome::Unusable, Outcome::Text));
    }
    Ok(String::from_utf8(bytes).map_or_else(|error| Outcome::Binary(error.into_bytes()), Outcome::Text))
}

/// How many bytes of a file that is too large are looked at for numbers of persons.
const LOOKED_AT: usize = 64 * 1024;

/// Reads the first bytes of a file.
fn start_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    fs::File::open(path)?.take(LOOKED_AT as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// Returns how many bytes a file of this name may have.
fn largest(path: &Path) -> u64 {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("lock") => LARGEST_LOCK,
        Some("md") => LARGEST_GUIDE,
        Some(_) | None => LARGEST_FILE,
    }
}

fn too_large(size: u64, largest: u64) -> Trouble {
    let (kib, most) = (size / 1024, largest / 1024);
    let help = if largest == LARGEST_LOCK {
        text!(
            "这个文件只由工具来写，不会这么大：请从备份或版本库里取回原来的",
            "only the tool writes this file, and never so much: bring the former one back from a backup or version control"
        )
    } else {
        text!(
            "清单只放文字；请把图片和附件移出，或把文件拆开",
            "lists hold text only: move pictures and attachments out, or split the file"
        )
    };
    Trouble::new(
        &codes::FILE_TOO_LARGE,
        text!(
            "文件有 {kib} KiB，超过 {most} KiB，没有读取",
            "the file has {kib} KiB, more than {most} KiB, and was not read"
        ),
        help,
    )
}
