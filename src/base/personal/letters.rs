//! Digits that are written as letters, and numbers as a program writes them that takes them for amounts.
//!
//! `l38 OOl3 8OOO` has digits under other names, and `1.3800138001E10` is what comes of a mobile number in a cell. Both
//! are read as digits in a view of their own, beside what stands there.

use super::view::View;

/// Returns the text with the digits that letters stand for; nothing if there are none.
pub(super) fn view(text: &str) -> Option<View> {
    let mut view: Option<View> = None;
    let (mut at, mut done) = (0, 0);
    while let Some(start) = text[at..].find(is_part).map(|next| at + next) {
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
        let run = &text[start..end];
        if let Some((length, digits)) = power(text, start) {
            let view = view.get_or_insert_with(View::empty);
            view.copy(text, done..start);
            put_power(view, text, start..start + length, &digits);
            at = start + length;
            done = at;
            continue;
        }
        if stands_for_digits(text, start, run) {
            let view = view.get_or_insert_with(View::empty);
            view.copy(text, done..start);
            for (place, c) in run.char_indices() {
                let place = start + place;
                view.put(meant(c).unwrap_or(c), place..place + c.len_utf8());
            }
            done = end;
        }
        at = end;
    }
    let mut view = view?;
    view.copy(text, done..text.len());
    Some(view)
}

/// Returns the digit that a letter looks like.
fn meant(c: char) -> Option<char> {
    match c {
        'O' | 'o' | 'Ｏ' | 'ｏ' | 'О' | 'о' | 'Ο' | 'ο' | '◯' => Some('0'),
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

/// Tells whether letters of a run that starts at `start` are digits: those beside a digit, and those that stand alone
/// between the parts of a number.
fn stands_for_digits(text: &str, start: usize, run: &str) -> bool {
    let letters = run.chars().filter(|c| meant(*c).is_some()).count();
    if letters == 0 || letters < run.chars().count() {
        return letters > 0;
    }
    let joint = |c: char| matches!(c, ' ' | '-' | '–' | '—' | '－' | '\u{3000}' | '\u{a0}');
    let (before, after) = (&text[..start], &text[start + run.len()..]);
    letters > 1
        && (before.strip_suffix(joint).is_some_and(|before| before.ends_with(is_part))
            || after.strip_prefix(joint).is_some_and(|after| after.starts_with(is_part)))
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
    let whole = (10..=18).contains(&zeros) && count <= zeros && count + 1 >= LEAST_WRITTEN;
    let digits = format!("{}{}{}", &rest[..1], &decimals[..count], "0".repeat(zeros.checked_sub(count)?));
    let bytes = rest.len() - exponent.len() + length;
    whole.then_some((bytes, digits))
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
    use super::view;

    fn seen(text: &str) -> String {
        view(text).map(|view| view.text).unwrap_or_default()
    }

    #[test]
    fn letters_beside_digits_and_between_parts_are_digits() {
        for (text, shown) in [
            ("l38OO", "13800"),
            ("138-OOOO-8000", "138-0000-8000"),
            ("3 ｌＯ2", "3 102"),
            ("1.3800138E10", "13800138000"),
            ("a 1.3800138001E+10。", "a 13800138001。"),
        ] {
            assert_eq!(seen(text), shown, "{text}");
        }
        for text in ["hello", "I am", "OO 甲", "12 apples", "138 0013", "1.38E10", "1.5", "甲乙"] {
            assert_eq!(seen(text), "", "{text}");
        }
    }
}
