//! What is read before it is written over, and what a person names to be read: files, never what has no end.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use crate::diagnostic::Error;
use crate::text;

/// Opens a file to be read. A pipe, a device or a socket is refused: it may never end, or never begin.
///
/// # Errors
/// There is none; it is no file; the disk.
pub fn open(path: &Path) -> Result<File, Error> {
    let there = fs::metadata(path).map_err(Error::reading(path))?;
    if there.is_dir() {
        return Err(Error::reading(path)(ErrorKind::IsADirectory.into()));
    }
    if !there.is_file() {
        let shown = path.display();
        return Err(Error::Argument {
            reason: text!(
                "{shown} 不是文件，是管道、设备或套接字，没有读；存成文件再试，不该在那里的就移走",
                "{shown} is no file but a pipe, a device or a socket, and was not read; save it as a file first, or move it away if it does not belong there"
            ),
        });
    }
    File::open(path).map_err(Error::reading(path))
}

/// Returns the bytes of a file.
///
/// # Errors
/// Those of [`open`].
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes).map_err(Error::reading(path))?;
    Ok(bytes)
}

/// Returns the files below a folder by their paths from it, with `/` on every system, in order; links are not followed, and
/// what cannot be read counts as empty.
pub fn files_below(folder: &Path) -> Vec<String> {
    let (mut open, mut found) = (vec![(folder.to_owned(), String::new())], Vec::new());
    while let Some((folder, prefix)) = open.pop() {
        let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        for entry in entries {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push((entry.path(), format!("{name}/"))),
                _ => found.push(name),
            }
        }
    }
    found.sort();
    found
}

/// Returns the bytes of a file; `None` if there is none.
///
/// # Errors
/// Those of [`open`].
pub fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match read(path) {
        Err(Error::Read { cause, .. }) if cause.kind() == ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn what_is_no_file_is_refused_at_once() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let socket = temp.path().join("a.lock");
        let _listening = UnixListener::bind(&socket).expect("a socket can be made");
        for path in [socket.as_path(), Path::new("/dev/zero"), temp.path()] {
            let said = bytes_of(path).expect_err("no file").message();
            assert!(said.en.contains("no file") || said.en.contains("is a folder"), "{}", said.en);
        }
        assert_eq!(bytes_of(&temp.path().join("none")).expect("nothing is there"), None);
    }
}
