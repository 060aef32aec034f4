//! The names an edition used when it was issued, so that its pages stay what they were when the vocabulary changes.
//!
//! They stand in `editions.lock`, under the seal. Only the words that the edition uses are there, in the order of the
//! vocabulary, in every language they had.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::understood::fitted;
use super::{Catalogue, Certainty, Edition, Place, file_kind};
use crate::diagnostic::Findings;
use crate::lang::{LangCode, Localized};
use crate::schema::{Choices, VocabularyKind};
use crate::source::SourceTree;
use crate::span::{FileId, Span, Spanned};
use crate::syntax::Node;

/// A name by language code.
type NameTexts = BTreeMap<String, String>;

/// A word with the name it had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedWord {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: NameTexts,
    /// Of a condition: whether lists that set it say what they ask for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<bool>,
}

/// A department with the body that carried it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedDepartment {
    /// Id of the function.
    pub id: String,
    /// The function that stood for its body.
    pub body: String,
    /// Name of the body.
    pub name: NameTexts,
    /// Its full name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_name: Option<NameTexts>,
    /// How sure it was.
    pub status: String,
    /// The note on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<NameTexts>,
}

/// The names as `editions.lock` holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// Name of the place.
    pub place: NameTexts,
    /// Areas.
    pub areas: Vec<NamedWord>,
    /// Departments.
    pub departments: Vec<NamedDepartment>,
    /// Audiences.
    pub audiences: Vec<NamedWord>,
    /// Conditions.
    pub conditions: Vec<NamedWord>,
    /// The names its file writes where others write ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub written: Vec<WrittenName>,
}

/// A name that a file writes for words of the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WrittenName {
    /// Which vocabulary.
    pub kind: String,
    /// The name as written.
    pub name: String,
    /// The ids it means.
    pub means: Vec<String>,
}

impl Snapshot {
    /// Takes down the names that `edition` of `place` uses; `written` are those that its file writes.
    pub fn of(catalogue: &Catalogue, place: &Place, edition: &Edition, written: Vec<WrittenName>) -> Self {
        let used = Used::by(edition);
        let words = &catalogue.vocabulary;
        let areas = words.areas.iter().filter(|area| used.areas.contains(area.id.value.as_str()));
        let audiences = words.audiences.iter().filter(|who| used.audiences.contains(who.id.value.as_str()));
        let conditions =
            words.conditions.iter().filter(|known| used.conditions.contains(known.id.value.as_str()));
        Self {
            place: texts(&place.name),
            areas: areas.map(|area| named_word(&area.id, &area.name, None)).collect(),
            departments: departments(catalogue, place, &used),
            audiences: audiences.map(|who| named_word(&who.id, &who.name, None)).collect(),
            conditions: conditions
                .map(|known| named_word(&known.id, &known.name, Some(known.stated)))
                .collect(),
            written,
        }
    }

    /// Reads it from the lock file. `None` if something of it is not there.
    pub(super) fn read(node: &Node) -> Option<Self> {
        let list = |key: &str| node.get(key).map(Node::items).unwrap_or_default();
        let words = |key: &str| list(key).iter().map(read_word).collect::<Option<Vec<_>>>();
        Some(Self {
            place: read_texts(node.get("place")?),
            areas: words("areas")?,
            departments: list("departments").iter().map(read_department).collect::<Option<Vec<_>>>()?,
            audiences: words("audiences")?,
            conditions: words("conditions")?,
            written: list("written").iter().map(read_written).collect::<Option<Vec<_>>>()?,
        })
    }

    /// Returns it as one line of text, for the seal.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).expect("plain texts are JSON")
    }

    /// Returns the ids that a text meant when the edition was issued; none if it wrote no such name.
    pub(super) fn ids(&self, register: VocabularyKind, text: &str) -> Vec<&str> {
        let kind = kind(register);
        let known = self.written.iter().find(|known| known.kind == kind && known.name == text);
        known.into_iter().flat_map(|known| &known.means).map(String::as_str).collect()
    }
}

/// Returns the names that the file of an edition writes for words of the vocabulary, each with the ids it means.
pub(super) fn names_in(sources: &SourceTree, catalogue: &Catalogue, file: FileId) -> Vec<WrittenName> {
    let source = sources.file(file);
    let reference = &catalogue.site.languages.reference().code;
    let Some(kind) = file_kind(&source.path) else { return Vec::new() };
    let node = fitted(file, source, kind.shape, reference, &mut Findings::new());
    node.map(|node| kind.naming(catalogue).written(&node, kind.shape)).unwrap_or_default()
}

/// What a vocabulary is called in the lock file.
pub(super) fn kind(register: VocabularyKind) -> &'static str {
    match register {
        VocabularyKind::Areas => "area",
        VocabularyKind::Departments => "department",
        VocabularyKind::Audiences => "audience",
        VocabularyKind::Conditions => "condition",
        VocabularyKind::AudiencesAndConditions => "audience-or-condition",
        VocabularyKind::Groups => "group",
    }
}

/// Ids of the words an edition uses.
#[derive(Default)]
struct Used<'a> {
    areas: BTreeSet<&'a str>,
    departments: BTreeSet<&'a str>,
    audiences: BTreeSet<&'a str>,
    conditions: BTreeSet<&'a str>,
}

impl<'a> Used<'a> {
    fn by(edition: &'a Edition) -> Self {
        let mut used = Self::default();
        let ids = |ids: &'a [Spanned<String>]| ids.iter().map(|id| id.value.as_str());
        for body in edition.services.iter().map(|service| &service.body) {
            used.areas.insert(&body.area.value);
            used.departments.extend(ids(&body.departments));
            used.audiences.extend(
                body.audience.population.iter().chain(&body.audience.categories).map(|id| id.value.as_str()),
            );
            used.conditions.extend(ids(&body.audience.conditions));
            for provision in &body.provisions {
                used.departments.extend(ids(&provision.departments));
                used.departments.extend(provision.lead.iter().map(|lead| lead.department.value.as_str()));
                used.audiences.extend(
                    provision.population.iter().chain(&provision.categories).map(|id| id.value.as_str()),
                );
                used.conditions.extend(ids(&provision.conditions));
            }
        }
        used
    }
}

fn departments(catalogue: &Catalogue, place: &Place, used: &Used<'_>) -> Vec<NamedDepartment> {
    // A body goes by the first function it carries out, which the edition need not name.
    let bodies: BTreeSet<&str> = used.departments.iter().map(|id| place.body_of(id)).collect();
    let known = catalogue.vocabulary.departments.iter();
    let known = known.filter(|known| {
        used.departments.contains(known.id.value.as_str()) || bodies.contains(known.id.value.as_str())
    });
    let named = known.filter_map(|known| {
        let body = catalogue.counterpart(place, &known.id.value)?;
        Some(NamedDepartment {
            id: known.id.value.clone(),
            body: place.body_of(&known.id.value).to_owned(),
            name: texts(body.name),
            full_name: body.full_name.map(texts),
            status: body.certainty.as_str().to_owned(),
            note: body.note.map(texts),
        })
    });
    named.collect()
}

fn texts(text: &Localized) -> NameTexts {
    text.iter().map(|(code, text)| (code.as_str().to_owned(), text.value.clone())).collect()
}

fn named_word(id: &Spanned<String>, name: &Localized, stated: Option<bool>) -> NamedWord {
    NamedWord { id: id.value.clone(), name: texts(name), stated }
}

fn read_texts(node: &Node) -> NameTexts {
    let text = |entry: &crate::syntax::Entry| Some((entry.key.value.clone(), entry.value.text()?.to_owned()));
    node.entries().iter().filter_map(text).collect()
}

fn read_written(node: &Node) -> Option<WrittenName> {
    let means = node.get("means")?.items().iter().filter_map(Node::text).map(str::to_owned).collect();
    let text = |key: &str| Some(node.get(key)?.text()?.to_owned());
    Some(WrittenName { kind: text("kind")?, name: text("name")?, means })
}

fn read_word(node: &Node) -> Option<NamedWord> {
    let stated = node.get("stated").and_then(Node::text).map(|text| text == "true");
    Some(NamedWord { id: node.get("id")?.text()?.to_owned(), name: read_texts(node.get("name")?), stated })
}

fn read_department(node: &Node) -> Option<NamedDepartment> {
    let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    Some(NamedDepartment {
        id: text("id")?,
        body: text("body")?,
        name: read_texts(node.get("name")?),
        full_name: node.get("full_name").map(read_texts),
        status: text("status")?,
        note: node.get("note").map(read_texts),
    })
}

/// The names of an issued edition, as its pages use them.
#[derive(Clone, Debug)]
pub struct IssuedNames {
    /// Name of the place.
    pub place: Localized,
    /// Areas, in the order of the vocabulary at that time.
    pub areas: Vec<(String, Localized)>,
    /// Departments, likewise.
    pub departments: Vec<IssuedDepartment>,
    /// Conditions, each with whether lists say what they ask for.
    pub conditions: Vec<(String, Localized, bool)>,
}

/// A department as it was when the edition was issued.
#[derive(Clone, Debug)]
pub struct IssuedDepartment {
    /// Id of the function.
    pub id: String,
    /// The function that stood for its body.
    pub body: String,
    /// Name of the body.
    pub name: Localized,
    /// Its full name.
    pub full_name: Option<Localized>,
    /// How sure it was.
    pub certainty: Certainty,
    /// The note on it.
    pub note: Option<Localized>,
}

impl IssuedNames {
    /// Returns the names of a snapshot that stands at `at`. `None` if one of them is empty.
    pub(super) fn of(snapshot: &Snapshot, at: Span, reference: &LangCode) -> Option<Self> {
        let name = |texts: &NameTexts| {
            let spanned = |(code, text): (&String, &String)| {
                let code = if code == reference.as_str() { reference.clone() } else { LangCode::new(code) };
                (code, Spanned::new(text.clone(), at))
            };
            Localized::new(at, texts.iter().map(spanned).collect(), reference)
        };
        let words = |words: &[NamedWord]| {
            words.iter().map(|word| Some((word.id.clone(), name(&word.name)?))).collect::<Option<Vec<_>>>()
        };
        let conditions = snapshot.conditions.iter();
        let conditions =
            conditions.map(|word| Some((word.id.clone(), name(&word.name)?, word.stated.unwrap_or(true))));
        let departments = snapshot.departments.iter().map(|known| {
            Some(IssuedDepartment {
                id: known.id.clone(),
                body: known.body.clone(),
                name: name(&known.name)?,
                full_name: known.full_name.as_ref().and_then(name),
                certainty: Certainty::named(&known.status).unwrap_or(Certainty::ToBeConfirmed),
                note: known.note.as_ref().and_then(name),
            })
        });
        Some(Self {
            place: name(&snapshot.place)?,
            areas: words(&snapshot.areas)?,
            departments: departments.collect::<Option<Vec<_>>>()?,
            conditions: conditions.collect::<Option<Vec<_>>>()?,
        })
    }
}
