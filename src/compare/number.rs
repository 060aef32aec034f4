//! Numbers as lists write them, in digits or in Chinese: `1,500`, `十二`, `半`, `百分之八十`.

/// Splits off the number a text starts with, in digits or in Chinese.
pub(super) fn number(text: &str) -> Option<(f64, &str)> {
    let text = text.trim_start();
    let text = text.strip_prefix('¥').unwrap_or(text).trim_start();
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(text.len());
    if end > 0 {
        return Some((text[..end].replace(',', "").parse().ok()?, text[end..].trim()));
    }
    if let Some(after) = text.strip_prefix('半') {
        return Some((0.5, after.trim()));
    }
    let end = text.find(|c: char| digit(c).is_none() && unit(c).is_none()).unwrap_or(text.len());
    Some((in_chinese(&text[..end])?, text[end..].trim()))
}

/// Reads 百分之八十.
pub(super) fn share(text: &str) -> Option<(f64, &str)> {
    let (number, after) = number(text.strip_prefix("百分之")?)?;
    after.is_empty().then_some((number, "%"))
}

/// Reads a number in Chinese characters, such as 十二 or 一千五百.
fn in_chinese(text: &str) -> Option<f64> {
    let (mut whole, mut section, mut last) = (0.0, 0.0, None);
    for c in text.chars() {
        match (digit(c), unit(c)) {
            (Some(digit), _) if last.is_none_or(|last| last == 0.0) => last = Some(digit),
            (None, Some(unit)) if unit == 10_000.0 => {
                whole = (section + last.unwrap_or(0.0)) * unit;
                (section, last) = (0.0, None);
            }
            (None, Some(unit)) => section += last.take().unwrap_or(1.0) * unit,
            _ => return None,
        }
    }
    (!text.is_empty()).then_some(whole + section + last.unwrap_or(0.0))
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
