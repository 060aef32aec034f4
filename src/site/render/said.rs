//! Texts of the content in a page, marked where they are not in its language: the filter `said` of templates.
//!
//! A text that names another language stands in an element of that language; in a page that is written in neither Chinese nor
//! Japanese, so do words in Chinese characters. The element is the theme's (`foreign.html`).

use tera::{State, Tera, Value};

use super::runs::{has_han, runs};

/// The template of what stands around words in another language.
pub(super) const FOREIGN: &str = "foreign.html";
/// The language of words in Chinese characters.
const HAN: &str = "zh-CN";
/// Stand for the language and its direction until they are known.
const LANG: &str = "\u{f0100}";
const DIR: &str = "\u{f0101}";

/// What stands before and behind words in another language.
#[derive(Clone, Debug, Default)]
pub(super) struct Foreign {
    /// Where the direction is said, too.
    directed: (String, String),
    /// Where it is not.
    plain: (String, String),
}

impl Foreign {
    /// Takes the element from its template; nothing stands around the words if that fails, which is reported with all
    /// templates.
    pub(super) fn new(template: &str) -> Self {
        let halves = |dir: Option<&str>| {
            let mut context = tera::Context::new();
            context.insert("lang", LANG);
            context.insert("dir", &dir);
            let made = Tera::new().render_str(template, &context, true).unwrap_or_default();
            let (before, behind) = made.split_once('|').unwrap_or_default();
            (before.trim().to_owned(), behind.trim().to_owned())
        };
        Self { directed: halves(Some(DIR)), plain: halves(None) }
    }

    /// Puts words, which are HTML already, into the element of a language.
    fn put(&self, html: &str, lang: &str, dir: Option<&str>, into: &mut String) {
        let (before, behind) = if dir.is_some() { &self.directed } else { &self.plain };
        into.push_str(&before.replace(LANG, lang).replace(DIR, dir.unwrap_or_default()));
        into.push_str(html);
        into.push_str(behind);
    }

    /// Writes a text of the content, or a string, into a page.
    ///
    /// # Errors
    /// It is no text.
    pub(super) fn said(&self, text: &Value, state: &State) -> tera::TeraResult<Value> {
        if text.as_str().is_some() {
            return Ok(Value::safe_string(&state.escape_if_needed(text)?));
        }
        let field = |name: &'static str| text.as_map()?.get(&name.into());
        let part = |name: &'static str| field(name).and_then(Value::as_str);
        let words =
            part("text").ok_or_else(|| tera::Error::message("`said` is for a text of the content"))?;
        let mut html = String::with_capacity(words.len() + 64);
        match part("lang") {
            Some(lang) => self.put(&escaped(words, state)?, &escaped(lang, state)?, part("dir"), &mut html),
            None if !has_han(words) || is_written_in_han(state)? => html = escaped(words, state)?,
            None => {
                for run in runs(words) {
                    let words = escaped(&run.text, state)?;
                    if run.han { self.put(&words, HAN, None, &mut html) } else { html.push_str(&words) }
                }
            }
        }
        Ok(Value::safe_string(&html))
    }
}

fn escaped(text: &str, state: &State) -> tera::TeraResult<String> {
    if state.autoescaping_enabled() { state.escape(text) } else { Ok(text.to_owned()) }
}

/// Tells whether the page is in Chinese or Japanese.
fn is_written_in_han(state: &State) -> tera::TeraResult<bool> {
    let lang: Value = state.get("lang")?.ok_or_else(|| tera::Error::message("`said` needs `lang`"))?;
    let tag = lang.as_map().and_then(|lang| lang.get(&"tag".into())?.as_str()).unwrap_or_default();
    Ok(tag.starts_with("zh") || tag.starts_with("ja"))
}
