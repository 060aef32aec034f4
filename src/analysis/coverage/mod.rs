//! Is a list lower than its baseline? A verdict for every single provision, with its reason.
//!
//! ```text
//! edition ─ answers by baseline provision ─ compare ─ alternatives ─ reviews ─▶ Coverage
//! ```
//! What answers what: a provision of an adopted service answers its own original; others say `covers`.
//! Local provisions that answer nothing are additions: listed, never counted. Lists that do not name each other are held
//! against each other by likeness ([`hold_alike`]), and what nobody has confirmed is told as a question.

mod alternatives;
mod answers;
mod beside;
mod guessed;
mod proposed;
mod queries;
mod reviews;
mod taken_back;

use std::collections::BTreeSet;
use std::sync::Arc;

use answers::Answers;
use qingdan_reading::library::Library;
pub use queries::{FindCoverage, QueryStatus, queries};
use rayon::prelude::*;
pub use reviews::{TextDigests, is_too_old};
use taken_back::TakenBack;

use crate::catalogue::{
    Catalogue, Decision, EditionRef, OfficialText, Orders, PlacePath, Provision, Review, Service,
};
use crate::compare::{
    Contradiction, Offer, Order, Readings, Step, Terms, Verdict, Weighed, offers, said_besides, similarity,
    weigh_each,
};
use crate::date::Date;
use crate::diagnostic::Message;
use crate::pairing::{Alike, Pairs};
use crate::schema::{KeyLanguage, name_keys};
use crate::text;

/// How an edition stands to its baseline.
#[derive(Clone, Debug)]
pub struct Coverage<'a> {
    /// The edition.
    pub local: EditionRef<'a>,
    /// Its baseline.
    pub baseline: EditionRef<'a>,
    /// Every service of the baseline, in its order.
    pub services: Vec<ServiceCoverage<'a>>,
    /// Local provisions that answer nothing of the baseline.
    pub additions: Vec<Offer<'a>>,
    /// Whether the list says nothing of this baseline, so that clauses were paired by likeness.
    pub by_likeness: bool,
}

/// How an edition stands to one service of its baseline.
#[derive(Clone, Debug)]
pub struct ServiceCoverage<'a> {
    /// The service of the baseline.
    pub service: &'a Service,
    /// The worst of its provisions; exceeded if one is and none is worse than met.
    pub verdict: Verdict,
    /// Every provision, in its order.
    pub provisions: Vec<ProvisionCoverage<'a>>,
}

/// How an edition stands to one provision of its baseline.
#[derive(Clone, Debug)]
pub struct ProvisionCoverage<'a> {
    /// The provision of the baseline, with its service.
    pub baseline: Offer<'a>,
    /// The verdict, after alternatives and reviews.
    pub verdict: Verdict,
    /// Where the sides differ, the gravest first.
    pub steps: Vec<Step>,
    /// The local provisions that answer it; those that the verdict rests on come first.
    pub covered_by: Vec<Offer<'a>>,
    /// Digests of the two texts, which a review holds, where a person has or had to decide.
    pub texts: Option<TextDigests>,
    /// What a verdict that is good enough rests on.
    pub evidence: Option<Evidence>,
    /// On how many of `covered_by` it rests.
    pub rested: usize,
    /// What people decided, if it decided the verdict.
    pub review: Option<&'a Review>,
    /// A review of other texts, or one that names none, where a person still has to decide.
    pub unbound: Option<&'a Review>,
    /// For a missing one, the local provision most like it.
    pub nearest: Option<Offer<'a>>,
    /// Whether nobody said what answers it, so that clauses were paired by likeness.
    pub by_likeness: bool,
    /// What it is most like, where a list says nothing of its baseline, the likest first: that is what answers it, if it is
    /// like enough.
    pub alike: Vec<Alike<'a>>,
    /// In which language the file of the list writes keys.
    pub keys: KeyLanguage,
}

/// What a verdict of met, or exceeded, rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The words are those of the baseline, and nothing takes them back.
    SameWords,
    /// What the words say and what the fields declare agree, and both are as good.
    BothReadings,
    /// A person decided.
    Review,
}

/// How many local provisions are held against missing ones, all together, to find the one most like each: a list in which
/// more are missing is not mended one by one.
const MOST_LIKENESSES: usize = 20_000;

/// How many further answers to one provision are read beside those that its verdict rests on: nobody gives as many.
const MOST_BESIDES: usize = 16;

/// How alike a local provision must be to be worth offering, from 0 to 1.
const WORTH_OFFERING: f64 = 0.35;

/// Returns how `local` stands to the baseline it names, or to the edition at `against`. `None` if there is
/// no such baseline.
pub fn cover<'a>(
    catalogue: &'a Catalogue,
    local: EditionRef<'a>,
    against: Option<&str>,
) -> Option<Coverage<'a>> {
    let address =
        against.or_else(|| local.edition.measured_against.as_ref().map(|address| address.value.as_str()))?;
    let baseline = catalogue.edition(address)?;
    Some(hold_against(catalogue, local, baseline))
}

/// Returns how `local` stands to `baseline`.
pub fn hold_against<'a>(
    catalogue: &'a Catalogue,
    local: EditionRef<'a>,
    baseline: EditionRef<'a>,
) -> Coverage<'a> {
    held(catalogue, local, baseline, None)
}

/// Returns how `local` stands to a `baseline` of which it says nothing: clauses are paired by likeness.
pub fn hold_alike<'a>(
    catalogue: &'a Catalogue,
    local: EditionRef<'a>,
    baseline: EditionRef<'a>,
) -> Coverage<'a> {
    let issued = local.edition.dates.get("issued").map(|date| date.value);
    let pairs = Pairs::new(local, baseline.edition, catalogue.library_of(baseline.place, issued).words());
    held(catalogue, local, baseline, Some(&pairs))
}

fn held<'a>(
    catalogue: &'a Catalogue,
    local: EditionRef<'a>,
    baseline: EditionRef<'a>,
    pairs: Option<&Pairs<'a>>,
) -> Coverage<'a> {
    let issued = local.edition.dates.get("issued").map(|date| date.value);
    let library = catalogue.library_of(baseline.place, issued);
    let mut readings = Readings::new(library.clone());
    readings.learn(offers(baseline).chain(offers(local)));
    let order = Order::new(orders(catalogue, baseline, issued));
    let mut terms = Terms::new(catalogue, order, local.edition.keys, readings, [baseline.place, local.place]);
    terms.guessed = guessed::guessed(local);
    let answers = match pairs {
        Some(pairs) => Answers::alike(pairs, baseline),
        None => Answers::of(catalogue, local, baseline),
    };
    let unanswered: Vec<Offer<'a>> = offers(local).filter(|offer| !answers.has(offer)).collect();
    // A clause of the baseline grants something, whether the list says what it answers or not.
    let folded = |offer: &Offer<'_>| OfficialText::new(&offer.provision.quote.value).folded().to_vec();
    let granted: BTreeSet<Vec<char>> = if unanswered.is_empty() {
        BTreeSet::new()
    } else {
        offers(baseline).map(|offer| folded(&offer)).collect()
    };
    let own: Vec<Offer<'a>> =
        unanswered.iter().filter(|offer| !granted.contains(&folded(offer))).copied().collect();
    let elsewhere = taken_back::clauses(local, &own, library);
    let missing = offers(baseline).filter(|offer| answers.to(&offer.address()).is_empty()).count();
    let offered = match pairs {
        Some(_) => 0,
        None => unanswered.len().min(MOST_LIKENESSES / missing.max(1)),
    };
    let services = baseline.edition.services.par_iter().map(|service| {
        let provisions = service.body.provisions.par_iter().map(|provision| {
            let above = Offer { place: baseline.place, service, provision };
            let unanswered = &unanswered[..offered];
            let by_likeness = pairs.is_some();
            let around = Around { local, baseline, unanswered, elsewhere: &elsewhere, by_likeness };
            let mut known = assess(above, answers.to(&above.address()), &around, &terms);
            if let Some(pairs) = pairs {
                proposed::doubt(&mut known, pairs.of(&above.address()), &terms);
            }
            match known.nearest.filter(|near| terms.guessed.contains(&near.provision.id.span)) {
                // That nothing answers was guessed as well.
                Some(near) => proposed::guess(above, near, &Around { by_likeness: true, ..around }, &terms),
                None => known,
            }
        });
        let mut provisions: Vec<ProvisionCoverage<'a>> = provisions.collect();
        alternatives::rest_on(&mut provisions);
        let verdict = Verdict::of_parts(provisions.iter().map(|provision| provision.verdict));
        ServiceCoverage { service, verdict, provisions }
    });
    let services = services.collect();
    Coverage { local, baseline, services, additions: unanswered, by_likeness: pairs.is_some() }
}

/// Returns where the words and the fields of a list disagree, of what it writes out itself, in its order.
pub fn contradictions<'a>(
    catalogue: &'a Catalogue,
    issue: EditionRef<'a>,
) -> Vec<(Offer<'a>, Contradiction)> {
    let issued = issue.edition.dates.get("issued").map(|date| date.value);
    let order = Order::new(orders(catalogue, issue, issued));
    let readings = Readings::new(library(catalogue, issue).clone());
    let terms = Terms::new(catalogue, order, issue.edition.keys, readings, [issue.place, issue.place]);
    let own = offers(issue).filter(|offer| offer.service.adopted.is_none());
    own.flat_map(|offer| {
        let found = crate::compare::contradictions(offer, &terms.readings.of(offer), &terms);
        found.into_iter().map(move |found| (offer, found))
    })
    .collect()
}

/// Returns the orders for lists measured against `baseline`: of the nearest place that has some the newest
/// rule, or that in force on the day `on`.
pub fn orders<'a>(catalogue: &'a Catalogue, baseline: EditionRef<'a>, on: Option<Date>) -> &'a Orders {
    static NONE: Orders = Orders::new();
    let rule = catalogue.rule_of(baseline.place, on, |rule| !rule.orders.is_empty());
    rule.map_or(&NONE, |rule| &rule.orders)
}

/// Returns the words by which a list is read by itself: those it is compared by, with its baseline where it names one.
pub fn library<'a>(catalogue: &'a Catalogue, issue: EditionRef<'a>) -> &'a Arc<Library> {
    let above = issue.edition.measured_against.as_ref();
    let above = above.and_then(|address| catalogue.edition(&address.value));
    let issued = issue.edition.dates.get("issued").map(|date| date.value);
    catalogue.library_of(above.map_or(issue.place, |above| above.place), issued)
}

/// What stands around the answers to one provision.
struct Around<'a, 'c> {
    local: EditionRef<'a>,
    baseline: EditionRef<'a>,
    /// Local provisions that answer nothing, as many as may be offered for what is missing.
    unanswered: &'c [Offer<'a>],
    /// Clauses that may take something back.
    elsewhere: &'c [TakenBack],
    /// Whether nobody said what answers what; then nobody decided it either.
    by_likeness: bool,
}

fn assess<'a>(
    above: Offer<'a>,
    answers: Vec<Offer<'a>>,
    around: &Around<'a, '_>,
    terms: &Terms<'a>,
) -> ProvisionCoverage<'a> {
    let (weighed, each) = weigh_each(above, &answers, terms);
    let besides: Vec<Step> = match weighed.verdict {
        Verdict::Met | Verdict::Exceeded => {
            let others = (0..answers.len()).filter(|at| !weighed.rests_on.contains(at)).take(MOST_BESIDES);
            others
                .filter_map(|at| {
                    let step = said_besides(above, &answers, &weighed, at, terms)?;
                    Some(taken_back::taken_back(step.local.words.zh, answers[at].at()))
                })
                .collect()
        }
        _ => Vec::new(),
    };
    let Weighed { mut verdict, mut steps, rests_on, same_words } = weighed;
    let taken: Vec<Step> = around
        .elsewhere
        .iter()
        .filter_map(|clause| clause.step(above, &answers, terms))
        .chain(harsher(&answers, &each, &rests_on))
        .chain(besides)
        .collect();
    if !taken.is_empty() && verdict != Verdict::Missing {
        steps.extend(taken);
        steps.sort_by_key(|step| std::cmp::Reverse(step.verdict));
        verdict = Verdict::of_parts(steps.iter().map(|step| step.verdict));
    }
    let decided = match verdict {
        Verdict::NeedsReview if !around.by_likeness => decided(above, &answers, &steps, around, terms),
        _ => Decided::default(),
    };
    if let Some(review) = decided.review {
        verdict = match review.verdict {
            Decision::Met => Verdict::Met,
            Decision::Exceeded => Verdict::Exceeded,
            Decision::Weaker => Verdict::Weaker,
        };
    }
    let nearest = if answers.is_empty() { nearest(above, around.unanswered) } else { None };
    ProvisionCoverage {
        baseline: above,
        verdict,
        steps,
        covered_by: with_first(answers, &rests_on),
        texts: decided.texts,
        evidence: evidence(verdict, decided.review, same_words),
        rested: rests_on.len(),
        review: decided.review,
        unbound: decided.unbound,
        nearest,
        by_likeness: around.by_likeness,
        alike: Vec::new(),
        keys: terms.keys,
    }
}

/// What people decided of a provision that a machine cannot compare.
#[derive(Default)]
struct Decided<'a> {
    /// Digests of the texts that are to be compared.
    texts: Option<TextDigests>,
    review: Option<&'a Review>,
    /// A review of other texts, if there is none of these.
    unbound: Option<&'a Review>,
}

fn decided<'a>(
    above: Offer<'a>,
    answers: &[Offer<'a>],
    steps: &[Step],
    around: &Around<'a, '_>,
    terms: &Terms<'a>,
) -> Decided<'a> {
    let Around { local, baseline, .. } = *around;
    let texts = reviews::texts(above, answers, steps);
    let reviews = local.edition.reviews.iter();
    let (bound, other): (Vec<&Review>, Vec<&Review>) = reviews
        .filter(|review| reviews::is_of(review, above, local, baseline, terms))
        .partition(|review| reviews::is_bound(review, &texts));
    // The newest counts; of one day, the last that is written.
    let review = bound.into_iter().max_by_key(|review| review.on.value);
    let unbound = other.into_iter().max_by_key(|review| review.on.value).filter(|_| review.is_none());
    Decided { texts: Some(texts), review, unbound }
}

/// Returns what a verdict that is good enough rests on.
fn evidence(verdict: Verdict, review: Option<&Review>, same_words: bool) -> Option<Evidence> {
    match (verdict, review) {
        (Verdict::Met | Verdict::Exceeded, Some(_)) => Some(Evidence::Review),
        (Verdict::Met | Verdict::Exceeded, None) if same_words => Some(Evidence::SameWords),
        (Verdict::Met | Verdict::Exceeded, None) => Some(Evidence::BothReadings),
        (Verdict::NeedsReview | Verdict::Misquoted | Verdict::Weaker | Verdict::Missing, _) => None,
    }
}

/// Returns the answers with those that a verdict rests on first.
fn with_first<'a>(answers: Vec<Offer<'a>>, rests_on: &[usize]) -> Vec<Offer<'a>> {
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for (at, offer) in answers.into_iter().enumerate() {
        if rests_on.contains(&at) { first.push(offer) } else { rest.push(offer) }
    }
    first.append(&mut rest);
    first
}

/// Returns what answers that the verdict does not rest on take back: a second, harsher clause beside a good one.
fn harsher<'t>(
    answers: &'t [Offer<'t>],
    each: &'t [Weighed],
    rests_on: &'t [usize],
) -> impl Iterator<Item = Step> + use<'t> {
    let others = answers.iter().zip(each).enumerate().filter(|(at, _)| !rests_on.contains(at));
    others.filter_map(move |(_, (offer, weighed))| {
        let takes = |step: &&Step| {
            let axes = ["negation", "ending", "quota", "exception", "condition", "fee", "measure"];
            axes.contains(&step.axis) && step.verdict > Verdict::Met && !step.local.value.is_empty()
        };
        let step = weighed.steps.iter().find(takes)?;
        Some(taken_back::taken_back(step.local.words.zh.clone(), offer.at()))
    })
}

fn nearest<'a>(above: Offer<'a>, unanswered: &[Offer<'a>]) -> Option<Offer<'a>> {
    let score = |offer: &Offer<'a>| similarity(&above.provision.quote.value, &offer.provision.quote.value);
    let best =
        unanswered.iter().map(|offer| (score(offer), *offer)).filter(|(score, _)| *score >= WORTH_OFFERING);
    best.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, offer)| offer)
}

impl Coverage<'_> {
    /// Returns how many provisions have each verdict, the best first.
    pub fn summary(&self) -> [(Verdict, usize); 6] {
        let verdicts =
            || self.services.iter().flat_map(|service| &service.provisions).map(|known| known.verdict);
        Verdict::ALL.map(|verdict| (verdict, verdicts().filter(|known| *known == verdict).count()))
    }

    /// Returns every provision that is not met, in order.
    pub fn gaps(&self) -> impl Iterator<Item = &ProvisionCoverage<'_>> {
        let all = self.services.iter().flat_map(|service| &service.provisions);
        all.filter(|known| known.verdict > Verdict::Met)
    }

    /// Tells whether the list is lower than its baseline anywhere.
    pub fn is_lower(&self) -> bool {
        self.gaps().any(|known| known.verdict.is_lower())
    }
}

impl ProvisionCoverage<'_> {
    /// Tells whether what answers it was paired by likeness: nobody has said that it does.
    pub fn is_proposed(&self) -> bool {
        self.by_likeness && !self.covered_by.is_empty()
    }

    /// Says why it is missing.
    pub fn missing_reason(&self) -> Message {
        if self.by_likeness {
            return text!("没有找到相近的条款", "no clause like it was found");
        }
        nothing_answers()
    }

    /// Says what would help with a missing provision.
    pub fn missing_help(&self) -> Message {
        if self.by_likeness {
            return proposed::missing_help(self);
        }
        let address = self.baseline.address();
        let help = match &self.nearest {
            Some(near) => {
                let (number, own) = (near.service.number.value, near.address());
                text!(
                    "第 {number} 项的 {own} 说的是不是它？是的话，在那里写上 ⟦covers:⟧ [{address}]",
                    "if item {number} ({own}) is what delivers it, add ⟦covers:⟧ [{address}] there"
                )
            }
            None => {
                let service = &self.baseline.service.id.value;
                text!(
                    "照录这一项：- ⟦adopts:⟧ {service}；或者写出本地的条款，并写上 ⟦covers:⟧ [{address}]",
                    "adopt the service (- ⟦adopts:⟧ {service}), or write the local provision with ⟦covers:⟧ [{address}]"
                )
            }
        };
        name_keys(&help, self.keys)
    }
}

/// Says why a provision is missing.
pub fn nothing_answers() -> Message {
    text!("本地没有任何条款对应它", "nothing in this list answers it")
}

/// Returns the editions of the lists of `places` (of all, if there are none) and of the places below them
/// that stand now or are being prepared, and that name a baseline.
pub fn current_editions<'a>(catalogue: &'a Catalogue, places: &[PlacePath]) -> Vec<EditionRef<'a>> {
    let all = standing_editions(catalogue, places);
    all.filter(|issue| issue.edition.measured_against.is_some()).collect()
}

/// Returns the same, whether they name a baseline or not.
pub fn standing_editions<'a>(
    catalogue: &'a Catalogue,
    places: &[PlacePath],
) -> impl Iterator<Item = EditionRef<'a>> {
    let wanted = move |path: &PlacePath| {
        places.is_empty() || places.iter().any(|place| path == place || path.is_below(place))
    };
    let lists = catalogue.places.values().filter(move |place| wanted(&place.path));
    let lists = lists.flat_map(|place| place.lists.values().map(move |list| (place, list)));
    lists.flat_map(|(place, list)| list.standing().map(move |edition| EditionRef { place, list, edition }))
}

/// Returns the provision of an edition at `service/provision`.
pub fn provision_at<'a>(issue: EditionRef<'a>, address: &str) -> Option<(&'a Service, &'a Provision)> {
    let (service, provision) = address.split_once('/')?;
    let service = issue.edition.services.iter().find(|known| known.id.value == service)?;
    let provision = service.body.provisions.iter().find(|known| known.id.value == provision)?;
    Some((service, provision))
}
