//! `qingdan status`: editions, next due, filing due, overdue.

use clap::ArgMatches;

use super::{Command, Exit, data};
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
            .arg(data::force_argument(lang))
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    data::analysed(arguments, "places", lang, |analysis, around| {
        let places = data::places(analysis.catalogue, around.words)?;
        let wanted = |path: &PlacePath| places.iter().any(|place| path == place || path.is_below(place));
        let mut lists = analysis.status().to_vec();
        lists.retain(|known| places.is_empty() || wanted(&known.place.path));
        let status = export::Status { today: analysis.today, lists };
        let write = |write: &export::WriteStatus, context: &export::Context<'_>| write(&status, context);
        data::write(export::STATUS, write, arguments, around.sources, lang)?;
        Ok(if around.refused { Exit::Refused } else { Exit::Clean })
    })
}
