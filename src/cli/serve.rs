//! `qingdan serve`: builds in memory with drafts, watches, reloads the browser, shows findings as a page.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use clap::{Arg, ArgMatches};

use super::{Command, Exit, catalogue, catalogue_argument, switch, terminal};
use crate::catalogue::Site;
use crate::diagnostic::{Error, Findings, Level, UiLang};
use crate::output::{MemorySite, Sink};
use crate::pipeline::{self, Outcome, Request};
use crate::render::{self, Theme};
use crate::report;
use crate::route::Route;
use crate::serve::{self, Event, Options, Preview, USUAL_PORT};
use crate::text;

/// `qingdan serve`.
pub(super) const COMMAND: Command = Command {
    name: "serve",
    about: || {
        text!("预览网站（包括草稿），保存后自动刷新", "preview the site with drafts; it reloads as you save")
    },
    arguments,
    run,
};

fn arguments(command: clap::Command, lang: UiLang) -> clap::Command {
    let port = text!("端口；被占用时用后面的一个", "the port; if it is taken, one of the next is used");
    let host = text!(
        "监听的地址；默认只有本机能打开",
        "the address to listen on; by default only this computer can visit"
    );
    command
        .arg(catalogue_argument(lang))
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("PORT")
                .value_parser(clap::value_parser!(u16))
                .default_value("4000")
                .help(port.get(lang).to_owned()),
        )
        .arg(
            Arg::new("host")
                .long("host")
                .value_name("ADDRESS")
                .default_value("127.0.0.1")
                .help(host.get(lang).to_owned()),
        )
        .arg(switch("open", &text!("在浏览器里打开", "open it in the browser"), lang))
}

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let root = catalogue(arguments);
    if !root.join("site.yaml").is_file() {
        return Err(Error::NoCatalogue { path: root });
    }
    let options = Options {
        host: arguments.get_one::<String>("host").cloned().unwrap_or_default(),
        port: arguments.get_one::<u16>("port").copied().unwrap_or(USUAL_PORT),
        watch: vec![root.clone()],
        lang,
    };
    let open = arguments.get_flag("open");
    serve::serve(options, || build(&root, lang), &|event| {
        if let (Event::Ready { url }, true) = (&event, open) {
            open_browser(url);
        }
        terminal::say(&words(&event, lang));
    })?;
    Ok(Exit::Clean)
}

fn build(root: &Path, lang: UiLang) -> Result<Preview, Error> {
    let request = Request { drafts: true, only: None, preview: true };
    let memory = MemorySite::new();
    let outcome = pipeline::run(root, &request, &memory, &|_| {})?;
    let refused = outcome.findings.refuse();
    if refused {
        terminal::findings(report::HUMAN, &outcome.findings, &outcome.sources, lang);
    }
    let (site, theme) = presentable(&outcome);
    let theme = outcome.theme.as_ref().or(theme.as_ref());
    let files = match (refused, theme) {
        (false, _) => memory.finish(),
        (true, Some(theme)) => assets(theme)?,
        (true, None) => BTreeMap::new(),
    };
    let page = |language| {
        let page = render::findings_page(theme?, &site, language, &outcome.findings, &outcome.sources)?;
        Some((language.code.as_str().to_owned(), Arc::from(page)))
    };
    Ok(Preview {
        files,
        refused,
        findings: site.languages.iter().filter_map(page).collect(),
        home: Route::new(format!("{}/index.html", site.languages.reference().code.as_str())),
        errors: outcome.findings.count(Level::Error),
        warnings: outcome.findings.count(Level::Warning),
    })
}

/// Returns what the findings page is shown with: the catalogue's own site, or a stand-in if `site.yaml`
/// cannot be used; and the default theme if the catalogue's cannot be used.
fn presentable(outcome: &Outcome) -> (Site, Option<Theme>) {
    let site = outcome.catalogue.as_ref().map_or_else(Site::stand_in, |catalogue| catalogue.site.clone());
    if outcome.theme.is_some() {
        return (site, None);
    }
    let sources = crate::source::SourceTree::from_files(render::default_theme());
    let theme = render::load_theme(&sources, &site, &mut Findings::new());
    (site, theme)
}

fn assets(theme: &Theme) -> Result<BTreeMap<Route, Arc<[u8]>>, Error> {
    let memory = MemorySite::new();
    theme.asset_files().iter().try_for_each(|(route, bytes)| memory.put(route, bytes))?;
    Ok(memory.finish())
}

fn words(event: &Event, lang: UiLang) -> String {
    let message = match event {
        Event::PortBusy { wanted, got } => {
            text!("端口 {wanted} 被占用，改用 {got}", "port {wanted} is taken; using {got} instead")
        }
        Event::Ready { url } => text!("预览：{url}（按 Ctrl-C 结束）", "preview: {url} (Ctrl-C ends it)"),
        Event::Rebuilt { pages, warnings, took } => {
            let took = terminal::time(*took);
            text!("{pages} 个页面，{took}，{warnings} 个警告", "{pages} pages, {took}, warnings: {warnings}")
        }
        Event::Refused { errors, warnings, took } => {
            let took = terminal::time(*took);
            text!(
                "有 {errors} 个错误、{warnings} 个警告（{took}）；浏览器里可以看到，改好保存即可",
                "errors: {errors}, warnings: {warnings} ({took}); the browser shows them, and the site is back when they are mended"
            )
        }
        Event::Failed { error } => error.message(),
        Event::Stopped => text!("预览已结束", "the preview has ended"),
    };
    message.get(lang).to_owned()
}

/// Asks the system to open an address; if it cannot, the address stands in the terminal anyway.
fn open_browser(url: &str) {
    let program = if cfg!(target_os = "windows") {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let _ = std::process::Command::new(program).arg(url).spawn();
}
