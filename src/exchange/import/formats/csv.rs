//! `.csv`, as Excel and WPS write it: UTF-8 or GB18030 or UTF-16, with commas, semicolons or tabs.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use crate::diagnostic::Message;
use crate::import::grid::{Cell, Grid, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, Within};
use crate::import::note::{Notes, remark, whole_file};
use crate::import::refusal;
use crate::text;

/// Reads the one table there is.
pub(super) fn read(bytes: &[u8], notes: &mut Notes) -> Result<Vec<Grid>, Message> {
    if bytes.len() > 2 * MOST_TEXT {
        return Err(refusal::swollen());
    }
    let text = decoded(bytes, notes)?;
    if text.contains('\0') {
        return Err(refusal::damaged());
    }
    // Excel's own first line, which names what divides: `sep=;`.
    let said = text.lines().next().and_then(|line| line.trim().strip_prefix("sep=")?.bytes().next());
    let (text, first_line) = match (said, text.split_once('\n')) {
        (Some(_), Some((_, rest))) => (rest.to_owned(), 1),
        (Some(_) | None, _) => (text, 0),
    };
    let delimiter = said.filter(u8::is_ascii).unwrap_or_else(|| delimiter(&text));
    if let Some(line) = open_quote(&text).map(|line| line + first_line) {
        return Err(text!(
            "第 {line} 行有一个引号没有关上，后面的行都成了这一格的文字，没有导入。补上后一个引号，或删去这一个；用 Excel 另存为 .xlsx 再导入也行",
            "a quotation mark is opened in line {line} and never closed, so that all that follows is the text of one cell; nothing was imported. Close it or delete it, or save the file as .xlsx and import that"
        ));
    }
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut numbers = Vec::new();
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    // Where the line of the last row starts, and its number.
    let (mut at, mut line) = (0, first_line + 1);
    for record in reader.records() {
        let record = record.map_err(|_| refusal::damaged())?;
        if rows.len() == MOST_ROWS || record.len() > MOST_COLUMNS {
            return Err(refusal::swollen());
        }
        let from = record.position().map_or(at, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
        // The reader stands before a line end that is still to come.
        let from = from
            + text.get(from..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        line += text.get(at..from).map_or(0, |between| between.matches('\n').count());
        at = from.max(at);
        numbers.push(line);
        let row = rows.len();
        let cell = |(column, text): (usize, &str)| Cell { text: text.into(), of: (row, column) };
        rows.push(record.iter().enumerate().map(cell).collect());
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    for (at, row) in rows.iter_mut().enumerate() {
        row.extend(
            (row.len()..width).map(|column| Cell { of: (at, column), ..Cell::default() }).collect::<Vec<_>>(),
        );
    }
    Ok(vec![Grid { within: Within::Lines, numbers, rows, before: Vec::new() }])
}

/// Decodes the bytes. What a byte order mark says holds; without one it is UTF-8 if that fits, else GB18030.
fn decoded(bytes: &[u8], notes: &mut Notes) -> Result<String, Message> {
    let utf16 = match bytes {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        // Every heading has a comma or a line end in it, one byte of which is nothing.
        _ if bytes.iter().skip(1).step_by(2).take(400).filter(|byte| **byte == 0).count() > 2 => {
            Some(UTF_16LE)
        }
        _ => None,
    };
    if let Some(encoding) = utf16 {
        let (text, _, broken) = encoding.decode(bytes);
        return if broken { Err(encoding_unknown()) } else { Ok(text.into_owned()) };
    }
    let rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(rest) {
        return Ok(text.to_owned());
    }
    let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(rest) else {
        return Err(encoding_unknown());
    };
    notes.push(remark(
        whole_file(),
        text!("文件是 GB18030（ANSI）编码，已转换", "the file is in GB18030 (ANSI) and was converted"),
        text!("看看有没有乱码", "see whether the text is as it should be"),
    ));
    Ok(text.into_owned())
}

fn encoding_unknown() -> Message {
    text!(
        "文件的编码认不出来。请用 Excel 或 WPS 打开，另存为 .xlsx，或“CSV UTF-8”，再导入",
        "the encoding of the file is not known; open it in Excel or WPS, save it as .xlsx or “CSV UTF-8” and import that"
    )
}

/// Returns the line in which a quotation mark stands that is never closed: none follows, or only one of a later line
/// that opens another cell.
fn open_quote(text: &str) -> Option<usize> {
    let parts = |c: char| matches!(c, ',' | ';' | '\t' | '\n' | '\r');
    let (mut line, mut is_start, mut quoted) = (1, true, None);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match (quoted, c) {
            (None, '"') if is_start => quoted = Some(line),
            (Some(from), '"') => match chars.peek() {
                Some('"') => drop(chars.next()),
                Some(next) if !parts(*next) && line > from => return quoted,
                Some(_) | None => quoted = None,
            },
            _ => {}
        }
        is_start = quoted.is_none() && parts(c);
    }
    quoted
}

/// Returns what the first lines are divided by most often outside of quotes.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0)];
    let mut quoted = false;
    for byte in text.bytes().take(20_000) {
        quoted ^= byte == b'"';
        if !quoted {
            counts.iter_mut().filter(|(known, _)| *known == byte).for_each(|(_, count)| *count += 1);
        }
    }
    // Official texts have half-width marks in them; only a tab that is there says something, a comma wins a tie.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(byte, _)| *byte)
}
