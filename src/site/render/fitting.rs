//! Writes the functions that count into a template, and knows where everything stood before.
//!
//! | in the template | as the engine reads it |
//! |---|---|
//! | `{% for a in b %}`, `[a for a in b]` | `b` becomes `qingdan_counted(of=b)` |
//! | `{% set a = b %}`, `{% set_global a = b %}` | `b` becomes `qingdan_kept(of=b)` |
//! | `{% set a %}…{% endset %}` | `{% set a = qingdan_kept(of=a) %}` behind it |
//! | `{% component a() %}` | `{% set qingdan = qingdan_counted(of="") %}` behind it |
//!
//! No line is added, and a tag that trims the white space around it has one beside it that does so, too.

/// The function around what is looped over.
pub(super) const COUNTED: &str = "qingdan_counted";
/// The function around what is kept.
pub(super) const KEPT: &str = "qingdan_kept";

/// A template as the engine reads it.
#[derive(Clone, Debug)]
pub(super) struct Fitted {
    /// With the functions that count.
    pub text: String,
    /// Where something was put in, by its place in the file, and how many bytes; in order.
    added: Vec<(usize, usize)>,
}

impl Fitted {
    /// Fits a template.
    pub fn new(text: &str) -> Self {
        let mut tags = Tags { text, at: 0, added: Vec::new(), sets: Vec::new() };
        while tags.next() {}
        let (mut fitted, mut from, mut added) = (String::with_capacity(text.len() * 2), 0, Vec::new());
        // What was noted on the way is not in order where brackets hold each other.
        tags.added.sort_by_key(|(at, order, _)| (*at, *order));
        for (at, _, words) in &tags.added {
            fitted.push_str(&text[from..*at]);
            fitted.push_str(words);
            from = *at;
            added.push((*at, words.len()));
        }
        fitted.push_str(&text[from..]);
        Self { text: fitted, added }
    }

    /// Returns where a place of the fitted template stands in the file.
    pub fn in_file(&self, at: usize) -> usize {
        let mut before = 0;
        for (place, length) in &self.added {
            if at < place + before {
                break;
            }
            if at < place + before + length {
                return *place;
            }
            before += length;
        }
        at - before
    }
}

/// What is put in: the place, the order among those of one place, the words.
type Addition = (usize, u8, String);

/// The order of what ends before what begins.
const ENDS: u8 = 0;
const BEGINS: u8 = 1;

/// A walk through the tags of a template.
struct Tags<'t> {
    text: &'t str,
    at: usize,
    added: Vec<Addition>,
    /// What is set to what stands up to an `endset`: its keyword and name.
    sets: Vec<(&'t str, &'t str)>,
}

/// A piece of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token<'t> {
    start: usize,
    end: usize,
    /// The word, or the sign; nothing for texts in quotation marks.
    words: &'t str,
}

impl<'t> Tags<'t> {
    /// Goes on behind the next tag. Tells whether there was one.
    fn next(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let marks = rest.as_bytes().windows(2);
        let Some(found) = marks.into_iter().position(|two| matches!(two, b"{{" | b"{%" | b"{#")) else {
            return false;
        };
        let (start, inside) = (self.at + found, self.at + found + 2);
        match self.text.as_bytes()[start + 1] {
            b'#' => return self.skip_to(inside, "#}"),
            b'%' if self.is_raw(inside) => return self.skip_raw(inside),
            _ => {}
        }
        let is_tag = self.text.as_bytes()[start + 1] == b'%';
        let (tokens, end) = self.tokens(inside, if is_tag { "%}" } else { "}}" });
        self.at = end;
        let words = tokens.first().map_or("", |token| token.words);
        self.comprehensions(&tokens);
        match words {
            _ if !is_tag => {}
            "for" => self.wrap_after(&tokens, "in", COUNTED),
            "set" | "set_global" => self.set(&tokens),
            "endset" => {
                if let Some((keyword, name)) = self.sets.pop() {
                    self.put_behind(&format!("{keyword} {name} = {KEPT}(of={name})"));
                }
            }
            "component" => self.put_behind(&format!("set qingdan = {COUNTED}(of=\"\")")),
            _ => {}
        }
        true
    }

    fn skip_to(&mut self, from: usize, end: &str) -> bool {
        match self.text[from..].find(end) {
            Some(found) => self.at = from + found + end.len(),
            None => self.at = self.text.len(),
        }
        true
    }

    fn is_raw(&self, inside: usize) -> bool {
        let tag = self.text[inside..].trim_start_matches('-').trim_start();
        tag.strip_prefix("raw")
            .is_some_and(|rest| rest.trim_start().trim_start_matches('-').starts_with("%}"))
    }

    fn skip_raw(&mut self, inside: usize) -> bool {
        match self.text[inside..].find("endraw") {
            Some(found) => self.skip_to(inside + found, "%}"),
            None => self.skip_to(self.text.len(), ""),
        }
    }

    /// Returns the pieces of a tag, and where it ends.
    fn tokens(&self, from: usize, end: &str) -> (Vec<Token<'t>>, usize) {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let (mut tokens, mut at) = (Vec::new(), from);
        while at < bytes.len() {
            if text[at..].starts_with(end) {
                return (tokens, at + end.len());
            }
            let c = text[at..].chars().next().unwrap_or_default();
            let (length, words) = match c {
                '"' | '\'' | '`' => (quoted(&bytes[at..]), ""),
                c if c.is_alphanumeric() || c == '_' => {
                    let word = |c: char| c.is_alphanumeric() || c == '_';
                    let length = text[at..].find(|c| !word(c)).unwrap_or(text.len() - at);
                    (length, &text[at..at + length])
                }
                c => (c.len_utf8(), &text[at..at + c.len_utf8()]),
            };
            // The sign of a tag that trims belongs to the tag.
            let trims = c == '-' && (at == from || text[at + 1..].starts_with(end));
            if !c.is_whitespace() && !trims {
                tokens.push(Token { start: at, end: at + length, words });
            }
            at += length;
        }
        (tokens, bytes.len())
    }

    /// Puts a function around what follows the first `word`, up to the end of the tag.
    fn wrap_after(&mut self, tokens: &[Token<'t>], word: &str, function: &str) {
        let Some(at) = tokens.iter().position(|token| token.words == word) else { return };
        self.wrap(&tokens[at + 1..], function);
    }

    fn wrap(&mut self, tokens: &[Token<'t>], function: &str) {
        if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
            self.added.push((first.start, BEGINS, format!("{function}(of=")));
            self.added.push((last.end, ENDS, ")".to_owned()));
        }
    }

    fn set(&mut self, tokens: &[Token<'t>]) {
        match tokens {
            [_, _, sign, value @ ..] if sign.words == "=" => self.wrap(value, KEPT),
            [keyword, name, ..] => self.sets.push((keyword.words, name.words)),
            _ => {}
        }
    }

    /// Puts functions around what is looped over inside brackets: `[a for a in b if c]`.
    fn comprehensions(&mut self, tokens: &[Token<'t>]) {
        let mut open: Vec<&str> = Vec::new();
        // What is looped over, by how deep its brackets are and where it begins.
        let mut over: Vec<(usize, usize)> = Vec::new();
        let mut loops: Vec<usize> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let depth = open.len();
            let ends = matches!(token.words, "]" | ")" | "}" | "if");
            if let Some((_, from)) = over.pop_if(|(deep, _)| ends && *deep == depth) {
                self.wrap(&tokens[from..at], COUNTED);
            }
            match token.words {
                "[" | "(" | "{" => open.push(token.words),
                "]" | ")" | "}" => {
                    open.pop();
                    loops.retain(|deep| *deep < depth);
                }
                "for" if open.last() == Some(&"[") => loops.push(depth),
                "in" if loops.last() == Some(&depth) => {
                    loops.pop();
                    over.push((depth, at + 1));
                }
                _ => {}
            }
        }
    }

    /// Puts a tag behind the one that was just read.
    fn put_behind(&mut self, words: &str) {
        let trims = self.text[..self.at].ends_with("-%}");
        let tag = if trims { format!("{{%- {words} -%}}") } else { format!("{{% {words} %}}") };
        self.added.push((self.at, BEGINS, tag));
    }
}

/// Returns the length of a text in quotation marks.
fn quoted(bytes: &[u8]) -> usize {
    let mut escaped = false;
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            byte if *byte == bytes[0] => return at + 1,
            _ => {}
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_or_is_kept_is_counted_and_nothing_else() {
        for (text, fitted) in [
            ("<p>{{ a.b }}</p>{# {% for a in b %} #}", "<p>{{ a.b }}</p>{# {% for a in b %} #}"),
            ("{%- for a in b.c -%}x", "{%- for a in qingdan_counted(of=b.c) -%}x"),
            (
                "{% for k, v in b | sort(by=\"%}\") %}",
                "{% for k, v in qingdan_counted(of=b | sort(by=\"%}\")) %}",
            ),
            ("{% set a = b if c else d %}", "{% set a = qingdan_kept(of=b if c else d) %}"),
            ("{% set_global a = 1 -%}", "{% set_global a = qingdan_kept(of=1) -%}"),
            ("{% set a = -1 %}", "{% set a = qingdan_kept(of=-1) %}"),
            ("{% set a %}x{% endset -%} y", "{% set a %}x{% endset -%}{%- set a = qingdan_kept(of=a) -%} y"),
            (
                "{% component a(b) %}{% endcomponent a %}",
                "{% component a(b) %}{% set qingdan = qingdan_counted(of=\"\") %}{% endcomponent a %}",
            ),
            (
                "{{ [a for a in b if a.c in d] | length }}",
                "{{ [a for a in qingdan_counted(of=b) if a.c in d] | length }}",
            ),
            (
                "{{ [[a for a in c] for b in d.e] }}",
                "{{ [[a for a in qingdan_counted(of=c)] for b in qingdan_counted(of=d.e)] }}",
            ),
            ("{% if a in b %}{{ \"for a in b\" }}", "{% if a in b %}{{ \"for a in b\" }}"),
            ("{% raw %}{% for a in b %}{% endraw %}", "{% raw %}{% for a in b %}{% endraw %}"),
            ("{% for a in", "{% for a in"),
        ] {
            assert_eq!(Fitted::new(text).text, fitted);
        }
    }

    #[test]
    fn places_are_those_of_the_file() {
        let text = "甲{% for a in b %}{% set c = [d for d in e] %}";
        let fitted = Fitted::new(text);
        for name in ["甲", "for", "a in", "b)", "c =", "[d", "e)"] {
            let there = fitted.text.find(name).expect("it is there");
            let here = text.find(name.trim_end_matches(')')).expect("it is there");
            let first = name.trim_end_matches(')');
            assert!(text[fitted.in_file(there)..].starts_with(first), "{name}: {there} {here}");
        }
        assert_eq!(fitted.in_file(fitted.text.len()), text.len());
    }
}
