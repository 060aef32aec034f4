//! The words of the theme, one file a language: `strings/<code>.yaml`.
//!
//! A string is text with `{name}` where a value goes, or a map of such texts by plural category
//! (`one`, `few`, `other` …, as Unicode's CLDR names them) chosen by the value `n`.

use std::collections::{BTreeMap, BTreeSet};

use icu_plurals::{PluralCategory, PluralRuleType, PluralRules};

use crate::diagnostic::{Finding, Findings, site_codes};
use crate::lang::Language;
use crate::span::{FileId, Span};
use crate::syntax::{Node, Value, yaml};
use crate::text;

/// Gives the value for a placeholder by its name.
pub type Values<'v> = dyn Fn(&str) -> Option<String> + 'v;

/// The strings of one language.
#[derive(Debug)]
pub struct Strings {
    phrases: BTreeMap<String, StringPhrase>,
    plurals: Option<PluralRules>,
    /// The file they come from, for findings.
    pub file: FileId,
}

/// A string: one text, or one for each plural category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StringPhrase(Forms);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Forms {
    Text(Pattern),
    /// By plural category, `other` among them.
    Plural(BTreeMap<String, Pattern>),
}

/// A text cut at its placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern(Vec<PatternPiece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum PatternPiece {
    Words(String),
    Value(String),
}

impl Strings {
    /// Reads one file. What is no text is reported and left out.
    pub fn parse(file: FileId, source: &str, language: &Language, findings: &mut Findings) -> Self {
        let mut phrases = BTreeMap::new();
        if let Some(node) = yaml::parse(file, source, findings) {
            for entry in node.entries() {
                match phrase(&entry.value) {
                    Some(phrase) => drop(phrases.insert(entry.key.value.clone(), phrase)),
                    None => findings.push(broken(entry.key.span, &entry.key.value)),
                }
            }
        }
        let locale = language.tag.parse::<icu_locale_core::Locale>().ok();
        let plurals = locale
            .and_then(|locale| PluralRules::try_new((&locale).into(), PluralRuleType::Cardinal.into()).ok());
        Self { phrases, plurals, file }
    }

    /// Takes the strings of `own` in the place of those of the same name.
    pub(super) fn change(&mut self, own: Self) {
        self.phrases.extend(own.phrases);
        self.file = own.file;
    }

    /// Returns the phrase `key`, if there is one.
    pub(super) fn phrase(&self, key: &str) -> Option<&StringPhrase> {
        self.phrases.get(key)
    }

    /// Returns the string `key` filled with `values`. `None` if there is no such string. A placeholder
    /// without a value stays empty.
    pub fn fill(&self, key: &str, values: &Values<'_>) -> Option<String> {
        Some(Self::filled(self.phrases.get(key)?, Some(self), values))
    }

    /// Returns a phrase filled with `values`; `of` are the strings of its language, which know the plural category of a
    /// number.
    pub(super) fn filled(phrase: &StringPhrase, of: Option<&Self>, values: &Values<'_>) -> String {
        let category = || of.map_or("other", |strings| strings.category(values("n")));
        let pattern = match &phrase.0 {
            Forms::Text(pattern) => Some(pattern),
            Forms::Plural(forms) => forms.get(category()).or_else(|| forms.get("other")),
        };
        let mut filled = String::new();
        for piece in pattern.iter().flat_map(|pattern| &pattern.0) {
            match piece {
                PatternPiece::Words(words) => filled.push_str(words),
                PatternPiece::Value(name) => filled.push_str(&values(name).unwrap_or_default()),
            }
        }
        filled
    }

    /// Returns the names of the placeholders of a string. `None` if there is no such string.
    pub(super) fn holes(&self, key: &str) -> Option<BTreeSet<String>> {
        self.phrases.get(key).map(StringPhrase::holes)
    }

    fn category(&self, n: Option<String>) -> &'static str {
        let number = n.and_then(|n| n.parse::<u64>().ok());
        let (Some(number), Some(plurals)) = (number, &self.plurals) else { return "other" };
        match plurals.category_for(number) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            _ => "other",
        }
    }

    /// Returns the keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.phrases.keys().map(String::as_str)
    }

    /// Tells whether there is a string `key`.
    pub fn has(&self, key: &str) -> bool {
        self.phrases.contains_key(key)
    }
}

impl StringPhrase {
    /// Returns a phrase of one text.
    pub(super) fn plain(text: &str) -> Self {
        Self(Forms::Text(Pattern::new(text)))
    }

    /// Returns a phrase of a text for each plural category.
    pub(super) fn by_number<'t>(forms: impl Iterator<Item = (&'t str, &'t str)>) -> Self {
        Self(Forms::Plural(forms.map(|(name, text)| (name.to_owned(), Pattern::new(text))).collect()))
    }

    /// Tells whether it is the same whatever it is filled with.
    pub(super) fn is_fixed(&self) -> bool {
        matches!(&self.0, Forms::Text(Pattern(pieces)) if pieces.iter().all(|piece| matches!(piece, PatternPiece::Words(_))))
    }

    /// Returns the names of its placeholders.
    pub(super) fn holes(&self) -> BTreeSet<String> {
        let patterns: Vec<&Pattern> = match &self.0 {
            Forms::Text(pattern) => vec![pattern],
            Forms::Plural(forms) => forms.values().collect(),
        };
        let name = |piece: &PatternPiece| match piece {
            PatternPiece::Value(name) => Some(name.clone()),
            PatternPiece::Words(_) => None,
        };
        patterns.into_iter().flat_map(|pattern| &pattern.0).filter_map(name).collect()
    }
}

fn phrase(node: &Node) -> Option<StringPhrase> {
    match &node.value {
        Value::Text(text) => Some(StringPhrase::plain(text)),
        Value::Empty => Some(StringPhrase(Forms::Text(Pattern(Vec::new())))),
        Value::Map(entries) => {
            let text = |entry: &'_ crate::syntax::Entry| {
                Some((entry.key.value.clone(), Pattern::new(entry.value.text()?)))
            };
            let forms: BTreeMap<String, Pattern> = entries.iter().filter_map(text).collect();
            forms.contains_key("other").then_some(StringPhrase(Forms::Plural(forms)))
        }
        Value::List(_) => None,
    }
}

impl Pattern {
    fn new(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else { break };
            pieces.push(PatternPiece::Words(before.to_owned()));
            pieces.push(PatternPiece::Value(name.trim().to_owned()));
            rest = tail;
        }
        pieces.push(PatternPiece::Words(rest.to_owned()));
        Self(pieces)
    }
}

fn broken(at: Span, key: &str) -> Finding {
    Finding::new(&site_codes::BROKEN_STRINGS, at, text!("“{key}”不是文字", "`{key}` is not a text")).help(
        text!(
            "写成文字，或按单复数写成 {{one: …, other: …}}",
            "write a text, or plural forms as {{one: …, other: …}}"
        ),
    )
}
