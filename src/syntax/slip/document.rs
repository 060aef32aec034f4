//! `---` and `...` inside a file, which end a document for YAML. The file is read as one.

use super::{Hit, Slip};
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page};
use crate::text;

pub(super) const SECOND: Slip = Slip { code: &codes::SECOND_DOCUMENT, always: false, find };

pub(super) const FENCE: Slip = Slip { code: &codes::WRONG_INDENTATION, always: false, find: fences };

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
