//! Renders a whole site, in parallel, place by place.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::part::Portion;
use super::rest::put_all;
use super::{Listener, Progress};
use crate::catalogue::Place;
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

/// Renders what belongs to `portion`; returns what failed in the theme.
pub(super) fn render_all<'a>(
    renderer: &Renderer<'a, '_>,
    shards: &Shards<'_, '_>,
    map: &'a SiteMap<'a>,
    portion: &Portion<'_>,
    sink: &dyn Sink,
    listen: &Listener<'_>,
) -> Result<Vec<Finding>, Error> {
    let (shared, mut groups) = renderer.groups();
    groups.retain(|group| portion.has(group.place));
    listen(Progress::Pages(shared.len() + groups.iter().map(|group| group.pages.len()).sum::<usize>()));
    let spent = Spent::default();
    let one = |page: &&'a Page<'a>| -> Result<Result<Vec<MadeFile<'a>>, Option<Failed>>, Error> {
        let (kind, route) = (page.kind.name(), &page.route);
        if spent.is_known(kind, route) {
            return Ok(Err(None));
        }
        match renderer.page_with_parts(page) {
            Ok((bytes, parts)) => {
                let mut made = vec![(Some(*page), route.clone(), bytes)];
                made.extend(parts.map(|(route, bytes)| (None, route, bytes)));
                if portion.has(owner(page)) {
                    made.iter().try_for_each(|(_, route, bytes)| sink.put(route, bytes))?;
                }
                listen(Progress::Page);
                Ok(Ok(made))
            }
            Err(failure) => Ok(Err(spent.notice(kind, route, *failure))),
        }
    };
    let all = |pages: &[&'a Page<'a>], at_once: bool| -> Result<(Vec<MadeFile<'a>>, Vec<Failed>), Error> {
        let made: Result<Vec<_>, Error> =
            if at_once { pages.par_iter().map(one).collect() } else { pages.iter().map(one).collect() };
        let (made, failed) = parted(made?);
        Ok((made.into_iter().flatten().collect(), failed.into_iter().flatten().collect()))
    };
    // Of pages that are in the packs of several places, every part has need.
    let (shared, mut failed) = all(&shared, true)?;
    // Where there are places enough for all threads, each makes the pages of one place: a thread that waited for pages of its
    // place would begin another, and another, and hold the pages of all.
    let few = groups.len() < PLACES_A_THREAD * rayon::current_num_threads();
    // One place at a time, so that memory does not grow with the site.
    let group = |group: &PageGroup<'a>| -> Result<(Vec<Failed>, Vec<Finding>), Error> {
        let (mut made, failed) = all(&group.pages, few)?;
        let mut others = Vec::new();
        // What a place keeps for when there is no network can be searched too.
        let languages = map.facts.catalogue().site.languages.iter();
        let searched = languages.filter_map(|lang| Some((lang, shards.of_page(group.pages.first()?, lang)?)));
        // Of another language only the words of danger: two places have to fit what a phone keeps.
        let files = searched.flat_map(|(lang, files)| {
            let further = files.further.into_iter().map(|(texts, _)| texts);
            let own = [files.texts, files.more].into_iter().chain(further);
            own.filter(move |_| lang.code == group.lang.code).chain(files.danger)
        });
        let files = files.filter_map(|route| shards.at(&route));
        made.extend(files.map(|file| (None, file.route.clone(), file.bytes.clone())));
        match renderer.packs(group, &made, &shared) {
            Ok(files) => files.iter().try_for_each(|(route, bytes)| sink.put(route, bytes))?,
            Err(finding) => others.push(*finding),
        }
        Ok((failed, others))
    };
    let mut others = Vec::new();
    for (pages, pack) in groups.par_iter().map(group).collect::<Result<Vec<_>, Error>>()? {
        failed.extend(pages);
        others.extend(pack);
    }
    if portion.has_rest() {
        match renderer.other_files() {
            Ok(files) => put_all(files, sink)?,
            Err(finding) => others.push(*finding),
        }
    }
    let mut findings = spent.findings(failed);
    findings.extend(others);
    Ok(each_once(findings))
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
