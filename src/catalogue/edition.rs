//! Editions of a list, their services and provisions.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::snapshot::IssuedNames;
use super::vocabulary::Words;
use crate::date::Date;
use crate::lang::Localized;
pub use crate::schema::tables::{Access, Decision, EditionStatus, Kind, Strength};
use crate::schema::{Age, KeyLanguage};
use crate::span::{Span, Spanned};

/// What one place publishes for one group of children.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// Id: the name of its folder.
    pub id: String,
    /// Editions by id, oldest first.
    pub editions: Vec<Edition>,
}

/// Fields that belong to one edition; the next does not take them over.
pub const OF_ONE_EDITION: &[&str] =
    &["document", "dates", "consultation", "reviews", "queries", "notice", "frozen", "corrections"];
/// The same, of a service or provision.
pub const OF_ONE_SERVICE: &[&str] = &["was", "checked"];

/// One dated issue of a list; one file.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Id: the name of its file.
    pub id: String,
    /// Place of the first key, for findings about the whole file.
    pub span: Span,
    /// Full title.
    pub title: Localized,
    /// Which edition, from 1.
    pub ordinal: Option<u32>,
    /// Where that is written.
    pub ordinal_at: Option<Span>,
    /// Status.
    pub status: EditionStatus,
    /// The day it was frozen, if it was.
    pub frozen: Option<Spanned<Date>>,
    /// The document that issues it.
    pub document: Option<Document>,
    /// Its dates.
    pub dates: Dates,
    /// The baseline, as `place/list/edition`.
    pub measured_against: Option<Spanned<String>>,
    /// The edition above whose services all hold here too, unless this one says otherwise.
    pub inherits: Option<Spanned<String>>,
    /// When and how it is or was open for comment.
    pub consultation: Option<Consultation>,
    /// What people decided where a machine cannot compare.
    pub reviews: Vec<Review>,
    /// What the place above asked about it, in the order written.
    pub queries: Vec<Query>,
    /// Notice for every page.
    pub notice: Option<Localized>,
    /// Note.
    pub note: Option<Localized>,
    /// What was corrected since it was issued, as written.
    pub corrections: Vec<Correction>,
    /// The names it used when it was issued, if it is frozen.
    pub names: Option<Arc<IssuedNames>>,
    /// Services in the order written, each id once.
    pub services: Vec<Service>,
    /// In which language its file writes keys.
    pub keys: KeyLanguage,
    /// Whether a service could not be used; a finding said why. What others miss here may be that one.
    pub lost: bool,
}

impl Edition {
    /// The dates that say when an edition came out, the best first.
    const CAME_OUT: [&str; 5] = ["issued", "printed", "signed", "posted", "effective"];

    /// Returns when it came out, with the name of the date, as far as it says.
    pub fn came_out(&self) -> Option<(&'static str, &Spanned<Date>)> {
        Self::CAME_OUT.iter().find_map(|name| Some((*name, self.dates.get(name)?)))
    }
}

/// A dated change to what may change after issue.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The day.
    pub on: Spanned<Date>,
    /// What was corrected.
    pub what: Localized,
    /// The office that corrected it.
    pub by: Option<String>,
}

/// When and how an edition is open for comment.
#[derive(Clone, Debug)]
pub struct Consultation {
    /// First day.
    pub from: Spanned<Date>,
    /// Last day.
    pub to: Spanned<Date>,
    /// How to comment.
    pub how: Option<Localized>,
    /// What came of it.
    pub outcome: Option<Localized>,
}

/// What people decided of one baseline provision, because a machine cannot compare it.
#[derive(Clone, Debug)]
pub struct Review {
    /// The baseline provision, as `service/provision`.
    pub of: Spanned<String>,
    /// The decision.
    pub verdict: Decision,
    /// The office that decided.
    pub by: String,
    /// The day.
    pub on: Spanned<Date>,
    /// Why.
    pub why: Localized,
    /// Digests of the two texts it was made of; without them nobody knows of what it was made.
    pub texts: Option<ReviewedTexts>,
}

/// Digests of the texts that a review was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewedTexts {
    /// Of the baseline.
    pub baseline: Spanned<String>,
    /// Of the local list.
    pub local: Spanned<String>,
}

/// What the place above asked about provisions of its baseline, and how far that has come.
#[derive(Clone, Debug)]
pub struct Query {
    /// The provisions of the baseline, as `service/provision`.
    pub about: Vec<Spanned<String>>,
    /// The day on which the letter went out.
    pub asked: Spanned<Date>,
    /// The day by which an answer is asked for.
    pub due: Option<Spanned<Date>>,
    /// The day of the answer.
    pub answered: Option<Spanned<Date>>,
    /// The day on which those who asked were content.
    pub settled: Option<Spanned<Date>>,
    /// The office that asks.
    pub by: Option<String>,
    /// A note, for staff.
    pub note: Option<String>,
}

/// The document that issues an edition.
#[derive(Clone, Debug)]
pub struct Document {
    /// Number, such as 闽民童〔2025〕5号.
    pub number: Option<String>,
    /// Title.
    pub title: Option<Localized>,
    /// Public address.
    pub url: Option<Spanned<String>>,
    /// Note.
    pub note: Option<Localized>,
}

/// The dates of an edition, by name, in the order of its life.
#[derive(Clone, Debug, Default)]
pub struct Dates(pub(super) BTreeMap<usize, Spanned<Date>>);

impl Dates {
    /// The names in the order the dates come in.
    pub const NAMES: &[&str] = &["signed", "printed", "issued", "posted", "effective", "filed"];

    /// Returns the dates that are known with their names, in order of [`Self::NAMES`].
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Spanned<Date>)> {
        self.0.iter().map(|(at, date)| (Self::NAMES[*at], date))
    }

    /// Returns the date called `name`.
    pub fn get(&self, name: &str) -> Option<&Spanned<Date>> {
        let at = Self::NAMES.iter().position(|known| *known == name)?;
        self.0.get(&at)
    }
}

/// One numbered row of a list.
#[derive(Clone, Debug)]
pub struct Service {
    /// Id, stable for ever.
    pub id: Spanned<String>,
    /// Number in the list.
    pub number: Spanned<u32>,
    /// What it offers; an adopted service shares it with the baseline.
    pub body: Arc<Body>,
    /// Set if the body was taken over.
    pub adopted: Option<Adoption>,
    /// How to get it here.
    pub apply: Option<Apply>,
    /// Former id.
    pub was: Option<Spanned<String>>,
    /// The official cell as printed here, of an adopted service; it ought to be the baseline's.
    pub printed: Option<Localized>,
    /// Whether it was inherited rather than written here.
    pub inherited: bool,
    /// Words to find an adopted service by, besides those of its body.
    pub keywords: Words,
    /// A local note.
    pub note: Option<Localized>,
    /// Who verified it.
    pub checked: Option<Checked>,
    /// Place of its first key.
    pub span: Span,
}

/// Where an adopted body comes from.
#[derive(Clone, Debug)]
pub struct Adoption {
    /// The edition, as `place/list/edition`.
    pub edition: String,
    /// The service there.
    pub service: Spanned<String>,
}

/// What a service offers.
#[derive(Clone, Debug)]
pub struct Body {
    /// Id of its area.
    pub area: Spanned<String>,
    /// Title.
    pub title: Localized,
    /// Who it is for.
    pub audience: Audience,
    /// The official cell, to the letter.
    pub content: Localized,
    /// Ids of the responsible functions.
    pub departments: Vec<Spanned<String>>,
    /// A note on the departments.
    pub departments_note: Option<Localized>,
    /// Clauses that grant nothing.
    pub purpose: Vec<Spanned<String>>,
    /// The single entitlements, in the order of the text.
    pub provisions: Vec<Provision>,
    /// Words to find it by.
    pub keywords: Words,
    /// A note on the official text.
    pub note: Option<Localized>,
    /// Whether a provision or clause could not be used; a finding said why.
    pub lost: bool,
}

/// Who a service is for.
#[derive(Clone, Debug)]
pub struct Audience {
    /// The official cell.
    pub text: Localized,
    /// Population.
    pub population: Option<Spanned<String>>,
    /// Categories.
    pub categories: Vec<Spanned<String>>,
    /// Conditions printed in the cell.
    pub conditions: Vec<Spanned<String>>,
    /// Age.
    pub age: Option<Age>,
}

/// One single entitlement.
#[derive(Clone, Debug)]
pub struct Provision {
    /// Id, unique in the service.
    pub id: Spanned<String>,
    /// What it was in the edition before: an id of its service, or `service/provision`; several if it was
    /// made of several, and several provisions may have been the same one.
    pub was: Vec<Spanned<String>>,
    /// Exact words of the official cell.
    pub quote: Spanned<String>,
    /// The part of the quote that is meant.
    pub focus: Option<Spanned<String>>,
    /// One plain sentence.
    pub plain: Localized,
    /// What is given.
    pub kind: Kind,
    /// How binding.
    pub strength: Strength,
    /// Conditions, as ids.
    pub conditions: Vec<Spanned<String>>,
    /// The printed words of the condition.
    pub condition_text: Option<Localized>,
    /// Population where it differs from the service's.
    pub population: Option<Spanned<String>>,
    /// Categories where they differ.
    pub categories: Vec<Spanned<String>>,
    /// Age where it differs.
    pub age: Option<Age>,
    /// Where it is given or decided.
    pub access: Access,
    /// Departments where they differ.
    pub departments: Vec<Spanned<String>>,
    /// The leading department.
    pub lead: Option<Lead>,
    /// Baseline provisions it answers, as `service/provision`.
    pub covers: Vec<Spanned<String>>,
    /// Amounts, frequencies, periods, by name.
    pub measures: BTreeMap<String, Spanned<String>>,
    /// Named members of an open list.
    pub named: Vec<Spanned<String>>,
    /// Whether the clause ends in 等.
    pub open_list: bool,
    /// Alternatives share this name.
    pub either_of: Option<Spanned<String>>,
    /// Too general to compare by machine.
    pub vague: bool,
    /// Where the values of its fields stand, by key.
    pub places: BTreeMap<String, Span>,
    /// Note.
    pub note: Option<Localized>,
}

/// The leading department of a provision.
#[derive(Clone, Debug)]
pub struct Lead {
    /// Id of the function.
    pub department: Spanned<String>,
    /// Basis.
    pub basis: Option<Localized>,
}

/// How to get a service here.
#[derive(Clone, Debug)]
pub struct Apply {
    /// Where to go.
    pub place: Option<Localized>,
    /// What to bring.
    pub bring: Vec<Localized>,
    /// Steps.
    pub steps: Vec<Localized>,
    /// Cost.
    pub fee: Option<Localized>,
    /// When.
    pub time: Option<Localized>,
    /// Office telephone.
    pub phone: Option<Spanned<String>>,
    /// Address online.
    pub online: Option<Spanned<String>>,
    /// Basis.
    pub basis: Option<Localized>,
}

/// Who verified an entry, and when.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The office.
    pub by: String,
    /// The day.
    pub on: Spanned<Date>,
}
