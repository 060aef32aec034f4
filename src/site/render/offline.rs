//! What a phone keeps of a place, to be read without a network: one pack a place and language.
//!
//! A pack is one file with pages and the styles and scripts they need, all of one build: JSON in gzip. The
//! worker (`sw.js` of the theme) stores it whole or not at all. Beside it lies a smaller one for whoever
//! saves data. A page kind joins by its policy; files that are no pages, such as the words of a search,
//! come with the group; styles and scripts with the pages that name them.

use std::collections::{BTreeMap, BTreeSet};

use super::packed::{PackFiles, PackHead, Packs};
use super::{Renderer, voice};
use crate::catalogue::{Place, PlacePath};
use crate::diagnostic::Finding;
use crate::kind::Subject;
use crate::lang::{LangCode, Language};
use crate::route::Route;
use crate::{Facts, Page, PageKind};

/// The pages of one place in one language, which are made together; without those that are in several packs.
#[derive(Debug)]
pub struct PageGroup<'a> {
    /// The language.
    pub lang: &'a Language,
    /// The place; none for pages that are about no place.
    pub place: Option<&'a Place>,
    /// Its pages.
    pub pages: Vec<&'a Page<'a>>,
}

/// A page or another file, made.
pub type MadeFile<'a> = (Option<&'a Page<'a>>, Route, Vec<u8>);

/// Returns the pages that are in several packs, and the others by place and language: first those about no
/// place, then in the order of places.
pub(super) fn groups<'a>(
    pages: &'a [Page<'a>],
    facts: &Facts<'a>,
) -> (Vec<&'a Page<'a>>, Vec<PageGroup<'a>>) {
    let lent: BTreeSet<String> = facts.places().flat_map(|(place, _)| lent_to(facts, place)).collect();
    let is_shared = |page: &&Page<'_>| page.kind.policy().shared || is_lent(page, &lent);
    let (shared, others): (Vec<_>, Vec<_>) = pages.iter().partition(is_shared);
    let mut groups: BTreeMap<(Option<&PlacePath>, &LangCode), PageGroup<'a>> = BTreeMap::new();
    for page in others {
        let (lang, place) = (page.lang, page.kind.subject().place());
        let key = (place.map(|place| &place.path), &lang.code);
        groups.entry(key).or_insert_with(|| PageGroup { lang, place, pages: Vec::new() }).pages.push(page);
    }
    (shared, groups.into_values().collect())
}

/// Returns where the worker of a language lies.
pub(super) fn worker(lang: &LangCode) -> Route {
    Route::new(format!("{}/sw.js", lang.as_str()))
}

/// Returns where the worker lies that answers outside the languages.
pub(super) fn root_worker() -> Route {
    Route::new("sw.js")
}

/// Returns where the pack of a place lies, or that of the pages about no place.
pub(super) fn pack(lang: &LangCode, place: Option<&Place>) -> Route {
    folder_file(lang, place, "offline.bin")
}

/// Returns the folder of a place in a language, or of what belongs to no place, with the stroke at its end.
fn folder(lang: &LangCode, place: Option<&Place>) -> String {
    let place = place.map(|place| format!("{}/", place.path)).unwrap_or_default();
    format!("{}/{place}", lang.as_str())
}

fn folder_file(lang: &LangCode, place: Option<&Place>, name: &str) -> Route {
    Route::new(folder(lang, place) + name)
}

impl<'a> Renderer<'a, '_> {
    /// Returns the packs of a group, whose pages and other files are `made`; none in the preview, which has
    /// no worker.
    ///
    /// # Errors
    /// A finding, if the theme fails on the note.
    pub fn packs<'m>(
        &'m self,
        group: &PageGroup<'_>,
        made: &'m [MadeFile<'m>],
        shared: &'m [MadeFile<'m>],
    ) -> Result<Vec<(Route, Vec<u8>)>, Box<Finding>> {
        if self.preview {
            return Ok(Vec::new());
        }
        let near = self.near(group, shared);
        // What lies outside the folder of the place is the same for other places.
        let folder = folder(&group.lang.code, group.place);
        let (own, far): (Vec<&MadeFile<'m>>, Vec<&MadeFile<'m>>) = made
            .iter()
            .partition(|(page, route, _)| page.is_some() || route.as_str().starts_with(folder.as_str()));
        let common: Vec<&MadeFile<'m>> = near.into_iter().chain(far).collect();
        let all: Vec<&MadeFile<'m>> = common.iter().chain(&own).copied().collect();
        let head = self.pack_head(group, &all)?;
        let of_many = |small: bool| {
            let mut files = kept_files(&common, small);
            files.extend(self.needed(&all, small));
            files
        };
        let small = kept_files(&own, true);
        let mut others = kept_files(&own, false);
        others.retain(|path, _| !small.contains_key(path));
        let packs =
            Packs { head: &head, common: [&of_many(true), &of_many(false)], small: &small, others: &others };
        let [small, whole] = packs.packed(&self.begun);
        let file = |name| folder_file(&group.lang.code, group.place, name);
        Ok(vec![(file("offline.bin"), whole), (file("offline-small.bin"), small)])
    }

    /// Returns which of the shared pages go into the packs of a group.
    pub fn near<'m>(&self, group: &PageGroup<'_>, shared: &'m [MadeFile<'m>]) -> Vec<&'m MadeFile<'m>> {
        let lent: BTreeSet<String> =
            group.place.into_iter().flat_map(|place| lent_to(&self.map.facts, place)).collect();
        shared.iter().filter(|(page, ..)| page.is_some_and(|page| belongs(page, group, &lent))).collect()
    }

    fn pack_head<'m>(
        &'m self,
        group: &PageGroup<'_>,
        all: &[&'m MadeFile<'m>],
    ) -> Result<PackHead<'m>, Box<Finding>> {
        let note = |missing: bool| {
            let subject = group.place.map_or(Subject::Site, |place| Subject::Place(place, None));
            let groups = voice::groups(&self.map.facts, subject, &self.everywhere);
            let mut context = self.context(group.lang, &groups);
            context.insert("data", &serde_json::json!({ "missing": missing }));
            self.plain("kept.html", &context).map(|note| String::from_utf8_lossy(&note).into_owned())
        };
        let home = folder_file(&group.lang.code, group.place, "index.html");
        let leads = all.iter().filter_map(|(page, route, _)| match page.as_ref()?.kind {
            PageKind::Redirect(leads) => Some((route.as_str(), leads.target().route(group.lang).to_string())),
            _ => None,
        });
        let leads = leads.collect();
        Ok(PackHead { home: home.to_string(), kept: note(false)?, missing: note(true)?, leads })
    }

    /// Returns the assets that the kept pages name; the pages of one kind name the same ones.
    fn needed<'m>(&'m self, all: &[&'m MadeFile<'m>], small: bool) -> Vec<(&'m str, &'m str)> {
        let mut kinds = BTreeSet::new();
        let one_a_kind: Vec<&str> = all
            .iter()
            .filter_map(|(page, _, bytes)| {
                let page = page.filter(|page| is_kept(page, small))?;
                kinds.insert(page.kind.name()).then(|| std::str::from_utf8(bytes).ok())?
            })
            .collect();
        let named = |route: &Route| one_a_kind.iter().any(|page| page.contains(route.as_str()));
        let texts = self.theme.texts().filter(|(route, _)| named(route));
        texts.map(|(route, text)| (route.as_str(), text)).collect()
    }
}

/// Returns the files of the whole pack, or of the smaller one.
fn kept_files<'m>(made: &[&'m MadeFile<'m>], small: bool) -> PackFiles<'m> {
    let kept = made.iter().filter(|(page, ..)| page.is_none_or(|page| is_kept(page, small)));
    kept.filter_map(|(_, route, bytes)| Some((route.as_str(), std::str::from_utf8(bytes).ok()?))).collect()
}

fn is_kept(page: &Page<'_>, small: bool) -> bool {
    page.kind.policy().is_kept(small)
}

/// Returns the lists of places above that hold in `place`, too: their services are kept with it.
fn lent_to<'a>(facts: &Facts<'a>, place: &Place) -> Vec<String> {
    let place = facts.catalogue().places.get(&place.path).filter(|place| facts.shown(place).next().is_some());
    let offered = place
        .into_iter()
        .flat_map(|place| facts.offered(place).into_iter().filter(|shown| shown.place.path != place.path));
    offered.map(|shown| shown.address()).collect()
}

/// Tells whether a page is about a service of one of these lists.
fn is_lent(page: &Page<'_>, lists: &BTreeSet<String>) -> bool {
    let edition = page.kind.subject().edition().filter(|_| matches!(page.kind, PageKind::Service(_)));
    edition.is_some_and(|shown| lists.contains(&shown.address()))
}

/// Tells whether a shared page goes into the pack of a group: it is about no place, this one or one above; a service,
/// about this one or of a list of a place above that holds here (`lent`).
fn belongs(page: &Page<'_>, group: &PageGroup<'_>, lent: &BTreeSet<String>) -> bool {
    let own = page.kind.subject().place().map(|place| &place.path) == group.place.map(|place| &place.path);
    if matches!(page.kind, PageKind::Service(_)) {
        return page.lang.code == group.lang.code && (own || is_lent(page, lent));
    }
    let near = |at: &Place| group.place.is_some_and(|own| own.path == at.path || own.path.is_below(&at.path));
    page.lang.code == group.lang.code && page.kind.subject().place().is_none_or(near)
}
