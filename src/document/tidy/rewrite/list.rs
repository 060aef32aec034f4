//! Lists with dashes: which item is which, what goes and what comes.

use super::emit::Emitter;
use super::{Rewriter, offset, says_same};
use crate::diagnostic::Findings;
use crate::span::{FileId, Span};
use crate::syntax::tree::Kind;
use crate::syntax::{Node, Value, yaml};
use crate::tidy::layout::Untidy;

/// What becomes of the items of a list.
struct Pairing {
    /// For each wanted item the former one it is.
    of_wanted: Vec<Option<usize>>,
}

impl Pairing {
    /// Pairs items by what names them, in order; what is left between two pairs is paired in order if it is as much.
    fn new(former: &[Node], wanted: &[Node]) -> Self {
        let alike = longest_common(former, wanted);
        let mut of_wanted: Vec<Option<usize>> = vec![None; wanted.len()];
        alike.iter().for_each(|(old, new)| of_wanted[*new] = Some(*old));
        let (mut old, mut new) = (0, 0);
        for (next_old, next_new) in alike.into_iter().chain([(former.len(), wanted.len())]) {
            if next_old - old == next_new - new {
                (new..next_new).zip(old..next_old).for_each(|(new, old)| of_wanted[new] = Some(old));
            }
            (old, new) = (next_old + 1, next_new + 1);
        }
        Self { of_wanted }
    }
}

/// Returns what tells an item of a list from its neighbours: the first thing it says.
fn name_of(item: &Node) -> Option<&str> {
    match &item.value {
        Value::Text(text) => Some(text),
        Value::Map(entries) => entries.first().and_then(|entry| entry.value.text()),
        Value::Empty | Value::List(_) => None,
    }
}

fn text(text: String) -> Node {
    Node::new(Span::whole(FileId(0)), Value::Text(text))
}

/// Returns the longest row of items that both lists have in the same order.
fn longest_common(a: &[Node], b: &[Node]) -> Vec<(usize, usize)> {
    let is_same = |a: &Node, b: &Node| name_of(a).is_some() && name_of(a) == name_of(b);
    let mut lengths = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for (x, old) in a.iter().enumerate().rev() {
        for (y, new) in b.iter().enumerate().rev() {
            lengths[x][y] = if is_same(old, new) {
                lengths[x + 1][y + 1] + 1
            } else {
                lengths[x + 1][y].max(lengths[x][y + 1])
            };
        }
    }
    let (mut x, mut y, mut pairs) = (0, 0, Vec::new());
    while x < a.len() && y < b.len() {
        if is_same(&a[x], &b[y]) {
            pairs.push((x, y));
            (x, y) = (x + 1, y + 1);
        } else if lengths[x + 1][y] >= lengths[x][y + 1] {
            x += 1;
        } else {
            y += 1;
        }
    }
    pairs
}

impl Rewriter<'_> {
    /// Makes the items of a list those that are wanted.
    pub(super) fn list(&mut self, list: usize, wanted: &[Node]) -> Result<(), Untidy> {
        let tree = self.tree;
        let items: Vec<usize> =
            tree.inside(list).filter(|item| tree.item(*item).kind == Kind::Item).collect();
        let former = self.items_of(list)?;
        if former.len() != items.len() || items.is_empty() {
            return Err(Untidy::Unusual);
        }
        let Pairing { of_wanted } = Pairing::new(&former, wanted);
        let column = self.column(tree.item(items[0]).range().start);
        let gap = self.stands_apart(&items);
        let mut last = None;
        for (new, old) in wanted.iter().zip(&of_wanted) {
            match old {
                Some(old) => {
                    last = Some(*old);
                    if !says_same(&former[*old], new) {
                        self.value(items[*old], column + 2, new)?;
                    }
                }
                None => {
                    let moved = former
                        .iter()
                        .enumerate()
                        .position(|(at, known)| !of_wanted.contains(&Some(at)) && says_same(known, new));
                    let text = match moved {
                        Some(at) => self.as_written(items[at]),
                        None => self.emit.item(new, column),
                    };
                    self.add_item(last.map(|at| items[at]), items[0], &text, gap);
                }
            }
        }
        for (at, item) in items.iter().enumerate().filter(|(at, _)| !of_wanted.contains(&Some(*at))) {
            self.remove_item(*item, at == 0)?;
        }
        Ok(())
    }

    /// Makes the texts between brackets those that are wanted, one by one, so that their lines stay. `false` if that cannot be
    /// done; then nothing is changed.
    pub(super) fn flow_list(&mut self, list: usize, wanted: &[Node]) -> bool {
        let tree = self.tree;
        let items: Vec<usize> = tree
            .inside(list)
            .filter(|item| {
                let kind = tree.item(*item).kind;
                !kind.is_trivia() && !matches!(kind, Kind::Opening | Kind::Closing | Kind::Comma)
            })
            .collect();
        let texts: Option<Vec<Node>> = items.iter().map(|item| tree.text_of(*item).map(text)).collect();
        let Some(former) = texts.filter(|former| !former.is_empty() && !wanted.is_empty()) else {
            return false;
        };
        if wanted.iter().any(|item| item.text().is_none()) {
            return false;
        }
        let Pairing { of_wanted } = Pairing::new(&former, wanted);
        let first = of_wanted.iter().flatten().min();
        if first != Some(&0) {
            return false;
        }
        let mut last = items[0];
        for (new, old) in wanted.iter().zip(&of_wanted) {
            match old {
                Some(old) if says_same(&former[*old], new) => last = items[*old],
                Some(old) => {
                    last = items[*old];
                    self.edits.put(tree.item(last).range(), Emitter::flow(new));
                }
                None => {
                    let at = offset(tree.item(last).range().end);
                    self.edits.insert(at, &format!(", {}", Emitter::flow(new)));
                }
            }
        }
        for (at, item) in items.iter().enumerate().filter(|(at, _)| !of_wanted.contains(&Some(*at))) {
            let start = tree.item(items[at - 1]).range().end;
            self.edits.put(start..tree.item(*item).range().end, "");
        }
        true
    }

    /// Returns what the items of a list say.
    fn items_of(&self, list: usize) -> Result<Vec<Node>, Untidy> {
        let range = self.tree.item(list).range();
        // Read with the blanks before it, its columns are what they are in the file.
        let start = self.line_start(range.start);
        if !self.text[start..range.start].trim().is_empty() {
            return Err(Untidy::Unusual);
        }
        let mut findings = Findings::new();
        let node = yaml::parse(FileId(0), &self.text[start..range.end], &mut findings);
        node.filter(|_| findings.is_empty()).map(|node| node.items().to_vec()).ok_or(Untidy::Unusual)
    }

    /// Tells whether empty lines stand between the items.
    fn stands_apart(&self, items: &[usize]) -> bool {
        items.windows(2).last().is_some_and(|pair| {
            let between = self.end_of(pair[0])..self.tree.item(pair[1]).range().start;
            self.text[between].lines().skip(1).any(|line| line.trim().is_empty() && !line.contains('-'))
                && self.text[self.end_of(pair[0])..self.tree.item(pair[1]).range().start]
                    .matches('\n')
                    .count()
                    > 1
        })
    }

    /// Returns an item as its file has it, from its dash to the end of its last line.
    fn as_written(&self, item: usize) -> String {
        let start = self.tree.item(item).range().start;
        self.text[start..self.line_end(self.end_of(item))].to_owned()
    }

    fn add_item(&mut self, after: Option<usize>, first: usize, text: &str, gap: bool) {
        let end = self.emit.line_end;
        let column = self.column(self.tree.item(first).range().start);
        let indent = " ".repeat(column);
        let between = if gap { end } else { "" };
        match after {
            Some(item) => {
                let at = self.line_end(self.end_of(item));
                self.edits.insert(offset(at), &format!("{end}{between}{indent}{text}"));
            }
            None => {
                let at = self.tree.item(first).range().start;
                self.edits.insert(offset(at), &format!("{text}{end}{between}{indent}"));
            }
        }
    }

    fn remove_item(&mut self, item: usize, is_first: bool) -> Result<(), Untidy> {
        let start = self.tree.item(item).range().start;
        let line = self.line_start(start);
        if !self.text[line..start].trim().is_empty() {
            return Err(Untidy::Unusual);
        }
        // The empty line before an item goes with it; before the first one it belongs to the list.
        let before = self.text[..line].trim_end_matches('\n').trim_end_matches('\r');
        let is_apart = self.text[before.len()..line].matches('\n').count() == 2 && !is_first;
        let line = if is_apart { line - self.emit.line_end.len() } else { line };
        self.remove_lines(line, self.end_of(item));
        Ok(())
    }
}
