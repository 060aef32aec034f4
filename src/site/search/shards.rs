//! Every shard of a site, each made when it is first asked for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::danger::danger_words;
use super::shard::{MORE, TEXTS};
use super::{Shard, ShardFile, oracle, shard};
use crate::catalogue::Place;
use crate::lang::Language;
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
}

/// The shards of a site; none if search is left out.
pub struct Shards<'m, 'a> {
    map: &'m SiteMap<'a>,
    /// By folder, `zh/fujian/xiamen`.
    cells: BTreeMap<String, Cell<'a>>,
    /// The words of danger, one file a language.
    dangers: Vec<ShardFile>,
}

/// A shard, once it is made.
struct Cell<'a> {
    place: &'a Place,
    lang: &'a Language,
    made: OnceLock<Shard>,
}

impl<'m, 'a> Shards<'m, 'a> {
    /// Prepares the shards of a site: one for each place that shows a list and each language.
    pub fn new(map: &'m SiteMap<'a>) -> Self {
        let catalogue = map.facts.catalogue();
        let places = catalogue.places.values().filter(|place| map.facts.shown(place).next().is_some());
        let cells = places.filter(|_| map.facts.search).flat_map(|place| {
            let cell = move |lang| (folder(place, lang), Cell { place, lang, made: OnceLock::new() });
            catalogue.site.languages.iter().map(cell)
        });
        let languages = catalogue.site.languages.iter().filter(|_| map.facts.search);
        let dangers = languages.filter_map(|lang| danger_words(map, lang)).collect();
        Self { map, cells: cells.collect(), dangers }
    }

    fn made<'s>(&'s self, cell: &'s Cell<'a>) -> &'s Shard {
        cell.made.get_or_init(|| shard(self.map, cell.place, cell.lang))
    }

    /// Returns the files in a language that a page is searched with.
    pub fn of_page(&self, page: &Page<'_>, lang: &Language) -> Option<SearchFiles> {
        let place = self.map.facts.searched(page.kind.subject().place())?;
        let shard = self.cells.get(&folder(place, lang)).map(|cell| self.made(cell))?;
        let at = format!("{}/", lang.code.as_str());
        let danger = self.dangers.iter().find(|words| words.route.as_str().starts_with(&at));
        Some(SearchFiles {
            texts: shard.texts.route.clone(),
            more: shard.more.route.clone(),
            danger: danger.map(|words| words.route.clone()),
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
        let shard = self.cells.get(folder).map(|cell| self.made(cell))?;
        [&shard.texts, &shard.more].into_iter().find(|file| file.route == *route)
    }

    /// Returns the index of every shard as elasticlunr.js loads it.
    pub fn oracles(&self) -> Vec<(Route, String)> {
        let oracle = |(folder, cell): (&String, &Cell<'a>)| {
            (Route::new(format!("{folder}/elasticlunr.json")), oracle(self.map, cell.place, cell.lang))
        };
        self.cells.iter().map(oracle).collect()
    }

    /// Returns every file: those of the shards, made in parallel where nobody asked for them yet, and the words of danger.
    pub fn all(&self) -> Vec<&ShardFile> {
        let cells: Vec<&Cell<'a>> = self.cells.values().collect();
        let made: Vec<&Shard> = cells.into_par_iter().map(|cell| self.made(cell)).collect();
        made.into_iter().flat_map(|shard| [&shard.texts, &shard.more]).chain(&self.dangers).collect()
    }
}

/// Returns the folder of a place in a language.
fn folder(place: &Place, lang: &Language) -> String {
    format!("{}/{}", lang.code.as_str(), place.path)
}
