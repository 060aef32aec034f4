//! Holds a tree against a table: what comes out has canonical keys and values of the right kind only.
//!
//! Every mistake is reported once; a misspelt key still fills its field, and a value of the wrong kind
//! counts as present and stays as a mark ([`Node::refused`]), so that nothing else is reported because
//! of it.

use std::collections::BTreeSet;

use crate::date::{Date, MonthDay};
use crate::diagnostic::{Finding, Findings, Message};
use crate::lang::LangCode;
use crate::schema::coerce;
use crate::schema::complaint::{
    Complaint, bad_age, bad_date, bad_id, bad_language, bad_month_day, bad_name, bad_word, empty_item,
    no_map, several, wrong,
};
use crate::schema::near::{nearest, nearest_choice};
use crate::schema::parse::{is_id, is_language_code, is_site_language};
use crate::schema::{
    Age, Choice, Field, KeyLanguage, NamedBy, Shape, Table, codes, language_code, language_name,
};
use crate::span::{Span, Spanned};
use crate::syntax::yaml::LOST;
use crate::syntax::{Entry, Node, Value};
use crate::text;

/// Fits trees to shapes for a site with these languages.
pub struct Fitter<'a> {
    reference: &'a LangCode,
    findings: &'a mut Findings,
    /// The language that the file writes its keys in; messages about it name them alike.
    keys: Option<KeyLanguage>,
}

impl<'a> Fitter<'a> {
    /// Returns a fitter that reports to `findings`; `reference` is the language every text must have.
    pub fn new(reference: &'a LangCode, findings: &'a mut Findings) -> Self {
        Self { reference, findings, keys: None }
    }

    /// Fits `node` to `shape`. What cannot be used comes back refused; a finding says why.
    pub fn fit(&mut self, node: Node, shape: &'static Shape) -> Node {
        if node.refused {
            return node;
        }
        self.keys.get_or_insert_with(|| KeyLanguage::of(&node));
        match shape {
            Shape::Map(table) => self.map(node, table),
            Shape::MapBy { otherwise, .. } => {
                let table = shape.table(&node).unwrap_or(otherwise);
                self.map(node, table)
            }
            Shape::List(item) => self.list(node, item),
            Shape::Several(item) => match &node.value {
                Value::List(_) => self.list(node, item),
                Value::Text(text) if coerce::apart(text).is_some() => self.list(node, item),
                Value::Empty | Value::Text(_) | Value::Map(_) => self.fit(node, item),
            },
            Shape::Named { by, value } => self.named(node, *by, value),
            Shape::TextOr(table) => match node.value {
                Value::Text(_) => node,
                Value::Map(_) => self.map(node, table),
                Value::Empty | Value::List(_) => self.refuse(&node, wrong(&Shape::Text)),
            },
            Shape::Localized => self.localized(node),
            Shape::Choice(choices) => self.choice(node, choices),
            Shape::Text | Shape::Ref(_) | Shape::PlaceCode => self.plain(node, shape, |_| Ok(())),
            Shape::Word(_) => self.plain(node, shape, |text| match coerce::word(text) {
                _ if coerce::is_several(text) => Err(several(text)),
                Some(meant) => Err(bad_word(text, &meant)),
                None => Ok(()),
            }),
            Shape::Id => self.plain(node, shape, |text| if is_id(text) { Ok(()) } else { Err(bad_id(text)) }),
            Shape::Language => {
                self.plain(
                    node,
                    shape,
                    |text| if is_site_language(text) { Ok(()) } else { Err(bad_language(text)) },
                )
            }
            Shape::Date => self
                .plain(node, shape, |text| Date::parse(text).map(|_| ()).map_err(|why| bad_date(text, why))),
            Shape::MonthDay => self.plain(node, shape, |text| {
                MonthDay::parse(text).map(|_| ()).map_err(|why| bad_month_day(text, why))
            }),
            Shape::Integer => {
                self.plain(node, shape, |text| text.parse::<u32>().map(|_| ()).map_err(|_| wrong(shape)))
            }
            Shape::Truth => self.plain(node, shape, |text| {
                if matches!(text, "true" | "false") { Ok(()) } else { Err(wrong(shape)) }
            }),
            Shape::Age => {
                self.plain(node, shape, |text| Age::parse(text).map(|_| ()).ok_or_else(|| bad_age(text)))
            }
        }
    }

    fn plain(&mut self, node: Node, shape: &Shape, test: impl Fn(&str) -> Result<(), Complaint>) -> Node {
        let complaint = match node.text() {
            Some(text) => test(text).err(),
            None => Some(wrong(shape)),
        };
        match complaint {
            None => node,
            Some(complaint) => match node.text().and_then(|text| coerce::meant(shape, text)) {
                Some(meant) => self.straighten(node, complaint, meant),
                None => self.refuse(&node, complaint),
            },
        }
    }

    /// Takes a value as it was certainly meant, and says how to write it.
    fn straighten(&mut self, mut node: Node, (code, message, help): Complaint, meant: String) -> Node {
        self.findings.push(Finding::new(code, node.span, message).help(help).fix(node.span, meant.clone()));
        node.value = Value::Text(meant);
        node
    }

    fn refuse(&mut self, node: &Node, (code, message, help): Complaint) -> Node {
        self.findings.push(Finding::new(code, head(node), message).help(help));
        Node::refused(node.span)
    }

    fn choice(&mut self, mut node: Node, choices: &'static [Choice]) -> Node {
        let Some(text) = node.text() else {
            return self.refuse(&node, wrong(&Shape::Text));
        };
        if let Some(choice) = choices.iter().find(|choice| choice.value == text || choice.zh == text) {
            node.value = Value::Text(choice.value.to_owned());
            return node;
        }
        let usual = coerce::choice(text, choices).map(|choice| self.language().choice(choice));
        let near = usual.or_else(|| nearest_choice(text, choices));
        let all = listed(choices.iter().map(|choice| self.language().choice(choice)));
        let help = match near {
            Some(near) => text!("是不是“{near}”？可以填：{all}", "did you mean `{near}`? Allowed: {all}"),
            None => text!("可以填：{all}", "allowed: {all}"),
        };
        let message = text!("“{text}”不在可选范围内", "`{text}` is not one of the allowed values");
        let complaint = (&codes::UNKNOWN_CHOICE, message, help);
        let meant = coerce::choice(text, choices).map(|choice| choice.value);
        match meant.or(near) {
            Some(meant) => {
                let written = meant.to_owned();
                let value =
                    choices.iter().find(|choice| choice.zh == meant).map_or(meant, |choice| choice.value);
                let written = choices
                    .iter()
                    .find(|choice| choice.value == written)
                    .map_or(written, |choice| self.language().choice(choice).to_owned());
                let node = self.straighten(node, complaint, written);
                Node { value: Value::Text(value.to_owned()), ..node }
            }
            None => self.refuse(&node, complaint),
        }
    }

    fn list(&mut self, mut node: Node, item: &'static Shape) -> Node {
        match node.value {
            Value::List(items) => {
                node.value = Value::List(items.into_iter().map(|each| self.item(each, item)).collect());
                node
            }
            Value::Empty | Value::Text(_) | Value::Map(_) => {
                let message = text!("这里应当是列表", "a list is expected here");
                let help =
                    text!("一行一项，每行以“- ”开头", "write one item a line, each line starting with `- `");
                if let (Some(all), Shape::Word(_) | Shape::Id | Shape::Ref(_) | Shape::Text) =
                    (node.text().and_then(coerce::apart), item)
                {
                    let items =
                        all.iter().map(|one| Node::new(node.span, Value::Text(one.clone()))).collect();
                    let text = all.join("、");
                    let node = self.straighten(node, several(&text), format!("[{}]", all.join(", ")));
                    return Node { value: Value::List(items), ..node };
                }
                let one = node.text().filter(|text| is_one_word(text)).map(str::to_owned);
                match (one, item) {
                    (Some(one), Shape::Word(_) | Shape::Id | Shape::Ref(_) | Shape::Text) => {
                        let node =
                            self.straighten(node, (&codes::WRONG_TYPE, message, help), format!("[{one}]"));
                        let item = Node::new(node.span, Value::Text(one));
                        Node { value: Value::List(vec![item]), ..node }
                    }
                    _ => self.refuse(&node, (&codes::WRONG_TYPE, message, help)),
                }
            }
        }
    }

    /// Fits one item of a list; a dash with nothing behind it is said to be that.
    fn item(&mut self, node: Node, item: &'static Shape) -> Node {
        match node.value {
            Value::Empty if !node.refused => self.refuse(&node, empty_item()),
            Value::Empty | Value::Text(_) | Value::List(_) | Value::Map(_) => self.fit(node, item),
        }
    }

    fn named(&mut self, mut node: Node, by: NamedBy, value: &'static Shape) -> Node {
        let Value::Map(entries) = node.value else {
            return self.not_a_map(&node);
        };
        let own = entries.into_iter().filter(|entry| entry.key.value != LOST);
        let mut kept: Vec<Entry> = Vec::new();
        for Entry { mut key, value: each } in own {
            match by {
                NamedBy::Language => key.value = code_of(key.value),
                NamedBy::Usual(names) => {
                    let Some(name) = self.usual(&key, names) else { continue };
                    if let Some(first) = kept.iter().find(|other| other.key.value == name) {
                        let (zh, first) = (&key.value, first.key.span);
                        self.twice(&text!("“{zh}”", "`{name}`"), key.span, first);
                        continue;
                    }
                    key.value = name;
                }
                NamedBy::Itself | NamedBy::Word(_) => {}
            }
            kept.push(Entry { key, value: self.fit(each, value) });
        }
        node.value = Value::Map(kept);
        node
    }

    /// Returns the name that a key means; of a Chinese one that is not usual it is said which are.
    fn usual(&mut self, key: &Spanned<String>, names: &'static [Choice]) -> Option<String> {
        let name = &key.value;
        let usual = names.iter().find(|usual| usual.zh == name).map(|usual| usual.value);
        if usual.is_some() || name.is_ascii() {
            return Some(usual.unwrap_or(name).to_owned());
        }
        let (code, message, help) = bad_name(name, names);
        self.findings.push(Finding::new(code, key.span, message).help(help));
        None
    }

    fn not_a_map(&mut self, node: &Node) -> Node {
        self.refuse(node, no_map())
    }

    fn localized(&mut self, mut node: Node) -> Node {
        let entries = match node.value {
            Value::Text(_) => return node,
            Value::Map(entries) => entries,
            Value::Empty | Value::List(_) => return self.refuse(&node, wrong(&Shape::Localized)),
        };
        let mut kept = Vec::with_capacity(entries.len());
        let mut strange = None;
        for Entry { mut key, value } in entries {
            if key.value == LOST {
                kept.push(Entry { key: Spanned::new(self.reference.as_str().to_owned(), key.span), value });
                continue;
            }
            key.value = code_of(key.value);
            if !is_language_code(&key.value) {
                self.unknown_language(&key);
                strange.get_or_insert(Entry { key, value });
                continue;
            }
            let text = match value.value {
                Value::Empty | Value::Text(_) if value.is_blank() => None,
                Value::Text(_) => Some(value),
                Value::Empty | Value::List(_) | Value::Map(_) => Some(self.fit(value, &Shape::Text)),
            };
            match kept.iter().find(|other: &&Entry| other.key.value == key.value) {
                Some(first) => {
                    self.twice(&text!("“{key}”", "`{key}`", key = key.value), key.span, first.key.span);
                }
                None => kept.extend(text.map(|value| Entry { key, value })),
            }
        }
        let reference = self.reference.as_str();
        if !kept.iter().any(|entry| entry.key.value == reference) {
            match strange {
                // The key was meant for it, and was reported.
                Some(Entry { key, value }) => kept.push(Entry {
                    key: Spanned::new(reference.to_owned(), key.span),
                    value: self.fit(value, &Shape::Text),
                }),
                None => self.no_reference(node.span),
            }
        }
        node.value = Value::Map(kept);
        node
    }

    fn unknown_language(&mut self, key: &Spanned<String>) {
        let name = &key.value;
        self.findings.push(
            Finding::new(
                &codes::UNKNOWN_KEY,
                key.span,
                text!("“{name}”不是语言代码", "`{name}` is not the code of a language"),
            )
            .help(text!("这里只写语言代码，例如 zh、en", "write codes of languages here, such as zh, en")),
        );
    }

    fn no_reference(&mut self, span: Span) {
        let code = self.reference.as_str();
        let key = match self.language() {
            KeyLanguage::English => code,
            KeyLanguage::Chinese => language_name(code).unwrap_or(code),
        };
        self.findings.push(
            Finding::new(
                &codes::MISSING_REFERENCE_TEXT,
                span,
                text!(
                    "缺少基准语言（{code}）的文字",
                    "the text in the reference language ({code}) is missing"
                ),
            )
            .help(text!("补上“{key}: …”", "add `{key}: …`")),
        );
    }

    fn map(&mut self, mut node: Node, table: &'static Table) -> Node {
        let Value::Map(entries) = node.value else {
            return self.not_a_map(&node);
        };
        let anchor = entries.first().map_or(node.span, |entry| entry.key.span);
        let mut seen: Vec<(&'static str, Span)> = Vec::new();
        let mut kept = Vec::with_capacity(entries.len());
        let free = free_fields(table, &entries);
        let mut lost = false;
        for Entry { key, value } in entries {
            if key.value == LOST {
                lost = true;
                continue;
            }
            let Some(field) = self.resolve(&key, table, &free) else { continue };
            if let Some((_, first)) = seen.iter().find(|(name, _)| *name == field.key) {
                self.repeated(field, key.span, *first);
                continue;
            }
            seen.push((field.key, key.span));
            if value.is_blank() || (field.required && is_hollow(&value)) {
                if field.required {
                    self.empty(field, key.span);
                }
                continue;
            }
            let key = Spanned::new(field.key.to_owned(), key.span);
            kept.push(Entry { key, value: self.fit(value, &field.shape) });
        }
        for field in table.fields {
            match seen.iter().any(|(key, _)| *key == field.key) {
                false if lost => kept.push(Entry::refused(field.key, node.span)),
                false if field.required => self.missing(table, field, anchor),
                true | false => {}
            }
        }
        node.value = Value::Map(kept);
        node
    }

    /// Finds the field a key means; an unknown key is reported and, where one is near, still used.
    fn resolve(
        &mut self,
        key: &Spanned<String>,
        table: &'static Table,
        free: &[&'static Field],
    ) -> Option<&'static Field> {
        let name = &key.value;
        if let Some(field) = table.field(name) {
            return Some(field);
        }
        if self.findings.counted(&codes::UNKNOWN_KEY, key.span.file) {
            return None;
        }
        let near = nearest(name, free.iter().flat_map(|field| field.names()));
        let (zh, en) = (table.zh, table.en);
        let finding = Finding::new(
            &codes::UNKNOWN_KEY,
            key.span,
            text!("{zh}没有字段“{name}”", "{en} has no field `{name}`"),
        );
        let Some(near) = near else {
            let all = listed(table.fields.iter().map(|field| self.language().key(field)));
            self.findings.push(finding.help(text!("可以用的字段：{all}", "its fields are: {all}")));
            return None;
        };
        self.findings
            .push(finding.help(text!("是不是“{near}”？", "did you mean `{near}`?")).fix(key.span, near));
        table.field(near)
    }

    fn repeated(&mut self, field: &Field, at: Span, first: Span) {
        let Message { zh, en } = match self.language() {
            KeyLanguage::English => {
                let (key, zh) = (field.key, field.zh);
                text!("“{key}”（{zh}）", "`{key}` ({zh})")
            }
            KeyLanguage::Chinese => self.named_key(field),
        };
        self.twice(&Message { zh, en }, at, first);
    }

    fn twice(&mut self, Message { zh, en }: &Message, at: Span, first: Span) {
        self.findings.push(
            Finding::new(
                &crate::syntax::codes::DUPLICATE_KEY,
                at,
                text!("{zh}在这里写了两次", "{en} is written twice here"),
            )
            .label(first, text!("第一次写在这里", "first written here"))
            .help(text!("删去其中一个", "delete one of them")),
        );
    }

    fn empty(&mut self, field: &Field, at: Span) {
        let Message { zh, en } = self.named_key(field);
        let Message { zh: fill_zh, en: fill_en } = self.purpose(field);
        self.findings.push(
            Finding::new(&codes::EMPTY_VALUE, at, text!("{zh}是空的", "{en} is empty"))
                .help(text!("填写{fill_zh}", "fill in {fill_en}")),
        );
    }

    fn missing(&mut self, table: &Table, field: &Field, at: Span) {
        if self.findings.counted(&codes::MISSING_KEY, at.file) {
            return;
        }
        let (table_zh, table_en, key) = (table.zh, table.en, self.language().key(field));
        let Message { zh, en } = self.named_key(field);
        let Message { zh: for_zh, en: for_en } = self.purpose(field);
        self.findings.push(
            Finding::new(
                &codes::MISSING_KEY,
                at,
                text!("{table_zh}缺少{zh}", "{table_en} lacks the field {en}"),
            )
            .help(text!("加上“{key}: …”：{for_zh}", "add `{key}: …`: {for_en}")),
        );
    }

    fn language(&self) -> KeyLanguage {
        self.keys.unwrap_or(KeyLanguage::English)
    }

    /// Names the key of a field, in the words of the file first.
    fn named_key(&self, field: &Field) -> Message {
        let (key, zh) = (field.key, field.zh);
        match self.language() {
            KeyLanguage::English => text!("“{key}”（{zh}）", "`{key}`"),
            KeyLanguage::Chinese => text!("“{zh}”", "`{zh}` ({key})"),
        }
    }

    /// Says what a field is for; of one with few allowed values, which they are.
    fn purpose(&self, field: &Field) -> Message {
        match (&field.shape, self.language()) {
            (Shape::Choice(choices), KeyLanguage::Chinese) => {
                let all = choices.iter().map(|choice| choice.zh).collect::<Vec<_>>().join("、");
                text!("{all}（选一个）", "one of {all}")
            }
            _ => Message { zh: field.doc_zh.to_owned(), en: field.doc_en.to_owned() },
        }
    }
}

/// Returns words as a list to choose from.
fn listed<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

/// Returns the code of a language by its code or name; anything else as it is.
fn code_of(name: String) -> String {
    language_code(&name).map_or(name, str::to_owned)
}

/// Returns the first line of a node, so that a finding does not underline half a file.
fn head(node: &Node) -> Span {
    match &node.value {
        Value::Map(entries) => entries.first().map_or(node.span, |entry| entry.key.span),
        Value::List(items) => items.first().map_or(node.span, head),
        Value::Empty | Value::Text(_) => node.span,
    }
}

/// Returns the fields of a table that a map does not fill.
fn free_fields(table: &'static Table, entries: &[Entry]) -> Vec<&'static Field> {
    let taken: BTreeSet<&str> = entries.iter().map(|entry| entry.key.value.as_str()).collect();
    table.fields.iter().filter(|field| !field.names().any(|name| taken.contains(name))).collect()
}

/// Tells whether a text is one word that needs no quotation marks in brackets.
fn is_one_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/'))
}

/// Tells whether a list or map has nothing in it.
fn is_hollow(node: &Node) -> bool {
    match &node.value {
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Empty | Value::Text(_) => false,
    }
}
