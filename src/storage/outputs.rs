//! Files that a person asked for by name: reports, workbooks, letters, packs.
//!
//! Beside them stands a list, `.qingdan-outputs`, of the digests of what was written under which name. A file that is
//! still as we wrote it may be written anew; one that somebody has filled in, or that we never wrote, is left alone.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::desk::{Desk, Rules, Wanted};
use crate::diagnostic::Error;
use crate::file::folder_of;
use crate::place::{is_inside, real_path};
use crate::tree::below;
use crate::{sys, text};

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
    let kept = desk.save(&[Wanted { name, path: real, bytes }], &BTreeMap::new(), rules)?;
    Ok(kept.into_iter().next())
}

/// Writes files into the folder `to`, by their names; returns where what stood in their places is kept.
///
/// # Errors
/// As [`save`]; nothing is written then.
pub fn save_folder(to: &Path, files: &[(String, Vec<u8>)], rules: &Rules<'_>) -> Result<Vec<PathBuf>, Error> {
    into_folder(&allowed(to, rules)?, to, files, rules)
}

/// Writes files into the folder that is really at `real` and was asked for as `to`.
///
/// # Errors
/// As [`save`]; nothing is written then.
pub(crate) fn into_folder(
    real: &Path,
    to: &Path,
    files: &[(String, Vec<u8>)],
    rules: &Rules<'_>,
) -> Result<Vec<PathBuf>, Error> {
    sys::create_folders(folder_of(real)).map_err(Error::writing(to))?;
    let folder = real.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let desk = Desk::open(real, to)?;
    let wanted = files.iter().map(|(name, bytes)| Wanted {
        name: format!("{folder}/{name}"),
        path: below(real, name),
        bytes,
    });
    desk.save(&wanted.collect::<Vec<_>>(), &BTreeMap::new(), rules)
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
pub(crate) fn allowed(to: &Path, rules: &Rules<'_>) -> Result<PathBuf, Error> {
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
    fn of_a_folder_nothing_is_written_where_one_file_was_changed() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let folder = temp.path().join("schema");
        let files = |text: &str| ["a.txt", "b.txt"].map(|name| (name.to_owned(), text.as_bytes().to_vec()));
        save_folder(&folder, &files("1"), &NO).expect("nothing is there");
        fs::write(folder.join("b.txt"), "corrected by hand").expect("a file");
        fs::write(folder.join("c.txt"), "theirs").expect("a file");
        save_folder(&folder, &files("2"), &NO).expect_err("one was changed");
        assert_eq!(read(&folder.join("a.txt")), "1");
        let kept = save_folder(&folder, &files("2"), &FORCE).expect("told to");
        let kept: Vec<String> = kept.iter().map(|path| read(path)).collect();
        assert_eq!(kept, ["corrected by hand"]);
        assert_eq!((read(&folder.join("b.txt")), read(&folder.join("c.txt"))), ("2".into(), "theirs".into()));
    }

    #[test]
    fn the_list_names_no_number_of_a_person() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let path = temp.path().join(format!("名单{}.txt", ["138", "0013", "8000"].concat()));
        save(&path, b"1", &NO).expect("nothing is there");
        save(&path, b"2", &NO).expect("it is as we wrote it");
        save(&temp.path().join("a.txt"), b"1", &NO).expect("nothing is there");
        save(&path, b"3", &NO).expect("it is still known");
        let list = read(&temp.path().join(crate::desk::NAME));
        assert!(list.contains("a.txt") && !list.contains("0013"), "{list}");
        fs::write(&path, "filled in").expect("a file");
        save(&path, b"4", &NO).expect_err("it was filled in");
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
