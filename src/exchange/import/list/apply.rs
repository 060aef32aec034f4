//! How a service is to be had here, as far as the columns of a table say it.

use crate::catalogue::Apply;
use crate::import::columns::{Column, OF_APPLYING};
use crate::import::grid::one_line;
use crate::import::names::without_number;
use crate::import::table::Record;
use crate::import::yaml::{Item, Map, Value};

/// The key of what a service says on how to apply.
const KEY: &str = "apply";

/// Writes down what a row says on how to apply, beside what stands there already.
pub(super) fn apply(map: &mut Map, record: &Record) {
    if OF_APPLYING.iter().all(|column| record.get(*column).is_empty()) {
        return;
    }
    let mut own = match map.take(KEY) {
        Some(Value::Map(own)) => own,
        Some(Value::Text(_) | Value::List(_)) | None => Map::default(),
    };
    let (online, elsewhere) = addresses(record.get(Column::Online));
    let place = [record.get(Column::Where), elsewhere.as_str()];
    let place = place.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("；");
    own.zh("where", &place);
    for (column, key) in [(Column::Bring, "bring"), (Column::Steps, "steps")] {
        let items = lines(record.get(column));
        if !items.is_empty() {
            own.set(key, Value::List(items));
        }
    }
    for (column, key) in [(Column::Fee, "fee"), (Column::Time, "time"), (Column::Basis, "basis")] {
        own.zh(key, record.get(column));
    }
    own.text("phone", record.get(Column::Phone));
    own.text("online", &online);
    own.in_order_of::<Apply>();
    map.set(KEY, Value::Map(own));
}

/// Parts what is an address of the web from what is said beside it, such as the name of an app.
fn addresses(text: &str) -> (String, String) {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '；' | ';' | '，' | '、'));
    let (mut online, mut elsewhere) = (String::new(), Vec::new());
    for word in words.filter(|word| !word.is_empty()) {
        if word.starts_with("https://") && online.is_empty() {
            word.clone_into(&mut online);
        } else {
            elsewhere.push(word);
        }
    }
    (online, elsewhere.join("；"))
}

/// Returns a line without the number before it: `（1）`, `2.`, `3、`.
fn named(line: &str) -> String {
    let rest = line.trim().trim_start_matches(['（', '(']).trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = rest.len() < line.trim().len() && rest.starts_with('、');
    let rest = if is_number { rest.trim_start_matches('、') } else { without_number(line.trim()) };
    rest.trim_end_matches(['；', ';', '。']).trim().to_owned()
}

/// Returns the items of a cell, one a line, without their numbers.
fn lines(text: &str) -> Vec<Item> {
    let lines = text.split(['\n', '\r', '；', ';']).map(|line| named(&one_line(line)));
    let item = |line: String| {
        let mut words = Map::default();
        words.text("zh", &line);
        Item::from(Value::Map(words))
    };
    lines.filter(|line| !line.is_empty()).map(item).collect()
}
