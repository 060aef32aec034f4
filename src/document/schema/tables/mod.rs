//! The declarations, one file a document; services and provisions have files of their own. A line is a field.

mod danger;
mod definition;
mod duty;
mod edition;
mod form;
mod group;
mod place;
mod provision;
mod query;
mod review;
mod service;
mod site;
mod situation;
mod statistics;
mod vocabulary;
mod wording;

pub use danger::*;
pub use definition::*;
pub use duty::*;
pub use edition::*;
pub use form::*;
pub use group::*;
pub use place::*;
pub use provision::*;
pub use query::*;
pub use review::*;
pub use service::*;
pub use site::*;
pub use situation::*;
pub use statistics::*;
pub use vocabulary::*;
pub use wording::*;

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
    Choice { value, zh, also: &[], says: (zh, value) }
}

/// Every document with the name of its table, for the reference and for tests.
pub const DOCUMENTS: &[(&str, &Shape)] = &[
    ("site.yaml", &SITE),
    ("vocabulary/groups.yaml", &GROUPS),
    ("vocabulary/areas.yaml", &AREAS),
    ("vocabulary/departments.yaml", &DEPARTMENTS),
    ("vocabulary/audiences.yaml", &AUDIENCES),
    ("vocabulary/conditions.yaml", &CONDITIONS),
    ("vocabulary/ages.yaml", &AGES),
    ("vocabulary/situations.yaml", &SITUATIONS),
    ("vocabulary/terms.yaml", &TERMS),
    ("vocabulary/hotlines.yaml", &HOTLINES),
    ("vocabulary/dangers.yaml", &DANGERS),
    ("vocabulary/synonyms.yaml", &SYNONYMS),
    ("vocabulary/wording.yaml", &WORDING),
    ("vocabulary/columns.yaml", &COLUMNS),
    ("place.yaml", &PLACE),
    ("contacts.yaml", &CONTACTS),
    ("duties.yaml", &DUTIES),
    ("danger.yaml", &DANGER),
    ("forms/<name>.yaml", &FORM),
    ("statistics.yaml", &STATISTICS),
    ("<list>/<edition>.yaml", &EDITION),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_key_has_a_chinese_name_of_its_own_in_its_table() {
        let is_chinese = |name: &str| name.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
        for (document, shape) in DOCUMENTS {
            let mut tables = Vec::new();
            shape.collect_tables(&mut tables);
            for table in tables {
                let mut seen = BTreeSet::new();
                for field in table.fields {
                    assert!(field.names().skip(1).all(is_chinese), "{document}: {}", field.key);
                    for name in field.names() {
                        assert!(seen.insert(name), "{document}: {name} is there twice in {}", table.en);
                    }
                }
            }
        }
    }
}
