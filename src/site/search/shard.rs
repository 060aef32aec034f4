//! The shipped form: a script that hands the texts of a place's lists to `search.js`.

use std::collections::BTreeSet;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::fold;
use super::index::{Weighed, weight};
use super::items::Texts;
use super::synonyms::{Groups, plain};
use super::tokens::normal;
use crate::catalogue::{EditionRef, Place, Service};
use crate::lang::Language;
use crate::route::Route;
use crate::{Address, SiteMap};

/// The function of `search.js` that takes a shard.
const CALL: &str = "qingdanSearch";

/// What is searched on the pages of one place in one language, as a file.
#[derive(Clone, Debug)]
pub struct Shard {
    /// Where it lies.
    pub route: Route,
    /// The script.
    pub bytes: Vec<u8>,
}

/// A shard before it is written.
#[derive(Default, Serialize)]
struct Data<'a> {
    /// Folders of the lists, from the root of the site.
    lists: Vec<String>,
    /// Areas: the address of their page from the root, and their name.
    areas: Vec<(String, &'a str)>,
    /// Departments, each with the words that mean the same.
    departments: Vec<String>,
    items: Items<'a>,
    places: Vec<Below<'a>>,
    /// The general line to call: number and name.
    line: Option<(&'a str, &'a str)>,
    /// Words of a question that do not count, between `|`.
    ignored: String,
    /// A traditional character for each Chinese character of the shard, in their order, `-` where there is none;
    /// then pairs of all others.
    fold: (String, String),
}

/// The services by column, which packs better: number, list, id, area, departments, title, shown sentence,
/// everyday words, the rest, and the language of the title, empty if it is the page's.
#[derive(Default, Serialize)]
struct Items<'a>(
    Vec<u32>,
    Vec<usize>,
    Vec<&'a str>,
    Vec<usize>,
    Vec<Vec<usize>>,
    Vec<&'a str>,
    Vec<&'a str>,
    Vec<String>,
    Vec<String>,
    #[serde(skip_serializing_if = "no_text")] Vec<&'a str>,
);

/// Tells whether nothing stands in a column.
fn no_text(column: &[&str]) -> bool {
    column.iter().all(|text| text.is_empty())
}

/// A place below that has a list of its own: its name, the folder of the list, and under which ids it has the
/// items, in their order, an empty one for those it does not have; nothing if it has all under the same.
#[derive(Serialize)]
struct Below<'a>(&'a str, String, Vec<&'a str>);

/// Returns the shard of a place that shows a list.
pub fn shard(map: &SiteMap<'_>, place: &Place, lang: &Language) -> Shard {
    let mut maker = Maker::new(map, place, lang);
    maker.fill();
    let json = serde_json::to_string(&maker.data).expect("a shard is plain data");
    // The separators of lines that JSON allows and old scripts do not.
    let json = json.replace(['\u{2028}', '\u{2029}'], " ");
    let bytes = format!("{CALL}({json});\n").into_bytes();
    let mark: String = Sha256::digest(&bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let route = Route::new(format!("{}/{}/search.{mark}.js", lang.code.as_str(), place.path));
    Shard { route, bytes }
}

/// Returns the index of a place as JSON, in the form elasticlunr.js 0.9.5 loads.
pub fn oracle(map: &SiteMap<'_>, place: &Place, lang: &Language) -> String {
    let mut maker = Maker::new(map, place, lang);
    maker.fill();
    maker.index.to_json().to_string()
}

/// Fills a shard and the index that decides what it holds.
struct Maker<'m, 'a> {
    map: &'m SiteMap<'a>,
    place: &'a Place,
    lang: &'m Language,
    groups: Groups,
    /// Words of a question that do not count.
    ignored: BTreeSet<String>,
    index: Weighed,
    data: Data<'a>,
}

impl<'m, 'a> Maker<'m, 'a> {
    fn new(map: &'m SiteMap<'a>, place: &Place, lang: &'m Language) -> Self {
        let catalogue = map.facts.catalogue();
        let place = catalogue.places.get(&place.path).expect("the place is one of the catalogue");
        let groups = Groups::new(&catalogue.vocabulary.synonyms, lang);
        let ignored = ignored(map, place, lang);
        Self { map, place, lang, groups, index: Weighed::new(&ignored), ignored, data: Data::default() }
    }

    fn fill(&mut self) {
        let vocabulary = &self.map.facts.catalogue().vocabulary;
        let lists: Vec<EditionRef<'a>> = self.map.facts.shown(self.place).collect();
        for (at, shown) in lists.iter().enumerate() {
            self.data.lists.push(self.folder(*shown));
            for service in &shown.edition.services {
                self.add(at, *shown, service);
            }
        }
        self.data.places = self.places_below(&lists);
        self.data.line = vocabulary
            .hotlines
            .first()
            .map(|line| (line.number.value.as_str(), line.name.for_reader(&self.lang.code).1));
        self.data.ignored = self.ignored.iter().cloned().collect::<Vec<_>>().join("|");
        self.data.fold = self.fold();
    }

    /// Returns the folder of a list, from the root of the site, with `/` at the end.
    fn folder(&self, shown: EditionRef<'_>) -> String {
        let route = Address::list(shown).route(self.lang);
        route.as_str().trim_end_matches("index.html").to_owned()
    }

    fn add(&mut self, list: usize, shown: EditionRef<'a>, service: &'a Service) {
        let texts = Texts::new(self.map, shown, service, self.lang);
        let (title_lang, title) = texts.title;
        let tag = (*title_lang != self.lang.code)
            .then(|| self.map.facts.catalogue().site.languages.get(title_lang.as_str()))
            .flatten()
            .map(|language| language.tag.as_str());
        self.index.next();
        let area = self.area(shown, service);
        self.index.add(title, weight::TITLE);
        let keys = self.index.add_phrases(texts.keys.iter().copied(), weight::KEYS);
        self.index.add(texts.shown, weight::BODY);
        let departments = texts.departments.iter().map(|name| self.department(name)).collect();
        let rest = self.rest(&texts);
        let items = &mut self.data.items;
        items.0.push(service.number.value);
        items.1.push(list);
        items.2.push(&service.id.value);
        items.3.push(area);
        items.4.push(departments);
        items.5.push(title);
        items.6.push(texts.shown);
        items.7.push(keys);
        items.8.push(rest);
        items.9.push(tag.unwrap_or_default());
    }

    /// Adds everything that is not shown, and what means the same as some word of all there is.
    fn rest(&mut self, texts: &Texts<'a>) -> String {
        let all = texts.keys.iter().chain(&texts.rest);
        let all =
            all.fold(format!("{} / {}", texts.title.1, texts.shown), |all, text| format!("{all} / {text}"));
        let all = plain(&all);
        let rest = texts.rest.iter().copied().chain(self.groups.of(&all));
        rest.flat_map(|text| self.index.add_rest(text, weight::BODY)).collect::<Vec<_>>().join(" ")
    }

    /// Adds the name of a department with what means the same; returns its place in the list of departments.
    fn department(&mut self, name: &str) -> usize {
        let plain = plain(name);
        let names = self.groups.of(&plain).fold(name.to_owned(), |names, same| format!("{names} {same}"));
        self.index.add(&names, weight::BODY);
        let at = self.data.departments.iter().position(|known| *known == names);
        at.unwrap_or_else(|| {
            self.data.departments.push(names);
            self.data.departments.len() - 1
        })
    }

    /// Adds the name of the area of a service; returns its place in the list of areas.
    fn area(&mut self, shown: EditionRef<'a>, service: &'a Service) -> usize {
        let id = &service.body.area.value;
        let known = self.map.facts.catalogue().area_of(shown.edition, id);
        let name = known.map_or(id.as_str(), |name| name.for_reader(&self.lang.code).1);
        self.index.add(name, weight::AREA);
        let at = self.data.areas.iter().position(|(_, known)| *known == name);
        at.unwrap_or_else(|| {
            let route = Address::in_list(shown, &format!("area/{id}")).route(self.lang);
            self.data.areas.push((route.to_string(), name));
            self.data.areas.len() - 1
        })
    }

    /// Returns the places below that have services of these lists.
    fn places_below(&self, lists: &[EditionRef<'a>]) -> Vec<Below<'a>> {
        let catalogue = self.map.facts.catalogue();
        let children = catalogue.children(Some(&self.place.path)).into_iter();
        let offers = |below: &'a Place| {
            let shown: Vec<EditionRef<'a>> = self.map.facts.shown(below).collect();
            let own = shown.iter().find(|own| lists.iter().any(|list| list.list.id == own.list.id))?;
            let wanted = &self.data.items.2;
            let ids: Vec<&str> = wanted.iter().map(|id| same_as(*own, id)).collect();
            let all = ids == *wanted;
            let none = ids.iter().all(|id| id.is_empty());
            let ids = if all { Vec::new() } else { ids };
            let name = below.short().for_reader(&self.lang.code).1;
            (!none).then(|| Below(name, self.folder(*own), ids))
        };
        children.filter_map(offers).collect()
    }

    /// Returns what has to be known to fold traditional characters to those of the shard.
    fn fold(&self) -> (String, String) {
        let json = serde_json::to_string(&self.data).expect("a shard is plain data");
        let own: BTreeSet<char> = json.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
        let mut others =
            fold::pairs(|simplified, traditional| own.contains(&simplified) || own.contains(&traditional));
        let first = |character: &char| {
            let at = others.iter().position(|(_, simplified)| simplified == character);
            at.map_or('-', |at| others.remove(at).0)
        };
        let firsts = own.iter().map(first).collect();
        (firsts, others.into_iter().flat_map(|(traditional, simplified)| [traditional, simplified]).collect())
    }
}

/// Returns the words of a question that do not count: those of the vocabulary, and the names of the place and
/// of those above.
fn ignored(map: &SiteMap<'_>, place: &Place, lang: &Language) -> BTreeSet<String> {
    let catalogue = map.facts.catalogue();
    let words = catalogue.vocabulary.ignored.get(lang.code.as_str()).into_iter().flatten();
    let mut ignored: BTreeSet<String> = words.map(|word| normal(&word.value)).collect();
    let mut next = Some(place);
    while let Some(place) = next {
        let names = [&place.name, place.short()];
        ignored.extend(names.map(|name| normal(name.for_reader(&lang.code).1)));
        next = catalogue.parent(&place.path);
    }
    ignored
}

/// Returns the id under which a list has the service `id` of the list above: it adopts it, answers it or has
/// the same. Empty if there is none.
fn same_as<'a>(shown: EditionRef<'a>, id: &str) -> &'a str {
    let answers = |service: &&Service| {
        service.id.value == id
            || service.adopted.as_ref().is_some_and(|from| from.service.value == id)
            || service
                .body
                .provisions
                .iter()
                .flat_map(|provision| &provision.covers)
                .any(|covered| covered.value.split_once('/').is_some_and(|(service, _)| service == id))
    };
    shown.edition.services.iter().find(answers).map_or("", |service| service.id.value.as_str())
}
