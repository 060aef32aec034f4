//! YAML to [`Node`]s. The only module that knows the parser, beside the words for what it says in
//! `explain.rs`.
//!
//! Refused plainly, because lists need none of it and each is a way to go wrong or to attack: anchors
//! and aliases, tags, keys that are not text, second documents, nesting over [`DEEPEST`] levels.

use std::collections::BTreeMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError};

use super::codes;
use super::explain::explain;
use super::fold::fold_lines;
use super::node::{Entry, Node, Value};
use super::repeated::{self, Repeated};
use crate::diagnostic::{Finding, Findings};
use crate::span::{FileId, Span, Spanned};
use crate::text;

/// How many levels of lists and maps may stand inside each other.
pub const DEEPEST: usize = 32;

/// The key of an entry that was refused, as a map that is merged in; the map it stands in may lack fields
/// because of it.
pub const LOST: &str = "<<";

/// What marks, in the copy of a broken file, a field or an item that was left out; a private character, so that no file has
/// it.
pub(super) const LOST_MARK: &str = "\u{e000}\u{e001}";

/// Reads one file. `None` if it is empty or cannot be read at all; then a finding says why.
pub fn parse(file: FileId, source: &str, findings: &mut Findings) -> Option<Node> {
    let attempt = attempt(file, source);
    findings.append(attempt.findings);
    match attempt.error {
        None => attempt.node,
        Some(error) => {
            findings.push(error.finding(file, source));
            None
        }
    }
}

/// What came of reading a text.
pub(super) struct Attempt {
    pub node: Option<Node>,
    pub findings: Findings,
    /// Where and why it could not be read to the end; then the tree is not whole.
    pub error: Option<Stop>,
}

/// Where and why reading stopped.
pub(super) struct Stop(ScanError);

impl Stop {
    /// Returns the byte at which reading stopped.
    pub fn byte(&self, source: &str) -> usize {
        self.0.marker().byte_offset().unwrap_or(source.len()).min(source.len())
    }

    pub fn is_too_deep(&self) -> bool {
        matches!(self.0.kind(), ErrorKind::RecursionLimitExceeded)
    }

    /// Says in plain words why reading stopped, and where.
    pub fn finding(&self, file: FileId, source: &str) -> Finding {
        let at = self.byte(source);
        let span = Span::new(file, at, at);
        if self.is_too_deep() {
            let deepest = DEEPEST;
            return Finding::new(
                &codes::DEEP_NESTING,
                span,
                text!("层级超过 {deepest} 层", "more than {deepest} levels inside each other"),
            )
            .help(text!(
                "清单最多用到十层；请检查缩进和括号",
                "lists need ten levels at most: check the indentation and the brackets"
            ));
        }
        let (message, help) = explain(self.0.kind());
        Finding::new(&codes::BROKEN_YAML, span, message).help(help)
    }
}

/// Reads a text as far as it can be read.
pub(super) fn attempt(file: FileId, source: &str) -> Attempt {
    let options = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        block_nesting_limit: DEEPEST,
        flow_nesting_limit: DEEPEST,
    };
    let mut findings = Findings::new();
    let mut builder =
        Builder { source, findings: &mut findings, open: Vec::new(), root: None, documents: 0, refused: 0 };
    let mut error = None;
    for event in Parser::new_from_str_with_options(source, options) {
        match event {
            Ok((event, span)) => {
                let bytes = span.byte_range().unwrap_or_default();
                if !builder.take(event, Span::new(file, bytes.start, bytes.end)) {
                    break;
                }
            }
            Err(stop) => {
                error = Some(Stop(stop));
                break;
            }
        }
    }
    let node = builder.root;
    Attempt { node, findings, error }
}

/// Returns the comments of a text in their order, each without blanks at its end. `None` if it cannot be read.
pub fn comments(source: &str) -> Option<Vec<String>> {
    let options = granit_parser::options! {
        emit_comments: true,
        emit_unresolved_aliases: true,
        block_nesting_limit: DEEPEST,
        flow_nesting_limit: DEEPEST,
    };
    let mut comments = Vec::new();
    for event in Parser::new_from_str_with_options(source, options) {
        if let Event::Comment(text, ..) = event.ok()?.0 {
            comments.push(text.trim_end().to_owned());
        }
    }
    Some(comments)
}

/// A list or map that is still being read.
struct Open {
    span: Span,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, seen: BTreeMap<String, Span>, key: Option<Key>, repeated: Vec<Repeated> },
}

/// A key waiting for its value.
enum Key {
    /// A key that counts.
    Good(Spanned<String>),
    /// A key that was refused: its value is read and lost.
    Lost(Span),
    /// A key that was repeated: its value is read and dropped.
    Dropped(String),
}

struct Builder<'a> {
    source: &'a str,
    findings: &'a mut Findings,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    refused: usize,
}

impl Builder<'_> {
    /// Takes one event; false ends the reading.
    fn take(&mut self, event: Event<'_>, span: Span) -> bool {
        if let Some(tag) = event.tag() {
            let tag = tag.original();
            self.refuse_tag(span, &tag);
        }
        if event.anchor_id().is_some() {
            self.refuse_anchor(span);
        }
        match event {
            Event::DocumentStart(..) => return self.start_document(span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refuse_anchor(span);
                self.place(Node::refused(span));
            }
            Event::Scalar(text, ..) if text == LOST_MARK => self.place(Node::refused(span)),
            Event::Scalar(text, style, ..) => {
                let value = self.scalar(&text, style, span);
                self.place(Node::new(self.tight(span, style), value));
            }
            Event::SequenceStart(..) => self.open.push(Open { span, kind: OpenKind::List(Vec::new()) }),
            Event::MappingStart(..) => {
                self.open.push(Open {
                    span,
                    kind: OpenKind::Map {
                        entries: Vec::new(),
                        seen: BTreeMap::new(),
                        key: None,
                        repeated: Vec::new(),
                    },
                });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            _ => {}
        }
        true
    }

    fn start_document(&mut self, span: Span) -> bool {
        self.documents += 1;
        if self.documents > 1 {
            self.findings.push(
                Finding::new(
                    &codes::SECOND_DOCUMENT,
                    span,
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
            return false;
        }
        true
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

    fn refuse_tag(&mut self, span: Span, tag: &str) {
        self.refuse(
            Finding::new(
                &codes::YAML_TAG,
                span,
                text!("这里用了标签“{tag}”", "this uses the YAML tag `{tag}`"),
            )
            .help(text!(
                "删去标签；以 ! 开头的文字请加引号",
                "delete the tag; put text that starts with `!` in quotes"
            )),
        );
    }

    /// Reports a construct that is not allowed, at most 20 times a file.
    fn refuse(&mut self, finding: Finding) {
        self.refused += 1;
        if self.refused <= 20 {
            self.findings.push(finding);
        }
    }

    fn scalar(&self, text: &str, style: ScalarStyle, span: Span) -> Value {
        let written = &self.source[span.start as usize..span.end as usize];
        let text = match style {
            ScalarStyle::Plain if written.contains('\n') => fold_lines(written.lines()),
            ScalarStyle::Folded => {
                fold_lines(written.lines().skip_while(|line| line.trim_start().starts_with('>')))
            }
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => text.replace('\r', ""),
            ScalarStyle::Plain | ScalarStyle::Literal => text.trim().replace('\r', ""),
        };
        match (style, text.as_str()) {
            (_, "") | (ScalarStyle::Plain, "~" | "null" | "Null" | "NULL") => Value::Empty,
            _ => Value::Text(text),
        }
    }

    /// Returns the span without the line end that block texts carry along.
    fn tight(&self, span: Span, style: ScalarStyle) -> Span {
        if !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            return span;
        }
        let written = &self.source[span.start as usize..span.end as usize];
        let lead = written.len() - written.trim_start().len();
        span.part(lead, written.trim_end().len().max(lead))
    }

    fn close(&mut self, end: Span) {
        let Some(open) = self.open.pop() else { return };
        let (value, last) = match open.kind {
            OpenKind::List(items) => {
                let last = items.last().map(|node| node.span.end);
                (Value::List(items), last)
            }
            OpenKind::Map { entries, repeated, .. } => {
                repeated::report(&repeated, self.findings);
                let last = entries.last().map(|entry| entry.value.span.end.max(entry.key.span.end));
                (Value::Map(entries), last)
            }
        };
        let flow =
            self.source.as_bytes().get(open.span.start as usize).is_some_and(|b| matches!(b, b'[' | b'{'));
        let end = if flow { end.end } else { last.unwrap_or(end.end) };
        self.place(Node::new(Span { end: end.max(open.span.start), ..open.span }, value));
    }

    /// Puts a finished node where it belongs: as key, value, item or root.
    fn place(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut open.kind {
            OpenKind::List(items) => items.push(node),
            OpenKind::Map { entries, seen, key, repeated } => match key.take() {
                None => *key = Some(take_key(&node, seen, repeated, self.findings)),
                Some(Key::Good(key)) => {
                    let value =
                        if key.value == LOST { take_merged(&key, &node, self.findings) } else { node };
                    entries.push(Entry { key, value });
                }
                Some(Key::Lost(span)) => {
                    entries.push(Entry {
                        key: Spanned::new(LOST.to_owned(), span),
                        value: Node::refused(node.span),
                    });
                }
                // Of a key that stood empty before, the second time counts.
                Some(Key::Dropped(name)) => {
                    let first = entries.iter_mut().find(|entry| entry.key.value == name);
                    if let Some(first) = first.filter(|first| matches!(first.value.value, Value::Empty)) {
                        first.value = node;
                    }
                }
            },
        }
    }
}

/// Marks what a merge key brings as refused; an alias was reported already.
fn take_merged(key: &Spanned<String>, value: &Node, findings: &mut Findings) -> Node {
    if !value.refused {
        findings.push(
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

/// Turns a node in key position into a key, or reports why it cannot be one.
fn take_key(
    node: &Node,
    seen: &mut BTreeMap<String, Span>,
    repeated: &mut Vec<Repeated>,
    findings: &mut Findings,
) -> Key {
    let name = match &node.value {
        Value::Text(text) => text.clone(),
        Value::Empty if node.refused => return Key::Lost(node.span),
        Value::Empty | Value::List(_) | Value::Map(_) => {
            findings.push(
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
    let Some(first) = seen.get(&name) else {
        seen.insert(name.clone(), node.span);
        return Key::Good(Spanned::new(name, node.span));
    };
    repeated.push(Repeated { name: name.clone(), at: node.span, first: *first });
    Key::Dropped(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (Option<Node>, Vec<&'static str>) {
        let mut findings = Findings::new();
        let node = parse(FileId(0), source, &mut findings);
        (node, findings.iter().map(|finding| finding.code.name).collect())
    }

    #[test]
    fn values_stay_as_written_and_know_their_place() {
        let source =
            "a: 010\nb: [no, 1.10]\nc: |\n  一\n  二\nd: ~\ne: 提供服务、\n  基本医疗\nf: >\n  教\n  育\n";
        let (node, codes) = read(source);
        let node = node.expect("the text is YAML");
        assert!(codes.is_empty());
        assert_eq!(node.get("a").and_then(Node::text), Some("010"));
        assert_eq!(node.get("b").map(|b| b.items().len()), Some(2));
        assert_eq!(node.get("c").and_then(Node::text), Some("一\n二"));
        assert!(matches!(node.get("d").map(|d| &d.value), Some(Value::Empty)));
        assert_eq!(node.get("e").and_then(Node::text), Some("提供服务、基本医疗"));
        assert_eq!(node.get("f").and_then(Node::text), Some("教育"));
        let span = node.get("c").map(|c| c.span).expect("c is there");
        assert_eq!(&source[span.start as usize..span.end as usize], "一\n  二");
    }

    #[test]
    fn dangerous_constructs_are_refused() {
        assert_eq!(read("a: &x 1\nb: *x\n").1, ["yaml-anchor", "yaml-anchor"]);
        assert_eq!(read("a: *流动儿童\n").1, ["yaml-anchor"]);
        assert_eq!(read("a: !!str 1\n").1, ["yaml-tag"]);
        assert_eq!(read("a: 1\n---\nb: 2\n").1, ["second-document"]);
        assert_eq!(read("? [a]\n: 1\n").1, ["complex-key"]);
        assert_eq!(read("a: 1\na: 2\n").1, ["duplicate-key"]);
        assert_eq!(read(&"[".repeat(200_000)).1, ["deep-nesting"]);
        assert_eq!(read(&"- ".repeat(20_000)).1, ["deep-nesting"]);
        assert_eq!(read("a: [b\nc: d\n").1, ["broken-yaml"]);
    }

    #[test]
    fn crlf_files_read_like_lf_files() {
        let (node, codes) = read("a: 一\r\nb: |\r\n  二\r\n  三\r\n");
        assert!(codes.is_empty());
        assert_eq!(
            node.and_then(|n| n.get("b").and_then(Node::text).map(str::to_owned)),
            Some("二\n三".into())
        );
    }
}
