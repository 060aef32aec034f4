//! Values as text, written anew.

use crate::syntax::tree::Kind;
use crate::syntax::{Node, Value, scalar};

/// Writes values in the manner of one file.
pub(super) struct Emitter {
    /// How its lines end.
    pub(super) line_end: &'static str,
    /// How far a level is further in.
    pub(super) step: usize,
}

impl Emitter {
    /// Returns one that writes as `text` does.
    pub(super) fn of(text: &str) -> Self {
        Self { line_end: if text.contains("\r\n") { "\r\n" } else { "\n" }, step: 2 }
    }

    /// Returns a whole file: what stood in it before it had values, then these.
    pub(super) fn whole(&self, text: &str, wanted: &Node) -> String {
        let end = self.line_end;
        let lead =
            if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}{end}") };
        match &wanted.value {
            Value::Map(entries) => {
                let fields = entries.iter().map(|entry| self.field(&entry.key.value, &entry.value, 0) + end);
                format!("{lead}{}", fields.collect::<String>())
            }
            Value::List(items) => {
                let items = items.iter().map(|item| self.item(item, 0) + end);
                format!("{lead}{}", items.collect::<String>())
            }
            Value::Empty | Value::Text(_) => format!("{lead}{}{end}", Self::flow(wanted)),
        }
    }

    /// Returns a field, without the blanks before it and the line end behind it.
    pub(super) fn field(&self, key: &str, value: &Node, column: usize) -> String {
        format!("{}:{}", scalar(key), self.behind_mark(value, column + self.step, false))
    }

    /// Returns an item whose dash stands in `column`.
    pub(super) fn item(&self, value: &Node, column: usize) -> String {
        format!("-{}", self.behind_mark(value, column + 2, true))
    }

    /// Returns what stands behind a colon or a dash: from the space on, without the line end.
    pub(super) fn behind_mark(&self, value: &Node, column: usize, is_item: bool) -> String {
        let indent = " ".repeat(column);
        let end = self.line_end;
        match &value.value {
            Value::Empty => String::new(),
            Value::Text(text) => format!(" {}", self.text(text, column, false)),
            Value::List(items) if items.is_empty() => " []".to_owned(),
            Value::Map(entries) if entries.is_empty() => " {}".to_owned(),
            Value::List(items) => {
                items.iter().map(|item| format!("{end}{indent}{}", self.item(item, column))).collect()
            }
            Value::Map(entries) => {
                let fields = entries.iter().enumerate().map(|(at, entry)| {
                    let field = self.field(&entry.key.value, &entry.value, column);
                    if at == 0 && is_item { format!(" {field}") } else { format!("{end}{indent}{field}") }
                });
                fields.collect()
            }
        }
    }

    /// Returns a text; one of several lines as a block, whose lines stand in `column`.
    pub(super) fn text(&self, text: &str, column: usize, as_block: bool) -> String {
        let is_plain = |line: &str| !line.chars().any(|c| c.is_control() || c == '\u{FEFF}');
        let fits = !text.is_empty()
            && !text.starts_with([' ', '\n', '\t'])
            && !text.ends_with([' ', '\n', '\t'])
            && text.split('\n').all(is_plain);
        if !(as_block || text.contains('\n')) || !fits {
            return scalar(text);
        }
        let indent = " ".repeat(column.max(1));
        let end = self.line_end;
        let lines = text.split('\n').map(|line| match line {
            "" => end.to_owned(),
            line => format!("{end}{indent}{line}"),
        });
        format!("|{}", lines.collect::<String>())
    }

    /// Returns a value in one line.
    pub(super) fn flow(value: &Node) -> String {
        match &value.value {
            Value::Empty => "~".to_owned(),
            Value::Text(text) => in_flow(text),
            Value::List(items) => {
                format!("[{}]", items.iter().map(Self::flow).collect::<Vec<_>>().join(", "))
            }
            Value::Map(entries) => {
                let field = |entry: &crate::syntax::Entry| {
                    format!("{}: {}", in_flow(&entry.key.value), Self::flow(&entry.value))
                };
                format!("{{{}}}", entries.iter().map(field).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// Returns a text as it can stand between brackets.
fn in_flow(text: &str) -> String {
    let written = scalar(text);
    let is_quoted = written.starts_with(['\'', '"']);
    if is_quoted || !written.contains([',', '[', ']', '{', '}']) { written } else { format!("'{text}'") }
}

/// Returns a text in the quotation marks that another stands in. `None` if those cannot hold it.
pub(super) fn scalar_like(kind: Kind, text: &str) -> Option<String> {
    let is_one_line = !text.chars().any(char::is_control) && !text.is_empty();
    match kind {
        Kind::Single if is_one_line => Some(format!("'{}'", text.replace('\'', "''"))),
        Kind::Double if is_one_line => {
            Some(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
        }
        _ => None,
    }
}
