//! Services and their provisions.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::texts::{Day, Link};
use super::{ApiDocument, ApiRoute, Source, Texts, Word};
use crate::catalogue::{self, Access, Certainty, EditionRef, EditionStatus, Kind, Strength};
use crate::common::{self, DisplayText};
use crate::front_desk::{self, FrontDesk};
use crate::lang::Language;
use crate::schema::{Age, AgeBound, AgeUnit};
use crate::{Address, View};

/// One numbered row of a list.
#[derive(Serialize, JsonSchema)]
pub(super) struct Service {
    /// Its id, stable over editions, unique in its list.
    #[schemars(example = "preschool-education")]
    id: String,
    /// Its number in the list.
    number: u32,
    /// Its document, where it is a service of the edition that stands.
    #[serde(rename = "self")]
    link: Option<Link>,
    /// Its official title.
    title: Texts,
    /// What families call it.
    familiar: Option<Texts>,
    /// Its area, by id.
    area: String,
    /// Who it is for.
    audience: ServiceAudience,
    /// The official words, to the letter.
    content: Texts,
    /// The official standard: how much is given, and how.
    standard: Option<Texts>,
    /// The official words on who pays for it.
    expenditure: Option<Texts>,
    /// The paragraph of the document it comes from.
    paragraph: Option<Texts>,
    /// Who is responsible here, each body once.
    departments: Vec<ResponsibleBody>,
    /// How to get it here.
    apply: Option<Apply>,
    /// The service of a list above that this one takes over unchanged.
    adopts: Option<Adopted>,
    /// Its ids in earlier editions.
    was: Option<String>,
    /// The single entitlements.
    provisions: Vec<Provision>,
    /// A note on the official text.
    note: Option<Texts>,
    /// A local note.
    local_note: Option<Texts>,
    /// Who verified it, and when.
    checked: Option<Checked>,
}

/// Who a service is for.
#[derive(Serialize, JsonSchema)]
struct ServiceAudience {
    /// The official words.
    text: Texts,
    /// The population, by id.
    population: Option<String>,
    /// The categories, by id.
    categories: Vec<String>,
    /// Conditions printed in this column, by id.
    conditions: Vec<String>,
    /// The range of age, where the list states one.
    age: Option<AgeRange>,
}

/// A range of ages.
#[derive(Serialize, JsonSchema)]
pub(super) struct AgeRange {
    /// As pages write it, in years unless `months` stands behind.
    #[schemars(example = "3–6")]
    label: String,
    /// `years` or `months`: the unit the list counts in.
    #[schemars(extend("enum" = ["years", "months"]))]
    unit: &'static str,
    /// The lower bound in months.
    from_months: Option<u16>,
    /// The upper bound in months. A range such as 3–6 does not say whether it is included.
    to_months: Option<u16>,
}

impl From<Age> for AgeRange {
    fn from(age: Age) -> Self {
        let (from, to) = age.months();
        let is_open_above = age.bound == AgeBound::From;
        Self {
            label: age.label(),
            unit: match age.unit {
                AgeUnit::Years => "years",
                AgeUnit::Months => "months",
            },
            from_months: (from > 0 || is_open_above || age.bound == AgeBound::Range).then_some(from),
            to_months: (!is_open_above).then_some(to),
        }
    }
}

/// A body that is responsible for a service.
#[derive(Serialize, JsonSchema)]
struct ResponsibleBody {
    /// The function, by its id in the vocabulary.
    id: String,
    /// The name of the body that carries it out here.
    name: Texts,
    /// How sure that name is.
    certainty: Word<Certainty>,
}

/// How to get a service.
#[derive(Serialize, JsonSchema)]
struct Apply {
    /// Where to go.
    place: Option<Texts>,
    /// What to bring.
    bring: Vec<Texts>,
    /// The steps.
    steps: Vec<Texts>,
    /// What it costs.
    fee: Option<Texts>,
    /// When.
    time: Option<Texts>,
    /// The telephone to ask at.
    phone: Option<String>,
    /// The address to apply at online.
    online: Option<String>,
    /// What that rests on.
    basis: Option<Texts>,
}

impl From<&catalogue::Apply> for Apply {
    fn from(apply: &catalogue::Apply) -> Self {
        Self {
            place: Texts::some(apply.place.as_ref()),
            bring: Texts::all(&apply.bring),
            steps: Texts::all(&apply.steps),
            fee: Texts::some(apply.fee.as_ref()),
            time: Texts::some(apply.time.as_ref()),
            phone: apply.phone.as_ref().map(|phone| phone.value.clone()),
            online: apply.online.as_ref().map(|address| address.value.clone()),
            basis: Texts::some(apply.basis.as_ref()),
        }
    }
}

/// A service of a list above.
#[derive(Serialize, JsonSchema)]
struct Adopted {
    /// The edition, by its identifier.
    edition: String,
    /// The service there, by its id.
    service: String,
}

/// Who verified something, and when.
#[derive(Serialize, JsonSchema)]
struct Checked {
    by: String,
    on: Day,
}

impl From<&catalogue::Checked> for Checked {
    fn from(checked: &catalogue::Checked) -> Self {
        Self { by: checked.by.clone(), on: Day(checked.on.value) }
    }
}

/// One single entitlement.
#[derive(Serialize, JsonSchema)]
struct Provision {
    /// Its id, unique in its service.
    #[schemars(example = "nearby-kindergarten")]
    id: String,
    /// In plain words, for families.
    plain: Texts,
    /// The official clause, a part of the content of its service to the letter.
    quote: Texts,
    /// The words of the quote that are meant, where one clause makes several provisions.
    focus: Option<Texts>,
    /// What is given.
    kind: Word<Kind>,
    /// How binding it is.
    strength: Word<Strength>,
    /// Where it is given or decided.
    access: Word<Access>,
    /// Its conditions, by id.
    conditions: Vec<String>,
    /// The printed words of the conditions.
    condition_text: Option<Texts>,
    /// Whom it is for, where that differs from the service.
    population: Option<String>,
    /// The categories, where they differ.
    categories: Vec<String>,
    /// The age, where it differs.
    age: Option<AgeRange>,
    /// Amounts, frequencies and periods by name, such as `amount: 1500 CNY/year`.
    measures: BTreeMap<String, String>,
    /// The members that an enumeration names.
    named: Vec<Texts>,
    /// Whether the enumeration is open.
    open_list: bool,
    /// Provisions with the same word here are alternatives.
    either_of: Option<String>,
    /// The functions responsible, where they differ from the service's.
    departments: Vec<String>,
    /// Who has to act, where it is no department.
    bearers: Vec<Texts>,
    /// The provisions of the list above that it answers, as `service/provision`.
    covers: Vec<String>,
    /// The paragraph of the document, where it is not the service's.
    paragraph: Option<Texts>,
    note: Option<Texts>,
}

impl Provision {
    fn of(source: &Source<'_>, provision: &catalogue::Provision) -> Self {
        let reference = &source.map.facts.catalogue().site.languages.reference().code;
        let ids = |ids: &[crate::span::Spanned<String>]| ids.iter().map(|id| id.value.clone()).collect();
        Self {
            id: provision.id.value.clone(),
            plain: Texts::from(&provision.plain),
            quote: Texts::only(reference, &provision.quote.value),
            focus: provision.focus.as_ref().map(|focus| Texts::only(reference, &focus.value)),
            kind: Word(provision.kind),
            strength: Word(provision.strength),
            access: Word(provision.access),
            conditions: ids(&provision.conditions),
            condition_text: Texts::some(provision.condition_text.as_ref()),
            population: provision.population.as_ref().map(|id| id.value.clone()),
            categories: ids(&provision.categories),
            age: provision.age.map(AgeRange::from),
            measures: provision
                .measures
                .iter()
                .map(|(name, said)| (name.clone(), said.value.clone()))
                .collect(),
            named: Texts::all(&provision.named),
            open_list: provision.open_list,
            either_of: provision.either_of.as_ref().map(|name| name.value.clone()),
            departments: ids(&provision.departments),
            bearers: Texts::all(&provision.bearer),
            covers: provision.covers.iter().map(|address| address.value.clone()).collect(),
            paragraph: Texts::some(provision.paragraph.as_ref()),
            note: Texts::some(provision.note.as_ref()),
        }
    }
}

impl Service {
    /// Returns a service of an edition for a document at `from`.
    pub(super) fn of(
        source: &Source<'_>,
        from: &ApiRoute,
        edition: EditionRef<'_>,
        service: &catalogue::Service,
    ) -> Self {
        let (body, facts) = (&service.body, &source.map.facts);
        let responsible = |id: &str| {
            let known = facts.catalogue().counterpart_of(edition.place, edition.edition, id)?;
            Some(ResponsibleBody {
                id: id.to_owned(),
                name: Texts::from(known.name),
                certainty: Word(known.certainty),
            })
        };
        let stands = edition.list.current(facts.drafts).is_some_and(|known| known.id == edition.edition.id);
        let own = ApiRoute::service(edition, &service.id.value).route();
        Self {
            id: service.id.value.clone(),
            number: service.number.value,
            link: stands.then(|| Link(source.link(&from.route(), &own))),
            title: Texts::from(&body.title),
            familiar: Texts::some(body.familiar.as_ref()),
            area: body.area.value.clone(),
            audience: audience(body),
            content: Texts::from(&body.content),
            standard: Texts::some(service.standard()),
            expenditure: Texts::some(service.expenditure()),
            paragraph: Texts::some(body.paragraph.as_ref()),
            departments: common::bodies(edition, body).into_iter().filter_map(responsible).collect(),
            apply: service.apply.as_ref().map(Apply::from),
            adopts: service.adopted.as_ref().map(|adoption| Adopted {
                edition: adoption.edition.clone(),
                service: adoption.service.value.clone(),
            }),
            was: service.was.as_ref().map(|id| id.value.clone()),
            provisions: body.provisions.iter().map(|provision| Provision::of(source, provision)).collect(),
            note: Texts::some(body.note.as_ref()),
            local_note: Texts::some(service.note.as_ref()),
            checked: service.checked.as_ref().map(Checked::from),
        }
    }
}

fn audience(body: &catalogue::Body) -> ServiceAudience {
    let audience = &body.audience;
    ServiceAudience {
        text: Texts::from(&audience.text),
        population: audience.population.as_ref().map(|id| id.value.clone()),
        categories: audience.categories.iter().map(|id| id.value.clone()).collect(),
        conditions: audience.conditions.iter().map(|id| id.value.clone()).collect(),
        age: audience.age.map(AgeRange::from),
    }
}

/// A service of the edition that stands, with what a family needs.
#[derive(Serialize, JsonSchema)]
pub(super) struct ServiceDocument {
    #[serde(flatten)]
    service: Service,
    /// Whose it is.
    place: String,
    /// The list.
    list: String,
    /// The edition, by its identifier.
    edition: String,
    /// Where the edition stands in its life; only `issued` is official.
    status: Word<EditionStatus>,
    /// Whom a family goes to first.
    front_desk: Option<Desk>,
    /// Its page in each language.
    pages: BTreeMap<String, Link>,
}

/// Whom a family goes to first.
#[derive(Serialize, JsonSchema)]
struct Desk {
    /// The department.
    department: Texts,
    /// Whether it is that of the county the family lives in.
    of_county: bool,
    /// Its office, if one is published.
    office: Option<DeskOffice>,
    /// The number to call.
    call: Option<Call>,
}

/// The office of a front desk.
#[derive(Serialize, JsonSchema)]
struct DeskOffice {
    name: Option<Texts>,
    address: Option<Texts>,
    phone: Option<String>,
    hours: Option<Texts>,
}

/// A number to call.
#[derive(Serialize, JsonSchema)]
struct Call {
    number: String,
    /// Whose it is; nothing for the number of the service itself.
    name: Option<Texts>,
    /// What it is for.
    purpose: Option<Texts>,
}

impl ApiDocument for ServiceDocument {
    const PATH: &'static str = "services/{place}/{list}/{service}.json";
    const ABOUT: &'static str = "A service of the edition that stands, with whom to go to first";

    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)> {
        let lists = source.map.facts.lists();
        let services =
            lists.flat_map(|shown| shown.edition.services.iter().map(move |service| (shown, service)));
        services
            .map(|(shown, service)| {
                (ApiRoute::service(shown, &service.id.value), document(source, shown, service))
            })
            .collect()
    }
}

fn document(source: &Source<'_>, shown: EditionRef<'_>, service: &catalogue::Service) -> ServiceDocument {
    let at = ApiRoute::service(shown, &service.id.value);
    let address = Address::in_list(shown, &service.id.value);
    ServiceDocument {
        service: Service::of(source, &at, shown, service),
        place: shown.place.path.to_string(),
        list: shown.list_address(),
        edition: shown.address(),
        status: Word(shown.edition.status),
        front_desk: desk(source, shown, service, &address),
        pages: source.pages(&at, &address),
    }
}

/// Returns whom a family goes to first, as the pages in each language say.
fn desk(
    source: &Source<'_>,
    shown: EditionRef<'_>,
    service: &catalogue::Service,
    address: &Address,
) -> Option<Desk> {
    let languages = source.map.facts.catalogue().site.languages.iter();
    let said: Vec<(&Language, FrontDesk)> = languages
        .filter_map(|language| {
            let page = source.map.page(&address.route(language))?;
            let view = View { page, map: source.map };
            Some((language, front_desk::of_service(&view, shown, service)?))
        })
        .collect();
    let (_, first) = said.first()?;
    let texts = |of: &dyn Fn(&FrontDesk) -> Option<DisplayText>| {
        let said: Vec<_> = said.iter().filter_map(|(language, desk)| Some((*language, of(desk)?))).collect();
        Texts::of_pages(said.iter().map(|(language, text)| (*language, text)))
    };
    Some(Desk {
        department: texts(&|desk| Some(desk.name.text.clone()))?,
        of_county: first.name.local,
        office: first.office.as_ref().map(|office| DeskOffice {
            name: texts(&|desk| desk.office.as_ref().map(|office| office.name.clone())),
            address: texts(&|desk| desk.office.as_ref()?.address.clone()),
            phone: office.phone.clone(),
            hours: texts(&|desk| desk.office.as_ref()?.hours.clone()),
        }),
        call: first.call.as_ref().map(|call| Call {
            number: call.number.clone(),
            name: texts(&|desk| desk.call.as_ref()?.name.clone()),
            purpose: texts(&|desk| desk.call.as_ref()?.purpose.clone()),
        }),
    })
}
