//! What a page says to machines: a service as a `GovernmentService` of schema.org.
//!
//! Only what the content states is said: no opening hours, telephone or address that it does not have.

use serde_json::{Map, Value, json};

use super::common::{self, DisplayText};
use super::{Address, View, imprint};
use crate::catalogue::{CodeSystem, Contact, EditionRef, EditionStatus, Place, Publisher, Service};
use crate::route::Route;
use crate::schema::{Age, AgeUnit};

/// Returns the description of a service in the words of the page's language.
pub(super) fn service(view: &View<'_>, shown: EditionRef<'_>, service: &Service) -> Value {
    let body = &service.body;
    let plain: Vec<String> = body.provisions.iter().map(|provision| view.words(&provision.plain)).collect();
    let area = view.catalogue().area_of(shown.edition, &body.area.value).map(|name| view.words(name));
    object([
        ("@context", Some(json!("https://schema.org"))),
        ("@type", Some(json!("GovernmentService"))),
        ("name", Some(json!(view.words(&body.title)))),
        ("description", Some(json!(plain.join(" ")))),
        ("identifier", some(items(view, service))),
        ("url", absolute(view, &view.page.route)),
        ("serviceType", area.map(Value::from)),
        ("provider", some(providers(view, shown, service))),
        ("areaServed", Some(place(view, shown.place))),
        ("audience", Some(audience(view, service))),
        ("availableChannel", some(channels(view, service))),
        ("isRelatedTo", original(view, service)),
        ("mainEntityOfPage", Some(page(view))),
    ])
}

/// Returns the description of any other page.
pub(super) fn other_page(view: &View<'_>) -> Value {
    let mut page = page(view);
    if let Value::Object(properties) = &mut page {
        properties.insert("@context".to_owned(), json!("https://schema.org"));
    }
    page
}

/// Returns what a page is: who publishes it, of which day it is, and whether it is official.
fn page(view: &View<'_>) -> Value {
    let site = &view.catalogue().site;
    let edition = view.page.kind.subject().edition().map(|shown| shown.edition);
    let number = edition.and_then(|edition| edition.document.as_ref()?.number.as_deref());
    let status = match imprint::unissued(view) {
        Some(EditionStatus::Draft) => Some("Draft"),
        Some(EditionStatus::Consultation) => Some("Consultation"),
        Some(EditionStatus::Issued) | None => None,
    };
    object([
        ("@type", Some(json!("WebPage"))),
        ("url", absolute(view, &view.page.route)),
        ("inLanguage", Some(json!(view.page.lang.tag))),
        ("isPartOf", Some(json!({ "@type": "WebSite", "name": view.words(&site.title) }))),
        ("publisher", imprint::publisher(view).map(|publisher| publisher_of(view, publisher))),
        ("identifier", number.map(Value::from)),
        (
            "datePublished",
            edition.and_then(|edition| edition.came_out()).map(|(_, day)| json!(day.value.to_string())),
        ),
        ("lastReviewed", imprint::checked(view).map(|checked| json!(checked.on.value.to_string()))),
        ("creativeWorkStatus", status.map(Value::from)),
    ])
}

fn publisher_of(view: &View<'_>, publisher: &Publisher) -> Value {
    object([
        ("@type", Some(json!("GovernmentOrganization"))),
        ("name", Some(json!(view.words(&publisher.name)))),
        ("telephone", publisher.phone.as_deref().map(Value::from)),
        ("email", publisher.email.as_deref().map(Value::from)),
        ("address", publisher.address.as_ref().map(|at| json!(view.words(at)))),
    ])
}

/// Returns an object of the properties that have a value.
fn object<const N: usize>(properties: [(&str, Option<Value>); N]) -> Value {
    let known = properties.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(known.collect::<Map<_, _>>())
}

fn some(values: Vec<Value>) -> Option<Value> {
    (!values.is_empty()).then_some(Value::Array(values))
}

fn absolute(view: &View<'_>, route: &Route) -> Option<Value> {
    let base = view.catalogue().site.base_url.as_ref()?;
    Some(json!(route.absolute(&base.value)))
}

/// Returns who is responsible here, with what `contacts.yaml` says of them.
fn providers(view: &View<'_>, shown: EditionRef<'_>, service: &Service) -> Vec<Value> {
    let contact_of = |id: &str| {
        let same = |contact: &&Contact| shown.edition.body_of(shown.place, &contact.department.value) == id;
        shown.place.contacts.iter().find(same)
    };
    let provider = |(id, name): (&str, DisplayText)| {
        let contact = contact_of(id);
        object([
            ("@type", Some(json!("GovernmentOrganization"))),
            ("name", Some(json!(name.text))),
            ("telephone", contact.and_then(|contact| contact.phone.as_deref()).map(Value::from)),
            ("address", contact.and_then(|contact| contact.address.as_ref()).map(|at| json!(view.words(at)))),
        ])
    };
    let named =
        |id| Some((id, view.say(view.catalogue().counterpart_of(shown.place, shown.edition, id)?.name)));
    common::bodies(shown, &service.body).into_iter().filter_map(named).map(provider).collect()
}

/// Returns a place with its code and the places around it.
fn place(view: &View<'_>, at: &Place) -> Value {
    let around = view.catalogue().parent(&at.path).map(|parent| place(view, parent));
    let system = match view.catalogue().site.codes {
        CodeSystem::GbT2260 => Some(json!("GB/T 2260")),
        CodeSystem::Any => None,
    };
    let code = object([
        ("@type", Some(json!("PropertyValue"))),
        ("propertyID", system),
        ("value", Some(json!(at.code.value))),
    ]);
    object([
        ("@type", Some(json!("AdministrativeArea"))),
        ("name", Some(json!(view.words(&at.name)))),
        ("identifier", Some(code)),
        ("containedInPlace", around),
    ])
}

/// Returns whom the service is for; with an age only where the list states one.
fn audience(view: &View<'_>, service: &Service) -> Value {
    let audience = &service.body.audience;
    object([
        ("@type", Some(json!("PeopleAudience"))),
        ("audienceType", Some(json!(view.words(&audience.text)))),
        ("suggestedAge", audience.age.map(age)),
    ])
}

/// Returns an age in the unit the list counts in, by the unit codes of UN/CEFACT.
fn age(age: Age) -> Value {
    let (from, to) = age.months();
    let (unit, months) = match age.unit {
        AgeUnit::Years => ("ANN", 12),
        AgeUnit::Months => ("MON", 1),
    };
    json!({
        "@type": "QuantitativeValue", "minValue": from / months, "maxValue": to / months, "unitCode": unit,
    })
}

/// Returns the codes that the government service platform has for the service.
fn items(view: &View<'_>, service: &Service) -> Vec<Value> {
    let items = service.apply.iter().flat_map(|apply| &apply.items);
    let codes = items.flat_map(|item| {
        let codes = [("政务服务事项基本编码", &item.basic), ("政务服务事项实施编码", &item.implementation)];
        let known = codes.into_iter().filter_map(|(system, code)| Some((system, code.as_ref()?)));
        known.map(|(system, code)| {
            object([
                ("@type", Some(json!("PropertyValue"))),
                ("propertyID", Some(json!(system))),
                ("name", item.name.as_ref().map(|name| json!(view.words(name)))),
                ("value", Some(json!(code.value))),
            ])
        })
    });
    codes.collect()
}

/// Returns the ways to reach the service: what the place says, and the general line to call.
fn channels(view: &View<'_>, service: &Service) -> Vec<Value> {
    let language = || Some(json!(view.catalogue().site.languages.reference().tag));
    let phone = |number: &str, name: Option<String>| {
        let name = name.map(Value::from);
        object([("@type", Some(json!("ContactPoint"))), ("name", name), ("telephone", Some(json!(number)))])
    };
    let own = service.apply.as_ref().map(|apply| {
        let at = apply.place.as_ref().map(|at| json!({ "@type": "Place", "name": view.words(at) }));
        object([
            ("@type", Some(json!("ServiceChannel"))),
            ("serviceUrl", apply.online.as_ref().map(|url| json!(url.value))),
            ("servicePhone", apply.phone.as_ref().map(|number| phone(&number.value, None))),
            ("serviceLocation", at),
            ("availableLanguage", language()),
        ])
    });
    // A channel of which nothing is known but the language leads nowhere.
    let own = own.filter(|channel| channel.as_object().is_some_and(|known| known.len() > 2));
    let line = view.catalogue().vocabulary.hotlines.first().map(|line| {
        object([
            ("@type", Some(json!("ServiceChannel"))),
            ("name", Some(json!(view.words(&line.purpose)))),
            ("servicePhone", Some(phone(&line.number.value, Some(view.words(&line.name))))),
            ("availableLanguage", language()),
        ])
    });
    own.into_iter().chain(line).collect()
}

/// Returns the service of the level above that this one takes over, if the site has an address for it.
fn original(view: &View<'_>, service: &Service) -> Option<Value> {
    let adoption = service.adopted.as_ref()?;
    let from = view.catalogue().edition(&adoption.edition)?;
    let shown = EditionRef { edition: from.list.current(view.facts().drafts)?, ..from };
    let route = view.route(&Address::in_list(shown, &adoption.service.value));
    let url = view.map.has(&route).then(|| absolute(view, &route)).flatten()?;
    let known = shown.edition.services.iter().find(|known| known.id.value == adoption.service.value)?;
    Some(json!({ "@type": "GovernmentService", "name": view.words(&known.body.title), "url": url }))
}
