//! One list against its baseline, both texts side by side.

use serde::Serialize;

use super::queries::QueryLine;
use super::{Sign, Total, anchor, head, list_address, totals};
use crate::common::{self, DisplayText};
use crate::compare::{axis_words, similarity};
use crate::coverage::{self, Coverage, ProvisionCoverage};
use crate::history::{Op, parts};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::overview::{HeldList, matrix_address};
use crate::{Address, Facts, Head, View};

/// One list against its baseline.
#[derive(Clone, Copy, Debug)]
pub struct ListPage<'a>(&'a HeldList<'a>);

impl<'a> KindOfPage<'a> for ListPage<'a> {
    const NAME: &'static str = "staff-list";
    const POLICY: Policy = Policy::STAFF;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        facts.baselines().iter().flat_map(|known| &known.lists).map(Self).collect()
    }

    fn address(&self) -> Address {
        list_address(self.0.coverage.local)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Edition(self.0.coverage.local)
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, self.0)
    }
}

/// What the template gets.
#[derive(Serialize)]
struct ListData {
    place: DisplayText,
    title: DisplayText,
    edition: String,
    baseline: DisplayText,
    baseline_edition: String,
    /// The edition it was written for, if that was replaced.
    outdated: Option<String>,
    matrix_href: String,
    totals: Vec<Total>,
    queries: Vec<QueryLine>,
    services: Vec<HeldService>,
    additions: Vec<LocalProvision>,
}

#[derive(Serialize)]
struct HeldService {
    id: String,
    label: String,
    title: DisplayText,
    sign: Sign,
    provisions: Vec<HeldProvision>,
}

#[derive(Serialize)]
struct HeldProvision {
    id: String,
    sign: Sign,
    /// What a verdict that is good enough rests on: the ending of a string.
    evidence: Option<coverage::Evidence>,
    quote: DisplayText,
    at: String,
    local: Vec<LocalProvision>,
    /// The official words with what differs in the local ones, if these are not the same.
    marked: Vec<MarkedPart>,
    steps: Vec<HeldAxis>,
    review: Option<HeldReview>,
    help: Option<DisplayText>,
}

#[derive(Serialize)]
struct LocalProvision {
    address: String,
    adopted: bool,
    quote: DisplayText,
    at: String,
}

#[derive(Serialize)]
struct MarkedPart {
    op: Op,
    text: String,
}

#[derive(Serialize)]
struct HeldAxis {
    sign: Sign,
    axis: DisplayText,
    baseline: DisplayText,
    local: DisplayText,
    reason: DisplayText,
    remedy: DisplayText,
}

#[derive(Serialize)]
struct HeldReview {
    verdict: &'static str,
    by: String,
    on: String,
    why: DisplayText,
    at: String,
}

fn data<'a>(view: &View<'a>, held: &HeldList<'a>) -> (Head, tera::Value) {
    let coverage = held.coverage;
    let (local, baseline) = (coverage.local, coverage.baseline);
    let queries = view.facts().analysis.queries(local.place, local.list);
    let data = ListData {
        place: view.say(local.place.short()),
        title: view.say(&local.edition.title),
        edition: local.edition.id.clone(),
        baseline: view.say(&baseline.edition.title),
        baseline_edition: baseline.edition.id.clone(),
        outdated: held.outdated.clone(),
        matrix_href: view.href(&matrix_address(baseline)),
        totals: totals(&[coverage]),
        queries: queries.iter().map(|status| QueryLine::of(view, status, local)).collect(),
        services: services(view, coverage),
        additions: coverage.additions.iter().map(|offer| self::local(view, offer)).collect(),
    };
    let head = head(view)
        .word("place", view.words(local.place.short()))
        .word("edition", local.edition.id.clone())
        .word("list", view.words(&local.edition.title))
        .crumb(view.say(&baseline.edition.title), Some(view.route(&matrix_address(baseline))))
        .crumb(view.say(local.place.short()), None);
    (head, tera::Value::from_serializable(&data))
}

fn services(view: &View<'_>, coverage: &Coverage<'_>) -> Vec<HeldService> {
    let service = |known: &crate::coverage::ServiceCoverage<'_>| HeldService {
        id: known.service.id.value.clone(),
        label: common::label(known.service.number.value),
        title: view.say(&known.service.body.title),
        sign: Sign::of(known.verdict),
        provisions: known.provisions.iter().map(|known| provision(view, known)).collect(),
    };
    coverage.services.iter().map(service).collect()
}

/// How alike two texts are that read well as one with its changes, from 0 to 1.
const ALIKE: f64 = 0.6;

fn provision(view: &View<'_>, known: &ProvisionCoverage<'_>) -> HeldProvision {
    let quote = &known.baseline.provision.quote.value;
    let own = known.covered_by.first().map(|offer| &offer.provision.quote.value).filter(|own| *own != quote);
    // Between words of its own nobody sees what changed.
    let own = own.filter(|own| similarity(quote, own) >= ALIKE);
    let axis = |step: &crate::compare::Step| HeldAxis {
        sign: Sign::of(step.verdict),
        axis: view.tell(&axis_words(step.axis)),
        baseline: view.tell(&step.baseline.words),
        local: view.tell(&step.local.words),
        reason: view.tell(&step.reason),
        remedy: view.tell(&step.remedy),
    };
    let review = known.review.map(|review| HeldReview {
        verdict: review.verdict.as_str(),
        by: review.by.clone(),
        on: review.on.value.to_string(),
        why: view.say(&review.why),
        at: view.place_of(review.of.span),
    });
    let missing = known.verdict == crate::compare::Verdict::Missing;
    HeldProvision {
        id: anchor(&known.baseline.address()),
        sign: Sign::of(known.verdict),
        evidence: known.evidence,
        quote: view.official(quote),
        at: view.place_of(known.baseline.at()),
        local: known.covered_by.iter().map(|offer| local(view, offer)).collect(),
        marked: own
            .map(|own| parts(quote, own))
            .unwrap_or_default()
            .into_iter()
            .map(|part| MarkedPart { op: part.op, text: part.text })
            .collect(),
        steps: known.steps.iter().map(axis).collect(),
        review,
        help: missing.then(|| view.tell(&known.missing_help())),
    }
}

fn local(view: &View<'_>, offer: &crate::compare::Offer<'_>) -> LocalProvision {
    let printed = offer.service.printed.as_ref();
    let quote = printed.map_or(&offer.provision.quote, crate::lang::Localized::reference);
    LocalProvision {
        address: offer.address(),
        adopted: offer.service.adopted.is_some() && printed.is_none(),
        quote: view.official(&quote.value),
        at: view.place_of(offer.at()),
    }
}
