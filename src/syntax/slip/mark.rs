//! Full-width marks where YAML takes half-width ones: `＃` before a comment, `｜` and `＞` before a block.

use super::{Hit, Slip};
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Page, is_block_mark};
use crate::text;

pub(super) const COMMENT: Slip = Slip { code: &codes::FULL_WIDTH_MARK, always: false, find: comments };
pub(super) const BLOCK: Slip = Slip { code: &codes::FULL_WIDTH_MARK, always: true, find: blocks };

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
