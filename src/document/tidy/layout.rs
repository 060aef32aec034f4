//! Tidies the layout of a YAML text: indentation, blanks, empty lines, long text.
//!
//! Every level is two spaces further in, the dashes of a list too; one space stands after a colon and a dash; text
//! over several lines, and long text in quotation marks, becomes a block (`|`); no line ends in blanks, no two
//! empty lines follow each other, one stands before each full service, and the last line ends.
//!
//! The tree of the file says what starts each line; whatever can be read without findings can be tidied.

use super::lines::Lines;
use super::meaning::agrees;
use crate::diagnostic::Findings;
use crate::span::FileId;
use crate::syntax::tree::{Kind, Tree};
use crate::syntax::{Edits, Node, is_wide, yaml};

/// How far a level is further in.
const STEP: usize = 2;
/// Sentences in quotation marks that are wider become a block; lists of fonts and the like do not.
const WIDE: usize = 80;
/// Changes are made in so many rounds at most; two are usual.
const ROUNDS: usize = 6;

/// Why a text is left as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untidy {
    /// It cannot be read without findings.
    Broken,
    /// It is written in a way that cannot be tidied without a risk to what it says or to its comments.
    Unusual,
}

/// Returns the text tidied.
///
/// # Errors
/// [`Untidy`], with the text as it was.
pub fn tidied(text: &str) -> Result<String, Untidy> {
    let before = read(text).ok_or(Untidy::Broken)?;
    let mut now = text.to_owned();
    for _ in 0..ROUNDS {
        let next = once(&now);
        if next == now {
            let same = yaml::comments(text) == yaml::comments(&now);
            return if same { Ok(now) } else { Err(Untidy::Unusual) };
        }
        read(&next).filter(|node| agrees(&before, node)).ok_or(Untidy::Unusual)?;
        now = next;
    }
    Err(Untidy::Unusual)
}

/// Reads a text in which nothing is wrong.
fn read(text: &str) -> Option<Node> {
    let mut findings = Findings::new();
    yaml::parse(FileId(0), text, &mut findings).filter(|_| findings.is_empty())
}

/// Makes every change once.
fn once(text: &str) -> String {
    let tree = Tree::read(text);
    let lines = Lines::new(text);
    let count = lines.count();
    let mut layout = Layout {
        text,
        tree: &tree,
        lines,
        edits: Edits::new(text),
        columns: vec![None; count],
        inside: vec![false; count],
        apart: Vec::new(),
    };
    layout.file();
    layout.comments();
    layout.blank_ends();
    layout.empty_lines();
    layout.edits.done()
}

struct Layout<'t> {
    text: &'t str,
    tree: &'t Tree<'t>,
    lines: Lines<'t>,
    edits: Edits<'t>,
    /// For each line the column it has and the one it gets, where something of the tree starts it.
    columns: Vec<Option<(usize, usize)>>,
    /// For each line whether it is the inner one of a text, which no rule touches.
    inside: Vec<bool>,
    /// Lines that an empty line has to stand before.
    apart: Vec<usize>,
}

impl Layout<'_> {
    fn file(&mut self) {
        let mut mark = None;
        for item in self.tree.inside(0).collect::<Vec<_>>() {
            let (kind, range) = (self.tree.item(item).kind, self.tree.item(item).range());
            match kind {
                Kind::Marker if mark.is_none() => mark = Some(range.end),
                Kind::Marker | Kind::Directive => {}
                // The one text of a file has no field to stand below.
                Kind::Header => {
                    self.header(item, mark);
                    self.hide(self.lines.of(range.start) + 1, self.lines.count());
                }
                kind if !kind.is_trivia() && kind != Kind::Block => {
                    self.gap(mark, range.start);
                    self.value(item, 0);
                }
                _ => {}
            }
        }
    }

    /// Takes the value that an item is, and that starts in `column` if it starts its line.
    fn value(&mut self, item: usize, column: usize) {
        match self.tree.item(item).kind {
            Kind::Map => self.map(item, column),
            Kind::List => self.list(item, column),
            Kind::FlowMap | Kind::FlowList => self.flow(item, column),
            _ => self.lines_of_text(item, column),
        }
    }

    fn map(&mut self, map: usize, column: usize) {
        let tree = self.tree;
        for entry in tree.inside(map).filter(|item| tree.item(*item).kind == Kind::Entry) {
            let mut mark = None;
            for item in tree.inside(entry) {
                let range = tree.item(item).range();
                match tree.item(item).kind {
                    Kind::Key => {
                        self.starts(range.start, column);
                        self.key(item, column);
                    }
                    Kind::Colon => {
                        self.starts(range.start, column);
                        if let Some(blanks) = self.blanks_before(range.start) {
                            self.edits.put(blanks..range.start, "");
                        }
                        mark = Some(range.end);
                    }
                    _ => self.after_mark(item, entry, mark, column + STEP),
                }
            }
        }
    }

    /// Takes a name; one behind a `?` like the value of an item.
    fn key(&mut self, key: usize, column: usize) {
        let tree = self.tree;
        let question = tree.inside(key).find(|item| tree.item(*item).kind == Kind::Question);
        let Some(question) = question else { return };
        let mark = Some(tree.item(question).range().end);
        for item in tree.inside(key).filter(|item| *item != question) {
            self.after_mark(item, key, mark, column + STEP);
        }
    }

    /// Returns where the blanks begin that stand before a byte in its line, unless they start the line.
    fn blanks_before(&self, at: usize) -> Option<usize> {
        let before = &self.text[self.lines.start(self.lines.of(at))..at];
        let kept = before.trim_end_matches([' ', '\t']).len();
        (kept > 0).then_some(at - before.len() + kept)
    }

    fn list(&mut self, list: usize, column: usize) {
        let tree = self.tree;
        let items: Vec<usize> =
            tree.inside(list).filter(|item| tree.item(*item).kind == Kind::Item).collect();
        for item in &items {
            let mut mark = None;
            for inner in tree.inside(*item) {
                let range = tree.item(inner).range();
                if tree.item(inner).kind == Kind::Dash {
                    self.starts(range.start, column);
                    mark = Some(range.end);
                } else {
                    self.after_mark(inner, *item, mark, column + STEP);
                }
            }
        }
        self.services(&items);
    }

    /// Takes what follows a colon or a dash inside `owner`.
    fn after_mark(&mut self, item: usize, owner: usize, mark: Option<usize>, column: usize) {
        let range = self.tree.item(item).range();
        match self.tree.item(item).kind {
            Kind::Header => self.header(item, mark),
            Kind::Block => self.block_lines(item, column),
            kind if kind.is_trivia() => {}
            _ => {
                if let Some(block) = self.as_block(item, owner, mark, column) {
                    let (first, last) = (self.lines.of(range.start), self.lines.of(range.end.max(1) - 1));
                    let mark = mark.unwrap_or(range.start);
                    self.edits.put(mark..range.end, block);
                    self.hide(self.lines.of(mark) + 1, first.max(last));
                    return;
                }
                self.gap(mark, range.start);
                self.value(item, column);
            }
        }
    }

    /// Leaves one space between a mark and what follows it in its line.
    fn gap(&mut self, mark: Option<usize>, start: usize) {
        if let Some(mark) = mark.filter(|mark| self.lines.of(*mark) == self.lines.of(start)) {
            self.edits.put(mark..start, " ");
        }
    }

    /// Takes the `|` or `>` of a block of text; the number of a level that is further in becomes the usual one.
    fn header(&mut self, item: usize, mark: Option<usize>) {
        let range = self.tree.item(item).range();
        self.gap(mark, range.start);
        let header = self.tree.written(item);
        if let Some(digit) = header.find(|c: char| c.is_ascii_digit()) {
            let at = range.start + digit;
            self.edits.put(at..at + 1, STEP.to_string());
        }
    }

    /// Returns a text as a block, if it is better written as one: after the mark, without a line end.
    fn as_block(&self, item: usize, owner: usize, mark: Option<usize>, column: usize) -> Option<String> {
        let text = self.tree.text_of(item)?;
        let range = self.tree.item(item).range();
        let (mark, quoted) = (mark?, self.tree.item(item).kind != Kind::Plain);
        let several = self.tree.written(item).contains('\n') || text.contains('\n');
        let width: usize = text.chars().map(|c| 1 + usize::from(is_wide(c))).sum();
        let last = self.lines.of(range.end.max(range.start + 1) - 1);
        let alone = self.text[range.end..self.lines.end(last)].trim().is_empty();
        let before = self.text[mark..range.start].trim().is_empty();
        let long = quoted && width > WIDE && (text.contains(": ") || text.chars().any(is_wide));
        let is_value = self.tree.item(owner).kind != Kind::Key;
        if !(several || long) || !alone || !before || !is_value || !is_plain_block(&text) {
            return None;
        }
        let end = self.lines.line_end();
        let indent = " ".repeat(column);
        let lines = text
            .split('\n')
            .map(|line| if line.is_empty() { end.to_owned() } else { format!("{end}{indent}{line}") });
        Some(format!(" |{}", lines.collect::<String>()))
    }

    /// Moves the lines of a block of text as one.
    fn block_lines(&mut self, item: usize, column: usize) {
        let range = self.tree.item(item).range();
        let (first, last) = (self.lines.of(range.start), self.lines.of(range.end.max(1) - 1));
        let own = range.start - self.lines.start(first);
        for line in first..=last {
            // Blanks behind the indentation belong to the text.
            if self.lines.end(line) - self.lines.start(line) > own {
                self.indent(line, own, column);
            }
        }
        self.hide(first, last);
    }

    /// Takes a plain or quoted text; its inner lines stand below its start.
    fn lines_of_text(&mut self, item: usize, column: usize) {
        let range = self.tree.item(item).range();
        self.starts(range.start, column);
        let (first, last) = (self.lines.of(range.start), self.lines.of(range.end.max(range.start + 1) - 1));
        for line in first + 1..=last {
            if !self.lines.is_empty(line) {
                self.indent(line, self.lines.blanks(line), column);
            }
        }
        // A blank at the end of a line in double quotation marks may be written to stay.
        let is_kept = first < last && self.tree.item(item).kind == Kind::Double;
        self.hide(if is_kept { first } else { first + 1 }, last);
    }

    /// Takes a list or map in brackets: its inner lines stand below its start, a closing bracket before them.
    fn flow(&mut self, item: usize, column: usize) {
        let range = self.tree.item(item).range();
        self.starts(range.start, column);
        let (first, last) = (self.lines.of(range.start), self.lines.of(range.end.max(range.start + 1) - 1));
        for line in first + 1..=last {
            if !self.lines.is_empty(line) {
                let at = self.lines.blanks(line);
                let closes = self.text[self.lines.start(line) + at..].starts_with([']', '}']);
                let new = if closes { column.saturating_sub(STEP).max(1) } else { column };
                self.columns[line] = Some((at, new));
                self.indent(line, at, new);
            }
        }
    }

    /// Puts what starts at a byte into a column, if it is the first of its line.
    fn starts(&mut self, byte: usize, column: usize) {
        let line = self.lines.of(byte);
        let before = byte - self.lines.start(line);
        if before == self.lines.blanks(line) {
            self.columns[line] = Some((before, column));
            self.indent(line, before, column);
        }
    }

    /// Puts `column` spaces in the place of the first `old` bytes of a line.
    fn indent(&mut self, line: usize, old: usize, column: usize) {
        let start = self.lines.start(line);
        self.edits.put(start..start + old, " ".repeat(column));
    }

    fn hide(&mut self, first: usize, last: usize) {
        for line in first..=last {
            if let Some(inside) = self.inside.get_mut(line) {
                *inside = true;
            }
        }
    }

    /// Notes the lines of services that an empty line has to stand before: all but the first, and but those that
    /// adopt after another that does.
    fn services(&mut self, items: &[usize]) {
        let tree = self.tree;
        let has = |item: usize, names: [&str; 2]| {
            let map = tree.inside(item).find(|inner| tree.item(*inner).kind == Kind::Map);
            map.is_some_and(|map| tree.names(map).any(|name| names.contains(&name)))
        };
        for pair in items.windows(2) {
            let whole = pair.iter().any(|item| has(*item, ["provisions", "条款"]));
            if whole && !pair.iter().all(|item| has(*item, ["adopts", "照录"])) {
                self.apart.push(self.lines.of(tree.item(pair[1]).start as usize));
            }
        }
    }

    /// Comments on lines of their own move with what follows, or with what stands before in the same column.
    fn comments(&mut self) {
        let mut above: Vec<(usize, usize)> = Vec::new();
        let mut next = self.columns.clone();
        for line in (1..next.len()).rev() {
            next[line - 1] = next[line - 1].or(next[line]);
        }
        for (line, next) in next.into_iter().enumerate() {
            if let Some(column) = self.columns[line] {
                above.retain(|(old, _)| *old < column.0);
                above.push(column);
            }
            if self.inside[line] || !self.lines.is_comment(line) {
                continue;
            }
            let at = self.lines.blanks(line);
            let new = match (next, above.iter().find(|(old, _)| *old == at)) {
                (Some((old, new)), _) if old == at => new,
                (_, Some((_, new))) => *new,
                (Some((_, new)), _) => new,
                (None, _) => 0,
            };
            self.indent(line, at, new);
        }
    }

    fn blank_ends(&mut self) {
        for line in (0..self.lines.count()).filter(|line| !self.inside[*line]) {
            let (start, end) = (self.lines.start(line), self.lines.end(line));
            let kept = self.text[start..end].trim_end_matches([' ', '\t']).len();
            if self.lines.is_empty(line) {
                self.edits.put(start..end, "");
            } else {
                self.edits.put(start + kept..end, "");
            }
        }
    }

    /// Leaves one empty line of several, none at the start and the end, and puts one before services.
    fn empty_lines(&mut self) {
        let count = self.lines.count();
        let is_empty = |line: usize| !self.inside[line] && self.lines.is_empty(line);
        let last = (0..count).rev().find(|line| !self.lines.is_empty(*line)).unwrap_or(0);
        let doubled = |line: usize| line == 0 || is_empty(line - 1);
        let gone: Vec<usize> =
            (0..count).filter(|line| is_empty(*line) && (*line > last || doubled(*line))).collect();
        for line in gone {
            self.edits.put(self.lines.start(line)..self.lines.start(line + 1), "");
        }
        let line_end = self.lines.line_end();
        if !self.text.is_empty() && !self.text.ends_with('\n') && last + 1 == count {
            self.edits.put(self.text.len()..self.text.len(), line_end);
        }
        for line in std::mem::take(&mut self.apart) {
            let above = (0..line).rev().find(|above| !self.lines.is_comment(*above));
            if let Some(above) = above.filter(|above| !self.lines.is_empty(*above)) {
                let at = self.lines.end(above);
                self.edits.put(at..at, line_end);
            }
        }
    }
}

/// Tells whether a text says the same as a block.
fn is_plain_block(text: &str) -> bool {
    let fits = |line: &str| line == line.trim_end() && !line.chars().any(char::is_control);
    !text.is_empty()
        && text == text.trim()
        && text.split('\n').all(fits)
        && !text.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'])
}
