//! The columns of the workbook to fill in: what a person wrote there holds, and nothing is proposed.
//!
//! [`super::workbook`] writes what is read here; what has no column stands as YAML in the columns for everything else.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Column;
use super::names;
use super::note::{Notes, shown, warning};
use super::table::Record;
use super::yaml::{self, Item, Map, Value};
use crate::catalogue::Vocabulary;
use crate::diagnostic::Message;
use crate::schema::Table;
use crate::text;

/// Tells whether a record comes from the workbook to fill in.
pub(super) fn is_filled(record: &Record) -> bool {
    !record.get(Column::Id).is_empty() || !record.get(Column::Adopts).is_empty()
}

/// Returns the adoption that a record says, with its number unless it is the baseline's.
pub(super) fn adoption(
    record: &Record,
    number: Option<u32>,
    usual: u32,
    place: &Message,
    notes: &mut Notes,
) -> Map {
    let mut map = more(record.get(Column::MoreOfService), place, notes);
    map.text("adopts", record.get(Column::Adopts));
    if record.get(Column::Id) != record.get(Column::Adopts) {
        map.text("id", record.get(Column::Id));
    }
    if let Some(number) = number.filter(|number| *number != usual) {
        map.text("number", &number.to_string());
    }
    ordered(&mut map, yaml::service_tables()[1]);
    map
}

/// Returns the service written in full that a record says. Its area and departments were found out already.
pub(super) fn service(
    record: &Record,
    (number, area, departments): (u32, &str, &[String]),
    words: &Vocabulary,
    place: &Message,
    notes: &mut Notes,
) -> Map {
    let mut map = more(record.get(Column::MoreOfService), place, notes);
    map.text("id", record.get(Column::Id));
    map.text("number", &number.to_string());
    map.text("area", area);
    map.zh("title", record.get(Column::Title));
    let mut audience = match map.take("audience") {
        Some(Value::Map(audience)) => audience,
        Some(Value::Text(_) | Value::List(_)) | None => Map::default(),
    };
    audience.zh("text", record.get(Column::Audience));
    audience.0.sort_by_key(|entry| entry.key != "text");
    map.set("audience", Value::Map(audience));
    map.zh("content", record.get(Column::Content));
    map.texts("departments", departments);
    map.zh("note", record.get(Column::Remark));
    let mut ids: BTreeSet<String> =
        record.provisions.iter().filter_map(|row| row.get(&Column::Provision)).cloned().collect();
    let rows = record.provisions.iter().filter(|row| {
        [Column::Provision, Column::Quote, Column::Plain].iter().any(|column| row.contains_key(column))
    });
    let items: Vec<Item> = rows.map(|row| provision(row, &mut ids, words, place, notes)).collect();
    map.set("provisions", Value::List(items));
    ordered(&mut map, yaml::service_tables()[0]);
    map
}

fn provision(
    row: &BTreeMap<Column, String>,
    ids: &mut BTreeSet<String>,
    words: &Vocabulary,
    place: &Message,
    notes: &mut Notes,
) -> Item {
    let get = |column: Column| row.get(&column).map_or("", String::as_str);
    let mut map = more(get(Column::MoreOfProvision), place, notes);
    let mut comments = Vec::new();
    let new = || (1..).map(|number| format!("clause-{number}")).find(|id| !ids.contains(id));
    let id = if get(Column::Provision).is_empty() {
        new().unwrap_or_default()
    } else {
        get(Column::Provision).to_owned()
    };
    map.text("id", &id);
    ids.insert(id);
    map.text("quote", get(Column::Quote));
    map.text("focus", get(Column::Focus));
    let plain = get(Column::Plain);
    if plain.is_empty() {
        comments.push("白话照抄了原文，请改写 The plain sentence repeats the official words".to_owned());
    }
    map.zh("plain", if plain.is_empty() { get(Column::Quote) } else { plain });
    for (column, key, usual) in [
        (Column::Kind, "kind", "service"),
        (Column::Strength, "strength", "must"),
        (Column::Access, "access", "residence"),
    ] {
        let written = get(column);
        let choice = yaml::choices(key).iter().find(|choice| choice.zh == written || choice.value == written);
        if written.is_empty() {
            comments.push(format!("{key} 没有填，先写成 {usual}，请核对 Not filled in"));
        }
        let value = choice.map_or(if written.is_empty() { usual } else { written }, |choice| choice.value);
        map.text(key, value);
    }
    let conditions = names::split(get(Column::Conditions)).into_iter().map(|named| {
        let known = words.conditions.iter().find(|known| known.name.reference().value == named.name);
        known.map_or(named.name, |known| known.id.value.clone())
    });
    map.texts("conditions", conditions);
    let covers = get(Column::Covers).split(['\n', '、', '，', ',', ';', '；', ' ']).map(str::trim);
    map.texts("covers", covers.filter(|address| !address.is_empty()));
    ordered(&mut map, yaml::service_tables()[2]);
    Item { comments, value: Value::Map(map) }
}

/// Reads a cell of YAML.
pub(super) fn more(text: &str, place: &Message, notes: &mut Notes) -> Map {
    if text.is_empty() {
        return Map::default();
    }
    yaml::read_fragment(text).unwrap_or_else(|| {
        let words = shown(text);
        notes.push(warning(
            place.clone(),
            text!(
                "“其他内容”这一格读不懂，没有用：{words}",
                "the cell for everything else cannot be read and was left out: {words}"
            ),
            text!(
                "把这一格改回导出时的样子，再导入",
                "put the cell back as it was exported and import again"
            ),
        ));
        Map::default()
    })
}

fn ordered(map: &mut Map, table: Option<&Table>) {
    table.iter().for_each(|table| map.in_order_of(table));
}
