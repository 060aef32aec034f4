//! Reading a file that is not right: slips are mended in a copy, what then still cannot be read is said and
//! left out, and the rest is read. Every place that comes out is one of the file, not of the copy.

use super::form::Form;
use super::node::{Entry, Node, Value};
use super::page::{Line, Page};
use super::recovery::{self, Scan};
use super::source_map::SourceMap;
use super::tree::{Mistake, Tree, Wrong};
use super::values::values;
use super::yaml;
use crate::diagnostic::{Finding, Findings};
use crate::span::FileId;

/// What could be read of a file, and what was wrong with it.
#[derive(Debug)]
pub struct Reading {
    /// The tree; `None` if nothing can be read.
    pub node: Option<Node>,
    /// The slips that were mended, and what could not be read.
    pub mistakes: Findings,
    /// What else was found.
    pub rest: Findings,
}

/// What to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Every slip, because something is wrong with the file.
    ForAll,
    /// Only what is lost without a word in a file that can be read.
    ForSilentLoss,
    /// Only whether the file breaks off, because much is missing at its end.
    ForSuddenEnd,
}

/// Tells whether a character is what one of the commonest Chinese characters and marks turns into when UTF-8 is read as
/// GBK; rare otherwise.
fn is_misread(c: char) -> bool {
    #[rustfmt::skip]
    let is_one = matches!(c, '銆' | '锛' | '鐨' | '涓' | '鍦' | '鏈' | '瀛' | '浜' | '鍥' | '鍒' | '鏄' | '鎴' | '绔' | '鍎' | '鍏' | '灏' | '鎶' | '鐢' | '鏁' | '灞' | '鍙' | '鍘' | '鎵' | '鎬' | '鎸' | '鍖' | '鎻' | '渚' | '璇');
    is_one
}

/// Tells whether a file has something that may be lost without a word. Quick; true for some that have not.
pub fn may_hide(source: &str) -> bool {
    let mut before = ' ';
    let mut colon = false;
    let mut bracket = false;
    // Whether a `#` stands right before, behind text and a blank.
    let mut mark = false;
    let mut text = false;
    for c in source.chars() {
        // Bytes of Chinese read as Latin letters come two and three together: è alone is French.
        if !c.is_ascii() && matches!(before, 'Â' | 'Ã' | 'ä'..='é' | 'â' | 'ï') {
            return true;
        }
        if mark && !matches!(c, ' ' | '\t' | '\n' | '\r') {
            return true;
        }
        mark = c == '#' && before == ' ' && text;
        text = c != '\n' && (text || c != ' ');
        match c {
            ' ' => {}
            '\n' | '\t' | '\r' => (colon, bracket) = (false, false),
            '，' | '、' | '；' if bracket => return true,
            '?' if before == '?' => return true,
            '“' | '‘' if colon && before == ' ' => return true,
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '－' | '／' => return true,
            '\0'..='\u{1f}' | '\u{7f}'..='\u{ff}'
                if c != '·' && c != '\u{d7}' && !matches!(c, '\u{c0}'..='\u{ff}') =>
            {
                return true;
            }
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{2e80}'..='\u{2fd5}'
            | '\u{e000}'..='\u{faff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fffd}'.. => return true,
            '烫' | '屯' if c == before => return true,
            '锟' | '锘' | '｜' | '＞' => return true,
            _ if !c.is_ascii() && is_misread(c) => return true,
            _ => {
                colon = c == ':';
                bracket |= c == '[';
            }
        }
        before = c;
    }
    source.contains("<<<<<<<")
}

/// Tells whether a text has a field of a form at its margin, however it is written, or is a table.
pub fn may_be(source: &str, form: &Form) -> bool {
    let words = form.words();
    let page = Page::new(source, &words);
    let is_own = |line: &Line| page.name(line).is_some_and(|name| form.has(&name));
    recovery::document::is_table(&page)
        || page.fields().any(|(_, line)| line.indent() == 0 && line.dashes.is_empty() && is_own(line))
}

/// Reads a file, mending what is certain on a copy. `None` if only silent loss is looked for and there is none.
pub fn read(file: FileId, source: &str, form: &Form, look: Look) -> Option<Reading> {
    let Scan { copy, findings } = recovery::scan(file, source, form, look);
    (look == Look::ForAll || !findings.is_empty()).then(|| read_copy(file, &copy, findings))
}

fn read_copy(file: FileId, copy: &SourceMap, findings: Vec<Finding>) -> Reading {
    let tree = Tree::read(copy.text());
    let mut mistakes = Findings::new();
    if let Some(last) = tree.mistakes.last().filter(|last| last.wrong == Wrong::TooDeep) {
        mistakes.push(back(&yaml::said(file, last), copy));
        return Reading { node: None, mistakes, rest: Findings::new() };
    }
    findings.into_iter().for_each(|finding| mistakes.push(finding));
    for mistake in first_of_each(&tree) {
        mistakes.push(back(&yaml::said(file, &mistake), copy));
    }
    let mut found = Findings::new();
    let node = values(file, &tree, &mut found).map(|node| node_back(node, copy));
    let mut rest = Findings::new();
    found.iter().for_each(|finding| rest.push(back(finding, copy)));
    Reading { node, mistakes, rest }
}

/// Returns the mistakes that are worth saying: what stands right behind another follows from it, or is the same again.
fn first_of_each(tree: &Tree<'_>) -> Vec<Mistake> {
    let mut said: Vec<Mistake> = Vec::new();
    let mut last = None;
    for mistake in &tree.mistakes {
        let between = last.and_then(|last| tree.text().get(last..mistake.at));
        let follows = between.is_some_and(|between| between.matches('\n').count() <= FOLLOWS);
        last = Some(mistake.at);
        let has_room = said.len() < MOST_SAID;
        match said.last_mut().filter(|_| follows) {
            Some(above) if above.wrong == mistake.wrong => above.changes.extend(mistake.changes.clone()),
            Some(_) => {}
            None if has_room => said.push(mistake.clone()),
            None => break,
        }
    }
    said
}

/// So many lines behind a mistake, another follows from it.
const FOLLOWS: usize = 2;

/// The most mistakes of one file that are said.
const MOST_SAID: usize = 20;

fn back(finding: &Finding, copy: &SourceMap) -> Finding {
    let mut finding = finding.clone();
    finding.at = copy.back_span(finding.at);
    finding.labels.iter_mut().for_each(|label| label.at = copy.back_span(label.at));
    if let Some(fix) = &mut finding.fix {
        fix.edits.iter_mut().for_each(|edit| edit.at = copy.back_span(edit.at));
    }
    finding
}

fn node_back(mut node: Node, copy: &SourceMap) -> Node {
    node.span = copy.back_span(node.span);
    node.value = match node.value {
        Value::List(items) => Value::List(items.into_iter().map(|item| node_back(item, copy)).collect()),
        Value::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|Entry { mut key, value }| {
                    key.span = copy.back_span(key.span);
                    Entry { key, value: node_back(value, copy) }
                })
                .collect(),
        ),
        same @ (Value::Empty | Value::Text(_)) => same,
    };
    node
}
