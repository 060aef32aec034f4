//! Which fields of an edition's file are sealed when it is issued, which may be corrected later, and which come later by
//! themselves: the same as [`super::Statement`], by the keys of the tables, so that a form can tell before anything is written.

/// What becomes of a field once the edition is issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// It stays as it was issued.
    Sealed,
    /// It may be corrected, with a date.
    Open,
    /// It comes later and is dated by itself, or pairs editions only.
    Free,
}

/// A field, or what is inside of it.
#[derive(Clone, Copy)]
enum Part {
    /// A value of its own, or with all that is inside.
    All(Seal),
    /// A text of which the reference language is sealed, and translations are open.
    Text,
    /// Fields of its own.
    Fields(&'static [(&'static str, Part)]),
    /// A list of parts with these fields.
    Items(&'static [(&'static str, Part)]),
}

use Part::{All, Fields, Items, Text};

const SEALED: Part = All(Seal::Sealed);
const OPEN: Part = All(Seal::Open);
const FREE: Part = All(Seal::Free);

const EDITION: &[(&str, Part)] = &[
    ("title", Text),
    ("group", OPEN),
    ("ordinal", SEALED),
    ("status", SEALED),
    ("frozen", SEALED),
    ("document", Fields(&[("number", SEALED), ("title", Text), ("url", OPEN), ("note", OPEN)])),
    (
        "dates",
        Fields(&[
            ("signed", SEALED),
            ("printed", SEALED),
            ("issued", SEALED),
            ("effective", SEALED),
            ("posted", FREE),
            ("filed", FREE),
        ]),
    ),
    ("compiled", Fields(&[("from", Text), ("by", Text), ("on", SEALED), ("note", OPEN)])),
    ("measured_against", SEALED),
    ("inherits", SEALED),
    ("consultation", OPEN),
    ("reviews", FREE),
    ("queries", FREE),
    // Written with each correction, never by itself.
    ("corrections", SEALED),
    ("notice", Text),
    ("note", OPEN),
    ("services", Items(SERVICE)),
];

const SERVICE: &[(&str, Part)] = &[
    ("id", SEALED),
    ("adopts", SEALED),
    ("number", SEALED),
    ("area", SEALED),
    ("title", Text),
    ("familiar", OPEN),
    (
        "audience",
        Fields(&[
            ("text", Text),
            ("population", SEALED),
            ("categories", SEALED),
            ("conditions", SEALED),
            ("age", SEALED),
        ]),
    ),
    ("content", Text),
    ("paragraph", Text),
    ("standard", Text),
    ("expenditure", Text),
    ("departments", SEALED),
    ("front_desk", OPEN),
    ("departments_note", Text),
    ("purpose", SEALED),
    ("provisions", Items(PROVISION)),
    ("keywords", OPEN),
    ("papers", OPEN),
    ("apply", OPEN),
    ("was", FREE),
    ("note", OPEN),
    ("checked", FREE),
];

const PROVISION: &[(&str, Part)] = &[
    ("id", SEALED),
    ("was", FREE),
    ("quote", SEALED),
    ("focus", SEALED),
    ("paragraph", Text),
    ("plain", OPEN),
    ("kind", SEALED),
    ("strength", SEALED),
    ("conditions", SEALED),
    ("condition_text", Text),
    ("population", SEALED),
    ("categories", SEALED),
    ("age", SEALED),
    ("access", SEALED),
    ("departments", SEALED),
    ("front_desk", OPEN),
    ("lead", Fields(&[("department", SEALED), ("basis", OPEN)])),
    ("bearer", SEALED),
    ("covers", SEALED),
    ("measures", SEALED),
    ("named", SEALED),
    ("open_list", SEALED),
    ("either_of", SEALED),
    ("vague", SEALED),
    ("note", OPEN),
    ("keywords", OPEN),
];

/// Returns what becomes of the value at a path in the file of an edition, by the keys of the tables; items of lists stand by
/// any name. `reference` is the code of the language that is not translated. `None` for what has both inside.
#[must_use]
pub fn seal_of(path: &[impl AsRef<str>], reference: &str) -> Option<Seal> {
    let mut part = Fields(EDITION);
    let mut steps = path.iter().map(AsRef::as_ref);
    loop {
        part = match part {
            All(seal) => return Some(seal),
            Text => {
                let lang = steps.next();
                return Some(match lang {
                    Some(lang) if lang != reference => Seal::Open,
                    _ => Seal::Sealed,
                });
            }
            Fields(fields) => {
                let step = steps.next()?;
                // What nobody sorted is sealed.
                fields.iter().find(|(key, _)| *key == step).map_or(SEALED, |(_, part)| *part)
            }
            Items(fields) => {
                steps.next()?;
                Fields(fields)
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Declared, Shape, Table};
    use qingdan_document::schema::tables::EditionFile;

    /// Notes the fields of `table` that are in no part here.
    fn unsorted(table: &'static Table, fields: &[(&str, Part)], at: &str, lacking: &mut Vec<String>) {
        for field in table.fields {
            let name = format!("{at}/{}", field.key);
            let Some((_, part)) = fields.iter().find(|(key, _)| *key == field.key) else {
                lacking.push(name);
                continue;
            };
            match part {
                Fields(inner) | Items(inner) => {
                    field.shape.tables().iter().for_each(|table| unsorted(table, inner, &name, lacking));
                }
                Text => assert!(matches!(field.shape, Shape::Localized), "{name} is no text"),
                All(_) => {}
            }
        }
    }

    #[test]
    fn every_field_of_an_edition_is_sorted() {
        let mut lacking = Vec::new();
        unsorted(EditionFile::TABLE, EDITION, "", &mut lacking);
        assert!(lacking.is_empty(), "sealed, open or free? {lacking:?}");
    }

    #[test]
    fn translations_are_open_where_the_text_is_sealed() {
        let seal = |path: &str| seal_of(&path.split('/').collect::<Vec<_>>(), "zh");
        assert_eq!(seal("title/zh"), Some(Seal::Sealed));
        assert_eq!(seal("title/en"), Some(Seal::Open));
        assert_eq!(seal("services/a/apply/bring/0/zh"), Some(Seal::Open));
        assert_eq!(seal("services/a/provisions/b/measures/amount"), Some(Seal::Sealed));
        assert_eq!(seal("services/a/provisions/b/plain/zh"), Some(Seal::Open));
        assert_eq!(seal("dates/filed"), Some(Seal::Free));
        assert_eq!(seal("services/a"), None);
        assert_eq!(seal("unheard-of"), Some(Seal::Sealed));
    }
}
