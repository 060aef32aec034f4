//! A site that stays in memory.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::Sink;
use crate::diagnostic::Error;
use crate::route::Route;
use crate::text;

/// Collects the files of a site in memory, for `serve` and for tests.
#[derive(Debug, Default)]
pub struct MemorySite {
    files: Mutex<BTreeMap<Route, Arc<[u8]>>>,
}

impl MemorySite {
    /// Returns a site without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the files, by route.
    pub fn finish(self) -> BTreeMap<Route, Arc<[u8]>> {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for MemorySite {
    fn put(&self, route: &Route, bytes: &[u8]) -> Result<(), Error> {
        let bytes = Arc::from(bytes);
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        match files.insert(route.clone(), bytes) {
            None => Ok(()),
            Some(_) => Err(put_twice(PathBuf::new(), route)),
        }
    }
}

/// Returns the error for a second file at the same address.
pub(super) fn put_twice(path: PathBuf, route: &Route) -> Error {
    let reason = text!(
        "有两个文件的地址都是 {route}，请给其中一个改名",
        "two files have the address {route}; rename one"
    );
    Error::UnsafeOutput { path, reason }
}
