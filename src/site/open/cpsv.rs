//! CPSV-AP 3.2, the European vocabulary of public services: one file a list, as Turtle and as JSON-LD.
//!
//! A service is a `cpsv:PublicService`, whatever edition says it; a provision is a `cv:Output` at its permanent address in
//! the edition. What the standard has no word for (how binding a provision is, how it stands to the list above) is left out.

use super::rdf::{Graph, Said, day, link, word};
use crate::api::edition::Edition;
use crate::api::list::List;
use crate::api::place::Place;
use crate::api::service::{Apply, Desk, Item, Provision, ResponsibleBody, ServiceDocument};
use crate::api::{DataFile, Documents, Link, Spelled, Texts, Word};
use crate::schema::Choices;
use crate::text;

/// Returns the files: `cpsv-ap/{place}/{list}`.
pub(super) fn files(documents: &Documents) -> Vec<DataFile> {
    documents.lists.iter().flat_map(|list| of_list(documents, list)).collect()
}

fn of_list(documents: &Documents, list: &List) -> Vec<DataFile> {
    let mut graph = Graph::new(documents);
    for service in documents.services.iter().filter(|service| service.list == list.in_short.id) {
        let place = documents.places.iter().find(|place| place.in_short.id == service.place);
        let edition = documents.editions.iter().find(|edition| edition.in_short.id == service.edition);
        if let (Some(place), Some(edition)) = (place, edition) {
            Describer { documents, place, edition, list, service }.service(&mut graph);
        }
    }
    let (place, name) = list.in_short.id.rsplit_once('/').unwrap_or(("", &list.in_short.id));
    graph.files(&format!("cpsv-ap/{}/{name}", place.replace('/', ".")))
}

/// Returns the address of something that a document describes.
pub(super) fn part(document: &Link, name: &str) -> String {
    format!("{}#{}", document.0, crate::route::percent_encoded(name))
}

/// Describes a place as a location.
pub(super) fn location(graph: &mut Graph<'_>, place: &Place) -> String {
    graph.describe(part(&place.in_short.link, "place"), "dct:Location", |graph| {
        let code = word("dct:identifier", &place.in_short.code);
        [vec![code], graph.texts("skos:prefLabel", &place.in_short.name)].concat()
    })
}

/// A service with what it is a part of.
struct Describer<'d> {
    documents: &'d Documents,
    place: &'d Place,
    edition: &'d Edition,
    list: &'d List,
    service: &'d ServiceDocument,
}

impl Describer<'_> {
    /// Returns the permanent address of something in the edition.
    fn at(&self, name: &str) -> String {
        part(&self.edition.in_short.link, name)
    }

    /// Returns the permanent address of something of the service in the edition.
    fn of_service(&self, name: &str) -> String {
        self.at(&format!("{}/{name}", self.service.service.id))
    }

    fn identifier(&self, name: &str) -> Said {
        word("dct:identifier", &format!("{}/{}{name}", self.service.list, self.service.service.id))
    }

    fn service(&self, graph: &mut Graph<'_>) {
        let service = &self.service.service;
        let Some(document) = &service.link else { return };
        graph.describe(part(document, "service"), "cpsv:PublicService", |graph| {
            let mut said = vec![self.identifier("")];
            said.extend(graph.texts("dct:title", &service.title));
            said.extend(graph.texts("dct:description", &service.content));
            said.extend(graph.some_texts("dcat:keyword", service.familiar.as_ref()));
            said.extend(link("dct:spatial", &location(graph, self.place)));
            said.extend(self.document(graph));
            said.extend(self.classes(graph));
            for body in &service.departments {
                said.extend(link("cv:hasCompetentAuthority", &self.body(graph, body)));
            }
            for provision in &service.provisions {
                said.extend(link("cpsv:produces", &self.provision(graph, provision)));
            }
            said.extend(self.requirements(graph));
            if let Some(apply) = &service.apply {
                said.extend(self.apply(graph, apply));
            }
            if let Some(desk) = &self.service.front_desk {
                said.extend(self.desk(graph, desk));
            }
            said
        });
    }

    /// Says by which document it is given, and of which list it is a part.
    fn document(&self, graph: &mut Graph<'_>) -> Vec<Said> {
        let document = graph.describe(self.at("edition"), "eli:LegalResource", |graph| {
            let document = self.edition.in_short.document.as_ref();
            let mut said = graph.texts("dct:title", &self.edition.in_short.title);
            let number = document.and_then(|document| document.number.as_deref());
            said.extend(number.map(|number| word("eli:id_local", number)));
            said.extend(document.and_then(|document| document.url.as_deref()).into_iter().flat_map(page));
            let dates = &self.edition.in_short.dates;
            said.extend(dates.get("issued").map(|on| day("eli:date_publication", *on)));
            said.extend(dates.get("effective").map(|on| day("eli:first_date_entry_in_force", *on)));
            said
        });
        let mut said = link("cv:hasLegalResource", &document);
        if let Some(publisher) = super::dcat::publisher(graph, self.documents) {
            let dataset = super::dcat::dataset(graph, self.documents, self.list, &publisher);
            said.extend(link("dct:isPartOf", &dataset));
        }
        said
    }

    /// Says what it is about, for whom, and where it stands in its life.
    fn classes(&self, graph: &mut Graph<'_>) -> Vec<Said> {
        let service = &self.service.service;
        let words = &self.documents.words;
        let mut said = Vec::new();
        if let Some(area) = words.areas.iter().find(|area| area.id == service.area) {
            said.extend(link("cv:thematicArea", &self.concept(graph, "area", &area.id, &area.name)));
        }
        let own = graph.describe(self.of_service("audience"), "skos:Concept", |graph| {
            graph.texts("skos:prefLabel", &service.audience.text)
        });
        said.extend(link("dct:audience", &own));
        for id in service.audience.population.iter().chain(&service.audience.categories) {
            if let Some(who) = words.audiences.iter().find(|who| who.id == *id) {
                said.extend(link("dct:audience", &self.concept(graph, "audience", id, &who.name)));
            }
        }
        said.extend(link("adms:status", &self.word(graph, "status", self.service.status)));
        said
    }

    /// Describes a word of a vocabulary.
    fn concept(&self, graph: &mut Graph<'_>, kind: &str, id: &str, name: &Texts) -> String {
        let address = part(&self.documents.index.documents.vocabulary, &format!("{kind}/{id}"));
        graph.describe(address, "skos:Concept", |graph| {
            let code = word("skos:notation", id);
            [vec![code], graph.texts("skos:prefLabel", name)].concat()
        })
    }

    /// Describes a word of a closed list.
    fn word<T: Spelled + Choices>(&self, graph: &mut Graph<'_>, kind: &str, chosen: Word<T>) -> String {
        let choice = chosen.0.choice();
        let name = self.documents.say(&choice.words());
        self.concept(graph, kind, choice.value, &name)
    }

    fn body(&self, graph: &mut Graph<'_>, body: &ResponsibleBody) -> String {
        let address = part(&self.place.in_short.link, &format!("department/{}", body.id));
        graph.describe(address, "cv:PublicOrganisation", |graph| {
            let place = location(graph, self.place);
            [graph.texts("skos:prefLabel", &body.name), link("dct:spatial", &place)].concat()
        })
    }

    fn provision(&self, graph: &mut Graph<'_>, provision: &Provision) -> String {
        graph.describe(self.of_service(&provision.id), "cv:Output", |graph| {
            let mut said = vec![self.identifier(&format!("/{}", provision.id))];
            said.extend(graph.texts("dct:title", &provision.plain));
            said.extend(graph.texts("dct:description", &provision.quote));
            said.extend(link("dct:type", &self.word(graph, "kind", provision.kind)));
            said
        })
    }

    /// Says the conditions, in the printed words where there are any.
    fn requirements(&self, graph: &mut Graph<'_>) -> Vec<Said> {
        let service = &self.service.service;
        let mut said = self.conditions(graph, "", &service.audience.conditions, None);
        for provision in &service.provisions {
            let of = format!("{}/", provision.id);
            said.extend(self.conditions(
                graph,
                &of,
                &provision.conditions,
                provision.condition_text.as_ref(),
            ));
        }
        if let Some(age) = &service.audience.age {
            let label = &age.label;
            let title = self.documents.say(&text!("年龄 {label}", "age {label}"));
            said.extend(link("cv:holdsRequirement", &self.requirement(graph, "age", &title, &[])));
        }
        said
    }

    fn conditions(
        &self,
        graph: &mut Graph<'_>,
        of: &str,
        ids: &[String],
        printed: Option<&Texts>,
    ) -> Vec<Said> {
        let known: Vec<_> =
            self.documents.words.conditions.iter().filter(|it| ids.contains(&it.id)).collect();
        let mut said = Vec::new();
        if let Some(printed) = printed {
            let types: Vec<String> =
                known.iter().map(|it| self.concept(graph, "condition", &it.id, &it.name)).collect();
            said.extend(link(
                "cv:holdsRequirement",
                &self.requirement(graph, &format!("{of}condition"), printed, &types),
            ));
            return said;
        }
        for condition in known {
            let types = vec![self.concept(graph, "condition", &condition.id, &condition.name)];
            let name = format!("{of}condition/{}", condition.id);
            said.extend(link(
                "cv:holdsRequirement",
                &self.requirement(graph, &name, &condition.name, &types),
            ));
        }
        said
    }

    fn requirement(&self, graph: &mut Graph<'_>, name: &str, title: &Texts, types: &[String]) -> String {
        graph.describe(self.of_service(name), "cv:Requirement", |graph| {
            let mut said = vec![self.identifier(&format!("/{name}"))];
            said.extend(graph.texts("dct:title", title));
            said.extend(types.iter().flat_map(|address| link("dct:type", address)));
            said
        })
    }

    /// Says how to get it: what to bring, what it costs, where and how.
    fn apply(&self, graph: &mut Graph<'_>, apply: &Apply) -> Vec<Said> {
        let mut said = Vec::new();
        for (number, paper) in (1..).zip(&apply.bring) {
            let name = format!("bring/{number}");
            let evidence = graph.describe(self.of_service(&name), "cv:Evidence", |graph| {
                [vec![self.identifier(&format!("/{name}"))], graph.texts("dct:title", paper)].concat()
            });
            said.extend(link("cpsv:hasInput", &evidence));
        }
        if let Some(fee) = &apply.fee {
            let cost = graph.describe(self.of_service("fee"), "cv:Cost", |graph| {
                [vec![self.identifier("/fee")], graph.texts("dct:description", fee)].concat()
            });
            said.extend(link("cv:hasCost", &cost));
        }
        let ways = [apply.place.as_ref(), apply.time.as_ref()].into_iter().flatten().chain(&apply.steps);
        let ways: Vec<&Texts> = ways.collect();
        if !ways.is_empty() || apply.online.is_some() {
            said.extend(link(
                "cv:hasChannel",
                &self.channel(graph, "channel", &ways, apply.online.as_deref()),
            ));
        }
        if let Some(phone) = &apply.phone {
            said.extend(link("cv:contactPoint", &self.telephone(graph, "phone", phone, None)));
        }
        for (number, item) in (1..).zip(&apply.items) {
            said.extend(link("adms:identifier", &self.item(graph, number, item)));
        }
        said
    }

    fn channel(&self, graph: &mut Graph<'_>, name: &str, ways: &[&Texts], online: Option<&str>) -> String {
        graph.describe(self.of_service(name), "cv:Channel", |graph| {
            let mut said = vec![self.identifier(&format!("/{name}"))];
            said.extend(ways.iter().flat_map(|way| graph.texts("dct:description", way)));
            said.extend(online.into_iter().flat_map(page));
            said
        })
    }

    fn telephone(&self, graph: &mut Graph<'_>, name: &str, number: &str, hours: Option<&Texts>) -> String {
        let address = self.of_service(name);
        graph.describe(address, "cv:ContactPoint", |graph| {
            let mut said = vec![word("cv:telephone", number)];
            if let Some(hours) = hours {
                let name = self.of_service(&format!("{name}/hours"));
                let open = graph
                    .describe(name, "time:TemporalEntity", |graph| graph.texts("dct:description", hours));
                said.extend(link("cv:openingHours", &open));
            }
            said
        })
    }

    /// Describes an item of the government service platform: its codes, with who gave them.
    fn item(&self, graph: &mut Graph<'_>, number: usize, item: &Item) -> String {
        graph.describe(self.of_service(&format!("item/{number}")), "adms:Identifier", |graph| {
            let codes = item.basic.iter().chain(&item.implementation);
            let mut said: Vec<Said> = codes.map(|code| word("skos:notation", code)).collect();
            said.extend(graph.some_texts("dct:title", item.name.as_ref()));
            said
        })
    }

    /// Says whom a family goes to first.
    fn desk(&self, graph: &mut Graph<'_>, desk: &Desk) -> Vec<Said> {
        let office = desk.office.as_ref();
        let name = office.and_then(|office| office.name.as_ref()).unwrap_or(&desk.department);
        let ways: Vec<&Texts> =
            std::iter::once(name).chain(office.and_then(|office| office.address.as_ref())).collect();
        let mut said = link("cv:hasChannel", &self.channel(graph, "front-desk", &ways, None));
        if let Some(phone) = office.and_then(|office| office.phone.as_deref()) {
            let hours = office.and_then(|office| office.hours.as_ref());
            said.extend(link("cv:contactPoint", &self.telephone(graph, "front-desk/phone", phone, hours)));
        }
        if let Some(call) = &desk.call {
            let contact = self.telephone(graph, "front-desk/call", &call.number, None);
            said.extend(link("cv:contactPoint", &contact));
        }
        said
    }
}

/// Says at which page something stands.
fn page(address: &str) -> Vec<Said> {
    link("foaf:page", address)
}
