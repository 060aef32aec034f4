//! What the files of a place are made from, so that whoever made them from the same before need not make them again.
//!
//! In: the files of a catalogue, what was asked for, the tool. Out: for each place one digest of everything that its pages,
//! packs and shards can show: its own files, those of the places above and below and of those its lists are measured against,
//! what belongs to no place, and of every other place what stands in its *face*: its names, and which lists it shows.
//! Whoever lets pages of one place tell more of another adds it there; `tests/remembered.rs` changes one thing of every kind
//! and compares with a site made from nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use qingdan_storage::digest;

use super::{Remember, Request};
use crate::catalogue::{Catalogue, Edition, List, Place, PlacePath, Service};
use crate::lang::Localized;
use crate::source::{SourceFile, SourceTree};

/// What everything that belongs to a place is made from.
pub(super) struct Origins<'a> {
    catalogue: &'a Catalogue,
    /// What all places have in common.
    common: String,
    /// The files of each place.
    own: BTreeMap<&'a PlacePath, String>,
}

impl<'a> Origins<'a> {
    /// Looks at all files; `None` where nothing is to be remembered.
    pub fn new(
        request: &Request,
        sources: &SourceTree,
        catalogue: &'a Catalogue,
        pages: usize,
    ) -> Option<Self> {
        let Remember { tool, from_pages } = request.remember.as_ref()?;
        // Pages for staff show findings, which may be about anything.
        if pages < *from_pages || request.staff {
            return None;
        }
        let mut common = format!("{}\n{}", tool()?, request.asked());
        let mut own: BTreeMap<&PlacePath, String> = BTreeMap::new();
        for (_, file) in sources.iter() {
            let line = line(file);
            match place_of(file, catalogue) {
                Some(place) => own.entry(&place.path).or_default().push_str(&line),
                None => common.push_str(&line),
            }
        }
        common.extend(catalogue.places.values().map(|place| face(place, request.drafts)));
        // Whether any place defines a group decides which words of the vocabulary are shown elsewhere.
        common.push_str(&format!("{:?}\n", catalogue.defined));
        let own = own.into_iter().map(|(path, files)| (path, digest(files.as_bytes()))).collect();
        Some(Self { catalogue, common: digest(common.as_bytes()), own })
    }

    /// Returns the digest of what everything is made from that belongs to `place`, with `more` that goes into it.
    pub fn of(&self, place: &Place, more: &[&str]) -> String {
        let mut all = self.common.clone();
        for path in self.near(place) {
            let files = self.own.get(path).map_or("", String::as_str);
            let _ = write!(all, "\n{path} {files}");
        }
        more.iter().for_each(|more| all.extend(["\n", more]));
        digest(all.as_bytes())
    }

    /// Returns the places whose files pages of `place` show: itself, those below, those that their lists are measured
    /// against or go on from, and those above all of these.
    fn near(&self, place: &Place) -> BTreeSet<&'a PlacePath> {
        let places = &self.catalogue.places;
        let mut near = BTreeSet::new();
        let is_of = |path: &PlacePath| *path == place.path || path.is_below(&place.path);
        let mut next: Vec<&'a Place> = places.values().filter(|other| is_of(&other.path)).collect();
        while let Some(here) = next.pop() {
            if near.insert(&here.path) {
                next.extend(self.catalogue.parent(&here.path));
                next.extend(self.named(here));
            }
        }
        near
    }

    /// Returns the places whose lists those of a place name.
    fn named(&self, place: &'a Place) -> impl Iterator<Item = &'a Place> {
        let editions = place.lists.values().flat_map(|list| &list.editions);
        let addresses = editions.flat_map(|edition| [&edition.measured_against, &edition.inherits]).flatten();
        addresses.filter_map(|address| Some(self.catalogue.edition(&address.value)?.place))
    }
}

/// Returns a line that tells a file from others.
pub(super) fn line(file: &SourceFile) -> String {
    format!("{} {}\n", digest(file.bytes.as_deref().unwrap_or(file.text.as_bytes())), file.path)
}

/// Returns the place in whose folder a file lies.
fn place_of<'a>(file: &SourceFile, catalogue: &'a Catalogue) -> Option<&'a Place> {
    let (folder, _) = file.path.rsplit_once('/')?;
    let folder = PlacePath::new(folder);
    catalogue.places.get(&folder).or_else(|| catalogue.parent(&folder))
}

/// Returns what pages of other places may show of a place: its names in all languages; its lists, with the ids of their
/// services, by which a list above finds its own in them.
fn face(place: &Place, drafts: bool) -> String {
    let texts = |name: &Localized| -> Vec<String> {
        name.iter().map(|(code, text)| format!("{}={:?}", code.as_str(), text.value)).collect()
    };
    let counties = place.counties.iter().flat_map(|counties| &counties.names);
    let names =
        (texts(&place.name), place.short_name.as_ref().map(texts), counties.map(texts).collect::<Vec<_>>());
    let lists = place.lists.values();
    let editions = lists.flat_map(|list| list.editions.iter().map(move |edition| (list, edition)));
    let edition = |(list, edition): (&List, &Edition)| {
        let group = edition.group.as_ref().map(|group| &group.value);
        let named = [&edition.measured_against, &edition.inherits];
        let named = named.map(|address| address.as_ref().map(|address| &address.value));
        let head = (&list.id, &edition.id, edition.status, group, edition.compiled.is_some(), named);
        let services: Vec<_> = edition.services.iter().map(answers).collect();
        format!("{head:?} {services:?}")
    };
    let editions: Vec<String> = editions.map(edition).collect();
    let shown: Vec<String> = place.shown(drafts).map(|shown| shown.address()).collect();
    let guides: Vec<&str> = place.guides.iter().map(|guide| guide.name.as_str()).collect();
    let forms: Vec<&String> = place.forms.keys().collect();
    let tells = (place.danger.is_some(), !place.reporting.is_empty());
    let kind = place.kind.as_ref().map(|kind| kind.value);
    let what = (&place.code.value, place.tier.value, kind, guides, forms, tells);
    format!("{} {names:?} {what:?} {editions:?} {shown:?}\n", place.path)
}

/// Returns the id of a service, and what it answers.
fn answers(service: &Service) -> (&str, Option<&str>, Vec<&str>) {
    let covers = service.body.provisions.iter().flat_map(|provision| &provision.covers);
    let adopted = service.adopted.as_ref().map(|from| from.service.value.as_str());
    (&service.id.value, adopted, covers.map(|covered| covered.value.as_str()).collect())
}
