//! Row 5. What each kind of file may hold: one table of fields a document.
//!
//! The tables feed validation, Chinese key aliases and "did you mean" here, and are made to feed the
//! editor schema and the field reference. To add a field, add its row in `tables/`, the field in
//! [`crate::catalogue`] and use it in a template.

mod fit;
mod parse;
pub mod tables;

pub use fit::{Fitter, nearest};
pub use parse::{Age, AgeUnit, is_address_part};

/// What a value must be.
#[derive(Debug)]
pub enum Shape {
    /// Text in one language, or a number kept as written.
    Text,
    /// Text in the languages of the site: a map by language code, or plain text for the reference.
    Localized,
    /// A stable name: small Latin letters, digits, hyphens.
    Id,
    /// The code of a language of the site, `zh`.
    Language,
    /// A day, `2025-01-09`.
    Date,
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
    Named(&'static Shape),
}

/// One allowed value of a [`Shape::Choice`].
#[derive(Debug)]
pub struct Choice {
    /// As files write it.
    pub value: &'static str,
    /// The Chinese alias, also for people.
    pub zh: &'static str,
}

/// One field of a document.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// The Chinese alias of the key.
    pub zh: &'static str,
    /// What its value must be.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it is for, in Chinese.
    pub doc_zh: &'static str,
    /// What it is for, in English.
    pub doc_en: &'static str,
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
    /// Returns the field with this key or Chinese alias.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key || field.zh == key)
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
