//! `---` and `...` inside a file, which end a document for YAML. The file is read as one.

use super::{Hit, Recovery};
use crate::syntax::codes;
use crate::syntax::fold::is_wide;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page};
use crate::syntax::yaml::LOST_MARK;
use crate::text;

pub(super) const SECOND: Recovery = Recovery { code: &codes::SECOND_DOCUMENT, always: false, find };

pub(super) const AGAIN: Recovery =
    Recovery { code: &codes::DUPLICATE_KEY, always: false, find: pasted_again };
pub(super) const AROUND: Recovery =
    Recovery { code: &codes::WRONG_INDENTATION, always: false, find: introduced };

/// How many fields at the margin are there again where a whole file was pasted once more.
const WHOLE: usize = 3;

/// Finds the place from which on the whole file stands there again.
fn pasted_again(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let tops = page.fields().filter(|(_, line)| line.indent() == 0 && line.dashes.is_empty());
    let tops: Vec<(&Line, String)> = tops
        .filter_map(|(_, line)| Some((line, page.name(line)?)))
        .filter(|(_, name)| page.knows(name))
        .collect();
    let Some(first) = tops.first() else { return Vec::new() };
    let Some(again) = tops.iter().skip(1).position(|top| top.1 == first.1).map(|at| at + 1) else {
        return Vec::new();
    };
    let same = tops[again..].iter().zip(&tops).take_while(|(later, earlier)| later.1 == earlier.1).count();
    if again < WHOLE || same < WHOLE {
        return Vec::new();
    }
    let line = tops[again].0;
    let number = page.lines.partition_point(|other| other.start <= line.start);
    let hit = Hit::new(
        line.first..line.end,
        text!(
            "从第 {number} 行起，整份内容重复了，又粘贴了一遍",
            "from line {number} on the whole file is there twice: it was pasted again"
        ),
        text!("留下一份，删去另一份", "keep one of them, and delete the other"),
    );
    let (before, after) = page.text.split_at(line.start);
    let hit = hit.change(line.start..page.text.len(), "");
    let is_same = before[tops[0].0.start..].trim_end() == after.trim_end();
    vec![if is_same { hit.certain() } else { hit }]
}

/// Finds what a person or a chat window said before the file begins.
fn introduced(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let is_file = |line: &Line| {
        let written = &page.text[line.first..line.end];
        page.name(line).is_some_and(|name| page.knows(&name))
            || written.starts_with("```")
            || written.starts_with("---")
    };
    let begins = page.fields().find(|(_, line)| is_file(line)).map(|(number, _)| number);
    let Some(begins) = begins else { return Vec::new() };
    let is_said = |line: &Line| {
        matches!(line.kind, Kind::Field | Kind::Inside) && page.text[line.first..line.end].contains(is_wide)
    };
    let said: Vec<&Line> = page.lines[..begins].iter().filter(|line| is_said(line)).collect();
    let Some(first) = said.first() else { return Vec::new() };
    // A field with a misspelt name is no talk: other fields stand below it.
    let opens = |number: usize| {
        let below = page.lines[number + 1..].iter().find(|line| line.kind == Kind::Field);
        let line = &page.lines[number];
        line.key.is_some()
            && (!is_said(line)
                || (line.value.is_empty() && below.is_some_and(|below| below.indent() > line.indent())))
    };
    if (0..begins).any(|number| page.lines[number].kind == Kind::Field && opens(number)) {
        return Vec::new();
    }
    let hit = Hit::new(
        first.first..first.end,
        text!(
            "这一行的文字不属于清单：清单从字段写起",
            "this line is no part of the list, which begins with a field"
        ),
        text!(
            "删去这样的行，或在前面加上“# ”，当作注释",
            "delete such lines, or write `# ` before them, as a comment"
        ),
    );
    vec![said.iter().fold(hit, |hit, line| hit.change(line.start..line.first, "# ")).certain()]
}

pub(super) const TABLE: Recovery = Recovery { code: &codes::BROKEN_YAML, always: false, find: tables };

/// Finds a table of a spreadsheet under the name of a list.
fn tables(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let Some(first) = page.lines.first().filter(|_| is_table(page)) else { return Vec::new() };
    let hit = Hit::new(
        first.start..first.end,
        text!("这是一张表格（CSV），不是清单文件", "this is a table (CSV), not a file of a list"),
        text!(
            "换个地方存放，再用 qingdan import 导入",
            "keep it elsewhere and bring it in with `qingdan import`"
        ),
    );
    vec![hit.change(0..page.text.len(), format!("{LOST_MARK}:\n"))]
}

/// Tells whether every line consists of as many cells.
pub(in crate::syntax) fn is_table(page: &Page<'_>) -> bool {
    let cells = |line: &Line| {
        let written = &page.text[line.start..line.end];
        let is_row = line.key.is_none() && line.dashes.is_empty() && line.indent() == 0;
        let marks = [',', '\t'].map(|mark| written.matches(mark).count());
        marks.into_iter().max().filter(|marks| is_row && *marks >= LEAST_CELLS)
    };
    let mut rows = page.lines.iter().filter(|line| line.kind != Kind::Blank);
    rows.next()
        .and_then(cells)
        .is_some_and(|_| rows.clone().next().is_some() && rows.all(|row| cells(row).is_some()))
}

/// A table has so many marks between the cells of a row.
const LEAST_CELLS: usize = 3;

pub(super) const FENCE: Recovery = Recovery { code: &codes::WRONG_INDENTATION, always: false, find: fences };

/// Finds the marks of a chat window or a web page round what was copied from there.
fn fences(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let lines = page.fields().filter(|(_, line)| page.text[line.start..line.end].starts_with("```"));
    let hit = |(_, line): (usize, &Line)| {
        Hit::new(
            line.start..line.end,
            text!(
                "“```”是从聊天窗口或网页里一起复制来的，不属于清单",
                "the ``` was copied along from a chat window or a web page and is no part of the list"
            ),
            text!("删去“```”的两行", "delete the two lines with ```"),
        )
        .change(line.start..line.end, "")
        .certain()
    };
    let mut hits: Vec<Hit> = lines.map(hit).collect();
    // The second belongs to the first.
    let second = hits.iter_mut().skip(1).flat_map(|hit| std::mem::take(&mut hit.changes)).collect::<Vec<_>>();
    hits.truncate(1);
    hits.iter_mut().for_each(|hit| hit.changes.extend(second.iter().cloned()));
    hits
}

fn find(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let is_mark = |text: &str| matches!(text.trim_end(), "---" | "...") || text.starts_with("--- ");
    let mut hits = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (number, line) in page.lines.iter().enumerate() {
        if line.kind == Kind::Field && line.indent() == 0 {
            seen.extend(page.name(line));
        }
        if seen.is_empty() || line.kind == Kind::Inside || !is_mark(&page.text[line.start..line.end]) {
            continue;
        }
        let rest = &page.lines[number + 1..];
        if rest.iter().all(|line| line.kind != Kind::Field) {
            break;
        }
        let tops = rest.iter().filter(|line| line.kind == Kind::Field && line.indent() == 0);
        let again = tops.filter_map(|line| page.name(line)).any(|name| seen.contains(&name));
        hits.push(hit(page, number, again));
        if again {
            break;
        }
    }
    hits
}

fn hit(page: &Page<'_>, number: usize, is_second: bool) -> Hit {
    let line = &page.lines[number];
    let mark = page.text[line.start..line.end].trim_end();
    let hit = Hit::new(
        line.start..line.end,
        text!(
            "“{mark}”把文件分成了两份，一个文件里只能有一份内容",
            "`{mark}` splits the file in two; a file holds one list only"
        ),
        text!(
            "删去“{mark}”这一行；如果后面是另一份清单，放进另一个文件",
            "delete the line `{mark}`; if another list follows, move it to a file of its own"
        ),
    );
    if is_second {
        hit.change(line.start..page.text.len(), "")
    } else {
        hit.change(line.start..line.end, "").certain()
    }
}
