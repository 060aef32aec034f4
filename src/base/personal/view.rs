//! A text as whoever reads the page sees it: escapes of YAML, HTML, Markdown, Excel, terminals and web addresses put into
//! characters, with the way back to the bytes that spell them.
//!
//! Which kind of text it is does not matter: each kind of escape is read everywhere, for the text is read as it stands,
//! too. To know one more name of a character, add it to [`NAMED`].

use std::ops::Range;

use super::digits::is_of_number;

/// How often escapes are read within what others gave: `\u0026#49;`, `%2531`.
const DEEPEST: usize = 3;

/// A text without its escapes.
pub(super) struct View {
    pub(super) text: String,
    /// For each byte of `text`, where in the whole text that which spells its character starts and ends.
    starts: Vec<u32>,
    ends: Vec<u32>,
}

/// Returns a text without its escapes, and once more for those that come to light by it; nothing if it has none.
pub(super) fn views(text: &str) -> Vec<View> {
    let mut views: Vec<View> = Vec::new();
    while views.len() < DEEPEST {
        let last = views.last();
        let Some(view) = decoded(last.map_or(text, |view| &view.text)) else { break };
        let view = match last {
            Some(last) => view.through(last),
            None => view,
        };
        views.push(view);
    }
    views
}

impl View {
    /// Returns the view of nothing, to be added to.
    pub(super) fn empty() -> Self {
        Self { text: String::new(), starts: Vec::new(), ends: Vec::new() }
    }

    /// Returns the bytes of the whole text that spell a part of this one.
    pub(super) fn spelled(&self, range: &Range<usize>) -> Range<usize> {
        let end = range.end.checked_sub(1).filter(|last| *last >= range.start);
        self.starts[range.start] as usize..end.map_or(self.starts[range.start], |end| self.ends[end]) as usize
    }

    /// Adds a part of the text as it is.
    pub(super) fn copy(&mut self, whole: &str, part: Range<usize>) {
        for (at, c) in whole[part.clone()].char_indices() {
            let at = part.start + at;
            self.put(c, at..at + c.len_utf8());
        }
    }

    /// Adds a character and the bytes that spell it.
    pub(super) fn put(&mut self, c: char, spelled: Range<usize>) {
        let place = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        self.text.push(c);
        self.starts.resize(self.text.len(), place(spelled.start));
        self.ends.resize(self.text.len(), place(spelled.end));
    }

    /// Returns this view of the text of another one as a view of what that one shows.
    pub(super) fn through(mut self, other: &Self) -> Self {
        self.starts.iter_mut().for_each(|start| *start = other.starts[*start as usize]);
        self.ends.iter_mut().for_each(|end| *end = other.ends[*end as usize - 1]);
        self
    }
}

fn decoded(text: &str) -> Option<View> {
    let mut view: Option<View> = None;
    let (mut at, mut done) = (0, 0);
    while let Some(next) = text[at..].find(['\\', '&', '%', '_', '<', '\u{1b}']) {
        let start = at + next;
        let Some((length, c)) = escape(&text[start..]) else {
            at = start + 1;
            continue;
        };
        let view = view.get_or_insert_with(View::empty);
        view.copy(text, done..start);
        at = start + length;
        done = at;
        if let Some(c) = c {
            view.put(c, start..at);
        }
    }
    let mut view = view?;
    view.copy(text, done..text.len());
    Some(view)
}

/// Reads the escape a text starts with: how many bytes it has, and what it stands for, if for anything.
fn escape(text: &str) -> Option<(usize, Option<char>)> {
    let rest = &text[1..];
    match text.as_bytes()[0] {
        b'\\' => backslash(rest),
        b'&' => entity(rest).map(|(length, c)| (length, Some(c))),
        b'<' => element(rest),
        0x1b => colour(rest).map(|length| (length, None)),
        b'_' => of_excel(rest).map(|(length, c)| (length, Some(c))),
        _ => percent(text).map(|(length, c)| (length, Some(c))),
    }
}

/// Elements that stand inside a word without a gap.
const INSIDE_WORDS: &[&str] = &[
    "a", "b", "code", "del", "em", "font", "i", "ins", "mark", "s", "small", "span", "strong", "sub", "sup",
    "u", "wbr",
];

/// Reads what follows `<`: the start or the end of an element of HTML that stands inside a word, a line end, a comment.
fn element(rest: &str) -> Option<(usize, Option<char>)> {
    const LONGEST: usize = 80;
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    let inside = &rest[..end];
    let name = inside.trim_start_matches('/');
    let name = name.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
    if INSIDE_WORDS.iter().any(|known| name.eq_ignore_ascii_case(known)) {
        return Some((end + 2, None));
    }
    if inside.starts_with("!--") && inside.ends_with("--") {
        return Some((end + 2, None));
    }
    name.eq_ignore_ascii_case("br").then_some((end + 2, Some(' ')))
}

/// Reads what follows the escape of a colour on a terminal, as in `[1;33m`: how many bytes it has.
fn colour(rest: &str) -> Option<usize> {
    let codes = rest.strip_prefix('[')?;
    let length = codes.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
    codes[length..].starts_with('m').then_some(length + 3)
}

/// Reads what follows `_` in the files of Excel: `x0031_` is a `1`.
fn of_excel(rest: &str) -> Option<(usize, char)> {
    let code = rest.strip_prefix('x')?.get(..4)?;
    let ends = rest[5..].starts_with('_');
    let c = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
    ends.then_some((7, c))
}

/// Reads what follows a backslash: in YAML, or in Markdown.
fn backslash(rest: &str) -> Option<(usize, Option<char>)> {
    let c = rest.chars().next()?;
    let hex = |digits: usize| {
        let code = u32::from_str_radix(rest.get(1..=digits)?, 16).ok()?;
        Some((2 + digits, Some(char::from_u32(code)?)))
    };
    let one = |c: char| Some((2, Some(c)));
    match c {
        '\n' | '\r' => {
            let next = rest.trim_start_matches(['\n', '\r', ' ', '\t', '>']);
            Some((1 + rest.len() - next.len(), None))
        }
        'x' => hex(2),
        'u' => hex(4),
        'U' => hex(8),
        't' => one('\t'),
        'n' | 'L' | 'P' => one('\n'),
        'N' => one('\u{a0}'),
        '0' | 'a' | 'b' | 'e' | 'f' | 'v' | 'r' => one(UNSEEN),
        ' ' => one(' '),
        _ if c.is_ascii_punctuation() => one(c),
        _ => None,
    }
}

/// What stands for a character that is not seen.
const UNSEEN: char = '\u{200b}';

/// Names of characters that stand inside numbers, and the characters.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("num", '#'),
    ("percnt", '%'),
    ("bsol", '\\'),
    ("nbsp", '\u{a0}'),
    ("NonBreakingSpace", '\u{a0}'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("emsp13", ' '),
    ("emsp14", ' '),
    ("numsp", ' '),
    ("puncsp", ' '),
    ("thinsp", ' '),
    ("ThinSpace", ' '),
    ("hairsp", ' '),
    ("VeryThinSpace", ' '),
    ("MediumSpace", ' '),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("shy", UNSEEN),
    ("zwj", UNSEEN),
    ("zwnj", UNSEEN),
    ("lrm", UNSEEN),
    ("rlm", UNSEEN),
    ("NoBreak", UNSEEN),
    ("ZeroWidthSpace", UNSEEN),
    ("NegativeThinSpace", UNSEEN),
    ("NegativeMediumSpace", UNSEEN),
    ("NegativeThickSpace", UNSEEN),
    ("NegativeVeryThinSpace", UNSEEN),
    ("ApplyFunction", UNSEEN),
    ("af", UNSEEN),
    ("InvisibleTimes", UNSEEN),
    ("it", UNSEEN),
    ("InvisibleComma", UNSEEN),
    ("ic", UNSEEN),
    ("ndash", '–'),
    ("mdash", '—'),
    ("horbar", '―'),
    ("dash", '‐'),
    ("hyphen", '‐'),
    ("minus", '−'),
    ("lowbar", '_'),
    ("UnderBar", '_'),
    ("period", '.'),
    ("middot", '·'),
    ("centerdot", '·'),
    ("CenterDot", '·'),
    ("bull", '•'),
    ("bullet", '•'),
    ("ast", '*'),
    ("midast", '*'),
    ("lpar", '('),
    ("rpar", ')'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("grave", '`'),
    ("sol", '/'),
    ("comma", ','),
    ("colon", ':'),
    ("plus", '+'),
    ("verbar", '|'),
    ("vert", '|'),
    ("VerticalLine", '|'),
    ("sup1", '¹'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("times", '×'),
];

/// Reads what follows `&`.
fn entity(rest: &str) -> Option<(usize, char)> {
    const LONGEST: usize = 24;
    if let Some(number) = rest.strip_prefix('#') {
        // Browsers read a number that does not end in a semicolon, too.
        let length = number.bytes().take(LONGEST).take_while(u8::is_ascii_digit).count();
        if length > 0 && !number[length..].starts_with(';') {
            return Some((length + 2, char::from_u32(number[..length].parse().ok()?)?));
        }
    }
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &rest[..end];
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
            char::from_u32(code.ok()?)?
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((end + 2, c))
}

/// Reads the escapes a text starts with that give one character, as web addresses have them. Words stay as they are, so
/// that an address stays one.
fn percent(text: &str) -> Option<(usize, char)> {
    let byte = |at: usize| {
        let escape = text.get(at..at + 3)?;
        u8::from_str_radix(escape.strip_prefix('%')?, 16).ok()
    };
    let first = byte(0)?;
    let count = match first {
        0..0x80 => 1,
        0xc2..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0..0xf5 => 4,
        _ => return None,
    };
    let bytes = (0..count).map(|at| byte(3 * at)).collect::<Option<Vec<u8>>>()?;
    let c = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    (c.is_ascii() || is_of_number(c)).then_some((3 * count, c))
}

#[cfg(test)]
mod tests {
    use super::views;

    fn seen(text: &str) -> Vec<String> {
        views(text).into_iter().map(|view| view.text).collect()
    }

    #[test]
    fn escapes_of_every_kind_are_read_with_the_bytes_that_spell_them() {
        for (text, shown) in [
            (r#""\x31\u0032\U00000033""#, "\"123\""),
            ("1\\\n    2", "12"),
            ("1\\\r\n> 2", "12"),
            ("1\\-2\\.3", "1-2.3"),
            ("&#49;&#x32;&#X33;&ensp;&#0052;", "123 4"),
            ("tel:%31%2D%EF%BC%92", "tel:1-２"),
            ("_x0031_2_a", "12_a"),
            ("&#49&#50 甲", "12 甲"),
            ("'\u{1b}[33m1\u{1b}[1;0m2'\u{1b}[m", "'12'"),
            ("1<b class=x>2</b>3<br/>4<!-- a -->5", "123 45"),
        ] {
            assert_eq!(seen(text), [shown], "{text}");
        }
        assert_eq!(seen("%2531"), ["%31", "1"]);
        assert_eq!(seen(r"\u0026#49;"), ["&#49;", "1"]);
        for text in [
            "甲\\乙",
            "a & b",
            "100%",
            "%E7%94%B2",
            "%zz &nothing; &#;",
            "1 < 2 > 1 <p>",
            "\\",
            "%",
            "&",
            "%E7",
        ] {
            assert_eq!(seen(text), [""; 0], "{text}");
        }
        let text = r"甲\u0031%32丙";
        let view = views(text).pop().expect("there are escapes");
        assert_eq!(&text[view.spelled(&(3..5))], r"\u0031%32");
        let text = "甲%2531乙";
        let view = views(text).pop().expect("there are escapes");
        assert_eq!(&text[view.spelled(&(3..4))], "%2531");
    }
}
