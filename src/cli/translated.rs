//! `qingdan translated`: records which text each translation was made from.

use clap::ArgMatches;

use super::writing::session;
use super::{Command, Exit, catalogue, catalogue_argument, data, switch, terminal};
use crate::catalogue::{self as content, Catalogue, Record, TRANSLATIONS_FILE, Translations};
use crate::diagnostic::{Error, Findings, UiLang};
use crate::render;
use crate::report::HUMAN;
use crate::source::SourceTree;
use crate::text;

/// `qingdan translated`.
pub(super) const COMMAND: Command = Command {
    name: "translated",
    about: || {
        text!(
            "记下每条译文译自哪个版本的原文，以后原文改了就会提醒",
            "record which text each translation was made from, so that later changes are noticed"
        )
    },
    arguments: |command, lang| {
        let dry = text!("只说会记下多少条，不写文件", "only say how much would be recorded");
        command.arg(catalogue_argument(lang)).arg(switch("dry-run", &dry, lang))
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let root = catalogue(arguments);
    let dry = arguments.get_flag("dry-run");
    let session = if dry { None } else { Some(session(&root)?) };
    let mut findings = Findings::new();
    let mut sources = SourceTree::read(&root, render::default_theme(), &mut findings)?;
    content::guard(&mut sources, data::today(arguments)?, &mut findings);
    let read = content::read(&sources, &mut findings);
    findings.settle(&std::collections::BTreeMap::new());
    let Some(catalogue) = read.filter(|_| !findings.refuse()) else {
        terminal::findings(HUMAN, &findings, &sources, lang);
        return Ok(Exit::Refused);
    };
    let recorded = record(&catalogue);
    let count = recorded.len();
    let Some(session) = session else {
        let would = text!(
            "会记下 {count} 条译文（{TRANSLATIONS_FILE}）",
            "would record {count} translations ({TRANSLATIONS_FILE})"
        );
        terminal::say(would.get(lang));
        return Ok(Exit::Clean);
    };
    session.write_own(TRANSLATIONS_FILE, recorded.to_text().as_bytes())?;
    let done = text!(
        "记下了 {count} 条译文（{TRANSLATIONS_FILE}）",
        "recorded {count} translations ({TRANSLATIONS_FILE})"
    );
    terminal::say(done.get(lang));
    Ok(Exit::Clean)
}

/// Returns the record of every translation as it stands.
fn record(catalogue: &Catalogue) -> Translations {
    let mut recorded = Translations::default();
    catalogue.each_text(&mut |address, text| {
        for language in catalogue.site.languages.iter().skip(1) {
            let Some(translation) = text.get(&language.code) else { continue };
            recorded.insert(&address(), language.code.as_str(), Record::of(text, translation));
        }
    });
    recorded
}
