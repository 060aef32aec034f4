//! What an edition takes back elsewhere: in a notice, a purpose, a note, a way to apply, or an added item that names
//! others by number. Every such clause is read, and names its targets: items by their number or title, else its own
//! service, else the whole list. What they promise needs a review then.

use std::collections::BTreeSet;
use std::sync::Arc;

use qingdan_reading::against::{Clause, Respect, Stand, differences};
use qingdan_reading::fact::{Fact, MeasureKind, What};
use qingdan_reading::library::Library;
use qingdan_reading::quantity::Bound;
use qingdan_reading::read::Reading;

use super::beside;
use crate::catalogue::{Apply, EditionRef, Provision, Service};
use crate::compare::{Offer, Side, Step, TAKEN_BACK, Terms, Verdict};
use crate::diagnostic::Message;
use crate::lang::Localized;
use crate::span::{Span, Spanned};
use crate::text;

/// A clause that takes something back.
pub(super) struct TakenBack {
    reading: Arc<Reading>,
    at: Span,
    targets: Targets,
    /// What of it takes something from somebody whatever the provision says, if anything does.
    taking: Option<String>,
    /// The provisions it speaks of, if it speaks of any: then it means those.
    spoken_of: BTreeSet<String>,
    kind: Source,
}

/// How many characters of a provision a clause has to name to mean it.
const LEAST: usize = 3;

/// What a clause is about.
enum Targets {
    /// Everything in the list.
    List,
    /// The services with these ids.
    Services(BTreeSet<String>),
}

/// Where a clause stands, which decides how much of it counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// Official text: all that may take back counts.
    Official,
    /// A way to apply: when, where and how.
    Apply,
    /// What has to be brought.
    Papers,
    /// Prose for readers: only what plainly takes back.
    Prose,
}

/// Returns every clause of an edition that may take something back; `additions` answer nothing of the baseline.
pub(super) fn clauses(local: EditionRef<'_>, additions: &[Offer<'_>], library: &Library) -> Vec<TakenBack> {
    let mut gathered = Withdrawals { local, library, found: Vec::new() };
    let edition = local.edition;
    for text in edition.notice.iter().chain(&edition.note) {
        gathered.prose(text, None);
    }
    for service in &edition.services {
        gathered.service(service);
    }
    for offer in additions {
        gathered.addition(*offer);
    }
    gathered.found
}

struct Withdrawals<'a> {
    local: EditionRef<'a>,
    library: &'a Library,
    found: Vec<TakenBack>,
}

impl Withdrawals<'_> {
    fn service(&mut self, service: &Service) {
        for text in service.note.iter().chain(service.standard()) {
            self.prose(text, Some(service));
        }
        if let Some(apply) = &service.apply {
            for (text, kind) in texts_of(apply) {
                let reference = text.reference();
                self.take(&reference.value, reference.span, Some(service), kind);
            }
        }
        if service.adopted.is_some() {
            return;
        }
        for text in service.body.note.iter().chain(&service.body.departments_note) {
            self.prose(text, Some(service));
        }
        for Spanned { value, span } in &service.body.purpose {
            self.take(value, *span, Some(service), Source::Official);
        }
        // A sentence behind the one that grants something may mean the whole service: …；户籍不在本市的不再安排.
        for provision in &service.body.provisions {
            for sentence in provision.quote.value.split(['；', ';', '。']).skip(1) {
                let reading = self.library.read(sentence);
                if defines(sentence) || reading.facts.iter().any(|fact| plainly(&fact.what)) {
                    self.take(sentence, provision.quote.span, Some(service), Source::Official);
                }
            }
        }
    }

    fn prose(&mut self, text: &Localized, service: Option<&Service>) {
        let reference = text.reference();
        self.take(&reference.value, reference.span, service, Source::Prose);
    }

    /// An addition that grants something of its own takes nothing back, unless it names others.
    fn addition(&mut self, offer: Offer<'_>) {
        let quote = &offer.provision.quote;
        let reading = self.library.read(&quote.value);
        let grants = !reading.facts.iter().any(|fact| plainly(&fact.what));
        match (self.named(&reading, &quote.value, Some(offer.service)), grants) {
            (Some(targets), _) => self.push(reading, quote.span, targets, Source::Official),
            (None, true) => {}
            (None, false) => {
                let own = BTreeSet::from([offer.service.id.value.clone()]);
                self.push(reading, quote.span, Targets::Services(own), Source::Official);
            }
        }
    }

    fn take(&mut self, text: &str, at: Span, service: Option<&Service>, kind: Source) {
        for sentence in text.split(['；', ';', '。', '\n']).filter(|sentence| !sentence.trim().is_empty()) {
            self.take_sentence(sentence, at, service, kind);
        }
    }

    fn take_sentence(&mut self, text: &str, at: Span, service: Option<&Service>, kind: Source) {
        let reading = self.library.read(text);
        let targets = self
            .named(&reading, text, service)
            .or_else(|| service.map(|service| Targets::Services(BTreeSet::from([service.id.value.clone()]))));
        self.push(reading, at, targets.unwrap_or(Targets::List), kind);
    }

    fn push(&mut self, reading: Arc<Reading>, at: Span, targets: Targets, kind: Source) {
        let points = reading.facts.iter().any(|fact| matches!(fact.what, What::Pointing(_)));
        let numbers =
            reading.facts.iter().any(|fact| matches!(&fact.what, What::Pointing(items) if !items.is_empty()));
        let counts = |fact: &Fact| match kind {
            Source::Official => may(&fact.what),
            Source::Apply | Source::Papers => {
                may(&fact.what)
                    && !matches!(
                        fact.what,
                        What::Requirement | What::Later | What::Excepted | What::Denied(false)
                    )
                    && !is_a_paper(&reading, fact)
            }
            Source::Prose => {
                (plainly(&fact.what) && !reading.words(fact.range.clone()).contains("不是"))
                    || (points && fact.what == What::Restricted)
                    || (numbers && may(&fact.what))
            }
        };
        let text = reading.words(0..reading.text.chars().len());
        let has_facts = || reading.facts.iter().any(counts);
        let (taking, may_take) = match kind {
            // 第14项所称疾病治疗，指住院治疗: what an item means elsewhere is what it promises.
            Source::Official | Source::Prose if numbers && (defines(&text) || counts_places(&reading)) => {
                (Some(text.as_str()), true)
            }
            Source::Official => (None, has_facts()),
            Source::Apply | Source::Papers => {
                let taking = beside::taking(&text, kind == Source::Papers);
                (taking, !beside::is_open(&text) && !beside::spares(&text) && has_facts())
            }
            Source::Prose if speaks_of(&reading, OF_THE_TEXT) => (None, false),
            Source::Prose => (
                beside::taking(&text, false),
                !beside::is_open(&text) && !beside::spares(&text) && has_facts(),
            ),
        };
        if may_take || taking.is_some() {
            let spoken_of = self.spoken_of(&reading, &targets, at);
            let taking = taking.map(str::to_owned);
            self.found.push(TakenBack { reading, at, targets, taking, spoken_of, kind });
        }
    }

    /// Returns the provisions whose words a clause has most of, if it has any: 第13项中的交通费补助自…停发.
    fn spoken_of(&self, reading: &Reading, targets: &Targets, at: Span) -> BTreeSet<String> {
        let mut shared: Vec<(usize, String)> = Vec::new();
        for service in &self.local.edition.services {
            if let Targets::Services(ids) = targets
                && !ids.contains(&service.id.value)
            {
                continue;
            }
            for provision in service.body.provisions.iter().filter(|provision| provision.quote.span != at) {
                let meant = provision.focus.as_ref().unwrap_or(&provision.quote);
                shared.push((reading.shares(&self.library.read(&meant.value)), address(service, provision)));
            }
        }
        let most = shared.iter().map(|(chars, _)| *chars).max().unwrap_or(0);
        let near = |chars: usize| chars >= LEAST && chars * 5 >= most * 2;
        shared.into_iter().filter(|(chars, _)| near(*chars)).map(|(_, address)| address).collect()
    }

    /// Returns the services that a clause names by number or by title, or all if it points at all.
    fn named(&self, reading: &Reading, text: &str, own: Option<&Service>) -> Option<Targets> {
        let services = &self.local.edition.services;
        let mut named: BTreeSet<String> = BTreeSet::new();
        let mut points = false;
        for fact in &reading.facts {
            if let What::Pointing(numbers) = &fact.what {
                points |= numbers.is_empty();
                let by_number = services.iter().filter(|service| numbers.contains(&service.number.value));
                named.extend(by_number.map(|service| service.id.value.clone()));
            }
        }
        let by_title =
            services.iter().filter(|service| own.is_none_or(|own| own.id.value != service.id.value));
        let by_title = by_title.filter(|service| {
            let title = core(&service.body.title.reference().value);
            title.chars().count() >= 4 && text.contains(title)
        });
        named.extend(by_title.map(|service| service.id.value.clone()));
        if !named.is_empty() {
            return Some(Targets::Services(named));
        }
        (points && own.is_none_or(|own| own.body.provisions.len() <= 1)).then_some(Targets::List)
    }
}

fn address(service: &Service, provision: &Provision) -> String {
    format!("{}/{}", service.id.value, provision.id.value)
}

/// Returns a title without the words that titles end with.
fn core(title: &str) -> &str {
    ["服务", "保障", "项目", "工作"].iter().fold(title, |title, end| title.strip_suffix(end).unwrap_or(title))
}

fn texts_of(apply: &Apply) -> impl Iterator<Item = (&Localized, Source)> {
    // What it costs is compared as such.
    let single = [&apply.place, &apply.time];
    let ways = single.into_iter().flatten().chain(&apply.steps).map(|text| (text, Source::Apply));
    let papers = apply.bring.iter().map(|text| (text, Source::Papers));
    ways.chain(papers).chain(apply.basis.iter().map(|text| (text, Source::Prose)))
}

/// Tells whether a fact is one of several papers any of which will do: 居住证或者租房合同.
fn is_a_paper(reading: &Reading, fact: &Fact) -> bool {
    // 居住证，或者租房合同 goes on behind the comma.
    let text = reading.words(0..reading.text.chars().len()).replace(['，', ','], ",").replace(",或", "或");
    let words = reading.words(fact.range.clone());
    matches!(fact.what, What::Condition(..))
        && text.split(',').any(|part| beside::is_any(part) && part.contains(&words))
}

/// Words of notes about the text itself: 原文没有写明.
const OF_THE_TEXT: &[&str] = &[
    "没有写",
    "未写",
    "没有列",
    "未列",
    "没有规定",
    "没有说明",
    "未说明",
    "原文",
    "印作",
    "印在",
    "扫描件",
    "方案正文",
];

/// Tells whether a sentence says for how many there is room: 第19项的职业培训每期40个座位.
fn counts_places(reading: &Reading) -> bool {
    reading.facts.iter().any(|fact| match &fact.what {
        What::Measure(measure) => {
            measure.kind == MeasureKind::Count && measure.quantity.bound != Bound::Floor
        }
        _ => false,
    })
}

/// Tells whether a sentence says what a word means.
fn defines(text: &str) -> bool {
    ["所称", "所指", "所说的", "是指", "系指", "指的是", "仅指", "特指"]
        .iter()
        .any(|word| text.contains(word))
}

/// Tells whether a sentence has one of these words.
fn speaks_of(reading: &Reading, words: &[&str]) -> bool {
    let text = reading.words(0..reading.text.chars().len());
    words.iter().any(|word| text.contains(word))
}

/// Tells whether a fact may take something back.
fn may(what: &What) -> bool {
    match what {
        What::Denied(_) | What::Ends | What::Later | What::Limit(_) | What::Excepted | What::Restricted => {
            true
        }
        What::Condition(..) | What::Requirement => true,
        What::Cost(..) | What::Substitute => true,
        What::Degree(name) => name == "discretion" || name == "where-conditions-allow",
        _ => false,
    }
}

/// Tells whether a fact takes something back in any text.
fn plainly(what: &What) -> bool {
    const HARD: [&str; 6] =
        ["local-hukou", "residence-permit", "residence-time", "social-insurance", "points", "school-record"];
    match what {
        What::Denied(sure) => *sure,
        What::Ends | What::Limit(_) | What::Excepted => true,
        What::Condition(name, _) => HARD.contains(&name.as_str()),
        What::Cost(name, _) => name == "charged",
        What::Degree(name) => name == "discretion",
        _ => false,
    }
}

impl TakenBack {
    /// Tells whether it is about a service.
    fn is_about(&self, service: &Service) -> bool {
        match &self.targets {
            Targets::List => true,
            Targets::Services(ids) => ids.contains(&service.id.value),
        }
    }

    /// Tells whether it names what another provision of the baseline's service grants, and not this one: …中的交通费补助.
    fn means_another(&self, above: Offer<'_>, terms: &Terms<'_>) -> bool {
        let shared = |provision: &Provision| {
            let meant = provision.focus.as_ref().unwrap_or(&provision.quote);
            self.reading.shares(&terms.readings.library().read(&meant.value))
        };
        let own = shared(above.provision);
        above.service.body.provisions.iter().any(|other| {
            let theirs = shared(other);
            theirs >= LEAST && own * 5 < theirs * 3
        })
    }

    /// Returns what it takes back of a provision of the baseline that local provisions answer.
    pub fn step(&self, above: Offer<'_>, answers: &[Offer<'_>], terms: &Terms<'_>) -> Option<Step> {
        let is_meant = |offer: &&Offer<'_>| {
            let spoken_of = self.spoken_of.is_empty()
                || self.spoken_of.contains(&address(offer.service, offer.provision));
            self.is_about(offer.service) && spoken_of
        };
        answers.iter().find(is_meant)?;
        if self.means_another(above, terms) {
            return None;
        }
        if let Some(words) = &self.taking {
            return Some(taken_back(words.clone(), self.at));
        }
        let baseline = terms.readings.of(above);
        let found = differences(
            Clause { reading: &baseline, parts: &[crate::compare::CLAUSE], others: &[] },
            Clause::whole(&self.reading),
            terms.readings.wording(),
        );
        let counts = |respect: Respect| respect.takes_back() || respect == Respect::Degree;
        let taken =
            found.iter().filter(|difference| counts(difference.respect) && difference.stand != Stand::Higher);
        let strong = |range: &std::ops::Range<usize>| {
            let fact = self.reading.facts.iter().find(|fact| fact.range == *range);
            fact.is_some_and(|fact| match self.kind {
                Source::Official => may(&fact.what),
                Source::Apply | Source::Papers => may(&fact.what) && fact.what != What::Requirement,
                Source::Prose => may(&fact.what),
            })
        };
        let range = taken.filter_map(|difference| difference.local.clone()).find(strong)?;
        Some(taken_back(self.reading.phrase(range), self.at))
    }
}

/// Says that words elsewhere may take back what is promised.
pub(super) fn taken_back(words: String, at: Span) -> Step {
    Step {
        axis: TAKEN_BACK,
        part: None,
        verdict: Verdict::NeedsReview,
        baseline: Side::silent(),
        reason: reason(&words),
        remedy: text!(
            "去掉“{words}”，或者写明它不管这一条；也可以请人判断，把结论写进⟦reviews⟧",
            "drop “{words}”, or say that it does not mean this one; or decide and record it under ⟦reviews⟧"
        ),
        local: Side::plain(words),
        at: Some(at),
    }
}

fn reason(words: &str) -> Message {
    text!("别处写着“{words}”，可能把这一条收回了", "elsewhere it says “{words}”, which may take this back")
}
