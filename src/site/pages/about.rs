//! About a list: its document, dates and status, what it is measured against, the words it uses.

use serde::Serialize;

use crate::catalogue::{self, EditionRef};
use crate::common::{self, Beside, DisplayText, NamedLink};
use crate::contact::{self, CallLine, CallableText};
use crate::date::Date;
use crate::history::{cycle_rule, filing_rule};
use crate::kind::{Policy, page_of_each_list};
use crate::more::{MorePage, more_pages};
use crate::touch::OfficialWords;
use crate::{Address, Head, View};

page_of_each_list! {
    /// About a list.
    AboutPage, "about", Policy::KEPT
}

/// What the template gets.
#[derive(Serialize)]
struct AboutData {
    place: NamedLink,
    title: DisplayText,
    status: &'static str,
    ordinal: Option<u32>,
    document: Option<IssuingDocument>,
    compiled: Option<CompiledFrom>,
    dates: Vec<Dated>,
    changes_href: String,
    consultation: Option<ConsultationData>,
    measured_against: Option<NamedBaseline>,
    services: usize,
    provisions: usize,
    adopted: usize,
    areas: Vec<AboutArea>,
    notes: Vec<ServiceNote>,
    rule: Option<RuleTerms>,
    /// Whom the services are for here.
    definition: Option<ListDefinition>,
    /// Who is counted, document by document.
    definitions_href: Option<String>,
    /// Who comes to the door.
    visits_href: Option<String>,
    terms: Vec<DefinedTerm>,
    hotlines: Vec<CallLine>,
    corrections: Vec<DatedCorrection>,
    poster_href: String,
    note: Option<DisplayText>,
    /// What is to be known of the place itself, such as where its code comes from.
    place_note: Option<DisplayText>,
    more: Vec<MorePage>,
    counties: Option<KnownCounties>,
}

/// The counties by whose names a place is found.
#[derive(Serialize)]
struct KnownCounties {
    names: Vec<DisplayText>,
    source: DisplayText,
    checked: Option<String>,
}

/// The document that issues an edition.
#[derive(Serialize)]
pub(super) struct IssuingDocument {
    title: Option<DisplayText>,
    number: Option<DisplayText>,
    url: Option<String>,
    note: Option<DisplayText>,
}

/// What a list that is no official table was made from.
#[derive(Serialize)]
pub(super) struct CompiledFrom {
    from: DisplayText,
    by: DisplayText,
    on: Dated,
    note: Option<DisplayText>,
}

/// Returns what a list was made from, if it is no official table.
pub(super) fn compiled(view: &View<'_>, edition: &catalogue::Edition) -> Option<CompiledFrom> {
    let compiled = edition.compiled.as_ref()?;
    Some(CompiledFrom {
        from: view.say(&compiled.from),
        by: view.say(&compiled.by),
        on: dated("compiled", compiled.on.value),
        note: view.say_some(compiled.note.as_ref()),
    })
}

/// A day as pages write it.
#[derive(Serialize)]
pub(crate) struct Dated {
    key: &'static str,
    date: String,
    year: i16,
    month: i8,
    day: i8,
    text: String,
}

#[derive(Serialize)]
struct NamedBaseline {
    title: DisplayText,
    place: DisplayText,
    href: Option<String>,
}

#[derive(Serialize)]
struct AboutArea {
    name: DisplayText,
    href: String,
    services: usize,
    provisions: usize,
}

#[derive(Serialize)]
struct ServiceNote {
    service: Beside,
    note: DisplayText,
}

#[derive(Serialize)]
struct RuleTerms {
    cycle_months: Option<u32>,
    filing_days: Option<u32>,
    filing_to: Option<DisplayText>,
    /// The rules that set cycle and filing, one if one sets both.
    bases: Vec<RuleSource>,
}

#[derive(Serialize)]
struct RuleSource {
    source: Option<DisplayText>,
    note: Option<DisplayText>,
}

/// The definition by which the services of a list go.
#[derive(Serialize)]
struct ListDefinition {
    group: DisplayText,
    plain: DisplayText,
    words: OfficialWords,
    document: Option<DisplayText>,
    paragraph: Option<DisplayText>,
}

#[derive(Serialize)]
struct DefinedTerm {
    term: DisplayText,
    definition: CallableText,
    source: Option<DisplayText>,
    paragraph: Option<DisplayText>,
}

fn data<'a>(view: &View<'a>, shown: EditionRef<'a>) -> (Head, tera::Value) {
    let place = shown.place;
    let edition = shown.edition;
    let provisions =
        |services: &[&catalogue::Service]| services.iter().map(|s| s.body.provisions.len()).sum();
    let all: Vec<_> = edition.services.iter().collect();
    let data = AboutData {
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        title: view.say(&edition.title),
        status: common::status_word(Some(shown)),
        ordinal: edition.ordinal,
        document: edition.document.as_ref().map(|document| self::document(view, document)),
        compiled: compiled(view, edition),
        dates: edition.dates.iter().map(|(key, date)| dated(key, date.value)).collect(),
        consultation: consultation(view, edition),
        changes_href: view.href(&Address::in_list(shown, "changes")),
        measured_against: edition
            .measured_against
            .as_ref()
            .and_then(|address| baseline(view, &address.value)),
        services: all.len(),
        provisions: provisions(&all),
        adopted: all.iter().filter(|service| service.adopted.is_some()).count(),
        areas: areas(view, shown),
        notes: notes(view, shown),
        rule: rule(view, place),
        definition: definition(view, shown),
        definitions_href: super::definitions::link(view, place),
        visits_href: super::visits::link(view, place),
        terms: terms(view, place),
        hotlines: contact::all_lines(view),
        corrections: corrections(view, edition),
        poster_href: super::poster::link(view, shown, None),
        note: view.say_some(edition.note.as_ref()),
        place_note: view.say_some(place.note.as_ref()),
        more: more_pages(view, place),
        counties: place.counties.as_ref().map(|counties| KnownCounties {
            names: counties.names.iter().map(|name| view.say(name)).collect(),
            source: view.say(&counties.source),
            checked: counties.checked.as_ref().map(|day| day.value.to_string()),
        }),
    };
    let head = view
        .head(Some(place))
        .word("list", view.words(&edition.title))
        .word("n", all.len().to_string())
        .crumb(view.say(&edition.title), None);
    (head, tera::Value::from_serializable(&data))
}

/// When and how an edition is, or was, open for comment, and what came of it.
#[derive(Serialize)]
pub(crate) struct ConsultationData {
    from: Dated,
    to: Dated,
    how: Option<DisplayText>,
    phone: Option<String>,
    email: Option<String>,
    address: Option<DisplayText>,
    outcome: Option<DisplayText>,
    outcome_on: Option<Dated>,
}

/// Returns when and how an edition is open for comment, if it says so.
pub(crate) fn consultation(view: &View<'_>, edition: &catalogue::Edition) -> Option<ConsultationData> {
    let known = edition.consultation.as_ref()?;
    Some(ConsultationData {
        from: dated("from", known.from.value),
        to: dated("to", known.to.value),
        how: view.say_some(known.how.as_ref()),
        phone: known.phone.clone(),
        email: known.email.clone(),
        address: view.say_some(known.address.as_ref()),
        outcome: view.say_some(known.outcome.as_ref()),
        outcome_on: known.outcome_on.as_ref().map(|day| dated("outcome", day.value)),
    })
}

/// What was corrected since an edition was issued.
#[derive(Serialize)]
pub(super) struct DatedCorrection {
    on: Dated,
    what: DisplayText,
    by: Option<DisplayText>,
}

/// Returns the corrections of an edition for a page, the newest first.
pub(super) fn corrections(view: &View<'_>, edition: &catalogue::Edition) -> Vec<DatedCorrection> {
    let mut corrections: Vec<&catalogue::Correction> = edition.corrections.iter().collect();
    corrections.sort_by_key(|correction| std::cmp::Reverse(correction.on.value));
    let corrections = corrections.into_iter().map(|correction| DatedCorrection {
        on: dated("corrected", correction.on.value),
        what: view.say(&correction.what),
        by: correction.by.as_deref().map(|by| view.official(by)),
    });
    corrections.collect()
}

/// Returns the document of an edition for a page.
pub(super) fn document(view: &View<'_>, document: &catalogue::Document) -> IssuingDocument {
    IssuingDocument {
        title: view.say_some(document.title.as_ref()),
        number: document.number.as_deref().map(|number| view.official(number)),
        url: document.url.as_ref().map(|url| url.value.clone()),
        note: view.say_some(document.note.as_ref()),
    }
}

/// Returns a day for a page.
pub(super) fn dated(key: &'static str, date: Date) -> Dated {
    let (year, month, day) = date.parts();
    Dated { key, date: date.to_string(), year, month, day, text: date.to_string() }
}

/// Returns when an edition came out, as far as it says.
pub(crate) fn said_date(edition: &catalogue::Edition) -> Option<Date> {
    edition.came_out().map(|(_, date)| date.value)
}

/// Returns when an edition came out, for a page, with the name of the date.
pub(crate) fn best_date(edition: &catalogue::Edition) -> Option<Dated> {
    edition.came_out().map(|(name, date)| dated(name, date.value))
}

fn baseline(view: &View<'_>, address: &str) -> Option<NamedBaseline> {
    let about = view.catalogue().edition(address)?;
    Some(NamedBaseline {
        title: view.say(&about.edition.title),
        place: view.say(about.place.short()),
        href: view.href_if_there(&Address::in_list(about, "about")),
    })
}

fn areas(view: &View<'_>, shown: EditionRef<'_>) -> Vec<AboutArea> {
    let areas = view.catalogue().areas_of(shown.edition).into_iter().map(|(id, name)| {
        let services = shown.edition.services.iter().filter(|service| service.body.area.value == id);
        AboutArea {
            name: view.say(name),
            href: view.href(&Address::in_list(shown, &format!("area/{id}"))),
            services: services.clone().count(),
            provisions: services.map(|service| service.body.provisions.len()).sum(),
        }
    });
    areas.filter(|area| area.services > 0).collect()
}

fn notes(view: &View<'_>, shown: EditionRef<'_>) -> Vec<ServiceNote> {
    let noted = shown.edition.services.iter().filter_map(|service| {
        let note = service.note.as_ref().or(service.body.note.as_ref())?;
        Some(ServiceNote { service: common::beside(view, shown, Some(service))?, note: view.say(note) })
    });
    noted.collect()
}

/// Returns the rules by which the list of a place is renewed and filed, each looked up by itself; `None` where none is made
/// for it, as for the province that sets deadlines for its prefectures only.
fn rule(view: &View<'_>, place: &catalogue::Place) -> Option<RuleTerms> {
    let (catalogue, today) = (view.catalogue(), view.facts().analysis.today);
    let cycle = cycle_rule(catalogue, place, today);
    let filing = filing_rule(catalogue, place, today);
    let mut rules: Vec<&catalogue::Rule> = cycle.into_iter().chain(filing).collect();
    rules.dedup_by(|one, other| std::ptr::eq(*one, *other));
    let base = |rule: &&catalogue::Rule| RuleSource {
        source: view.say_some(rule.source.as_ref()),
        note: view.say_some(rule.note.as_ref()),
    };
    (!rules.is_empty()).then(|| RuleTerms {
        cycle_months: cycle.and_then(|rule| rule.cycle_months),
        filing_days: filing.and_then(|rule| rule.filing_days),
        filing_to: view.say_some(filing.and_then(|rule| rule.filing_to.as_ref())),
        bases: rules.iter().map(base).collect(),
    })
}

fn definition(view: &View<'_>, shown: EditionRef<'_>) -> Option<ListDefinition> {
    let today = view.facts().analysis.today;
    let said = view.catalogue().definition_of_services(shown.place, shown.group(), today)?;
    Some(ListDefinition {
        group: super::definitions::name(view, shown.place, shown.group()),
        plain: view.say(&said.what.plain),
        words: OfficialWords::of(view, &said.what.text),
        document: view.say_some(said.rule.source.as_ref()),
        paragraph: view.say_some(said.what.paragraph.as_ref()),
    })
}

fn terms(view: &View<'_>, place: &catalogue::Place) -> Vec<DefinedTerm> {
    let term = |term: catalogue::LocalTerm<'_>| DefinedTerm {
        term: view.say(term.term),
        definition: contact::callable(view, term.definition),
        source: view.say_some(term.source),
        paragraph: view.say_some(term.paragraph),
    };
    view.catalogue().glossary(place, view.facts().analysis.today).into_iter().map(term).collect()
}
