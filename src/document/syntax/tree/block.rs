//! Fields and items that have a line each.

use super::line::{Next, What, is_blank, is_break};
use super::{DEEPEST, Item, Kind, Mistake, Wrong};

/// Reads one text.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    /// The byte that is read next.
    pub(super) at: usize,
    /// The first byte of its line.
    pub(super) line: usize,
    items: Vec<Item>,
    /// The nodes that are open, by number.
    open: Vec<usize>,
    mistakes: Vec<Mistake>,
    /// How many lists and maps are open.
    pub(super) depth: usize,
    /// What [`Reader::peek`] saw last, and from where.
    pub(super) peeked: Option<(usize, Next)>,
}

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is the whole file.
    Root,
    /// It follows `---` in its line.
    AfterMarker,
    /// It follows the colon of a field.
    Field,
    /// It follows the dash of an item.
    Item,
    /// It follows a `?`, or the colon behind one.
    Asked,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            line: 0,
            items: Vec::with_capacity(text.len() / 8 + 8),
            open: Vec::new(),
            mistakes: Vec::new(),
            depth: 0,
            peeked: None,
        }
    }

    pub(super) fn done(self) -> (Vec<Item>, Vec<Mistake>) {
        (self.items, self.mistakes)
    }

    /// Opens a node here.
    pub(super) fn open(&mut self, kind: Kind) {
        let start = offset(self.at);
        self.open.push(self.items.len());
        self.items.push(Item { kind, start, end: start, size: 1 });
    }

    /// Closes the node that was opened last.
    pub(super) fn close(&mut self) {
        let number = self.open.pop().expect("a node is open");
        let size = self.items.len() - number;
        self.items[number].size = offset(size);
        self.items[number].end = offset(self.at);
    }

    /// Makes a leaf of what stands up to `end`, if anything does.
    pub(super) fn leaf(&mut self, kind: Kind, end: usize) {
        if end <= self.at {
            return;
        }
        self.items.push(Item { kind, start: offset(self.at), end: offset(end), size: 1 });
        self.at = end;
    }

    pub(super) fn mistake(&mut self, wrong: Wrong, at: usize) {
        self.mistakes.push(Mistake { wrong, at, changes: Vec::new() });
    }

    /// Says that a line stands too far left, and by how many spaces.
    pub(super) fn too_far_left(&mut self, next: Next, wanted: i32) {
        let wrong = if next.tab { Wrong::Tab } else { Wrong::Column };
        let line = next.at - usize::try_from(next.column).unwrap_or(0);
        let spaces = usize::try_from(wanted - next.column).unwrap_or(0);
        let changes = if next.tab { Vec::new() } else { vec![(line..line, " ".repeat(spaces))] };
        self.mistakes.push(Mistake { wrong, at: next.at, changes });
    }

    /// Makes leaves of the blanks, comments and line ends up to `end`.
    pub(super) fn trivia(&mut self, end: usize) {
        while self.at < end {
            let here = self.at;
            match self.bytes[here] {
                b'#' => self.leaf(Kind::Comment, self.line_end(here).min(end)),
                byte if is_blank(byte) => self.leaf(Kind::Space, self.skip_blanks(here).min(end)),
                byte if is_break(byte) => self.line_break(),
                _ => return,
            }
        }
    }

    pub(super) fn line_break(&mut self) {
        let next = self.after_break(self.at);
        self.leaf(Kind::LineEnd, next);
        self.line = next;
    }

    /// Makes one broken leaf of the rest of the line.
    pub(super) fn broken_line(&mut self) {
        self.leaf(Kind::Broken, self.line_end(self.at));
    }

    /// Makes one leaf of a stretch that may hold line ends.
    pub(super) fn lines_leaf(&mut self, kind: Kind, end: usize) {
        let stretch = &self.bytes[self.at..end];
        if let Some(last) = stretch.iter().rposition(|byte| is_break(*byte)) {
            self.line = self.at + last + 1;
        }
        self.leaf(kind, end);
    }

    /// Returns how many mistakes were met.
    pub(super) fn count(&self) -> usize {
        self.mistakes.len()
    }

    fn is_stopped(&self) -> bool {
        self.mistakes.last().is_some_and(|last| last.wrong == Wrong::TooDeep)
    }

    /// Counts a level more; false if there are too many, and then the rest of the file is broken.
    pub(super) fn deeper(&mut self) -> bool {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.mistake(Wrong::TooDeep, self.at);
            self.lines_leaf(Kind::Broken, self.bytes.len());
        }
        self.depth <= DEEPEST
    }

    /// Reads the whole file.
    pub(super) fn file(&mut self) {
        self.open(Kind::File);
        if self.text.starts_with('\u{feff}') {
            self.leaf(Kind::Mark, '\u{feff}'.len_utf8());
            self.line = self.at;
        }
        let directives = self.directives();
        let next = self.peek();
        let mut place = Place::Root;
        if next.what == What::Marker && self.bytes[next.at] == b'-' {
            self.trivia(next.at);
            self.leaf(Kind::Marker, next.at + 3);
            place = Place::AfterMarker;
        } else if directives {
            self.mistake(Wrong::Directive, next.at);
        }
        self.value(-1, place, false);
        self.rest();
        self.trivia(self.bytes.len());
        self.lines_leaf(Kind::Broken, self.bytes.len());
        self.close();
    }

    /// Reads `%YAML` and `%TAG` at the start; tells whether there are any.
    fn directives(&mut self) -> bool {
        let (mut any, mut found) = (false, false);
        loop {
            let next = self.peek();
            if next.what != What::Content || self.bytes[next.at] != b'%' || next.column != 0 {
                return found;
            }
            self.trivia(next.at);
            let line = &self.text[next.at..self.line_end(next.at)];
            let version =
                line.strip_prefix("%YAML ").map(|rest| rest.split(" #").next().unwrap_or_default().trim());
            let is_version = |text: &str| text.split('.').count() == 2 && !text.contains('#');
            if version.is_some_and(|version| any || !version.split(' ').all(is_version)) {
                self.mistake(Wrong::Directive, next.at);
            }
            self.leaf(Kind::Directive, self.line_end(next.at));
            any |= version.is_some();
            found = true;
        }
    }

    /// Reads what stands behind the one value of the file.
    fn rest(&mut self) {
        while !self.is_stopped() {
            let next = self.peek();
            self.trivia(next.at);
            match next.what {
                What::End => return,
                What::Content => self.stray(next, -1),
                What::Marker if self.bytes[next.at] == b'.' => {
                    self.leaf(Kind::Marker, next.at + 3);
                    self.trivia(self.skip_blanks(self.at));
                    let after = self.peek();
                    if !after.crossed {
                        self.mistake(Wrong::Other, after.at);
                        self.broken_line();
                        continue;
                    }
                    match after.what {
                        What::End => {}
                        What::Marker if self.bytes[after.at] == b'.' => {}
                        What::Content | What::Marker => {
                            self.trivia(after.at);
                            return self.lines_leaf(Kind::Second, self.bytes.len());
                        }
                    }
                }
                What::Marker => return self.lines_leaf(Kind::Second, self.bytes.len()),
            }
        }
    }

    /// Reads a value whose field or item starts in column `parent`.
    pub(super) fn value(&mut self, parent: i32, place: Place, after_properties: bool) {
        if self.is_stopped() {
            return;
        }
        let next = self.peek();
        if next.what != What::Content {
            return;
        }
        let holds_list = matches!(place, Place::Field | Place::Asked);
        let beside = holds_list && next.column == parent && self.is_dash(next.at) && !next.tab;
        if next.crossed && next.column <= parent && !beside {
            return;
        }
        self.trivia(next.at);
        let place = if next.crossed && place == Place::AfterMarker { Place::Root } else { place };
        self.content(parent, place, next, after_properties);
    }

    /// Reads the value that starts here.
    fn content(&mut self, parent: i32, place: Place, next: Next, after_properties: bool) {
        let first = self.bytes[self.at];
        let in_line =
            !next.crossed && (matches!(place, Place::Field | Place::AfterMarker) || after_properties);
        let column = i32::try_from(self.at - self.line).unwrap_or(i32::MAX);
        let colon = if self.is_question(self.at) { Some(self.at) } else { self.key_ahead(self.at) };
        if self.is_dash(self.at) {
            match (in_line, next.tab) {
                (true, _) => self.stop(Wrong::Dash, self.at),
                (_, true) => self.stop(Wrong::Tab, self.at),
                _ => self.list(column),
            }
        } else if let Some(colon) = colon {
            match (in_line, next.tab) {
                (true, _) => self.stop(Wrong::Colon, colon),
                (_, true) if next.crossed || place == Place::Asked => self.stop(Wrong::Tab, self.at),
                _ => self.map(column),
            }
        } else {
            match first {
                b'&' | b'!' => self.properties(parent, place),
                b'*' => {
                    self.leaf(Kind::Alias, self.word_end(self.at));
                    self.nothing_follows(Wrong::Other);
                }
                b'|' | b'>' => self.block(parent),
                b'[' | b'{' => {
                    self.flow(parent);
                    self.nothing_follows(Wrong::AfterBracket);
                }
                b'"' | b'\'' => {
                    self.quoted(parent, first, false);
                    self.nothing_follows(Wrong::AfterQuote);
                }
                _ if self.starts_plain(self.at, false) => self.plain(parent, false),
                _ => {
                    let sign = self.text[self.at..].chars().next().unwrap_or(' ');
                    self.stop(Wrong::Sign(sign), self.at);
                }
            }
        }
    }

    /// Says what is wrong, and leaves the line out.
    pub(super) fn stop(&mut self, wrong: Wrong, at: usize) {
        self.mistake(wrong, at);
        self.broken_line();
    }

    fn properties(&mut self, parent: i32, place: Place) {
        while matches!(self.byte(self.at), b'&' | b'!') && self.at < self.bytes.len() {
            let kind = if self.bytes[self.at] == b'&' { Kind::Anchor } else { Kind::Tag };
            self.leaf(kind, self.word_end(self.at));
            self.leaf(Kind::Space, self.skip_blanks(self.at));
        }
        self.value(parent, place, true);
    }

    /// Leaves out what stands behind a value in its line, unless it is a comment.
    fn nothing_follows(&mut self, wrong: Wrong) {
        if self.at == self.bytes.len() || self.is_stopped() {
            return;
        }
        let next = self.peek();
        if !next.crossed {
            self.trivia(next.at);
            self.stop(wrong, next.at);
        }
    }

    /// Reads a list whose dashes stand in this column.
    fn list(&mut self, column: i32) {
        self.open(Kind::List);
        let mut goes_on = self.deeper();
        while goes_on {
            self.open(Kind::Item);
            self.leaf(Kind::Dash, self.at + 1);
            self.value(column, Place::Item, false);
            self.close();
            goes_on = self.goes_on(column, |reader, at| reader.is_dash(at));
        }
        self.depth -= 1;
        self.close();
    }

    /// Reads a map whose fields start in this column.
    fn map(&mut self, column: i32) {
        self.open(Kind::Map);
        let mut goes_on = self.deeper();
        while goes_on {
            self.open(Kind::Entry);
            self.entry(column);
            self.close();
            let is_field = |reader: &Self, at| reader.is_question(at) || reader.key_ahead(at).is_some();
            goes_on = self.goes_on(column, is_field);
        }
        self.depth -= 1;
        self.close();
    }

    fn entry(&mut self, column: i32) {
        self.open(Kind::Key);
        let is_empty = self.byte(self.at) == b':' && self.is_gap(self.at + 1);
        let asked = self.is_question(self.at);
        if asked {
            self.leaf(Kind::Question, self.at + 1);
            self.value(column, Place::Asked, false);
        } else {
            self.key();
        }
        self.close();
        if asked {
            let next = self.peek();
            let is_value = next.what == What::Content && next.crossed && next.column == column;
            if !is_value || self.bytes[next.at] != b':' || !self.is_gap(next.at + 1) {
                return;
            }
            self.trivia(next.at);
        }
        self.leaf(Kind::Space, self.skip_blanks(self.at));
        self.leaf(Kind::Colon, self.at + 1);
        self.value(column, if asked || is_empty { Place::Asked } else { Place::Field }, false);
    }

    /// Reads a name that [`Reader::key_ahead`] has seen.
    fn key(&mut self) {
        while matches!(self.byte(self.at), b'&' | b'!') {
            let kind = if self.bytes[self.at] == b'&' { Kind::Anchor } else { Kind::Tag };
            self.leaf(kind, self.word_end(self.at));
            self.leaf(Kind::Space, self.skip_blanks(self.at));
        }
        match self.byte(self.at) {
            quote @ (b'"' | b'\'') => self.quoted(-1, quote, false),
            b'[' | b'{' => self.flow(-1),
            b'*' => self.leaf(Kind::Alias, self.word_end(self.at)),
            _ => {
                let colon = self.key_ahead(self.at).unwrap_or(self.at);
                let length = self.text[self.at..colon].trim_end_matches([' ', '\t']).len();
                self.leaf(Kind::Plain, self.at + length);
            }
        }
    }

    /// Goes to the next line of this column; false if the list or map ends. What stands too far in is lost.
    fn goes_on(&mut self, column: i32, is_next: impl Fn(&Self, usize) -> bool) -> bool {
        loop {
            if self.is_stopped() {
                return false;
            }
            let next = self.peek();
            if next.what != What::Content || next.column < column {
                return false;
            }
            if next.column == column && !next.tab && is_next(self, next.at) {
                self.trivia(next.at);
                return true;
            }
            // The dashes of a list may stand in the column of the field it belongs to; its next field ends it.
            let is_field = self.is_question(next.at) || self.key_ahead(next.at).is_some();
            let beside = next.column == column && !self.is_dash(next.at) && is_field;
            if beside && self.is_in_field(column) {
                return false;
            }
            self.trivia(next.at);
            self.stray(next, column);
        }
    }

    /// Tells whether the list that is read stands in the column of the field that it belongs to.
    fn is_in_field(&self, column: i32) -> bool {
        let mut above = self.open.iter().rev().map(|number| &self.items[*number]);
        let list = above.next();
        let mut above = above.filter(|item| item.kind != Kind::Key);
        let entry = above.next();
        let map = above.next();
        list.is_some_and(|list| list.kind == Kind::List)
            && entry.is_some_and(|entry| entry.kind == Kind::Entry)
            && map.is_some_and(|map| self.column_of(map.start as usize) == column)
    }

    fn column_of(&self, at: usize) -> i32 {
        let start = self.bytes[..at].iter().rposition(|byte| is_break(*byte)).map_or(0, |before| before + 1);
        i32::try_from(at - start).unwrap_or(i32::MAX)
    }

    /// Tells whether a comment stands between here and a text without quotation marks.
    fn is_cut_by_comment(&self) -> bool {
        let mut above = self.items.iter().rev().filter(|item| item.kind.is_leaf());
        let mut above =
            above.by_ref().filter(|item| !matches!(item.kind, Kind::Space | Kind::LineEnd)).peekable();
        above.peek().is_some_and(|last| last.kind == Kind::Comment)
            && above.find(|item| item.kind != Kind::Comment).is_some_and(|text| text.kind == Kind::Plain)
    }

    /// Reads what stands where nothing can: it is lost.
    fn stray(&mut self, next: Next, column: i32) {
        let wrong = if next.tab {
            Wrong::Tab
        } else if self.is_dash(next.at) {
            Wrong::Dash
        } else if next.column > column && self.key_ahead(next.at).is_some() {
            Wrong::Column
        } else if next.column > column && self.is_cut_by_comment() {
            Wrong::CutByComment
        } else {
            Wrong::NoField
        };
        self.mistake(wrong, next.at);
        self.open(Kind::Lost);
        let is_level = self.is_dash(next.at) || self.key_ahead(next.at).is_some();
        if is_level && !next.tab && next.column > column {
            self.content(column, Place::Root, next, false);
        } else {
            self.broken_line();
        }
        self.close();
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
