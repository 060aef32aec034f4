//! Map of route to bytes, on disk or in memory; on disk only what changed, swapped in one step.
//!
//! A stage that makes files takes a [`Sink`] and puts each file once, from as many threads as it likes.
//! [`SiteFolder`] gathers them beside the output folder and then exchanges the two folders, so that
//! whoever reads the site, or kills the build, finds the last good site or the new one, never a mixture.
//! [`Compressed`] adds packed twins of the texts. [`MemorySite`] keeps them for `serve` and for tests.
//!
//! What lies where, for the output folder `public`:
//!
//! | name | what |
//! |---|---|
//! | `public/.qingdan-manifest` | the routes we made; every other file there is foreign and is kept |
//! | `.public.qingdan-new/` | the staging folder, only while a build runs; marked by `.qingdan-staging` |
//! | `.public.qingdan-lock` | held while a build runs (left in place on Windows) |
//! | `.public.qingdan-store` | what the site was made from, part by part; whatever would be made from the same stays |
//! | `.public.qingdan-kept/` | what another program put where the new site has something else; we never touch it again |
//!
//! To add another place that files can go to, add a file with one more [`Sink`].

mod address;
mod compressed;
mod folder;
mod foreign;
mod manifest;
mod memory;
mod rescue;
mod staging;
mod store;

#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod kill_tests;
#[cfg(test)]
mod safety_tests;
#[cfg(test)]
mod tests;

pub use compressed::Compressed;
pub use folder::{SiteFolder, Written};
pub use memory::MemorySite;

/// The name of the file that says which part of a site lies in a folder.
pub const PART_MARK: &str = ".qingdan-part";

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::diagnostic::Error;
use crate::route::Route;

/// A place that the files of a site are put to, from many threads.
pub trait Sink: Sync {
    /// Adds the file `route` with these bytes.
    ///
    /// # Errors
    /// [`Error::Write`] or [`Error::Read`] if the disk fails; [`Error::UnsafeOutput`] if the route was
    /// put before, because then one of the two files would be lost.
    fn put(&self, route: &Route, bytes: &[u8]) -> Result<(), Error>;

    /// Keeps the files that the last run told of as `part` ([`Sink::made`]), as if they were put, if it made them from the
    /// same and they are still there.
    ///
    /// # Errors
    /// As of [`Sink::put`].
    fn keep(&self, part: &str, made_from: &str) -> Result<bool, Error> {
        let _ = (part, made_from);
        Ok(false)
    }

    /// Tells that these files, which were put, are all of `part`, and what they were made from, for the next run.
    fn made(&self, part: &str, made_from: &str, routes: &[&Route]) {
        let _ = (part, made_from, routes);
    }
}

/// A sink that keeps nothing, for commands that only want the findings.
#[derive(Debug)]
pub struct Discard;

impl Sink for Discard {
    fn put(&self, _: &Route, _: &[u8]) -> Result<(), Error> {
        Ok(())
    }
}

/// Returns the bytes of a file in a folder; `None` if it is not there.
///
/// # Errors
/// [`Error::Read`] if the disk fails.
pub fn bytes_in(folder: &Path, route: &Route) -> Result<Option<Vec<u8>>, Error> {
    let path = folder.join(route.as_str());
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(cause) => Err(Error::Read { path, cause }),
    }
}

/// Returns the files of the site in a folder, in order; none if no site of this tool is there.
///
/// # Errors
/// [`Error::Read`] if the disk fails.
pub fn routes_in(folder: &Path) -> Result<Vec<String>, Error> {
    Ok(manifest::read(folder)?.into_iter().filter(|route| route != manifest::NAME).collect())
}
