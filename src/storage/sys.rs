//! The calls that change a disk, each with a point at which tests let it fail; nothing is decided here.

use std::fs::{self, File, FileTimes, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use crate::faults::pass;

/// Makes a file that is not there and opens it for writing.
///
/// # Errors
/// What the system says; there is something of this name.
pub fn create_new(path: &Path) -> io::Result<File> {
    pass("create", path)?;
    File::options().read(true).write(true).create_new(true).open(path)
}

/// Opens a file for locks, and makes it if it is not there; what it says stays.
///
/// # Errors
/// What the system says.
pub fn open_lock(path: &Path) -> io::Result<File> {
    pass("open", path)?;
    File::options().create(true).truncate(false).write(true).open(path)
}

/// Opens what is no regular file, such as a device or a pipe, for writing.
///
/// # Errors
/// What the system says.
pub fn open_device(path: &Path) -> io::Result<File> {
    pass("open", path)?;
    File::options().write(true).open(path)
}

/// Opens a file to add to its end, and makes it if it is not there.
///
/// # Errors
/// What the system says.
pub fn open_append(path: &Path) -> io::Result<File> {
    pass("open", path)?;
    File::options().append(true).create(true).open(path)
}

/// Writes all the bytes to the file at `path`.
///
/// # Errors
/// What the system says; some of the bytes may be there then.
pub fn write_all(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    pass("write", path).inspect_err(|_| {
        // A disk that is full takes some of it.
        let _ = file.write_all(&bytes[..bytes.len() / 2]);
    })?;
    file.write_all(bytes)
}

/// Flushes the file at `path` to the disk.
///
/// # Errors
/// What the system says.
pub fn sync(file: &File, path: &Path) -> io::Result<()> {
    pass("sync", path)?;
    file.sync_all()
}

/// Flushes what stands in a folder, its names, to the disk; does nothing on systems where only files are flushed.
///
/// # Errors
/// What the system says.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    pass("sync", path)?;
    if cfg!(not(unix)) {
        return Ok(());
    }
    // A folder that may be written and not read cannot be opened, and some file systems flush no folders.
    let unable = |cause: &io::Error| {
        matches!(cause.kind(), ErrorKind::PermissionDenied | ErrorKind::InvalidInput | ErrorKind::Unsupported)
    };
    match File::open(path).and_then(|folder| folder.sync_all()) {
        Err(cause) if !unable(&cause) => Err(cause),
        _ => Ok(()),
    }
}

/// Flushes the file system of a folder to the disk, in one call instead of one a file.
///
/// # Errors
/// What the system says.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub fn sync_all_around(path: &Path) -> io::Result<()> {
    pass("sync", path)?;
    match rustix::fs::syncfs(File::open(path)?) {
        Ok(()) | Err(rustix::io::Errno::NOSYS | rustix::io::Errno::INVAL) => Ok(()),
        Err(cause) => Err(cause.into()),
    }
}

/// Flushes all file systems to the disk.
///
/// # Errors
/// None here.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
pub fn sync_all_around(path: &Path) -> io::Result<()> {
    pass("sync", path)?;
    rustix::fs::sync();
    Ok(())
}

/// Does nothing: this system has no such call, so that each file is flushed when it is written.
///
/// # Errors
/// None here.
#[cfg(not(unix))]
pub fn sync_all_around(path: &Path) -> io::Result<()> {
    pass("sync", path)
}

/// Gives a thing another name, in the place of what has that name.
///
/// # Errors
/// What the system says.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    pass("rename", to)?;
    fs::rename(from, to)
}

/// Gives a file another name, if nothing has it.
///
/// # Errors
/// What the system says; there is something of that name.
pub fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    pass("rename", to)?;
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            done => return done.map_err(io::Error::from),
        }
    }
    match fs::hard_link(from, to) {
        Ok(()) => return fs::remove_file(from),
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => return Err(cause),
        Err(_) => {}
    }
    if fs::symlink_metadata(to).is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// Exchanges two files or folders in one step.
///
/// # Errors
/// What the system says; [`ErrorKind::Unsupported`] if it does not know how.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    pass("rename", other)?;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // The kernel or the file system does not know how.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Err(ErrorKind::Unsupported.into()),
        Err(cause) => Err(cause.into()),
    }
}

/// This system cannot exchange two names.
///
/// # Errors
/// Always.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Makes `to` another name of the file `from`.
///
/// # Errors
/// What the system says; there is something of that name.
pub fn hard_link(from: &Path, to: &Path) -> io::Result<()> {
    pass("link", to)?;
    fs::hard_link(from, to)
}

/// Makes `to` a copy of the file `from`, with its time and permissions.
///
/// # Errors
/// What the system says; there is something of that name.
pub fn copy_new(from: &Path, to: &Path) -> io::Result<()> {
    let found = fs::symlink_metadata(from)?;
    let mut copy = create_new(to)?;
    pass("write", to)?;
    io::copy(&mut File::open(from)?, &mut copy)?;
    copy.set_times(FileTimes::new().set_modified(found.modified()?))?;
    copy.set_permissions(found.permissions())
}

/// Makes the link `to` that leads where the link `from` leads.
///
/// # Errors
/// What the system says.
#[cfg(unix)]
pub fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    pass("link", to)?;
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

/// Makes the link `to` that leads where the link `from` leads.
///
/// # Errors
/// What the system says.
#[cfg(windows)]
pub fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    use std::os::windows::fs::{FileTypeExt, symlink_dir, symlink_file};
    pass("link", to)?;
    let target = fs::read_link(from)?;
    let to_folder = fs::symlink_metadata(from)?.file_type().is_symlink_dir();
    if to_folder { symlink_dir(target, to) } else { symlink_file(target, to) }
}

/// Makes a folder.
///
/// # Errors
/// What the system says; there is something of that name.
pub fn create_folder(path: &Path) -> io::Result<()> {
    pass("mkdir", path)?;
    fs::create_dir(path)
}

/// Makes a folder and those above it that are not there.
///
/// # Errors
/// What the system says.
pub fn create_folders(path: &Path) -> io::Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    path.parent().map_or(Ok(()), create_folders)?;
    match create_folder(path) {
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        done => done,
    }
}

/// Removes a file or link.
///
/// # Errors
/// What the system says.
pub fn remove_file(path: &Path) -> io::Result<()> {
    pass("unlink", path)?;
    fs::remove_file(path)
}

/// Removes an empty folder.
///
/// # Errors
/// What the system says.
pub fn remove_folder(path: &Path) -> io::Result<()> {
    pass("rmdir", path)?;
    fs::remove_dir(path)
}

/// Gives a file or folder these permissions.
///
/// # Errors
/// What the system says.
pub fn set_permissions(path: &Path, permissions: Permissions) -> io::Result<()> {
    pass("chmod", path)?;
    fs::set_permissions(path, permissions)
}

/// Gives an open file these permissions, and the owner and group of `known` where we may.
///
/// # Errors
/// What the system says.
pub fn copy_rights(file: &File, path: &Path, known: &fs::Metadata) -> io::Result<()> {
    pass("chmod", path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let own = file.metadata()?;
        if (own.uid(), own.gid()) != (known.uid(), known.gid()) {
            // Only the administrator may give files away; whoever cannot keeps them, as every editor does.
            let _ = std::os::unix::fs::fchown(file, Some(known.uid()), Some(known.gid()));
        }
    }
    file.set_permissions(known.permissions())
}
