//! Renders a whole site, in parallel, place by place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use qingdan_storage::digest;
use rayon::prelude::*;

use super::origin::Origins;
use super::part::Portion;
use super::rest::put_all;
use super::{Listener, Progress};
use crate::catalogue::{Place, PlacePath};
use crate::diagnostic::{Error, Finding};
use crate::output::Sink;
use crate::render::{MadeFile, PageFailure, PageGroup, Renderer};
use crate::route::Route;
use crate::search::Shards;
use crate::site::{Page, SiteMap};

/// From so many places for each thread on, a place is the work of one thread.
const PLACES_A_THREAD: usize = 8;

/// Parts what worked from what failed.
fn parted<T, E>(results: Vec<Result<T, E>>) -> (Vec<T>, Vec<E>) {
    let (mut worked, mut failed) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(value) => worked.push(value),
            Err(error) => failed.push(error),
        }
    }
    (worked, failed)
}

/// A site that is rendered to a sink.
pub(super) struct Whole<'w, 'a, 'o> {
    pub renderer: &'w Renderer<'a, 'o>,
    pub shards: &'w Shards<'w, 'a>,
    pub map: &'a SiteMap<'a>,
    /// Which part of it is made.
    pub portion: &'w Portion<'w>,
    /// What its parts are made from, if the sink is to remember them.
    pub origins: Option<&'w Origins<'w>>,
    pub sink: &'w dyn Sink,
    pub listen: &'w Listener<'w>,
}

/// What came of the pages of one place in one language: what failed on pages, and on the rest.
type Troubles = (Vec<Failed>, Vec<Finding>);

impl<'a> Whole<'_, 'a, '_> {
    /// Renders what belongs to the portion; returns what failed in the theme.
    pub fn render(&self) -> Result<Vec<Finding>, Error> {
        let (shared, mut groups) = self.renderer.groups();
        groups.retain(|group| self.portion.has(group.place));
        let pages = shared.len() + groups.iter().map(|group| group.pages.len()).sum::<usize>();
        (self.listen)(Progress::Pages(pages));
        let spent = Spent::default();
        // Of pages that are in the packs of several places, every part has need.
        let (shared, mut failed) = self.pages(&shared, true, &spent)?;
        let digests = self.origins.map(|_| digests(&shared)).unwrap_or_default();
        // Where there are places enough for all threads, each makes the pages of one place: a thread that waited for pages of its
        // place would begin another, and another, and hold the pages of all.
        let few = groups.len() < PLACES_A_THREAD * rayon::current_num_threads();
        let one = |group: &PageGroup<'a>| {
            let made_from = self.origin_of(group, &shared, &digests);
            if let Some((part, made_from)) = &made_from
                && self.sink.keep(part, made_from)?
            {
                group.pages.iter().for_each(|_| (self.listen)(Progress::Page));
                return Ok(Troubles::default());
            }
            let (routes, troubles) = self.group(group, &shared, few, &spent)?;
            if let Some(((part, made_from), routes)) = made_from.zip(routes) {
                self.sink.made(&part, &made_from, &routes.iter().collect::<Vec<_>>());
            }
            Ok(troubles)
        };
        let mut others = Vec::new();
        for (pages, pack) in groups.par_iter().map(one).collect::<Result<Vec<_>, Error>>()? {
            failed.extend(pages);
            others.extend(pack);
        }
        if self.portion.has_rest() {
            match self.renderer.other_files() {
                Ok(files) => put_all(files, self.sink)?,
                Err(finding) => others.push(*finding),
            }
        }
        let mut findings = spent.findings(failed);
        findings.extend(others);
        Ok(each_once(findings))
    }

    /// Puts the shards that belong to the portion.
    pub fn search(&self) -> Result<(), Error> {
        let mut kept = BTreeSet::new();
        for place in self.map.facts.catalogue().places.values().filter(|place| self.portion.has(Some(place)))
        {
            if let Some((part, made_from)) = self.origin_of_search(place)
                && self.sink.keep(&part, &made_from)?
            {
                kept.insert(&place.path);
            }
        }
        let wanted = |place: Option<&Place>| {
            self.portion.has(place) && place.is_none_or(|place| !kept.contains(&place.path))
        };
        let files = self.shards.all(&wanted);
        files.par_iter().try_for_each(|(_, file)| self.sink.put(&file.route, &file.bytes))?;
        let mut of_places: BTreeMap<&PlacePath, (&Place, Vec<&Route>)> = BTreeMap::new();
        for (place, file) in files.iter().filter_map(|(place, file)| Some(((*place)?, file))) {
            of_places.entry(&place.path).or_insert((place, Vec::new())).1.push(&file.route);
        }
        for (place, routes) in of_places.into_values() {
            if let Some((part, made_from)) = self.origin_of_search(place) {
                self.sink.made(&part, &made_from, &routes);
            }
        }
        Ok(())
    }

    /// Returns under which name the pages of a place in a language are remembered, and what they are made from; none of what
    /// is of no place.
    fn origin_of(
        &self,
        group: &PageGroup<'a>,
        shared: &[MadeFile<'a>],
        digests: &BTreeMap<&Route, String>,
    ) -> Option<(String, String)> {
        let (origins, place) = (self.origins?, group.place?);
        let lang = group.lang.code.as_str();
        let pages = group.pages.iter().map(|page| page.route.as_str());
        let with_them = self.renderer.near(group, shared).into_iter();
        let with_them = with_them.map(|(_, route, _)| digests.get(route).map_or("", String::as_str));
        let more: Vec<&str> = std::iter::once(lang).chain(pages).chain(with_them).collect();
        Some((format!("pages {lang}/{}", place.path), origins.of(place, &more)))
    }

    /// The same for what a place is searched with.
    fn origin_of_search(&self, place: &Place) -> Option<(String, String)> {
        let origins = self.origins?;
        Some((format!("search {}", place.path), origins.of(place, &[])))
    }

    /// Renders these pages; returns what was made, and what failed in the theme.
    fn pages(
        &self,
        pages: &[&'a Page<'a>],
        at_once: bool,
        spent: &Spent,
    ) -> Result<(Vec<MadeFile<'a>>, Vec<Failed>), Error> {
        let one = |page: &&'a Page<'a>| self.page(page, spent);
        let made: Result<Vec<_>, Error> =
            if at_once { pages.par_iter().map(one).collect() } else { pages.iter().map(one).collect() };
        let (made, failed) = parted(made?);
        Ok((made.into_iter().flatten().collect(), failed.into_iter().flatten().collect()))
    }

    fn page(
        &self,
        page: &'a Page<'a>,
        spent: &Spent,
    ) -> Result<Result<Vec<MadeFile<'a>>, Option<Failed>>, Error> {
        let (kind, route) = (page.kind.name(), &page.route);
        if spent.is_known(kind, route) {
            return Ok(Err(None));
        }
        match self.renderer.page_with_parts(page) {
            Ok((bytes, parts)) => {
                let mut made = vec![(Some(page), route.clone(), bytes)];
                made.extend(parts.map(|(route, bytes)| (None, route, bytes)));
                if self.portion.has(owner(page)) {
                    made.iter().try_for_each(|(_, route, bytes)| self.sink.put(route, bytes))?;
                }
                (self.listen)(Progress::Page);
                Ok(Ok(made))
            }
            Err(failure) => Ok(Err(spent.notice(kind, route, *failure))),
        }
    }

    /// Renders and packs the pages of one place in one language: one place at a time, so that memory does not grow with the
    /// site. Returns the files that were put, if none of them failed or was not even tried, and what failed.
    fn group(
        &self,
        group: &PageGroup<'a>,
        shared: &[MadeFile<'a>],
        at_once: bool,
        spent: &Spent,
    ) -> Result<(Option<Vec<Route>>, Troubles), Error> {
        let (mut made, failed) = self.pages(&group.pages, at_once, spent)?;
        let mut is_whole = made.iter().filter(|(page, ..)| page.is_some()).count() == group.pages.len();
        let mut others = Vec::new();
        let mut routes: Vec<Route> = made.iter().map(|(_, route, _)| route.clone()).collect();
        // What a place keeps for when there is no network can be searched too.
        let first = group.pages.first();
        let languages = self.map.facts.catalogue().site.languages.iter();
        let searched = languages.filter_map(|lang| Some((lang, self.shards.of_page(first?, lang)?)));
        // Of another language only the words of danger: two places have to fit what a phone keeps.
        let files = searched.flat_map(|(lang, files)| {
            let further = files.further.into_iter().map(|(texts, _)| texts);
            let own = [files.texts, files.more].into_iter().chain(further);
            own.filter(move |_| lang.code == group.lang.code).chain(files.danger)
        });
        let files = files.filter_map(|route| self.shards.at(&route));
        made.extend(files.map(|file| (None, file.route.clone(), file.bytes.clone())));
        match self.renderer.packs(group, &made, shared) {
            Ok(files) => {
                files.iter().try_for_each(|(route, bytes)| self.sink.put(route, bytes))?;
                routes.extend(files.into_iter().map(|(route, _)| route));
            }
            Err(finding) => {
                is_whole = false;
                others.push(*finding);
            }
        }
        Ok((is_whole.then_some(routes), (failed, others)))
    }
}

/// Returns the digest of each file.
fn digests<'m>(files: &'m [MadeFile<'_>]) -> BTreeMap<&'m Route, String> {
    files.par_iter().map(|(_, route, bytes)| (route, digest(bytes))).collect()
}

/// Returns the place whose part a page is in.
fn owner<'a>(page: &Page<'a>) -> Option<&'a Place> {
    page.kind.subject().place()
}

/// A page on which the theme failed: its kind, where it stands, and why.
type Failed = (&'static str, Route, Finding);

/// The kinds of page whose template came to no end, each with the first page by address on which it did so. The pages
/// behind that one are not tried: each would take as long. Those before it are, so that which one is named does not hang
/// on which thread came first.
#[derive(Default)]
struct Spent(Mutex<BTreeMap<&'static str, (Route, Finding)>>);

impl Spent {
    fn is_known(&self, kind: &str, route: &Route) -> bool {
        self.known().get(kind).is_some_and(|(first, _)| first <= route)
    }

    /// Notes a failure of this sort; returns one of another.
    fn notice(&self, kind: &'static str, route: &Route, failure: PageFailure) -> Option<Failed> {
        if !failure.is_spent {
            return Some((kind, route.clone(), failure.finding));
        }
        let mut known = self.known();
        if known.get(kind).is_none_or(|(first, _)| route < first) {
            known.insert(kind, (route.clone(), failure.finding));
        }
        None
    }

    /// Returns these failures with those of other sorts, but for the pages that are not tried, or would not have been.
    fn findings(&self, failed: Vec<Failed>) -> Vec<Finding> {
        let others = failed.into_iter().filter(|(kind, route, _)| !self.is_known(kind, route));
        let mut findings: Vec<Finding> = others.map(|(_, _, finding)| finding).collect();
        findings.extend(self.known().values().map(|(_, finding)| finding.clone()));
        findings
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<&'static str, (Route, Finding)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns each kind of failure once: one mistake in a template fails on many pages.
fn each_once(failed: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::new();
    for finding in failed {
        if !kept.iter().any(|other| other.at == finding.at && other.message == finding.message) {
            kept.push(finding);
        }
    }
    kept
}
