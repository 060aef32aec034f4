//! The numbers that Word puts before paragraphs by itself: `1.`, `（一）`. They are printed, so they are text.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::import::xml::{attribute, number};

/// How one level of a list is numbered.
#[derive(Clone, Debug, Default)]
struct Level {
    /// `decimal`, `chineseCounting` …
    format: String,
    /// `%1.`, `（%1）`.
    pattern: String,
    start: usize,
}

/// The lists of a document, and how far each has come.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    /// Levels by list, then level.
    lists: BTreeMap<String, BTreeMap<usize, Level>>,
    /// The list that a number of paragraphs is of.
    numbers: BTreeMap<String, String>,
    counts: BTreeMap<(String, usize), usize>,
    /// Paragraph styles: the number of the list and the level each has, and the style it is based on.
    styles: BTreeMap<String, Style>,
}

/// What a style of paragraphs says of numbers.
#[derive(Clone, Debug, Default)]
struct Style {
    list: String,
    level: usize,
    based_on: String,
}

/// How many styles are based on each other at most.
const MOST_BASES: usize = 10;

impl Numbering {
    /// Reads `numbering.xml` and `styles.xml`.
    pub fn read(xml: &str, styles: &str) -> Self {
        Self { styles: read_styles(styles), ..Self::lists(xml) }
    }

    fn lists(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        let mut numbering = Self::default();
        let (mut list, mut num, mut at) = (String::new(), String::new(), 0);
        loop {
            match reader.read_event() {
                Ok(Event::Start(e) | Event::Empty(e)) => {
                    let value = || attribute(&e, "val").unwrap_or_default();
                    match e.local_name().as_ref() {
                        "abstractNum" => list = attribute(&e, "abstractNumId").unwrap_or_default(),
                        "num" => num = attribute(&e, "numId").unwrap_or_default(),
                        "abstractNumId" => drop(numbering.numbers.insert(num.clone(), value())),
                        "lvl" => at = number(&e, "ilvl").unwrap_or(0),
                        "numFmt" => numbering.level(&list, at).format = value(),
                        "lvlText" => numbering.level(&list, at).pattern = value(),
                        "start" => numbering.level(&list, at).start = number(&e, "val").unwrap_or(1),
                        _ => {}
                    }
                }
                Ok(Event::Eof) | Err(_) => return numbering,
                Ok(_) => {}
            }
        }
    }

    fn level(&mut self, list: &str, at: usize) -> &mut Level {
        self.lists.entry(list.to_owned()).or_default().entry(at).or_default()
    }

    /// Returns what stands before the next paragraph of this list and level, or else of this style. Empty for bullets.
    pub fn next(&mut self, num: &str, at: usize, style: &str) -> String {
        let (num, at) = if num.is_empty() { self.of_style(style) } else { (num.to_owned(), at) };
        self.next_of(&num, at)
    }

    fn of_style(&self, name: &str) -> (String, usize) {
        let styles = std::iter::successors(self.styles.get(name), |style| self.styles.get(&style.based_on));
        let numbered = styles.take(MOST_BASES).find(|style| !style.list.is_empty());
        numbered.map_or_else(Default::default, |style| (style.list.clone(), style.level))
    }

    fn next_of(&mut self, num: &str, at: usize) -> String {
        let Some(list) = self.numbers.get(num) else { return String::new() };
        let Some(level) = self.lists.get(list).and_then(|levels| levels.get(&at)) else {
            return String::new();
        };
        let count = self.counts.entry((list.clone(), at)).or_insert(level.start.max(1) - 1);
        *count += 1;
        let shown = match level.format.as_str() {
            "bullet" | "none" => return String::new(),
            "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCounting" => {
                chinese(*count)
            }
            _ => count.to_string(),
        };
        let own = format!("%{}", at + 1);
        // Numbers of the levels above would need them all; lists in cells have one.
        if level.pattern.matches('%').count() == 1 {
            level.pattern.replace(&own, &shown)
        } else {
            format!("{shown}.")
        }
    }
}

/// Reads the styles of paragraphs that have something to do with numbers.
fn read_styles(xml: &str) -> BTreeMap<String, Style> {
    let mut reader = Reader::from_str(xml);
    let (mut styles, mut name) = (BTreeMap::<String, Style>::new(), String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) => {
                let value = || attribute(&e, "val").unwrap_or_default();
                match e.local_name().as_ref() {
                    "style" => name = attribute(&e, "styleId").unwrap_or_default(),
                    "numId" => styles.entry(name.clone()).or_default().list = value(),
                    "ilvl" => styles.entry(name.clone()).or_default().level = number(&e, "val").unwrap_or(0),
                    "basedOn" => styles.entry(name.clone()).or_default().based_on = value(),
                    _ => {}
                }
            }
            Ok(Event::Eof) | Err(_) => return styles,
            Ok(_) => {}
        }
    }
}

/// Returns a number from 1 to 99 in Chinese.
fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, one) => DIGITS[one].to_owned(),
        (1, one) => format!("十{}", DIGITS[one]),
        (ten @ 2..=9, one) => format!("{}十{}", DIGITS[ten], DIGITS[one]),
        _ => number.to_string(),
    }
}
