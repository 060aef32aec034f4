//! The words of a catalogue as an editor offers them: each with what it stands for, and how else it is written.

use std::collections::BTreeSet;

use super::Keys;
use crate::catalogue::{Catalogue, CodeSystem, Edition, NamedBody, Service};
use crate::lang::{LangCode, Localized};
use crate::schema::{KeyLanguage, VocabularyKind, language_name};

/// A word that is offered.
pub(super) struct Word {
    /// As files write it.
    pub(super) value: String,
    /// What it stands for, in one line.
    pub(super) about: String,
}

impl Word {
    pub(super) fn new(value: impl Into<String>, about: impl Into<String>) -> Self {
        Self { value: value.into(), about: about.into() }
    }
}

/// CatalogueWords to choose from.
pub(super) struct OfferedWords {
    /// Those that are offered, in order.
    pub(super) offered: Vec<Word>,
    /// Further names that are right too.
    pub(super) accepted: BTreeSet<String>,
}

/// What the catalogue has to choose from.
pub(super) struct CatalogueWords<'a> {
    catalogue: &'a Catalogue,
    /// The editions that others are measured against or inherit.
    named: BTreeSet<&'a str>,
    /// The spelling that is offered.
    pub(super) keys: Keys,
}

impl<'a> CatalogueWords<'a> {
    pub(super) fn new(catalogue: &'a Catalogue, keys: Keys) -> Self {
        let lists = catalogue.places.values().flat_map(|place| place.lists.values());
        let above = |edition: &'a Edition| edition.measured_against.iter().chain(&edition.inherits);
        let named = lists.flat_map(|list| &list.editions).flat_map(above);
        Self { catalogue, named: named.map(|named| named.value.as_str()).collect(), keys }
    }

    /// Returns the system that the codes of places are of.
    pub(super) fn codes(&self) -> CodeSystem {
        self.catalogue.site.codes
    }

    /// Returns the keys of a text in the languages of the site: offered names, then other names, each.
    pub(super) fn languages(&self) -> Vec<(Vec<&'a str>, Vec<&'a str>)> {
        let names = |code: &'a str| match (self.keys, language_name(code)) {
            (Keys::English, Some(name)) => (vec![code], vec![name]),
            (Keys::Chinese, Some(name)) => (vec![name], vec![code]),
            (Keys::Both, Some(name)) => (vec![code, name], vec![]),
            (Keys::English | Keys::Chinese | Keys::Both, None) => (vec![code], vec![]),
        };
        self.catalogue.site.languages.iter().map(|language| names(language.code.as_str())).collect()
    }

    /// Returns the keys of a text in the languages of the site, as files in `keys` write them.
    pub(super) fn languages_in(&self, keys: KeyLanguage) -> Vec<&'a str> {
        let name = |code: &'a str| match keys {
            KeyLanguage::Chinese => language_name(code).unwrap_or(code),
            KeyLanguage::English => code,
        };
        self.catalogue.site.languages.iter().map(|language| name(language.code.as_str())).collect()
    }

    /// Returns the words of a vocabulary.
    pub(super) fn of(&self, register: VocabularyKind) -> OfferedWords {
        let words = &self.catalogue.vocabulary;
        let named = |id: &'a str, name: &'a Localized, note: Option<&'a Localized>| {
            let note = note.map(|note| format!("：{}", note.reference().value)).unwrap_or_default();
            (id, name, format!("{}{note}", both(name)))
        };
        let areas = || words.areas.iter().map(|area| named(&area.id.value, &area.name, None)).collect();
        let audiences =
            words.audiences.iter().map(|who| named(&who.id.value, &who.name, who.definition.as_ref()));
        let conditions = words
            .conditions
            .iter()
            .map(|known| named(&known.id.value, &known.name, known.definition.as_ref()));
        match register {
            VocabularyKind::Areas => self.plain(areas()),
            VocabularyKind::Audiences => self.plain(audiences.collect()),
            VocabularyKind::Conditions => self.plain(conditions.collect()),
            VocabularyKind::AudiencesAndConditions => self.plain(audiences.chain(conditions).collect()),
            VocabularyKind::Departments => self.departments(),
            VocabularyKind::Groups => self
                .plain(words.groups.iter().map(|group| named(&group.id.value, &group.name, None)).collect()),
        }
    }

    /// Offers words that have one name.
    fn plain(&self, words: Vec<(&str, &Localized, String)>) -> OfferedWords {
        let mut offered = Vec::new();
        let mut accepted = BTreeSet::new();
        for (id, name, about) in words {
            let own = &name.reference().value;
            if self.keys.english() {
                offered.push(Word::new(id, &about));
            }
            if self.keys.chinese() {
                offered.push(Word::new(own, format!("{about} · {id}")));
            }
            accepted.insert(id.to_owned());
            accepted.extend(name.iter().map(|(_, text)| text.value.clone()));
        }
        OfferedWords { offered, accepted }
    }

    /// Offers each function of government and the usual names of the bodies that carry it out.
    fn departments(&self) -> OfferedWords {
        let naming = self.catalogue.naming(None);
        let mut offered: Vec<Word> = Vec::new();
        let mut accepted = BTreeSet::new();
        for known in &self.catalogue.vocabulary.departments {
            let id = known.id.value.as_str();
            let mut bodies: Vec<String> = known.counterparts.values().filter_map(body).collect();
            bodies.dedup();
            let about = format!("{}：{}", both(&known.name), bodies.join("、"));
            if self.keys.english() {
                offered.push(Word::new(id, &about));
            }
            let names = known.counterparts.values().filter_map(|body| body.name.as_ref());
            for name in std::iter::once(&known.name).chain(names).map(|name| &name.reference().value) {
                let is_new = !offered.iter().any(|word| word.value == *name);
                if self.keys.chinese() && is_new && naming.ids(VocabularyKind::Departments, name) == [id] {
                    offered.push(Word::new(name, format!("{about} · {id}")));
                }
            }
            accepted.insert(id.to_owned());
            accepted.extend(known.name.iter().map(|(_, text)| text.value.clone()));
            accepted.extend(known.counterparts.values().flat_map(names_of));
        }
        let local = self.catalogue.places.values().flat_map(|place| place.departments.values());
        accepted.extend(local.flat_map(|(_, body)| names_of(body)));
        OfferedWords { offered, accepted }
    }

    /// Returns the services of the baselines, to adopt.
    pub(super) fn services(&self) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        for (edition, service) in self.baseline_services() {
            let title = &service.body.title;
            let about = |also: &str| format!("{}. {}{also} · {edition}", service.number.value, both(title));
            let id = service.id.value.as_str();
            if self.keys.english() {
                words.push(Word::new(id, about("")));
            }
            if self.keys.chinese() {
                words.push(Word::new(&title.reference().value, about(&format!(" · {id}"))));
            }
        }
        once_each(words)
    }

    /// Returns the provisions of the baselines as `service/provision`, to answer.
    pub(super) fn provisions(&self) -> Vec<Word> {
        let word = |edition: &str, service: &Service| {
            let title = service.body.title.reference().value.clone();
            let (id, edition) = (service.id.value.clone(), edition.to_owned());
            let each = service.body.provisions.iter();
            each.map(move |provision| {
                let plain = &provision.plain.reference().value;
                Word::new(format!("{id}/{}", provision.id.value), format!("{title}：{plain} · {edition}"))
            })
            .collect::<Vec<_>>()
        };
        once_each(self.baseline_services().flat_map(|(edition, service)| word(&edition, service)).collect())
    }

    /// Returns the editions, to be measured against.
    pub(super) fn editions(&self) -> Vec<Word> {
        let word = |(address, edition): (String, &Edition)| Word::new(address, both(&edition.title));
        self.all_editions()
            .filter(|(address, edition)| self.is_baseline(address, edition))
            .map(word)
            .collect()
    }

    fn baseline_services(&self) -> impl Iterator<Item = (String, &'a Service)> {
        let baselines: Vec<(String, &Edition)> =
            self.all_editions().filter(|(address, edition)| self.is_baseline(address, edition)).collect();
        let services = |(address, edition): (String, &'a Edition)| {
            edition.services.iter().map(move |service| (address.clone(), service))
        };
        baselines.into_iter().flat_map(services)
    }

    /// Tells whether an edition is measured against, or measured against none.
    fn is_baseline(&self, address: &str, edition: &Edition) -> bool {
        let free = edition.measured_against.is_none() && edition.inherits.is_none();
        free || self.named.contains(address)
    }

    fn all_editions(&self) -> impl Iterator<Item = (String, &'a Edition)> {
        self.catalogue.places.values().flat_map(|place| {
            place.lists.values().flat_map(move |list| {
                let address = move |edition: &Edition| format!("{}/{}/{}", place.path, list.id, edition.id);
                list.editions.iter().map(move |edition| (address(edition), edition))
            })
        })
    }
}

/// Leaves the first of the words that are written alike.
fn once_each(words: Vec<Word>) -> Vec<Word> {
    let mut seen = BTreeSet::new();
    words.into_iter().filter(|word| seen.insert(word.value.clone())).collect()
}

/// Returns a text in the reference language and, where there is one, in English.
fn both(text: &Localized) -> String {
    let own = &text.reference().value;
    match text.get(&LangCode::new("en")) {
        Some(english) if english.value != *own => format!("{own} {}", english.value),
        Some(_) | None => own.clone(),
    }
}

/// Returns the full name of a body.
fn body(body: &NamedBody) -> Option<String> {
    let name = body.full_name.as_ref().or(body.name.as_ref())?;
    Some(name.reference().value.clone())
}

fn names_of(body: &NamedBody) -> Vec<String> {
    let names = body.name.iter().chain(&body.full_name);
    names.flat_map(|name| name.iter().map(|(_, text)| text.value.clone()).collect::<Vec<_>>()).collect()
}
