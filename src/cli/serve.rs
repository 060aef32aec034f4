//! `qingdan serve`: builds in memory with drafts, watches, reloads the browser, shows findings as a page.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clap::{Arg, ArgMatches};

use super::{Command, Exit, catalogue, catalogue_argument, data, switch, terminal};
use crate::catalogue::Site;
use crate::diagnostic::{Error, Findings, Level, UiLang};
use crate::output::{MemorySite, Sink};
use crate::pipeline::{self, Outcome, Request};
use crate::render::{self, Theme};
use crate::report;
use crate::route::Route;
use crate::serve::{self, Event, Files, Options, Preview, USUAL_PORT};
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
        .arg(data::base_url_argument(lang))
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
    let (open, base_url) = (arguments.get_flag("open"), data::base_url(arguments)?);
    serve::serve(options, || build(&root, base_url.clone(), lang), &|event| {
        if let (Event::Ready { url }, true) = (&event, open) {
            open_browser(url);
        }
        terminal::say(&words(&event, lang));
    })?;
    Ok(Exit::Clean)
}

fn build(root: &Path, base_url: Option<String>, lang: UiLang) -> Result<Preview, Error> {
    let request = Request { preview: true, staff: true, base_url, ..Request::whole(data::now()) };
    let outcome = pipeline::prepare(root, &request, &|_| {})?;
    if outcome.findings.refuse() {
        return refused(&outcome, lang);
    }
    let pages = outcome.pages;
    let site = Arc::new(LazySite { outcome, request, made: Mutex::default() });
    let rest = Arc::clone(&site);
    let later = move || {
        let failed = pipeline::render(&rest.outcome, &rest.request, &*rest, &|_| {})?;
        if failed.is_empty() {
            return Ok(None);
        }
        let mut outcome = rest.outcome.clone();
        outcome.fail(failed);
        refused(&outcome, lang).map(Some)
    };
    Ok(Preview { pages, later: Some(Box::new(later)), ..preview(&site.outcome, site.clone()) })
}

/// Returns the preview of a build that findings refuse, and prints them.
fn refused(outcome: &Outcome, lang: UiLang) -> Result<Preview, Error> {
    terminal::findings(report::HUMAN, &outcome.findings, &outcome.sources, lang);
    let (_, stand_in) = presentable(outcome);
    let files = outcome.theme.as_ref().or(stand_in.as_ref()).map(assets).transpose()?;
    Ok(preview(outcome, Arc::new(files.unwrap_or_default())))
}

fn preview(outcome: &Outcome, files: Arc<dyn Files>) -> Preview {
    let (site, stand_in) = presentable(outcome);
    let theme = outcome.theme.as_ref().or(stand_in.as_ref());
    let page = |language| {
        let page = render::findings_page(theme?, &site, language, &outcome.findings, &outcome.sources)?;
        Some((language.code.as_str().to_owned(), Arc::from(page)))
    };
    Preview {
        files,
        pages: 0,
        later: None,
        refused: outcome.findings.refuse(),
        findings: site.languages.iter().filter_map(page).collect(),
        home: Route::new(format!("{}/index.html", site.languages.reference().code.as_str())),
        errors: outcome.findings.count(Level::Error),
        warnings: outcome.findings.count(Level::Warning),
    }
}

/// A site whose pages are rendered when they are first asked for, or when the whole site is.
struct LazySite {
    outcome: Outcome,
    request: Request,
    made: Mutex<BTreeMap<Route, Arc<[u8]>>>,
}

impl LazySite {
    fn made(&self) -> MutexGuard<'_, BTreeMap<Route, Arc<[u8]>>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files for LazySite {
    fn get(&self, route: &Route) -> Option<Arc<[u8]>> {
        if let Some(bytes) = self.made().get(route) {
            return Some(Arc::clone(bytes));
        }
        let bytes: Arc<[u8]> = pipeline::render_one(&self.outcome, &self.request, route)?.into();
        self.made().insert(route.clone(), Arc::clone(&bytes));
        Some(bytes)
    }
}

impl Sink for LazySite {
    fn put(&self, route: &Route, bytes: &[u8]) -> Result<(), Error> {
        self.made().insert(route.clone(), bytes.into());
        Ok(())
    }
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
