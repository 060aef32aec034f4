//! Verdicts: how an edition stands to its baseline, in counts. Each verdict with what it rests on is for staff, and in
//! `qingdan coverage --format json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::texts::Link;
use super::{ApiDocument, ApiRoute, Source, Texts, Word};
use crate::compare::Verdict;
use crate::coverage::{Coverage, ServiceCoverage};

/// How many provisions of a baseline have which verdict.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Counts {
    /// At least equal everywhere, and higher somewhere.
    pub(crate) exceeded: usize,
    /// Equal.
    pub(crate) met: usize,
    /// A person has to compare.
    pub(crate) needs_review: usize,
    /// Claims to be the official words and differs from them.
    pub(crate) misquoted: usize,
    /// Lower somewhere.
    pub(crate) weaker: usize,
    /// Nothing answers it.
    pub(crate) missing: usize,
}

impl Counts {
    /// Returns the counts of a list.
    pub(super) fn of_list(coverage: &Coverage<'_>) -> Self {
        Self::of(coverage.services.iter().flat_map(|service| &service.provisions).map(|known| known.verdict))
    }

    fn of(verdicts: impl Iterator<Item = Verdict>) -> Self {
        let mut counts = Self { exceeded: 0, met: 0, needs_review: 0, misquoted: 0, weaker: 0, missing: 0 };
        for verdict in verdicts {
            *match verdict {
                Verdict::Exceeded => &mut counts.exceeded,
                Verdict::Met => &mut counts.met,
                Verdict::NeedsReview => &mut counts.needs_review,
                Verdict::Misquoted => &mut counts.misquoted,
                Verdict::Weaker => &mut counts.weaker,
                Verdict::Missing => &mut counts.missing,
            } += 1;
        }
        counts
    }
}

/// How an edition stands to its baseline.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Verdicts {
    /// The identifier of the edition.
    pub(crate) edition: String,
    #[serde(rename = "self")]
    pub(crate) link: Link,
    /// The edition that it is measured against.
    pub(crate) measured_against: String,
    /// The counts over all provisions of that edition.
    pub(crate) summary: Counts,
    /// Every service of that edition.
    pub(crate) services: Vec<ServiceVerdict>,
    /// How many local provisions answer nothing of it.
    pub(crate) additions: usize,
}

/// How an edition stands to one service of its baseline.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ServiceVerdict {
    /// The id of the service in the baseline.
    pub(crate) service: String,
    /// Its number there.
    pub(crate) number: u32,
    /// Its title there.
    pub(crate) title: Texts,
    /// The worst verdict of its provisions.
    pub(crate) verdict: Word<Verdict>,
    /// The counts over its provisions.
    pub(crate) summary: Counts,
}

impl From<&ServiceCoverage<'_>> for ServiceVerdict {
    fn from(known: &ServiceCoverage<'_>) -> Self {
        Self {
            service: known.service.id.value.clone(),
            number: known.service.number.value,
            title: Texts::from(&known.service.body.title),
            verdict: Word(known.verdict),
            summary: Counts::of(known.provisions.iter().map(|provision| provision.verdict)),
        }
    }
}

impl ApiDocument for Verdicts {
    const PATH: &'static str = "verdicts/{place}/{list}/{edition}.json";
    const ABOUT: &'static str = "How an edition stands to the edition above, in counts";

    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)> {
        let facts = &source.map.facts;
        let editions = facts.lists().flat_map(|shown| facts.shown_editions(shown.place, shown.list));
        let known = editions.filter_map(|edition| Some((edition, facts.analysis.coverage(edition)?)));
        let document = known.map(|(edition, coverage)| {
            let at = ApiRoute::verdicts(edition);
            let verdicts = Self {
                edition: edition.address(),
                link: Link(source.link(&at.route(), &at.route())),
                measured_against: coverage.baseline.address(),
                summary: Counts::of_list(coverage),
                services: coverage.services.iter().map(ServiceVerdict::from).collect(),
                additions: coverage.additions.len(),
            };
            (at, verdicts)
        });
        document.collect()
    }
}
