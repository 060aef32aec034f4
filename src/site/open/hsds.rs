//! HSDS 3.1, the Human Services Data Specification: services and organisations as JSON, one folder a language.
//!
//! The standard knows one language a text, so that every language of the site has files of its own. Its identifiers are
//! UUIDs: worked out from ours, so that they stay the same from build to build and from site to site.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::api::index::TextLanguage;
use crate::api::place::Place;
use crate::api::service::{Apply, Desk, Item, ResponsibleBody, ServiceDocument};
use crate::api::{DataFile, Documents, Texts};
use crate::catalogue::EditionStatus;
use crate::route::Route;

/// The version of the standard.
const VERSION: &str = "3.1";

/// Returns the files: `hsds/{lang}/…`.
pub(super) fn files(documents: &Documents) -> Vec<DataFile> {
    documents.index.languages.iter().flat_map(|language| Writer { documents, language }.files()).collect()
}

/// Returns the identifier of a thing of ours.
fn id(kind: &str, of: &str) -> Value {
    json!(Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("qingdan:{kind}/{of}").as_bytes()).to_string())
}

/// Returns an object of the properties that have a value.
fn object<const N: usize>(properties: [(&str, Option<Value>); N]) -> Value {
    let known = properties.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(known.collect::<Map<_, _>>())
}

fn some(values: Vec<Value>) -> Option<Value> {
    (!values.is_empty()).then_some(Value::Array(values))
}

/// Writes in one language.
struct Writer<'d> {
    documents: &'d Documents,
    language: &'d TextLanguage,
}

impl<'d> Writer<'d> {
    fn files(&self) -> Vec<DataFile> {
        let services: Vec<(String, Value)> =
            self.documents.services.iter().map(|service| (own_id(service), self.service(service))).collect();
        let organisations = self.organisations();
        let mut files = vec![self.file("index.json", &json!({ "version": VERSION }))];
        for (folder, things) in [("services", services), ("organizations", organisations)] {
            let listed: Vec<Value> = things.iter().map(|(_, thing)| in_short(thing)).collect();
            files.push(self.file(&format!("{folder}.json"), &page(&listed)));
            for (own, thing) in &things {
                let id = thing["id"].as_str().unwrap_or(own);
                files.push(self.file(&format!("{folder}/{id}.json"), thing));
            }
        }
        files
    }

    fn file(&self, name: &str, document: &Value) -> DataFile {
        let mut bytes = serde_json::to_vec(document).expect("plain data is JSON");
        bytes.push(b'\n');
        (Route::new(format!("hsds/{}/{name}", self.language.code)), bytes)
    }

    fn say<'t>(&'t self, texts: &'t Texts) -> &'t str {
        let languages = self.documents.index.languages.iter().map(|language| language.code.as_str());
        texts.for_reader(&self.language.code, languages)
    }

    fn text(&self, texts: Option<&Texts>) -> Option<Value> {
        texts.map(|texts| json!(self.say(texts)))
    }

    /// Returns several texts as one, a line each.
    fn lines<'t>(&'t self, texts: impl Iterator<Item = &'t Texts>) -> Option<Value> {
        let lines: Vec<&str> = texts.map(|texts| self.say(texts)).collect();
        (!lines.is_empty()).then(|| json!(lines.join("\n")))
    }

    fn place(&self, service: &ServiceDocument) -> &'d Place {
        self.documents.place(&service.place).expect("a service stands in a list of a place")
    }

    /// Returns the organisations with their services: the bodies that answer for services, each once.
    fn organisations(&self) -> Vec<(String, Value)> {
        let mut known: Vec<(String, Value)> = Vec::new();
        for service in &self.documents.services {
            let place = self.place(service);
            for body in &service.service.departments {
                let own = body_id(place, body);
                if known.iter().all(|(id, _)| *id != own) {
                    known.push((own, self.organisation(place, body)));
                }
            }
        }
        known
    }

    fn organisation(&self, place: &Place, body: &ResponsibleBody) -> Value {
        let own = body_id(place, body);
        let function = self.documents.words.departments.iter().find(|function| function.id == body.id);
        // The standard asks for a description; what we know is whose function it carries out, and where.
        let function = function.map_or_else(|| self.say(&body.name), |function| self.say(&function.name));
        let office = place.offices.iter().find(|office| office.department == body.id);
        let phone = office.and_then(|office| office.phone.as_deref());
        let phones = phone.map(|phone| vec![self.phone(&own, phone, None)]);
        let locations =
            office.filter(|office| office.address.is_some() || office.hours.is_some()).map(|office| {
                vec![self.location(
                    &own,
                    office.name.as_ref(),
                    office.address.as_ref(),
                    office.hours.as_ref(),
                )]
            });
        object([
            ("id", Some(id("organization", &own))),
            ("name", Some(json!(self.say(&body.name)))),
            ("description", Some(json!(format!("{} · {}", self.say(&place.in_short.name), function)))),
            ("phones", phones.and_then(some)),
            ("locations", locations.and_then(some)),
        ])
    }

    /// Returns a service with everything that hangs on it.
    fn service(&self, document: &ServiceDocument) -> Value {
        let (service, place, own) = (&document.service, self.place(document), own_id(document));
        let edition = self.documents.edition(&document.edition);
        let apply = service.apply.as_ref();
        let first = service.departments.first();
        let age = service.audience.age.as_ref();
        let years = |months: u16| json!(f64::from(months) / 12.0);
        object([
            ("id", Some(id("service", &own))),
            ("organization_id", first.map(|body| id("organization", &body_id(place, body)))),
            ("program_id", Some(id("program", &document.list))),
            ("name", Some(json!(self.say(&service.title)))),
            ("alternate_name", self.text(service.familiar.as_ref())),
            ("description", self.lines(service.provisions.iter().map(|provision| &provision.plain))),
            ("url", self.absolute(document).map(Value::from)),
            ("status", Some(json!(status(document.status.0)))),
            ("application_process", apply.and_then(|apply| self.lines(apply.steps.iter()))),
            ("fees_description", apply.and_then(|apply| self.text(apply.fee.as_ref()))),
            ("eligibility_description", self.eligibility(document)),
            ("minimum_age", age.and_then(|age| age.from_months).map(years)),
            ("maximum_age", age.and_then(|age| age.to_months).map(years)),
            ("assured_date", service.checked.as_ref().map(|checked| json!(checked.on))),
            ("alert", edition.and_then(|edition| self.text(edition.notice.as_ref()))),
            ("phones", some(self.phones(document, &own))),
            ("schedules", apply.and_then(|apply| Some(json!([self.schedule(&own, apply.time.as_ref()?)])))),
            ("service_areas", Some(json!([self.service_area(place, &own)]))),
            ("service_at_locations", some(self.at_locations(document, &own))),
            ("organization", first.map(|body| self.organisation(place, body))),
            ("program", self.program(document)),
            ("required_documents", apply.and_then(|apply| some(self.papers(apply, &own)))),
            ("attributes", some(self.attributes(document, &own))),
        ])
    }

    fn absolute(&self, document: &ServiceDocument) -> Option<String> {
        let page = document.pages.get(&self.language.code)?;
        page.0.contains("://").then(|| page.0.clone())
    }

    /// Returns whom it is for, and on which conditions.
    fn eligibility(&self, document: &ServiceDocument) -> Option<Value> {
        let service = &document.service;
        let conditions = service.provisions.iter().filter_map(|provision| provision.condition_text.as_ref());
        let mut lines: Vec<&str> = vec![self.say(&service.audience.text)];
        for condition in conditions.map(|texts| self.say(texts)) {
            if !lines.contains(&condition) {
                lines.push(condition);
            }
        }
        Some(json!(lines.join("\n")))
    }

    fn program(&self, document: &ServiceDocument) -> Option<Value> {
        let list = self.documents.lists.iter().find(|list| list.in_short.id == document.list)?;
        Some(json!({
            "id": id("program", &document.list),
            "name": self.say(&list.in_short.title),
            "description": self.say(&self.documents.index.description),
        }))
    }

    fn phones(&self, document: &ServiceDocument, own: &str) -> Vec<Value> {
        let apply = document.service.apply.as_ref().and_then(|apply| apply.phone.as_deref());
        let desk = document.front_desk.as_ref();
        let office = desk.and_then(|desk| desk.office.as_ref()?.phone.as_deref());
        let call = desk.and_then(|desk| desk.call.as_ref());
        let call = call.map(|call| (call.number.as_str(), call.purpose.as_ref().or(call.name.as_ref())));
        let all = apply.map(|it| (it, None)).into_iter().chain(office.map(|it| (it, None))).chain(call);
        let mut seen: Vec<&str> = Vec::new();
        let mut phones = Vec::new();
        for (number, about) in all {
            if !seen.contains(&number) {
                seen.push(number);
                phones.push(self.phone(own, number, about));
            }
        }
        phones
    }

    fn phone(&self, own: &str, number: &str, about: Option<&Texts>) -> Value {
        object([
            ("id", Some(id("phone", &format!("{own}/{number}")))),
            ("number", Some(json!(number))),
            ("description", self.text(about)),
        ])
    }

    fn schedule(&self, own: &str, time: &Texts) -> Value {
        json!({ "id": id("schedule", own), "description": self.say(time) })
    }

    fn service_area(&self, place: &Place, own: &str) -> Value {
        json!({ "id": id("service_area", own), "name": self.say(&place.in_short.name) })
    }

    /// Returns where to go: what the service says, and the office of its front desk.
    fn at_locations(&self, document: &ServiceDocument, own: &str) -> Vec<Value> {
        let at = |name: &str, location: Value| {
            let id = id("service_at_location", &format!("{own}/{name}"));
            json!({ "id": id, "location": location })
        };
        let said = document.service.apply.as_ref().and_then(|apply| apply.place.as_ref());
        let said =
            said.map(|place| at("place", self.location(&format!("{own}/place"), None, Some(place), None)));
        let desk = document.front_desk.as_ref().map(|desk| at("desk", self.desk(desk, own)));
        said.into_iter().chain(desk).collect()
    }

    fn desk(&self, desk: &Desk, own: &str) -> Value {
        let office = desk.office.as_ref();
        let name = office.and_then(|office| office.name.as_ref()).unwrap_or(&desk.department);
        let address = office.and_then(|office| office.address.as_ref());
        let hours = office.and_then(|office| office.hours.as_ref());
        self.location(&format!("{own}/desk"), Some(name), address, hours)
    }

    /// Returns a location. Its address is told as a description: the standard asks for a city and a postal code apart.
    fn location(
        &self,
        own: &str,
        name: Option<&Texts>,
        address: Option<&Texts>,
        hours: Option<&Texts>,
    ) -> Value {
        object([
            ("id", Some(id("location", own))),
            ("location_type", Some(json!("physical"))),
            ("name", self.text(name)),
            ("description", self.text(address)),
            ("schedules", hours.map(|hours| json!([self.schedule(&format!("{own}/hours"), hours)]))),
        ])
    }

    fn papers(&self, apply: &Apply, own: &str) -> Vec<Value> {
        let numbered = (1..).zip(&apply.bring);
        let paper = |(number, paper): (usize, &Texts)| {
            let id = id("required_document", &format!("{own}/{number}"));
            json!({ "id": id, "document": self.say(paper) })
        };
        numbered.map(paper).collect()
    }

    /// Returns what has words in a vocabulary: the area, the kinds of what is given, the codes of the item.
    fn attributes(&self, document: &ServiceDocument, own: &str) -> Vec<Value> {
        let service = &document.service;
        let words = &self.documents.words;
        let area = words.areas.iter().find(|area| area.id == service.area);
        let mut all: Vec<Value> =
            area.iter().map(|area| self.attribute(own, "area", &area.id, self.say(&area.name))).collect();
        let who = service.audience.population.iter().chain(&service.audience.categories);
        let who = who.filter_map(|id| words.audiences.iter().find(|who| who.id == *id));
        all.extend(who.map(|who| self.attribute(own, "audience", &who.id, self.say(&who.name))));
        let items = service.apply.iter().flat_map(|apply| &apply.items);
        all.extend(items.flat_map(|item| self.codes(own, item)));
        all
    }

    fn attribute(&self, own: &str, taxonomy: &str, code: &str, name: &str) -> Value {
        json!({
            "id": id("attribute", &format!("{own}/{taxonomy}/{code}")),
            "taxonomy_term": {
                "id": id("taxonomy_term", &format!("{taxonomy}/{code}")),
                "code": code,
                "name": name,
                "description": name,
                "taxonomy": taxonomy,
            },
        })
    }

    /// Returns the codes that the government service platform gives.
    fn codes(&self, own: &str, item: &Item) -> Vec<Value> {
        let known = [("政务服务事项基本编码", &item.basic), ("政务服务事项实施编码", &item.implementation)];
        let known = known.into_iter().filter_map(|(taxonomy, code)| Some((taxonomy, code.as_deref()?)));
        let name =
            |code: &str| item.name.as_ref().map_or_else(|| code.to_owned(), |name| self.say(name).to_owned());
        known.map(|(taxonomy, code)| self.attribute(own, taxonomy, code, &name(code))).collect()
    }
}

/// Returns the identifier that a service has in our data, whatever the edition.
fn own_id(document: &ServiceDocument) -> String {
    format!("{}/{}", document.list, document.service.id)
}

fn body_id(place: &Place, body: &ResponsibleBody) -> String {
    format!("{}/{}", place.in_short.id, body.id)
}

/// Only what is issued is given; the standard has no word for a draft.
fn status(status: EditionStatus) -> &'static str {
    match status {
        EditionStatus::Issued => "active",
        EditionStatus::Draft | EditionStatus::Consultation => "inactive",
    }
}

/// Returns a thing as lists have it: without what hangs on it.
fn in_short(thing: &Value) -> Value {
    let Value::Object(properties) = thing else { return thing.clone() };
    let plain = properties.iter().filter(|(_, value)| !value.is_array());
    Value::Object(plain.map(|(name, value)| (name.clone(), in_short(value))).collect())
}

/// Returns everything as the one page of a list in pages.
fn page(contents: &[Value]) -> Value {
    json!({
        "total_items": contents.len(),
        "total_pages": 1,
        "page_number": 1,
        "size": contents.len(),
        "first_page": true,
        "last_page": true,
        "empty": contents.is_empty(),
        "contents": contents,
    })
}
