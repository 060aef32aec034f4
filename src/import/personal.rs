//! Numbers of persons in a table refuse it before anything of it is shown.

use super::grid::Grid;
use crate::diagnostic::Message;
use crate::text;

/// Refuses a file in which a number of a person stands, in its name or in a cell.
///
/// # Errors
/// Where the first one stands, without the number, and what to do.
pub(super) fn refuse(name: &str, grids: &[Grid]) -> Result<(), Message> {
    if is_personal(name) {
        return Err(found(&text!("文件名", "the name of the file")));
    }
    for grid in grids {
        if grid.before.iter().any(|line| is_personal(line)) {
            return Err(found(&text!("表格前面的文字", "the text before the table")));
        }
        for (row, cells) in grid.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate().filter(|(column, cell)| cell.of == (row, *column))
            {
                if is_personal(&cell.text) {
                    return Err(found(&grid.cell_at(row, column)));
                }
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

/// Tells whether a text holds a number of a person.
fn is_personal(text: &str) -> bool {
    let digits: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < digits.len() {
        let mut run = String::new();
        let mut end = at;
        while end < digits.len() {
            let c = digits[end];
            let value = if ('０'..='９').contains(&c) {
                char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
            } else {
                c
            };
            match value {
                '0'..='9' => run.push(value),
                'x' | 'X' if run.len() == 17 => run.push('X'),
                ' ' | '-' if !run.is_empty() => {}
                _ => break,
            }
            end += 1;
        }
        if is_mobile(&run) || is_identity(&run) {
            return true;
        }
        at = end.max(at + 1);
    }
    false
}

fn is_mobile(run: &str) -> bool {
    let run = run.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(run);
    run.len() == 11 && run.starts_with('1') && run.as_bytes()[1] >= b'3'
}

fn is_identity(run: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    if run.len() != 18 {
        return false;
    }
    let sum: u32 = run.chars().zip(WEIGHTS).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
    let check = "10X98765432".as_bytes()[usize::try_from(sum % 11).unwrap_or(0)];
    run.as_bytes()[17] == check && matches!(&run[6..8], "19" | "20")
}
