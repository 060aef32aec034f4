//! `qingdan handbook [--out DIR]`: the handbook for staff as web pages, without a catalogue. With `--whole` in one folder with the
//! demonstration, the changelog and the description of the data, ready to be published.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ArgMatches;

use super::{Command, Exit, data, switch, terminal};
use crate::api::ApiRoute;
use crate::date::Date;
use crate::demo;
use crate::diagnostic::{Error, UiLang};
use crate::handbook::{ApiPage, DEMO, Handbook, Published};
use crate::output::{Sink, SiteFolder};
use crate::pipeline;
use crate::render::ToolPages;
use crate::route::Route;
use crate::text;

/// `qingdan handbook`.
pub(super) const COMMAND: Command = Command {
    name: "handbook",
    about: || {
        text!(
            "写出中英文手册：第一份清单、每个字段、每种问题、两年一轮",
            "write the handbook: the first list, each field, each finding, the two-year round"
        )
    },
    arguments: |command, lang| {
        let out = text!("手册写到哪里", "where to write it");
        let whole = text!(
            "另加示范网站、更新记录、数据接口说明和首页，成为一个可以公开发布的文件夹",
            "with the demonstration, the changelog, the description of the data and a front page: one folder to publish"
        );
        let today = text!(
            "和 --whole 一起用：示范网站当作今天的日期，不写则为 2027-06-10",
            "with --whole: the date the demonstration takes for today, by default 2027-06-10"
        );
        let today = data::today_argument(lang).help(today.get(lang).to_owned()).requires("whole");
        command
            .arg(data::out_argument(&out, lang).default_value("handbook"))
            .arg(switch("whole", &whole, lang))
            .arg(today)
            .arg(data::keep_argument(lang))
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let out = arguments.get_one::<PathBuf>("out").cloned().expect("there is a usual folder");
    let folder = SiteFolder::begin(&out, &[], arguments.get_flag("keep"))?;
    let is_whole = arguments.get_flag("whole");
    let pages = Arc::new(ToolPages::new());
    let handbook = if is_whole {
        Handbook::published(pages, demonstration(arguments, &folder)?)
    } else {
        Handbook::new(pages)
    };
    handbook.files().iter().try_for_each(|(route, bytes)| folder.put(route, bytes))?;
    folder.commit()?;
    let code = match lang {
        UiLang::Zh => "zh",
        UiLang::En => "en",
    };
    let first = match (is_whole, lang) {
        (false, _) => out.join(code).join("index.html"),
        (true, UiLang::Zh) => out.join("index.html"),
        (true, UiLang::En) => out.join("index.en.html"),
    };
    let first = first.display();
    let done =
        text!("手册写好了。用浏览器打开 {first}", "the handbook is written: open {first} in a browser");
    terminal::say(done.get(lang));
    Ok(Exit::Clean)
}

/// Puts the site of the demonstration beside the handbook; returns what that tells of it.
fn demonstration(arguments: &ArgMatches, folder: &SiteFolder) -> Result<Published, Error> {
    let usual = || Date::parse(demo::DAY).expect("the day of the demonstration is a date");
    let today = data::asked_day(arguments)?.unwrap_or_else(usual);
    let files = pipeline::demonstration(today)?;
    for (route, bytes) in &files {
        folder.put(&Route::new(format!("{DEMO}{route}")), bytes)?;
    }
    let description = files.get(&ApiRoute::description().route());
    let api =
        description.and_then(|bytes| ApiPage::read(bytes)).expect("the demonstration describes its data");
    Ok(Published { today, api })
}
