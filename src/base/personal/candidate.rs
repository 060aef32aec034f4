//! Where a row of digits stands: what is written before it, behind it and between its parts.

use std::borrow::Cow;

use super::digits::{self, Group};
use super::kinds::TELEPHONES;
use super::{Candidate, Kind};
use crate::date::Date;

/// How many characters around a number are looked at for a word that says what it is.
pub(super) const NEAR: usize = 14;

/// How many characters before a number are looked at for a word that can mean nothing else.
const FAR: usize = 40;

/// How many characters before a table's cell are looked at for the head of its column.
const ABOVE: usize = 120;

/// How many characters of a web address before a number are looked at.
const LONGEST_ADDRESS: usize = 300;

/// How a number stands in the address of a page.
pub(super) enum Address {
    /// In none, or in one that names it a telephone.
    None,
    /// As a part of a name, such as `t20250109_13800138000.htm`.
    Part,
    /// As a value, or between strokes.
    Whole,
}

impl Candidate<'_> {
    /// Returns what it is together with the letter behind 17 digits, which stands for ten, alone and with the two
    /// digits behind that.
    pub(super) fn longer(&self, groups: &[Group], first: usize) -> Vec<Self> {
        if self.digits.len() != 17 {
            return Vec::new();
        }
        let after = &self.text[self.range.end..];
        let alone = digits::check_letter(after).map(|letter| self.with("X", letter.end));
        let disabled =
            digits::check_letter_and_two(after).map(|(end, two)| self.with(&format!("X{two}"), end));
        let taken = |longer: Self| {
            let inside = groups[first..].iter().take_while(|group| group.range.start < longer.range.end);
            Self { taken: inside.count(), ..longer }
        };
        alone.into_iter().chain(disabled).map(taken).collect()
    }

    /// Returns the candidate with `more` at its end, which stands in the `length` bytes behind it.
    fn with(&self, more: &str, length: usize) -> Self {
        Self {
            range: self.range.start..self.range.end + length,
            digits: format!("{}{more}", self.digits),
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

    /// Tells of a number with letters at one of its ends whether it is one for certain; `None` if it is a part of
    /// something else.
    pub(super) fn beside_letters(&self, kind: Kind) -> Option<bool> {
        if self.is_decimal() {
            return None;
        }
        let (before, after) = (self.letters_before(), self.letters_after());
        let letters = before.chars().chain(after.chars()).all(char::is_alphabetic);
        match kind {
            // Of a thousand million rows of digits, a few have a province, a birthday and the right check digit.
            Kind::Identity | Kind::Disability if self.has_right_check_digit() => Some(true),
            Kind::Card if letters && (self.in_name || after.is_empty() && self.is_one_piece()) => {
                (self.in_name || self.digits.starts_with("62")).then_some(true)
            }
            Kind::Mobile if letters => {
                let told = self.is_near(TELEPHONES) || self.in_name;
                (told || before.is_empty() && self.is_one_piece()).then_some(told)
            }
            _ => None,
        }
    }

    /// Tells whether the letter of a pupil's number stands before it.
    pub(super) fn is_of_pupil(&self) -> bool {
        matches!(self.letters_before(), "G" | "g" | "L" | "l" | "Ｇ" | "Ｌ")
    }

    /// Tells whether it is parted by the end of one line alone, as long lines of a text are, and no key of YAML.
    pub(super) fn is_folded(&self) -> bool {
        let written = self.written();
        let ends = written.chars().filter(|c| *c == '\n').count();
        self.broken && ends == 1 && !written.contains(['#', '>']) && !self.after().starts_with([':', '：'])
    }

    pub(super) fn before(&self) -> &str {
        &self.text[..self.range.start]
    }

    /// Returns what follows it, but for the `.0` that tables put behind whole numbers.
    pub(super) fn after(&self) -> &str {
        let after = &self.text[self.range.end..];
        let whole = after.strip_prefix(".0").filter(|_| self.is_one_piece());
        whole.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.')).unwrap_or(after)
    }

    pub(super) fn letters_before(&self) -> &str {
        let before = self.before();
        let letters = before.chars().rev().take_while(|c| c.is_alphanumeric() && is_latin(*c)).take(40);
        &before[before.len() - letters.map(char::len_utf8).sum::<usize>()..]
    }

    pub(super) fn letters_after(&self) -> &str {
        let after = self.after();
        let letters = after.chars().take_while(|c| c.is_alphanumeric() && is_latin(*c)).take(40);
        &after[..letters.map(char::len_utf8).sum()]
    }

    /// Tells whether a decimal point stands before or behind it.
    pub(super) fn is_decimal(&self) -> bool {
        let digit = |c: char| c.is_ascii_digit();
        self.before().strip_suffix('.').is_some_and(|before| before.ends_with(digit))
            || self.after().strip_prefix('.').is_some_and(|after| after.starts_with(digit))
    }

    /// Tells whether points part it.
    pub(super) fn has_points(&self) -> bool {
        let pieces: Vec<&str> = self.written().split('.').collect();
        let digit = |c: char| c.is_ascii_digit();
        pieces.windows(2).any(|pair| pair[0].ends_with(digit) && pair[1].starts_with(digit))
    }

    pub(super) fn written(&self) -> &str {
        &self.text[self.range.clone()]
    }

    pub(super) fn is_one_piece(&self) -> bool {
        self.lengths.len() == 1
    }

    pub(super) fn is_digit_by_digit(&self) -> bool {
        self.lengths.iter().all(|length| *length == 1)
    }

    /// Tells whether it is parted as people part long numbers.
    pub(super) fn is_in_parts(&self) -> bool {
        self.lengths.iter().all(|length| *length >= 3)
    }

    /// Tells whether its parts are as long as telephones.
    pub(super) fn are_telephones(&self) -> bool {
        self.lengths.len() > 1 && self.lengths.iter().all(|length| matches!(length, 7 | 8))
    }

    /// Tells whether the area code of a telephone stands before it.
    pub(super) fn is_after_area_code(&self) -> bool {
        let before = self.before().trim_end_matches(['-', '－', '–', '—', ' ', ')', '）']);
        let code = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let apart = before.len() < self.range.start;
        apart && matches!(code, 3 | 4) && before[before.len() - code..].starts_with('0')
    }

    /// Tells whether blanks alone part it, and the last of its parts may be a year.
    pub(super) fn ends_in_year(&self) -> bool {
        let last = &self.digits[self.digits.len() - 4..];
        let blank = |c: char| c.is_alphanumeric() || c.is_whitespace();
        (last.starts_with("19") || last.starts_with("20")) && self.written().chars().all(blank)
    }

    /// Tells whether eight digits are a day from 1900 to today.
    pub(super) fn is_birthday(&self, digits: &str) -> bool {
        let (Some(year), Some(month), Some(day)) = (digits.get(..4), digits.get(4..6), digits.get(6..8))
        else {
            return false;
        };
        year >= "1900" && Date::parse(&format!("{year}-{month}-{day}")).is_ok_and(|born| born <= self.today)
    }

    /// Tells whether one of `words`, in small letters, stands near, in the same line.
    pub(super) fn is_near(&self, words: &[&str]) -> bool {
        let after = &self.text[self.range.end..];
        let same_line = after.chars().take_while(|c| *c != '\n').take(NEAR);
        let after = small(&after[..same_line.map(char::len_utf8).sum()]);
        self.is_before(words, NEAR) || words.iter().any(|word| after.contains(word))
    }

    /// Tells whether one of `words` stands before it in the same line, also further away.
    pub(super) fn is_said(&self, words: &[&str]) -> bool {
        self.is_before(words, FAR)
    }

    /// Tells whether marks that part no lists stand between its parts, of which the last is no year.
    pub(super) fn is_stroked(&self) -> bool {
        let part = |c: char| c.is_alphanumeric() || digits::is_stroke(c) || digits::is_between(c);
        self.odd && self.written().chars().all(part) && !self.are_figures() && !self.last_is_year()
    }

    /// Tells whether it is written digit by digit with marks of lists between, and no such row goes on beside it.
    pub(super) fn is_row(&self) -> bool {
        let goes_on = |c: Option<char>, next: Option<char>| {
            c.is_some_and(|c| !c.is_alphanumeric() && c != '\n') && next.is_some_and(|c| c.is_ascii_digit())
        };
        let (mut after, mut before) = (self.after().chars(), self.before().chars().rev());
        let alone = !goes_on(after.next(), after.next()) && !goes_on(before.next(), before.next());
        self.odd && self.is_digit_by_digit() && alone
    }

    /// Tells whether its parts stand in cells of a table in Markdown.
    pub(super) fn is_over_cells(&self) -> bool {
        self.odd && self.written().contains(['|', '｜'])
    }

    /// Tells whether one of `words` stands a few lines above, as in the head of a table.
    pub(super) fn is_below(&self, words: &[&str]) -> bool {
        let start = self.before().char_indices().rev().take(ABOVE).last().map_or(0, |(at, _)| at);
        let above = small(&self.before()[start..]);
        self.is_over_cells() && words.iter().any(|word| above.contains(word))
    }

    pub(super) fn is_before(&self, words: &[&str], distance: usize) -> bool {
        let same_line = self.before().char_indices().rev().take_while(|(_, c)| *c != '\n');
        let start = same_line.take(distance).last().map_or(self.range.start, |(at, _)| at);
        let before = small(&self.before()[start..]);
        words.iter().any(|word| before.contains(word))
    }

    /// Tells how it stands in the address of a page.
    pub(super) fn in_web_address(&self) -> Address {
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
    pub(super) fn is_amount(&self) -> bool {
        let after = self.after().trim_start_matches(' ');
        let before = self.before().trim_end_matches(' ');
        let counted = ["元", "万", "亿", "美元", "人次", "平方", "公里", "%", "％", "CNY", "RMB"];
        (self.is_one_piece() || !matches!(self.lengths[..], [3, 4, 4] | [_, 3, 4, 4]))
            && (counted.iter().any(|unit| after.starts_with(unit))
                || before.ends_with(['¥', '￥', '$']) && !before.ends_with("~$")
                || (before.ends_with('第') && after.starts_with('号')))
    }
}

/// Returns a text in small letters; one without letters of two sizes, such as Chinese with digits, as it is.
fn small(text: &str) -> Cow<'_, str> {
    let has_one_size =
        |c: char| !c.is_ascii_uppercase() && (c.is_ascii() || ('\u{2E80}'..'\u{A640}').contains(&c));
    if text.chars().all(has_one_size) { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
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
