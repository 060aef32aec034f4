//! Values in brackets, `[…]` and `{…}`: brackets that do not match, full-width marks, missing commas.

use std::ops::Range;

use super::{Hit, Recovery};
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page, closing, is_blank};
use crate::syntax::yaml::{DEEPEST, LOST_MARK};
use crate::text;

pub(super) const BRACKETS: Recovery = Recovery { code: &codes::UNCLOSED_MARK, always: false, find: brackets };
pub(super) const MARKS: Recovery = Recovery { code: &codes::FULL_WIDTH_MARK, always: false, find: marks };
pub(super) const COMMAS: Recovery = Recovery { code: &codes::MISSING_MARK, always: false, find: commas };

/// Returns the fields whose value starts with a bracket, and how far it goes.
fn bracketed<'p>(page: &'p Page<'_>) -> impl Iterator<Item = (usize, &'p Line, Range<usize>)> {
    page.fields().filter_map(|(number, line)| {
        let opens = page.at(&line.value).starts_with(['[', '{', '［', '｛', '【', '〔']);
        opens.then(|| (number, line, line.value.start..page.value_end(number)))
    })
}

/// What is open while brackets are read.
struct Open {
    at: usize,
    bracket: char,
}

fn partner(bracket: char) -> char {
    match bracket {
        '[' => ']',
        '{' => '}',
        '［' => '］',
        '｛' => '｝',
        '【' => '】',
        _ => '〕',
    }
}

fn brackets(page: &Page<'_>, form: &Form) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (number, line, range) in bracketed(page) {
        let value = page.at(&range);
        let first = value.chars().next().unwrap_or('[');
        let half = match first {
            '［' | '【' | '〔' => '[',
            '｛' => '{',
            other => other,
        };
        if half != first {
            if wants_bracket(page, form, line, half, value) {
                hits.push(wide_bracket(page, &range, first, half));
            }
            continue;
        }
        hits.extend(open_quote(page, &range).or_else(|| unmatched(page, number, line, &range)));
    }
    hits.extend(page.fields().filter_map(|(_, line)| never_opened(page, form, line)));
    hits
}

/// Finds a list that ends in a bracket and starts with none.
fn never_opened(page: &Page<'_>, form: &Form, line: &Line) -> Option<Hit> {
    let value = page.at(&line.value);
    let is_open = value.starts_with(['[', '［', '【', '〔', '"', '\'']);
    let is_half =
        !is_open && value.ends_with(']') && page.name(line).is_some_and(|name| is_list(form, &name));
    is_half.then(|| {
        Hit::new(
            line.value.end - 1..line.value.end,
            text!("这里的“]”没有配对的“[”", "this `]` has no `[`"),
            text!("在这一项的开头补上“[”", "add the `[` before the first item"),
        )
        .change(line.value.start..line.value.start, "[")
        .certain()
    })
}

/// Tells whether a full-width bracket stands for a half-width one: before a name, or where a list is wanted.
fn wants_bracket(page: &Page<'_>, form: &Form, line: &Line, half: char, value: &str) -> bool {
    let inner = value.chars().next().map_or(0, char::len_utf8);
    let inner = line.value.start + inner;
    if half == '{' {
        return page
            .key_at(inner, line.value.end.max(inner))
            .is_some_and(|(key, _)| page.knows(page.at(&key)));
    }
    value.ends_with(['］', '】', '〕', ']']) && page.name(line).is_some_and(|name| is_list(form, &name))
}

pub(super) fn is_list(form: &Form, name: &str) -> bool {
    match form {
        Form::Text | Form::Word | Form::Texts => false,
        Form::List(inner) | Form::Named(inner) => is_list(inner, name),
        Form::Either(_, then, otherwise) => is_list(then, name) || is_list(otherwise, name),
        Form::Map(fields) => {
            fields.get(name).is_some_and(|form| matches!(form, Form::List(_)))
                || fields.values().any(|form| is_list(form, name))
        }
    }
}

fn wide_bracket(page: &Page<'_>, range: &Range<usize>, first: char, half: char) -> Hit {
    let at = range.start..range.start + first.len_utf8();
    let hit = Hit::new(
        at.clone(),
        text!("这里是中文的括号“{first}”", "this is a full-width bracket “{first}”"),
        text!(
            "括号改成英文的 {half}，另一半也改",
            "replace it and its other half by half-width brackets ({half})"
        ),
    )
    .change(at, half.to_string())
    .certain();
    match page.at(range).chars().next_back().filter(|last| *last == partner(first)) {
        Some(last) => hit.change(range.end - last.len_utf8()..range.end, partner(half).to_string()),
        None => hit,
    }
}

/// Finds a quotation mark inside brackets that is closed nowhere.
fn open_quote(page: &Page<'_>, range: &Range<usize>) -> Option<Hit> {
    let text = page.at(range);
    let (mut before, mut skip) = (' ', 0);
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        if matches!(c, '"' | '\'') && matches!(before, '[' | '{' | ',' | ':') {
            match closing(&text[at..], c) {
                Some(end) => skip = at + end + 1,
                None => return Some(close_quote(page, range, range.start + at, c)),
            }
        }
        if !is_blank(c) {
            before = c;
        }
    }
    None
}

fn close_quote(page: &Page<'_>, range: &Range<usize>, at: usize, mark: char) -> Hit {
    let rest = &page.text[at..range.end];
    let next = rest.char_indices().filter(|(_, c)| *c == ',').map(|(comma, _)| at + comma).find(|comma| {
        let after = comma + 1 + page.text[comma + 1..range.end].len()
            - page.text[comma + 1..range.end].trim_start_matches(is_blank).len();
        page.key_at(after, range.end).is_some()
    });
    let wide = rest
        .char_indices()
        .find(|(_, c)| matches!(c, '”' | '＂'))
        .map(|(end, c)| at + end..at + end + c.len_utf8());
    let end = next.unwrap_or_else(|| at + rest.trim_end_matches([']', '}', ' ']).len());
    let hit = Hit::new(
        at..at + 1,
        text!("这里的引号 {mark} 没有配对", "this {mark} is never closed"),
        text!(
            "在文字末尾补上 {mark}，或删去这个引号",
            "add {mark} at the end of the text, or delete this one"
        ),
    );
    match wide.filter(|wide| wide.end == end) {
        Some(wide) => hit.change(wide, mark.to_string()).certain(),
        None => hit.change(end..end, mark.to_string()),
    }
}

/// Finds a bracket without its other half.
fn unmatched(page: &Page<'_>, number: usize, line: &Line, range: &Range<usize>) -> Option<Hit> {
    let text = page.at(range);
    let mut open: Vec<Open> = Vec::new();
    let (mut before, mut skip) = (' ', 0);
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        match c {
            '"' | '\'' if matches!(before, '[' | '{' | ',' | ':') => {
                skip = closing(&text[at..], c).map_or(0, |end| at + end + 1);
            }
            '[' | '{' if open.len() > DEEPEST => return None,
            '[' | '{' => open.push(Open { at: range.start + at, bracket: c }),
            ']' | '}' => match open.pop() {
                Some(Open { at: opened, bracket }) if partner(bracket) != c => {
                    return Some(wrong_half(range.start + at, c, opened, bracket));
                }
                Some(_) if open.is_empty() => {
                    let rest = text[at + 1..].trim_matches(is_blank);
                    return rest
                        .starts_with([']', '}', '】', '］'])
                        .then(|| surplus(range.start + at + 1, range.end, rest));
                }
                _ => {}
            },
            _ => {}
        }
        if !is_blank(c) {
            before = c;
        }
    }
    let Open { at, bracket } = open.pop()?;
    Some(never_closed(page, number, line, range, at, bracket, &open))
}

fn wrong_half(at: usize, c: char, opened: usize, bracket: char) -> Hit {
    let right = partner(bracket);
    let mut hit = Hit::new(
        at..at + 1,
        text!("前面是“{bracket}”，这里却用“{c}”结束", "this `{c}` closes what `{bracket}` opened"),
        text!("改成“{right}”", "replace it by `{right}`"),
    )
    .change(at..at + 1, right.to_string())
    .certain();
    hit.label = Some((opened..opened + 1, text!("从这里开始", "opened here")));
    hit
}

fn surplus(start: usize, end: usize, rest: &str) -> Hit {
    let c = rest.chars().next().unwrap_or(']');
    let at = end - rest.len();
    Hit::new(
        at..at + c.len_utf8(),
        text!("多了一个“{c}”", "there is one `{c}` too many"),
        text!("删去“{c}”", "delete the `{c}`"),
    )
    .change(start..end, "")
    .certain()
}

fn never_closed(
    page: &Page<'_>,
    number: usize,
    line: &Line,
    range: &Range<usize>,
    at: usize,
    bracket: char,
    outer: &[Open],
) -> Hit {
    let right = partner(bracket);
    let closers: String =
        std::iter::once(right).chain(outer.iter().rev().map(|open| partner(open.bracket))).collect();
    let text = page.at(range);
    // A full-width half at the end is what was meant.
    let wide = text.chars().next_back().filter(|c| matches!(c, '］' | '】' | '｝' | '〕' | ')' | '）'));
    let end = wide.map_or(range.end, |c| range.end - c.len_utf8());
    let trimmed =
        range.start + page.text[range.start..end].trim_end_matches([',', '，', ' ', '\n', '\r']).len();
    let is_last = page.lines[number + 1..].iter().all(|line| line.kind != Kind::Field);
    let message = if is_last {
        text!(
            "这里的“{bracket}”没有配对的“{right}”，文件可能不完整",
            "this `{bracket}` has no `{right}`; the file may be incomplete"
        )
    } else {
        text!("这里的“{bracket}”没有配对的“{right}”", "this `{bracket}` has no `{right}`")
    };
    let help = if is_last {
        text!(
            "补上“{right}”；看看文件后面是否少了内容",
            "add the `{right}`, and see whether the end of the file is missing"
        )
    } else {
        text!("在末尾补上“{right}”", "add the `{right}` at its end")
    };
    let hit = Hit::new(at..at + 1, message, help);
    if is_last {
        let trimmed = if page.text.ends_with('\n') { trimmed } else { whole_items(page, range, trimmed) };
        let comma = if page.text[..trimmed].ends_with(['[', '{', ':']) { "" } else { ", " };
        let lost = super::cut::lost_levels(page, number);
        return hit
            .change(trimmed..range.end, format!("{comma}{LOST_MARK}{closers}"))
            .change(page.text.len()..page.text.len(), format!("\n{lost}"));
    }
    let mut hit = hit.change(trimmed..range.end, closers);
    hit.certain = range.end <= line.end;
    hit
}

/// Returns the end of the last item that is whole, where a file breaks off in the middle of one.
fn whole_items(page: &Page<'_>, range: &Range<usize>, end: usize) -> usize {
    let text = &page.text[range.start..end];
    text.rfind([',', '[', '{']).map_or(end, |at| range.start + at + usize::from(!text[at..].starts_with(',')))
}

/// Finds full-width colons and commas around the names in `{…}`.
fn marks(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (_, _, range) in bracketed(page) {
        let text = page.at(&range);
        if !text.contains('{') {
            continue;
        }
        let (mut skip, mut before) = (0, ' ');
        for (at, c) in text.char_indices() {
            if at < skip {
                continue;
            }
            match c {
                '"' | '\'' if matches!(before, '[' | '{' | ',' | ':') => {
                    skip = closing(&text[at..], c).map_or(0, |end| at + end + 1);
                }
                '{' | ',' | '，' | '；' | ';' | '、' => {
                    name_after(page, &range, range.start + at, c, &mut hits);
                }
                _ => {}
            }
            if !is_blank(c) {
                before = c;
            }
        }
    }
    hits
}

/// Looks at the name that follows a `{` or a comma.
fn name_after(page: &Page<'_>, range: &Range<usize>, at: usize, mark: char, hits: &mut Vec<Hit>) {
    let start = at + mark.len_utf8();
    let name = range.end - page.text[start..range.end].trim_start_matches(is_blank).len();
    let Some((key, colon)) = page.key_at(name, range.end).filter(|(key, _)| page.knows(page.at(key))) else {
        return;
    };
    if !matches!(mark, '{' | ',') {
        hits.push(
            Hit::new(
                at..start,
                text!("大括号里用“{mark}”隔开了两个字段", "“{mark}” stands between two fields in braces"),
                text!("改成英文逗号“,”加一个空格", "replace it by a half-width comma and a space"),
            )
            .change(at..name, ", ")
            .certain(),
        );
    }
    let word = page.at(&key);
    let next = page.text[colon.end..range.end].chars().next();
    let is_wide = page.at(&colon) != ":";
    if is_wide || next.is_some_and(|next| !is_blank(next)) {
        let wide = page.at(&colon).to_owned();
        let hit = if is_wide {
            Hit::new(
                colon.clone(),
                text!("“{word}”后面是中文冒号“{wide}”", "a full-width colon “{wide}” stands after `{word}`"),
                text!("改成英文冒号“:”加一个空格", "replace it by a half-width colon and a space"),
            )
        } else {
            Hit::new(
                colon.clone(),
                text!("“{word}”的冒号后面没有空格", "there is no space after the colon of `{word}`"),
                text!("在冒号后面加一个空格", "put a space after the colon"),
            )
        };
        let gap = page.text[colon.end..range.end].len()
            - page.text[colon.end..range.end].trim_start_matches(is_blank).len();
        hits.push(hit.change(key.end..colon.end + gap, ": ").certain());
    }
}

/// Finds names in `{…}` that no comma stands before, and texts that a comma splits.
fn commas(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (_, _, range) in bracketed(page) {
        if page.at(&range).starts_with('{') {
            fields(page, range.start + 1, range.end, &mut hits);
        }
    }
    hits
}

/// Reads the fields in braces from `at`.
fn fields(page: &Page<'_>, mut at: usize, end: usize, hits: &mut Vec<Hit>) {
    loop {
        let name =
            end - page.text[at..end].trim_start_matches(|c| is_blank(c) || c == '\n' || c == '\r').len();
        let Some((_, colon)) = page.key_at(name, end) else { return };
        let value = end
            - page.text[colon.end..end].trim_start_matches(|c| is_blank(c) || c == '\n' || c == '\r').len();
        match page.text[value..end].chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let Some(close) = closing(&page.text[value..end], quote) else { return };
                at = value + close + 1;
            }
            Some('[' | '{') => return,
            Some(_) => at = text_in_braces(page, value, end, hits),
            None => return,
        }
        let rest = page.text[at..end].trim_start_matches(|c| is_blank(c) || c == '\n' || c == '\r');
        match rest.chars().next() {
            Some(',') => at = end - rest.len() + 1,
            Some(c) if c.is_alphanumeric() && page.key_at(end - rest.len(), end).is_some() => {
                hits.push(no_comma(page, at, end - rest.len(), end));
                at = end - rest.len();
            }
            _ => return,
        }
    }
}

fn no_comma(page: &Page<'_>, at: usize, name: usize, end: usize) -> Hit {
    let word = page.key_at(name, end).map_or("", |(key, _)| page.at(&key));
    Hit::new(
        name..name + word.len(),
        text!("“{word}”前面缺少逗号", "there is no comma before `{word}`"),
        text!("在“{word}”前面加英文逗号和一个空格", "put a half-width comma and a space before `{word}`"),
    )
    .change(at..name, ", ")
    .certain()
}

/// Tells whether a field of the schema starts here.
fn starts_field(page: &Page<'_>, at: usize, end: usize) -> bool {
    page.key_at(at, end).is_some_and(|(key, colon)| page.knows(page.at(&key)) && page.at(&colon) == ":")
}

/// Reads a text without quotation marks in braces; returns where it ends.
fn text_in_braces(page: &Page<'_>, start: usize, end: usize, hits: &mut Vec<Hit>) -> usize {
    let (mut stop, mut splits, mut colon) = (end, None, None);
    let mut before = ' ';
    for (at, c) in page.text[start..end].char_indices().map(|(at, c)| (start + at, c)) {
        let after = at + c.len_utf8();
        match c {
            '}' => {
                stop = at;
                break;
            }
            ',' => {
                let name = end - page.text[after..end].trim_start_matches(|c| is_blank(c) || c == '\n').len();
                if page.key_at(name, end).is_some() || page.text[name..end].starts_with('}') {
                    stop = at;
                    break;
                }
                splits.get_or_insert(at);
            }
            _ if is_blank(before) && c.is_alphanumeric() && starts_field(page, at, end) => {
                stop = at;
                break;
            }
            ':' if page.text[after..end].starts_with(is_blank) => drop(colon.get_or_insert(at)),
            _ => {}
        }
        before = c;
    }
    let close = start + page.text[start..stop].trim_end_matches(is_blank).len();
    let value = &page.text[start..close];
    let mark = if value.contains(['"', '\\']) { '\'' } else { '"' };
    let hit = match (splits, colon) {
        (_, Some(at)) => Some(Hit::new(
            at..at + 1,
            text!(
                "文字里有英文冒号加空格，会被当成字段",
                "the text has a colon and a space, which make it a field"
            ),
            text!("给整段文字加引号", "put the whole text in quotes"),
        )),
        (Some(at), None) => Some(Hit::new(
            at..at + 1,
            text!("大括号里的文字有英文逗号，会在这里断开", "in braces, this comma ends the text"),
            text!("给整段文字加引号", "put the whole text in quotes"),
        )),
        (None, None) => None,
    };
    let inner = if mark == '\'' { value.replace('\'', "''") } else { value.to_owned() };
    hits.extend(hit.map(|hit| hit.change(start..close, format!("{mark}{inner}{mark}")).certain()));
    close
}
