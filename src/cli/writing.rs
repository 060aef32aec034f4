//! What commands write: into a catalogue, one command at a time, and to files that a person named.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::terminal;
pub(super) use crate::correction::lock_change;
use crate::diagnostic::{Error, UiLang};
use crate::storage::{self, Change, Rules, Session};
use crate::text;

/// The mark at the start of a file that tells some programs that it is UTF-8.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Takes the catalogue at `root` for writing, before it is read.
///
/// # Errors
/// There is no catalogue; another command writes into it; the disk.
pub(super) fn session(root: &Path) -> Result<Session, Error> {
    if !root.join("site.yaml").is_file() {
        return Err(Error::NoCatalogue { path: root.to_owned() });
    }
    Session::open(root)
}

/// Returns where a file of a catalogue is on this system.
pub(super) fn native(root: &Path, path: &str) -> PathBuf {
    path.split('/').fold(root.to_owned(), |folder, part| folder.join(part))
}

/// Returns the change of a file that people write from the text it was read with; a byte order mark stays.
///
/// # Errors
/// It says something else by now; the disk.
pub(super) fn text_change(session: &Session, path: &str, old: &str, new: &str) -> Result<Change, Error> {
    let on_disk = session.path(path);
    let bytes = storage::read(&on_disk)?;
    let (mark, text) = bytes.strip_prefix(MARK).map_or((&[] as &[u8], bytes.as_slice()), |text| (MARK, text));
    if text != old.as_bytes() {
        return Err(changed(&on_disk));
    }
    let new = [mark, new.as_bytes()].concat();
    Ok(Change::of_people(path, Some(bytes), &new))
}

fn changed(path: &Path) -> Error {
    let path = path.display();
    Error::Argument {
        reason: text!(
            "“{path}”刚才有人改过，没有写；请再运行一次",
            "`{path}` was changed meanwhile and was not written; run this again"
        ),
    }
}

/// Writes the file that a person asked for by `--output` or `--out`, and says where the former one is, if it was not ours.
///
/// # Errors
/// As [`storage::save`].
pub(super) fn save(
    path: &Path,
    bytes: &[u8],
    catalogue: Option<&Path>,
    arguments: &ArgMatches,
    lang: UiLang,
) -> Result<(), Error> {
    let kept =
        storage::save(path, bytes, &Rules { catalogue, force: is_forced(arguments), ..Rules::default() })?;
    say_kept(kept.as_slice(), lang);
    Ok(())
}

/// Tells whether what we did not write may be replaced.
pub(super) fn is_forced(arguments: &ArgMatches) -> bool {
    arguments.try_get_one::<bool>("force").ok().flatten().copied().unwrap_or(false)
}

/// Says where former versions are kept.
pub(super) fn say_kept(kept: &[PathBuf], lang: UiLang) {
    for path in kept {
        let shown = path.display();
        terminal::say(text!("原来的留成了 {shown}", "the former one is kept as {shown}").get(lang));
    }
}

/// Says where a catalogue keeps what its files said before.
pub(super) fn say_where_kept(root: &Path, lang: UiLang) {
    let folder = root.join(Session::KEPT);
    let shown = folder.display();
    terminal::say(text!("改以前的样子留在 {shown}", "what was there before is kept in {shown}").get(lang));
}
