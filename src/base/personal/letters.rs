//! Digits that are written as letters, and numbers as a program writes them that takes them for amounts.
//!
//! `l38 OOl3 8OOO` has digits under other names, and `1.3800138001E10` is what comes of a mobile number in a cell. Both
//! are read as digits in a view of their own, beside what stands there.

use super::digits::{chinese, is_between};
use super::view::View;

/// How many letters at the start and at the end of a run may be those of a word beside the number.
const MOST_OF_WORD: [usize; 2] = [2, 1];

/// How many letters at the two ends of a run are left to a word beside it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct OfWord {
    start: usize,
    end: usize,
}

/// Returns the text with the digits that letters stand for, once for each way in which the letters beside a word may be
/// its own: `tell38` is `tel` and `138`. Nothing if there are no such letters.
pub(super) fn views(text: &str) -> Vec<View> {
    let [start, end] = MOST_OF_WORD;
    let ways = (0..=start).flat_map(|start| (0..=end).map(move |end| OfWord { start, end }));
    // Where no letter stands for a digit, none does however many are left to words.
    let first = view(text, OfWord::default());
    let others = ways.skip(1).filter(|_| first.is_some()).filter_map(|way| view(text, way));
    let others: Vec<View> = others.collect();
    first.into_iter().chain(others).chain(among_chinese(text)).collect()
}

/// Returns the text with letters among Chinese digits as such: `二O二五` is `二〇二五`. Nothing if there are none.
fn among_chinese(text: &str) -> Option<View> {
    let is_part = |c: char| chinese(c).is_some() || meant(c).is_some();
    let mut view: Option<View> = None;
    let (mut at, mut done) = (0, 0);
    while let Some(start) = text[at..].find(is_part).map(|next| at + next) {
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
        let run = &text[start..end];
        if run.contains(|c| chinese(c).is_some()) && run.contains(|c| chinese(c).is_none()) {
            let view = view.get_or_insert_with(View::empty);
            view.copy(text, done..start);
            for (place, c) in run.char_indices() {
                let place = start + place;
                let digit = meant(c).map_or(c, |digit| if digit == '0' { '〇' } else { '一' });
                view.put(digit, place..place + c.len_utf8());
            }
            done = end;
        }
        at = end;
    }
    let mut view = view?;
    view.copy(text, done..text.len());
    Some(view)
}

/// Returns the text with letters as digits but for those left to words; nothing if it is none other than one that leaves
/// them fewer.
fn view(text: &str, of_word: OfWord) -> Option<View> {
    let mut view: Option<View> = None;
    let mut differs = of_word == OfWord::default();
    let (mut at, mut done) = (0, 0);
    while let Some(start) = text[at..].find(is_part).map(|next| at + next) {
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
        if let Some((length, digits)) = power(text, start) {
            let view = view.get_or_insert_with(View::empty);
            view.copy(text, done..start);
            put_power(view, text, start..start + length, &digits);
            at = start + length;
            done = at;
            continue;
        }
        let run = &text[start..end];
        if stands_for_digits(text, start, run) {
            let view = view.get_or_insert_with(View::empty);
            view.copy(text, done..start);
            let kept = left_to_words(text, start..end, of_word);
            differs |= kept == of_word;
            let last = run.chars().count() - kept.end;
            for (number, (place, c)) in run.char_indices().enumerate() {
                let place = start + place;
                let is_digit = (kept.start..last).contains(&number);
                view.put(meant(c).filter(|_| is_digit).unwrap_or(c), place..place + c.len_utf8());
            }
            done = end;
        }
        at = end;
    }
    let mut view = view.filter(|_| differs)?;
    view.copy(text, done..text.len());
    Some(view)
}

/// Returns how many letters at the ends of a run are left to the words beside it: at most as many as are wanted, before
/// the first and behind the last digit, and only where a word is.
fn left_to_words(text: &str, run: std::ops::Range<usize>, wanted: OfWord) -> OfWord {
    let letter = |c: char| c.is_ascii_alphabetic();
    let (before, after) = (text[..run.start].ends_with(letter), text[run.end..].starts_with(letter));
    let starting = text[run.clone()].chars().take_while(|c| !is_digit(*c)).count();
    let ending = text[run].chars().rev().take_while(|c| !is_digit(*c)).count();
    OfWord {
        start: if before || starting > 1 { wanted.start.min(starting) } else { 0 },
        end: if after || ending > 1 { wanted.end.min(ending) } else { 0 },
    }
}

/// Returns the digit that a letter looks like.
fn meant(c: char) -> Option<char> {
    match c {
        'O' | 'o' | 'Ｏ' | 'ｏ' | 'О' | 'о' | 'Ο' | 'ο' | '◯' | '○' | '〇' | 'Ø' | 'ø' => {
            Some('0')
        }
        'l' | 'I' | 'ｌ' | 'Ｉ' | 'І' | 'Ⅰ' | 'ⅰ' | 'ⅼ' => Some('1'),
        _ => None,
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn is_part(c: char) -> bool {
    is_digit(c) || meant(c).is_some()
}

/// The most characters between the parts of a number, and one of the next part.
const WIDEST: usize = 4;

/// Tells whether letters of a run that starts at `start` are digits: those beside a digit, and those that stand alone
/// between the parts of a number and belong to no word.
fn stands_for_digits(text: &str, start: usize, run: &str) -> bool {
    let letters = run.chars().filter(|c| meant(*c).is_some()).count();
    if letters == 0 || letters < run.chars().count() {
        return letters > 0;
    }
    let (before, after) = (&text[..start], &text[start + run.len()..]);
    let letter = |c: char| c.is_ascii_alphabetic();
    if before.ends_with(letter) || after.starts_with(letter) {
        return false;
    }
    let mut back = before.chars().rev().take(WIDEST).skip_while(|c| is_between(*c));
    let mut on = after.chars().take(WIDEST).skip_while(|c| is_between(*c));
    back.next().is_some_and(is_part) || on.next().is_some_and(is_part)
}

/// How many digits must be written of a number in powers of ten: of fewer too much is unknown.
const LEAST_WRITTEN: usize = 8;

/// Reads a whole number in powers of ten, such as `1.3800138001E+10`: how many bytes it has, and its digits.
fn power(text: &str, start: usize) -> Option<(usize, String)> {
    let rest = &text[start..];
    let decimals = rest.strip_prefix(|c: char| c.is_ascii_digit())?.strip_prefix('.')?;
    let count = decimals.bytes().take_while(u8::is_ascii_digit).count();
    let exponent = decimals[count..].strip_prefix(['E', 'e'])?;
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let length = exponent.bytes().take_while(u8::is_ascii_digit).count();
    let zeros: usize = exponent[..length].parse().ok()?;
    // Before anything is written out: 1.3E53800138000 would take fifty gigabytes.
    if !(10..=18).contains(&zeros) || count > zeros || count + 1 < LEAST_WRITTEN {
        return None;
    }
    let digits = format!("{}{}{}", &rest[..1], &decimals[..count], "0".repeat(zeros - count));
    let bytes = rest.len() - exponent.len() + length;
    Some((bytes, digits))
}

/// Puts the digits of a number in powers of ten over its bytes; what has no byte of its own stands over the last ones.
fn put_power(view: &mut View, text: &str, part: std::ops::Range<usize>, digits: &str) {
    let places: Vec<usize> =
        part.clone().filter(|at| text.as_bytes()[*at].is_ascii_digit()).take(digits.len()).collect();
    for (number, digit) in digits.chars().enumerate() {
        let place = places.get(number).map_or(part.end - 1, |place| *place);
        view.put(digit, place..place + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::views;

    fn seen(text: &str) -> String {
        views(text).into_iter().next().map(|view| view.text).unwrap_or_default()
    }

    #[test]
    fn letters_beside_digits_and_between_parts_are_digits() {
        for (text, shown) in [
            ("l38OO", "13800"),
            ("138-OOOO-8000", "138-0000-8000"),
            ("3 ｌＯ2", "3 102"),
            ("l 3 O 9", "1 3 0 9"),
            ("138.OOO\u{200b}8", "138.000\u{200b}8"),
            ("138○○138", "13800138"),
            ("1.3800138E10", "13800138000"),
            ("a 1.3800138001E+10。", "a 13800138001。"),
        ] {
            assert_eq!(seen(text), shown, "{text}");
        }
        for text in [
            "hello",
            "I am",
            "12 of",
            "12 look",
            "OO 甲",
            "12 apples",
            "138 0013",
            "1.38E10",
            "1.5",
            "甲乙",
            "1.3800138E53800138000",
        ] {
            assert_eq!(seen(text), "", "{text}");
        }
    }
    #[test]
    fn letters_beside_a_word_are_its_own_or_digits() {
        let all = |text: &str| views(text).into_iter().map(|view| view.text).collect::<Vec<_>>();
        assert_eq!(all("tell38O"), ["te11380", "tel1380", "tell380"]);
        assert_eq!(all("a l38Oli"), ["a 13801i", "a 1380li"]);
        assert_eq!(all("l38O"), ["1380"]);
        assert_eq!(all("二O二五 甲"), ["二〇二五 甲"]);
    }
}
