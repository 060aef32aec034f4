//! What the content says, as values of the field: places, lists, editions, services, provisions.
//!
//! In: fitted trees. [`read`] turns them into a [`Catalogue`]; everything is still as written, with places. Out: the
//! catalogue with its names resolved, and what follows from it by pure methods: adopted texts, counterparts, lineage,
//! frozen editions, the names an issued edition uses.
//!
//! To add a field, take its row of the table (`schema/tables/` in `document`) into the struct here.

use qingdan_base::{codes, date, diagnostic, lang, personal, span, text};
use qingdan_document::{schema, source, syntax};

mod adopt;
mod amount;
pub mod codes;
mod details;
mod edition;
mod edition_ref;
mod filled;
mod frozen;
mod frozen_lines;
mod group;
mod guide;
mod in_force;
mod keys;
mod kind;
mod lineage;
mod lock_entry;
mod names;
mod naming;
mod official;
mod own_words;
mod persons;
mod place;
mod place_lookup;
mod place_part;
mod place_texts;
mod read;
mod repeated;
mod resolve;
mod role;
mod sealed;
mod site;
mod snapshot;
mod standing;
mod statement;
pub mod statistic;
mod texts;
mod translations;
mod understood;
mod unreviewed;
mod vocabulary;
mod wording;

pub use amount::Amount;
pub use edition::{
    Access, AdoptingService, Adoption, Apply, Audience, Body, Checked, Compiled, Consultation, Correction,
    Dates, Decision, Document, Edition, EditionFile, EditionStatus, Kind, Lead, List, OF_ONE_EDITION,
    OF_ONE_SERVICE, Provision, Query, QueryState, Review, ReviewedTexts, Service, ServiceItem, Strength,
};
pub use edition_ref::EditionRef;
pub use frozen::{EDITIONS_FILE, EditionsLock};
pub use guide::Guide;
pub use in_force::{DefinedGroup, GradedGroups, InForce};
pub use keys::in_language;
pub use lineage::Lineage;
pub use lock_entry::{Frozen, Stated};
pub use naming::Naming;
pub use official::OfficialText;
pub use own_words::LocalTerm;
pub use persons::guard;
pub use place::{Contact, Orders, Place, PlaceKind, PlacePath, Rule, Tier};
pub use place_part::Form;
pub use read::{read, read_with, trees};
pub use repeated::Repeated;
pub use resolve::Counterpart;
pub use role::{FileKind, file_kind};
pub use sealed::{Seal, seal_of};
pub use site::{CodeSystem, Publisher, Site, TierName, is_web_address};
pub use snapshot::{IssuedDepartment, IssuedNames, NamedDepartment, NamedWord, Snapshot, WrittenName};
pub use standing::Standing;
pub use statement::{OpenPart, Statement, StatementLine};
pub use statistic::{Approval, Consent, Statistic, StatisticsKind, StatisticsTable};
pub use texts::Visit;
pub use translations::{Record, TRANSLATIONS_FILE, Translations, fingerprint};
pub use unreviewed::{Guesses, unreviewed};
pub use vocabulary::{
    AgeBand, Area, Certainty, ColumnMeaning, Condition, Danger, Dangers, Department, Group, Hotline,
    NamedBody, Phrase, SourcedLine, TableColumn, Term, Vocabulary, Who, WhoKind, Words,
};
pub use wording::{HEDGES, OwnWording};

pub use crate::schema::tables::{
    Across, Answer, BoxPlace, Colour, DangerFile, DangerSource, Definition, Duty, DutyTime, FormCell,
    FormSection, Grade, GradeVisit, Grading, HowOften, Outside, OwnAnswer, OwnAudience, OwnQuestion, OwnTerm,
    Purpose, Question, Registered, ReportingRule, TimeOfLife, Together, Touch,
};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use qingdan_reading::library::Library;

/// Everything the content says.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// `site.yaml`.
    pub site: Site,
    /// `vocabulary/`.
    pub vocabulary: Vocabulary,
    /// Every place, by path; a place sorts before those below it.
    pub places: BTreeMap<PlacePath, Place>,
    /// The groups that the rules of some place define.
    pub defined: BTreeSet<String>,
    /// Guides that belong to no place.
    pub guides: Vec<Guide>,
    /// What is recorded about translations.
    pub translations: Translations,
    /// What issued editions said.
    pub frozen: EditionsLock,
    /// The words by which official texts are read, where no rulebook has its own, with what was read by them; it grows as
    /// texts are read.
    pub library: Arc<Library>,
    /// Services, editions and words left out because their id was used before.
    pub repeated: Vec<Repeated>,
}
