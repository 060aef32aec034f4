//! Pieces for the pages of others: one service, the list of a place, the way to “What can my child get?”, and a list in
//! large print. Static HTML without script, each as a document for a frame and as a part to be included.
//!
//! What a piece says is data; its HTML is a template of the theme (`render::fragments`).

use serde::Serialize;
use serde_json::{Value, json};

use super::sheet::{Reader, Topic};
use crate::api::list::List;
use crate::api::service::ServiceDocument;
use crate::api::{Documents, Link};
use crate::lang::Direction;
use crate::route::Route;
use crate::text;
use crate::{Address, SiteMap};

/// The styles of the pieces, a template without holes.
pub const STYLES: &str = "embed.css";

/// A piece that waits for its template.
#[derive(Debug)]
pub struct Fragment {
    /// Where it stands.
    pub route: Route,
    /// The template that makes it.
    pub template: &'static str,
    /// What the template gets.
    pub data: Value,
}

/// What every template of a piece gets.
#[derive(Serialize)]
struct FragmentData<T> {
    /// The tag of its language.
    tag: String,
    dir: Direction,
    /// The styles, from where the piece stands.
    styles: String,
    /// Whether it is a document of its own, or a part to be included.
    whole: bool,
    title: String,
    /// That it is no official publication, if it is none.
    draft: Option<String>,
    /// Who says so, of which day.
    source: String,
    href: String,
    more: String,
    own: T,
}

/// A heading with its lines.
#[derive(Serialize)]
struct Told {
    heading: String,
    lines: Vec<String>,
    counted: bool,
    /// Whether the lines are numbers to call.
    calls: bool,
}

/// A service of a list.
#[derive(Serialize)]
struct Entry {
    number: u32,
    title: String,
    href: String,
    parts: Vec<Told>,
}

/// Services of an area.
#[derive(Serialize)]
struct Area {
    name: String,
    services: Vec<Entry>,
}

/// Returns the pieces for the pages of others: `embed/{lang}/{place}/{list}/…`.
pub fn pieces<'a>(map: &'a SiteMap<'a>) -> Vec<Fragment> {
    let documents = Documents::of(map);
    let mut pieces = Vec::new();
    for reader in Reader::all(&documents) {
        for list in &documents.lists {
            let maker = Maker { map, reader, list };
            pieces.extend(maker.list());
            pieces.extend(maker.check());
            let own = documents.services.iter().filter(|service| service.list == list.in_short.id);
            pieces.extend(own.flat_map(|service| maker.service(service)));
        }
    }
    pieces
}

/// Returns every list in large print: `large-print/{lang}/{place}/{list}.html`.
pub fn large_print<'a>(map: &'a SiteMap<'a>) -> Vec<Fragment> {
    let documents = Documents::of(map);
    let of = |reader: Reader<'_>| -> Vec<Fragment> {
        documents.lists.iter().filter_map(|list| Maker { map, reader, list }.large()).collect()
    };
    Reader::all(&documents).flat_map(of).collect()
}

/// Returns the folder in which everything of a format stands.
fn folder_of(at: &Route) -> &str {
    at.as_str().split('/').next().unwrap_or_default()
}

/// Makes the pieces of a list in a language.
struct Maker<'d, 'm> {
    map: &'d SiteMap<'m>,
    reader: Reader<'d>,
    list: &'d List,
}

impl Maker<'_, '_> {
    fn folder(&self) -> String {
        super::plain::folder(&self.reader, self.list)
    }

    fn page(&self, pages: &std::collections::BTreeMap<String, Link>) -> String {
        pages.get(&self.reader.language.code).map_or_else(String::new, |page| page.0.clone())
    }

    fn data<T: Serialize>(&self, at: &Route, whole: bool, title: &str, href: String, own: T) -> Value {
        let documents = self.reader.documents;
        let languages = &self.map.facts.catalogue().site.languages;
        let language = languages.get(&self.reader.language.code);
        let name = self.reader.say(&documents.index.title);
        let day = documents.index.as_of.0;
        let draft = self.reader.unissued(self.list.in_short.status.0).into_iter().next();
        json!(FragmentData {
            tag: self.reader.language.tag.clone(),
            dir: language.map_or(Direction::Ltr, |language| language.direction),
            styles: at.link_to(&Route::new(format!("{}/{STYLES}", folder_of(at)))),
            whole,
            title: title.to_owned(),
            draft,
            source: self.reader.word(&text!("{name}，{day}", "{name}, {day}")),
            href,
            more: self.reader.word(&text!("看完整的说明", "Read all about it")),
            own,
        })
    }

    /// Returns a piece as a document and as a part.
    fn both<T: Serialize>(
        &self,
        name: &str,
        template: &'static str,
        title: &str,
        href: &str,
        own: &T,
    ) -> [Fragment; 2] {
        [("html", true), ("part.html", false)].map(|(end, whole)| {
            let route = Route::new(format!("embed/{}{name}.{end}", self.folder()));
            let data = self.data(&route, whole, title, href.to_owned(), own);
            Fragment { route, template, data }
        })
    }

    fn parts(&self, service: &ServiceDocument, wanted: fn(Topic) -> bool) -> (String, Vec<Told>) {
        let sheet = self.reader.sheet(service);
        let parts = sheet.parts.into_iter().filter(|part| wanted(part.topic)).map(|part| Told {
            heading: self.reader.word(&part.topic.heading()),
            counted: part.topic.is_counted() && part.lines.len() > 1,
            calls: part.topic == Topic::Telephone,
            lines: part.lines,
        });
        (sheet.title, parts.collect())
    }

    fn service(&self, service: &ServiceDocument) -> [Fragment; 2] {
        let shown = |topic| {
            matches!(
                topic,
                Topic::Who | Topic::Gets | Topic::Desk | Topic::Telephone | Topic::Bring | Topic::Fee
            )
        };
        let (title, parts) = self.parts(service, shown);
        let name = format!("/service/{}", service.service.id);
        self.both(&name, "embed-service.html", &title, &self.page(&service.pages), &parts)
    }

    fn areas(&self, wanted: fn(Topic) -> bool) -> Vec<Area> {
        let documents = self.reader.documents;
        let short = &self.list.in_short;
        let edition = documents.edition(&format!("{}/{}", short.id, short.edition));
        let areas = edition.into_iter().flat_map(|edition| &edition.areas).map(|area| {
            let is_own =
                |service: &&ServiceDocument| service.list == short.id && service.service.area == area.id;
            let services = documents.services.iter().filter(is_own).map(|service| {
                let (title, parts) = self.parts(service, wanted);
                let number = service.service.number;
                Entry { number, title, href: self.page(&service.pages), parts }
            });
            Area { name: self.reader.say(&area.name).to_owned(), services: services.collect() }
        });
        areas.collect()
    }

    fn list(&self) -> [Fragment; 2] {
        let title = self.reader.say(&self.list.in_short.title);
        let areas = self.areas(|_| false);
        self.both("/list", "embed-list.html", title, &self.page(&self.list.pages), &areas)
    }

    /// Returns the way to the check of the place, which asks its questions there.
    fn check(&self) -> Vec<Fragment> {
        let site = &self.map.facts.catalogue().site;
        let place = crate::catalogue::PlacePath::new(&self.list.in_short.place);
        let language = site.languages.get(&self.reader.language.code);
        let route = language.map(|language| Address::in_place(&place, "check").route(language));
        let (Some(route), Some(base)) = (route.filter(|route| self.map.has(route)), &site.base_url) else {
            return Vec::new();
        };
        let href = route.absolute(&base.value);
        let title = self.reader.word(&text!("查查孩子能得到什么", "What can my child get?"));
        let lead = self.reader.word(&text!(
            "回答几个问题，就能看到孩子在这里能得到哪些服务、先找谁。回答只留在您的手机上。",
            "Answer a few questions and see what your child can get here, and whom to go to first. Your answers stay on your phone."
        ));
        self.both("/check", "embed-check.html", &title, &href, &lead).into()
    }

    fn large(&self) -> Option<Fragment> {
        let title = self.reader.say(&self.list.in_short.title);
        let shown = |topic| !matches!(topic, Topic::Draft | Topic::Place | Topic::Official | Topic::List);
        let route = Route::new(format!("large-print/{}.html", self.folder()));
        let data = self.data(&route, true, title, self.page(&self.list.pages), self.areas(shown));
        (!title.is_empty()).then_some(Fragment { route, template: "large-print.html", data })
    }
}
