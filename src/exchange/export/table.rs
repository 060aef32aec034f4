//! Tables of results as rows of words, for the terminal, CSV and XLSX alike.

use super::Context;
use crate::compare::{PAIRING, SCOPE, Verdict, axis_words};
use crate::coverage::{Coverage, ProvisionCoverage};
use crate::diagnostic::Message;
use crate::pairing::Alike;
use crate::text;

/// One gap: a provision that is not met, with what a person needs to act on it.
pub(super) struct GapRow {
    pub verdict: Verdict,
    pub place: String,
    pub edition: String,
    pub service: String,
    pub provision: String,
    pub axis: String,
    pub baseline: String,
    pub local: String,
    pub reason: String,
    pub remedy: String,
    pub baseline_at: String,
    pub local_at: String,
    /// How it was paired, where the list says nothing of the baseline.
    pub paired: String,
}

/// Tells whether clauses of some list were paired by likeness, so that it has to be said of each.
pub(super) fn some_are_paired(lists: &[&Coverage<'_>]) -> bool {
    lists.iter().any(|coverage| coverage.by_likeness)
}

/// What what [`paired`] says is called.
pub(super) fn paired_label() -> Message {
    text!("配对", "pairing")
}

/// Says how a provision was paired where nobody said what answers it, and what else is like it.
pub(super) fn paired(known: &ProvisionCoverage<'_>, context: &Context<'_>) -> String {
    let like = |alike: &Alike<'_>| format!("{} {}%", alike.offer.address(), alike.percent());
    let all = known.alike.iter().map(like).collect::<Vec<_>>().join(context.say(&text!("，", ", ")));
    match (known.is_proposed(), all.is_empty()) {
        (_, true) => String::new(),
        (true, false) => context
            .say(&text!("按文字相近配的，没有人确认：{all}", "by likeness, confirmed by nobody: {all}"))
            .to_owned(),
        (false, false) => context.say(&text!("不够相近：{all}", "not like enough: {all}")).to_owned(),
    }
}

/// The heads of the columns of a [`GapRow`].
pub(super) fn gap_heads(context: &Context<'_>) -> [String; 12] {
    [
        text!("结论", "verdict"),
        text!("地区", "place"),
        text!("版次", "edition"),
        text!("项目", "service"),
        text!("条款", "provision"),
        text!("方面", "axis"),
        text!("上级", "baseline"),
        text!("本地", "local"),
        text!("理由", "reason"),
        text!("怎么办", "what to do"),
        text!("上级出处", "baseline at"),
        text!("本地出处", "local at"),
    ]
    .map(|head| context.say(&head).to_owned())
}

impl GapRow {
    /// Returns the gaps of all lists, place by place: for each axis a row, for a missing provision one.
    pub fn all(lists: &[&Coverage<'_>], context: &Context<'_>) -> Vec<Self> {
        let gaps = |coverage: &Coverage<'_>| -> Vec<Self> {
            coverage.gaps().flat_map(|known| Self::of(coverage, known, context)).collect()
        };
        lists.iter().copied().flat_map(gaps).collect()
    }

    fn of(coverage: &Coverage<'_>, known: &ProvisionCoverage<'_>, context: &Context<'_>) -> Vec<Self> {
        let service = known.baseline.service;
        let bare = || Self {
            verdict: known.verdict,
            place: context.text(coverage.local.place.short()).to_owned(),
            edition: coverage.local.edition.id.clone(),
            service: format!("{} {}", service.number.value, context.text(&service.body.title)),
            provision: known.baseline.provision.quote.value.clone(),
            axis: context.say(&axis_words(SCOPE)).to_owned(),
            baseline: known.baseline.provision.quote.value.clone(),
            local: String::new(),
            reason: context.say(&known.missing_reason()).to_owned(),
            remedy: context.say(&known.missing_help()).to_owned(),
            baseline_at: context.place(known.baseline.at()),
            local_at: known
                .covered_by
                .iter()
                .map(|offer| context.place(offer.at()))
                .collect::<Vec<_>>()
                .join(" "),
            paired: paired(known, context),
        };
        if known.steps.is_empty() {
            return vec![bare()];
        }
        // Of a pair that nobody has confirmed the one question is whether it is one.
        let decisive = known.steps.iter().filter(|step| step.verdict > Verdict::Met);
        let decisive = decisive.filter(|step| match known.is_proposed() {
            true => step.axis == PAIRING || step.verdict.is_lower(),
            false => true,
        });
        let row = |step: &crate::compare::Step| Self {
            axis: context.say(&axis_words(step.axis)).to_owned(),
            baseline: context.say(&step.baseline.words).to_owned(),
            local: context.say(&step.local.words).to_owned(),
            reason: context.say(&step.reason).to_owned(),
            remedy: context.say(&step.remedy).to_owned(),
            ..bare()
        };
        decisive.map(row).collect()
    }

    /// Returns the cells, in the order of [`gap_heads`].
    pub fn cells(&self, context: &Context<'_>) -> [String; 12] {
        let verdict = format!("{} {}", self.verdict.sign(), context.say(&self.verdict.words()));
        [
            verdict,
            self.place.clone(),
            self.edition.clone(),
            self.service.clone(),
            self.provision.clone(),
            self.axis.clone(),
            self.baseline.clone(),
            self.local.clone(),
            self.reason.clone(),
            self.remedy.clone(),
            self.baseline_at.clone(),
            self.local_at.clone(),
        ]
    }
}

/// Returns the lists with the worst first: by how much is lower, then by how much is a question.
pub(super) fn worst_first<'c, 'a>(lists: &[&'c Coverage<'a>]) -> Vec<&'c Coverage<'a>> {
    let mut sorted: Vec<&Coverage<'_>> = lists.to_vec();
    sorted.sort_by_key(|coverage| {
        let count = |wanted: Verdict| {
            coverage.summary().iter().find(|(verdict, _)| *verdict == wanted).map_or(0, |(_, n)| *n)
        };
        let lower = count(Verdict::Missing) + count(Verdict::Weaker) + count(Verdict::Misquoted);
        std::cmp::Reverse((lower, count(Verdict::Missing), count(Verdict::NeedsReview)))
    });
    sorted
}
