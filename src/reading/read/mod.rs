//! From the tokens of a clause to its facts. One pass, each token looked at with a few of its neighbours.

mod asked;
mod conditions;
mod denials;
mod lifting;
mod numbers;
mod reader;

use crate::fact::{Ages, Fact, Measure, MeasureKind, What};
use crate::quantity::{Bound, Period, Quantity, Unit};
use crate::text::Text;
use crate::token::{Kind, NumberOf, Token, tokens};
use crate::wording::{Role, Wording};
pub(crate) use lifting::is_liftable;
use lifting::*;
use std::collections::BTreeSet;
use std::ops::Range;

/// A clause, read, with what stands around it: for whom it is, and on which condition.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its text.
    pub text: Text,
    /// What it says, in its order.
    pub facts: Vec<Fact>,
    pub(crate) tokens: Vec<Token>,
    /// Which tokens stand where something is lifted: 无需……
    pub(crate) lifted: Vec<bool>,
    /// The characters of each part that was read.
    parts: Vec<Range<usize>>,
    /// The parts as written, one after the other.
    original: String,
    /// Where each part starts in the original.
    starts: Vec<usize>,
    /// The groups of words it has, sorted.
    groups: Vec<u16>,
    /// The pairs of characters it has, sorted.
    pairs: Vec<(char, char)>,
}

impl Reading {
    /// Reads a clause.
    pub fn new(clause: &str, words: &Wording) -> Self {
        Self::of(&[clause], words)
    }

    /// Reads a clause of several parts, which do not run into each other.
    pub fn of(parts: &[&str], words: &Wording) -> Self {
        let mut original = String::new();
        let mut starts = Vec::new();
        for part in parts {
            starts.push(original.len());
            original.push_str(part);
            original.push('。');
        }
        let text = Text::new(&original);
        let parts =
            parts.iter().zip(&starts).map(|(part, start)| text.at(*start)..text.at(start + part.len()));
        let parts = parts.collect();
        let tokens = tokens(&text, words);
        let lifted = lifted(&tokens, &text);
        let mut reader = Reader {
            parts: reader::parts(&tokens),
            tokens: &tokens,
            lifted: &lifted,
            words,
            text: &text,
            facts: Vec::new(),
        };
        reader.read();
        let mut facts = reader.facts;
        facts.sort_by_key(|fact| fact.range.start);
        let mut groups: Vec<u16> = tokens.iter().flat_map(Token::about).collect();
        // 不用交学杂费 is free.
        let spares = |sentence: &str| {
            ["不用", "无需", "无须", "不必", "不需要", "不需"].iter().any(|word| {
                let rest: Option<String> =
                    sentence.find(word).map(|at| sentence[at + word.len()..].chars().take(9).collect());
                rest.is_some_and(|rest| {
                    rest.starts_with(['交', '缴', '付', '花', '掏', '出'])
                        && (rest.contains('费') || rest.contains('钱'))
                })
            })
        };
        if text
            .chars()
            .split(|c| ENDS.contains(*c))
            .any(|sentence| spares(&sentence.iter().collect::<String>()))
        {
            groups.extend(words.group_of("免费"));
        }
        // 学杂费0元 is free.
        let is_nothing = |token: &Token| token.counted().is_some_and(NumberOf::is_no_money);
        if tokens.iter().any(is_nothing) {
            groups.extend(words.group_of("免费"));
        }
        // 每次60元 is a subsidy.
        let is_amount =
            |fact: &Fact| matches!(&fact.what, What::Measure(measure) if measure.kind == MeasureKind::Amount);
        if facts.iter().any(is_amount) {
            groups.extend(words.group_of("资助"));
        }
        let sentences = text.chars().split(|c| ENDS.contains(*c));
        for sentence in sentences {
            groups.extend(words.together(&sentence.iter().collect::<String>()));
        }
        groups.sort_unstable();
        groups.dedup();
        let pairs = pairs(&text);
        Self { text, facts, tokens, lifted, parts, original, starts, groups, pairs }
    }

    /// Joins readings into one: the parts of the first, then those of the second, and so on.
    pub fn joined<'r>(readings: impl Iterator<Item = &'r Self>) -> Self {
        let mut joined = Self {
            text: Text::default(),
            facts: Vec::new(),
            tokens: Vec::new(),
            lifted: Vec::new(),
            parts: Vec::new(),
            original: String::new(),
            starts: Vec::new(),
            groups: Vec::new(),
            pairs: Vec::new(),
        };
        for reading in readings {
            let (chars, bytes) = (joined.text.len(), joined.original.len());
            let moved = |range: &Range<usize>| range.start + chars..range.end + chars;
            joined.facts.extend(
                reading.facts.iter().map(|fact| Fact { range: moved(&fact.range), what: fact.what.clone() }),
            );
            joined.tokens.extend(
                reading
                    .tokens
                    .iter()
                    .map(|token| Token { range: moved(&token.range), kind: token.kind.clone() }),
            );
            joined.lifted.extend(&reading.lifted);
            joined.parts.extend(reading.parts.iter().map(moved));
            joined.starts.extend(reading.starts.iter().map(|start| start + bytes));
            joined.original.push_str(&reading.original);
            joined.groups.extend(&reading.groups);
        }
        joined.text = Text::new(&joined.original);
        joined.groups.sort_unstable();
        joined.groups.dedup();
        joined.pairs = pairs(&joined.text);
        joined
    }

    /// Returns the characters of the part numbered `part`.
    pub fn part(&self, part: usize) -> Range<usize> {
        self.parts.get(part).cloned().unwrap_or(0..0)
    }

    /// Returns where a text stands in a part, whatever the width of its marks.
    pub fn find(&self, part: usize, text: &str) -> Option<Range<usize>> {
        let (part, wanted) = (self.part(part), Text::new(text));
        let here = &self.text.chars()[part.clone()];
        let at = here.windows(wanted.len().max(1)).position(|window| window == wanted.chars())?;
        Some(part.start + at..part.start + at + wanted.len())
    }

    /// Returns how many characters the words have that another reading is about and that it has as well.
    pub fn shares(&self, other: &Self) -> usize {
        let about = other
            .tokens
            .iter()
            .filter(|token| token.has(Role::Same) || (token.is_other() && token.range.len() > 1));
        about.filter(|token| crate::against::holds(self, other, token)).map(|token| token.range.len()).sum()
    }

    /// Returns in which part characters stand, and at which of its bytes.
    pub fn place(&self, range: Range<usize>) -> (usize, Range<usize>) {
        let part = self.parts.iter().rposition(|part| part.start <= range.start).unwrap_or(0);
        let bytes = self.text.bytes(range, &self.original);
        let start = self.starts.get(part).copied().unwrap_or(0);
        (part, bytes.start.saturating_sub(start)..bytes.end.saturating_sub(start))
    }

    /// Returns the words of a stretch as written.
    pub fn words(&self, range: Range<usize>) -> String {
        self.original.get(self.text.bytes(range, &self.original)).unwrap_or("").to_owned()
    }

    /// Returns the words of a stretch with those around it, up to the next marks, if they are few.
    pub fn phrase(&self, range: Range<usize>) -> String {
        const MOST: usize = 26;
        let chars = self.text.chars();
        let is_end = |c: char| ENDS.contains(c) || "()、".contains(c);
        let start = chars[..range.start].iter().rposition(|c| is_end(*c)).map_or(0, |mark| mark + 1);
        let end =
            chars[range.end..].iter().position(|c| is_end(*c)).map_or(chars.len(), |mark| range.end + mark);
        if end - start <= MOST {
            return self.words(start..end);
        }
        // Words of an alphabet stay whole.
        let is_inside = |at: usize| {
            let around = at.checked_sub(1).and_then(|before| chars.get(before..=at));
            around.is_some_and(|pair| pair.iter().all(char::is_ascii_alphabetic))
        };
        let (mut from, mut to) = (range.start.saturating_sub(6).max(start), (range.end + 8).min(end));
        while from > start && is_inside(from) {
            from -= 1;
        }
        while to < end && is_inside(to) {
            to += 1;
        }
        self.words(from..to).trim().to_owned()
    }

    /// Returns the quantities it states of one kind.
    pub fn measures(&self, kind: MeasureKind) -> impl Iterator<Item = (&Range<usize>, &Measure)> {
        self.facts.iter().filter_map(move |fact| match &fact.what {
            What::Measure(measure) if measure.kind == kind => Some((&fact.range, measure)),
            _ => None,
        })
    }

    /// Returns the ages that stand in a part.
    pub fn ages(&self, part: usize) -> Vec<(Range<usize>, Ages)> {
        let part = self.part(part);
        let facts = self.facts.iter().filter(|fact| part.contains(&fact.range.start));
        facts
            .filter_map(|fact| match &fact.what {
                What::Age(ages) => Some((fact.range.clone(), *ages)),
                _ => None,
            })
            .collect()
    }

    /// Tells whether it has a word of this group.
    pub(crate) fn has_group(&self, group: u16) -> bool {
        self.groups.binary_search(&group).is_ok()
    }

    /// Returns how many of these characters stand here in stretches of two and more.
    pub(crate) fn covers(&self, wanted: &[char]) -> usize {
        let has = |pair: &[char]| self.pairs.binary_search(&(pair[0], pair[1])).is_ok();
        let mut covered = vec![false; wanted.len()];
        for (at, pair) in wanted.windows(2).enumerate() {
            if has(pair) {
                (covered[at], covered[at + 1]) = (true, true);
            }
        }
        covered.iter().filter(|known| **known).count()
    }
}

fn pairs(text: &Text) -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> = text.chars().windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

struct Reader<'a> {
    tokens: &'a [Token],
    /// The part of the sentence that each token stands in.
    parts: Vec<Range<usize>>,
    lifted: &'a [bool],
    words: &'a Wording,
    text: &'a Text,
    facts: Vec<Fact>,
}

/// Conditions whose words name many other things: they count where the sentence asks for them.
const SOFT: [&str; 20] = [
    "employment",
    "social-insurance",
    "income",
    "housing",
    "school-type",
    "origin",
    "points",
    "deadline",
    "referral",
    "certificate",
    "conduct",
    "enrolled",
    "grade",
    "marks",
    "health",
    "illness-kind",
    "on-a-list",
    "need",
    "first-time",
    "marriage",
];

/// Acts that nobody does to a family's good: forbidding them is a promise, but for these.
const FORBIDDEN_TO_FAMILIES: [&str; 9] =
    ["享受", "申请", "领取", "报名", "参加", "重复", "兼得", "叠加", "超过"];

/// What has been said of a number before it stands: 每人每月不低于.
#[derive(Clone, Default)]
struct Pending {
    every: Option<(f64, Period)>,
    each: Vec<String>,
    /// Where it begins, and whether a number has used it.
    start: Option<usize>,
    used: bool,
    /// Whether it was said in the part of the sentence before.
    is_before: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_in_every_writing() {
        let words = Wording::usual();
        let year = |years: f64| Some(if years >= 0.0 { (years * 12.0) as u32 } else { 0 });
        for (text, from, to, below) in [
            ("0-1.5岁", year(0.0), year(1.5), false),
            ("0-2岁半", year(0.0), year(2.5), false),
            ("6个月-3岁", Some(6), year(3.0), false),
            ("16岁以上", year(16.0), None, false),
            ("未满16周岁", None, year(16.0), true),
            ("0-16周岁", year(0.0), year(16.0), false),
            ("满6周岁", year(6.0), None, false),
            ("3～6周岁", year(3.0), year(6.0), false),
            ("0-25岁", year(0.0), year(25.0), false),
            ("18-60岁", year(18.0), year(60.0), false),
            ("80-120岁", year(80.0), year(120.0), false),
            ("满6周岁不满16周岁", year(6.0), year(16.0), true),
            ("3至6岁", year(3.0), year(6.0), false),
            ("3岁以下", None, year(3.0), false),
            ("16周岁（含）以下", None, year(16.0), false),
            ("0-36个月儿童", Some(0), Some(36), false),
            ("0-36月龄", Some(0), Some(36), false),
            ("六周岁以上", year(6.0), None, false),
            ("aged 3 to 6", year(3.0), year(6.0), false),
            ("至18周岁", None, year(18.0), false),
        ] {
            let reading = Reading::new(text, &words);
            let found: Vec<Ages> = reading.ages(0).into_iter().map(|(_, ages)| ages).collect();
            assert_eq!(found, [Ages { from, to, below }], "{text}");
        }
    }
}
