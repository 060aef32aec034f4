//! `qingdan serve`: builds in memory with drafts, watches, reloads the browser, shows findings as a page.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clap::{Arg, ArgMatches};

use super::forms::{EDIT, FormDesk, PAPERS, START};
use super::live::LiveSite;
use super::{Command, Exit, catalogue, catalogue_argument, data, switch, terminal};
use crate::catalogue::Site;
use crate::date::Date;
use crate::diagnostic::{Error, Finding, Findings, Level, UiLang};
use crate::handbook::Handbook;
use crate::output::Sink;
use crate::personal::hidden;
use crate::pipeline::{Outcome, Request};
use crate::render::{Case, Forms, ToolPages};
use crate::report;
use crate::route::Route;
use crate::serve::{self, Event, Files, Later, Options, OwnPages, Preview, Server, USUAL_PORT};
use crate::site::HANDBOOK;
use crate::source::SourceTree;
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
        "监听的地址；默认只有本机能打开，写 0.0.0.0 则同一网络里有钥匙的人也能看到草稿",
        "the address to listen on; by default only this computer can visit, with 0.0.0.0 also whoever in the network has the key, drafts too"
    );
    let staff = text!(
        "向别的电脑也提供工作人员页面和问题清单",
        "give other computers the pages for staff and the findings, too"
    );
    let start = text!(
        "在浏览器里打开表单，从那里写清单；不带任何参数运行 qingdan 也是这样",
        "open the forms in the browser, where lists are written; qingdan without arguments does the same"
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
        .arg(data::today_argument(lang))
        .arg(switch("staff", &staff, lang))
        .arg(switch("open", &text!("在浏览器里打开", "open it in the browser"), lang))
        .arg(switch("start", &start, lang))
}

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let root = catalogue(arguments);
    let (open, start) = (arguments.get_flag("open"), arguments.get_flag("start"));
    if !is_catalogue(&root) && !start {
        return Err(Error::NoCatalogue { path: root });
    }
    let shares_findings = arguments.get_flag("staff");
    let options = Options {
        host: arguments.get_one::<String>("host").cloned().unwrap_or_default(),
        port: arguments.get_one::<u16>("port").copied().unwrap_or(USUAL_PORT),
        watch: vec![root.clone()],
        lang,
        shares_findings,
    };
    let base_url = data::base_url(arguments)?;
    let server = Server::bind(options)?;
    let folder = std::path::absolute(&root).ok().filter(|_| server.is_local());
    let folder = folder.map(|folder| folder.to_string_lossy().into_owned());
    // Links would show a number of a person that stands in the path.
    let folder = folder.filter(|folder| hidden(folder) == *folder);
    let staff = server.is_local() || shares_findings;
    let pages = Arc::new(ToolPages::new());
    let today = data::asked_day(arguments)?;
    let forms = FormDesk::new(&root, Arc::clone(&pages), today, server.stopper())?;
    let desk = Desk { root, base_url, lang, staff, pages, folder, forms, today };
    serve::serve(server, move || desk.build(), &|event| {
        if let Event::Ready { url } = &event {
            match (start, open) {
                (true, _) => open_browser(&forms_at(url)),
                (false, true) => open_browser(url),
                (false, false) => {}
            }
        }
        terminal::say(&words(&event, lang));
    })?;
    Ok(Exit::Clean)
}

/// What every build of a preview needs.
#[derive(Clone)]
struct Desk {
    root: PathBuf,
    base_url: Option<String>,
    lang: UiLang,
    /// Whether the pages for staff are made: not where other computers can visit, unless asked for.
    staff: bool,
    pages: Arc<ToolPages>,
    /// The folder of the catalogue, where its files can be opened on the reader's computer.
    folder: Option<String>,
    /// The forms.
    forms: FormDesk,
    /// The day it is, if one was named; else that of the clock.
    today: Option<Date>,
}

impl Desk {
    fn build(&self) -> Result<Preview, Error> {
        if !is_catalogue(&self.root) {
            return Ok(self.beginning());
        }
        let base_url = self.base_url.clone();
        let request = Request {
            preview: true,
            staff: self.staff,
            base_url,
            ..Request::whole(self.today.unwrap_or_else(data::now))
        };
        let (outcome, live) = {
            // A form that was just saved waits for this, and finds the catalogue read.
            let _one = self.forms.editor.alone();
            let before = self.forms.editor.read_before();
            let (outcome, live) = LiveSite::start(self.root.clone(), before, request)?;
            self.forms.editor.saw(Arc::clone(&outcome));
            (outcome, live)
        };
        self.forms.editor.is_followed();
        let Some(live) = live else { return Ok(self.refused(outcome)) };
        let pages = outcome.pages;
        let abandoned = Arc::<AtomicBool>::default();
        let site = Arc::new(LazySite {
            live,
            handbook: self.handbook(),
            made: Mutex::default(),
            abandoned: Arc::clone(&abandoned),
        });
        let later = {
            let (site, desk, outcome) = (Arc::clone(&site), self.clone(), Arc::clone(&outcome));
            move || {
                let written = site.live.write(site.clone());
                if site.abandoned.load(Ordering::Relaxed) {
                    return Ok(None);
                }
                let failed = written?;
                if failed.is_empty() {
                    return Ok(None);
                }
                let mut outcome = Outcome::clone(&outcome);
                outcome.fail(failed);
                Ok(Some(desk.refused(Arc::new(outcome))))
            }
        };
        Ok(Preview {
            pages,
            later: Some(Later { work: Box::new(later), abandoned }),
            ..self.preview(outcome, site)
        })
    }

    /// Returns what is shown where there is no catalogue yet: where one begins.
    fn beginning(&self) -> Preview {
        let desk = self.clone();
        let own: Arc<OwnPages> = Arc::new(move |path, visit| {
            let (findings, sources) = (Findings::new(), SourceTree::from_files(Vec::new()));
            let case = Case { findings: &findings, sources: &sources, folder: None, forms: None };
            // Once a catalogue has begun its forms are there, before the first build of it is.
            let form = path.strip_prefix(EDIT);
            let is_page = path.ends_with(".html") && !path.starts_with(HANDBOOK);
            if visit.is_here && (form.is_some() || is_page) {
                return desk.forms.form(form.unwrap_or(path), visit);
            }
            match path.strip_prefix(HANDBOOK) {
                Some(page) => desk.handbook().at(page, None),
                None => desk.pages.at(path, visit, &case),
            }
        });
        Preview {
            files: Arc::new(BTreeMap::new()),
            pages: 0,
            later: None,
            refused: true,
            home: Route::new("zh/index.html"),
            errors: 0,
            warnings: 0,
            own,
            forms: self.forms.takers(),
        }
    }

    /// Returns the preview of a build that findings refuse, and prints them.
    fn refused(&self, outcome: Arc<Outcome>) -> Preview {
        terminal::findings(report::HUMAN, &outcome.findings, &outcome.sources, self.lang);
        self.preview(outcome, Arc::new(BTreeMap::new()))
    }

    fn preview(&self, outcome: Arc<Outcome>, files: Arc<dyn Files>) -> Preview {
        let site = outcome.catalogue.as_ref().map_or_else(Site::stand_in, |catalogue| catalogue.site.clone());
        Preview {
            files,
            pages: 0,
            later: None,
            refused: outcome.findings.refuse(),
            home: Route::new(format!("{}/index.html", site.languages.reference().code.as_str())),
            errors: outcome.findings.count(Level::Error),
            warnings: outcome.findings.count(Level::Warning),
            own: self.own(outcome),
            forms: self.forms.takers(),
        }
    }

    fn handbook(&self) -> Handbook {
        Handbook::new(Arc::clone(&self.pages))
    }

    /// Returns the tool's own pages: about a build, and the handbook.
    fn own(&self, outcome: Arc<Outcome>) -> Arc<OwnPages> {
        let (pages, folder, handbook) = (Arc::clone(&self.pages), self.folder.clone(), self.handbook());
        let desk = self.forms.clone();
        Arc::new(move |path, visit| {
            if let Some(address) = path.strip_prefix(EDIT).filter(|_| visit.is_here) {
                return desk.form(address, visit);
            }
            if let Some(paper) = path.strip_prefix(PAPERS).filter(|_| visit.is_here) {
                return desk.paper(paper, visit);
            }
            if let Some(page) = path.strip_prefix(HANDBOOK) {
                return handbook.at(page, Some(&format!("../../findings.html{}", visit.query())));
            }
            let Outcome { findings, sources, .. } = &*outcome;
            let address = |finding: &Finding| desk.editor.address_of(&outcome, finding);
            let forms = Forms { token: desk.editor.token(), address: &address };
            let forms = Some(forms).filter(|_| visit.is_here);
            pages.at(path, visit, &Case { findings, sources, folder: folder.as_deref(), forms })
        })
    }
}

fn is_catalogue(folder: &Path) -> bool {
    folder.join("site.yaml").is_file()
}

/// A site whose pages are rendered when they are first asked for, or when the whole site is.
struct LazySite {
    live: LiveSite,
    handbook: Handbook,
    made: Mutex<BTreeMap<Route, Arc<[u8]>>>,
    /// Whether the whole site is not wanted any more.
    abandoned: Arc<AtomicBool>,
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
        let bytes: Arc<[u8]> = match route.as_str().strip_prefix(HANDBOOK) {
            Some(page) => self.handbook.at(page, None)?.into(),
            None => self.live.file(route)?.into(),
        };
        self.made().insert(route.clone(), Arc::clone(&bytes));
        Some(bytes)
    }
}

impl Sink for LazySite {
    fn put(&self, route: &Route, bytes: &[u8]) -> Result<(), Error> {
        if self.abandoned.load(Ordering::Relaxed) {
            return Err(Error::Write {
                path: route.as_str().into(),
                cause: io::ErrorKind::Interrupted.into(),
            });
        }
        self.made().insert(route.clone(), bytes.into());
        Ok(())
    }
}

fn words(event: &Event, lang: UiLang) -> String {
    let message = match event {
        Event::PortBusy { wanted, got } => {
            text!("端口 {wanted} 被占用，改用 {got}", "port {wanted} is taken; using {got} instead")
        }
        Event::Ready { url } => {
            let forms = forms_at(url);
            text!(
                "预览：{url}（按 Ctrl-C 结束）\n写清单：{forms}",
                "preview: {url} (Ctrl-C ends it)\nwrite lists: {forms}"
            )
        }
        Event::OnNetwork { url } => {
            let url = url.as_deref().unwrap_or("http://…");
            text!(
                "注意：同一网络里凡是有下面这个地址的人都能看到草稿；不要发到群里。别的电脑和手机用：{url}",
                "mind: whoever in the network has this address sees the drafts; do not post it. For other computers and phones: {url}"
            )
        }
        Event::Gone { path } => {
            let path = path.display();
            text!(
                "清单文件夹 {path} 不见了；网页还是原来的样子，放回来后会接着更新",
                "the folder {path} is gone; the pages stay as they were, and follow again once it is back"
            )
        }
        Event::Back => text!("清单文件夹又在了，接着更新", "the folder is back; the pages follow again"),
        Event::Silent => text!(
            "这里的文件改动，系统不会通知（网络盘、容器里常见）；改为每秒查看一次",
            "the system does not tell of changes here, as on network drives and in containers; the files are looked at every second instead"
        ),
        Event::Rebuilt { pages, warnings, took } => {
            let took = terminal::time(*took);
            text!("{pages} 个页面，{took}，{warnings} 个警告", "{pages} pages, {took}, warnings: {warnings}")
        }
        Event::Refused { errors: 0, .. } => {
            text!(
                "这里还没有清单；在浏览器里新建（qingdan --help 列出所有命令）",
                "there is no catalogue here yet; the browser begins one (`qingdan --help` lists all commands)"
            )
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

/// Returns the address of the forms of a preview.
fn forms_at(url: &str) -> String {
    let (site, key) =
        url.split_once('?').map_or((url, String::new()), |(site, key)| (site, format!("?{key}")));
    format!("{site}_qingdan/{EDIT}{START}{key}")
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
    let quiet = || std::process::Stdio::null();
    let _ = std::process::Command::new(program).arg(url).stdout(quiet()).stderr(quiet()).spawn();
}
