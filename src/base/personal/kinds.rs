//! What a row of digits is.

use super::candidate::{Address, NEAR};
use super::{Candidate, Kind};

/// Codes of provinces at the start of identity numbers (GB/T 2260; 83 for residents from Taiwan, GA 1987-2019).
const PROVINCES: &[&str] = &[
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42",
    "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
    "83",
];

/// Words for an identity number.
const IDENTITIES: &[&str] = &["身份证", "公民身份"];

/// Words beside a telephone.
pub(super) const TELEPHONES: &[&str] =
    &["手机", "电话", "联系", "微信", "拨打", "tel", "phone", "mobile", "call"];

/// Words beside the number of a bank card.
const CARDS: &[&str] = &["卡", "账号", "账户", "帐号", "帐户", "开户", "银行", "card", "account"];

/// Words for the number of a bank card.
const CARD_NUMBERS: &[&str] = &["银行卡", "卡号", "账号", "帐号"];

/// Words for a certificate of a disability.
const DISABILITIES: &[&str] = &["残疾", "残联"];

/// Words for numbers that offices give to papers.
const SERIALS: &[&str] =
    &["编号", "文号", "单号", "流水", "订单", "案号", "许可", "备案", "代码", "no.", "sn"];

/// Tells whether digits may be a number at all, by themselves: a text of nothing but digits has a candidate at each of
/// them, and hardly one is worth a look around.
pub(super) fn may_be(digits: &[u8]) -> bool {
    let province = || std::str::from_utf8(&digits[..2]).is_ok_and(|code| PROVINCES.contains(&code));
    let birthday = || {
        matches!(digits[6..8], [b'1', b'9'] | [b'2'..=b'9', _])
            && matches!(digits[10..12], [b'0', _] | [b'1', b'0'..=b'2'])
            && digits[12] <= b'3'
    };
    let mobile = |from: usize| digits[from] == b'1';
    // No number of any kind is one digit again and again: check digits and days are none, or nobody's.
    if digits.iter().all(|digit| *digit == digits[0]) {
        return false;
    }
    match digits.len() {
        11 => mobile(0),
        12 => digits[0] == b'0' && mobile(1),
        13 => digits.starts_with(b"86") && mobile(2),
        15 => province() || digits.starts_with(b"0086") && mobile(4),
        16 => may_be_card(digits),
        17 | 18 => may_be_card(digits) || province() || birthday(),
        19 => may_be_card(digits),
        20 => province(),
        _ => false,
    }
}

/// Tells whether digits start as those of an issuer of cards in China do, see [`is_issued`].
fn may_be_card(digits: &[u8]) -> bool {
    matches!(
        digits,
        [b'6', b'0' | b'2', ..] | [b'4', ..] | [b'5', b'1'..=b'5', ..] | [b'9', b'5', ..] | [b'3', b'5', ..]
    )
}

/// Finds identity numbers of 18 digits (GB 11643-1999): province, a real day of birth, check digit. With one
/// of them wrong it is one only where the text says so.
pub(super) fn identity(number: &Candidate<'_>) -> Option<(Kind, bool)> {
    let digits = number.digits.as_str();
    let (Some(born), 18) = (digits.get(6..14), digits.len()) else { return None };
    let province = PROVINCES.contains(&&digits[..2]);
    let birthday = number.is_birthday(born);
    let told = !number.broken
        && !number.odd
        && ((province || birthday) && number.is_near(&["身份"])
            || province && birthday && number.is_near(&["证件", "证号", "id"]));
    (told || number.has_right_check_digit()).then_some((Kind::Identity, true))
}

/// Finds numbers of certificates for a disability: an identity number, one digit for its kind (1 to 7), one for its
/// degree (1 to 4).
pub(super) fn disability(number: &Candidate<'_>) -> Option<(Kind, bool)> {
    let digits = number.digits.as_str();
    let (Some(born), [b'1'..=b'7', b'1'..=b'4']) = (digits.get(6..14), digits.as_bytes().get(18..)?) else {
        return None;
    };
    let told = PROVINCES.contains(&&digits[..2]) && number.is_birthday(born) && number.is_near(DISABILITIES);
    (told || number.has_right_check_digit()).then_some((Kind::Disability, true))
}

impl Candidate<'_> {
    /// Tells whether its first 18 digits are an identity number in every respect.
    pub(super) fn has_right_check_digit(&self) -> bool {
        self.digits.get(..18).is_some_and(|digits| {
            PROVINCES.contains(&&digits[..2]) && self.is_birthday(&digits[6..14]) && has_check_digit(digits)
        })
    }
}

/// Finds identity numbers of 15 digits, as they were until 2013; certain only where the text says so.
pub(super) fn short_identity(number: &Candidate<'_>) -> Option<(Kind, bool)> {
    let digits = number.digits.as_str();
    let (Some(born), 15) = (digits.get(6..12), digits.len()) else { return None };
    let parts = number.lengths == [6, 6, 3];
    let usual =
        || number.is_one_piece() || number.broken || number.is_digit_by_digit() || number.is_in_parts();
    let is_written = if number.odd { parts } else { parts || usual() };
    let plausible = || PROVINCES.contains(&&digits[..2]) && number.is_birthday(&format!("19{born}"));
    if !is_written || !plausible() {
        return None;
    }
    let told = number.is_near(&["身份", "证", "id"]) || number.is_said(IDENTITIES);
    (told || number.is_one_piece() && !number.odd).then_some((Kind::Identity, told))
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
    // 86 may stand alone; the rest is written in one piece, as people part it, or digit by digit.
    let skip = usize::from(number.lengths.len() > 1 && number.lengths[0] <= 4 && digits.len() > 11);
    let lengths = &number.lengths[skip..];
    // Numbers with a comma between are seldom one, nor are those at the ends of several lines.
    let parted = number.broken && !number.is_folded() || number.odd;
    let whole = lengths == [3, 4, 4] && number.is_stroked() || number.is_row();
    let likely = told || whole || number.odd && number.is_below(TELEPHONES);
    if parted && !likely {
        return None;
    }
    let dotted = number.has_points();
    let shaped = match lengths {
        // Amounts stand in cells beside each other, too.
        [_, _] if number.is_over_cells() => number.is_in_parts() && !digits.ends_with("00"),
        _ if number.odd => lengths == [3, 4, 4] && told || whole,
        [11] | [3, 4, 4] => true,
        _ if number.is_digit_by_digit() => true,
        // 18000-120000 is from an amount to another, 86.18000.120000 a version.
        _ => !dotted && (told || !number.are_figures()),
    };
    let certain = match number.in_web_address() {
        Address::Part => return None,
        Address::Whole => told || number.is_said(TELEPHONES),
        Address::None => told || !(lengths == [3, 4, 4] && skip == 0 && number.ends_in_year()),
    };
    shaped.then_some((Kind::Mobile, certain))
}

/// Finds bank cards (GB/T 33245, ISO/IEC 7812): issuer, length, Luhn's check digit.
pub(super) fn card(number: &Candidate<'_>) -> Option<(Kind, bool)> {
    let digits = number.digits.as_str();
    if !is_issued(digits) || !luhn(digits) {
        return None;
    }
    let told = number.is_near(CARDS) || number.is_said(CARD_NUMBERS);
    let fours = number
        .lengths
        .split_last()
        .is_some_and(|(last, rest)| *last <= 4 && rest.iter().all(|length| *length == 4));
    let plain = number.is_one_piece() || fours || number.is_digit_by_digit();
    let written = match (number.odd, told) {
        _ if number.is_after_area_code() => false,
        (true, _) => fours && (told || number.is_stroked()) || number.is_row(),
        (false, true) => plain || number.broken || !number.are_figures(),
        (false, false) => {
            (!number.broken || number.is_folded())
                && (plain || !number.are_figures() && !number.are_telephones())
        }
    };
    if !written {
        return None;
    }
    // A row of 18 digits is rather an identity number with a wrong digit.
    let serial = number.is_before(SERIALS, NEAR) || digits.len() == 18 && number.is_birthday(&digits[6..14]);
    match number.in_web_address() {
        Address::Part => None,
        Address::Whole => Some((Kind::Card, number.is_said(CARD_NUMBERS))),
        Address::None => Some((Kind::Card, told || !serial)),
    }
}

/// Tells whether a number starts and is as long as those of an issuer of cards in China: UnionPay, what banks gave out
/// before it, Visa, Mastercard, JCB.
fn is_issued(digits: &str) -> bool {
    match digits.len() {
        16 => {
            ["62", "60", "4", "9558"].iter().any(|by| digits.starts_with(by))
                || ("51".."56").contains(&&digits[..2])
                || ("3528".."3590").contains(&&digits[..4])
        }
        17 | 18 => ["62", "60", "9558"].iter().any(|by| digits.starts_with(by)),
        19 => ["62", "60", "9558", "436742", "456351"].iter().any(|by| digits.starts_with(by)),
        _ => false,
    }
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
