//! Characters that change how a terminal or a page shows what stands around them, written so that they are seen.
//!
//! Control characters can paint, move and forge lines, marks of direction turn text round: `<U+202E>` stands in their
//! place in whatever is shown to people, and `\u202e` in JSON, where programs read the character itself.

use std::borrow::Cow;

/// Tells whether a character is not shown but changes what is: control characters but for line ends and tabs, marks
/// that turn the direction of writing, separators of lines, and what no text may hold.
pub fn is_unseen(c: char) -> bool {
    match c {
        '\n' | '\t' | '\r' => false,
        '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{fffe}'
        | '\u{ffff}' => true,
        _ => c.is_control(),
    }
}

/// Returns a text in which every such character is written as its number.
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, is_unseen, |c| format!("<U+{:04X}>", u32::from(c)))
}

/// Returns the name of a file as one line in which every character is seen.
pub fn visible_name(name: &str) -> Cow<'_, str> {
    replaced(name, |c| is_unseen(c) || c.is_control(), |c| format!("<U+{:04X}>", u32::from(c)))
}

/// Returns a document in JSON in which every such character is an escape; it says the same to programs.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    replaced(json, is_unseen, |c| format!("\\u{:04x}", u32::from(c)))
}

/// Returns a text for a terminal: colours stay, everything else that is not seen is written as its number.
pub fn visible_but_colours(text: &str) -> Cow<'_, str> {
    if !text.contains('\u{1b}') {
        return visible(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut parts = text.split('\u{1b}');
    shown.push_str(&visible(parts.next().unwrap_or_default()));
    for part in parts {
        shown.push_str(if is_colour(part) { "\u{1b}" } else { "<U+001B>" });
        shown.push_str(&visible(part));
    }
    Cow::Owned(shown)
}

/// Tells whether what follows an escape sets a colour or a weight, and nothing else.
fn is_colour(rest: &str) -> bool {
    let codes = rest.strip_prefix('[').and_then(|rest| rest.split_once('m'));
    codes.is_some_and(|(codes, _)| codes.chars().all(|c| c.is_ascii_digit() || c == ';'))
}

fn replaced(text: &str, wanted: impl Fn(char) -> bool, write: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.contains(&wanted) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match wanted(c) {
            true => shown.push_str(&write(c)),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// A text with every character seen, and where each byte of the text it is made of stands in it.
#[derive(Debug)]
pub struct VisibleText {
    /// The text to show.
    pub text: String,
    /// Behind which byte of the text how many bytes were added.
    added: Vec<(usize, usize)>,
}

impl VisibleText {
    /// Makes a text visible.
    pub fn new(text: String) -> Self {
        let shown = match visible(&text) {
            Cow::Borrowed(_) => return Self { text, added: Vec::new() },
            Cow::Owned(shown) => shown,
        };
        let unseen = text.char_indices().filter(|(_, c)| is_unseen(*c));
        let added = unseen.map(|(at, c)| (at, format!("<U+{:04X}>", u32::from(c)).len() - c.len_utf8()));
        Self { text: shown, added: added.collect() }
    }

    /// Returns where a byte of the text stands in what is shown.
    pub fn place(&self, byte: usize) -> usize {
        byte + self.added.iter().take_while(|(at, _)| *at < byte).map(|(_, more)| more).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_written_as_its_number() {
        assert_eq!(visible("甲\u{202e}乙\u{9b}1m\n\t"), "甲<U+202E>乙<U+009B>1m\n\t");
        assert_eq!(visible_name("a\nb\u{1b}[31m"), "a<U+000A>b<U+001B>[31m");
        assert_eq!(visible_json("{\"a\": \"\u{202e}\"}\n"), "{\"a\": \"\\u202e\"}\n");
        assert!(matches!(visible("甲 a\u{301}\u{200d}"), Cow::Borrowed(_)), "marks of scripts stay");
    }

    #[test]
    fn of_escapes_only_colours_reach_a_terminal() {
        assert_eq!(visible_but_colours("\u{1b}[1;31m甲\u{1b}[0m"), "\u{1b}[1;31m甲\u{1b}[0m");
        assert_eq!(visible_but_colours("\u{1b}]0;甲\u{7}\u{1b}[2J"), "<U+001B>]0;甲<U+0007><U+001B>[2J");
        assert_eq!(visible_but_colours("\u{9b}31m"), "<U+009B>31m");
    }

    #[test]
    fn bytes_are_found_again() {
        let shown = VisibleText::new("甲\u{202e}乙\u{1}丙".to_owned());
        assert_eq!(shown.text, "甲<U+202E>乙<U+0001>丙");
        let at = |c: char| "甲\u{202e}乙\u{1}丙".find(c).expect("it is there");
        assert!(shown.text[shown.place(at('乙'))..].starts_with('乙'));
        assert!(shown.text[shown.place(at('丙'))..].starts_with('丙'));
        assert_eq!((shown.place(0), shown.place(3)), (0, 3));
    }
}
