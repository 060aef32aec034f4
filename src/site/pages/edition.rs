//! One edition as it was issued, kept for ever at its own address.

use serde::Serialize;

use super::about;
use crate::catalogue::EditionRef;
use crate::common::{self, DisplayText, NamedLink};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::{Address, Facts, Head, View};

/// One edition.
#[derive(Clone, Copy, Debug)]
pub struct EditionPage<'a>(EditionRef<'a>);

impl<'a> KindOfPage<'a> for EditionPage<'a> {
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
    title: DisplayText,
    status: &'static str,
    ordinal: Option<u32>,
    /// The edition that replaced it.
    successor: Option<SuccessorLink>,
    changes_href: String,
    list_href: String,
    document: Option<about::IssuingDocument>,
    dates: Vec<about::Dated>,
    consultation: Option<about::ConsultationData>,
    seal: Option<String>,
    corrections: Vec<about::DatedCorrection>,
    areas: Vec<EditionArea>,
}

#[derive(Serialize)]
struct SuccessorLink {
    id: String,
    href: String,
}

#[derive(Serialize)]
struct EditionArea {
    name: DisplayText,
    services: Vec<EditionService>,
}

#[derive(Serialize)]
struct EditionService {
    id: String,
    label: String,
    title: DisplayText,
    audience: DisplayText,
    content: DisplayText,
    standard: Option<DisplayText>,
    expenditure: Option<DisplayText>,
    departments: Vec<DisplayText>,
    /// The ids of its provisions, each of which has a permanent address: `#service/provision`.
    provisions: Vec<String>,
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
            .map(|next| SuccessorLink { id: next.id.clone(), href: href(&next.id) }),
        changes_href: view.href(&Address::in_list(shown, "changes")),
        list_href: view.href(&Address::place(&place.path)),
        document: edition.document.as_ref().map(|document| about::document(view, document)),
        dates: edition.dates.iter().map(|(key, date)| about::dated(key, date.value)).collect(),
        consultation: about::consultation(view, edition),
        seal: view.catalogue().frozen.get(&shown.address()).map(|frozen| frozen.sha256.clone()),
        corrections: about::corrections(view, edition),
        areas: areas(view, shown),
    };
    let list =
        NamedLink { name: view.say(&edition.title), href: view.href(&Address::in_list(shown, "changes")) };
    let head = view
        .head(Some(place))
        .word("list", view.words(&edition.title))
        .word("edition", edition.id.clone())
        .crumb(list.name, None);
    (head, tera::Value::from_serializable(&data))
}

fn areas(view: &View<'_>, shown: EditionRef<'_>) -> Vec<EditionArea> {
    let areas = view.catalogue().areas_of(shown.edition).into_iter().map(|(id, name)| {
        let services = shown.edition.services.iter().filter(|service| service.body.area.value == id);
        let service = |service: &crate::catalogue::Service| EditionService {
            id: service.id.value.clone(),
            label: common::label(service.number.value),
            title: view.say(&service.body.title),
            audience: view.say(&service.body.audience.text),
            content: view.say(&service.body.content),
            standard: view.say_some(service.standard()),
            expenditure: view.say_some(service.expenditure()),
            departments: common::body_names(view, shown, &service.body),
            provisions: service.body.provisions.iter().map(|it| it.id.value.clone()).collect(),
        };
        EditionArea { name: view.say(name), services: services.map(service).collect() }
    });
    areas.filter(|area| !area.services.is_empty()).collect()
}
