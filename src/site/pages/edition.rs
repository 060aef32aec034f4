//! One edition as it was issued, kept for ever at its own address.

use serde::Serialize;

use super::about;
use crate::catalogue::EditionRef;
use crate::common::{self, Named, Said};
use crate::kind::{Kind, Policy, Subject};
use crate::{Address, Facts, Head, View};

/// One edition.
#[derive(Clone, Copy, Debug)]
pub struct EditionPage<'a>(EditionRef<'a>);

impl<'a> Kind<'a> for EditionPage<'a> {
    const NAME: &'static str = "edition";
    const POLICY: Policy = Policy::PUBLIC;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let places = facts.catalogue().places.values();
        let lists = places.flat_map(|place| place.lists.values().map(move |list| (place, list)));
        lists.flat_map(|(place, list)| facts.shown_editions(place, list)).map(Self).collect()
    }

    fn address(&self) -> Address {
        Address::in_list(self.0, &format!("{}/{}", Self::NAME, self.0.edition.id))
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Edition(self.0)
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, self.0)
    }
}

/// What the template gets.
#[derive(Serialize)]
struct EditionData {
    id: String,
    title: Said,
    status: &'static str,
    ordinal: Option<u32>,
    /// The edition that replaced it.
    successor: Option<Link>,
    changes_href: String,
    list_href: String,
    document: Option<about::Document>,
    dates: Vec<about::Dated>,
    consultation: Option<Consultation>,
    seal: Option<String>,
    corrections: Vec<about::Correction>,
    areas: Vec<Area>,
}

#[derive(Serialize)]
struct Link {
    id: String,
    href: String,
}

#[derive(Serialize)]
struct Consultation {
    from: about::Dated,
    to: about::Dated,
    how: Option<Said>,
    outcome: Option<Said>,
}

#[derive(Serialize)]
struct Area {
    name: Said,
    services: Vec<Service>,
}

#[derive(Serialize)]
struct Service {
    id: String,
    label: String,
    title: Said,
    audience: Said,
    content: Said,
    departments: Vec<Said>,
}

fn data<'a>(view: &View<'a>, shown: EditionRef<'a>) -> (Head, tera::Value) {
    let place = shown.place;
    let edition = shown.edition;
    let href = |id: &str| view.href(&Address::in_list(shown, &format!("edition/{id}")));
    let data = EditionData {
        id: edition.id.clone(),
        title: view.say(&edition.title),
        status: common::status_word(Some(shown)),
        ordinal: edition.ordinal,
        successor: shown
            .list
            .successor(&edition.id)
            .map(|next| Link { id: next.id.clone(), href: href(&next.id) }),
        changes_href: view.href(&Address::in_list(shown, "changes")),
        list_href: view.href(&Address::place(&place.path)),
        document: edition.document.as_ref().map(|document| about::document(view, document)),
        dates: edition.dates.iter().map(|(key, date)| about::dated(key, date.value)).collect(),
        consultation: edition.consultation.as_ref().map(|known| Consultation {
            from: about::dated("from", known.from.value),
            to: about::dated("to", known.to.value),
            how: view.say_some(known.how.as_ref()),
            outcome: view.say_some(known.outcome.as_ref()),
        }),
        seal: view.catalogue().frozen.get(&shown.address()).map(|frozen| frozen.sha256.clone()),
        corrections: about::corrections(view, edition),
        areas: areas(view, shown),
    };
    let list = Named { name: view.say(&edition.title), href: view.href(&Address::in_list(shown, "changes")) };
    let head = view
        .head(Some(place))
        .word("list", view.words(&edition.title))
        .word("edition", edition.id.clone())
        .crumb(list.name, None);
    (head, tera::Value::from_serializable(&data))
}

fn areas(view: &View<'_>, shown: EditionRef<'_>) -> Vec<Area> {
    let areas = view.catalogue().areas_of(shown.edition).into_iter().map(|(id, name)| {
        let services = shown.edition.services.iter().filter(|service| service.body.area.value == id);
        let service = |service: &crate::catalogue::Service| Service {
            id: service.id.value.clone(),
            label: common::label(service.number.value),
            title: view.say(&service.body.title),
            audience: view.say(&service.body.audience.text),
            content: view.say(&service.body.content),
            departments: common::body_names(view, shown, &service.body),
        };
        Area { name: view.say(name), services: services.map(service).collect() }
    });
    areas.filter(|area| !area.services.is_empty()).collect()
}
