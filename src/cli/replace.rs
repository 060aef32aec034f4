//! Writing a file that people have, so that nothing of it is lost whatever happens meanwhile.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::diagnostic::Error;

/// What is added to the name of a file to keep what it was; no catalogue reads such files.
const KEPT: &str = "原件";

/// Writes a file in one step: whoever reads it finds the old bytes or the new ones. Its permissions stay.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let beside = temporary(path);
    let write = || {
        let mut file = File::create(&beside)?;
        file.write_all(bytes)?;
        if let Ok(known) = fs::metadata(path) {
            file.set_permissions(known.permissions())?;
        }
        file.sync_all()
    };
    write().map_err(Error::writing(&beside))?;
    fs::rename(&beside, path).map_err(Error::writing(path))
}

/// Returns the path of the file that is written before it takes the place of that at `path`.
pub(super) fn temporary(path: &Path) -> PathBuf {
    beside(path, "tmp")
}

/// Keeps the bytes of a file beside it, under a name that nothing has yet; returns that name.
pub(super) fn keep(path: &Path, bytes: &[u8]) -> Result<PathBuf, Error> {
    let mut number = 1;
    loop {
        let ending = if number == 1 { KEPT.to_owned() } else { format!("{KEPT}{number}") };
        let kept = beside(path, &ending);
        match File::options().write(true).create_new(true).open(&kept) {
            Ok(mut file) => {
                let write = file.write_all(bytes).and_then(|()| file.sync_all());
                return write.map(|()| kept.clone()).map_err(Error::writing(&kept));
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(Error::writing(&kept)(error)),
        }
    }
}

/// Returns where a file of a catalogue is on this system.
pub(super) fn native(root: &Path, path: &str) -> PathBuf {
    path.split('/').fold(root.to_owned(), |folder, part| folder.join(part))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().map(std::ffi::OsStr::to_os_string).unwrap_or_default();
    name.push(format!(".{ending}"));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_is_kept_under_a_new_name_each_time() {
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        let path = folder.path().join("2025.yaml");
        let kept: Vec<PathBuf> =
            (0..2u8).map(|at| keep(&path, &[at]).expect("the folder can be written")).collect();
        assert!(kept[0].ends_with("2025.yaml.原件") && kept[1].ends_with("2025.yaml.原件2"));
        assert_eq!(fs::read(&kept[0]).expect("it is there"), [0]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        let path = folder.path().join("a");
        fs::write(&path, "1").expect("the folder can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("it is ours");
        replace(&path, b"2").expect("the folder can be written");
        let known = fs::metadata(&path).expect("it is there");
        assert_eq!(
            (known.permissions().mode() & 0o777, fs::read(&path).expect("it is there")),
            (0o640, b"2".to_vec())
        );
    }
}
