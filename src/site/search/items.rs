//! What of a service is searched: its texts by weight, as the catalogue has them.

use crate::SiteMap;
use crate::catalogue::{Body, EditionRef, Service};
use crate::lang::{LangCode, Language, Localized};

/// The texts of one service for readers of one language.
pub(super) struct Texts<'a> {
    /// Its title and the language that is in.
    pub title: (&'a LangCode, &'a str),
    /// Everyday words for it in this language.
    pub keys: Vec<&'a str>,
    /// The sentence shown with it.
    pub shown: &'a str,
    /// Everything else.
    pub rest: Vec<&'a str>,
    /// Who is responsible.
    pub departments: Vec<&'a str>,
}

impl<'a> Texts<'a> {
    /// Gathers the texts of a service in a list.
    pub(super) fn new(
        map: &SiteMap<'a>,
        shown: EditionRef<'a>,
        service: &'a Service,
        lang: &Language,
    ) -> Self {
        let body: &'a Body = &service.body;
        let code = &lang.code;
        let words = |text: &'a Localized| text.for_reader(code).1;
        let title = body.title.for_reader(code);
        let keywords = [&body.keywords, &service.keywords].into_iter();
        let keys = keywords.filter_map(|words| words.get(code.as_str())).flatten();
        let keys = keys.map(|word| word.value.as_str()).collect();
        let mut plain = body.provisions.iter().map(|provision| words(&provision.plain));
        let shown_text = plain.next().unwrap_or_default();
        let mut rest: Vec<&str> = plain.collect();
        rest.extend([words(&body.audience.text), words(&body.content)]);
        rest.extend(body.provisions.iter().filter_map(|one| one.condition_text.as_ref()).map(words));
        Self { title, keys, shown: shown_text, rest, departments: departments(map, shown, body, code) }
    }
}

/// Returns the names of who is responsible here, each body once.
fn departments<'a>(
    map: &SiteMap<'a>,
    shown: EditionRef<'a>,
    body: &'a Body,
    code: &LangCode,
) -> Vec<&'a str> {
    let mut bodies: Vec<&str> = Vec::new();
    for department in &body.departments {
        let id = shown.edition.body_of(shown.place, &department.value);
        if !bodies.contains(&id) {
            bodies.push(id);
        }
    }
    let name = |id: &str| {
        Some(map.facts.catalogue().counterpart_of(shown.place, shown.edition, id)?.name.for_reader(code).1)
    };
    bodies.into_iter().filter_map(name).collect()
}
