//! Quotation marks around a whole text: one that is never closed, and quotation marks inside.

use super::{Hit, Recovery};
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page, closing};
use crate::syntax::tree::Change;
use crate::text;

pub(super) const UNCLOSED: Recovery = Recovery { code: &codes::UNCLOSED_MARK, always: false, find: unclosed };
pub(super) const INSIDE: Recovery = Recovery { code: &codes::QUOTES_INSIDE, always: false, find: inside };

pub(super) const MIXED: Recovery = Recovery { code: &codes::UNCLOSED_MARK, always: true, find: mixed };

/// Finds a text that a Chinese quotation mark opens and an English one closes.
fn mixed(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let hits = page.fields().filter_map(|(_, line)| {
        let value = page.at(&line.value);
        let inner = value.strip_prefix(['“', '‘'])?;
        let body = inner.strip_suffix(['"', '\''])?;
        if body.contains(['“', '”', '‘', '’', '"', '\'']) {
            return None;
        }
        let open = value.len() - inner.len();
        let mark = &value[..open];
        Some(Hit::new(
            line.value.clone(),
            text!(
                "开头的引号“{mark}”没有配对：结尾的引号是英文的",
                "the quotation mark “{mark}” is never closed: the one at the end is another mark"
            ),
            text!("两个引号都删去，或都用中文引号“”", "delete both quotation marks, or write “ ” for both"),
        ))
    });
    hits.collect()
}

/// Returns the fields whose value starts with a quotation mark, with that mark.
fn quoted<'p>(page: &'p Page<'_>) -> impl Iterator<Item = (usize, &'p Line, char)> {
    page.fields().filter_map(|(number, line)| {
        let mark = page.at(&line.value).chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Some((number, line, mark))
    })
}

fn unclosed(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let hits = quoted(page).filter_map(|(number, line, mark)| {
        let value = page.at(&line.value);
        let goes_on =
            page.lines.get(number + 1..).and_then(|rest| rest.iter().find(|line| line.kind != Kind::Blank));
        if closing(value, mark).is_some() || goes_on.is_some_and(|next| next.kind == Kind::Inside) {
            return None;
        }
        let at = line.value.start..line.value.start + 1;
        if let Some(wide) = value.chars().next_back().filter(|c| matches!(c, '”' | '“' | '’' | '＂')) {
            let end = line.value.end - wide.len_utf8()..line.value.end;
            return Some(
                Hit::new(
                    at,
                    text!(
                        "开头的引号 {mark} 没有配对：结尾的“{wide}”是中文引号",
                        "the quotation mark {mark} is never closed: {wide} at the end is another mark"
                    ),
                    text!("把结尾的“{wide}”改成 {mark}", "replace the {wide} at the end by {mark}"),
                )
                .change(end, mark.to_string())
                .certain(),
            );
        }
        let is_last = goes_on.is_none();
        let hit = if is_last {
            Hit::new(
                at,
                text!(
                    "这里的引号 {mark} 没有配对，文件可能不完整",
                    "this {mark} is never closed; the file may be incomplete"
                ),
                text!(
                    "补上另一半引号；看看文件后面是否少了内容",
                    "add the closing {mark}, and see whether the end of the file is missing"
                ),
            )
        } else {
            Hit::new(
                at,
                text!("这里的引号 {mark} 没有配对", "this {mark} is never closed"),
                text!(
                    "在文字末尾补上 {mark}，或删去这个引号",
                    "add {mark} at the end of the text, or delete this one"
                ),
            )
        };
        // What is left open swallows the comment, too; a backslash would escape the new mark.
        let hit = hit.change(line.value.end..line.end, mark.to_string());
        Some(if is_last { hit.change(page.text.len()..page.text.len(), lost(page, number)) } else { hit })
    });
    hits.collect()
}

fn lost(page: &Page<'_>, number: usize) -> String {
    format!("\n{}", super::cut::lost_levels(page, number))
}

fn inside(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let hits = quoted(page).filter_map(|(_, line, mark)| {
        let value = page.at(&line.value);
        let close = closing(value, mark)?;
        let rest = &value[close + 1..];
        if rest.is_empty() {
            return None;
        }
        // `"a": b` inside a list would be a field with a quoted name, and was read as one.
        let at = line.value.start + close;
        let ends = value.ends_with(mark) && value.len() > 2;
        let body = if ends { 1..value.len() - 1 } else { 0..value.len() };
        let changes = if mark == '\'' { single(value, &body) } else { paired(value, &body) };
        let changes = changes
            .into_iter()
            .map(|(range, new)| (range.start + line.value.start..range.end + line.value.start, new));
        let mut hit = Hit::new(
            at..at + 1,
            if ends {
                text!("引号里又有引号", "there are quotation marks inside the quotation marks")
            } else {
                text!(
                    "引号后面还有文字，整段文字没有都在引号里",
                    "there is text after the closing quotation mark"
                )
            },
            if mark == '"' {
                text!("文字里的引号改成中文引号“”", "write “ ” for quotation marks inside the text")
            } else {
                text!("文字里的 ' 写成两个 ''", "write '' for each ' inside the text")
            },
        );
        hit.changes = changes.collect();
        hit.certain = ends && value.matches(mark).count().is_multiple_of(2);
        Some(hit)
    });
    hits.collect()
}

/// Doubles the single marks in `body`; without an outer pair the text is put in one.
fn single(value: &str, body: &std::ops::Range<usize>) -> Vec<Change> {
    let mut changes: Vec<Change> = value[body.clone()]
        .match_indices('\'')
        .map(|(at, _)| (body.start + at..body.start + at + 1, "''".to_owned()))
        .collect();
    if body.start == 0 {
        changes.push((0..0, "'".to_owned()));
        changes.push((value.len()..value.len(), "'".to_owned()));
    }
    changes
}

/// Turns the double marks in `body` into Chinese ones, opening and closing by turns; doubled ones count once.
fn paired(value: &str, body: &std::ops::Range<usize>) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut opens = true;
    let bytes = value.as_bytes();
    let mut at = body.start;
    while at < body.end {
        let length = match bytes[at] {
            b'\\' if bytes.get(at + 1) == Some(&b'"') => 2,
            b'"' if bytes.get(at + 1) == Some(&b'"') && at + 1 < body.end => 2,
            b'"' => 1,
            _ => {
                at += 1;
                continue;
            }
        };
        changes.push((at..at + length, if opens { "“" } else { "”" }.to_owned()));
        opens = !opens;
        at += length;
    }
    changes
}
