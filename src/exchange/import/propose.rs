//! Which provisions of the baseline a clause answers, by its wording.

use std::collections::BTreeSet;
use std::ops::{Deref, Range};
use std::sync::Arc;

use qingdan_reading::read::Reading;
use qingdan_reading::wording::Wording;

use super::clauses::{self, Sentence};
use super::understood::Candidate;
use crate::catalogue::{Edition, OfficialText, Provision, Service};
use crate::compare::{QuoteMatch, quote_match};
use crate::pairing::{self, LEAST_WEIGHT, Likely, MENTIONED, SAID, SAME_SERVICE};
pub(super) use crate::pairing::{Fit, percent};

/// From which confidence on an answer is proposed.
pub const PROPOSED: f64 = 0.4;
/// The same, in the service that a row fits best.
const PROPOSED_IN_SERVICE: f64 = 0.3;
/// From which confidence on what is left over in a row is proposed for what is left over in its service.
const LEFT_OVER: f64 = 0.12;
/// How much of a clause of the baseline another must have to answer it too.
const CONTAINED: f64 = 0.75;
/// Provisions that a person is offered for a clause.
const MOST_CANDIDATES: usize = 5;
/// Pieces of a sentence of which every division is tried.
const MOST_PIECES: usize = 12;

/// The words of a baseline, ready to be compared.
pub(super) struct Baseline<'a> {
    pairing: pairing::Baseline<'a>,
    likely: Likely<'a>,
}

impl<'a> Deref for Baseline<'a> {
    type Target = pairing::Baseline<'a>;

    fn deref(&self) -> &Self::Target {
        &self.pairing
    }
}

/// What a clause of the local list answers.
#[derive(Clone, Debug)]
pub(super) struct Proposal<'a> {
    /// The clause, as bytes of the cell.
    pub clause: Range<usize>,
    /// The member of its enumeration that is meant, as in the cell.
    pub focus: Option<String>,
    /// What it answers, the first most like it; none for an addition.
    pub covers: Vec<Answered<'a>>,
    /// What it is most like, where that is not enough.
    pub nearest: Option<Answered<'a>>,
}

/// A provision of the baseline, with how sure it is that a clause answers it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answered<'a> {
    pub service: &'a Service,
    pub provision: &'a Provision,
    /// From 0 to 1.
    pub confidence: f64,
    /// Whether the words are the same.
    pub is_same: bool,
}

impl Answered<'_> {
    /// Returns its address in the baseline.
    pub fn address(&self) -> String {
        format!("{}/{}", self.service.id.value, self.provision.id.value)
    }

    /// Tells whether nobody has to look at it any more: the words are the same, or a person chose it.
    pub fn is_sure(&self) -> bool {
        self.is_same || self.confidence >= 1.0
    }

    /// Returns the confidence in hundredths.
    pub fn percent(&self) -> u32 {
        percent(self.confidence)
    }
}

impl<'a> Baseline<'a> {
    pub fn new(edition: &'a Edition, wording: Arc<Wording>) -> Self {
        let pairing = pairing::Baseline::new(edition, wording);
        let likely = Likely::new(&pairing);
        Self { pairing, likely }
    }

    /// Returns the provisions that a clause is most like, five at most, the most like first.
    pub fn nearest(&self, clause: &str, fit: &Fit) -> Vec<Candidate> {
        let ranked = self.likely.ranked(&self.pairing, clause, fit);
        let candidate = |(service, provision, sure): (&Service, &Provision, f64)| Candidate {
            address: format!("{}/{}", service.id.value, provision.id.value),
            text: provision.focus.as_ref().unwrap_or(&provision.quote).value.clone(),
            percent: percent(sure),
        };
        ranked.into_iter().take(MOST_CANDIDATES).map(candidate).collect()
    }

    /// Returns the provision at an address, as an answer that a person chose.
    pub fn chosen(&self, address: &str, clause: &str) -> Option<Answered<'a>> {
        let (service, provision) = address.split_once('/')?;
        let service = self.edition.services.iter().find(|known| known.id.value == service)?;
        let provision = service.body.provisions.iter().find(|known| known.id.value == provision)?;
        let is_same = quote_match(&provision.quote.value, clause) == QuoteMatch::Same;
        Some(Answered { service, provision, confidence: 1.0, is_same })
    }

    /// Divides the content of a row into clauses and proposes what each answers.
    pub fn propose(&self, content: &str, fit: &Fit) -> Vec<Proposal<'a>> {
        let sentences = clauses::sentences(content);
        let clauses = sentences.iter().flat_map(|sentence| self.divide(content, sentence, fit));
        let mut proposals: Vec<Proposal<'a>> =
            clauses.flat_map(|clause| self.answers(content, clause, fit)).collect();
        let first: Vec<String> = proposals
            .iter()
            .filter_map(|own| Some(own.covers.first()?.provision.quote.value.clone()))
            .collect();
        // Words of which another clause of the row says more are not answered here as well.
        for proposal in &mut proposals {
            let Some(own) = proposal.covers.first().map(|answer| answer.provision.quote.value.clone()) else {
                continue;
            };
            proposal.covers.retain(|answer| {
                let quote = &answer.provision.quote.value;
                *quote == own || !first.contains(quote)
            });
        }
        self.pair_what_is_left(&mut proposals, content, fit);
        self.find_what_is_said(&mut proposals, content, fit);
        proposals
    }

    /// Proposes what is left over in a row for what is left over in its service: they are the likeliest to belong together.
    fn pair_what_is_left(&self, proposals: &mut [Proposal<'a>], content: &str, fit: &Fit) {
        let Some((best, _)) = self.best(fit).filter(|(_, like)| *like >= SAME_SERVICE) else { return };
        let mut answered: BTreeSet<*const Provision> = proposals
            .iter()
            .flat_map(|proposal| &proposal.covers)
            .map(|answer| std::ptr::from_ref(answer.provision))
            .collect();
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (place, proposal) in
            proposals.iter().enumerate().filter(|(_, proposal)| proposal.covers.is_empty())
        {
            for (at, sure) in self.ranked(&content[proposal.clause.clone()], fit) {
                if std::ptr::eq(&self.edition.services[self.clauses[at].service], best) && sure >= LEFT_OVER {
                    pairs.push((sure, place, at));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (confidence, place, at) in pairs {
            let clause = &self.clauses[at];
            let free: Vec<&'a Provision> = clause
                .provisions
                .iter()
                .copied()
                .filter(|provision| !answered.contains(&std::ptr::from_ref(*provision)))
                .collect();
            if !proposals[place].covers.is_empty() || free.is_empty() {
                continue;
            }
            answered.extend(free.iter().map(|provision| std::ptr::from_ref(*provision)));
            let answer = |provision| Answered { service: best, provision, confidence, is_same: false };
            proposals[place].covers = free.into_iter().map(answer).collect();
        }
    }

    /// Proposes clauses for what nothing in the row answers yet, where they have the words of it: all of them, or most
    /// in the service that the row fits.
    fn find_what_is_said(&self, proposals: &mut [Proposal<'a>], content: &str, fit: &Fit) {
        let best = self.best(fit).map(|(service, _)| std::ptr::from_ref(service));
        let answered: BTreeSet<*const Provision> = proposals
            .iter()
            .flat_map(|proposal| &proposal.covers)
            .map(|answer| std::ptr::from_ref(answer.provision))
            .collect();
        let readings: Vec<Reading> = proposals
            .iter()
            .map(|proposal| Reading::new(&content[proposal.clause.clone()], &self.wording))
            .collect();
        for clause in &self.clauses {
            let service = &self.edition.services[clause.service];
            let likely = fit.of(clause.service) >= SAME_SERVICE || best == Some(std::ptr::from_ref(service));
            for provision in clause.provisions.iter().copied() {
                if answered.contains(&std::ptr::from_ref(provision)) {
                    continue;
                }
                let meant = provision.focus.as_ref().unwrap_or(&provision.quote).value.as_str();
                let wanted = Reading::new(meant, &self.wording);
                let weight = wanted.weight(0);
                let shared: Vec<usize> = readings.iter().map(|reading| reading.shares(&wanted)).collect();
                let shares = |at: usize| shared[at];
                let is_free = |at: usize| proposals[at].covers.is_empty();
                let fits = |at: &usize| {
                    let all = weight >= LEAST_WEIGHT && readings[*at].has_all_of(&wanted);
                    // Words as general as 相关服务 are answered by what nothing else is answered by.
                    let general = likely && weight < 2 && is_free(*at);
                    let verbatim =
                        || OfficialText::new(&content[proposals[*at].clause.clone()]).find(meant).is_some();
                    (all && (likely || is_free(*at)))
                        || (likely && verbatim())
                        || (likely && weight > 0 && shares(*at) * 2 >= weight)
                        || general
                };
                let found = (0..proposals.len())
                    .filter(fits)
                    .max_by_key(|at| (shares(*at), is_free(*at), std::cmp::Reverse(*at)));
                if let Some(at) = found {
                    proposals[at].covers.push(Answered {
                        service,
                        provision,
                        confidence: SAID,
                        is_same: false,
                    });
                }
            }
        }
    }

    /// Joins the pieces of a sentence into clauses: so that they are as like those of the baseline as can be.
    fn divide(&self, content: &str, pieces: &Sentence, fit: &Fit) -> Vec<Range<usize>> {
        if pieces.len() < 2 || pieces.len() > MOST_PIECES {
            return pieces.clone();
        }
        // best[n]: the worth of the first n pieces, and where their last clause starts.
        let mut best: Vec<(f64, usize)> = vec![(0.0, 0)];
        for end in 1..=pieces.len() {
            let options =
                (0..end).map(|from| (best[from].0 + self.worth(content, pieces, from..end, fit), from));
            best.push(options.max_by(|a, b| a.0.total_cmp(&b.0)).expect("a clause has a piece"));
        }
        let (mut clauses, mut end) = (Vec::new(), pieces.len());
        while end > 0 {
            let from = best[end].1;
            clauses.push(pieces[from].start..pieces[end - 1].end);
            end = from;
        }
        clauses.reverse();
        clauses
    }

    /// Returns what it is worth to take these pieces for one clause.
    fn worth(&self, content: &str, pieces: &Sentence, which: Range<usize>, fit: &Fit) -> f64 {
        let text = &content[pieces[which.start].start..pieces[which.end - 1].end];
        let like = self.ranked(text, fit).first().map_or(0.0, |(_, like)| *like);
        let whole = which.start == 0
            || clauses::looks_whole(
                &content[pieces[which.start - 1].clone()],
                &content[pieces[which.start].clone()],
            );
        let held_together = which.skip(1).filter(|at| {
            clauses::looks_whole(&content[pieces[at - 1].clone()], &content[pieces[*at].clone()])
        });
        let length = u32::try_from(text.chars().count()).map_or(0.0, f64::from);
        let looks = if whole { 0.05 } else { -0.05 }
            - 0.05 * f64::from(u32::try_from(held_together.count()).unwrap_or(0));
        length * (like + looks)
    }

    /// Returns what one clause answers: one proposal, or one for each member of an enumeration that the baseline divides.
    fn answers(&self, content: &str, clause: Range<usize>, fit: &Fit) -> Vec<Proposal<'a>> {
        let text = &content[clause.clone()];
        let ranked = self.ranked(text, fit);
        let own = |covers, nearest| Proposal { clause: clause.clone(), focus: None, covers, nearest };
        let Some((first, confidence)) = ranked.first().copied() else { return vec![own(Vec::new(), None)] };
        let same = |at: usize| quote_match(self.clauses[at].quote, text) == QuoteMatch::Same;
        let confidence = if same(first) { 1.0 } else { confidence };
        let service_of = |at: usize| &self.edition.services[self.clauses[at].service];
        let answered = |at: usize, provision: &'a Provision, confidence: f64| Answered {
            service: service_of(at),
            provision,
            confidence,
            is_same: same(at),
        };
        let in_best = self
            .best(fit)
            .is_some_and(|(best, like)| like >= SAME_SERVICE && std::ptr::eq(best, service_of(first)));
        if confidence < if in_best { PROPOSED_IN_SERVICE } else { PROPOSED } {
            let nearest = (confidence >= MENTIONED)
                .then(|| answered(first, self.clauses[first].provisions[0], confidence));
            return vec![own(Vec::new(), nearest)];
        }
        // Words that hold another clause of the baseline as well answer both.
        let service = self.clauses[first].service;
        let within = self.quotes.within(text, &self.wording);
        let others = ranked.iter().skip(1).take(4).filter(|(at, _)| {
            !same(first) && self.clauses[*at].service == service && within[*at] >= CONTAINED
        });
        let found: Vec<(usize, f64)> = std::iter::once((first, confidence)).chain(others.copied()).collect();
        if let ([(at, confidence)], true) = (found.as_slice(), self.clauses[first].provisions.len() > 1) {
            let members = self.members(text, *at, |provision| answered(*at, provision, *confidence));
            let proposal = |(focus, covers): (Option<String>, Answered<'a>)| Proposal {
                clause: clause.clone(),
                focus,
                covers: vec![covers],
                nearest: None,
            };
            if !members.is_empty() {
                return members.into_iter().map(proposal).collect();
            }
        }
        let covers = found.into_iter().flat_map(|(at, confidence)| {
            self.clauses[at]
                .provisions
                .iter()
                .map(move |provision| answered(at, provision, confidence))
                .collect::<Vec<_>>()
        });
        vec![own(covers.collect(), None)]
    }

    /// Finds the members of an enumeration that the baseline divides in the words of the local list.
    fn members(
        &self,
        text: &str,
        at: usize,
        answered: impl Fn(&'a Provision) -> Answered<'a>,
    ) -> Vec<(Option<String>, Answered<'a>)> {
        // 流动儿童符合条件的，准予甲、乙: what stands before the comma is about all of them.
        let members = clauses::members(text);
        let members: Vec<&str> =
            members.iter().map(|member| member.rsplit(['，', ',']).next().unwrap_or(member)).collect();
        let official = OfficialText::new(text);
        let found = self.clauses[at].provisions.iter().filter_map(|provision| {
            let focus = provision.focus.as_ref().map(|focus| focus.value.as_str())?;
            if official.find(focus).is_some() {
                return Some((Some(focus.to_owned()), answered(provision)));
            }
            // The member that says the same in other words.
            let member = members
                .iter()
                .find(|member| Reading::new(member, &self.wording).holds_all(focus, &self.wording))?;
            Some((Some((*member).to_owned()), answered(provision)))
        });
        found.collect()
    }
}

/// Divides a cell into clauses where there is no baseline to go by.
pub(super) fn alone(content: &str) -> Vec<Range<usize>> {
    let mut clauses: Vec<Range<usize>> = Vec::new();
    for sentence in clauses::sentences(content) {
        let mut open: Option<Range<usize>> = None;
        for piece in sentence {
            match open.take() {
                Some(before) if !clauses::looks_whole(&content[before.clone()], &content[piece.clone()]) => {
                    open = Some(before.start..piece.end);
                }
                before => {
                    clauses.extend(before);
                    open = Some(piece);
                }
            }
        }
        clauses.extend(open);
    }
    clauses
}
