//! `qingdan status`: editions, next due, filing due, overdue.

use clap::ArgMatches;

use super::data::{self, Read};
use super::{Command, Exit};
use crate::analysis::Analysis;
use crate::catalogue::PlacePath;
use crate::diagnostic::{Error, UiLang};
use crate::export;
use crate::text;

/// `qingdan status`.
pub(super) const COMMAND: Command = Command {
    name: "status",
    about: || {
        text!("各地清单的版次、更新期限、备案期限", "editions, when the next is due, filing, what is overdue")
    },
    arguments: |command, lang| {
        let places = text!("地区，不写则为全部", "places; all of them if none is named");
        command
            .arg(data::words_argument("places", "PLACE", &places, lang))
            .arg(data::today_argument(lang))
            .arg(data::format_argument(export::STATUS, lang))
            .arg(data::output_argument(lang))
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let read = Read::new(arguments, "places", lang)?;
    let Some(content) = read.catalogue() else { return Ok(Exit::Refused) };
    let places = data::places(content, &read.words)?;
    let today = data::today(arguments)?;
    let mut lists = Analysis::new(content, today).status().to_vec();
    let wanted = |path: &PlacePath| places.iter().any(|place| path == place || path.is_below(place));
    lists.retain(|known| places.is_empty() || wanted(&known.place.path));
    let status = export::Status { today, lists };
    data::write(
        export::STATUS,
        |write, context| write(&status, context),
        arguments,
        &read.outcome.sources,
        lang,
    )?;
    Ok(if read.outcome.findings.refuse() { Exit::Refused } else { Exit::Clean })
}
