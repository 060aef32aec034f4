//! Choices: the words that a field takes, each declared once, on one line.
//!
//! From the line of a word come the variant of the enumeration, its spelling in files, its Chinese spelling, other
//! spellings that are read, and what a sentence says for it. Validation, decoding, JSON Schema, the workbook, the handbook
//! and the axes of comparison all read it there. To add a word, add its line.

use crate::diagnostic::Message;

/// One allowed word of a [`crate::schema::Shape::Choice`].
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// As files write it.
    pub value: &'static str,
    /// The Chinese alias, also for people.
    pub zh: &'static str,
    /// Other words that are read as this one, but never written.
    pub also: &'static [&'static str],
    /// What a sentence says for it, in Chinese and in English.
    pub says: (&'static str, &'static str),
}

impl Choice {
    /// Returns what a sentence says for it.
    pub fn words(&self) -> Message {
        Message { zh: self.says.0.to_owned(), en: self.says.1.to_owned() }
    }
}

/// An enumeration whose words stand in files; `choices!` declares one.
pub trait Choices: Copy + PartialEq + 'static {
    /// Every value in the order in which it is offered.
    const ALL: &'static [Self];
    /// The words of these values, in the same order.
    const CHOICES: &'static [Choice];

    /// Returns the word of this value.
    fn choice(self) -> &'static Choice {
        let at = Self::ALL.iter().position(|known| *known == self);
        &Self::CHOICES[at.expect("every value is in the list of all")]
    }

    /// Returns the value that files write as `text`.
    fn named(text: &str) -> Option<Self> {
        let at = Self::CHOICES.iter().position(|choice| choice.value == text)?;
        Some(Self::ALL[at])
    }
}

/// Declares an enumeration with its words:
///
/// ```text
/// choices! {
///     /// How binding a provision is.
///     Strength {
///         /// A plain statement.
///         Must = "must", "应当" | "必须", says "应当提供", "must be given";
///     }
/// }
/// ```
///
/// First the word of files, then the Chinese one, then others that are read; what follows `says` stands in sentences.
/// Without it they say the Chinese and the English word.
macro_rules! choices {
    ($(#[$doc:meta])* $Name:ident {
        $($(#[$about:meta])* $Variant:ident = $value:literal, $zh:literal $(| $also:literal)*
            $(, says $says_zh:literal, $says_en:literal)?;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $Name { $($(#[$about])* $Variant,)+ }

        impl $crate::schema::Choices for $Name {
            const ALL: &'static [Self] = &[$(Self::$Variant),+];
            const CHOICES: &'static [$crate::schema::Choice] = &[$($crate::schema::Choice {
                value: $value,
                zh: $zh,
                also: &[$($also),*],
                says: $crate::schema::choices::choices!(@says $value, $zh $(, $says_zh, $says_en)?),
            }),+];
        }

        impl $Name {
            /// Returns the word that files use.
            pub fn as_str(self) -> &'static str {
                $crate::schema::Choices::choice(self).value
            }

            /// Returns what a sentence says for it.
            pub fn words(self) -> $crate::diagnostic::Message {
                $crate::schema::Choices::choice(self).words()
            }
        }

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
    (@says $value:literal, $zh:literal) => { ($zh, $value) };
    (@says $value:literal, $zh:literal, $says_zh:literal, $says_en:literal) => { ($says_zh, $says_en) };
}
pub(super) use choices;

#[cfg(test)]
mod tests {
    use super::*;

    choices! {
        /// What the tests choose from.
        Colour {
            /// The first.
            Red = "red", "红" | "赤", says "是红的", "it is red";
            /// The second.
            DarkBlue = "dark-blue", "深蓝";
        }
    }

    #[test]
    fn one_line_says_how_a_word_is_written_read_and_said() {
        assert_eq!(Colour::named("dark-blue"), Some(Colour::DarkBlue));
        assert_eq!(Colour::named("深蓝"), None);
        assert_eq!(Colour::Red.choice().also, ["赤"]);
        assert_eq!(Colour::Red.words().en, "it is red");
        assert_eq!(Colour::DarkBlue.words().zh, "深蓝");
        assert_eq!(serde_json::to_string(&Colour::DarkBlue).ok().as_deref(), Some("\"dark-blue\""));
    }
}
