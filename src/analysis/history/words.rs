//! What changed in a text, to the character.

use crate::compare::edits;

/// What happened to a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// It stayed.
    Equal,
    /// It was taken out.
    Delete,
    /// It was put in.
    Insert,
}

/// A text that changed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TextChange {
    /// Which text: `title`, `audience`, `content`, `quote`, `plain`.
    pub field: &'static str,
    /// In which language of the content.
    pub lang: String,
    /// Its stretches in order.
    pub parts: Vec<TextPart>,
}

/// A stretch of a changed text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TextPart {
    /// What happened to it.
    pub op: Op,
    /// The text.
    pub text: String,
}

/// Returns the change of one text. `None` if there is none.
pub fn changed(field: &'static str, lang: &str, old: &str, new: &str) -> Option<TextChange> {
    (old != new).then(|| TextChange { field, lang: lang.to_owned(), parts: parts(old, new) })
}

/// Returns the stretches of two texts in order, what was taken out before what was put in. The same
/// stretches come out, exchanged, for the texts exchanged.
pub fn parts(old: &str, new: &str) -> Vec<TextPart> {
    // Alignment may depend on the direction: one direction is taken for both.
    let forward = old <= new;
    let (a, b) = if forward { (old, new) } else { (new, old) };
    let (a, b) = (units(a), units(b));
    let mut parts: Vec<TextPart> = Vec::new();
    for edit in edits(&a, &b) {
        let (old, new) = (a[edit.old.clone()].concat(), b[edit.new.clone()].concat());
        if edit.is_equal {
            push(&mut parts, Op::Equal, &old);
            continue;
        }
        let (lost, added) = if forward { (old, new) } else { (new, old) };
        for (op, text) in [(Op::Delete, lost), (Op::Insert, added)] {
            if !text.is_empty() {
                push(&mut parts, op, &text);
            }
        }
    }
    join_words(parts)
}

/// Splits a text into what it is compared by: words, numbers, white space, and every other character for itself.
fn units(text: &str) -> Vec<&str> {
    let mut units = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let belongs = |c: char| kind(c) == kind(first) && kind(c) != WordUnit::Single;
        let end = rest.find(|c: char| !belongs(c)).filter(|end| *end > 0);
        let end = end.unwrap_or(if belongs(first) { rest.len() } else { first.len_utf8() });
        let (unit, after) = rest.split_at(end);
        units.push(unit);
        rest = after;
    }
    units
}

/// What characters are joined to a unit.
#[derive(PartialEq)]
enum WordUnit {
    Word,
    Space,
    Single,
}

fn kind(c: char) -> WordUnit {
    match c {
        _ if c.is_whitespace() => WordUnit::Space,
        _ if c.is_alphanumeric() && !crate::syntax::is_wide(c) => WordUnit::Word,
        _ => WordUnit::Single,
    }
}

/// Lets words that were exchanged one after another be one exchange: the spaces between them go with them.
fn join_words(parts: Vec<TextPart>) -> Vec<TextPart> {
    let mut joined: Vec<TextPart> = Vec::new();
    let mut rest = parts.into_iter().peekable();
    while let Some(part) = rest.next() {
        let is_space = part.op == Op::Equal && part.text.trim().is_empty();
        let exchanged =
            |parts: &[TextPart]| matches!(parts, [.., a, b] if a.op == Op::Delete && b.op == Op::Insert);
        if !is_space || !exchanged(&joined) || rest.peek().is_none_or(|next| next.op != Op::Delete) {
            joined.push(part);
            continue;
        }
        let (Some(deleted), after) = (rest.next(), rest.next_if(|next| next.op == Op::Insert)) else {
            continue;
        };
        match after {
            Some(inserted) => {
                let at = joined.len() - 2;
                joined[at].text += &format!("{}{}", part.text, deleted.text);
                joined[at + 1].text += &format!("{}{}", part.text, inserted.text);
            }
            None => joined.extend([part, deleted]),
        }
    }
    joined
}

/// Adds a stretch to those since the last equal one; among these what was taken out stands first.
fn push(parts: &mut Vec<TextPart>, op: Op, text: &str) {
    let since = parts.iter().rposition(|part| part.op == Op::Equal).map_or(0, |at| at + 1);
    if op == Op::Equal {
        match parts.last_mut().filter(|last| last.op == Op::Equal) {
            Some(last) => last.text.push_str(text),
            None => parts.push(TextPart { op, text: text.to_owned() }),
        }
        return;
    }
    match parts[since..].iter_mut().find(|part| part.op == op) {
        Some(part) => part.text.push_str(text),
        None if op == Op::Delete => parts.insert(since, TextPart { op, text: text.to_owned() }),
        None => parts.push(TextPart { op, text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the stretches on one line, what was taken out in `[]`, what was put in in `{}`.
    fn line(old: &str, new: &str) -> String {
        let show = |part: &TextPart| match part.op {
            Op::Equal => part.text.clone(),
            Op::Delete => format!("[{}]", part.text),
            Op::Insert => format!("{{{}}}", part.text),
        };
        parts(old, new).iter().map(show).collect()
    }

    #[test]
    fn numbers_and_words_change_as_a_whole_and_chinese_by_the_character() {
        for (old, new, expected) in [
            ("每年补助1250元", "每年补助1500元", "每年补助[1250]{1500}元"),
            ("发给租房津贴", "发给租房补贴", "发给租房[津]{补}贴"),
            ("学校放学后看护", "有条件的学校放学后看护", "{有条件的}学校放学后看护"),
            (
                "children from poor families pay",
                "children on the list pay",
                "children [from poor families]{on the list} pay",
            ),
            ("3-6岁", "4-6岁", "[3]{4}-6岁"),
            ("", "甲", "{甲}"),
        ] {
            assert_eq!(line(old, new), expected);
        }
    }

    #[test]
    fn changes_are_told_to_the_character_and_mirror() {
        let there = parts("每天4元补助", "每天补助5元");
        let back = parts("每天补助5元", "每天4元补助");
        let old: String = there.iter().filter(|p| p.op != Op::Insert).map(|p| p.text.as_str()).collect();
        assert_eq!(old, "每天4元补助");
        let mirrored: Vec<(Op, &str)> = back
            .iter()
            .map(|part| {
                let op = match part.op {
                    Op::Equal => Op::Equal,
                    Op::Delete => Op::Insert,
                    Op::Insert => Op::Delete,
                };
                (op, part.text.as_str())
            })
            .collect();
        let sort = |mut parts: Vec<(Op, &'static str)>| {
            parts.sort_by_key(|(op, text)| (*op as u8, *text));
            parts
        };
        let owned = |parts: Vec<(Op, &str)>| {
            parts.into_iter().map(|(op, text)| (op, &*text.to_owned().leak())).collect::<Vec<_>>()
        };
        assert_eq!(
            sort(owned(mirrored)),
            sort(owned(there.iter().map(|p| (p.op, p.text.as_str())).collect()))
        );
    }
}
