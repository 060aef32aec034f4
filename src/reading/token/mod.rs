//! From characters to tokens: numbers with their units, periods, dates, items, and words.

mod calendar;
mod counted;

use crate::number::{number, percent};
use crate::quantity::{Period, Unit};
use crate::text::Text;
use crate::wording::{Role, Sense, Wording};
use calendar::*;
use counted::*;
use std::ops::Range;
use std::sync::Arc;

/// A stretch of a text, and what it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    /// Its characters.
    pub range: Range<usize>,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A word that is known, with all it can be.
    Word(Arc<[Sense]>),
    /// A number with its unit; for whom and how often may follow it. Boxed, since few tokens are numbers and all would be as large.
    Number(Box<NumberOf>),
    /// A number that counts nothing.
    Bare(f64),
    /// An age in months, or a range of ages.
    Age { from: u32, to: u32, is_range: bool },
    /// 每月, 每半年.
    Every(f64, Period),
    /// 每人, 每户.
    Each(String),
    /// A day, month or year: months since year 0 where it has a year.
    Date(Option<u32>),
    /// 第3至5项.
    Items(Vec<u32>),
    /// A mark.
    Mark(char),
    /// Characters that are not known.
    Unknown,
}

/// A number, or a range, that counts something.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NumberOf {
    pub low: f64,
    pub high: f64,
    pub unit: Unit,
    pub every: Option<(f64, Period)>,
    pub each: Vec<String>,
}

impl NumberOf {
    /// Returns so many of a unit.
    fn of(value: f64, unit: Unit) -> Self {
        Self { low: value, high: value, unit, every: None, each: Vec::new() }
    }

    /// Tells whether it is no money at all: 0元.
    pub fn is_no_money(&self) -> bool {
        matches!(self.unit, Unit::Money(_)) && self.high == 0.0
    }

    pub fn is_time(&self) -> bool {
        matches!(self.unit, Unit::Time(_))
    }
}

impl Kind {
    fn number(counted: NumberOf) -> Self {
        Self::Number(Box::new(counted))
    }
}

impl Token {
    /// Returns what it counts, if it is a number that counts something.
    pub fn counted(&self) -> Option<&NumberOf> {
        if let Kind::Number(counted) = &self.kind { Some(counted) } else { None }
    }

    pub fn has(&self, role: Role) -> bool {
        self.group(role).is_some()
    }

    /// Returns the group it has in a role.
    pub fn group(&self, role: Role) -> Option<u16> {
        let Kind::Word(senses) = &self.kind else { return None };
        senses.iter().find(|sense| sense.role == role).map(|sense| sense.group)
    }

    /// Returns the groups of words it has that say what a clause is about.
    pub fn about(&self) -> impl Iterator<Item = u16> {
        let senses: &[Sense] = if let Kind::Word(senses) = &self.kind { senses } else { &[] };
        let about =
            senses.iter().filter(|sense| matches!(sense.role, Role::Same | Role::Promise | Role::Stage));
        about.map(|sense| sense.group)
    }

    /// Tells whether it is a word without a meaning of its own here, or no known word.
    pub fn is_other(&self) -> bool {
        self.kind == Kind::Unknown || self.has(Role::Common) || self.has(Role::CommonVerb)
    }

    pub fn is_mark(&self, marks: &str) -> bool {
        matches!(self.kind, Kind::Mark(mark) if marks.contains(mark))
    }

    /// Tells whether it has no weight of its own.
    pub fn is_light(&self) -> bool {
        const LIGHT: [Role; 6] =
            [Role::Plain, Role::Giving, Role::Open, Role::Pointing, Role::Improving, Role::Kind];
        match &self.kind {
            Kind::Word(senses) => senses.iter().all(|sense| LIGHT.contains(&sense.role)),
            Kind::Mark(_) => true,
            _ => false,
        }
    }
}

/// Divides a text into tokens; every character is in one.
pub(crate) fn tokens(text: &Text, words: &Wording) -> Vec<Token> {
    let chars = text.chars();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let word = words.longest(chars, at);
        let special = special(chars, at);
        let (kind, end) = match (special, word) {
            (Some((kind, end)), Some((length, which)))
                if end - at > length || (end - at == length && is_weak(words.senses(which))) =>
            {
                (kind, end)
            }
            (Some((kind, end)), None) => (kind, end),
            // 为首批 and 对重点人群: a common word must not take the first character of one that counts.
            (_, Some((length, which)))
                if length == 2 && is_common(words.senses(which)) && overlaps(words, chars, at) =>
            {
                match words.longest(&chars[..=at], at) {
                    Some((_, first)) => (Kind::Word(words.senses(first).clone()), at + 1),
                    None => (Kind::Unknown, at + 1),
                }
            }
            (_, Some((length, which))) => (Kind::Word(words.senses(which).clone()), at + length),
            (None, None) if is_mark(chars[at]) => (Kind::Mark(chars[at]), at + 1),
            (None, None) => (Kind::Unknown, at + 1),
        };
        match tokens.last_mut() {
            Some(last) if last.kind == Kind::Unknown && kind == Kind::Unknown => last.range.end = end,
            _ => tokens.push(Token { range: at..end, kind }),
        }
        at = end;
    }
    tokens
}

fn is_common(senses: &[Sense]) -> bool {
    senses.iter().all(|sense| matches!(sense.role, Role::Common | Role::CommonVerb))
}

/// Tells whether a word that counts starts at the next character, and goes beyond this one.
fn overlaps(words: &Wording, chars: &[char], at: usize) -> bool {
    let next = (at + 1 < chars.len()).then(|| words.longest(chars, at + 1)).flatten();
    next.is_some_and(|(length, which)| {
        length >= 2
            && !words.senses(which).iter().all(|sense| {
                matches!(sense.role, Role::Common | Role::CommonVerb | Role::Plain | Role::Giving)
            })
    })
}

/// Tells whether a word says no more than a number that stands in the same place.
fn is_weak(senses: &[Sense]) -> bool {
    senses
        .iter()
        .all(|sense| matches!(sense.role, Role::Plain | Role::Common | Role::CommonVerb | Role::Giving))
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && c != '%'
}

/// Reads what is no word of the lists: numbers with units, periods, dates, items.
fn special(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    if !may_be_special(chars[at]) {
        return None;
    }
    items(chars, at)
        .or_else(|| every(chars, at))
        .or_else(|| date(chars, at))
        .or_else(|| english_age(chars, at))
        .or_else(|| clock_or_phone(chars, at))
        .or_else(|| if at > 0 && chars[at - 1] == '第' { None } else { counted(chars, at) })
}

/// Tells whether what [`special`] reads may start with a character. Quick: it is asked of each.
fn may_be_special(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '第' | '前' | '序' | '全' | '年' | '月' | '每' | '按' | '逐' | '各' | '半' | '对')
        || matches!(c, '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '两')
        || matches!(c, '十' | '百' | '千' | '万' | '¥' | '￥' | '£' | '$' | '€')
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(place, c)| chars.get(at + place) == Some(&c))
}

/// Returns the first of these words that stands at `at`, with its length.
fn one_of<'w, T: Copy>(chars: &[char], at: usize, words: &'w [(&'w str, T)]) -> Option<(T, usize)> {
    let found = words.iter().filter(|(word, _)| starts(chars, at, word) && ends_word(chars, at, word));
    found.map(|(word, value)| (*value, word.chars().count())).max_by_key(|(_, length)| *length)
}

/// Tells whether an English word ends where it does.
fn ends_word(chars: &[char], at: usize, word: &str) -> bool {
    let end = at + word.chars().count();
    !word.ends_with(|c: char| c.is_ascii_alphabetic())
        || !chars.get(end).is_some_and(char::is_ascii_alphabetic)
}
