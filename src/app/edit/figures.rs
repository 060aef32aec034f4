//! One figure, one field: a number of a provision is changed in all places that repeat it.
//!
//! An amount stands in the official text, in the quote, in plain words and translations, and in the declared measure. Whoever
//! changes it in one field of the form has it changed in all of these. Where a text has the number more than once, nobody
//! knows which is meant: it is left as it is, for people.

use std::ops::Range;

use super::tree::{Manner, code_of, find, find_mut};
use crate::catalogue::Provision;
use crate::schema::{Declared, Shape};
use crate::syntax::{Entry, Node, Value};

/// Before the number, in the name of its control.
pub const NAME: &str = "figure/";

/// Returns the numbers of a text, as written, that stand in it once: of others nobody knows which is meant.
pub fn figures(text: &str) -> Vec<String> {
    let all: Vec<String> = numbers(text).into_iter().map(|range| plain(&text[range])).collect();
    let is_once = |number: &&String| all.iter().filter(|known| known == number).count() == 1;
    all.iter().filter(is_once).cloned().collect()
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

/// Returns `text` with one number for another. `None` if it does not have it, or more than once.
fn changed(text: &str, (from, to): (&str, &str)) -> Option<String> {
    let places: Vec<Range<usize>> =
        numbers(text).into_iter().filter(|range| plain(&text[range.clone()]) == from).collect();
    let [range] = places.as_slice() else { return None };
    let new = if text[range.clone()].contains(',') { with_commas(to) } else { to.to_owned() };
    Some(format!("{}{new}{}", &text[..range.start], &text[range.end..]))
}

fn with_commas(number: &str) -> String {
    let (whole, rest) = number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let groups: Vec<String> =
        whole.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    groups.join(",") + &rest.map_or_else(String::new, |rest| format!(".{rest}"))
}

/// Changes a number of the provision at `path` wherever the service repeats it: in the official text, in the quote and in
/// others of the same words, in plain words, translations and measures. `false` if that cannot be done for certain; then
/// nothing is changed.
pub fn change(
    root: &mut Node,
    (shape, path): (&'static Shape, &[String]),
    figure: (&str, &str),
    manner: &Manner,
) -> bool {
    let is_number = |text: &str| numbers(text).first().is_some_and(|number| *number == (0..text.len()));
    if !is_number(figure.0) || !is_number(figure.1) {
        return false;
    }
    let mut wanted = root.clone();
    let done = changed_in(&mut wanted, (shape, path), figure, manner).is_some();
    if done {
        *root = wanted;
    }
    done
}

/// Changes the number in the official text first: where that fails, nothing else may change.
fn changed_in(
    root: &mut Node,
    (shape, path): (&'static Shape, &[String]),
    figure: (&str, &str),
    manner: &Manner,
) -> Option<()> {
    let service = &path[..path.len().checked_sub(2)?];
    let below = |path: &[String], field: &str| [path, &[field.to_owned()]].concat();
    let quote = find(root, shape, &below(path, "quote"))?.node?.text()?.to_owned();
    let new = changed(&quote, figure)?;
    in_content(find_mut(root, shape, &below(service, "content"))?, (&quote, &new), figure, manner)?;
    // Several provisions may be made of the same words.
    if let Value::List(provisions) = &mut find_mut(root, shape, &below(service, "provisions"))?.value {
        let quotes = provisions
            .iter_mut()
            .filter_map(|provision| find_mut(provision, &PROVISION, &QUOTE.map(str::to_owned)));
        for node in quotes.filter(|node| node.text() == Some(&quote)) {
            node.value = Value::Text(new.clone());
        }
    }
    for field in ["focus", "plain", "condition_text"] {
        if let Some(node) = find_mut(root, shape, &below(path, field)) {
            every_text(node, &mut |text| changed(text, figure));
        }
    }
    if let Some(Value::Map(measures)) =
        find_mut(root, shape, &below(path, "measures")).map(|node| &mut node.value)
    {
        let has = |entry: &&mut Entry| entry.value.text().is_some_and(|text| changed(text, figure).is_some());
        let mut with: Vec<&mut Entry> = measures.iter_mut().filter(has).collect();
        if let [one] = with.as_mut_slice() {
            every_text(&mut one.value, &mut |text| changed(text, figure));
        }
    }
    Some(())
}

/// A provision, and the way to its quote.
static PROVISION: Shape = Shape::Map(<Provision as Declared>::TABLE);
const QUOTE: [&str; 1] = ["quote"];

/// Puts the new words of a quote into the official text, in which they have to stand once. Translations follow if they and
/// the official text have the number once.
fn in_content(
    content: &mut Node,
    (quote, new): (&str, &str),
    figure: (&str, &str),
    manner: &Manner,
) -> Option<()> {
    let official = |text: &str| (text.matches(quote).count() == 1).then(|| text.replacen(quote, new, 1));
    let entries = match &mut content.value {
        Value::Text(text) => {
            *text = official(text)?;
            return Some(());
        }
        Value::Map(entries) => entries,
        Value::Empty | Value::List(_) => return None,
    };
    let is_official = |entry: &Entry| code_of(&entry.key.value) == manner.reference.as_str();
    let own = entries.iter_mut().find(|entry| is_official(entry))?;
    let before = own.value.text()?.to_owned();
    own.value.value = Value::Text(official(&before)?);
    if changed(&before, figure).is_some() {
        for entry in entries.iter_mut().filter(|entry| !is_official(entry)) {
            every_text(&mut entry.value, &mut |text| changed(text, figure));
        }
    }
    Some(())
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
    use crate::diagnostic::Findings;
    use crate::lang::LangCode;
    use crate::schema::{KeyLanguage, tables};
    use crate::span::FileId;
    use crate::syntax::yaml;

    #[test]
    fn numbers_are_whole_numbers_and_offered_where_they_stand_once() {
        assert_eq!(figures("3-6岁儿童每人每餐补助3元，每年2,000元，1.5倍"), ["6", "2000", "1.5"]);
        assert_eq!(
            changed("2,000 yuan, not 12000", ("2000", "12400")).as_deref(),
            Some("12,400 yuan, not 12000")
        );
        assert_eq!(changed("2000 or 2000", ("2000", "1")), None);
        assert_eq!(changed("20000 and 2000.5", ("2000", "1")), None);
    }

    /// Returns a service of two provisions of the quotes `a` and `b`.
    fn service(content: &str, a: &str, b: &str) -> String {
        format!(
            "services:\n  - id: s\n    content: {content}\n    provisions:\n      - {{id: a, {a}}}\n      - {{id: b, {b}}}\n"
        )
    }

    fn after(text: &str, figure: (&str, &str)) -> Option<String> {
        let mut root = yaml::parse(FileId(0), text, &mut Findings::new()).expect("this is YAML");
        let manner = Manner { keys: KeyLanguage::English, reference: LangCode::new("zh") };
        let path = ["services", "s", "provisions", "a"].map(str::to_owned);
        let done = change(&mut root, (&tables::EDITION, &path), figure, &manner);
        done.then(|| qingdan_document::tidy::rewritten(text, &root).expect("it can be written"))
    }

    /// Judged before they were run: what changes with a number, and what must not.
    #[test]
    fn a_number_changes_where_it_is_certainly_the_same() {
        let cases = [
            // The official text, the quote, plain words and the measure.
            (
                "{zh: 每年补助2000元, en: '2,000 yuan a year'}",
                "quote: 每年补助2000元, plain: {zh: 每年2000元}, measures: {amount: 2000 CNY/year}",
                "quote: 甲",
                ("2000", "2400"),
                Some((
                    "{zh: 每年补助2400元, en: '2,400 yuan a year'}",
                    "quote: 每年补助2400元, plain: {zh: 每年2400元}, measures: {amount: 2400 CNY/year}",
                    "quote: 甲",
                )),
            ),
            // The same number of another clause stays, and a translation in which it may be either.
            (
                "{zh: 3-6岁的孩子入园；每餐补助3元, en: 'aged 3 to 6; 3 yuan'}",
                "quote: 每餐补助3元",
                "quote: 3-6岁的孩子入园",
                ("3", "4"),
                Some((
                    "{zh: 3-6岁的孩子入园；每餐补助4元, en: 'aged 3 to 6; 3 yuan'}",
                    "quote: 每餐补助4元",
                    "quote: 3-6岁的孩子入园",
                )),
            ),
            // A translation has it once, but the official text twice: nobody knows whose it is.
            (
                "{zh: 3岁入园；每餐补助3元, en: 'three years; 3 yuan'}",
                "quote: 每餐补助3元",
                "quote: 3岁入园",
                ("3", "4"),
                Some((
                    "{zh: 3岁入园；每餐补助4元, en: three years; 3 yuan}",
                    "quote: 每餐补助4元",
                    "quote: 3岁入园",
                )),
            ),
            // Another provision of the same words keeps in step.
            (
                "每人每年1500元",
                "quote: 每人每年1500元, focus: 每人",
                "quote: 每人每年1500元",
                ("1500", "1800"),
                Some(("每人每年1800元", "quote: 每人每年1800元, focus: 每人", "quote: 每人每年1800元")),
            ),
            // Twice in the quote, or in none: nothing changes.
            ("3-6岁每餐3元", "quote: 3-6岁每餐3元", "quote: 乙", ("3", "4"), None),
            ("每年2次", "quote: 每年2次", "quote: 乙", ("3", "4"), None),
            // The quote stands twice, or not at all, in the official text.
            ("每年2次；每年2次", "quote: 每年2次", "quote: 乙", ("2", "4"), None),
            ("每年两次", "quote: 每年2次", "quote: 乙", ("2", "4"), None),
            // Two measures have it: people decide.
            (
                "每年1次，每次1小时起算，补助5元",
                "quote: 补助5元, measures: {amount: 5 CNY, frequency: 5/year}",
                "quote: 乙",
                ("5", "6"),
                Some((
                    "每年1次，每次1小时起算，补助6元",
                    "quote: 补助6元, measures: {amount: 5 CNY, frequency: 5/year}",
                    "quote: 乙",
                )),
            ),
            // What is no number is not taken for one.
            ("每年2次", "quote: 每年2次", "quote: 乙", ("2", "两"), None),
        ];
        let same = |text: &str| yaml::parse(FileId(0), text, &mut Findings::new()).expect("this is YAML");
        for (content, a, b, figure, expected) in cases {
            let done = after(&service(content, a, b), figure);
            let wanted = expected.map(|(content, a, b)| service(content, a, b));
            let agrees = match (&done, &wanted) {
                (Some(done), Some(wanted)) => qingdan_document::tidy::says_same(&same(done), &same(wanted)),
                (done, wanted) => done.is_none() && wanted.is_none(),
            };
            assert!(agrees, "{content} {figure:?}: {done:?}");
        }
    }
}
