//! Folders as values.
#![allow(dead_code, reason = "not every test writes folders")]
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// The files of a folder: path with `/` to bytes.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// Reads every file below `root`. An absent folder has none.
pub fn tree(root: &Path) -> Tree {
    let mut files = Tree::new();
    collect(root, "", &mut files).expect("the folder can be read");
    files
}

fn collect(folder: &Path, name: &str, files: &mut Tree) -> io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let last = entry.file_name().to_string_lossy().into_owned();
        let name = if name.is_empty() { last } else { format!("{name}/{last}") };
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &name, files)?;
        } else {
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// Writes `files` below `root` in the order given.
pub fn write<'f>(root: &Path, files: impl IntoIterator<Item = (&'f String, &'f Vec<u8>)>) {
    for (name, bytes) in files {
        let path = root.join(name);
        let folder = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(folder).and_then(|()| fs::write(&path, bytes)).expect("the folder can be written");
    }
}

/// Copies everything below `from` to `to`.
pub fn copy(from: &Path, to: &Path) {
    write(to, &tree(from));
}

/// Returns the file that a relative link of `from` leads to.
pub fn followed(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
