//! What is not met: an index, and pages by verdict, axis, service, area and prefecture. They are links between ready
//! pages; a script adds a form that asks for several at once.

use serde::Serialize;

use super::{NumberedPage, Sign, Total, anchor, head, leaves, list_address, totals};
use crate::common::{self, DisplayText};
use crate::compare::{Verdict, axis_words};
use crate::coverage::Coverage;
use crate::kind::{KindOfPage, Policy, Subject};
use crate::lang::Localized;
use crate::overview::{
    BaselineOverview, GapEntry, GapFilter, GapSection, Prefecture, gap_address, gaps_address, matrix_address,
    script_route,
};
use crate::route::Route;
use crate::{Address, Facts, Head, View};

/// The index of the gaps of a baseline.
#[derive(Clone, Copy, Debug)]
pub struct GapsPage<'a>(&'a BaselineOverview<'a>);

impl<'a> KindOfPage<'a> for GapsPage<'a> {
    const NAME: &'static str = "staff-gaps";
    const POLICY: Policy = Policy::STAFF;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        facts.baselines().iter().map(Self).collect()
    }

    fn address(&self) -> Address {
        gaps_address(self.0.baseline)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Edition(self.0.baseline)
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        index(view, self.0)
    }
}

/// Gaps by one choice.
#[derive(Clone, Copy, Debug)]
pub struct GapPage<'a> {
    known: &'a BaselineOverview<'a>,
    section: &'a GapSection,
    /// Which of its pages, counted from 0.
    at: usize,
}

impl<'a> KindOfPage<'a> for GapPage<'a> {
    const NAME: &'static str = "staff-gap";
    const POLICY: Policy = Policy::STAFF;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let sections =
            facts.baselines().iter().flat_map(|known| known.sections.iter().map(move |one| (known, one)));
        let pages = sections
            .flat_map(|(known, section)| (0..section.pages.len()).map(move |at| Self { known, section, at }));
        pages.collect()
    }

    fn address(&self) -> Address {
        gap_address(self.known.baseline, self.section, self.at)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Edition(self.known.baseline)
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        page(view, *self)
    }
}

/// What gaps can be asked for by, on pages of links and in the form.
#[derive(Serialize)]
pub(super) struct Menus {
    menus: Vec<Menu>,
    /// The script with all problems.
    script: String,
    /// What leads to the folder that addresses in the script start from.
    root: String,
}

#[derive(Serialize)]
struct Menu {
    name: &'static str,
    items: Vec<GapChoice>,
}

#[derive(Serialize)]
struct GapChoice {
    key: String,
    name: DisplayText,
    href: String,
    n: usize,
    current: bool,
}

/// Returns the menus of a baseline; that of places only where it is asked for, as it is long. `current` is the
/// section that the page shows.
pub(super) fn menus(
    view: &View<'_>,
    known: &BaselineOverview<'_>,
    places: bool,
    current: Option<&GapSection>,
) -> Menus {
    let of = |filter: GapFilter| {
        let items = match filter {
            GapFilter::Place => {
                known.prefectures.iter().filter_map(|one| in_place(view, known, one)).collect()
            }
            _ => {
                let own = known.sections.iter().filter(|section| section.filter == filter);
                own.map(|section| choice(view, known, section, current)).collect()
            }
        };
        Menu { name: filter.as_str(), items }
    };
    let offered = GapFilter::ALL.into_iter().filter(|filter| places || *filter != GapFilter::Place);
    Menus {
        menus: offered.map(of).filter(|menu| !menu.items.is_empty()).collect(),
        script: view.link(&script_route(known, view.page.lang)),
        root: view.href(&Address::staff("")).trim_end_matches("index.html").to_owned(),
    }
}

fn choice(
    view: &View<'_>,
    known: &BaselineOverview<'_>,
    section: &GapSection,
    current: Option<&GapSection>,
) -> GapChoice {
    GapChoice {
        key: section.key.clone(),
        name: name(view, known, section),
        href: view.href(&gap_address(known.baseline, section, 0)),
        n: section.count,
        current: current.is_some_and(|current| std::ptr::eq(current, section)),
    }
}

/// Returns the choice of a prefecture: its page of gaps, or the page of its only list.
fn in_place(view: &View<'_>, known: &BaselineOverview<'_>, prefecture: &Prefecture<'_>) -> Option<GapChoice> {
    let (n, href) = place_of_gaps(view, known, prefecture)?;
    let place = prefecture.place;
    Some(GapChoice { key: place.path.to_string(), name: view.say(place.short()), href, n, current: false })
}

/// Returns how many gaps a prefecture has, and where they stand. `None` if it has none.
pub(super) fn place_of_gaps(
    view: &View<'_>,
    known: &BaselineOverview<'_>,
    prefecture: &Prefecture<'_>,
) -> Option<(usize, String)> {
    if let Some(section) = known.section(GapFilter::Place, prefecture.place.path.as_str()) {
        return Some((section.count, view.href(&gap_address(known.baseline, section, 0))));
    }
    let coverage = known.lists[*prefecture.lists.first()?].coverage;
    let n = coverage.gaps().count();
    (n > 0).then(|| (n, view.href(&list_address(coverage.local))))
}

/// Returns what a section is called.
fn name(view: &View<'_>, known: &BaselineOverview<'_>, section: &GapSection) -> DisplayText {
    let key = section.key.as_str();
    let plain = || DisplayText { text: key.to_owned(), lang: None, dir: None };
    let said = |text: Option<&Localized>| text.map_or_else(plain, |text| view.say(text));
    match section.filter {
        GapFilter::Verdict => {
            let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.as_str() == key);
            verdict.map_or_else(plain, |verdict| view.tell(&verdict.words()))
        }
        GapFilter::Axis => view.tell(&axis_words(key)),
        GapFilter::Service => {
            let services = &known.baseline.edition.services;
            said(services.iter().find(|service| service.id.value == key).map(|service| &service.body.title))
        }
        GapFilter::Area => said(view.catalogue().vocabulary.area(key).map(|area| &area.name)),
        GapFilter::Place => {
            let place = known.prefectures.iter().find(|known| known.place.path.as_str() == key);
            said(place.map(|known| known.place.short()))
        }
    }
}

/// What the template of the index gets.
#[derive(Serialize)]
struct GapsData {
    title: DisplayText,
    edition: String,
    today: String,
    matrix_href: String,
    totals: Vec<Total>,
    gaps: usize,
    menus: Menus,
}

fn index(view: &View<'_>, known: &BaselineOverview<'_>) -> (Head, tera::Value) {
    let all: Vec<&Coverage<'_>> = known.lists.iter().map(|held| held.coverage).collect();
    let edition = known.baseline.edition;
    let data = GapsData {
        title: view.say(&edition.title),
        edition: edition.id.clone(),
        today: view.facts().analysis.today.to_string(),
        matrix_href: view.href(&matrix_address(known.baseline)),
        totals: totals(&all),
        gaps: known.gaps(),
        menus: menus(view, known, true, None),
    };
    let head = of_baseline(view, known).crumb(view.tell(&crate::text!("缺口", "Gaps")), None);
    (head, tera::Value::from_serializable(&data))
}

/// Starts the head of a page about the gaps of a baseline.
fn of_baseline(view: &View<'_>, known: &BaselineOverview<'_>) -> Head {
    let title = &known.baseline.edition.title;
    let matrix: Route = view.route(&matrix_address(known.baseline));
    head(view).word("list", view.words(title)).crumb(view.say(title), Some(matrix))
}

/// What the template of a page of gaps gets.
#[derive(Serialize)]
struct GapData {
    filter: &'static str,
    name: DisplayText,
    count: usize,
    title: DisplayText,
    edition: String,
    index_href: String,
    leaves: Vec<NumberedPage>,
    services: Vec<GapService>,
    menus: Menus,
}

#[derive(Serialize)]
struct GapService {
    label: String,
    title: DisplayText,
    provisions: Vec<GapProvision>,
}

#[derive(Serialize)]
struct GapProvision {
    quote: DisplayText,
    at: String,
    problems: Vec<Shared>,
}

/// A problem with the lists that share it.
#[derive(Serialize)]
struct Shared {
    sign: Sign,
    axes: Vec<DisplayText>,
    reasons: Vec<DisplayText>,
    remedy: Option<DisplayText>,
    lists: Vec<GapList>,
}

#[derive(Serialize)]
struct GapList {
    name: DisplayText,
    href: String,
}

fn page<'a>(view: &View<'a>, page: GapPage<'a>) -> (Head, tera::Value) {
    let GapPage { known, section, at } = page;
    let name = name(view, known, section);
    let edition = known.baseline.edition;
    let data = GapData {
        filter: section.filter.as_str(),
        name: name.clone(),
        count: section.count,
        title: view.say(&edition.title),
        edition: edition.id.clone(),
        index_href: view.href(&gaps_address(known.baseline)),
        leaves: leaves(view, section.pages.len(), at, |at| GapPage { at, ..page }),
        services: services(view, known, &section.pages[at]),
        menus: menus(view, known, false, Some(section)),
    };
    let index = Some(view.route(&gaps_address(known.baseline)));
    let number = if at == 0 { String::new() } else { format!(" {}", at + 1) };
    let head = of_baseline(view, known)
        .word("name", format!("{}{number}", name.text))
        .crumb(view.tell(&crate::text!("缺口", "Gaps")), index)
        .crumb(name, None);
    (head, tera::Value::from_serializable(&data))
}

fn services(view: &View<'_>, known: &BaselineOverview<'_>, entries: &[GapEntry]) -> Vec<GapService> {
    let mut services: Vec<GapService> = Vec::new();
    let of = |entry: &GapEntry| &known.problems[entry.problem].baseline;
    let same_service = |a: &GapEntry, b: &GapEntry| std::ptr::eq(of(a).service, of(b).service);
    for of_service in entries.chunk_by(same_service) {
        let service = of(&of_service[0]).service;
        let same = |a: &GapEntry, b: &GapEntry| std::ptr::eq(of(a).provision, of(b).provision);
        services.push(GapService {
            label: common::label(service.number.value),
            title: view.say(&service.body.title),
            provisions: of_service.chunk_by(same).map(|entries| provision(view, known, entries)).collect(),
        });
    }
    services
}

fn provision(view: &View<'_>, known: &BaselineOverview<'_>, entries: &[GapEntry]) -> GapProvision {
    let baseline = known.problems[entries[0].problem].baseline;
    GapProvision {
        quote: view.official(&baseline.provision.quote.value),
        at: view.place_of(baseline.at()),
        problems: entries.iter().map(|entry| shared(view, known, entry)).collect(),
    }
}

fn shared(view: &View<'_>, known: &BaselineOverview<'_>, entry: &GapEntry) -> Shared {
    let problem = &known.problems[entry.problem];
    let anchor = anchor(&problem.baseline.address());
    let list = |at: &usize| {
        let local = known.lists[*at].coverage.local;
        GapList {
            name: view.say(local.place.short()),
            href: format!("{}#{anchor}", view.href(&list_address(local))),
        }
    };
    let mut axes = problem.axes.clone();
    axes.dedup();
    Shared {
        sign: Sign::of(problem.verdict),
        axes: axes.iter().map(|axis| view.tell(&axis_words(axis))).collect(),
        reasons: problem.reasons.iter().map(|reason| view.tell(reason)).collect(),
        remedy: problem.remedy.as_ref().map(|remedy| view.tell(remedy)),
        lists: entry.lists.iter().map(list).collect(),
    }
}
