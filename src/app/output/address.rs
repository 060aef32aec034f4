//! Where an output folder really is, and whether it may be replaced.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::diagnostic::{Error, Message};
use crate::text;

/// Links that may lead to further links before we take them for a circle.
const MOST_LINKS: usize = 16;

/// An output folder that may be replaced.
#[derive(Debug)]
pub(super) struct Address {
    /// As the person wrote it, for messages.
    pub shown: PathBuf,
    /// The folder itself, links followed. It need not exist.
    pub out: PathBuf,
    parent: PathBuf,
    name: OsString,
}

impl Address {
    /// Resolves `out` and checks that replacing it loses nothing; makes its parent folder.
    ///
    /// # Errors
    /// [`Error::UnsafeOutput`] if `out` is a file, the root of the file system, is or contains the
    /// current folder, the home folder or one of `protected`, or lies inside one of `protected`;
    /// [`Error::Write`] if its parent cannot be made.
    pub fn find(out: &Path, protected: &[&Path]) -> Result<Self, Error> {
        let refuse = |reason| Error::UnsafeOutput { path: out.to_owned(), reason };
        let real = real_path(out, MOST_LINKS)
            .ok_or_else(|| refuse(text!("找不到这个位置", "there is no such place")))?;
        let (Some(parent), Some(name)) = (real.parent(), real.file_name()) else {
            return Err(refuse(text!("这是文件系统的根目录", "it is the root of the file system")));
        };
        if let Some(reason) = danger(&real, protected) {
            return Err(refuse(reason));
        }
        fs::create_dir_all(parent).map_err(Error::writing(parent))?;
        Ok(Self { shown: out.to_owned(), parent: parent.to_owned(), name: name.to_owned(), out: real })
    }

    /// Returns the path of our hidden neighbour of the output folder, called after it: `.NAME.SUFFIX`.
    pub fn neighbour(&self, suffix: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".");
        name.push(suffix);
        self.parent.join(name)
    }

    /// Returns the folder that the output folder lies in.
    pub fn parent(&self) -> &Path {
        &self.parent
    }

    /// Returns the refusal to replace this folder for `reason`.
    pub fn refuse(&self, reason: Message) -> Error {
        Error::UnsafeOutput { path: self.shown.clone(), reason }
    }
}

/// Returns why `real` must not be replaced.
fn danger(real: &Path, protected: &[&Path]) -> Option<Message> {
    if real.exists() && !real.is_dir() {
        return Some(text!("这是一个文件，不是文件夹", "it is a file, not a folder"));
    }
    for place in protected.iter().filter_map(|place| real_path(place, MOST_LINKS)) {
        let shown = place.display();
        if place.starts_with(real) {
            return Some(text!(
                "{shown} 就在这里，写入会把它换掉",
                "{shown} is there, and would be replaced"
            ));
        }
        if real.starts_with(&place) {
            return Some(text!(
                "它在 {shown} 里面，请选别处",
                "it lies inside {shown}; choose another place"
            ));
        }
    }
    let here = env::current_dir().into_iter().chain(env::home_dir()).filter_map(|p| p.canonicalize().ok());
    let lost = here.into_iter().find(|place| place.starts_with(real))?;
    let shown = lost.display();
    Some(text!("{shown} 就在这里，写入会把它换掉", "{shown} is there, and would be replaced"))
}

/// Returns `path` with links followed, also where its last parts do not exist. `None` if the links go
/// in a circle or a missing folder is followed by `..`.
fn real_path(path: &Path, links: usize) -> Option<PathBuf> {
    if let Ok(real) = path.canonicalize() {
        return Some(real);
    }
    let parent = match path.parent()? {
        parent if parent.as_os_str().is_empty() => Path::new("."),
        parent => parent,
    };
    match fs::read_link(path) {
        // A link to nothing yet: what it points to is the output folder.
        Ok(target) => real_path(&parent.join(target), links.checked_sub(1)?),
        Err(_) => Some(real_path(parent, links)?.join(path.file_name()?)),
    }
}
