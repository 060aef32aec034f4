//! The columns of the workbook to fill in: what a person wrote there holds, and nothing is proposed.
//!
//! [`super::workbook`] writes what is read here; what has no column stands as YAML in the columns for everything else.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Column, choices};
use super::names;
use super::note::{Notes, shown, warning};
use super::table::{Record, is_of_provision};
use super::yaml::{self, Item, Map, Value};
use crate::catalogue::{AdoptingService, Body, OfficialText, Provision, Vocabulary};
use crate::diagnostic::Message;
use crate::lang::Localized;
use crate::schema::{Choice, Field};
use crate::text;

/// One row of a provision.
pub(super) type ProvisionCells = BTreeMap<Column, String>;

/// Tells whether something was written into the row of a provision.
pub(super) fn is_written(row: &ProvisionCells) -> bool {
    row.keys().any(|column| is_of_provision(*column))
}

/// Returns the adoption that a record says, with its number unless it is the baseline's.
pub(super) fn adoption(
    record: &Record,
    known: Option<&Body>,
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
    terms(&mut map, record, known);
    map.zh("note", record.get(Column::Remark));
    map.in_order_of::<AdoptingService>();
    map
}

/// The official words on how much is given and on who pays, by field.
pub(super) const TERMS: [(Column, &str); 2] =
    [(Column::Standard, "standard"), (Column::Expenditure, "expenditure")];

/// Returns what a service says under a field of [`TERMS`].
pub(super) fn term(body: &Body, column: Column) -> Option<&Localized> {
    if column == Column::Standard { body.standard.as_ref() } else { body.expenditure.as_ref() }
}

/// Writes down the terms of a row; of a service taken over those that are not the baseline's.
pub(super) fn terms(map: &mut Map, record: &Record, taken_over: Option<&Body>) {
    for (column, key) in TERMS {
        let written = record.get(column);
        let official = taken_over.and_then(|body| term(body, column));
        let is_same = |official: &Localized| {
            OfficialText::new(&official.reference().value).folded() == OfficialText::new(written).folded()
        };
        if !official.is_some_and(is_same) {
            map.zh(key, written);
        }
    }
}

/// Returns the service written in full that a record says. Its area and departments were found out already.
pub(super) fn service(
    record: &Record,
    (id, number, area, departments): (&str, u32, &str, &[String]),
    words: &Vocabulary,
    place: &Message,
    notes: &mut Notes,
) -> Map {
    let mut map = more(record.get(Column::MoreOfService), place, notes);
    map.text("id", id);
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
    terms(&mut map, record, None);
    map.texts("departments", departments);
    map.zh("note", record.get(Column::Remark));
    let mut ids = ids(record);
    let rows = record.provisions.iter().filter(|row| is_written(row));
    let items: Vec<Item> =
        rows.map(|row| provision(Map::default(), row, &mut ids, words, place, notes)).collect();
    map.set("provisions", Value::List(items));
    map.in_order_of::<Body>();
    map
}

/// Returns the ids that the rows of a service name.
pub(super) fn ids(record: &Record) -> BTreeSet<String> {
    record.provisions.iter().filter_map(|row| row.get(&Column::Provision)).cloned().collect()
}

/// Returns the provision that a row says; what the row leaves blank is as in `map`, or else the usual.
pub(super) fn provision(
    mut map: Map,
    row: &ProvisionCells,
    ids: &mut BTreeSet<String>,
    words: &Vocabulary,
    place: &Message,
    notes: &mut Notes,
) -> Item {
    let get = |column: Column| row.get(&column).map_or("", String::as_str);
    let mut comments = Vec::new();
    if !get(Column::Plain).is_empty() {
        // What stands there in other languages translates another sentence.
        map.take("plain");
    }
    for entry in more(get(Column::MoreOfProvision), place, notes).0 {
        map.set(&entry.key, entry.value);
    }
    map.text("id", get(Column::Provision));
    if map.get("id").is_none() {
        let id = (1..).map(|number| format!("clause-{number}")).find(|id| !ids.contains(id));
        map.text("id", &id.unwrap_or_default());
    }
    ids.extend(map.get("id").map(|id| id.text().to_owned()));
    map.text("quote", get(Column::Quote));
    map.text("focus", get(Column::Focus));
    map.zh("plain", get(Column::Plain));
    if !says_plainly(&map) {
        comments.push(text!("白话照抄了原文，请改写", "The plain sentence repeats the official words"));
        let quote = map.get("quote").map(|quote| quote.text().to_owned()).unwrap_or_default();
        map.zh("plain", &quote);
    }
    for known @ (column, ..) in choices() {
        choice(&mut map, known, get(column), place, notes, &mut comments);
    }
    let conditions = names::split(get(Column::Conditions), &|_| true).into_iter().map(|named| {
        let known = words.conditions.iter().find(|known| known.name.reference().value == named.name);
        known.map_or(named.name, |known| known.id.value.clone())
    });
    map.texts("conditions", conditions);
    let covers = get(Column::Covers).split(['\n', '、', '，', ',', ';', '；', ' ']).map(str::trim);
    map.texts("covers", covers.filter(|address| !address.is_empty()));
    map.in_order_of::<Provision>();
    Item { comments, value: Value::Map(map) }
}

/// Tells whether a plain sentence stands in the reference language.
fn says_plainly(map: &Map) -> bool {
    match map.get("plain") {
        Some(Value::Map(languages)) => languages.get("zh").is_some(),
        Some(Value::Text(_) | Value::List(_)) | None => false,
    }
}

/// Puts a choice under its key. Says so where the cell of a required one is blank, which then means the first word, or
/// where a cell holds another word.
fn choice(
    map: &mut Map,
    (column, field, choices): (Column, &Field, &[Choice]),
    written: &str,
    place: &Message,
    notes: &mut Notes,
    comments: &mut Vec<Message>,
) {
    let key = field.key;
    let known = choices.iter().find(|choice| choice.zh == written || choice.value == written);
    match known {
        Some(choice) => map.text(key, choice.value),
        None if written.is_empty() && field.required && map.get(key).is_none() => {
            let usual = choices.first().map_or("", |choice| choice.value);
            let entry = format!("⟦{key}: {usual}⟧");
            comments.push(text!("没有填，先写成 {entry}，请核对", "Not filled in, {entry} for now"));
            map.text(key, usual);
        }
        None if written.is_empty() => {}
        None => {
            let (heading, words) = (column.heading(), shown(written));
            let (zh, en) =
                (choices.iter().map(|choice| choice.zh), choices.iter().map(|choice| choice.value));
            let (zh, en) = (zh.collect::<Vec<_>>().join("、"), en.collect::<Vec<_>>().join(", "));
            notes.push(warning(
                place.clone(),
                text!(
                    "“{heading}”里没有“{words}”可选，照写了",
                    "“{words}” is no choice under {heading}; it was written as it stands"
                ),
                text!("从这几个里选：{zh}", "choose one of: {en}"),
            ));
            map.text(key, written);
        }
    }
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
