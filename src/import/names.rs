//! The names of areas, departments and audiences in official tables, and the ids they stand for.

use crate::catalogue::{Naming, Vocabulary};
use crate::schema::Register;

/// What stands between the names of departments.
pub(super) const BETWEEN: &[char] = &['、', '，', ',', '；', ';', '\n', '\r', '\t', '/', '／', '|'];

/// One department as the table names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Its name, without words about its part.
    pub name: String,
    /// Whether it is said to lead.
    pub leads: bool,
}

/// Splits a cell into the departments it names, each once.
pub(super) fn split(cell: &str) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    let mut leads = false;
    for part in parts(cell) {
        let mut name = part.trim().trim_end_matches(['。', '.', '等']).trim().to_owned();
        for (start, is_lead) in [
            ("牵头单位", true),
            ("牵头部门", true),
            ("牵头", true),
            ("配合单位", false),
            ("配合部门", false),
            ("配合", false),
            ("责任单位", false),
            ("责任部门", false),
        ] {
            if let Some(rest) = name
                .strip_prefix(start)
                .map(|rest| rest.trim_start())
                .and_then(|rest| rest.strip_prefix(['：', ':']))
            {
                (name, leads) = (rest.trim().to_owned(), is_lead);
            }
        }
        let mut own = leads;
        for (end, is_lead) in [
            ("（牵头）", true),
            ("(牵头)", true),
            ("（牵头单位）", true),
            ("（配合）", false),
            ("(配合)", false),
            ("牵头", true),
            ("负责", false),
            ("配合", false),
        ] {
            if let Some(rest) = name.strip_suffix(end) {
                (name, own) = (rest.trim().to_owned(), is_lead);
            }
        }
        if !name.is_empty() && named.iter().all(|known| known.name != name) {
            named.push(Named { name, leads: own });
        }
    }
    named
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
    let ids = |name: &str| naming.ids(Register::Departments, name);
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
