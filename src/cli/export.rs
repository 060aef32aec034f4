//! `qingdan export filing PLACE/LIST`: what is sent to the province, in one folder. `qingdan export hosting`: how
//! web servers hand the site out. `qingdan export workbook PLACE/LIST`: the list as a workbook to fill in and import.
//! `qingdan export data`: the lists as JSON for programs, as they stand beside the site.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches};

use super::data::{self, Read};
use super::{Command, Exit, terminal, writing};
use crate::catalogue::{Catalogue, EditionStatus, PlacePath};
use crate::diagnostic::{Error, Findings, UiLang};
use crate::export::{self, Context, DIGESTS};
use crate::import;
use crate::output::{Sink, SiteFolder};
use crate::personal::hidden;
use crate::pipeline::{self, Request};
use crate::render;
use crate::report::HUMAN;
use crate::site::open::FORMATS;
use crate::storage::{self, Rules};
use crate::text;

/// `qingdan export`.
pub(super) const COMMAND: Command = Command {
    name: "export",
    about: || {
        text!(
            "生成备案材料（清单表格、打印页、覆盖报告、变化、校验值），供填写再导入的工作簿，网站服务器的配置，或供别的程序取用的数据",
            "the papers for filing (table, print page, coverage, changes, digests), a workbook to fill in and import, configurations for web servers, or data for programs"
        )
    },
    arguments: |command, lang| {
        let what = text!(
            "导出什么：备案材料，供填写的工作簿，网站服务器的配置，JSON 数据",
            "what to export: filing, workbook (to fill in), hosting (configurations for nginx and Caddy), or data (JSON)"
        );
        let words = text!(
            "清单，例如 fujian/xiamen/migrant-children",
            "the list, such as fujian/xiamen/migrant-children"
        );
        let out = text!(
            "写到这个文件夹，不写则为 filing-地区-清单-版次，hosting 或 data；工作簿写到这个文件，不写则为 地区-清单.xlsx",
            "the folder to write to, by default filing-PLACE-LIST-EDITION, hosting or data; for a workbook the file, by default PLACE-LIST.xlsx"
        );
        let site = text!(
            "hosting：网站在服务器上的文件夹",
            "hosting: the folder that the site lies in on the server"
        );
        let drafts =
            text!("data：把草稿和征求意见稿也写进去", "data: include drafts and lists under consultation");
        let format = text!(
            "data：用哪种格式写，可以写几种，用逗号隔开",
            "data: the formats to write, several with commas between"
        );
        let on = text!(
            "data：那一天有效的清单，例如 2026-03-01；json 写到 api/v1@2026-03-01",
            "data: the lists that held on that day, such as 2026-03-01; json goes to api/v1@2026-03-01"
        );
        let folder = |name: &'static str, help: &crate::diagnostic::Message| {
            let path = clap::value_parser!(PathBuf);
            Arg::new(name).long(name).value_name("DIR").value_parser(path).help(help.get(lang).to_owned())
        };
        command
            .arg(
                Arg::new("what")
                    .value_name("WHAT")
                    .required(true)
                    .value_parser(["filing", "workbook", "hosting", "data"])
                    .help(what.get(lang).to_owned()),
            )
            .arg(data::words_argument("words", "LIST", &words, lang))
            .arg(data::today_argument(lang))
            .arg(folder("out", &out))
            .arg(data::force_argument(lang))
            .arg(folder("site", &site).default_value("/var/www/qingdan"))
            .arg(super::switch("drafts", &drafts, lang))
            .arg(
                Arg::new("as")
                    .long("as")
                    .value_name("FORMAT")
                    .value_delimiter(',')
                    .value_parser(PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))
                    .default_value(FORMATS[0].name)
                    .help(format.get(lang).to_owned()),
            )
            .arg(Arg::new("on").long("on").value_name("DATE").help(on.get(lang).to_owned()))
            .arg(data::base_url_argument(lang))
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let read = Read::new(arguments, "words", lang)?;
    let Some(content) = read.catalogue() else { return Ok(Exit::Refused) };
    match arguments.get_one::<String>("what").map(String::as_str) {
        Some("hosting") => hosting(&read, content, arguments, lang),
        Some("workbook") => workbook(&read, content, arguments, lang),
        Some("data") => lists_as_data(&read, content, arguments, lang),
        Some(_) | None => filing(&read, content, arguments, lang),
    }
}

/// Writes the workbook of an edition, or for a place that has no list yet, of what it may take over from above.
fn workbook(read: &Read, content: &Catalogue, arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let [address] = read.words.as_slice() else {
        return Err(Error::Argument {
            reason: text!(
                "写成 qingdan export workbook 地区/清单",
                "write `qingdan export workbook PLACE/LIST`"
            ),
        });
    };
    if read.outcome.findings.refuse() {
        return Ok(Exit::Refused);
    }
    let address = address.trim_matches('/');
    let is_new = |(place, _): (&str, &str)| {
        content.places.get(&PlacePath::new(place)).filter(|place| place.lists.is_empty())
    };
    let (place, edition, made_of) = match address.rsplit_once('/').and_then(is_new) {
        Some(place) => (place, None, None),
        None => {
            let issue = data::edition(content, address)?;
            (issue.place, Some(issue.edition), Some(issue.address()))
        }
    };
    let above = edition.and_then(|edition| edition.measured_against.as_ref().or(edition.inherits.as_ref()));
    let baseline = match (above, edition) {
        (Some(above), _) => content.edition(&above.value).map(|known| (known.edition, above.value.clone())),
        (None, Some(_)) => None,
        (None, None) => data::above(content, place).map(|issue| (issue.edition, issue.address())),
    };
    let sheet = import::Sheet {
        catalogue: content,
        place,
        edition: edition.map(|edition| (edition, read.outcome.sources.file(edition.span.file).text.as_str())),
        address: made_of.as_deref(),
        baseline: baseline.as_ref().map(|(edition, address)| (*edition, address.as_str())),
    };
    let bytes = import::workbook(&sheet).map_err(|cause| Error::Argument {
        reason: text!("写不成工作簿：{cause}", "the workbook cannot be written: {cause}"),
    })?;
    let path = out(arguments, &format!("{}.xlsx", address.replace('/', "-")));
    writing::save(&path, &bytes, Some(&read.root), arguments, lang)?;
    let shown = path.display();
    let next = text!(
        "写好了 {shown}。填好以后：qingdan import {shown} --list 地区/清单/版次",
        "wrote {shown}. When it is filled in: qingdan import {shown} --list PLACE/LIST/EDITION"
    );
    terminal::say(next.get(lang));
    Ok(Exit::Clean)
}

fn filing(read: &Read, content: &Catalogue, arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let [address] = read.words.as_slice() else {
        return Err(Error::Argument {
            reason: text!("写成 qingdan export filing 地区/清单", "write `qingdan export filing PLACE/LIST`"),
        });
    };
    if read.outcome.findings.refuse() {
        return Ok(Exit::Refused);
    }
    let issue = data::edition(content, address)?;
    let context = Context { sources: &read.outcome.sources, lang, colour: false };
    // The print page is that of the site, for the edition that is shown; with the styles it needs beside it.
    let drafts = issue.edition.status != EditionStatus::Issued;
    let request = Request { drafts, ..Request::whole(data::today(arguments)?) };
    if drafts {
        let address = issue.address();
        let hint = text!(
            "注意：{address} 还没有发布，下面的材料只能自己看，不能拿去备案；备案的应当是发布的清单（qingdan edition issue）",
            "note: {address} is not issued yet; these papers are for looking at and not for filing, for what is filed is the list as issued (`qingdan edition issue`)"
        );
        terminal::say(hint.get(lang));
    }
    if !drafts && content.frozen.get(&issue.address()).is_none() {
        let address = issue.address();
        let hint = text!(
            "注意：{address} 还没有冻结，材料里没有封印；先运行 qingdan edition issue {address}，再导出备案",
            "note: {address} is not frozen yet, so that the papers hold no seal; run `qingdan edition issue {address}` first, then export them"
        );
        terminal::say(hint.get(lang));
    }
    let page = pipeline::print_page(&read.outcome, &request, issue);
    let files = export::filing(content, issue, page, &context);
    let out = out(arguments, &format!("filing-{}", issue.address().replace('/', "-")));
    let earlier = earlier(&out, &files, arguments)?;
    let kept = storage::save_whole(&out, &files, &earlier, &rules(read, arguments))?;
    Ok(told(&out, files.len(), &kept, lang))
}

/// Writes the lists as data for programs, as they stand beside the site.
fn lists_as_data(
    read: &Read,
    content: &Catalogue,
    arguments: &ArgMatches,
    lang: UiLang,
) -> Result<Exit, Error> {
    if read.outcome.findings.refuse() {
        return Ok(Exit::Refused);
    }
    if !content.site.has_open_data {
        return Err(Error::Argument {
            reason: text!(
                "site.yaml 写了 open_data: withheld，不公开数据；要导出，先改成 published",
                "site.yaml says `open_data: withheld`; to export data, change it to `published`"
            ),
        });
    }
    let (today, on) = (data::today(arguments)?, data::day(arguments, "on")?);
    let request = Request {
        // What held on a day was issued.
        drafts: on.is_none() && arguments.get_flag("drafts"),
        base_url: data::base_url(arguments)?,
        on,
        ..Request::whole(on.unwrap_or(today))
    };
    let formats: Vec<&str> =
        arguments.get_many::<String>("as").into_iter().flatten().map(String::as_str).collect();
    let files = pipeline::data(&read.outcome, &request, &formats)?;
    let out = out(arguments, "data");
    let folder = SiteFolder::begin(&out, &[&read.root], writing::is_forced(arguments))?;
    files.iter().try_for_each(|(route, bytes)| folder.put(route, bytes))?;
    folder.commit()?;
    Ok(told(&out, files.len(), &[], lang))
}

/// Writes the configurations of web servers; the theme is all they need.
fn hosting(read: &Read, content: &Catalogue, arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let Some(theme) = &read.outcome.theme else { return Ok(Exit::Refused) };
    let folder =
        arguments.get_one::<PathBuf>("site").map_or_else(String::new, |path| path.display().to_string());
    if hidden(&folder) != folder {
        return Err(Error::Argument {
            reason: text!(
                "网站文件夹的名字里有个人的号码，会写进配置，没有写；换一个文件夹",
                "the name of the folder of the site holds a number of a person, which would go into the configuration, so nothing was written; choose another folder"
            ),
        });
    }
    match render::hosting(theme, &content.site, &folder) {
        Ok(files) => {
            let files = files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect::<Vec<_>>();
            let out = out(arguments, "hosting");
            let kept = storage::save_folder(&out, &files, &rules(read, arguments))?;
            Ok(told(&out, files.len(), &kept, lang))
        }
        Err(finding) => {
            let mut findings = Findings::new();
            findings.push(*finding);
            terminal::findings(HUMAN, &findings, &read.outcome.sources, lang);
            Ok(Exit::Refused)
        }
    }
}

fn out(arguments: &ArgMatches, usual: &str) -> PathBuf {
    arguments.get_one::<PathBuf>("out").cloned().unwrap_or_else(|| PathBuf::from(usual))
}

fn rules<'a>(read: &'a Read, arguments: &ArgMatches) -> Rules<'a> {
    Rules { catalogue: Some(&read.root), force: writing::is_forced(arguments), ..Rules::default() }
}

/// Says where files were written, and where what stood there is kept.
fn told(out: &Path, count: usize, kept: &[PathBuf], lang: UiLang) -> Exit {
    writing::say_kept(kept, lang);
    let shown = out.display();
    terminal::say(text!("{shown}：{count} 个文件", "{shown}: {count} files").get(lang));
    Exit::Clean
}

/// Returns the digests that the pack in a folder gives for its files, by name. The folder is new, or that of an earlier
/// pack.
///
/// # Errors
/// The folder holds other files; the disk.
fn earlier(
    out: &Path,
    files: &[(String, Vec<u8>)],
    arguments: &ArgMatches,
) -> Result<BTreeMap<String, String>, Error> {
    let text = storage::bytes_of(&out.join(DIGESTS))?.and_then(|bytes| String::from_utf8(bytes).ok());
    if text.is_none() && !writing::is_forced(arguments) && holds_others(out, files)? {
        let shown = out.display();
        return Err(Error::Argument {
            reason: text!(
                "{shown} 里有别的文件；请用 --out 写到一个新的文件夹",
                "{shown} holds other files; name a new folder with --out"
            ),
        });
    }
    let is_ours = |name: &str| name.split('/').all(|part| !matches!(part, "" | "." | ".."));
    let text = text.unwrap_or_default();
    let listed = text.lines().filter_map(|line| line.split_once("  ")).filter(|(_, name)| is_ours(name));
    Ok(listed.map(|(digest, name)| (name.to_owned(), digest.to_owned())).collect())
}

/// Tells whether a folder has something at its top that is no part of the pack that is going to be written.
fn holds_others(out: &Path, files: &[(String, Vec<u8>)]) -> Result<bool, Error> {
    if !out.exists() {
        return Ok(false);
    }
    for entry in std::fs::read_dir(out).map_err(Error::reading(out))? {
        let name = entry.map_err(Error::reading(out))?.file_name().to_string_lossy().into_owned();
        let is_part = |known: &str| {
            known == name || known.strip_prefix(&name).is_some_and(|rest| rest.starts_with('/'))
        };
        if !storage::is_draft(&name) && !files.iter().any(|(known, _)| is_part(known)) {
            return Ok(true);
        }
    }
    Ok(false)
}
