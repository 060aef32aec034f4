//! From text to tokens. `search.js` does the same, step by step; `tests/search/tokens.json` holds both to it.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::fold::fold;

/// A stretch of text that is cut up in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Han, kana or Hangul: single characters and pairs.
    Grams(Vec<char>),
    /// A word of another script, without plural ending and accents.
    Word(String),
}

/// What is written without spaces: kana, Bopomofo, Hangul, Han.
const GRAMS: &[(u32, u32)] = &[
    (0x1100, 0x11ff),
    (0x3005, 0x3007),
    (0x3040, 0x312f),
    (0x3131, 0x318e),
    (0x31a0, 0x31bf),
    (0x31f0, 0x31ff),
    (0x3400, 0x4dbf),
    (0x4e00, 0x9fff),
    (0xa960, 0xa97c),
    (0xac00, 0xd7fb),
    (0xf900, 0xfaff),
    (0x2_0000, 0x3_ffff),
];

/// What stands between words: spaces, marks, signs, pictures.
const BETWEEN: &[(u32, u32)] = &[
    (0, 0x2f),
    (0x3a, 0x40),
    (0x5b, 0x60),
    (0x7b, 0xa9),
    (0xab, 0xb4),
    (0xb6, 0xb9),
    (0xbb, 0xbf),
    (0xd7, 0xd7),
    (0xf7, 0xf7),
    (0x55a, 0x55f),
    (0x589, 0x58a),
    (0x60c, 0x60d),
    (0x61b, 0x61f),
    (0x66a, 0x66d),
    (0x6d4, 0x6d4),
    (0x964, 0x965),
    (0xf0b, 0xf14),
    (0x1800, 0x180a),
    (0x2000, 0x206f),
    (0x20a0, 0x20cf),
    (0x2100, 0x2bff),
    (0x2e00, 0x2e7f),
    (0x3000, 0x3004),
    (0x3008, 0x303f),
    (0xfe00, 0xfe6f),
    (0xff00, 0xffff),
    (0x1_f000, 0x1_faff),
];

fn within(character: char, ranges: &[(u32, u32)]) -> bool {
    ranges.iter().any(|(from, to)| (*from..=*to).contains(&u32::from(character)))
}

/// Tells whether a character is cut into pairs.
pub(super) fn is_gram(character: char) -> bool {
    within(character, GRAMS)
}

/// Tells whether a character stands between words.
pub(super) fn is_between(character: char) -> bool {
    within(character, BETWEEN)
}

/// Returns a text in the form in which it is compared: compatible characters (NFKC), small letters,
/// simplified characters, no apostrophes.
pub fn normal(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match alone(character) {
            Some(character) if is_apostrophe(character) => {}
            Some(character) => plain.push(character),
            None => return composed(text),
        }
    }
    plain
}

/// Returns the form of a character that stands by itself, whatever stands beside it: most do.
fn alone(character: char) -> Option<char> {
    match character {
        '\u{0}'..='\u{7f}' => Some(character.to_ascii_lowercase()),
        '\u{4e00}'..='\u{9fff}' => Some(fold(character)),
        '\u{3001}' | '\u{3002}' | '\u{2013}' | '\u{2014}' | '\u{2018}' | '\u{2019}' | '\u{201c}'
        | '\u{201d}' => Some(character),
        // Full-width forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).map(|narrow| narrow.to_ascii_lowercase())
        }
        _ => None,
    }
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '`' | '\u{2018}' | '\u{2019}' | 'ʼ')
}

/// Returns the form of a text in which characters belong together.
fn composed(text: &str) -> String {
    // Most texts are in that form already.
    let is_composed = is_nfkc_quick(text.chars()) == IsNormalized::Yes;
    let lower =
        if is_composed { text.to_lowercase() } else { text.nfkc().collect::<String>().to_lowercase() };
    lower.chars().filter(|c| !is_apostrophe(*c)).map(fold).collect()
}

/// Cuts a text in [`normal`] form into runs.
pub fn runs(normal: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut word = String::new();
    let mut grams = Vec::new();
    for character in normal.chars() {
        let gram = is_gram(character);
        if gram || is_between(character) {
            close_word(&mut word, &mut runs);
        } else {
            word.push(character);
        }
        if gram {
            grams.push(character);
        } else if !grams.is_empty() {
            runs.push(Run::Grams(std::mem::take(&mut grams)));
        }
    }
    close_word(&mut word, &mut runs);
    if !grams.is_empty() {
        runs.push(Run::Grams(grams));
    }
    runs
}

fn close_word(word: &mut String, runs: &mut Vec<Run>) {
    if !word.is_empty() {
        if word.is_ascii() {
            runs.push(Run::Word(stem(std::mem::take(word))));
            return;
        }
        let bare: String = word.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
        runs.push(Run::Word(stem(bare)));
        word.clear();
    }
}

/// Takes the endings of an English word off: those of plurals, of verbs, of nouns, and a last `e`.
fn stem(word: String) -> String {
    if word == "children" || word == "childrens" {
        return "child".to_owned();
    }
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word;
    }
    let mut word = without_noun_ending(without_verb_ending(singular(word)));
    if word.len() > 4 && word.ends_with('e') {
        word.pop();
    }
    if word.len() > 5 && word.ends_with("at") {
        word.truncate(word.len() - 2);
    }
    word
}

/// Takes `-ing` and `-ed` off; a training is no train.
fn without_verb_ending(word: String) -> String {
    let verb = word
        .strip_suffix("ing")
        .or_else(|| word.strip_suffix("ed"))
        .filter(|_| !word.ends_with("eed") && word != "training");
    let vowel = |b: u8| b"aeiou".contains(&b);
    let Some(verb) = verb.filter(|verb| verb.len() > 2 && verb.bytes().any(|b| vowel(b) || b == b'y')) else {
        return word;
    };
    match *verb.as_bytes() {
        [.., b'i'] => format!("{}y", &verb[..verb.len() - 1]),
        [.., one, last] if one == last && b"bdfgmnprt".contains(&one) => verb[..verb.len() - 1].to_owned(),
        // `car` of `caring`: the word had an `e`.
        [first, middle, last]
            if !vowel(first) && vowel(middle) && !vowel(last) && !b"wxy".contains(&last) =>
        {
            format!("{verb}e")
        }
        _ => verb.to_owned(),
    }
}

/// Takes `-ability`, `-ation`, `-ion`, `-ness` and `-ment` off.
fn without_noun_ending(word: String) -> String {
    let to = |ending: &str, left: &str| Some(format!("{}{left}", word.strip_suffix(ending)?));
    let noun = to("ability", "abl").or_else(|| to("ation", "at"));
    let noun = noun.or_else(|| to("sion", "s")).or_else(|| to("tion", "t"));
    let noun = noun.or_else(|| to("ness", "")).or_else(|| to("ment", ""));
    noun.filter(|noun| noun.len() > 2).unwrap_or(word)
}

/// Takes the plural ending off.
fn singular(mut word: String) -> String {
    let ends = |ending: &str| word.ends_with(ending);
    let (cut, add) = if word.len() > 4 && ends("ies") {
        (3, "y")
    } else if ["sses", "xes", "ches", "shes", "zes"].into_iter().any(ends) {
        (2, "")
    } else if ends("s") && !ends("ss") && !ends("us") && !ends("is") {
        (1, "")
    } else {
        (0, "")
    };
    word.truncate(word.len() - cut);
    word.push_str(add);
    word
}

impl Run {
    /// Returns the tokens of this run, in order: each character and each pair, or the word.
    pub fn tokens(&self) -> Vec<String> {
        match self {
            Self::Word(word) => vec![word.clone()],
            Self::Grams(characters) => (0..characters.len())
                .flat_map(|at| [at + 1, at + 2].map(|end| characters.get(at..end)))
                .flatten()
                .map(|gram| gram.iter().collect())
                .collect(),
        }
    }
}

/// Returns the tokens of a text, in order.
pub fn tokens(text: &str) -> Vec<String> {
    runs(&normal(text)).iter().flat_map(Run::tokens).collect()
}

#[cfg(test)]
mod tests {
    use super::{alone, composed, is_apostrophe};

    #[test]
    fn characters_that_stand_by_themselves_are_as_in_a_text() {
        for character in ('\u{0}'..='\u{ffff}').filter(|c| alone(*c).is_some()) {
            let own: String = alone(character).into_iter().filter(|c| !is_apostrophe(*c)).collect();
            assert_eq!(own, composed(&character.to_string()), "{character:?}");
        }
    }
}
