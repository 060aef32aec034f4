//! Turns text that may hold numbers of persons into text that can be shown.
//!
//! The check for personal data decides what is an error; this is the net below it: whatever a finding
//! quotes or points at, no long number leaves the machine through a log. Only digits change, each into
//! a star of the same size in bytes and in width, so that spans into the text stay true.

/// Numbers from this many digits on are masked: a mobile number has 11, an identity number 15 or 18.
const FEWEST_DIGITS: usize = 11;
/// How many digits stay at the start of a masked number.
const KEPT_BEFORE: usize = 3;
/// How many digits stay at its end.
const KEPT_AFTER: usize = 2;

/// Masks every number of 11 or more digits, also one written in groups with single spaces or hyphens.
///
/// Numbers that start with 0 stay: they are the area code of an office, never a person.
pub fn masked(text: &str) -> String {
    let mut shown: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < shown.len() {
        if value(shown[at]).is_none() {
            at += 1;
            continue;
        }
        let digits = number_at(&shown, at);
        at = digits.last().map_or(at, |last| *last) + 1;
        hide(&mut shown, &digits);
    }
    shown.into_iter().collect()
}

/// Returns the indices of the digits of the number that starts at `start`.
fn number_at(text: &[char], start: usize) -> Vec<usize> {
    let mut digits = vec![start];
    let mut at = start;
    let is_digit = |at: usize| text.get(at).is_some_and(|c| value(*c).is_some());
    loop {
        let gap = usize::from(text.get(at + 1).is_some_and(|c| matches!(c, ' ' | '-' | '\u{3000}' | '－')));
        if !is_digit(at + 1 + gap) {
            return digits;
        }
        at += 1 + gap;
        digits.push(at);
    }
}

fn hide(text: &mut [char], digits: &[usize]) {
    let from_office = digits.first().is_some_and(|first| value(text[*first]) == Some(0));
    if digits.len() < FEWEST_DIGITS || from_office {
        return;
    }
    for at in &digits[KEPT_BEFORE..digits.len() - KEPT_AFTER] {
        text[*at] = if text[*at].is_ascii() { '*' } else { '＊' };
    }
}

/// Returns the value of a digit, half-width or full-width.
fn value(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => c.to_digit(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_masked_in_any_writing() {
        assert_eq!(masked("手机13900001234，"), "手机139******34，");
        assert_eq!(masked("139 0000-1234"), "139 ****-**34");
        assert_eq!(masked("１３９００００１２３４"), "１３９＊＊＊＊＊＊３４");
        assert_eq!(masked("35010019990101123X"), "350************23X");
    }

    #[test]
    fn offices_hotlines_dates_and_document_numbers_stay() {
        for text in ["0591-87654321", "12345、12355", "2025-01-09", "闽民童〔2025〕5号", "400-820-8820", ""]
        {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn masking_keeps_every_byte_in_its_place() {
        let text = "甲１３９００００１２３４乙13900001234丙";
        let shown = masked(text);
        assert_eq!(shown.len(), text.len());
        assert_eq!(shown.find('丙'), text.find('丙'));
    }
}
