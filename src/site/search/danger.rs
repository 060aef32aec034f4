//! What the search knows of danger: words that lead to the danger page before any service.
//!
//! They are a script of their own, one a language, that is the same for all places. `danger.js` of the theme takes them: those
//! of the page's language when somebody goes to the field, the others when a question is written in them.

use serde::Serialize;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::ShardFile;
use crate::catalogue::{Danger, Words};
use crate::lang::Language;
use crate::route::Route;
use crate::{Address, SiteMap};

/// The function of `danger.js` that takes the words.
const CALL: &str = "qingdanDanger";

/// What leads a question to the danger page: its address from the root, what only looks like danger, and the
/// situations, each with name, id, first number and words.
#[derive(Serialize)]
struct DangerWords<'a>(String, String, Vec<(&'a str, &'a str, &'a str, String)>);

/// Returns the words of danger in a language, as a file; none where the vocabulary says nothing of danger.
pub(super) fn danger_words(map: &SiteMap<'_>, lang: &Language) -> Option<ShardFile> {
    let dangers = &map.facts.catalogue().vocabulary.dangers;
    let one = |danger: &'_ Danger| {
        let number = danger.call.first().map(|number| number.value.clone()).unwrap_or_default();
        (danger.name.for_reader(&lang.code).1.to_owned(), number, lines(&danger.words, lang))
    };
    let told: Vec<_> = dangers.all.iter().map(|danger| (danger, one(danger))).collect();
    let all = told.iter().map(|(danger, (name, number, words))| {
        (name.as_str(), danger.id.value.as_str(), number.as_str(), words.clone())
    });
    let page = Address::danger().route(lang);
    let data = DangerWords(page.to_string(), lines(&dangers.except, lang), all.collect());
    let json = serde_json::to_string(&data).expect("the words are plain data");
    let bytes = format!("{CALL}({json});\n").into_bytes();
    let mark: String = Sha256::digest(&bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let route = Route::new(format!("{}/danger.{mark}.js", lang.code.as_str()));
    (!dangers.all.is_empty()).then_some(ShardFile { route, bytes })
}

/// Returns lines of words as they are shipped: `/` between lines, a space between words that follow each other closely,
/// `+` between those that follow at once, `|` between those of which one will do, and else only letters and digits.
fn lines(words: &Words, lang: &Language) -> String {
    let all = words.get(lang.code.as_str()).into_iter().flatten().map(|line| line_of(&line.value));
    all.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("/")
}

fn line_of(line: &str) -> String {
    let join = |parts: Vec<String>, mark: &str| {
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(mark)
    };
    let clean = |word: &str| {
        word.nfkc().collect::<String>().to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let choice = |words: &str| join(words.split('|').map(clean).collect(), "|");
    let piece = |choices: &str| join(choices.split('+').map(choice).collect(), "+");
    join(line.split_whitespace().map(piece).collect(), " ")
}

#[cfg(test)]
mod tests {
    use super::line_of;

    #[test]
    fn a_line_holds_words_and_what_joins_them() {
        assert_eq!(line_of(" 打|揍  孩子|我 "), "打|揍 孩子|我");
        assert_eq!(line_of("不+给|让 吃"), "不+给|让 吃");
        assert_eq!(line_of("Don’t want|(wanna) live.*"), "dont want|wanna live");
        assert_eq!(line_of("| + /"), "");
    }
}
