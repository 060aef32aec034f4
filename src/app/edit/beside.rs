//! What stands beside the form of a service or a provision: the official text with what is made of it, what the words say,
//! what of the baseline they may answer, and how they stand to it.

use std::ops::Range;

use qingdan_analysis::compare::{Edit, edits};
use qingdan_reading::wording::Wording;
use serde::Serialize;

use super::figures::figures;
use super::words::Words;
use crate::analysis::Analysis;
use crate::catalogue::{Edition, OfficialText, Provision, Service};
use crate::diagnostic::{Message, UiLang};
use crate::text;
use qingdan_analysis::coverage::{Coverage, Evidence, ProvisionCoverage};
use qingdan_analysis::pairing::{Baseline, percent};

/// How many provisions of the baseline are offered.
const OFFERED: usize = 5;
/// From which likeness on the first of them is taken without being asked about.
const SURE: f64 = 0.4;

/// What stands beside a form.
#[derive(Debug, Default, Serialize)]
pub struct Beside {
    /// The official text, in pieces.
    pub content: Vec<Piece>,
    /// What may be answered, the likest first.
    pub candidates: Vec<Candidate>,
    /// The numbers of a provision, which are changed in all places at once.
    pub figures: Vec<String>,
    /// How it stands to the baseline.
    pub verdicts: Vec<Stands>,
}

/// A piece of an official text.
#[derive(Debug, Serialize)]
pub struct Piece {
    /// As printed.
    pub text: String,
    /// The provisions that quote it, by id.
    pub by: Vec<String>,
    /// Whether the form is about one of these.
    pub is_this: bool,
    /// Whether it says something that no provision quotes.
    pub is_bare: bool,
}

/// A provision of the baseline.
#[derive(Debug, Serialize)]
pub struct Candidate {
    /// `service/provision`.
    pub address: String,
    /// What it says.
    text: String,
    /// Its service.
    service: String,
    /// How like it is, in hundredths.
    percent: u32,
    /// Whether the list says that it is answered here.
    chosen: bool,
}

/// How a provision stands to one of the baseline.
#[derive(Debug, Serialize)]
pub struct Stands {
    verdict: &'static str,
    words: String,
    sign: &'static str,
    /// What a good verdict rests on.
    evidence: Option<String>,
    /// The provision of the baseline.
    address: String,
    /// Its words, and those here, in pieces.
    baseline: Vec<Side>,
    own: Vec<Side>,
    /// Where the two differ, and what would mend it.
    steps: Vec<(String, String)>,
}

/// A piece of one of two texts.
#[derive(Debug, PartialEq, Serialize)]
pub struct Side {
    /// As printed.
    pub text: String,
    /// Whether the other text has nothing, or something else, in its place.
    pub differs: bool,
}

/// Finds what is beside the parts of one edition.
pub struct Sight<'s, 'a> {
    /// The words around it.
    pub words: &'s Words<'a>,
    /// What follows from the catalogue.
    pub analysis: &'s Analysis<'a>,
}

impl<'s, 'a> Sight<'s, 'a> {
    fn say(&self, message: &Message) -> String {
        message.get(self.words.lang).to_owned()
    }

    /// Returns the words by which clauses of the edition are read.
    pub fn wording(&self) -> Option<&'a Wording> {
        let edition = self.words.edition?;
        Some(qingdan_analysis::coverage::library(self.words.catalogue, edition).words())
    }

    /// Returns what is beside a service.
    pub fn of_service(&self, service: &Service) -> Beside {
        let all: Vec<&Provision> = service.body.provisions.iter().collect();
        let verdicts = all.iter().flat_map(|provision| self.verdicts(service, provision));
        Beside { content: pieces(service, None), verdicts: verdicts.collect(), ..Beside::default() }
    }

    /// Returns what is beside a provision.
    pub fn of_provision(&self, service: &Service, provision: &Provision) -> Beside {
        let chosen: Vec<&str> = provision.covers.iter().map(|covers| covers.value.as_str()).collect();
        let candidates = self.candidates(service, &provision.quote.value).into_iter();
        let candidates = candidates.map(|(_, candidate)| {
            let chosen = chosen.contains(&candidate.address.as_str());
            Candidate { chosen, ..candidate }
        });
        Beside {
            content: pieces(service, Some(provision)),
            candidates: candidates.collect(),
            figures: figures(&provision.quote.value),
            verdicts: self.verdicts(service, provision),
        }
    }

    /// Returns what of the baseline a clause of a service is most like, with how like it is.
    pub fn candidates(&self, service: &Service, quote: &str) -> Vec<(f64, Candidate)> {
        let (Some(above), Some(edition)) = (self.words.baseline(), self.words.edition) else {
            return Vec::new();
        };
        let library = qingdan_analysis::coverage::library(self.words.catalogue, edition);
        let known = Baseline::new(above.edition, library.words().clone());
        let body = &service.body;
        let text = |text: &crate::lang::Localized| text.reference().value.clone();
        let fit = known.fit(&text(&body.title), &text(&body.audience.text), &text(&body.content));
        let mut found = Vec::new();
        for (at, sure) in known.ranked(quote, &fit) {
            let clause = &known.clauses[at];
            let service = &above.edition.services[clause.service];
            found.extend(
                clause.provisions.iter().map(|provision| (sure, self.candidate(service, provision, sure))),
            );
        }
        found.truncate(OFFERED);
        found
    }

    fn candidate(&self, service: &Service, provision: &Provision, sure: f64) -> Candidate {
        Candidate {
            address: format!("{}/{}", service.id.value, provision.id.value),
            text: provision.focus.as_ref().unwrap_or(&provision.quote).value.clone(),
            service: self.words.say(&service.body.title),
            percent: percent(sure),
            chosen: false,
        }
    }

    /// Returns the provision of the baseline that a clause certainly enough answers.
    pub fn answered(&self, service: &Service, quote: &str) -> Option<(&'a Service, &'a Provision)> {
        let best = self.candidates(service, quote).into_iter().next().filter(|(sure, _)| *sure >= SURE)?.1;
        qingdan_analysis::coverage::provision_at(self.words.baseline()?, &best.address)
    }

    fn verdicts(&self, service: &Service, provision: &Provision) -> Vec<Stands> {
        let Some(coverage) = self.coverage() else { return Vec::new() };
        let own = format!("{}/{}", service.id.value, provision.id.value);
        let known = coverage.services.iter().flat_map(|service| &service.provisions);
        let here = known.filter(|known| known.covered_by.iter().any(|offer| offer.address() == own));
        here.map(|known| self.stands(known, provision)).collect()
    }

    /// Returns how the edition stands to its baseline.
    pub fn coverage(&self) -> Option<&'s Coverage<'a>> {
        self.analysis.coverage(self.words.edition?)
    }

    fn stands(&self, known: &ProvisionCoverage<'_>, own: &Provision) -> Stands {
        let (baseline, own) = sides(&known.baseline.provision.quote.value, &own.quote.value);
        let evidence = known.evidence.map(|evidence| match evidence {
            Evidence::SameWords => text!("用词相同", "the same words"),
            Evidence::BothReadings => text!("原文和标注都不低于", "words and fields are both as good"),
            Evidence::Review => text!("有人核定过", "a person decided"),
        });
        let step = |step: &qingdan_analysis::compare::Step| (self.say(&step.reason), self.say(&step.remedy));
        Stands {
            verdict: known.verdict.as_str(),
            words: self.say(&known.verdict.words()),
            sign: known.verdict.sign(),
            evidence: evidence.map(|evidence| self.say(&evidence)),
            address: known.baseline.address(),
            baseline,
            own,
            steps: known.steps.iter().map(step).collect(),
        }
    }

    /// Returns the services of the baseline of which the list answers nothing yet.
    pub fn open_services(&self) -> Vec<(String, String)> {
        let Some(coverage) = self.coverage() else { return Vec::new() };
        let is_open = |service: &&qingdan_analysis::coverage::ServiceCoverage<'_>| {
            service.provisions.iter().all(|known| known.covered_by.is_empty())
        };
        let named = |open: &qingdan_analysis::coverage::ServiceCoverage<'_>| {
            let number = open.service.number.value;
            let title = self.words.say(&open.service.body.title);
            let label = if self.words.lang == UiLang::Zh {
                format!("{number}　{title}")
            } else {
                format!("{number}. {title}")
            };
            (open.service.id.value.clone(), label)
        };
        coverage.services.iter().filter(is_open).map(named).collect()
    }
}

/// Returns two texts in pieces, each told whether the other has it as well. A number is one thing; a character alone between
/// two differences counts as different, since it is there by chance.
pub(super) fn sides(one: &str, other: &str) -> (Vec<Side>, Vec<Side>) {
    let (a, b) = (units(one), units(other));
    let found = edits(&a, &b);
    let is_same = |at: usize| {
        let is_alone = found[at].old.len() == 1 && at > 0 && at + 1 < found.len();
        found[at].is_equal && !is_alone
    };
    let side = |text: &[&str], range: &dyn Fn(&Edit) -> Range<usize>| {
        let mut pieces: Vec<Side> = Vec::new();
        for (at, edit) in found.iter().enumerate() {
            let words = text[range(edit)].concat();
            let differs = !is_same(at);
            match pieces.last_mut() {
                _ if words.is_empty() => {}
                Some(last) if last.differs == differs => last.text.push_str(&words),
                _ => pieces.push(Side { text: words, differs }),
            }
        }
        pieces
    };
    (side(&a, &|edit| edit.old.clone()), side(&b, &|edit| edit.new.clone()))
}

/// Parts a text into numbers and single characters.
fn units(text: &str) -> Vec<&str> {
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let mut units = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
        let (unit, after) = rest.split_at(digits.max(first.len_utf8()));
        units.push(unit);
        rest = after;
    }
    units
}

/// Returns the official text of a service in pieces: what provisions quote, and what none does.
fn pieces(service: &Service, this: Option<&Provision>) -> Vec<Piece> {
    let text = OfficialText::new(&service.body.content.reference().value);
    let mut owners: Vec<Vec<&Provision>> = vec![Vec::new(); text.len()];
    for provision in &service.body.provisions {
        for range in text.find(&provision.quote.value).unwrap_or_default() {
            owners[range].iter_mut().for_each(|owners| owners.push(provision));
        }
    }
    let is_end = |at: usize| [';', '.'].contains(&text.folded()[at]) && owners[at].is_empty();
    let same = |a: &[&Provision], b: &[&Provision]| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| std::ptr::eq(*a, *b))
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in 1..=text.len() {
        let ends = at == text.len() || !same(&owners[at], &owners[start]) || is_end(at - 1);
        if !ends {
            continue;
        }
        let (words, by) = (text.words(start..at), &owners[start]);
        pieces.push(Piece {
            is_this: this.is_some_and(|this| by.iter().any(|owner| std::ptr::eq(*owner, this))),
            is_bare: by.is_empty() && words.chars().any(char::is_alphanumeric),
            by: by.iter().map(|owner| owner.id.value.clone()).collect(),
            text: words,
        });
        start = at;
    }
    pieces
}

/// Returns the service of an edition at a step of a path: its id, or its number in the file.
pub fn service_at<'e>(edition: &'e Edition, step: &str) -> Option<&'e Service> {
    edition.services.iter().find(|service| service.id.value == step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_one_of_two_texts_has_is_marked() {
        let marked = |sides: &[Side]| {
            let piece =
                |side: &Side| if side.differs { format!("[{}]", side.text) } else { side.text.clone() };
            sides.iter().map(piece).collect::<String>()
        };
        let (one, other) = sides("每年补助2000元", "每学期补助1500元");
        assert_eq!(
            (marked(&one), marked(&other)),
            ("每[年]补助[2000]元".into(), "每[学期]补助[1500]元".into())
        );
        let (one, other) = sides("为儿童提供", "对小儿每人给予");
        assert_eq!((marked(&one), marked(&other)), ("[为儿童提供]".into(), "[对小儿每人给予]".into()));
        assert_eq!(
            sides("同", "同"),
            (
                vec![Side { text: "同".to_owned(), differs: false }],
                vec![Side { text: "同".to_owned(), differs: false }]
            )
        );
        assert_eq!(sides("", "新").0, []);
    }
}
