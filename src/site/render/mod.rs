//! From typed pages to bytes, by the theme.
//!
//! Templates, strings and assets come from the theme; this row knows no tag and no word. A theme file
//! of the catalogue (`theme/…`) stands in for the file of the same name in the default theme.

mod assets;
mod borrowed;
mod budget;
mod css;
mod editor;
mod fitting;
mod fragments;
mod frame;
mod hosting;
mod icons;
mod json_feed;
mod offline;
mod packed;
mod pages_json;
mod runs;
mod said;
mod shared;
mod spoken;
mod strings;
mod template_error;
mod theme;
mod tool;
mod voice;

pub use fragments::fragments;
pub use hosting::{POLICY, hosting};
pub use offline::{MadeFile, PageGroup};
pub use strings::{Strings, Values};
pub use theme::{DEFAULT_THEME, Theme, default_theme, has_own_templates};
pub use tool::{Case, Forms, ToolPage, ToolPages, Visit};

use std::collections::BTreeMap;

use serde::Serialize;

use frame::AlikeFrame;
use shared::{AlikePages, AlikeValues, PartOfPage, SharedParts};

use crate::catalogue::{Site, Vocabulary};
use crate::diagnostic::{Finding, Findings, site_codes};
use crate::kind::Subject;
use crate::lang::{Direction, LangCode, Language, LanguageStatus};
use crate::route::Route;
use crate::search::SearchFiles;
use crate::source::SourceTree;
use crate::span::{FileId, Span};
use crate::text;
use crate::{ListFeed, Page, PageKind, SiteMap, View};

/// Characters that stand under a mark on a home screen.
const SHORT_TITLE: usize = 6;

/// Renders the pages of one site with one theme.
pub struct Renderer<'a, 'f> {
    theme: &'f Theme,
    map: &'a SiteMap<'a>,
    /// What every page of a language gets: `lang` and `site`.
    shared: BTreeMap<LangCode, tera::Context>,
    /// The groups that pages about the whole site are for.
    everywhere: Vec<String>,
    search: &'f FindShard<'f>,
    preview: bool,
    /// Parts of frames, rendered once for the pages that have them alike.
    parts: SharedParts,
    /// What pages of one kind in one folder have alike.
    pages_alike: AlikePages,
    /// What packs begin with.
    begun: packed::Beginnings,
}

/// A page on which the theme fails.
#[derive(Clone, Debug)]
pub struct PageFailure {
    /// Where and why.
    pub finding: Finding,
    /// Whether it repeated too much, or grew too large, and will do so on other pages of the kind.
    pub is_spent: bool,
}

/// A page, and what it gets later with the place of that.
pub type PageWithParts = (Vec<u8>, Option<(Route, Vec<u8>)>);

/// A part of a frame to be rendered.
struct SharedPart<'p, V> {
    /// Its field of `page`.
    name: &'static str,
    template: &'static str,
    kind: &'static str,
    context: &'p tera::Context,
    voice: &'p V,
}

/// Returns the files in a language that a page is searched with, if it can be searched from.
pub type FindShard<'a> = dyn Fn(&Page<'_>, &Language) -> Option<SearchFiles> + Sync + 'a;

/// What templates know of the site.
#[derive(Serialize)]
struct SiteData<'a> {
    title: crate::DisplayText,
    languages: Vec<LanguageData<'a>>,
    assets: &'a BTreeMap<String, String>,
    preview: bool,
    staff: bool,
    base_url: Option<&'a str>,
    generator: String,
}

/// What templates know of a language.
#[derive(Serialize)]
struct LanguageData<'a> {
    code: &'a str,
    tag: &'a str,
    dir: Direction,
    name: &'a str,
    fonts: &'a str,
    status: LanguageStatus,
    /// The groups whose words a page takes; [`voice`] reads them.
    groups: &'a [String],
    /// The number of the voice that this is, if it is one of a page.
    voice: Option<usize>,
}

impl<'a> LanguageData<'a> {
    fn new(language: &'a Language, groups: &'a [String]) -> Self {
        Self {
            code: language.code.as_str(),
            tag: &language.tag,
            dir: language.direction,
            name: &language.name,
            fonts: &language.fonts,
            status: language.status,
            groups,
            voice: None,
        }
    }

    /// Returns what the templates of `theme` know of the language of a page that takes the words of these groups.
    fn of_page(language: &'a Language, groups: &'a [String], theme: &Theme) -> Self {
        let voice = voice::Voice { lang: language.code.as_str(), groups };
        Self { voice: Some(theme.voice(voice)), ..Self::new(language, groups) }
    }
}

impl<'a, 'f> Renderer<'a, 'f> {
    /// Returns a renderer; `preview` adds what the preview server needs.
    pub fn new(theme: &'f Theme, map: &'a SiteMap<'a>, preview: bool) -> Self {
        let site = &map.facts.catalogue().site;
        let everywhere = voice::everywhere(&map.facts);
        let shared = |language: &Language| {
            let lang = LanguageData::of_page(language, &everywhere, theme);
            let staff = map.facts.staff.is_some();
            (language.code.clone(), shared_context(site, (language, &lang), theme, preview, staff))
        };
        let shared = site.languages.iter().map(shared).collect();
        Self {
            theme,
            map,
            shared,
            everywhere,
            search: &|_, _| None,
            preview,
            parts: SharedParts::default(),
            pages_alike: AlikePages::default(),
            begun: packed::Beginnings::default(),
        }
    }

    /// Lets pages be searched from; `search` returns the shard of each.
    #[must_use]
    pub fn with_search(self, search: &'f FindShard<'f>) -> Self {
        Self { search, ..self }
    }

    /// Returns the pages that are in several packs, and the others by place and language.
    pub fn groups(&self) -> (Vec<&'a Page<'a>>, Vec<PageGroup<'a>>) {
        offline::groups(&self.map.pages, &self.map.facts)
    }

    /// Renders one page.
    ///
    /// # Errors
    /// What names the template and line, if the theme fails on this page.
    pub fn page(&self, page: &'a Page<'a>) -> Result<Vec<u8>, Box<PageFailure>> {
        self.rendered(page, &page_template(page), &self.context_of(page)?)
    }

    /// Renders one page, and what it gets later if its kind has such a part ([`Self::parts`]).
    ///
    /// # Errors
    /// What names the template and line, if the theme fails on this page.
    pub fn page_with_parts(&self, page: &'a Page<'a>) -> Result<PageWithParts, Box<PageFailure>> {
        let context = self.context_of(page)?;
        let bytes = self.rendered(page, &page_template(page), &context)?;
        let has_parts = self.theme.has_parts(page.kind.name());
        let parts = has_parts.then(|| self.parts_with(page, &context)).transpose()?;
        Ok((bytes, parts))
    }

    /// Returns what the templates of a page get.
    fn context_of(&self, page: &'a Page<'a>) -> Result<tera::Context, Box<PageFailure>> {
        let view = View { page, map: self.map };
        let (head, data) = page.kind.data(&view);
        let groups = voice::groups(&self.map.facts, page.kind.subject(), &self.everywhere);
        let frame = tera::Value::from_serializable(&frame::frame(&view, &head, self.theme, &groups));
        let mut context = self.context(page.lang, &groups);
        let root = view.to_root();
        context.insert("root", &root);
        let mut fields = frame.into_map().unwrap_or_default();
        if page.kind.policy().framed {
            let alike = self.pages_alike.get(frame::alike(&view), || self.alike(&view, &groups, &context));
            let alike = alike.map_err(|error| self.failure(page, &page_template(page), &error))?;
            fields.extend(alike.fields.into_iter().map(|(name, value)| (name.into(), value)));
            context.insert_value("shared", alike.shared);
        }
        context.insert_value("page", tera::Value::from(fields));
        context.insert_value("data", data);
        Ok(context)
    }

    fn rendered(
        &self,
        page: &Page<'_>,
        name: &str,
        context: &tera::Context,
    ) -> Result<Vec<u8>, Box<PageFailure>> {
        self.theme.render(name, context).map_err(|error| self.failure(page, name, &error))
    }

    fn failure(&self, page: &Page<'_>, template: &str, error: &tera::Error) -> Box<PageFailure> {
        let finding = *self.theme.failure(template, &page.route, error);
        Box::new(PageFailure { finding, is_spent: template_error::is_spent(error) })
    }

    /// Returns what the page has alike with others, which get the same `context` so far.
    fn alike(
        &self,
        view: &View<'_>,
        groups: &[String],
        context: &tera::Context,
    ) -> tera::TeraResult<AlikeValues> {
        let AlikeFrame { nav, danger, imprint, search } =
            frame::alike_frame(view, self.theme, groups, self.search);
        let kind = view.page.kind.name();
        let voice = &(view.page.lang.code.as_str(), groups, view.to_root());
        let part = |name, template| SharedPart { name, template, kind, context, voice };
        let parts = [
            self.shared_part(&part("nav", "frame-nav.html"), (!nav.is_empty()).then_some(&nav))?,
            self.shared_part(&part("danger", "frame-danger.html"), danger.as_ref())?,
            self.shared_part(&part("imprint", "frame-imprint.html"), imprint.as_ref())?,
            self.shared_part(&part("search", "find.html"), search.as_ref())?,
        ];
        let fields = vec![
            ("nav", tera::Value::from_serializable(&nav)),
            ("danger", tera::Value::from_serializable(&danger)),
            ("imprint", tera::Value::from_serializable(&imprint)),
            ("search", tera::Value::from_serializable(&search)),
        ];
        Ok(AlikeValues { fields, shared: BTreeMap::from(parts).into() })
    }

    fn shared_part<V: Serialize>(
        &self,
        part: &SharedPart<'_, V>,
        field: Option<&impl Serialize>,
    ) -> tera::TeraResult<(&'static str, tera::Value)> {
        let Some(field) = field else { return Ok((part.name, tera::Value::from(""))) };
        let page = PartOfPage { kind: part.kind, field: BTreeMap::from([(part.name, field)]) };
        let key = serde_json::to_string(&(part.voice, &page)).expect("a frame is plain data");
        let made = self.parts.get(key, || {
            let mut context = part.context.clone();
            context.insert("page", &page);
            self.theme.part(part.template, &context)
        });
        Ok((part.name, made?))
    }

    /// Returns what templates get in a language, with the words of these groups.
    fn context(&self, lang: &Language, groups: &[String]) -> tera::Context {
        let mut context = self.shared[&lang.code].clone();
        context.insert("lang", &LanguageData::of_page(lang, groups, self.theme));
        context
    }

    /// Renders what a page gets later, when somebody asks for it: the template `<kind>-parts.html` as a script that puts
    /// it in its place, which works from a folder too. `None` if its kind has none.
    ///
    /// # Errors
    /// A finding that names the template and line, if the theme fails on this page.
    pub fn parts(&self, page: &'a Page<'a>) -> Result<Option<(Route, Vec<u8>)>, Box<PageFailure>> {
        let has_parts = self.theme.has_parts(page.kind.name());
        has_parts.then(|| self.parts_with(page, &self.context_of(page)?)).transpose()
    }

    fn parts_with(
        &self,
        page: &Page<'_>,
        context: &tera::Context,
    ) -> Result<(Route, Vec<u8>), Box<PageFailure>> {
        let html = self.rendered(page, &parts_template(page.kind.name()), context)?;
        let script = format!(
            "document.getElementById(\"late\").innerHTML={};",
            serde_json::Value::from(String::from_utf8_lossy(&html))
        );
        Ok((parts_of(&page.route), script.into_bytes()))
    }

    /// Returns the files that are not pages: assets, `pages.json`, `robots.txt`, the site map.
    ///
    /// # Errors
    /// A finding, if a template of the theme fails.
    pub fn other_files(&self) -> Result<Vec<(Route, Vec<u8>)>, Box<Finding>> {
        let mut files = self.theme.asset_files();
        files.push((Route::new("pages.json"), pages_json::pages_json(self.map)));
        let base = self.map.facts.catalogue().site.base_url.as_ref().map(|url| url.value.as_str());
        if let Some(base) = base {
            files.extend(self.site_maps(base)?);
        }
        for ListFeed { shown, language, routes: [atom, json], feed } in crate::feeds(self.map) {
            let groups = voice::groups(&self.map.facts, Subject::Edition(shown), &self.everywhere);
            let mut context = self.context(language, &groups);
            context.insert_value("data", tera::Value::from_serializable(&feed));
            files.push((atom, self.plain("atom.xml", &context)?));
            let voice = voice::Voice { lang: language.code.as_str(), groups: &groups };
            files.push((json.clone(), json_feed::json_feed(&feed, self.theme, voice, &json, base)));
        }
        for language in self.map.facts.catalogue().site.languages.iter().filter(|_| !self.preview) {
            files.extend(self.app_files(language)?);
        }
        if !self.preview {
            files.push((offline::root_worker(), self.plain("sw-root.js", &tera::Context::new())?));
        }
        let mut context = tera::Context::new();
        let sitemap = base.map(|base| Route::new("sitemap.xml").absolute(base));
        context.insert("data", &serde_json::json!({ "sitemap": sitemap }));
        files.push((Route::new("robots.txt"), self.plain("robots.txt", &context)?));
        Ok(files)
    }

    /// Returns the site map: one file, or one that names those that it is divided into.
    fn site_maps(&self, base: &str) -> Result<Vec<(Route, Vec<u8>)>, Box<Finding>> {
        let (first, pages) = (Route::new("sitemap.xml"), pages_json::told_pages(self.map));
        let made = |data: &pages_json::Mapping<'_>, template: &str| {
            let mut context = tera::Context::new();
            context.insert("data", data);
            self.plain(template, &context)
        };
        if pages.len() <= pages_json::SITE_MAP_PAGES {
            return Ok(vec![(first, made(&pages_json::site_map(self.map, &pages, base), "sitemap.xml")?)]);
        }
        let parts = pages.chunks(pages_json::SITE_MAP_PAGES).zip(1..);
        let mut files = Vec::new();
        for (pages, number) in parts {
            let part = made(&pages_json::site_map(self.map, pages, base), "sitemap.xml")?;
            files.push((Route::new(format!("sitemap-{number}.xml")), part));
        }
        let index = pages_json::site_map_index(files.iter().map(|(route, _)| route), base);
        files.push((first, made(&index, "sitemap-index.xml")?));
        Ok(files)
    }

    /// Returns what makes the pages of a language an app: its worker, and how it stands on a home screen.
    fn app_files(&self, language: &Language) -> Result<[(Route, Vec<u8>); 2], Box<Finding>> {
        let site = &self.map.facts.catalogue().site;
        let json = |text: &str| serde_json::Value::from(text).to_string();
        let title = site.title.for_reader(&language.code).1;
        let short = site.short_title.as_ref().map_or(title, |short| short.for_reader(&language.code).1);
        let short: String = short.chars().take(SHORT_TITLE).collect();
        let mut context = self.shared[&language.code].clone();
        let data =
            serde_json::json!({ "name": json(title), "short_name": json(short.trim()), "policy": POLICY });
        context.insert("data", &data);
        let manifest = Route::new(format!("{}/manifest.webmanifest", language.code.as_str()));
        Ok([
            (offline::worker(&language.code), self.plain("sw.js", &context)?),
            (manifest, self.plain("manifest.webmanifest", &context)?),
        ])
    }

    fn plain(&self, name: &str, context: &tera::Context) -> Result<Vec<u8>, Box<Finding>> {
        self.theme.render(name, context).map_err(|error| self.theme.failure(name, &Route::new(name), &error))
    }
}

/// Returns where the later part of a page lies: beside it.
fn parts_of(page: &Route) -> Route {
    let path = page.as_str();
    Route::new(format!("{}.parts.js", path.strip_suffix(".html").unwrap_or(path)))
}

/// Returns where the page lies whose later part is at `route`, if it can be one.
pub fn page_of_parts(route: &Route) -> Option<Route> {
    Some(Route::new(format!("{}.html", route.as_str().strip_suffix(".parts.js")?)))
}

fn page_template(page: &Page<'_>) -> String {
    format!("{}.html", page.kind.name())
}

fn parts_template(kind: &str) -> String {
    format!("{kind}-parts.html")
}

/// Returns what every page in `language` gets.
fn shared_context(
    site: &Site,
    (language, data): (&Language, &LanguageData<'_>),
    theme: &Theme,
    preview: bool,
    staff: bool,
) -> tera::Context {
    let (code, title) = site.title.for_reader(&language.code);
    let other = (*code != language.code).then(|| site.languages.get(code.as_str())).flatten();
    let title = crate::DisplayText {
        text: title.to_owned(),
        lang: other.map(|language| language.tag.clone()),
        dir: other.map(|language| language.direction),
    };
    let mut context = tera::Context::new();
    context.insert("lang", data);
    context.insert_value("site", site_value(site, title, theme, preview, staff));
    context
}

fn site_value(
    site: &Site,
    title: crate::DisplayText,
    theme: &Theme,
    preview: bool,
    staff: bool,
) -> tera::Value {
    tera::Value::from_serializable(&SiteData {
        title,
        languages: site.languages.iter().map(|language| LanguageData::new(language, &[])).collect(),
        assets: theme.asset_names(),
        preview,
        staff,
        base_url: site.base_url.as_ref().map(|url| url.value.as_str()),
        generator: format!("qingdan {}", env!("CARGO_PKG_VERSION")),
    })
}

/// Reports that a theme lacks a file without which nothing can be rendered.
fn missing_template(sources: &SourceTree, name: &str) -> Finding {
    let at = sources.find("site.yaml").unwrap_or(FileId(0));
    Finding::new(
        &site_codes::BROKEN_TEMPLATE,
        Span::whole(at),
        text!("主题里没有模板 {name}", "the theme has no template {name}"),
    )
    .help(text!("在 theme/templates/ 里加上 {name}", "add {name} to theme/templates/"))
}

/// Reads the theme of a catalogue, with what its groups say otherwise. Everything wrong in it is reported; `None` if it cannot be used.
pub fn load_theme(
    sources: &SourceTree,
    site: &Site,
    words: &Vocabulary,
    findings: &mut Findings,
) -> Option<Theme> {
    let load = || {
        let mut found = Findings::new();
        (Theme::load(sources, site, words, &mut found), found)
    };
    let made =
        sources.find("site.yaml").map(|id| sources.file(id).derive(id, &made_from(sources, site), load));
    let (theme, found) = made.unwrap_or_else(load);
    findings.append(found);
    let theme = theme?;
    for kind in PageKind::NAMES {
        let name = format!("{kind}.html");
        if !theme.tera().contains_template(&name) {
            findings.push(missing_template(sources, &name));
        }
    }
    Some(theme)
}

/// Returns what stands for everything that a theme is made from beside `site.yaml`: its own files, those of the vocabulary,
/// and where the site stands.
fn made_from(sources: &SourceTree, site: &Site) -> String {
    let is_used = |path: &str| path.starts_with("theme") || path.starts_with("vocabulary/");
    let used = sources.iter().filter(|(_, file)| is_used(&file.path));
    let serials: Vec<String> = used.map(|(id, file)| format!("{}:{:?}", id.0, file.serial())).collect();
    format!("{:?} {}", site.base_url, serials.join(" "))
}
