//! The texts that the client has open.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lsp_types::TextDocumentContentChangeEvent;

use super::position::Units;
use super::uri;
use crate::personal::hidden;
use crate::source::catalogue_of;

/// A text that the client has open, and where it belongs.
pub(super) struct Document {
    pub(super) version: i32,
    pub(super) text: String,
    /// The catalogue it is in.
    pub(super) root: PathBuf,
    /// Its path in there, with `/`.
    pub(super) path: String,
}

/// The open texts by the address that the client knows them under.
#[derive(Default)]
pub(super) struct Documents(BTreeMap<String, Document>);

impl Documents {
    /// Takes in a text; one that belongs to no catalogue is none of ours.
    pub(super) fn open(&mut self, address: &str, version: i32, text: String) {
        let Some(file) = uri::path(address) else { return };
        let Some(root) = catalogue_of(&file) else { return };
        let path = inside(root, &file);
        self.0.insert(address.to_owned(), Document { version, text, root: root.to_owned(), path });
    }

    /// Makes changes to a text, one after the other. A change without a place is the whole text.
    pub(super) fn change(
        &mut self,
        address: &str,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        units: Units,
    ) {
        let Some(document) = self.0.get_mut(address) else { return };
        document.version = version;
        for change in changes {
            match change.range {
                None => document.text = change.text,
                Some(range) => {
                    let (a, b) =
                        (units.byte(&document.text, range.start), units.byte(&document.text, range.end));
                    document.text.replace_range(a.min(b)..a.max(b), &change.text);
                }
            }
        }
    }

    pub(super) fn close(&mut self, address: &str) {
        self.0.remove(address);
    }

    pub(super) fn get(&self, address: &str) -> Option<&Document> {
        self.0.get(address)
    }

    /// Returns the catalogues that texts are open of.
    pub(super) fn roots(&self) -> impl Iterator<Item = &Path> {
        self.0.values().map(|document| document.root.as_path())
    }

    /// Returns the addresses of the open texts of a catalogue.
    pub(super) fn addresses(&self, root: &Path) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(_, document)| document.root == root).map(|(address, _)| address.as_str())
    }

    /// Returns the texts of a catalogue by path, as they stand in for its files.
    ///
    /// Not those in which the client could not read every byte: the file itself tells more.
    pub(super) fn texts(&self, root: &Path) -> BTreeMap<String, String> {
        let of_it =
            self.0.values().filter(|document| document.root == root && !document.text.contains('\u{FFFD}'));
        of_it.map(|document| (document.path.clone(), document.text.clone())).collect()
    }

    /// Returns the address and the version of the file at `path` of a catalogue, if it is open.
    pub(super) fn at(&self, root: &Path, path: &str) -> Option<(&str, i32)> {
        let is_it = |document: &Document| document.root == root && hidden(&document.path) == path;
        let (address, document) = self.0.iter().find(|(_, document)| is_it(document))?;
        Some((address, document.version))
    }
}

/// Returns the path of a file in a folder, with `/`.
fn inside(root: &Path, file: &Path) -> String {
    let rest = file.strip_prefix(root).unwrap_or(file);
    rest.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}
