//! The snapshot: every input file once, decoded, in the order of its path.
//!
//! Everything after this row is a pure function of the [`SourceTree`], the arguments and the date.
//! Which files are read: `*.yaml`, `*.yml`, `*.md` and `*.lock` of the catalogue, and all files of its
//! theme folder. Symbolic links are not followed, pipes and devices not opened; pictures and office files are asked only
//! who made them, and where. Files of other programs and in other encodings than UTF-8
//! are named and refused, never guessed at.

mod derived;
mod encoding;
mod file;
mod names;
mod office;
mod sniff;
mod stray;
mod tiff;
mod traces;
mod walk;

pub use encoding::{Encoding, recode};
pub use file::{Position, SourceFile};
pub use names::meant_name;
pub use traces::{Trace, trace_of};
pub use walk::codes;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Error, Findings};
use crate::span::{FileId, Span};

/// The largest input file that is read, in bytes.
pub const LARGEST_FILE: u64 = 1024 * 1024;

/// The largest `*.md` file, in bytes: a guide is one page, and Markdown takes far more memory than YAML.
pub const LARGEST_GUIDE: u64 = LARGEST_FILE / 4;

/// The largest `*.lock` file, in bytes: the tool itself writes about 130 bytes to it for each translation,
/// and a province has tens of thousands. A larger one was written by something else.
pub const LARGEST_LOCK: u64 = 16 * LARGEST_FILE;

/// Returns the catalogue that the file at `path` belongs to: the nearest folder above it with a `site.yaml`.
pub fn catalogue_of(path: &Path) -> Option<&Path> {
    path.ancestors().skip(1).find(|folder| folder.join("site.yaml").is_file())
}

/// All input files, sorted by path; a [`FileId`] is an index into them.
#[derive(Clone, Debug)]
pub struct SourceTree {
    root: PathBuf,
    files: Vec<SourceFile>,
}

impl SourceTree {
    /// Reads the catalogue in `root`, beside the files of the default theme.
    ///
    /// # Errors
    /// [`Error::NoCatalogue`] without `site.yaml`; [`Error::Read`] if the disk fails. Files that cannot
    /// be used (too large, not UTF-8, a link) are findings and stay empty in the tree.
    pub fn read(root: &Path, builtin: Vec<SourceFile>, findings: &mut Findings) -> Result<Self, Error> {
        Self::read_with(root, builtin, &BTreeMap::new(), findings)
    }

    /// Reads the catalogue in `root` as an editor shows it: a text in `unsaved` stands in for the file at its
    /// path, and is a file of its own where there is none yet.
    ///
    /// # Errors
    /// Those of [`SourceTree::read`].
    pub fn read_with(
        root: &Path,
        builtin: Vec<SourceFile>,
        unsaved: &BTreeMap<String, String>,
        findings: &mut Findings,
    ) -> Result<Self, Error> {
        if !root.join("site.yaml").is_file() {
            return Err(Error::NoCatalogue { path: root.to_owned() });
        }
        let files = walk::read_all(root, builtin, unsaved, findings)?;
        Ok(Self { root: root.to_owned(), files })
    }

    /// Builds a tree from texts in memory, for tests and for the examples of the checks' pages.
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self::from_files(
            texts.into_iter().map(|(path, text)| SourceFile::new(path.to_owned(), text.to_owned())).collect(),
        )
    }

    /// Builds a tree from files in memory, in any order.
    pub fn from_files(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { root: PathBuf::new(), files }
    }

    /// Keeps what will be worked out from each file, with what was worked out from the files of `before` that say the same:
    /// for programs that read a catalogue again and again. Nothing else comes of it.
    #[must_use]
    pub fn follow(mut self, before: Option<&Self>) -> Self {
        for file in &mut self.files {
            let known = before.and_then(|before| Some(before.file(before.find(&file.path)?)));
            file.follow(known);
        }
        self
    }

    /// Returns the folder the paths are relative to.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns one file.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Returns the file at `path`, relative to the catalogue.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        u32::try_from(index).ok().map(FileId)
    }

    /// Returns every file with its id, by path.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0u32..).map(FileId).zip(&self.files)
    }

    /// Returns every file with its id, by path, to be changed; its path must stay.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (FileId, &mut SourceFile)> {
        (0u32..).map(FileId).zip(&mut self.files)
    }

    /// Puts a text in the place of what a file of this tree says; on the disk nothing changes.
    pub fn put(&mut self, id: FileId, text: String) {
        let file = &mut self.files[id.0 as usize];
        *file = SourceFile::new(std::mem::take(&mut file.path), text);
    }

    /// Returns the file of a span.
    pub fn of(&self, span: Span) -> &SourceFile {
        self.file(span.file)
    }
}
