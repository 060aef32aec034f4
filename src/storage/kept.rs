//! Former versions, under a name that nothing has yet.

use std::path::{Path, PathBuf};

use crate::diagnostic::Error;
use crate::file::create;
use crate::place::{beside, numbered};
use crate::read::bytes_of;
use crate::sys;

/// Keeps bytes beside the file at `path` they stood in, as `NAME.原件.ENDING`, so that its program opens it; returns
/// that name. What is kept already is not kept twice.
///
/// # Errors
/// The disk.
pub(crate) fn keep_beside(path: &Path, bytes: &[u8]) -> Result<PathBuf, Error> {
    keep(bytes, |number| beside(path, number))
}

/// Keeps bytes of the file at `relative` in a folder for former versions, as `PATH/NAME.1.ENDING` and on; returns that
/// name. What is kept already is not kept twice.
///
/// # Errors
/// The disk.
pub(crate) fn keep_in(folder: &Path, relative: &Path, bytes: &[u8]) -> Result<PathBuf, Error> {
    let path = folder.join(relative);
    let inside = path.parent().unwrap_or(folder);
    sys::create_folders(inside).map_err(Error::writing(inside))?;
    keep(bytes, |number| path.with_file_name(numbered(&path, &number.to_string())))
}

fn keep(bytes: &[u8], name: impl Fn(u32) -> PathBuf) -> Result<PathBuf, Error> {
    let mut number = 1;
    loop {
        let kept = name(number);
        match bytes_of(&kept)? {
            Some(known) if known == bytes => return Ok(kept),
            Some(_) => number += 1,
            None => return create(&kept, bytes).map(|()| kept),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_was_is_kept_under_a_new_name_each_time_but_not_twice() {
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        let path = folder.path().join("清单.xlsx");
        let mut kept = [0u8, 1, 0].map(|at| keep_beside(&path, &[at]).expect("the folder can be written"));
        assert!(kept[0].ends_with("清单.原件.xlsx") && kept[1].ends_with("清单.原件2.xlsx"));
        assert_eq!(kept[0], kept[2]);
        assert_eq!(fs::read(&kept[0]).expect("it is there"), [0]);
        kept = [0u8, 1, 0].map(|at| {
            keep_in(folder.path(), Path::new("a/b/2025.yaml"), &[at]).expect("the folder can be written")
        });
        assert!(kept[0].ends_with("a/b/2025.1.yaml") && kept[1].ends_with("a/b/2025.2.yaml"));
    }
}
