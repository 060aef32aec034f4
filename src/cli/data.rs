//! What the commands share that read a catalogue and write data: arguments, forms, where it goes.

use std::io::IsTerminal;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches};

use super::{Exit, terminal, writing};
use crate::analysis::Analysis;
use crate::catalogue::{Catalogue, EditionRef, Place, PlacePath, is_web_address};
use crate::compare::Verdict;
use crate::coverage::Coverage;
use crate::date::Date;
use crate::diagnostic::{Error, Findings, Message, UiLang};
use crate::export::{Context, Writer};
use crate::lang::Localized;
use crate::personal::hidden;
use crate::pipeline::{self, Outcome, Request};
use crate::report;
use crate::schema::{fold, nearest};
use crate::source::SourceTree;
use crate::storage::Session;
use crate::text;
use crate::visible::visible_but_colours;

/// A catalogue that was read and checked, and the words of the command line that are not its folder.
pub(super) struct Read {
    pub root: PathBuf,
    pub outcome: Outcome,
    pub words: Vec<String>,
}

impl Read {
    /// Reads the catalogue that `arguments` name among the words called `name`: the folder with a
    /// `site.yaml`, by default `content`. What is wrong with it is printed if it refuses the site.
    ///
    /// # Errors
    /// The disk; there is no catalogue.
    pub fn new(arguments: &ArgMatches, name: &str, lang: UiLang) -> Result<Self, Error> {
        let (root, words) = catalogue_and_words(arguments, name);
        let request = Request::whole(today(arguments)?);
        let outcome = pipeline::prepare(&root, &request, &|_| {})?;
        print_errors(&outcome.findings, &outcome.sources, lang);
        Ok(Self { root, outcome, words })
    }

    /// Takes the catalogue for writing, then reads it like [`Read::new`].
    ///
    /// # Errors
    /// Those of [`Read::new`]; another command writes into it.
    pub fn to_write(arguments: &ArgMatches, name: &str, lang: UiLang) -> Result<(Self, Session), Error> {
        let session = writing::session(&root(arguments, name))?;
        Ok((Self::new(arguments, name, lang)?, session))
    }

    /// Returns what could be read. `None` if nothing could, which was printed.
    pub fn catalogue(&self) -> Option<&Catalogue> {
        self.outcome.catalogue.as_deref()
    }
}

/// Returns the folder of the catalogue that `arguments` name among the words called `name`.
pub(super) fn root(arguments: &ArgMatches, name: &str) -> PathBuf {
    catalogue_and_words(arguments, name).0
}

/// Parts the folder of the catalogue from the other words called `name`.
fn catalogue_and_words(arguments: &ArgMatches, name: &str) -> (PathBuf, Vec<String>) {
    let words: Vec<String> = arguments.get_many::<String>(name).into_iter().flatten().cloned().collect();
    let is_catalogue = |word: &String| Path::new(word).join("site.yaml").is_file();
    let (folders, words): (Vec<String>, Vec<String>) = words.into_iter().partition(is_catalogue);
    (folders.first().map_or_else(super::usual_catalogue, PathBuf::from), words)
}

fn print_errors(findings: &Findings, sources: &SourceTree, lang: UiLang) {
    if findings.refuse() {
        terminal::findings(report::HUMAN, &findings.errors(), sources, lang);
    }
}

/// What a command gets besides what follows from the catalogue.
pub(super) struct Surroundings<'r> {
    /// The words of the command line that are not the folder of the catalogue.
    pub words: &'r [String],
    pub sources: &'r SourceTree,
    /// Whether findings refuse the site.
    pub refused: bool,
}

/// Reads a catalogue like [`Read::new`] and hands what follows from it on to `then`.
///
/// # Errors
/// The disk; there is no catalogue; those of `then`.
pub(super) fn analysed(
    arguments: &ArgMatches,
    name: &str,
    lang: UiLang,
    then: impl FnOnce(&Analysis<'_>, &Surroundings<'_>) -> Result<Exit, Error>,
) -> Result<Exit, Error> {
    let (root, words) = catalogue_and_words(arguments, name);
    let request = Request::whole(today(arguments)?);
    let (outcome, made) = pipeline::analyse(&root, &request, |analysis, sources, findings| {
        print_errors(findings, sources, lang);
        then(analysis, &Surroundings { words: &words, sources, refused: findings.refuse() })
    })?;
    // The process ends after this: to take a large catalogue apart first, text by text, only takes time.
    let outcome = ManuallyDrop::new(outcome);
    made.unwrap_or_else(|| {
        print_errors(&outcome.findings, &outcome.sources, lang);
        Ok(Exit::Refused)
    })
}

/// The words of the command line, `CATALOGUE` among them.
pub(super) fn words_argument(
    name: &'static str,
    value: &'static str,
    help: &crate::diagnostic::Message,
    lang: UiLang,
) -> Arg {
    let catalogue = text!(
        "；也可以加上清单目录（默认 content）",
        "; the folder of the catalogue may be among them (content by default)"
    );
    Arg::new(name).value_name(value).num_args(0..).help(format!("{}{}", help.get(lang), catalogue.get(lang)))
}

/// `--format` with the names of `forms`.
pub(super) fn format_argument<W>(forms: &[Writer<W>], lang: UiLang) -> Arg {
    let help = text!("输出格式", "how to write it");
    let names: Vec<&str> = forms.iter().map(|form| form.name).collect();
    Arg::new("format")
        .long("format")
        .default_value(names[0])
        .value_parser(names)
        .help(help.get(lang).to_owned())
}

/// `--output`.
pub(super) fn output_argument(lang: UiLang) -> Arg {
    let help = text!("写到这个文件，不写则输出到屏幕", "the file to write to instead of the screen");
    Arg::new("output")
        .long("output")
        .short('o')
        .value_name("FILE")
        .value_parser(clap::value_parser!(PathBuf))
        .help(help.get(lang).to_owned())
}

/// `--force`, for what is written to a file that a person names.
pub(super) fn force_argument(lang: UiLang) -> Arg {
    let help = text!(
        "文件已有、又不是 qingdan 写的（或写好后有人改过），也覆盖；原来的留在旁边",
        "replace a file that qingdan did not write, or that was changed since; the former one is kept beside it"
    );
    super::switch("force", &help, lang)
}

/// `--keep`, for folders that a site is written to.
pub(super) fn keep_argument(lang: UiLang) -> Arg {
    let help = text!(
        "文件夹里已有别的文件、又从没写过网站，也写进去；那些文件都保留",
        "write also into a folder that holds other files and never held a site; they all stay"
    );
    super::switch("keep", &help, lang)
}

/// `--out`, a folder.
pub(super) fn out_argument(help: &Message, lang: UiLang) -> Arg {
    let folder = clap::value_parser!(PathBuf);
    Arg::new("out").long("out").value_name("DIR").value_parser(folder).help(help.get(lang).to_owned())
}

/// Returns the folder that a site is written to.
pub(super) fn out_folder(arguments: &ArgMatches) -> PathBuf {
    arguments.get_one::<PathBuf>("out").cloned().unwrap_or_else(|| PathBuf::from("public"))
}

/// `--today`.
pub(super) fn today_argument(lang: UiLang) -> Arg {
    let help = text!("当作今天的日期，例如 2026-03-01", "the date to take for today, such as 2026-03-01");
    Arg::new("today").long("today").value_name("DATE").help(help.get(lang).to_owned())
}

/// Returns `--today`, or the day it is here.
///
/// # Errors
/// The argument is not a date.
pub(super) fn today(arguments: &ArgMatches) -> Result<Date, Error> {
    Ok(asked_day(arguments)?.unwrap_or_else(now))
}

/// Returns `--today`, if it is there.
///
/// # Errors
/// The argument is not a date.
pub(super) fn asked_day(arguments: &ArgMatches) -> Result<Option<Date>, Error> {
    day(arguments, "today")
}

/// Returns the day that the argument `name` gives, if it is there.
///
/// # Errors
/// The argument is not a date.
pub(super) fn day(arguments: &ArgMatches, name: &str) -> Result<Option<Date>, Error> {
    let written = arguments.try_get_one::<String>(name).ok().flatten();
    written.map(String::as_str).map(parsed).transpose()
}

fn parsed(written: &str) -> Result<Date, Error> {
    let wrong = |_| Error::Argument {
        reason: text!(
            "“{written}”不是日期，写成 2026-03-01 这样",
            "`{written}` is not a date; write it like 2026-03-01"
        ),
    };
    Date::parse(written).map_err(wrong)
}

/// `--base-url`.
pub(super) fn base_url_argument(lang: UiLang) -> Arg {
    let help = text!(
        "网站的网址，代替 site.yaml 里的 base_url：规范链接、站点地图、海报上的二维码都用它",
        "the address of the site instead of `base_url` in site.yaml: for canonical links, the site map, the codes on posters"
    );
    Arg::new("base-url").long("base-url").value_name("URL").help(help.get(lang).to_owned())
}

/// Returns `--base-url`, if it is given.
///
/// # Errors
/// The argument is not a full web address, or holds a number of a person.
pub(super) fn base_url(arguments: &ArgMatches) -> Result<Option<String>, Error> {
    match arguments.get_one::<String>("base-url") {
        Some(url) if !is_web_address(url) => Err(Error::Argument {
            reason: text!(
                "“{url}”不是完整的网址，写成 https://example.org 这样",
                "`{url}` is not a full web address; write it like https://example.org"
            ),
        }),
        // Parts of an address are taken for names of pages; here all of it is a person's choice.
        Some(url) if url.split("://").any(|part| hidden(part) != part) => Err(Error::Argument {
            reason: text!(
                "网址里有个人的号码，会写进每个网页；换一个网址",
                "the address holds a number of a person, which would go into every page; choose another"
            ),
        }),
        url => Ok(url.cloned()),
    }
}

/// Returns the day it is here.
#[expect(clippy::disallowed_methods, reason = "the one place that looks at the clock")]
pub(super) fn now() -> Date {
    Date::from(jiff::Zoned::now().date())
}

/// Writes what `make` makes with the form asked for, to the file asked for or to stdout. Returns whether a person still
/// has to be told what came of it.
///
/// # Errors
/// The disk; a form that no terminal can show.
pub(super) fn write<W>(
    forms: &[Writer<W>],
    make: impl FnOnce(&W, &Context<'_>) -> Vec<u8>,
    arguments: &ArgMatches,
    sources: &SourceTree,
    lang: UiLang,
) -> Result<bool, Error> {
    let name = arguments.get_one::<String>("format").map_or(forms[0].name, String::as_str);
    let form = forms.iter().find(|form| form.name == name).expect("the parser knows these forms only");
    let output = arguments.get_one::<PathBuf>("output");
    let colour = output.is_none() && std::io::stdout().is_terminal() && terminal::colour_is_wanted();
    let bytes = make(&form.write, &Context { sources, lang, colour });
    match output {
        Some(path) => {
            writing::save(path, &bytes, Some(sources.root()), arguments, lang)?;
            terminal::say(&path.display().to_string());
            Ok(true)
        }
        None if name == "xlsx" && std::io::stdout().is_terminal() => Err(Error::Argument {
            reason: text!(
                "电子表格不能显示在屏幕上，请加上 --output 文件.xlsx",
                "a terminal cannot show a workbook; add --output FILE.xlsx"
            ),
        }),
        None => {
            let bytes = match String::from_utf8(bytes) {
                Ok(text) => visible_but_colours(&text).into_owned().into_bytes(),
                Err(workbook) => workbook.into_bytes(),
            };
            terminal::bytes_out(&bytes);
            Ok(name == forms[0].name)
        }
    }
}

/// Returns the places that `words` name.
///
/// # Errors
/// There is no such place.
pub(super) fn places(catalogue: &Catalogue, words: &[String]) -> Result<Vec<PlacePath>, Error> {
    let named = |word: &String| catalogue.place_named(word).map(|place| place.path.clone());
    words.iter().map(|word| named(word).map_err(|reason| Error::Argument { reason })).collect()
}

/// Returns the edition that `address` names: `place/list/edition`, or `place/list` for the one that stands.
///
/// # Errors
/// There is none.
pub(super) fn edition<'a>(catalogue: &'a Catalogue, address: &str) -> Result<EditionRef<'a>, Error> {
    let address = address.trim_matches('/');
    if let Some(issue) = catalogue.edition(address) {
        return Ok(issue);
    }
    if let Some((address, day)) = address.split_once('@') {
        return held_on(catalogue, address, parsed(day)?);
    }
    if let Some(issue) = list(catalogue, address) {
        return Ok(issue);
    }
    let known: Vec<String> = catalogue.editions().map(|issue| issue.address()).collect();
    Err(no_such(&text!("版次", "edition"), address, known.iter().map(String::as_str)))
}

/// Returns the edition of the list at `place/list` that held on `day`.
fn held_on<'a>(catalogue: &'a Catalogue, address: &str, day: Date) -> Result<EditionRef<'a>, Error> {
    let known = edition(catalogue, address)?;
    let held = known.list.held_on(day).map(|edition| EditionRef { edition, ..known });
    held.ok_or_else(|| Error::Argument {
        reason: text!("{day} 这一天 {address} 没有有效的版次", "no edition of {address} held on {day}"),
    })
}

/// Returns the edition of the list at `place/list` that stands, or else its newest.
pub(super) fn list<'a>(catalogue: &'a Catalogue, address: &str) -> Option<EditionRef<'a>> {
    let (place, list) = address.rsplit_once('/')?;
    let place = catalogue.places.get(&PlacePath::new(place))?;
    let list = place.lists.get(list)?;
    let edition = list.current(false).or_else(|| list.current(true))?;
    Some(EditionRef { place, list, edition })
}

/// Returns the list that `word` names: place and list as people call them, or an edition of it.
pub(super) fn named_list<'a>(catalogue: &'a Catalogue, word: &str) -> Option<EditionRef<'a>> {
    let word = word.replace('\\', "/");
    let word = word.trim_matches('/');
    let (rest, last) = word.rsplit_once('/')?;
    if let Some(found) = catalogue.edition(word).or_else(|| list(catalogue, word)) {
        return Some(found);
    }
    if let Ok(place) = catalogue.place_named(rest) {
        return list_called(catalogue, place, last);
    }
    let edition = named_list(catalogue, rest)?;
    let known = edition.list.editions.iter().find(|known| known.id == last)?;
    Some(EditionRef { edition: known, ..edition })
}

/// Returns the list of a place that goes by this name: that of its folder, of its group, or its title.
fn list_called<'a>(catalogue: &'a Catalogue, place: &'a Place, name: &str) -> Option<EditionRef<'a>> {
    let wanted = fold(name);
    let is_called = |own: &EditionRef<'_>, texts: &Localized| {
        texts.iter().any(|(_, text)| fold(&text.value) == wanted) && own.place.path == place.path
    };
    let lists = || {
        let lists = place.lists.keys();
        lists.filter_map(|id| list(catalogue, &format!("{}/{id}", place.path)))
    };
    let by_id = lists().find(|own| fold(&own.list.id) == wanted);
    let by_title = || lists().find(|own| is_called(own, &own.edition.title));
    // Of several for one group that which has its name is meant.
    let of_group =
        |own: &EditionRef<'_>| catalogue.group_of(*own).is_some_and(|group| is_called(own, &group.name));
    let by_group = || lists().filter(of_group).min_by_key(|own| own.list.id != own.group());
    by_id.or_else(by_title).or_else(by_group)
}

/// Returns the edition that `address` names like [`edition`], or as people call its place and list.
///
/// # Errors
/// There is none.
pub(super) fn named_edition<'a>(catalogue: &'a Catalogue, address: &str) -> Result<EditionRef<'a>, Error> {
    named_list(catalogue, address).map_or_else(|| edition(catalogue, address), Ok)
}

/// Returns the list that stands of the nearest place above `place` that has one list.
pub(super) fn above<'a>(catalogue: &'a Catalogue, place: &Place) -> Option<EditionRef<'a>> {
    let above = catalogue.parent(&place.path)?;
    let lists: Vec<&String> = above.lists.keys().collect();
    match lists.as_slice() {
        [id] => list(catalogue, &format!("{}/{id}", above.path)),
        _ => self::above(catalogue, above),
    }
}

/// Reports that there is no `what` called `name`, with the one that may be meant.
pub(super) fn no_such<'k>(
    what: &crate::diagnostic::Message,
    name: &str,
    known: impl Iterator<Item = &'k str>,
) -> Error {
    let (zh, en) = (&what.zh, &what.en);
    let known: Vec<&str> = known.collect();
    let (some_zh, some_en) = match nearest(name, known.iter().copied()) {
        Some(near) => (format!("是不是“{near}”？"), format!("did you mean `{near}`?")),
        None => {
            let (some, count) = (known.iter().take(8).copied().collect::<Vec<_>>().join(" "), known.len());
            match count > 8 {
                true => (format!("有：{some} 等 {count} 个"), format!("there are {count}, such as {some}")),
                false => (format!("有：{some}"), format!("there are: {some}")),
            }
        }
    };
    Error::Argument {
        reason: text!("没有“{name}”这个{zh}。{some_zh}", "there is no {en} `{name}`; {some_en}"),
    }
}

/// Says in one line how many provisions have which verdict.
pub(super) fn tally(lists: &[&Coverage<'_>], lang: UiLang) -> String {
    let count = |wanted: Verdict| -> usize {
        lists
            .iter()
            .flat_map(|coverage| coverage.summary())
            .filter(|(verdict, _)| *verdict == wanted)
            .map(|(_, count)| count)
            .sum()
    };
    let parts = Verdict::ALL.map(|verdict| format!("{} {}", verdict.words().get(lang), count(verdict)));
    let lists = lists.len();
    let head = text!("{lists} 份清单：", "lists: {lists}; ");
    format!("{}{}", head.get(lang), parts.join(if lang == UiLang::Zh { "，" } else { ", " }))
}
