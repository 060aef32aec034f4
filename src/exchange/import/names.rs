//! The names of areas, departments and audiences in official tables, and the ids they stand for.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Naming, Vocabulary};
use crate::schema::VocabularyKind;

/// What stands between the names of departments.
pub(super) const BETWEEN: &[char] = &['、', '，', ',', '；', ';', '\n', '\r', '\t', '/', '／', '|', '。'];

/// How many functions one name may stand for at most; of one that stands for more nobody knows which are meant.
pub(super) const MOST_FUNCTIONS: usize = 3;

/// One department as the table names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Its name, without words about its part.
    pub name: String,
    /// Whether it is said to lead.
    pub leads: bool,
}

/// Words for a part in the work before a name, with whether it leads.
const PARTS_BEFORE: &[(&str, bool)] = &[
    ("牵头单位", true),
    ("牵头部门", true),
    ("牵头", true),
    ("配合单位", false),
    ("配合部门", false),
    ("配合", false),
    ("责任单位", false),
    ("责任部门", false),
];

/// The same behind a name.
const PARTS_BEHIND: &[(&str, bool)] = &[
    ("（牵头）", true),
    ("(牵头)", true),
    ("（牵头单位）", true),
    ("（配合）", false),
    ("(配合)", false),
    ("牵头负责", true),
    ("牵头", true),
    ("分别负责", false),
    ("共同负责", false),
    ("负责", false),
    ("配合", false),
];

/// What may stand behind the last name and is no part of it.
const TAILS: &[&str] =
    &["等有关部门", "等相关部门", "等有关单位", "等相关单位", "等部门", "等单位", "等", "。", "."];

/// How names of departments end.
const ENDS: &[&str] = &[
    "局", "委", "厅", "部", "办", "院", "会", "联", "府", "处", "署", "中心", "部门", "单位", "集团", "公司",
    "机构", "）", ")", "牵头", "负责", "配合",
];

/// The longest name that is looked for among those that are known, in bytes; no body has a longer one.
const LONGEST_NAME: usize = 150;

/// Words between names that may as well stand inside one; the longer ones first.
const WORDS_BETWEEN: &[&str] = &["会同", "以及", "和", "及", "与"];

/// Splits a cell into the departments it names, each once. A name that `is_known` stays whole.
pub(super) fn split(cell: &str, is_known: &dyn Fn(&str) -> bool) -> Vec<Named> {
    // 局和局和局…: the same few names are asked for again and again.
    let asked = RefCell::new(BTreeMap::<String, bool>::new());
    let is_known = &|name: &str| {
        let name = if name.len() <= LONGEST_NAME { plain(name).0 } else { return false };
        let known = asked.borrow().get(name).copied();
        known.unwrap_or_else(|| {
            let known = is_known(name);
            asked.borrow_mut().insert(name.to_owned(), known);
            known
        })
    };
    let (mut named, mut seen) = (Vec::new(), BTreeSet::new());
    let mut leads = false;
    for part in parts(cell) {
        let mut part = without_number(part.trim()).to_owned();
        for (start, is_lead) in PARTS_BEFORE {
            let rest =
                part.strip_prefix(start).map(str::trim_start).and_then(|rest| rest.strip_prefix(['：', ':']));
            if let Some(rest) = rest {
                (part, leads) = (rest.trim().to_owned(), *is_lead);
            }
        }
        for name in names_in(&part, is_known) {
            let (name, own) = plain(name);
            if !name.is_empty() && seen.insert(name.to_owned()) {
                named.push(Named { name: name.to_owned(), leads: own.unwrap_or(leads) });
            }
        }
    }
    named
}

/// Returns a name without words about its part and without what else may stand behind it, and whether it leads if that
/// is said.
fn plain(mut name: &str) -> (&str, Option<bool>) {
    let mut leads = None;
    loop {
        let before = name;
        // 按职责分工负责, 按照各自职责落实
        if let Some((rest, behind)) = name.rsplit_once(['按', '依'])
            && (behind.contains("职责") || behind.contains("分工"))
        {
            name = rest;
        }
        name = name.trim();
        for tail in TAILS {
            name = name.strip_suffix(tail).unwrap_or(name).trim_end();
        }
        for (end, is_lead) in PARTS_BEHIND {
            if let Some(rest) = name.strip_suffix(end) {
                (name, leads) = (rest.trim_end(), Some(*is_lead));
            }
        }
        if name == before {
            return (name, leads);
        }
    }
}

/// Returns a text without the number of an item before it.
pub(super) fn without_number(text: &str) -> &str {
    let digits = text.trim_start_matches(['（', '(']).trim_start_matches(|c: char| c.is_numeric());
    let has_number = digits.len() < text.trim_start_matches(['（', '(']).len();
    let rest = digits.trim_start_matches(['.', '．', ')', '）']).trim_start();
    let is_circled = text.starts_with(|c: char| ('①'..='⑳').contains(&c));
    if has_number && (rest.len() < digits.len() || digits.is_empty() || is_circled) { rest } else { text }
}

/// Splits at blanks and at words between names where a name ends before them, but never inside one that is known, whatever
/// is said of its part.
fn names_in<'p>(part: &'p str, is_known: &dyn Fn(&str) -> bool) -> Vec<&'p str> {
    if is_known(part) {
        return vec![part];
    }
    let mut pieces: Vec<std::ops::Range<usize>> = Vec::new();
    let (mut from, mut depth) = (0, 0usize);
    for (at, c) in part.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if at < from || depth > 0 {
            continue;
        }
        let mark = if c.is_whitespace() {
            c.len_utf8()
        } else {
            WORDS_BETWEEN.iter().find(|word| part[at..].starts_with(**word)).map_or(0, |word| word.len())
        };
        if mark == 0 {
            continue;
        }
        let name = part[from..at].trim();
        let is_name =
            name.chars().nth(2).is_some() && ENDS.iter().any(|end| name.ends_with(end)) || is_known(name);
        if is_name && !part[at + mark..].trim().is_empty() {
            pieces.push(from..at);
            from = at + mark;
        }
    }
    pieces.push(from..part.len());
    joined(part, &pieces, is_known)
}

/// Joins pieces again that together are a name that is known, the most of them first.
fn joined<'p>(
    part: &'p str,
    pieces: &[std::ops::Range<usize>],
    is_known: &dyn Fn(&str) -> bool,
) -> Vec<&'p str> {
    let (mut names, mut at) = (Vec::new(), 0);
    while at < pieces.len() {
        let whole = |end: usize| part[pieces[at].start..pieces[end - 1].end].trim();
        let near = (at + 2..=pieces.len()).take_while(|end| whole(*end).len() <= LONGEST_NAME);
        let end = near.filter(|end| is_known(whole(*end))).last().unwrap_or(at + 1);
        names.push(whole(end));
        at = end;
    }
    names
}

/// Splits at marks that stand outside of brackets.
fn parts(cell: &str) -> Vec<String> {
    let (mut parts, mut depth) = (vec![String::new()], 0usize);
    for c in cell.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match parts.last_mut() {
            Some(part) if depth > 0 || !BETWEEN.contains(&c) => part.push(c),
            _ => parts.push(String::new()),
        }
    }
    parts
}

/// Returns the functions that the body called `name` carries out; none if that is not known.
pub(super) fn functions(naming: &Naming<'_>, name: &str) -> Vec<String> {
    let ids = |name: &str| naming.ids(VocabularyKind::Departments, name);
    // 卫健委（health） says which function of the body is meant.
    let meant = name.strip_suffix('）').and_then(|name| name.rsplit_once('（')).map(|(_, id)| id);
    if let Some(id) = meant.filter(|id| id.is_ascii() && ids(id) == [*id]) {
        return vec![id.to_owned()];
    }
    let found = ids(name);
    // 民政部门 is whoever does what 民政 means.
    let found =
        if found.is_empty() { name.strip_suffix("部门").map(ids).unwrap_or_default() } else { found };
    found.into_iter().map(str::to_owned).collect()
}

/// Returns the id of the area that a cell names: `幼有所育`, `一、幼有所育`.
pub(super) fn area(words: &Vocabulary, cell: &str) -> Option<String> {
    let cell: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    let named = words.areas.iter().find(|area| area.id.value == cell || cell == area.name.reference().value);
    let within = || words.areas.iter().find(|area| cell.contains(area.name.reference().value.as_str()));
    named.or_else(within).map(|area| area.id.value.clone())
}

#[cfg(test)]
mod tests {
    use super::split;

    const KNOWN: &[&str] = &["市教育局", "市民政局", "市人力资源和社会保障局", "市委 宣传部"];

    #[test]
    fn names_are_divided_but_none_is_cut() {
        for (cell, expected) in [
            ("市教育局 市民政局", &["市教育局", "市民政局"][..]),
            ("市教育局　市民政局", &["市教育局", "市民政局"]),
            ("市教育局会同市人力资源和社会保障局", &["市教育局", "市人力资源和社会保障局"]),
            ("市教育局和市民政局", &["市教育局", "市民政局"]),
            ("不知道的局与另一个局", &["不知道的局", "另一个局"]),
            ("文化和旅游局", &["文化和旅游局"]),
            ("市委 宣传部", &["市委 宣传部"]),
            ("市教育局。市民政局。", &["市教育局", "市民政局"]),
            ("市教育局、市民政局等部门", &["市教育局", "市民政局"]),
            ("市教育局、市民政局按职责分工负责", &["市教育局", "市民政局"]),
            ("1.市教育局\n2.市民政局", &["市教育局", "市民政局"]),
            ("（1）市教育局；（2）市民政局", &["市教育局", "市民政局"]),
            ("①市教育局②市民政局", &["市教育局②市民政局"]),
            ("110指挥中心", &["110指挥中心"]),
        ] {
            let names = split(cell, &|name| KNOWN.contains(&name));
            let names: Vec<&str> = names.iter().map(|named| named.name.as_str()).collect();
            assert_eq!(names, expected, "{cell}");
        }
        let leads = split("市教育局牵头 市民政局配合", &|_| false);
        assert_eq!(leads.iter().map(|named| named.leads).collect::<Vec<_>>(), [true, false]);
    }
}
