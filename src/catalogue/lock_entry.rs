//! One entry of `editions.lock`: as it is read, written and sealed.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::snapshot::Snapshot;
use super::statement::hex;
use crate::span::Span;
use crate::syntax::Node;

/// How entries are written now.
const VERSION: &str = "2";

/// One frozen edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// Its address, `place/list/edition`.
    pub edition: String,
    /// The day it was frozen.
    pub frozen: String,
    /// SHA-256 of what it states; of its file, if `stated` is not there.
    pub sha256: String,
    /// SHA-256 of the seal before and all else that stands here.
    pub seal: String,
    /// The first digits of the SHA-256 of each line, one after the other.
    pub lines: String,
    /// What entries hold since version 2.
    pub stated: Option<Stated>,
    /// The seal before.
    pub(super) before: String,
    pub(super) at: Option<Span>,
}

/// What an entry holds besides the digest of what is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The names it uses.
    pub names: Snapshot,
    /// Digests of what may be corrected: of the edition itself, then of each service.
    pub open: String,
}

/// One dated correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Corrected {
    pub edition: String,
    pub corrected: String,
    pub open: String,
    pub seal: String,
    pub before: String,
    pub at: Option<Span>,
}

/// One entry of the lock file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LockEntry {
    Frozen(Box<Frozen>),
    Corrected(Corrected),
}

/// An entry as the file has it.
#[derive(Serialize)]
pub(super) struct Written<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u8>,
    edition: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    frozen: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    names: Option<&'a Snapshot>,
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<&'a str>,
    seal: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<&'a str>,
}

impl LockEntry {
    /// Reads an entry that follows the seal `before`.
    pub(super) fn read(item: &Node, before: &str) -> Option<Self> {
        let part = |key: &str| item.get(key).and_then(Node::text).map(str::to_owned);
        let (edition, seal, before) = (part("edition")?, part("seal")?, before.to_owned());
        let at = item.get("edition").map(|node| node.span);
        if let Some(corrected) = part("corrected") {
            let open = part("open")?;
            return Some(Self::Corrected(Corrected { edition, corrected, open, seal, before, at }));
        }
        let stated = match part("version").as_deref() {
            None => None,
            Some(VERSION) => Some(Stated { names: Snapshot::read(item.get("names")?)?, open: part("open")? }),
            Some(_) => return None,
        };
        let (frozen, sha256, lines) = (part("frozen")?, part("sha256")?, part("lines")?);
        Some(Self::Frozen(Box::new(Frozen { edition, frozen, sha256, seal, lines, stated, before, at })))
    }

    pub(super) fn written(&self, excerpt: bool) -> Written<'_> {
        let mut written = Written {
            before: None,
            version: None,
            edition: self.edition(),
            frozen: None,
            corrected: None,
            sha256: None,
            names: None,
            open: None,
            seal: self.seal(),
            lines: None,
        };
        let before = match self {
            Self::Frozen(frozen) => {
                written.frozen = Some(&frozen.frozen);
                written.sha256 = Some(&frozen.sha256);
                written.lines = Some(&frozen.lines);
                if let Some(stated) = &frozen.stated {
                    (written.version, written.names) = (Some(2), Some(&stated.names));
                    written.open = Some(stated.open.as_str());
                }
                &frozen.before
            }
            Self::Corrected(corrected) => {
                written.corrected = Some(&corrected.corrected);
                written.open = Some(&corrected.open);
                &corrected.before
            }
        };
        written.before = excerpt.then_some(before.as_str());
        written
    }

    pub(super) fn edition(&self) -> &str {
        match self {
            Self::Frozen(frozen) => &frozen.edition,
            Self::Corrected(corrected) => &corrected.edition,
        }
    }

    pub(super) fn seal(&self) -> &str {
        match self {
            Self::Frozen(frozen) => &frozen.seal,
            Self::Corrected(corrected) => &corrected.seal,
        }
    }

    pub(super) fn at(&self) -> Option<Span> {
        match self {
            Self::Frozen(frozen) => frozen.at,
            Self::Corrected(corrected) => corrected.at,
        }
    }

    /// Returns the seal that what stands here must have.
    pub(super) fn true_seal(&self) -> String {
        let sealed = match self {
            Self::Frozen(entry) => {
                let Frozen { edition, frozen, sha256, lines, before, stated, .. } = entry.as_ref();
                match stated {
                    None => format!("{before}\n{edition}\n{frozen}\n{sha256}\n{lines}"),
                    Some(Stated { names, open }) => {
                        let names = names.text();
                        format!(
                            "{before}\n{VERSION}\n{edition}\n{frozen}\n{sha256}\n{names}\n{open}\n{lines}"
                        )
                    }
                }
            }
            Self::Corrected(Corrected { edition, corrected, open, before, .. }) => {
                format!("{before}\ncorrected\n{edition}\n{corrected}\n{open}")
            }
        };
        hex(Sha256::digest(sealed.as_bytes()).as_slice())
    }
}
