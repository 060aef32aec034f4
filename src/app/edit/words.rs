//! What a field can be chosen from: words of the vocabulary, parts of the baseline, editions.

use crate::catalogue::{Catalogue, EditionRef, Naming};
use crate::diagnostic::UiLang;
use crate::lang::{LangCode, Localized};
use crate::schema::{RefTo, VocabularyKind};

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Offered {
    /// As the form sends it.
    pub value: String,
    /// As people read it.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What the files of a catalogue choose from, seen from one of them.
pub struct Words<'a> {
    /// The content.
    pub catalogue: &'a Catalogue,
    /// The names in the place of the file.
    pub naming: Naming<'a>,
    /// The edition that the file is, and its baseline.
    pub edition: Option<EditionRef<'a>>,
    /// The language of the form.
    pub lang: UiLang,
}

impl<'a> Words<'a> {
    /// Returns the words of a vocabulary: ids with the names that go for them here.
    pub fn of(&self, kind: VocabularyKind) -> Vec<(&'a str, String)> {
        let words = &self.catalogue.vocabulary;
        let named = |id: &'a str, name: &'a Localized| (id, self.name(kind, id, name));
        let audiences = words.audiences.iter().map(|who| named(&who.id.value, &who.name));
        let conditions = words.conditions.iter().map(|known| named(&known.id.value, &known.name));
        match kind {
            VocabularyKind::Areas => {
                words.areas.iter().map(|area| named(&area.id.value, &area.name)).collect()
            }
            VocabularyKind::Audiences => audiences.collect(),
            VocabularyKind::Conditions => conditions.collect(),
            VocabularyKind::AudiencesAndConditions => audiences.chain(conditions).collect(),
            VocabularyKind::Departments => {
                words.departments.iter().map(|known| named(&known.id.value, &known.name)).collect()
            }
            VocabularyKind::Groups => {
                words.groups.iter().map(|group| named(&group.id.value, &group.name)).collect()
            }
        }
    }

    /// Returns the groups that lists can be for, by id and name.
    pub fn groups(catalogue: &Catalogue, lang: UiLang) -> Vec<(String, String)> {
        let code = LangCode::new(if lang == UiLang::Zh { "zh" } else { "en" });
        let groups = catalogue.vocabulary.groups.iter();
        groups.map(|group| (group.id.value.clone(), group.name.for_reader(&code).1.to_owned())).collect()
    }

    fn name(&self, kind: VocabularyKind, id: &str, name: &Localized) -> String {
        let here = || self.naming.name(kind, id).map(str::to_owned);
        match self.lang {
            UiLang::Zh => here().unwrap_or_else(|| name.reference().value.clone()),
            UiLang::En => name.for_reader(&LangCode::new("en")).1.to_owned(),
        }
    }

    /// Returns what a reference can name, with what it says.
    pub fn referred(&self, to: RefTo) -> Vec<(String, String)> {
        match to {
            RefTo::Edition => {
                let named = |issue: EditionRef<'_>| (issue.address(), self.say(&issue.edition.title));
                self.catalogue.editions().map(named).collect()
            }
            RefTo::Service => {
                let services = self.baseline().into_iter().flat_map(|above| &above.edition.services);
                services.map(|service| (service.id.value.clone(), self.say(&service.body.title))).collect()
            }
            RefTo::Provision => {
                let services = self.baseline().into_iter().flat_map(|above| &above.edition.services);
                let provisions = services.flat_map(|service| {
                    service.body.provisions.iter().map(move |provision| {
                        let address = format!("{}/{}", service.id.value, provision.id.value);
                        (address, provision.quote.value.clone())
                    })
                });
                provisions.collect()
            }
            RefTo::FormerProvision => Vec::new(),
        }
    }

    /// Returns the edition that this one is measured against.
    pub fn baseline(&self) -> Option<EditionRef<'a>> {
        let edition = self.edition?.edition;
        self.catalogue.edition(&edition.measured_against.as_ref()?.value)
    }

    /// Returns a text in the language of the form.
    pub fn say(&self, text: &Localized) -> String {
        text.for_reader(&LangCode::new(match self.lang {
            UiLang::Zh => "zh",
            UiLang::En => "en",
        }))
        .1
        .to_owned()
    }
}
