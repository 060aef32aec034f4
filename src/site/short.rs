//! Short addresses for paper: `350200/` is a place, `350200/12/` item 12 of its first list; in languages
//! other than the reference with the language before them. They lead on, and exist once the site knows
//! where it stands.

use std::collections::BTreeSet;

use super::kind::KindOfPage;
use super::pages::RedirectPage;
use super::{Facts, Page, PageKind, SiteMap};
use crate::catalogue::{EditionRef, Service};
use crate::lang::Language;
use crate::route::Route;

/// Returns the pages at the short addresses.
pub(super) fn pages<'a>(facts: &Facts<'a>) -> Vec<Page<'a>> {
    let site = &facts.catalogue().site;
    if site.base_url.is_none() {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let mut pages = Vec::new();
    for (_, shown) in facts.places() {
        for service in std::iter::once(None).chain(shown.edition.services.iter().map(Some)) {
            for lang in site.languages.iter() {
                let route = route(facts, shown, service, lang);
                // Two places with one code, or items with one number, were reported; the first has the address.
                if is_code(shown) && seen.insert(route.clone()) {
                    pages.push(Page { kind: PageKind::Redirect(redirect(shown, service)), lang, route });
                }
            }
        }
    }
    pages
}

fn redirect<'a>(shown: EditionRef<'a>, service: Option<&'a Service>) -> RedirectPage<'a> {
    service.map_or(RedirectPage::ShortList(shown), |service| RedirectPage::ShortService(shown, service))
}

fn is_code(shown: EditionRef<'_>) -> bool {
    // A digit keeps it apart from the folders of the languages.
    let code = &shown.place.code.value;
    code.bytes().any(|byte| byte.is_ascii_digit())
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn route(facts: &Facts<'_>, shown: EditionRef<'_>, service: Option<&Service>, lang: &Language) -> Route {
    let is_reference = facts.catalogue().site.languages.reference().code == lang.code;
    let lang = if is_reference { String::new() } else { format!("{}/", lang.code.as_str()) };
    let number = service.map(|service| format!("{}/", service.number.value)).unwrap_or_default();
    Route::new(format!("{lang}{}/{number}index.html", shown.place.code.value))
}

/// Returns the address to print for a list or one of its services: the short one, or else that of its page.
/// `None` while the site does not know where it stands.
pub(super) fn address<'a>(
    map: &SiteMap<'a>,
    shown: EditionRef<'a>,
    service: Option<&'a Service>,
    lang: &Language,
) -> Option<String> {
    let base = &map.facts.catalogue().site.base_url.as_ref()?.value;
    let long = redirect(shown, service).address().route(lang);
    let short = route(&map.facts, shown, service, lang);
    let leads = map.page(&short).is_some_and(|page| page.kind.address().route(lang) == long);
    Some(if leads { short } else { long }.absolute(base))
}
