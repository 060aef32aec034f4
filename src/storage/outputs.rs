//! Files that a person asked for by name: reports, workbooks, letters, packs.
//!
//! Beside them stands a list, `.qingdan-outputs`, of the digests of what was written under which name. A file that is
//! still as we wrote it may be written anew; one that somebody has filled in, or that we never wrote, is left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::diagnostic::Error;
use crate::digest::digest;
use crate::file::{self, folder_of};
use crate::kept::keep_beside;
use crate::lock::Lock;
use crate::place::{is_inside, real_path};
use crate::read::bytes_of;
use crate::{sys, text};

/// The list in the folder around what was written.
const NAME: &str = ".qingdan-outputs";
/// Held while that list and what it names are written.
const LOCK: &str = ".qingdan-outputs.qingdan-lock";
const FIRST_LINE: &str = "qingdan-outputs 1";
/// How long another command that writes to the same folder is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where may be written, and over what.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules<'a> {
    /// The catalogue, which no report is written into.
    pub catalogue: Option<&'a Path>,
    /// Whether what we did not write may be replaced; it is kept beside then.
    pub force: bool,
    /// Whether not even what we wrote is replaced, as a letter that may have been sent.
    pub once: bool,
}

/// Writes the file that a person asked for; returns where what stood there is kept, if that was not ours.
///
/// A device or a pipe gets the bytes as they are. A link is followed.
///
/// # Errors
/// It lies inside the catalogue; it was not written by us, or was changed since; the disk.
pub fn save(to: &Path, bytes: &[u8], rules: &Rules<'_>) -> Result<Option<PathBuf>, Error> {
    if let Ok(found) = fs::metadata(to) {
        if found.is_dir() {
            return Err(Error::writing(to)(ErrorKind::IsADirectory.into()));
        }
        if !found.is_file() {
            let write = sys::open_device(to).and_then(|mut file| sys::write_all(&mut file, to, bytes));
            return write.map(|()| None).map_err(Error::writing(to));
        }
    }
    let real = allowed(to, rules)?;
    let name = real.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let desk = Desk::open(&real, to)?;
    let kept = desk.save(&[(name, real, bytes)], &BTreeMap::new(), rules)?;
    Ok(kept.into_iter().next())
}

/// Writes files below the folder `to`, by their names with `/`, and removes those named in `gone` that are ours; returns
/// where what stood in their places is kept. `vouched` are digests that another record of ours gives for names.
///
/// # Errors
/// As [`save`]; nothing is written then.
pub fn save_folder(
    to: &Path,
    files: &[(String, Vec<u8>)],
    gone: &[String],
    vouched: &BTreeMap<String, String>,
    rules: &Rules<'_>,
) -> Result<Vec<PathBuf>, Error> {
    let real = allowed(to, rules)?;
    sys::create_folders(folder_of(&real)).map_err(Error::writing(to))?;
    let folder = real.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let desk = Desk::open(&real, to)?;
    let listed = |name: &str| format!("{folder}/{name}");
    let wanted: Vec<(String, PathBuf, &[u8])> =
        files.iter().map(|(name, bytes)| (listed(name), below(&real, name), bytes.as_slice())).collect();
    let vouched = vouched.iter().map(|(name, known)| (listed(name), known.clone())).collect();
    let kept = desk.save(&wanted, &vouched, rules)?;
    for name in gone {
        let path = below(&real, name);
        let known = desk.knows(&listed(name), &vouched);
        if bytes_of(&path)?.is_some_and(|bytes| known.contains(&digest(&bytes))) {
            sys::remove_file(&path).map_err(Error::writing(&path))?;
        }
    }
    Ok(kept)
}

/// Adds to the end of a file that another program collects lines in.
///
/// # Errors
/// The disk.
pub fn append(to: &Path, bytes: &[u8]) -> Result<(), Error> {
    let write = sys::open_append(to).and_then(|mut file| sys::write_all(&mut file, to, bytes));
    write.map_err(Error::writing(to))
}

/// Returns where `to` really is, if it may be written.
fn allowed(to: &Path, rules: &Rules<'_>) -> Result<PathBuf, Error> {
    let real = real_path(to).ok_or_else(|| Error::writing(to)(ErrorKind::NotFound.into()))?;
    let inside = rules.catalogue.filter(|catalogue| is_inside(&real, catalogue));
    // A catalogue that the command does not read is a catalogue all the same.
    let other =
        || real.ancestors().skip(1).find(|above| above.join("site.yaml").is_file()).map(Path::to_owned);
    let Some(catalogue) = inside.map(Path::to_owned).or_else(other) else { return Ok(real) };
    let (shown, catalogue) = (to.display(), catalogue.display());
    Err(Error::Argument {
        reason: text!(
            "{shown} 在清单文件夹 {catalogue} 里面，没有写；请写到别处",
            "{shown} lies inside the catalogue {catalogue} and was not written; name a place outside it"
        ),
    })
}

fn below(folder: &Path, name: &str) -> PathBuf {
    name.split('/').fold(folder.to_owned(), |path, part| path.join(part))
}

/// The folder around what is written, with its list, while one command writes there.
struct Desk {
    folder: PathBuf,
    /// What was asked for: as a person wrote it, and where it is.
    asked: (PathBuf, PathBuf),
    known: BTreeMap<String, BTreeSet<String>>,
    _lock: Lock,
}

impl Desk {
    /// Takes the folder for writing `shown`, and clears what a killed run left in it.
    fn open(real: &Path, shown: &Path) -> Result<Self, Error> {
        let (folder, asked) = (folder_of(real), (shown.to_owned(), real.to_owned()));
        let lock = Lock::take(&folder.join(LOCK), PATIENCE).map_err(Error::writing(shown))?;
        let lock = lock.ok_or_else(|| {
            let shown = shown.display();
            Error::Argument {
                reason: text!(
                    "另一个 qingdan 正在写 {shown}，请等它结束后再试",
                    "another qingdan is writing {shown}; try again when it has finished"
                ),
            }
        })?;
        // A folder that may not be listed has to do without.
        let _ = file::sweep(folder);
        let list = bytes_of(&folder.join(NAME))?.unwrap_or_default();
        let known = parse(&String::from_utf8_lossy(&list));
        Ok(Self { folder: folder.to_owned(), asked, known, _lock: lock })
    }

    /// Returns a path as the person would write it.
    fn shown(&self, path: &Path) -> PathBuf {
        let (shown, real) = &self.asked;
        match path.strip_prefix(real) {
            Ok(rest) if rest.as_os_str().is_empty() => shown.clone(),
            Ok(rest) => shown.join(rest),
            Err(_) => path.to_owned(),
        }
    }

    /// Returns the digests under which we have written a name.
    fn knows(&self, name: &str, vouched: &BTreeMap<String, String>) -> BTreeSet<String> {
        self.known.get(name).into_iter().flatten().chain(vouched.get(name)).cloned().collect()
    }

    /// Writes files by their names in the list, after a look at all of them; returns where former versions are kept.
    fn save(
        &self,
        files: &[(String, PathBuf, &[u8])],
        vouched: &BTreeMap<String, String>,
        rules: &Rules<'_>,
    ) -> Result<Vec<PathBuf>, Error> {
        let stood = files.iter().map(|(_, path, _)| bytes_of(path)).collect::<Result<Vec<_>, Error>>()?;
        let (mut next, mut foreign) = (self.known.clone(), Vec::new());
        for ((name, path, bytes), was) in files.iter().zip(&stood) {
            let mut known = BTreeSet::from([digest(bytes)]);
            if let Some(was) = was.as_deref().filter(|was| was != bytes) {
                if rules.once && !rules.force {
                    return Err(is_there(&self.shown(path)));
                }
                let was_digest = digest(was);
                if self.knows(name, vouched).contains(&was_digest) {
                    known.insert(was_digest);
                } else {
                    foreign.push((path, was));
                }
            }
            next.insert(name.clone(), known);
        }
        if let (Some((path, _)), false) = (foreign.first(), rules.force) {
            return Err(not_ours(&self.shown(path), foreign.len()));
        }
        let kept =
            foreign.iter().map(|(path, was)| keep_beside(path, was)).collect::<Result<Vec<_>, Error>>()?;
        // The list first: a file that it names and that is not there yet is nobody's loss.
        self.note(next)?;
        files
            .iter()
            .zip(&stood)
            .try_for_each(|((_, path, bytes), was)| write(path, was.as_deref(), bytes))?;
        Ok(kept)
    }

    /// Writes the list, without names of files that are gone.
    fn note(&self, mut next: BTreeMap<String, BTreeSet<String>>) -> Result<(), Error> {
        let new: BTreeSet<String> = next
            .iter()
            .filter(|(name, known)| self.known.get(*name) != Some(known))
            .map(|(name, _)| name.clone())
            .collect();
        next.retain(|name, _| new.contains(name) || below(&self.folder, name).is_file());
        if next == self.known {
            return Ok(());
        }
        let mut text = format!("{FIRST_LINE}\n");
        for (name, digests) in &next {
            digests.iter().for_each(|digest| text.push_str(&format!("{digest}  {name}\n")));
        }
        let list = self.folder.join(NAME);
        write(&list, bytes_of(&list)?.as_deref(), text.as_bytes())
    }
}

fn parse(list: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut lines = list.lines();
    if lines.next() != Some(FIRST_LINE) {
        return known;
    }
    for (digest, name) in lines.filter_map(|line| line.split_once("  ")) {
        known.entry(name.to_owned()).or_default().insert(digest.to_owned());
    }
    known
}

/// Writes a file in the place of what stood there, with the folders above it.
fn write(path: &Path, was: Option<&[u8]>, bytes: &[u8]) -> Result<(), Error> {
    match was {
        Some(was) if was == bytes => Ok(()),
        Some(was) => file::replace(path, was, bytes),
        None => {
            let folder = folder_of(path);
            sys::create_folders(folder).map_err(Error::writing(folder))?;
            file::create(path, bytes)
        }
    }
}

fn is_there(path: &Path) -> Error {
    let shown = path.display();
    Error::Argument {
        reason: text!(
            "{shown} 已经有了，没有覆盖；要覆盖就加 --force",
            "{shown} is there already and was not replaced; add --force to replace it"
        ),
    }
}

fn not_ours(path: &Path, count: usize) -> Error {
    let shown = path.display();
    let (zh, en) = match count {
        1 => (String::new(), String::new()),
        _ => (format!("（另有 {} 个）", count - 1), format!(" (and {} more)", count - 1)),
    };
    Error::Argument {
        reason: text!(
            "{shown}{zh} 已经有了，不是 qingdan 写的，或者写好以后有人改过、填过，没有覆盖。换一个名字，或者加上 --force：原来的会留在旁边，名字里带“原件”",
            "{shown}{en} is there and was not written by qingdan, or was changed or filled in since; it was not replaced. Choose another name, or add --force: the former one stays beside it with 原件 in its name"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO: Rules<'static> = Rules { catalogue: None, force: false, once: false };
    const FORCE: Rules<'static> = Rules { catalogue: None, force: true, once: false };

    fn read(path: &Path) -> String {
        fs::read_to_string(path).expect("the file can be read")
    }

    #[test]
    fn what_we_wrote_is_written_anew_and_what_was_filled_in_is_not() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let book = temp.path().join("清单.xlsx");
        assert_eq!(save(&book, b"1", &NO).expect("nothing is there"), None);
        assert_eq!(save(&book, b"2", &NO).expect("it is as we wrote it"), None);
        fs::write(&book, "filled in").expect("a file");
        let said = save(&book, b"3", &NO).expect_err("it was filled in").message();
        assert!(said.en.contains("--force") && said.zh.contains("--force"), "{}", said.en);
        assert_eq!(read(&book), "filled in");
        let kept = save(&book, b"3", &FORCE).expect("told to").expect("kept");
        assert_eq!((read(&kept), read(&book)), ("filled in".to_owned(), "3".to_owned()));
        assert!(kept.ends_with("清单.原件.xlsx"));
    }

    #[test]
    fn what_another_program_wrote_stays_and_the_same_bytes_are_nobodys_loss() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let path = temp.path().join("report.txt");
        fs::write(&path, "theirs").expect("a file");
        save(&path, b"ours", &NO).expect_err("not ours");
        save(&path, b"theirs", &NO).expect("the same");
        save(&path, b"ours", &NO).expect("we would have written that");
    }

    #[test]
    fn a_folder_is_written_whole_or_not_at_all() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let folder = temp.path().join("pack");
        let files = |text: &str| ["a.txt", "b/c.txt"].map(|name| (name.to_owned(), text.as_bytes().to_vec()));
        let none = BTreeMap::new();
        save_folder(&folder, &files("1"), &[], &none, &NO).expect("nothing is there");
        fs::write(folder.join("b/c.txt"), "corrected by hand").expect("a file");
        save_folder(&folder, &files("2"), &[], &none, &NO).expect_err("one was changed");
        assert_eq!(read(&folder.join("a.txt")), "1");
        let vouched = BTreeMap::from([("b/c.txt".to_owned(), digest(b"corrected by hand"))]);
        save_folder(&folder, &files("2"), &[], &vouched, &NO).expect("somebody vouches for it");
        save_folder(&folder, &files("2")[..1], &["b/c.txt".to_owned()], &none, &NO).expect("ours");
        assert!(!folder.join("b/c.txt").exists());
        fs::write(folder.join("d.txt"), "theirs").expect("a file");
        save_folder(&folder, &files("2")[..1], &["d.txt".to_owned()], &none, &NO).expect("d.txt stays");
        assert_eq!(read(&folder.join("d.txt")), "theirs");
    }

    #[test]
    fn a_catalogue_is_not_written_into_by_any_way() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let catalogue = temp.path().join("content");
        fs::create_dir_all(catalogue.join("fujian")).expect("a folder");
        fs::write(catalogue.join("site.yaml"), "precious").expect("a file");
        let rules = Rules { catalogue: Some(&catalogue), ..FORCE };
        for path in ["site.yaml", "new.txt", "fujian/new.txt", "fujian/../site.yaml", "../content/x"] {
            for rules in [&rules, &FORCE] {
                save(&catalogue.join(path), b"report", rules).expect_err(path);
            }
        }
        #[cfg(unix)]
        {
            let link = temp.path().join("link.txt");
            std::os::unix::fs::symlink("content/site.yaml", &link).expect("a link");
            save(&link, b"report", &rules).expect_err("it leads into the catalogue");
            let hard = temp.path().join("hard.txt");
            fs::hard_link(catalogue.join("site.yaml"), &hard).expect("a link");
            save(&hard, b"report", &NO).expect_err("not ours");
            save(&hard, b"report", &rules).expect("another name of the file, which is parted from it");
        }
        assert_eq!(read(&catalogue.join("site.yaml")), "precious");
        assert_eq!(fs::read_dir(&catalogue).expect("readable").count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_gets_the_bytes() {
        assert_eq!(save(Path::new("/dev/null"), b"1", &NO).expect("it takes all"), None);
    }
}
