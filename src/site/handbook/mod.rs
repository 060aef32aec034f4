//! The handbook for staff, in Chinese and English: chapters, every field, every kind of finding.
//!
//! Pages are made with the default theme (`render/tool.rs`) and link to each other only, so that the same folder
//! is published by `qingdan handbook`, lies beside the pages for staff, and is shown by the preview. [`Handbook::published`] has a front
//! page, the changes of each version and the description of the data as well, and leads to the demonstration beside it.
//!
//! A chapter is a pair of files, `<nn>-<name>.zh.md` and `.en.md`; see [`chapter`] for what they may hold. Fields
//! come from `schema/tables/` with examples from the demonstration, findings from `check/rules/*.md`: nothing is
//! to be written for them here.

pub mod chapter;
mod entries;
mod examples;
mod explained;
mod fields;
mod published;

use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::check;
use crate::diagnostic::{Code, UiLang};
use crate::render::{ToolPage, ToolPages};
use crate::route::Route;
use crate::schema::tables::DOCUMENTS;
use crate::search::{self, Article, Shard, ShardFile, Shelf};

pub use chapter::{Chapter, ChapterPart};
pub use explained::{Explained, explained};
pub use published::{ApiPage, DEMO, Published};

/// The languages of the handbook.
pub const LANGUAGES: [UiLang; 2] = [UiLang::Zh, UiLang::En];

/// The handbook.
#[derive(Clone)]
pub struct Handbook {
    pages: Arc<ToolPages>,
    published: Option<Arc<Published>>,
    /// What is searched, by language, once it is asked for.
    shelves: Arc<OnceLock<Vec<(UiLang, Shelf, Shard)>>>,
}

/// One page, the same in each language.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Topic {
    /// What there is.
    Contents,
    /// All chapters in one page, to be printed.
    Booklet,
    /// The chapter with this place in the order.
    Chapter(usize),
    /// Which files there are.
    Fields,
    /// The document with this place in [`DOCUMENTS`].
    Document(usize),
    /// The kinds of finding.
    Findings,
    /// One kind of finding.
    Finding(&'static Code),
    /// Everything that can be searched, for whoever has no script.
    All,
    /// Where everything that is published begins.
    Front,
    /// What each version changed.
    Changes,
    /// The description of the data.
    Api,
}

/// What every template gets besides its own.
#[derive(Serialize)]
struct HandbookPage<T> {
    /// The chapters and references, for the way around.
    ways: Vec<HandbookLink>,
    previous: Option<HandbookLink>,
    next: Option<HandbookLink>,
    /// Back to the findings of the preview.
    back_href: Option<String>,
    search: HandbookSearch,
    /// What is published beside the handbook: the front page from here.
    front_href: Option<String>,
    #[serde(flatten)]
    own: T,
}

/// What the search of a page is made with, each as its address from there.
#[derive(Serialize)]
struct HandbookSearch {
    href: String,
    shard: String,
    more: String,
}

/// A link to another page.
#[derive(Clone, Serialize)]
struct HandbookLink {
    href: String,
    title: String,
    lead: String,
    current: bool,
}

/// What the template of a chapter gets.
#[derive(Serialize)]
struct ChapterPage {
    title: String,
    lead: String,
    parts: Vec<ChapterPart>,
}

#[derive(Serialize)]
struct Whole {
    chapters: Vec<ChapterPage>,
}

#[derive(Serialize)]
struct Nothing {}

#[derive(Serialize)]
struct Shelved<'s> {
    parts: Vec<ShelvedPart<'s>>,
}

#[derive(Serialize)]
struct ShelvedPart<'s> {
    name: &'s str,
    articles: Vec<&'s Article>,
}

#[derive(Serialize)]
struct FrontPage {
    /// The day that the demonstration takes for today.
    today: String,
    /// Its folder.
    demo: &'static str,
}

#[derive(Serialize)]
struct ChangesPage {
    html: String,
}

#[derive(Serialize)]
struct ApiReference<'p> {
    demo: &'static str,
    #[serde(flatten)]
    api: &'p ApiPage,
}

#[derive(Serialize)]
struct FieldPages {
    documents: Vec<HandbookLink>,
}

#[derive(Serialize)]
struct Kinds {
    codes: Vec<FindingKind>,
}

#[derive(Serialize)]
struct FindingKind {
    id: &'static str,
    name: &'static str,
    says: &'static str,
    href: String,
}

impl Handbook {
    /// Returns the handbook, in the looks of `pages`.
    #[must_use]
    pub fn new(pages: Arc<ToolPages>) -> Self {
        Self { pages, published: None, shelves: Arc::default() }
    }

    /// Returns the handbook with what is published beside it; the site of the demonstration goes to [`DEMO`].
    #[must_use]
    pub fn published(pages: Arc<ToolPages>, published: Published) -> Self {
        Self { published: Some(Arc::new(published)), ..Self::new(pages) }
    }

    /// Returns every file: pages by language, pictures, and what pages look like.
    pub fn files(&self) -> Vec<(Route, Vec<u8>)> {
        let page = |(lang, topic): (UiLang, Topic)| Some((route(lang, topic), self.page(lang, topic, None)?));
        let topics = self.topics();
        let pages = LANGUAGES.into_iter().flat_map(|lang| topics.iter().map(move |topic| (lang, *topic)));
        let pages = pages.filter_map(page);
        pages.chain(self.other_files()).collect()
    }

    /// Returns what is no page: scripts of the search, pictures, and what pages look like.
    fn other_files(&self) -> impl Iterator<Item = (Route, Vec<u8>)> {
        let shards = self.shelves().iter().flat_map(|(_, _, shard)| [&shard.texts, &shard.more]);
        let shards = shards.map(|file| (file.route.clone(), file.bytes.clone()));
        shards.chain(chapter::pictures()).chain(self.pages.assets())
    }

    /// Returns every page, in the order they are read.
    fn topics(&self) -> Vec<Topic> {
        let published = [Topic::Front, Topic::Changes, Topic::Api].into_iter();
        let published = published.filter(|_| self.published.is_some());
        topics().into_iter().chain(published).collect()
    }

    fn shelves(&self) -> &[(UiLang, Shelf, Shard)] {
        self.shelves.get_or_init(|| {
            let made = LANGUAGES.map(|lang| {
                let shelf = entries::shelf(lang, self.published.as_deref());
                let shard = search::shelf(&shelf);
                (lang, shelf, shard)
            });
            made.into()
        })
    }

    /// Returns what a page is searched with.
    fn search(&self, lang: UiLang, from: &Route) -> HandbookSearch {
        let shard = self.shelves().iter().find(|(of, _, _)| *of == lang).map(|(_, _, shard)| shard);
        let link = |file: &ShardFile| from.link_to(&file.route);
        HandbookSearch {
            href: from.link_to(&route(lang, Topic::All)),
            shard: shard.map(|shard| link(&shard.texts)).unwrap_or_default(),
            more: shard.map(|shard| link(&shard.more)).unwrap_or_default(),
        }
    }

    /// Returns the file at `path` in the folder of the handbook, with a way back to the findings in the preview.
    /// `None` if there is none.
    pub fn at(&self, path: &str, back_href: Option<&str>) -> Option<Vec<u8>> {
        let mut pages =
            LANGUAGES.into_iter().flat_map(|lang| self.topics().into_iter().map(move |topic| (lang, topic)));
        if let Some((lang, topic)) = pages.find(|(lang, topic)| route(*lang, *topic).as_str() == path) {
            return self.page(lang, topic, back_href);
        }
        self.other_files().find(|(route, _)| route.as_str() == path).map(|(_, bytes)| bytes)
    }

    fn page(&self, lang: UiLang, topic: Topic, back_href: Option<&str>) -> Option<Vec<u8>> {
        let write = |own: Own<'_>| self.write(lang, topic, back_href, own);
        match topic {
            Topic::Contents => write(Own::Contents(Nothing {})),
            Topic::Booklet => {
                let read = |at: usize| read(lang, at);
                write(Own::Booklet(Whole { chapters: (0..chapter::names().len()).map(read).collect() }))
            }
            Topic::Chapter(at) => write(Own::Chapter(read(lang, at))),
            Topic::Fields => {
                let documents =
                    (0..DOCUMENTS.len()).map(|at| way(lang, Topic::Document(at), topic)).collect();
                write(Own::Fields(FieldPages { documents }))
            }
            Topic::Document(at) => write(Own::Document(fields::document(at, lang))),
            Topic::Findings => {
                let kind = |code: &'static Code| FindingKind {
                    id: code.id,
                    name: code.name,
                    says: says(code, lang),
                    href: file(Topic::Finding(code)),
                };
                write(Own::Findings(Kinds { codes: codes().map(kind).collect() }))
            }
            Topic::Finding(code) => write(Own::Finding(explained(code, lang)?)),
            Topic::All => {
                let (_, shelf, _) = self.shelves().iter().find(|(of, _, _)| *of == lang)?;
                let of_part = |at: usize| shelf.articles.iter().filter(move |article| article.part == at);
                let parts = shelf.parts.iter().enumerate();
                let parts =
                    parts.map(|(at, part)| ShelvedPart { name: &part.name, articles: of_part(at).collect() });
                write(Own::All(Shelved { parts: parts.collect() }))
            }
            Topic::Front => {
                let today = self.published.as_ref()?.today.to_string();
                write(Own::Front(FrontPage { today, demo: DEMO }))
            }
            Topic::Changes => write(Own::Changes(ChangesPage { html: published::changes() })),
            Topic::Api => {
                let api = &self.published.as_ref()?.api;
                write(Own::Api(ApiReference { demo: DEMO, api }))
            }
        }
    }

    fn write(&self, lang: UiLang, topic: Topic, back_href: Option<&str>, own: Own<'_>) -> Option<Vec<u8>> {
        let order = topics();
        let order: Vec<Topic> = order.into_iter().filter(|other| beside(*other, topic)).collect();
        let at = order.iter().position(|other| *other == topic);
        let near = |by: isize| {
            let at = at?.checked_add_signed(by)?;
            order.get(at).map(|other| way(lang, *other, topic))
        };
        let code = lang_code(lang);
        let others = LANGUAGES.into_iter().filter(|other| *other != lang);
        let here = route(lang, topic);
        let others = others.map(|other| (lang_code(other), here.link_to(&route(other, topic))));
        let leaf = ToolPage {
            template: own.template(),
            route: &here,
            lang: code,
            title: title(lang, topic),
            others: others.collect(),
        };
        let ways = ways().map(|other| way(lang, other, topic)).collect();
        let page = HandbookPage {
            ways,
            previous: near(-1),
            next: near(1),
            back_href: back_href.map(str::to_owned),
            search: self.search(lang, &here),
            front_href: self.published.as_ref().map(|_| here.link_to(&route(lang, Topic::Front))),
            own,
        };
        self.pages.leaf(leaf, &page)
    }
}

/// What the template of a page gets.
#[derive(Serialize)]
#[serde(untagged)]
enum Own<'p> {
    All(Shelved<'p>),
    Front(FrontPage),
    Changes(ChangesPage),
    Api(ApiReference<'p>),
    Contents(Nothing),
    Booklet(Whole),
    Chapter(ChapterPage),
    Fields(FieldPages),
    Document(fields::DocumentFields),
    Findings(Kinds),
    Finding(Explained),
}

impl Own<'_> {
    fn template(&self) -> &'static str {
        match self {
            Self::Contents(_) => "handbook",
            Self::Booklet(_) => "handbook-booklet",
            Self::Chapter(_) => "handbook-chapter",
            Self::Fields(_) => "handbook-fields",
            Self::Document(_) => "handbook-document",
            Self::Findings(_) => "handbook-findings",
            Self::Finding(_) => "handbook-finding",
            Self::All(_) => "handbook-all",
            Self::Front(_) => "handbook-front",
            Self::Changes(_) => "handbook-changes",
            Self::Api(_) => "handbook-api",
        }
    }
}

fn read(lang: UiLang, at: usize) -> ChapterPage {
    let chapter = Chapter::at(at, lang);
    ChapterPage { parts: chapter.parts(&|address| linked(address)), title: chapter.title, lead: chapter.lead }
}

/// Every page, in the order they are read.
fn topics() -> Vec<Topic> {
    let finding = codes().map(Topic::Finding);
    let document = (0..DOCUMENTS.len()).map(Topic::Document);
    let all = [Topic::Contents, Topic::Booklet, Topic::All].into_iter().chain(ways());
    all.chain(document).chain(finding).collect()
}

/// The pages that every page leads to.
fn ways() -> impl Iterator<Item = Topic> {
    (0..chapter::names().len()).map(Topic::Chapter).chain([Topic::Fields, Topic::Findings])
}

/// Tells whether a reader who turns the leaf goes from one of these pages to the other.
fn beside(one: Topic, other: Topic) -> bool {
    let shelf = |topic: Topic| match topic {
        Topic::Contents | Topic::Booklet | Topic::All | Topic::Front | Topic::Changes | Topic::Api => 0,
        Topic::Chapter(_) | Topic::Fields | Topic::Findings => 1,
        Topic::Document(_) => 2,
        Topic::Finding(_) => 3,
    };
    shelf(one) == shelf(other) && shelf(one) != 0
}

/// Every kind of finding, in the order of codes.
fn codes() -> impl Iterator<Item = &'static Code> {
    let mut codes: Vec<&'static Code> = check::CODES.iter().flat_map(|stage| stage.iter().copied()).collect();
    codes.sort_by_key(|code| code.id);
    codes.into_iter()
}

fn way(lang: UiLang, topic: Topic, from: Topic) -> HandbookLink {
    let lead = match topic {
        Topic::Chapter(at) => Chapter::at(at, lang).lead,
        Topic::Document(at) => DOCUMENTS[at].0.to_owned(),
        Topic::Finding(code) => says(code, lang).to_owned(),
        Topic::Fields | Topic::Findings | Topic::Contents | Topic::Booklet => String::new(),
        Topic::All | Topic::Front | Topic::Changes | Topic::Api => String::new(),
    };
    HandbookLink { href: file(topic), title: title(lang, topic), lead, current: topic == from }
}

/// Returns what a page is called, where content says it; else nothing, and the theme says it.
fn title(lang: UiLang, topic: Topic) -> String {
    match topic {
        Topic::Chapter(at) => Chapter::at(at, lang).title,
        Topic::Document(at) => fields::title(at, lang),
        Topic::Finding(code) => format!("{} {}", code.id, code.name),
        Topic::Contents | Topic::Booklet | Topic::Fields | Topic::Findings => String::new(),
        Topic::All | Topic::Front | Topic::Changes | Topic::Api => String::new(),
    }
}

/// Returns the link to what a chapter calls `/first-list`, `/place` or `/QD1010`. `None` if there is no such page.
fn linked(address: &str) -> Option<String> {
    let name = address.strip_prefix('/')?;
    topics().into_iter().map(file).find(|file| file.strip_suffix(".html") == Some(name))
}

fn file(topic: Topic) -> String {
    match topic {
        Topic::Contents => "index.html".to_owned(),
        Topic::Booklet => "booklet.html".to_owned(),
        Topic::Chapter(at) => format!("{}.html", chapter::names()[at]),
        Topic::Fields => "fields.html".to_owned(),
        Topic::Document(at) => format!("{}.html", fields::name(at)),
        Topic::Findings => "findings.html".to_owned(),
        Topic::Finding(code) => format!("{}.html", code.id),
        Topic::All => "all.html".to_owned(),
        Topic::Front => "front.html".to_owned(),
        Topic::Changes => "changes.html".to_owned(),
        Topic::Api => "api.html".to_owned(),
    }
}

fn route(lang: UiLang, topic: Topic) -> Route {
    if topic == Topic::Front {
        // Of a folder that is published servers show the file of this name.
        return Route::new(match lang {
            UiLang::Zh => "index.html",
            UiLang::En => "index.en.html",
        });
    }
    Route::new(format!("{}/{}", lang_code(lang), file(topic)))
}

fn says(code: &'static Code, lang: UiLang) -> &'static str {
    match lang {
        UiLang::Zh => code.zh,
        UiLang::En => code.en,
    }
}

fn lang_code(lang: UiLang) -> &'static str {
    match lang {
        UiLang::Zh => "zh",
        UiLang::En => "en",
    }
}
