//! The kinds of file that are read, one file each: from bytes to tables.
//!
//! To add one, write `<name>.rs` with a function that returns its tables, and add a line to [`FORMATS`].

mod csv;
mod docx;
mod docx_notes;
mod numbering;
mod ods;
mod sheet_xml;
mod xls;
mod xlsx;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::grid::Grid;
use super::note::Notes;
use super::refusal;
use crate::diagnostic::Message;

/// One kind of file.
struct Format {
    /// Endings of its name.
    endings: &'static [&'static str],
    /// Tells from the bytes that a file with another name is of this kind.
    fits: fn(&[u8]) -> bool,
    /// Turns its bytes into tables, in their order.
    read: fn(&[u8], &mut Notes) -> Result<Vec<Grid>, Message>,
}

const FORMATS: &[Format] = &[
    Format { endings: &["xlsx", "xlsm"], fits: xlsx::fits, read: xlsx::read },
    Format { endings: &["docx", "docm"], fits: docx::fits, read: docx::read },
    Format { endings: &["ods", "ots"], fits: ods::fits, read: ods::read },
    Format { endings: &["xls", "xlt", "et", "ett"], fits: xls::fits, read: xls::read },
    Format { endings: &["csv", "tsv", "txt"], fits: |_| false, read: csv::read },
];

/// Lets a library read bytes that may be cut short or spoilt: if it ends in a panic, the file is damaged.
///
/// # Errors
/// Says that the file is damaged.
fn read_by_library<T>(read: impl FnOnce() -> T) -> Result<T, Message> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| refusal::damaged())
}

/// Reads the tables of a file. What the bytes say counts more than the ending of the name.
///
/// # Errors
/// Why it cannot be read, and what to do.
pub(super) fn tables(name: &str, bytes: &[u8], notes: &mut Notes) -> Result<Vec<Grid>, Message> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if let Some(reason) = refusal::refusal(&ending, bytes) {
        return Err(reason);
    }
    let is_packed = bytes.starts_with(b"PK");
    let tells = is_packed || bytes.starts_with(xls::OLE);
    let by_bytes = FORMATS.iter().find(|format| tells && (format.fits)(bytes));
    if bytes.starts_with(xls::OLE) && by_bytes.is_none() {
        return Err(refusal::old_table());
    }
    let by_name = || FORMATS.iter().find(|format| format.endings.contains(&ending.as_str()));
    match by_bytes.or_else(by_name) {
        Some(format) => (format.read)(bytes, notes),
        None if is_packed && matches!(ending.as_str(), "odt" | "ott") => Err(refusal::open_document()),
        None => Err(refusal::unknown(&ending)),
    }
}
