//! What of a service is searched: its texts by weight, as the catalogue has them.

use crate::SiteMap;
use crate::catalogue::{Body, EditionRef, Service, WhoKind, Words};
use crate::lang::{LangCode, Language, Localized};
use crate::schema::Age;

/// The texts of one service for readers of one language.
pub(super) struct Texts<'a> {
    /// Its title and the language that is in.
    pub title: (&'a LangCode, &'a str),
    /// Everyday words for it in this language: those of the whole service, then those of each provision.
    pub keys: Vec<Vec<&'a str>>,
    /// What each provision gives; the one that a question is about is shown.
    pub provisions: Vec<&'a str>,
    /// From what age and up to what age it is for, in months.
    pub age: Option<(u16, u16)>,
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
        let in_code = |words: &'a Words| words.get(code.as_str()).into_iter().flatten();
        let own = [&body.keywords, &service.keywords].into_iter().flat_map(in_code);
        let of_each =
            body.provisions.iter().map(|provision| in_code(&provision.keywords).collect::<Vec<_>>());
        let keys = std::iter::once(own.collect()).chain(of_each);
        let keys =
            keys.map(|words: Vec<_>| words.into_iter().map(|word| word.value.as_str()).collect()).collect();
        let provisions = body.provisions.iter().map(|provision| words(&provision.plain)).collect();
        let mut rest = vec![words(&body.audience.text), words(&body.content)];
        rest.extend(service.standard().map(words));
        rest.extend(body.provisions.iter().filter_map(|one| one.condition_text.as_ref()).map(words));
        let (age, departments) = (age(map, body), departments(map, shown, body, code));
        Self { title, keys, provisions, age, rest, departments }
    }
}

/// Returns the age a service is for, or else the usual one of its stage of education.
fn age(map: &SiteMap<'_>, body: &Body) -> Option<(u16, u16)> {
    let words = &map.facts.catalogue().vocabulary;
    let stages = body.audience.categories.iter().filter_map(|id| words.audience(&id.value));
    let usual = stages.filter(|who| who.kind == WhoKind::Stage).find_map(|who| who.usual_age);
    body.audience.age.or(usual).map(Age::months)
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
