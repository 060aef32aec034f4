//! Where another disk begins.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the topmost places at or below `folder`, links followed, at which something is mounted: another disk, a
/// share, a folder or file bound there. Empty where the system does not say.
pub fn at_or_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(folder) = folder.canonicalize() else { return Vec::new() };
    let table = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let mut found: Vec<PathBuf> = table.lines().filter_map(mount_point).collect();
    found.retain(|place| place.starts_with(&folder));
    found.sort();
    found.dedup();
    found
}

/// Returns where the mount of one line of the system's table is; its fifth word, with blanks as octal numbers.
fn mount_point(line: &str) -> Option<PathBuf> {
    let word = line.split(' ').nth(4)?.as_bytes();
    let (mut bytes, mut at) = (Vec::new(), 0);
    while at < word.len() {
        let octal = word.get(at + 1..at + 4).filter(|_| word[at] == b'\\');
        let number = octal.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok());
        bytes.push(number.unwrap_or(word[at]));
        at += if number.is_some() { 4 } else { 1 };
    }
    Some(path(bytes))
}

#[cfg(unix)]
fn path(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// Tells whether two things that exist lie on one disk; where the system does not say, they do.
#[cfg(unix)]
pub fn on_one_disk(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::symlink_metadata(one), fs::symlink_metadata(other)) {
        (Ok(one), Ok(other)) => one.dev() == other.dev(),
        _ => true,
    }
}

/// This system does not say.
#[cfg(not(unix))]
pub fn on_one_disk(_: &Path, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_system_is_read_with_blanks_and_chinese_names() {
        let line = r"36 35 98:0 /mnt1 /srv/清单\040site/nas rw,noatime master:1 - ext3 /dev/root rw";
        assert_eq!(mount_point(line), Some(PathBuf::from("/srv/清单 site/nas")));
        assert_eq!(mount_point(r"1 2 0:1 / /a\134b rw - x y"), Some(PathBuf::from(r"/a\b")));
        assert_eq!(mount_point(""), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_disk_is_found_from_above_only() {
        assert!(at_or_below(Path::new("/")).contains(&PathBuf::from("/proc")));
        assert!(at_or_below(Path::new("/proc")).contains(&PathBuf::from("/proc")));
        assert_eq!(at_or_below(&std::env::temp_dir().join("no such folder")), Vec::<PathBuf>::new());
        assert!(!on_one_disk(Path::new("/proc"), Path::new("/")));
    }
}
