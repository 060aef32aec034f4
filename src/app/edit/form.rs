//! A form for any part of any file, made from the declaration of its fields.
//!
//! [`Form::fields`] goes over a table and what the file says, and gives a control for each field; a new field of a table has
//! a form by itself. Names of controls are paths (`/title/zh`), so that what is sent back says where it goes.

use super::NEW;
use super::control::{Control, FormField, Item, SaidHere};
use super::tree::{Manner, Spot, canonical, code_of, find, name_of, table};
use super::words::{Offered, Words};
use crate::diagnostic::{Finding, Level, UiLang};
use crate::lang::LangCode;
use crate::route::percent_encoded;
use crate::schema::{Choice, Field, NamedBy, Shape, Table, VocabularyKind};
use crate::span::Span;
use crate::syntax::{Node, Value, is_wide};

/// From how many characters on a text has a box of several lines.
const LONG: usize = 36;
/// How many columns a line of a box holds, and how many lines a box has at most.
const WIDTH: usize = 76;
const MOST_LINES: usize = 10;

/// What a form is made with.
pub struct Form<'f, 'a> {
    /// What can be chosen from.
    pub words: &'f Words<'a>,
    /// How the file is written.
    pub manner: &'f Manner,
    /// What was found in the file.
    pub findings: Vec<&'f Finding>,
    /// The way to the forms of its parts, and the query that keeps the language.
    pub here: (String, String),
}

impl Form<'_, '_> {
    fn lang(&self) -> UiLang {
        self.words.lang
    }

    /// Returns the fields of a part of a file; of one that is not a map, a single field.
    pub fn of(&self, spot: Spot<'_>) -> Vec<FormField> {
        match table(spot.shape, spot.node) {
            Some(table) => self.fields(table, spot.node, ""),
            None => vec![self.bare(String::new(), self.control(spot, ""), spot.node)],
        }
    }

    fn fields(&self, table: &'static Table, node: Option<&Node>, path: &str) -> Vec<FormField> {
        table.fields.iter().map(|field| self.field(field, node, path)).collect()
    }

    fn field(&self, field: &'static Field, node: Option<&Node>, path: &str) -> FormField {
        let name = format!("{path}/{}", field.key);
        let entries = node.map_or(&[] as &[_], Node::entries);
        let entry = entries.iter().find(|entry| field.names().any(|name| name == entry.key.value));
        let spot = Spot { shape: &field.shape, node: entry.map(|entry| &entry.value) };
        let (label, help) = match self.lang() {
            UiLang::Zh => (field.zh.to_owned(), field.doc_zh.to_owned()),
            UiLang::En => (words_of(field.key), field.doc_en.to_owned()),
        };
        let control = self.control(spot, &name);
        let mut made = self.bare(name, control, spot.node);
        // What is said of the key is said of the field.
        made.said.extend(entry.map(|entry| self.said(entry.key.span)).unwrap_or_default());
        FormField { label, help, required: field.required, ..made }
    }

    /// Returns a field that has no name of its own.
    fn bare(&self, name: String, control: Control, node: Option<&Node>) -> FormField {
        let is_leaf = !matches!(control, Control::Group { .. } | Control::Items { .. });
        let said = node.filter(|_| is_leaf).map(|node| self.said(node.span)).unwrap_or_default();
        let (label, help) = (String::new(), String::new());
        let shown = control.shown();
        FormField {
            name,
            label,
            help,
            required: false,
            locked: false,
            tag: None,
            control,
            shown,
            said,
            meanwhile: None,
        }
    }

    /// Returns what was found inside a stretch of the file.
    pub fn said(&self, span: Span) -> Vec<SaidHere> {
        let inside = self.findings.iter().filter(|finding| {
            let at = finding.at;
            span.start <= at.start && at.end <= span.end && at.end > 0
        });
        let say = |finding: &&&Finding| SaidHere {
            level: if finding.level == Level::Error { "error" } else { "warning" },
            message: finding.message.get(self.lang()).to_owned(),
            help: finding.help.as_ref().map(|help| help.get(self.lang()).to_owned()),
        };
        inside.map(|finding| say(&finding)).collect()
    }

    fn control(&self, spot: Spot<'_>, path: &str) -> Control {
        let said = spot.node.and_then(Node::text).unwrap_or_default().to_owned();
        match spot.shape {
            Shape::Text | Shape::Id | Shape::PlaceCode | Shape::Date | Shape::MonthDay => {
                self.text(said, None)
            }
            Shape::Integer | Shape::Age | Shape::Language => self.text(said, None),
            Shape::Ref(to) => self.text(said, Some(format!("{to:?}"))),
            Shape::Truth => Control::Tick { on: said == "true" },
            Shape::Choice(choices) => self.choice(&said, choices),
            Shape::Word(kind) => self.word(&said, *kind),
            Shape::Localized => self.localized(spot.node, path),
            Shape::TextOr(_) if spot.node.is_none_or(|node| node.text().is_some()) => self.text(said, None),
            Shape::Map(_) | Shape::TextOr(_) | Shape::MapBy { .. } => self.group(spot, path),
            Shape::Named { by, value } => self.named(*by, value, spot.node, path),
            Shape::List(item) => self.list(item, spot.node, path),
            Shape::Several(item) => match spot.node.map(|node| &node.value) {
                Some(Value::Map(_)) => self.control(Spot { shape: item, ..spot }, path),
                _ => self.list(item, spot.node, path),
            },
        }
    }

    fn text(&self, value: String, list: Option<String>) -> Control {
        if list.is_none() && (value.contains('\n') || value.chars().count() > LONG) {
            return Control::Text { lines: lines_of(&value), value };
        }
        Control::Line { value, list }
    }

    fn choice(&self, said: &str, choices: &'static [Choice]) -> Control {
        let is_chosen = |choice: &Choice| choice.value == said || choice.zh == said;
        let offered = choices.iter().map(|choice| Offered {
            value: choice.value.to_owned(),
            label: choice.words().get(self.lang()).to_owned(),
            chosen: is_chosen(choice),
        });
        let offered: Vec<Offered> = offered.collect();
        let value = choices.iter().find(|choice| is_chosen(choice)).map_or(said, |choice| choice.value);
        Control::Choice { value: value.to_owned(), offered: with_own(offered, said) }
    }

    fn word(&self, said: &str, kind: VocabularyKind) -> Control {
        let ids = self.words.naming.ids(kind, said);
        let offered = self.words.of(kind).into_iter().map(|(id, label)| Offered {
            value: id.to_owned(),
            label,
            chosen: ids == [id],
        });
        let offered = offered.collect();
        let value = if let [id] = ids.as_slice() { id } else { said };
        Control::Choice { value: value.to_owned(), offered: with_own(offered, said) }
    }

    fn localized(&self, node: Option<&Node>, path: &str) -> Control {
        let reference = self.manner.reference.as_str();
        let languages = self.words.catalogue.site.languages.iter();
        let fields = languages.map(|language| {
            let code = language.code.as_str();
            let entries = node.map_or(&[] as &[_], Node::entries);
            let entry = entries.iter().find(|entry| code_of(&entry.key.value) == code);
            let value = entry.map(|entry| &entry.value).or(node.filter(|_| code == reference));
            let said = value.and_then(Node::text).unwrap_or_default().to_owned();
            let control = Control::Text { lines: lines_of(&said), value: said };
            let bare = self.bare(format!("{path}/{code}"), control, value);
            let required = code == reference;
            FormField { label: language.name.clone(), tag: Some(language.tag.clone()), required, ..bare }
        });
        Control::Group { fields: fields.collect(), open: true }
    }

    fn group(&self, spot: Spot<'_>, path: &str) -> Control {
        let fields = table(spot.shape, spot.node).map(|table| self.fields(table, spot.node, path));
        Control::Group { fields: fields.unwrap_or_default(), open: spot.node.is_some() }
    }

    fn named(&self, by: NamedBy, value: &'static Shape, node: Option<&Node>, path: &str) -> Control {
        let entries = node.map_or(&[] as &[_], Node::entries);
        if is_part(value) {
            let item = |entry: &crate::syntax::Entry| self.item(path, &entry.key.value, &entry.value);
            let names = match by {
                NamedBy::Word(kind) => {
                    self.words.of(kind).into_iter().map(|(id, label)| offered(id, label)).collect()
                }
                _ => Vec::new(),
            };
            return Control::Items {
                items: entries.iter().map(item).collect(),
                add: None,
                names: Some(names),
            };
        }
        let mut known: Vec<(String, String)> = match by {
            NamedBy::Usual(choices) => {
                let mut usual: Vec<(String, String)> = Vec::new();
                for choice in choices.iter().filter(|choice| !choice.value.is_empty()) {
                    if usual.iter().all(|(value, _)| value != choice.value) {
                        let label = if self.lang() == UiLang::Zh { choice.zh } else { choice.value };
                        usual.push((choice.value.to_owned(), label.to_owned()));
                    }
                }
                usual
            }
            NamedBy::Language => {
                let languages = self.words.catalogue.site.languages.iter();
                languages.map(|known| (known.code.as_str().to_owned(), known.name.clone())).collect()
            }
            NamedBy::Itself | NamedBy::Word(_) => Vec::new(),
        };
        for entry in entries {
            let name = canonical(by, &entry.key.value);
            if known.iter().all(|(value, _)| value != name) {
                known.push((name.to_owned(), entry.key.value.clone()));
            }
        }
        let fields = known.into_iter().map(|(name, label)| {
            let entry = entries.iter().find(|entry| canonical(by, &entry.key.value) == name);
            let path = format!("{path}/{name}");
            let spot = Spot { shape: value, node: entry.map(|entry| &entry.value) };
            FormField { label, ..self.bare(path.clone(), self.control(spot, &path), spot.node) }
        });
        Control::Group { fields: fields.collect(), open: !entries.is_empty() }
    }

    fn list(&self, item: &'static Shape, node: Option<&Node>, path: &str) -> Control {
        let items: Vec<&Node> = match node.map(|node| &node.value) {
            Some(Value::List(items)) => items.iter().collect(),
            Some(Value::Text(_)) => node.into_iter().collect(),
            _ => Vec::new(),
        };
        let texts = || items.iter().filter_map(|item| item.text().map(str::to_owned));
        match item {
            Shape::Word(kind) => self.several_words(&texts().collect::<Vec<_>>(), *kind),
            Shape::Choice(choices) => {
                let is_chosen =
                    |choice: &Choice| texts().any(|text| choice.value == text || choice.zh == text);
                let offered = choices.iter().map(|choice| Offered {
                    value: choice.value.to_owned(),
                    label: choice.words().get(self.lang()).to_owned(),
                    chosen: is_chosen(choice),
                });
                let offered: Vec<Offered> = offered.collect();
                Control::Words { chosen: chosen(&offered), offered, others: String::new() }
            }
            Shape::Ref(to) => Control::Rows { values: texts().collect(), list: Some(format!("{to:?}")) },
            Shape::Localized => {
                let more = items.len();
                let own = items.iter().map(Some).chain([None]).enumerate();
                let fields = own.map(|(at, item)| {
                    let path = format!("{path}/{at}");
                    let control = self.localized(item.copied(), &path);
                    FormField { label: (at + 1).to_string(), ..self.bare(path, control, None) }
                });
                Control::Group { fields: fields.collect(), open: more > 0 }
            }
            shape if is_part(shape) => {
                let item = |(at, item): (usize, &Node)| {
                    let number = at.to_string();
                    self.item(path, name_of(item).unwrap_or(&number), item)
                };
                let items = items_of(node).iter().enumerate().map(item).collect();
                Control::Items { items, add: Some(self.href(path, NEW)), names: None }
            }
            _ => {
                let value = texts().collect::<Vec<_>>().join("\n");
                Control::Lines { lines: texts().count() + 1, value }
            }
        }
    }

    fn several_words(&self, texts: &[String], kind: VocabularyKind) -> Control {
        let ids: Vec<Vec<&str>> = texts.iter().map(|text| self.words.naming.ids(kind, text)).collect();
        let offered = self.words.of(kind).into_iter().map(|(id, label)| Offered {
            value: id.to_owned(),
            label,
            chosen: ids.iter().any(|known| known.contains(&id)),
        });
        let offered: Vec<Offered> = offered.collect();
        let strange = texts.iter().zip(&ids).filter(|(_, ids)| ids.is_empty()).map(|(text, _)| text.as_str());
        let others = strange.collect::<Vec<_>>().join("\n");
        Control::Words { chosen: chosen(&offered), offered, others }
    }

    fn item(&self, path: &str, step: &str, node: &Node) -> Item {
        let found = self.said(node.span);
        let errors = found.iter().filter(|said| said.level == "error").count();
        let title = self.title(node).unwrap_or_else(|| step.to_owned());
        Item { href: self.href(path, step), title, errors, warnings: found.len() - errors }
    }

    fn href(&self, path: &str, step: &str) -> String {
        let (here, query) = &self.here;
        format!("{here}{}/{}{query}", percent_encoded(path), percent_encoded(step))
    }

    /// Returns where a way leads, in words: the parts on it, then the field.
    pub fn place_of(&self, root: &Node, shape: &'static Shape, way: &[String]) -> String {
        let mut words: Vec<String> = Vec::new();
        for length in 1..=way.len() {
            let (step, above) = (&way[length - 1], &way[..length - 1]);
            let Some(spot) = find(root, shape, above) else { break };
            if let Some(field) = table(spot.shape, spot.node).and_then(|table| table.field(step)) {
                // Lists are known by their items.
                let is_list =
                    matches!(field.shape, Shape::List(_) | Shape::Named { .. }) && length < way.len();
                if !is_list {
                    words.push(match self.lang() {
                        UiLang::Zh => field.zh.to_owned(),
                        UiLang::En => words_of(field.key),
                    });
                }
                continue;
            }
            let node = find(root, shape, &way[..length]).and_then(|spot| spot.node);
            match spot.shape {
                Shape::Localized => words.extend(self.language(step)),
                Shape::Named { by: NamedBy::Usual(choices), .. } => {
                    let choice = choices.iter().find(|choice| choice.value == step);
                    let label = choice.filter(|_| self.lang() == UiLang::Zh).map(|choice| choice.zh);
                    words.push(label.unwrap_or(step).to_owned());
                }
                Shape::Named { by: NamedBy::Language, .. } => words.extend(self.language(step)),
                _ => words.push(node.and_then(|node| self.title(node)).unwrap_or_else(|| step.clone())),
            }
        }
        words.join(" › ")
    }

    /// Returns the name of a language; none of the one that is not translated.
    fn language(&self, code: &str) -> Option<String> {
        let mut languages = self.words.catalogue.site.languages.iter();
        let known = languages.find(|known| known.code.as_str() == code);
        known.map(|known| known.name.clone()).filter(|_| code != self.manner.reference.as_str())
    }

    /// Returns what a part of a file is about, in a few words.
    pub fn title(&self, node: &Node) -> Option<String> {
        let named = [
            "title", "标题", "plain", "白话", "name", "名称", "quote", "原文", "adopts", "照录", "id", "编号",
        ];
        let value = named.iter().find_map(|key| node.get(key));
        let value = value.or_else(|| node.entries().first().map(|entry| &entry.value)).unwrap_or(node);
        let lang = LangCode::new(if self.lang() == UiLang::Zh { "zh" } else { "en" });
        let by_language = || {
            let find = |code: &str| value.entries().iter().find(|entry| code_of(&entry.key.value) == code);
            let entry = find(lang.as_str()).or_else(|| value.entries().first())?;
            entry.value.text()
        };
        let text = value.text().or_else(by_language)?;
        let adopted = node.get("adopts").or_else(|| node.get("照录")).is_some();
        let baseline = self.words.baseline().filter(|_| adopted);
        let services = baseline.into_iter().flat_map(|above| &above.edition.services);
        let service = services.into_iter().find(|service| service.id.value == text);
        Some(service.map_or_else(|| text.to_owned(), |service| self.words.say(&service.body.title)))
    }
}

/// Returns the items of a list; a map that stands for a list is its one item.
fn items_of(node: Option<&Node>) -> &[Node] {
    match node.map(|node| (&node.value, node)) {
        Some((Value::List(items), _)) => items,
        Some((Value::Map(_), node)) => std::slice::from_ref(node),
        _ => &[],
    }
}

/// Tells whether values of this shape have a form of their own.
fn is_part(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Map(_) | Shape::MapBy { .. } | Shape::TextOr(_) | Shape::List(_) | Shape::Several(_)
    ) && !matches!(shape, Shape::List(Shape::Text) | Shape::List(Shape::Word(_)))
}

fn offered(value: &str, label: String) -> Offered {
    Offered { value: value.to_owned(), label, chosen: false }
}

/// Adds what a file says and nothing offers.
fn with_own(mut offered: Vec<Offered>, said: &str) -> Vec<Offered> {
    if !said.is_empty() && offered.iter().all(|known| !known.chosen) {
        offered.push(Offered { value: said.to_owned(), label: said.to_owned(), chosen: true });
    }
    offered
}

fn chosen(offered: &[Offered]) -> String {
    let chosen = offered.iter().filter(|known| known.chosen).map(|known| known.value.as_str());
    chosen.collect::<Vec<_>>().join("\n")
}

fn lines_of(text: &str) -> usize {
    let width = |line: &str| line.chars().map(|c| 1 + usize::from(is_wide(c))).sum::<usize>();
    let lines: usize = text.split('\n').map(|line| width(line) / WIDTH + 1).sum();
    lines.min(MOST_LINES)
}

/// Returns the words of a key: `condition_text` as `Condition text`.
fn words_of(key: &str) -> String {
    let words = key.replace(['_', '-'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
