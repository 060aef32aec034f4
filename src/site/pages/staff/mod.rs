//! Pages for staff: coverage, deadlines, duties, translations, findings. Made for `build --staff` and in the
//! preview, never for the public.

mod deadlines;
mod duties;
mod editions;
mod findings;
mod gaps;
mod hub;
mod list;
mod matrix;
mod queries;
mod translations;

pub use deadlines::DeadlinesPage;
pub use duties::DutiesPage;
pub use editions::EditionsPage;
pub use findings::FindingsPage;
pub use gaps::{GapPage, GapsPage};
pub use hub::HubPage;
pub use list::ListPage;
pub use matrix::{MatrixPage, PartPage};
pub use translations::TranslationsPage;

use serde::Serialize;

use crate::common::DisplayText;
use crate::compare::Verdict;
use crate::coverage::{self, Coverage};
use crate::kind::KindOfPage;
use crate::overview::{anchor, list_address};
use crate::route::Route;
use crate::{Address, Head, View};

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
struct OpenGap {
    sign: Sign,
    place: DisplayText,
    href: String,
    label: String,
    service: DisplayText,
    quote: DisplayText,
    reason: DisplayText,
    remedy: DisplayText,
    baseline_at: String,
    local_at: Vec<String>,
}

fn gaps(view: &View<'_>, coverage: &Coverage<'_>) -> Vec<OpenGap> {
    let gap = |known: &coverage::ProvisionCoverage<'_>| {
        let service = known.baseline.service;
        let step = known.steps.first();
        let nothing = crate::coverage::nothing_answers();
        OpenGap {
            sign: Sign::of(known.verdict),
            place: view.say(coverage.local.place.short()),
            href: format!(
                "{}#{}",
                view.href(&list_address(coverage.local)),
                anchor(&known.baseline.address())
            ),
            label: crate::common::label(service.number.value),
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

/// Returns the link to a table that stands beside the pages for staff.
fn table_href(view: &View<'_>, name: &str) -> String {
    let code = view.page.lang.code.as_str();
    view.link(&Route::new(format!("{code}/staff/{name}")))
}

/// One of several pages that continue each other.
#[derive(Serialize)]
struct NumberedPage {
    n: usize,
    href: String,
    current: bool,
}

/// Returns the address of one of several pages that continue each other, counted from 0.
fn numbered(name: &str, at: usize) -> Address {
    if at == 0 { Address::staff(name) } else { Address::staff(&format!("{name}/{}", at + 1)) }
}

/// Returns links to pages that continue each other, of which this is the one at `current`; none to a single page.
fn leaves<'a, K: KindOfPage<'a>>(
    view: &View<'a>,
    pages: usize,
    current: usize,
    page: impl Fn(usize) -> K,
) -> Vec<NumberedPage> {
    let leaf =
        |at: usize| NumberedPage { n: at + 1, href: view.href(&page(at).address()), current: at == current };
    (0..pages).filter(|_| pages > 1).map(leaf).collect()
}

/// Starts the head of a page for staff.
fn head(view: &View<'_>) -> Head {
    let site = &view.catalogue().site;
    Head::default()
        .word("site", view.words(&site.title))
        .crumb(view.say(&site.title), Some(view.route(&Address::home())))
        .crumb(view.tell(&crate::text!("工作页面", "For staff")), Some(view.route(&Address::staff(""))))
}
