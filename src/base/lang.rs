//! Languages of a site and texts in several of them.
//!
//! To add a language, add an entry to `site.yaml` and `strings/<code>.yaml` to the theme; no code.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::span::{Span, Spanned};

/// The code of a language as content files write it: `zh`, `en`, `ko`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LangCode(Arc<str>);

impl std::borrow::Borrow<str> for LangCode {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl LangCode {
    /// Returns the code `text`.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// Returns the code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The direction a language is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// What the texts of a language are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LanguageStatus {
    /// As good as the reference.
    Official,
    /// A working translation: the reference text prevails.
    Working,
}

/// One language of the site, as `site.yaml` describes it.
#[derive(Clone, Debug)]
pub struct Language {
    /// Code used in content files and addresses.
    pub code: LangCode,
    /// BCP 47 tag for `lang` attributes.
    pub tag: String,
    /// The language's name in itself.
    pub name: String,
    /// Writing direction.
    pub direction: Direction,
    /// Standing of its texts.
    pub status: LanguageStatus,
    /// CSS font stack, empty for the theme's own.
    pub fonts: String,
}

/// The languages of a site in their order; the first is the reference.
#[derive(Clone, Debug)]
pub struct Languages(Vec<Language>);

impl Languages {
    /// Returns the languages in the given order. `None` if there are none: a site needs a reference.
    pub fn new(languages: Vec<Language>) -> Option<Self> {
        (!languages.is_empty()).then_some(Self(languages))
    }

    /// Returns the reference language.
    pub fn reference(&self) -> &Language {
        &self.0[0]
    }

    /// Returns the languages in site order, reference first.
    pub fn iter(&self) -> impl Iterator<Item = &Language> {
        self.0.iter()
    }

    /// Returns the language with this code.
    pub fn get(&self, code: &str) -> Option<&Language> {
        self.0.iter().find(|language| language.code.as_str() == code)
    }
}

/// A text in one or more languages, each with its place.
///
/// A decoded text always has the reference language; where the file left it out, the first language
/// written stands in and a finding was reported.
#[derive(Clone, Debug)]
pub struct Localized {
    /// The whole value, for findings about what it lacks.
    pub span: Span,
    /// In the order of the codes. A list, because a catalogue holds very many texts in very few languages.
    texts: Box<[(LangCode, Spanned<String>)]>,
    /// Where the reference stands in `texts`.
    reference: usize,
}

impl Localized {
    /// Returns the text with these languages. `None` if `texts` is empty.
    pub fn new(span: Span, texts: BTreeMap<LangCode, Spanned<String>>, reference: &LangCode) -> Option<Self> {
        let at = texts.keys().position(|code| code == reference).unwrap_or(0);
        (!texts.is_empty()).then(|| Self { span, texts: texts.into_iter().collect(), reference: at })
    }

    /// Returns a text that exists in the reference language only.
    pub fn reference_only(text: Spanned<String>, reference: &LangCode) -> Self {
        let span = text.span;
        Self { span, texts: Box::new([(reference.clone(), text)]), reference: 0 }
    }

    /// Returns the text in the reference language.
    pub fn reference(&self) -> &Spanned<String> {
        &self.texts[self.reference].1
    }

    /// Returns the text in `lang`, if it is there.
    pub fn get(&self, lang: &LangCode) -> Option<&Spanned<String>> {
        self.texts.iter().find(|(code, _)| code == lang).map(|(_, text)| text)
    }

    /// Returns the text for a reader of `lang` and the language it is in: the reference's where there
    /// is no translation.
    pub fn for_reader(&self, lang: &LangCode) -> (&LangCode, &str) {
        let (code, text) =
            self.texts.iter().find(|(code, _)| code == lang).unwrap_or(&self.texts[self.reference]);
        (code, &text.value)
    }

    /// Returns every language present with its text, by code.
    pub fn iter(&self) -> impl Iterator<Item = (&LangCode, &Spanned<String>)> {
        self.texts.iter().map(|(code, text)| (code, text))
    }
}
