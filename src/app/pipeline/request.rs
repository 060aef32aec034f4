//! What is asked of a run.

use crate::analysis::Analysis;
use crate::catalogue::PlacePath;
use crate::date::Date;
use crate::site::{Facts, Staff};

use super::Part;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whether drafts and consultations are shown.
    pub drafts: bool,
    /// Only this place, those above it and those below.
    pub only: Option<PlacePath>,
    /// Only this part of the site, of those that several machines make.
    pub part: Option<Part>,
    /// Whether pages carry what the preview server needs.
    pub preview: bool,
    /// Whether the pages for staff are made.
    pub staff: bool,
    /// Whether the site can be searched.
    pub search: bool,
    /// Whether the indexes of the search are written as elasticlunr.js loads them, too.
    pub oracle: bool,
    /// The day it is.
    pub today: Date,
    /// The public address of the site, instead of the one in `site.yaml`.
    pub base_url: Option<String>,
    /// A day in the past or to come, of which data is asked for.
    pub on: Option<Date>,
    /// What makes the sink remember what was made, if it is to: then what would be made from the same again is kept.
    pub remember: Option<Remember>,
}

/// For which runs what was made is remembered.
#[derive(Clone, Debug)]
pub struct Remember {
    /// Returns what tells this build of the tool from every other; nothing is remembered where that is not known.
    pub tool: fn() -> Option<String>,
    /// From how many pages on a site is worth it.
    pub from_pages: usize,
}

impl Request {
    /// Asks for everything there is, drafts too, as of `today`.
    pub fn whole(today: Date) -> Self {
        Self {
            drafts: true,
            only: None,
            part: None,
            preview: false,
            staff: false,
            search: true,
            oracle: false,
            today,
            base_url: None,
            on: None,
            remember: None,
        }
    }

    /// Returns all that was asked for and decides what is made, but for which part of it.
    pub(super) fn asked(&self) -> String {
        let Self { drafts, only, part: _, preview, staff, search, oracle, today, base_url, on, remember: _ } =
            self;
        format!("{drafts} {preview} {staff} {search} {oracle} {today}\n{base_url:?}\n{only:?}\n{on:?}\n")
    }

    pub(super) fn facts<'a>(&self, analysis: &'a Analysis<'a>, staff: Option<Staff<'a>>) -> Facts<'a> {
        Facts { analysis, drafts: self.drafts, search: self.search, on: self.on, staff }
    }
}
