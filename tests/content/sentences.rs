//! What stands on the pages for families comes from a file of the content or from the strings of the theme.
//!
//! Each text of each page is taken apart into texts that are known, figures and marks; what is left over was made up
//! somewhere in the program, and no source can be named for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser};
use qingdan::date::Date;
use qingdan::diagnostic::Findings;
use qingdan::output::MemorySite;
use qingdan::pipeline::{self, Request};
use qingdan::span::FileId;
use qingdan::syntax::{Node, Value, yaml};

/// The texts a page may be made of, by their first character, the longest first; and long ones, of which pages show parts:
/// the official words are cut where quotes begin and end.
#[derive(Default)]
struct Known(BTreeMap<char, BTreeSet<(std::cmp::Reverse<usize>, String)>>, Vec<String>);

impl Known {
    fn learn(&mut self, text: &str) {
        let text = plain(text);
        if text.chars().count() > 60 {
            self.1.push(squeezed(&text));
        }
        if let Some(first) = text.chars().next() {
            self.0.entry(first).or_default().insert((std::cmp::Reverse(text.len()), text));
        }
    }

    /// Learns a text of the theme, without the places that content fills.
    fn learn_string(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            self.learn(before);
            let Some((_, after)) = after.split_once('}') else { break };
            rest = after;
        }
        rest.split('|').for_each(|part| self.learn(part));
    }

    /// Returns what of a text is left when everything known is taken out, figures and marks too.
    fn left_of(&self, text: &str) -> Option<String> {
        let text = plain(text);
        let letters = squeezed(&text);
        if self.1.iter().any(|long| long.contains(&letters)) {
            return None;
        }
        let mut reached = vec![false; text.len() + 1];
        let mut furthest = 0;
        reached[0] = true;
        for (at, letter) in text.char_indices() {
            if !reached[at] {
                continue;
            }
            furthest = at;
            if !letter.is_alphabetic() {
                reached[at + letter.len_utf8()] = true;
            }
            for (_, known) in self.0.get(&letter).into_iter().flatten() {
                if text[at..].starts_with(known.as_str()) {
                    reached[at + known.len()] = true;
                }
            }
        }
        (!reached[text.len()]).then(|| text[furthest..].to_owned())
    }
}

/// Returns a text without blanks, as official words are shown that are cut in Chinese.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Returns a text as one reads it: spaces as one, marks for line breaks gone.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '\u{200b}' | '\u{2060}' | '\u{ad}')).collect();
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn scalars(node: &Node, learn: &mut dyn FnMut(&str)) {
    match &node.value {
        Value::Text(text) => learn(text),
        Value::List(items) => items.iter().for_each(|item| scalars(item, learn)),
        Value::Map(entries) => entries.iter().for_each(|entry| scalars(&entry.value, learn)),
        Value::Empty => {}
    }
}

fn read_yaml(path: &Path, learn: &mut dyn FnMut(&str)) {
    let source = fs::read_to_string(path).expect("it is UTF-8");
    let node = yaml::parse(FileId(0), &source, &mut Findings::new());
    node.iter().for_each(|node| scalars(node, learn));
}

fn read_markdown(path: &Path, learn: &mut dyn FnMut(&str)) {
    let source = fs::read_to_string(path).expect("it is UTF-8");
    for event in Parser::new_ext(&source, Options::ENABLE_TABLES) {
        if let Event::Text(text) | Event::Code(text) = event {
            learn(&text);
        }
    }
}

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut entries: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn known(lang: &str) -> Known {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut known = Known::default();
    let mut found = Vec::new();
    files(&root.join("content"), &mut found);
    for path in &found {
        match path.extension().and_then(|ext| ext.to_str()) {
            // Words of groups are strings, with places that content fills.
            Some("yaml") if path.ends_with("groups.yaml") => {
                read_yaml(path, &mut |text| known.learn_string(text));
            }
            Some("yaml") => read_yaml(path, &mut |text| known.learn(text)),
            Some("md") => read_markdown(path, &mut |text| known.learn(text)),
            _ => {}
        }
    }
    known.learn(env!("CARGO_PKG_NAME"));
    let strings = root.join(format!("themes/default/strings/{lang}.yaml"));
    read_yaml(&strings, &mut |text| known.learn_string(text));
    known
}

/// Returns a page in which words of another language and numbers to call stand in their sentence without a tag around
/// them.
fn without_inner_tags(html: &str) -> String {
    let html = without(&html.replace("<bdi>", "").replace("</bdi>", ""), "<span lang=", "</span>");
    without(&without(&html, "<a href=\"tel:", "</a>"), "<a class=\"call-number\"", "</a>")
}

fn without(html: &str, opening: &str, closing: &str) -> String {
    let mut parts = html.split(opening);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, words) = part.split_once('>').unwrap_or_default();
        out.push_str(&words.replacen(closing, "", 1));
    }
    out
}

/// Returns the texts of a page: between its tags, its title, and what it says of itself to search engines.
fn texts(html: &str) -> Vec<String> {
    let html = without_inner_tags(html);
    let mut texts = Vec::new();
    let mut rest = html.as_str();
    while let Some((text, after)) = rest.split_once('<') {
        texts.push(unescaped(text));
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        for name in ["content=\"", "aria-label=\"", "alt=\"", "placeholder=\""] {
            let value = tag.split_once(name).and_then(|(_, value)| value.split_once('"'));
            let is_read = name != "content=\"" || tag.contains("name=\"description\"");
            texts.extend(value.filter(|_| is_read).map(|(value, _)| unescaped(value)));
        }
        let hidden = ["script", "style"].into_iter().find(|name| tag.starts_with(name));
        rest =
            hidden.and_then(|name| after.split_once(&format!("</{name}>"))).map_or(after, |(_, after)| after);
    }
    texts.push(unescaped(rest));
    texts
}

fn unescaped(text: &str) -> String {
    let marks =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&nbsp;", " ")];
    let text = marks.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&#x2F;", "/").replace("&amp;", "&")
}

#[test]
fn every_sentence_for_families_has_a_source() {
    let memory = MemorySite::new();
    let today = Date::parse("2026-11-29").expect("it is a day");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let request = Request { drafts: true, ..Request::whole(today) };
    pipeline::run(&root, &request, &memory, &|_| {}).expect("the content can be read");
    let mut asked = 0;
    let mut made_up = BTreeMap::new();
    let site = memory.finish();
    for lang in ["zh", "en"] {
        let known = known(lang);
        let mut seen = BTreeSet::new();
        let pages = site.iter().map(|(route, bytes)| (route.to_string(), bytes));
        for (route, bytes) in pages.filter(|(route, _)| route.starts_with(lang) && route.ends_with(".html")) {
            let html = std::str::from_utf8(bytes).expect("a page is UTF-8");
            for text in texts(html).into_iter().filter(|text| seen.insert(text.clone())) {
                asked += 1;
                if let Some(left) = known.left_of(&text) {
                    made_up.entry(left).or_insert((route.clone(), text));
                }
            }
        }
    }
    assert!(asked > 1000, "the pages were read: {asked} texts");
    let list: Vec<String> =
        made_up.iter().map(|(left, (page, text))| format!("{page}: {text}\n    {left}")).collect();
    assert!(list.is_empty(), "{} texts have no source:\n{}", list.len(), list.join("\n"));
}
