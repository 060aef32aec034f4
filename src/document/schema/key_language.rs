//! How people write keys and words: in Chinese or in English, in full width or half.

use unicode_normalization::UnicodeNormalization;

use super::{Choice, Field};
use crate::syntax::{Node, Value};

/// In which language a file writes its keys. Messages speak the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLanguage {
    /// The keys of the tables.
    English,
    /// Their Chinese aliases.
    Chinese,
}

impl KeyLanguage {
    /// Returns the language of most keys of a tree; codes of languages count for neither.
    pub fn of(node: &Node) -> Self {
        let (chinese, english) = count(node);
        if chinese > english { Self::Chinese } else { Self::English }
    }

    /// Returns the language of most keys of a text, judged line by line, whether or not it can be read.
    pub fn of_text(text: &str) -> Self {
        let (mut chinese, mut english) = (0_usize, 0_usize);
        for line in text.lines() {
            let line = line.trim_start_matches([' ', '-', '"', '\'']);
            let Some((key, _)) = line.split_once([':', '：']) else { continue };
            if key.is_empty() || key.contains([' ', '#', '，', '。']) || language_code(key).is_some() {
                continue;
            }
            *(if key.is_ascii() { &mut english } else { &mut chinese }) += 1;
        }
        if chinese > english { Self::Chinese } else { Self::English }
    }

    /// Returns the key of a field in this language.
    pub fn key(self, field: &Field) -> &'static str {
        match self {
            Self::English => field.key,
            Self::Chinese => field.zh,
        }
    }

    /// Returns an allowed value in this language.
    pub fn choice(self, choice: &Choice) -> &'static str {
        match self {
            Self::English => choice.value,
            Self::Chinese => choice.zh,
        }
    }
}

/// Returns how many keys are Chinese and how many English.
fn count(node: &Node) -> (usize, usize) {
    let add = |a: (usize, usize), b: (usize, usize)| (a.0 + b.0, a.1 + b.1);
    let own = |key: &str| match language_code(key) {
        Some(_) => (0, 0),
        None if key.is_ascii() => (0, 1),
        None => (1, 0),
    };
    match &node.value {
        Value::List(items) => items.iter().map(count).fold((0, 0), add),
        Value::Map(entries) => {
            entries.iter().map(|entry| add(own(&entry.key.value), count(&entry.value))).fold((0, 0), add)
        }
        Value::Empty | Value::Text(_) => (0, 0),
    }
}

/// Codes of languages and their Chinese names, as keys of texts have them; the first name is written.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("zh", &["中文", "汉语"]),
    ("en", &["英文", "英语"]),
    ("ko", &["朝鲜文", "朝鲜语", "韩文", "韩语"]),
    ("ja", &["日文", "日语"]),
    ("bo", &["藏文", "藏语"]),
    ("ug", &["维吾尔文", "维吾尔语"]),
    ("mn", &["蒙古文", "蒙古语"]),
    ("kk", &["哈萨克文", "哈萨克语"]),
];

/// Returns the code of a language by its code or Chinese name, if it is one of the usual ones.
pub fn language_code(name: &str) -> Option<&'static str> {
    let is_it = |(code, names): &&(&str, &[&str])| *code == name || names.contains(&name);
    LANGUAGES.iter().find(is_it).map(|(code, _)| *code)
}

/// Returns the Chinese name of a language, if it is one of the usual ones.
pub fn language_name(code: &str) -> Option<&'static str> {
    LANGUAGES.iter().find(|(known, _)| *known == code).map(|(_, names)| names[0])
}

/// Returns a name in the form in which names are compared: compatible characters as one, small letters, no
/// white space.
pub fn fold(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::span::FileId;
    use crate::syntax::yaml;

    #[test]
    fn most_keys_decide_in_which_language_a_file_is_written() {
        let of = |text: &str| {
            KeyLanguage::of(&yaml::parse(FileId(0), text, &mut Findings::new()).expect("this is YAML"))
        };
        assert_eq!(of("标题: {zh: 甲, en: A}\nstatus: draft\n状态: 草稿\n"), KeyLanguage::Chinese);
        assert_eq!(of("title: {中文: 甲, 英文: A}\n"), KeyLanguage::English);
        assert_eq!(of("[]"), KeyLanguage::English);
        assert_eq!(KeyLanguage::of_text("标题：甲\n  - 编号: x\n  en: A\n"), KeyLanguage::Chinese);
        assert_eq!(KeyLanguage::of_text("title: 甲\n  - id: \"乙：丙\"\n"), KeyLanguage::English);
    }

    #[test]
    fn names_of_different_width_are_one() {
        assert_eq!(fold("卫健委（疾控局） "), fold("卫健委(疾控局)"));
        assert_eq!(language_code("英文"), Some("en"));
        assert_eq!(language_name("zh"), Some("中文"));
    }
}
