//! A site on disk.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use qingdan_storage::{Lock, sys};
use rayon::prelude::*;

use super::Sink;
use super::address::{Address, mounted};
use super::foreign::{self, Carried, Survey};
use super::manifest::{self, Routes};
use super::memory::put_twice;
use super::staging::Staging;
use super::store::{NewParts, Stamp, Store};
use crate::diagnostic::{Error, Message};
use crate::route::Route;
use crate::text;

/// The neighbour that remembers what the site was made from.
const STORE: &str = "qingdan-store";
/// Conflicts that a refusal names.
const NAMED_CONFLICTS: usize = 5;

/// An output folder that is being replaced.
///
/// Nothing in it changes before [`SiteFolder::commit`]; dropped before that, the last good site stays
/// untouched and the staging folder is removed. Killed at any moment, the last good site stays or the
/// new one is there, and the next [`SiteFolder::begin`] clears up. Everything is flushed to the disk before
/// the swap. What others put into the folder meanwhile is looked for once more after the swap and carried over.
#[derive(Debug)]
pub struct SiteFolder {
    address: Address,
    old: Routes,
    /// What the last build remembers.
    store: Store,
    ledger: Mutex<Ledger>,
    site: PathBuf,
    /// The fallback of systems that cannot exchange folders, for tests.
    pub(super) swap_in_two_steps: bool,
    // In this order: the staging folder is removed before the lock is given back.
    staging: Staging,
    _lock: Lock,
}

/// What was put so far.
#[derive(Debug, Default)]
struct Ledger {
    routes: Routes,
    /// Routes whose file in the output folder has the same bytes.
    unchanged: Vec<String>,
    /// Folders made in the staging folder.
    folders: Routes,
    bytes: u64,
    /// What the next build may keep.
    parts: NewParts,
}

/// What a commit did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files of the site, without the manifest.
    pub files: usize,
    /// Their size together.
    pub bytes: u64,
    /// Files that are new or have other bytes than before.
    pub changed: usize,
    /// Files that stayed the same file, with its time.
    pub unchanged: usize,
    /// Files we had made that the site no longer has.
    pub removed: usize,
    /// What was kept though we did not make it, in order, with `/`; a folder of which nothing is ours
    /// is named once, with `/` at the end.
    pub foreign: Vec<String>,
}

impl SiteFolder {
    /// Starts to replace `out`, which need not exist; the folders above it are made.
    ///
    /// Takes the lock, restores and clears what a killed build left, and makes the staging folder.
    /// `protected` are folders that must not be replaced nor written into: the catalogue, the theme. The
    /// current folder and the home folder must not be replaced either. If `out` is a symbolic link, the
    /// folder it leads to is replaced. With `keep`, what others put into a folder that never held a site stays there;
    /// without it, such a folder is refused.
    ///
    /// # Errors
    /// [`Error::UnsafeOutput`] if `out` must not be replaced or another build is writing it;
    /// [`Error::Write`] or [`Error::Read`] if the disk fails.
    pub fn begin(out: &Path, protected: &[&Path], keep: bool) -> Result<Self, Error> {
        let address = Address::find(out, protected, keep)?;
        let lock = Lock::take(&address.neighbour("qingdan-lock"), Duration::ZERO)
            .map_err(Error::writing(address.parent()))?
            .ok_or_else(|| address.refuse(busy()))?;
        let staging = Staging::make(&address)?;
        let old = manifest::read(&address.out)?;
        let store = Store::read(&address.neighbour(STORE));
        let site = staging.site();
        let ledger = Mutex::default();
        Ok(Self { address, old, store, ledger, site, swap_in_two_steps: false, staging, _lock: lock })
    }

    /// Puts the new site in the place of the old one and says what changed.
    ///
    /// Foreign files are carried over. If the new site equals the old one, nothing is touched at all.
    ///
    /// # Errors
    /// [`Error::UnsafeOutput`] if a foreign file is at the address of one of ours, or the folder cannot
    /// be moved; [`Error::Write`] or [`Error::Read`] if the disk fails. The old site is then untouched.
    pub fn commit(self) -> Result<Written, Error> {
        self.commit_while(|| {})
    }

    /// Commits; `meanwhile` stands for what other programs do between the last look and the swap.
    pub(super) fn commit_while(mut self, meanwhile: impl FnOnce()) -> Result<Written, Error> {
        let mut ledger = std::mem::take(&mut *self.ledger());
        let files = ledger.routes.len();
        ledger.routes.insert(manifest::NAME.to_owned());
        let survey = foreign::survey(&self.address.out, &self.old, &ledger.routes)?;
        if !survey.conflicts.is_empty() {
            return Err(self.conflict(&survey.conflicts));
        }
        let unchanged = ledger.unchanged.len();
        let mut foreign = survey.foreign.clone();
        if unchanged < files || survey.removed > 0 || ledger.routes != self.old {
            let carried = self.complete(&mut ledger, &survey)?;
            meanwhile();
            foreign.extend(self.swap(&carried)?);
            foreign.sort();
            foreign.dedup();
        }
        self.remember(&ledger.parts);
        Ok(Written {
            files,
            bytes: ledger.bytes,
            changed: files - unchanged,
            unchanged,
            removed: survey.removed,
            foreign,
        })
    }

    /// Adds to the staging folder what does not come from `put`.
    fn complete(&mut self, ledger: &mut Ledger, survey: &Survey) -> Result<Carried, Error> {
        for route in &ledger.unchanged {
            self.make_folder(&mut ledger.folders, route)?;
        }
        ledger.unchanged.par_iter().try_for_each(|route| {
            let (from, to) = (below(&self.address.out, route), below(&self.site, route));
            foreign::link_or_copy(&from, &to).map_err(Error::writing(&to))
        })?;
        let path = self.site.join(manifest::NAME);
        put_file(&path, manifest::text(&ledger.routes).as_bytes())?;
        let carried = survey.carry_over(&self.address.out, &self.site)?;
        if self.address.out.exists() {
            foreign::copy_permissions(&self.address.out, &self.site).map_err(Error::writing(&self.site))?;
        }
        Ok(carried)
    }

    /// Flushes the new site, puts it in the place of the old one, and carries over what others put into that one in
    /// the meantime; returns it.
    fn swap(&self, carried: &Carried) -> Result<Vec<String>, Error> {
        let shown = &self.address.shown;
        sys::sync_all_around(&self.site).map_err(Error::writing(shown))?;
        let refuse = |reason| Err(self.address.refuse(reason));
        if let Some(reason) = mounted(&self.address.out) {
            return refuse(reason);
        }
        self.staging.swap(self.swap_in_two_steps).map_err(|cause| self.stuck(cause))?;
        // Mounted since: the disk went along with the last site, and comes back with it.
        if let Some(reason) = self.staging.last().and_then(|last| mounted(&last)) {
            self.staging.swap_back().map_err(|cause| self.stuck(cause))?;
            return refuse(reason);
        }
        sys::sync_folder(self.address.parent()).map_err(Error::writing(shown))?;
        self.staging.rescue(&self.old, carried)
    }

    /// Notes what the site that is there was made from. Where that cannot be written the next build makes all anew, as it would
    /// without.
    fn remember(&self, parts: &NewParts) {
        let (draft, store) = (self.staging.draft(), self.address.neighbour(STORE));
        let _ = self.store.replace(parts, &draft, &store);
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the folder around `route` in the staging folder, once.
    fn make_folder(&self, made: &mut Routes, route: &str) -> Result<(), Error> {
        let Some((folder, _)) = route.rsplit_once('/') else { return Ok(()) };
        if !made.contains(folder) {
            let path = below(&self.site, folder);
            sys::create_folders(&path).map_err(Error::writing(&path))?;
            made.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Tells whether the file at `route` in the output folder is ours and has these bytes.
    fn is_current(&self, route: &str, bytes: &[u8]) -> Result<bool, Error> {
        if !self.old.contains(route) {
            return Ok(false);
        }
        let path = below(&self.address.out, route);
        match same_bytes(&path, bytes) {
            Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
            result => result.map_err(Error::reading(&path)),
        }
    }

    /// Returns the bytes of a file of the last site, if it was ours and can be read.
    pub(super) fn last(&self, route: &Route) -> Option<Vec<u8>> {
        let ours = self.old.contains(route.as_str());
        ours.then(|| fs::read(below(&self.address.out, route.as_str())).ok()).flatten()
    }

    fn conflict(&self, conflicts: &[String]) -> Error {
        let named = conflicts.iter().take(NAMED_CONFLICTS).cloned().collect::<Vec<_>>();
        let (zh, en) = (named.join("、"), named.join(", "));
        let count = conflicts.len();
        self.address.refuse(text!(
            "里面有 {count} 个文件不是 qingdan 写的，却与网页同名：{zh}。请移走它们，或换一个文件夹",
            "{count} of the files in it are not by qingdan and have the names of pages: {en}. \
             Move them away or choose another folder"
        ))
    }

    /// Says why the folders could not be swapped; a mount point is the usual reason.
    fn stuck(&self, cause: io::Error) -> Error {
        match cause.kind() {
            ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => self.address.refuse(text!(
                "这个文件夹是挂载点，不能整体替换（{cause}）；请写到它里面的一个文件夹",
                "the folder is a mount point and cannot be replaced ({cause}); write to a folder inside it"
            )),
            _ => Error::Write { path: self.address.shown.clone(), cause },
        }
    }
}

impl Sink for SiteFolder {
    /// Keeps the file that is there if it has these bytes, and otherwise writes a new one.
    fn put(&self, route: &Route, bytes: &[u8]) -> Result<(), Error> {
        let name = route.as_str();
        assert!(is_clean(name) && name != manifest::NAME, "a route is a clean relative path: {name}");
        // Before its bytes are looked at: a change after that is not ours.
        let before = Stamp::of(&below(&self.address.out, name));
        let current = self.is_current(name, bytes)?;
        {
            let mut ledger = self.ledger();
            if !ledger.routes.insert(name.to_owned()) {
                return Err(put_twice(self.address.shown.clone(), route));
            }
            ledger.bytes += bytes.len() as u64;
            if current {
                ledger.unchanged.push(name.to_owned());
                ledger.parts.stamp(name, before);
                return Ok(());
            }
            self.make_folder(&mut ledger.folders, name)?;
        }
        let path = below(&self.site, name);
        // Never written through an existing name: it could be a link to a file of the last site.
        put_file(&path, bytes)?;
        let stamp = Stamp::of(&path);
        self.ledger().parts.stamp(name, stamp);
        Ok(())
    }

    /// Keeps the files that a part had in the last site, if nobody touched one since.
    fn keep(&self, part: &str, made_from: &str) -> Result<bool, Error> {
        let Some(known) = self.store.part(part, made_from) else { return Ok(false) };
        let is_there = |route: &str, stamp| {
            self.old.contains(route) && Stamp::of(&below(&self.address.out, route)) == Some(stamp)
        };
        if !known.files.iter().all(|file| is_there(&file.route, file.stamp)) {
            return Ok(false);
        }
        let mut ledger = self.ledger();
        for file in &known.files {
            if !ledger.routes.insert(file.route.clone()) {
                return Err(put_twice(self.address.shown.clone(), &Route::new(file.route.clone())));
            }
            ledger.bytes += file.stamp.bytes;
            ledger.unchanged.push(file.route.clone());
            ledger.parts.stamp(&file.route, Some(file.stamp));
        }
        ledger.parts.add(part, made_from, known.files.iter().map(|file| file.route.clone()).collect());
        Ok(true)
    }

    fn made(&self, part: &str, made_from: &str, routes: &[&Route]) {
        let routes = routes.iter().map(|route| route.to_string()).collect();
        self.ledger().parts.add(part, made_from, routes);
    }
}

/// Writes a file of the next site; it is flushed with all of them, or now where that is not possible.
fn put_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let write = || {
        let mut file = sys::create_new(path)?;
        sys::write_all(&mut file, path, bytes)?;
        if cfg!(unix) { Ok(()) } else { sys::sync(&file, path) }
    };
    write().map_err(Error::writing(path))
}

fn busy() -> Message {
    text!(
        "另一个 qingdan 正在写这个文件夹，请等它结束后再试",
        "another qingdan is writing this folder; try again when it has finished"
    )
}

/// Tells whether `route` stays inside the folder it is put in, on every system.
fn is_clean(route: &str) -> bool {
    !route.contains(|c: char| c.is_control() || c == '\\' || c == ':')
        && route.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Returns the path of `route` in `folder`, with the separators of the system.
fn below(folder: &Path, route: &str) -> PathBuf {
    if cfg!(windows) {
        let mut path = folder.to_owned();
        path.extend(route.split('/'));
        return path;
    }
    folder.join(route)
}

/// Tells whether the file at `path` is a regular file with these bytes, by its size first.
fn same_bytes(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let found = fs::symlink_metadata(path)?;
    Ok(found.is_file() && found.len() == bytes.len() as u64 && fs::read(path)? == bytes)
}
