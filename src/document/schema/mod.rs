//! What each kind of file may hold: one declaration a document.
//!
//! A declaration ([`declare`]) gives the table of fields, the type of the program and its decoder. The tables feed
//! validation, Chinese keys and "did you mean" here, and later the JSON Schema for editors, the workbook and the
//! handbook. To add a field, add its line in `tables/` and use it; to add a word to choose from, add its line in
//! [`choices`].

pub mod choices;
mod coerce;
mod complaint;
pub mod declare;
pub mod field_type;
mod fields;
mod fit;
mod key_language;
mod name_keys;
mod near;
mod parse;
pub mod tables;

pub use choices::{Choice, Choices};
pub use declare::Declared;
pub use fields::{FieldPlaces, Fields};
pub use fit::Fitter;
pub use key_language::{KeyLanguage, fold, language_code, language_name};
pub use name_keys::{has_keys, name_keys};
pub use near::nearest;
pub use parse::{Age, AgeBound, AgeUnit, is_address_part, is_id};

use crate::syntax::Node;

use crate::syntax::Form;

/// What a value must be.
#[derive(Debug)]
pub enum Shape {
    /// Text in one language, or a number kept as written.
    Text,
    /// Text, or a map with the fields of this table: the same text by number.
    TextOr(&'static Table),
    /// Text in the languages of the site: a map by language code, or plain text for the reference.
    Localized,
    /// A stable name: small Latin letters, digits, hyphens.
    Id,
    /// What another file, or another part of this one, is named by.
    Ref(RefTo),
    /// The code of a place: GB/T 2260, six digits, or another system's.
    PlaceCode,
    /// A word of the vocabulary: its id, or a name it has in the place of the file.
    Word(VocabularyKind),
    /// The code of a language of the site, `zh`.
    Language,
    /// A day, `2025-01-09`.
    Date,
    /// A day of every year, `11-10`.
    MonthDay,
    /// A whole number from 0.
    Integer,
    /// `true` or `false`.
    Truth,
    /// An age range: `3-6`, `0-36 months`.
    Age,
    /// One of these.
    Choice(&'static [Choice]),
    /// A list of these.
    List(&'static Shape),
    /// One of these, or a list of them.
    Several(&'static Shape),
    /// A map with the fields of this table.
    Map(&'static Table),
    /// A map with the fields of `then` if it has `key`, of `otherwise` if not.
    MapBy {
        /// The key that decides.
        key: &'static str,
        /// Its table where the key is there.
        then: &'static Table,
        /// Its table where it is not.
        otherwise: &'static Table,
    },
    /// A map with names of its own and one shape of value.
    Named {
        /// What the names are.
        by: NamedBy,
        /// The shape of the values.
        value: &'static Shape,
    },
}

impl Shape {
    /// Returns the tables that a value of this shape is held against.
    pub fn tables(&'static self) -> Vec<&'static Table> {
        match self {
            Self::Map(table) | Self::TextOr(table) => vec![table],
            Self::MapBy { then, otherwise, .. } => vec![otherwise, then],
            Self::List(item) | Self::Several(item) | Self::Named { value: item, .. } => item.tables(),
            Self::Text
            | Self::Localized
            | Self::Id
            | Self::Ref(_)
            | Self::PlaceCode
            | Self::Word(_)
            | Self::Language
            | Self::Date
            | Self::MonthDay
            | Self::Integer
            | Self::Truth
            | Self::Age
            | Self::Choice(_) => Vec::new(),
        }
    }

    /// Adds the tables in this shape and inside of those, each once, in the order they are met.
    pub fn collect_tables(&'static self, tables: &mut Vec<&'static Table>) {
        for table in self.tables() {
            if tables.iter().all(|known| !std::ptr::eq(*known, table)) {
                tables.push(table);
                table.fields.iter().for_each(|field| field.shape.collect_tables(tables));
            }
        }
    }

    /// Returns the fields that a map of this shape has, judged by the keys it has. `None` for other shapes.
    pub fn table(&self, node: &Node) -> Option<&'static Table> {
        match self {
            Self::Map(table) | Self::TextOr(table) => Some(table),
            Self::MapBy { key, then, otherwise } => {
                // One or two lines are an entry of the short form, misspelt as it may be.
                let is_short = node.entries().len() <= 2;
                let decides = |entry: &crate::syntax::Entry| {
                    let name = entry.key.value.as_str();
                    let is_key = then.field(name).is_some_and(|field| field.key == *key);
                    let is_near = || {
                        let names = then.field(key).into_iter().flat_map(Field::names);
                        otherwise.field(name).is_none() && nearest(name, names).is_some()
                    };
                    is_key || (is_short && is_near())
                };
                Some(if node.entries().iter().any(decides) { then } else { otherwise })
            }
            Self::Text
            | Self::Localized
            | Self::Id
            | Self::Ref(_)
            | Self::PlaceCode
            | Self::Word(_)
            | Self::Language
            | Self::Date
            | Self::MonthDay
            | Self::Integer
            | Self::Truth
            | Self::Age
            | Self::Choice(_)
            | Self::List(_)
            | Self::Several(_)
            | Self::Named { .. } => None,
        }
    }
}

/// What a [`Shape::Ref`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefTo {
    /// An edition: `fujian/migrant-children/2025`.
    Edition,
    /// A service of the baseline, by its id or title.
    Service,
    /// A provision of the baseline: `preschool-education/nearby-kindergarten`.
    Provision,
    /// A provision of the edition before: its id, or `service/provision` if it was in another service.
    FormerProvision,
}

/// The vocabularies that files name words of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VocabularyKind {
    /// `vocabulary/areas.yaml`.
    Areas,
    /// `vocabulary/departments.yaml`, and the names of the place.
    Departments,
    /// `vocabulary/audiences.yaml`.
    Audiences,
    /// `vocabulary/conditions.yaml`.
    Conditions,
    /// Audiences and conditions alike.
    AudiencesAndConditions,
    /// `vocabulary/groups.yaml`.
    Groups,
}

/// What the names in a [`Shape::Named`] map are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedBy {
    /// Names of its own.
    Itself,
    /// Names of its own, of which these are usual and have a Chinese form.
    Usual(&'static [Choice]),
    /// Languages: `zh`, `中文`.
    Language,
    /// Words of a vocabulary.
    Word(VocabularyKind),
}

impl Shape {
    /// Returns what the reading of broken files must know of it.
    pub fn form(&self) -> Form {
        match self {
            Self::Text
            | Self::TextOr(_)
            | Self::Ref(_)
            | Self::PlaceCode
            | Self::Language
            | Self::Date
            | Self::MonthDay
            | Self::Integer
            | Self::Truth
            | Self::Age
            | Self::Choice(_) => Form::Text,
            Self::Id | Self::Word(_) => Form::Word,
            Self::Localized => Form::Texts,
            Self::List(item) => Form::List(Box::new(item.form())),
            Self::Several(item) => item.form(),
            Self::Named { value, .. } => Form::Named(Box::new(value.form())),
            Self::Map(table) => Form::Map(table.forms().collect()),
            Self::MapBy { key, then, otherwise } => {
                let keys = then.field(key).map_or(vec![*key], |field| field.names().collect());
                let map = |table: &Table| Box::new(Form::Map(table.forms().collect()));
                Form::Either(keys, map(then), map(otherwise))
            }
        }
    }
}

/// One field of a document.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// The Chinese alias of the key.
    pub zh: &'static str,
    /// Other Chinese aliases that are read, but never written.
    pub also: &'static [&'static str],
    /// What its value must be.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it is for, in Chinese.
    pub doc_zh: &'static str,
    /// What it is for, in English.
    pub doc_en: &'static str,
}

impl Field {
    /// Returns every name of the key: the English one, the Chinese alias, the others.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.key, self.zh].into_iter().chain(self.also.iter().copied())
    }
}

/// The fields of one kind of map.
#[derive(Debug)]
pub struct Table {
    /// What the map is, in Chinese.
    pub zh: &'static str,
    /// What the map is, in English.
    pub en: &'static str,
    /// Its fields, in the order they are best written.
    pub fields: &'static [Field],
}

impl Table {
    /// Returns the form of each field, under its key and under each Chinese alias.
    fn forms(&self) -> impl Iterator<Item = (&'static str, Form)> {
        self.fields.iter().flat_map(|field| field.names().map(|name| (name, field.shape.form())))
    }

    /// Returns the field with this key or one of the Chinese aliases.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.names().any(|name| name == key))
    }
}

/// The kinds of finding this stage reports.
pub mod codes {
    crate::codes! {
        /// A key the table does not have.
        UNKNOWN_KEY = "QD2001", "unknown-key", Error, fixed, "0.1.0",
            "没有这个字段", "A field that does not exist";
        /// A required field that is not there.
        MISSING_KEY = "QD2002", "missing-key", Error, fixed, "0.1.0",
            "缺少必填字段", "A required field is missing";
        /// A value of another kind than the field takes.
        WRONG_TYPE = "QD2003", "wrong-type", Error, fixed, "0.1.0",
            "字段内容的类型不对", "A value of the wrong kind";
        /// A required field with nothing in it.
        EMPTY_VALUE = "QD2004", "empty-value", Error, fixed, "0.1.0",
            "必填字段是空的", "A required field is empty";
        /// A word that is not among the allowed ones.
        UNKNOWN_CHOICE = "QD2005", "unknown-choice", Error, fixed, "0.1.0",
            "不在可选范围内", "A value that is not among the allowed ones";
        /// An id with other characters than allowed.
        INVALID_ID = "QD2006", "invalid-id", Error, fixed, "0.1.0",
            "编号只能用小写字母、数字和连字符", "Ids take small letters, digits and hyphens only";
        /// A date that is none.
        IMPOSSIBLE_DATE = "QD2007", "impossible-date", Error, fixed, "0.1.0",
            "日期写法不对，或没有这一天", "A date that is not written right or does not exist";
        /// An age range that is none.
        INVALID_AGE = "QD2008", "invalid-age", Error, fixed, "0.1.0",
            "年龄范围写法不对", "An age range that cannot be read";
        /// A text that lacks the reference language.
        MISSING_REFERENCE_TEXT = "QD2009", "missing-reference-text", Error, fixed, "0.1.0",
            "缺少基准语言的文字", "A text lacks the reference language";
    }
}
