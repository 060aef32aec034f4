//! Texts: where they end, and what they say.

use super::block::Reader;
use super::line::{is_blank, is_break};
use super::{Kind, Tree, Wrong};

/// What ends a line of plain text.
enum Ends {
    /// The end of the line.
    Line,
    /// A comment, or a mark between brackets.
    Mark,
    /// A colon.
    Colon(usize),
}

impl Reader<'_> {
    /// Reads a text without quotation marks.
    pub(super) fn plain(&mut self, parent: i32, in_flow: bool) {
        let mut end = self.at;
        let mut at = self.at;
        let mut colon = None;
        loop {
            let (stop, ends) = self.plain_line(at, in_flow);
            match ends {
                Ends::Colon(found) if in_flow || at == self.at => {
                    end = if stop > at { stop } else { end };
                    colon = Some(found).filter(|_| !in_flow);
                    break;
                }
                // The line is a field, or an item with one: the text has ended above.
                Ends::Colon(_) => break,
                Ends::Mark => {
                    end = if stop > at { stop } else { end };
                    break;
                }
                Ends::Line => end = stop.max(end),
            }
            match self.next_text_line(end, parent, in_flow) {
                Some(next) => at = next,
                None => break,
            }
        }
        self.lines_leaf(Kind::Plain, end);
        if let Some(colon) = colon {
            self.leaf(Kind::Space, self.skip_blanks(self.at).min(colon));
            self.stop(Wrong::Colon, colon);
        }
    }

    /// Goes over plain text in one line; returns where it ends, without blanks, and why.
    fn plain_line(&self, start: usize, in_flow: bool) -> (usize, Ends) {
        let mut end = start;
        for (after, byte) in self.bytes[start..].iter().enumerate() {
            let at = start + after;
            match byte {
                b' ' | b'\t' => continue,
                b'\n' | b'\r' => return (end, Ends::Line),
                b':' => {
                    let next = self.byte(at + 1);
                    let ends = in_flow && matches!(next, b',' | b'[' | b']' | b'{' | b'}');
                    if is_blank(next) || is_break(next) || ends {
                        return (end, Ends::Colon(at));
                    }
                }
                b'#' if after > 0 && is_blank(self.bytes[at - 1]) => return (end, Ends::Mark),
                b',' | b'[' | b']' | b'{' | b'}' if in_flow => return (end, Ends::Mark),
                _ => {}
            }
            end = at + 1;
        }
        (end, Ends::Line)
    }

    /// Returns where a text that ended a line at `end` goes on, if it does.
    fn next_text_line(&self, end: usize, parent: i32, in_flow: bool) -> Option<usize> {
        let mut at = self.skip_blanks(end);
        loop {
            if at >= self.bytes.len() {
                return None;
            }
            let line = self.after_break(at);
            let spaces = self.skip_spaces(line);
            at = self.skip_blanks(spaces);
            if at >= self.bytes.len() {
                return None;
            }
            if is_break(self.bytes[at]) {
                continue;
            }
            let column = i32::try_from(spaces - line).unwrap_or(i32::MAX);
            let is_out = if in_flow { self.is_out(at, column, parent) } else { column <= parent };
            let ends = is_out || self.bytes[at] == b'#' || self.is_marker(line);
            let is_field = !in_flow && self.key_ahead(at).is_some();
            return (!ends && !is_field).then_some(at);
        }
    }

    /// Reads a text in quotation marks. One that is not closed goes to the end of its line, and is broken.
    pub(super) fn quoted(&mut self, parent: i32, quote: u8, in_flow: bool) {
        let mut at = self.at + 1;
        let mut wrong = None;
        while at < self.bytes.len() {
            match self.bytes[at] {
                byte if byte == quote => {
                    if quote == b'"' || self.byte(at + 1) != quote {
                        let kind = match (wrong, quote) {
                            (Some(_), _) => Kind::Broken,
                            (None, b'"') => Kind::Double,
                            (None, _) => Kind::Single,
                        };
                        if let Some(escape) = wrong {
                            self.mistake(Wrong::Escape, escape);
                        }
                        return self.lines_leaf(kind, at + 1);
                    }
                    at += 2;
                }
                b'\\' if quote == b'"' => match escape(&self.bytes[at + 1..]) {
                    Some((_, length)) => at += 1 + length,
                    // The line end is looked at on its own.
                    None if self.is_break_at(at + 1) => at += 1,
                    None => {
                        wrong.get_or_insert(at);
                        at += 2;
                    }
                },
                byte if is_break(byte) => match self.next_quoted_line(at, parent, quote, in_flow) {
                    Some(next) => at = next,
                    None => break,
                },
                _ => at += 1,
            }
        }
        self.mistake(Wrong::OpenQuote, self.at);
        self.broken_line();
    }

    fn is_break_at(&self, at: usize) -> bool {
        self.bytes.get(at).is_some_and(|byte| is_break(*byte))
    }

    /// Returns where a quotation goes on in the next line, if it can.
    fn next_quoted_line(&self, end: usize, parent: i32, quote: u8, in_flow: bool) -> Option<usize> {
        let line = self.after_break(end);
        let spaces = self.skip_spaces(line);
        let at = self.skip_blanks(spaces);
        if at >= self.bytes.len() || self.is_marker(line) {
            return None;
        }
        let column = i32::try_from(spaces - line).unwrap_or(i32::MAX);
        let is_out = if in_flow { self.is_out(at, column, parent) } else { column <= parent };
        (is_break(self.bytes[at]) || self.bytes[at] == quote || !is_out).then_some(at)
    }

    /// Reads a block of text, whose field or item starts in column `parent`.
    pub(super) fn block(&mut self, parent: i32) {
        let mut end = self.at + 1;
        let (mut step, mut keeps) = (None, false);
        loop {
            match self.byte(end) {
                b'+' | b'-' if !keeps => keeps = true,
                digit @ b'1'..=b'9' if step.is_none() => step = Some(i32::from(digit - b'0')),
                _ => break,
            }
            end += 1;
        }
        self.leaf(Kind::Header, end);
        let rest = self.skip_blanks(end);
        let is_comment = self.byte(rest) == b'#' && rest > end;
        if !is_break(self.byte(rest)) && !is_comment {
            self.leaf(Kind::Space, rest);
            return self.stop(Wrong::Header, rest);
        }
        let line_end = self.line_end(end);
        self.trivia(line_end);
        if self.at < self.bytes.len() {
            self.line_break();
            self.block_lines(parent, step.map(|step| parent.max(0) + step));
        }
    }

    fn block_lines(&mut self, parent: i32, asked: Option<i32>) {
        let width = |spaces: usize, line: usize| i32::try_from(spaces - line).unwrap_or(i32::MAX);
        let (mut line, mut widest) = (self.line, 0);
        // The first line with text says how far in the block is.
        let (first, indent) = loop {
            let spaces = self.skip_spaces(line);
            if spaces >= self.bytes.len() {
                return;
            }
            if !is_break(self.bytes[spaces]) {
                break (line, asked.unwrap_or(width(spaces, line)));
            }
            widest = width(spaces, line).max(widest);
            line = self.after_break(spaces);
        };
        let own = width(self.skip_spaces(first), first);
        if own <= parent && self.byte(self.skip_spaces(first)) == b'\t' {
            self.mistake(Wrong::Tab, self.skip_spaces(first));
        }
        if own < indent || indent <= parent || (indent == 0 && self.is_marker(first)) {
            return;
        }
        let mut end = first;
        let mut at = first;
        while at < self.bytes.len() {
            let spaces = self.skip_spaces(at);
            let is_empty = is_break(self.byte(spaces));
            if !is_empty && (width(spaces, at) < indent || (indent == 0 && self.is_marker(at))) {
                break;
            }
            let line_end = self.line_end(spaces);
            if !is_empty {
                end = line_end;
            }
            at = self.after_break(line_end);
        }
        self.trivia(first);
        if widest > indent && asked.is_none() {
            self.mistake(Wrong::Column, first);
        }
        self.leaf(Kind::Space, first + usize::try_from(indent).unwrap_or(0));
        self.lines_leaf(Kind::Block, end);
    }
}

/// Reads what follows a `\`: the character it stands for, and its length. `None` before a line end, and if it means
/// nothing.
fn escape(rest: &[u8]) -> Option<(char, usize)> {
    let plain = match rest.first()? {
        b'0' => '\0',
        b'a' => '\u{7}',
        b'b' => '\u{8}',
        b't' | b'\t' => '\t',
        b'n' => '\n',
        b'v' => '\u{b}',
        b'f' => '\u{c}',
        b'r' => '\r',
        b'e' => '\u{1b}',
        b' ' => ' ',
        b'"' => '"',
        b'/' => '/',
        b'\\' => '\\',
        b'N' => '\u{85}',
        b'_' => '\u{a0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        b'x' => return code(rest, 2),
        b'u' => return surrogates(rest).or_else(|| code(rest, 4)),
        b'U' => return code(rest, 8),
        _ => return None,
    };
    Some((plain, 1))
}

fn hex(digits: &[u8]) -> Option<u32> {
    let digits =
        std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

fn code(rest: &[u8], length: usize) -> Option<(char, usize)> {
    Some((char::from_u32(hex(rest.get(1..=length)?)?)?, length + 1))
}

/// Reads a pair such as `\ud83d\ude00`.
fn surrogates(rest: &[u8]) -> Option<(char, usize)> {
    let (high, low) = (hex(rest.get(1..5)?)?, hex(rest.get(7..11)?)?);
    let is_pair =
        rest.get(5..7)? == b"\\u" && (0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(&low);
    let code = 0x1_0000 + ((high & 0x3ff) << 10) + (low & 0x3ff);
    Some((char::from_u32(code).filter(|_| is_pair)?, 11))
}

/// Returns what a quotation says, without its marks and with its lines joined as YAML joins them.
fn unquoted(written: &str, quote: u8) -> String {
    let inner = &written[1..written.len() - 1];
    let mut out = String::with_capacity(inner.len());
    // Blanks are only kept if the line does not end behind them.
    let (mut at, mut kept) = (0, 0);
    while let Some(c) = inner[at..].chars().next() {
        let rest = &inner[at + c.len_utf8()..];
        match c {
            '\\' if quote == b'"' => {
                if let Some((meant, length)) = escape(rest.as_bytes()) {
                    out.push(meant);
                    at += 1 + length;
                } else {
                    at += 1 + joined(rest, &mut out, false);
                }
                kept = out.len();
                continue;
            }
            '\'' if quote == b'\'' => {
                out.push('\'');
                at += 1;
            }
            '\n' | '\r' => {
                while out.len() > kept && out.ends_with([' ', '\t']) {
                    out.pop();
                }
                at += joined(&inner[at..], &mut out, true);
                kept = out.len();
                continue;
            }
            _ => out.push(c),
        }
        at += c.len_utf8();
        if !matches!(c, ' ' | '\t') {
            kept = out.len();
        }
    }
    out
}

/// Takes line ends and the blanks after them; writes what they say, and returns their length.
fn joined(rest: &str, out: &mut String, as_space: bool) -> usize {
    let (mut at, mut ends) = (0, 0);
    loop {
        let blank = rest[at..].len() - rest[at..].trim_start_matches([' ', '\t']).len();
        match &rest.as_bytes()[at + blank..] {
            [b'\r', b'\n', ..] => at += blank + 2,
            [b'\n' | b'\r', ..] => at += blank + 1,
            _ => {
                at += blank;
                break;
            }
        }
        ends += 1;
    }
    match (ends, as_space) {
        (1, true) => out.push(' '),
        _ => (1..ends).for_each(|_| out.push('\n')),
    }
    at
}

impl Tree<'_> {
    /// Returns what a text in quotation marks says.
    pub fn unquoted(&self, number: usize) -> String {
        let written = self.written(number);
        unquoted(written, written.as_bytes()[0])
    }

    /// Returns the lines of a block of text, without their indentation.
    pub fn block(&self, number: usize) -> String {
        let item = self.item(number);
        let start = item.start as usize;
        let line = self.text()[..start].rfind(['\n', '\r']).map_or(0, |before| before + 1);
        let indent = start - line;
        let written = self.written(number);
        let mut lines = written.split('\n').map(|line| line.trim_end_matches('\r'));
        let mut text = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            text.push('\n');
            text.push_str(line.get(indent..).unwrap_or_default());
        }
        text
    }
}
