//! What a row of digits is.

use super::digits::is_check_letter;
use super::{Candidate, Kind};
use crate::date::Date;

/// Codes of provinces at the start of identity numbers (GB/T 2260; 83 for residents from Taiwan, GA 1987-2019).
const PROVINCES: &[&str] = &[
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42",
    "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
    "83",
];

/// How many characters around a number are looked at for a word that says what it is.
const NEAR: usize = 14;

/// How many characters of a web address before a number are looked at.
const LONGEST_ADDRESS: usize = 300;

/// Finds identity numbers of 18 digits (GB 11643-1999): province, a real day of birth, check digit. With one
/// of them wrong it is one only where the text says so.
pub(super) fn identity(number: &Candidate<'_>) -> Option<(Kind, bool)> {
    let digits = number.digits.as_str();
    let (Some(born), 18) = (digits.get(6..14), digits.len()) else { return None };
    let province = PROVINCES.contains(&&digits[..2]);
    let birthday = number.is_birthday(born);
    let told = !number.broken
        && ((province || birthday) && number.is_near(&["身份"])
            || province && birthday && number.is_near(&["证件", "证号", "id"]));
    (told || province && birthday && has_check_digit(digits)).then_some((Kind::Identity, true))
}

/// Finds identity numbers of 15 digits, as they were until 2013; certain only where the text says so.
pub(super) fn short_identity(number: &Candidate<'_>) -> Option<(Kind, bool)> {
    let digits = number.digits.as_str();
    let (Some(born), 15) = (digits.get(6..12), digits.len()) else { return None };
    let plausible = number.is_one_piece()
        && PROVINCES.contains(&&digits[..2])
        && number.is_birthday(&format!("19{born}"))
        && !digits.ends_with('X');
    plausible.then(|| (Kind::Identity, number.is_near(&["身份", "证", "id"])))
}

/// Finds mobile numbers: 11 digits of a known range, with 86, 0086 or 0 before them or not.
pub(super) fn mobile(number: &Candidate<'_>) -> Option<(Kind, bool)> {
    let digits = number.digits.as_str();
    let own = match digits.len() {
        11 => digits,
        12 => digits.strip_prefix('0')?,
        13 => digits.strip_prefix("86")?,
        15 => digits.strip_prefix("0086")?,
        _ => return None,
    };
    let range = matches!(
        own.as_bytes(),
        [b'1', b'3' | b'7' | b'8' | b'9', ..]
            | [b'1', b'4', b'0' | b'1' | b'4'..=b'9', ..]
            | [b'1', b'5', b'0'..=b'3' | b'5'..=b'9', ..]
            | [b'1', b'6', b'2' | b'5'..=b'7', ..]
    );
    // 86 may stand alone; the rest is written in one piece, as people part it, or digit by digit.
    let skip = usize::from(number.lengths.len() > 1 && number.lengths[0] <= 4 && digits.len() > 11);
    let lengths = &number.lengths[skip..];
    let dashed = number.text[number.range.clone()].contains(['-', '－', '–', '—']);
    let shaped = match lengths {
        // 18000-120000 is from an amount to another.
        [5, 6] | [6, 5] => !dashed,
        lengths => lengths.iter().all(|length| *length >= 3) || lengths.iter().all(|length| *length == 1),
    };
    let is_one = range && shaped && !digits.contains('X');
    if !is_one || number.is_in_web_address() || number.is_amount() {
        return None;
    }
    // Two lines that end and begin with digits are seldom one number.
    let told = number.is_near(&["手机", "电话", "联系", "微信", "拨打", "tel", "phone", "mobile", "call"]);
    (!number.broken || told).then_some((Kind::Mobile, true))
}

/// Words beside the number of a bank card.
const CARDS: [&str; 9] = ["卡", "账号", "账户", "帐号", "帐户", "开户", "银行", "card", "account"];

/// Finds bank cards (GB/T 33245, ISO/IEC 7812): 16 to 19 digits, issuer, Luhn's check digit; certain only where
/// the text says so.
pub(super) fn card(number: &Candidate<'_>) -> Option<(Kind, bool)> {
    let digits = number.digits.as_str();
    let issued = ["62", "60", "4", "5", "9558"].iter().any(|by| digits.starts_with(by));
    let shaped = (16..=19).contains(&digits.len()) && number.lengths.iter().all(|length| *length >= 3);
    let is_one = shaped && issued && !number.broken && luhn(digits) && !number.is_in_web_address();
    is_one.then(|| (Kind::Card, number.is_near(&CARDS)))
}

impl Candidate<'_> {
    /// Tells whether no letter, digit or decimal point makes it a part of something longer. A word before it,
    /// as in `tel13800138000`, does not.
    pub(super) fn stands_alone(&self) -> bool {
        let before = &self.text[..self.range.start];
        let after = &self.text[self.range.end..];
        let letters = before.chars().rev().take_while(|c| c.is_alphanumeric() && is_latin(*c)).take(40);
        let token: String = letters.collect();
        let word = token.is_empty() || is_word(&token.chars().rev().collect::<String>());
        let decimals = before
            .strip_suffix('.')
            .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
            || after.strip_prefix('.').is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()));
        let goes_on = after
            .starts_with(|c: char| is_latin(c) && (c.is_alphanumeric() && !is_check_letter(c)))
            || after.starts_with(is_check_letter);
        word && !decimals && !goes_on
    }

    fn is_one_piece(&self) -> bool {
        self.lengths.len() == 1
    }

    /// Tells whether eight digits are a day from 1900 to today.
    fn is_birthday(&self, digits: &str) -> bool {
        let (Some(year), Some(month), Some(day)) = (digits.get(..4), digits.get(4..6), digits.get(6..8))
        else {
            return false;
        };
        year >= "1900" && Date::parse(&format!("{year}-{month}-{day}")).is_ok_and(|born| born <= self.today)
    }

    /// Tells whether one of `words`, in small letters, stands near, in the same line.
    fn is_near(&self, words: &[&str]) -> bool {
        let same_line = |c: &char| *c != '\n';
        let before = self.text[..self.range.start].chars().rev().take_while(same_line).take(NEAR);
        let before: String = before.collect::<Vec<char>>().into_iter().rev().collect();
        let after: String = self.text[self.range.end..].chars().take_while(same_line).take(NEAR).collect();
        let (before, after) = (before.to_lowercase(), after.to_lowercase());
        words.iter().any(|word| before.contains(word) || after.contains(word))
    }

    /// Tells whether it is a part of a web address that does not name it a telephone.
    fn is_in_web_address(&self) -> bool {
        let before = &self.text[..self.range.start];
        let ends = |c: &char| c.is_whitespace() || !c.is_ascii() || matches!(c, '"' | '\'' | '(' | '<');
        let token: Vec<char> = before.chars().rev().take_while(|c| !ends(c)).take(LONGEST_ADDRESS).collect();
        let token = token.into_iter().rev().collect::<String>().to_ascii_lowercase();
        let named = ["tel=", "phone=", "mobile=", "sj=", "shouji="].iter().any(|name| token.ends_with(name));
        token.contains("://") && !named
    }

    /// Tells whether it counts something, or is the number of a document.
    fn is_amount(&self) -> bool {
        let after = self.text[self.range.end..].trim_start_matches(' ');
        let before = self.text[..self.range.start].trim_end_matches(' ');
        let counted = ["元", "万", "亿", "美元", "人次", "平方", "公里", "%", "％", "CNY", "RMB"];
        self.is_one_piece()
            && (counted.iter().any(|unit| after.starts_with(unit))
                || before.ends_with(['¥', '￥', '$'])
                || (before.ends_with('第') && after.starts_with('号')))
    }
}

/// Tells whether letters before a number are a word, as in `tel13800138000` or the name of whoever has it. Hex
/// digits are not, nor the capitals of a serial number.
fn is_word(letters: &str) -> bool {
    const CAPITALS: &[&str] = &["TEL", "PHONE", "MOBILE", "CELL", "WX", "VX", "QQ", "ID", "SFZ"];
    letters.chars().all(char::is_alphabetic)
        && letters.chars().any(|c| !c.is_ascii_hexdigit())
        && (letters.chars().any(char::is_lowercase) || CAPITALS.contains(&letters))
}

fn is_latin(c: char) -> bool {
    c.is_ascii() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// Tells whether the last of 18 digits is the right one (ISO 7064, MOD 11-2).
fn has_check_digit(digits: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const LAST: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let values = digits.chars().take(17).map(|c| c.to_digit(10));
    let Some(values) = values.collect::<Option<Vec<u32>>>() else { return false };
    let sum: u32 = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    digits.chars().nth(17) == Some(LAST[(sum % 11) as usize])
}

/// Tells whether Luhn's check digit is right.
fn luhn(digits: &str) -> bool {
    let Some(values) = digits.chars().rev().map(|c| c.to_digit(10)).collect::<Option<Vec<u32>>>() else {
        return false;
    };
    let doubled = |value: u32| if value > 4 { value * 2 - 9 } else { value * 2 };
    let sum: u32 =
        values.iter().enumerate().map(|(at, value)| if at % 2 == 1 { doubled(*value) } else { *value }).sum();
    sum.is_multiple_of(10)
}
