//! `status --format json`.

use serde::Serialize;

use super::{At, Context, Status, json};
use crate::catalogue::EditionStatus;
use crate::catalogue::QueryState;
use crate::coverage::QueryStatus;
use crate::date::Date;
use crate::diagnostic::Message;
use crate::history::{Clock, Deadline, Filing, ListStatus, Renewal, Standing};
use crate::span::Spanned;

#[derive(Serialize)]
struct StatusJson<'a> {
    today: Date,
    lists: Vec<StatusListJson<'a>>,
    duties: Vec<super::status_duties::DutyJson<'a>>,
}

#[derive(Serialize)]
struct StatusListJson<'a> {
    place: &'a str,
    list: &'a str,
    current: Option<&'a str>,
    editions: Vec<EditionJson<'a>>,
    next_edition: DueJson<'a>,
    filing: DueJson<'a>,
    measured_against: Option<&'a str>,
    newer_baseline: Option<&'a str>,
    rule: Option<RuleJson>,
    queries: Vec<QueryJson<'a>>,
}

/// A question of the place above. `state` is asked, answered or settled.
#[derive(Serialize)]
struct QueryJson<'a> {
    edition: &'a str,
    about: Vec<&'a str>,
    by: Option<&'a str>,
    asked: Date,
    due: Option<Date>,
    answered: Option<Date>,
    settled: Option<Date>,
    state: QueryState,
    /// Days since its latest step.
    days: i32,
    /// The provisions that are not known to be met.
    doubtful: Vec<&'a str>,
    can_be_settled: bool,
}

#[derive(Serialize)]
struct EditionJson<'a> {
    id: &'a str,
    ordinal: Option<u32>,
    status: Standing,
    dates: serde_json::Map<String, serde_json::Value>,
    consultation: Option<ConsultationJson>,
}

#[derive(Serialize)]
struct ConsultationJson {
    from: Date,
    to: Date,
    over: bool,
    outcome: bool,
}

/// Something due. `state` is none, unknown, nothing-issued, due, overdue, filed or filed-late.
#[derive(Default, Serialize)]
struct DueJson<'a> {
    state: &'a str,
    due: Option<Date>,
    days_left: Option<i32>,
    counted_from: Option<&'a str>,
    filed: Option<Date>,
    days_late: Option<i32>,
    basis: Option<BasisJson<'a>>,
}

/// The rule that sets a deadline: in which field of which rulebook, how much, since when, by which document.
#[derive(Serialize)]
struct BasisJson<'a> {
    at: At,
    field: &'a str,
    value: u32,
    from: Date,
    source: Option<Message>,
    words: Message,
}

#[derive(Serialize)]
struct RuleJson {
    from: Date,
    cycle_months: Option<u32>,
    filing_days: Option<u32>,
    source: Option<Message>,
}

pub(super) fn write(status: &Status<'_>, context: &Context<'_>) -> Vec<u8> {
    json(&StatusJson {
        today: status.today,
        lists: status.lists.iter().map(|known| list(known, status.today, context)).collect(),
        duties: super::status_duties::json(status, context),
    })
}

fn list<'a>(known: &'a ListStatus<'_>, today: Date, context: &Context<'_>) -> StatusListJson<'a> {
    let editions = known.editions.iter().map(|(edition, standing)| {
        let dates = edition.dates.iter().map(|(name, date)| (name.to_owned(), date.value.to_string().into()));
        let consultation = edition.consultation.as_ref().map(|consultation| ConsultationJson {
            from: consultation.from.value,
            to: consultation.to.value,
            over: consultation.to.value < today || edition.status == EditionStatus::Issued,
            outcome: consultation.outcome.is_some(),
        });
        EditionJson {
            id: &edition.id,
            ordinal: edition.ordinal,
            status: *standing,
            dates: dates.collect(),
            consultation,
        }
    });
    let measured = known.list.standing().last().and_then(|edition| edition.measured_against.as_ref());
    StatusListJson {
        place: known.place.path.as_str(),
        list: &known.list.id,
        current: known.current.map(|edition| edition.id.as_str()),
        editions: editions.collect(),
        next_edition: DueJson { basis: basis(known, Deadline::Renewal, context), ..renewal(known) },
        filing: DueJson { basis: basis(known, Deadline::Filing, context), ..filing(known) },
        measured_against: measured.map(|address| address.value.as_str()),
        newer_baseline: known.newer_baseline.as_deref(),
        rule: known.rule.or(known.filing_rule).map(|rule| RuleJson {
            from: rule.from.value,
            cycle_months: known.rule.and_then(|rule| rule.cycle_months),
            filing_days: known.filing_rule.and_then(|rule| rule.filing_days),
            source: rule.source.as_ref().map(crate::compare::spoken),
        }),
        queries: known.queries.iter().map(|status| query(status, today)).collect(),
    }
}

fn query<'a>(status: &'a QueryStatus<'_>, today: Date) -> QueryJson<'a> {
    let query = status.query;
    let on = |date: &Option<Spanned<Date>>| date.as_ref().map(|date| date.value);
    QueryJson {
        edition: &status.edition.id,
        about: query.about.iter().map(|address| address.value.as_str()).collect(),
        by: query.by.as_deref(),
        asked: query.asked.value,
        due: on(&query.due),
        answered: on(&query.answered),
        settled: on(&query.settled),
        state: status.state,
        days: query.since().days_until(today),
        doubtful: status.doubtful.clone(),
        can_be_settled: status.can_be_settled(),
    }
}

fn basis<'a>(known: &ListStatus<'_>, deadline: Deadline, context: &Context<'_>) -> Option<BasisJson<'a>> {
    let rule = known.basis(deadline)?;
    let value = match deadline {
        Deadline::Renewal => rule.cycle_months,
        Deadline::Filing => rule.filing_days,
    };
    Some(BasisJson {
        at: context.at(rule.from.span),
        field: deadline.field(),
        value: value?,
        from: rule.from.value,
        source: rule.source.as_ref().map(crate::compare::spoken),
        words: deadline.words(rule)?,
    })
}

fn renewal<'a>(known: &'a ListStatus<'_>) -> DueJson<'a> {
    let counted_from = known.rule.and_then(|rule| rule.cycle_counted_from.as_deref()).or(Some("issued"));
    match known.renewal {
        Renewal::Unbound => DueJson { state: "none", ..DueJson::default() },
        Renewal::NothingIssued => DueJson { state: "nothing-issued", counted_from, ..DueJson::default() },
        Renewal::NoDate => DueJson { state: "unknown", counted_from, ..DueJson::default() },
        Renewal::Due(clock) => DueJson { counted_from, ..running(clock) },
    }
}

fn filing<'a>(known: &'a ListStatus<'_>) -> DueJson<'a> {
    let counted_from = known.filing_rule.map(|rule| Deadline::Filing.counted_from(rule)).or(Some("issued"));
    match known.filing {
        Filing::Unbound => DueJson { state: "none", ..DueJson::default() },
        Filing::NothingIssued => DueJson { state: "nothing-issued", counted_from, ..DueJson::default() },
        Filing::NoDate => DueJson { state: "unknown", counted_from, ..DueJson::default() },
        Filing::Due(clock) => DueJson { counted_from, ..running(clock) },
        Filing::Filed { on, due, late } => DueJson {
            state: if late > 0 { "filed-late" } else { "filed" },
            due: Some(due),
            days_left: None,
            counted_from,
            filed: Some(on),
            days_late: Some(late.max(0)),
            basis: None,
        },
    }
}

fn running<'a>(clock: Clock) -> DueJson<'a> {
    let state = if clock.days_left < 0 { "overdue" } else { "due" };
    DueJson { state, due: Some(clock.due), days_left: Some(clock.days_left), ..DueJson::default() }
}
