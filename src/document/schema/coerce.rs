//! Values as Excel, Word and typing bend them, and what was certainly meant.
//!
//! Each function takes a text and returns what it must have been, or nothing where that is a guess. To know
//! one more habit, add it to the function of its shape.

use unicode_normalization::UnicodeNormalization;

use super::parse::is_id;
use super::{Age, Choice, Shape, language_code};
use crate::date::{Date, MonthDay};

/// Returns what a text of this shape was certainly meant to be.
pub(super) fn meant(shape: &Shape, text: &str) -> Option<String> {
    match shape {
        Shape::Date => date(text),
        Shape::MonthDay => month_day(text),
        Shape::Integer => integer(text),
        Shape::Truth => truth(text),
        Shape::Age => age(text),
        Shape::Language => {
            Some(text.trim().to_lowercase()).filter(|code| code != text && language_code(code) == Some(code))
        }
        Shape::Id => word(text).filter(|word| is_id(word)),
        Shape::Word(_) => word(text).filter(|_| !is_name(text)),
        Shape::Text
        | Shape::TextOr(_)
        | Shape::Ref(_)
        | Shape::PlaceCode
        | Shape::Localized
        | Shape::Choice(_)
        | Shape::List(_)
        | Shape::Several(_)
        | Shape::Map(_)
        | Shape::MapBy { .. }
        | Shape::Named { .. } => None,
    }
}

/// Tells whether a text holds several words.
pub(super) fn is_several(text: &str) -> bool {
    let text = text.trim_end_matches(['、', '，', '；', ';', ',', '。']);
    text.contains(['、', '，', '；', ';', ',']) || text.contains(" - ")
}

/// Returns the words that stand in one text with Chinese commas between them; nothing where one of them is no word.
pub(super) fn apart(text: &str) -> Option<Vec<String>> {
    let words: Vec<String> = text.split(['、', '，', '；']).map(|word| word.trim().to_owned()).collect();
    let is_word =
        |word: &String| !word.is_empty() && !word.contains([',', ':', '[', ']', '{', '}', '#', '"', '\'']);
    (words.len() > 1 && words.iter().all(is_word)).then_some(words)
}

/// Returns a text in half-width characters, without quotation marks around it and the mark after it.
fn plain(text: &str) -> String {
    let folded: String = text.trim().nfkc().collect();
    let bare = folded.trim_matches(['"', '\'', '“', '”', '‘', '’', ' ']);
    bare.trim_end_matches(['。', '；', ';', ',', '、', '.']).trim().to_owned()
}

/// Returns the day of `2025/1/9`, `2025.1.9`, `2025年1月9日`, `2025-1-9`, or of full-width digits.
pub(super) fn date(text: &str) -> Option<String> {
    let plain = plain(text);
    let parts: Vec<&str> = plain
        .split(['/', '.', '-', '－', '–', '—', '年', '月', '日', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<u16>().ok().filter(|_| part.len() <= 4);
    let (year, month, day) = (number(year).filter(|_| year.len() == 4)?, number(month)?, number(day)?);
    let written = format!("{year:04}-{month:02}-{day:02}");
    Date::parse(&written).is_ok().then_some(written)
}

/// Returns the day of every year of `11月10日`, `11/10`, `3-5`, or of full-width digits.
pub(super) fn month_day(text: &str) -> Option<String> {
    let plain = plain(text);
    let parts: Vec<&str> =
        plain.split(['/', '-', '－', '–', '月', '日', ' ']).filter(|part| !part.is_empty()).collect();
    let [month, day] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() <= 2);
    let written = format!("{:02}-{:02}", number(month)?, number(day)?);
    MonthDay::parse(&written).is_ok().then_some(written)
}

/// Returns the number of `１２`, `12.0`, `1,500`, `十二`, `第3项`, `12.`.
pub(super) fn integer(text: &str) -> Option<String> {
    let plain = plain(text);
    let bare = plain.trim_start_matches('第').trim_end_matches(['项', '条', '号', '版', '个', '月']);
    let bare = bare.trim_end_matches(".0").trim();
    let grouped = bare.split(',').enumerate().all(|(at, part)| at == 0 || part.len() == 3);
    let digits: String = if grouped { bare.replace(',', "") } else { bare.to_owned() };
    digits.parse::<u32>().ok().or_else(|| chinese(bare)).map(|number| number.to_string())
}

/// Reads 一 to 九十九.
fn chinese(text: &str) -> Option<u32> {
    let digit = |c: char| {
        "零一二三四五六七八九".chars().position(|known| known == c).and_then(|at| u32::try_from(at).ok())
    };
    let mut digits = text.split('十').map(|part| {
        let mut chars = part.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Some(None),
            (Some(c), None) => digit(c).map(Some),
            (Some(_), Some(_)) => None,
        }
    });
    match (digits.next()??, digits.next(), digits.next()) {
        (ones, None, None) => ones,
        (tens, Some(ones), None) => Some(tens.unwrap_or(1) * 10 + ones?.unwrap_or(0)),
        _ => None,
    }
}

/// Returns `true` or `false` for yes, no, 是, 否 and the like.
pub(super) fn truth(text: &str) -> Option<String> {
    let is = match plain(text).to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "1" | "是" | "对" | "有" | "√" => true,
        "false" | "no" | "n" | "off" | "0" | "否" | "不是" | "无" | "×" => false,
        _ => return None,
    };
    Some(is.to_string())
}

/// Returns the range of `0至6岁`, `3到6`, `３-６`, or of a date that Excel made of one: `3月6日`.
pub(super) fn age(text: &str) -> Option<String> {
    let plain = plain(text).replace(['至', '到'], "-").replace("--", "-");
    let dated = plain
        .strip_suffix('日')
        .and_then(|rest| rest.split_once('月'))
        .map(|(from, to)| format!("{from}-{to}"));
    let range = dated.unwrap_or(plain);
    let range = range.trim_end_matches("周岁");
    Age::parse(range).map(|age| age.to_string())
}

/// Tells whether a text is a name of several English words, which the vocabulary may know: `Civil Affairs Bureau`.
fn is_name(text: &str) -> bool {
    let plain = plain(text);
    plain.contains(' ') && plain.contains(|c: char| c.is_ascii_uppercase())
}

/// Returns the word of `Health`, `ｈｅａｌｔｈ`, `health_check`, `health.`, `“health”`, `市 教育局`, `市教育局。`.
pub(super) fn word(text: &str) -> Option<String> {
    let folded = plain(text).to_lowercase().replace(['_', ' ', '–', '—', '‐', '‑', '−'], "-");
    if is_id(&folded) {
        return (folded != text).then_some(folded);
    }
    let bare = text
        .trim_matches(['"', '“', '”', '‘', '’', ' ', '\u{3000}'])
        .trim_end_matches(['。', '；', '，', '、']);
    let is_chinese = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let blanks = bare.chars().any(|c| c == ' ' || c == '\u{3000}');
    let joined: String = match blanks && bare.chars().all(|c| is_chinese(c) || c == ' ' || c == '\u{3000}') {
        true => bare.chars().filter(|c| is_chinese(*c)).collect(),
        false => bare.to_owned(),
    };
    (joined != text && !joined.is_empty()).then_some(joined)
}

/// Returns the allowed value that a text is but for its case, width, quotation marks or blanks.
pub(super) fn choice(text: &str, choices: &'static [Choice]) -> Option<&'static Choice> {
    let plain = plain(text).to_lowercase();
    let dashed = plain.replace(['_', ' '], "-");
    let named =
        |choice: &&'static Choice| choice.value == plain || choice.value == dashed || choice.zh == plain;
    choices.iter().find(named).or_else(|| choices.iter().find(|choice| choice.also.contains(&plain.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_and_word_bend_is_read_where_it_is_certain() {
        let dates =
            ["2025/1/9", "2025.1.9", "2025年1月9日", "2025-1-9", "２０２５－０１－０９", "“2025-01-09”"];
        assert!(dates.iter().all(|text| date(text).as_deref() == Some("2025-01-09")));
        assert!(
            ["1月9日", "45666", "25/1/9", "2025/13/1", "9.1.2025"].iter().all(|text| date(text).is_none())
        );
        let days = ["11月10日", "11/10", "１１－１０", "11-10。"];
        assert!(days.iter().all(|text| month_day(text).as_deref() == Some("11-10")));
        assert_eq!(month_day("3-5").as_deref(), Some("03-05"));
        assert!(["2-30", "13/1", "11", "2025/11/10"].iter().all(|text| month_day(text).is_none()));
        let numbers = [
            ("１２", "12"),
            ("12.0", "12"),
            ("1,500", "1500"),
            ("一", "1"),
            ("十二", "12"),
            ("二十", "20"),
            ("第3项", "3"),
            ("1.", "1"),
        ];
        assert!(numbers.iter().all(|(text, number)| integer(text).as_deref() == Some(*number)));
        assert!(["1,5", "1.5", "abc", "", "十十十"].iter().all(|text| integer(text).is_none()));
        let ages = [("3月6日", "3-6"), ("0至6岁", "0-6"), ("３－６", "3-6"), ("0到36个月", "0-36 months")];
        for (text, range) in ages {
            assert_eq!(age(text).as_deref(), Some(range), "{text}");
        }
        for bent in ["ｈｅａｌｔｈ", "Health", "health。", "“health”"] {
            assert_eq!(word(bent).as_deref(), Some("health"), "{bent}");
        }
        assert_eq!(word("市 教 育 局").as_deref(), Some("市教育局"));
        assert!(["health", "市教育局", "共青团（市委）"].iter().all(|text| word(text).is_none()));
        assert_eq!(truth("是").as_deref(), Some("true"));
    }
}
