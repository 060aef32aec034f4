//! JSON for mini-programs: one file a language and list, in one language, everything there (lists that may be empty, no
//! null), so that a template can run over it as it is.

use serde::Serialize;
use serde_json::json;

use super::plain::folder;
use super::sheet::{Reader, Topic, telephones};
use crate::api::list::List;
use crate::api::service::ServiceDocument;
use crate::api::{DataFile, Documents, Spelled};
use crate::route::Route;

/// Returns the files: `mini/{lang}/lists.json`, `mini/{lang}/{place}/{list}.json`.
pub(super) fn files(documents: &Documents) -> Vec<DataFile> {
    Reader::all(documents).flat_map(|reader| of_language(&reader)).collect()
}

/// A list that can be opened.
#[derive(Serialize)]
struct MiniEntry {
    id: String,
    place: String,
    title: String,
    /// Its file, beside this one.
    file: String,
}

/// A list with its services.
#[derive(Serialize)]
struct MiniList {
    id: String,
    place: String,
    title: String,
    edition: String,
    /// Only `issued` is official.
    status: &'static str,
    as_of: String,
    areas: Vec<MiniArea>,
}

/// Services of one area.
#[derive(Serialize)]
struct MiniArea {
    id: String,
    name: String,
    services: Vec<MiniService>,
}

/// A service.
#[derive(Serialize)]
struct MiniService {
    id: String,
    number: u32,
    title: String,
    familiar: String,
    /// Numbers to call, the first to dial first.
    tel: Vec<String>,
    /// What there is to know, with a heading each.
    parts: Vec<MiniPart>,
    /// Where to apply online, or nothing.
    online: String,
    /// Its page, or nothing where the site does not know its address.
    page: String,
}

/// What is said on one topic.
#[derive(Serialize)]
struct MiniPart {
    heading: String,
    lines: Vec<String>,
}

fn of_language(reader: &Reader<'_>) -> Vec<DataFile> {
    let documents = reader.documents;
    let at = |name: &str, value: &serde_json::Value| {
        let mut bytes = serde_json::to_vec(value).expect("plain data is JSON");
        bytes.push(b'\n');
        (Route::new(format!("mini/{name}.json")), bytes)
    };
    let entries = documents.lists.iter().map(|list| {
        let file = folder(reader, list);
        MiniEntry {
            id: list.in_short.id.clone(),
            place: place(reader, list),
            title: reader.say(&list.in_short.title).to_owned(),
            file: format!("{}.json", file.split_once('/').map_or(file.as_str(), |(_, rest)| rest)),
        }
    });
    let index = json!({ "lists": entries.collect::<Vec<_>>() });
    let mut files = vec![at(&format!("{}/lists", reader.language.code), &index)];
    files.extend(documents.lists.iter().map(|list| at(&folder(reader, list), &json!(of_list(reader, list)))));
    files
}

fn place(reader: &Reader<'_>, list: &List) -> String {
    let place = reader.documents.place(&list.in_short.place);
    place.map_or_else(String::new, |place| reader.say(&place.in_short.name).to_owned())
}

fn of_list(reader: &Reader<'_>, list: &List) -> MiniList {
    let documents = reader.documents;
    let short = &list.in_short;
    let edition = documents.edition(&format!("{}/{}", short.id, short.edition));
    let areas = edition.into_iter().flat_map(|edition| &edition.areas).map(|area| {
        let is_own = |service: &&ServiceDocument| service.list == short.id && service.service.area == area.id;
        let services = documents.services.iter().filter(is_own);
        MiniArea {
            id: area.id.clone(),
            name: reader.say(&area.name).to_owned(),
            services: services.map(|service| of_service(reader, service)).collect(),
        }
    });
    MiniList {
        id: short.id.clone(),
        place: place(reader, list),
        title: reader.say(&short.title).to_owned(),
        edition: short.edition.clone(),
        status: short.status.0.spelling(),
        as_of: documents.index.as_of.0.to_string(),
        areas: areas.collect(),
    }
}

fn of_service(reader: &Reader<'_>, document: &ServiceDocument) -> MiniService {
    let sheet = reader.sheet(document);
    let page = document.pages.get(&reader.language.code).filter(|page| page.0.contains("://"));
    let parts = sheet.parts.into_iter().filter(|part| part.topic != Topic::Telephone);
    MiniService {
        id: document.service.id.clone(),
        number: document.service.number,
        title: sheet.title,
        familiar: sheet.familiar.unwrap_or_default(),
        tel: telephones(document),
        parts: parts
            .map(|part| MiniPart { heading: reader.word(&part.topic.heading()), lines: part.lines })
            .collect(),
        online: document.service.apply.as_ref().and_then(|apply| apply.online.clone()).unwrap_or_default(),
        page: page.map_or_else(String::new, |page| page.0.clone()),
    }
}
