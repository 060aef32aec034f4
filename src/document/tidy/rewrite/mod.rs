//! Makes a text say what a tree says, by as few changes as there are: comments, order and layout of all else stay.
//!
//! Whoever edits changes the tree of a file ([`Node`]s, in which places mean nothing here) and gets the text for it back
//! ([`rewritten`]). Values are held against each other field by field and item by item; only what differs is written, in
//! the way its neighbours are. What comes out is read again and has to say what was wanted.

mod emit;
mod list;

use std::ops::Range;

use self::emit::{Emitter, scalar_like};
use super::layout::Untidy;
use crate::diagnostic::Findings;
use crate::span::FileId;
use crate::syntax::tree::{Kind, Tree};
use crate::syntax::{Edits, Entry, Node, Value, yaml};

/// Returns `text`, changed so that it says what `wanted` does.
///
/// # Errors
/// [`Untidy`], if the text cannot be read without findings, or is written in a way in which this cannot be done safely.
pub fn rewritten(text: &str, wanted: &Node) -> Result<String, Untidy> {
    let mut findings = Findings::new();
    let before = yaml::parse(FileId(0), text, &mut findings);
    if !findings.is_empty() {
        return Err(Untidy::Broken);
    }
    if before.as_ref().is_some_and(|before| says_same(before, wanted)) {
        return Ok(text.to_owned());
    }
    let tree = Tree::read(text);
    let mut rewriter = Rewriter { text, tree: &tree, edits: Edits::new(text), emit: Emitter::of(text) };
    let done = match rewriter.value_in(0) {
        Some(_) => {
            rewriter.value(0, 0, wanted)?;
            rewriter.edits.done()
        }
        None => rewriter.emit.whole(text, wanted),
    };
    let mut findings = Findings::new();
    let after = yaml::parse(FileId(0), &done, &mut findings).filter(|_| findings.is_empty());
    if after.is_some_and(|after| says_same(&after, wanted)) { Ok(done) } else { Err(Untidy::Unusual) }
}

/// Tells whether two trees say the same, in the same order.
pub fn says_same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Empty, Value::Empty) => true,
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| says_same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            let same = |(a, b): (&Entry, &Entry)| a.key.value == b.key.value && says_same(&a.value, &b.value);
            a.len() == b.len() && a.iter().zip(b).all(same)
        }
        (Value::Empty | Value::Text(_) | Value::List(_) | Value::Map(_), _) => false,
    }
}

struct Rewriter<'t> {
    text: &'t str,
    tree: &'t Tree<'t>,
    edits: Edits<'t>,
    emit: Emitter,
}

/// The value of a field, an item or a file.
#[derive(Clone, Copy)]
struct Held {
    item: usize,
    /// The `|` or `>` before a block of text.
    header: Option<usize>,
}

impl Rewriter<'_> {
    /// Returns the value inside a field, an item or the file.
    fn value_in(&self, holder: usize) -> Option<Held> {
        let mut header = None;
        for item in self.tree.inside(holder) {
            match self.tree.item(item).kind {
                Kind::Header => header = Some(item),
                kind if kind.is_trivia() => {}
                Kind::Key | Kind::Colon | Kind::Dash | Kind::Marker | Kind::Directive => {}
                _ => return Some(Held { item, header }),
            }
        }
        header.map(|item| Held { item, header })
    }

    /// Makes the value inside `holder` say what is wanted; its fields or items stand in `column` if it is written anew.
    fn value(&mut self, holder: usize, column: usize, wanted: &Node) -> Result<(), Untidy> {
        let Some(held) = self.value_in(holder) else {
            return self.put_behind_mark(holder, column, wanted);
        };
        match (self.tree.item(held.item).kind, &wanted.value) {
            (Kind::Map, Value::Map(entries)) => self.map(held.item, entries),
            (Kind::List, Value::List(items)) if !items.is_empty() => self.list(held.item, items),
            (Kind::FlowList, Value::List(items)) if self.flow_list(held.item, items) => Ok(()),
            (Kind::FlowMap | Kind::FlowList, Value::Map(_) | Value::List(_)) => self.flow(held.item, wanted),
            (Kind::Plain | Kind::Single | Kind::Double | Kind::Header | Kind::Block, Value::Text(text)) => {
                self.scalar(held, column, text)
            }
            _ => self.put_behind_mark(holder, column, wanted),
        }
    }

    fn scalar(&mut self, held: Held, column: usize, text: &str) -> Result<(), Untidy> {
        let kind = self.tree.item(held.item).kind;
        let said = match held.header {
            Some(_) if kind == Kind::Block => self.tree.block(held.item).trim().to_owned(),
            _ => self.tree.text_of(held.item).unwrap_or_default(),
        };
        if said == text {
            return Ok(());
        }
        let range = self.range(held);
        if held.header.is_some() && self.has_comment(range.clone()) {
            return Err(Untidy::Unusual);
        }
        let new = match held.header {
            Some(_) => self.emit.text(text, column, true),
            None => scalar_like(kind, text).unwrap_or_else(|| self.emit.text(text, column, false)),
        };
        self.edits.put(range, new);
        Ok(())
    }

    /// Returns the bytes of a value, without line ends behind it.
    fn range(&self, held: Held) -> Range<usize> {
        let start = self.tree.item(held.header.unwrap_or(held.item)).range().start;
        start..self.end_of(held.item).max(start)
    }

    /// Returns where what an item says ends: before blanks and comments behind it.
    fn end_of(&self, item: usize) -> usize {
        let inside = item..item + self.tree.item(item).size as usize;
        let mut leaves = inside.filter(|number| {
            let kind = self.tree.item(*number).kind;
            kind.is_leaf() && !kind.is_trivia()
        });
        let range = leaves
            .next_back()
            .map_or_else(|| self.tree.item(item).range(), |leaf| self.tree.item(leaf).range());
        let start = range.start;
        start + self.text[range].trim_end().len()
    }

    /// Writes a value anew, behind the colon or dash of what holds it.
    fn put_behind_mark(&mut self, holder: usize, column: usize, wanted: &Node) -> Result<(), Untidy> {
        let marks = self.tree.inside(holder);
        let mark = marks.filter(|item| matches!(self.tree.item(*item).kind, Kind::Colon | Kind::Dash)).last();
        let mark = mark.ok_or(Untidy::Unusual)?;
        let start = self.tree.item(mark).range().end;
        let end = self.value_in(holder).map_or(start, |held| self.range(held).end);
        // A comment between the two would be lost.
        if self.text[start..end].contains('#') && self.has_comment(start..end) {
            return Err(Untidy::Unusual);
        }
        let is_item = self.tree.item(mark).kind == Kind::Dash;
        let new = self.emit.behind_mark(wanted, column, is_item);
        self.edits.put(start..end, new);
        Ok(())
    }

    fn has_comment(&self, range: Range<usize>) -> bool {
        let mut leaves = self.tree.leaves();
        leaves.any(|leaf| leaf.kind == Kind::Comment && range.contains(&(leaf.start as usize)))
    }

    /// Writes a value in brackets or braces anew, in its one line.
    fn flow(&mut self, item: usize, wanted: &Node) -> Result<(), Untidy> {
        let mut findings = Findings::new();
        let range = self.tree.item(item).range();
        let same = yaml::parse(FileId(0), &self.text[range.clone()], &mut findings);
        if same.is_some_and(|same| findings.is_empty() && says_same(&same, wanted)) {
            return Ok(());
        }
        if self.has_comment(range.clone()) {
            return Err(Untidy::Unusual);
        }
        self.edits.put(range, Emitter::flow(wanted));
        Ok(())
    }

    /// Makes the fields of a map those that are wanted; they stand in the column they stand in.
    fn map(&mut self, map: usize, wanted: &[Entry]) -> Result<(), Untidy> {
        let tree = self.tree;
        let fields = tree.inside(map).filter(|item| tree.item(*item).kind == Kind::Entry);
        let fields: Vec<(usize, String)> = fields.map(|entry| (entry, self.key_of(entry))).collect();
        let Some((first, _)) = fields.first() else { return Err(Untidy::Unusual) };
        let column = self.column(tree.item(*first).range().start);
        let find = |key: &str| fields.iter().position(|(_, known)| known == key);
        let kept: Vec<usize> = wanted.iter().filter_map(|entry| find(&entry.key.value)).collect();
        if kept.is_empty() || kept.windows(2).any(|pair| pair[0] > pair[1]) {
            return Err(Untidy::Unusual);
        }
        for (at, (entry, key)) in fields.iter().enumerate() {
            match wanted.iter().find(|wanted| wanted.key.value == *key) {
                Some(wanted) => self.value(*entry, column + self.emit.step, &wanted.value)?,
                None => self.remove_field(*entry, fields.get(at + 1).map(|(next, _)| *next))?,
            }
        }
        let mut before = None;
        let mut new: Vec<(Option<usize>, Vec<&Entry>)> = Vec::new();
        for entry in wanted {
            match find(&entry.key.value) {
                Some(at) => before = Some(at),
                None => match new.last_mut().filter(|(after, _)| *after == before) {
                    Some((_, entries)) => entries.push(entry),
                    None => new.push((before, vec![entry])),
                },
            }
        }
        for (after, entries) in new {
            self.add_fields(after.map(|at| fields[at].0), *first, column, &entries);
        }
        Ok(())
    }

    fn key_of(&self, entry: usize) -> String {
        let tree = self.tree;
        let key = tree.inside(entry).find(|item| tree.item(*item).kind == Kind::Key);
        let text = key.and_then(|key| tree.inside(key).find_map(|item| tree.text_of(item)));
        text.or_else(|| key.and_then(|key| tree.text_of(key))).unwrap_or_default()
    }

    /// Puts fields behind the field `after`, or before the first one.
    fn add_fields(&mut self, after: Option<usize>, first: usize, column: usize, entries: &[&Entry]) {
        let end = self.emit.line_end;
        let indent = " ".repeat(column);
        let written: Vec<String> =
            entries.iter().map(|entry| self.emit.field(&entry.key.value, &entry.value, column)).collect();
        match after {
            Some(field) => {
                let at = self.line_end(self.end_of(field));
                let new: String = written.iter().map(|field| format!("{end}{indent}{field}")).collect();
                self.edits.insert(offset(at), &new);
            }
            None => {
                let at = self.tree.item(first).range().start;
                let new: String = written.iter().map(|field| format!("{field}{end}{indent}")).collect();
                self.edits.insert(offset(at), &new);
            }
        }
    }

    /// Takes out a field: its lines, or what stands before the next one if a dash shares its line.
    fn remove_field(&mut self, entry: usize, next: Option<usize>) -> Result<(), Untidy> {
        let start = self.tree.item(entry).range().start;
        let line = self.line_start(start);
        if self.text[line..start].trim().is_empty() {
            self.remove_lines(line, self.end_of(entry));
            return Ok(());
        }
        let next = next.ok_or(Untidy::Unusual)?;
        let end = self.tree.item(next).range().start;
        if self.has_comment(start..end) {
            return Err(Untidy::Unusual);
        }
        self.edits.put(start..end, "");
        Ok(())
    }

    /// Takes out whole lines, from the start of one to the end of that in which `last` stands.
    fn remove_lines(&mut self, start: usize, last: usize) {
        let end = self.line_end(last);
        let rest = &self.text[end..];
        let line_end = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
        self.edits.put(start..end + line_end, "");
    }

    fn column(&self, at: usize) -> usize {
        self.text[self.line_start(at)..at].chars().count()
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |before| before + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        let end = self.text[at..].find('\n').map_or(self.text.len(), |after| at + after);
        if self.text[..end].ends_with('\r') && end > at { end - 1 } else { end }
    }
}

/// Returns a byte as spans have it; files are far smaller than 4 GiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
