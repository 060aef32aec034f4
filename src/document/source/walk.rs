//! Reads the folder. The only place that touches input files on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::sniff::{self, Trouble};
use super::{LARGEST_FILE, LARGEST_GUIDE, LARGEST_LOCK, SourceFile};
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
    /// A number of a person stands in the name of the file or of this folder above it.
    Named(String),
}

/// Reads every input file below `root` and adds those `builtin`, sorted by path. A text in `unsaved` stands in
/// for the file at its path.
pub(super) fn read_all(
    root: &Path,
    builtin: Vec<SourceFile>,
    unsaved: &BTreeMap<String, String>,
    findings: &mut Findings,
) -> Result<Vec<SourceFile>, Error> {
    let mut paths = Vec::new();
    collect(root, "", false, &mut paths)?;
    let is_new = |path: &&String| is_content(path) && !path.split('/').any(is_litter);
    paths.extend(unsaved.keys().filter(is_new).map(|path| (path.clone(), false)));
    paths.sort();
    paths.dedup_by(|a, b| a.0 == b.0);
    let mut outcomes: Vec<(String, Outcome)> = paths
        .into_par_iter()
        .map(|(path, linked)| {
            // From here on nobody sees a number that stands in a name.
            let shown = personal::hidden(&path);
            let outcome = match linked {
                _ if shown != path => Outcome::Named(named_by(&path, &shown)),
                true => linked_file(),
                false => read_one(&root.join(native(&path)), unsaved.get(&path), is_content(&path))?,
            };
            Ok((shown, outcome))
        })
        .collect::<Result<_, Error>>()?;
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
        Outcome::Binary(bytes) => SourceFile::binary(path, bytes),
        Outcome::Unusable(trouble) => {
            let Trouble { code, message, help, shown } = *trouble;
            let (text, at) = shown.unwrap_or_default();
            findings.push(Finding::new(code, Span::new(id, at, at), message).help(help));
            SourceFile::refused(path, text)
        }
        Outcome::Named(name) => {
            if named.insert(name.clone()) {
                findings.push(personal_name(id, &name));
            }
            SourceFile::refused(path, String::new())
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
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let is_read = match is_litter(&name) {
            true => false,
            false if kind.is_dir() => {
                collect(root, &path, in_theme || path == "theme", paths)?;
                false
            }
            false => {
                in_theme
                    || is_content(&name)
                    || meant_name(&name).is_some()
                    || (kind.is_symlink() && entry.path().is_dir())
            }
        };
        // A name can be a number whatever it names.
        if is_read || personal::hidden(&name) != name {
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

/// Endings that Notepad, Word, WPS and browsers put behind the name of a list.
const WRONG_ENDINGS: &[&str] =
    &["txt", "doc", "docx", "xls", "xlsx", "wps", "et", "rtf", "htm", "html", "csv"];

/// Returns the name a file was meant to have, if another program put its own ending behind it:
/// `2025.yaml` for `2025.yaml.txt`.
pub fn meant_name(name: &str) -> Option<&str> {
    let (meant, ending) = name.rsplit_once('.')?;
    let wrong = WRONG_ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known));
    let of_list = ["yaml", "yml"].iter().any(|known| {
        meant
            .rsplit_once('.')
            .is_some_and(|(stem, ending)| !stem.is_empty() && ending.eq_ignore_ascii_case(known))
    });
    (wrong && of_list).then_some(meant)
}

/// Returns the name with its ending in small letters, for a file of a catalogue that has it in others: `2025.YAML`.
fn in_small_letters(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let small = ending.to_ascii_lowercase();
    (is_content(name) && small != ending).then(|| format!("{stem}.{small}"))
}

fn native(path: &str) -> PathBuf {
    path.split('/').collect()
}

fn linked_file() -> Outcome {
    Outcome::Unusable(Box::new(Trouble::new(
        &codes::LINKED_FILE,
        text!("这是一个符号链接，没有读取", "this is a symbolic link and was not read"),
        text!("请放入文件本身", "put the file itself here"),
    )))
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

fn read_one(path: &Path, unsaved: Option<&String>, must_be_text: bool) -> Result<Outcome, Error> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if let Some(meant) = in_small_letters(name) {
        return Ok(misnamed(name, &meant));
    }
    if let (Some(meant), false) = (meant_name(name), must_be_text) {
        return Ok(misnamed(name, meant));
    }
    let size = match unsaved {
        Some(text) => text.len() as u64,
        None => fs::metadata(path).map_err(Error::reading(path))?.len(),
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
        None => fs::read(path).map_err(Error::reading(path))?,
    };
    if must_be_text {
        return Ok(sniff::read(bytes).map_or_else(Outcome::Unusable, Outcome::Text));
    }
    Ok(String::from_utf8(bytes).map_or_else(|error| Outcome::Binary(error.into_bytes()), Outcome::Text))
}

/// How many bytes of a file that is too large are looked at for numbers of persons.
const LOOKED_AT: usize = 64 * 1024;

/// Reads the first bytes of a file.
fn start_of(path: &Path) -> Result<Vec<u8>, Error> {
    let mut start = Vec::new();
    let file = fs::File::open(path).map_err(Error::reading(path))?;
    file.take(LOOKED_AT as u64).read_to_end(&mut start).map_err(Error::reading(path))?;
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
    Trouble::new(
        &codes::FILE_TOO_LARGE,
        text!(
            "文件有 {kib} KiB，超过 {most} KiB，没有读取",
            "the file has {kib} KiB, more than {most} KiB, and was not read"
        ),
        text!(
            "清单只放文字；请把图片和附件移出，或把文件拆开",
            "lists hold text only: move pictures and attachments out, or split the file"
        ),
    )
}
