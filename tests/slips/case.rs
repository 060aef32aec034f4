//! Reads the cases of `tests/slips/cases/*.txt` and makes their files.
//!
//! A case starts with `## name`. What is done to the list (or to the file that `in` names):
//!
//! | line | does |
//! |---|---|
//! | `-\|` … `+\|` … | replaces these whole lines, which occur once, by those |
//! | `=\|` … | what the repair makes of the lines above, where that is not what they replaced |
//! | `@\|` | marks a line that stands in the file already |
//! | `all "a" => "b"` | replaces every `a` |
//! | `append`, `append-self`, `cut-after "text"`, `no-last-line-end`, `bytes-off N after "text"` | changes the end |
//! | `whole TEXT`, `bytes HEX`, `encode NAME` | the whole file |
//! | `name PATH`, `also PATH` | puts it, or a copy of it, under another name |
//!
//! `⟪⟫` stand around the place where the finding must start; the first mark belongs to the first finding.
//! `\n`, `\t`, `\\` and `\u{a0}` are what they are in Rust, `\x{ff}` are bytes.
//!
//! What must be found, one line each: `error`, `warning` or `finds` (either), with `@12` (a line), `@file`,
//! `@other` (the file of `also` or `name`) or `@any` where there is no mark; then words that must be said in
//! Chinese, `//`, words that must be said in English. `a|b` is one of them, `_` a space. `silent`: nothing.
//! `fix`: the repairs give the base again; `fix-any`: they give a file without findings.

use std::collections::BTreeMap;
use std::fs;

use super::{Bytes, here};

/// The list that most cases change.
const LIST: &str = "fujian/jiashi/migrant-children/2025.yaml";

/// Stand in for a mark while bytes are put together.
const MARKS: [char; 2] = ['⟪', '⟫'];

/// Where a finding must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Between these positions, `(line, column)` from 1.
    Marked((usize, usize), (usize, usize)),
    /// In this line.
    Line(usize),
    /// Anywhere in the changed file.
    File,
    /// In the file that was put beside it.
    Other,
}

/// A finding that must be made.
#[derive(Debug)]
pub struct Expected {
    /// `error`, `warning` or `finds`.
    pub level: String,
    pub place: Place,
    /// Groups of words; one of each must be said.
    pub zh: Vec<Vec<String>>,
    pub en: Vec<Vec<String>>,
}

/// What must come of the repairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    Unasked,
    /// The text in [`Case::fixed`].
    Exact,
    /// A file without findings.
    Clean,
}

/// A catalogue with what must be found in it.
#[derive(Debug)]
pub struct Case {
    pub group: String,
    pub name: String,
    /// The changed file.
    pub path: String,
    /// The file put beside it.
    pub other: Option<String>,
    /// Files that replace or join those of the base.
    pub files: BTreeMap<String, Bytes>,
    /// Files of the base that are gone.
    pub gone: Vec<String>,
    pub expected: Vec<Expected>,
    pub fix: Fix,
    pub fixed: String,
}

/// Returns every case of every group, in order.
pub fn all(base: &BTreeMap<String, Bytes>) -> Vec<Case> {
    let folder = here("tests/slips/cases");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let group = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("cases are UTF-8").replace("\r\n", "\n");
        let (_, texts) = text.split_once("\n## ").unwrap_or_else(|| panic!("{group} has no case"));
        cases.extend(texts.split("\n## ").map(|text| Builder::new(&group, text, base).case()));
    }
    cases
}

/// A case while its lines are read.
struct Builder<'a> {
    base: &'a BTreeMap<String, Bytes>,
    group: &'a str,
    name: &'a str,
    path: String,
    other: Option<String>,
    renamed: bool,
    before: String,
    text: String,
    fixed: String,
    bytes: Option<Bytes>,
    marks: Vec<(String, usize)>,
    encoding: String,
    off: Option<(usize, String)>,
    edits: Vec<[Vec<String>; 3]>,
    expected: Vec<String>,
    fix: Fix,
}

impl<'a> Builder<'a> {
    fn new(group: &'a str, text: &'a str, base: &'a BTreeMap<String, Bytes>) -> Self {
        let (name, body) = text.split_once('\n').expect("a case has lines");
        let mut new = Self {
            base,
            group,
            name,
            path: LIST.to_owned(),
            other: None,
            renamed: false,
            before: String::new(),
            text: String::new(),
            fixed: String::new(),
            bytes: None,
            marks: Vec::new(),
            encoding: String::new(),
            off: None,
            edits: Vec::new(),
            expected: Vec::new(),
            fix: Fix::Unasked,
        };
        new.open(LIST);
        body.lines().for_each(|line| new.line(line));
        new
    }

    fn open(&mut self, path: &str) {
        path.clone_into(&mut self.path);
        let bytes = self.base.get(path).unwrap_or_else(|| panic!("{}: no {path}", self.name));
        self.before = String::from_utf8(bytes.clone()).expect("the base is UTF-8");
        self.text.clone_from(&self.before);
    }

    /// Reads one line of the case.
    fn line(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match (line.get(..2), word) {
            (_, "") => {}
            (Some("-|"), _) => {
                let next = self.edits.last().is_none_or(|edit| !edit[1].is_empty());
                if next {
                    self.edits.push(Default::default());
                }
                self.edits.last_mut().expect("one was pushed")[0].push(unescaped(&line[2..]));
            }
            (Some("+|"), _) => self.edits.last_mut().expect("`-|` first")[1].push(unescaped(&line[2..])),
            (Some("=|"), _) => self.edits.last_mut().expect("`-|` first")[2].push(unescaped(&line[2..])),
            (Some("@|"), _) => self.marks.push((unescaped(&line[2..]), 0)),
            (_, "in") if rest == "chinese" => {
                let own = fs::read_to_string(here("tests/slips/files/chinese-keys.yaml")).expect("UTF-8");
                self.text.clone_from(&own);
                self.before = own;
            }
            (_, "in") => self.open(match rest {
                "place" => "fujian/jiashi/place.yaml",
                "contacts" => "fujian/jiashi/contacts.yaml",
                "site" => "site.yaml",
                "areas" => "vocabulary/areas.yaml",
                "conditions" => "vocabulary/conditions.yaml",
                "departments" => "vocabulary/departments.yaml",
                _ => panic!("{}: in what?", self.name),
            }),
            (_, "all") => {
                let (from, to) = rest.split_once(" => ").expect("`all \"a\" => \"b\"`");
                self.text = self.text.replace(&quoted(from), &quoted(to));
            }
            (_, "append") => self.text.push_str(&unescaped(rest)),
            (_, "append-self") => self.text = self.text.repeat(2),
            (_, "no-last-line-end") => self.text.truncate(self.text.trim_end().len()),
            (_, "cut-after") => {
                let last = quoted(rest);
                // Edits come first, so that what they write can be cut.
                self.edit();
                let end = self.text.rfind(&last).unwrap_or_else(|| panic!("{}: no {last}", self.name));
                self.text.truncate(end + last.len());
            }
            (_, "bytes-off") => {
                let (count, after) = rest.split_once(" after ").expect("`bytes-off N after \"text\"`");
                self.off = Some((count.parse().expect("a number"), quoted(after)));
            }
            (_, "whole") => self.text = unescaped(rest),
            (_, "bytes") => self.bytes = Some(from_hex(rest)),
            (_, "encode") => rest.clone_into(&mut self.encoding),
            (_, "also") => self.other = Some(rest.to_owned()),
            (_, "name") => (self.other, self.renamed) = (Some(rest.to_owned()), true),
            (_, "fix") => self.fix = Fix::Exact,
            (_, "fix-any") => self.fix = Fix::Clean,
            (_, "silent") => {}
            (_, word) if ["error", "warning", "finds"].contains(&word.split('@').next().unwrap_or("")) => {
                self.expected.push(line.to_owned());
            }
            _ => panic!("{} / {}: what is `{line}`?", self.group, self.name),
        }
    }

    /// Makes the edits read so far.
    fn edit(&mut self) {
        for [from, to, fixed] in std::mem::take(&mut self.edits) {
            let lines = |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
            let (from, to) = (lines(&from), lines(&to));
            self.text = replaced(&self.text, &from, &to, self.name);
            if !fixed.is_empty() {
                self.before = replaced(&self.before, &from, &lines(&fixed), self.name);
            }
        }
    }

    fn case(mut self) -> Case {
        self.edit();
        for (line, _) in &self.marks {
            let plain = line.replace(MARKS, "");
            self.text = replaced(&self.text, &format!("{plain}\n"), &format!("{line}\n"), self.name);
        }
        let places = marked(&self.text);
        let mut bytes = self.bytes.clone().unwrap_or_else(|| encoded(&self.text, &self.encoding));
        if let Some((count, after)) = &self.off {
            let end = self.text.rfind(after.as_str()).expect("the text is there") + after.len();
            bytes.truncate(end - count);
        }
        self.fixed = if self.encoding.ends_with("crlf") {
            self.before.replace('\n', "\r\n")
        } else {
            self.before.clone()
        };
        let mut places = places.into_iter();
        let expected = self.expected.iter().map(|line| expected(line, &mut places, self.name)).collect();
        assert!(places.next().is_none(), "{}: a mark without a finding", self.name);
        let mut files = BTreeMap::new();
        files.extend(self.other.clone().map(|other| (other, bytes.clone())));
        if !self.renamed {
            files.insert(self.path.clone(), bytes);
        }
        let gone = if self.renamed { vec![self.path.clone()] } else { Vec::new() };
        let (group, name) = (self.group.to_owned(), self.name.to_owned());
        let Self { path, other, fix, fixed, .. } = self;
        Case { group, name, path, other, files, gone, expected, fix, fixed }
    }
}

/// Replaces whole lines that occur once.
fn replaced(text: &str, from: &str, to: &str, name: &str) -> String {
    let whole = format!("\n{text}");
    let found: Vec<usize> = whole.match_indices(&format!("\n{from}")).map(|(at, _)| at).collect();
    let [at] = found[..] else { panic!("{name}: {} times in the file:\n{from}", found.len()) };
    format!("{}{to}{}", &text[..at], &text[at + from.len()..])
}

/// Reads `error@12 冒号 空格 // colon space`.
fn expected(line: &str, places: &mut dyn Iterator<Item = Place>, name: &str) -> Expected {
    let (word, words) = line.split_once(' ').unwrap_or_else(|| panic!("{name}: no words"));
    let (zh, en) = words.split_once(" // ").unwrap_or_else(|| panic!("{name}: no English words"));
    let groups = |words: &str| {
        let group = |group: &str| group.split('|').map(|word| word.replace('_', " ")).collect();
        words.split_whitespace().map(group).collect()
    };
    let (level, at) = word.split_once('@').unwrap_or((word, ""));
    let place = match at {
        "" => places.next().unwrap_or_else(|| panic!("{name}: a finding without a mark")),
        "file" | "any" => Place::File,
        "other" => Place::Other,
        line => Place::Line(line.parse().expect("a line")),
    };
    Expected { level: level.to_owned(), place, zh: groups(zh), en: groups(en) }
}

/// Returns the places of the marks in a text.
fn marked(text: &str) -> Vec<Place> {
    let mut places = Vec::new();
    let (mut line, mut column, mut start) = (1, 1, None);
    for c in text.chars() {
        match c {
            '⟪' => start = Some((line, column)),
            '⟫' => places.push(Place::Marked(start.take().expect("a mark was opened"), (line, column))),
            '\n' => (line, column) = (line + 1, 1),
            _ => column += 1,
        }
    }
    places
}

fn encoded(text: &str, encoding: &str) -> Bytes {
    let text = text.replace(MARKS, "");
    let lines = || text.replace('\n', "\r\n");
    let wide = |text: String, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect();
    let marked = |text: String| format!("\u{feff}{text}");
    match encoding {
        "" => raw(&text),
        "crlf" => lines().into_bytes(),
        "bom" => marked(text).into_bytes(),
        "bom-crlf" => marked(lines()).into_bytes(),
        "gbk" => encoding_rs::GBK.encode(&lines()).0.into_owned(),
        "utf16le-bom" => wide(marked(lines()), u16::to_le_bytes),
        "utf16be-bom" => wide(marked(lines()), u16::to_be_bytes),
        "utf16le" => wide(lines(), u16::to_le_bytes),
        _ => panic!("encoding {encoding}?"),
    }
}

/// Turns `\x{d5fe}` into bytes.
fn raw(text: &str) -> Bytes {
    let mut bytes = Vec::new();
    let mut parts = text.split("\\x{");
    bytes.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        let (hex, rest) = part.split_once('}').expect("`\\x{ff}`");
        bytes.extend(from_hex(hex));
        bytes.extend(rest.bytes());
    }
    bytes
}

fn from_hex(hex: &str) -> Bytes {
    let pair = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("bytes are written in hex");
    (0..hex.len()).step_by(2).map(pair).collect()
}

fn quoted(text: &str) -> String {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    unescaped(inner.unwrap_or_else(|| panic!("`{text}` is not quoted")))
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let (c, length) = match after.chars().next() {
            Some('n') => ('\n', 1),
            Some('t') => ('\t', 1),
            Some('\\' | '"') => (after.chars().next().expect("it is there"), 1),
            Some('u') if after.starts_with("u{") => {
                let end = after.find('}').expect("`\\u{a0}`");
                let code = u32::from_str_radix(&after[2..end], 16).expect("a number in hex");
                (char::from_u32(code).expect("a character"), end + 1)
            }
            _ => ('\\', 0),
        };
        out.push(c);
        rest = &after[length..];
    }
    out + rest
}
