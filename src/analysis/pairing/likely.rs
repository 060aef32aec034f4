//! Which provisions of a baseline a person is offered to choose from for a clause, the likeliest first.
//!
//! Nothing is decided by it, so that it goes by more than official words: what families call a provision is often what another
//! office writes, and the service says most where no word is the same.

use qingdan_reading::likeness::Ranking;

use super::{Baseline, Fit, meant};
use crate::catalogue::{Provision, Service};

/// How much plain words count beside official ones.
const PLAIN: f64 = 0.9;
/// How much it counts that both are like.
const BOTH: f64 = 0.2;
/// How much the service counts, beside the words.
const OF_SERVICE: f64 = 0.3;

/// The provisions of a baseline, ready to be offered.
#[derive(Debug)]
pub struct Likely<'a> {
    provisions: Vec<(usize, &'a Service, &'a Provision)>,
    quotes: Ranking,
    meant: Ranking,
    plain: Ranking,
}

impl<'a> Likely<'a> {
    /// Takes in the provisions of a baseline.
    pub fn new(baseline: &Baseline<'a>) -> Self {
        let services = baseline.edition.services.iter().enumerate();
        let provisions: Vec<(usize, &'a Service, &'a Provision)> = services
            .flat_map(|(at, service)| service.body.provisions.iter().map(move |own| (at, service, own)))
            .collect();
        let wording = &baseline.wording;
        let quotes = provisions.iter().map(|(_, _, own)| own.quote.value.as_str());
        let quotes = Ranking::new(quotes, wording);
        let own = Ranking::new(provisions.iter().map(|(_, _, own)| meant(own)), wording);
        let plain: Vec<String> = provisions.iter().map(|(_, service, own)| plain(service, own)).collect();
        let plain = Ranking::new(plain.iter().map(String::as_str), wording);
        Self { provisions, quotes, meant: own, plain }
    }

    /// Returns every provision with how likely it is that a clause of a row answers it, the likeliest first.
    pub fn ranked(
        &self,
        baseline: &Baseline<'a>,
        text: &str,
        fit: &Fit,
    ) -> Vec<(&'a Service, &'a Provision, f64)> {
        let like = |ranking: &Ranking| ranking.like(text, &baseline.wording);
        let (quotes, own, plain) = (like(&self.quotes), like(&self.meant), like(&self.plain));
        let sure = |(at, (service, ..)): (usize, &(usize, &'a Service, &'a Provision))| {
            let official = (quotes[at] + own[at]) / 2.0;
            let spoken = PLAIN * plain[at];
            let words = (official.max(spoken) + BOTH * official.min(spoken)).min(1.0);
            (1.0 - OF_SERVICE) * words + OF_SERVICE * fit.of(*service).min(1.0)
        };
        let mut ranked: Vec<(usize, f64)> =
            self.provisions.iter().enumerate().map(|known| (known.0, sure(known))).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.into_iter().map(|(at, sure)| (self.provisions[at].1, self.provisions[at].2, sure)).collect()
    }
}

/// Returns what families call a provision: its plain sentence, everyday words, and what its service is about.
fn plain(service: &Service, own: &Provision) -> String {
    let mut text = own.plain.reference().value.clone();
    let words = own.keywords.get("zh").into_iter().flatten();
    for word in words {
        text.push('，');
        text.push_str(&word.value);
    }
    text.push('，');
    text.push_str(&service.body.title.reference().value);
    text
}
