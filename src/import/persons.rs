//! Numbers of persons in a table refuse it before anything of it is shown.

use super::grid::Grid;
use super::note::{Note, Notes, warning};
use crate::date::Date;
use crate::diagnostic::Message;
use crate::personal;
use crate::text;

/// Refuses a file in which a number of a person stands, in its name or in a cell.
///
/// # Errors
/// Where the first one stands, without the number, and what to do.
pub(super) fn refuse(name: &str, grids: &[Grid], notes: &mut Notes) -> Result<(), Message> {
    let mut look = |text: &str, at: &dyn Fn() -> Message| match certain(text) {
        Some(true) => Err(found(&at())),
        Some(false) => {
            notes.push(doubtful(at()));
            Ok(())
        }
        None => Ok(()),
    };
    look(name, &|| text!("文件名", "the name of the file"))?;
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

/// Tells whether a text holds a number of a person for certain; `None` if it holds none. Whoever is born on any day is a
/// person.
fn certain(text: &str) -> Option<bool> {
    let last = Date::parse("9999-12-31").expect("the last day of the calendar is one");
    personal::find(text, last).iter().map(|number| number.certain).max()
}
