//! Full-width marks where YAML takes half-width ones: `＃` before a comment, `｜` and `＞` before a block.

use super::{Hit, Recovery};
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Page, is_block_mark};
use crate::text;

pub(super) const COMMENT: Recovery =
    Recovery { code: &codes::FULL_WIDTH_MARK, always: false, find: comments };
pub(super) const COMMA: Recovery = Recovery { code: &codes::FULL_WIDTH_MARK, always: true, find: commas };
pub(super) const BLOCK: Recovery = Recovery { code: &codes::FULL_WIDTH_MARK, always: true, find: blocks };

/// Finds Chinese commas between the items of a list in brackets, which make one item of them.
fn commas(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let lists = page.fields().flat_map(|(_, line)| {
        let value = page.at(&line.value);
        let is_flow = value.starts_with(['[', '{']) && !value.contains(['"', '\'']);
        // Each part begins behind a bracket and ends before the next.
        let mut start = line.value.start;
        value.split('[').enumerate().filter_map(move |(at, part)| {
            let own = start;
            start += part.len() + 1;
            let inner = part.split_once(']')?.0;
            (is_flow && at > 0 && !inner.contains('{')).then_some((own, inner))
        })
    });
    lists
        .filter_map(|(start, inner)| {
            let marks: Vec<(usize, &str)> = inner.match_indices(['，', '、', '；']).collect();
            let (first, mark) = *marks.first()?;
            let at = start + first..start + first + mark.len();
            let hit = Hit::new(
                at,
                text!(
                    "方括号里用中文的“{mark}”，前后会连成一项",
                    "a full-width “{mark}” in brackets does not separate: both sides become one item"
                ),
                text!("改成英文逗号加空格“, ”", "replace it by a half-width comma and a space"),
            );
            let change =
                |hit: Hit, (at, mark): &(usize, &str)| hit.change(start + at..start + at + mark.len(), ", ");
            Some(marks.iter().fold(hit, change).certain())
        })
        .collect()
}

fn comments(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let lines = page.lines.iter().filter(|line| {
        matches!(line.kind, Kind::Field | Kind::Inside) && page.text[line.first..].starts_with('＃')
    });
    lines
        .map(|line| {
            let at = line.first..line.first + '＃'.len_utf8();
            Hit::new(
                at.clone(),
                text!("注释前面是中文的井号“＃”", "a full-width “＃” stands before this comment"),
                text!("改成英文井号“#”", "replace it by a half-width `#`"),
            )
            .change(at, "#")
            .certain()
        })
        .collect()
}

fn blocks(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let lines = page.fields().filter(|(_, line)| {
        let value = page.at(&line.value);
        value.starts_with(['｜', '＞']) && is_block_mark(value)
    });
    lines
        .map(|(_, line)| {
            let mark = page.at(&line.value).chars().next().unwrap_or('｜');
            let right = if mark == '｜' { "|" } else { ">" };
            let at = line.value.start..line.value.start + mark.len_utf8();
            Hit::new(
                at.clone(),
                text!("这里是中文的“{mark}”", "this is a full-width “{mark}”"),
                text!("改成英文的“{right}”", "replace it by a half-width `{right}`"),
            )
            .change(at, right)
            .certain()
        })
        .collect()
}
