//! Ids for what is new: from its English title, else from the sounds of its Chinese one.

use pinyin::ToPinyin;

/// How many words an id has at most.
const MOST_WORDS: usize = 5;
/// English words that say nothing in an id.
const SMALL: &[&str] = &["a", "an", "and", "at", "for", "in", "of", "on", "or", "the", "to", "with"];

/// Returns an id that none of `taken` is.
pub fn new_id(english: Option<&str>, chinese: Option<&str>, fallback: &str, taken: &[&str]) -> String {
    let words = english.map(english_words).filter(|words| !words.is_empty());
    let words = words.or_else(|| chinese.map(sounds)).filter(|words| !words.is_empty());
    let words = words.unwrap_or_else(|| vec![fallback.to_owned()]);
    let mut id = words.into_iter().take(MOST_WORDS).collect::<Vec<_>>().join("-");
    if !id.starts_with(|c: char| c.is_ascii_lowercase()) {
        id.insert_str(0, &format!("{fallback}-"));
    }
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let mut names = std::iter::once(id.clone()).chain(numbered);
    names.find(|name| !taken.contains(&name.as_str())).expect("there are more numbers than names")
}

fn english_words(title: &str) -> Vec<String> {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_ascii_lowercase);
    words.filter(|word| !word.is_empty() && !SMALL.contains(&word.as_str())).collect()
}

fn sounds(title: &str) -> Vec<String> {
    title.to_pinyin().flatten().map(|sound| sound.plain().replace('ü', "v")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_from_english_else_from_the_sounds_and_are_new() {
        assert_eq!(
            new_id(Some("Help with the school fees"), Some("助学"), "service", &[]),
            "help-school-fees"
        );
        assert_eq!(new_id(None, Some("暑期托管服务（试点）"), "service", &[]), "shu-qi-tuo-guan-fu");
        assert_eq!(new_id(Some(""), Some("绿"), "service", &["lv"]), "lv-2");
        assert_eq!(new_id(Some("3 meals"), None, "service", &[]), "service-3-meals");
        assert_eq!(new_id(None, Some("！"), "service", &["service"]), "service-2");
    }
}
