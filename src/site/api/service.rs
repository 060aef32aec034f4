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
pub(crate) struct Service {
    /// Its id, stable over editions, unique in its list.
    #[schemars(example = "preschool-education")]
    pub(crate) id: String,
    /// Its number in the list.
    pub(crate) number: u32,
    /// Its document, where it is a service of the edition that stands.
    #[serde(rename = "self")]
    pub(crate) link: Option<Link>,
    /// Its official title.
    pub(crate) title: Texts,
    /// What families call it.
    pub(crate) familiar: Option<Texts>,
    /// Its area, by id.
    pub(crate) area: String,
    /// Who it is for.
    pub(crate) audience: ServiceAudience,
    /// The official words, to the letter.
    pub(crate) content: Texts,
    /// The official standard: how much is given, and how.
    pub(crate) standard: Option<Texts>,
    /// The official words on who pays for it.
    pub(crate) expenditure: Option<Texts>,
    /// The paragraph of the document it comes from.
    pub(crate) paragraph: Option<Texts>,
    /// Who is responsible here, each body once.
    pub(crate) departments: Vec<ResponsibleBody>,
    /// How to get it here.
    pub(crate) apply: Option<Apply>,
    /// The service of a list above that this one takes over unchanged.
    pub(crate) adopts: Option<Adopted>,
    /// Its ids in earlier editions.
    pub(crate) was: Option<String>,
    /// The single entitlements.
    pub(crate) provisions: Vec<Provision>,
    /// A note on the official text.
    pub(crate) note: Option<Texts>,
    /// A local note.
    pub(crate) local_note: Option<Texts>,
    /// Who verified it, and when.
    pub(crate) checked: Option<Checked>,
}

/// Who a service is for.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ServiceAudience {
    /// The official words.
    pub(crate) text: Texts,
    /// The population, by id.
    pub(crate) population: Option<String>,
    /// The categories, by id.
    pub(crate) categories: Vec<String>,
    /// Conditions printed in this column, by id.
    pub(crate) conditions: Vec<String>,
    /// The range of age, where the list states one.
    pub(crate) age: Option<AgeRange>,
}

/// A range of ages.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AgeRange {
    /// As pages write it, in years unless `months` stands behind.
    #[schemars(example = "3–6")]
    pub(crate) label: String,
    /// `years` or `months`: the unit the list counts in.
    #[schemars(extend("enum" = ["years", "months"]))]
    pub(crate) unit: &'static str,
    /// The lower bound in months.
    pub(crate) from_months: Option<u16>,
    /// The upper bound in months. A range such as 3–6 does not say whether it is included.
    pub(crate) to_months: Option<u16>,
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
pub(crate) struct ResponsibleBody {
    /// The function, by its id in the vocabulary.
    pub(crate) id: String,
    /// The name of the body that carries it out here.
    pub(crate) name: Texts,
    /// How sure that name is.
    pub(crate) certainty: Word<Certainty>,
}

/// How to get a service.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Apply {
    /// Where to go.
    pub(crate) place: Option<Texts>,
    /// What to bring.
    pub(crate) bring: Vec<Texts>,
    /// The steps.
    pub(crate) steps: Vec<Texts>,
    /// What it costs.
    pub(crate) fee: Option<Texts>,
    /// When.
    pub(crate) time: Option<Texts>,
    /// The telephone to ask at.
    pub(crate) phone: Option<String>,
    /// The address to apply at online.
    pub(crate) online: Option<String>,
    /// What that rests on.
    pub(crate) basis: Option<Texts>,
    /// The items of the government service platform (政务服务事项) it is handled under.
    pub(crate) items: Vec<Item>,
}

/// An item of the government service platform.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Item {
    /// Its code in the basic catalogue (基本目录, 基本编码).
    pub(crate) basic: Option<String>,
    /// Its code in the list of the body that carries it out (实施清单, 实施编码).
    pub(crate) implementation: Option<String>,
    /// Its name there.
    pub(crate) name: Option<Texts>,
}

impl From<&catalogue::ServiceItem> for Item {
    fn from(item: &catalogue::ServiceItem) -> Self {
        Self {
            basic: item.basic.as_ref().map(|code| code.value.clone()),
            implementation: item.implementation.as_ref().map(|code| code.value.clone()),
            name: Texts::some(item.name.as_ref()),
        }
    }
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
            items: apply.items.iter().map(Item::from).collect(),
        }
    }
}

/// A service of a list above.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Adopted {
    /// The edition, by its identifier.
    pub(crate) edition: String,
    /// The service there, by its id.
    pub(crate) service: String,
}

/// Who verified something, and when.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Checked {
    pub(crate) by: String,
    pub(crate) on: Day,
}

impl From<&catalogue::Checked> for Checked {
    fn from(checked: &catalogue::Checked) -> Self {
        Self { by: checked.by.clone(), on: Day(checked.on.value) }
    }
}

/// One single entitlement.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Provision {
    /// Its id, unique in its service.
    #[schemars(example = "nearby-kindergarten")]
    pub(crate) id: String,
    /// In plain words, for families.
    pub(crate) plain: Texts,
    /// The official clause, a part of the content of its service to the letter.
    pub(crate) quote: Texts,
    /// The words of the quote that are meant, where one clause makes several provisions.
    pub(crate) focus: Option<Texts>,
    /// What is given.
    pub(crate) kind: Word<Kind>,
    /// How binding it is.
    pub(crate) strength: Word<Strength>,
    /// Where it is given or decided.
    pub(crate) access: Word<Access>,
    /// Its conditions, by id.
    pub(crate) conditions: Vec<String>,
    /// The printed words of the conditions.
    pub(crate) condition_text: Option<Texts>,
    /// Whom it is for, where that differs from the service.
    pub(crate) population: Option<String>,
    /// The categories, where they differ.
    pub(crate) categories: Vec<String>,
    /// The age, where it differs.
    pub(crate) age: Option<AgeRange>,
    /// Amounts, frequencies and periods by name, such as `amount: 1500 CNY/year`.
    pub(crate) measures: BTreeMap<String, String>,
    /// The members that an enumeration names.
    pub(crate) named: Vec<Texts>,
    /// Whether the enumeration is open.
    pub(crate) open_list: bool,
    /// Provisions with the same word here are alternatives.
    pub(crate) either_of: Option<String>,
    /// The functions responsible, where they differ from the service's.
    pub(crate) departments: Vec<String>,
    /// Who has to act, where it is no department.
    pub(crate) bearers: Vec<Texts>,
    /// The provisions of the list above that it answers, as `service/provision`.
    pub(crate) covers: Vec<String>,
    /// The paragraph of the document, where it is not the service's.
    pub(crate) paragraph: Option<Texts>,
    pub(crate) note: Option<Texts>,
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
pub(crate) struct ServiceDocument {
    #[serde(flatten)]
    pub(crate) service: Service,
    /// Whose it is.
    pub(crate) place: String,
    /// The list.
    pub(crate) list: String,
    /// The edition, by its identifier.
    pub(crate) edition: String,
    /// Where the edition stands in its life; only `issued` is official.
    pub(crate) status: Word<EditionStatus>,
    /// Whom a family goes to first.
    pub(crate) front_desk: Option<Desk>,
    /// Its page in each language.
    pub(crate) pages: BTreeMap<String, Link>,
}

/// Whom a family goes to first.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Desk {
    /// The department.
    pub(crate) department: Texts,
    /// Whether it is that of the county the family lives in.
    pub(crate) of_county: bool,
    /// Its office, if one is published.
    pub(crate) office: Option<DeskOffice>,
    /// The number to call.
    pub(crate) call: Option<Call>,
}

/// The office of a front desk.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DeskOffice {
    pub(crate) name: Option<Texts>,
    pub(crate) address: Option<Texts>,
    pub(crate) phone: Option<String>,
    pub(crate) hours: Option<Texts>,
}

/// A number to call.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Call {
    pub(crate) number: String,
    /// Whose it is; nothing for the number of the service itself.
    pub(crate) name: Option<Texts>,
    /// What it is for.
    pub(crate) purpose: Option<Texts>,
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
