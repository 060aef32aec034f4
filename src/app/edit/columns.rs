//! What columns of tables were told to be is remembered in `vocabulary/columns.yaml`.
//!
//! It stands among the words of the catalogue, and not with the tool's own files in `.qingdan/`: offices of a province have
//! tables alike, so that a colleague's next table is read as well, and whoever looks at the file sees why.

use std::collections::BTreeMap;

use super::tree::{Manner, entry, node, text};
use crate::catalogue::ColumnMeaning;
use crate::diagnostic::Findings;
use crate::lang::LangCode;
use crate::schema::tables::COLUMNS;
use crate::schema::{Choices as _, KeyLanguage, Shape};
use crate::span::FileId;
use crate::syntax::{self, Entry, Node, Value};
use qingdan_document::tidy::rewritten;

/// The file, by its path in the catalogue.
pub const COLUMNS_FILE: &str = "vocabulary/columns.yaml";

/// What stands at the start of a new file.
const BEGINNING: &str = "# 导入表格时，各列是什么；按表头记着，下一张表照着读。What columns of tables are when they are imported, by their headings; the next table is read alike.\n";

/// Returns the file with what was told now; `None` if it says all of that already, or cannot be changed.
pub fn remembered(old: Option<&str>, told: &BTreeMap<String, ColumnMeaning>) -> Option<String> {
    let old = old.filter(|text| !text.trim().is_empty());
    let keys = old.map_or(KeyLanguage::English, KeyLanguage::of_text);
    let manner = Manner { keys, reference: LangCode::new("zh") };
    let Shape::Map(file) = &COLUMNS else { return None };
    let field = file.field("columns")?;
    let Shape::List(Shape::Map(item)) = &field.shape else { return None };
    let (heading, means) = (item.field("heading")?, item.field("means")?);
    let mut root = match old {
        Some(text) => syntax::yaml::parse(FileId(0), text, &mut Findings::new())?,
        None => node(Value::Map(Vec::new())),
    };
    let Value::Map(entries) = &mut root.value else { return None };
    let at = entries.iter().position(|known| field.names().any(|name| name == known.key.value));
    let at = at.unwrap_or_else(|| {
        entries.push(entry(manner.keys.key(field), node(Value::List(Vec::new()))));
        entries.len() - 1
    });
    let list = &mut entries[at].value;
    if matches!(list.value, Value::Empty) {
        list.value = Value::List(Vec::new());
    }
    let Value::List(items) = &mut list.value else { return None };
    let word = |meaning: ColumnMeaning| match manner.keys {
        KeyLanguage::Chinese => meaning.choice().zh,
        KeyLanguage::English => meaning.choice().value,
    };
    let mut is_changed = false;
    for (name, meaning) in told {
        let is_it = |item: &&mut Node| {
            value_of(item, &heading.names().collect::<Vec<_>>())
                .is_some_and(|known| qingdan_exchange::import::is_same_heading(known, name))
        };
        match items.iter_mut().find(is_it) {
            Some(item) => {
                let names: Vec<&str> = means.names().collect();
                let choice = meaning.choice();
                let stands = value_of(item, &names);
                if stands.is_some_and(|stands| stands == choice.value || stands == choice.zh) {
                    continue;
                }
                let Value::Map(parts) = &mut item.value else { continue };
                parts.retain(|part| !names.contains(&part.key.value.as_str()));
                parts.push(entry(manner.keys.key(means), text(word(*meaning))));
            }
            None => items.push(node(Value::Map(vec![
                entry(manner.keys.key(heading), text(name.clone())),
                entry(manner.keys.key(means), text(word(*meaning))),
            ]))),
        }
        is_changed = true;
    }
    let text = old.map_or_else(|| BEGINNING.to_owned(), str::to_owned);
    if is_changed { rewritten(&text, &root).ok() } else { None }
}

/// Returns the text under one of these keys.
fn value_of<'n>(item: &'n Node, names: &[&str]) -> Option<&'n str> {
    let Value::Map(parts) = &item.value else { return None };
    let part: Option<&Entry> = parts.iter().find(|part| names.contains(&part.key.value.as_str()));
    part?.value.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pairs: &[(&str, ColumnMeaning)]) -> BTreeMap<String, ColumnMeaning> {
        pairs.iter().map(|(heading, meaning)| ((*heading).to_owned(), *meaning)).collect()
    }

    #[test]
    fn what_was_told_is_written_once_and_changed_where_it_stands() {
        let new = remembered(None, &told(&[("联系方式", ColumnMeaning::Phone)])).expect("a new file");
        assert!(new.ends_with("columns:\n  - heading: 联系方式\n    means: phone\n"), "{new}");
        assert_eq!(remembered(Some(&new), &told(&[("联系 方式", ColumnMeaning::Phone)])), None);
        let changed =
            remembered(Some(&new), &told(&[("联系方式", ColumnMeaning::Note)])).expect("it changes");
        assert!(changed.ends_with("  - heading: 联系方式\n    means: note\n"), "{changed}");
        let chinese = "列:\n  - 表头: 内部码\n    是: 不读 # 不要\n";
        let more = remembered(Some(chinese), &told(&[("联系方式", ColumnMeaning::Phone)])).expect("one more");
        assert_eq!(more, format!("{chinese}  - 表头: 联系方式\n    是: 电话\n"));
    }
}
