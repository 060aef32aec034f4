//! The tables of fields, one file a document.

mod edition;
mod place;
mod query;
mod review;
mod site;
mod vocabulary;
mod wording;

pub use edition::{EDITION, MEASURES};
pub use place::{CONTACTS, PLACE};
pub use site::SITE;
pub use vocabulary::{
    AGES, AREAS, AUDIENCES, CONDITIONS, DEPARTMENTS, HOTLINES, SITUATIONS, SYNONYMS, TERMS,
};
pub use wording::WORDING;

use super::{Choice, Field, Shape};

/// An optional field.
const fn may(
    key: &'static str,
    zh: &'static str,
    shape: Shape,
    doc_zh: &'static str,
    doc_en: &'static str,
) -> Field {
    Field { key, zh, also: &[], shape, required: false, doc_zh, doc_en }
}

/// A required field.
const fn must(
    key: &'static str,
    zh: &'static str,
    shape: Shape,
    doc_zh: &'static str,
    doc_en: &'static str,
) -> Field {
    Field { key, zh, also: &[], shape, required: true, doc_zh, doc_en }
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
    ("vocabulary/wording.yaml", &WORDING),
    ("place.yaml", &PLACE),
    ("contacts.yaml", &CONTACTS),
    ("<list>/<edition>.yaml", &EDITION),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::schema::Table;

    /// Hands every table inside of a shape to `each`.
    fn each_table(shape: &Shape, each: &mut impl FnMut(&Table)) {
        match shape {
            Shape::Map(table) => table_and_inner(table, each),
            Shape::MapBy { then, otherwise, .. } => {
                table_and_inner(then, each);
                table_and_inner(otherwise, each);
            }
            Shape::List(inner) | Shape::Several(inner) | Shape::Named { value: inner, .. } => {
                each_table(inner, each);
            }
            Shape::Text
            | Shape::Localized
            | Shape::Id
            | Shape::Word(_)
            | Shape::Language
            | Shape::Date
            | Shape::Integer
            | Shape::Truth
            | Shape::Age
            | Shape::Choice(_) => {}
        }
    }

    fn table_and_inner(table: &Table, each: &mut impl FnMut(&Table)) {
        each(table);
        table.fields.iter().for_each(|field| each_table(&field.shape, each));
    }

    #[test]
    fn every_key_has_a_chinese_name_of_its_own_in_its_table() {
        let is_chinese = |name: &str| name.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
        for (document, shape) in DOCUMENTS {
            each_table(shape, &mut |table| {
                let mut seen = BTreeSet::new();
                for field in table.fields {
                    assert!(field.names().skip(1).all(is_chinese), "{document}: {}", field.key);
                    for name in field.names() {
                        assert!(seen.insert(name), "{document}: {name} is there twice in {}", table.en);
                    }
                }
            });
        }
    }
}
