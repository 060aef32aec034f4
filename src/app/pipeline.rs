//! The whole way from the files to the site, stage by stage.
//!
//! [`run`] is the program: read, understand, check, list the pages, render. What is rendered goes to
//! the caller's sink; commands differ only in the sink and in what they print.

mod demonstration;
mod origin;
mod part;
mod request;
mod rest;
mod whole;

pub use demonstration::demonstration;
use origin::Origins;
use part::Portion;
pub use part::{MOST_PARTS, Part, PartMark};
pub use request::{Remember, Request};
use whole::Whole;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use qingdan_reading::library::remember_a_province;

use crate::analysis::Analysis;
use crate::catalogue::{self, Catalogue, EditionRef, PlacePath, Site};
use crate::check;
use crate::diagnostic::{Error, Finding, Findings, Level, Message};
use crate::lang::Language;
use crate::output::{Discard, Sink};
use crate::render::{self, Renderer, Theme};
use crate::route::Route;
use crate::schema::{KeyLanguage, has_keys, name_keys};
use crate::search::Shards;
use crate::site::open::{self, Made};
use crate::site::{Overview, Page, PageKind, PrintPage, SiteMap, Staff};
use crate::source::SourceTree;
use crate::span::FileId;

/// What came of a run.
#[derive(Clone)]
pub struct Outcome {
    /// The snapshot, to which the findings point.
    pub sources: Arc<SourceTree>,
    /// What was noticed, in order.
    pub findings: Findings,
    /// The catalogue, unless `site.yaml` cannot be used.
    pub catalogue: Option<Arc<Catalogue>>,
    /// The theme, unless it cannot be used.
    pub theme: Option<Arc<Theme>>,
    /// How many pages the site has; none if the findings refuse it.
    pub pages: usize,
}

impl Outcome {
    /// Takes in what failed while rendering; then there is no site.
    pub fn fail(&mut self, failed: Vec<Finding>) {
        if failed.is_empty() {
            return;
        }
        self.pages = 0;
        if let Some(catalogue) = &self.catalogue {
            take_in(failed, &mut self.findings, &catalogue.site);
        }
    }

    /// Lists the pages of the site and hands the site on, ready to be rendered. `None` if there is no catalogue or theme.
    pub fn with_site<T>(&self, request: &Request, then: impl FnOnce(&ReadySite<'_, '_>) -> T) -> Option<T> {
        let (content, theme) = (self.catalogue.as_ref()?, self.theme.as_ref()?);
        let analysis = Analysis::new(content, request.today);
        let overview = request.staff.then(|| Overview::new(&analysis));
        let (findings, sources) = (&self.findings, &self.sources);
        let staff = overview.as_ref().map(|overview| Staff { overview, findings, sources });
        let map = SiteMap::new(request.facts(&analysis, staff), &mut Findings::new());
        let shards = Shards::new(&map);
        Some(then(&ReadySite { map: &map, shards: &shards, theme, sources, request }))
    }
}

/// How far a run has come.
#[derive(Clone, Copy, Debug)]
pub enum Progress {
    /// The stage of this name begins.
    Stage(&'static str),
    /// So many pages are going to be rendered.
    Pages(usize),
    /// One more page is done.
    Page,
}

/// Hears how far a run has come, from several threads at once.
pub type Listener<'l> = dyn Fn(Progress) + Sync + 'l;

/// Reads the catalogue in `root`, checks it and, unless a finding refuses it, renders the site to `sink`. What follows
/// from the catalogue is worked out once, for checks, pages and tables.
///
/// # Errors
/// Those of [`prepare`] and [`ReadySite::write`].
pub fn run(root: &Path, request: &Request, sink: &dyn Sink, listen: &Listener<'_>) -> Result<Outcome, Error> {
    let (sources, findings) = read(root, listen)?;
    Stages { request, listen }.of(
        sources,
        findings,
        &mut |_, _, _| {},
        Some(&mut |site, _| site.write(sink, listen)),
    )
}

/// Reads the catalogue in `root` and checks it, theme included. Pages are rendered, for nobody, only if the catalogue has
/// templates of its own: what is wrong with one shows on the pages it fails on, while those of the tool fail on none.
///
/// # Errors
/// The disk; everything wrong with the content or the theme is in [`Outcome::findings`].
pub fn check(root: &Path, request: &Request) -> Result<Outcome, Error> {
    let (sources, findings) = read(root, &|_| {})?;
    let has_own = render::has_own_templates(&sources);
    let mut rendered = |site: &ReadySite<'_, '_>, _| site.write(&Discard, &|_| {});
    let ready = has_own.then_some(&mut rendered as &mut Ready<'_>);
    Stages { request, listen: &|_| {} }.of(sources, findings, &mut |_, _, _| {}, ready)
}

/// Reads the catalogue in `root`, checks it, and loads the theme; nothing is rendered yet.
///
/// # Errors
/// The disk, or a place in `request` that is not there; everything wrong with the content or the theme
/// is in [`Outcome::findings`].
pub fn prepare(root: &Path, request: &Request, listen: &Listener<'_>) -> Result<Outcome, Error> {
    let (sources, findings) = read(root, listen)?;
    examine(sources, findings, request, listen)
}

/// Does what [`prepare`] does for a catalogue that is read again and again: what follows from files that say the same as in
/// `before` is not worked out again, and what is worked out now is kept with the sources of the outcome.
///
/// # Errors
/// Those of [`prepare`].
pub fn prepare_after(root: &Path, before: Option<&SourceTree>, request: &Request) -> Result<Outcome, Error> {
    let (sources, findings) = read_after(root, before)?;
    examine(sources, findings, request, &|_| {})
}

/// Does what [`prepare_after`] does, and hands the site on to `then`, with the outcome, unless a finding refuses it: pages can
/// be had for as long as `then` goes on, and nothing that was worked out for the findings is worked out again for them.
///
/// # Errors
/// Those of [`prepare`].
pub fn live(
    root: &Path,
    before: Option<Arc<SourceTree>>,
    request: &Request,
    mut then: impl FnMut(&ReadySite<'_, '_>, Outcome),
) -> Result<Outcome, Error> {
    let (sources, findings) = read_after(root, before.as_deref())?;
    drop(before);
    let mut ready = |site: &ReadySite<'_, '_>, outcome| {
        then(site, outcome);
        Ok(Vec::new())
    };
    Stages { request, listen: &|_| {} }.of(sources, findings, &mut |_, _, _| {}, Some(&mut ready))
}

fn read(root: &Path, listen: &Listener<'_>) -> Result<(SourceTree, Findings), Error> {
    listen(Progress::Stage("read"));
    let mut findings = Findings::new();
    let sources = SourceTree::read(root, render::default_theme(), &mut findings)?;
    Ok((sources, findings))
}

fn read_after(root: &Path, before: Option<&SourceTree>) -> Result<(SourceTree, Findings), Error> {
    remember_a_province();
    let (sources, findings) = read(root, &|_| {})?;
    Ok((sources.follow(before), findings))
}

/// Checks a catalogue that is read already, with what was found in reading it, and loads the theme.
///
/// # Errors
/// A place in `request` that is not there.
pub fn examine(
    sources: SourceTree,
    findings: Findings,
    request: &Request,
    listen: &Listener<'_>,
) -> Result<Outcome, Error> {
    Stages { request, listen }.of(sources, findings, &mut |_, _, _| {}, None)
}

/// Reads and checks the catalogue in `root` like [`prepare`], and hands what follows from it on to `then`, for whoever needs
/// more than the findings: what the checks worked out is not worked out again. `None` if there is nothing to analyse.
///
/// # Errors
/// Those of [`prepare`].
pub fn analyse<T>(
    root: &Path,
    request: &Request,
    then: impl FnOnce(&Analysis<'_>, &SourceTree, &Findings) -> T,
) -> Result<(Outcome, Option<T>), Error> {
    let (sources, findings) = read(root, &|_| {})?;
    let (mut then, mut made) = (Some(then), None);
    let stages = Stages { request, listen: &|_| {} };
    let mut after = |analysis: &Analysis<'_>, sources: &SourceTree, findings: &Findings| {
        made = then.take().map(|then| then(analysis, sources, findings));
    };
    let outcome = stages.of(sources, findings, &mut after, None)?;
    Ok((outcome, made))
}

/// Gets what follows from a catalogue once it is checked, with the files and all findings.
type After<'f> = dyn FnMut(&Analysis<'_>, &SourceTree, &Findings) + 'f;

/// Gets the site that no finding refuses, with what came of the run so far; returns what failed in its theme.
type Ready<'f> = dyn FnMut(&ReadySite<'_, '_>, Outcome) -> Result<Vec<Finding>, Error> + 'f;

/// The stages after reading.
struct Stages<'r> {
    request: &'r Request,
    listen: &'r Listener<'r>,
}

impl Stages<'_> {
    /// `ready` gets the site, if it is to be rendered.
    fn of(
        &self,
        mut sources: SourceTree,
        mut findings: Findings,
        after: &mut After<'_>,
        ready: Option<&mut Ready<'_>>,
    ) -> Result<Outcome, Error> {
        catalogue::guard(&mut sources, self.request.today, &mut findings);
        let sources = Arc::new(sources);
        (self.listen)(Progress::Stage("understand"));
        let Some(mut content) = catalogue::read(&sources, &mut findings) else {
            name_keys_in(&mut findings, &sources);
            findings.settle(&BTreeMap::new());
            return Ok(Outcome { sources, findings, catalogue: None, theme: None, pages: 0 });
        };
        if let Some(url) = &self.request.base_url {
            content.site.stands_at(url);
        }
        let is_new = self.request.only.is_none();
        if let Some(only) = &self.request.only {
            // The checks look at all; of a part follows what its pages say.
            self.check(&Analysis::new(&content, self.request.today), &mut findings);
            keep_only(&mut content, only, &findings)?;
        }
        let catalogue = Some(Arc::new(content));
        self.site(Outcome { sources, findings, catalogue, theme: None, pages: 0 }, is_new, after, ready)
    }

    /// Returns the findings that pages for staff are made from; none if there are no such pages.
    fn for_staff(&self, findings: &Findings) -> Findings {
        if self.request.staff { findings.clone() } else { Findings::new() }
    }

    fn check(&self, analysis: &Analysis<'_>, findings: &mut Findings) {
        (self.listen)(Progress::Stage("check"));
        check::check(analysis, findings);
    }

    /// Checks a catalogue if it `is_new`, lists its pages and renders them, unless a finding refuses that.
    fn site(
        &self,
        mut outcome: Outcome,
        is_new: bool,
        after: &mut After<'_>,
        ready: Option<&mut Ready<'_>>,
    ) -> Result<Outcome, Error> {
        let (Some(content), sources) = (outcome.catalogue.clone(), Arc::clone(&outcome.sources)) else {
            return Ok(outcome);
        };
        let findings = &mut outcome.findings;
        let analysis = Analysis::new(&content, self.request.today);
        if is_new {
            self.check(&analysis, findings);
        }
        (self.listen)(Progress::Stage("list"));
        let overview = self.request.staff.then(|| Overview::new(&analysis));
        // The pages about findings are as many as these take so far.
        let noticed = self.for_staff(findings);
        let staff =
            |findings| overview.as_ref().map(|overview| Staff { overview, findings, sources: &sources });
        let map = SiteMap::new(self.request.facts(&analysis, staff(&noticed)), findings);
        if is_new {
            map.check_links(&lost_folders(&content, &sources, findings), findings);
        }
        let theme = render::load_theme(&sources, &content.site, &content.vocabulary, findings);
        name_keys_in(findings, &sources);
        findings.settle(&content.site.levels);
        after(&analysis, &sources, findings);
        let Some(theme) = theme.map(Arc::new) else { return Ok(outcome) };
        outcome.pages = if findings.refuse() { 0 } else { map.pages.len() };
        outcome.theme = Some(Arc::clone(&theme));
        // The map that is rendered takes its place.
        drop(map);
        if let Some(ready) = ready.filter(|_| outcome.pages > 0) {
            // Before pages ask for it from many threads, of which each would wait for the others.
            analysis.coverages();
            let settled = self.for_staff(&outcome.findings);
            let map = SiteMap::new(self.request.facts(&analysis, staff(&settled)), &mut Findings::new());
            let (map, shards, request) = (&map, &Shards::new(&map), self.request);
            let site = ReadySite { map, shards, theme: &theme, sources: &sources, request };
            outcome.fail(ready(&site, outcome.clone())?);
        }
        Ok(outcome)
    }
}

/// Takes in what failed while rendering.
fn take_in(failed: Vec<Finding>, findings: &mut Findings, site: &Site) {
    failed.into_iter().for_each(|finding| findings.push(finding));
    findings.settle(&site.levels);
}

/// Names the keys in messages as the file they are about names them.
fn name_keys_in(findings: &mut Findings, sources: &SourceTree) {
    let mut languages: BTreeMap<FileId, KeyLanguage> = BTreeMap::new();
    findings.reword(|file, message| {
        if has_keys(message) {
            let keys =
                languages.entry(file).or_insert_with(|| KeyLanguage::of_text(&sources.file(file).text));
            *message = name_keys(message, *keys);
        }
    });
}

/// Returns the folders of the files of which nothing, or not everything, could be used.
fn lost_folders(content: &Catalogue, sources: &SourceTree, findings: &Findings) -> Vec<String> {
    let whole = |file: FileId| {
        let lists = content.places.values().flat_map(|place| place.lists.values());
        lists.flat_map(|list| &list.editions).any(|edition| edition.span.file == file && !edition.lost)
    };
    let broken =
        findings.iter().filter(|finding| finding.level == Level::Error).map(|finding| finding.at.file);
    let broken: BTreeSet<FileId> = broken.filter(|file| !whole(*file)).collect();
    let folder = |file: FileId| {
        let (folder, name) = sources.file(file).path.rsplit_once('/')?;
        (name.ends_with(".yaml") || name.ends_with(".yml")).then(|| folder.to_owned())
    };
    broken.into_iter().filter_map(folder).collect()
}

/// A site whose pages are listed; what they say is worked out as they are rendered, and once for all of them.
pub struct ReadySite<'s, 'o> {
    map: &'s SiteMap<'s>,
    shards: &'s Shards<'s, 's>,
    theme: &'o Theme,
    sources: &'o SourceTree,
    request: &'o Request,
}

impl<'s> ReadySite<'s, '_> {
    /// Returns the entry of the print page of an edition, in the reference language, if the site shows that edition.
    fn print_entry(&self, edition: EditionRef<'_>) -> Option<&'s Page<'s>> {
        let reference = &self.map.facts.catalogue().site.languages.reference().code;
        let wanted = |page: &&Page<'_>| {
            let PageKind::Print(PrintPage(shown)) = page.kind else { return false };
            page.lang.code == *reference && std::ptr::eq(shown.edition, edition.edition)
        };
        let map: &'s SiteMap<'s> = self.map;
        map.pages.iter().find(wanted)
    }
}

impl ReadySite<'_, '_> {
    /// Writes every file of the site to `sink`; returns what failed in the theme, for [`Outcome::fail`].
    ///
    /// # Errors
    /// The sink. It may have received files although a template failed.
    pub fn write(&self, sink: &dyn Sink, listen: &Listener<'_>) -> Result<Vec<Finding>, Error> {
        listen(Progress::Stage("render and write"));
        let (map, shards, request) = (self.map, self.shards, self.request);
        let find = |page: &Page<'_>, lang: &Language| shards.of_page(page, lang);
        let renderer = Renderer::new(self.theme, map, request.preview).with_search(&find);
        let portion = Portion::new(request.part, map.facts.catalogue());
        let origins = Origins::new(request, self.sources, map.facts.catalogue(), map.pages.len());
        let whole = Whole {
            renderer: &renderer,
            shards,
            map,
            portion: &portion,
            origins: origins.as_ref(),
            sink,
            listen,
        };
        let mut failed = whole.render()?;
        whole.search()?;
        if !portion.has_rest() {
            return Ok(failed);
        }
        failed.extend(self.put_rest(sink)?);
        Ok(failed)
    }

    /// Renders one file of the site, for whoever cannot wait for all. `None` if there is none at `route`, or the theme
    /// fails on it.
    pub fn file(&self, route: &Route) -> Option<Vec<u8>> {
        if let Some(asset) = self.theme.asset(route) {
            return Some(asset.to_vec());
        }
        if let Some(shard) = self.shards.at(route) {
            return Some(shard.bytes.clone());
        }
        let find = |page: &Page<'_>, lang: &Language| self.shards.of_page(page, lang);
        let renderer = Renderer::new(self.theme, self.map, self.request.preview).with_search(&find);
        if let Some(page) = render::page_of_parts(route) {
            return renderer.parts(self.map.page(&page)?).ok()?.map(|(_, bytes)| bytes);
        }
        renderer.page(self.map.page(route)?).ok()
    }

    /// Returns the lists in these formats, by path.
    fn data(&self, formats: &[&str]) -> Result<Vec<(Route, Vec<u8>)>, Message> {
        let mut files = Vec::new();
        for made in open::made(self.map, formats)? {
            match made {
                Made::Files(more) => files.extend(more),
                Made::Pieces(folder, pieces) => {
                    let made = render::fragments(self.theme, folder, &pieces);
                    files.extend(made.map_err(|finding| finding.message)?);
                }
            }
        }
        Ok(files)
    }

    /// Returns the pieces for the pages of others; none unless the site offers them.
    fn pieces(&self) -> Result<Vec<(Route, Vec<u8>)>, Box<Finding>> {
        let site = &self.map.facts.catalogue().site;
        if !site.offers_embeds || site.base_url.is_none() {
            return Ok(Vec::new());
        }
        render::fragments(self.theme, "embed", &open::embed::pieces(self.map))
    }

    /// Returns the print page of an edition with the styles it needs, by path: the page of the reference language, if the
    /// site shows that edition.
    fn print_page(&self, edition: EditionRef<'_>) -> Option<Vec<(String, Vec<u8>)>> {
        let page = self.print_entry(edition)?;
        let bytes = Renderer::new(self.theme, self.map, false).page(page).ok()?;
        let styles =
            self.theme.asset_files().into_iter().filter(|(route, _)| route.as_str().ends_with(".css"));
        let files = styles.chain([(page.route.clone(), bytes)]);
        Some(files.map(|(route, bytes)| (format!("print/{}", route.as_str()), bytes)).collect())
    }
}

/// Returns the lists that a site for `request` would show as data for programs, in these formats, by path.
///
/// # Errors
/// The site does not say what one of the formats cannot do without.
pub fn data(outcome: &Outcome, request: &Request, formats: &[&str]) -> Result<Vec<(Route, Vec<u8>)>, Error> {
    let mut outcome = outcome.clone();
    if let Some(url) = &request.base_url {
        outcome.catalogue.iter_mut().for_each(|catalogue| Arc::make_mut(catalogue).site.stands_at(url));
    }
    if let Some(day) = request.on {
        outcome.catalogue.iter_mut().for_each(|catalogue| Arc::make_mut(catalogue).keep_what_held(day));
    }
    let files = outcome.with_site(request, |site| site.data(formats));
    files.unwrap_or_else(|| Ok(Vec::new())).map_err(|reason| Error::Argument { reason })
}

/// Returns the print page of an edition with the styles it needs, by path, for whoever sends it on: the page
/// of the reference language, if the site shows that edition.
pub fn print_page(outcome: &Outcome, request: &Request, edition: EditionRef<'_>) -> Vec<(String, Vec<u8>)> {
    let files = outcome.with_site(request, |site| site.print_page(edition));
    files.flatten().unwrap_or_default()
}

/// Returns where the print page of an edition is, if the site shows that edition.
pub fn print_route(outcome: &Outcome, request: &Request, edition: EditionRef<'_>) -> Option<Route> {
    outcome.with_site(request, |site| site.print_entry(edition).map(|page| page.route.clone())).flatten()
}

/// Leaves only the place called `only`, the places above it and those below.
///
/// # Errors
/// There is no such place.
fn keep_only(catalogue: &mut Catalogue, only: &PlacePath, findings: &Findings) -> Result<(), Error> {
    let place = match catalogue.place_named(only.as_str()) {
        Ok(place) => place.path.clone(),
        // Where a mistake in its files hides the place, that mistake is what has to be said.
        Err(_) if findings.refuse() => only.clone(),
        Err(reason) => return Err(Error::Argument { reason }),
    };
    let holds = |outer: &str, inner: &str| inner == outer || inner.starts_with(&format!("{outer}/"));
    catalogue
        .places
        .retain(|path, _| holds(path.as_str(), place.as_str()) || holds(place.as_str(), path.as_str()));
    Ok(())
}
