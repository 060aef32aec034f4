//! What a page's data function sees: the facts, the map of pages, and the page's own language.

use std::collections::BTreeMap;

use super::common::DisplayText;
use super::{Address, Facts, Page, SiteMap};
use crate::catalogue::{Catalogue, Place};
use crate::diagnostic::Message;
use crate::lang::{LangCode, Localized};
use crate::route::{self, Route};
use crate::span::Span;

/// The view from one page.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The page.
    pub page: &'a Page<'a>,
    /// All pages.
    pub map: &'a SiteMap<'a>,
}

/// What goes into the head and frame of a page; the words around it are the theme's.
#[derive(Debug, Default)]
pub struct Head {
    /// Values for the strings `title-<kind>` and `description-<kind>`.
    pub words: BTreeMap<&'static str, String>,
    /// Pages above this one, from the top, each with its name.
    pub crumbs: Vec<(DisplayText, Option<Route>)>,
    /// What the page says to machines, in the words of schema.org.
    pub linked: Option<serde_json::Value>,
}

impl Head {
    /// Adds a value for the title and description.
    #[must_use]
    pub fn word(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.words.insert(name, value.into());
        self
    }

    /// Adds what the page says to machines.
    #[must_use]
    pub fn linked(mut self, data: serde_json::Value) -> Self {
        self.linked = Some(data);
        self
    }

    /// Adds a page above, or at the end this page itself.
    #[must_use]
    pub fn crumb(mut self, name: DisplayText, route: Option<Route>) -> Self {
        self.crumbs.push((name, route));
        self
    }
}

impl<'a> View<'a> {
    /// Returns the facts.
    pub fn facts(&self) -> &Facts<'a> {
        &self.map.facts
    }

    /// Returns the catalogue.
    pub fn catalogue(&self) -> &'a Catalogue {
        self.map.facts.catalogue()
    }

    /// Returns a text for the reader of this page.
    pub fn say(&self, text: &Localized) -> DisplayText {
        let (code, words) = text.for_reader(&self.page.lang.code);
        self.said(code, words)
    }

    /// Returns an optional text for the reader of this page.
    pub fn say_some(&self, text: Option<&Localized>) -> Option<DisplayText> {
        text.map(|text| self.say(text))
    }

    /// Returns words that are in the language `code`.
    pub fn said(&self, code: &LangCode, words: &str) -> DisplayText {
        let other = (*code != self.page.lang.code)
            .then(|| self.catalogue().site.languages.get(code.as_str()))
            .flatten();
        DisplayText {
            text: words.to_owned(),
            lang: other.map(|language| language.tag.clone()),
            dir: other.map(|language| language.direction),
        }
    }

    /// Returns words of the official text, which is in the reference language.
    pub fn official(&self, words: &str) -> DisplayText {
        self.said(&self.catalogue().site.languages.reference().code, words)
    }

    /// Returns a message of the tool: in Chinese or English, whichever the reader is nearer to.
    pub fn tell(&self, message: &Message) -> DisplayText {
        DisplayText::of_tool(message, &self.page.lang.code)
    }

    /// Returns where a span starts, `path:line`. Empty where the files are not at hand.
    pub fn place_of(&self, span: Span) -> String {
        let Some(staff) = self.facts().staff else { return String::new() };
        let file = staff.sources.file(span.file);
        format!("{}:{}", file.path, file.position(span.start).line)
    }

    /// Returns the plain words of a text, for titles and descriptions.
    pub fn words(&self, text: &Localized) -> String {
        text.for_reader(&self.page.lang.code).1.to_owned()
    }

    /// Returns the route of `address` in this page's language.
    pub fn route(&self, address: &Address) -> Route {
        address.route(self.page.lang)
    }

    /// Returns the relative link to `address` in this page's language, if there is such a page.
    pub fn href_if_there(&self, address: &Address) -> Option<String> {
        let route = self.route(address);
        self.map.has(&route).then(|| self.link(&route))
    }

    /// Returns the relative link to `address` in this page's language.
    pub fn href(&self, address: &Address) -> String {
        self.link(&self.route(address))
    }

    /// Returns the link to `route`: relative, so that it works from `file://` and under any address; on the
    /// page for addresses that are none, which servers show anywhere, from the root of the server.
    pub fn link(&self, route: &Route) -> String {
        if self.is_shown_anywhere() {
            self.to_root() + route.as_str()
        } else {
            self.page.route.link_to(route)
        }
    }

    /// Returns the prefix that leads from this page to the root of the site.
    pub fn to_root(&self) -> String {
        if !self.is_shown_anywhere() {
            return self.page.route.to_root();
        }
        self.catalogue()
            .site
            .base_url
            .as_ref()
            .map_or_else(|| "/".to_owned(), |url| route::base_path(&url.value))
    }

    /// Tells whether servers show the page at addresses other than its own.
    pub fn is_shown_anywhere(&self) -> bool {
        self.page.kind.policy().anywhere
    }

    /// Starts the head of a page: the way down to `place`, if there is one, and its name as `place`.
    pub fn head(&self, place: Option<&'a Place>) -> Head {
        let site = &self.catalogue().site;
        let head = Head::default().word("site", self.words(&site.title)).crumb(
            self.say(site.short_title.as_ref().unwrap_or(&site.title)),
            Some(self.route(&Address::home())),
        );
        let Some(place) = place else { return head };
        let mut above = Vec::new();
        let mut next = self.catalogue().parent(&place.path);
        while let Some(parent) = next {
            above.push(parent);
            next = self.catalogue().parent(&parent.path);
        }
        let head = above.into_iter().rev().chain([place]).fold(head, |head, place| {
            head.crumb(self.say(place.short()), Some(self.route(&Address::place(&place.path))))
        });
        head.word("place", self.place_words(place))
    }

    /// Returns the name of a place for titles; with the list where the place shows several.
    fn place_words(&self, place: &'a Place) -> String {
        let name = self.words(place.short());
        match self.page.kind.subject().edition() {
            Some(shown) if self.facts().shown(place).nth(1).is_some() => {
                format!("{name} · {}", self.words(&shown.edition.title))
            }
            _ => name,
        }
    }
}
