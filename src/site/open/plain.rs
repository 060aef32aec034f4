//! Plain texts: one a service and one a list, for mail, notice boards, Braille printers and whoever reads no pages.

use std::fmt::Write as _;

use super::sheet::{Reader, Sheet};
use crate::api::list::List;
use crate::api::{DataFile, Documents};
use crate::route::Route;

/// Returns the files: `text/{lang}/{place}/{list}/{service}.txt`, and `text/{lang}/{place}/{list}.txt` with all of them.
pub(super) fn files(documents: &Documents) -> Vec<DataFile> {
    let of = |reader: Reader<'_>| -> Vec<DataFile> {
        documents.lists.iter().flat_map(|list| of_list(&reader, list)).collect()
    };
    Reader::all(documents).flat_map(of).collect()
}

/// Returns where the files of a list stand: `{lang}/{place}/{list}`.
pub(super) fn folder(reader: &Reader<'_>, list: &List) -> String {
    let (place, name) = list.in_short.id.rsplit_once('/').unwrap_or(("", &list.in_short.id));
    format!("{}/{}/{name}", reader.language.code, place.replace('/', "."))
}

fn of_list(reader: &Reader<'_>, list: &List) -> Vec<DataFile> {
    let folder = folder(reader, list);
    let at = |name: &str, text: String| (Route::new(format!("text/{folder}{name}.txt")), text.into_bytes());
    let services = reader.documents.services.iter().filter(|service| service.list == list.in_short.id);
    let (mut files, mut whole) = (Vec::new(), Vec::new());
    for service in services {
        let sheet = reader.sheet(service);
        whole.push(told(reader, &sheet, &format!("{}. ", service.service.number)));
        files.push(at(&format!("/{}", service.service.id), told(reader, &sheet, "")));
    }
    files.push(at("", format!("{}\n\n{}", reader.say(&list.in_short.title), whole.join("\n\n"))));
    files
}

/// Returns a sheet as text: a heading, its lines below, a blank line.
fn told(reader: &Reader<'_>, sheet: &Sheet, number: &str) -> String {
    let mut text = format!("{number}{}\n", sheet.title);
    if let Some(familiar) = &sheet.familiar {
        let _ = writeln!(text, "{familiar}");
    }
    for part in &sheet.parts {
        let _ = writeln!(text, "\n{}", reader.word(&part.topic.heading()));
        for (number, line) in (1..).zip(&part.lines) {
            let counted = part.topic.is_counted() && part.lines.len() > 1;
            let number = if counted { format!("{number}. ") } else { String::new() };
            let _ = writeln!(text, "{number}{line}");
        }
    }
    text
}
