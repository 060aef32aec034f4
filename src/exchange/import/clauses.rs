//! Splitting an official cell into clauses.

use std::ops::Range;

/// A sentence of a cell: the pieces between its commas, as bytes of the cell.
pub(super) type Sentence = Vec<Range<usize>>;

/// Marks that end a clause for certain.
const ENDS: &[char] = &['；', ';', '。', '！', '!', '\n'];
/// Marks that may.
const PAUSES: &[char] = &['，', ','];

/// Splits a cell at its marks, but not inside quotes and brackets.
pub(super) fn sentences(cell: &str) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = vec![Vec::new()];
    let (mut from, mut depth) = (0, 0usize);
    let chars: Vec<(usize, char)> = cell.char_indices().collect();
    for (place, (at, c)) in chars.iter().enumerate() {
        match c {
            '（' | '(' | '“' | '《' | '「' | '【' | '〔' => depth += 1,
            '）' | ')' | '”' | '》' | '」' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ => {}
        }
        // 1,500 is one number.
        let in_number = *c == ','
            && place > 0
            && chars[place - 1].1.is_ascii_digit()
            && chars.get(place + 1).is_some_and(|(_, next)| next.is_ascii_digit());
        if (depth > 0 && *c != '\n') || in_number || !(ENDS.contains(c) || PAUSES.contains(c)) {
            continue;
        }
        if *c == '\n' || depth == 0 {
            depth = 0;
        }
        push(cell, &mut sentences, from..*at);
        from = at + c.len_utf8();
        if ENDS.contains(c) {
            sentences.push(Vec::new());
        }
    }
    push(cell, &mut sentences, from..cell.len());
    // A bracket that is never closed would hide every mark after it.
    let lost = depth > 0 && cell[from..].contains(ENDS);
    sentences.retain(|sentence| !sentence.is_empty());
    if lost { plainly(cell) } else { sentences }
}

/// Splits at every mark, whatever the brackets.
fn plainly(cell: &str) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut from = 0;
    for piece in cell.split_inclusive(ENDS) {
        let end = from + piece.trim_end_matches(ENDS).len();
        let mut sentence = vec![Vec::new()];
        push(cell, &mut sentence, from..end);
        sentences.extend(sentence);
        from += piece.len();
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Adds a piece without the spaces around it, if it says something.
fn push(cell: &str, sentences: &mut [Sentence], range: Range<usize>) {
    let text = &cell[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    let end = start + text.trim().len();
    if let (true, Some(last)) = (cell[start..end].contains(char::is_alphanumeric), sentences.last_mut()) {
        last.push(start..end);
    }
}

/// Words that something given starts with.
const GIVING: &[&str] = &[
    "提供",
    "免除",
    "免费",
    "免收",
    "减免",
    "协助",
    "对",
    "为",
    "给予",
    "发放",
    "保障",
    "资助",
    "将",
    "开展",
    "组织",
    "允许",
    "补助",
    "做好",
    "推动",
    "落实",
    "符合",
    "有条件",
    "以",
    "在",
    "实施",
    "按",
    "向",
    "支持",
    "优先",
    "纳入",
    "享受",
    "就近",
    "就地",
    "建立",
    "指导",
    "帮助",
];

/// Tells whether a piece after a comma looks like something given by itself.
pub(super) fn looks_whole(before: &str, piece: &str) -> bool {
    let is_topic = before.ends_with('的') || before.ends_with("者") || before.ends_with("时");
    !is_topic && piece.chars().count() > 3 && GIVING.iter().any(|word| piece.starts_with(word))
}

/// Splits a clause into the members of its enumeration: 提供甲、乙和丙服务.
pub(super) fn members(clause: &str) -> Vec<&str> {
    let marks = ["、", "或者", "以及", "和", "及", "或"];
    let mut members = vec![clause];
    for mark in marks {
        members = members.into_iter().flat_map(|member| member.split(mark)).collect();
    }
    members.retain(|member| member.chars().count() > 1);
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(cell: &str) -> Vec<Vec<&str>> {
        sentences(cell)
            .into_iter()
            .map(|pieces| pieces.into_iter().map(|piece| &cell[piece]).collect())
            .collect()
    }

    #[test]
    fn marks_divide_outside_of_brackets_and_numbers() {
        assert_eq!(
            said("免除学杂费,免费提供教科书；其他。"),
            [vec!["免除学杂费", "免费提供教科书"], vec!["其他"]]
        );
        assert_eq!(
            said("读书角（甲，乙；丙）服务，每年1,500元"),
            [["读书角（甲，乙；丙）服务", "每年1,500元"]]
        );
        assert_eq!(said("（没有关上，甲；乙"), [vec!["（没有关上，甲"], vec!["乙"]]);
        assert!(said("；。 ，").is_empty());
    }
}
