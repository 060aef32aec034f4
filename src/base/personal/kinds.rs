//! What a row of digits is.

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

/// How many characters before a number are looked at for a word that can mean nothing else.
const FAR: usize = 40;

/// How many characters before a table's cell are looked at for the head of its column.
const ABOVE: usize = 120;

/// How many characters of a web address before a number are looked at.
const LONGEST_ADDRESS: usize = 300;

/// Words for an identity number.
const IDENTITIES: &[&str] = &["身份证", "公民身份"];

/// Words beside a telephone.
const TELEPHONES: &[&str] = &["手机", "电话", "联系", "微信", "拨打", "tel", "phone", "mobile", "call"];

/// Words beside the number of a bank card.
const CARDS: &[&str] = &["卡", "账号", "账户", "帐号", "帐户", "开户", "银行", "card", "account"];

/// Words for the number of a bank card.
const CARD_NUMBERS: &[&str] = &["银行卡", "卡号", "账号", "帐号"];

/// Finds identity numbers of 18 digits (GB 11643-1999): province, a real day of birth, check digit. With one
/// of them wrong it is one only where the text says so.
pub(super) fn identity(number: &Candidate<'_>) -> Option<(Kind, bool)> {
    let digits = number.digits.as_str();
    let (Some(born), 18) = (digits.get(6..14), digits.len()) else { return None };
    let province = PROVINCES.contains(&&digits[..2]);
    let birthday = number.is_birthday(born);
    let right = province && birthday && has_check_digit(digits);
    if number.odd {
        let told = number.is_near(&["身份", "证", "id"]) || number.is_said(IDENTITIES);
        return (right && told && number.lengths == [6, 8, 4]).then_some((Kind::Identity, true));
    }
    let told = !number.broken
        && ((province || birthday) && number.is_near(&["身份"])
            || province && birthday && number.is_near(&["证件", "证号", "id"]));
    (told || right).then_some((Kind::Identity, true))
}

/// Finds identity numbers of 15 digits, as they were until 2013; certain only where the text says so.
pub(super) fn short_identity(number: &Candidate<'_>) -> Option<(Kind, bool)> {
    let digits = number.digits.as_str();
    let (Some(born), 15) = (digits.get(6..12), digits.len()) else { return None };
    let plausible = PROVINCES.contains(&&digits[..2]) && number.is_birthday(&format!("19{born}"));
    if !plausible {
        return None;
    }
    let told = number.is_near(&["身份", "证", "id"]) || number.is_said(IDENTITIES);
    let usual = number.is_one_piece() || number.lengths == [6, 6, 3];
    let written = match (number.odd, told) {
        (true, _) => told && number.lengths == [6, 6, 3],
        (false, true) => usual || number.broken || number.is_digit_by_digit() || number.is_in_parts(),
        (false, false) => number.is_one_piece(),
    };
    written.then_some((Kind::Identity, told))
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
    if !range || number.is_amount() {
        return None;
    }
    let told = number.is_near(TELEPHONES);
    // Two lines that end and begin with digits are seldom one number, nor are numbers with a comma between.
    if (number.broken || number.odd) && !told && !(number.odd && number.is_below(TELEPHONES)) {
        return None;
    }
    // 86 may stand alone; the rest is written in one piece, as people part it, or digit by digit.
    let skip = usize::from(number.lengths.len() > 1 && number.lengths[0] <= 4 && digits.len() > 11);
    let lengths = &number.lengths[skip..];
    let written = number.written();
    let shaped = match lengths {
        // Amounts stand in cells beside each other, too.
        [_, _] if number.is_over_cells() => number.is_in_parts() && !digits.ends_with("00"),
        _ if number.odd => lengths == [3, 4, 4] && told,
        // 18000-120000 is from an amount to another, 86.18000.120000 a version.
        [5, 6] | [6, 5] => number.broken || !written.contains(['-', '－', '–', '—', '−', '.']),
        lengths => lengths.iter().all(|length| *length >= 3) || number.is_digit_by_digit(),
    };
    let certain = match number.in_web_address() {
        Address::Part => return None,
        Address::Whole => told || number.is_said(TELEPHONES),
        Address::None => told || !(lengths == [3, 4, 4] && skip == 0 && number.ends_in_year()),
    };
    shaped.then_some((Kind::Mobile, certain))
}

/// Finds bank cards (GB/T 33245, ISO/IEC 7812): 16 to 19 digits, issuer, Luhn's check digit; certain only where
/// the text says so.
pub(super) fn card(number: &Candidate<'_>) -> Option<(Kind, bool)> {
    let digits = number.digits.as_str();
    let issued = ["62", "60", "4", "5", "9558"].iter().any(|by| digits.starts_with(by));
    if !issued || !(16..=19).contains(&digits.len()) || !luhn(digits) {
        return None;
    }
    let told = number.is_near(CARDS) || number.is_said(CARD_NUMBERS);
    let fours = number
        .lengths
        .split_last()
        .is_some_and(|(last, rest)| *last <= 4 && rest.iter().all(|length| *length == 4));
    let written = match (number.odd, told) {
        _ if number.is_after_area_code() => false,
        (true, _) => told && fours,
        (false, true) => number.broken || fours || number.is_digit_by_digit() || number.is_in_parts(),
        (false, false) => !number.broken && !number.are_telephones() && (fours || number.is_in_parts()),
    };
    if !written {
        return None;
    }
    match number.in_web_address() {
        Address::Part => None,
        Address::Whole => Some((Kind::Card, number.is_said(CARD_NUMBERS))),
        Address::None => Some((Kind::Card, told)),
    }
}

/// How a number stands in the address of a page.
enum Address {
    /// In none, or in one that names it a telephone.
    None,
    /// As a part of a name, such as `t20250109_13800138000.htm`.
    Part,
    /// As a value, or between strokes.
    Whole,
}

impl Candidate<'_> {
    /// Returns the candidate with the letter that ends `length` bytes after it as its last digit.
    pub(super) fn with_letter(&self, length: usize) -> Self {
        Self {
            range: self.range.start..self.range.end + length,
            digits: format!("{}X", self.digits),
            lengths: self.lengths_with_letter(),
            ..*self
        }
    }

    fn lengths_with_letter(&self) -> Vec<usize> {
        let mut lengths = self.lengths.clone();
        if let Some(last) = lengths.last_mut() {
            *last += 1;
        }
        lengths
    }

    /// Tells whether no letter, digit or decimal point makes it a part of something longer. A word before it,
    /// as in `tel13800138000`, does not, nor the name of an anchor.
    pub(super) fn stands_alone(&self) -> bool {
        let token = self.letters_before();
        let named = self.before()[..self.range.start - token.len()].ends_with(['&', '!']);
        let word = token.is_empty() || is_word(token) || named && token.chars().all(char::is_alphabetic);
        word && !self.is_decimal() && self.letters_after().is_empty()
    }

    /// Tells of a mobile with letters at one of its ends whether it is one for certain; `None` if it is a part of
    /// something else.
    pub(super) fn beside_letters(&self, kind: Kind) -> Option<bool> {
        let (before, after) = (self.letters_before(), self.letters_after());
        let letters = before.chars().chain(after.chars()).all(char::is_alphabetic);
        let told = self.is_near(TELEPHONES);
        let is_one = kind == Kind::Mobile && letters && !self.is_decimal();
        (is_one && (told || before.is_empty() && self.is_one_piece())).then_some(told)
    }

    fn before(&self) -> &str {
        &self.text[..self.range.start]
    }

    /// Returns what follows it, but for the `.0` that tables put behind whole numbers.
    fn after(&self) -> &str {
        let after = &self.text[self.range.end..];
        let whole = after.strip_prefix(".0").filter(|_| self.is_one_piece());
        whole.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.')).unwrap_or(after)
    }

    fn letters_before(&self) -> &str {
        let before = self.before();
        let letters = before.chars().rev().take_while(|c| c.is_alphanumeric() && is_latin(*c)).take(40);
        &before[before.len() - letters.map(char::len_utf8).sum::<usize>()..]
    }

    fn letters_after(&self) -> &str {
        let after = self.after();
        let letters = after.chars().take_while(|c| c.is_alphanumeric() && is_latin(*c)).take(40);
        &after[..letters.map(char::len_utf8).sum()]
    }

    /// Tells whether a decimal point stands before or behind it.
    fn is_decimal(&self) -> bool {
        let digit = |c: char| c.is_ascii_digit();
        self.before().strip_suffix('.').is_some_and(|before| before.ends_with(digit))
            || self.after().strip_prefix('.').is_some_and(|after| after.starts_with(digit))
    }

    fn written(&self) -> &str {
        &self.text[self.range.clone()]
    }

    fn is_one_piece(&self) -> bool {
        self.lengths.len() == 1
    }

    fn is_digit_by_digit(&self) -> bool {
        self.lengths.iter().all(|length| *length == 1)
    }

    /// Tells whether it is parted as people part long numbers.
    fn is_in_parts(&self) -> bool {
        self.lengths.iter().all(|length| *length >= 3)
    }

    /// Tells whether its parts are as long as telephones.
    fn are_telephones(&self) -> bool {
        self.lengths.len() > 1 && self.lengths.iter().all(|length| matches!(length, 7 | 8))
    }

    /// Tells whether the area code of a telephone stands before it.
    fn is_after_area_code(&self) -> bool {
        let before = self.before().trim_end_matches(['-', '－', '–', '—', ' ', ')', '）']);
        let code = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let apart = before.len() < self.range.start;
        apart && matches!(code, 3 | 4) && before[before.len() - code..].starts_with('0')
    }

    /// Tells whether blanks alone part it, and the last of its parts may be a year.
    fn ends_in_year(&self) -> bool {
        let last = &self.digits[self.digits.len() - 4..];
        let blank = |c: char| c.is_alphanumeric() || c.is_whitespace();
        (last.starts_with("19") || last.starts_with("20")) && self.written().chars().all(blank)
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
        let after: String =
            self.text[self.range.end..].chars().take_while(|c| *c != '\n').take(NEAR).collect();
        let after = after.to_lowercase();
        self.is_before(words, NEAR) || words.iter().any(|word| after.contains(word))
    }

    /// Tells whether one of `words` stands before it in the same line, also further away.
    fn is_said(&self, words: &[&str]) -> bool {
        self.is_before(words, FAR)
    }

    /// Tells whether its parts stand in cells of a table in Markdown.
    fn is_over_cells(&self) -> bool {
        self.odd && self.written().contains(['|', '｜'])
    }

    /// Tells whether one of `words` stands a few lines above, as in the head of a table.
    fn is_below(&self, words: &[&str]) -> bool {
        let start = self.before().char_indices().rev().take(ABOVE).last().map_or(0, |(at, _)| at);
        let above = self.before()[start..].to_lowercase();
        self.is_over_cells() && words.iter().any(|word| above.contains(word))
    }

    fn is_before(&self, words: &[&str], distance: usize) -> bool {
        let same_line = self.before().char_indices().rev().take_while(|(_, c)| *c != '\n');
        let start = same_line.take(distance).last().map_or(self.range.start, |(at, _)| at);
        let before = self.before()[start..].to_lowercase();
        words.iter().any(|word| before.contains(word))
    }

    /// Tells how it stands in the address of a page.
    fn in_web_address(&self) -> Address {
        let before = self.before();
        let ends = |c: &char| c.is_whitespace() || !c.is_ascii() || matches!(c, '"' | '\'' | '(' | '<');
        let token: Vec<char> = before.chars().rev().take_while(|c| !ends(c)).take(LONGEST_ADDRESS).collect();
        let token = token.into_iter().rev().collect::<String>().to_ascii_lowercase();
        let named = ["tel=", "phone=", "mobile=", "sj=", "shouji="].iter().any(|name| token.ends_with(name));
        let ended = !self.after().starts_with(|c: char| c.is_ascii_graphic() && !"/&#?)\"'>,}]".contains(c));
        match ["http://", "https://"].iter().any(|scheme| token.contains(scheme)) {
            true if named => Address::None,
            true if ended && token.ends_with(['/', '=', '?', '#']) => Address::Whole,
            true => Address::Part,
            false => Address::None,
        }
    }

    /// Tells whether it counts something, or is the number of a document.
    fn is_amount(&self) -> bool {
        let after = self.after().trim_start_matches(' ');
        let before = self.before().trim_end_matches(' ');
        let counted = ["元", "万", "亿", "美元", "人次", "平方", "公里", "%", "％", "CNY", "RMB"];
        self.is_one_piece()
            && (counted.iter().any(|unit| after.starts_with(unit))
                || before.ends_with(['¥', '￥', '$']) && !before.ends_with("~$")
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
