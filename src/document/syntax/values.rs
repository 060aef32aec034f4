//! From the tree of a file to its values, each with its place.
//!
//! Refused plainly, because lists need none of it and each is a way to go wrong or to attack: anchors and aliases, tags,
//! keys that are not text, second documents.

use std::collections::BTreeMap;

use super::codes;
use super::fold::fold_lines;
use super::node::{Entry, Node, Value};
use super::repeated::{self, Repeated};
use super::tree::{Kind, Tree};
use super::yaml::{LOST, LOST_MARK};
use crate::diagnostic::{Finding, Findings};
use crate::span::{FileId, Span, Spanned};
use crate::text;
use crate::visible::is_unseen;

/// The most constructs of a file that are refused one by one.
const MOST_REFUSED: usize = 20;

/// Returns what a file says. `None` if it says nothing.
pub(super) fn values(file: FileId, tree: &Tree<'_>, findings: &mut Findings) -> Option<Node> {
    let mut values = Values { file, tree, findings, refused: 0 };
    let node = values.inside(0, None, 0);
    let second = tree.inside(0).find(|item| tree.item(*item).kind == Kind::Second);
    if let Some(second) = second {
        values.refuse_second(second);
    }
    Some(node)
}

struct Values<'a, 't> {
    file: FileId,
    tree: &'a Tree<'t>,
    findings: &'a mut Findings,
    refused: usize,
}

impl Values<'_, '_> {
    /// Returns the value among the items inside `number`, behind the item `after`. One that is not there stands at byte
    /// `at`.
    fn inside(&mut self, number: usize, after: Option<usize>, at: usize) -> Node {
        let tree = self.tree;
        let mut node = Node::new(Span::new(self.file, at, at), Value::Empty);
        let mut header = "";
        for item in tree.inside(number).filter(|item| after.is_none_or(|after| *item > after)) {
            match tree.item(item).kind {
                Kind::Header => header = tree.written(item),
                Kind::Block => node = self.block(item, header),
                Kind::Broken | Kind::Lost => node = Node::refused(self.span(item)),
                Kind::Second => break,
                Kind::Anchor => self.refuse_anchor(self.span(item)),
                Kind::Tag => self.refuse_tag(item),
                kind if is_value(kind) => node = self.value(item),
                _ => {}
            }
        }
        node
    }

    fn span(&self, item: usize) -> Span {
        let range = self.tree.item(item).range();
        Span::new(self.file, range.start, range.end)
    }

    /// Returns the value that an item is.
    fn value(&mut self, item: usize) -> Node {
        let (tree, span) = (self.tree, self.span(item));
        match tree.item(item).kind {
            Kind::List | Kind::FlowList => self.list(item),
            Kind::Map | Kind::FlowMap => self.map(item),
            Kind::Alias => {
                self.refuse_anchor(span);
                Node::refused(span)
            }
            Kind::Plain if tree.written(item) == LOST_MARK => Node::refused(span),
            Kind::Double if self.hides(item) => Node::refused(span),
            _ => Node::new(span, tree.text_of(item).map_or(Value::Empty, Value::Text)),
        }
    }

    /// Tells whether a text has characters, written as numbers, that nobody would see; says so.
    fn hides(&mut self, item: usize) -> bool {
        if !self.tree.written(item).contains('\\') {
            return false;
        }
        let text = self.tree.unquoted(item);
        let hidden = text.chars().find(|c| is_unseen(*c) && *c != '\u{85}');
        let Some(hidden) = hidden else { return false };
        let code = format!("U+{:04X}", u32::from(hidden));
        self.refuse(
            Finding::new(
                &codes::HIDDEN_CHARACTER,
                self.span(item),
                text!(
                    "双引号里用“\\”写了一个看不见的字符（{code}）",
                    "a `\\` in double quotes stands for an invisible character ({code})"
                ),
            )
            .help(text!("删去“\\”和后面的编码", "delete the `\\` and the code behind it")),
        );
        true
    }

    /// Returns a block of text without the blank lines around it.
    fn block(&mut self, item: usize, header: &str) -> Node {
        let written = self.tree.written(item);
        let lead = written.len() - written.trim_start().len();
        let span = self.span(item).part(lead, written.trim_end().len().max(lead));
        let text = match header.starts_with('>') {
            true => fold_lines(written.lines()),
            false => self.tree.block(item).trim().replace('\r', ""),
        };
        Node::new(span, if text.is_empty() { Value::Empty } else { Value::Text(text) })
    }

    fn list(&mut self, number: usize) -> Node {
        let tree = self.tree;
        let mut items = Vec::new();
        for item in tree.inside(number) {
            match tree.item(item).kind {
                Kind::Item => {
                    let after_dash = tree.item(item).start as usize + 1;
                    items.push(self.inside(item, None, after_dash));
                }
                Kind::Lost | Kind::Broken => items.push(Node::refused(self.span(item))),
                Kind::Anchor => self.refuse_anchor(self.span(item)),
                Kind::Tag => self.refuse_tag(item),
                kind if is_value(kind) => items.push(self.value(item)),
                _ => {}
            }
        }
        let last = items.last().map(|node| node.span.end);
        Node::new(self.extent(number, last), Value::List(items))
    }

    /// Returns the span of a list or map: up to its last value, or its closing bracket.
    fn extent(&self, number: usize, last: Option<u32>) -> Span {
        let span = self.span(number);
        let is_flow = matches!(self.tree.item(number).kind, Kind::FlowList | Kind::FlowMap)
            && self.tree.written(number).starts_with(['[', '{']);
        let end = if is_flow { span.end } else { last.unwrap_or(span.end) };
        Span { end: end.max(span.start), ..span }
    }

    fn map(&mut self, number: usize) -> Node {
        let tree = self.tree;
        let mut fields = Fields::default();
        for item in tree.inside(number) {
            match tree.item(item).kind {
                Kind::Entry => self.entry(item, &mut fields),
                Kind::Lost | Kind::Broken => fields.entries.push(Entry::refused(LOST, self.span(item))),
                _ => {}
            }
        }
        repeated::report(&fields.repeated, self.findings);
        let last = fields.entries.last().map(|entry| entry.value.span.end.max(entry.key.span.end));
        Node::new(self.extent(number, last), Value::Map(fields.entries))
    }

    fn entry(&mut self, number: usize, fields: &mut Fields) {
        let Some(key_item) = self.tree.inside(number).next() else { return };
        let key_span = self.span(key_item);
        let key = self.inside(key_item, None, key_span.start as usize);
        let key = self.key(&key, fields);
        let value = self.inside(number, Some(key_item), key_span.end as usize);
        match key {
            Key::Good(key) => {
                let value = if key.value == LOST { self.merged(&key, &value) } else { value };
                fields.entries.push(Entry { key, value });
            }
            Key::Lost(span) => fields
                .entries
                .push(Entry { key: Spanned::new(LOST.to_owned(), span), value: Node::refused(value.span) }),
            // Of a key that stood empty before, the second time counts.
            Key::Dropped(first) => {
                if let Some(first) = fields.entries.get_mut(first)
                    && matches!(first.value.value, Value::Empty)
                {
                    first.value = value;
                }
            }
        }
    }

    /// Turns a node in key position into a key, or reports why it cannot be one.
    fn key(&mut self, node: &Node, fields: &mut Fields) -> Key {
        let name = match &node.value {
            Value::Text(text) => text.clone(),
            Value::Empty if node.refused => return Key::Lost(node.span),
            Value::Empty | Value::List(_) | Value::Map(_) => {
                self.findings.push(
                    Finding::new(
                        &codes::COMPLEX_KEY,
                        node.span,
                        text!("冒号前面不是普通文字", "what stands before the colon is not plain text"),
                    )
                    .help(text!(
                        "冒号前面写字段名，例如 title: …",
                        "write the name of a field before the colon, for example `title: …`"
                    )),
                );
                return Key::Lost(node.span);
            }
        };
        if let Some((first, entry)) = fields.seen.get(&name) {
            fields.repeated.push(Repeated { name, at: node.span, first: *first });
            return Key::Dropped(*entry);
        }
        fields.seen.insert(name.clone(), (node.span, fields.entries.len()));
        Key::Good(Spanned::new(name, node.span))
    }

    /// Marks what a merge key brings as refused; an alias was reported already.
    fn merged(&mut self, key: &Spanned<String>, value: &Node) -> Node {
        if !value.refused {
            self.findings.push(
                Finding::new(
                    &codes::COMPLEX_KEY,
                    key.span,
                    text!("不能用“<<”合并", "`<<` (a YAML merge) cannot be used"),
                )
                .help(text!("把要合并的字段直接写在这里", "write the merged fields out here")),
            );
        }
        Node::refused(value.span)
    }

    fn refuse_second(&mut self, item: usize) {
        let span = self.span(item);
        let length = if self.tree.written(item).starts_with("---") { 3 } else { 0 };
        self.findings.push(
            Finding::new(
                &codes::SECOND_DOCUMENT,
                Span { end: span.start + length, ..span },
                text!(
                    "“---”后面是第二份内容，没有读取",
                    "a second document starts at this `---` and was not read"
                ),
            )
            .help(text!(
                "删去“---”，或把后面的内容放进另一个文件",
                "delete the `---`, or move what follows to a file of its own"
            )),
        );
    }

    fn refuse_anchor(&mut self, span: Span) {
        self.refuse(
            Finding::new(
                &codes::YAML_ANCHOR,
                span,
                text!("这里用了 & 或 * 引用", "this uses `&` or `*` to stand for another part of the file"),
            )
            .help(text!(
                "把内容直接写在这里；以 & 或 * 开头的文字请加引号",
                "write the value out here; put text that starts with `&` or `*` in quotes"
            )),
        );
    }

    fn refuse_tag(&mut self, item: usize) {
        let tag = self.tree.written(item);
        self.refuse(
            Finding::new(
                &codes::YAML_TAG,
                self.span(item),
                text!("这里用了标签“{tag}”", "this uses the YAML tag `{tag}`"),
            )
            .help(text!(
                "删去标签；以 ! 开头的文字请加引号",
                "delete the tag; put text that starts with `!` in quotes"
            )),
        );
    }

    /// Reports a construct that is not allowed, unless very many were.
    fn refuse(&mut self, finding: Finding) {
        self.refused += 1;
        if self.refused <= MOST_REFUSED {
            self.findings.push(finding);
        }
    }
}

/// The fields of a map while they are read.
#[derive(Default)]
struct Fields {
    entries: Vec<Entry>,
    /// Each name with its first place and the number of its entry.
    seen: BTreeMap<String, (Span, usize)>,
    repeated: Vec<Repeated>,
}

/// A key waiting for its value.
enum Key {
    /// A key that counts.
    Good(Spanned<String>),
    /// A key that was refused: its value is read and lost.
    Lost(Span),
    /// A key that was repeated, with the entry that has it: its value is read and dropped.
    Dropped(usize),
}

fn is_value(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Plain
            | Kind::Single
            | Kind::Double
            | Kind::Map
            | Kind::List
            | Kind::FlowMap
            | Kind::FlowList
            | Kind::Alias
    )
}

impl<'t> Tree<'t> {
    /// Returns what a text without or in quotation marks says. `None` for anything else, and for a text that says nothing.
    pub fn text_of(&self, item: usize) -> Option<String> {
        let written = self.written(item);
        let text = match self.item(item).kind {
            Kind::Single | Kind::Double => self.unquoted(item).replace('\r', ""),
            Kind::Plain if matches!(written, "~" | "null" | "Null" | "NULL") => return None,
            Kind::Plain if written.contains('\n') => fold_lines(written.lines()),
            Kind::Plain => written.trim().to_owned(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// Returns the names of the fields of a map, as they are written.
    pub fn names(&self, map: usize) -> impl Iterator<Item = &'t str> {
        let entries = self.inside(map).filter(|item| self.item(*item).kind == Kind::Entry);
        entries.filter_map(|entry| self.inside(entry).next()).map(|key| self.written(key))
    }
}
