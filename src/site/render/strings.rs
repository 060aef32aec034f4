//! The words of the theme, one file a language: `strings/<code>.yaml`.
//!
//! A string is text with `{name}` where a value goes, or a map of such texts by plural category
//! (`one`, `few`, `other` …, as Unicode's CLDR names them) chosen by the value `n`.

use std::collections::BTreeMap;

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
    phrases: BTreeMap<String, Phrase>,
    plurals: Option<PluralRules>,
    /// The file they come from, for findings.
    pub file: FileId,
}

#[derive(Debug)]
enum Phrase {
    Text(Pattern),
    /// By plural category, `other` among them.
    Plural(BTreeMap<String, Pattern>),
}

/// A text cut at its placeholders.
#[derive(Debug)]
struct Pattern(Vec<PatternPiece>);

#[derive(Debug)]
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

    /// Returns the string `key` filled with `values`. `None` if there is no such string. A placeholder
    /// without a value stays empty.
    pub fn fill(&self, key: &str, values: &Values<'_>) -> Option<String> {
        let pattern = match self.phrases.get(key)? {
            Phrase::Text(pattern) => pattern,
            Phrase::Plural(forms) => forms.get(self.category(values("n"))).or_else(|| forms.get("other"))?,
        };
        let mut filled = String::new();
        for piece in &pattern.0 {
            match piece {
                PatternPiece::Words(words) => filled.push_str(words),
                PatternPiece::Value(name) => filled.push_str(&values(name).unwrap_or_default()),
            }
        }
        Some(filled)
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

fn phrase(node: &Node) -> Option<Phrase> {
    match &node.value {
        Value::Text(text) => Some(Phrase::Text(Pattern::new(text))),
        Value::Empty => Some(Phrase::Text(Pattern(Vec::new()))),
        Value::Map(entries) => {
            let forms: BTreeMap<String, Pattern> = entries
                .iter()
                .filter_map(|entry| Some((entry.key.value.clone(), Pattern::new(entry.value.text()?))))
                .collect();
            forms.contains_key("other").then_some(Phrase::Plural(forms))
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
