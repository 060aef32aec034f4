//! A part of a site, for whoever makes one on several machines: `build --shard 2/7`, then `link`.
//!
//! Every machine reads and checks the whole catalogue, which takes little, and renders the pages of its places, which takes
//! long. What is of no place (home, indexes, site maps, assets, tables) is the first part's. No file is in two parts, so that
//! putting them together is copying; a mark in each says what it was made from, so that only parts of one site are put together.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use qingdan_storage::digest;
use serde::{Deserialize, Serialize};

use super::{Request, origin};
use crate::catalogue::{Catalogue, Place, PlacePath};
use crate::diagnostic::Message;
use crate::output::PART_MARK;
use crate::route::Route;
use crate::source::SourceTree;
use crate::text;

/// Parts that a site can be made in.
pub const MOST_PARTS: usize = 10_000;

/// One of several parts of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Part {
    /// Which, from 1 on.
    pub number: usize,
    /// Of how many.
    pub of: usize,
}

impl FromStr for Part {
    type Err = Message;

    /// Reads `2/7`.
    fn from_str(text: &str) -> Result<Self, Message> {
        let numbers = text.split_once('/').and_then(|(number, of)| {
            Some(Self { number: number.trim().parse().ok()?, of: of.trim().parse().ok()? })
        });
        numbers.filter(|part| part.of <= MOST_PARTS && (1..=part.of).contains(&part.number)).ok_or_else(
            || {
                text!(
                    "写成“第几份/一共几份”，例如 2/7；最多 {MOST_PARTS} 份",
                    "write which part of how many, such as 2/7; at most {MOST_PARTS} parts"
                )
            },
        )
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// Which places a run makes: all, or those of its part.
#[derive(Debug)]
pub(super) struct Portion<'a> {
    part: Option<Part>,
    /// The places in their order, dealt out one by one.
    order: BTreeMap<&'a PlacePath, usize>,
}

impl<'a> Portion<'a> {
    pub fn new(part: Option<Part>, catalogue: &'a Catalogue) -> Self {
        Self { part, order: catalogue.places.keys().zip(0..).collect() }
    }

    /// Tells whether what is of a place, or of none, belongs to it.
    pub fn has(&self, place: Option<&Place>) -> bool {
        let at = place.and_then(|place| self.order.get(&place.path)).copied();
        self.part.is_none_or(|part| at.unwrap_or(0) % part.of == part.number - 1)
    }

    /// Tells whether what is of no place belongs to it.
    pub fn has_rest(&self) -> bool {
        self.has(None)
    }
}

/// What stands in a part besides its files: which part it is, and of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartMark {
    /// Which part.
    pub part: Part,
    /// Digest of all that the site is made from: tool, files, theme, what was asked for.
    pub made_from: String,
    /// The day for which it was made, which people see when two parts do not fit.
    pub day: String,
    /// The tool that made it.
    pub tool: String,
}

impl PartMark {
    /// Returns the mark of a part of the site that `request` makes of `sources`, `packed` or not.
    pub fn new(part: Part, sources: &SourceTree, request: &Request, packed: bool, tool: &str) -> Self {
        let mut all = format!("{tool}\n{packed}\n{}", request.asked());
        sources.iter().for_each(|(_, file)| all.push_str(&origin::line(file)));
        let made_from = digest(all.as_bytes());
        Self { part, made_from, day: request.today.to_string(), tool: tool.to_owned() }
    }

    /// Returns where the mark lies.
    pub fn route() -> Route {
        Route::new(PART_MARK)
    }

    /// Returns the mark as a file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).expect("a mark is plain data");
        bytes.push(b'\n');
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_written_as_two_numbers() {
        assert_eq!("2/7".parse(), Ok(Part { number: 2, of: 7 }));
        assert_eq!(Part { number: 2, of: 7 }.to_string(), "2/7");
        for wrong in ["", "2", "0/7", "8/7", "-1/7", "2/0", "1/10001", "a/b", "1/2/3"] {
            assert!(wrong.parse::<Part>().is_err(), "{wrong}");
        }
    }
}
