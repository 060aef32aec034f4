//! A theme: templates, strings, assets. The default one is embedded; the catalogue's own files stand in
//! for it one by one.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use tera::{Kwargs, State, Tera, Value};

use super::assets::Asset;
use super::fitting::Fitted;
use super::runs::runs;
use super::said::{FOREIGN, Foreign};
use super::site_value;
use super::strings::{Strings, Values};
use super::template_error::{self, FittedTemplates, TemplateFiles};
use super::voice::{Voice, Words};
use super::{borrowed, budget, icons};
use crate::catalogue::{Site, Vocabulary};
use crate::diagnostic::{Finding, Findings, site_codes};
use crate::lang::{LangCode, Language};
use crate::route::Route;
use crate::source::{SourceFile, SourceTree};
use crate::span::{FileId, Span};
use crate::text;

/// Assets of the forms of the preview, which no site has.
const OF_FORMS: [&str; 3] = ["edit.css", "edit.js", "import.css"];

/// Where the files of the default theme stand in the snapshot.
pub const DEFAULT_THEME: &str = "themes/default";

/// What the engine calls a text that is no template.
const ONE_OFF: &str = "__tera_one_off";

/// The template of what stands around a borrowed string.
const BORROWED: &str = "borrowed.html";

/// Where the catalogue's own theme files lie.
const OWN_THEME: &str = "theme";

#[derive(rust_embed::RustEmbed)]
#[folder = "../../themes/default/"]
struct Embedded;

/// Returns the files of the default theme, to be read with the catalogue.
pub fn default_theme() -> Vec<SourceFile> {
    let file = |name: std::borrow::Cow<'static, str>| {
        let path = format!("{DEFAULT_THEME}/{name}");
        let bytes = Embedded::get(&name).map(|file| file.data.into_owned()).unwrap_or_default();
        match String::from_utf8(bytes) {
            Ok(text) => SourceFile::new(path, text),
            Err(error) => SourceFile::binary(path, error.into_bytes()),
        }
    };
    Embedded::iter().map(file).collect()
}

/// A theme ready to render.
#[derive(Clone)]
pub struct Theme {
    tera: Tera,
    files: TemplateFiles,
    fitted: Arc<FittedTemplates>,
    words: Arc<Words>,
    /// What stands around strings borrowed from each language.
    elements: Vec<borrowed::Element>,
    assets: Vec<Asset>,
    names: BTreeMap<String, String>,
}

impl Theme {
    /// Reads the theme out of the snapshot. `None` if its templates cannot be used.
    pub(super) fn load(
        sources: &SourceTree,
        site: &Site,
        vocabulary: &Vocabulary,
        findings: &mut Findings,
    ) -> Option<Self> {
        let strings = load_strings(sources, site, findings);
        let words = Arc::new(Words::new(strings, site, vocabulary, findings));
        let files: TemplateFiles = theme_files(sources, "templates");
        let foreign = files.get(FOREIGN).map(|file| Foreign::new(template_error::source(sources, *file)));
        let mut tera = new_tera(Arc::clone(&words), foreign.unwrap_or_default());
        let fitted = |(name, file): (&String, &FileId)| {
            (name.clone(), Fitted::new(template_error::source(sources, *file)))
        };
        let fitted: Arc<FittedTemplates> = Arc::new(files.iter().map(fitted).collect());
        let texts = fitted.iter().map(|(name, fitted)| (name.as_str(), fitted.text.as_str()));
        if let Err(error) = tera.add_raw_templates(texts) {
            report_templates(sources, (&files, &fitted), &error, findings);
            return None;
        }
        let (assets, names) = (Vec::new(), BTreeMap::new());
        let mut theme = Self { tera, files, fitted, words, elements: Vec::new(), assets, names };
        theme.elements = site.languages.iter().map(|language| theme.element(language)).collect();
        theme.load_assets(sources, site, findings);
        Some(theme)
    }

    /// Returns what stands around what is borrowed from a language; nothing if the theme has no such template.
    fn element(&self, language: &Language) -> borrowed::Element {
        let mut context = tera::Context::new();
        context.insert("lang", &language.tag);
        context.insert("dir", &language.direction);
        let made =
            self.tera.contains_template(BORROWED).then(|| self.render(BORROWED, &context).ok()).flatten();
        let made = String::from_utf8(made.unwrap_or_default()).unwrap_or_default();
        let (begins, ends) = made.split_once('|').unwrap_or_default();
        (begins.trim().to_owned(), ends.trim().to_owned())
    }

    fn load_assets(&mut self, sources: &SourceTree, site: &Site, findings: &mut Findings) {
        for (name, file) in theme_files(sources, "assets") {
            let source = sources.file(file);
            let asset = match (name.strip_suffix(".tera"), &source.bytes) {
                (Some(stem), _) => {
                    let fitted = Fitted::new(&source.text);
                    match self.render_asset(&fitted.text, site) {
                        Ok(text) => Asset::of_text(stem, &text),
                        Err(error) => {
                            let files = TemplateFiles::from([(ONE_OFF.to_owned(), file)]);
                            let fitted = FittedTemplates::from([(ONE_OFF.to_owned(), fitted)]);
                            let code = &site_codes::BROKEN_TEMPLATE;
                            findings.push(template_error::finding(code, &files, &fitted, ONE_OFF, &error));
                            continue;
                        }
                    }
                }
                (None, Some(bytes)) => Asset::new(&name, bytes.clone()),
                (None, None) => Asset::of_text(&name, &source.text),
            };
            if asset.name == icons::SOURCE {
                self.add_pictures(&asset, file, findings);
            }
            self.add_asset(asset);
        }
    }

    /// Adds the mark of the site as pictures of fixed sizes.
    fn add_pictures(&mut self, mark: &Asset, file: FileId, findings: &mut Findings) {
        for (name, side) in icons::SIZES {
            match icons::draw(&mark.bytes, *side) {
                Some(bytes) => self.add_asset(Asset::new(name, bytes)),
                None => {
                    let what = text!("这个 SVG 画不出来", "this SVG cannot be drawn");
                    findings.push(Finding::new(&site_codes::BROKEN_TEMPLATE, Span::whole(file), what));
                    return;
                }
            }
        }
    }

    fn add_asset(&mut self, asset: Asset) {
        self.names.insert(asset.name.clone(), asset.route.to_string());
        self.assets.push(asset);
    }

    fn render_asset(&self, text: &str, site: &Site) -> tera::TeraResult<String> {
        let reference = site.languages.reference();
        let title = crate::DisplayText {
            text: site.title.for_reader(&reference.code).1.to_owned(),
            lang: None,
            dir: None,
        };
        let mut context = tera::Context::new();
        context.insert_value("site", site_value(site, title, self, false, false));
        budget::render_text(&self.tera, text, &context)
    }

    /// Renders a part of pages, within bounds; what is borrowed in it stays marked until the page is settled.
    ///
    /// # Errors
    /// What the template does wrong.
    pub(super) fn part(&self, name: &str, context: &tera::Context) -> tera::TeraResult<Vec<u8>> {
        budget::render(&self.tera, name, context)
    }

    /// Renders a template, within bounds.
    ///
    /// # Errors
    /// What the template does wrong.
    pub(super) fn render(&self, name: &str, context: &tera::Context) -> tera::TeraResult<Vec<u8>> {
        let made = budget::render(&self.tera, name, context)?;
        // Nothing is borrowed where every language has its strings: then no character is as far out as the marks are.
        if !made.contains(&borrowed::FIRST_BYTE) {
            return Ok(made);
        }
        let made = String::from_utf8_lossy(&made);
        let is_page = Path::new(name).extension().is_some_and(|kind| kind == "html");
        let settled =
            if is_page { borrowed::settle(&made, &self.elements) } else { borrowed::without_marks(&made) };
        Ok(settled.into_bytes())
    }

    /// Tells whether pages of a kind get a part later, by a template of its own.
    pub(super) fn has_parts(&self, kind: &str) -> bool {
        self.tera.contains_template(&super::parts_template(kind))
    }

    /// Returns the template engine.
    pub(super) fn tera(&self) -> &Tera {
        &self.tera
    }

    /// Returns the string `key` for whom `voice` is, filled with `values`. `None` if no language has it.
    pub(super) fn fill(&self, voice: Voice<'_>, key: &str, values: &Values<'_>) -> Option<String> {
        self.words.fill(voice, key, values)
    }

    /// Returns the number under which templates ask for what a voice says.
    pub(super) fn voice(&self, voice: Voice<'_>) -> usize {
        self.words.voice(voice)
    }

    /// Returns the address of each asset by the name templates use.
    pub(super) fn asset_names(&self) -> &BTreeMap<String, String> {
        &self.names
    }

    /// Returns the assets that sites have as files.
    pub fn asset_files(&self) -> Vec<(Route, Vec<u8>)> {
        let of_forms: Vec<&String> = OF_FORMS.iter().filter_map(|name| self.names.get(*name)).collect();
        let of_site =
            self.assets.iter().filter(|asset| !of_forms.iter().any(|name| *name == asset.route.as_str()));
        of_site.map(|asset| (asset.route.clone(), asset.bytes.clone())).collect()
    }

    /// Returns the assets that are text.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&Route, &str)> {
        self.assets.iter().filter_map(|asset| Some((&asset.route, std::str::from_utf8(&asset.bytes).ok()?)))
    }

    /// Returns the asset at a path that somebody asks for.
    pub(super) fn asset_at(&self, path: &str) -> Option<&[u8]> {
        self.assets.iter().find(|asset| asset.route.as_str() == path).map(|asset| asset.bytes.as_slice())
    }

    /// Returns the asset at `route`.
    pub fn asset(&self, route: &Route) -> Option<&[u8]> {
        self.assets.iter().find(|asset| asset.route == *route).map(|asset| asset.bytes.as_slice())
    }

    /// Returns the finding for a template that failed on the page at `route`.
    pub(super) fn failure(&self, name: &str, route: &Route, error: &tera::Error) -> Box<Finding> {
        let finding =
            template_error::finding(&site_codes::FAILING_TEMPLATE, &self.files, &self.fitted, name, error);
        Box::new(finding.source(text!("生成 {route} 时", "while rendering {route}")))
    }
}

/// Tells whether a catalogue has templates of its own.
pub fn has_own_templates(sources: &SourceTree) -> bool {
    let folder = format!("{OWN_THEME}/templates/");
    sources.iter().any(|(_, file)| file.path.starts_with(&folder))
}

/// Returns the files of one folder of the theme by name, the catalogue's own before the default's.
fn theme_files(sources: &SourceTree, folder: &str) -> TemplateFiles {
    let mut files = TemplateFiles::new();
    for theme in [DEFAULT_THEME, OWN_THEME] {
        let prefix = format!("{theme}/{folder}/");
        let found =
            sources.iter().filter_map(|(id, file)| Some((file.path.strip_prefix(&prefix)?.to_owned(), id)));
        files.extend(found);
    }
    files
}

/// Reports every template that does not parse; if all of them do, what they lack from each other.
fn report_templates(
    sources: &SourceTree,
    (files, fitted): (&TemplateFiles, &FittedTemplates),
    first: &tera::Error,
    findings: &mut Findings,
) {
    let before = findings.len();
    for (name, file) in files {
        let parsed = Tera::new().add_raw_template(name, template_error::source(sources, *file));
        if let Err(error) = parsed
            && matches!(error.kind(), tera::ErrorKind::SyntaxError(_))
        {
            let (code, as_is) = (&site_codes::BROKEN_TEMPLATE, FittedTemplates::new());
            findings.push(template_error::finding(code, files, &as_is, name, &error));
        }
    }
    if findings.len() == before {
        let code = &site_codes::BROKEN_TEMPLATE;
        let found = template_error::findings(code, sources, (files, fitted), "base.html", first);
        found.into_iter().for_each(|finding| findings.push(finding));
    }
}

fn new_tera(words: Arc<Words>, foreign: Foreign) -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html", ".xml"]);
    tera.register_function("t", move |kwargs: Kwargs, state: &State| translate(&words, &kwargs, state));
    budget::register(&mut tera);
    tera.register_filter("said", move |text: Value, _: Kwargs, state: &State| foreign.said(&text, state));
    tera.register_filter("runs", |text: &str, _: Kwargs, _: &State| {
        tera::Value::from_serializable(&runs(text))
    });
    tera
}

/// The function `t` of templates: the string `key` in the page's language and for its groups, filled with the other values.
fn translate(all: &Words, kwargs: &Kwargs, state: &State) -> tera::TeraResult<Value> {
    let key: &str = kwargs.must_get("key")?;
    let lang: Option<tera::Value> = state.get("lang")?;
    let of_lang = |name: &'static str| lang.as_ref()?.as_map()?.get(&name.into());
    let values = |name: &str| kwargs.get::<tera::Value>(name).ok().flatten().map(|value| words(&value));
    let voice = of_lang("voice").and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
    if let Some(spoken) = voice.and_then(|number| all.spoken(number))
        && let Some(string) = spoken.string(key)
    {
        return Ok(string.fill(all, &values));
    }
    let code = of_lang("code").and_then(tera::Value::as_str).unwrap_or_default();
    let groups = of_lang("groups").and_then(tera::Value::as_array).unwrap_or_default();
    let groups: Vec<String> = groups.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect();
    all.fill(Voice { lang: code, groups: &groups }, key, &values)
        .map(Value::from)
        .ok_or_else(|| tera::Error::message(format!("there is no string `{key}`")))
}

/// Returns a value as a string shows it.
fn words(value: &tera::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn load_strings(sources: &SourceTree, site: &Site, findings: &mut Findings) -> BTreeMap<LangCode, Strings> {
    let mut all: BTreeMap<LangCode, Strings> = BTreeMap::new();
    for language in site.languages.iter() {
        // Of the catalogue's own file each string stands in for that of the default theme; it need not have all.
        for theme in [DEFAULT_THEME, OWN_THEME] {
            let path = format!("{theme}/strings/{}.yaml", language.code.as_str());
            let Some(file) = sources.find(&path) else { continue };
            let strings = Strings::parse(file, &sources.file(file).text, language, findings);
            match all.get_mut(&language.code) {
                Some(known) => known.change(strings),
                None => drop(all.insert(language.code.clone(), strings)),
            }
        }
    }
    let complete = complete_strings(sources, site, &mut all);
    for language in site.languages.iter() {
        report_missing(sources, language, all.get(&language.code), &complete, findings);
    }
    all
}

/// Returns every key there should be: those of the default theme's first strings file and of the files
/// read. Where no language of the site has strings, that first file stands in for the reference.
fn complete_strings(sources: &SourceTree, site: &Site, all: &mut BTreeMap<LangCode, Strings>) -> Vec<String> {
    let prefix = format!("{DEFAULT_THEME}/strings/");
    let of_site = |path: &str| {
        let code = path.strip_prefix(&prefix).and_then(|name| name.strip_suffix(".yaml"));
        code.is_some_and(|code| site.languages.get(code).is_some())
    };
    let is_any = sources.iter().any(|(_, file)| of_site(&file.path));
    let defaults = sources
        .iter()
        .filter(|(_, file)| if is_any { of_site(&file.path) } else { file.path.starts_with(&prefix) });
    let mut keys = std::collections::BTreeSet::new();
    for (id, file) in defaults {
        let strings = Strings::parse(id, &file.text, site.languages.reference(), &mut Findings::new());
        keys.extend(strings.keys().map(str::to_owned));
        if all.is_empty() {
            all.insert(site.languages.reference().code.clone(), strings);
        }
    }
    keys.into_iter().collect()
}

fn report_missing(
    sources: &SourceTree,
    language: &crate::lang::Language,
    strings: Option<&Strings>,
    complete: &[String],
    findings: &mut Findings,
) {
    let (code, name) = (language.code.as_str(), &language.name);
    let missing: Vec<&str> =
        complete.iter().map(String::as_str).filter(|key| strings.is_none_or(|s| !s.has(key))).collect();
    if missing.is_empty() {
        return;
    }
    let at = strings.map_or_else(|| sources.find("site.yaml").unwrap_or(FileId(0)), |strings| strings.file);
    let (count, some) = (missing.len(), missing.iter().take(8).copied().collect::<Vec<_>>().join(", "));
    findings.push(
        Finding::new(
            &site_codes::MISSING_STRING,
            Span::whole(at),
            text!(
                "主题缺少{name}（{code}）的 {count} 条界面文字：{some}",
                "the theme lacks {count} strings in {name} ({code}): {some}"
            ),
        )
        .help(text!("写进 theme/strings/{code}.yaml", "write them to theme/strings/{code}.yaml")),
    );
}
