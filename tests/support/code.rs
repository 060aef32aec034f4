//! The source files of the crate, without what is no code: comments, texts, tests.
#![allow(dead_code, reason = "not every test looks at everything")]

use std::path::Path;

/// One file of `src/`.
pub struct Source {
    /// Path from the root of the repository, with `/`.
    pub path: String,
    /// Its code, line for line; comments, texts and tests are blank.
    pub code: String,
    /// Its text literals outside tests, each with its line.
    pub texts: Vec<(usize, String)>,
    /// How many lines it has.
    pub lines: usize,
}

/// Returns every Rust file of `src/` that is not only for tests or an example, by path.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = super::files::tree(&root).into_iter().filter(|(name, _)| name.ends_with(".rs"));
    let files: Vec<(String, String)> = files
        .map(|(name, bytes)| (name, String::from_utf8(bytes).expect("source files are UTF-8")))
        .collect();
    let tests: Vec<String> = files.iter().flat_map(|(name, text)| test_modules(name, text)).collect();
    let for_tests = |name: &str| {
        tests.iter().any(|path| {
            name.strip_prefix(path.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        })
    };
    let apart = |name: &str| name.contains("/examples/") || name.contains("/tests/");
    let files = files.iter().filter(|(name, _)| !for_tests(name) && !apart(name));
    files.map(|(name, text)| source(name, text)).collect()
}

/// Returns the paths, without ending, of the modules that a file declares for tests only.
fn test_modules(name: &str, text: &str) -> Vec<String> {
    let stem = name.trim_end_matches(".rs");
    let folder = match stem.rsplit_once('/') {
        Some((folder, "mod")) => format!("{folder}/"),
        _ if matches!(stem, "lib" | "main") => String::new(),
        _ => format!("{stem}/"),
    };
    let declared = text.split("#[cfg(test)]").skip(1).filter_map(|after| {
        let (name, _) = after.trim_start().strip_prefix("mod ")?.split_once(';')?;
        Some(format!("{folder}{name}"))
    });
    declared.filter(|path| !path.contains('{')).collect()
}

/// Returns one file from its text.
pub fn source(name: &str, text: &str) -> Source {
    let (mut code, texts) = strip(text);
    let blank = blank_tests(&mut code);
    let texts = texts.into_iter().filter(|(at, _)| !blank.iter().any(|range| range.contains(at)));
    let texts = texts.map(|(at, literal)| (line_of(text, at), literal)).collect();
    let code = String::from_utf8(code).expect("whole characters were blanked");
    Source { path: format!("src/{name}"), code, texts, lines: text.lines().count() }
}

/// Returns the line, from 1, of the byte at `at`.
pub fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Blanks comments and literals; returns the rest and the text literals with where they start.
fn strip(text: &str) -> (Vec<u8>, Vec<(usize, String)>) {
    let mut code = text.as_bytes().to_vec();
    let mut texts = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let (length, literal) = skip(rest, text[..at].chars().next_back());
        if let Some(literal) = literal {
            texts.push((at, literal));
        }
        if length == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        code[at..at + length].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        at += length;
    }
    (code, texts)
}

/// Returns the length of the comment or literal that `rest` starts with, 0 if none, and the literal's text.
fn skip(rest: &str, before: Option<char>) -> (usize, Option<String>) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), None);
    }
    if rest.starts_with("/*") {
        return (rest.find("*/").map_or(rest.len(), |end| end + 2), None);
    }
    if let Some(inner) = rest.strip_prefix('"') {
        let length = text_length(inner);
        return (length + 2, Some(inner[..length].to_owned()));
    }
    let starts_word = before.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    if starts_word && (rest.starts_with("r\"") || rest.starts_with("r#")) {
        let fence = rest[1..].chars().take_while(|c| *c == '#').count();
        let open = 2 + fence;
        if rest[1 + fence..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(fence));
            let length = rest[open..].find(&close).unwrap_or(rest.len() - open);
            return (open + length + close.len(), Some(rest[open..open + length].to_owned()));
        }
    }
    (character_length(rest), None)
}

/// Returns how long a text is up to its closing quotation mark.
fn text_length(inner: &str) -> usize {
    let mut escaped = false;
    let end = inner.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    });
    end.unwrap_or(inner.len())
}

/// Returns how long the character literal is that `rest` starts with; 0 if it is a lifetime or no quote.
fn character_length(rest: &str) -> usize {
    let mut characters = rest.char_indices();
    match (characters.next(), characters.next(), characters.next()) {
        (Some((_, '\'')), Some((_, '\\')), Some((at, escaped))) => {
            let from = at + escaped.len_utf8();
            rest[from..].find('\'').map_or(0, |end| from + end + 1)
        }
        (Some((_, '\'')), Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

/// Blanks every item behind `#[cfg(test)]`; returns where they were.
fn blank_tests(code: &mut [u8]) -> Vec<std::ops::Range<usize>> {
    const MARK: &[u8] = b"#[cfg(test)]";
    let mut blank = Vec::new();
    let mut from = 0;
    while let Some(found) = code[from..].windows(MARK.len()).position(|window| window == MARK) {
        let start = from + found;
        let end = item_end(code, start + MARK.len());
        code[start..end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        blank.push(start..end);
        from = end;
    }
    blank
}

/// Returns where the item that starts at `from` ends: at its `;`, or at the brace that closes it.
fn item_end(code: &[u8], from: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in code.iter().enumerate().skip(from) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return at + 1,
            b'}' => depth -= 1,
            b';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// Returns the first names below `root` that `code` uses, each with its line: `date` and `lang` of
/// `use crate::{date::Date, lang}`.
pub fn uses<'c>(code: &'c str, root: &str) -> Vec<(usize, &'c str)> {
    let path = format!("{root}::");
    let mut used = Vec::new();
    for (at, _) in code.match_indices(&path) {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let after = &code[at + path.len()..];
        let line = line_of(code, at);
        match after.strip_prefix('{') {
            None => used.push((line, word(after))),
            Some(group) => used.extend(group_words(group).into_iter().map(|word| (line, word))),
        }
    }
    used
}

/// Returns the first word of each member of a group whose opening brace was taken off.
fn group_words(group: &str) -> Vec<&str> {
    let mut words = vec![word(group.trim_start())];
    let mut depth = 0_usize;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => words.push(word(group[at + 1..].trim_start())),
            _ => {}
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}
