//! The names of areas, departments and audiences in official tables, and the ids they stand for.

use crate::catalogue::{Catalogue, Place, Tier, Vocabulary};
use crate::lang::Localized;

/// What stands between the names of departments.
pub(super) const BETWEEN: &[char] = &['、', '，', ',', '；', ';', '\n', '\r', '\t', '/', '／', '|'];
/// Words before a name that say which tier it is of.
const TIERS: &[&str] = &["自治区", "各级", "当地", "所在地", "省", "市", "县", "区"];

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

/// Returns the functions that the body called `name` carries out in `place`, in the order of the vocabulary; none if that
/// is not certain.
pub(super) fn functions(catalogue: &Catalogue, place: Option<&Place>, name: &str) -> Vec<String> {
    let words = &catalogue.vocabulary;
    if words.department(name).is_some() {
        return vec![name.to_owned()];
    }
    let above = place.and_then(|place| catalogue.parent(&place.path));
    let own = |id: &str| {
        place.into_iter().flat_map(move |place| names_in(catalogue, place, id)).collect::<Vec<&Localized>>()
    };
    let parents = |id: &str| {
        above.into_iter().flat_map(move |place| names_in(catalogue, place, id)).collect::<Vec<&Localized>>()
    };
    let found = matching(words, name, place, own);
    if !found.is_empty() {
        return found;
    }
    let found = matching(words, name, place, parents);
    if !found.is_empty() {
        return found;
    }
    matching(words, name, place, |id| every_name(words, id))
}

fn matching<'a>(
    words: &'a Vocabulary,
    name: &str,
    place: Option<&Place>,
    names: impl Fn(&'a str) -> Vec<&'a Localized>,
) -> Vec<String> {
    let wanted = bare(name, place);
    let ids = words.departments.iter().map(|department| department.id.value.as_str());
    let is_it = |id: &&'a str| names(id).iter().any(|known| bare(&known.reference().value, place) == wanted);
    let found: Vec<String> = ids.filter(is_it).map(str::to_owned).collect();
    if found.len() > 3 { Vec::new() } else { found }
}

/// Returns the names a function has in `place`.
fn names_in<'a>(catalogue: &'a Catalogue, place: &'a Place, id: &str) -> Vec<&'a Localized> {
    let local = place.departments.get(id).map(|(_, body)| body);
    let usual =
        catalogue.vocabulary.department(id).and_then(|known| known.counterparts.get(&place.tier.value));
    local.or(usual).into_iter().flat_map(|body| body.name.iter().chain(&body.full_name)).collect()
}

/// Returns every name a function has at any tier.
fn every_name<'a>(words: &'a Vocabulary, id: &str) -> Vec<&'a Localized> {
    let Some(department) = words.department(id) else { return Vec::new() };
    let tiers = [Tier::Nation, Tier::Province, Tier::Prefecture, Tier::County];
    let bodies = tiers.iter().filter_map(|tier| department.counterparts.get(tier));
    std::iter::once(&department.name)
        .chain(bodies.flat_map(|body| body.name.iter().chain(&body.full_name)))
        .collect()
}

/// Returns a name without white space and the words for its tier or place.
fn bare(name: &str, place: Option<&Place>) -> String {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let mut rest = name.as_str();
    let own = place.into_iter().flat_map(|place| [Some(&place.name), place.short_name.as_ref()]).flatten();
    for own in own {
        rest = rest.strip_prefix(own.reference().value.as_str()).unwrap_or(rest);
    }
    for tier in TIERS {
        rest = rest.strip_prefix(tier).filter(|rest| rest.chars().count() > 1).unwrap_or(rest);
    }
    rest.strip_suffix("部门").filter(|rest| rest.chars().count() > 1).unwrap_or(rest).to_owned()
}

/// Returns the id of the area that a cell names: `幼有所育`, `一、幼有所育`.
pub(super) fn area(words: &Vocabulary, cell: &str) -> Option<String> {
    let cell: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    let named = words.areas.iter().find(|area| area.id.value == cell || cell == area.name.reference().value);
    let within = || words.areas.iter().find(|area| cell.contains(area.name.reference().value.as_str()));
    named.or_else(within).map(|area| area.id.value.clone())
}
