//! What can be told from one line: where it goes on, whether a field starts in it.

use super::block::Reader;

/// The longest name of a field, in bytes, that is looked for; YAML takes 1024 characters.
pub(super) const LONGEST_KEY: usize = 1024;

/// What comes next that is no blank, comment or line end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Next {
    /// Its byte; the end of the text if nothing comes.
    pub at: usize,
    /// The spaces before it in its line, or its bytes where something stands before it.
    pub column: i32,
    /// Whether it stands in a later line.
    pub crossed: bool,
    /// Whether a tab stands between the spaces and it.
    pub tab: bool,
    pub what: What,
}

/// What kind of thing comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The end of the text.
    End,
    /// `---` or `...` at the margin.
    Marker,
    /// Anything else.
    Content,
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

pub(super) fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

impl Reader<'_> {
    /// Returns the byte at `at`; a line end behind the last.
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    /// Tells whether a blank, a line end or nothing stands at `at`.
    pub(super) fn is_gap(&self, at: usize) -> bool {
        let byte = self.byte(at);
        is_blank(byte) || is_break(byte)
    }

    /// Returns the byte at which the line of `at` ends.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = &self.bytes[at.min(self.bytes.len())..];
        rest.iter().position(|byte| is_break(*byte)).map_or(self.bytes.len(), |after| at + after)
    }

    /// Returns the byte behind the line end that starts at `at`.
    pub(super) fn after_break(&self, at: usize) -> usize {
        match (self.byte(at), self.byte(at + 1)) {
            (b'\r', b'\n') => (at + 2).min(self.bytes.len()),
            _ => (at + 1).min(self.bytes.len()),
        }
    }

    pub(super) fn skip_blanks(&self, mut at: usize) -> usize {
        while at < self.bytes.len() && is_blank(self.bytes[at]) {
            at += 1;
        }
        at
    }

    pub(super) fn skip_spaces(&self, mut at: usize) -> usize {
        while at < self.bytes.len() && self.bytes[at] == b' ' {
            at += 1;
        }
        at
    }

    /// Tells whether `---` or `...` stands at the start of the line `line`.
    pub(super) fn is_marker(&self, line: usize) -> bool {
        matches!(self.bytes.get(line..line + 3), Some(b"---" | b"...")) && self.is_gap(line + 3)
    }

    /// Tells whether a dash of a list stands at `at`.
    pub(super) fn is_dash(&self, at: usize) -> bool {
        at < self.bytes.len() && self.bytes[at] == b'-' && self.is_gap(at + 1)
    }

    /// Tells whether the `?` of a key stands at `at`.
    pub(super) fn is_question(&self, at: usize) -> bool {
        at < self.bytes.len() && self.bytes[at] == b'?' && self.is_gap(at + 1)
    }

    /// Looks at what comes next.
    pub(super) fn peek(&mut self) -> Next {
        if let Some((at, next)) = self.peeked
            && at == self.at
        {
            return next;
        }
        let next = self.look();
        self.peeked = Some((self.at, next));
        next
    }

    fn look(&self) -> Next {
        let (mut at, mut line, mut crossed) = (self.at, self.line, self.at == self.line);
        loop {
            let spaces = self.skip_spaces(at);
            let here = self.skip_blanks(spaces);
            if here >= self.bytes.len() {
                return Next { at: here, column: -1, crossed: true, tab: false, what: What::End };
            }
            let starts =
                here == line || is_blank(self.bytes[here - 1]) || here == self.at && self.at == self.line;
            match self.bytes[here] {
                b'#' if starts => at = self.line_end(here),
                byte if is_break(byte) => at = here,
                _ => {
                    let marker = here == line && crossed && self.is_marker(line);
                    let column = if crossed { spaces } else { here } - line;
                    let column = i32::try_from(column).unwrap_or(i32::MAX);
                    let what = if marker { What::Marker } else { What::Content };
                    return Next { at: here, column, crossed, tab: here > spaces, what };
                }
            }
            if at >= self.bytes.len() {
                return Next { at, column: -1, crossed: true, tab: false, what: What::End };
            }
            at = self.after_break(at);
            (line, crossed) = (at, true);
        }
    }

    /// Returns where the colon stands of a field that starts at `at`, if one does: all in one line.
    pub(super) fn key_ahead(&self, at: usize) -> Option<usize> {
        let mut at = at;
        while matches!(self.byte(at), b'&' | b'!') && at < self.bytes.len() {
            at = self.skip_blanks(self.word_end(at));
        }
        let end = match self.byte(at) {
            _ if at >= self.bytes.len() => return None,
            quote @ (b'"' | b'\'') => self.closing_quote(at, quote)?,
            b'[' | b'{' => self.closing_bracket(at)?,
            b'*' => self.word_end(at),
            b':' if self.is_gap(at + 1) => at,
            _ if !self.starts_plain(at, false) => return None,
            _ => return self.colon_in_line(at),
        };
        let colon = self.skip_blanks(end);
        (self.byte(colon) == b':' && colon < self.bytes.len() && self.is_gap(colon + 1)).then_some(colon)
    }

    /// Returns the end of a word that starts at `at`, such as an anchor.
    pub(super) fn word_end(&self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        rest.iter()
            .position(|byte| is_blank(*byte) || is_break(*byte))
            .map_or(self.bytes.len(), |after| at + after)
    }

    /// Returns the colon that ends the plain text at `at` in its line.
    fn colon_in_line(&self, start: usize) -> Option<usize> {
        let longest = &self.bytes[start..self.bytes.len().min(start + LONGEST_KEY)];
        for (after, byte) in longest.iter().enumerate() {
            let at = start + after;
            match byte {
                b':' if self.is_gap(at + 1) => return Some(at),
                b'#' if after > 0 && is_blank(self.bytes[at - 1]) => return None,
                byte if is_break(*byte) => return None,
                _ => {}
            }
        }
        None
    }

    /// Returns the byte behind the quotation that opens at `at`, if it closes in this line.
    fn closing_quote(&self, at: usize, quote: u8) -> Option<usize> {
        let mut here = at + 1;
        let end = self.bytes.len().min(at + LONGEST_KEY);
        while here < end {
            match self.bytes[here] {
                b'\\' if quote == b'"' => here += 1,
                byte if byte == quote => {
                    if quote == b'\'' && self.byte(here + 1) == b'\'' {
                        here += 1;
                    } else {
                        return Some(here + 1);
                    }
                }
                byte if is_break(byte) => return None,
                _ => {}
            }
            here += 1;
        }
        None
    }

    /// Returns the byte behind the brackets that open at `at`, if they close in this line.
    fn closing_bracket(&self, at: usize) -> Option<usize> {
        let (mut here, mut depth) = (at, 0_usize);
        let end = self.bytes.len().min(at + LONGEST_KEY);
        while here < end {
            match self.bytes[here] {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth -= 1,
                quote @ (b'"' | b'\'') if !self.bytes[here - 1].is_ascii_alphanumeric() => {
                    here = self.closing_quote(here, quote)? - 1;
                }
                byte if is_break(byte) => return None,
                _ => {}
            }
            here += 1;
            if depth == 0 {
                return Some(here);
            }
        }
        None
    }

    /// Tells whether a text without quotation marks can start at `at`.
    pub(super) fn starts_plain(&self, at: usize, in_flow: bool) -> bool {
        match self.byte(at) {
            b'-' | b'?' | b':' => {
                let ends = matches!(self.byte(at + 1), b',' | b'[' | b']' | b'{' | b'}');
                !(self.is_gap(at + 1) || in_flow && ends)
            }
            b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\'' | b'"'
            | b'%' | b'@' | b'`' => false,
            _ => true,
        }
    }
}
