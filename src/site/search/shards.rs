//! Every shard of a site, each made when it is first asked for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::danger::danger_words;
use super::shard::{MORE, TEXTS, oracle, shard};
use super::words::LanguageWords;
use super::{Shard, ShardFile};
use crate::catalogue::{EditionRef, Place};
use crate::lang::{LangCode, Language};
use crate::route::Route;
use crate::{Page, SiteMap};

/// Where the files lie that a page is searched with, in one language.
#[derive(Clone, Debug)]
pub struct SearchFiles {
    /// The texts of the place's lists.
    pub texts: Route,
    /// What some questions need besides.
    pub more: Route,
    /// The words of danger, if the vocabulary has any.
    pub danger: Option<Route>,
    /// The texts of further lists that hold there, with what some questions need besides; by place.
    pub further: Vec<(Route, Route)>,
}

/// The shards of a site; none if search is left out.
pub struct Shards<'m, 'a> {
    map: &'m SiteMap<'a>,
    /// By folder, `zh/fujian/xiamen`, and the lists it is made of.
    cells: BTreeMap<CellKey, Cell<'a>>,
    /// The words of danger, one file a language.
    dangers: Vec<ShardFile>,
    /// The words of the vocabulary, by language.
    words: BTreeMap<&'a LangCode, LanguageWords<'a>>,
}

/// The folder of a shard, and the addresses of its lists.
type CellKey = (String, Vec<String>);

/// A shard, once it is made.
struct Cell<'a> {
    place: &'a Place,
    lists: Vec<EditionRef<'a>>,
    /// Whether pages of the place itself ask for it first.
    is_first: bool,
    lang: &'a Language,
    made: OnceLock<Shard>,
}

impl<'m, 'a> Shards<'m, 'a> {
    /// Prepares the shards of a site: for each place that shows a list and each language, one of what offices published
    /// there as lists, and others of what else holds there; those are the same for many places.
    pub fn new(map: &'m SiteMap<'a>) -> Self {
        let catalogue = map.facts.catalogue();
        let places = catalogue.places.values().filter(|place| map.facts.shown(place).next().is_some());
        let parts = places.filter(|_| map.facts.search).flat_map(|place| {
            map.facts.search_parts(place).into_iter().enumerate().map(|(at, part)| (at == 0, part))
        });
        let mut cells = BTreeMap::new();
        for (is_first, (place, lists)) in parts {
            for lang in catalogue.site.languages.iter() {
                let cell = Cell { place, lists: lists.clone(), is_first, lang, made: OnceLock::new() };
                cells.entry(key(place, &lists, lang)).or_insert(cell).is_first |= is_first;
            }
        }
        let languages = || catalogue.site.languages.iter().filter(|_| map.facts.search);
        let dangers = languages().filter_map(|lang| danger_words(map, lang)).collect();
        let words = languages().map(|lang| (&lang.code, LanguageWords::new(&catalogue.vocabulary, lang)));
        Self { map, cells, dangers, words: words.collect() }
    }

    fn made<'s>(&'s self, cell: &'s Cell<'a>) -> &'s Shard {
        cell.made.get_or_init(|| shard(self.map, cell.place, &cell.lists, &self.words[&cell.lang.code]))
    }

    /// Returns the files in a language that a page is searched with.
    pub fn of_page(&self, page: &Page<'_>, lang: &Language) -> Option<SearchFiles> {
        let place = self.map.facts.searched(page.kind.subject().place())?;
        let parts = self.map.facts.search_parts(place).into_iter();
        let mut parts = parts.filter_map(|(of, lists)| self.cells.get(&key(of, &lists, lang)));
        let shard = parts.next().map(|cell| self.made(cell))?;
        let further = parts.map(|cell| self.made(cell));
        let further = further.map(|shard| (shard.texts.route.clone(), shard.more.route.clone())).collect();
        let at = format!("{}/", lang.code.as_str());
        let danger = self.dangers.iter().find(|words| words.route.as_str().starts_with(&at));
        Some(SearchFiles {
            texts: shard.texts.route.clone(),
            more: shard.more.route.clone(),
            danger: danger.map(|words| words.route.clone()),
            further,
        })
    }

    /// Returns the file at `route`, of a shard or with the words of danger.
    pub fn at(&self, route: &Route) -> Option<&ShardFile> {
        if let Some(words) = self.dangers.iter().find(|words| words.route == *route) {
            return Some(words);
        }
        let (folder, name) = route.as_str().rsplit_once('/')?;
        if ![TEXTS, MORE].iter().any(|kind| name.starts_with(&format!("{kind}."))) {
            return None;
        }
        let cells = self.cells.iter().filter(|((own, _), _)| own == folder);
        let files = cells.map(|(_, cell)| self.made(cell)).flat_map(|shard| [&shard.texts, &shard.more]);
        files.into_iter().find(|file| file.route == *route)
    }

    /// Returns the index of every shard that is asked for first, as elasticlunr.js loads it.
    pub fn oracles(&self) -> Vec<(Route, String)> {
        let oracle = |((folder, _), cell): (&CellKey, &Cell<'a>)| {
            let index = oracle(self.map, cell.place, &cell.lists, &self.words[&cell.lang.code]);
            (Route::new(format!("{folder}/elasticlunr.json")), index)
        };
        self.cells.iter().filter(|(_, cell)| cell.is_first).map(oracle).collect()
    }

    /// Returns every file of the places that are `wanted`, with its place: those of the shards, made in parallel where nobody
    /// asked for them yet; and of no place, the words of danger.
    pub fn all(&self, wanted: &dyn Fn(Option<&Place>) -> bool) -> Vec<(Option<&'a Place>, &ShardFile)> {
        let cells: Vec<&Cell<'a>> = self.cells.values().filter(|cell| wanted(Some(cell.place))).collect();
        let made: Vec<_> = cells.into_par_iter().map(|cell| (Some(cell.place), self.made(cell))).collect();
        let files = made.into_iter().flat_map(|(at, shard)| [(at, &shard.texts), (at, &shard.more)]);
        files.chain(self.dangers.iter().filter(|_| wanted(None)).map(|words| (None, words))).collect()
    }
}

/// Returns what tells a shard from others.
fn key(place: &Place, lists: &[EditionRef<'_>], lang: &Language) -> CellKey {
    let lists = lists.iter().map(EditionRef::address).collect();
    (format!("{}/{}", lang.code.as_str(), place.path), lists)
}
