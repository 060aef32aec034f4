//! `qingdan diff`: two editions, or a list and its baseline, provision by provision.

use clap::ArgMatches;

use super::data::{self, Surroundings};
use super::{Command, Exit};
use crate::analysis::Analysis;
use crate::catalogue::EditionRef;
use crate::diagnostic::{Error, UiLang};
use crate::export;
use crate::text;

/// `qingdan diff`.
pub(super) const COMMAND: Command = Command {
    name: "diff",
    about: || {
        text!(
            "比较两个版次，或清单与上级清单，逐条说明变化",
            "two editions, or a list and its baseline: what changed, provision by provision"
        )
    },
    arguments: |command, lang| {
        let help = text!(
            "两个版次，例如 fujian/migrant-children/2025 fujian/migrant-children/2027；写 fujian/migrant-children@2026-03-01 就是那一天有效的版次；只写一个，则与它的上一版比较，没有上一版则与上级清单比较",
            "two editions, such as fujian/migrant-children/2025 fujian/migrant-children/2027; fujian/migrant-children@2026-03-01 is the one that held on that day; one alone is compared with the edition before it, or else with its baseline"
        );
        command
            .arg(data::words_argument("editions", "EDITION", &help, lang))
            .arg(data::format_argument(export::DIFF, lang))
            .arg(data::today_argument(lang))
            .arg(data::output_argument(lang))
            .arg(data::force_argument(lang))
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    data::analysed(arguments, "editions", lang, |analysis, around| {
        compared(analysis, around, arguments, lang)
    })
}

fn compared(
    analysis: &Analysis<'_>,
    around: &Surroundings<'_>,
    arguments: &ArgMatches,
    lang: UiLang,
) -> Result<Exit, Error> {
    let content = analysis.catalogue;
    let (from, to) = match around.words {
        [from, to] => (data::edition(content, from)?, data::edition(content, to)?),
        [one] => {
            let to = data::edition(content, one)?;
            let before = to.list.predecessor(&to.edition.id).map(|edition| EditionRef { edition, ..to });
            let above = || content.edition(&to.edition.measured_against.as_ref()?.value);
            (before.or_else(above).ok_or_else(|| nothing_before(&to))?, to)
        }
        _ => {
            return Err(Error::Argument {
                reason: text!("请写一个或两个版次", "name one or two editions")
            });
        }
    };
    let diff = analysis.between(from, to);
    data::write(export::DIFF, |write, context| write(&diff, context), arguments, around.sources, lang)?;
    Ok(if around.refused { Exit::Refused } else { Exit::Clean })
}

fn nothing_before(issue: &EditionRef<'_>) -> Error {
    let address = issue.address();
    Error::Argument {
        reason: text!(
            "{address} 没有上一版，也没有写对照的上级清单",
            "{address} has no edition before it and names no baseline"
        ),
    }
}
