//! A message in the tool's own two languages.

/// The language the tool itself speaks to the person at the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UiLang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// One message, in Chinese and in English.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Message {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Message {
    /// Returns the text in `lang`.
    pub fn get(&self, lang: UiLang) -> &str {
        match lang {
            UiLang::Zh => &self.zh,
            UiLang::En => &self.en,
        }
    }
}

/// Writes one message in both languages with the same values: `text!("缺少“{key}”", "`{key}` is missing")`.
#[macro_export]
macro_rules! text {
    ($zh:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::diagnostic::Message {
            zh: format!($zh $(, $name = $value)*),
            en: format!($en $(, $name = $value)*),
        }
    };
}
