//! Areas that an imported list names and the catalogue does not know yet go into `vocabulary/areas.yaml`.

use super::ids::new_id;
use super::tree::{Manner, entry, node, text};
use crate::diagnostic::Findings;
use crate::lang::LangCode;
use crate::schema::tables::AREAS;
use crate::schema::{KeyLanguage, Shape};
use crate::span::FileId;
use crate::syntax::{self, Node, Value};
use qingdan_document::tidy::rewritten;

/// The file, by its path in the catalogue.
pub const AREAS_FILE: &str = "vocabulary/areas.yaml";

/// Returns the file with these areas behind the others, each with an id made of its name; `None` if there are none, or it
/// cannot be changed.
pub fn with_areas(old: &str, names: &[String]) -> Option<String> {
    let manner = Manner { keys: KeyLanguage::of_text(old), reference: LangCode::new("zh") };
    let Shape::Map(file) = &AREAS else { return None };
    let field = file.field("areas")?;
    let Shape::List(Shape::Map(item)) = &field.shape else { return None };
    let (id, name) = (item.field("id")?, item.field("name")?);
    let mut root = match old.trim().is_empty() {
        true => node(Value::Map(Vec::new())),
        false => syntax::yaml::parse(FileId(0), old, &mut Findings::new())?,
    };
    let Value::Map(entries) = &mut root.value else { return None };
    let at = entries.iter().position(|known| field.names().any(|name| name == known.key.value));
    let at = at.unwrap_or_else(|| {
        entries.push(entry(manner.keys.key(field), node(Value::List(Vec::new()))));
        entries.len() - 1
    });
    let Value::List(items) = &mut entries[at].value.value else { return None };
    let mut taken: Vec<String> = items
        .iter()
        .filter_map(|known| id.names().find_map(|key| known.get(key)).and_then(Node::text))
        .map(str::to_owned)
        .collect();
    for zh in names {
        let own = new_id(None, Some(zh), "area", &taken.iter().map(String::as_str).collect::<Vec<_>>());
        let words = node(Value::Map(vec![entry("zh", text(zh.clone()))]));
        items.push(node(Value::Map(vec![
            entry(manner.keys.key(id), text(own.clone())),
            entry(manner.keys.key(name), words),
        ])));
        taken.push(own);
    }
    if names.is_empty() { None } else { rewritten(old, &root).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_areas_stand_behind_the_others() {
        let old = "areas:\n  - id: can-you-suo-zhu # 已有\n    name:\n      zh: 一\n";
        let new = with_areas(old, &["残有所助".to_owned()]).expect("it can be changed");
        let added = "  - id: can-you-suo-zhu-2\n    name:\n      zh: 残有所助\n";
        assert_eq!(new, format!("{old}{added}"));
        assert_eq!(with_areas(old, &[]), None);
    }
}
