//! What an edition lacks before it is issued: said by the command that issues it and by the page of its round.

use crate::catalogue::{Catalogue, Edition, EditionRef, EditionStatus, unreviewed};
use crate::date::Date;
use crate::diagnostic::{Finding, Message};
use crate::schema::name_keys;
use crate::source::SourceFile;
use crate::text;
use qingdan_analysis::compare::Verdict;
use qingdan_analysis::coverage::Coverage;

/// Something that an edition lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// What.
    pub what: Message,
    /// How it is written into the file, as the end of the same sentence.
    pub how: Message,
    /// The field, by the keys of its tables.
    pub field: [&'static str; 2],
}

impl Lacking {
    /// Returns the whole sentence, with keys as the edition writes them.
    pub fn sentence(&self, edition: &Edition) -> Message {
        let (Message { zh, en }, Message { zh: how_zh, en: how_en }) = (&self.what, &self.how);
        name_keys(&text!("{zh}{how_zh}", "{en}{how_en}"), edition.keys)
    }
}

/// Returns what an edition has to say before it is frozen and does not.
pub fn lacking(edition: &Edition) -> Vec<Lacking> {
    let mut lacking = Vec::new();
    // Of one that was issued long ago the days that are known will do.
    let was_issued = edition.status == EditionStatus::Issued && edition.dates.iter().next().is_some();
    if edition.dates.get("issued").is_none() && !was_issued {
        lacking.push(Lacking {
            what: text!(
                "缺少发布的日期，也就是文件印发的那一天",
                "it lacks the day of issue, on which the document went out"
            ),
            how: text!(
                "。在⟦dates⟧下面写上 ⟦issued: 2027-07-20⟧ 这样一行",
                ": a line such as ⟦issued: 2027-07-20⟧ under ⟦dates⟧"
            ),
            field: ["dates", "issued"],
        });
    }
    if edition.document.as_ref().is_none_or(|document| document.number.is_none()) {
        lacking.push(Lacking {
            what: text!("缺少文号", "it lacks the number of the document that issues it"),
            how: text!("。在⟦document⟧下面写上 ⟦number: …⟧", ": ⟦number: …⟧ under ⟦document⟧"),
            field: ["document", "number"],
        });
    }
    if edition.consultation.as_ref().is_some_and(|consultation| consultation.outcome.is_none()) {
        lacking.push(Lacking {
            what: text!("缺少征求意见的结果，也就是采纳了什么", "it lacks what came of the consultation"),
            how: text!("。在⟦consultation⟧下面写上 ⟦outcome: …⟧", ": ⟦outcome: …⟧ under ⟦consultation⟧"),
            field: ["consultation", "outcome"],
        });
    }
    lacking
}

/// Returns how many guesses of the import nobody has looked at, and where, if there are any. No setting turns this off.
pub fn guessed(edition: &Edition, source: &SourceFile) -> Option<Finding> {
    unreviewed(edition.span.file, &source.text)
}

/// Says why an edition cannot have been issued by `today`, if it cannot.
pub fn too_early(content: &Catalogue, issue: EditionRef<'_>, today: Date) -> Vec<Message> {
    let mut early = Vec::new();
    let edition = issue.edition;
    let to_come = |name: &&&str| edition.dates.get(name).is_some_and(|date| date.value > today);
    if let Some(name) = ["signed", "printed", "issued"].iter().find(to_come) {
        let day = edition.dates.get(name).map(|date| date.value.to_string()).unwrap_or_default();
        early.push(text!(
            "⟦{name}⟧写的是 {day}，今天才 {today}：那一天到了再发布",
            "⟦{name}⟧ is {day} and today is {today}: issue it when that day has come"
        ));
    }
    let former = issue.list.predecessor(&edition.id).filter(|former| former.status == EditionStatus::Issued);
    let Some(former) = former else { return early };
    let id = &former.id;
    let out = |edition: &Edition| edition.came_out().map(|(_, date)| date.value);
    if let (Some(before), Some(now)) = (out(former), out(edition))
        && now < before
    {
        early.push(text!(
            "日期 {now} 早于上一版（{id} 版，{before}）",
            "its date, {now}, comes before that of the former edition, {id} ({before})"
        ));
    }
    let address = EditionRef { edition: former, ..issue }.address();
    let frozen = content.frozen.get(&address).and_then(|known| Date::parse(&known.frozen).ok());
    if let Some(frozen) = frozen.filter(|frozen| *frozen > today) {
        early.push(text!(
            "上一版（{id} 版）在 {frozen} 冻结，晚于今天 {today}",
            "the former edition, {id}, was frozen on {frozen}, after today, {today}"
        ));
    }
    early
}

/// Returns how many provisions are lower than the baseline, and how many are missing.
pub fn lower(coverage: &Coverage<'_>) -> (usize, usize) {
    let lower = coverage.gaps().filter(|known| known.verdict.is_lower()).count();
    let missing = coverage.gaps().filter(|known| known.verdict == Verdict::Missing).count();
    (lower - missing, missing)
}
