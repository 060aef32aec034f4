//! Pages for staff: coverage, deadlines, translations, findings. Made for `build --staff` and in the
//! preview, never for the public.

mod deadlines;
mod findings;
mod hub;
mod list;
mod matrix;
mod queries;
mod translations;

pub use deadlines::DEADLINES;
pub use findings::FINDINGS;
pub use hub::HUB;
pub use list::LIST;
pub use matrix::MATRIX;
pub use translations::TRANSLATIONS;

use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::compare::Verdict;
use crate::coverage::{self, Coverage, Issue};
use crate::facts::{Facts, Shown};
use crate::route::Route;
use crate::site::common::Said;
use crate::site::{Address, Head, PageKind, Spot, View};

/// A verdict as a page shows it: a sign and words, with colour on top.
#[derive(Clone, Serialize)]
struct Sign {
    key: &'static str,
    sign: &'static str,
}

impl Sign {
    fn of(verdict: Verdict) -> Self {
        Self { key: verdict.as_str(), sign: verdict.sign() }
    }
}

/// A verdict with how many provisions have it.
#[derive(Serialize)]
struct Total {
    sign: Sign,
    n: usize,
}

fn totals(lists: &[&Coverage<'_>]) -> Vec<Total> {
    let count = |wanted: Verdict| {
        let all = lists.iter().flat_map(|coverage| coverage.summary());
        all.filter(|(verdict, _)| *verdict == wanted).map(|(_, count)| count).sum()
    };
    Verdict::ALL.map(|verdict| Total { sign: Sign::of(verdict), n: count(verdict) }).into()
}

/// A provision that is not met, with what a person needs to act on it.
#[derive(Serialize)]
struct Gap {
    sign: Sign,
    place: Said,
    href: String,
    label: String,
    service: Said,
    quote: Said,
    reason: Said,
    remedy: Said,
    baseline_at: String,
    local_at: Vec<String>,
}

fn gaps(view: &View<'_>, coverage: &Coverage<'_>) -> Vec<Gap> {
    let gap = |known: &coverage::ProvisionCoverage<'_>| {
        let service = known.baseline.service;
        let step = known.steps.first();
        let nothing = crate::coverage::nothing_answers();
        Gap {
            sign: Sign::of(known.verdict),
            place: view.say(coverage.local.place.short()),
            href: format!(
                "{}#{}",
                view.href(&list_address(coverage.local)),
                anchor(&known.baseline.address())
            ),
            label: crate::site::common::label(service.number.value),
            service: view.say(&service.body.title),
            quote: view.official(&known.baseline.provision.quote.value),
            reason: view.tell(step.map_or(&nothing, |step| &step.reason)),
            remedy: view.tell(&step.map_or_else(|| known.missing_help(), |step| step.remedy.clone())),
            baseline_at: view.place_of(known.baseline.at()),
            local_at: known.covered_by.iter().map(|offer| view.place_of(offer.at())).collect(),
        }
    };
    coverage.gaps().map(gap).collect()
}

/// Returns an address in an edition as the name of a place on a page.
fn anchor(address: &str) -> String {
    address.replace('/', "-")
}

/// Returns the address of the page that holds a list against its baseline.
fn list_address(issue: Issue<'_>) -> Address {
    Address::staff(&format!("list/{}", issue.address()))
}

/// Returns the address of the matrix of the lists measured against the list of `baseline`.
fn matrix_address(baseline: Issue<'_>) -> Address {
    Address::staff(&format!("coverage/{}/{}", baseline.place.path, baseline.list.id))
}

/// Returns how every list stands that is measured against another, in the order of places.
fn all_coverage<'a>(facts: &Facts<'a>) -> Vec<Coverage<'a>> {
    let issues = coverage::current_issues(facts.catalogue, &[]).into_iter();
    issues.filter_map(|issue| coverage::cover(facts.catalogue, issue, None)).collect()
}

/// Returns how a list stands to the edition of its baseline that is in force, and for which edition it was
/// written if that is another.
fn to_date<'a>(catalogue: &'a Catalogue, coverage: Coverage<'a>) -> (Option<String>, Coverage<'a>) {
    let written_for = coverage.baseline;
    match written_for.list.current(false).filter(|edition| edition.id != written_for.edition.id) {
        Some(edition) if written_for.list.successor(&written_for.edition.id).is_some() => {
            let in_force = Issue { edition, ..written_for };
            (
                Some(written_for.edition.id.clone()),
                coverage::hold_against(catalogue, coverage.local, in_force),
            )
        }
        _ => (None, coverage),
    }
}

/// Returns the link to a table that stands beside the pages for staff.
fn table_href(view: &View<'_>, name: &str) -> String {
    let code = view.page.lang.code.as_str();
    view.link(&Route::new(format!("{code}/staff/{name}")))
}

/// Adds a page about no list.
fn add<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>, kind: &'static PageKind, name: &str) {
    if facts.staff {
        let address = Address::staff(name);
        spots.push(Spot { kind, address, place: None, shown: None, service: None, key: None, source: None });
    }
}

/// Adds a page about an edition.
fn add_about<'a>(spots: &mut Vec<Spot<'a>>, kind: &'static PageKind, address: Address, issue: Issue<'a>) {
    spots.push(Spot {
        kind,
        address,
        place: Some(issue.place),
        shown: Some(Shown { place: issue.place, list: issue.list, edition: issue.edition }),
        service: None,
        key: Some("staff"),
        source: Some(issue.edition.span),
    });
}

/// Starts the head of a page for staff.
fn head(view: &View<'_>) -> Head {
    let site = &view.catalogue().site;
    Head::default()
        .word("site", view.words(&site.title))
        .crumb(view.say(&site.title), Some(view.route(&Address::home())))
        .crumb(view.tell(&crate::text!("工作页面", "For staff")), Some(view.route(&Address::staff(""))))
}
