//! Lists and maps in brackets.

use super::block::Reader;
use super::line::{LONGEST_KEY, What, is_blank, is_break};
use super::{Kind, Wrong};

/// Why a bracket cannot be read to its end, and where; nothing if that was said already.
type Stopped = Option<(Wrong, usize)>;

impl Reader<'_> {
    /// Reads a list or map in brackets whose field or item starts in column `parent`.
    pub(super) fn flow(&mut self, parent: i32) {
        let start = self.at;
        let is_map = self.bytes[start] == b'{';
        self.open(if is_map { Kind::FlowMap } else { Kind::FlowList });
        if self.deeper() {
            self.leaf(Kind::Opening, start + 1);
            if let Err(stopped) = self.flow_items(parent, is_map) {
                if let Some((wrong, at)) = stopped {
                    self.mistake(wrong, at);
                }
                // What is left of the line is broken; what follows in other lines is read on its own.
                self.broken_line();
            }
        }
        self.depth -= 1;
        self.close();
    }

    /// Reads up to the closing bracket.
    fn flow_items(&mut self, parent: i32, is_map: bool) -> Result<(), Stopped> {
        let mut is_between = true;
        loop {
            self.flow_gap(parent)?;
            match self.bytes[self.at] {
                b']' | b'}' => {
                    if (self.bytes[self.at] == b'}') != is_map {
                        return Err(Some((Wrong::Bracket, self.at)));
                    }
                    self.leaf(Kind::Closing, self.at + 1);
                    return Ok(());
                }
                b',' if is_between => return Err(Some((Wrong::Bracket, self.at))),
                b',' => {
                    self.leaf(Kind::Comma, self.at + 1);
                    is_between = true;
                }
                _ if !is_between => return Err(Some((Wrong::Bracket, self.at))),
                _ => {
                    if is_map {
                        self.flow_entry(parent)?;
                    } else {
                        self.flow_item(parent)?;
                    }
                    is_between = false;
                }
            }
        }
    }

    /// Goes over blanks, comments and line ends between brackets; an error where the bracket cannot go on.
    fn flow_gap(&mut self, parent: i32) -> Result<(), Stopped> {
        let next = self.peek();
        let is_out = next.crossed && self.is_out(next.at, next.column, parent);
        if next.what != What::Content || is_out {
            return Err(Some((Wrong::Bracket, next.at)));
        }
        // A closing bracket may stand below the field it belongs to, as most people write it.
        if next.crossed && next.column <= parent && !matches!(self.bytes[next.at], b']' | b'}') {
            self.too_far_left(next, parent + 2);
        }
        self.trivia(next.at);
        Ok(())
    }

    /// Tells whether a line is a field or an item beside or above the one that a bracket or quotation belongs to.
    pub(super) fn is_out(&self, at: usize, column: i32, parent: i32) -> bool {
        column <= parent && (self.is_dash(at) || self.key_ahead(at).is_some())
    }

    /// Reads a field in braces.
    fn flow_entry(&mut self, parent: i32) -> Result<(), Stopped> {
        self.open(Kind::Entry);
        let done = self.flow_pair(parent);
        self.close();
        done
    }

    fn flow_pair(&mut self, parent: i32) -> Result<(), Stopped> {
        self.open(Kind::Key);
        let mut key = Ok(());
        if self.is_question(self.at) {
            self.leaf(Kind::Question, self.at + 1);
            key = self.flow_gap(parent);
        }
        let is_json = matches!(self.byte(self.at), b'"' | b'\'' | b'[' | b'{');
        let key = key.and_then(|()| self.flow_value(parent));
        self.close();
        key?;
        let next = self.peek();
        if next.what == What::Content && self.is_flow_colon(next.at, is_json) {
            self.flow_gap(parent)?;
            self.leaf(Kind::Colon, next.at + 1);
            self.flow_gap(parent)?;
            if !matches!(self.bytes[self.at], b',' | b']' | b'}') {
                self.flow_value(parent)?;
            }
        }
        Ok(())
    }

    /// Reads an item in brackets; one with a colon is a map with one field.
    fn flow_item(&mut self, parent: i32) -> Result<(), Stopped> {
        let asked = self.is_question(self.at);
        if asked || self.flow_key_ahead() {
            self.open(Kind::FlowMap);
            let done = self.flow_entry(parent);
            self.close();
            return done;
        }
        self.flow_value(parent)
    }

    /// Tells whether the item that starts here is a field: it has a colon in its line.
    fn flow_key_ahead(&self) -> bool {
        let end = self.bytes.len().min(self.at + LONGEST_KEY);
        let (mut at, mut depth, mut is_json) = (self.at, 0_usize, false);
        while at < end {
            match self.bytes[at] {
                byte if is_break(byte) => return false,
                quote @ (b'"' | b'\'')
                    if at == self.at || matches!(self.bytes[at - 1], b' ' | b'[' | b'{' | b',' | b':') =>
                {
                    at += 1;
                    while at < end && self.bytes[at] != quote && !is_break(self.bytes[at]) {
                        at += if self.bytes[at] == b'\\' && quote == b'"' { 2 } else { 1 };
                    }
                    if at < end && is_break(self.bytes[at]) {
                        return false;
                    }
                    is_json = true;
                }
                b'[' | b'{' => depth += 1,
                b']' | b'}' if depth == 0 => return false,
                b']' | b'}' => (depth, is_json) = (depth - 1, true),
                b',' if depth == 0 => return false,
                b'#' if at > self.at && is_blank(self.bytes[at - 1]) => return false,
                b':' if depth == 0 && self.is_flow_colon(at, is_json) => return true,
                byte if is_blank(byte) => {}
                _ => is_json = false,
            }
            at += 1;
        }
        false
    }

    fn is_flow_colon(&self, at: usize, is_json: bool) -> bool {
        self.byte(at) == b':'
            && at < self.bytes.len()
            && (is_json
                || self.is_gap(at + 1)
                || matches!(self.byte(at + 1), b',' | b'[' | b']' | b'{' | b'}'))
    }

    /// Reads one value between brackets.
    fn flow_value(&mut self, parent: i32) -> Result<(), Stopped> {
        while matches!(self.byte(self.at), b'&' | b'!') {
            let kind = if self.bytes[self.at] == b'&' { Kind::Anchor } else { Kind::Tag };
            self.leaf(kind, self.flow_word_end(self.at));
            self.flow_gap(parent)?;
        }
        let mistakes = self.count();
        match self.bytes[self.at] {
            b',' | b']' | b'}' => {}
            b'*' => self.leaf(Kind::Alias, self.flow_word_end(self.at)),
            b'[' | b'{' => self.flow(parent),
            quote @ (b'"' | b'\'') => self.quoted(parent, quote, true),
            b':' if self.is_flow_colon(self.at, false) => {}
            _ if self.starts_plain(self.at, true) => self.plain(parent, true),
            _ => {
                let sign = self.text[self.at..].chars().next().unwrap_or(' ');
                return Err(Some((if sign == '-' { Wrong::Dash } else { Wrong::Sign(sign) }, self.at)));
            }
        }
        // What is wrong inside ends what is around it, without another word.
        if self.count() > mistakes { Err(None) } else { Ok(()) }
    }

    fn flow_word_end(&self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        let ends = |byte: &u8| {
            is_blank(*byte) || is_break(*byte) || matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
        };
        rest.iter().position(ends).map_or(self.bytes.len(), |after| at + after)
    }
}
