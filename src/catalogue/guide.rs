//! Help pages in Markdown, one file a language: `guides/<name>.<lang>.md`.

use std::collections::BTreeMap;

use crate::lang::LangCode;
use crate::span::FileId;
use crate::syntax::markdown::Outline;

/// One help page in its languages.
#[derive(Clone, Debug)]
pub struct Guide {
    /// Name, used in its address.
    pub name: String,
    /// Its text in each language; at least one.
    pub texts: BTreeMap<LangCode, GuideText>,
    /// Whether the file of a language could not be used; a finding said why.
    pub lost: bool,
}

/// A guide in one language.
#[derive(Clone, Debug)]
pub struct GuideText {
    /// The file.
    pub file: FileId,
    /// Its Markdown.
    pub source: String,
    /// Title, summary, links.
    pub outline: Outline,
}

impl Guide {
    /// Returns the text for a reader of `lang` and the language it is in: the reference's, or else the
    /// first there is.
    pub fn for_reader<'a>(&'a self, lang: &LangCode, reference: &LangCode) -> (&'a LangCode, &'a GuideText) {
        self.texts
            .get_key_value(lang)
            .or_else(|| self.texts.get_key_value(reference))
            .or_else(|| self.texts.first_key_value())
            .expect("a guide is made from at least one file")
    }
}
