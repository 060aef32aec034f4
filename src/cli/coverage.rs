//! `qingdan coverage`: a verdict for every provision of the baseline.

use std::mem::ManuallyDrop;

use clap::{Arg, ArgMatches};
use rayon::prelude::*;

use super::data::{self, Surroundings};
use super::{Command, Exit, terminal};
use crate::analysis::Analysis;
use crate::catalogue::Catalogue;
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
        "地区，例如 fujian/xiamen；不写则为全部。也包括它下面的地区",
        "places, such as fujian/xiamen, with those below them; all of them if none is named"
    );
    let against = text!(
        "改为对照这一版，例如 fujian/migrant-children/2027",
        "measure against this edition instead, such as fujian/migrant-children/2027"
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
    let places = data::places(content, around.words)?;
    let against = arguments.get_one::<String>("against").map(String::as_str);
    if let Some(address) = against {
        data::edition(content, address)?;
    }
    let mut editions = coverage::current_editions(content, &places);
    // Against another edition only those are measured whose baseline it may replace.
    editions.retain(|edition| {
        let own = edition.edition.measured_against.as_ref().map(|address| address.value.as_str());
        against.is_none_or(|address| stands_above(content, address, own.unwrap_or_default()))
    });
    let held: ManuallyDrop<Vec<Coverage<'_>>>;
    let lists: Vec<&Coverage<'_>> = match against {
        None => editions.into_par_iter().filter_map(|edition| analysis.coverage(edition)).collect(),
        Some(_) => {
            let all = editions.into_par_iter();
            held = ManuallyDrop::new(
                all.filter_map(|edition| coverage::cover(content, edition, against)).collect(),
            );
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
