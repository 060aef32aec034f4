//! What the rulebook asks for by a day.

use crate::analysis::Analysis;
use crate::catalogue::{EditionStatus, Rule};
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings, Message};
use crate::history::{Deadline, Filing, ListStatus, Renewal};
use crate::text;

codes! {
    /// A list whose next edition is overdue.
    OVERDUE_EDITION = "QD7201", "overdue-edition", Warning, adjustable, "0.1.0",
        "下一版已超过期限", "The next edition is overdue";
    /// An edition whose filing is overdue.
    OVERDUE_FILING = "QD7202", "overdue-filing", Warning, adjustable, "0.1.0",
        "备案已超过期限", "Filing is overdue";
    /// A date that a rule counts from and the edition does not have.
    MISSING_DATE = "QD7203", "missing-date", Warning, adjustable, "0.1.0",
        "缺少规则起算的日期", "The date that a rule counts from is missing";
    /// A consultation without a period, or over and without an outcome.
    OPEN_CONSULTATION = "QD7204", "open-consultation", Warning, adjustable, "0.1.0",
        "征求意见没有写期限，或已结束而没有结果", "A consultation without a period, or over and without an outcome";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[editions, filings, dates, consultations];

/// Returns how the lists stand whose edition in force has no mistakes: a date may be one that could not be
/// read.
fn status<'s, 'a>(analysis: &'s Analysis<'a>, findings: &Findings) -> Vec<&'s ListStatus<'a>> {
    let is_whole = |known: &&ListStatus<'_>| {
        known.current.is_some_and(|edition| !findings.has_error_in(edition.span.file))
    };
    analysis.status().iter().filter(is_whole).collect()
}

fn editions(analysis: &Analysis<'_>, findings: &mut Findings) {
    for known in status(analysis, findings) {
        let (Renewal::Due(clock), Some(edition)) = (known.renewal, known.current) else { continue };
        if clock.days_left >= 0 {
            continue;
        }
        let (id, due, late) = (&edition.id, clock.due, -clock.days_left);
        let finding = Finding::new(
            &OVERDUE_EDITION,
            edition.span,
            text!(
                "{id} 版应在 {due} 前更新发布，已超期 {late} 天",
                "the edition after {id} was due by {due}, {late} days ago"
            ),
        )
        .help(text!("用 qingdan edition new 起草新版", "start the next edition with `qingdan edition new`"));
        findings.push(with_source(finding, known.basis(Deadline::Renewal)));
    }
}

fn filings(analysis: &Analysis<'_>, findings: &mut Findings) {
    for known in status(analysis, findings) {
        let (Filing::Due(clock), Some(edition)) = (known.filing, known.current) else { continue };
        if clock.days_left >= 0 {
            continue;
        }
        let (id, due, late) = (&edition.id, clock.due, -clock.days_left);
        let finding = Finding::new(
            &OVERDUE_FILING,
            edition.span,
            text!(
                "{id} 版应在 {due} 前备案，已超期 {late} 天",
                "edition {id} had to be filed by {due}, {late} days ago"
            ),
        )
        .help(text!(
            "报送备案（qingdan export filing 生成材料），然后在⟦dates⟧里写上⟦filed⟧",
            "file it (`qingdan export filing` makes the papers), then write ⟦filed⟧ under ⟦dates⟧"
        ));
        findings.push(with_source(finding, known.basis(Deadline::Filing)));
    }
}

fn with_source(finding: Finding, rule: Option<&Rule>) -> Finding {
    match rule.and_then(|rule| rule.source.as_ref()) {
        Some(source) => finding.source(crate::compare::spoken(source)),
        None => finding,
    }
}

fn dates(analysis: &Analysis<'_>, findings: &mut Findings) {
    for known in status(analysis, findings) {
        let Some(edition) = known.current else { continue };
        let undated = [
            (Deadline::Renewal, known.renewal == Renewal::NoDate),
            (Deadline::Filing, known.filing == Filing::NoDate),
        ];
        let undated = undated.into_iter().filter(|(_, is)| *is);
        let Some((deadline, rule)) =
            undated.filter_map(|(deadline, _)| Some((deadline, known.basis(deadline)?))).next()
        else {
            continue;
        };
        let name = deadline.counted_from(rule);
        let finding = Finding::new(
            &MISSING_DATE,
            edition.span,
            text!(
                "⟦dates⟧里没有写⟦{name}⟧，算不出期限",
                "without ⟦{name}⟧ under ⟦dates⟧ nothing can be counted from"
            ),
        )
        .help(text!("在⟦dates⟧里写上⟦{name}⟧", "write ⟦{name}⟧ under ⟦dates⟧"));
        findings.push(with_source(finding, Some(rule)));
    }
}

fn consultations(analysis: &Analysis<'_>, findings: &mut Findings) {
    for shown in analysis.catalogue.editions() {
        let edition = shown.edition;
        let consultation = edition.consultation.as_ref();
        let open = edition.status == EditionStatus::Consultation;
        let (at, message, help): (_, Message, Message) = match consultation {
            None if open => (
                edition.span,
                text!("征求意见没有写起止日期", "the consultation has no period"),
                text!(
                    "写上 ⟦consultation:⟧ {{⟦from:⟧ …, ⟦to:⟧ …}}",
                    "write ⟦consultation:⟧ {{⟦from:⟧ …, ⟦to:⟧ …}}"
                ),
            ),
            Some(known) if known.to.value < known.from.value => (
                known.to.span,
                text!("截止日期早于开始日期", "it ends before it starts"),
                text!("改正日期", "correct the dates"),
            ),
            Some(known) if open && known.to.value < analysis.today && known.outcome.is_none() => (
                known.to.span,
                text!("征求意见已结束，没有写结果", "the consultation is over and has no outcome"),
                text!(
                    "写上⟦outcome⟧：采纳了什么，没采纳的为什么",
                    "write ⟦outcome⟧: what was taken up, and why the rest was not"
                ),
            ),
            _ => continue,
        };
        findings.push(Finding::new(&OPEN_CONSULTATION, at, message).help(help));
    }
}
