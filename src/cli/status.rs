//! `qingdan status`: editions, next due, filing due, overdue.

use clap::{Arg, ArgMatches};

use super::{Command, Exit, data};
use crate::catalogue::{Catalogue, Duty, PlacePath};
use crate::diagnostic::{Error, UiLang};
use crate::export;
use crate::schema::VocabularyKind;
use crate::text;

/// `qingdan status`.
pub(super) const COMMAND: Command = Command {
    name: "status",
    about: || {
        text!(
            "各地清单的版次、更新期限、备案期限，和要做的任务",
            "editions, when the next is due, filing, what is overdue; duties"
        )
    },
    arguments: |command, lang| {
        let places = text!("地区，不写则为全部", "places; all of them if none is named");
        let department =
            text!("只看这个部门的任务（编号或名称）", "only the duties of this department, by id or name");
        command
            .arg(data::words_argument("places", "PLACE", &places, lang))
            .arg(
                Arg::new("department")
                    .long("department")
                    .value_name("DEPARTMENT")
                    .help(department.get(lang).to_owned()),
            )
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
        let mut duties = analysis.duties().to_vec();
        duties
            .iter_mut()
            .for_each(|known| known.on.retain(|body| places.is_empty() || wanted(&body.place.path)));
        if let Some(name) = arguments.get_one::<String>("department") {
            let ids = departments(analysis.catalogue, name)?;
            let is_theirs = |duty: &Duty| duty.who.iter().any(|id| ids.contains(&id.value.as_str()));
            duties.retain(|known| is_theirs(known.duty));
            lists.clear();
        }
        duties.retain(|known| !known.on.is_empty());
        let status = export::Status { catalogue: analysis.catalogue, today: analysis.today, lists, duties };
        let write = |write: &export::WriteStatus, context: &export::Context<'_>| write(&status, context);
        data::write(export::STATUS, write, arguments, around.sources, lang)?;
        Ok(if around.refused { Exit::Refused } else { Exit::Clean })
    })
}

/// Returns the departments that a word means, by id or by a name they have at any tier.
///
/// # Errors
/// There is none.
fn departments<'a>(catalogue: &'a Catalogue, word: &str) -> Result<Vec<&'a str>, Error> {
    let ids = catalogue.naming(None).ids(VocabularyKind::Departments, word);
    if !ids.is_empty() {
        return Ok(ids);
    }
    let known = catalogue.vocabulary.departments.iter().map(|department| department.id.value.as_str());
    Err(data::no_such(&text!("部门", "department"), word, known))
}
