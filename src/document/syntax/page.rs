//! The lines of a file as people see them: what is a field, what is the text of one, what is a comment.
//!
//! It reads files that no parser would take, so it forgives whatever the slips in [`super::recovery`] repair.

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing, or blanks.
    Blank,
    /// A comment and nothing else.
    Comment,
    /// The text of a block (`|`, `>`), or more of a text, bracket or quotation from the lines above.
    Inside,
    /// A field, an item, or something that ought to be one.
    Field,
}

/// One line; all places are bytes of the whole text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub start: usize,
    /// The end without the line break.
    pub end: usize,
    pub kind: Kind,
    /// Where its first character stands that is no blank.
    pub first: usize,
    /// The dashes of list items it starts with.
    pub dashes: Vec<usize>,
    /// The name of its field.
    pub key: Option<Range<usize>>,
    /// What stands where the colon belongs, without blanks around it; empty where it is missing.
    pub colon: Range<usize>,
    /// The value, without blanks around it and without a comment.
    pub value: Range<usize>,
}

impl Line {
    /// Returns how far in it starts, in bytes.
    pub fn indent(&self) -> usize {
        self.first - self.start
    }

    /// Returns how far in its name or value stands, after the dashes.
    pub fn column(&self) -> usize {
        self.key.as_ref().map_or(self.value.start, |key| key.start) - self.start
    }
}

/// The text and its lines.
pub(super) struct Page<'a> {
    pub text: &'a str,
    pub words: &'a BTreeSet<&'static str>,
    pub lines: Vec<Line>,
}

/// Tells whether a character is seen as a blank, or not seen at all.
pub(super) fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{a0}' | '\u{3000}' | '\u{2000}'
            ..='\u{200d}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{feff}'
    )
}

/// Marks that are written where the colon after a name belongs.
pub(super) const ODD_COLONS: &[char] = &['：', '︰', '﹕', '∶', ';', '；', '=', '＝', '。'];

/// The most lines that a bracket or a quotation may take.
const LONGEST_STRETCH: usize = 60;

impl<'a> Page<'a> {
    pub fn new(text: &'a str, words: &'a BTreeSet<&'static str>) -> Self {
        let mut page = Self { text, words, lines: Vec::new() };
        let mut start = 0;
        for written in text.split_inclusive('\n') {
            let line = page.split(start, start + written.trim_end_matches(['\n', '\r']).len());
            page.lines.push(line);
            start += written.len();
        }
        page.mark_inside();
        page
    }

    /// Returns the lines that are fields, with their numbers from 0.
    pub fn fields(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.lines.iter().enumerate().filter(|(_, line)| line.kind == Kind::Field)
    }

    pub fn at(&self, range: &Range<usize>) -> &'a str {
        &self.text[range.clone()]
    }

    /// Returns the name of a line's field, as schemas write it.
    pub fn name(&self, line: &Line) -> Option<String> {
        line.key.as_ref().map(|key| self.folded(self.at(key)))
    }

    /// Tells whether a word is a name of the schema, full-width or in capitals as it may be.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains(word) || self.words.contains(self.folded(word).as_str())
    }

    fn folded(&self, word: &str) -> String {
        let bare = word.trim_matches(['"', '\'']);
        if self.words.contains(bare) {
            return bare.to_owned();
        }
        let folded = bare.nfkc().collect::<String>();
        let small = folded.to_lowercase();
        if self.words.contains(small.as_str()) { small } else { bare.to_owned() }
    }

    /// Returns the last byte of the value that starts in line `number`, with the lines it goes on in.
    pub fn value_end(&self, number: usize) -> usize {
        let more = self.lines[number + 1..].iter().take_while(|line| line.kind != Kind::Field);
        more.filter(|line| line.kind == Kind::Inside)
            .map(|line| line.end)
            .last()
            .unwrap_or(self.lines[number].value.end)
    }

    fn split(&self, start: usize, end: usize) -> Line {
        let text = &self.text[start..end];
        let first = start + text.len() - text.trim_start_matches(is_blank).len();
        let rest = &self.text[first..end];
        let kind = match rest.chars().next() {
            None => Kind::Blank,
            Some('#') => Kind::Comment,
            Some(_) => Kind::Field,
        };
        let mut line = Line {
            start,
            end,
            kind,
            first,
            dashes: Vec::new(),
            key: None,
            colon: first..first,
            value: first..first,
        };
        if kind == Kind::Field {
            self.split_field(&mut line);
        }
        line
    }

    fn split_field(&self, line: &mut Line) {
        let mut at = line.first;
        while self.text[at..line.end].starts_with('-')
            && self.text[at + 1..line.end].chars().next().is_none_or(is_blank)
        {
            line.dashes.push(at);
            at = self.skip_blanks(at + 1, line.end);
            if line.dashes.len() > super::yaml::DEEPEST {
                break;
            }
        }
        if let Some((key, colon)) = self.key_at(at, line.end) {
            at = self.skip_blanks(colon.end, line.end);
            (line.key, line.colon) = (Some(key), colon);
        }
        let end = at + self.without_comment(&self.text[at..line.end]).trim_end_matches(is_blank).len();
        line.value = at..end.max(at);
    }

    fn skip_blanks(&self, at: usize, end: usize) -> usize {
        end - self.text[at..end].trim_start_matches(is_blank).len()
    }

    /// Finds the name of a field at `at`, and its colon or what stands for it.
    pub fn key_at(&self, at: usize, end: usize) -> Option<(Range<usize>, Range<usize>)> {
        let rest = &self.text[at..end];
        let length = match rest.chars().next()? {
            quote @ ('"' | '\'') => rest[1..].find(quote)? + 2,
            _ => rest
                .char_indices()
                .take(LONGEST_NAME + 1)
                .find(|(_, c)| {
                    !(c.is_alphanumeric()
                        || matches!(c, '_' | '-' | '<' | '/' | '.' | '\u{e000}' | '\u{e001}'))
                })
                .map_or(rest.len(), |(at, _)| at),
        };
        let word = &rest[..length];
        if word.is_empty() || word.chars().count() > LONGEST_NAME {
            return None;
        }
        let mark = self.skip_blanks(at + length, end);
        let mut after = self.text[mark..end].chars();
        let (colon, next) = (after.next()?, after.next());
        let spaced = next.is_none_or(is_blank);
        let plain = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && !word.is_empty();
        let is_key = match colon {
            ':' if spaced => true,
            ':' => self.knows(word) && next != Some('/'),
            '：' => self.knows(word) || plain,
            other => ODD_COLONS.contains(&other) && self.knows(word),
        };
        let key = at..at + length;
        if is_key {
            return Some((key, mark..mark + colon.len_utf8()));
        }
        None
    }

    /// Returns the text before a comment; quotation marks and brackets are respected.
    fn without_comment<'t>(&self, text: &'t str) -> &'t str {
        let mut quote = None;
        let mut before = ' ';
        for (at, c) in text.char_indices() {
            match (quote, c) {
                (Some(open), _) if open == c => quote = None,
                (None, '"' | '\'') if at == 0 || matches!(before, '[' | '{' | ',' | ' ' | ':') => {
                    quote = Some(c);
                }
                (None, '#') if is_blank(before) => return &text[..at],
                _ => {}
            }
            before = c;
        }
        match quote {
            // The quotation is never closed here: what looks like a comment may be one.
            Some(_) => text.find(" #").map_or(text, |at| &text[..at]),
            None => text,
        }
    }

    /// Marks the lines that belong to a text, bracket or quotation from above.
    fn mark_inside(&mut self) {
        let mut number = 0;
        while number < self.lines.len() {
            let next = number + 1;
            number =
                if self.lines[number].kind == Kind::Field { self.end_of(number).max(next) } else { next };
            let is_block = is_block_mark(self.at(&self.lines[next - 1].value));
            for line in &mut self.lines[next..number] {
                if line.kind == Kind::Field || (line.kind == Kind::Comment && is_block) {
                    line.kind = Kind::Inside;
                }
            }
        }
    }

    /// Returns the line after those that belong to the value of line `number`.
    fn end_of(&self, number: usize) -> usize {
        let line = &self.lines[number];
        let value = self.at(&line.value);
        let parent = if line.key.is_some() {
            line.column()
        } else {
            line.dashes.last().map_or(0, |at| at - line.start)
        };
        match value.chars().next() {
            None => number + 1,
            Some('|' | '>' | '｜' | '＞') if is_block_mark(value) => self.deeper(number, parent, |_| true),
            Some(quote @ ('"' | '\'')) if !closes(value, quote) => self.quotation_end(number, quote),
            Some('[' | '{') if depth_after(value, 0) > 0 => self.bracket_end(number, parent),
            Some('"' | '\'' | '[' | '{') => number + 1,
            Some(_) => {
                let is_text = |line: &Line| {
                    line.key.is_none()
                        && line.dashes.is_empty()
                        && line.kind != Kind::Comment
                        && !self.is_bare_key(line)
                        && !is_marker(self.at(&(line.start..line.end)))
                };
                let from = if line.key.is_none() && line.dashes.is_empty() { None } else { Some(parent) };
                from.map_or(number + 1, |parent| self.deeper(number, parent, is_text))
            }
        }
    }

    /// Tells whether a line holds the name of a field and nothing else.
    pub fn is_bare_key(&self, line: &Line) -> bool {
        let word = self.at(&line.value);
        line.key.is_none() && word.len() > 2 && self.words.contains(word)
    }

    fn deeper(&self, number: usize, parent: usize, belongs: impl Fn(&Line) -> bool) -> usize {
        let mut end = number + 1;
        for (at, line) in self.lines.iter().enumerate().skip(number + 1) {
            match line.kind {
                Kind::Blank => {}
                _ if line.indent() > parent && belongs(line) => end = at + 1,
                _ => break,
            }
        }
        end
    }

    /// Returns the line after the one that closes the quotation; the next line if none does before a field.
    fn quotation_end(&self, number: usize, quote: char) -> usize {
        let own = self.lines[number].indent();
        for (at, line) in self.lines.iter().enumerate().skip(number + 1).take(LONGEST_STRETCH) {
            let text = self.text[line.first..line.end].trim_end();
            let is_beside = line.indent() <= own && line.kind != Kind::Blank;
            if is_beside || !line.dashes.is_empty() || self.is_known_field(line) {
                break;
            }
            if text.ends_with(quote) || text.ends_with([',', '}', ']']) && text.contains(quote) {
                return at + 1;
            }
        }
        number + 1
    }

    fn bracket_end(&self, number: usize, parent: usize) -> usize {
        let mut depth = depth_after(self.at(&self.lines[number].value), 0);
        let base = self.lines[number].indent();
        // Where it ends if no bracket closes it: lines at the margin belong to it only up to a bracket that does.
        let (mut last, mut is_out) = (number + 1, false);
        for (at, line) in self.lines.iter().enumerate().skip(number + 1).take(LONGEST_STRETCH) {
            if matches!(line.kind, Kind::Blank | Kind::Comment) {
                continue;
            }
            let text = &self.text[line.first..line.end];
            let closing = text.starts_with([']', '}']);
            is_out |= line.indent() <= parent.min(base) && !closing;
            if (is_out && line.key.is_some()) || !line.dashes.is_empty() || is_marker(text) {
                return last;
            }
            depth = depth_after(text, depth);
            if !is_out || depth <= 0 {
                last = at + 1;
            }
            if depth <= 0 {
                break;
            }
        }
        last
    }

    fn is_known_field(&self, line: &Line) -> bool {
        line.key.as_ref().is_some_and(|key| self.knows(self.at(key)))
    }
}

/// Names of fields are short; a longer word before a colon is part of a text.
const LONGEST_NAME: usize = 40;

/// Tells whether a value is the mark of a block of text and nothing else.
pub(super) fn is_block_mark(value: &str) -> bool {
    let mut chars = value.chars();
    chars.next().is_some_and(|c| matches!(c, '|' | '>' | '｜' | '＞'))
        && chars.all(|c| matches!(c, '+' | '-' | '0'..='9'))
}

/// Tells whether a line is a mark between documents or one that a merge left.
pub(super) fn is_marker(line: &str) -> bool {
    ["---", "...", "<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark))
}

/// Tells whether a quotation that `text` starts with is closed in it.
pub(super) fn closes(text: &str, quote: char) -> bool {
    closing(text, quote).is_some()
}

/// Returns where the quotation that `text` starts with is closed.
pub(super) fn closing(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                chars.next();
            } else {
                return Some(at);
            }
        }
    }
    None
}

/// Returns how many brackets are open after `text`, quotations left aside.
fn depth_after(text: &str, mut depth: isize) -> isize {
    let mut skip = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        match c {
            '"' | '\'' if matches!(before, '[' | '{' | ',' | ' ' | ':') => {
                skip = closing(&text[at..], c).map_or(0, |end| at + end + 1);
            }
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            '#' if before == ' ' => break,
            _ => {}
        }
        before = c;
    }
    depth
}
