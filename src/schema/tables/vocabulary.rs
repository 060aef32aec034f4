//! `vocabulary/*.yaml`.

use super::{Choice, choice, may, must};
use crate::schema::{Shape, Table};

/// How sure the name of a counterpart is.
pub(super) const CERTAINTIES: &[Choice] =
    &[choice("printed", "文件载明"), choice("inferred", "据名称推断"), choice("to-be-confirmed", "待确认")];

const KINDS: &[Choice] = &[
    choice("population", "人群"),
    choice("category", "类别"),
    choice("stage", "学段"),
    choice("qualifier", "限定"),
];

/// Declares a vocabulary file: one key that holds a list of maps.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $NAME:ident, $key:literal, $zh:literal, $en:literal, [$($field:expr),+ $(,)?]) => {
        $(#[$doc])*
        pub static $NAME: Shape = Shape::Map(&Table {
            zh: $zh,
            en: concat!("vocabulary/", $key, ".yaml"),
            fields: &[must($key, $zh, Shape::List(&Shape::Map(&Table { zh: $zh, en: $en, fields: &[$($field),+] })), $zh, $en)],
        });
    };
}

vocabulary!(
    /// The areas of life services are grouped by, in order.
    AREAS, "areas", "领域", "an area",
    [
        must("id", "编号", Shape::Id, "稳定的英文编号", "a stable English id"),
        must("name", "名称", Shape::Localized, "名称", "the name"),
    ]
);

vocabulary!(
    /// The functions of government and who carries them out at each tier.
    DEPARTMENTS, "departments", "部门", "a department",
    [
        must("id", "编号", Shape::Id, "职能的英文编号", "the id of the function"),
        must("name", "名称", Shape::Localized, "职能名称", "the name of the function"),
        must("counterparts", "对口部门", Shape::Map(&TIERS), "各级的对口部门", "the counterpart at each tier"),
        may("note", "说明", Shape::Localized, "说明", "a note"),
    ]
);

static TIERS: Table = Table {
    zh: "对口部门",
    en: "the counterparts",
    fields: &[
        may("nation", "国家", Shape::Map(&BODY), "国家的部门", "the body of the nation"),
        may("province", "省级", Shape::Map(&BODY), "省级的部门", "the body of the province"),
        may("prefecture", "地市级", Shape::Map(&BODY), "设区市的部门", "the body of the prefecture"),
        may("county", "县级", Shape::Map(&BODY), "县（市、区）的部门", "the body of the county"),
    ],
};

/// Lists of words by language: `zh: [打针], en: [jab]`.
pub(super) const WORDS: Shape = Shape::Named(&Shape::List(&Shape::Text));

/// Who carries out a function at one tier or place.
pub(super) static COUNTERPART: Shape = Shape::Map(&BODY);

static BODY: Table = Table {
    zh: "对口部门",
    en: "a counterpart",
    fields: &[
        may("name", "名称", Shape::Localized, "名称，如文件所印", "the name as printed"),
        may("full_name", "全称", Shape::Localized, "全称", "the full name"),
        must(
            "status",
            "依据",
            Shape::Choice(CERTAINTIES),
            "printed、inferred 或 to-be-confirmed",
            "printed, inferred or to-be-confirmed",
        ),
        may("source", "出处", Shape::Localized, "出处", "where it is printed"),
        may("note", "说明", Shape::Localized, "说明", "a note"),
    ],
};

vocabulary!(
    /// Who services are for: populations, categories of children, school stages.
    AUDIENCES, "audiences", "服务对象", "an audience",
    [
        must("id", "编号", Shape::Id, "英文编号", "the id"),
        must("name", "名称", Shape::Localized, "名称", "the name"),
        must("kind", "类型", Shape::Choice(KINDS), "population、category、stage，或须同时满足的 qualifier", "population, category, stage, or qualifier: one that must hold together with the others"),
        may("within", "属于", Shape::List(&Shape::Id), "包含它的服务对象", "the audiences that contain it"),
        may("age", "年龄", Shape::Age, "定义里的年龄", "the age its definition sets"),
        may("usual_age", "通常年龄", Shape::Age, "通常年龄，仅供查找，不是条件", "the usual age, for finding only, not a condition"),
        may("definition", "定义", Shape::Localized, "定义", "the definition"),
        may("note", "说明", Shape::Localized, "说明", "a note"),
    ]
);

vocabulary!(
    /// Kinds of condition a provision can set.
    CONDITIONS, "conditions", "条件", "a condition",
    [
        must("id", "编号", Shape::Id, "英文编号", "the id"),
        must("name", "名称", Shape::Localized, "名称", "the name"),
        may("definition", "含义", Shape::Localized, "含义", "what it means"),
        may("unstated", "未写明", Shape::Truth, "清单没有写明是什么条件", "whether lists leave open what it asks for"),
    ]
);

vocabulary!(
    /// The bands of age families choose from, in order.
    AGES, "ages", "年龄段", "a band of age",
    [
        must("id", "编号", Shape::Text, "用于网址的编号，例如 3-6", "the id used in addresses, such as 3-6"),
        must("name", "名称", Shape::Localized, "名称", "the name"),
        must("age", "年龄", Shape::Age, "年龄范围", "the range of age"),
    ]
);

vocabulary!(
    /// The glossary.
    TERMS, "terms", "词语", "a term",
    [
        must("id", "编号", Shape::Id, "英文编号", "the id"),
        must("term", "词语", Shape::Localized, "词语", "the term"),
        must("definition", "解释", Shape::Localized, "解释", "the definition"),
        may("source", "出处", Shape::Localized, "出处", "where it comes from"),
        may("note", "说明", Shape::Localized, "说明", "a note"),
    ]
);

vocabulary!(
    /// Telephone lines of national standing.
    HOTLINES, "hotlines", "热线", "a hotline",
    [
        must("number", "号码", Shape::Text, "号码", "the number"),
        must("name", "名称", Shape::Localized, "名称", "the name"),
        must("purpose", "用途", Shape::Localized, "用途", "what it is for"),
    ]
);

/// Everyday words that mean the same, and words that say nothing about what is looked for.
pub static SYNONYMS: Shape = Shape::Map(&Table {
    zh: "近义词",
    en: "vocabulary/synonyms.yaml",
    fields: &[
        must(
            "synonyms",
            "近义词",
            Shape::List(&WORDS),
            "意思一样的词，每组按语言写，例如 zh: [房租, 租金]",
            "groups of words that mean the same, by language, such as en: [rent, rental]",
        ),
        may(
            "ignored",
            "不计的词",
            WORDS,
            "搜索时不计的词，例如 zh: [怎么办, 在哪里]",
            "words that do not count in a question, such as en: [where, can]",
        ),
    ],
});
