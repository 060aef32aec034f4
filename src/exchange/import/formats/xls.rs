//! `.xls` and `.et` by calamine, once its records were seen to stay within bounds: calamine lays out what they name.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Data, DataRef, Dimensions, Reader as _, SheetVisible, Xls};
use cfb::CompoundFile;

use super::read_by_library;
use super::sheet_xml::Aside;
use super::xlsx::{Cells, Left, MOST_CELLS, MOST_SHEETS, grid_of, hidden_sheet, raw};
use crate::diagnostic::Message;
use crate::import::grid::{Grid, MOST_COLUMNS, MOST_ROWS};
use crate::import::note::Notes;
use crate::import::refusal;

/// How such files start.
pub(super) const OLE: &[u8] = b"\xD0\xCF\x11\xE0";

/// The streams that hold a workbook, the newer one first.
const STREAMS: [&str; 2] = ["/Workbook", "/Book"];

/// Tells whether bytes are a workbook of this kind.
pub(super) fn fits(bytes: &[u8]) -> bool {
    bytes.starts_with(OLE) && CompoundFile::open(Cursor::new(bytes)).is_ok_and(|file| stream(&file).is_some())
}

fn stream(file: &CompoundFile<Cursor<&[u8]>>) -> Option<&'static str> {
    STREAMS.into_iter().find(|name| file.is_stream(name))
}

/// Reads every sheet that holds something.
pub(super) fn read(bytes: &[u8], notes: &mut Notes) -> Result<Vec<Grid>, Message> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| refusal::damaged())?;
    let name = stream(&file).ok_or_else(refusal::old_table)?;
    let mut records = Vec::new();
    let most = u64::try_from(refusal::MOST_BYTES).unwrap_or(u64::MAX);
    let opened = file.open_stream(name).map_err(|_| refusal::damaged())?;
    opened.take(most).read_to_end(&mut records).map_err(|_| refusal::damaged())?;
    within_bounds(&records)?;
    // Records that are cut short end calamine in a panic.
    let book = read_by_library(|| Xls::new(Cursor::new(bytes)))?;
    let mut book = book.map_err(|_| refusal::damaged())?;
    let (mut grids, mut left) = (Vec::new(), Left::default());
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            notes.extend(hidden_sheet(&sheet.name));
            continue;
        }
        let Ok(range) = book.worksheet_range(&sheet.name) else { continue };
        let merges: Vec<Dimensions> = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        let cells = cells(&range, &mut left.text)?;
        grids.extend(grid_of(&sheet.name, cells, (&merges, &Aside::default()), &mut left, notes)?);
    }
    Ok(grids)
}

/// Returns the cells of a sheet that hold something.
fn cells(range: &calamine::Range<Data>, text_left: &mut usize) -> Result<Cells, Message> {
    let (mut cells, mut far) = (BTreeMap::new(), None);
    let index = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let (top, left) = range.start().map_or((0, 0), |(row, column)| (index(row), index(column)));
    for (row, column, value) in range.used_cells() {
        let at = (top + row, left + column);
        let Some(raw) = raw(&borrowed(value), None) else { continue };
        *text_left = text_left.checked_sub(raw.text.len()).ok_or_else(refusal::swollen)?;
        if at.0 < MOST_ROWS && at.1 < MOST_COLUMNS {
            cells.insert(at, raw);
        } else {
            far.get_or_insert(at);
        }
    }
    Ok((cells, far))
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Empty => DataRef::Empty,
        Data::String(text) => DataRef::SharedString(text),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

/// Kinds of record ([MS-XLS] 2.3): where a sheet begins, how large it says it is, a password, and where cells stand.
const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const PASSWORD: u16 = 0x002F;
const BEGIN: u16 = 0x0809;
const CELLS: [u16; 8] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x0006, 0x00BD];

/// Sees that no sheet names more cells than a list has.
///
/// # Errors
/// One does; it has a password; a record is cut short.
fn within_bounds(stream: &[u8]) -> Result<(), Message> {
    let (mut at, mut sheets, mut last) = (0, 0, (0, 0));
    while at + 4 <= stream.len() {
        let word = |at: usize| usize::from(u16::from_le_bytes([stream[at], stream[at + 1]]));
        let (kind, length) = (u16::from_le_bytes([stream[at], stream[at + 1]]), word(at + 2));
        let from = at + 4;
        let Some(data) = stream.get(from..from + length) else { break };
        let long = |at: usize| word(at) | word(at + 2) << 16;
        match kind {
            PASSWORD => return Err(refusal::old_table()),
            BEGIN => last = (0, 0),
            SHEET if length >= 4 => {
                sheets += 1;
                if long(from) >= stream.len() {
                    return Err(refusal::damaged());
                }
            }
            DIMENSIONS if length >= 14 => last = (long(from + 4), word(from + 10)),
            DIMENSIONS if length >= 8 => last = (word(from + 2), word(from + 6)),
            _ if CELLS.contains(&kind) && data.len() >= 4 => {
                let end = if kind == 0x00BD { word(from + length - 2) } else { word(from + 2) };
                last = (last.0.max(word(from)), last.1.max(end));
            }
            _ => {}
        }
        if sheets > MOST_SHEETS || last.0.saturating_add(1).saturating_mul(last.1 + 1) > MOST_CELLS {
            return Err(refusal::swollen());
        }
        at = from + length;
    }
    Ok(())
}
