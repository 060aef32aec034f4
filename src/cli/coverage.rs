//! `qingdan coverage`: a verdict for every provision of the baseline.

use std::mem::ManuallyDrop;

use clap::{Arg, ArgMatches};
use rayon::prelude::*;

use super::data::{self, Surroundings};
use super::{Command, Exit, terminal};
use crate::analysis::Analysis;
use crate::catalogue::{Catalogue, EditionRef, PlacePath};
use crate::coverage::{self, Coverage};
use crate::diagnostic::{Error, UiLang};
use crate::export;
use crate::text;

/// `qingdan coverage`.
pub(super) const COMMAND: Command = Command {
    name: "coverage",
    about: || {
        text!(
            "逐条对照上级清单：符合、高于、低于、缺少、待认定、引文有误",
            "every provision held against the baseline: met, exceeded, weaker, missing, needs review, misquoted"
        )
    },
    arguments,
    run,
};

fn arguments(command: clap::Command, lang: UiLang) -> clap::Command {
    let places = text!(
        "地区，例如 fujian/xiamen，也包括它下面的地区；或者一份清单，例如 fujian/migrant-children-plan；不写则为全部",
        "places, such as fujian/xiamen, with those below them, or lists, such as fujian/migrant-children-plan; all of them if none is named"
    );
    let against = text!(
        "改为对照这一版，例如 fujian/migrant-children/2027；写了地区的，没有写对照它的清单也比，条款按文字相近配",
        "measure against this edition instead, such as fujian/migrant-children/2027; with places named, also lists that say nothing of it, their clauses paired by likeness"
    );
    command
        .arg(data::words_argument("places", "PLACE", &places, lang))
        .arg(Arg::new("against").long("against").value_name("EDITION").help(against.get(lang).to_owned()))
        .arg(data::format_argument(export::COVERAGE, lang))
        .arg(data::today_argument(lang))
        .arg(data::output_argument(lang))
        .arg(data::force_argument(lang))
}

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    data::analysed(arguments, "places", lang, |analysis, around| covered(analysis, around, arguments, lang))
}

fn covered(
    analysis: &Analysis<'_>,
    around: &Surroundings<'_>,
    arguments: &ArgMatches,
    lang: UiLang,
) -> Result<Exit, Error> {
    let content = analysis.catalogue;
    let asked = Asked::of(content, around.words)?;
    let against = arguments.get_one::<String>("against").map(|address| data::named_edition(content, address));
    let against = against.transpose()?;
    let mut editions = asked.editions(content);
    let held: ManuallyDrop<Vec<Coverage<'_>>>;
    let lists: Vec<&Coverage<'_>> = match against {
        None => {
            editions.retain(|edition| edition.edition.measured_against.is_some());
            editions.into_par_iter().filter_map(|edition| analysis.coverage(edition)).collect()
        }
        Some(baseline) => {
            let all = editions.into_par_iter();
            held = ManuallyDrop::new(
                all.filter_map(|edition| against_another(content, edition, baseline, &asked)).collect(),
            );
            if held.is_empty() && !asked.is_empty() {
                return Err(nothing_to_measure(content, baseline, &asked));
            }
            held.iter().collect()
        }
    };
    let write = |write: &export::WriteCoverage, context: &export::Context<'_>| write(&lists, context);
    if data::write(export::COVERAGE, write, arguments, around.sources, lang)? {
        terminal::say(&data::tally(&lists, lang));
    }
    let is_lower = lists.iter().any(|coverage| coverage.is_lower());
    Ok(if around.refused || is_lower { Exit::Refused } else { Exit::Clean })
}

/// What was asked for: places, with those below them, and single lists.
#[derive(Default)]
struct Asked<'a> {
    words: &'a [String],
    places: Vec<PlacePath>,
    /// Lists, as `place/list`.
    lists: Vec<String>,
}

impl<'a> Asked<'a> {
    /// Returns what `words` name.
    ///
    /// # Errors
    /// There is no such place or list.
    fn of(content: &Catalogue, words: &'a [String]) -> Result<Self, Error> {
        let mut asked = Self { words, ..Self::default() };
        for word in words {
            match content.place_named(word) {
                Ok(place) => asked.places.push(place.path.clone()),
                Err(reason) => match data::named_list(content, word) {
                    Some(list) => asked.lists.push(list.list_address()),
                    None => return Err(Error::Argument { reason }),
                },
            }
        }
        Ok(asked)
    }

    fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns the editions that stand now or are being prepared, of all lists if none is asked for.
    fn editions<'c>(&self, content: &'c Catalogue) -> Vec<EditionRef<'c>> {
        let mut editions: Vec<EditionRef<'c>> = match self.places.as_slice() {
            [] if !self.lists.is_empty() => Vec::new(),
            places => coverage::standing_editions(content, places).collect(),
        };
        let is_in = |editions: &[EditionRef<'_>], own: &EditionRef<'_>| {
            editions.iter().any(|known| std::ptr::eq(known.edition, own.edition))
        };
        for own in coverage::standing_editions(content, &[]).filter(|own| self.names(own)) {
            if !is_in(&editions, &own) {
                editions.push(own);
            }
        }
        editions
    }

    /// Tells whether the list is asked for by itself.
    fn names(&self, edition: &EditionRef<'_>) -> bool {
        self.lists.contains(&edition.list_address())
    }
}

/// Holds a list against an edition that it does not name: by what it says it answers where that edition may replace its
/// baseline, else by likeness if it was asked for and is for the same people, or is named itself.
fn against_another<'a>(
    content: &'a Catalogue,
    own: EditionRef<'a>,
    baseline: EditionRef<'a>,
    asked: &Asked<'_>,
) -> Option<Coverage<'a>> {
    let address = own.edition.measured_against.as_ref().map(|address| address.value.as_str());
    if stands_above(content, &baseline.address(), address.unwrap_or_default()) {
        return coverage::cover(content, own, Some(&baseline.address()));
    }
    let is_another = own.list_address() != baseline.list_address();
    let is_asked_for = asked.names(&own) || (!asked.is_empty() && own.group() == baseline.group());
    (is_another && is_asked_for).then(|| coverage::hold_alike(content, own, baseline))
}

/// Says that there is nothing to measure, and which lists there are.
fn nothing_to_measure(content: &Catalogue, baseline: EditionRef<'_>, asked: &Asked<'_>) -> Error {
    let (words, address, list) = (asked.words.join(" "), baseline.address(), baseline.list_address());
    let mut own: Vec<String> = asked.editions(content).iter().map(EditionRef::address).collect();
    own.dedup();
    let (there, some) = (own.join(" "), own.first().cloned().unwrap_or_default());
    let reason = if own.is_empty() {
        text!(
            "{words} 没有清单，没有什么可以和 {address} 对照；全部清单见 qingdan status",
            "{words} has no list to be held against {address}; `qingdan status` names all lists"
        )
    } else if own.iter().all(|own| own.starts_with(&format!("{list}/"))) {
        text!(
            "{there} 和 {address} 是同一份清单；两版之间请用 qingdan diff",
            "{there} and {address} are one list; compare editions with `qingdan diff`"
        )
    } else {
        text!(
            "{words} 没有和 {address} 同一人群的清单。有：{there}；要对照别的人群的，写清单的名字，例如 {some}",
            "{words} has no list for the people {address} is for; there are: {there}; to hold one of them against it, name the list, such as {some}"
        )
    };
    Error::Argument { reason }
}

/// Tells whether `address` is an edition of the list of `own`, or of one that list is measured against.
fn stands_above(content: &Catalogue, address: &str, own: &str) -> bool {
    let list_of = |address: &str| address.rsplit_once('/').map(|(list, _)| list.to_owned());
    let mut seen = Vec::new();
    let mut next = Some(own.to_owned());
    while let Some(here) = next.filter(|here| !seen.contains(here)) {
        if list_of(&here) == list_of(address) {
            return true;
        }
        let above = content.edition(&here).and_then(|here| here.edition.measured_against.as_ref());
        next = above.map(|above| above.value.clone());
        seen.push(here);
    }
    false
}
