//! What the last build put into an output folder, and what it was made from: what would be made from the same again stays.
//!
//! Lies beside the folder, is written after the swap, and may be thrown away at any time. It says of every file its length and
//! time; a file of which they are others, since somebody changed or copied it, is made anew. So are all of a store that was
//! written for another site, half or not at all.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use qingdan_storage::sys;

const FIRST_LINE: &str = "qingdan-store 1";
const LAST_LINE: &str = "end";

/// The parts of a site that is there, by name.
#[derive(Debug, Default)]
pub(super) struct Store {
    parts: BTreeMap<String, StoredPart>,
    /// As it stands on the disk.
    text: String,
}

/// Files that are made together.
#[derive(Debug)]
pub(super) struct StoredPart {
    made_from: String,
    /// In their order.
    pub files: Vec<StoredFile>,
}

/// A file as it was when the site was put there.
#[derive(Debug)]
pub(super) struct StoredFile {
    pub route: String,
    pub stamp: Stamp,
}

/// What tells a file that nobody touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Its length in bytes.
    pub bytes: u64,
    /// When it was written, in nanoseconds.
    time: u128,
}

impl Stamp {
    /// Returns that of the regular file at `path`. `None` if there is none, or its time is a whole second: somebody made it so,
    /// or the disk tells no finer ones, and it would not tell the file from another.
    pub fn of(path: &Path) -> Option<Self> {
        let found = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
        let time = found.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        (time.subsec_nanos() > 0).then_some(Self { bytes: found.len(), time: time.as_nanos() })
    }
}

/// What was put in this run: each part with what it was made from, and its routes; and the files that were looked at or
/// written, as they were then: what somebody does to one afterwards is not ours.
#[derive(Debug, Default)]
pub(super) struct NewParts {
    parts: BTreeMap<String, (String, Vec<String>)>,
    stamps: BTreeMap<String, Stamp>,
}

impl NewParts {
    /// Adds a part.
    pub fn add(&mut self, name: &str, made_from: &str, routes: Vec<String>) {
        self.parts.insert(name.to_owned(), (made_from.to_owned(), routes));
    }

    /// Notes how a file is, if that tells it from others.
    pub fn stamp(&mut self, route: &str, stamp: Option<Stamp>) {
        self.stamps.extend(stamp.map(|stamp| (route.to_owned(), stamp)));
    }

    /// Returns the text of a store of these parts; of a part of which one file was not noted, nothing.
    fn text(&self) -> String {
        let part = |(name, (made_from, routes)): (&String, &(String, Vec<String>))| {
            let mut text = format!("part {made_from} {name}\n");
            for route in routes {
                let Stamp { bytes, time } = self.stamps.get(route)?;
                writeln!(text, "{bytes} {time} {route}").expect("memory takes all writes");
            }
            Some(text)
        };
        let parts: Vec<String> = self.parts.iter().filter_map(part).collect();
        format!("{FIRST_LINE}\n{}{LAST_LINE}\n", parts.concat())
    }
}

impl Store {
    /// Reads the store at `path`; what cannot be read holds nothing.
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_default();
        let parts = parts(&text).unwrap_or_default();
        Self { parts, text }
    }

    /// Returns the part of this name, if it was made from this.
    pub fn part(&self, name: &str, made_from: &str) -> Option<&StoredPart> {
        self.parts.get(name).filter(|part| part.made_from == made_from)
    }

    /// Puts a store of `parts` at `path`, over this one, by way of `draft`; none where there are no parts.
    ///
    /// # Errors
    /// What the system said.
    pub fn replace(&self, parts: &NewParts, draft: &Path, path: &Path) -> io::Result<()> {
        if parts.parts.is_empty() {
            return if self.text.is_empty() { Ok(()) } else { sys::remove_file(path) };
        }
        let text = parts.text();
        if text == self.text {
            return Ok(());
        }
        let mut file = sys::create_new(draft)?;
        sys::write_all(&mut file, draft, text.as_bytes())?;
        sys::sync(&file, draft)?;
        sys::rename(draft, path)
    }
}

/// Returns the parts that a store states; `None` if one line is not as we write them.
fn parts(text: &str) -> Option<BTreeMap<String, StoredPart>> {
    let mut lines = text.strip_suffix(&format!("{LAST_LINE}\n"))?.lines();
    lines.next().filter(|line| *line == FIRST_LINE)?;
    let mut parts = BTreeMap::new();
    let mut open: Option<(String, StoredPart)> = None;
    for line in lines {
        if let Some(head) = line.strip_prefix("part ") {
            let (made_from, name) = head.split_once(' ')?;
            let part = StoredPart { made_from: made_from.to_owned(), files: Vec::new() };
            parts.extend(open.replace((name.to_owned(), part)));
            continue;
        }
        let mut words = line.splitn(3, ' ');
        let mut word = || words.next();
        let stamp = Stamp { bytes: word()?.parse().ok()?, time: word()?.parse().ok()? };
        open.as_mut()?.1.files.push(StoredFile { route: word()?.to_owned(), stamp });
    }
    parts.extend(open);
    Some(parts)
}
