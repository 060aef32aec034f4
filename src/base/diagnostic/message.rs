//! A message in the tool's own two languages.

use std::borrow::Cow;

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

    /// Cuts what nobody would read to its end.
    pub(super) fn shorten(&mut self) {
        for text in [&mut self.zh, &mut self.en] {
            if let Cow::Owned(short) = cut(text, MOST_SAID) {
                *text = short;
            }
        }
    }
}

/// How many characters of a text a message quotes at most.
const MOST_QUOTED: usize = 60;
/// How many of them are those of its end.
const QUOTED_END: usize = 12;

/// How many characters a message has at most, whatever it quotes.
const MOST_SAID: usize = 1000;

/// Returns a text as a message quotes it: whole, or of a long one its beginning and its end.
pub fn quoted(text: &str) -> Cow<'_, str> {
    cut(text, MOST_QUOTED)
}

/// Returns the beginning and the end of a text of more than `most` characters.
fn cut(text: &str, most: usize) -> Cow<'_, str> {
    // A character has at least one byte.
    let count = if text.len() <= most { 0 } else { text.chars().count() };
    if count <= most {
        return Cow::Borrowed(text);
    }
    let mut cut: String = text.chars().take(most - QUOTED_END - 1).collect();
    cut.push('…');
    cut.extend(text.chars().skip(count - QUOTED_END));
    Cow::Owned(cut)
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

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn of_a_long_text_its_ends_are_quoted() {
        let short = "甲".repeat(60);
        assert_eq!(quoted(&short), short);
        let long = format!("{}乙", "甲".repeat(5000));
        assert_eq!(quoted(&long), format!("{}…{}乙", "甲".repeat(47), "甲".repeat(11)));
    }
}
