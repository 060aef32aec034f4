//! Reading a file that is not right: slips are mended in a copy, what then still cannot be read is said and
//! left out, and the rest is read. Every place that comes out is one of the file, not of the copy.

use super::form::Form;
use super::mended::{Change, Mended};
use super::node::{Entry, Node, Value};
use super::page::{Kind, Page};
use super::slip::{self, Scan};
use super::yaml::{self, LOST_MARK};
use crate::diagnostic::{Finding, Findings};
use crate::span::{FileId, Span};

/// What could be read of a file, and what was wrong with it.
#[derive(Debug)]
pub struct Reading {
    /// The tree; `None` if nothing can be read.
    pub node: Option<Node>,
    /// The slips that were mended, and what could not be read.
    pub slips: Findings,
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
}

/// So many places that cannot be read are left out, one after the other.
const ROUNDS: usize = 20;

/// In files over this size, fewer: each takes two readings.
const LONG_FILE: usize = 128 * 1024;

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
    let mut wide = false;
    let mut colon = false;
    let mut bracket = false;
    // Since a “ that begins a value: whether it may be a code or a number in Chinese marks, as “350200” is.
    let mut code = false;
    for c in source.chars() {
        // Bytes of Chinese read as Latin letters come two and three together: è alone is French.
        if !c.is_ascii() && matches!(before, 'Â' | 'Ã' | 'ä'..='é' | 'â' | 'ï') {
            return true;
        }
        match c {
            '”' | '’' if code => return true,
            '\n' if code => return true,
            _ => code &= c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '_'),
        }
        match c {
            '#' if before == ' ' && (wide || colon) => return true,
            ' ' => {}
            '\n' | '\t' | '\r' => (wide, colon, bracket) = (false, false, false),
            '，' | '、' | '；' if bracket => return true,
            '?' if before == '?' => return true,
            '“' | '‘' if colon && before == ' ' => code = true,
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
                (wide, colon) = (!c.is_ascii(), c == ':');
                bracket |= c == '[';
            }
        }
        before = c;
    }
    source.contains("<<<<<<<")
}

/// Reads a file, mending what is certain on a copy.
pub fn read(file: FileId, source: &str, form: &Form, look: Look) -> Reading {
    let Scan { mut copy, findings: slips } = slip::scan(file, source, form, look == Look::ForSilentLoss);
    let mut said = Findings::new();
    slips.into_iter().for_each(|finding| said.push(finding));
    let rounds = match source.len() {
        0..LONG_FILE => ROUNDS,
        _ if slip::is_too_long(source) => 0,
        _ => ROUNDS / 5,
    };
    let mut left_out: Option<Span> = None;
    for _ in 0..=rounds {
        let attempt = yaml::attempt(file, copy.text());
        let Some(error) = attempt.error else {
            let mut rest = Findings::new();
            attempt.findings.iter().for_each(|finding| rest.push(back(finding, &copy)));
            return Reading { node: attempt.node.map(|node| node_back(node, &copy)), slips: said, rest };
        };
        let at = error.byte(copy.text());
        if error.is_too_deep() {
            said = Findings::new();
            said.push(back(&error.finding(file, copy.text()), &copy));
            break;
        }
        if rounds == 0 {
            said.push(back(&error.finding(file, copy.text()), &copy));
            break;
        }
        let (line, changes) = leave_out(file, &copy, at, form);
        let mut finding = error.finding(file, copy.text());
        if !line.contains(&at) {
            finding.at = Span::new(file, line.start, line.end);
        }
        let finding = back(&finding, &copy);
        // What stops right after what was left out follows from it.
        let follows = left_out.is_some_and(|last| {
            let between = source.get(last.end as usize..finding.at.start as usize).unwrap_or_default();
            between.matches('\n').count() <= 2
        });
        left_out = Some(finding.at);
        if !follows {
            said.push(finding);
        }
        if changes.is_empty() {
            break;
        }
        copy.change(changes);
    }
    Reading { node: None, slips: said, rest: Findings::new() }
}

/// Chooses what to leave out so that reading goes furthest: the line where it stopped, or the one above.
fn leave_out(file: FileId, copy: &Mended, at: usize, form: &Form) -> (std::ops::Range<usize>, Vec<Change>) {
    let words = form.words();
    let page = Page::new(copy.text(), &words);
    let stopped = page.lines.partition_point(|line| line.start <= at).saturating_sub(1);
    let written = |number: &usize| {
        !matches!(page.lines[*number].kind, Kind::Blank | Kind::Comment) && !is_lost(&page, *number)
    };
    let here = (stopped..=stopped).find(&written);
    let above = (0..stopped).rev().take(50).find(&written);
    let below = (stopped..page.lines.len()).take(50).find(&written);
    let mut best: Option<(usize, std::ops::Range<usize>, Vec<Change>)> = None;
    for number in here.into_iter().chain(above).chain(below.filter(|_| here.is_none())) {
        let changes = without(&page, number);
        let mut tried = String::with_capacity(copy.text().len());
        let mut from = 0;
        for (range, new) in &changes {
            tried.push_str(&copy.text()[from..range.start]);
            tried.push_str(new);
            from = range.end;
        }
        tried.push_str(&copy.text()[from..]);
        let left = yaml::attempt(file, &tried).error.map_or(0, |error| tried.len() - error.byte(&tried));
        if best.as_ref().is_none_or(|(fewest, ..)| left < *fewest) {
            let line = &page.lines[number];
            best = Some((left, line.first..line.end, changes));
        }
    }
    best.map_or((at..at, Vec::new()), |(_, line, changes)| (line, changes))
}

fn is_lost(page: &Page<'_>, number: usize) -> bool {
    page.text[page.lines[number].start..page.lines[number].end].contains(LOST_MARK)
}

/// Returns the changes that leave out a line and what belongs to it, with a mark in its place.
fn without(page: &Page<'_>, number: usize) -> Vec<Change> {
    let line = &page.lines[number];
    let indent = " ".repeat(line.indent());
    let mark = match (&line.key, line.dashes.is_empty()) {
        (_, false) => format!("{indent}- {LOST_MARK}"),
        (Some(_), true) => format!("{indent}{LOST_MARK}:"),
        (None, true) => String::new(),
    };
    let mut changes = vec![(line.start..line.end, mark)];
    let inside = page.lines[number + 1..].iter().take_while(|line| line.kind != Kind::Field);
    changes.extend(
        inside.filter(|line| line.kind == Kind::Inside).map(|line| (line.start..line.end, String::new())),
    );
    changes
}

fn back(finding: &Finding, copy: &Mended) -> Finding {
    let mut finding = finding.clone();
    finding.at = copy.back_span(finding.at);
    finding.labels.iter_mut().for_each(|label| label.at = copy.back_span(label.at));
    if let Some(fix) = &mut finding.fix {
        fix.edits.iter_mut().for_each(|edit| edit.at = copy.back_span(edit.at));
    }
    finding
}

fn node_back(mut node: Node, copy: &Mended) -> Node {
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
