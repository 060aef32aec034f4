//! Addresses that lead on: the root to the reference language, the folder of a list to its place, a service
//! that has another id now, or is gone, to where it is now, a short address to what it stands for.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalogue::{EditionRef, Service};
use crate::common::DisplayText;
use crate::kind::{KindOfPage, Policy, Subject};
use crate::lang::{Direction, Language};
use crate::span::Span;
use crate::{Address, Facts, Head, View};

/// A page that leads on without script.
#[derive(Clone, Copy, Debug)]
pub enum RedirectPage<'a> {
    /// From the root of the site to the first page of the reference language.
    Root,
    /// From the folder of a list to its place.
    List(EditionRef<'a>),
    /// From an id that a service of a list had before.
    Former {
        /// The list.
        shown: EditionRef<'a>,
        /// The id.
        id: &'a str,
        /// Where it leads.
        now: Now<'a>,
    },
    /// From a short address to a list.
    ShortList(EditionRef<'a>),
    /// From a short address to a service.
    ShortService(EditionRef<'a>, &'a Service),
}

/// Where a service is now that the list does not have under its old id.
#[derive(Clone, Copy, Debug)]
pub enum Now<'a> {
    /// The service with this id took its place.
    Service(&'a str),
    /// It is gone; this edition had it last.
    Edition(EditionRef<'a>),
}

impl<'a> KindOfPage<'a> for RedirectPage<'a> {
    const NAME: &'static str = "redirect";
    const POLICY: Policy = Policy::LEADS_ON;

    /// Lists those inside the folders of languages; the root and the short addresses stand outside.
    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let of_place = |place| {
            let former = facts.shown(place).flat_map(|shown| {
                former(facts, shown).into_iter().map(move |(id, now)| Self::Former { shown, id, now })
            });
            facts.shown(place).map(Self::List).chain(former).collect::<Vec<_>>()
        };
        facts.catalogue().places.values().flat_map(of_place).collect()
    }

    fn address(&self) -> Address {
        match *self {
            Self::Root => Address::home(),
            Self::List(shown) => Address::list(shown),
            Self::Former { shown, id, .. } => Address::in_list(shown, id),
            Self::ShortList(shown) => Address::place(&shown.place.path),
            Self::ShortService(shown, service) => Address::in_list(shown, &service.id.value),
        }
    }

    fn subject(&self) -> Subject<'a> {
        match *self {
            Self::Root => Subject::Site,
            Self::List(shown) | Self::Former { shown, .. } | Self::ShortList(shown) => {
                Subject::Edition(shown)
            }
            Self::ShortService(shown, service) => Subject::Service(shown, service),
        }
    }

    /// Nobody wrote a short address.
    fn source(&self) -> Option<Span> {
        match self {
            Self::Root | Self::ShortList(_) | Self::ShortService(..) => None,
            Self::List(shown) | Self::Former { shown, .. } => Some(shown.edition.span),
        }
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, *self)
    }
}

impl RedirectPage<'_> {
    /// Returns where it leads.
    pub(crate) fn target(&self) -> Address {
        match *self {
            Self::List(shown) => Address::place(&shown.place.path),
            Self::Former { shown, now: Now::Service(id), .. } => Address::in_list(shown, id),
            Self::Former { now: Now::Edition(last), .. } => {
                Address::in_list(last, &format!("edition/{}", last.edition.id))
            }
            Self::Root | Self::ShortList(_) | Self::ShortService(..) => self.address(),
        }
    }
}

/// Returns where services of earlier editions are now that the list does not have under their old id: the
/// service that took their place, or else the edition that had them last.
fn former<'a>(facts: &Facts<'a>, shown: EditionRef<'a>) -> BTreeMap<&'a str, Now<'a>> {
    let current = |id: &str| shown.edition.services.iter().any(|service| service.id.value == id);
    // By every id there ever was: the id it has now, and the edition that had it last.
    let mut known: BTreeMap<&str, (&str, EditionRef<'a>)> = BTreeMap::new();
    for edition in facts.shown_editions(shown.place, shown.list) {
        for service in &edition.edition.services {
            if let Some(was) = &service.was {
                known
                    .values_mut()
                    .filter(|(id, _)| *id == was.value)
                    .for_each(|known| known.0 = &service.id.value);
            }
            known.insert(&service.id.value, (&service.id.value, edition));
        }
    }
    known.retain(|id, _| !current(id));
    let now = |(id, last)| if current(id) { Now::Service(id) } else { Now::Edition(last) };
    known.into_iter().map(|(id, known)| (id, now(known))).collect()
}

/// What the template gets.
#[derive(Serialize)]
struct RedirectData {
    href: String,
    title: DisplayText,
    languages: Vec<LanguageChoice>,
}

/// A language to choose at the root.
#[derive(Serialize)]
struct LanguageChoice {
    tag: String,
    name: String,
    dir: Direction,
    href: String,
}

fn data<'a>(view: &View<'a>, page: RedirectPage<'a>) -> (Head, tera::Value) {
    let (place, shown, target) = (page.subject().place(), page.subject().edition(), page.target());
    let title = shown.map_or(&view.catalogue().site.title, |shown| &shown.edition.title);
    let choice = |language: &Language| LanguageChoice {
        tag: language.tag.clone(),
        name: language.name.clone(),
        dir: language.direction,
        href: view.link(&target.route(language)),
    };
    let languages = view.catalogue().site.languages.iter().filter(|_| place.is_none());
    let data = RedirectData {
        href: view.href(&target),
        title: view.say(title),
        languages: languages.map(choice).collect(),
    };
    let former = if let RedirectPage::Former { id, .. } = page { id } else { "" };
    let head = view.head(place).word("list", view.words(title)).word("key", former);
    (head, tera::Value::from_serializable(&data))
}
