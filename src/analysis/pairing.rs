//! Which provisions of a baseline a clause is like, by its words, its service and its audience.
//!
//! One ranking for all who pair what does not name each other: `import` proposes by it what a clause of a table answers,
//! `coverage` what a list answers that says nothing of the one it is held against ([`Pairs`]).

mod likely;

use std::collections::BTreeMap;
use std::sync::Arc;

use qingdan_reading::likeness::Ranking;
use qingdan_reading::read::Reading;
use qingdan_reading::wording::Wording;

use crate::catalogue::{Edition, EditionRef, Provision, Service};
use crate::compare::{Offer, QuoteMatch, quote_match};

pub use likely::Likely;

/// From which confidence on a person is told what a clause is most like.
pub const MENTIONED: f64 = 0.2;
/// How sure it is that words answer a provision that have all of its words, and more.
pub const SAID: f64 = 0.3;
/// How well the service must fit whose clauses are preferred.
pub const SAME_SERVICE: f64 = 0.35;
/// How many characters a provision must have that say something for it to be found anywhere.
pub const LEAST_WEIGHT: usize = 4;
/// How well a service fits that has the same title or id, however its content was written anew.
const SAME_NAME: f64 = 0.5;
/// What it counts that a clause has all that another is about, whatever else it speaks of.
const WITHIN: f64 = 0.6;
/// How like a clause must be to be ranked at all.
const LEAST_LIKE: f64 = 0.1;
/// How many clauses are kept for each provision, the likest first.
const MOST_ALIKE: usize = 5;

/// The words of a baseline, ready to be compared.
#[derive(Debug)]
pub struct Baseline<'a> {
    /// The baseline.
    pub edition: &'a Edition,
    /// Its quotes, each once a service.
    pub clauses: Vec<Clause<'a>>,
    /// The quotes, in the order of the clauses.
    pub quotes: Ranking,
    /// The words that all of it is read by.
    pub wording: Arc<Wording>,
    titles: Ranking,
    audiences: Ranking,
    contents: Ranking,
}

/// One quote of the baseline with the provisions made of it.
#[derive(Debug)]
pub struct Clause<'a> {
    /// Its service, by its place in the baseline.
    pub service: usize,
    /// The quote.
    pub quote: &'a str,
    /// The provisions.
    pub provisions: Vec<&'a Provision>,
}

/// How well each service of the baseline fits a row, from 0 to 1.
#[derive(Clone, Debug)]
pub struct Fit(Vec<f64>);

impl Fit {
    /// Returns how well the service at this place fits.
    pub fn of(&self, service: usize) -> f64 {
        self.0[service]
    }
}

impl<'a> Baseline<'a> {
    /// Takes in a baseline.
    pub fn new(edition: &'a Edition, wording: Arc<Wording>) -> Self {
        let mut all: Vec<Clause<'a>> = Vec::new();
        for (at, service) in edition.services.iter().enumerate() {
            for provision in &service.body.provisions {
                let quote = provision.quote.value.as_str();
                match all.iter_mut().rev().find(|clause| clause.service == at && clause.quote == quote) {
                    Some(clause) => clause.provisions.push(provision),
                    None => all.push(Clause { service: at, quote, provisions: vec![provision] }),
                }
            }
        }
        let of = |text: fn(&Service) -> &str| Ranking::new(edition.services.iter().map(text), &wording);
        let titles = of(title);
        let audiences = of(audience);
        let contents = of(content);
        let quotes = Ranking::new(all.iter().map(|clause| clause.quote), &wording);
        Self { edition, clauses: all, titles, audiences, contents, quotes, wording }
    }

    /// Returns how well each service fits a row with this title, audience and content.
    pub fn fit(&self, title: &str, audience: &str, content: &str) -> Fit {
        let like = |ranking: &Ranking, text: &str| ranking.like(text, &self.wording);
        let (titles, audiences) = (like(&self.titles, title), like(&self.audiences, audience));
        let contents = like(&self.contents, content);
        let fit = |at: usize| {
            let whole = 0.35 * titles[at] + 0.15 * audiences[at] + 0.5 * contents[at];
            // The same title is the same service, however its content was written anew.
            whole.max(if titles[at] >= 0.99 { SAME_NAME } else { 0.0 })
        };
        Fit((0..self.edition.services.len()).map(fit).collect())
    }

    /// Returns how well each service fits one of another list; the same id is the same service.
    fn fit_of(&self, service: &Service) -> Fit {
        let mut fit = self.fit(title(service), audience(service), content(service));
        for (known, fit) in self.edition.services.iter().zip(&mut fit.0) {
            if known.id.value == service.id.value {
                *fit = fit.max(SAME_NAME);
            }
        }
        fit
    }

    /// Returns the service that fits best, and how well.
    pub fn best(&self, fit: &Fit) -> Option<(&'a Service, f64)> {
        let best = fit.0.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))?;
        Some((&self.edition.services[best.0], *best.1))
    }

    /// Returns the clauses of the baseline by how sure it is that these words answer them.
    pub fn ranked(&self, text: &str, fit: &Fit) -> Vec<(usize, f64)> {
        let like = self.quotes.like(text, &self.wording);
        let sure = |at: usize| 0.75 * like[at] + 0.25 * fit.0[self.clauses[at].service].min(1.0);
        let mut ranked: Vec<(usize, f64)> = (0..self.clauses.len())
            .map(|at| (at, sure(at)))
            .filter(|(at, sure)| *sure > 0.15 && like[*at] > 0.05)
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
    }
}

fn title(service: &Service) -> &str {
    &service.body.title.reference().value
}

fn audience(service: &Service) -> &str {
    &service.body.audience.text.reference().value
}

fn content(service: &Service) -> &str {
    &service.body.content.reference().value
}

/// Returns the words of a provision that are meant.
fn meant(provision: &Provision) -> &str {
    provision.focus.as_ref().unwrap_or(&provision.quote).value.as_str()
}

/// A clause that may answer a provision, with how sure that is.
#[derive(Clone, Copy, Debug)]
pub struct Alike<'a> {
    /// The clause.
    pub offer: Offer<'a>,
    /// From 0 to 1.
    pub sure: f64,
    /// Whether the words are the same.
    pub is_same: bool,
    /// Whether its service is like that of the provision.
    pub is_in_like_service: bool,
}

impl Alike<'_> {
    /// Returns how sure it is in hundredths.
    pub fn percent(&self) -> u32 {
        percent(self.sure)
    }
}

/// Returns a share in hundredths.
pub fn percent(share: f64) -> u32 {
    let wanted = (share.clamp(0.0, 1.0) * 100.0).round();
    (0..=100).find(|number| f64::from(*number) >= wanted).unwrap_or(100)
}

/// For each provision of a baseline, by its address, the clauses of another list that are most like it.
#[derive(Debug)]
pub struct Pairs<'a>(BTreeMap<String, Vec<Alike<'a>>>);

/// A provision of the baseline that clauses are held against.
struct Wanted<'a> {
    address: String,
    /// Its clause and its service, by their places.
    clause: usize,
    service: usize,
    provision: &'a Provision,
    reading: Reading,
}

impl Wanted<'_> {
    /// Tells whether it says enough to be known by its words wherever they stand.
    fn is_weighty(&self) -> bool {
        self.reading.weight(0) >= LEAST_WEIGHT
    }

    /// Returns how near a clause comes that is so like it, and has so much of what it is about.
    fn near(&self, like: f64, within: f64) -> f64 {
        if self.is_weighty() { like.max(within * WITHIN) } else { like }
    }
}

/// Returns the provisions of a baseline in its order.
fn wanted<'a>(known: &Baseline<'a>, wording: &Wording) -> Vec<Wanted<'a>> {
    let clauses = known.clauses.iter().enumerate();
    let all =
        clauses.flat_map(|(at, clause)| clause.provisions.iter().map(move |known| (at, clause, *known)));
    all.map(|(clause, Clause { service, .. }, provision)| Wanted {
        address: format!("{}/{}", known.edition.services[*service].id.value, provision.id.value),
        clause,
        service: *service,
        provision,
        reading: Reading::new(meant(provision), wording),
    })
    .collect()
}

impl<'a> Pairs<'a> {
    /// Pairs two lists of which neither says what it answers in the other.
    pub fn new(local: EditionRef<'a>, baseline: &'a Edition, wording: &Arc<Wording>) -> Self {
        let known = Baseline::new(baseline, wording.clone());
        let wanted = wanted(&known, wording);
        let parts = Ranking::new(wanted.iter().map(|wanted| meant(wanted.provision)), wording);
        let mut pairs: BTreeMap<String, Vec<Alike<'a>>> = BTreeMap::new();
        for service in &local.edition.services {
            let fit = known.fit_of(service);
            for provision in &service.body.provisions {
                let (quote, words) = (provision.quote.value.as_str(), meant(provision));
                let own = Reading::new(words, wording);
                let (whole, within) =
                    (known.quotes.like(quote, wording), known.quotes.within(quote, wording));
                let (part, part_within) = (parts.like(words, wording), parts.within(words, wording));
                for (at, wanted) in wanted.iter().enumerate() {
                    let (above, fits) = (wanted.provision, fit.of(wanted.service).min(1.0));
                    let whole = wanted.near(whole[wanted.clause], within[wanted.clause]);
                    // Of a sentence that is divided, the part counts that is meant.
                    let is_divided = above.focus.is_some() || provision.focus.is_some();
                    let part = if is_divided { wanted.near(part[at], part_within[at]) } else { whole };
                    let like = f64::midpoint(whole, part);
                    if like < LEAST_LIKE {
                        continue;
                    }
                    let holds = wanted.is_weighty() && own.has_all_of(&wanted.reading);
                    let sure = (0.75 * like + 0.25 * fits).max(if holds { SAID } else { 0.0 });
                    let is_same = quote_match(meant(above), words) == QuoteMatch::Same
                        && quote_match(&above.quote.value, quote) == QuoteMatch::Same;
                    pairs.entry(wanted.address.clone()).or_default().push(Alike {
                        offer: Offer { place: local.place, service, provision },
                        sure: if is_same { 1.0 } else { sure },
                        is_same,
                        is_in_like_service: fits >= SAME_SERVICE,
                    });
                }
            }
        }
        for alike in pairs.values_mut() {
            // The sort is stable: of those as sure the first in the list comes first.
            let rank = |alike: &Alike<'_>| (alike.is_same && alike.is_in_like_service, alike.sure);
            alike.sort_by(|a, b| {
                let (a, b) = (rank(a), rank(b));
                b.0.cmp(&a.0).then(b.1.total_cmp(&a.1))
            });
            alike.truncate(MOST_ALIKE);
        }
        Self(pairs)
    }

    /// Returns what is most like the provision at `service/provision`, the likest first.
    pub fn of(&self, address: &str) -> &[Alike<'a>] {
        self.0.get(address).map_or(&[], Vec::as_slice)
    }
}
