//! A packed Office file, opened with bounds: what unpacks to more than any list is refused before it is read.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::refusal;
use crate::diagnostic::Message;

/// Files in it.
const MOST_ENTRIES: usize = 2000;
/// Bytes of everything that is read out of one file, unpacked.
const MOST_UNPACKED: u64 = 24 << 20;
/// How many times its packed size a part of more than [`ALWAYS_FINE`] may have.
const MOST_RATIO: u64 = 200;
/// Bytes up to which the ratio does not matter.
const ALWAYS_FINE: u64 = 1 << 20;

/// A packed file.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'b> Archive<'b> {
    /// Opens a packed file.
    ///
    /// # Errors
    /// It is none, or holds too many files.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Message> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| refusal::damaged())?;
        if zip.len() > MOST_ENTRIES {
            return Err(refusal::swollen());
        }
        Ok(Self { zip, left: MOST_UNPACKED })
    }

    /// Tells whether it has a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Returns the names of the parts that start and end so.
    pub fn names(&self, start: &str, ending: &str) -> Vec<String> {
        let names = self.zip.file_names().flatten().map(|name| name.into_owned());
        let mut names: Vec<String> =
            names.filter(|name| name.starts_with(start) && name.ends_with(ending)).collect();
        names.sort();
        names
    }

    /// Unpacks the part called `name`. `None` if there is none.
    ///
    /// # Errors
    /// It is damaged, or too large.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Message> {
        let Some(at) = self.zip.index_for_name(name) else { return Ok(None) };
        self.unpack(at).map(Some)
    }

    /// Unpacks every part whose name ends so, to see that all of them together stay within bounds.
    ///
    /// # Errors
    /// One is damaged, or they are too large.
    pub fn check(&mut self, ending: &str) -> Result<(), Message> {
        let names: Vec<usize> = (0..self.zip.len())
            .filter(|at| {
                self.zip
                    .name_for_index(*at)
                    .is_some_and(|name| name.is_ok_and(|name| name.to_lowercase().ends_with(ending)))
            })
            .collect();
        names.into_iter().try_for_each(|at| self.unpack(at).map(drop))
    }

    fn unpack(&mut self, at: usize) -> Result<Vec<u8>, Message> {
        let file = self.zip.by_index(at).map_err(|_| refusal::damaged())?;
        let ratio = (file.compressed_size().max(1) * MOST_RATIO).max(ALWAYS_FINE);
        let most = self.left.min(ratio);
        // What it says of its own size may be a lie; one byte more than allowed shows it.
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes).map_err(|_| refusal::damaged())?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > most {
            return Err(refusal::swollen());
        }
        self.left -= size;
        Ok(bytes)
    }
}
