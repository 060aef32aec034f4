//! A table of fields as JSON Schema.
//!
//! Every field is one definition, named by the keys that lead to it (`services.audience.age`); the keys of a map
//! point to them. The spelling that is not offered stands there as one not to suggest, in an `anyOf` of its own
//! because neighbours of a `$ref` are lost; rarer spellings stand in `patternProperties`.

use serde_json::{Map, Value, json};

use super::snippets;
use super::words::{CatalogueWords, OfferedWords, Word};
use crate::catalogue::CodeSystem;
use crate::check;
use crate::diagnostic::Message;
use crate::schema::{Choice, Field, NamedBy, RefTo, Shape, Table, VocabularyKind};
use crate::text;

type Object = Map<String, Value>;

/// Returns the schema of a document.
pub(super) fn document(name: &'static str, shape: &Shape, words: &CatalogueWords<'_>) -> Value {
    let mut writer = SchemaWriter { document: name, words, definitions: Object::new() };
    let body = writer.shape(shape, "");
    let mut schema = Object::new();
    schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".into(), json!(name));
    schema.extend(body);
    if let Some(snippets) = snippets::of_document(name, shape, words) {
        schema.insert("defaultSnippets".into(), snippets);
    }
    schema.insert("$defs".into(), Value::Object(writer.definitions));
    Value::Object(schema)
}

/// A text, which may be written like a number.
fn text() -> Object {
    Object::from_iter([
        ("type".to_owned(), json!(["string", "number"])),
        ("errorMessage".to_owned(), said(&text!("在冒号后面写文字", "write text after the colon"))),
    ])
}

fn whole_number() -> Object {
    Object::from_iter([
        ("type".to_owned(), json!(["integer", "string"])),
        ("minimum".to_owned(), json!(0)),
        ("pattern".to_owned(), json!("^\\d+$")),
        (
            "errorMessage".to_owned(),
            said(&text!("这里只写阿拉伯数字，例如 12", "write digits only, such as 12")),
        ),
    ])
}

fn truth() -> Object {
    Object::from_iter([
        ("type".to_owned(), json!("boolean")),
        ("errorMessage".to_owned(), said(&text!("写 true（是）或 false（否）", "write `true` or `false`"))),
    ])
}

/// The code of a place, with or without quotation marks: six digits of GB/T 2260, or what the site uses instead.
fn place_code(codes: CodeSystem) -> Object {
    if codes == CodeSystem::Any {
        return pattern(
            "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
            &text!(
                "代码只用字母、数字和连字符，例如 E10000014",
                "letters, digits and hyphens only, such as E10000014"
            ),
        );
    }
    Object::from_iter([
        ("type".to_owned(), json!(["string", "integer"])),
        ("pattern".to_owned(), json!("^\\d{6}$")),
        ("minimum".to_owned(), json!(100_000)),
        ("maximum".to_owned(), json!(999_999)),
        (
            "errorMessage".to_owned(),
            said(&text!(
                "行政区划代码是六位数字，例如 '350200'",
                "the code has six digits, such as '350200'"
            )),
        ),
    ])
}

struct SchemaWriter<'a> {
    document: &'static str,
    words: &'a CatalogueWords<'a>,
    definitions: Object,
}

impl SchemaWriter<'_> {
    /// Writes what a value must be. `path` leads to it.
    fn shape(&mut self, shape: &Shape, path: &str) -> Object {
        match shape {
            Shape::Text => text(),
            Shape::TextOr(table) => {
                let either = [Value::Object(text()), Value::Object(self.map(table, path))];
                Object::from_iter([("anyOf".to_owned(), json!(either))])
            }
            Shape::Ref(to) => self.reference(*to),
            Shape::PlaceCode => place_code(self.words.codes()),
            Shape::Localized => self.localized(),
            Shape::Id => pattern(
                ID,
                &text!(
                    "只用小写英文字母、数字和连字符，以字母开头，例如 health-check",
                    "small letters, digits and hyphens, a letter first, such as health-check"
                ),
            ),
            Shape::Language => pattern(
                "^[a-z]{2,3}(-[a-z0-9]{2,8})*$",
                &text!(
                    "语言代码是两三个小写字母，例如 zh、en、ko",
                    "two or three small letters, such as zh, en, ko"
                ),
            ),
            Shape::Date => pattern(
                "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$",
                &text!("日期写成 年-月-日，例如 2025-01-09", "write year-month-day, such as 2025-01-09"),
            ),
            Shape::MonthDay => pattern(
                "^(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$",
                &text!("每年的某一天写成 月-日，例如 11-10", "write month-day, such as 11-10"),
            ),
            Shape::Age => pattern(
                "^\\s*\\d{1,3}\\s*[-–—~～]\\s*\\d{1,3}\\s*(years|months|岁|个月)?\\s*$",
                &text!("年龄写成 3-6（岁）或 0-36 months（月）", "write 3-6 (years) or 0-36 months"),
            ),
            Shape::Integer => whole_number(),
            Shape::Truth => truth(),
            Shape::Choice(choices) => self.choice(choices),
            Shape::Word(register) => self.word(*register),
            Shape::List(item) => self.list(item, path),
            Shape::Several(item) => {
                let one_of = [self.shape(item, path), self.list(item, path)];
                Object::from_iter([("anyOf".to_owned(), json!(one_of))])
            }
            Shape::Map(table) => self.map(table, path),
            Shape::MapBy { key, then, otherwise } => self.map_by(key, then, otherwise, path),
            Shape::Named { by, value } => self.named(*by, value, path),
        }
    }

    fn choice(&self, choices: &[Choice]) -> Object {
        let offered = |choice: &Choice| {
            let Choice { value, zh, .. } = *choice;
            let names = self.words.keys.of_choice(choice);
            names.into_iter().map(move |name| Word::new(name, format!("{zh} · {value}")))
        };
        let offered = choices.iter().flat_map(offered).collect();
        let accepted = choices.iter().flat_map(|choice| [choice.value.into(), choice.zh.into()]).collect();
        one_of(&OfferedWords { offered, accepted }, "")
    }

    /// What names something of the catalogue.
    fn reference(&self, to: RefTo) -> Object {
        match to {
            RefTo::Service => named_in(
                &self.words.services(),
                "^\\S+$",
                &text!("写上级清单里的服务项目", "name a service of the baseline"),
            ),
            RefTo::Provision => named_in(
                &self.words.provisions(),
                "^[^/\\s]+/[^/\\s]+$",
                &text!(
                    "写成 服务项目/条款，例如 preschool-education/nearby-kindergarten",
                    "write service/provision, such as preschool-education/nearby-kindergarten"
                ),
            ),
            RefTo::FormerProvision => named_in(
                &[],
                "^[a-z0-9-]+(/[a-z0-9-]+)?$",
                &text!(
                    "写上一版里的条款编号；原来在别的服务项目里的，写成 服务项目/条款",
                    "write the id in the edition before; service/provision if it was in another service"
                ),
            ),
            RefTo::Edition => named_in(
                &self.words.editions(),
                "^[^/\\s]+(/[^/\\s]+){2,}$",
                &text!(
                    "写成 地区/清单/版次，例如 fujian/migrant-children/2025",
                    "write place/list/edition, such as fujian/migrant-children/2025"
                ),
            ),
        }
    }

    /// A text in the languages of the site: plain for the reference, or one line a language.
    fn localized(&self) -> Object {
        let languages = self.words.languages();
        let (mut properties, mut patterns) = (Object::new(), Object::new());
        for (offered, other) in &languages {
            properties.extend(offered.iter().map(|name| ((*name).to_owned(), plain())));
            patterns.extend(exactly(other).map(|pattern| (pattern, plain())));
        }
        patterns.insert("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$|^[\\u4E00-\\u9FFF]+[文语]$".into(), plain());
        let reference: Vec<&str> =
            languages.first().into_iter().flat_map(|(a, b)| a.iter().chain(b).copied()).collect();
        let map = json!({
            "type": "object",
            "properties": properties,
            "patternProperties": patterns,
            "additionalProperties": false,
            "allOf": [required(&reference, &text!("缺少基准语言的文字", "the text in the reference language is missing"))],
            "errorMessage": said(&text!("直接写文字，或分语言写，例如 {{zh: …, en: …}}", "write the text, or one a language: {{zh: …, en: …}}")),
        });
        let body = languages
            .iter()
            .zip(1..)
            .filter_map(|((names, _), at)| Some(format!("{}: ${at}", names.first()?)));
        let body = format!("{{{}}}", body.collect::<Vec<_>>().join(", "));
        let label =
            languages.iter().filter_map(|(names, _)| names.first().copied()).collect::<Vec<_>>().join(" + ");
        Object::from_iter([
            ("anyOf".to_owned(), json!([plain(), map])),
            ("defaultSnippets".to_owned(), json!([{"label": label, "body": body}])),
        ])
    }

    fn word(&self, register: VocabularyKind) -> Object {
        // A name may follow that of its place or tier: 厦门市教育局.
        let before = if register == VocabularyKind::Departments { "[\\u4E00-\\u9FFF]{0,12}" } else { "" };
        one_of(&self.words.of(register), before)
    }

    fn list(&mut self, item: &Shape, path: &str) -> Object {
        let mut items = self.shape(item, path);
        if let Some(snippets) = snippets::of_items(self.document, item, path, self.words) {
            items.insert("defaultSnippets".into(), snippets);
        }
        Object::from_iter([
            ("type".to_owned(), json!("array")),
            ("items".to_owned(), Value::Object(items)),
            (
                "errorMessage".to_owned(),
                said(&text!(
                    "这里是列表：一行一项，每行以“- ”开头",
                    "a list: one item a line, each starting with `- `"
                )),
            ),
        ])
    }

    fn map(&mut self, table: &Table, path: &str) -> Object {
        let mut map = Object::from_iter([("type".to_owned(), json!("object"))]);
        map.extend(self.fields(table, path));
        map
    }

    /// Writes the fields of a table, each as a definition of its own.
    fn fields(&mut self, table: &Table, path: &str) -> Object {
        let keys = self.words.keys;
        let (mut properties, mut patterns, mut needed) = (Object::new(), Object::new(), Vec::new());
        for field in table.fields {
            let inner = if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) };
            let reference = json!({"$ref": format!("#/$defs/{inner}")});
            let offered = keys.of_field(field);
            let silent = json!({"anyOf": [reference], "doNotSuggest": true});
            for name in [field.key, field.zh] {
                let schema = if offered.contains(&name) { &reference } else { &silent };
                properties.insert(name.to_owned(), schema.clone());
            }
            patterns.extend(exactly(field.also).map(|pattern| (pattern, reference.clone())));
            if field.required {
                let names: Vec<&str> = field.names().collect();
                needed.push(required(&names, &missing(table, field)));
            }
            let definition = self.field(field, &inner);
            self.definitions.insert(inner, Value::Object(definition));
        }
        let all = |name: fn(&Field) -> &'static str| table.fields.iter().map(name).collect::<Vec<_>>();
        let (zh, en) = (all(|field| field.zh).join("、"), all(|field| field.key).join(", "));
        let (table_zh, table_en) = (table.zh, table.en);
        let only = text!("{table_zh}只有这些字段：{zh}", "{table_en} has these fields only: {en}");
        let mut fields = Object::from_iter([
            ("properties".to_owned(), Value::Object(properties)),
            ("patternProperties".to_owned(), Value::Object(patterns)),
            ("additionalProperties".to_owned(), json!(false)),
            ("errorMessage".to_owned(), said(&only)),
        ]);
        if !needed.is_empty() {
            fields.insert("allOf".into(), Value::Array(needed));
        }
        fields
    }

    /// Writes one field with what it is for.
    fn field(&mut self, field: &Field, path: &str) -> Object {
        let Field { key, zh, doc_zh, doc_en, .. } = field;
        let must = if field.required { "\n\n**必填** · required" } else { "" };
        let mut definition = Object::from_iter([
            ("title".to_owned(), json!(format!("{zh} · {key}"))),
            ("description".to_owned(), json!(format!("{doc_zh}\n{doc_en}"))),
            ("markdownDescription".to_owned(), json!(format!("{doc_zh}\n\n{doc_en}{must}"))),
        ]);
        let shape = self.shape(&field.shape, path);
        match snippets::of_field(self.document, field, path, self.words) {
            // Beside `properties` the language server would not insert it.
            Some(snippets) => {
                definition.insert("type".into(), json!("object"));
                definition.insert("defaultSnippets".into(), snippets);
                definition.insert("allOf".into(), json!([shape]));
            }
            None => definition.extend(shape),
        }
        definition
    }

    fn map_by(&mut self, key: &str, then: &Table, otherwise: &Table, path: &str) -> Object {
        let Some(field) = then.field(key) else { return self.map(otherwise, path) };
        let names: Vec<&str> = field.names().collect();
        let then_fields = self.fields(then, &format!("{path}.{key}"));
        let other_fields = self.fields(otherwise, path);
        let reference = json!({"$ref": format!("#/$defs/{path}.{key}.{key}")});
        let offered: Object = self
            .words
            .keys
            .of_field(field)
            .into_iter()
            .map(|name| (name.to_owned(), reference.clone()))
            .collect();
        Object::from_iter([
            ("type".to_owned(), json!("object")),
            ("properties".to_owned(), Value::Object(offered)),
            ("if".to_owned(), any_of_these(&names)),
            ("then".to_owned(), Value::Object(then_fields)),
            ("else".to_owned(), Value::Object(other_fields)),
        ])
    }

    fn named(&mut self, by: NamedBy, value: &Shape, path: &str) -> Object {
        let value = Value::Object(self.shape(value, path));
        let mut map = Object::from_iter([("type".to_owned(), json!("object"))]);
        let names = match by {
            NamedBy::Itself if path == "checks" => adjustable(),
            NamedBy::Itself => {
                map.insert("additionalProperties".into(), value);
                return map;
            }
            NamedBy::Usual(names) => {
                let all = names.iter().flat_map(|usual| self.words.keys.of_choice(usual));
                let offered: std::collections::BTreeSet<&str> = all.collect();
                let offered = offered.into_iter().map(|name| Word::new(name, name)).collect();
                OfferedWords { offered, accepted: std::collections::BTreeSet::new() }
            }
            NamedBy::Language => {
                let names = self.words.languages().into_iter().flat_map(|(offered, _)| offered);
                let offered = names.map(|name| Word::new(name, name)).collect();
                OfferedWords { offered, accepted: std::collections::BTreeSet::new() }
            }
            NamedBy::Word(register) => self.words.of(register),
        };
        let described = |word: &Word| {
            let mut value = value.clone();
            value["title"] = json!(word.about);
            (word.value.clone(), value)
        };
        map.insert("properties".into(), Value::Object(names.offered.iter().map(described).collect()));
        map.insert("additionalProperties".into(), value);
        map
    }
}

/// How ids are written.
const ID: &str = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

/// Returns the checks whose level a site may set.
fn adjustable() -> OfferedWords {
    let codes = check::CODES.iter().flat_map(|stage| stage.iter()).filter(|code| code.adjustable);
    let offered = codes.map(|code| Word::new(code.name, format!("{} · {} · {}", code.zh, code.en, code.id)));
    OfferedWords { offered: offered.collect(), accepted: std::collections::BTreeSet::new() }
}

/// A text on one line.
fn plain() -> Value {
    json!({"type": ["string", "number"]})
}

/// A text of a form of its own.
fn pattern(pattern: &str, message: &Message) -> Object {
    Object::from_iter([
        ("type".to_owned(), json!("string")),
        ("pattern".to_owned(), json!(pattern)),
        ("patternErrorMessage".to_owned(), said(message)),
        ("errorMessage".to_owned(), said(message)),
    ])
}

/// CatalogueWords to choose from; other names that are right are accepted, after what `before` matches.
fn one_of(choices: &OfferedWords, before: &str) -> Object {
    let few: Vec<&str> = choices.offered.iter().map(|word| word.value.as_str()).take(8).collect();
    let (zh, en) = (few.join("、"), few.join(", "));
    let more = choices.offered.len() > few.len();
    let message = match more {
        true => text!("词表里没有这个词，例如可以写：{zh} …", "not in the vocabulary; for example: {en} …"),
        false => text!("只能写：{zh}", "one of: {en}"),
    };
    let is_offered = |name: &String| choices.offered.iter().any(|word| word.value == *name);
    let other: Vec<&str> = choices
        .accepted
        .iter()
        .filter(|name| !before.is_empty() || !is_offered(name))
        .map(String::as_str)
        .collect();
    listed(&choices.offered, exactly_after(before, &other), &message)
}

/// CatalogueWords of other files: what is not there yet is a matter for the check, only the form is held.
fn named_in(words: &[Word], form: &str, message: &Message) -> Object {
    listed(words, Some(form.to_owned()), message)
}

fn listed(words: &[Word], form: Option<String>, message: &Message) -> Object {
    let message = said(message);
    let enumeration = (!words.is_empty()).then(|| {
        let about: Vec<&str> = words.iter().map(|word| word.about.as_str()).collect();
        Object::from_iter([
            ("enum".to_owned(), words.iter().map(|word| word.value.as_str()).collect()),
            ("enumDescriptions".to_owned(), json!(about)),
            ("markdownEnumDescriptions".to_owned(), json!(about)),
            ("errorMessage".to_owned(), message.clone()),
        ])
    });
    let form = form.map(|form| {
        Object::from_iter([
            // Without a text of its own the language server takes the one for the other when it shows a value.
            ("description".to_owned(), json!("其他写法 another spelling")),
            ("pattern".to_owned(), json!(form)),
            ("patternErrorMessage".to_owned(), message.clone()),
        ])
    });
    let mut value = Object::from_iter([("type".to_owned(), json!("string"))]);
    match (enumeration, form) {
        (Some(enumeration), Some(form)) => {
            value.insert("anyOf".into(), json!([enumeration, form]));
        }
        (one, other) => value.extend(one.into_iter().chain(other).flatten()),
    }
    value
}

/// Returns the pattern of exactly these names. `None` if there are none.
fn exactly(names: &[&str]) -> Option<String> {
    exactly_after("", names)
}

fn exactly_after(before: &str, names: &[&str]) -> Option<String> {
    let names: Vec<String> = names.iter().map(|name| escaped(name)).collect();
    (!names.is_empty()).then(|| format!("^{before}({})$", names.join("|")))
}

/// Returns a name as a pattern; brackets of either width are one.
fn escaped(name: &str) -> String {
    let one = |c: char| match c {
        '(' | '（' => "[(（]".to_owned(),
        ')' | '）' => "[)）]".to_owned(),
        '.' | '+' | '*' | '?' | '[' | ']' | '{' | '}' | '|' | '^' | '$' | '\\' | '/' => format!("\\{c}"),
        _ => c.to_string(),
    };
    name.chars().map(one).collect()
}

/// Holds where one of these keys is there.
fn any_of_these(names: &[&str]) -> Value {
    json!({"anyOf": names.iter().map(|name| json!({"required": [name]})).collect::<Vec<_>>()})
}

/// Asks for one of these keys.
fn required(names: &[&str], message: &Message) -> Value {
    json!({"if": any_of_these(names), "else": {"required": [names[0]], "errorMessage": said(message)}})
}

fn missing(table: &Table, field: &Field) -> Message {
    let (zh, en, key, key_zh) = (table.zh, table.en, field.key, field.zh);
    let Field { doc_zh, doc_en, .. } = field;
    text!("{zh}缺少“{key_zh}”（{key}）：{doc_zh}", "{en} lacks `{key}`: {doc_en}")
}

/// A schema has one text for readers of both languages.
fn said(message: &Message) -> Value {
    json!(format!("{} / {}", message.zh, message.en))
}
