//! Numbers as lists write them, in digits or in Chinese: `1,500`, `1.5万`, `十二`, `半`, `百分之八十`, `八成`.

/// Reads the number that starts at `at`; returns it with where it ends.
pub fn number(chars: &[char], at: usize) -> Option<(f64, usize)> {
    let first = *chars.get(at)?;
    if first.is_ascii_digit() {
        let mut end = at;
        while end < chars.len() && is_of_number(chars, end) {
            end += 1;
        }
        let digits: String = chars[at..end].iter().filter(|c| **c != ',').collect();
        let mut value: f64 = digits.parse().ok()?;
        while let Some(worth) = chars.get(end).and_then(|c| unit(*c)).filter(|worth| *worth >= 100.0) {
            value *= worth;
            end += 1;
        }
        return Some((value, end));
    }
    if first == '半' {
        return Some((0.5, at + 1));
    }
    let end = (at..chars.len()).find(|at| digit(chars[*at]).is_none() && unit(chars[*at]).is_none());
    let end = end.unwrap_or(chars.len());
    if end == at {
        return None;
    }
    let whole = in_chinese(&chars[at..end])?;
    let (part, end) = decimals(chars, end);
    Some((whole + part, end))
}

/// Reads what follows 点 in 九十九点五, digit by digit: 八点三十 and 八点五分 are times. Returns it with where it ends.
fn decimals(chars: &[char], at: usize) -> (f64, usize) {
    let digits: Vec<f64> = match chars.get(at) {
        Some('点') => chars[at + 1..].iter().map_while(|c| digit(*c)).collect(),
        _ => Vec::new(),
    };
    let end = at + 1 + digits.len();
    let goes_on = chars
        .get(end)
        .is_some_and(|c| unit(*c).is_some_and(|worth| worth < 10_000.0) || *c == '分' || *c == '半');
    if digits.is_empty() || goes_on {
        return (0.0, at);
    }
    (digits.iter().rev().fold(0.0, |part, digit| (part + digit) / 10.0), end)
}

/// Tells whether a character goes on with the number in digits before it: 1,500 is one number, 1,2 are two.
fn is_of_number(chars: &[char], at: usize) -> bool {
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    match chars[at] {
        c if c.is_ascii_digit() => true,
        '.' => {
            at > 0
                && is_digit(at - 1)
                && is_digit(at + 1)
                && !chars[..at].iter().rev().take_while(|c| **c != ' ').any(|c| *c == '.')
        }
        ',' => {
            at > 0
                && is_digit(at - 1)
                && is_digit(at + 1)
                && is_digit(at + 2)
                && is_digit(at + 3)
                && !is_digit(at + 4)
        }
        _ => false,
    }
}

/// Reads 百分之八十 and 五分之一, in hundredths.
pub fn percent(chars: &[char], at: usize) -> Option<(f64, usize)> {
    if chars.get(at..at + 3)? != ['百', '分', '之'] {
        let (parts, end) = number(chars, at)?;
        if chars.get(end..end + 2)? != ['分', '之'] || parts == 0.0 {
            return None;
        }
        return number(chars, end + 2).map(|(some, end)| (some / parts * 100.0, end));
    }
    let start = at + 3;
    if chars.get(start) == Some(&'百') {
        return Some((100.0, start + 1));
    }
    number(chars, start)
}

/// Reads a number in Chinese characters, such as 十二 or 一千五百 or 二点五.
fn in_chinese(text: &[char]) -> Option<f64> {
    let (mut whole, mut section, mut last, mut unit_before) = (0.0, 0.0, None, 0.0);
    for c in text {
        match (digit(*c), unit(*c)) {
            (Some(digit), _) if last.is_none_or(|last| last == 0.0) => last = Some(digit),
            (None, Some(unit)) if unit == 10_000.0 => {
                whole = (section + last.unwrap_or(0.0)) * unit;
                (section, last) = (0.0, None);
                unit_before = unit;
            }
            (None, Some(unit)) => {
                section += last.take().unwrap_or(1.0) * unit;
                unit_before = unit;
            }
            _ => return None,
        }
    }
    // 一千五 is 1500.
    let rest = last.unwrap_or(0.0);
    let is_short = unit_before >= 100.0 && !text.contains(&'零') && text.len() >= 3 && last.is_some();
    let ends_short = is_short && text.get(text.len() - 2).is_some_and(|c| unit(*c).is_some());
    let rest = if ends_short { rest * unit_before / 10.0 } else { rest };
    (!text.is_empty()).then_some(whole + section + rest)
}

fn digit(c: char) -> Option<f64> {
    let place = "零一二三四五六七八九".chars().position(|digit| digit == c);
    place.or_else(|| (c == '两').then_some(2)).and_then(|place| u8::try_from(place).ok()).map(f64::from)
}

fn unit(c: char) -> Option<f64> {
    [('十', 10.0), ('百', 100.0), ('千', 1000.0), ('万', 10_000.0)]
        .into_iter()
        .find_map(|(unit, worth)| (unit == c).then_some(worth))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_read_in_digits_and_in_chinese() {
        for (text, value, length) in [
            ("1,500元", 1500.0, 5),
            ("1.5万元", 15000.0, 4),
            ("十二年", 12.0, 2),
            ("一千五百元", 1500.0, 4),
            ("一千五", 1500.0, 3),
            ("一万零五百元", 10500.0, 5),
            ("半年", 0.5, 1),
            ("两次", 2.0, 1),
            ("3、4", 3.0, 1),
            ("1,2岁", 1.0, 1),
            ("二十", 20.0, 2),
            ("一百零五", 105.0, 4),
            ("九十九点五%", 99.5, 5),
            ("八点三十", 8.0, 1),
            ("八点五分", 8.0, 1),
        ] {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(number(&chars, 0), Some((value, length)), "{text}");
        }
        assert_eq!(number(&['年'], 0), None);
    }
}
