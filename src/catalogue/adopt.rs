//! Adoption: finding the bodies of services that a list takes over from its baseline.
//!
//! Baselines are completed before the editions measured against them, whatever the order of the files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::codes;
use super::edition::{AdoptingService, ServiceEntry};
use super::repeated::Repeated;
use super::{Adoption, Body, Edition, Place, PlacePath, Service};
use crate::diagnostic::{Finding, Findings, Message};
use crate::schema::{fold, nearest};
use crate::span::{Span, Spanned};
use crate::text;

/// What can be adopted from an edition that is complete.
struct Offered {
    /// Body and number by service id.
    services: BTreeMap<String, (Arc<Body>, u32)>,
    /// The services themselves, for those who inherit them all.
    whole: Vec<Service>,
    /// Whether something of the edition could not be used.
    lost: bool,
}

impl Offered {
    /// Returns the id of the one service with this title. `None` if there is none or several.
    fn titled(&self, title: &str) -> Option<String> {
        if self.services.contains_key(title) {
            return None;
        }
        let wanted = fold(title);
        let is_it = |body: &Body| body.title.iter().any(|(_, text)| fold(&text.value) == wanted);
        let mut found = self.services.iter().filter(|(_, (body, _))| is_it(body));
        let (id, _) = found.next()?;
        found.next().is_none().then(|| id.clone())
    }
}

/// Finds the bodies of adopted services, from the top tier down.
pub(super) struct Adopter<'a> {
    drafts: Vec<(PlacePath, String, Edition)>,
    /// Addresses of the drafts, in their order.
    addresses: Vec<String>,
    /// Addresses of all editions that have a file.
    written: BTreeSet<String>,
    /// Addresses of editions that others inherit.
    inherited: BTreeSet<String>,
    /// Editions in a circle of baselines.
    circular: BTreeSet<usize>,
    offered: BTreeMap<String, Offered>,
    repeated: Vec<Repeated>,
    findings: &'a mut Findings,
}

impl<'a> Adopter<'a> {
    pub(super) fn new(
        mut drafts: Vec<(PlacePath, String, Edition)>,
        places: &BTreeMap<PlacePath, Place>,
        written: BTreeSet<String>,
        findings: &'a mut Findings,
    ) -> Self {
        drafts.retain(|(place, ..)| places.contains_key(place));
        let address = |(place, list, draft): &(PlacePath, String, Edition)| {
            Spanned::new(format!("{place}/{list}/{}", draft.id), draft.span)
        };
        let mut numbered: Vec<(usize, Spanned<String>)> = drafts.iter().map(address).enumerate().collect();
        let repeated = Repeated::drop_from(&mut numbered, |(_, address)| address);
        let kept: BTreeSet<usize> = numbered.iter().map(|(at, _)| *at).collect();
        let drafts: Vec<(PlacePath, String, Edition)> = drafts
            .into_iter()
            .enumerate()
            .filter(|(at, _)| kept.contains(at))
            .map(|(_, draft)| draft)
            .collect();
        let addresses = numbered.into_iter().map(|(_, address)| address.value).collect();
        let inherits = |(_, _, draft): &(PlacePath, String, Edition)| {
            draft.inherits.as_ref().map(|address| address.value.clone())
        };
        let inherited = drafts.iter().filter_map(inherits).collect();
        let (circular, offered) = (BTreeSet::new(), BTreeMap::new());
        Self { drafts, addresses, written, inherited, circular, offered, repeated, findings }
    }

    /// Returns every edition with its services, and what was left out as repeated. Baselines are done
    /// before those measured against them, whatever the order of the files; editions that wait for each
    /// other in a circle come last.
    pub(super) fn all(mut self) -> (Vec<(PlacePath, String, Edition)>, Vec<Repeated>) {
        self.find_circles();
        let mut waiting: Vec<usize> = (0..self.drafts.len()).collect();
        let mut done: BTreeMap<usize, Edition> = BTreeMap::new();
        loop {
            let (ready, later): (Vec<usize>, Vec<usize>) =
                waiting.iter().copied().partition(|at| self.is_ready(*at));
            let round = if ready.is_empty() { &later } else { &ready };
            for at in round {
                let edition = self.complete(*at);
                done.insert(*at, edition);
            }
            if ready.is_empty() || later.is_empty() {
                break;
            }
            waiting = later;
        }
        let places = self.drafts.into_iter().map(|(place, list, ..)| (place, list));
        let editions =
            places.zip(done.into_values()).map(|((place, list), edition)| (place, list, edition)).collect();
        (editions, self.repeated)
    }

    /// Reports editions that stand above each other in a circle, once a circle: by the lists they are measured
    /// against, then by those they inherit as well.
    fn find_circles(&mut self) {
        self.find_circles_of(|edition| edition.measured_against.as_ref(), circular_baseline);
        self.find_circles_of(
            |edition| edition.inherits.as_ref().or(edition.measured_against.as_ref()),
            circular_inheritance,
        );
    }

    fn find_circles_of(
        &mut self,
        named: impl Fn(&Edition) -> Option<&Spanned<String>>,
        report: impl Fn(&[Span]) -> Finding,
    ) {
        let numbers: BTreeMap<&str, usize> =
            self.addresses.iter().enumerate().map(|(at, a)| (a.as_str(), at)).collect();
        let named = |at: usize| named(&self.drafts[at].2);
        let above: Vec<Option<usize>> =
            (0..self.drafts.len()).map(|at| numbers.get(named(at)?.value.as_str()).copied()).collect();
        for start in 0..above.len() {
            let mut circle = vec![start];
            let mut at = above[start];
            while let Some(next) = at.filter(|next| !circle.contains(next)) {
                circle.push(next);
                at = above[next];
            }
            if at != Some(start) || circle.iter().any(|at| self.circular.contains(at)) {
                continue;
            }
            let spans: Vec<Span> = circle.iter().filter_map(|at| Some(named(*at)?.span)).collect();
            self.findings.push(report(&spans));
            self.circular.extend(circle);
        }
    }

    fn is_ready(&self, at: usize) -> bool {
        let draft = &self.drafts[at].2;
        let needs = draft.entries.iter().any(|entry| match entry {
            ServiceEntry::Adopting(_) => true,
            ServiceEntry::Own(body) => covered_by_title(body).next().is_some(),
        });
        let adopted_from = draft.measured_against.as_ref().filter(|_| needs);
        let mut needed = adopted_from.into_iter().chain(&draft.inherits);
        needed.all(|above| self.offered.contains_key(&above.value) || !self.addresses.contains(&above.value))
    }

    fn complete(&mut self, at: usize) -> Edition {
        let draft = &mut self.drafts[at].2;
        let entries = std::mem::take(&mut draft.file.entries);
        let mut edition = draft.clone();
        let baseline = edition.measured_against.clone();
        if let Some(baseline) = baseline.as_ref().filter(|baseline| !self.written.contains(&baseline.value)) {
            let finding = unknown_baseline(baseline, &self.addresses);
            self.findings.push(finding);
        }
        edition.lost |= self.circular.contains(&at);
        if entries.is_empty() && edition.inherits.is_none() && !edition.lost {
            let finding = no_services(edition.span);
            self.findings.push(finding);
        }
        self.add_services(&mut edition, entries);
        let adopted: Vec<Span> = edition
            .services
            .iter()
            .filter(|service| service.adopted.is_some())
            .map(|service| service.id.span)
            .collect();
        let repeated = Repeated::drop_from(&mut edition.services, |service| &service.id);
        self.repeated.extend(repeated.into_iter().map(|known| Repeated {
            adopted: adopted.contains(&known.id.span) && adopted.contains(&known.first),
            ..known
        }));
        if let Some(inherits) = edition.inherits.clone() {
            self.inherit(&mut edition, &inherits);
        }
        let services = edition
            .services
            .iter()
            .map(|s| (s.id.value.clone(), (Arc::clone(&s.body), s.number.value)))
            .collect();
        let whole =
            if self.inherited.contains(&self.addresses[at]) { edition.services.clone() } else { Vec::new() };
        self.offered.insert(self.addresses[at].clone(), Offered { services, whole, lost: edition.lost });
        edition
    }

    /// Adds the services that an edition writes itself or takes over.
    fn add_services(&mut self, edition: &mut Edition, entries: Vec<ServiceEntry>) {
        let baseline = edition.measured_against.clone();
        for entry in entries {
            match (entry, &baseline) {
                (ServiceEntry::Own(mut body), _) => {
                    if let Some(above) = baseline.as_ref().and_then(|above| self.offered.get(&above.value)) {
                        name_by_id(&mut body, above);
                    }
                    edition.services.push(Service::own(*body));
                }
                (ServiceEntry::Adopting(entry), Some(baseline)) => match self.adopt(*entry, baseline) {
                    Some(service) => edition.services.push(service),
                    None => edition.lost = true,
                },
                (ServiceEntry::Adopting(entry), None) => {
                    edition.lost = true;
                    if !edition.baseline_lost {
                        self.findings.push(no_baseline(&entry.adopts, edition.span));
                    }
                }
            }
        }
    }

    /// Adds the services of the edition above that this one neither adopts nor writes itself, and puts all
    /// in the order of their numbers.
    fn inherit(&mut self, edition: &mut Edition, from: &Spanned<String>) {
        let Some(above) = self.offered.get(&from.value) else {
            if !self.written.contains(&from.value) {
                let finding = unknown_baseline(from, &self.addresses);
                self.findings.push(finding);
            }
            edition.lost = true;
            return;
        };
        edition.lost |= above.lost;
        let own = |inherited: &Service| {
            edition.services.iter().any(|service| {
                let adopted =
                    service.adopted.as_ref().is_some_and(|from| from.service.value == inherited.id.value);
                adopted || service.id.value == inherited.id.value
            })
        };
        let inherited: Vec<Service> = above
            .whole
            .iter()
            .filter(|service| !own(service))
            .map(|service| Service {
                adopted: Some(Adoption {
                    edition: from.value.clone(),
                    service: Spanned::new(service.id.value.clone(), from.span),
                }),
                inherited: true,
                was: None,
                span: from.span,
                ..service.clone()
            })
            .collect();
        edition.services.extend(inherited);
        edition.services.sort_by_key(|service| service.number.value);
    }

    /// Returns the adopted service. `None` if the baseline does not have it, which is reported unless
    /// something else is wrong with the baseline.
    fn adopt(&mut self, mut entry: AdoptingService, baseline: &Spanned<String>) -> Option<Service> {
        let above = self.offered.get(&baseline.value)?;
        if let Some(id) = above.titled(&entry.adopts.value) {
            entry.adopts.value = id;
        }
        let Some((body, number)) = above.services.get(&entry.adopts.value).cloned() else {
            if !above.lost {
                let finding = unknown_adoption(&entry.adopts, baseline, &above.services);
                self.findings.push(finding);
            }
            return None;
        };
        Some(Service::adopting(entry, &baseline.value, body, number))
    }
}

/// Returns the addresses of covered provisions that do not name a service by an id.
fn covered_by_title(body: &Body) -> impl Iterator<Item = &Spanned<String>> {
    body.provisions.iter().flat_map(|provision| &provision.covers).filter(|address| !address.value.is_ascii())
}

/// Puts the id of a covered service in the place of its title.
fn name_by_id(body: &mut Body, above: &Offered) {
    if covered_by_title(body).next().is_none() {
        return;
    }
    for address in body.provisions.iter_mut().flat_map(|provision| &mut provision.covers) {
        let Some((title, provision)) = address.value.rsplit_once('/') else { continue };
        if let Some(id) = above.titled(title) {
            address.value = format!("{id}/{provision}");
        }
    }
}

fn unknown_baseline(baseline: &Spanned<String>, known: &[String]) -> Finding {
    let name = &baseline.value;
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
        None => text!(
            "写成“地区/清单/版次”，例如 fujian/migrant-children/2025",
            "write place/list/edition, such as fujian/migrant-children/2025"
        ),
    };
    Finding::new(
        &codes::UNKNOWN_BASELINE,
        baseline.span,
        text!("没有“{name}”这份清单", "there is no edition `{name}`"),
    )
    .help(help)
}

/// Reports a circle of baselines, given where each names the next.
fn circular_baseline(spans: &[Span]) -> Finding {
    let message = match spans.len() {
        1 => text!("清单不能和自己对照", "an edition cannot be measured against itself"),
        count => text!(
            "{count} 份清单互相对照，绕成一圈",
            "{count} editions are measured against each other in a circle"
        ),
    };
    circle(spans, message).help(text!(
        "只对照上级的清单；最上级的清单不写⟦measured_against⟧",
        "measure against the list of the tier above only; the topmost list has no ⟦measured_against⟧"
    ))
}

/// Reports a circle of lists that inherit each other, given where each names the next.
fn circular_inheritance(spans: &[Span]) -> Finding {
    let message = match spans.len() {
        1 => text!("清单不能沿用自己", "an edition cannot inherit itself"),
        count => text!("{count} 份清单互相沿用，绕成一圈", "{count} editions inherit each other in a circle"),
    };
    circle(spans, message).help(text!("只沿用上级的清单", "inherit the list of the tier above only"))
}

fn circle(spans: &[Span], message: Message) -> Finding {
    let next = || text!("这里也在这个圈里", "this is part of the circle, too");
    let finding = Finding::new(&codes::CIRCULAR_BASELINE, spans[0], message);
    spans[1..].iter().fold(finding, |finding, span| finding.label(*span, next()))
}

fn no_services(edition: Span) -> Finding {
    Finding::new(
        &crate::schema::codes::MISSING_KEY,
        edition,
        text!("清单缺少⟦services⟧", "the edition has no ⟦services⟧"),
    )
    .help(text!(
        "写上服务项目；整份沿用上级的清单则写⟦inherits⟧",
        "write the services; a list that takes over the whole one above writes ⟦inherits⟧"
    ))
}

fn no_baseline(adopts: &Spanned<String>, edition: Span) -> Finding {
    Finding::new(
        &codes::UNKNOWN_ADOPTION,
        adopts.span,
        text!("这份清单没有写对照哪一份上级清单，无从照录", "this edition names no baseline to adopt from"),
    )
    .label(edition, text!("这份清单从这里开始", "the edition starts here"))
    .help(text!(
        "在文件开头加上 ⟦measured_against: fujian/migrant-children/2025⟧",
        "add ⟦measured_against: fujian/migrant-children/2025⟧ at the top of the file"
    ))
}

fn unknown_adoption(
    adopts: &Spanned<String>,
    baseline: &Spanned<String>,
    services: &BTreeMap<String, (Arc<Body>, u32)>,
) -> Finding {
    let (name, above) = (&adopts.value, &baseline.value);
    let near = if name.is_ascii() {
        nearest(name, services.keys().map(String::as_str))
    } else {
        nearest(name, services.values().map(|(body, _)| body.title.reference().value.as_str()))
    };
    let help = match near {
        Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
        None => text!(
            "到上级清单里查项目的编号或名称，或写成完整的一项",
            "look up the id or the title in the baseline, or write a full service"
        ),
    };
    Finding::new(
        &codes::UNKNOWN_ADOPTION,
        adopts.span,
        text!("“{above}”里没有“{name}”这一项", "`{above}` has no service `{name}`"),
    )
    .label(baseline.span, text!("对照的是这份清单", "this is the baseline"))
    .help(help)
}
