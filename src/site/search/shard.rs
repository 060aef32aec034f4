//! The shipped form: a script that hands the texts of a place's lists to `search.js`, and one with what only some
//! questions need: names of places, dialects, traditional characters. That one comes with the first of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::fold;
use super::index::{Weighed, weight};
use super::items::Texts;
use super::synonyms::plain;
use super::tokens::normal;
use super::words::LanguageWords;
use crate::catalogue::{EditionRef, Place, Service};
use crate::lang::{Language, Localized};
use crate::route::Route;
use crate::{Address, SiteMap};

/// The function of `search.js` that takes a shard.
const CALL: &str = "qingdanSearch";

/// How the two files of a shard are called.
pub(super) const TEXTS: &str = "search";
pub(super) const MORE: &str = "more";

/// What is searched on the pages of one place in one language.
#[derive(Clone, Debug)]
pub struct Shard {
    /// The texts.
    pub texts: ShardFile,
    /// What some questions need besides.
    pub more: ShardFile,
}

/// One script of a shard.
#[derive(Clone, Debug)]
pub struct ShardFile {
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
    /// What the lists are called.
    titles: Vec<&'a str>,
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
    /// Bands of age, from and up to, in months, each with the words between `,` that tell it.
    bands: Vec<(u16, u16, String)>,
}

/// What some questions need besides, before it is written.
#[derive(Default, Serialize)]
struct More<'a> {
    /// What else the texts of each service have: official text, words that mean the same.
    rest: Vec<String>,
    /// The places of the province that one can go to.
    towns: Vec<Town<'a>>,
    /// Groups of words between `|`, the words of one between `,`: the first is what the others are read as.
    spoken: &'a str,
    /// A traditional character for each Chinese character of both files, in their order, `-` where there is none;
    /// then pairs of all others.
    fold: (String, String),
}

/// The services by column, which packs better: number, list, id, area, departments, title, what each provision
/// gives, everyday words of the service and of each provision, from and up to what age in months, and the language of the
/// title, empty if it is the page's.
#[derive(Default, Serialize)]
struct Items<'a>(
    Vec<u32>,
    Vec<usize>,
    Vec<&'a str>,
    Vec<usize>,
    Vec<Vec<usize>>,
    Vec<&'a str>,
    Vec<Vec<&'a str>>,
    Vec<Vec<String>>,
    Vec<Option<(u16, u16)>>,
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

/// A place by its name here, the address of its page from the root, and what it is called: first itself, then its
/// counties, between `;`, each by its names in the languages of the site, between `|`.
#[derive(Serialize)]
struct Town<'a>(&'a str, String, String);

/// Returns the shard of some lists of a place.
pub fn shard<'a>(
    map: &SiteMap<'a>,
    place: &'a Place,
    lists: &[EditionRef<'a>],
    words: &LanguageWords<'a>,
) -> Shard {
    let lang = words.lang;
    let mut maker = Maker::new(map, place, words);
    maker.fill(lists);
    let folder = format!("{}/{}", lang.code.as_str(), place.path);
    let texts = json(&maker.data);
    let more = json(&maker.more(&texts));
    Shard { texts: file(&folder, TEXTS, &texts), more: file(&folder, MORE, &more) }
}

/// Returns data as JSON that a script may hold.
pub(super) fn json(data: &impl Serialize) -> String {
    let json = serde_json::to_string(data).expect("a shard is plain data");
    // The separators of lines that JSON allows and old scripts do not.
    json.replace(['\u{2028}', '\u{2029}'], " ")
}

/// Returns the script that hands in `json`; a mark of its bytes is a part of its name.
pub(super) fn file(folder: &str, name: &str, json: &str) -> ShardFile {
    let bytes = format!("{CALL}({json});\n").into_bytes();
    let mark: String = Sha256::digest(&bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    ShardFile { route: Route::new(format!("{folder}/{name}.{mark}.js")), bytes }
}

/// Returns the index of some lists of a place as JSON, in the form elasticlunr.js 0.9.5 loads.
pub fn oracle<'a>(
    map: &SiteMap<'a>,
    place: &'a Place,
    lists: &[EditionRef<'a>],
    words: &LanguageWords<'a>,
) -> String {
    let mut maker = Maker::new(map, place, words);
    maker.index = maker.index.indexed();
    maker.fill(lists);
    maker.index.to_json().to_string()
}

/// Fills a shard and the index that decides what it holds.
struct Maker<'m, 'a> {
    map: &'m SiteMap<'a>,
    place: &'a Place,
    lang: &'a Language,
    words: &'m LanguageWords<'a>,
    /// The names of departments, each with its place in the list of them.
    departments: BTreeMap<&'a str, usize>,
    /// Words of a question that do not count.
    ignored: BTreeSet<String>,
    index: Weighed,
    data: Data<'a>,
    /// What else the texts of each service have.
    rest: Vec<String>,
}

impl<'m, 'a> Maker<'m, 'a> {
    fn new(map: &'m SiteMap<'a>, place: &'a Place, words: &'m LanguageWords<'a>) -> Self {
        let ignored = ignored(map, place, words);
        Self {
            map,
            place,
            lang: words.lang,
            words,
            departments: BTreeMap::new(),
            index: Weighed::new(&ignored),
            ignored,
            data: Data::default(),
            rest: Vec::new(),
        }
    }

    fn fill(&mut self, lists: &[EditionRef<'a>]) {
        let vocabulary = &self.map.facts.catalogue().vocabulary;
        for (at, shown) in lists.iter().enumerate() {
            self.data.lists.push(self.folder(*shown));
            self.data.titles.push(shown.edition.title.for_reader(&self.lang.code).1);
            for service in &shown.edition.services {
                self.add(at, *shown, service);
            }
        }
        self.data.places = self.places_below(lists);
        self.data.line = vocabulary
            .hotlines
            .first()
            .map(|line| (line.number.value.as_str(), line.name.for_reader(&self.lang.code).1));
        self.data.ignored = self.ignored.iter().cloned().collect::<Vec<_>>().join("|");
        self.data.bands = self.words.bands.clone();
    }

    /// Returns what some questions need besides the texts, which are given as they are shipped.
    fn more(&self, texts: &str) -> More<'_> {
        let rest = self.rest.clone();
        let mut more = More { rest, towns: self.towns(), spoken: &self.words.spoken, ..More::default() };
        more.fold = fold_for(&format!("{texts}{}", json(&more)));
        more
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
        let keys = texts.keys.iter().map(|keys| self.index.add_phrases(keys.iter().copied()));
        let keys = keys.collect();
        texts.provisions.iter().for_each(|text| self.index.add(text, weight::BODY));
        let departments = texts.departments.iter().map(|name| self.department(name)).collect();
        let rest = self.rest_of(&texts);
        let items = &mut self.data.items;
        items.0.push(service.number.value);
        items.1.push(list);
        items.2.push(&service.id.value);
        items.3.push(area);
        items.4.push(departments);
        items.5.push(title);
        items.6.push(texts.provisions);
        items.7.push(keys);
        items.8.push(texts.age);
        items.9.push(tag.unwrap_or_default());
        self.rest.push(rest);
    }

    /// Adds everything that is not shown, and what means the same as some word of all there is.
    fn rest_of(&mut self, texts: &Texts<'a>) -> String {
        let all = texts.keys.iter().flatten().chain(&texts.provisions).chain(&texts.rest);
        let all = all.fold(texts.title.1.to_owned(), |all, text| format!("{all} / {text}"));
        let all = plain(&all);
        let rest = texts.rest.iter().copied().chain(self.words.groups.of(&all));
        rest.flat_map(|text| self.index.add_rest(text, weight::BODY)).collect::<Vec<_>>().join(" ")
    }

    /// Adds the name of a department with what means the same; returns its place in the list of departments.
    fn department(&mut self, name: &'a str) -> usize {
        let at = self.departments.get(name).copied().unwrap_or_else(|| {
            let same = self.words.groups.of(&plain(name));
            let names = same.fold(name.to_owned(), |names, same| format!("{names} {same}"));
            self.data.departments.push(names);
            self.data.departments.len() - 1
        });
        self.departments.insert(name, at);
        self.index.add(&self.data.departments[at], weight::BODY);
        at
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

    /// Returns the places of the province with their counties: who types one is led to its page.
    fn towns(&self) -> Vec<Town<'a>> {
        let catalogue = self.map.facts.catalogue();
        let mut top = self.place;
        while let Some(above) = catalogue.parent(&top.path) {
            top = above;
        }
        let near = catalogue
            .places
            .values()
            .filter(|place| place.path == top.path || place.path.is_below(&top.path));
        let shown = near.filter(|place| self.map.facts.shown(place).next().is_some());
        let town = |place: &'a Place| {
            let counties = place.counties.iter().flat_map(|counties| &counties.names);
            let own = [Some(&place.name), place.short_name.as_ref()].into_iter().flatten();
            let own = own.flat_map(|name| self.names(name)).collect::<Vec<_>>().join("|");
            let counties = counties.map(|name| self.names(name).collect::<Vec<_>>().join("|"));
            let names = std::iter::once(own).chain(counties).collect::<Vec<_>>().join(";");
            let route = Address::place(&place.path).route(self.lang).to_string();
            Town(place.short().for_reader(&self.lang.code).1, route, names)
        };
        shown.map(town).collect()
    }

    /// Returns a name in the languages of the site, first that of the page.
    fn names(&self, name: &'a Localized) -> impl Iterator<Item = &'a str> + use<'a> {
        let first = name.for_reader(&self.lang.code).1;
        let others = self.map.facts.catalogue().site.languages.iter();
        let others = others.map(|other| name.for_reader(&other.code).1).filter(|other| *other != first);
        std::iter::once(first).chain(others.collect::<BTreeSet<_>>())
    }
}

/// Returns what has to be known to fold traditional characters to those of a text.
pub(super) fn fold_for(text: &str) -> (String, String) {
    let own: BTreeSet<char> = text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
    let mut others =
        fold::pairs(|simplified, traditional| own.contains(&simplified) || own.contains(&traditional));
    let mut first: BTreeMap<char, char> = BTreeMap::new();
    others.retain(|(traditional, simplified)| {
        let is_first = own.contains(simplified) && !first.contains_key(simplified);
        if is_first {
            first.insert(*simplified, *traditional);
        }
        !is_first
    });
    let firsts = own.iter().map(|character| first.get(character).copied().unwrap_or('-')).collect();
    (firsts, others.into_iter().flat_map(|(traditional, simplified)| [traditional, simplified]).collect())
}

/// Returns the words of a question that do not count: those of the vocabulary, and the names of the place and
/// of those above.
fn ignored(map: &SiteMap<'_>, place: &Place, words: &LanguageWords<'_>) -> BTreeSet<String> {
    let mut ignored = words.ignored.clone();
    for place in map.facts.catalogue().upward(place) {
        let names = [&place.name, place.short()];
        ignored.extend(names.map(|name| normal(name.for_reader(&words.lang.code).1)));
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
