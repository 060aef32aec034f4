//! A number, an id or an address in full-width characters or Chinese quotation marks: `０５９２－１２３４５６７`, `‘12345’`.
//!
//! YAML takes it for a text, so that a telephone number cannot be dialled and an id is not found.

use unicode_normalization::UnicodeNormalization;

use super::{Hit, Recovery};
use crate::syntax::codes;
use crate::syntax::fold::is_wide;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page};
use crate::text;

pub(super) const WHOLE: Recovery = Recovery { code: &codes::FULL_WIDTH_MARK, always: true, find };

fn find(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let hits = page.fields().filter_map(|(number, line)| {
        let value = page.at(&line.value);
        let Some(meant) = meant(value) else { return in_marks(page, number, line) };
        let needs_quotes = meant.bytes().all(|b| b.is_ascii_digit());
        let written = if needs_quotes { format!("'{meant}'") } else { meant.clone() };
        let hit = Hit::new(
            line.value.clone(),
            text!(
                "“{value}”里有全角字符或中文引号",
                "`{value}` has full-width characters or Chinese quotation marks"
            ),
            text!("改成半角“{meant}”", "write it in half-width characters: `{meant}`"),
        );
        Some(hit.change(line.value.clone(), written).certain())
    });
    hits.collect()
}

/// Finds a whole text in Chinese quotation marks, which were meant to be those of YAML.
fn in_marks(page: &Page<'_>, number: usize, line: &Line) -> Option<Hit> {
    let value = page.at(&line.value);
    let inner = value.strip_prefix('“')?.strip_suffix('”')?;
    let goes_on = page.lines.get(number + 1).is_some_and(|next| next.kind == Kind::Inside);
    let is_text = inner.contains(is_wide) && !inner.contains(['“', '”']);
    if !is_text || goes_on || line.key.is_none() {
        return None;
    }
    let mut hit = Hit::new(
        line.value.clone(),
        text!(
            "整段文字在中文引号“”里，引号会一起发布",
            "the whole text stands in “ ”, and these quotation marks are published with it"
        ),
        text!(
            "原文没有引号就删去，YAML 里一般不用给文字加引号；原文本来就有则不必改",
            "delete them unless they are part of the text: most texts need no quotation marks here"
        ),
    );
    hit.mild = true;
    Some(hit)
}

/// Returns the number, id or address that a value is but for its width and its quotation marks.
fn meant(value: &str) -> Option<String> {
    if value.is_ascii() || value.len() > LONGEST {
        return None;
    }
    let folded: String = value.nfkc().collect();
    let folded = folded.trim_matches(['“', '”', '‘', '’']).replace(['－', '‐', '‑', '−', '﹣'], "-");
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '_');
    let tells = folded.contains(|c: char| c.is_ascii_digit()) || folded.contains(['-', '/']);
    (folded.chars().all(is_part) && folded.len() > 2 && tells).then_some(folded)
}

/// Longer values are texts.
const LONGEST: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ids_are_known_in_any_width() {
        let cases = [
            ("０５９２－５０５１２３４", "0592-5051234"),
            ("‘12345’", "12345"),
            ("“350200”", "350200"),
            ("mental－health", "mental-health"),
            ("ｍental-health", "mental-health"),
            ("preschool-education／preschool-aid", "preschool-education/preschool-aid"),
        ];
        for (value, right) in cases {
            assert_eq!(meant(value).as_deref(), Some(right), "{value}");
        }
        assert!(
            ["0592-5051234", "“你好”", "“Yes”", "３～６岁", "第１２项", "Ａ"]
                .iter()
                .all(|text| meant(text).is_none())
        );
    }
}
