//! Several words in one text, `甲、乙`, where a list has one a line.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Hit, Recovery};
use crate::diagnostic::quoted;
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page, is_blank};
use crate::text;

pub(super) const WORDS: Recovery = Recovery { code: &codes::SEVERAL_IN_ONE, always: false, find };

pub(super) const FOLDED: Recovery = Recovery { code: &codes::MISSING_DASH, always: false, find: folded };

/// Names of fields that hold lists of words.
type Lists = BTreeSet<&'static str>;

/// Marks that stand between words.
const BETWEEN: &[char] = &['、', '，', ',', '；', ';'];

fn find(page: &Page<'_>, form: &Form) -> Vec<Hit> {
    let lists = form.word_lists();
    page.fields().filter_map(|(number, line)| in_line(page, &lists, number, line)).collect()
}

fn in_line(page: &Page<'_>, lists: &Lists, number: usize, line: &Line) -> Option<Hit> {
    let value = page.at(&line.value);
    let indent = |column: usize| format!("\n{}- ", " ".repeat(column));
    if let Some(name) = page.name(line) {
        if value.is_empty() || !lists.contains(name.as_str()) {
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
    let words = split(value);
    if words.len() < 2 {
        return None;
    }
    let dash = dash_of_word(page, lists, number, line)?;
    Some(hit(&words, line.value.clone()).change(line.value.clone(), words.join(&indent(dash))).certain())
}

/// Returns the column of the dash, if a line is an item of a list of words.
fn dash_of_word(page: &Page<'_>, lists: &Lists, number: usize, line: &Line) -> Option<usize> {
    let dash = line.dashes.last()? - line.start;
    let owner = page.lines[..number].iter().rev().filter(|above| above.kind == Kind::Field).take(200);
    let owner = owner
        .take_while(|above| above.indent() >= line.indent() || above.key.is_some())
        .find(|above| above.key.is_some())?;
    let is_list =
        owner.value.is_empty() && page.name(owner).is_some_and(|name| lists.contains(name.as_str()));
    (is_list && line.key.is_none()).then_some(dash)
}

/// Finds words of a list that stand below the first without a dash of their own.
fn folded(page: &Page<'_>, form: &Form) -> Vec<Hit> {
    let lists = form.word_lists();
    let mut hits = Vec::new();
    let mut dash = None;
    for (number, line) in page.lines.iter().enumerate() {
        let is_bare = line.key.is_none() && line.dashes.is_empty();
        match line.kind {
            Kind::Blank | Kind::Comment => {}
            Kind::Field if !is_bare => dash = dash_of_word(page, &lists, number, line),
            Kind::Field | Kind::Inside => {
                let word = page.text[line.first..line.end].trim_end_matches(is_blank);
                let column = dash.filter(|column| is_name(word) && line.indent() >= *column);
                hits.extend(column.map(|column| dashless(line, word, column)));
            }
        }
    }
    hits
}

fn dashless(line: &Line, word: &str, column: usize) -> Hit {
    Hit::new(
        line.first..line.end,
        text!("“{word}”前面漏了“-”", "the `-` before `{word}` is missing"),
        text!("在每一项前面写上“- ”", "write `- ` before each item"),
    )
    .change(line.start..line.first, format!("{}- ", " ".repeat(column)))
    .certain()
}

fn hit(words: &[&str], at: Range<usize>) -> Hit {
    let (count, all) = (words.len(), words.join("、"));
    let all = quoted(&all);
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
