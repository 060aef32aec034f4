//! Texts and words as documents have them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::DisplayText;
use crate::catalogue::{Access, Certainty, EditionStatus, Kind, PlaceKind, Strength, Tier, WhoKind};
use crate::compare::Verdict;
use crate::diagnostic::Message;
use crate::history::ChangeKind;
use crate::lang::{LangCode, Language, Languages, Localized};
use crate::schema::Choices;

/// A text by the codes of the languages it is there in. The first language of the site is the one that counts; a
/// language that a text lacks is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// Returns a text of the content, if it is there.
    pub fn some(text: Option<&Localized>) -> Option<Self> {
        text.map(Self::from)
    }

    /// Returns texts of the content.
    pub fn all(texts: &[Localized]) -> Vec<Self> {
        texts.iter().map(Self::from).collect()
    }

    /// Puts together what pages in several languages say, each in its own. `None` if none says anything.
    pub fn of_pages<'t>(said: impl Iterator<Item = (&'t Language, &'t DisplayText)>) -> Option<Self> {
        let own = said.filter(|(_, text)| text.lang.is_none());
        let texts: BTreeMap<_, _> =
            own.map(|(language, text)| (language.code.as_str().to_owned(), text.text.clone())).collect();
        (!texts.is_empty()).then_some(Self(texts))
    }

    /// Returns what the tool says, in those languages of the site that it speaks; in English where it speaks none.
    pub fn of_tool(message: &Message, languages: &Languages) -> Self {
        Self::of_words(message, |code| languages.get(code).is_some())
    }

    /// Returns what the tool says, in those languages that the site has; in English where it has none.
    pub fn of_words(message: &Message, has: impl Fn(&str) -> bool) -> Self {
        let spoken = [("zh", &message.zh), ("en", &message.en)];
        let of_site = spoken.into_iter().filter(|(code, _)| has(code));
        let said: BTreeMap<_, _> = of_site.map(|(code, text)| (code.to_owned(), text.clone())).collect();
        if said.is_empty() { Self::only(&LangCode::new("en"), &message.en) } else { Self(said) }
    }

    /// Returns every text with the code of its language.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(code, text)| (code.as_str(), text.as_str()))
    }

    /// Returns the text for readers of a language, else in the first of these that it has.
    pub fn for_reader<'t>(&'t self, code: &str, languages: impl Iterator<Item = &'t str>) -> &'t str {
        let mut order = std::iter::once(code.to_owned()).chain(languages.map(str::to_owned));
        let found = order.find_map(|code| self.0.get(&code));
        found.or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    /// Returns words in one language.
    pub fn only(code: &LangCode, words: &str) -> Self {
        Self(BTreeMap::from([(code.as_str().to_owned(), words.to_owned())]))
    }
}

impl From<&Localized> for Texts {
    fn from(text: &Localized) -> Self {
        Self(text.iter().map(|(code, text)| (code.as_str().to_owned(), text.value.clone())).collect())
    }
}

/// A word of a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<T>(pub T);

/// A closed list of words.
pub trait Spelled: Copy + 'static {
    /// How each is spelled.
    fn spellings() -> Vec<&'static str>;
    /// How this one is.
    fn spelling(self) -> &'static str;
}

macro_rules! choices_are_spelled {
    ($($word:ty),*) => { $(
        impl Spelled for $word {
            fn spellings() -> Vec<&'static str> {
                <$word as Choices>::CHOICES.iter().map(|choice| choice.value).collect()
            }

            fn spelling(self) -> &'static str {
                self.choice().value
            }
        }
    )* };
}

macro_rules! all_are_spelled {
    ($($word:ty),*) => { $(
        impl Spelled for $word {
            fn spellings() -> Vec<&'static str> {
                <$word>::ALL.map(<$word>::as_str).to_vec()
            }

            fn spelling(self) -> &'static str {
                self.as_str()
            }
        }
    )* };
}

choices_are_spelled!(Access, Certainty, EditionStatus, Kind, PlaceKind, Strength, Tier, WhoKind);
all_are_spelled!(ChangeKind, Verdict);

impl<T: Spelled> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.spelling())
    }
}

impl<T: Spelled> JsonSchema for Word<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Word")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": T::spellings() })
    }
}

/// A calendar day, `2026-03-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Day(pub crate::date::Date);

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Day")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// A link: a full address where the site knows its own, else relative to the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Link(pub String);

impl JsonSchema for Link {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Link")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "uri-reference" })
    }
}
