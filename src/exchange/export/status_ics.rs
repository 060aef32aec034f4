//! `status --format ics`: what is due, for a calendar (RFC 5545).

use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property};

use super::{Context, Status};
use crate::catalogue::QueryState;
use crate::coverage::QueryStatus;
use crate::date::Date;
use crate::diagnostic::Message;
use crate::history::{Deadline, Filing, ListStatus, Renewal};
use crate::text;

/// Days before which a calendar reminds of an edition that is due; drafting one takes months.
const REMIND_OF_EDITION: i64 = 90;
/// Days before which it reminds of filing.
const REMIND_OF_FILING: i64 = 3;
/// Days before which it reminds of an answer.
const REMIND_OF_ANSWER: i64 = 7;

pub(super) fn write(status: &Status<'_>, context: &Context<'_>) -> Vec<u8> {
    let mut calendar = Calendar::empty();
    let name = text!("服务清单的期限", "Deadlines of service lists");
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//qingdan//qingdan//ZH"), ("CALSCALE", "GREGORIAN")]
    {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(context.say(&name));
    for known in &status.lists {
        for (number, query) in known.queries.iter().enumerate() {
            calendar.extend(answer_due(known, query, number + 1, status.today, context));
        }
        let Some(edition) = known.current else { continue };
        let (place, list) = (context.text(known.place.short()), &known.list.id);
        let id = &edition.id;
        if let Renewal::Due(clock) = known.renewal {
            let summary = text!(
                "{place}：应更新发布清单（现行 {id} 版）",
                "{place}: the next edition is due (in force: {id})"
            );
            calendar.push(event(
                known,
                "renewal",
                clock.due,
                context.say(&summary),
                REMIND_OF_EDITION,
                (status.today, described(known, Deadline::Renewal, context)),
            ));
        }
        if let Filing::Due(clock) = known.filing {
            let to = known
                .filing_rule
                .and_then(|rule| rule.filing_to.as_ref())
                .map(|to| context.text(to))
                .unwrap_or_default();
            let summary =
                text!("{place}：{list} {id} 版应备案（{to}）", "{place}: {list} {id} has to be filed ({to})");
            calendar.push(event(
                known,
                "filing",
                clock.due,
                context.say(&summary),
                REMIND_OF_FILING,
                (status.today, described(known, Deadline::Filing, context)),
            ));
        }
    }
    super::status_duties::calendar(&mut calendar, status, context);
    calendar.done().to_string().into_bytes()
}

/// Returns when the answer to a query is due, if it was given a day and has not been answered.
fn answer_due(
    known: &ListStatus<'_>,
    status: &QueryStatus<'_>,
    number: usize,
    today: Date,
    context: &Context<'_>,
) -> Option<Event> {
    let due = status.query.due.as_ref().filter(|_| status.state == QueryState::Asked)?.value;
    let (place, asked) = (context.text(known.place.short()), status.query.asked.value);
    let summary =
        text!("{place}：应答复 {asked} 的询问函", "{place}: the answer to the query of {asked} is due");
    let what = format!("query-{}-{number}", status.edition.id);
    Some(event(known, &what, due, context.say(&summary), REMIND_OF_ANSWER, (today, None)))
}

/// Says what a deadline rests on.
fn described(known: &ListStatus<'_>, deadline: Deadline, context: &Context<'_>) -> Option<String> {
    let rule = known.basis(deadline)?;
    let words = deadline.words(rule)?;
    let at = context.place(rule.from.span);
    let source = rule.source.as_ref().map(crate::compare::spoken);
    let (zh, en) = source.map_or((String::new(), String::new()), |source| {
        (format!("{}：", source.zh), format!("{}: ", source.en))
    });
    let words = Message {
        zh: format!("依据：{zh}{}（{at}）", words.zh),
        en: format!("Rule: {en}{} ({at})", words.en),
    };
    Some(context.say(&words).to_owned())
}

fn event(
    known: &ListStatus<'_>,
    what: &str,
    due: Date,
    summary: &str,
    remind: i64,
    (today, description): (Date, Option<String>),
) -> Event {
    let (place, list) = (known.place.path.as_str(), &known.list.id);
    let mut event = dated(&format!("{place}/{list}/{what}@qingdan"), due, today, summary, remind);
    if let Some(description) = description {
        event.description(&description);
    }
    event.done()
}

/// Returns an event of one day with a reminder so many days before.
pub(super) fn dated(uid: &str, due: Date, today: Date, summary: &str, remind: i64) -> Event {
    let compact = |date: Date| date.to_string().replace('-', "");
    // Everything is set here: the library would make up identifiers and look at the clock.
    let stamp = format!("{}T000000Z", compact(today));
    let day =
        |name: &str, date: Date| Property::new(name, compact(date)).add_parameter("VALUE", "DATE").done();
    let mut alarm = Alarm::display(summary, chrono::Duration::days(-remind));
    alarm.uid(&format!("{uid}-alarm")).append_property(Property::new("DTSTAMP", stamp.as_str()));
    let mut event = Event::new();
    event
        .uid(uid)
        .summary(summary)
        .append_property(day("DTSTART", due))
        .append_property(day("DTEND", due.plus_days(1)))
        .append_property(Property::new("DTSTAMP", stamp.as_str()))
        .append_property(Property::new("TRANSP", "TRANSPARENT"))
        .alarm(alarm);
    event
}
