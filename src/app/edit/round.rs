//! The round of an edition as a path: draft, consultation, issue, freeze, filing. Each step says whether it is done, what it
//! rests on, what is lacking with the way to the field, and what can be done.

use serde::Serialize;

use super::beside::Sight;
use super::page::History;
use super::subject::{Ground, Subject, query};
use super::titles::file_title;
use super::tree::{put, text as text_node};
use super::{Answer, Editor, journal};
use crate::analysis::Analysis;
use crate::catalogue::{Edition, EditionRef, EditionStatus};
use crate::diagnostic::{Error, Level, Message, UiLang};
use crate::export::{Context, filing_docx, filing_xlsx};
use crate::lacking::{Lacking, guessed, lacking, lower, too_early};
use crate::personal::hidden;
use crate::pipeline;
use crate::route::percent_encoded;
use crate::schema::{Choices as _, name_keys};
use crate::text;
use qingdan_analysis::history::{Filing, ListStatus};
use qingdan_document::tidy::rewritten;
use qingdan_storage::{self as storage, Session};

/// Before the address of an edition: the page of its round.
const ROUND: &str = "round/";
/// The field that says when an edition is open for comment.
const CONSULTATION: &str = "consultation";
/// How many of one kind of lack are named one by one.
const NAMED: usize = 8;

/// The page of a round.
#[derive(Debug, Serialize)]
pub struct RoundPage {
    /// The way to the root of these pages.
    pub up: String,
    /// The query that keeps the language.
    pub query: String,
    /// What sends the form has to know.
    pub token: String,
    /// The edition, as people call it.
    pub title: String,
    /// The edition, by its address.
    pub edition: String,
    /// The form of its file, from `up`.
    pub form: String,
    /// Its page for print, from the root of the site, if the site shows it.
    pub print: Option<String>,
    /// `draft`, `consultation` or `issued`.
    pub status: &'static str,
    /// Whether it is frozen.
    pub is_frozen: bool,
    /// What a step that was just taken said.
    pub told: Option<String>,
    /// The steps in their order.
    pub steps: Vec<RoundStep>,
    /// The id that the next edition may have, where this is the last.
    pub next: Option<String>,
    /// How many provisions are lower than the baseline, or missing.
    pub lower: usize,
    /// What was changed last, and what was taken back last.
    pub history: History,
}

/// A step of a round.
#[derive(Debug, Serialize)]
pub struct RoundStep {
    /// `draft`, `consultation`, `issue`, `freeze`, `file`.
    pub name: &'static str,
    /// `done`, `now`, `later` or `skipped`.
    pub state: &'static str,
    /// What it rests on.
    pub facts: Vec<String>,
    /// What is lacking.
    pub lacks: Vec<RoundLack>,
}

/// Something that is lacking.
#[derive(Debug, Serialize)]
pub struct RoundLack {
    /// What.
    pub text: String,
    /// Where it is mended, from `up`.
    pub href: Option<String>,
    /// Whether nothing is issued without it.
    pub must: bool,
}

/// Returns the address of the page of the round of an edition.
pub(super) fn round_at(edition: &str) -> String {
    percent_encoded(&format!("{ROUND}{edition}.html"))
}

/// What the page is made from.
struct View<'v> {
    ground: &'v Ground<'v>,
    issue: EditionRef<'v>,
    analysis: Analysis<'v>,
    file: String,
    is_frozen: bool,
    editor: &'v Editor,
}

impl Editor {
    /// Returns the address of the edition whose round is at an address.
    #[must_use]
    pub fn round_of(address: &str) -> Option<&str> {
        address.strip_prefix(ROUND)?.strip_suffix(".html")
    }

    /// Returns the page of the round of an edition. `None` if there is no such edition.
    ///
    /// # Errors
    /// The disk.
    pub fn round(
        &self,
        edition: &str,
        told: Option<String>,
        lang: UiLang,
    ) -> Result<Option<RoundPage>, Error> {
        let file = format!("{edition}.yaml");
        let outcome = self.known(&file)?;
        let Some(catalogue) = &outcome.catalogue else { return Ok(None) };
        let Some(issue) = catalogue.edition(edition) else { return Ok(None) };
        let ground = Ground { outcome: &outcome, catalogue, lang };
        let Some(subject) = Subject::parse(&file) else { return Ok(None) };
        let view = View {
            ground: &ground,
            issue,
            analysis: Analysis::new(catalogue, (self.today)()),
            is_frozen: catalogue.frozen.get(edition).is_some(),
            file: file.clone(),
            editor: self,
        };
        let last = issue.list.editions.last().filter(|last| std::ptr::eq(*last, issue.edition));
        let year = |last: &Edition| last.id.get(..4).and_then(|year| year.parse::<u32>().ok());
        Ok(Some(RoundPage {
            up: "../".repeat(edition.matches('/').count() + 1),
            query: query(lang),
            token: self.token.clone(),
            title: file_title(&subject.kind, &file, &ground),
            edition: edition.to_owned(),
            form: percent_encoded(&file),
            print: pipeline::print_route(&outcome, &self.request(), issue).map(|route| route.to_string()),
            status: issue.edition.status.as_str(),
            is_frozen: view.is_frozen,
            told,
            steps: view.steps(),
            next: last.map(|last| year(last).map_or_else(String::new, |year| (year + 2).to_string())),
            lower: view.lower(),
            history: self.history(lang),
        }))
    }

    /// Returns a paper for filing of an edition, by its name. `None` if there is none.
    ///
    /// # Errors
    /// The disk.
    pub fn paper(&self, edition: &str, name: &str, lang: UiLang) -> Result<Option<Vec<u8>>, Error> {
        let outcome = self.known(&format!("{edition}.yaml"))?;
        let Some(catalogue) = &outcome.catalogue else { return Ok(None) };
        let Some(issue) = catalogue.edition(edition) else { return Ok(None) };
        let context = Context { sources: &outcome.sources, lang, colour: false };
        Ok(match name {
            "filing.docx" => Some(filing_docx(catalogue, issue, &context)),
            "filing.xlsx" => Some(filing_xlsx(catalogue, issue, &context)),
            _ => None,
        })
    }

    /// Gives the edition whose round is at an address another status.
    pub(super) fn set_status(&self, address: &str, status: &str) -> Result<Answer, Error> {
        let gone =
            || Error::Argument { reason: text!("没有这个表单了", "this form is not there any more") };
        let file = Self::round_of(address).map(|edition| format!("{edition}.yaml")).ok_or_else(gone)?;
        let subject = Subject::parse(&file).ok_or_else(gone)?;
        let session = Session::open(&self.root)?;
        let bytes = storage::bytes_of(&self.native(&file))?.ok_or_else(gone)?;
        let outcome = self.known(&file)?;
        let catalogue = outcome.catalogue.as_ref().ok_or_else(gone)?;
        let ground = Ground { outcome: &outcome, catalogue, lang: UiLang::Zh };
        let (id, mut root) = ground.tree(&file).ok_or_else(gone)?;
        let known = outcome.sources.file(id);
        let choice = EditionStatus::CHOICES.iter().find(|choice| choice.value == status);
        // What issues an edition is a command.
        let choice =
            choice.filter(|choice| choice.value != EditionStatus::Issued.as_str()).ok_or_else(gone)?;
        if crate::closed::untouchable(known, Some(catalogue)).is_some() {
            return Err(gone());
        }
        let manner = ground.manner(id);
        let word = text_node(manner.keys.choice(choice));
        put(&mut root, subject.kind.shape, &["status".to_owned()], Some(word), &manner);
        let new = rewritten(&known.text, &root).map_err(|_| gone())?;
        let (zh, en) = (choice.zh, choice.value);
        let what = text!("状态改成“{zh}”", "status: {en}");
        let stood = journal::Stood { path: &file, bytes: Some(bytes), text: &known.text };
        journal::write((&session, &self.root), &stood, &new, (&what, (self.today)()))?;
        Ok(Answer::Go(percent_encoded(address)))
    }
}

impl View<'_> {
    fn say(&self, message: &Message) -> String {
        hidden(self.ground.say(&name_keys(message, self.issue.edition.keys)).as_str())
    }

    /// Returns the way to a part of the file.
    fn part(&self, way: &str) -> String {
        format!("{}{way}", percent_encoded(&self.file))
    }

    fn lack(&self, must: bool, message: &Message, href: Option<String>) -> RoundLack {
        // The query that keeps the language stands before the place on the page.
        let query = query(self.ground.lang);
        let href = href.map(|href| match href.split_once('#') {
            Some((page, place)) => format!("{page}{query}#{place}"),
            None => format!("{href}{query}"),
        });
        RoundLack { text: self.say(message), href, must }
    }

    fn lack_of(&self, lacking: &Lacking) -> RoundLack {
        let [group, field] = lacking.field;
        self.lack(true, &lacking.what, Some(self.part(&format!("/{group}#v/{field}"))))
    }

    fn edition(&self) -> &Edition {
        self.issue.edition
    }

    fn lower(&self) -> usize {
        let counts = self.analysis.coverage(self.issue).map(lower);
        counts.map_or(0, |(lower, missing)| lower + missing)
    }

    fn steps(&self) -> Vec<RoundStep> {
        vec![self.draft(), self.consultation(), self.issue(), self.freeze(), self.file()]
    }

    fn draft(&self) -> RoundStep {
        let edition = self.edition();
        let services = edition.services.len();
        let provisions: usize = edition.services.iter().map(|service| service.body.provisions.len()).sum();
        let mut facts = vec![text!(
            "{services} 项服务，{provisions} 条",
            "services: {services}, provisions: {provisions}"
        )];
        if let Some(coverage) = self.analysis.coverage(self.issue) {
            let counts = coverage.summary();
            let said = |lang: UiLang| {
                let words = counts.iter().map(|(verdict, count)| (verdict.words(), *count));
                let words = words.filter(|(_, count)| *count > 0);
                words.map(|(words, count)| format!("{} {count}", words.get(lang))).collect::<Vec<_>>()
            };
            let (zh, en) = (said(UiLang::Zh).join("，"), said(UiLang::En).join(", "));
            facts.push(text!("和上级清单比：{zh}", "against the baseline: {en}"));
        }
        let mut lacks = self.errors();
        lacks.extend(self.unanswered());
        lacks.extend(self.guesses());
        if !self.is_frozen {
            lacks.extend(self.lower_ones());
        }
        lacks.extend(self.translations());
        RoundStep {
            name: "draft",
            state: if edition.status == EditionStatus::Draft { "now" } else { "done" },
            facts: facts.iter().map(|fact| self.say(fact)).collect(),
            lacks,
        }
    }

    /// The errors of the file, one by one.
    fn errors(&self) -> Vec<RoundLack> {
        let outcome = self.ground.outcome;
        let Some(id) = outcome.sources.find(&self.file) else { return Vec::new() };
        let all: Vec<_> = self.ground.found(id).filter(|finding| finding.level == Level::Error).collect();
        let mut lacks: Vec<RoundLack> = all
            .iter()
            .take(NAMED)
            .map(|finding| self.lack(true, &finding.message, self.editor.address_of(outcome, finding)))
            .collect();
        let rest = all.len().saturating_sub(NAMED);
        if rest > 0 {
            let more = text!("还有 {rest} 个错误", "more errors: {rest}");
            lacks.push(self.lack(true, &more, Some("../findings.html".to_owned())));
        }
        let others = outcome.findings.count(Level::Error) - all.len();
        if others > 0 {
            let more = text!(
                "别的文件里有 {others} 个错误，改好以前什么也不能发布",
                "errors in other files: {others}; until they are mended nothing can be issued"
            );
            lacks.push(self.lack(true, &more, Some("../findings.html".to_owned())));
        }
        lacks
    }

    /// Services of the baseline that nothing answers.
    fn unanswered(&self) -> Option<RoundLack> {
        let kind = crate::catalogue::file_kind(&self.file)?;
        let words = self.ground.words(&kind);
        let open = Sight { words: &words, analysis: &self.analysis }.open_services().len();
        let message = text!(
            "上级清单里还有 {open} 项没有对应",
            "services of the baseline that nothing answers yet: {open}"
        );
        (open > 0 && !self.is_frozen).then(|| self.lack(false, &message, Some(self.part("#open"))))
    }

    fn guesses(&self) -> Option<RoundLack> {
        let outcome = self.ground.outcome;
        let source = outcome.sources.file(self.edition().span.file);
        let finding = guessed(self.edition(), source)?;
        let href = self.editor.address_of(outcome, &finding);
        Some(self.lack(true, &finding.message, href))
    }

    /// What is lower than the baseline or missing, each with the form of the provision that answers.
    fn lower_ones(&self) -> Vec<RoundLack> {
        let Some(coverage) = self.analysis.coverage(self.issue) else { return Vec::new() };
        let all: Vec<_> = coverage.gaps().filter(|known| known.verdict.is_lower()).collect();
        let named = all.iter().take(NAMED).map(|known| {
            let words = known.verdict.words();
            let quote: String = known.baseline.provision.quote.value.chars().take(40).collect();
            let (zh, en) = (&words.zh, &words.en);
            let offer = known.covered_by.first().filter(|offer| offer.service.adopted.is_none());
            let href = offer.map(|offer| {
                let (service, provision) = (&offer.service.id.value, &offer.provision.id.value);
                self.part(&format!("/services/{service}/provisions/{provision}"))
            });
            let message = text!("{zh}：上级“{quote}”", "{en}: the baseline’s “{quote}”");
            self.lack(false, &message, href.or_else(|| Some(self.part("#open"))))
        });
        let mut lacks: Vec<RoundLack> = named.collect();
        let rest = all.len().saturating_sub(NAMED);
        if rest > 0 {
            let more = text!("还有 {rest} 条低于上级清单", "more that are lower than the baseline: {rest}");
            lacks.push(self.lack(false, &more, Some(self.part(""))));
        }
        lacks
    }

    /// Translations that are missing or outdated.
    fn translations(&self) -> Option<RoundLack> {
        let (missing, outdated) = self.editor.untranslated(self.ground, &self.file);
        let message = match (missing, outdated) {
            (0, 0) => return None,
            (_, 0) => text!("缺少 {missing} 条译文", "translations missing: {missing}"),
            (0, _) => text!("{outdated} 条译文可能过时", "translations that may be outdated: {outdated}"),
            _ => text!(
                "缺少 {missing} 条译文，{outdated} 条可能过时",
                "translations missing: {missing}, maybe outdated: {outdated}"
            ),
        };
        let href = Editor::translations_at(&self.file);
        Some(self.lack(false, &message, Some(href)))
    }

    fn consultation(&self) -> RoundStep {
        let edition = self.edition();
        let form = || Some(self.part("/consultation"));
        let (mut facts, mut lacks) = (Vec::new(), Vec::new());
        let state = match (&edition.consultation, edition.status) {
            (Some(consultation), _) => {
                let (from, to) = (consultation.from.value, consultation.to.value);
                facts.push(text!("{from} 至 {to}", "{from} to {to}"));
                if !self.is_frozen {
                    let own = lacking(edition).into_iter().find(|lacking| lacking.field[0] == CONSULTATION);
                    lacks.extend(own.map(|lacking| self.lack_of(&lacking)));
                }
                if consultation.how.is_none() && consultation.outcome.is_none() {
                    let how = text!("没有写怎样提意见", "it does not say how to comment");
                    lacks.push(self.lack(false, &how, form()));
                }
                match (&consultation.outcome, edition.status) {
                    (Some(_), _) | (None, EditionStatus::Issued) => "done",
                    (None, EditionStatus::Draft) => "later",
                    (None, EditionStatus::Consultation) => "now",
                }
            }
            (None, EditionStatus::Consultation) => {
                let days = text!("没有写从哪天到哪天", "it does not say from when to when");
                lacks.push(self.lack(false, &days, form()));
                "now"
            }
            (None, EditionStatus::Issued) => "skipped",
            (None, EditionStatus::Draft) => {
                let days = text!(
                    "要征求意见，就写上从哪天到哪天、怎样提；不征求的跳过这一步",
                    "to ask for comments, say from when to when and how; leave this step out if none are asked for"
                );
                lacks.push(self.lack(false, &days, form()));
                "later"
            }
        };
        let facts = facts.iter().map(|fact| self.say(fact)).collect();
        RoundStep { name: "consultation", state, facts, lacks }
    }

    fn issue(&self) -> RoundStep {
        let edition = self.edition();
        let (mut facts, mut lacks) = (Vec::new(), Vec::new());
        if let Some(number) = edition.document.as_ref().and_then(|document| document.number.clone()) {
            facts.push(text!("文号 {number}", "document {number}"));
        }
        if let Some(day) = edition.dates.get("issued").map(|day| day.value) {
            facts.push(text!("发布日期 {day}", "issued on {day}"));
        }
        if !self.is_frozen {
            // What came of a consultation is told at that step.
            for lacking in lacking(edition).iter().filter(|lacking| lacking.field[0] != CONSULTATION) {
                lacks.push(self.lack_of(lacking));
            }
            let early = too_early(self.ground.catalogue, self.issue, (self.editor.today)());
            lacks.extend(early.iter().map(|why| self.lack(true, why, Some(self.part("/dates")))));
        }
        let state = match edition.status {
            EditionStatus::Issued => "done",
            _ if lacks.is_empty() => "now",
            _ => "later",
        };
        RoundStep { name: "issue", state, facts: facts.iter().map(|fact| self.say(fact)).collect(), lacks }
    }

    fn freeze(&self) -> RoundStep {
        let address = self.issue.address();
        let frozen = self.ground.catalogue.frozen.get(&address);
        let facts = frozen.map(|known| {
            let (day, seal) = (&known.frozen, known.seal.get(..12).unwrap_or_default());
            self.say(&text!("{day} 冻结，封印 {seal}…", "frozen on {day}, seal {seal}…"))
        });
        RoundStep {
            name: "freeze",
            state: match (self.is_frozen, self.edition().status) {
                (true, _) => "done",
                (false, EditionStatus::Issued) => "now",
                (false, EditionStatus::Draft | EditionStatus::Consultation) => "later",
            },
            facts: facts.into_iter().collect(),
            lacks: Vec::new(),
        }
    }

    fn file(&self) -> RoundStep {
        let edition = self.edition();
        let filed = edition.dates.get("filed").map(|day| day.value);
        let status = self.analysis.status().iter().find(|status| std::ptr::eq(status.list, self.issue.list));
        let is_current =
            |status: &&ListStatus<'_>| status.current.is_some_and(|current| std::ptr::eq(current, edition));
        let mut facts = Vec::new();
        if let Some(day) = filed {
            facts.push(text!("{day} 备案", "filed on {day}"));
        } else if let Some(Filing::Due(clock)) = status.filter(is_current).map(|status| &status.filing) {
            let day = clock.due;
            facts.push(text!("最迟 {day} 备案", "to be filed by {day}"));
        }
        let mut lacks = Vec::new();
        if self.is_frozen && filed.is_none() {
            let day = text!("送去备案以后，写上备案的日期", "once it is filed, note the day");
            lacks.push(self.lack(false, &day, Some(self.part("/dates#v/filed"))));
        }
        let state = match (filed, self.is_frozen) {
            (Some(_), _) => "done",
            (None, true) => "now",
            (None, false) => "later",
        };
        RoundStep { name: "file", state, facts: facts.iter().map(|fact| self.say(fact)).collect(), lacks }
    }
}
