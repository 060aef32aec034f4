//! Tidies the layout of a YAML text: indentation, blanks, empty lines, long text.
//!
//! Every level is two spaces further in, the dashes of a list too; one space stands after a colon and a dash; text
//! over several lines, and long text in quotation marks, becomes a block (`|`); no line ends in blanks, no two
//! empty lines follow each other, one stands before each full service, and the last line ends.

use super::meaning::agrees;
use super::text::{Lines, Patch};
use crate::diagnostic::Findings;
use crate::span::FileId;
use crate::syntax::{Node, Value, is_wide, yaml};

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
    let mut node = before.clone();
    for _ in 0..ROUNDS {
        let next = once(&now, &node).ok_or(Untidy::Unusual)?;
        let read = read(&next).filter(|node| agrees(&before, node)).ok_or(Untidy::Unusual)?;
        if next == now {
            let same = yaml::comments(text) == yaml::comments(&now);
            return if same { Ok(now) } else { Err(Untidy::Unusual) };
        }
        (now, node) = (next, read);
    }
    Err(Untidy::Unusual)
}

/// Reads a text in which nothing is wrong.
fn read(text: &str) -> Option<Node> {
    let mut findings = Findings::new();
    yaml::parse(FileId(0), text, &mut findings).filter(|_| findings.is_empty())
}

/// Makes every change once. `None` if something is written in a way this does not know.
fn once(text: &str, node: &Node) -> Option<String> {
    let lines = Lines::new(text);
    let count = lines.count();
    let mut layout = Layout {
        text,
        lines,
        patch: Patch::new(text),
        columns: vec![None; count],
        inside: vec![false; count],
        apart: Vec::new(),
    };
    layout.value(node, 0)?;
    layout.comments();
    layout.blank_ends();
    layout.empty_lines();
    Some(layout.patch.done())
}

struct Layout<'t> {
    text: &'t str,
    lines: Lines<'t>,
    patch: Patch<'t>,
    /// For each line the column it has and the one it gets, where something of the tree starts it.
    columns: Vec<Option<(usize, usize)>>,
    /// For each line whether it is the inner one of a text, which no rule touches.
    inside: Vec<bool>,
    /// Lines that an empty line has to stand before.
    apart: Vec<usize>,
}

impl Layout<'_> {
    fn value(&mut self, node: &Node, column: usize) -> Option<()> {
        let start = node.span.start as usize;
        if self.text[start..].starts_with(['[', '{']) {
            return self.flow(node, column);
        }
        match &node.value {
            Value::Map(entries) => {
                for entry in entries {
                    self.starts(entry.key.span.start as usize, column)?;
                    let after = entry.key.span.end as usize;
                    let colon = after
                        + self.text[after..]
                            .find(|c| c != ' ')
                            .filter(|at| self.text[after + at..].starts_with(':'))?;
                    self.patch.put(after..colon, "");
                    self.after_mark(colon + 1, &entry.value, column + STEP)?;
                }
                Some(())
            }
            Value::List(items) => {
                for item in items {
                    let before = self.text[..item.span.start as usize]
                        .trim_end_matches([' ', '\n', '\r', '|', '>', '-', '+']);
                    let dash = self.dash(before.len(), item.span.start as usize)?;
                    self.starts(dash, column)?;
                    self.after_mark(dash + 1, item, column + STEP)?;
                }
                self.services(items);
                Some(())
            }
            Value::Text(_) | Value::Empty => self.lines_of_text(node, column),
        }
    }

    /// Finds the one dash that stands between two bytes; a text that starts with one is told from it by the blank.
    fn dash(&self, from: usize, to: usize) -> Option<usize> {
        let between = self.text.get(from..to)?;
        let found = between.char_indices().find(|(at, c)| {
            *c == '-' && between[at + 1..].chars().next().is_none_or(|next| matches!(next, ' ' | '\n' | '\r'))
        });
        found.map(|(at, _)| from + at)
    }

    /// Takes what follows a colon or a dash.
    fn after_mark(&mut self, mark: usize, node: &Node, column: usize) -> Option<()> {
        let start = node.span.start as usize;
        let line = self.lines.of(mark - 1);
        let rest = &self.text[mark..self.lines.end(line)];
        let head = rest.trim_start_matches(' ');
        if head.starts_with(['|', '>']) && !node.refused {
            self.patch.put(mark..mark + rest.len() - head.len(), " ");
            return self.block_text(line, node, column, head);
        }
        if matches!(node.value, Value::Empty) && node.span.start == node.span.end {
            return Some(());
        }
        if start < mark {
            return None;
        }
        if let Some(block) = self.as_block(node, mark, column) {
            self.patch.put(mark..node.span.end as usize, &block);
            self.hide(line + 1, self.lines.of(node.span.end as usize));
            return Some(());
        }
        if self.lines.of(start) == line {
            let between = &self.text[mark..start];
            if !between.trim_matches(' ').is_empty() {
                return None;
            }
            self.patch.put(mark..start, " ");
        }
        self.value(node, column)
    }

    /// Returns a text as a block, if it is better written as one: after the mark, without a line end.
    fn as_block(&self, node: &Node, mark: usize, column: usize) -> Option<String> {
        let text = node.text()?;
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        let quoted = self.text[start..].starts_with(['"', '\'']);
        let several = self.text[start..end].contains('\n') || text.contains('\n');
        let width: usize = text.chars().map(|c| 1 + usize::from(is_wide(c))).sum();
        let last = self.lines.of(end.max(start + 1) - 1);
        let alone = self.text[end..self.lines.end(last)].trim().is_empty();
        let before = self.text[mark..start].trim().is_empty();
        let long = quoted && width > WIDE && (text.contains(": ") || text.chars().any(is_wide));
        if !(several || long) || !alone || !before || !is_plain_block(text) {
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
    fn block_text(&mut self, head_line: usize, node: &Node, column: usize, head: &str) -> Option<()> {
        let (first, last) = (head_line + 1, self.lines.of((node.span.end as usize).max(1) - 1));
        if head.trim_start_matches(['|', '>', '-', '+']).starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if node.span.start == node.span.end {
            return Some(());
        }
        let full: Vec<usize> = (first..=last).filter(|line| !self.lines.is_empty(*line)).collect();
        let least = full.iter().map(|line| self.lines.indent(*line)).min()?;
        for line in full {
            let new = self.lines.indent(line) - least + column;
            self.indent(line, new);
        }
        self.hide(first, last);
        Some(())
    }

    /// Takes a plain or quoted text; its inner lines stand below its start.
    fn lines_of_text(&mut self, node: &Node, column: usize) -> Option<()> {
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        self.starts(start, column)?;
        let (first, last) = (self.lines.of(start), self.lines.of(end.max(start + 1) - 1));
        for line in first + 1..=last {
            if !self.lines.is_empty(line) {
                self.indent(line, column);
            }
        }
        self.hide(first + 1, last);
        Some(())
    }

    /// Takes a list or map in brackets: its inner lines stand below its start, a closing bracket before them.
    fn flow(&mut self, node: &Node, column: usize) -> Option<()> {
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        self.starts(start, column)?;
        let (first, last) = (self.lines.of(start), self.lines.of(end.max(start + 1) - 1));
        for line in first + 1..=last {
            if !self.lines.is_empty(line) {
                let at = self.lines.indent(line);
                let closes = self.text[self.lines.start(line) + at..].starts_with([']', '}']);
                let new = if closes { column.saturating_sub(STEP).max(1) } else { column };
                self.columns[line] = Some((at, new));
                self.indent(line, new);
            }
        }
        Some(())
    }

    /// Puts what starts at a byte into a column, if it is the first of its line.
    fn starts(&mut self, byte: usize, column: usize) -> Option<()> {
        let line = self.lines.of(byte);
        let before = &self.text[self.lines.start(line)..byte];
        if before.chars().all(|c| c == ' ') {
            self.columns[line] = Some((before.len(), column));
            self.indent(line, column);
        } else if before.chars().all(char::is_whitespace) {
            return None;
        }
        Some(())
    }

    fn indent(&mut self, line: usize, column: usize) {
        let start = self.lines.start(line);
        self.patch.put(start..start + self.lines.indent(line), &" ".repeat(column));
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
    fn services(&mut self, items: &[Node]) {
        let adopts = |item: &Node| item.get("adopts").or_else(|| item.get("照录")).is_some();
        let whole = |item: &Node| item.get("provisions").or_else(|| item.get("条款")).is_some();
        for pair in items.windows(2) {
            if pair.iter().any(whole) && !pair.iter().all(adopts) {
                self.apart.push(self.lines.of(pair[1].span.start as usize));
            }
        }
    }

    /// Comments on lines of their own move with what follows, or with what stands before in the same column.
    fn comments(&mut self) {
        let mut moves = Vec::new();
        for line in 0..self.lines.count() {
            if self.inside[line] || !self.lines.is_comment(line) {
                continue;
            }
            let at = self.lines.indent(line);
            let next = self.columns[line..].iter().flatten().next();
            let before = self.columns[..line].iter().rev().flatten().take_while(|(old, _)| *old >= at).last();
            let new = match (next, before) {
                (Some((old, new)), _) if *old == at => *new,
                (_, Some((old, new))) if *old == at => *new,
                (Some((_, new)), _) => *new,
                (None, _) => 0,
            };
            moves.push((line, new));
        }
        moves.into_iter().for_each(|(line, new)| self.indent(line, new));
    }

    fn blank_ends(&mut self) {
        for line in (0..self.lines.count()).filter(|line| !self.inside[*line]) {
            let (start, end) = (self.lines.start(line), self.lines.end(line));
            let kept = self.text[start..end].trim_end_matches([' ', '\t']).len();
            if self.lines.is_empty(line) {
                self.patch.put(start..end, "");
            } else {
                self.patch.put(start + kept..end, "");
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
            self.patch.put(self.lines.start(line)..self.lines.start(line + 1), "");
        }
        let line_end = self.lines.line_end();
        if !self.text.ends_with('\n') && last + 1 == count {
            self.patch.put(self.text.len()..self.text.len(), line_end);
        }
        for line in std::mem::take(&mut self.apart) {
            let above = (0..line).rev().find(|above| !self.lines.is_comment(*above));
            if above.is_some_and(|above| !self.lines.is_empty(above)) {
                let first = above.map_or(0, |above| above + 1);
                let at = self.lines.start(first);
                self.patch.put(at..at, line_end);
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
