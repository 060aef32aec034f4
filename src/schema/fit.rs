//! Holds a tree against a table: what comes out has canonical keys and values of the right kind only.
//!
//! Every mistake is reported once; a misspelt key still fills its field, and a value of the wrong kind
//! counts as present, so that nothing else is reported because of it.

use unicode_normalization::UnicodeNormalization;

use crate::date::{Date, NotADate};
use crate::diagnostic::{Finding, Findings, Message};
use crate::lang::LangCode;
use crate::schema::parse::is_id;
use crate::schema::{Age, Choice, Field, Shape, Table, codes};
use crate::span::{Span, Spanned};
use crate::syntax::{Entry, Node, Value};
use crate::text;

/// Fits trees to shapes for a site with these languages.
pub struct Fitter<'a> {
    reference: &'a LangCode,
    findings: &'a mut Findings,
}

impl<'a> Fitter<'a> {
    /// Returns a fitter that reports to `findings`; `reference` is the language every text must have.
    pub fn new(reference: &'a LangCode, findings: &'a mut Findings) -> Self {
        Self { reference, findings }
    }

    /// Fits `node` to `shape`. `None` if nothing of it can be used; a finding says why.
    pub fn fit(&mut self, node: Node, shape: &'static Shape) -> Option<Node> {
        match shape {
            Shape::Map(table) => self.map(node, table),
            Shape::MapBy { key, then, otherwise } => {
                let alias = then.field(key).map_or(*key, |field| field.zh);
                let decided = node.get(key).or_else(|| node.get(alias)).is_some();
                self.map(node, if decided { then } else { otherwise })
            }
            Shape::List(item) => self.list(node, item),
            Shape::Named(value) => self.named(node, value),
            Shape::Localized => self.localized(node),
            Shape::Choice(choices) => self.choice(node, choices),
            Shape::Text => self.plain(node, shape, |_| Ok(())),
            Shape::Id => self.plain(node, shape, |text| if is_id(text) { Ok(()) } else { Err(bad_id(text)) }),
            Shape::Date => self.plain(node, shape, |text| Date::parse(text).map(|_| ()).map_err(|why| bad_date(text, why))),
            Shape::Integer => self.plain(node, shape, |text| text.parse::<u32>().map(|_| ()).map_err(|_| wrong(shape))),
            Shape::Truth => {
                self.plain(node, shape, |text| if matches!(text, "true" | "false") { Ok(()) } else { Err(wrong(shape)) })
            }
            Shape::Age => self.plain(node, shape, |text| Age::parse(text).map(|_| ()).ok_or_else(|| bad_age(text))),
        }
    }

    fn plain(&mut self, node: Node, shape: &Shape, test: impl Fn(&str) -> Result<(), Complaint>) -> Option<Node> {
        let complaint = match node.text() {
            Some(text) => test(text).err(),
            None => Some(wrong(shape)),
        };
        match complaint {
            None => Some(node),
            Some((code, message, help)) => {
                self.findings.push(Finding::new(code, head(&node), message).help(help));
                None
            }
        }
    }

    fn choice(&mut self, mut node: Node, choices: &'static [Choice]) -> Option<Node> {
        let Some(text) = node.text() else {
            let (code, message, help) = wrong(&Shape::Text);
            self.findings.push(Finding::new(code, head(&node), message).help(help));
            return None;
        };
        if let Some(choice) = choices.iter().find(|choice| choice.value == text || choice.zh == text) {
            node.value = Value::Text(choice.value.to_owned());
            return Some(node);
        }
        let near = nearest(text, choices.iter().flat_map(|choice| [choice.value, choice.zh]));
        let all = choices.iter().map(|choice| choice.value).collect::<Vec<_>>().join(", ");
        let help = match near {
            Some(near) => text!("是不是“{near}”？可以填：{all}", "did you mean `{near}`? Allowed: {all}"),
            None => text!("可以填：{all}", "allowed: {all}"),
        };
        self.findings.push(
            Finding::new(&codes::UNKNOWN_CHOICE, node.span, text!("“{text}”不在可选范围内", "`{text}` is not one of the allowed values"))
                .help(help),
        );
        None
    }

    fn list(&mut self, mut node: Node, item: &'static Shape) -> Option<Node> {
        match node.value {
            Value::List(items) => {
                let items = items.into_iter().filter_map(|each| self.fit(each, item)).collect();
                node.value = Value::List(items);
                Some(node)
            }
            Value::Empty => None,
            Value::Text(_) | Value::Map(_) => {
                self.findings.push(Finding::new(
                    &codes::WRONG_TYPE,
                    head(&node),
                    text!("这里应当是列表", "a list is expected here"),
                ).help(text!("一行一项，每行以“- ”开头", "write one item a line, each line starting with `- `")));
                None
            }
        }
    }

    fn named(&mut self, mut node: Node, value: &'static Shape) -> Option<Node> {
        let Value::Map(entries) = node.value else {
            return self.not_a_map(&node);
        };
        let entries = entries
            .into_iter()
            .filter_map(|Entry { key, value: each }| self.fit(each, value).map(|value| Entry { key, value }))
            .collect();
        node.value = Value::Map(entries);
        Some(node)
    }

    fn not_a_map(&mut self, node: &Node) -> Option<Node> {
        if !matches!(node.value, Value::Empty) {
            self.findings.push(
                Finding::new(&codes::WRONG_TYPE, head(node), text!("这里应当是“字段: 内容”", "fields of the form `field: value` are expected here"))
                    .help(text!("换行，缩进两个空格，再写“字段: 内容”", "start a new line, indent it by two spaces and write `field: value`")),
            );
        }
        None
    }

    fn localized(&mut self, mut node: Node) -> Option<Node> {
        let entries = match node.value {
            Value::Text(_) => return Some(node),
            Value::Map(entries) => entries,
            Value::Empty | Value::List(_) => {
                let (code, message, help) = wrong(&Shape::Localized);
                self.findings.push(Finding::new(code, head(&node), message).help(help));
                return None;
            }
        };
        let mut kept = Vec::with_capacity(entries.len());
        for Entry { key, value } in entries {
            if !is_language_code(&key.value) {
                self.unknown_language(&key);
                continue;
            }
            let text = match value.value {
                Value::Empty | Value::Text(_) if value.is_blank() => None,
                Value::Text(_) => Some(value),
                Value::Empty | Value::List(_) | Value::Map(_) => self.plain(value, &Shape::Text, |_| Ok(())),
            };
            kept.extend(text.map(|value| Entry { key, value }));
        }
        if !kept.iter().any(|entry| entry.key.value == self.reference.as_str()) {
            self.no_reference(node.span);
        }
        node.value = Value::Map(kept);
        (!node.entries().is_empty()).then_some(node)
    }

    fn unknown_language(&mut self, key: &Spanned<String>) {
        let name = &key.value;
        self.findings.push(
            Finding::new(&codes::UNKNOWN_KEY, key.span, text!("“{name}”不是语言代码", "`{name}` is not the code of a language"))
                .help(text!("这里只写语言代码，例如 zh、en", "write codes of languages here, such as zh, en")),
        );
    }

    fn no_reference(&mut self, span: Span) {
        let code = self.reference.as_str();
        self.findings.push(
            Finding::new(
                &codes::MISSING_REFERENCE_TEXT,
                span,
                text!("缺少基准语言（{code}）的文字", "the text in the reference language ({code}) is missing"),
            )
            .help(text!("补上“{code}: …”", "add `{code}: …`")),
        );
    }

    fn map(&mut self, mut node: Node, table: &'static Table) -> Option<Node> {
        let Value::Map(entries) = node.value else {
            return self.not_a_map(&node);
        };
        let anchor = entries.first().map_or(node.span, |entry| entry.key.span);
        let mut seen: Vec<(&'static str, Span)> = Vec::new();
        let mut kept = Vec::with_capacity(entries.len());
        let taken: Vec<String> = entries.iter().map(|entry| entry.key.value.clone()).collect();
        for Entry { key, value } in entries {
            let Some(field) = self.resolve(&key, table, &taken) else { continue };
            if let Some((_, first)) = seen.iter().find(|(name, _)| *name == field.key) {
                self.repeated(field, key.span, *first);
                continue;
            }
            seen.push((field.key, key.span));
            if value.is_blank() {
                if field.required {
                    self.empty(field, key.span);
                }
                continue;
            }
            let key = Spanned::new(field.key.to_owned(), key.span);
            kept.extend(self.fit(value, &field.shape).map(|value| Entry { key, value }));
        }
        for field in table.fields.iter().filter(|field| field.required) {
            if !seen.iter().any(|(key, _)| *key == field.key) {
                self.missing(table, field, anchor);
            }
        }
        node.value = Value::Map(kept);
        Some(node)
    }

    /// Finds the field a key means; an unknown key is reported and, where one is near, still used.
    fn resolve(&mut self, key: &Spanned<String>, table: &'static Table, taken: &[String]) -> Option<&'static Field> {
        let name = &key.value;
        if let Some(field) = table.field(name) {
            return Some(field);
        }
        let near = nearest(name, table.fields.iter().flat_map(|field| [field.key, field.zh]));
        let (zh, en) = (table.zh, table.en);
        let finding = Finding::new(&codes::UNKNOWN_KEY, key.span, text!("{zh}没有字段“{name}”", "{en} has no field `{name}`"));
        let Some(near) = near else {
            let all = table.fields.iter().map(|field| field.key).collect::<Vec<_>>().join(", ");
            self.findings.push(finding.help(text!("可以用的字段：{all}", "its fields are: {all}")));
            return None;
        };
        self.findings.push(finding.help(text!("是不是“{near}”？", "did you mean `{near}`?")).fix(key.span, near));
        let field = table.field(near)?;
        (!taken.iter().any(|key| key == field.key || key == field.zh)).then_some(field)
    }

    fn repeated(&mut self, field: &Field, at: Span, first: Span) {
        let (key, zh) = (field.key, field.zh);
        self.findings.push(
            Finding::new(
                &crate::syntax::codes::DUPLICATE_KEY,
                at,
                text!("“{key}”（{zh}）在这里写了两次", "`{key}` ({zh}) is written twice here"),
            )
            .label(first, text!("第一次写在这里", "first written here"))
            .help(text!("删去其中一个", "delete one of them")),
        );
    }

    fn empty(&mut self, field: &Field, at: Span) {
        let (key, zh) = (field.key, field.zh);
        self.findings.push(
            Finding::new(&codes::EMPTY_VALUE, at, text!("“{key}”（{zh}）是空的", "`{key}` is empty"))
                .help(Message { zh: format!("填写{}", field.doc_zh), en: format!("fill in {}", field.doc_en) }),
        );
    }

    fn missing(&mut self, table: &Table, field: &Field, at: Span) {
        let (zh, en, key, key_zh) = (table.zh, table.en, field.key, field.zh);
        self.findings.push(
            Finding::new(
                &codes::MISSING_KEY,
                at,
                text!("{zh}缺少“{key}”（{key_zh}）", "{en} lacks the field `{key}`"),
            )
            .help(Message {
                zh: format!("加上“{key}: …”：{}", field.doc_zh),
                en: format!("add `{key}: …`: {}", field.doc_en),
            }),
        );
    }
}

type Complaint = (&'static crate::diagnostic::Code, Message, Message);

fn wrong(shape: &Shape) -> Complaint {
    let (message, help) = match shape {
        Shape::Integer => (
            text!("这里应当是数字", "a whole number is expected here"),
            text!("只写阿拉伯数字，例如 12", "write digits only, for example 12"),
        ),
        Shape::Truth => (text!("这里应当是 true 或 false", "`true` or `false` is expected here"), text!("写 true 或 false", "write `true` or `false`")),
        Shape::Localized => (
            text!("这里应当是文字", "text is expected here"),
            text!("直接写文字，或分语言写成“zh: …”“en: …”", "write the text, or one line a language: `zh: …`, `en: …`"),
        ),
        _ => (
            text!("这里应当是一段文字", "plain text is expected here"),
            text!("在冒号后面直接写文字；文字里有冒号时加引号", "write the text after the colon, in quotes if it contains a colon itself"),
        ),
    };
    (&codes::WRONG_TYPE, message, help)
}

fn bad_id(text: &str) -> Complaint {
    (
        &codes::INVALID_ID,
        text!("“{text}”不能作编号", "`{text}` cannot be an id"),
        text!("只用小写英文字母、数字和单个连字符，以字母开头，例如 preschool-education", "use small letters, digits and single hyphens, a letter first, for example preschool-education"),
    )
}

fn bad_date(text: &str, why: NotADate) -> Complaint {
    let message = match why {
        NotADate::Form => text!("“{text}”不是日期", "`{text}` is not a date"),
        NotADate::NoSuchDay => text!("日历上没有 {text} 这一天", "there is no such day as {text}"),
    };
    (&codes::IMPOSSIBLE_DATE, message, text!("写成 年-月-日，例如 2025-01-09", "write year-month-day, for example 2025-01-09"))
}

fn bad_age(text: &str) -> Complaint {
    (
        &codes::INVALID_AGE,
        text!("“{text}”不是年龄范围", "`{text}` is not an age range"),
        text!("写成 3-6（岁）或 0-36 months（月），小的在前，不超过 18 岁", "write 3-6 (years) or 0-36 months, the smaller first, up to 18 years"),
    )
}

/// Returns the first line of a node, so that a finding does not underline half a file.
fn head(node: &Node) -> Span {
    match &node.value {
        Value::Map(entries) => entries.first().map_or(node.span, |entry| entry.key.span),
        Value::List(items) => items.first().map_or(node.span, head),
        Value::Empty | Value::Text(_) => node.span,
    }
}

fn is_language_code(text: &str) -> bool {
    let mut parts = text.split('-');
    parts.next().is_some_and(|first| matches!(first.len(), 2 | 3) && first.bytes().all(|b| b.is_ascii_lowercase()))
        && parts.all(|part| matches!(part.len(), 2..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Returns the known word closest to `word`, if one is close enough to be meant.
pub fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let folded: String = word.nfkc().collect::<String>().to_lowercase().replace([' ', '-'], "_");
    let reach = (folded.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .filter(|candidate| !candidate.is_empty())
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.replace('-', "_")), candidate))
        .filter(|(distance, candidate)| *distance <= reach && *distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}
