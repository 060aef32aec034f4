//! One figure, one field: a number of a provision is changed in all places that repeat it.
//!
//! An amount stands in the official text, in the quote, in plain words and translations, and in the declared measure. Whoever
//! changes it in one field of the form has it changed in all of these; where a text has the number more than once, nobody
//! knows which is meant, and it is left for people.

use std::ops::Range;

use super::tree::{Manner, code_of, find, find_mut};
use crate::schema::Shape;
use crate::syntax::{Node, Value};
use qingdan_document::tidy::says_same;

/// Before the number, in the name of its control.
pub const NAME: &str = "figure/";

/// Returns the numbers of a text, each once, as written.
pub fn figures(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for range in numbers(text) {
        let number = plain(&text[range]);
        if !found.contains(&number) {
            found.push(number);
        }
    }
    found
}

/// Returns where the numbers of a text stand: digits, with a point or with commas between thousands.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let bytes = text.as_bytes();
    for at in 0..=bytes.len() {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let joins = start.is_some() && matches!(bytes.get(at), Some(b'.' | b',')) && digit(at + 1);
        match start {
            None if digit(at) => start = Some(at),
            Some(from) if !digit(at) && !joins => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Returns a number without the commas between its thousands.
fn plain(number: &str) -> String {
    number.replace(',', "")
}

/// Returns `text` with one number for another. `None` if it does not have it, or, unless `all` may go, more than once.
fn changed(text: &str, from: &str, to: &str, all: bool) -> Option<String> {
    let places: Vec<Range<usize>> =
        numbers(text).into_iter().filter(|range| plain(&text[range.clone()]) == from).collect();
    if places.is_empty() || (places.len() > 1 && !all) {
        return None;
    }
    let mut out = text.to_owned();
    for range in places.into_iter().rev() {
        let new = if text[range.clone()].contains(',') { with_commas(to) } else { to.to_owned() };
        out.replace_range(range, &new);
    }
    Some(out)
}

fn with_commas(number: &str) -> String {
    let (whole, rest) = number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let groups: Vec<String> =
        whole.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    groups.join(",") + &rest.map_or_else(String::new, |rest| format!(".{rest}"))
}

/// Changes a number of the provision at `path` wherever the service repeats it; tells whether anything was changed.
pub fn change(
    root: &mut Node,
    (shape, path): (&'static Shape, &[String]),
    (from, to): (&str, &str),
    manner: &Manner,
) -> bool {
    let is_number = |text: &str| numbers(text).first().is_some_and(|number| *number == (0..text.len()));
    if !is_number(from) || !is_number(to) || from == to {
        return false;
    }
    let before = root.clone();
    let at = |field: &str| [path, &[field.to_owned()]].concat();
    let quote = find(root, shape, &at("quote")).and_then(|spot| spot.node?.text()).map(str::to_owned);
    for field in ["quote", "focus", "plain", "condition_text", "measures"] {
        if let Some(node) = find_mut(root, shape, &at(field)) {
            every_text(node, &mut |text| changed(text, from, to, true));
        }
    }
    let Some((quote, service)) = quote.zip(path.len().checked_sub(2).map(|length| &path[..length])) else {
        return !says_same(&before, root);
    };
    let content = [service, &["content".to_owned()]].concat();
    if let Some(content) = find_mut(root, shape, &content) {
        in_content(content, &quote, (from, to), manner);
    }
    !says_same(&before, root)
}

/// Changes the number in the official text, there only in the words of the quote, and in translations that have it once.
fn in_content(content: &mut Node, quote: &str, (from, to): (&str, &str), manner: &Manner) {
    let official = |text: &str| Some(text.replacen(quote, &changed(quote, from, to, true)?, 1));
    match &mut content.value {
        Value::Text(text) => {
            if let Some(new) = official(text) {
                *text = new;
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                let is_official = code_of(&entry.key.value) == manner.reference.as_str();
                let Value::Text(text) = &mut entry.value.value else { continue };
                let new = if is_official { official(text) } else { changed(text, from, to, false) };
                if let Some(new) = new {
                    *text = new;
                }
            }
        }
        Value::Empty | Value::List(_) => {}
    }
}

fn every_text(node: &mut Node, change: &mut impl FnMut(&str) -> Option<String>) {
    match &mut node.value {
        Value::Empty => {}
        Value::Text(text) => {
            if let Some(new) = change(text) {
                *text = new;
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| every_text(item, change)),
        Value::Map(entries) => entries.iter_mut().for_each(|entry| every_text(&mut entry.value, change)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole_numbers_and_written_as_they_were() {
        assert_eq!(figures("每人每年补助2000元，3-6岁，1.5倍，2000元"), ["2000", "3", "6", "1.5"]);
        assert_eq!(
            changed("2,000 yuan, not 12000", "2000", "12400", true).as_deref(),
            Some("12,400 yuan, not 12000")
        );
        assert_eq!(changed("2000 or 2000", "2000", "1", false), None);
        assert_eq!(changed("20000", "2000", "1", true), None);
    }
}
