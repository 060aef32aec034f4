//! The pages of the tool itself: what was found, the report that is sent by mail as one file, and what the
//! handbook is made with.
//!
//! The tool speaks Chinese and English, so do these pages, whatever the languages of the site; and they are made
//! with the default theme, so that a broken `site.yaml` or theme can be read about.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::theme::{DEFAULT_THEME, Theme, default_theme};
use super::voice::Voice;
use super::{LanguageData, editor, load_theme, site_value};
use crate::catalogue::{Site, Vocabulary};
use crate::diagnostic::{Finding, Findings, UiLang};
use crate::lang::{Direction, LangCode, Language};
use crate::route::Route;
use crate::source::{SourceFile, SourceTree};
use crate::{DisplayText, FoundFindings, Telling, found, handbook_route};

/// Style sheets that the one file carries within itself: name, and the medium it is for.
const STYLES: &[(&str, Option<&str>)] =
    &[("qingdan.css", None), ("findings.css", None), ("print.css", Some("print"))];

/// Makes the pages of the tool.
pub struct ToolPages {
    theme: Theme,
    site: Site,
}

/// Who looks at a page of the tool, and on the way to what.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// The languages the reader wants, the best first, as codes or tags.
    pub languages: Vec<String>,
    /// The page that was asked for, without the first `/`.
    pub asked: Option<String>,
    /// Whether a page from before the mistake can be looked at.
    pub has_last_good: bool,
    /// Whether the reader sits at the computer with the catalogue.
    pub is_here: bool,
}

impl Visit {
    /// Returns the query that leads back to the findings, in the reader's language.
    pub fn query(&self) -> String {
        let language = self.languages.first().map(|language| format!("lang={language}"));
        let asked = self.asked.as_ref().map(|asked| format!("for={}", crate::route::percent_encoded(asked)));
        let words: Vec<String> = language.into_iter().chain(asked).collect();
        if words.is_empty() { String::new() } else { format!("?{}", words.join("&")) }
    }
}

/// What was found in which files, and how it may be told.
pub struct Case<'a> {
    /// The findings, in order.
    pub findings: &'a Findings,
    /// The files they point to.
    pub sources: &'a SourceTree,
    /// The folder of the catalogue, absolute, if its files can be opened on the reader's computer.
    pub folder: Option<&'a str>,
    /// What leads to the forms, where the reader can use them.
    pub forms: Option<Forms<'a>>,
}

/// What leads to the forms of a preview.
#[derive(Clone, Copy)]
pub struct Forms<'a> {
    /// What only our pages know.
    pub token: &'a str,
    /// Returns the address of the form of what a finding is about, below those of the forms.
    pub address: &'a dyn Fn(&Finding) -> Option<String>,
}

/// What the template gets as `page`.
#[derive(Serialize)]
struct ToolFrame<'a> {
    kind: &'static str,
    title: String,
    languages: Vec<OtherLanguage<'a>>,
    /// What makes the page one file.
    sealed: Option<Sealed>,
}

/// The same page in another language.
#[derive(Serialize)]
struct OtherLanguage<'a> {
    tag: &'a str,
    name: &'a str,
    dir: Direction,
    href: String,
}

/// A page of the tool that is not about a build.
pub struct ToolPage<'a> {
    /// The template.
    pub template: &'static str,
    /// Where it lies, which is where its links start from.
    pub route: &'a Route,
    /// The language it is in: `zh` or `en`.
    pub lang: &'a str,
    /// What it is called.
    pub title: String,
    /// The same page in the other languages, by code.
    pub others: Vec<(&'static str, String)>,
}

#[derive(Serialize)]
struct Sealed {
    styles: Vec<String>,
    policy: String,
}

/// What the findings page gets as `data`.
#[derive(Serialize)]
struct ToolFindings {
    #[serde(flatten)]
    found: FoundFindings,
    /// The page that was asked for, or the first one of the site.
    back_href: String,
    last_good_href: Option<String>,
    /// The address of the page of a kind of finding, with `{code}` for its code; empty where there is none.
    explained: String,
    /// Whether there is a script that copies patches.
    copies: bool,
    /// What forms send along; empty where repairs cannot be made from the page.
    token: String,
    /// The query that keeps the language.
    query: String,
}

impl ToolPages {
    /// Reads the default theme.
    #[must_use]
    pub fn new() -> Self {
        let site = Site::stand_in();
        let sources = SourceTree::from_files(default_theme());
        let theme = load_theme(&sources, &site, &Vocabulary::default(), &mut Findings::new());
        let theme = theme.expect("the default theme can be used");
        Self { theme, site }
    }

    /// Returns the page or asset at `path` below the folder of the tool's own pages. `None` if there is none.
    pub fn at(&self, path: &str, visit: &Visit, case: &Case<'_>) -> Option<Vec<u8>> {
        match path {
            "findings.html" => self.findings(visit, case),
            _ => self.theme.asset_at(path).map(<[u8]>::to_vec),
        }
    }

    fn findings(&self, visit: &Visit, case: &Case<'_>) -> Option<Vec<u8>> {
        let language = self.language(&visit.languages);
        let back = format!("../{}", visit.asked.as_deref().unwrap_or_default());
        let and = if back.contains('?') { '&' } else { '?' };
        let data = ToolFindings {
            found: self.found(case, language),
            last_good_href: visit.has_last_good.then(|| format!("{back}{and}last-good")),
            back_href: back,
            explained: format!("{}{}", handbook_route(&language.code, "{code}"), query(language, visit)),
            copies: true,
            token: case.forms.map(|forms| forms.token.to_owned()).unwrap_or_default(),
            query: query(language, visit),
        };
        self.page("findings", &Route::new("findings.html"), language, visit, None, &data)
    }

    /// Returns the findings as one file that needs no other, in the tool's language.
    ///
    /// It has no script, asks the network for nothing, and does not name the folder the catalogue lies in.
    pub fn report(&self, case: &Case<'_>, lang: UiLang) -> Option<Vec<u8>> {
        let code = match lang {
            UiLang::Zh => "zh",
            UiLang::En => "en",
        };
        let language = self.language(&[code.to_owned()]);
        let case = Case { folder: None, forms: None, ..*case };
        let data = ToolFindings {
            found: self.found(&case, language),
            back_href: String::new(),
            last_good_href: None,
            explained: String::new(),
            copies: false,
            token: String::new(),
            query: String::new(),
        };
        self.page(
            "findings",
            &Route::new("findings.html"),
            language,
            &Visit::default(),
            Some(self.sealed()),
            &data,
        )
    }

    fn found(&self, case: &Case<'_>, language: &Language) -> FoundFindings {
        let open = |file: &SourceFile, line, column| {
            let is_own = file.path.starts_with(DEFAULT_THEME);
            case.folder.filter(|_| !is_own).map(|folder| editor::link(folder, &file.path, line, column))
        };
        let form = |finding: &Finding| {
            let address = (case.forms?.address)(finding)?;
            Some(format!("edit/{address}?lang={}", language.code.as_str()))
        };
        let telling = Telling { lang: &language.code, open: &open, form: &form };
        found(case.findings, case.sources, &telling)
    }

    /// Returns the language in which the tool speaks to a visitor.
    pub fn spoken(&self, visit: &Visit) -> UiLang {
        if self.language(&visit.languages).code.as_str() == "en" { UiLang::En } else { UiLang::Zh }
    }

    /// Returns the first of the wanted languages that the tool speaks, else Chinese.
    fn language(&self, wanted: &[String]) -> &Language {
        let spoken = |tag: &String| {
            let code = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
            self.site.languages.get(&code)
        };
        wanted.iter().find_map(spoken).unwrap_or_else(|| self.site.languages.reference())
    }

    /// Returns the style sheets, and the policy that allows them and nothing else.
    fn sealed(&self) -> Sealed {
        let style = |(name, medium): &(&str, Option<&str>)| {
            let route = Route::new(self.theme.asset_names().get(*name)?.as_str());
            let text = String::from_utf8_lossy(self.theme.asset(&route)?).into_owned();
            Some(match medium {
                Some(medium) => format!("@media {medium}{{{text}}}"),
                None => text,
            })
        };
        let styles: Vec<String> = STYLES.iter().filter_map(style).collect();
        let hash = |style: &String| format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(style)));
        let hashes: String = styles.iter().map(hash).collect();
        let policy = format!("default-src 'none'; style-src{hashes}; base-uri 'none'; form-action 'none'");
        Sealed { styles, policy }
    }

    /// Renders a page that is not about a build. `None` if the default theme fails on it.
    pub fn leaf(&self, leaf: ToolPage<'_>, data: &impl Serialize) -> Option<Vec<u8>> {
        let language = self.site.languages.get(leaf.lang)?;
        let other =
            |(code, href): (&str, String)| Some(OtherLanguage::new(self.site.languages.get(code)?, href));
        let languages = leaf.others.into_iter().filter_map(other).collect();
        let page = ToolFrame { kind: leaf.template, title: leaf.title, languages, sealed: None };
        self.render(leaf.route, language, &page, data)
    }

    /// Returns the files besides pages: what pages look like.
    pub fn assets(&self) -> Vec<(Route, Vec<u8>)> {
        self.theme.asset_files()
    }

    fn page(
        &self,
        kind: &'static str,
        route: &Route,
        language: &Language,
        visit: &Visit,
        sealed: Option<Sealed>,
        data: &impl Serialize,
    ) -> Option<Vec<u8>> {
        let name = route.as_str().rsplit('/').next().unwrap_or_default();
        let others =
            self.site.languages.iter().filter(|other| other.code != language.code && sealed.is_none());
        let other = |other: &'_ Language| format!("{name}{}", query(other, visit));
        let voice = Voice { lang: language.code.as_str(), groups: &[] };
        let page = ToolFrame {
            kind,
            title: self.theme.fill(voice, &format!("title-{kind}"), &|_| None).unwrap_or_default(),
            languages: others.map(|language| OtherLanguage::new(language, other(language))).collect(),
            sealed,
        };
        self.render(route, language, &page, data)
    }

    fn render(
        &self,
        route: &Route,
        language: &Language,
        page: &ToolFrame<'_>,
        data: &impl Serialize,
    ) -> Option<Vec<u8>> {
        let title: DisplayText = DisplayText {
            text: self.site.title.for_reader(&LangCode::new("zh")).1.to_owned(),
            lang: None,
            dir: None,
        };
        let mut context = tera::Context::new();
        context.insert("lang", &LanguageData::of_page(language, &[], &self.theme));
        context.insert_value("site", site_value(&self.site, title, &self.theme, true, true));
        context.insert("root", &route.to_root());
        context.insert("page", page);
        context.insert("data", data);
        self.theme.render(&format!("{}.html", page.kind), &context).ok()
    }
}

impl<'a> OtherLanguage<'a> {
    fn new(language: &'a Language, href: String) -> Self {
        Self { tag: &language.tag, name: &language.name, dir: language.direction, href }
    }
}

impl Default for ToolPages {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns the query that keeps the language and the page that was asked for.
fn query(language: &Language, visit: &Visit) -> String {
    let asked = visit.asked.as_ref().map(|asked| format!("&for={}", crate::route::percent_encoded(asked)));
    format!("?lang={}{}", language.code.as_str(), asked.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Finding, site_codes};
    use crate::span::{FileId, Span};
    use crate::text;

    fn case() -> (Findings, SourceTree) {
        let sources = SourceTree::from_texts([("福建/a.yaml", "领域：<b>&\"\n"), ("b.yaml", "x: 1\n")]);
        let at = Span::new(FileId(1), 6, 9);
        let said = text!("中文冒号<i>", "a full-width colon <i>");
        let finding =
            Finding::new(&site_codes::BROKEN_LINK, at, said.clone()).help(said.clone()).fix(at, ": ");
        let mut findings = Findings::new();
        findings.push(finding.label(Span::new(FileId(0), 0, 1), said));
        (findings, sources)
    }

    fn visit(languages: &[&str], asked: Option<&str>) -> Visit {
        let languages = languages.iter().map(|lang| (*lang).to_owned()).collect();
        Visit { languages, asked: asked.map(str::to_owned), has_last_good: true, is_here: true }
    }

    fn page(path: &str, visit: &Visit) -> Option<String> {
        let (findings, sources) = case();
        let case =
            Case { findings: &findings, sources: &sources, folder: Some("/home/li/list"), forms: None };
        let bytes = ToolPages::new().at(path, visit, &case)?;
        Some(String::from_utf8(bytes).expect("pages are UTF-8"))
    }

    #[test]
    fn the_reader_chooses_among_the_languages_of_the_tool() {
        for (wanted, tag) in
            [(&["en-GB"][..], "en"), (&["ko", "zh-TW"], "zh-CN"), (&["ko"], "zh-CN"), (&[], "zh-CN")]
        {
            let page = page("findings.html", &visit(wanted, None)).expect("there is a page");
            assert!(page.contains(&format!("<html lang=\"{tag}\"")), "{wanted:?}");
        }
    }

    #[test]
    fn links_keep_the_language_and_the_way_back() {
        let page = page("findings.html", &visit(&["en"], Some("zh/a%20b/?q=1"))).expect("there is a page");
        for link in [
            "\"findings.html?lang=zh&amp;for=zh/a%2520b/%3Fq%3D1\"",
            "\"handbook/en/QD5002.html?lang=en&amp;for=zh/a%2520b/%3Fq%3D1\"",
            "\"../zh/a%20b/?q=1&amp;last-good\"",
            "\"vscode://file/home/li/list/%E7%A6%8F%E5%BB%BA/a.yaml:1:3\"",
            "\"vscode://file/home/li/list/b.yaml:1:1\"",
        ] {
            assert!(page.contains(link), "{link}\n{page}");
        }
    }

    #[test]
    fn what_files_say_is_text_and_never_markup() {
        let page = page("findings.html", &visit(&["en"], None)).expect("there is a page");
        assert!(!page.contains("<b>&") && !page.contains("colon <i>"), "{page}");
        assert!(page.contains("<mark class=\"at\">：</mark>&lt;b&gt;&amp;&quot;"), "{page}");
    }

    #[test]
    fn there_is_nothing_at_other_addresses() {
        for odd in ["handbook/zh/QD2001.html", "../site", "nothing", ""] {
            assert!(page(odd, &Visit::default()).is_none(), "{odd}");
        }
    }

    #[test]
    fn the_report_is_one_file_that_names_no_folder_of_this_computer() {
        let (findings, sources) = case();
        let case =
            Case { findings: &findings, sources: &sources, folder: Some("/home/li/list"), forms: None };
        let report = ToolPages::new().report(&case, UiLang::Zh).expect("there is a report");
        let report = String::from_utf8(report).expect("it is UTF-8");
        for word in ["<link", "<script", "src=", "vscode:", "/home/li", "http:", "https:", "_qingdan", "url("]
        {
            assert!(!report.contains(word), "{word}\n{report}");
        }
        assert!(
            report.contains("default-src &#x27;none&#x27;")
                || report.contains("default-src 'none'")
                || report.contains("default-src &#39;none&#39;"),
            "{report}"
        );
        assert_eq!(report.matches("<style>").count(), report.matches("sha256-").count());
    }
}
