//! Which pages exist, and what each of them says, as typed data.
//!
//! In: `Facts`, the catalogue and what was analysed. Out: pages, first as data, then ([`render`]) as bytes of a theme;
//! what a browser searches ([`search`]); the lists as data for programs ([`api`]) and by the standards of others ([`open`]); the handbook for staff ([`handbook`]).
//!
//! A page kind is one file in `pages/`: a type whose values are its pages, with what they are about, how they are
//! treated ([`Policy`]) and what fills them: a serialisable struct, the contract with the template of the same name.
//! To add a kind, write `pages/<kind>.rs`, add a line to [`PageKind`] and a template to the theme.

use qingdan_analysis::{analysis, check, compare, coverage, finder, history, suppression};
use qingdan_base::{date, diagnostic, lang, personal, route, span, text, visible};
use qingdan_catalogue as catalogue;
use qingdan_document::{schema, source, syntax};

pub mod api;
pub mod demo;
pub mod handbook;
pub mod open;
pub mod render;
pub mod search;

mod address;
mod ages;
mod card;
mod common;
mod contact;
mod facts;
mod feed;
mod found;
mod front_desk;
mod imprint;
mod kind;
mod linked;
mod measure;
mod more;
mod overview;
mod pages;
mod qr;
mod sheet;
mod short;
mod sourced;
mod touch;
mod view;

pub use address::{Address, HANDBOOK, handbook_route};
pub use ages::AgeOnScale;
pub use common::{DisplayText, ServiceLine};
pub use facts::{Facts, Staff};
pub use feed::{Feed, FeedEntry, ListFeed, feeds};
pub use found::{FoundFindings, Telling, found};
pub use kind::{Listing, Offline, Policy, Readership, Subject};
pub use overview::{Overview, scripts};
pub use pages::{PageKind, PrintPage};
pub use view::{Head, View};

use std::collections::BTreeMap;

use crate::diagnostic::{Finding, Findings, site_codes};
use crate::lang::Language;
use crate::route::Route;
use crate::span::Span;
use pages::{NotFoundPage, RedirectPage};

/// One page in one language.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// Its kind, with what it is about.
    pub kind: PageKind<'a>,
    /// Its language.
    pub lang: &'a Language,
    /// Its address.
    pub route: Route,
}

/// Every page of the site, in the order of kinds and content.
#[derive(Debug)]
pub struct SiteMap<'a> {
    /// What the pages are made from.
    pub facts: Facts<'a>,
    /// The pages.
    pub pages: Vec<Page<'a>>,
    routes: BTreeMap<Route, usize>,
    /// The main sections for staff.
    sections: Vec<PageKind<'a>>,
}

impl<'a> SiteMap<'a> {
    /// Lists the pages and reports addresses that two of them claim.
    pub fn new(facts: Facts<'a>, findings: &mut Findings) -> Self {
        let mut map = Self { facts, pages: Vec::new(), routes: BTreeMap::new(), sections: Vec::new() };
        for kind in PageKind::all(&facts) {
            map.note_section(kind);
            for lang in facts.catalogue().site.languages.iter() {
                map.add(Page { route: kind.address().route(lang), kind, lang }, findings);
            }
        }
        let lang = facts.catalogue().site.languages.reference();
        let root = PageKind::Redirect(RedirectPage::Root);
        map.add(Page { kind: root, lang, route: Route::new("index.html") }, findings);
        map.add(
            Page { kind: PageKind::NotFound(NotFoundPage), lang, route: Route::new("404.html") },
            findings,
        );
        for page in short::pages(&facts) {
            map.add(page, findings);
        }
        map
    }

    /// Returns the main sections for staff, each by its first page.
    pub fn sections(&self) -> &[PageKind<'a>] {
        &self.sections
    }

    fn note_section(&mut self, kind: PageKind<'a>) {
        let is_new = self.sections.last().is_none_or(|last| last.name() != kind.name());
        if kind.policy().audience == Readership::StaffSection && is_new {
            self.sections.push(kind);
        }
    }

    fn add(&mut self, page: Page<'a>, findings: &mut Findings) {
        if let Some(first) = self.routes.get(&page.route) {
            let first = &self.pages[*first];
            if first.lang.code == page.lang.code && self.is_reference(page.lang) {
                findings.push(clash(&page, first));
            }
            return;
        }
        self.routes.insert(page.route.clone(), self.pages.len());
        self.pages.push(page);
    }

    fn is_reference(&self, lang: &Language) -> bool {
        self.facts.catalogue().site.languages.reference().code == lang.code
    }

    /// Tells whether there is a page at `route`.
    pub fn has(&self, route: &Route) -> bool {
        self.routes.contains_key(route)
    }

    /// Returns the page at `route`.
    pub fn page(&self, route: &Route) -> Option<&Page<'a>> {
        self.routes.get(route).map(|at| &self.pages[*at])
    }

    /// Reports links in guides that lead to no page, whatever the language; nothing of those into a folder
    /// of `lost`, where a page may be missing for another reason that was reported.
    pub fn check_links(&self, lost: &[String], findings: &mut Findings) {
        let catalogue = self.facts.catalogue();
        let reference = catalogue.site.languages.reference();
        let of_places = catalogue.places.values().flat_map(|place| &place.guides);
        for text in catalogue.guides.iter().chain(of_places).flat_map(|guide| guide.texts.values()) {
            for link in &text.outline.internal_links {
                let found = Address::written(&link.value)
                    .is_some_and(|address| self.resolve(&address, reference).is_some());
                let path = link.value.trim_start_matches('/');
                let is_lost = |folder: &String| {
                    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                };
                if !found && !lost.iter().any(is_lost) {
                    findings.push(broken_link(link.span, &link.value));
                }
            }
        }
    }

    /// Returns the route of a catalogue address in `lang`, if there is such a page: the page itself, or
    /// the folder's first page.
    pub fn resolve(&self, address: &Address, lang: &Language) -> Option<Route> {
        [address.page(), address.folder()]
            .into_iter()
            .map(|address| address.route(lang))
            .find(|route| self.has(route))
    }
}

/// Reports two pages at one address, at the service if one of them is a service: its id can be changed.
fn clash(page: &Page<'_>, first: &Page<'_>) -> Finding {
    let (at, other) = if first.kind.subject().service().is_some() { (first, page) } else { (page, first) };
    let route = &page.route;
    let place = |page: &Page<'_>| page.kind.source().unwrap_or(Span::whole(crate::span::FileId(0)));
    Finding::new(
        &site_codes::CLASHING_ADDRESS,
        place(at),
        text!("网址 {route} 已经被另一个页面占用", "the address {route} belongs to another page already"),
    )
    .label(place(other), text!("另一个页面来自这里", "the other page comes from here"))
    .help(text!("换一个编号或文件夹名", "choose another id or folder name"))
}

fn broken_link(at: Span, address: &str) -> Finding {
    Finding::new(
        &site_codes::BROKEN_LINK,
        at,
        text!("站内没有“{address}”这个页面", "there is no page `{address}` in this catalogue"),
    )
    .help(text!(
        "站内地址写成 /地区、/地区/清单/项目 或 /地区/guides/文章，不带语言和 .html",
        "write /place, /place/list/service or /place/guides/NAME, without language and .html"
    ))
}
