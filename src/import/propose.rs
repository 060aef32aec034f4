//! Which provisions of the baseline a clause answers, by its wording.

use std::ops::Range;

use super::clauses::{self, Sentence};
use super::likeness::Grams;
use super::reversal::{self, Reversal};
use crate::catalogue::{Edition, OfficialText, Provision, Service};
use crate::compare::{Likeness, likeness};

/// From which confidence on an answer is proposed.
pub const PROPOSED: f64 = 0.5;
/// From which confidence on a person is told what a clause is most like.
pub(super) const MENTIONED: f64 = 0.35;
/// How alike a member of an enumeration must be to the one it answers.
const SAME_MEMBER: f64 = 0.6;
/// How much of a clause of the baseline another must have to answer it too.
const CONTAINED: f64 = 0.8;
/// Pieces of a sentence of which every division is tried.
const MOST_PIECES: usize = 12;

/// The words of a baseline, ready to be compared.
pub(super) struct Baseline<'a> {
    pub edition: &'a Edition,
    services: Vec<Known<'a>>,
    clauses: Vec<Clause<'a>>,
}

struct Known<'a> {
    service: &'a Service,
    title: Grams,
    content: Grams,
}

/// One quote of the baseline with the provisions made of it.
struct Clause<'a> {
    service: usize,
    quote: &'a str,
    grams: Grams,
    provisions: Vec<&'a Provision>,
}

/// How well each service of the baseline fits a row, from 0 to 1.
pub(super) struct Fit(Vec<f64>);

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
    /// What it would answer if a word did not turn it round.
    pub stopped: Option<(Answered<'a>, Reversal)>,
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

    /// Returns the confidence in hundredths.
    pub fn percent(&self) -> u32 {
        percent(self.confidence)
    }
}

/// Returns a share in hundredths.
pub(super) fn percent(share: f64) -> u32 {
    let wanted = (share.clamp(0.0, 1.0) * 100.0).round();
    (0..=100).find(|number| f64::from(*number) >= wanted).unwrap_or(100)
}

impl<'a> Baseline<'a> {
    pub fn new(edition: &'a Edition) -> Self {
        let words = |text: &crate::lang::Localized| Grams::new(&text.reference().value);
        let known = |service: &'a Service| Known {
            service,
            title: words(&service.body.title),
            content: words(&service.body.content),
        };
        let mut all: Vec<Clause<'a>> = Vec::new();
        for (at, service) in edition.services.iter().enumerate() {
            for provision in &service.body.provisions {
                let quote = provision.quote.value.as_str();
                match all.iter_mut().rev().find(|clause| clause.service == at && clause.quote == quote) {
                    Some(clause) => clause.provisions.push(provision),
                    None => all.push(Clause {
                        service: at,
                        quote,
                        grams: Grams::new(quote),
                        provisions: vec![provision],
                    }),
                }
            }
        }
        Self { edition, services: edition.services.iter().map(known).collect(), clauses: all }
    }

    /// Returns how well each service fits a row with this title and content.
    pub fn fit(&self, title: &str, content: &str) -> Fit {
        let (title, content) = (Grams::new(title), Grams::new(content));
        let fit = |known: &Known<'_>| {
            let (title, content) = (title.like(&known.title), content.like(&known.content));
            // The same title is the same service, however its content was written anew.
            (0.4 * title + 0.6 * content).max(if title >= 1.0 { 0.5 } else { 0.0 })
        };
        Fit(self.services.iter().map(fit).collect())
    }

    /// Returns the service that fits best, and how well.
    pub fn best(&self, fit: &Fit) -> Option<(&'a Service, f64)> {
        let best = fit.0.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))?;
        Some((self.services[best.0].service, *best.1))
    }

    /// Divides the content of a row into clauses and proposes what each answers.
    pub fn propose(&self, content: &str, fit: &Fit) -> Vec<Proposal<'a>> {
        let sentences = clauses::sentences(content);
        let clauses = sentences.iter().flat_map(|sentence| self.divide(content, sentence, fit));
        let mut proposals: Vec<Proposal<'a>> =
            clauses.flat_map(|clause| self.answers(content, clause, fit)).collect();
        proposals.iter_mut().for_each(|proposal| stop_reversed(proposal, content));
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
        proposals
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
        let grams = Grams::new(text);
        let like = self.ranked(&grams, fit).first().map_or(0.0, |(_, like)| *like);
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

    /// Returns the clauses of the baseline by how sure it is that these words answer them.
    fn ranked(&self, grams: &Grams, fit: &Fit) -> Vec<(usize, f64)> {
        let sure =
            |clause: &Clause<'_>| 0.8 * grams.like(&clause.grams) + 0.2 * fit.0[clause.service].min(1.0);
        let mut ranked: Vec<(usize, f64)> =
            self.clauses.iter().map(sure).enumerate().filter(|(_, sure)| *sure > 0.2).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
    }

    /// Returns what one clause answers: one proposal, or one for each member of an enumeration that the baseline divides.
    fn answers(&self, content: &str, clause: Range<usize>, fit: &Fit) -> Vec<Proposal<'a>> {
        let text = &content[clause.clone()];
        let grams = Grams::new(text);
        let ranked = self.ranked(&grams, fit);
        let own = |covers, nearest| Proposal {
            clause: clause.clone(),
            focus: None,
            covers,
            nearest,
            stopped: None,
        };
        let Some((first, confidence)) = ranked.first().copied() else { return vec![own(Vec::new(), None)] };
        let same = |at: usize| likeness(self.clauses[at].quote, text) == Likeness::Same;
        let confidence = if same(first) { 1.0 } else { confidence };
        let answered = |at: usize, provision: &'a Provision, confidence: f64| Answered {
            service: self.services[self.clauses[at].service].service,
            provision,
            confidence,
            is_same: same(at),
        };
        if confidence < PROPOSED {
            let nearest = (confidence >= MENTIONED)
                .then(|| answered(first, self.clauses[first].provisions[0], confidence));
            return vec![own(Vec::new(), nearest)];
        }
        // Words that hold another clause of the baseline as well answer both.
        let service = self.clauses[first].service;
        let others = ranked.iter().skip(1).take(4).filter(|(at, _)| {
            !same(first)
                && self.clauses[*at].service == service
                && self.clauses[*at].grams.within(&grams) >= CONTAINED
                && self.clauses[first].grams.within(&grams) >= CONTAINED
        });
        let found: Vec<(usize, f64)> = std::iter::once((first, confidence)).chain(others.copied()).collect();
        if let ([(at, confidence)], true) = (found.as_slice(), self.clauses[first].provisions.len() > 1) {
            let members = self.members(text, *at, |provision| answered(*at, provision, *confidence));
            let proposal = |(focus, covers): (Option<String>, Answered<'a>)| Proposal {
                clause: clause.clone(),
                focus,
                covers: vec![covers],
                nearest: None,
                stopped: None,
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
        let members = clauses::members(text);
        let official = OfficialText::new(text);
        let found = self.clauses[at].provisions.iter().filter_map(|provision| {
            let focus = provision.focus.as_ref().map(|focus| focus.value.as_str())?;
            if official.find(focus).is_some() {
                return Some((Some(focus.to_owned()), answered(provision)));
            }
            let wanted = Grams::new(focus);
            let near = members.iter().map(|member| (member, Grams::new(member))).map(|(member, grams)| {
                // A member may have the verb of the whole enumeration before it.
                (*member, wanted.like(&grams).max(wanted.within(&grams)))
            });
            let (member, like) = near.max_by(|a, b| a.1.total_cmp(&b.1))?;
            let mut answer = answered(provision);
            answer.confidence = answer.confidence.min(like);
            (like >= SAME_MEMBER).then(|| (Some(member.to_owned()), answer))
        });
        found.collect()
    }
}

/// Takes back what a clause is to answer where a word turns one of the two round: a person has to look at it.
fn stop_reversed(proposal: &mut Proposal<'_>, content: &str) {
    let own = &content[proposal.clause.clone()];
    let mut stopped = None;
    proposal.covers.retain(|answer| {
        let reversal =
            if answer.is_same { None } else { reversal::between(own, &answer.provision.quote.value) };
        stopped = stopped.or(reversal.map(|reversal| (*answer, reversal)));
        reversal.is_none()
    });
    proposal.stopped = stopped;
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
