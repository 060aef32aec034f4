//! Numbers of persons in a table refuse it before anything of it is shown.

use std::borrow::Cow;

use super::columns::Column;
use super::grid::{Grid, one_line};
use super::note::{Note, Notes, warning, whole_file};
use super::table::Read;
use crate::date::Date;
use crate::diagnostic::Message;
use crate::personal::{self, Kind};
use crate::text;

/// Refuses a file in which a number of a person stands, in its name or in a cell.
///
/// # Errors
/// Where the first one stands, without the number, and what to do.
pub(super) fn refuse(name: &str, grids: &[Grid], notes: &mut Notes) -> Result<(), Message> {
    // What two lines of a cell part is one number once they are joined.
    let joined = |text: &str| {
        let line = one_line(text);
        (line != text).then(|| certain(&line)).flatten().filter(|certain| *certain)
    };
    let mut look = |text: &str, at: &dyn Fn() -> Message| match certain(text).max(joined(text)) {
        Some(true) => Err(found(&at())),
        Some(false) => {
            notes.push(doubtful(at()));
            Ok(())
        }
        None => Ok(()),
    };
    if personal::hidden_in_name(name) != name {
        return Err(found(&text!("文件名", "the name of the file")));
    }
    for grid in grids {
        look(&grid.before.join("\n"), &|| text!("表格前面的文字", "the text before the table"))?;
        for (row, cells) in grid.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate().filter(|(column, cell)| cell.of == (row, *column))
            {
                look(&cell.text, &|| grid.cell_at(row, column))?;
            }
        }
    }
    Ok(())
}

fn found(at: &Message) -> Message {
    let Message { zh, en } = at;
    text!(
        "{zh}里有个人的号码（身份证号、手机号或银行卡号），没有导入。清单里不能有个人的号码：先在原表删去，或改成单位的办公电话，再导入",
        "a number of a person (identity, mobile telephone or bank card) stands in {en}; nothing was imported. Delete it in the table, or put the telephone of the office instead, and import again"
    )
}

/// Says where a number stands that may be a person's, without it.
fn doubtful(at: Message) -> Note {
    let help = text!("是个人的就删去", "delete it if it is a person's");
    warning(at, text!("有一串数字，可能是个人的号码", "a row of digits may be a number of a person"), help)
}

/// Refuses services that show a number of a person now that rows and lines are joined.
///
/// # Errors
/// The first service with one, and what to do.
pub(super) fn refuse_joined(read: &Read) -> Result<(), Message> {
    for record in &read.records {
        let texts = record.cells.values().chain(record.provisions.iter().flat_map(|row| row.values()));
        // A mark is put between rows, of which the second may go on with a number of the first.
        let whole = record.get(Column::Content).replace('；', "");
        if texts.into_iter().any(|text| is_certain(text)) || is_certain(&whole) {
            return Err(found(&record.at.clone().unwrap_or_else(whole_file)));
        }
    }
    Ok(())
}

fn is_certain(text: &str) -> bool {
    certain(text) == Some(true)
}

/// Refuses an edition that shows a number of a person wherever it comes from.
///
/// # Errors
/// What to do.
pub(super) fn refuse_edition(yaml: &str) -> Result<(), Message> {
    if certain(yaml) == Some(true) { Err(found(&whole_file())) } else { Ok(()) }
}

/// Tells whether a text holds a number of a person for certain; `None` if it holds none. Whoever is born on any day is a
/// person. No list has the number of a card in it, whatever stands beside it.
fn certain(text: &str) -> Option<bool> {
    let last = Date::parse("9999-12-31").expect("the last day of the calendar is one");
    let numbers = personal::find(&with_whole_numbers(text), last);
    numbers.iter().map(|number| number.certain || number.kind == Kind::Card).max()
}

/// Returns a text with numbers such as `1.39E+10` written out, if they have all their digits.
fn with_whole_numbers(text: &str) -> Cow<'_, str> {
    if !text.contains(['E', 'e']) {
        return Cow::Borrowed(text);
    }
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | 'E' | 'e');
    let mut whole = String::new();
    for word in text.split_inclusive(|c| !is_part(c)) {
        let number = word.trim_end_matches(|c| !is_part(c));
        whole.push_str(&written_out(number).unwrap_or_else(|| number.to_owned()));
        whole.push_str(&word[number.len()..]);
    }
    Cow::Owned(whole)
}

/// Returns the digits of a number such as `1.39E+10`. `None` if it is none or some are lost.
fn written_out(number: &str) -> Option<String> {
    let (digits, power) = number.split_once(['E', 'e'])?;
    let (first, rest) = digits.split_once('.')?;
    let power: usize = power.trim_start_matches('+').parse().ok()?;
    let is_whole = first.len() == 1 && (10..=18).contains(&power) && rest.len() + 1 >= power;
    is_whole.then(|| format!("{first}{rest:0<power$}"))
}
