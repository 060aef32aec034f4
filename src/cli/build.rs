//! `qingdan build`: checks, then writes the site.

use std::path::Path;
use std::sync::OnceLock;
use std::time::Instant;

use clap::{Arg, ArgMatches};
use indicatif::ProgressBar;

use super::timings::Timings;
use super::{Command, Exit, catalogue, catalogue_argument, data, switch, terminal};
use crate::catalogue::{Catalogue, PlacePath};
use crate::diagnostic::{Error, Message, UiLang};
use crate::output::{Compressed, Sink, SiteFolder, Written};
use crate::pipeline::{self, Part, PartMark, Progress, Remember, Request};
use crate::report::HUMAN;
use crate::text;

/// `qingdan build`.
pub(super) const COMMAND: Command = Command {
    name: "build",
    about: || {
        text!(
            "检查，然后写出网站；有错误时保留上一次的好网站",
            "check, then write the site; on errors the last good site stays"
        )
    },
    arguments,
    run,
};

fn arguments(command: clap::Command, lang: UiLang) -> clap::Command {
    let out = text!("网站写到哪里", "where to write the site");
    let only = text!("只做这个地区（和它的上级、下级）", "only this place (with those above and below it)");
    let shard = text!(
        "只做 N 份里的第 I 份，例如 2/7；几台机器各做一份，再用 qingdan link 合起来",
        "only part I of N, such as 2/7; each of several machines makes one, and `qingdan link` puts them together"
    );
    command
        .arg(catalogue_argument(lang))
        .arg(data::out_argument(&out, lang).default_value("public"))
        .arg(switch(
            "staff",
            &text!(
                "也包括给工作人员看的页面：覆盖情况、期限、译文、问题",
                "with the pages for staff: coverage, deadlines, translations, findings"
            ),
            lang,
        ))
        .arg(data::keep_argument(lang))
        .arg(data::base_url_argument(lang))
        .arg(data::today_argument(lang))
        .arg(switch("drafts", &text!("也包括草稿和征求意见稿", "include drafts and consultations"), lang))
        .arg(switch("no-search", &text!("不做搜索", "leave the search out"), lang))
        .arg(
            switch(
                "elasticlunr",
                &text!(
                    "另写出搜索的索引，供 elasticlunr.js 使用",
                    "write the indexes for elasticlunr.js as well"
                ),
                lang,
            )
            .hide(true),
        )
        .arg(switch(
            "compress",
            &text!(
                "在每个文本文件旁边放上压缩好的 .br 和 .gz，供服务器直接发送",
                "put .br and .gz beside every text file, for servers to hand out"
            ),
            lang,
        ))
        .arg(
            Arg::new("remember-from")
                .long("remember-from")
                .value_name("PAGES")
                .value_parser(clap::value_parser!(usize))
                .default_value("1000")
                .hide(true),
        )
        .arg(switch("timings", &text!("说明时间花在哪里", "say where the time goes"), lang).hide(true))
        .arg(Arg::new("only").long("only").value_name("PLACE").help(only.get(lang).to_owned()))
        .arg(
            Arg::new("shard")
                .long("shard")
                .value_name("I/N")
                .conflicts_with("only")
                .help(shard.get(lang).to_owned()),
        )
}

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let started = Instant::now();
    let root = catalogue(arguments);
    let out = data::out_folder(arguments);
    let only = arguments
        .get_one::<String>("only")
        .map(|place| PlacePath::new(place.replace('\\', "/").trim_matches('/')));
    let part = arguments.get_one::<String>("shard").map(|text| text.parse::<Part>());
    let part = part.transpose().map_err(|reason| Error::Argument { reason })?;
    let request = Request {
        drafts: arguments.get_flag("drafts"),
        only,
        part,
        preview: false,
        staff: arguments.get_flag("staff"),
        search: !arguments.get_flag("no-search"),
        oracle: arguments.get_flag("elasticlunr"),
        today: data::today(arguments)?,
        base_url: data::base_url(arguments)?,
        on: None,
        remember: Some(Remember {
            tool: super::build_of_tool,
            from_pages: arguments.get_one("remember-from").copied().unwrap_or_default(),
        }),
    };
    let folder = SiteFolder::begin(&out, &[&root], arguments.get_flag("keep"))?;
    let bar: OnceLock<ProgressBar> = OnceLock::new();
    let timings = Timings::default();
    let compressed = Compressed(&folder);
    let sink: &dyn Sink = if arguments.get_flag("compress") { &compressed } else { &folder };
    let outcome = pipeline::run(&root, &request, sink, &|progress| match progress {
        Progress::Stage(name) => timings.begin(name),
        Progress::Pages(pages) => drop(bar.set(terminal::progress(pages, lang))),
        Progress::Page => bar.get().into_iter().for_each(|bar| bar.inc(1)),
    })?;
    bar.get().into_iter().for_each(ProgressBar::finish_and_clear);
    timings.begin("report");
    terminal::findings(HUMAN, &outcome.findings, &outcome.sources, lang);
    if outcome.findings.refuse() {
        let kept = text!(
            "没有写出网站：请先改正上面的错误。原有的网站没有改动",
            "no site was written: mend the errors above first. The site that was there is untouched"
        );
        terminal::say(kept.get(lang));
        return Ok(Exit::Refused);
    }
    timings.begin("swap");
    if let Some(part) = request.part {
        let packed = arguments.get_flag("compress");
        let mark = PartMark::new(part, &outcome.sources, &request, packed, super::VERSION);
        folder.put(&PartMark::route(), &mark.bytes())?;
    }
    let written = folder.commit()?;
    let made = request.part.map_or(Made::Pages(outcome.pages), Made::Part);
    terminal::say(&summary(made, &written, started, &out, lang));
    if let Some(content) = outcome.catalogue.as_ref().filter(|_| !arguments.get_flag("drafts")) {
        drafts_left_out(content).iter().for_each(|note| terminal::say(note.get(lang)));
    }
    if let Some(content) = &outcome.catalogue {
        embeds_left_out(content).iter().for_each(|note| terminal::say(note.get(lang)));
    }
    if arguments.get_flag("timings") {
        timings.end().into_iter().for_each(|line| terminal::say(&line));
    }
    Ok(Exit::Clean)
}

/// Says how many lists have nothing but drafts, which are not on the site.
fn drafts_left_out(content: &Catalogue) -> Option<Message> {
    let lists = || content.places.values().flat_map(|place| place.lists.values());
    let drafts = lists().filter(|list| list.current(false).is_none()).count();
    let all = lists().count();
    (drafts > 0).then(|| {
        text!(
            "{all} 份清单里有 {drafts} 份还是草稿或征求意见稿，没有写进网站；要写进去，加上 --drafts",
            "of {all} lists, {drafts} are drafts or under consultation and not on the site; to include them, add --drafts"
        )
    })
}

/// Says that the pieces for other sites are not made, where they are offered and nobody knows what they would lead to.
fn embeds_left_out(content: &Catalogue) -> Option<Message> {
    let site = &content.site;
    (site.offers_embeds && site.base_url.is_none()).then(|| {
        text!(
            "site.yaml 写了 embeds（嵌入页面），却没有写网站的网址，没有做；写上 base_url，或者用 --base-url 给出",
            "site.yaml offers `embeds`, and none were made: the address of the site is not known; write `base_url`, or give --base-url"
        )
    })
}

/// What was made.
#[derive(Clone, Copy)]
pub(super) enum Made {
    /// A site of so many pages.
    Pages(usize),
    /// A part of a site.
    Part(Part),
    /// A site of so many parts.
    Parts(usize),
}

impl Made {
    fn words(self) -> Message {
        match self {
            Self::Pages(pages) => text!("{pages} 个页面", "{pages} pages"),
            Self::Part(part) => text!("第 {part} 份", "part {part}"),
            Self::Parts(parts) => text!("合并 {parts} 份", "{parts} parts put together"),
        }
    }
}

/// Says what was made, and what changed in the folder.
pub(super) fn summary(made: Made, written: &Written, started: Instant, out: &Path, lang: UiLang) -> String {
    let (bytes, time) = (terminal::bytes(written.bytes), terminal::time(started.elapsed()));
    let (changed, removed, out) = (written.changed, written.removed, out.display());
    let made = made.words();
    let made = made.get(lang);
    let done = text!(
        "{out}：{made}，{bytes}，{time}（改动 {changed} 个文件，移除 {removed} 个）",
        "{out}: {made}, {bytes}, {time} ({changed} files changed, {removed} removed)"
    );
    let mut lines = done.get(lang).to_owned();
    if !written.foreign.is_empty() {
        let (count, some) =
            (written.foreign.len(), written.foreign.iter().take(5).cloned().collect::<Vec<_>>().join(", "));
        let kept = text!(
            "保留了 {count} 个不是本工具写的文件：{some}",
            "kept {count} files that qingdan did not write: {some}"
        );
        lines.push('\n');
        lines.push_str(kept.get(lang));
    }
    lines
}
