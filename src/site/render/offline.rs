//! What a phone keeps of a place, to be read without a network: one pack a place and language.
//!
//! A pack is one file with pages and the styles and scripts they need, all of one build: JSON in gzip. The
//! worker (`sw.js` of the theme) stores it whole or not at all. Beside it lies a smaller one for whoever
//! saves data. A page kind joins by its policy; files that are no pages, such as the words of a search,
//! come with the group; styles and scripts with the pages that name them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use serde::Serialize;

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

fn folder_file(lang: &LangCode, place: Option<&Place>, name: &str) -> Route {
    let folder = place.map(|place| format!("{}/", place.path)).unwrap_or_default();
    Route::new(format!("{}/{folder}{name}", lang.as_str()))
}

/// What a pack begins with, both the whole one and the smaller.
#[derive(Serialize)]
struct PackHead<'p> {
    /// Where addresses lead that are not kept.
    home: String,
    /// What stands at the top of a page, and of the page that one is led to.
    kept: String,
    missing: String,
    /// Where addresses lead that have no page of their own: short ones, those of services that have another id now.
    leads: BTreeMap<&'p str, String>,
}

/// Files by path.
type PackFiles<'p> = BTreeMap<&'p str, &'p str>;

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
        let lent: BTreeSet<String> =
            group.place.into_iter().flat_map(|place| lent_to(&self.map.facts, place)).collect();
        let near = shared.iter().filter(|(page, ..)| page.is_some_and(|page| belongs(page, group, &lent)));
        let all: Vec<&MadeFile<'m>> = near.chain(made).collect();
        let head = self.pack_head(group, &all)?;
        let small = self.kept_files(&all, true);
        let mut others = self.kept_files(&all, false);
        others.retain(|path, _| !small.contains_key(path));
        let [small, whole] = packed(&head, &small, &others);
        let file = |name| folder_file(&group.lang.code, group.place, name);
        Ok(vec![(file("offline.bin"), whole), (file("offline-small.bin"), small)])
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

    /// Returns the files of the whole pack, or of the smaller one.
    fn kept_files<'m>(&'m self, all: &[&'m MadeFile<'m>], small: bool) -> PackFiles<'m> {
        let pages = all.iter().filter(|(page, ..)| page.is_none_or(|page| is_kept(page, small)));
        let mut files: PackFiles<'m> = pages
            .filter_map(|(_, route, bytes)| Some((route.as_str(), std::str::from_utf8(bytes).ok()?)))
            .collect();
        files.extend(self.needed(all, small));
        files
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

/// Packs the smaller pack, and the whole one, which holds `others` besides. What both begin with is packed once.
fn packed(head: &PackHead<'_>, small: &PackFiles<'_>, others: &PackFiles<'_>) -> [Vec<u8>; 2] {
    let mut begin = serde_json::to_vec(head).expect("a pack is plain data");
    begin.pop();
    begin.extend(br#","files":{"#);
    put_files(small, &mut begin);
    let mut rest = if small.is_empty() || others.is_empty() { Vec::new() } else { b",".to_vec() };
    put_files(others, &mut rest);
    rest.extend(ENDS);
    let mut stream = deflate();
    // A flush ends at a whole byte, behind which another stream can go on.
    stream.write_all(&begin).and_then(|()| stream.flush()).expect(IN_MEMORY);
    let mut short = stream.get_ref().clone();
    let mut end = deflate();
    end.write_all(ENDS).expect(IN_MEMORY);
    short.extend(end.finish().expect(IN_MEMORY));
    stream.write_all(&rest).expect(IN_MEMORY);
    let long = stream.finish().expect(IN_MEMORY);
    [gzip(&[&begin, ENDS], &short), gzip(&[&begin, &rest], &long)]
}

/// What ends a pack: the files, and all.
const ENDS: &[u8] = b"}}";
const IN_MEMORY: &str = "memory takes all writes";

fn deflate() -> DeflateEncoder<Vec<u8>> {
    DeflateEncoder::new(Vec::new(), Compression::best())
}

fn put_files(files: &PackFiles<'_>, json: &mut Vec<u8>) {
    for (at, (path, text)) in files.iter().enumerate() {
        if at > 0 {
            json.push(b',');
        }
        serde_json::to_writer(&mut *json, path).expect("a path is plain data");
        json.push(b':');
        serde_json::to_writer(&mut *json, text).expect("a text is plain data");
    }
}

/// Returns a file of gzip (RFC 1952) with what is deflated of `parts`, of no time and from no system.
fn gzip(parts: &[&[u8]], deflated: &[u8]) -> Vec<u8> {
    let mut sum = Crc::new();
    parts.iter().for_each(|part| sum.update(part));
    let mut file = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    file.extend(deflated);
    file.extend(sum.sum().to_le_bytes());
    file.extend(sum.amount().to_le_bytes());
    file
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn unpacked(packed: &[u8]) -> serde_json::Value {
        let mut json = String::new();
        flate2::read::GzDecoder::new(packed).read_to_string(&mut json).expect("it is gzip");
        serde_json::from_str(&json).expect("it is JSON")
    }

    #[test]
    fn both_packs_unpack_to_their_files() {
        let head = PackHead {
            home: "zh/index.html".to_owned(),
            kept: "kept".to_owned(),
            missing: "missing".to_owned(),
            leads: BTreeMap::new(),
        };
        let long = "十六个孩子 \"sixteen\" ".repeat(4000);
        let (some, more): (PackFiles<'_>, PackFiles<'_>) =
            ([("a.html", "a"), ("b.html", long.as_str())].into(), [("c.html", long.as_str())].into());
        for (small, others) in [(&some, &more), (&some, &PackFiles::new()), (&PackFiles::new(), &more)] {
            let [short, whole] = packed(&head, small, others);
            let all: PackFiles<'_> = small.iter().chain(others).map(|(path, text)| (*path, *text)).collect();
            for (pack, files) in [(short, small), (whole, &all)] {
                let pack = unpacked(&pack);
                assert_eq!(pack["files"], serde_json::json!(files));
                assert_eq!(
                    (&pack["home"], &pack["leads"]),
                    (&"zh/index.html".into(), &serde_json::json!({}))
                );
            }
        }
    }
}
