//! What changed in a text, to the character.

use similar::{ChangeTag, TextDiff};

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
    pub parts: Vec<Part>,
}

/// A stretch of a changed text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Part {
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
pub fn parts(old: &str, new: &str) -> Vec<Part> {
    // Alignment may depend on the direction: one direction is taken for both.
    let forward = old <= new;
    let (a, b) = if forward { (old, new) } else { (new, old) };
    // Chinese reads by characters, other scripts by words.
    let by_words = !a.chars().chain(b.chars()).any(crate::syntax::is_wide);
    let diff = if by_words { TextDiff::from_words(a, b) } else { TextDiff::from_chars(a, b) };
    let mut parts: Vec<Part> = Vec::new();
    for change in diff.iter_all_changes() {
        let op = match (change.tag(), forward) {
            (ChangeTag::Equal, _) => Op::Equal,
            (ChangeTag::Delete, true) | (ChangeTag::Insert, false) => Op::Delete,
            (ChangeTag::Insert, true) | (ChangeTag::Delete, false) => Op::Insert,
        };
        push(&mut parts, op, change.value());
    }
    parts
}

/// Adds a stretch to those since the last equal one; among these what was taken out stands first.
fn push(parts: &mut Vec<Part>, op: Op, text: &str) {
    let since = parts.iter().rposition(|part| part.op == Op::Equal).map_or(0, |at| at + 1);
    if op == Op::Equal {
        match parts.last_mut().filter(|last| last.op == Op::Equal) {
            Some(last) => last.text.push_str(text),
            None => parts.push(Part { op, text: text.to_owned() }),
        }
        return;
    }
    match parts[since..].iter_mut().find(|part| part.op == op) {
        Some(part) => part.text.push_str(text),
        None if op == Op::Delete => parts.insert(since, Part { op, text: text.to_owned() }),
        None => parts.push(Part { op, text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
