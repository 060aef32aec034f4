//! What a merge left open: `<<<<<<<`, `=======`, `>>>>>>>`. The first half is read, the second is not.

use super::{Hit, Recovery};
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page};
use crate::syntax::yaml::LOST_MARK;
use crate::text;

pub(super) const MERGE: Recovery = Recovery { code: &codes::MERGE_CONFLICT, always: true, find };

fn find(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let starts = |number: usize, mark: &str| page.text[page.lines[number].first..].starts_with(mark);
    let mut hits = Vec::new();
    let mut number = 0;
    while number < page.lines.len() {
        let closes = |line: &usize| starts(*line, ">>>>>>>") || starts(*line, "=======");
        if !starts(number, "<<<<<<<") || !(number + 1..page.lines.len()).any(|line| closes(&line)) {
            hits.extend(left_behind(page, &page.lines[number]));
            number += 1;
            continue;
        }
        let after = number + 1..page.lines.len();
        let end = after.clone().find(|line| starts(*line, ">>>>>>>")).unwrap_or(page.lines.len() - 1);
        let middle = after.clone().take_while(|line| *line < end).find(|line| starts(*line, "======="));
        let base = after.take_while(|line| *line < end).find(|line| starts(*line, "|||||||"));
        hits.push(hit(page, number, base.or(middle), end));
        number = end + 1;
    }
    hits
}

/// Finds a line of a conflict whose other lines were deleted already.
fn left_behind(page: &Page<'_>, line: &Line) -> Option<Hit> {
    let text = &page.text[line.start..line.end];
    let is_left = line.kind == Kind::Field
        && (text.starts_with(">>>>>>> ") || text.starts_with("<<<<<<< ") || text.trim_end() == "=======");
    is_left.then(|| {
        Hit::new(
            line.start..line.end,
            text!("这一行是合并冲突留下的", "this line was left behind by a merge conflict"),
            text!("删去这一行", "delete this line"),
        )
        .change(line.start..line.end, "")
        .certain()
    })
}

fn hit(page: &Page<'_>, start: usize, middle: Option<usize>, end: usize) -> Hit {
    let (first, last) = (start + 1, end + 1);
    let opening = &page.lines[start];
    let whole = |number: usize| page.lines[number].start..page.lines[number].end;
    let dropped = match middle {
        Some(middle) => page.lines[middle].start..page.lines[end].end,
        None => whole(end),
    };
    let hit = Hit::new(
        opening.first..opening.end,
        text!(
            "第 {first} 至 {last} 行有没处理完的合并冲突：同一处留着两种写法",
            "a merge conflict from line {first} to {last} was not settled: two versions of the same lines are left"
        ),
        text!(
            "留下要的一种写法，删去 <<<<<<<、======= 和 >>>>>>> 三行",
            "keep the version that is right, and delete the lines <<<<<<<, ======= and >>>>>>>"
        ),
    );
    // What only the other version has is not missing.
    let end = page.text.len();
    hit.change(whole(start), "").change(dropped, "").change(end..end, format!("\n{LOST_MARK}:\n"))
}
