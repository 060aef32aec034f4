//! One list against its baseline, both texts side by side.

use serde::Serialize;

use super::queries::Query;
use super::{Sign, Total, anchor, head, list_address, totals};
use crate::common::{self, Said};
use crate::compare::{axis_words, similarity};
use crate::coverage::{self, Coverage, ProvisionCoverage};
use crate::history::{Op, parts};
use crate::kind::{Kind, Policy, Subject};
use crate::overview::{HeldList, matrix_address};
use crate::{Address, Facts, Head, View};

/// One list against its baseline.
#[derive(Clone, Copy, Debug)]
pub struct ListPage<'a>(&'a HeldList<'a>);

impl<'a> Kind<'a> for ListPage<'a> {
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
    place: Said,
    title: Said,
    edition: String,
    baseline: Said,
    baseline_edition: String,
    /// The edition it was written for, if that was replaced.
    outdated: Option<String>,
    matrix_href: String,
    totals: Vec<Total>,
    queries: Vec<Query>,
    services: Vec<Service>,
    additions: Vec<Local>,
}

#[derive(Serialize)]
struct Service {
    id: String,
    label: String,
    title: Said,
    sign: Sign,
    provisions: Vec<Provision>,
}

#[derive(Serialize)]
struct Provision {
    id: String,
    sign: Sign,
    /// What a verdict that is good enough rests on: the ending of a string.
    evidence: Option<coverage::Evidence>,
    quote: Said,
    at: String,
    local: Vec<Local>,
    /// The official words with what differs in the local ones, if these are not the same.
    marked: Vec<Part>,
    steps: Vec<Axis>,
    review: Option<Review>,
    help: Option<Said>,
}

#[derive(Serialize)]
struct Local {
    address: String,
    adopted: bool,
    quote: Said,
    at: String,
}

#[derive(Serialize)]
struct Part {
    op: Op,
    text: String,
}

#[derive(Serialize)]
struct Axis {
    sign: Sign,
    axis: Said,
    baseline: Said,
    local: Said,
    reason: Said,
    remedy: Said,
}

#[derive(Serialize)]
struct Review {
    verdict: &'static str,
    by: String,
    on: String,
    why: Said,
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
        queries: queries.iter().map(|status| Query::of(view, status, local)).collect(),
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

fn services(view: &View<'_>, coverage: &Coverage<'_>) -> Vec<Service> {
    let service = |known: &crate::coverage::ServiceCoverage<'_>| Service {
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

fn provision(view: &View<'_>, known: &ProvisionCoverage<'_>) -> Provision {
    let quote = &known.baseline.provision.quote.value;
    let own = known.covered_by.first().map(|offer| &offer.provision.quote.value).filter(|own| *own != quote);
    // Between words of its own nobody sees what changed.
    let own = own.filter(|own| similarity(quote, own) >= ALIKE);
    let axis = |step: &crate::compare::Step| Axis {
        sign: Sign::of(step.verdict),
        axis: view.tell(&axis_words(step.axis)),
        baseline: view.tell(&step.baseline.words),
        local: view.tell(&step.local.words),
        reason: view.tell(&step.reason),
        remedy: view.tell(&step.remedy),
    };
    let review = known.review.map(|review| Review {
        verdict: review.verdict.as_str(),
        by: review.by.clone(),
        on: review.on.value.to_string(),
        why: view.say(&review.why),
        at: view.place_of(review.of.span),
    });
    let missing = known.verdict == crate::compare::Verdict::Missing;
    Provision {
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
            .map(|part| Part { op: part.op, text: part.text })
            .collect(),
        steps: known.steps.iter().map(axis).collect(),
        review,
        help: missing.then(|| view.tell(&known.missing_help())),
    }
}

fn local(view: &View<'_>, offer: &crate::compare::Offer<'_>) -> Local {
    let printed = offer.service.printed.as_ref();
    let quote = printed.map_or(&offer.provision.quote, crate::lang::Localized::reference);
    Local {
        address: offer.address(),
        adopted: offer.service.adopted.is_some() && printed.is_none(),
        quote: view.official(&quote.value),
        at: view.place_of(offer.at()),
    }
}
