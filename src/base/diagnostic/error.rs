//! What ends a command: the disk, a port, an argument. Mistakes in content are findings instead.

use std::io;
use std::path::{Path, PathBuf};

use super::Message;
use crate::personal;
use crate::text;
use crate::visible::visible_name;

/// A failure outside the content: the command cannot go on. Exit code 2.
#[derive(Debug)]
pub enum Error {
    /// A file or folder could not be read.
    Read {
        /// What was read.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A file or folder could not be written, made, renamed or removed.
    Write {
        /// What was written.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The catalogue folder is missing or has no `site.yaml`.
    NoCatalogue {
        /// The folder asked for.
        path: PathBuf,
    },
    /// The output folder must not be replaced.
    UnsafeOutput {
        /// The output folder.
        path: PathBuf,
        /// Why, as a message.
        reason: Message,
    },
    /// An argument cannot be used.
    Argument {
        /// What is wrong and what would be right.
        reason: Message,
    },
    /// No port could be bound.
    Port {
        /// Address and port asked for.
        address: String,
        /// What the system said.
        cause: io::Error,
    },
}

impl Error {
    /// Returns a function that wraps a reading error with its path, for `map_err`.
    pub fn reading(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self::Read { path, cause }
    }

    /// Returns a function that wraps a writing error with its path, for `map_err`.
    pub fn writing(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self::Write { path, cause }
    }

    /// Says in both languages what failed, naming the path or value.
    pub fn message(&self) -> Message {
        match self {
            Self::Read { path, cause } => {
                let path = shown(path);
                match cause.kind() {
                    io::ErrorKind::NotFound => text!(
                        "没有 {path} 这个文件；看看名字和所在的文件夹",
                        "there is no file {path}; look at its name and at the folder it is in"
                    ),
                    io::ErrorKind::PermissionDenied => text!(
                        "{path} 不让读；看看是不是被别的程序打开着，或者没有权限",
                        "{path} may not be read; see whether another program has it open, or whether you lack the right"
                    ),
                    io::ErrorKind::IsADirectory => {
                        text!("{path} 是文件夹，不是文件", "{path} is a folder, not a file")
                    }
                    _ => text!("无法读取 {path}：{cause}", "cannot read {path}: {cause}"),
                }
            }
            Self::Write { path, cause } => {
                let path = shown(path);
                match cause.kind() {
                    io::ErrorKind::NotFound => text!(
                        "没有 {path} 所在的文件夹；看看名字",
                        "there is no folder for {path}; look at its name"
                    ),
                    io::ErrorKind::PermissionDenied => text!(
                        "{path} 不让写；看看是不是被别的程序打开着，或者没有权限",
                        "{path} may not be written; see whether another program has it open, or whether you lack the right"
                    ),
                    _ => text!("无法写入 {path}：{cause}", "cannot write {path}: {cause}"),
                }
            }
            Self::NoCatalogue { path } => {
                let path = shown(path);
                text!(
                    "{path} 不是清单目录：里面没有 site.yaml。请在命令后面写上正确的目录，例如 qingdan build content",
                    "{path} is not a catalogue: it has no site.yaml. Name the right folder, for example: qingdan build content"
                )
            }
            Self::UnsafeOutput { path, reason } => {
                let path = shown(path);
                let (zh, en) = (&reason.zh, &reason.en);
                text!("不能把网站写到 {path}：{zh}", "will not write the site to {path}: {en}")
            }
            Self::Argument { reason } => reason.clone(),
            Self::Port { address, cause } => {
                text!("无法在 {address} 上监听：{cause}", "cannot listen on {address}: {cause}")
            }
        }
    }
}

/// Returns a path as a message may show it.
fn shown(path: &Path) -> String {
    visible_name(&personal::hidden_in_name(&path.display().to_string())).into_owned()
}

#[cfg(test)]
mod tests {
    use std::io::{Error as Cause, ErrorKind};
    use std::path::Path;

    use super::Error;

    #[test]
    fn what_is_not_there_is_said_in_plain_words() {
        let missing = Error::reading(Path::new("清单.xlsx"))(Cause::from(ErrorKind::NotFound));
        assert_eq!(missing.message().zh, "没有 清单.xlsx 这个文件；看看名字和所在的文件夹");
        let folder = Error::writing(Path::new("没有/a.yaml"))(Cause::from(ErrorKind::NotFound));
        assert_eq!(folder.message().zh, "没有 没有/a.yaml 所在的文件夹；看看名字");
    }
}
