//! The tables of fields, one file a document.

mod edition;
mod place;
mod site;
mod vocabulary;

pub use edition::EDITION;
pub use place::{CONTACTS, PLACE};
pub use site::SITE;
pub use vocabulary::{
    AGES, AREAS, AUDIENCES, CONDITIONS, DEPARTMENTS, HOTLINES, SITUATIONS, SYNONYMS, TERMS,
};

use super::{Choice, Field, Shape};

/// An optional field.
const fn may(
    key: &'static str,
    zh: &'static str,
    shape: Shape,
    doc_zh: &'static str,
    doc_en: &'static str,
) -> Field {
    Field { key, zh, shape, required: false, doc_zh, doc_en }
}

/// A required field.
const fn must(
    key: &'static str,
    zh: &'static str,
    shape: Shape,
    doc_zh: &'static str,
    doc_en: &'static str,
) -> Field {
    Field { key, zh, shape, required: true, doc_zh, doc_en }
}

const fn choice(value: &'static str, zh: &'static str) -> Choice {
    Choice { value, zh }
}

/// Every document with the name of its table, for the reference and for tests.
pub const DOCUMENTS: &[(&str, &Shape)] = &[
    ("site.yaml", &SITE),
    ("vocabulary/areas.yaml", &AREAS),
    ("vocabulary/departments.yaml", &DEPARTMENTS),
    ("vocabulary/audiences.yaml", &AUDIENCES),
    ("vocabulary/conditions.yaml", &CONDITIONS),
    ("vocabulary/ages.yaml", &AGES),
    ("vocabulary/situations.yaml", &SITUATIONS),
    ("vocabulary/terms.yaml", &TERMS),
    ("vocabulary/hotlines.yaml", &HOTLINES),
    ("vocabulary/synonyms.yaml", &SYNONYMS),
    ("place.yaml", &PLACE),
    ("contacts.yaml", &CONTACTS),
    ("<list>/<edition>.yaml", &EDITION),
];
