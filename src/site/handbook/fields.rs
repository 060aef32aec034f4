//! What each file may hold, from the tables of fields.

use serde::Serialize;

use super::examples;
use crate::diagnostic::{Message, UiLang};
use crate::schema::tables::DOCUMENTS;
use crate::schema::{Field, Shape, Table, VocabularyKind};
use crate::text;

/// A kind of file.
#[derive(Serialize)]
pub(super) struct DocumentFields {
    pub(super) path: String,
    title: String,
    pub(super) tables: Vec<TableFields>,
}

/// A kind of map in it.
#[derive(Serialize)]
pub(super) struct TableFields {
    id: String,
    pub(super) title: String,
    pub(super) fields: Vec<FieldRow>,
}

/// A field.
#[derive(Serialize)]
pub(super) struct FieldRow {
    pub(super) id: String,
    /// The key a reader of this language writes, and the other one.
    pub(super) key: &'static str,
    pub(super) other: &'static str,
    /// Other Chinese keys that are read.
    #[serde(skip)]
    pub(super) also: &'static [&'static str],
    required: bool,
    pub(super) says: &'static str,
    form: String,
    pub(super) choices: Vec<FieldChoice>,
    /// The names of the parts of this page that say what is inside.
    inside: Vec<InnerTable>,
    example: Option<String>,
}

#[derive(Serialize)]
pub(super) struct FieldChoice {
    pub(super) value: &'static str,
    pub(super) other: &'static str,
}

#[derive(Serialize)]
struct InnerTable {
    id: String,
    title: String,
}

/// Returns the name of the page of a document: `place`, `list`, `departments`.
pub(super) fn name(at: usize) -> String {
    let path = DOCUMENTS[at].0;
    let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".yaml");
    match name.trim_matches(['<', '>']) {
        "edition" => "list".to_owned(),
        "name" => "form".to_owned(),
        name => name.to_owned(),
    }
}

/// Returns what a document is called.
pub(super) fn title(at: usize, lang: UiLang) -> String {
    let Shape::Map(table) = DOCUMENTS[at].1 else { return DOCUMENTS[at].0.to_owned() };
    match lang {
        UiLang::Zh => table.zh.to_owned(),
        UiLang::En => name(at),
    }
}

/// Returns the reference of a document.
pub(super) fn document(at: usize, lang: UiLang) -> DocumentFields {
    let (path, shape) = DOCUMENTS[at];
    let mut tables: Vec<&'static Table> = Vec::new();
    shape.collect_tables(&mut tables);
    let examples = examples::examples(at, lang);
    let part = |table: &&'static Table| TableFields {
        id: id(&tables, table),
        title: named(table, lang),
        fields: table.fields.iter().map(|field| row(field, table, &tables, &examples, lang)).collect(),
    };
    let path = match lang {
        UiLang::Zh => {
            path.replace("<list>", "<清单>").replace("<edition>", "<版次>").replace("<name>", "<表格>")
        }
        UiLang::En => path.to_owned(),
    };
    DocumentFields { path, title: title(at, lang), tables: tables.iter().map(part).collect() }
}

fn id(tables: &[&'static Table], table: &'static Table) -> String {
    let at = tables.iter().position(|known| std::ptr::eq(*known, table)).unwrap_or_default();
    format!("t{at}")
}

fn named(table: &'static Table, lang: UiLang) -> String {
    match lang {
        UiLang::Zh => table.zh.to_owned(),
        UiLang::En => table.en.to_owned(),
    }
}

fn row(
    field: &'static Field,
    table: &'static Table,
    tables: &[&'static Table],
    examples: &examples::Examples,
    lang: UiLang,
) -> FieldRow {
    let pair = |zh, en| match lang {
        UiLang::Zh => (zh, en),
        UiLang::En => (en, zh),
    };
    let (key, other) = pair(field.zh, field.key);
    let choice = |choice: &'static crate::schema::Choice| {
        let (value, other) = pair(choice.zh, choice.value);
        FieldChoice { value, other }
    };
    let inner = |table: &'static Table| InnerTable { id: id(tables, table), title: named(table, lang) };
    FieldRow {
        id: format!("{}-{}", id(tables, table), field.key),
        key,
        other,
        also: field.also,
        required: field.required,
        says: pair(field.doc_zh, field.doc_en).0,
        form: form(&field.shape).get(lang).to_owned(),
        choices: choices(&field.shape).iter().map(choice).collect(),
        inside: field.shape.tables().into_iter().map(inner).collect(),
        example: examples.get(table, field),
    }
}

fn choices(shape: &Shape) -> &'static [crate::schema::Choice] {
    match shape {
        Shape::Choice(choices) => choices,
        Shape::List(item) | Shape::Several(item) | Shape::Named { value: item, .. } => choices(item),
        Shape::Text
        | Shape::TextOr(_)
        | Shape::Ref(_)
        | Shape::PlaceCode
        | Shape::Localized
        | Shape::Id
        | Shape::Word(_)
        | Shape::Language
        | Shape::Date
        | Shape::MonthDay
        | Shape::Integer
        | Shape::Truth
        | Shape::Age
        | Shape::Map(_)
        | Shape::MapBy { .. } => &[],
    }
}

/// Returns what to write, in words.
fn form(shape: &Shape) -> Message {
    match shape {
        Shape::Text | Shape::Ref(_) | Shape::PlaceCode => text!("文字", "text"),
        Shape::TextOr(_) => text!("文字，可以按单复数分开写", "text, or one for each plural form"),
        Shape::Localized => text!("文字，可以分语言写", "text, in one or more languages"),
        Shape::Id => text!("编号：小写字母、数字和连字符", "an id: small letters, digits, hyphens"),
        Shape::Word(register) => {
            let file = match register {
                VocabularyKind::Areas => "areas.yaml",
                VocabularyKind::Departments => "departments.yaml",
                VocabularyKind::Audiences => "audiences.yaml",
                VocabularyKind::Conditions => "conditions.yaml",
                VocabularyKind::AudiencesAndConditions => "audiences.yaml, conditions.yaml",
                VocabularyKind::Groups => "groups.yaml",
            };
            text!("词表（{file}）里的编号或者名称", "an id or a Chinese name of the vocabulary ({file})")
        }
        Shape::Language => text!("语言代码", "the code of a language"),
        Shape::Date => text!("日期，年-月-日", "a date, year-month-day"),
        Shape::MonthDay => text!("每年的某一天，月-日", "a day of every year, month-day"),
        Shape::Integer => text!("数字", "a whole number"),
        Shape::Truth => text!("true（是）或 false（否）", "true or false"),
        Shape::Age => text!("年龄，例如 3-6、0-36 months（按月）", "ages, such as 3-6 or 0-36 months"),
        Shape::Choice(_) => text!("选一个", "one of these"),
        Shape::List(item) => {
            let Message { zh, en } = form(item);
            Message {
                zh: format!("可以有几项，一行一项，行首写“- ”；每项是{zh}"),
                en: format!("a list, one item a line after `- `; each item: {en}"),
            }
        }
        Shape::Several(item) => {
            let Message { zh, en } = form(item);
            Message { zh: format!("{zh}；有几个的写成列表"), en: format!("{en}; several as a list") }
        }
        Shape::Map(_) | Shape::MapBy { .. } => text!("下面再分字段", "fields of its own"),
        Shape::Named { value: item, .. } => {
            let Message { zh, en } = form(item);
            Message {
                zh: format!("自己起名，一行一个“名称: 内容”；内容是{zh}"),
                en: format!("names of your own, one `name: value` a line; each value: {en}"),
            }
        }
    }
}
