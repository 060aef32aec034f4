//! What the XML of a workbook says that calamine does not tell: hidden rows and columns, formulas.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::import::archive::Archive;
use crate::import::xml::{attribute, entity, is_set, number};

/// What is to be known of one sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Aside {
    /// Hidden rows, from 0.
    pub hidden_rows: BTreeSet<usize>,
    /// Hidden columns, from 0.
    pub hidden_columns: BTreeSet<usize>,
    /// Cells with a formula, as the file names them.
    pub formulas: Vec<String>,
    /// Cells of which a part is struck out: what holds, and what is struck.
    pub struck: BTreeMap<String, (String, String)>,
}

/// Columns after which nobody looks for hidden ones.
const LAST_COLUMN: usize = 200;

/// Returns what is to be known of each sheet, by name. Sheets that cannot be found have nothing.
pub(super) fn asides(archive: &mut Archive<'_>) -> BTreeMap<String, Aside> {
    let mut part = |name: &str| {
        archive.part(name).ok().flatten().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    let (Some(book), Some(targets)) = (part("xl/workbook.xml"), part("xl/_rels/workbook.xml.rels")) else {
        return BTreeMap::new();
    };
    let targets: BTreeMap<String, String> =
        pairs(&targets, "Relationship", "Id", "Target").into_iter().collect();
    let shared = part("xl/sharedStrings.xml").map(|xml| struck_strings(&xml)).unwrap_or_default();
    let mut asides = BTreeMap::new();
    for (name, id) in pairs(&book, "sheet", "name", "id") {
        let Some(target) = targets.get(&id) else { continue };
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        if let Some(sheet) = part(&path) {
            asides.insert(name, aside(&sheet, &shared));
        }
    }
    asides
}

/// Returns how many shapes of a workbook hold text.
pub(super) fn text_boxes(archive: &mut Archive<'_>) -> usize {
    let drawings = archive.names("xl/drawings/", ".xml");
    let parts = drawings.into_iter().filter_map(|name| archive.part(&name).ok().flatten());
    parts.map(|bytes| boxes_in(&String::from_utf8_lossy(&bytes))).sum()
}

fn boxes_in(xml: &str) -> usize {
    let mut reader = Reader::from_str(xml);
    let (mut count, mut in_box, mut in_text, mut has_text) = (0, false, false, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(e)) => match e.local_name().as_ref() {
                "txBody" => (in_box, has_text) = (true, false),
                "t" => in_text = in_box,
                _ => {}
            },
            Ok(Event::Text(text)) if in_text => has_text |= !text.xml10_content().trim().is_empty(),
            Ok(Event::End(e)) => match e.local_name().as_ref() {
                "txBody" => {
                    count += usize::from(has_text);
                    in_box = false;
                }
                "t" => in_text = false,
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return count,
            Ok(_) => {}
        }
    }
}

/// Returns two attributes of every element called `element`.
fn pairs(xml: &str, element: &str, first: &str, second: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) if e.local_name().as_ref() == element => {
                found.extend(attribute(&e, first).zip(attribute(&e, second)));
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// Returns the shared strings of which a part is struck out, by their number.
fn struck_strings(xml: &str) -> BTreeMap<usize, (String, String)> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut count, mut runs) = (BTreeMap::new(), 0, Runs::default());
    loop {
        match reader.read_event() {
            Ok(Event::End(e)) if e.local_name().as_ref() == "si" => {
                found.extend(runs.parted().map(|parted| (count, parted)));
                (count, runs) = (count + 1, Runs::default());
            }
            // A string without anything in it counts as well.
            Ok(Event::Empty(e)) if e.local_name().as_ref() == "si" => count += 1,
            Ok(Event::Eof) | Err(_) => return found,
            Ok(event) => runs.take(&event),
        }
    }
}

/// The runs of one rich text, parted by whether they are struck out.
#[derive(Clone, Debug, Default)]
struct Runs {
    kept: String,
    struck: String,
    is_struck: bool,
    in_text: bool,
    /// Reading aids above characters are no part of the text.
    in_aid: bool,
}

impl Runs {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "r" => self.is_struck = false,
                "strike" => {
                    self.is_struck = !matches!(attribute(e, "val").as_deref(), Some("0" | "false"));
                }
                "t" => self.in_text = matches!(event, Event::Start(_)),
                "rPh" => self.in_aid = matches!(event, Event::Start(_)),
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "t" => self.in_text = false,
                "r" => self.is_struck = false,
                "rPh" => self.in_aid = false,
                _ => {}
            },
            Event::Text(text) => self.put(&text.xml10_content()),
            Event::CData(text) => self.put(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                if let Some(c) = entity(reference) {
                    self.put(c.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
    }

    fn put(&mut self, text: &str) {
        if self.in_text && !self.in_aid {
            if self.is_struck { &mut self.struck } else { &mut self.kept }.push_str(text);
        }
    }

    /// Returns what holds and what is struck; `None` if nothing is.
    fn parted(&self) -> Option<(String, String)> {
        (!self.struck.trim().is_empty()).then(|| (self.kept.clone(), self.struck.clone()))
    }
}

fn aside(xml: &str, shared: &BTreeMap<usize, (String, String)>) -> Aside {
    let mut reader = Reader::from_str(xml);
    let (mut aside, mut cell, mut row) = (Aside::default(), String::new(), 0);
    // What the open cell holds: the number of a shared string, or rich text of its own.
    let (mut is_shared, mut in_value, mut runs) = (false, false, None);
    loop {
        let Ok(event) = reader.read_event() else { return aside };
        match &event {
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "col" if is_set(e, "hidden") => {
                    let (from, to) = (number(e, "min").unwrap_or(1), number(e, "max").unwrap_or(1));
                    aside.hidden_columns.extend(from.max(1) - 1..to.min(LAST_COLUMN));
                }
                "row" => {
                    row = number(e, "r").map_or(row, |number| number.saturating_sub(1));
                    if is_set(e, "hidden") {
                        aside.hidden_rows.insert(row);
                    }
                    row += 1;
                }
                "c" => {
                    cell = attribute(e, "r").unwrap_or_default();
                    is_shared = attribute(e, "t").as_deref() == Some("s");
                }
                "v" => in_value = true,
                "is" => runs = Some(Runs::default()),
                "f" => aside.formulas.push(cell.clone()),
                _ => runs.iter_mut().for_each(|runs| runs.take(&event)),
            },
            Event::Text(text) if in_value && is_shared => {
                let number = text.xml10_content().trim().parse().ok();
                let parted = number.and_then(|number: usize| shared.get(&number));
                aside.struck.extend(parted.map(|parted| (cell.clone(), parted.clone())));
            }
            Event::End(e) if e.local_name().as_ref() == "v" => in_value = false,
            Event::End(e) if e.local_name().as_ref() == "is" => {
                let parted = runs.take().and_then(|runs| runs.parted());
                aside.struck.extend(parted.map(|parted| (cell.clone(), parted)));
            }
            Event::Eof => return aside,
            _ => runs.iter_mut().for_each(|runs| runs.take(&event)),
        }
    }
}
