//! How all lists stand to their baselines, worked out once for all pages for staff.
//!
//! ```text
//! coverage of every list ─ problems that lists share ─ pages of gaps by verdict, axis, service, area, place
//!                        └ prefectures ─ parts of the matrix
//! ```
//! However many lists there are, no page becomes large: the matrix is divided by prefecture ([`MatrixPart`]), gaps
//! by what one may ask for ([`GapFilter`]) and then by weight.

mod division;
mod filters;
mod problems;
mod script;

pub use division::{MatrixPart, Prefecture};
pub use filters::{GapEntry, GapFilter, GapSection};
pub use problems::Problem;
pub use script::{route as script_route, scripts};

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Address;
use crate::analysis::Analysis;
use crate::catalogue::{Catalogue, EditionRef, Place};
use crate::coverage::Coverage;

/// How every list stands that is measured against another.
#[derive(Debug)]
pub struct Overview<'a> {
    /// Each baseline with its lists, those of the highest places first.
    pub baselines: Vec<BaselineOverview<'a>>,
}

/// The lists measured against one baseline.
#[derive(Debug)]
pub struct BaselineOverview<'a> {
    /// The baseline, in the edition that the lists are held against.
    pub baseline: EditionRef<'a>,
    /// The lists, in the order of places.
    pub lists: Vec<HeldList<'a>>,
    /// The lists by prefecture.
    pub prefectures: Vec<Prefecture<'a>>,
    /// What is not met, or exceeded: every problem once, in the order of the baseline.
    pub problems: Vec<Problem<'a>>,
    /// The matrix in parts; none if it fits on one page.
    pub parts: Vec<MatrixPart>,
    /// What can be asked for, each with its pages.
    pub sections: Vec<GapSection>,
}

/// A list held against the edition of its baseline that is in force.
#[derive(Debug)]
pub struct HeldList<'a> {
    /// The edition of the baseline it was written for, if that is another.
    pub outdated: Option<String>,
    /// How it stands.
    pub coverage: &'a Coverage<'a>,
}

impl<'a> Overview<'a> {
    /// Works out how every list stands; linear in the lists, each of which takes milliseconds.
    pub fn new(analysis: &'a Analysis<'a>) -> Self {
        let catalogue = analysis.catalogue;
        let held = analysis.coverages().into_par_iter().map(|coverage| held(analysis, coverage));
        let held: Vec<HeldList<'a>> = held.collect();
        let mut grouped: BTreeMap<(usize, String), Vec<HeldList<'a>>> = BTreeMap::new();
        for list in held {
            let key = list.coverage.baseline.list_address();
            grouped.entry((key.matches('/').count(), key)).or_default().push(list);
        }
        let baselines = grouped.into_values().map(|lists| BaselineOverview::new(catalogue, lists));
        Self { baselines: baselines.collect() }
    }
}

impl<'a> BaselineOverview<'a> {
    fn new(catalogue: &'a Catalogue, lists: Vec<HeldList<'a>>) -> Self {
        let baseline = lists.first().expect("a baseline is known by its lists").coverage.baseline;
        let prefectures = division::prefectures(catalogue, baseline, &lists);
        let parts = division::parts(baseline, lists.len(), &prefectures);
        let problems = problems::problems(&lists);
        let sections = filters::sections(catalogue, baseline, &lists, &prefectures, &problems);
        Self { baseline, lists, prefectures, problems, parts, sections }
    }

    /// Returns the section of a filter with this key.
    pub fn section(&self, filter: GapFilter, key: &str) -> Option<&GapSection> {
        self.sections.iter().find(|section| section.filter == filter && section.key == key)
    }

    /// Returns how many provisions are not met, over all lists.
    pub fn gaps(&self) -> usize {
        self.lists.iter().map(|held| held.coverage.gaps().count()).sum()
    }
}

/// Holds a list against the edition of its baseline that is in force.
fn held<'a>(analysis: &'a Analysis<'a>, coverage: &'a Coverage<'a>) -> HeldList<'a> {
    match analysis.coverage_now(coverage.local) {
        Some(now) => HeldList { outdated: Some(coverage.baseline.edition.id.clone()), coverage: now },
        None => HeldList { outdated: None, coverage },
    }
}

/// Returns the address of the matrix of the lists measured against the list of `baseline`.
pub fn matrix_address(baseline: EditionRef<'_>) -> Address {
    Address::staff(&format!("coverage/{}", baseline.list_address()))
}

/// Returns the address of a part of that matrix.
pub fn part_address(baseline: EditionRef<'_>, part: &MatrixPart) -> Address {
    Address::staff(&format!("coverage/{}/{}", baseline.list_address(), part.path))
}

/// Returns the address of the index of what is not met.
pub fn gaps_address(baseline: EditionRef<'_>) -> Address {
    Address::staff(&format!("gaps/{}", baseline.list_address()))
}

/// Returns the address of a page of gaps, counted from 0.
pub fn gap_address(baseline: EditionRef<'_>, section: &GapSection, page: usize) -> Address {
    let path = format!("gaps/{}/{}/{}", baseline.list_address(), section.filter.as_str(), section.path);
    Address::staff(&if page == 0 { path } else { format!("{path}/{}", page + 1) })
}

/// Returns the address of the page that holds a list against its baseline.
pub fn list_address(issue: EditionRef<'_>) -> Address {
    Address::staff(&format!("list/{}", issue.address()))
}

/// Returns an address in an edition as the name of a place on a page.
pub fn anchor(address: &str) -> String {
    address.replace('/', "-")
}

/// Returns the place directly below `above` that `place` belongs to; itself if it stands elsewhere.
fn below<'a>(catalogue: &'a Catalogue, above: &Place, place: &'a Place) -> &'a Place {
    let mut at = place;
    while let Some(parent) = catalogue.parent(&at.path) {
        if parent.path == above.path {
            return at;
        }
        at = parent;
    }
    place
}
