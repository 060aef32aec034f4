//! Several words in one text, `甲、乙`, where a list has one a line.

use std::ops::Range;

use super::{Hit, Slip};
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page, is_blank};
use crate::text;

pub(super) const WORDS: Slip = Slip { code: &codes::SEVERAL_IN_ONE, always: false, find };

/// Marks that stand between words.
const BETWEEN: &[char] = &['、', '，', ',', '；', ';'];

fn find(page: &Page<'_>, form: &Form) -> Vec<Hit> {
    page.fields().filter_map(|(number, line)| in_line(page, form, number, line)).collect()
}

fn in_line(page: &Page<'_>, form: &Form, number: usize, line: &Line) -> Option<Hit> {
    let value = page.at(&line.value);
    let indent = |column: usize| format!("\n{}- ", " ".repeat(column));
    if let Some(name) = page.name(line) {
        if !form.lists_words(&name) || value.is_empty() {
            return None;
        }
        if let Some(inner) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let wide = inner.contains(['、', '，', '；', ';']).then(|| split(inner))?;
            let at = line.value.start + 1..line.value.end - 1;
            return Some(hit(&wide, at.clone()).change(at, wide.join(", ")).certain());
        }
        let words = split(value);
        let gap = indent(line.column() + 2);
        let written = words.iter().map(|word| format!("{gap}{word}")).collect::<String>();
        return (words.len() > 1).then(|| {
            hit(&words, line.value.clone()).change(line.colon.end..line.value.end, written).certain()
        });
    }
    let dash = line.dashes.last()? - line.start;
    let owner = page.lines[..number].iter().rev().filter(|above| above.kind == Kind::Field).take(200);
    let owner = owner
        .take_while(|above| above.indent() >= line.indent() || above.key.is_some())
        .find(|above| above.key.is_some())?;
    let words = split(value);
    let is_list = owner.value.is_empty() && page.name(owner).is_some_and(|name| form.lists_words(&name));
    (is_list && words.len() > 1).then(|| {
        hit(&words, line.value.clone()).change(line.value.clone(), words.join(&indent(dash))).certain()
    })
}

fn hit(words: &[&str], at: Range<usize>) -> Hit {
    let (count, all) = (words.len(), words.join("、"));
    Hit::new(
        at,
        text!("“{all}”是 {count} 个，写在了一起", "there are {count} words in one here: {all}"),
        text!(
            "用“、”“，”隔不开：要写成列表，分开写，一行一个，每行以“- ”开头",
            "a comma does not separate them: make it a list, one a line, each line starting with `- `"
        ),
    )
}

/// Splits what several words were written as; one word gives itself.
fn split(text: &str) -> Vec<&str> {
    if text.starts_with(['"', '\'', '{', '[']) {
        return Vec::new();
    }
    let words: Vec<&str> = text
        .split(BETWEEN)
        .map(|word| word.trim_matches(|c| is_blank(c) || c == '。'))
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 1 {
        return words;
    }
    let spaced: Vec<&str> = text.split(is_blank).filter(|word| !word.is_empty()).collect();
    if spaced.iter().all(|word| is_name(word)) { spaced } else { words }
}

/// Tells whether a text is a whole word by itself: an id, or the name of an office.
fn is_name(word: &str) -> bool {
    let is_id = word.contains(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let offices = ['局', '委', '厅', '会', '院', '室', '联', '办', '部'];
    is_id || (word.ends_with(offices) && word.chars().count() > 2)
}
