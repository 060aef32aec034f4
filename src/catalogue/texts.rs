//! Every text of the catalogue that can be translated, each with its address.

use super::place_texts::each_in_parts;
use super::{
    Apply, Body, Catalogue, Dangers, Definition, Document, Edition, Grading, Place, Publisher, Service,
    SourcedLine,
};
use crate::lang::Localized;

/// What [`Catalogue::each_text`] calls: the address is worked out only if asked for.
pub type Visit<'v> = dyn FnMut(&dyn Fn() -> String, &Localized) + 'v;

impl Catalogue {
    /// Calls `visit` for every text, in a fixed order. Adopted texts are visited where they stand, once.
    ///
    /// An address is stable while ids are: `fujian/migrant-children/2025:preschool-education/title`.
    pub fn each_text(&self, visit: &mut Visit<'_>) {
        visit(&|| "site/title".to_owned(), &self.site.title);
        visit(&|| "site/description".to_owned(), &self.site.description);
        for (tier, name) in &self.site.tiers {
            let at = |field: &str| format!("site/tiers/{}/{field}", tier.as_str());
            visit(&|| at("one"), &name.one);
            some(visit, &|| at("all"), name.all.as_ref());
        }
        each_in_publisher(&|field| format!("site/publisher/{field}"), self.site.publisher.as_ref(), visit);
        self.each_word(visit);
        for place in self.places.values() {
            each_in_place(place, visit);
            for list in place.lists.values() {
                for edition in &list.editions {
                    let address = || format!("{}/{}/{}", place.path, list.id, edition.id);
                    each_in_edition(&address, edition, visit);
                }
            }
        }
    }

    fn each_word(&self, visit: &mut Visit<'_>) {
        let words = &self.vocabulary;
        for group in &words.groups {
            visit(&|| format!("groups/{}", group.id.value), &group.name);
        }
        for area in &words.areas {
            visit(&|| format!("areas/{}", area.id.value), &area.name);
        }
        for department in &words.departments {
            visit(&|| format!("departments/{}", department.id.value), &department.name);
            for (tier, body) in &department.counterparts {
                let at = |field: &str| {
                    format!("departments/{}/{tier:?}/{field}", department.id.value).to_lowercase()
                };
                some(visit, &|| at("name"), body.name.as_ref());
                some(visit, &|| at("note"), body.note.as_ref());
            }
            for (kind, body) in &department.variants {
                let at =
                    |field: &str| format!("departments/{}/{}/{field}", department.id.value, kind.as_str());
                some(visit, &|| at("name"), body.name.as_ref());
                some(visit, &|| at("note"), body.note.as_ref());
            }
        }
        for who in &words.audiences {
            visit(&|| format!("audiences/{}", who.id.value), &who.name);
            some(visit, &|| format!("audiences/{}/definition", who.id.value), who.definition.as_ref());
        }
        for condition in &words.conditions {
            visit(&|| format!("conditions/{}", condition.id.value), &condition.name);
        }
        for band in &words.ages {
            visit(&|| format!("ages/{}", band.id.value), &band.name);
        }
        for question in &words.situations {
            let id = &question.id.value;
            visit(&|| format!("situations/{id}"), &question.ask);
            some(visit, &|| format!("situations/{id}/help"), question.help.as_ref());
            for answer in &question.answers {
                let at = || format!("situations/{id}/{}", answer.id.value);
                visit(&at, &answer.name);
                some(visit, &|| format!("{}/note", at()), answer.note.as_ref());
            }
        }
        for term in &words.terms {
            visit(&|| format!("terms/{}", term.id.value), &term.term);
            visit(&|| format!("terms/{}/definition", term.id.value), &term.definition);
            some(visit, &|| format!("terms/{}/source", term.id.value), term.source.as_ref());
        }
        for line in &words.hotlines {
            visit(&|| format!("hotlines/{}", line.number.value), &line.name);
            visit(&|| format!("hotlines/{}/purpose", line.number.value), &line.purpose);
            some(visit, &|| format!("hotlines/{}/source", line.number.value), line.source.as_ref());
        }
        each_danger(&words.dangers, visit);
    }
}

fn each_danger(dangers: &Dangers, visit: &mut Visit<'_>) {
    for danger in &dangers.all {
        let at = |field: &str| format!("dangers/{}/{field}", danger.id.value);
        visit(&|| at("name"), &danger.name);
        some(visit, &|| at("note"), danger.note.as_ref());
        visit(&|| at("source"), &danger.source);
    }
    let lines = [("tell", &dangers.tell), ("then", &dangers.then), ("report", &dangers.report)];
    each_sourced(&|field| format!("dangers/{field}"), lines, visit);
}

/// Calls `visit` for every sentence of these parts, and for its source.
pub(super) fn each_sourced(
    at: &dyn Fn(&str) -> String,
    parts: [(&str, &Vec<SourcedLine>); 3],
    visit: &mut Visit<'_>,
) {
    for (part, lines) in parts {
        for (number, line) in lines.iter().enumerate() {
            visit(&|| at(&format!("{part}/{number}")), &line.text);
            visit(&|| at(&format!("{part}/{number}/source")), &line.source);
        }
    }
}

pub(super) fn some(visit: &mut Visit<'_>, address: &dyn Fn() -> String, text: Option<&Localized>) {
    if let Some(text) = text {
        visit(address, text);
    }
}

fn each_in_publisher(at: &dyn Fn(&str) -> String, publisher: Option<&Publisher>, visit: &mut Visit<'_>) {
    let Some(publisher) = publisher else { return };
    visit(&|| at("name"), &publisher.name);
    some(visit, &|| at("office"), publisher.office.as_ref());
    some(visit, &|| at("address"), publisher.address.as_ref());
}

fn each_in_place(place: &Place, visit: &mut Visit<'_>) {
    let at = |field: &str| format!("{}:{field}", place.path);
    visit(&|| at("name"), &place.name);
    some(visit, &|| at("short_name"), place.short_name.as_ref());
    some(visit, &|| at("note"), place.note.as_ref());
    each_in_publisher(&|field| at(&format!("publisher/{field}")), place.publisher.as_ref(), visit);
    if let Some(counties) = &place.counties {
        visit(&|| at("counties/source"), &counties.source);
        for (number, name) in counties.names.iter().enumerate() {
            visit(&|| at(&format!("counties/{}", number + 1)), name);
        }
    }
    for (id, (_, body)) in &place.departments {
        some(visit, &|| at(&format!("departments/{id}")), body.name.as_ref());
        some(visit, &|| at(&format!("departments/{id}/note")), body.note.as_ref());
    }
    for rule in &place.rulebook {
        let from = rule.from.value;
        some(visit, &|| at(&format!("rulebook/{from}/filing_to")), rule.filing_to.as_ref());
        some(visit, &|| at(&format!("rulebook/{from}/source")), rule.source.as_ref());
        some(visit, &|| at(&format!("rulebook/{from}/visits")), rule.visits.as_ref());
        some(visit, &|| at(&format!("rulebook/{from}/note")), rule.note.as_ref());
        let at = |field: &str| at(&format!("rulebook/{from}/{field}"));
        rule.definitions.iter().for_each(|definition| each_in_definition(&at, definition, visit));
        rule.grades.iter().for_each(|grading| each_in_grading(&at, grading, visit));
    }
    for (id, (_, own)) in &place.terms {
        let texts = [("term", &own.term), ("definition", &own.definition), ("source", &own.source)];
        for (field, text) in texts.into_iter().chain([("note", &own.note)]) {
            some(visit, &|| at(&format!("terms/{id}/{field}")), text.as_ref());
        }
    }
    for (id, (_, own)) in &place.audiences {
        for (field, text) in [("name", &own.name), ("definition", &own.definition), ("note", &own.note)] {
            some(visit, &|| at(&format!("audiences/{id}/{field}")), text.as_ref());
        }
    }
    for (id, (_, own)) in &place.situations {
        let at = |field: &str| at(&format!("situations/{id}{field}"));
        some(visit, &|| at(""), own.ask.as_ref());
        some(visit, &|| at("/help"), own.help.as_ref());
        for (answer, (_, own)) in &own.answers {
            some(visit, &|| at(&format!("/{answer}")), own.name.as_ref());
            some(visit, &|| at(&format!("/{answer}/note")), own.note.as_ref());
        }
    }
    for contact in &place.contacts {
        let at = |field: &str| format!("{}:contacts/{}/{field}", place.path, contact.department.value);
        some(visit, &|| at("name"), contact.name.as_ref());
        some(visit, &|| at("address"), contact.address.as_ref());
        some(visit, &|| at("hours"), contact.hours.as_ref());
        some(visit, &|| at("note"), contact.note.as_ref());
    }
    each_in_parts(place, visit);
}

fn each_in_definition(at: &dyn Fn(&str) -> String, definition: &Definition, visit: &mut Visit<'_>) {
    let group = definition.group.first().map_or("", |group| group.value.as_str());
    let at = |field: &str| at(&format!("definitions/{group}/{}/{field}", definition.purpose.as_str()));
    visit(&|| at("text"), &definition.text);
    visit(&|| at("plain"), &definition.plain);
    some(visit, &|| at("paragraph"), definition.paragraph.as_ref());
    some(visit, &|| at("where"), definition.place.as_ref());
    for (field, texts) in [("exceptions", &definition.exceptions), ("counts", &definition.counts)] {
        for (number, text) in texts.iter().enumerate() {
            visit(&|| at(&format!("{field}/{number}")), text);
        }
    }
}

fn each_in_grading(at: &dyn Fn(&str) -> String, grading: &Grading, visit: &mut Visit<'_>) {
    let group = grading.group.first().map_or("", |group| group.value.as_str());
    let at = |field: &str| at(&format!("grades/{group}/{field}"));
    some(visit, &|| at("paragraph"), grading.paragraph.as_ref());
    some(visit, &|| at("why"), grading.why.as_ref());
    for level in &grading.levels {
        let at = |field: &str| at(&format!("{}/{field}", level.id.value));
        visit(&|| at("name"), &level.name);
        visit(&|| at("means"), &level.means);
        some(visit, &|| at("plain"), level.plain.as_ref());
        for (number, touch) in level.visits.iter().enumerate() {
            some(visit, &|| at(&format!("visits/{number}/who")), touch.who.as_ref());
            some(visit, &|| at(&format!("visits/{number}/text")), touch.text.as_ref());
        }
    }
}

fn each_in_edition(address: &dyn Fn() -> String, edition: &Edition, visit: &mut Visit<'_>) {
    let at = |field: &str| format!("{}:{field}", address());
    visit(&|| at("title"), &edition.title);
    some(visit, &|| at("notice"), edition.notice.as_ref());
    some(visit, &|| at("note"), edition.note.as_ref());
    if let Some(consultation) = &edition.consultation {
        some(visit, &|| at("consultation/how"), consultation.how.as_ref());
        some(visit, &|| at("consultation/address"), consultation.address.as_ref());
        some(visit, &|| at("consultation/outcome"), consultation.outcome.as_ref());
    }
    for (number, correction) in edition.corrections.iter().enumerate() {
        visit(&|| at(&format!("corrections/{number}")), &correction.what);
    }
    if let Some(Document { title, note, .. }) = &edition.document {
        some(visit, &|| at("document/title"), title.as_ref());
        some(visit, &|| at("document/note"), note.as_ref());
    }
    for service in &edition.services {
        let at = |field: &str| format!("{}:{}/{field}", address(), service.id.value);
        each_in_service(&at, service, visit);
        if service.adopted.is_none() {
            each_in_body(&at, &service.body, visit);
        }
    }
}

fn each_in_service(at: &dyn Fn(&str) -> String, service: &Service, visit: &mut Visit<'_>) {
    some(visit, &|| at("note"), service.note.as_ref());
    some(visit, &|| at("own/standard"), service.standard.as_ref());
    some(visit, &|| at("own/expenditure"), service.expenditure.as_ref());
    let Some(Apply { place, bring, steps, fee, time, basis, items, .. }) = &service.apply else { return };
    for (field, text) in [("where", place), ("fee", fee), ("time", time), ("basis", basis)] {
        some(visit, &|| at(&format!("apply/{field}")), text.as_ref());
    }
    for (field, texts) in [("bring", bring), ("steps", steps)] {
        for (number, text) in texts.iter().enumerate() {
            visit(&|| at(&format!("apply/{field}/{number}")), text);
        }
    }
    for (number, item) in items.iter().enumerate() {
        some(visit, &|| at(&format!("apply/items/{number}/name")), item.name.as_ref());
    }
}

fn each_in_body(at: &dyn Fn(&str) -> String, body: &Body, visit: &mut Visit<'_>) {
    visit(&|| at("title"), &body.title);
    visit(&|| at("audience"), &body.audience.text);
    visit(&|| at("content"), &body.content);
    some(visit, &|| at("standard"), body.standard.as_ref());
    some(visit, &|| at("expenditure"), body.expenditure.as_ref());
    some(visit, &|| at("familiar"), body.familiar.as_ref());
    some(visit, &|| at("departments_note"), body.departments_note.as_ref());
    some(visit, &|| at("body/note"), body.note.as_ref());
    for (number, line) in body.papers.iter().enumerate() {
        visit(&|| at(&format!("papers/{number}")), &line.text);
        visit(&|| at(&format!("papers/{number}/source")), &line.source);
    }
    for provision in &body.provisions {
        let at = |field: &str| at(&format!("provisions/{}/{field}", provision.id.value));
        visit(&|| at("plain"), &provision.plain);
        some(visit, &|| at("condition_text"), provision.condition_text.as_ref());
        // As printed; a translation is welcome, none is missed.
        for (field, names) in [("bearer", &provision.bearer), ("named", &provision.named)] {
            for (number, name) in names.iter().enumerate().filter(|(_, name)| name.iter().nth(1).is_some()) {
                visit(&|| at(&format!("{field}/{number}")), name);
            }
        }
        some(visit, &|| at("note"), provision.note.as_ref());
    }
}
