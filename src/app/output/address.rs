//! Where an output folder really is, and whether it may be replaced.

use std::env;
use std::ffi::OsString;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use qingdan_storage::{is_inside, is_same_folder, is_shared_place, mounts, real_path, sys};

use super::manifest;
use crate::diagnostic::{Error, Message};
use crate::text;

/// Names of files that systems put into folders by themselves.
const OF_SYSTEMS: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini"];
/// Files that a refusal names.
const NAMED: usize = 5;

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
    /// Resolves `out` and checks that replacing it loses nothing; makes its parent folder. With `keep` the folder may
    /// hold what others put there although no site was ever in it.
    ///
    /// # Errors
    /// [`Error::UnsafeOutput`] if `out` is a file, the root of the file system, a folder of the system or for everybody,
    /// is or contains the current folder, the home folder or one of `protected`, lies inside one of `protected` or
    /// inside a catalogue, is a mount point or contains one, or holds files and never held a site;
    /// [`Error::Write`] if its parent cannot be made.
    pub fn find(out: &Path, protected: &[&Path], keep: bool) -> Result<Self, Error> {
        let refuse = |reason| Error::UnsafeOutput { path: out.to_owned(), reason };
        let real = real_path(out).ok_or_else(|| refuse(text!("找不到这个位置", "there is no such place")))?;
        let (Some(parent), Some(name)) = (real.parent(), real.file_name()) else {
            return Err(refuse(text!("这是文件系统的根目录", "it is the root of the file system")));
        };
        if let Some(reason) = danger(&real, protected) {
            return Err(refuse(reason));
        }
        if let Some(reason) = mounted(&real).or_else(|| strangers(&real).filter(|_| !keep)) {
            return Err(refuse(reason));
        }
        sys::create_folders(parent).map_err(Error::writing(parent))?;
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
    if is_shared_place(real) {
        return Some(text!(
            "这是系统的或者大家共用的文件夹；请写到它里面的一个新文件夹",
            "it is a folder of the system, or for everybody; write to a new folder inside it"
        ));
    }
    for place in protected.iter().filter_map(|place| real_path(place)) {
        if is_inside(&place, real) {
            return Some(is_there(&place));
        }
        if is_inside(real, &place) {
            return Some(lies_in(&place));
        }
    }
    // A catalogue that the command does not read is a catalogue all the same.
    if let Some(catalogue) = real.ancestors().find(|above| above.join("site.yaml").is_file()) {
        return Some(if is_same_folder(catalogue, real) { is_there(catalogue) } else { lies_in(catalogue) });
    }
    let here = env::current_dir().into_iter().chain(env::home_dir()).filter_map(|p| p.canonicalize().ok());
    here.into_iter().find(|place| is_inside(place, real)).map(|lost| is_there(&lost))
}

fn is_there(place: &Path) -> Message {
    let shown = place.display();
    text!("{shown} 就在这里，写入会把它换掉", "{shown} is there, and would be replaced")
}

fn lies_in(place: &Path) -> Message {
    let shown = place.display();
    text!("它在 {shown} 里面，请选别处", "it lies inside {shown}; choose another place")
}

/// Says that something is mounted at or below `folder`, if it is.
pub(super) fn mounted(folder: &Path) -> Option<Message> {
    let parent = folder.parent()?;
    let edge = (folder.exists() && !mounts::on_one_disk(folder, parent)).then(|| folder.to_owned());
    let at = edge.or_else(|| mounts::at_or_below(folder).into_iter().next())?;
    Some(if at == *folder {
        text!(
            "这个文件夹是挂载点，不能整体替换；请写到它里面的一个文件夹",
            "the folder is a mount point and cannot be replaced; write to a folder inside it"
        )
    } else {
        let at = at.display();
        text!(
            "{at} 挂载着别的磁盘或共享文件夹，里面的文件不归本工具管；先卸载它，或换一个文件夹",
            "another disk or a share is mounted at {at}, whose files are none of ours; unmount it first, or choose another folder"
        )
    })
}

/// Says which files lie in a folder that never held a site, if any do.
fn strangers(folder: &Path) -> Option<Message> {
    if folder.join(manifest::NAME).is_file() {
        return None;
    }
    let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let mut names: Vec<String> =
        entries.map(|entry: DirEntry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !OF_SYSTEMS.contains(&name.as_str()));
    names.sort();
    let (count, some) = (names.len(), names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", "));
    (count > 0).then(|| {
        text!(
            "里面已经有 {count} 样东西（{some}），而本工具从没有往这里写过网站；换一个新文件夹，或者加上 --keep：这些都保留，网站写在它们旁边",
            "{count} things are in it ({some}), and no site was ever written there; choose a new folder, or add --keep: they stay, and the site is written beside them"
        )
    })
}
