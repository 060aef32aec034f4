//! `coverage --format json`.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{At, Context, json};
use crate::compare::{Offer, SCOPE, Side, Step, Verdict};
use crate::coverage::{self, Coverage, ProvisionCoverage, ServiceCoverage};
use crate::diagnostic::Message;
use crate::source::Position;
use crate::span::Span;

#[derive(Serialize)]
struct CoverageJson<'a> {
    lists: Vec<CoverageListJson<'a>>,
}

#[derive(Serialize)]
struct CoverageListJson<'a> {
    place: &'a str,
    list: &'a str,
    edition: &'a str,
    measured_against: String,
    /// Whether the list says nothing of that edition, so that clauses were paired by likeness.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    by_likeness: bool,
    services: Vec<ServiceJson<'a>>,
    additions: Vec<AdditionJson<'a>>,
    summary: Map<String, Value>,
}

#[derive(Serialize)]
struct ServiceJson<'a> {
    id: &'a str,
    number: u32,
    verdict: Verdict,
    provisions: Vec<ProvisionJson<'a>>,
}

#[derive(Serialize)]
struct ProvisionJson<'a> {
    id: &'a str,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<EvidenceJson<'a>>,
    axes: Vec<AxisJson<'a>>,
    covered_by: Vec<String>,
    /// Whether nobody has said that these answer it: they were paired by likeness.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    proposed: bool,
    /// What it is most like then, the likest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alike: Vec<AlikeJson>,
    baseline_at: At,
    local_at: Vec<At>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<ReviewJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<Nearest>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Message>,
}

/// What a verdict that is good enough rests on.
#[derive(Serialize)]
struct EvidenceJson<'a> {
    kind: coverage::Evidence,
    /// The characters of the baseline.
    baseline: Vec<Characters<'a>>,
    /// Those of the list; of a review, where it is written.
    local: Vec<Characters<'a>>,
}

/// Characters of a file that something rests on.
#[derive(Serialize)]
struct Characters<'a> {
    path: String,
    start: Position,
    end: Position,
    text: &'a str,
}

#[derive(Serialize)]
struct AxisJson<'a> {
    axis: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
    verdict: Verdict,
    baseline: &'a str,
    local: &'a str,
    baseline_words: Cow<'a, Message>,
    local_words: Cow<'a, Message>,
    reason: Cow<'a, Message>,
    remedy: Cow<'a, Message>,
}

#[derive(Serialize)]
struct ReviewJson<'a> {
    verdict: &'a str,
    by: &'a str,
    on: String,
    why: Message,
    at: At,
}

#[derive(Serialize)]
struct AlikeJson {
    provision: String,
    percent: u32,
    at: At,
}

#[derive(Serialize)]
struct Nearest {
    provision: String,
    at: At,
}

#[derive(Serialize)]
struct AdditionJson<'a> {
    id: String,
    number: u32,
    quote: &'a str,
    at: At,
}

pub(super) fn write(lists: &[&Coverage<'_>], context: &Context<'_>) -> Vec<u8> {
    json(&CoverageJson { lists: lists.iter().map(|coverage| list(coverage, context)).collect() })
}

fn list<'a>(coverage: &'a Coverage<'_>, context: &Context<'_>) -> CoverageListJson<'a> {
    CoverageListJson {
        place: coverage.local.place.path.as_str(),
        list: &coverage.local.list.id,
        edition: &coverage.local.edition.id,
        measured_against: coverage.baseline.address(),
        by_likeness: coverage.by_likeness,
        services: coverage.services.iter().map(|known| service(known, context)).collect(),
        additions: coverage.additions.iter().map(|offer| addition(offer, context)).collect(),
        summary: coverage
            .summary()
            .iter()
            .map(|(verdict, count)| (verdict.as_str().to_owned(), Value::from(*count)))
            .collect(),
    }
}

fn service<'a>(known: &'a ServiceCoverage<'_>, context: &Context<'_>) -> ServiceJson<'a> {
    ServiceJson {
        id: &known.service.id.value,
        number: known.service.number.value,
        verdict: known.verdict,
        provisions: known.provisions.iter().map(|provision| self::provision(provision, context)).collect(),
    }
}

fn provision<'a>(known: &'a ProvisionCoverage<'_>, context: &Context<'_>) -> ProvisionJson<'a> {
    let review = known.review.map(|review| ReviewJson {
        verdict: review.verdict.as_str(),
        by: &review.by,
        on: review.on.value.to_string(),
        why: crate::compare::spoken(&review.why),
        at: context.at(review.of.span),
    });
    let alike = known.alike.iter().map(|alike| AlikeJson {
        provision: alike.offer.address(),
        percent: alike.percent(),
        at: context.at(alike.offer.at()),
    });
    ProvisionJson {
        id: &known.baseline.provision.id.value,
        verdict: known.verdict,
        evidence: evidence(known, context),
        axes: known.steps.iter().map(axis).chain(scope(known)).collect(),
        covered_by: known.covered_by.iter().map(Offer::address).collect(),
        proposed: known.is_proposed(),
        alike: alike.collect(),
        baseline_at: context.at(known.baseline.at()),
        local_at: known.covered_by.iter().map(|offer| context.at(offer.at())).collect(),
        review,
        nearest: known.nearest.map(|near| Nearest { provision: near.address(), at: context.at(near.at()) }),
        help: (known.verdict == Verdict::Missing).then(|| known.missing_help()),
    }
}

/// Returns what a verdict rests on, with the characters.
fn evidence<'a>(known: &'a ProvisionCoverage<'_>, context: &Context<'_>) -> Option<EvidenceJson<'a>> {
    let characters = |span: Span, text: &'a str| {
        let (path, start, end) = context.stretch(span);
        Characters { path, start, end, text }
    };
    let quote = |offer: &Offer<'a>, adopted: Span| {
        let quote = &offer.provision.quote;
        characters(if offer.service.adopted.is_some() { adopted } else { quote.span }, &quote.value)
    };
    let kind = known.evidence?;
    let local = match known.review {
        Some(review) => vec![characters(review.of.span, &review.of.value)],
        None => known.covered_by.iter().take(known.rested).map(|offer| quote(offer, offer.at())).collect(),
    };
    Some(EvidenceJson { kind, baseline: vec![quote(&known.baseline, known.baseline.at())], local })
}

/// Returns what is said of a missing one: it is lower in scope, whatever the axes.
fn scope<'a>(known: &ProvisionCoverage<'a>) -> Option<AxisJson<'a>> {
    let quote = &known.baseline.provision.quote.value;
    (known.verdict == Verdict::Missing).then(|| AxisJson {
        axis: SCOPE,
        part: None,
        verdict: Verdict::Missing,
        baseline: quote,
        local: "",
        baseline_words: Cow::Owned(Side::plain(quote).words),
        local_words: Cow::Owned(Side::silent().words),
        reason: Cow::Owned(known.missing_reason()),
        remedy: Cow::Owned(known.missing_help()),
    })
}

fn axis(step: &Step) -> AxisJson<'_> {
    AxisJson {
        axis: step.axis,
        part: step.part.as_deref(),
        verdict: step.verdict,
        baseline: &step.baseline.value,
        local: &step.local.value,
        baseline_words: Cow::Borrowed(&step.baseline.words),
        local_words: Cow::Borrowed(&step.local.words),
        reason: Cow::Borrowed(&step.reason),
        remedy: Cow::Borrowed(&step.remedy),
    }
}

fn addition<'a>(offer: &Offer<'a>, context: &Context<'_>) -> AdditionJson<'a> {
    AdditionJson {
        id: offer.address(),
        number: offer.service.number.value,
        quote: &offer.provision.quote.value,
        at: context.at(offer.at()),
    }
}
