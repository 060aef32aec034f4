//! ` #` in a text: what follows is a comment for YAML and is not published.

use super::{Hit, Recovery};
use crate::syntax::codes;
use crate::syntax::fold::{is_wide, is_wide_punctuation};
use crate::syntax::form::Form;
use crate::syntax::page::{Page, is_blank, is_block_mark};
use crate::text;

pub(super) const TEXT: Recovery = Recovery { code: &codes::SWALLOWED_TEXT, always: true, find };

fn find(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let hits = page.fields().filter_map(|(_, line)| {
        let value = page.at(&line.value);
        let rest = &page.text[line.value.end..line.end];
        let lost = rest.trim_start_matches(is_blank).strip_prefix('#')?.trim();
        let is_prose = value.contains(' ') && !value.starts_with(['"', '\'', '[', '{']);
        let ends_in_text =
            value.chars().next_back().is_some_and(|c| is_prose || is_wide(c) || is_wide_punctuation(c));
        // `# 注` with its space is how comments are written; `#详见` is how text is.
        let sticks = rest.trim_start_matches(is_blank)[1..].chars().next().is_some_and(|c| !is_blank(c));
        let is_text = if value.is_empty() {
            line.key.is_some() && lost.contains(is_wide)
        } else {
            ends_in_text
        };
        if !sticks || !is_text || lost.is_empty() || is_block_mark(value) {
            return None;
        }
        let start = line.end - rest.trim_start_matches(is_blank).len();
        Some(Hit::new(
            start..line.end,
            text!("“#”后面的“{lost}”不会发布", "what follows the `#`, “{lost}”, is not published"),
            text!(
                "如果它是正文，把“#”改成“＃”或给整段文字加引号；如果是注释，另起一行写",
                "if it belongs to the text, put the whole text in quotes; if it is a comment, give it a line of its own"
            ),
        ))
    });
    hits.collect()
}
