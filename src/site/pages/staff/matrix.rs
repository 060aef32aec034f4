//! The lists measured against one baseline: services by places, the worst place first. Where one page cannot hold
//! them, an overview by prefecture and by service leads to parts of the matrix.

use serde::Serialize;

use super::gaps::{Menus, menus, place_of_gaps};
use super::{NumberedPage, OpenGap, Sign, Total, anchor, gaps, head, list_address, table_href, totals};
use crate::common::{self, DisplayText};
use crate::compare::Verdict;
use crate::coverage::{Coverage, ServiceCoverage};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::overview::{
    BaselineOverview, GapFilter, HeldList, MatrixPart, Prefecture, gap_address, gaps_address, matrix_address,
    part_address,
};
use crate::{Address, Facts, Head, View};

/// The matrix of a baseline.
#[derive(Clone, Copy, Debug)]
pub struct MatrixPage<'a>(&'a BaselineOverview<'a>);

impl<'a> KindOfPage<'a> for MatrixPage<'a> {
    const NAME: &'static str = "staff-matrix";
    const POLICY: Policy = Policy::STAFF;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        facts.baselines().iter().map(Self).collect()
    }

    fn address(&self) -> Address {
        matrix_address(self.0.baseline)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Edition(self.0.baseline)
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        whole(view, self.0)
    }
}

/// A part of a matrix.
#[derive(Clone, Copy, Debug)]
pub struct PartPage<'a> {
    known: &'a BaselineOverview<'a>,
    part: &'a MatrixPart,
}

impl<'a> KindOfPage<'a> for PartPage<'a> {
    const NAME: &'static str = "staff-part";
    const POLICY: Policy = Policy::STAFF;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let baselines = facts.baselines().iter();
        baselines.flat_map(|known| known.parts.iter().map(move |part| Self { known, part })).collect()
    }

    fn address(&self) -> Address {
        part_address(self.known.baseline, self.part)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Edition(self.known.baseline)
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        part(view, *self)
    }
}

/// How many gaps, and how many additions, a matrix names below; more have pages of their own.
const MOST_NAMED: usize = 60;

/// What the template gets.
#[derive(Serialize)]
struct MatrixData {
    title: DisplayText,
    edition: String,
    today: String,
    csv_href: String,
    xlsx_href: String,
    gaps_href: String,
    /// The gaps of the prefecture that a part shows.
    own_gaps_href: Option<String>,
    totals: Vec<Total>,
    /// Which places a part shows.
    part: Option<PartName>,
    /// The other parts of the same prefecture, or of those that stand together.
    leaves: Vec<NumberedPage>,
    places: Vec<MatrixPlace>,
    rows: Vec<MatrixRow>,
    /// The prefectures, if the matrix is divided.
    prefectures: Vec<PrefectureRow>,
    /// The services, if the matrix is divided.
    services: Vec<ServiceTotals>,
    /// The parts that show several prefectures.
    together: Vec<PartLink>,
    menus: Option<Menus>,
    open: usize,
    gaps: Vec<OpenGap>,
    added: usize,
    additions: Vec<NamedAddition>,
}

#[derive(Serialize)]
struct MatrixPlace {
    name: DisplayText,
    edition: String,
    href: String,
    lower: usize,
    provisions: usize,
    /// How many provisions are met or better, out of 48.
    bar: usize,
    /// Whether it is still measured against an edition that was replaced; the cells show the newest.
    outdated: Option<String>,
}

#[derive(Serialize)]
struct MatrixRow {
    label: String,
    title: DisplayText,
    provisions: usize,
    cells: Vec<Option<MatrixCell>>,
}

#[derive(Serialize)]
struct MatrixCell {
    sign: Sign,
    /// Provisions of which it says that, if it is not met.
    open: usize,
    href: String,
}

#[derive(Serialize)]
struct PrefectureRow {
    key: String,
    name: DisplayText,
    href: String,
    lists: usize,
    totals: Vec<Total>,
    bar: usize,
    gaps_href: Option<String>,
}

#[derive(Serialize)]
struct ServiceTotals {
    label: String,
    title: DisplayText,
    totals: Vec<Total>,
    gaps_href: Option<String>,
}

/// The first and the last of the places of a part.
#[derive(Serialize)]
struct PartName {
    first: DisplayText,
    last: Option<DisplayText>,
}

#[derive(Serialize)]
struct PartLink {
    name: PartName,
    href: String,
}

#[derive(Serialize)]
struct NamedAddition {
    place: DisplayText,
    service: DisplayText,
    quote: DisplayText,
    at: String,
}

fn whole(view: &View<'_>, known: &BaselineOverview<'_>) -> (Head, tera::Value) {
    let all: Vec<&HeldList<'_>> = known.lists.iter().collect();
    let title = &known.baseline.edition.title;
    let head = head(view).word("list", view.words(title)).crumb(view.say(title), None);
    if known.parts.is_empty() {
        let data = MatrixData { menus: Some(menus(view, known, false, None)), ..table(view, known, all) };
        return (head, tera::Value::from_serializable(&data));
    }
    let together = known.parts.iter().filter(|part| part.prefectures.0 != part.prefectures.1);
    let data = MatrixData {
        prefectures: known.prefectures.iter().map(|one| prefecture_row(view, known, one)).collect(),
        services: service_rows(view, known),
        together: together
            .map(|part| PartLink {
                name: part_name(view, known, part),
                href: view.href(&part_address(known.baseline, part)),
            })
            .collect(),
        menus: Some(menus(view, known, false, None)),
        open: known.gaps(),
        totals: totals(&coverages(&all)),
        ..bare(view, known)
    };
    (head, tera::Value::from_serializable(&data))
}

fn part<'a>(view: &View<'a>, page: PartPage<'a>) -> (Head, tera::Value) {
    let PartPage { known, part } = page;
    let lists = part.lists.iter().map(|at| &known.lists[*at]).collect();
    let name = part_name(view, known, part);
    let leaf = |(at, other): (usize, &MatrixPart)| NumberedPage {
        n: at + 1,
        href: view.href(&part_address(known.baseline, other)),
        current: other.path == part.path,
    };
    let is_single = |part: &MatrixPart| part.prefectures.0 == part.prefectures.1;
    let siblings = known.parts.iter().filter(|other| match is_single(part) {
        true => other.prefectures == part.prefectures,
        false => !is_single(other),
    });
    let leaves: Vec<NumberedPage> = siblings.enumerate().map(leaf).collect();
    let title = &known.baseline.edition.title;
    let ends = [Some(&name.first), name.last.as_ref()].into_iter().flatten();
    let ends: Vec<&str> = ends.map(|name| name.text.as_str()).collect();
    let number = part.page.map(|(page, pages)| format!(" {page}/{pages}")).unwrap_or_default();
    let shown = DisplayText { text: format!("{}{number}", ends.join("–")), ..name.first.clone() };
    let head = head(view)
        .word("list", view.words(title))
        .word("name", shown.text.clone())
        .crumb(view.say(title), Some(view.route(&matrix_address(known.baseline))))
        .crumb(shown, None);
    let leaves = if leaves.len() > 1 { leaves } else { Vec::new() };
    let own = &known.prefectures[part.prefectures.0];
    let own = place_of_gaps(view, known, own).filter(|_| is_single(part)).map(|(_, href)| href);
    let data = MatrixData { part: Some(name), leaves, own_gaps_href: own, ..table(view, known, lists) };
    (head, tera::Value::from_serializable(&data))
}

fn part_name(view: &View<'_>, known: &BaselineOverview<'_>, part: &MatrixPart) -> PartName {
    let (first, last) = part.prefectures;
    let name = |at: usize| view.say(known.prefectures[at].place.short());
    PartName { first: name(first), last: (first != last).then(|| name(last)) }
}

/// Returns what every matrix says, without places.
fn bare(view: &View<'_>, known: &BaselineOverview<'_>) -> MatrixData {
    let edition = known.baseline.edition;
    MatrixData {
        title: view.say(&edition.title),
        edition: edition.id.clone(),
        today: view.facts().analysis.today.to_string(),
        csv_href: table_href(view, "coverage.csv"),
        xlsx_href: table_href(view, "coverage.xlsx"),
        gaps_href: view.href(&gaps_address(known.baseline)),
        own_gaps_href: None,
        totals: Vec::new(),
        part: None,
        leaves: Vec::new(),
        places: Vec::new(),
        rows: Vec::new(),
        prefectures: Vec::new(),
        services: Vec::new(),
        together: Vec::new(),
        menus: None,
        open: 0,
        gaps: Vec::new(),
        added: 0,
        additions: Vec::new(),
    }
}

fn coverages<'h, 'a>(lists: &[&'h HeldList<'a>]) -> Vec<&'h Coverage<'a>> {
    lists.iter().map(|held| held.coverage).collect()
}

/// Returns the matrix of some lists, the worst first.
fn table(view: &View<'_>, known: &BaselineOverview<'_>, mut lists: Vec<&HeldList<'_>>) -> MatrixData {
    lists.sort_by_key(|held| {
        let open =
            |lower: bool| held.coverage.gaps().filter(|known| known.verdict.is_lower() == lower).count();
        std::cmp::Reverse((open(true), open(false)))
    });
    let all = coverages(&lists);
    let open = all.iter().map(|coverage| coverage.gaps().count()).sum();
    let added = all.iter().map(|coverage| coverage.additions.len()).sum();
    let few = |count: usize| all.iter().filter(move |_| count <= MOST_NAMED);
    MatrixData {
        totals: totals(&all),
        places: lists.iter().map(|held| place(view, held)).collect(),
        rows: rows(view, known, &all),
        open,
        gaps: few(open).flat_map(|coverage| gaps(view, coverage)).collect(),
        added,
        additions: few(added).flat_map(|coverage| additions(view, coverage)).collect(),
        ..bare(view, known)
    }
}

/// Returns how many provisions are met or better, out of 48.
fn bar(provisions: usize, open: usize) -> usize {
    ((provisions - open) * 48).checked_div(provisions).unwrap_or(0)
}

fn provisions(coverage: &Coverage<'_>) -> usize {
    coverage.services.iter().map(|service| service.provisions.len()).sum()
}

fn place(view: &View<'_>, held: &HeldList<'_>) -> MatrixPlace {
    let coverage = held.coverage;
    let provisions = provisions(coverage);
    MatrixPlace {
        name: view.say(coverage.local.place.short()),
        edition: coverage.local.edition.id.clone(),
        href: view.href(&list_address(coverage.local)),
        lower: coverage.gaps().filter(|known| known.verdict.is_lower()).count(),
        provisions,
        bar: bar(provisions, coverage.gaps().count()),
        outdated: held.outdated.clone(),
    }
}

fn rows(view: &View<'_>, known: &BaselineOverview<'_>, lists: &[&Coverage<'_>]) -> Vec<MatrixRow> {
    let services = known.baseline.edition.services.iter();
    let row = |service: &crate::catalogue::Service| {
        let of = |coverage: &Coverage<'_>| {
            let found = coverage.services.iter().find(|known| known.service.id.value == service.id.value)?;
            Some(cell(view, coverage, found))
        };
        MatrixRow {
            label: common::label(service.number.value),
            title: view.say(&service.body.title),
            provisions: service.body.provisions.len(),
            cells: lists.iter().map(|coverage| of(coverage)).collect(),
        }
    };
    services.map(row).collect()
}

fn cell(view: &View<'_>, coverage: &Coverage<'_>, known: &ServiceCoverage<'_>) -> MatrixCell {
    let is_such = |verdict: Verdict| verdict == known.verdict && verdict > Verdict::Met;
    let anchor = anchor(&known.service.id.value);
    MatrixCell {
        sign: Sign::of(known.verdict),
        open: known.provisions.iter().filter(|provision| is_such(provision.verdict)).count(),
        href: format!("{}#{anchor}", view.href(&list_address(coverage.local))),
    }
}

/// Returns a prefecture with the sums of its lists; it leads to its part of the matrix, or to its only list.
fn prefecture_row(view: &View<'_>, known: &BaselineOverview<'_>, one: &Prefecture<'_>) -> PrefectureRow {
    let lists: Vec<&Coverage<'_>> = one.lists.iter().map(|at| known.lists[*at].coverage).collect();
    let own = known.parts.iter().find(|part| part.lists.contains(&one.lists[0]));
    let address = match own {
        Some(part) if lists.len() > 1 => part_address(known.baseline, part),
        _ => list_address(lists[0].local),
    };
    let open = lists.iter().map(|coverage| coverage.gaps().count()).sum();
    PrefectureRow {
        key: one.place.path.to_string(),
        name: view.say(one.place.short()),
        href: view.href(&address),
        lists: lists.len(),
        totals: totals(&lists),
        bar: bar(lists.iter().map(|coverage| provisions(coverage)).sum(), open),
        gaps_href: place_of_gaps(view, known, one).map(|(_, href)| href),
    }
}

fn service_rows(view: &View<'_>, known: &BaselineOverview<'_>) -> Vec<ServiceTotals> {
    let of = |id: &str, verdict: Verdict| {
        let services = known.lists.iter().flat_map(|held| &held.coverage.services);
        let provisions =
            services.filter(|known| known.service.id.value == id).flat_map(|known| &known.provisions);
        provisions.filter(|provision| provision.verdict == verdict).count()
    };
    let row = |service: &crate::catalogue::Service| {
        let id = service.id.value.as_str();
        let section = known.section(GapFilter::Service, id);
        ServiceTotals {
            label: common::label(service.number.value),
            title: view.say(&service.body.title),
            totals: Verdict::ALL.map(|verdict| Total { sign: Sign::of(verdict), n: of(id, verdict) }).into(),
            gaps_href: section.map(|section| view.href(&gap_address(known.baseline, section, 0))),
        }
    };
    known.baseline.edition.services.iter().map(row).collect()
}

fn additions(view: &View<'_>, coverage: &Coverage<'_>) -> Vec<NamedAddition> {
    let addition = |offer: &crate::compare::Offer<'_>| NamedAddition {
        place: view.say(coverage.local.place.short()),
        service: view.say(&offer.service.body.title),
        quote: view.official(&offer.provision.quote.value),
        at: view.place_of(offer.at()),
    };
    coverage.additions.iter().map(addition).collect()
}
