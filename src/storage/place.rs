//! Where a path really leads, and whether that lies inside a folder, however it is spelt.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// Links that may lead to further links before we take them for a circle.
const MOST_LINKS: usize = 16;

/// Returns `path` with links followed, also where its last parts do not exist. `None` if the links go in a circle or a
/// missing folder is followed by `..`.
pub fn real_path(path: &Path) -> Option<PathBuf> {
    followed(path, MOST_LINKS)
}

fn followed(path: &Path, links: usize) -> Option<PathBuf> {
    if let Ok(real) = path.canonicalize() {
        return Some(real);
    }
    let parent = match path.parent()? {
        parent if parent.as_os_str().is_empty() => Path::new("."),
        parent => parent,
    };
    match fs::read_link(path) {
        // A link to nothing yet: what it points to is meant.
        Ok(target) => followed(&parent.join(target), links.checked_sub(1)?),
        Err(_) => Some(followed(parent, links)?.join(path.file_name()?)),
    }
}

/// Tells whether `path`, links followed, is the folder `folder` or lies inside it. Folders are compared by what they
/// are, so that another spelling of a name, or a second mount of the same folder, makes no difference.
pub fn is_inside(path: &Path, folder: &Path) -> bool {
    let Some(real) = real_path(path) else { return false };
    real.ancestors().any(|above| is_same_folder(above, folder))
}

/// Tells whether two paths lead to the same folder.
#[cfg(unix)]
pub fn is_same_folder(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Tells whether two paths lead to the same folder.
#[cfg(not(unix))]
pub fn is_same_folder(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Folders of the system, which are nobody's to be filled.
const OF_SYSTEM: &[&str] = &[
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/home",
    "/lib",
    "/lib64",
    "/media",
    "/mnt",
    "/opt",
    "/proc",
    "/root",
    "/run",
    "/sbin",
    "/srv",
    "/sys",
    "/tmp",
    "/usr",
    "/usr/local",
    "/var",
    "/var/tmp",
    "/var/www",
    "/Users",
    "/Applications",
    "/Library",
    "/System",
    "/Volumes",
    "/private/tmp",
    "/private/var",
];

/// Tells whether a folder belongs to everybody or to the system: that of temporary files, `/etc`, `C:\Users`.
pub fn is_shared_place(folder: &Path) -> bool {
    let known = OF_SYSTEM.iter().map(Path::new).any(|known| is_same_folder(known, folder));
    known || is_same_folder(&std::env::temp_dir(), folder) || is_sticky(folder) || is_at_top_of_drive(folder)
}

/// Tells whether everybody may write into a folder, but remove only what is their own.
#[cfg(unix)]
fn is_sticky(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(folder).is_ok_and(|found| found.permissions().mode() & 0o1002 == 0o1002)
}

/// There is no such thing on this system.
#[cfg(not(unix))]
fn is_sticky(_: &Path) -> bool {
    false
}

/// Tells whether a folder is one of those that Windows itself has at the top of a drive.
fn is_at_top_of_drive(folder: &Path) -> bool {
    let name = folder.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    cfg!(windows)
        && folder.parent().is_some_and(|above| above.parent().is_none())
        && ["windows", "users", "program files", "program files (x86)", "programdata"]
            .contains(&name.as_str())
}

/// What is put into the name of a file to keep what it was; no catalogue reads such files.
const KEPT: &str = "原件";

/// Returns the name beside `path` under which what it was is kept: `NAME.原件.ENDING`, `NAME.原件2.ENDING` …
pub(crate) fn beside(path: &Path, number: u32) -> PathBuf {
    let number = if number == 1 { String::new() } else { number.to_string() };
    path.with_file_name(numbered(path, &format!("{KEPT}{number}")))
}

/// Returns the name of `path` with `mark` before its ending.
pub(crate) fn numbered(path: &Path, mark: &str) -> OsString {
    let mut name = path.file_stem().unwrap_or_default().to_os_string();
    name.push(".");
    name.push(mark);
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    name
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_folder_is_known_through_links_and_detours() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let catalogue = temp.path().join("content");
        fs::create_dir_all(catalogue.join("fujian")).expect("a folder");
        symlink(&catalogue, temp.path().join("link")).expect("a link");
        symlink("link/fujian/new.yaml", temp.path().join("out.yaml")).expect("a link");
        for path in ["content", "content/new/a.yaml", "link/a", "content/../content/a", "out.yaml"] {
            assert!(is_inside(&temp.path().join(path), &catalogue), "{path}");
        }
        for path in ["", "a", "content2/a", "content/../a"] {
            assert!(!is_inside(&temp.path().join(path), &catalogue), "{path}");
        }
        assert!(is_shared_place(Path::new("/tmp")) && !is_shared_place(&catalogue));
    }
}
