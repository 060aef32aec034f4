//! Every shard of a site, each made when it is first asked for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::danger::danger_words;
use super::{Shard, oracle, shard};
use crate::catalogue::Place;
use crate::lang::Language;
use crate::route::Route;
use crate::{Page, SiteMap};

/// Where the files lie that a page is searched with, in one language.
#[derive(Clone, Debug)]
pub struct SearchFiles {
    /// The texts of the place's lists.
    pub texts: Route,
    /// The words of danger, if the vocabulary has any.
    pub danger: Option<Route>,
}

/// The shards of a site; none if search is left out.
pub struct Shards<'m, 'a> {
    map: &'m SiteMap<'a>,
    /// By folder, `zh/fujian/xiamen`.
    cells: BTreeMap<String, Cell<'a>>,
    /// The words of danger, one file a language.
    dangers: Vec<Shard>,
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
        let texts = self.cells.get(&folder(place, lang)).map(|cell| self.made(cell).route.clone())?;
        let at = format!("{}/", lang.code.as_str());
        let danger = self.dangers.iter().find(|words| words.route.as_str().starts_with(&at));
        Some(SearchFiles { texts, danger: danger.map(|words| words.route.clone()) })
    }

    /// Returns the shard at `route`.
    pub fn at(&self, route: &Route) -> Option<&Shard> {
        if let Some(words) = self.dangers.iter().find(|words| words.route == *route) {
            return Some(words);
        }
        let (folder, _) = route.as_str().rsplit_once("/search.")?;
        self.cells.get(folder).map(|cell| self.made(cell)).filter(|shard| shard.route == *route)
    }

    /// Returns the index of every shard as elasticlunr.js loads it.
    pub fn oracles(&self) -> Vec<(Route, String)> {
        let oracle = |(folder, cell): (&String, &Cell<'a>)| {
            (Route::new(format!("{folder}/elasticlunr.json")), oracle(self.map, cell.place, cell.lang))
        };
        self.cells.iter().map(oracle).collect()
    }

    /// Returns the words of danger, one file a language.
    pub fn dangers(&self) -> &[Shard] {
        &self.dangers
    }

    /// Returns every shard and the words of danger; shards that nobody asked for yet made in parallel.
    pub fn all(&self) -> Vec<&Shard> {
        let cells: Vec<&Cell<'a>> = self.cells.values().collect();
        let mut all: Vec<&Shard> = cells.into_par_iter().map(|cell| self.made(cell)).collect();
        all.extend(&self.dangers);
        all
    }
}

/// Returns the folder of a place in a language.
fn folder(place: &Place, lang: &Language) -> String {
    format!("{}/{}", lang.code.as_str(), place.path)
}
